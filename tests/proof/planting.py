"""Slips planted in clean text, a kind at a time: what scanners, tired hands and bad habits do to it.

The tables here are this module's own and share nothing with the proofreader's, so that what is
measured is not what was written down twice.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

LOOK_ALIKES = (
    "人入 己已 己巳 日曰 土士 末未 干千 干于 千于 大太 大犬 天夭 候侯 拔拨 戊戌 戌戍 免兔 治冶 析折 今令 住往 住佳 往佳 为办 特持 待侍 使便 "
    "活话 清请 清情 请情 坏环 宜宣 署暑 徒徙 母毋 准淮 部都 问间 问向 场扬 杨扬 贷货 技枝 没设 幕暮 幕墓 稍梢 目日 白自 鸟乌 项顶 线浅 儿几 "
    "九丸 木本 田由 由甲 午牛 毛手 户卢 市巾 沟钩 风凤 冈岗 鸣呜 仓仑 代伐 师帅 归旧 休体 决快 块快 狼狠 崇祟 消悄 粱梁 辨辩 辩辫 陪倍 陷馅 "
    "低抵 须顺 羸赢 壁璧 密蜜 借惜 担但 捐损 挽换 援授 洒酒 恰洽 谅凉 渐浙 慢漫 瓜爪 班斑 理埋 端瑞 育盲 晴睛 失矢 祝视 福幅 料科 称秤 租祖 "
    "积识 织识 锐税 稿搞 竟竞 简筒 系紧 续读 绿缘 灌罐 薄簿 裁栽 载裁 西酉 讯汛 贫贪 赛寨 遂逐 遗遣 朗郎 阅阔 阳阴 除徐 阵陈 从丛 作昨 侧测 "
    "保呆 顷倾 傅博 勉免 钢刚 厉历 广厂 旬句 吸吹 名各 衰哀 园圆 困因 团困 级圾 竖坚 城域 夫失 夫天 季委 官宫 完宗 届屈 峰蜂 库库 车东 "
    "庭延 投没 忘忌 恢灰 悟语 扫归 护沪 抬拾 挑桃 探深 推堆 提堤 博搏 摇谣 撤撒 效郊 曼慢 材村 村林 根很 检捡 险检 榜傍 模摸 殊株 气汽 永水 "
    "江汇 池他 油抽 波坡 注往 洲州 农浓 海悔 湖潮 溃愤 熟热 状壮 率卒 珍诊 求球 畜蓄 益盖 省看 坡破 秩秋 移侈 站钻 弟第 管菅 拉垃 纯钝 纲钢 "
    "网纲 纺纳 经径 充统 维准 编偏 美羡 群郡 肌机 脸险 航般 劳芳 苗苖 菜莱 荻获 落洛 篮蓝 街衔 表衰 规现 览贤 解懈 订钉 讨计 进迸 沦论 访仿 "
    "证征 择泽 试拭 谋煤 责贵 超越 趋趁 轮伦 较校 铺辅 辆俩 追迫 迷述 遇偶 量置 锦绵 镇填 防妨 限很 院阮 降隆 稳隐 雷雪 净静 预须 领颁 颗课 "
    "驻注 架驾 骨滑 黄横 了子 力刀 刀刃 办力 万方 方万 口曰 上土 王玉 玉主 主王 生主 牛生 年午 小少 心必 木术 不下 开井 并井 全金 合含 会全 "
    "尤龙 头买 买卖 夹来 术木 电申 申中 甲申 甩用 用甩 同问 向何 因国 国因 四西 且旦 旦但 旱早 早草 具县 县具 真直 直真 者着 看着 差着 "
    "亿忆 仁任 仍扔 休本 伸神 们门 何阿 体本 例列 列到 别刚 刻核 加如 助动 动功 劝功 劳荣 厚原 原源 反友 友发 发友 变恋 叶什 吃屹 听所 呢泥"
).split()
CLASSIC = (
    "人入 己已 己巳 已巳 日曰 土士 末未 干千 干于 千于 大太 大犬 太犬 天夭 候侯 拔拨 戊戌 戌戍 免兔 治冶 析折 今令 住往 为办 特持 待侍 使便 "
    "活话 清请 清情 请情 坏环 宜宣 署暑 母毋 准淮 部都 问间 场扬 贷货 技枝 没设 目日 鸟乌 项顶 线浅"
).split()
"""Those that every proofreader has met."""
PARTS = (
    "时寸 位立 理里 站占 疑凝 决央 担坦 化花 矩短 谁准 脸险 闲闭 筛茼 撞檀 下卞 钩勾 均圴 指旨 话舌 村寸 树对 核亥 检佥 校交 桥乔 根艮 样羊 标示 "
    "清青 河可 海每 治台 法去 注主 油由 深罙 湖胡 波皮 泥尼 洗先 活舌 流疏 温湿 测则 江工 汗干 沙少 没设 泡包 淡炎 渠巨 湾弯 漏屚 滩难 "
    "组且 线戋 结吉 给合 经轻 统充 续卖 编扁 缩宿 维唯 绿录 红工 约勺 级及 纸氏 终冬 练炼 织只 细田 绍召 绕挠 缝逢 "
    "他也 们门 作乍 住主 位拉 但旦 体休 使吏 信言 保呆 修悠 借昔 值直 做故 停亭 健建 传专 价介 件牛 伙火 任壬 估古 伸申 何可 倒到 储诸 "
    "打丁 把巴 报服 拉立 按安 接妾 推准 掌常 提题 换奂 据居 排非 捐绢 搞高 摆罢 播番 护户 抓爪 投设 抢仓 押甲 拍白 拥用 拆诉 挂桂 "
    "说悦 记己 讲进 设没 访方 评平 诉斥 词司 试式 该刻 课果 调周 谈淡 请青 读卖 谢射 议义 许午 论伦 证正 识只 语吾 误吴 诚成 "
    "城成 地也 场汤 块快 坡波 培陪 堂常 塘唐 增曾 境镜 墙啬 坚竖 坏怀 坝贝 "
    "吃乞 吸及 听斤 呼乎 和禾 响向 唱昌 喝渴 嘴觜 味末 咬交 哪那 哭器 品晶 员贝 "
    "情青 怕伯 性姓 快块 忙忘 慢漫 懂董 悔海 怀坏 惊凉 惯贯 "
    "钱浅 铁失 银很 镇真 钟中 铺捕 锁琐 镜境 针叶 钢岗 铜同 "
    "防访 阳旧 阶介 际示 院完 除余 险检 随遂 隔融 "
    "饭反 馆官 饮欠 饱包 跑抱 跟根 路各 跳挑 踏沓 转专 轮论 较校 辆俩 输偷 "
    "近斤 远元 进井 还不 送关 通桶 造告 道首 遇偶 过寸 运云 连莲 迎仰 适舌 选先 逐遂 遍篇 "
    "花化 草早 菜采 药约 苗田 茶荼 落洛 蓝篮 英央 荣劳 "
    "空控 窗囱 穿牙 究九 突哭 "
    "电龟 由甲 思恩 备各 界介 累果 男勇 "
    "期其 朝潮 脚却 腿退 服报 胜生 脱说 "
    "祖租 神伸 福副 礼札 视现 祝况 "
    "到倒 利和 刻亥 别另 制刷 副福 剩乘 划戈 "
    "数教 故古 收牧 改攻 政正 放方 教孝 敢取 整正 "
    "字学 安女 宝玉 定走 客各 家豪 密蜜 富福 宽觅 审申 案桉 "
    "领顿 预顶 顾厄 题提 颗棵 额客 须顺 "
    "部陪 都者 邻令 郊交 那哪 邮油"
).split()
"""Right and wrong, either way: a part left out, put in or taken for another."""
SOUNDS = (
    "在再 再在 做作 作做 像象 象像 账帐 已以 以已 即既 既即 须需 需须 份分 分份 订定 定订 带戴 戴带 期其 道到 到道 断段 段断 工公 公工 功工 工功 形型 型形 "
    "园圆 员圆 划化 化划 常长 长常 近进 进近 连联 联连 应映 映应 反返 返反 复覆 副幅 幅副 付副 符付 教交 交教 界届 届界 记计 计记 纪记 决绝 绝决 力利 利力 "
    "励厉 厉励 练炼 炼练 另令 路露 密蜜 蜜密 棉绵 明名 名明 平评 评平 凭平 齐期 启起 起启 汽气 气汽 青清 清青 轻清 全权 权全 让嚷 是事 事是 式势 势式 "
    "市示 示市 视示 施实 实施 时实 使始 始使 受授 授受 收手 手收 竖树 数树 台抬 题提 提题 体题 同通 通同 统通 为位 位为 未为 围为 务物 物务 误务 悟误 "
    "系细 细系 现线 线现 限线 向象 项向 效校 校效 心新 新心 信心 行形 性行 姓性 许需 研言 严言 洋扬 扬洋 业叶 一以 义意 意义 议意 益意 引因 因音 用永 由有 "
    "有由 又有 右又 于与 与于 予与 元原 原元 愿原 约越 越约 责则 则责 赠增 增赠 站展 展站 章张 掌长 正真 真正 政正 证正 支枝 只之 之只 知之 值直 直值 纸只 "
    "制治 治制 致至 至致 志致 质志 钟中 中钟 终中 重种 种重 住主 主住 注主 著住 转专 专转 壮状 装庄 资姿 自字 字自 子字 哪那 那哪 他她 她他 它他 坐座 座坐 "
    "的得 得的 地的 的地 得地 采彩 彩采 察查 查察 尝常 唱畅 承成 成承 程成 处出 出处 创窗 词次 此次 次此 代带 带代 待代 当党 导岛 底低 低抵 地弟 典点 点典 "
    "调掉 动洞 读独 独读 度渡 渡度 队对 对队 顿吨 躲朵 发法 法发 方房 房方 防房 费废 分纷 风峰 丰风 奉风 服福 福服 负付 改盖 干赶 赶干 岗港 告高 歌哥 "
    "各个 个各 根跟 跟根 供工 共供 够购 购够 古谷 股古 固故 关观 观关 馆管 管馆 广光 规归 归规 果国 国果 汉汗 好号 合和 和合 何和 河和 红洪 后候 候后 湖壶 "
    "户护 护户 花化 画话 话画 欢环 环还 换环 回会 会回 活火 火活 机基 基机 级及 及级 极及 集及 季记 加家 家加 价架 架价 间坚 坚间 检简 见建 建见 健建 将江 "
    "讲奖 奖讲 接街 街接 节接 结节 解姐 金今 今金 紧仅 京经 精经 经精 景警 警景 究九 旧就 就旧 举具 聚句 军均 均军 开凯 科课 课科 可克 刻克 客克 空控 快块 "
    "来莱 老劳 乐了 类累 礼理 理礼 里理 历立 立历 联莲 粮良 良粮 料辽 领岭 流留 留流 龙隆 楼漏 落洛 满慢 忙盲 贸茂 每美 美每 门们 们门 面棉 民名 模磨 墨默 "
    "脑恼 内类 能农 品平 普谱 期七 企起 前钱 钱前 强墙 情请 请情 庆清 求球 球求 区曲 渠区 取曲 去区 群裙 人任 任人 认人 日日 容荣 荣容 如入 入如 赛塞 商伤 "
    "上尚 少绍 社设 设社 身深 深身 神身 生声 声生 省生 胜圣 师诗 食时 史使 室事 试式 适是 首手 书输 输书 属书 水睡 思司 送松 诉速 速素 算酸 虽随 岁碎 所锁 "
    "谈弹 堂糖 特特 填田 天添 条调 厅听 听厅 停亭 庭停 头投 投头 图土 土图 团团 推退 完玩 万晚 网往 往网 望忘 忘望 危威 维为 委为 温文 文温 问文 屋物 无物 "
    "希西 西希 息习 习息 席习 下夏 先鲜 鲜先 县现 乡香 香乡 想响 响想 校笑 小晓 写些 谢写 兴星 星兴 修休 休修 选宣 宣选 学雪 训寻 迅训 压呀 烟言 沿言 演眼 眼演 "
    "阳洋 养样 样养 要药 药要 也业 夜业 医一 依一 宜一 已一 艺义 易义 亿义 银因 音因 营赢 影应 勇永 优由 游由 友有 于余 雨与 语与 育预 遇预 员原 源原 远院 院远 "
    "月约 云运 运云 灾在 早造 造早 战站 照赵 者这 这者 针真 镇真 整正 执直 植直 职直 指止 止指 众重 周州 州周 助住 祝住 抓转 庄装 追坠 准谆 着著 走奏 租组 组租 "
    "足组 最嘴 昨做 左做"
).split()
"""What was typed for what was meant: of one sound."""
SCRIPT_TWINS = (
    "口囗 查査 么公 本夲 均圴 有冇 日曰 未末 户戸 步歩 德徳 吕呂 吴呉 黄黃 决決 况況 凉涼 减減 冲沖 别別 真眞 温溫 兑兌 录彔 换換 污汚 鸡鶏 产産 单単 "
    "带帯 归帰 实実 对対 广広 应応 总総 战戦 收収 样様 气気 浅浅 点點 猫貓 画畫 县縣 经経 续続 绿緑 艺芸 觉覚 读読 变変 车車 转転 达達 选選 铁鉄 间間 "
    "队隊 险険 顺順 馆館 验験 龙竜 东東 业業 书書 买買 会會 传傳 体體 与與 兴興 军軍 农農 决决 写寫 冲衝 办辦 务務 动動 区區 医醫 华華 单單 卖賣 历歷 "
    "发發 后後 启啟 员員 响響 团團 国國 图圖 场場 坏壞 块塊 声聲 处處 备備 学學"
).split()
"""Characters of other hands and scripts that scanners give for common ones, right and wrong."""
OTHER_WAYS = (
    ("工", "エ"),
    ("力", "カ"),
    ("口", "ロ"),
    ("二", "ニ"),
    ("八", "ハ"),
    ("卜", "ト"),
    ("才", "オ"),
    ("夕", "タ"),
)
HALF = str.maketrans("，；：？！", ",;:?!")
HAN = "\u4e00-\u9fff"


@dataclass(frozen=True)
class Planted:
    """A slip: characters `start`…`end` of the text as it now stands, and what stood there before."""

    start: int
    end: int
    right: str
    kind: str


@dataclass(frozen=True)
class Edit:
    """`new` in place of the clean text's characters from `start` to `end`."""

    start: int
    end: int
    new: str


