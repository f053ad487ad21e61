"""Where a line may end: T01-T06, T09 and T12, as one level per seam.

In: characters and their classes. Out: for each i, whether a line may end before character i:
0 never, 1 only where the paragraph cannot be set otherwise (T05), 2 freely; where it takes a hyphen
(T06); and where it would leave too little on the paragraph's last line (T09).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import (
    POSTFIX_SIGNS,
    PREFIX_SIGNS,
    Class,
    Classes,
    Codes,
    Flags,
    Trait,
    among,
    traits,
)
from typeset.compose.context import ADDRESS, WESTERN_KINDS, bases_of, per_paragraph

NEVER, IF_NEEDED, FREELY = 0, 1, 2
NOT_AT_START = (
    Class.STOP, Class.CLOSE, Class.CONNECTOR, Class.INTERPUNCT, Class.SOLIDUS, Class.DASH,
    Class.ELLIPSIS, Class.WESTERN_CLOSE, Class.JOINED, Class.SPACE,
)  # fmt: skip
NOT_AT_END = (Class.OPEN, Class.WESTERN_OPEN, Class.SOLIDUS)


_D = "[0-9０-９]"
_SIGN = f"[{re.escape(PREFIX_SIGNS)}]"
_AMOUNT = rf"{_D}+(?:[.,．:/]{_D}+)*[十百千万亿萬億]{{0,2}}[{POSTFIX_SIGNS}]?"
_LINK = "(?:—(?!—)|[–～〜~－-])"
NUMBER = re.compile(
    rf"(?:No\.\s*|{_SIGN}\s*|[+−≤≥<>≈-])?{_AMOUNT}(?:{_LINK}{_SIGN}?{_AMOUNT})*(?:(?<=[十百千万亿萬億])[A-Za-z]{{1,4}}[²³]?(?![A-Za-z]))?"
)
# T05: units before which a number parts only if need be
HAN_UNITS = """
    元 年 月 日 时 分 秒 小时 人 个 户 名 吨 米 亩 岁 天 周 次 家 件 套 台 辆 公里 公斤 公顷 平方 立方 千米 千克 千瓦
    毫米 厘米 条 项 期 届 号 楼 层 栋 只 头 株 棵 斤 克 升 里 度 倍 成 位 批 班 所 座 处 场 篇 部 本 册 页 版 字 种 类
    级 点 多 余 后 门 堂 代 路 线 张 份 间 床 村 镇 县 市 组 支 队 对 双 幅 把 块 片 段 章 节 年级 年度 世纪 季度
    美元 日元 欧元 港元 万 亿
""".split()
_RANGE_BEFORE_UNIT = re.compile(
    rf"{_AMOUNT}(?:{_LINK}{_SIGN}?{_AMOUNT})+(?=(?:{'|'.join(HAN_UNITS)}))"
)  # keeps it as a number does
_BEFORE_UNIT = re.compile(rf"{_D}[{POSTFIX_SIGNS}]?(?:[十百千万亿]{{1,2}})?(?=(?:{'|'.join(HAN_UNITS)}))")
_TELEPHONE = re.compile(r"(?<![0-9])[0-9]{2,4}[  ](?=[0-9]{3,4}(?![0-9]))")
_ADDRESS_SEAM = re.compile(r"(?<=[/.\-_?&=@])(?=[A-Za-z0-9])")
_WORD = re.compile(r"(?<![A-Za-z0-9'’.@/_-])[a-z]{5,40}(?![A-Za-z0-9'’@/_-])")
_WIDE_COLON = re.compile(rf"(?<={_D})：(?={_D})")  # 8：30, typed full width
_OWN_HYPHEN = re.compile(r"(?<=[A-Za-z]-)(?=[A-Za-z])")
_NEAR = 6  # characters from a digit or letter that a pattern here may look at
Ints = NDArray[np.intp]


def break_levels(
    text: str, codes: Codes, kinds: Classes, inside: Flags, bounds: tuple[int, ...], hyphenation: str
) -> tuple[NDArray[np.uint8], Flags]:
    """Levels (length n + 1) and whether the break takes a hyphen; `hyphenation` is pyphen's language or "off"."""
    size = len(codes)
    levels = np.zeros(size + 1, np.uint8)
    hyphens = np.zeros(size + 1, bool)
    if size == 0:
        return levels, hyphens
    levels[1:size][_between_classes(codes, kinds, inside, bounds) & inside[1:-1]] = FREELY
    _part_ellipses(levels, kinds, inside)
    western, kept, places = _western_parts(text, codes, inside)
    if western:
        apart, hyphens_apart = np.zeros(len(western) + 1, np.uint8), np.zeros(len(western) + 1, bool)
        apart[places] = levels[kept]
        _bind_numbers(apart, western)
        _open_words(apart, hyphens_apart, western, hyphenation)
        levels[kept], hyphens[kept] = apart[places], hyphens_apart[places]
    return levels, hyphens


