"""Classes of characters, as one table from code point to class, and traits that rules ask for by name.

In: code points. Out: an array of `Class` values, before context is looked at
(a dash or a quotation mark learns in `context` what it is in its place).
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Classes = NDArray[np.uint8]
Flags = NDArray[np.bool_]


class Class(IntEnum):
    """Character classes of typography.md."""

    HAN = 0
    MARK = 1  # 符号: set as han, no gap beside it
    STOP = 2  # 点号
    CLOSE = 3  # 结束
    OPEN = 4  # 开始
    DASH = 5  # 破折号, a run of two or more
    ELLIPSIS = 6  # 省略号
    CONNECTOR = 7  # 连接号
    INTERPUNCT = 8  # 间隔号
    SOLIDUS = 9  # 分隔号
    WESTERN = 10
    WESTERN_OPEN = 11
    WESTERN_CLOSE = 12
    SPACE = 13
    JOINED = 14  # what clings to the character before it (T12)


HAN_STOPS = "。．，、；：！？"
HAN_CLOSES = "”’」』）】〕〗》〉］｝"
HAN_OPENS = "“‘「『（【〔〖《〈［｛"
STARLESS = "□■◎△▲●○★☆※→←↑↓◆◇▼▽•"
POSTFIX_SIGNS = "%‰℃°％"
PREFIX_SIGNS = "¥$￥€£№±＋"
SPACES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
NO_BREAK_SPACES = "\u00a0\u2007\u202f"
SEMANTIC_TABLE: tuple[tuple[str, Class], ...] = (
    (HAN_STOPS, Class.STOP),
    (HAN_CLOSES, Class.CLOSE),
    (HAN_OPENS, Class.OPEN),
    (STARLESS, Class.MARK),
    ("—―⸺", Class.DASH),
    ("…⋯", Class.ELLIPSIS),
    ("–～〜", Class.CONNECTOR),
    ("·・‧", Class.INTERPUNCT),
    ("／", Class.SOLIDUS),
    ("([{", Class.WESTERN_OPEN),
    (")]},.;:!?", Class.WESTERN_CLOSE),
    (SPACES, Class.SPACE),
    (POSTFIX_SIGNS, Class.WESTERN),
    (PREFIX_SIGNS, Class.WESTERN),
    ("²³¹×÷=<>~−", Class.WESTERN),
)

# first code point, last code point, class: later rows win
RANGES: tuple[tuple[int, int, Class], ...] = (
    (0x0000, 0x10FF, Class.WESTERN),
    (0x1100, 0x11FF, Class.HAN),
    (0x1200, 0x1FFF, Class.WESTERN),
    (0x2000, 0x206F, Class.WESTERN),
    (0x2070, 0x20CF, Class.WESTERN),
    (0x2100, 0x214F, Class.WESTERN),
    (0x2150, 0x2BFF, Class.MARK),
    (0x2C00, 0x2E7F, Class.WESTERN),
    (0x2E80, 0xA4CF, Class.HAN),
    (0x3200, 0x33FF, Class.MARK),
    (0xA4D0, 0xABFF, Class.WESTERN),
    (0xAC00, 0xD7FF, Class.HAN),
    (0xE000, 0xFAFF, Class.HAN),
    (0xFB00, 0xFE0F, Class.WESTERN),
    (0xFE30, 0xFFEF, Class.HAN),
    (0xFF10, 0xFF19, Class.WESTERN),
    (0xFF21, 0xFF3A, Class.WESTERN),
    (0xFF41, 0xFF5A, Class.WESTERN),
)
# combining marks, vowels and finals of Hangul, and what takes no room
_JOINED = (
    (0x300, 0x36F), (0x483, 0x489), (0x1160, 0x11FF), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069),
    (0x20D0, 0x20F0), (0x302A, 0x302F), (0x3099, 0x309A), (0xD7B0, 0xD7FB), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
    (0xFEFF, 0xFEFF), (0x00AD, 0x00AD),
)  # fmt: skip
# scripts whose combining marks are asked for one by one, as they are seldom met
_SCRIPTS = ((0x0590, 0x10FF), (0x1200, 0x1DFF), (0xA4D0, 0xABFF), (0xFB1D, 0xFDFF))
_BMP = 0x10000
_EMOJI = 0x1F000


class Trait:
    """What a rule wants to know of a code point beyond its class; bits of `traits`."""

    SQUEEZED_FIRST = 1  # 、，；： close before gaps do (T24)
    FIRM_STOP = 2  # 。！？． close after them (T24)
    HANGS = 4  # 、 ， 。 (T29)
    QUOTE = 8
    PREFIX = 16
    POSTFIX = 32
    DIGIT = 64
    SILENT = 128  # western, but neither a letter nor a digit: no gap beside it by itself (T23)
    SMALL_KANA = 256
    NO_BREAK = 512
    SCALE = 1024  # 十百千万亿


_TRAITS: tuple[tuple[int, str], ...] = (
    (Trait.SQUEEZED_FIRST, "、，；："),
    (Trait.FIRM_STOP, "。！？．"),
    (Trait.HANGS, "、，。"),
    (Trait.QUOTE, "“”‘’"),
    (Trait.PREFIX, PREFIX_SIGNS),
    (Trait.POSTFIX, POSTFIX_SIGNS),
    (Trait.DIGIT, "0123456789０１２３４５６７８９"),
    (Trait.SILENT, "".join(map(chr, (*range(0x21, 0x30), *range(0x3A, 0x41), *range(0x5B, 0x61), *range(0x7B, 0x7F),
                                     *range(0xA1, 0xAA), *range(0xAB, 0xB2), 0xB4, *range(0xB6, 0xB9), 0xBB, 0xBF,
                                     0xD7, 0xF7, *range(0x2010, 0x2070), *range(0x20A0, 0x20D0))))
     + POSTFIX_SIGNS + PREFIX_SIGNS + "℉℡™℠−"),
    (Trait.SMALL_KANA, "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶー々ゝゞヽヾ"),
    (Trait.NO_BREAK, NO_BREAK_SPACES),
    (Trait.SCALE, "十百千万亿萬億"),
)  # fmt: skip


@cache
def class_table() -> Classes:
    """Class of every code point of the basic plane; built once, about a millisecond."""
    table = np.zeros(_BMP, np.uint8)
    for first, last, kind in RANGES:
        table[first : last + 1] = kind
    for chars, kind in SEMANTIC_TABLE:
        table[[ord(c) for c in chars]] = kind
    for first, last in _JOINED:
        table[first : last + 1] = Class.JOINED
    return table


@cache
def _doubtful_table() -> Flags:
    table = np.zeros(_BMP, bool)
    for first, last in (*_SCRIPTS, (_BMP - 1, _BMP - 1)):  # the last stands for all beyond the basic plane
        table[first : last + 1] = True
    return table


@cache
def _trait_table() -> NDArray[np.uint16]:
    table = np.zeros(_BMP, np.uint16)
    for trait, chars in _TRAITS:
        for char in chars:
            table[ord(char)] |= trait
    return table


def classify(codes: Codes) -> Classes:
    """Class of each code point, without context. Shape as `codes`."""
    table = class_table()
    near = np.minimum(codes, _BMP - 1)
    out, doubtful = table[near], _doubtful_table()[near]
    if doubtful.any():
        for code in np.unique(codes[doubtful]).tolist():
            out[codes == code] = _rare_class(code, int(table[code]) if code < _BMP else int(Class.HAN))
    return out


def _rare_class(code: int, usual: int) -> int:
    """Class of a code point beyond the basic plane, or in a script with many combining marks."""
    if 0xE0000 <= code <= 0xE01EF or 0x1F3FB <= code <= 0x1F3FF:
        return Class.JOINED
    if unicodedata.category(chr(code)) in ("Mn", "Me", "Mc", "Cf"):
        return Class.JOINED
    if code >= _BMP and code < _EMOJI and unicodedata.east_asian_width(chr(code)) in ("N", "Na", "A"):
        return Class.WESTERN
    return Class.MARK if _EMOJI <= code < 0x20000 else usual


def traits(codes: Codes) -> NDArray[np.uint16]:
    """`Trait` bits of each code point. Shape as `codes`."""
    return _trait_table()[np.minimum(codes, _BMP - 1)]


def among(kinds: Classes, *wanted: int) -> Flags:
    """Which kinds are among some: one look-up in a table of all classes."""
    table = np.zeros(len(Class), bool)
    table[list(wanted)] = True
    return table[kinds]


def code_points(text: str) -> Codes:
    """The text as an array of code points; a lone surrogate stays one."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
