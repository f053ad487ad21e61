"""Where a line may end: T01-T06, T09 and T12, as one level per seam.

In: characters and their classes. Out: for each i, whether a line may end before character i:
0 never, 1 only where the paragraph cannot be set otherwise, 2 freely.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import POSTFIX_SIGNS, PREFIX_SIGNS, Class, Classes, Codes

NEVER, IF_NEEDED, FREELY = 0, 1, 2
NOT_AT_START = (
    Class.STOP, Class.CLOSE, Class.CONNECTOR, Class.INTERPUNCT, Class.SOLIDUS, Class.DASH,
    Class.ELLIPSIS, Class.WESTERN_CLOSE, Class.JOINED, Class.SPACE,
)  # fmt: skip
NOT_AT_END = (Class.OPEN, Class.WESTERN_OPEN, Class.SOLIDUS)
_WESTERN_KINDS = (Class.WESTERN, Class.WESTERN_OPEN, Class.WESTERN_CLOSE)
_POSTFIX = np.array([ord(c) for c in POSTFIX_SIGNS], np.uint32)
_PREFIX = np.array([ord(c) for c in PREFIX_SIGNS], np.uint32)
_SMALL_KANA = np.array(
    [ord(c) for c in "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々ゝゞヽヾ"], np.uint32
)

_D = "[0-9０-９]"
NUMBER = re.compile(
    rf"(?:No\.\s*|[{re.escape(PREFIX_SIGNS)}]\s*)?{_D}+(?:[.,．：:/]{_D}+)*[十百千万亿]{{0,2}}[{POSTFIX_SIGNS}]?"
    rf"(?:[—–～〜~-]{{1,2}}[{re.escape(PREFIX_SIGNS)}]?{_D}+(?:[.,．：:/]{_D}+)*[十百千万亿]{{0,2}}[{POSTFIX_SIGNS}]?)*"
)
# T05: units before which a number parts only if need be
HAN_UNITS = """
    元 年 月 日 时 分 秒 小时 人 个 户 名 吨 米 亩 岁 天 周 次 家 件 套 台 辆 公里 公斤 公顷 平方 立方 千米 千克 千瓦
    毫米 厘米 条 项 期 届 号 楼 层 栋 只 头 株 棵 斤 克 升 里 度 倍 成 位 批 班 所 座 处 场 篇 部 本 册 页 版 字 种 类
    级 点 多 余 后 门 堂 代 路 线 张 份 间 床 村 镇 县 市 组 支 队 对 双 幅 把 块 片 段 章 节 年级 年度 世纪 季度
    美元 日元 欧元 港元 万 亿
""".split()
_BEFORE_UNIT = re.compile(rf"{_D}[{POSTFIX_SIGNS}]?(?:[十百千万亿]{{1,2}})?(?=(?:{'|'.join(HAN_UNITS)}))")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_ADDRESS_SEAM = re.compile(r"(?<=[/.\-_?&=@])(?=[A-Za-z0-9])")
_WORD = re.compile(r"(?<![A-Za-z0-9'’.@/_-])[a-z]{5,}(?![A-Za-z0-9'’@/_-])")
_OWN_HYPHEN = re.compile(r"(?<=[A-Za-z]-)(?=[A-Za-z])")
_DIGIT = re.compile(_D)
_LATIN = re.compile(r"[A-Za-z]")


def break_levels(
    text: str, codes: Codes, kinds: Classes, inside: NDArray[np.bool_], bounds: tuple[int, ...]
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Levels (length n + 1) and whether the break takes a hyphen."""
    size = len(codes)
    levels = np.zeros(size + 1, np.uint8)
    hyphens = np.zeros(size + 1, bool)
    if size == 0:
        return levels, hyphens
    last = _last_but_spaces(kinds)
    left, left_code, right = kinds[last[:-1]], codes[last[:-1]], kinds[1:]
    legal = ~np.isin(right, NOT_AT_START) & ~np.isin(left, NOT_AT_END)
    legal &= ~np.isin(left_code, _PREFIX) & ~np.isin(codes[1:], _POSTFIX)
    legal &= ~(np.isin(left, _WESTERN_KINDS) & np.isin(right, _WESTERN_KINDS) & (kinds[:-1] != Class.SPACE))
    if ((codes >= 0x3040) & (codes <= 0x30FF)).any():
        legal &= ~np.isin(codes[1:], _SMALL_KANA)
    levels[1:size] = np.where(legal & inside[1:-1], FREELY, NEVER)
    _part_ellipses(levels, kinds, inside)
    if _DIGIT.search(text):
        _bind_numbers(levels, text)
    if _LATIN.search(text):
        _open_words(levels, hyphens, text, inside)
    _keep_tails(levels, kinds, bounds)
    return levels, hyphens


def _last_but_spaces(kinds: Classes) -> NDArray[np.intp]:
    """Index of the last character up to each one that is not a space (itself at a paragraph's head)."""
    index = np.arange(len(kinds))
    index[kinds == Class.SPACE] = 0
    return np.maximum.accumulate(index)


def _part_ellipses(levels: NDArray[np.uint8], kinds: Classes, inside: NDArray[np.bool_]) -> None:
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
    for match in _BEFORE_UNIT.finditer(text):
        at = match.end()
        levels[at] = min(int(levels[at]), IF_NEEDED)


@cache
def _hyphenator() -> Any:
    import pyphen

    return pyphen.Pyphen(lang="en_US", left=2, right=3)


def _open_words(
    levels: NDArray[np.uint8], hyphens: NDArray[np.bool_], text: str, inside: NDArray[np.bool_]
) -> None:
    """T06: hyphenation points, a word's own hyphen, the seams of addresses."""
    for match in _OWN_HYPHEN.finditer(text):
        levels[match.start()] = FREELY
    for match in _WORD.finditer(text):
        for point in _hyphenator().positions(match[0]):
            at = match.start() + point
            if inside[at]:
                levels[at] = IF_NEEDED
                hyphens[at] = True
    for match in _ADDRESS.finditer(text):
        start, end = match.span()
        levels[start + 1 : end] = NEVER
        hyphens[start + 1 : end] = False
        for seam in _ADDRESS_SEAM.finditer(text, start + 1, end):
            levels[seam.start()] = FREELY


def _keep_tails(levels: NDArray[np.uint8], kinds: Classes, bounds: tuple[int, ...]) -> None:
    """T09: no break that would leave fewer than two characters, marks not counted, on the last line."""
    core = (kinds == Class.HAN) | (kinds == Class.WESTERN)
    for first, last in pairwise(bounds):
        found = np.nonzero(core[first:last][-40:])[0]
        if len(found) >= 2:
            at = max(first, last - 40) + int(found[-2])
            levels[at + 1 : last] = NEVER
        else:
            levels[max(first, last - 40) + 1 : last] = NEVER
