"""Whether a few characters look like a person's name (姓名) or like the name of a unit (单位)."""

from __future__ import annotations

import re

from typeset.parse.words import words

SURNAMES = frozenset(
    "丁万丘丛东严丰乌乐乔乜习于云亓井亢仇仉从付仝代仰仲任伊伍伏伯何佘余佟佴來侍侯俞倪傅储傳儲元充光党全公"
    "兰关养冀冉农冯况冶冷冼凌凤刁刘別利别劉劳勞勾包匡区华卓单卜卞占卢卫印危却卿厉厍原厲双古史叶司吉后向吕"
    "吴呂周和咸哈唐商喬單喻嚴国堵塗墨夏夔奚姚姜姬娄婁孔孙孟季孫宁安宋宓宗官宣宦宫宮宰家容宿寇富寧寶寿封尉"
    "尚尤尧尹居屈展屠山岑岩岳崔嵇巢左巩巫巴帅师師席常干平年幸广庄应庞康庹庾廉廖廣弓弘张張強强归彭徐從怀惠"
    "慎慕應戈戎成战戚戰戴房扈扶揣揭支敖文方於施时昃昌明易昝晁時晋晏景暨暴曲曹曾有朱朴权李杜束来杨杭東松林"
    "柏查柯柳柴栾桂桑桓梁梅楊楚榮樂樊檀權欒欧歐步武歸殳段殷毋毕毛水汝江池汤汪汲沃沈沙沿況法泮洪浦海涂温游"
    "湛湯溫滑滕满滿潘濮焦熊燕爱牛牟牧狄王班琴璩甄甘生甫田由申畢白皮益盖盘盛盧相瞿石祁祖祝禄禚禤禹秋种秦程"
    "穆空窦竇章童竺符笪简管範簡籍米粟糜紀索經練繆红纪练终经缑缪缴罗羅羊羿翁習翟耿聂聞聶肇肖胡胥能臧舒艾芮"
    "花苍苏苑苗苟范茅茆茹荀荆荣莊莘莫華萧萬葉葛董蒋蒙蒯蒲蓋蓝蓟蓬蔄蔚蔡蔣蔺蕭薄薛藍藺蘇虞融衛衡衣袁裘裴褚"
    "褟覃解計許訾詹談諸謝譚计许诸谈谌谢谭谯谷貝貢費賀賈賴贝贡贲费贺贾赏赖赵越趙路蹇車车辛辜農边连迟逄通連"
    "逯遊遲邊邓邝邢那邬邰邱邴邵邸邹郁郈郎郏郑郗郜郝郦郭郸都鄂鄒鄔鄞鄢鄧鄭鄺酆金錢鍾鐘钟钦钭钮钱银門閃閆閔"
    "閻闕關门闫闵闻阎阙阚阮阳阴陆陈陰陳陶陸陽隆隋隗雍雙雲雷霍青靳鞏鞠韋韓韦韩韶項顏顓顧项须顾颜饒饶馬馮駱"
    "马骆高魏魚魯鮑鱼鲁鲍鳳鹿麗麥麻黃黄黎黑黨齊齐龍龐龔龙龚药麦佴麹练禄暨晋厍承锺邓"
)
"""百家姓 and what is common today, simplified and traditional."""
COMPOUND_SURNAMES = frozenset(
    words(
        """
    上官 东方 令狐 公孙 公孫 南宫 南宮 司徒 司馬 司马 夏侯 宇文 尉迟 尉遲 慕容 東方 欧阳 歐陽 皇甫 端木
    諸葛 诸葛 長孫 长孙 万俟 萬俟 闻人 聞人 赫连 赫連 澹台 澹臺 公冶 宗政 濮阳 濮陽 淳于 单于 單于 太叔
    申屠 仲孙 仲孫 轩辕 軒轅 钟离 鍾離 鲜于 鮮于 闾丘 閭丘 亓官 司寇 子车 颛孙 巫马 公西 漆雕 乐正 樂正
    壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 東郭 南门 呼延 羊舌 微生 梁丘 左丘 东门 西门 西門 达奚
    達奚 耶律 范姜 張簡 完颜 独孤 獨孤 第五 纳兰 納蘭 爱新觉罗
    """
    )
)
NOT_NAMES = frozenset(
    words(
        """
    万元 习作 云南 云端 任务 健康 党史 党员 党委 党建 全县 全国 全市 全面 公告 关于 关心 关注 农业 农村
    农民 冬日 冷暖 凤凰 包括 单位 单元 印数 印象 原则 原因 双拥 古诗 古韵 向阳花 和平 和美 和谐 商业
    商务 国内 国家 国防 国际 夏夜 夏天 夏日 安全 安徽 安心 安排 家乡 家园 家长 寄语 富民 富裕 居民 山东
    山村 山水 山西 左邻右舍 常州 常识 幸福 广东 广告 广场 广西 广角 应对 应急 应用 康养 强化 快报 快讯
    成效 成果 成绩 成都 成长 房屋 支部 教育 文件 文化 文学 文艺 方向 方式 方案 方法 时事 时代 时光 时讯
    时评 时间 明天 明确 春天 杂谈 来信 来源 武汉 段落 毕业 毕业季 水利 水平 水质 江河 江苏 江西 温州
    温暖 温馨 游记 满意 白云 白天 白雪 盘点 盛世 短波 短讯 石头 石油 祝愿 祝福 祝贺 秋天 秋日 秋色 童年
    童心 简报 简讯 经典 经济 经验 聚焦 胜利 花园 花开 花海 花絮 蓝图 蓝天 要闻 解放 解读 计划 贵州 贺词
    路上 车间 连续 通告 通知 都市 金点子 金秋 金融 阳光 陈述 随笔 项目 高度 高效率 高标准 高质量 黄河
    """
    )
)
"""Words that begin as a surname does."""
UNIT_ENDINGS = words(
    """
    局 厅 廳 部 委 会 會 组 組 处 處 科 室 股 所 院 校 园 園 系 班 团 團 队 隊 社 馆 館 站 台 厂 廠 矿
    礦 店 行 司 企业 企業 集团 集團 公司 中心 办 辦 政府 法院 检察院 大学 大學 学院 學院 学校 學校 中学
    中學 小学 小學 幼儿园 医院 醫院 支部 党委 党校 县委 市委 区委 省委 镇 鎮 乡 鄉 村 县 縣 市 区 區 州
    省 街道 社区 社區 系统 系統 办公室 辦公室 指挥部 联合会 聯合會 协会 協會 学会 總會 总会 研究院
    研究所 管委会 委员会 委員會 领导小组 编辑部 本报 本刊 分厂 车间 項目部 项目部 工会 工會 分会 部门
    干部 教师 学生 年级组 教务处 家属
    """
)
_UNIT_ENDINGS = frozenset(UNIT_ENDINGS)
_UNIT_LAST = frozenset(ending[-1] for ending in UNIT_ENDINGS)
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]{2,4}")
_PEN_NAME = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003134f]{2,4}(?:[·•‧・][\u3400-\u9fff]{1,8})*"
    r"|[A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]+(?: [A-ZÀ-Þ][A-Za-zÀ-ÿ.'’-]*)*"
)


def is_name(text: str) -> bool:
    """A surname and one or two more characters (three to four with a double surname)."""
    if text[:2] in COMPOUND_SURNAMES:
        may_be = 3 <= len(text) <= 4
    else:
        may_be = text[:1] in SURNAMES and 2 <= len(text) <= 3
    return may_be and _NAME.fullmatch(text) is not None and text not in NOT_NAMES


def is_pen_name(text: str) -> bool:
    """What may be a name where a byline says that one follows: a pen name, a foreign name."""
    return _PEN_NAME.fullmatch(text) is not None and text not in NOT_NAMES


def is_unit(text: str) -> bool:
    """Ends as names of offices, schools, firms and places do."""
    return text[-1:] in _UNIT_LAST and (
        text[-1:] in _UNIT_ENDINGS
        or text[-2:] in _UNIT_ENDINGS
        or text[-3:] in _UNIT_ENDINGS
        or text[-4:] in _UNIT_ENDINGS
    )
