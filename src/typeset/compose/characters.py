"""Classes of characters, as one table from code point to class.

In: code points. Out: an array of `Class` values, before context is looked at
(a dash or a quotation mark learns in `copy` what it is in its place).
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Classes = NDArray[np.uint8]


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
    (" \t\u00a0\u2002\u2003\u2009\u3000", Class.SPACE),
    (POSTFIX_SIGNS, Class.WESTERN),
    (PREFIX_SIGNS, Class.WESTERN),
    ("²³¹×÷=<>~", Class.WESTERN),
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
_BMP = 0x10000


@cache
def class_table() -> Classes:
    """Class of every code point of the basic plane; built once, about a millisecond."""
    table = np.zeros(_BMP, np.uint8)
    for first, last, kind in RANGES:
        table[first : last + 1] = kind
    for chars, kind in SEMANTIC_TABLE:
        table[[ord(c) for c in chars]] = kind
    for first, last in ((0x300, 0x36F), (0x483, 0x489), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069),
                        (0x20D0, 0x20F0), (0x302A, 0x302F), (0x3099, 0x309A), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
                        (0xFEFF, 0xFEFF), (0x00AD, 0x00AD)):  # fmt: skip
        table[first : last + 1] = Class.JOINED
    return table


def classify(codes: Codes) -> Classes:
    """Class of each code point, without context. Shape as `codes`."""
    table = class_table()
    if codes.size and int(codes.max()) >= _BMP:
        astral = codes >= _BMP
        out = table[np.where(astral, 0x4E00, codes)]
        for index in np.nonzero(astral)[0]:
            code = int(codes[index])
            joined = 0xE0000 <= code <= 0xE01EF or 0x1F3FB <= code <= 0x1F3FF
            if joined or unicodedata.category(chr(code)) in ("Mn", "Me", "Cf"):
                out[index] = Class.JOINED
            elif unicodedata.east_asian_width(chr(code)) in ("N", "Na", "A") and code < 0x1F000:
                out[index] = Class.WESTERN
        return out
    return table[codes]


def code_points(text: str) -> Codes:
    """The text as an array of code points; a lone surrogate stays one."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
