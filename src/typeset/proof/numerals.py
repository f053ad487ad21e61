"""Figures (数字): letters among them, ranges, mixed numerals, dates and times.

GB/T 15835-2011 for how numerals are written, GB/T 15834-2011 4.13 for the line between two of them.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from typeset.proof.copy import Copy
from typeset.proof.slips import Slip

_SURE = 0.98
_LIKELY = 0.8
_UNIT = "年月日号时点分秒天周岁个人名位件条项次倍万亿千百元吨斤亩米公里届期层级版页章节户家场"
_N = "〇一二三四五六七八九"
_LETTERED = re.compile(
    r"(?<![A-Za-z\d])[\dOoＯ○QlIＩｌ|zZ][\dOoＯ○QlIＩｌ|zZ.,:：]*[\dOoＯ○QlIＩｌ|zZ](?![A-Za-z\d])"
)
_ONE_LETTER = re.compile(rf"(?<=[\u4e00-\u9fff])[lＩｌO](?=[{_UNIT}])")
_AS_FIGURE = dict(zip("OoＯ○QlIＩｌ|zZ", "000001111122", strict=True))
_WORDS_OF_BOTH = frozenset(("O2O", "o2o", "I2C", "Q1", "Q2", "Q3", "Q4", "Q10"))
_HAN_FIGURE_SLIPS = (
    (re.compile(rf"(?<=[{_N}])[0OoＯ○０](?=[{_N}])|(?<=[{_N}]〇)[0OoＯ○０](?=[{_N}年])"), "〇"),
    (re.compile(r"(?<=\d)曰"), "日"),
    (re.compile(r"(?<=月)[一二三四五六七八九十廿]{1,3}(曰)|(?<=\d年)\d{1,2}(曰)"), "日"),
)
_TENS = re.compile(
    "(?<=[一二三四五六七八九])十十(?=[一二三四五六七八九多余几年月日个人名])|百百(?=[零一二三四五六七八九])"
)
_ONES = re.compile("(?<![一十第])一一(?=[个条次位名种项家批张件座所把辆台篇场段层片份棵只])")
_DECIMAL = re.compile(r"(?<![\d,，.])\d{1,6}([,，])\d{1,2}(?=[万亿%％‰]|个百分点)")
_RANGE = re.compile(
    rf"(?<![\d\-—.A-Za-z])\d{{1,4}}(?:\.\d+)?[%％]?([-－–~])\d{{1,4}}(?:\.\d+)?[%％]?(?![\d\-—.A-Za-z])(?=[{_UNIT}])"
)
_TIMES = re.compile(r"(?<=\d[:：]\d\d)[-－~](?=\d{1,2}[:：]\d\d)")
_RANGE_ONE = re.compile(rf"(?<=\d)[一ー](?=\d)|(?<=[\d年月日时])一(?=\d{{1,4}}[{_UNIT}])")
_MIXED_YEAR = re.compile(
    rf"(?<![{_N}0-9])(?=[{_N}0-9]{{4}}年)(?=[0-9]*[{_N}])(?=[{_N}]*[0-9])([{_N}0-9]{{4}})(?=年)"
)
_DATE = re.compile(
    r"(?<!\d)(\d{1,2})月(\d{1,2})(?:日|号)?"
    r"(?:\s*[（(]?\s*(?:星期|周)([一二三四五六日天])\s*[）)]?)?"
)
_YEAR_BEFORE = re.compile(r"(?<!\d)\d{4}年")
_HAN_DATE = re.compile("(十[一二]?|[一二三四五六七八九])月([一二三四五六七八九十廿卅]{1,4})[日号]")
_TIME = re.compile(r"(?<!\d)(\d{1,2})(?:时|点|[:：](?=\d\d(?!\d)))(\d{1,2})?分?")
_DAYS_LONG = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEK = "一二三四五六日"


def numeral_slips(copy: Copy) -> Iterator[Slip]:
    """Everything that figures show."""
    text = copy.text
    yield from _figures(text)
    yield from _ranges(text)
    yield from _dates(text)


def _figures(text: str) -> Iterator[Slip]:
    for match in _LETTERED.finditer(text):
        yield from _lettered(match)
    for match in _ONE_LETTER.finditer(text):
        yield Slip(match.start(), match.end(), _AS_FIGURE[match[0]], "figure", _LIKELY)
    for pattern, right in _HAN_FIGURE_SLIPS:
        for match in pattern.finditer(text):
            group = next((g for g in range(1, pattern.groups + 1) if match[g]), 0)
            code = "numeral" if right == "〇" else "figure"
            yield Slip(match.start(group), match.end(group), right, code, _SURE)
    for match in _DECIMAL.finditer(text):
        yield Slip(match.start(1), match.end(1), ".", "figure", _LIKELY)
    for match in _ONES.finditer(text):
        yield Slip(match.start(), match.end(), "一", "double", _LIKELY)
    for match in _TENS.finditer(text):
        yield Slip(match.start(), match.end(), match[0][0], "double", _SURE)
    for match in _MIXED_YEAR.finditer(text):
        as_word = sum(c in _N for c in match[0]) >= 2
        new = "".join(_N[int(c)] if as_word and c.isascii() else c for c in match[0])
        new = new if as_word else "".join(str(_N.index(c)) if c in _N else c for c in match[0])
        yield Slip(match.start(), match.end(), new, "numeral", _SURE)


def _lettered(match: re.Match[str]) -> Iterator[Slip]:
    """Letters in a number that has at least as many figures (l2, 2O34.7, 22:0O)."""
    letters = [at for at, char in enumerate(match[0]) if char in _AS_FIGURE]
    figures = sum(char.isdigit() for char in match[0])
    if not letters or figures < len(letters) or match[0] in _WORDS_OF_BOTH:
        return
    for at in letters:
        place = match.start() + at
        yield Slip(place, place + 1, _AS_FIGURE[match[0][at]], "figure", _SURE)


def _ranges(text: str) -> Iterator[Slip]:
    for match in _RANGE.finditer(text):
        if match[1] != "~":
            yield Slip(match.start(1), match.end(1), "—", "numeral", _LIKELY)
    for match in _TIMES.finditer(text):
        yield Slip(match.start(), match.end(), "—", "numeral", _LIKELY)
    for match in _RANGE_ONE.finditer(text):
        yield Slip(match.start(), match.end(), "—", "dash", _LIKELY)


def _dates(text: str) -> Iterator[Slip]:
    for match in _DATE.finditer(text):
        month, day = int(match[1]), int(match[2])
        dated = _YEAR_BEFORE.match(text, match.start() - 5) if match.start() >= 5 else None
        year = int(dated[0][:4]) if dated is not None else 0
        if not 1 <= month <= 12 or not 1 <= day <= _days(year, month):
            if text[match.end(2) : match.end(2) + 1] in ("日", "号"):
                yield Slip(match.start(), match.end(), None, "date", _SURE)
        elif year and match[3]:
            right = _WEEK[datetime.date(year, month, day).weekday()]
            if match[3].replace("天", "日") != right:
                yield Slip(match.start(3), match.end(3), right, "date", _LIKELY)
    for match in _HAN_DATE.finditer(text):
        number = _han_number(match[2])
        if number is not None and not 1 <= number <= _DAYS_LONG[(_han_number(match[1]) or 1) - 1]:
            yield Slip(match.start(), match.end(), None, "date", _SURE)
    for match in _TIME.finditer(text):
        hour, minute = int(match[1]), int(match[2] or 0)
        mark = text[match.end(1)]
        if mark == "时" and (hour > 24 or minute > 59) and text[match.end() - 1] in "时分":
            yield Slip(match.start(), match.end(), None, "date", 0.7)


def _han_number(text: str) -> int | None:
    """二十三, 廿三: the number below a hundred that it spells, if it spells one."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    if not ten:
        return _N.index(tens)
    return 10 * (_N.index(tens) if tens else 1) + (_N.index(ones) if ones else 0)


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if 1583 <= year <= 9998 else _DAYS_LONG[month - 1]