Maker = Callable[[str, random.Random], Iterator[Edit]]


def _alike(pairs: Iterable[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for one, other in map(tuple, pairs):
        if one != other:
            out.setdefault(one, []).append(other)
            out.setdefault(other, []).append(one)
    return out


ALIKE, CLASSIC_ALIKE = _alike(LOOK_ALIKES), _alike(CLASSIC)
for _one, _other in OTHER_WAYS:
    ALIKE.setdefault(_one, []).append(_other)


def look_alikes(text: str, rng: random.Random) -> Iterator[Edit]:
    for at, char in enumerate(text):
        if char in ALIKE:
            yield Edit(at, at + 1, rng.choice(ALIKE[char]))


def classics(text: str, rng: random.Random) -> Iterator[Edit]:
    for at, char in enumerate(text):
        if char in CLASSIC_ALIKE:
            yield Edit(at, at + 1, rng.choice(CLASSIC_ALIKE[char]))


def _swaps(pairs: Iterable[str]) -> Maker:
    """Slips of right and wrong characters given so."""
    wrong: dict[str, list[str]] = {}
    for right, other in map(tuple, pairs):
        if right != other:
            wrong.setdefault(right, []).append(other)

    def maker(text: str, rng: random.Random) -> Iterator[Edit]:
        for at, char in enumerate(text):
            if char in wrong:
                yield Edit(at, at + 1, rng.choice(wrong[char]))

    return maker


def figures(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer(r"(?<=\d)0|0(?=\.\d)|(?<=\d)0(?=\d)", text):
        yield Edit(match.start(), match.end(), rng.choice("OoＯ"))
    for match in re.finditer(r"(?<![\d.])1(?=[\d.])|(?<=\d)1(?=\d)", text):
        yield Edit(match.start(), match.end(), rng.choice("lI"))
    for match in re.finditer(r"(?<=\d)\.(?=\d+(?:[%万亿]|个百分点))", text):
        yield Edit(match.start(), match.end(), ",")
    for match in re.finditer(r"(?<=[\d一二三四五六七八九十]日)(?=$)|(?<=月\d)日|(?<=月\d\d)日", text):
        if match[0]:
            yield Edit(match.start(), match.end(), "曰")


def dashes(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer(f"(?<=[{HAN}\\d])—(?=[{HAN}\\d])", text):
        yield Edit(match.start(), match.end(), "一")
    for match in re.finditer(f"(?<=[{HAN}])一(?=[个些定样起直次般])", text):
        yield Edit(match.start(), match.end(), "—")


def doubles(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer(f"[{HAN}]", text):
        if text[match.start() - 1 : match.start()] != match[0] != text[match.end() : match.end() + 1]:
            yield Edit(match.end(), match.end(), match[0])


def double_words(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer(f"(?<=[，。：])[{HAN}]{{2}}", text):
        yield Edit(match.end(), match.end(), match[0])
    for match in re.finditer("的是|就是|我们|他们|进行|工作|通过|以及|可以|没有", text):
        yield Edit(match.end(), match.end(), match[0])


def double_marks(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer("[，。、；]", text):
        yield Edit(match.end(), match.end(), rng.choice([match[0], "。" if match[0] != "。" else "，"]))


def drops(text: str, rng: random.Random) -> Iterator[Edit]:
    from typeset.lexicon.segment import lattice
    from typeset.lexicon.table import lexicon

    for start, end in lattice(lexicon(), text).path():
        if end - start >= 2 and re.fullmatch(f"[{HAN}]+", text[start:end]):
            at = rng.randrange(start, end)
            if text[at] not in "一二三四五六七八九十百千万" and text[at : at + 1] != text[at + 1 : at + 2]:
                yield Edit(at, at + 1, "")


def widths(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer(f"(?<=[{HAN}”》）\\d%])[，；：？！](?=[{HAN}“《])", text):
        yield Edit(match.start(), match.end(), match[0].translate(HALF))
    for match in re.finditer(f"(?<=[{HAN}])。(?=[{HAN}“]|$)", text, re.MULTILINE):
        yield Edit(match.start(), match.end(), ".")
    for match in re.finditer(f"（(?=[^（）]*[{HAN}])", text):
        yield Edit(match.start(), match.end(), "(")
    for match in re.finditer(f"(?<=[{HAN}])）", text):
        yield Edit(match.start(), match.end(), ")")
    for match in re.finditer(r"(?<![\d.])\d{2,4}(?![\d.])", text):
        yield Edit(match.start(), match.end(), "".join(chr(ord(c) + 0xFEE0) for c in match[0]))


def pairs(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer("[“”（）《》「」]", text):
        yield Edit(match.start(), match.end(), "")


def numerals(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer(r"(?<=\d)—(?=\d+[年月日%天个人周岁])", text):
        yield Edit(match.start(), match.end(), "-")
    for match in re.finditer("二〇[一二]|一九[四五六七八九]", text):
        yield Edit(match.start() + 1, match.start() + 2, "0" if match[0][1] == "〇" else "9")
    for match in re.finditer(r"(?<!\d)20[012]\d年", text):
        yield Edit(match.start() + 1, match.start() + 2, "〇")


def dates(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer(r"(?<!\d)(\d{1,2})月(\d{1,2})日", text):
        new = rng.choice(
            [
                f"{rng.randint(13, 19)}月{match[2]}日",
                f"{match[1]}月{rng.randint(32, 39)}日",
                "2月30日",
                "11月31日",
            ]
        )
        yield Edit(match.start(), match.end(), new)
    for match in re.finditer("(?<=月)(?:[一二三]?十[一二三四五六七八九]|[一二三四五六七八九])日", text):
        yield Edit(match.start(), match.end() - 1, rng.choice(["三十二", "三十五"]))
    for match in re.finditer("(?<=日（星期)[一二三四五六日]", text):
        yield Edit(match.start(), match.end(), rng.choice([c for c in "一二三四五六日" if c != match[0]]))


def sums(text: str, rng: random.Random) -> Iterator[Edit]:
    for match in re.finditer(r"(?:占[^，。；]{0,8}|合格率[^，。；\d]{0,4}|率为|率达到?)(\d\d)(\.\d)?%", text):
        at = match.start(1)
        yield Edit(at, match.end() - 1, f"1{match[1]}")


def spaces(text: str, rng: random.Random) -> Iterator[Edit]:
    from typeset.lexicon.segment import lattice
    from typeset.lexicon.table import lexicon

    for start, end in lattice(lexicon(), text).path():
        if end - start >= 2 and re.fullmatch(f"[{HAN}]+", text[start:end]):
            at = rng.randrange(start + 1, end)
            yield Edit(at, at, " ")


NAME_TWINS = ("国囯", "晓小", "建健", "志治", "伟玮", "华桦", "明铭", "英瑛", "军君", "平萍", "强墙", "德得", "芳方", "梅玫", "珍真", "玉育", "海梅",
              "宏红", "胜盛", "文雯", "勇永", "丽莉", "艳燕", "杰洁", "林琳", "春椿", "秀绣", "超起", "立力", "刚钢", "新欣", "桂柱", "兰蓝", "培陪", "元园",
              "远运", "燕艳", "庆床", "贵责", "淑椒", "芬芳", "美羊")  # fmt: skip


def names(text: str, rng: random.Random) -> Iterator[Edit]:
    """The second and later places of people's names that the text gives after their titles or before 说."""
    known = re.findall(
        f"(?:书记|记者|镇长|县长|班长|队长|助理|村民|主任|老师|后卫|营养师|读者|经理)([{HAN}]{{2,3}})(?=说|介绍|告诉|表示|主持|，|。|連|连|都)",
        text,
    )
    for name in set(known):
        places = [m.start() for m in re.finditer(name, text)]
        for place in places[1:]:
            for at in range(1, len(name)):
                for twin in NAME_TWINS:
                    if name[at] in twin:
                        new = twin[1 - twin.index(name[at])]
                        yield Edit(place + at, place + at + 1, new)


KINDS: dict[str, Maker] = {
    "classic": classics, "look-alike": look_alikes, "part": _swaps(pair[::way] for pair in PARTS for way in (1, -1)),
    "sound": _swaps(SOUNDS), "script": _swaps(SCRIPT_TWINS), "figure": figures, "dash": dashes, "double": doubles, "double word": double_words,
    "double mark": double_marks, "drop": drops, "width": widths, "pair": pairs, "numeral": numerals, "date": dates,
    "sum": sums, "space": spaces, "name": names,
}  # fmt: skip


def planted(text: str, kinds: dict[str, int], seed: int, gap: int = 24) -> tuple[str, list[Planted]]:
    """`text` with so many slips of each kind, `gap` characters apart at least, and where they are."""
    rng = random.Random(seed)
    chosen: list[tuple[Edit, str]] = []
    for kind, count in kinds.items():
        edits = list(KINDS[kind](text, rng))
        rng.shuffle(edits)
        for edit in edits:
            if count and all(abs(edit.start - other.start) > gap for other, _ in chosen):
                chosen.append((edit, kind))
                count -= 1
    out: list[str] = []
    slips: list[Planted] = []
    at = size = 0
    for edit, kind in sorted(chosen, key=lambda pair: pair[0].start):
        out += [text[at : edit.start], edit.new]
        size += edit.start - at
        slips.append(Planted(size, size + len(edit.new), text[edit.start : edit.end], kind))
        size += len(edit.new)
        at = edit.end
    return "".join([*out, text[at:]]), slips