def _western_parts(text: str, codes: Codes, inside: Flags) -> tuple[str, Ints, Ints]:
    """The text near letters and digits, its parts and paragraphs on lines of their own, so that no word reaches
    across; which characters were kept, and where each stands in it. Patterns need not go over the Chinese."""
    seeds = (codes < 0x7B) & (codes >= 0x30) | (codes >= 0xFF10) & (codes <= 0xFF19)
    if not seeds.any():
        return "", np.zeros(0, np.intp), np.zeros(0, np.intp)
    size = len(codes)
    running: Ints = np.concatenate((np.zeros(1, np.intp), np.cumsum(seeds)))
    index = np.arange(size)
    near = running[np.minimum(index + _NEAR + 1, size)] - running[np.maximum(index - _NEAR, 0)]
    kept = np.nonzero(near)[0]
    parted = ~inside[kept]
    parted[1:] |= np.diff(kept) > 1
    places = np.arange(len(kept)) + np.cumsum(parted)
    out = np.full(len(kept) + int(parted.sum()), ord("\n"), np.uint32)
    out[places] = codes[kept]
    return out.tobytes().decode("utf-32-le", "surrogatepass"), kept, places


def _between_classes(codes: Codes, kinds: Classes, inside: Flags, bounds: tuple[int, ...]) -> Flags:
    """Seams 1 to n - 1 at which two characters may part by their classes (T01-T04)."""
    spaces = kinds == Class.SPACE
    last = _last_but_spaces(spaces, inside) if spaces.any() else np.arange(len(codes))
    bits = traits(codes)
    base = bases_of(kinds, inside)
    western = among(base, *WESTERN_KINDS)
    ends = ~among(base, *NOT_AT_END) & ((bits & Trait.PREFIX) == 0)
    begins = ~among(kinds, *NOT_AT_START) & ((bits & Trait.POSTFIX) == 0)
    before = last[:-1]
    out: Flags = ends[before] & begins[1:] & ~(western[before] & western[1:] & ~spaces[:-1])
    small = (bits & Trait.SMALL_KANA) > 0
    if small.any():
        kana = (codes >= 0x3041) & (codes <= 0x30FF) & (codes != 0x30FB)
        has_kana = np.repeat(per_paragraph(kana, bounds) > 0, np.diff(bounds))
        out &= ~(small & has_kana)[1:]
    tied = (bits & Trait.NO_BREAK) > 0
    if tied.any():
        index = np.arange(len(codes))
        out &= np.maximum.accumulate(np.where(tied, index, -1))[:-1] < before
    return out


def _parted(text: str, inside: Flags) -> tuple[str, NDArray[np.intp]]:
    """The text with a line end between paragraphs, so that no word reaches across, and each seam's place in it."""
    opens = ~inside
    seams = np.arange(len(inside)) + np.cumsum(opens) - 1
    starts = np.nonzero(opens[:-1])[0].tolist()
    return "\n".join(text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)), seams


