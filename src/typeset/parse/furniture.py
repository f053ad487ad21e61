"""Page furniture (版面要素): folio lines, mastheads, editors' lines, a web site's navigation.

Tables of what such lines look like, and the bulletin's title, date and issue read off the masthead.
"""

from __future__ import annotations

import re

from typeset.parse import kinds
from typeset.parse.words import any_of, initials, words

_NUMBER = r"[\d〇零一二三四五六七八九十百千兩两]+"
DATE = (
    r"(?:(?:中華民國|中华民国|民國|民国)?\s*[〇零一二三四五六七八九十]{1,4}|中華民國\s*\d{2,3}|民國\s*\d{2,3}|\d{4}"
    r"|[〇零一二三四五六七八九0○O]{4})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"(?:\s*(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*[日号號])?"
)
NUMERIC_DATE = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
ISSUE = rf"(?:\d{{4}}\s*年\s*)?(?:总|總|复刊|創刊|创刊)?第\s*{_NUMBER}\s*[期号號](?:[（(][^）)]*期[）)])?"
_DATE = re.compile(DATE)
_OTHER_DATE = re.compile(
    r"(?:\d{4}|[〇零一二三四五六七八九]{4})年(?:[春夏秋冬]季?(?![卷刊号])"
    r"|(?:农历|農曆)?[正一二三四五六七八九十冬腊臘]{1,2}月[初廿卅一二三四五六七八九十]{1,3})"
)
"""A season, or a day of the farmers' calendar."""
_NUMERIC_DATE = re.compile(NUMERIC_DATE)
_ISSUE = re.compile(ISSUE)

EDITORS = any_of(
    """
    责任编辑 责编 责校 美术编辑 美编 执行编辑 执行主编 副主编 主编 总编辑 总编 值班编委 编委 版式设计
    版式 排版 校对 校对员 校審 审校 英文审校 英文编辑 组版 编审 责任校对 见习编辑 值班主任 值班总编 设计
    一审 二审 三审 初审 复审 终审 审核 审签 监制 统筹 策划 编务 督印人 印數 印数 責任編輯 責編
    編輯委員會 編輯 美術編輯 校對 主編 總編輯 設計 執行編輯 編委會 编委会 顾问 顧問 编辑
    """
)
_PUBLISH = any_of("主办 主管 承办 协办 编印 承印 主辦 編印 承印")
_PUBLISHED = any_of("主办 主管 承办 协办 编印 承印 印刷 出版 主辦 主办单位 主管单位 编辑出版")
_NOT_FOR_SALE = any_of(
    "内部资料 內部資料 内部交流 内部刊物 免费交流 免费赠阅 免费取阅 非卖品 非賣品 歡迎取閱 欢迎取阅 注意保存"
)
_REGISTRY = any_of(
    """
    国内统一连续出版物号 国内统一出版物号 国内统一刊号 国内统一连续刊号 刊号 邮发代号 国际标准连续出版物号
    国际标准出版物号 CN ISSN 代号 登记证 准印证 准印證
    """
)
_PRINT_DATA = any_of("零售 定价 每份 全年 印数 印數 字数 印张 开本")
_SEASONAL = r"[春夏秋冬]季[刊号]|[双半單单]?月刊|[双雙]?周[刊报]|季刊|合刊"

FOLIO_PIECE = re.compile(
    "|".join(
        (
            DATE + r"(?:出版)?",
            NUMERIC_DATE + r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?",
            r"(?:19|20)\d{2}[./]\d{1,2}",
            r"(?:19|20)\d{2}年",
            r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?",
            ISSUE + r"(?:[（(].{1,8}[）)])?",
            rf"(?:本版|本期|今日)?(?:{EDITORS})\s*[：:/／].{{1,12}}",
            rf"(?:\d{{4}}年)?(?:第\s*{_NUMBER}\s*卷|第\s*{_NUMBER}\s*辑|{_SEASONAL})",
            r"[A-Z]?\d{1,3}",
            r"\S{2,30}(?:编|編|编印|編印|主办|主辦|编辑出版)",
            r"[（(]?(?:星期|周|礼拜|週)[一二三四五六日天][)）]?",
            rf"(?:今日|本期|本报今日|共|今日共|本期共)\s*{_NUMBER}\s*(?:个)?[版页頁](?:.{{0,8}})",
            r"第?\s*(?:[A-Z]?\d{1,3}|[〇零一二三四五六七八九十]{1,3})\s*[版頁页](?:\s*[/共]\s*\d+\s*[页版])?",
            r"(?:农历|農曆|夏历).{2,14}",
            r"[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年.{0,8}",
            _NOT_FOR_SALE,
            rf"(?:{_REGISTRY}).*",
            rf"(?:{_PRINT_DATA}).{{0,14}}",
        )
    )
)
"""A blank-parted piece of a masthead or folio line, whole."""
FOLIO_MARKS = "0-9年期号號：:/／卷辑季刊周编編办辦拜週版页頁历曆料流阅閱品存证證CI售价份数數张开"
"""No piece of a folio line is without one of these."""

_WEB_LINKS = any_of(
    """
    上一篇 下一篇 上一条 下一条 相关阅读 相关链接 相关新闻 相关文章 延伸阅读 推荐阅读 热门推荐 猜你喜欢
    上一頁 下一頁 上一页 下一页 往期推荐 往期回顾 往期精选 精彩回顾 更多阅读
    """
)
_WEB_BUTTONS = any_of(
    """
    点击查看 点击下载 点击进入 阅读原文 扫码 扫一扫 长按 识别二维码 关注我们 欢迎关注 返回顶部 返回首页
    返回列表 更多精彩 查看更多 点赞 在看 点击蓝字 点击上方 点击下方 喜欢就 点个“ 分享、点赞 记得点 设为星标 星标 转发给
    点亮“ 收藏本文
    """
)
_WEB_RIGHTS = any_of(
    "版权所有 版權所有 Copyright © ICP备 网站标识码 备案号 未经授权 本站声明 免责声明 技术支持"
)
_WEB_COUNTS = any_of(
    """
    发布时间 发布日期 更新时间 发稿时间 浏览次数 浏览量 阅读量 点击量 点击数 点击次数 發佈時間 瀏覽次數
    """
)
_TRAIL = any_of("首页 首頁 当前位置 您的位置 您现在的位置 您当前的位置 所在位置 位置")
_CONTINUED = any_of("下页续 续下页 续上页 上页续 接上页 转下页 待续 未完待续 完 全文完 续完 下頁續 續上頁")
_PAGE_CREDIT = any_of("稿件 图片 照片 文字 文图 图文 撰稿 摄影 内容 报道")

_FREE = any_of(
    "本刊免费赠阅 本刊免費贈閱 本报免费赠阅 本報免費贈閱 欢迎投稿 歡迎投稿 欢迎来稿 欢迎赐稿 免費贈閱 请勿外传"
)
PAGE_SIGNS = re.compile(
    "|".join(
        (
            r"[-=_*~·•.。—–―－＿＊※☆★◆◇○●□■#＃+＋\s]{2,}$",  # a rule of marks
            r"[-–—―~·•\s]*(?:[1-9]\d{0,3}|[-–—―~·•]\s*\d{1,4})[-–—―~·•\s]*$",  # a page number
            r"[·•・]\s*[A-Z]?\d{1,3}\s*[·•・](?:[\s　]*\S{0,10})$",
            r"第\s*\d+\s*[页頁](?:[\s　,，]*共\s*\d+\s*[页頁])?$|\d+\s*/\s*\d+$|[Pp](?:age|\.)?\s*\d+$",
            r"【?(?:打印|关闭|返回|收藏|我要纠错|纠错|列印)[^。，]{0,6}】?(?:[\s　]*【[^】]{2,8}】)*$",
            r"[【\[]?(?:字体|字號|字号)\s*[：:]",
            rf"[【\[（(](?:{EDITORS})\s*[：:][^】\]）)]{{1,24}}[】\]）)]$",
            r"[—\-–=·•*]{1,3}\s*(?:END|end|The End|全文完|完)\s*[—\-–=·•*]{1,3}$",
            rf"[（(](?:{_CONTINUED})[）)]$",
            rf"[（(]?(?:本版|本期|本组)(?:{_PAGE_CREDIT}).{{0,40}}$",
            r"[（(]?共印\s*\d+\s*份[）)]?$",
        )
    )
)
"""A line that begins so, with a sign, a digit or one of a few words, belongs to the page;"""
PAGE_SIGN_HEADS = "-0-9=_*~·•.。—–―－＿＊※☆★◆◇○●□■#＃+＋・第Pp【[（(打关返收我纠列字本共"
PAGE_WORDS = re.compile(
    "|".join(
        (
            rf"(?:本版|本期|本栏|本刊|栏目|今日|当日|值班)?(?:{EDITORS})\s*(?:[：:／/|｜]|[\s　]{{1,2}}\S{{1,3}}(?:[\s　]|$))",
            rf"(?:{_TRAIL}).{{0,4}}[>＞»›/→：:]",
            r"(?:字号|字體|字体|字级|分享到|分享至|分享|转发)\s*[：:]",
            rf"(?:{_WEB_LINKS})\s*[：:>]?",
            rf"(?:{_WEB_BUTTONS}).{{0,24}}$",
            rf"(?:{_WEB_RIGHTS})",
            rf"(?:{_WEB_COUNTS})\s*[：:]",
            r"(?:阅读|浏览|点赞|赞|在看|评论|转发)[\s　]*\d[\d\s,.]*万?[\s　]+(?:阅读|浏览|点赞|赞|在看|评论|转发)",
            r"(?:附件|附件下载)\s*\d?\s*[：:].{1,60}(?:\.(?:docx?|xlsx?|pdf|zip|rar|wps)|下载）?)\S{0,8}$",
            rf"(?:{_FREE}).{{0,30}}$",
            rf"(?:{_PUBLISHED})\s*[：:]",
            r"(?:报|送|发|抄报|抄送|主送|分送|报送|呈报)\s*[：:]\S",
        )
    )
)
"""one that begins with these words,"""
PAGE_WORD_HEADS = "字分转阅浏点赞在评附报送发抄主呈" + initials(
    f"本|今|当|值|栏|{EDITORS}|{_TRAIL}|{_WEB_LINKS}|{_WEB_BUTTONS}|{_WEB_RIGHTS}|{_WEB_COUNTS}|{_FREE}|{_PUBLISHED}"
)
PAGE_MARKED = re.compile(
    "|".join(
        (
            r"\S{1,12}\s*[>＞»›]\s*\S{1,12}(?:\s*[>＞»›]\s*\S{1,14})*$",
            r"\S.{2,60}[\s　](?:合编|联合主办|合辦|合办|联合编印|共同主办)$",
            rf"[^。，；]{{2,24}}(?:{_PUBLISH})(?:[\s　]|$)",
            r"\S{2,14}(?:报社|杂志社|编辑部|期刊社)(?:出版|主办|编辑)",
            r"\S.{0,40}[.．…·]{4,}\s*[（(]?\d{1,3}[）)]?$",  # a table of contents
        )
    )
)
"""or one with such words or marks in it."""
PAGE_MARKS = ">＞»›编办管印辦社部.．…·"

_CONTACT = any_of(
    """
    新闻热线 热线电话 热线 投稿邮箱 投稿 邮箱 电子邮箱 电邮 联系电话 编辑部电话 电话 传真 地址 社址 邮编
    邮政编码 网址 官网 微信公众号 公众号 公眾號 广告热线 发行热线 投递监督 電話 傳真 電郵 網址 E-mail Email
    编辑部 報社 报社 投诉电话 监督电话 订阅 零售 印数 印刷 订阅热线 投稿信箱 电子信箱 通讯地址 来稿请寄 截稿 發行所 發行人 印刷所
    发行人 出版者
    """
)
_OWN = r"(?:本[报刊社会台報會]|编辑部|編輯部|报社|杂志社|下期|本期)?"
_CONTACTS = re.compile(rf"{_OWN}(?:{_CONTACT}|{_REGISTRY}|截稿|{_PUBLISHED})\s*[：:]")
LIKELY = re.compile(
    "|".join(
        (
            r"\S{1,6}[\s　]+(?:[A-Z]?\d{1,3})\s*版?$|(?:[A-Z]?\d{1,2})\s*版?[\s　]+\S{1,6}$",  # 要闻　1
            rf"{_OWN}(?:{_CONTACT})\s*[：:]",
            r"[A-Z][A-Z0-9 .&'-]{5,}$",
        )
    )
)
"""A line that looks so may belong to the page."""

SECTIONS = frozenset(
    words(
        """
        一线 三农 专版 专题 乡村振兴 乡镇 人物 企业文化 体育 健康 党建 党群 党群工作 公告 副刊 县区 周末
        国内 国际 图片 图片新闻 城事 基层 学生天地 安全 工会 广告 教学 教育 教育園地 文化 文学 文旅 文艺
        文苑 新闻 时事 时政 时评 本地新闻 校园 校园新闻 民生 法治 深度 特刊 特别报道 理论 理论版 生产经营
        生活 產經 社会 社區 科教 科普 綜合 经济 综合 综合新闻 综合版 聚焦 艺术 要聞 要闻 视点 评论 读书
        读者来信 财经 镇村 青年
        """
    )
)
"""Names that papers give to their pages; furniture only beside a folio line."""

_WEEKDAY = re.compile(r"(?:星期|周|週)[一二三四五六日天]")
_LETTER_SPACED = re.compile(r"[\u4e00-\u9fff](?:[\s　]+[\u4e00-\u9fff]){2,}")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_PIECE_GAP = re.compile(r"[\s|｜]+")
MAX_FOLIO = 90


def pieces(text: str) -> list[str]:
    """The pieces of a line parted by blanks or bars."""
    return [p for p in _PIECE_GAP.split(text) if p]


_PARTED_NAME = re.compile(r"(?<=[：:／/])([\u4e00-\u9fff])[\s　]+([\u4e00-\u9fff])(?=[\s　]|$)")
DATE_HEADS = "0-9〇零一二三四五六七八九十○O中民"


def is_folio(text: str, hints: int = kinds.ALL) -> bool:
    """A masthead or folio line: at most a name or two beside dates, issues and page numbers."""
    if len(text) > MAX_FOLIO or "。" in text or "，" in text:
        return False
    is_parted = hints & (kinds.BLANK | kinds.COLON)
    parts = pieces(_with_whole_names(text, hints)) if is_parted else [text]
    may_tell = bool(hints & kinds.FOLIO)
    untold = [p for p in parts if p not in SECTIONS and not (may_tell and FOLIO_PIECE.fullmatch(p))]
    told = len(parts) - len(untold)
    if told == 0 or text in SECTIONS:
        return False
    if told == len(parts):
        return True
    return len(untold) <= 2 and told * 2 >= len(parts) - 1 and all(len(p) <= 14 for p in untold)


def _with_whole_names(text: str, hints: int) -> str:
    """The names behind a colon or a slash (校对：王　静) without the blank inside them."""
    is_keyed = hints & kinds.COLON or "/" in text or "／" in text
    return _PARTED_NAME.sub(r"\1\2", text) if is_keyed else text


def _has_contacts(text: str) -> bool:
    return text.count("：") + text.count(":") >= 2 and len(_CONTACTS.findall(text)) >= 2


def is_date(text: str) -> bool:
    """A date and nothing else."""
    return bool(_DATE.fullmatch(text) or _NUMERIC_DATE.fullmatch(text))


def strength(text: str, hints: int = kinds.ALL) -> str:
    """`sure`, `likely`, `date` or nothing: how much a line by itself looks like furniture.

    `hints` are the line's kinds of characters, where they are known.
    """
    if (
        (hints & kinds.PAGE_SIGN_HEAD and PAGE_SIGNS.match(text))
        or (hints & kinds.PAGE_WORD_HEAD and PAGE_WORDS.match(text))
        or (hints & kinds.PAGE_MARK and PAGE_MARKED.match(text))
    ):
        return "sure"
    if hints & kinds.DATE_HEAD and is_date(text):
        return "date"
    if is_folio(text, hints) or (hints & kinds.COLON and _has_contacts(text)):
        return "sure"
    if hints & (kinds.COLON | kinds.DIGIT | kinds.ASCII) and LIKELY.match(text):
        return "likely"
    return ""


def masthead_fields(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Title, date and issue as the masthead's lines print them; nothing where they tell no date or issue."""
    title = date = None
    issues: list[str] = []
    for line in lines:
        found = _DATE.search(line) or _NUMERIC_DATE.search(line) or _OTHER_DATE.search(line)
        issue = list(_ISSUE.finditer(line))
        if found and date is None and not any(i.start() <= found.start() < i.end() for i in issue):
            date = found[0]
        issues = issues or [i[0] for i in issue]
        title = title or _title(line)
    if date is None and not issues:
        return None, None, None
    return title, date, " ".join(issues) or None


def _title(line: str) -> str | None:
    if _LETTER_SPACED.fullmatch(line):
        return line
    rest = _WEEKDAY.sub(" ", _ISSUE.sub(" ", _DATE.sub(" ", line)))
    names = [p for p in pieces(rest) if len(p) >= 2 and _HANZI.search(p) and not FOLIO_PIECE.fullmatch(p)]
    return names[0] if names and len(names[0]) <= 16 else None
