"""Source lines (落款) and a web page's meta line, read piece by piece: who sent an article, and when.

A line is parted into names, the source, page furniture, and the words that announce them. Every character of
the line goes into exactly one field of a Credit.
"""

from __future__ import annotations

import re

from typeset.parse import kinds
from typeset.parse.bylines import CLOSING_WORDS, Credit, read_byline, rest_of, unbracket
from typeset.parse.names import UNIT_ENDINGS, is_name, is_pen_name, is_unit
from typeset.parse.text import em_width
from typeset.parse.words import finals, words

SOURCE_KEYS = words(
    """
    信息来源 稿件来源 文章来源 稿源 来源 來源 摘自 转自 供稿单位 作者单位 作者單位 发布单位 发布机构
    发文单位 单位
    """
)
META_KEYS = words(
    """
    发布时间 发布日期 更新时间 发稿时间 时间 日期 浏览次数 浏览量 浏览 阅读次数 阅读量 阅读 点击量
    点击次数 点击数 点击 访问量 责任编辑 责编 编辑 字号 字体 分享 审核 校对 索引号 发文机构 成文日期 有效性 文号 发文字号 主题分类 公开方式 公开日期
    发文日期 生成日期 信息索引 访问次数 點閱 點擊 發佈時間 瀏覽次數 責任編輯 編輯
    """
)
NAME_KEYS = words(
    """
    作者 记者 通讯员 撰稿 文 图 摄影 记者/通讯员 文/图 文图 图文 記者 通訊員 攝影 供稿 采访 采写 撰文 文字 整理 来稿
    """
)
GIVERS = words("供稿 来稿 图文 文字 文 撰稿")
"""Keys behind which a unit may stand instead of a name."""

UNIT_ENDS = finals("|".join((*UNIT_ENDINGS, *CLOSING_WORDS)))
"""A unit's name ends with one of these, or so does the word that closes a line behind one."""
_BARS = ("|", "｜")
_LABEL_BRACKETS = ("【", "［", "[")
_UNIT_STOPS = re.compile("[。！？；!?;]")
KEYED = re.compile(
    rf"[【［\[]?({'|'.join(sorted(SOURCE_KEYS + META_KEYS + NAME_KEYS, key=len, reverse=True))})"
    r"(?:[\s　]*[：:｜丨|]|(?<=阅读|浏览|点击|访问)[\s　\xa0]+(?=\d))"
)
_DATETIME = re.compile(
    r"(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
_CLOSED = re.compile(rf"[\s　]+(?:{'|'.join(CLOSING_WORDS)})$")
DATED = re.compile(
    r"(\S{3,30})[\s　]+((?:\d{4}|[〇零一二三四五六七八九○0]{4})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日號号])"
)
AFFILIATION = re.compile(r"(?:\d\s*[.．、]\s*)?[^。！？]{4,120}[\s　，,]\d{6}(?:[；;].{4,120}\d{6})*")
"""A journal's line of its authors' units, with places and postcodes."""
_POSTCODE = re.compile(r"[\s　，,]\d{6}")
AUTHOR_UNIT = re.compile(r"^(?:本文)?作者(?:系|为|為|是|单位|單位)|^(?:摘自|转自|原载|据|载于|来源|來源)")


def read_meta(text: str) -> Credit | None:
    """A web page's meta line (date, 来源：, 作者：, 浏览次数：), or a line of such keys."""
    body, brackets = unbracket(text)
    if len(text) > 120 or "。" in text:
        return None
    if not KEYED.match(body) and not (body[:1].isdigit() or body[:1] in _BARS):
        return None
    keys = list(KEYED.finditer(body))
    if not keys or (keys[0].start() and not _DATETIME.fullmatch(body[: keys[0].start()].strip(" 　|｜"))):
        return None
    credit = Credit(strength="sure", is_bracketed=bool(brackets))
    taken: list[str] = []
    if lead := body[: keys[0].start()].strip(" 　|｜"):
        credit.furniture.append(lead)
    for key, after in zip(keys, [*keys[1:], None], strict=True):
        value = body[key.end() : after.start() if after else len(body)].strip(" 　|｜")
        if key[1] in SOURCE_KEYS:
            unit, extra = _split_date(value)
            if credit.source is None and unit:
                credit.source = unit
            elif unit:
                credit.furniture.append(unit)
            if extra:
                credit.furniture.append(extra)
        elif key[1] in GIVERS and is_unit(value) and not is_name(value):
            credit.source = credit.source or value
        elif key[1] in NAME_KEYS:
            inner = read_byline("记者 " + value) if value else None
            credit.names += inner.names if inner else [value] if is_pen_name(value) else []
            if value and not credit.names:
                return None
        else:
            credit.furniture.append(body[key.start() : key.end()] + value)
    taken = [*credit.furniture, *credit.names, *([credit.source] if credit.source else [])]
    credit.marks = rest_of(text, sorted(taken, key=len, reverse=True))
    return credit


def _split_date(value: str) -> tuple[str, str]:
    """A source and the date that follows it with no key of its own."""
    match = _DATETIME.search(value)
    if match is None or match.start() == 0:
        return value, ""
    return value[: match.start()].strip(" 　|｜"), value[match.start() :].strip()


def has_affiliation(text: str, hints: int) -> bool:
    """Somewhere in the line stands what may be a journal's line of units."""
    return bool(hints & kinds.DIGIT and _POSTCODE.search(text) and AFFILIATION.search(text))


def dated_unit(text: str) -> str:
    """The date of a closing line that names a unit and a date (县教育局 2024年11月5日), or nothing."""
    match = DATED.fullmatch(text)
    return match[2] if match is not None and is_unit(match[1]) else ""


def read_source(text: str, hints: int = kinds.ALL) -> Credit | None:
    """A closing line that says who sent the article: （教务处）, （作者单位：…）, a unit's name.

    `hints` are the line's kinds of characters, where they are known.
    """
    body, brackets = unbracket(text)
    if brackets and AFFILIATION.fullmatch(body):
        return Credit(source=body, marks=rest_of(text, [body]), strength="sure", is_bracketed=True)
    if not body or brackets[:1] in _LABEL_BRACKETS or em_width(body) > 36:
        return None
    if hints & kinds.STOP and _UNIT_STOPS.search(body):
        return None
    keyed = KEYED.match(body) if hints & kinds.COLON else None
    day = ""
    if keyed is not None and keyed[1] in SOURCE_KEYS:
        source = body[keyed.end() :].strip()
    else:
        source = _CLOSED.sub("", body) if hints & kinds.BLANK else body
        day = dated_unit(body) if hints & kinds.YEAR else ""
        is_told = bool(brackets) and (em_width(body) <= 16 or AUTHOR_UNIT.match(body) is not None)
        if not (day or is_told or is_unit(source)):
            return None
    if not source:
        return None
    strength = "sure" if brackets or source != body or day else "likely"
    return Credit(
        source=source, marks=rest_of(text, [source]), strength=strength, is_bracketed=bool(brackets)
    )