def _last_but_spaces(spaces: Flags, inside: Flags) -> Ints:
    """Index of the last character of its paragraph up to each one that is not a space, else of the paragraph's first."""
    index = np.arange(len(spaces))
    index[spaces & inside[:-1]] = 0
    return np.maximum.accumulate(index)


def _part_ellipses(levels: NDArray[np.uint8], kinds: Classes, inside: Flags) -> None:
    """T04: two …… in a row may part between the pairs."""
    dots = kinds == Class.ELLIPSIS
    if not dots.any():
        return
    run = 0
    for at in np.nonzero(dots)[0].tolist():
        run = run + 1 if at > 0 and dots[at - 1] and inside[at] else 1
        if run >= 3 and run % 2 == 1:
            levels[at] = FREELY


def _bind_numbers(levels: NDArray[np.uint8], text: str) -> None:
    """T05: nothing parts inside a number; before a Han unit only if need be."""
    for match in NUMBER.finditer(text):
        levels[match.start() + 1 : match.end()] = NEVER
    for match in (*_BEFORE_UNIT.finditer(text), *_TELEPHONE.finditer(text), *_WIDE_COLON.finditer(text)):
        at = match.end()
        levels[at] = min(int(levels[at]), IF_NEEDED)
    for match in _RANGE_BEFORE_UNIT.finditer(text):
        levels[match.end()] = NEVER


@cache
def _hyphenation_points(word: str, language: str) -> tuple[int, ...]:
    return tuple(_hyphenator(language).positions(word))


@cache
def _hyphenator(language: str) -> Any:
    import pyphen

    return pyphen.Pyphen(lang=language, left=2, right=3)


def _open_words(levels: NDArray[np.uint8], hyphens: Flags, text: str, hyphenation: str) -> None:
    """T06: hyphenation points, a word's own hyphen, the seams of addresses."""
    for match in _OWN_HYPHEN.finditer(text):
        levels[match.start()] = FREELY
    for match in _WORD.finditer(text) if hyphenation != "off" else ():
        for point in _hyphenation_points(match[0], hyphenation):
            at = match.start() + point
            levels[at], hyphens[at] = FREELY, True
    for match in ADDRESS.finditer(text):
        start, end = match.span()
        levels[start + 1 : end] = NEVER
        hyphens[start + 1 : end] = False
        for seam in _ADDRESS_SEAM.finditer(text, start + 1, end):
            after_scheme = text[start : seam.start()].endswith("://")
            levels[seam.start()] = IF_NEEDED if after_scheme else FREELY


def short_tails(kinds: Classes, bounds: tuple[int, ...]) -> Flags:
    """T09: seams (length n + 1) after which a last line would hold neither two Han characters nor one whole
    Western word or number of two characters or more."""
    size = len(kinds)
    out = np.zeros(size + 1, bool)
    firsts, lasts = np.array(bounds[:-1], np.intp), np.array(bounds[1:], np.intp)
    firsts, lasts = firsts[lasts > firsts], lasts[lasts > firsts]
    if not len(firsts):
        return out
    han = np.nonzero(kinds == Class.HAN)[0]
    western = kinds == Class.WESTERN
    opens = western.copy()
    opens[1:] &= ~western[:-1]
    opens[firsts] = western[firsts]
    long = opens[:-1] & western[1:]
    long[lasts[lasts < size] - 1] = False
    words = np.nonzero(long)[0]
    keep = firsts.copy()
    for starts, back in ((han, 2), (words, 1)):
        at = np.searchsorted(starts, lasts) - back
        found = np.where(at >= 0, starts[np.maximum(at, 0)] if len(starts) else -1, -1)
        keep = np.maximum(keep, found)
    step = np.zeros(size + 2, np.int64)
    np.add.at(step, keep + 1, 1)
    np.add.at(step, lasts, -1)
    out[:] = np.cumsum(step)[: size + 1] > 0
    return out
