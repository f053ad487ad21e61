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
    "classic": classics, "look-alike": look_alikes, "figure": figures, "dash": dashes, "double": doubles, "double word": double_words,
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
