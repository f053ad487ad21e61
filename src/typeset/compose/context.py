"""What a character is in its place: dashes, dots, slashes, hyphens, quotation marks, grapheme clusters.

In: code points with their classes, and where paragraphs begin. Out: classes in context. A neighbour in
another paragraph is none.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class, Classes, Codes, Flags, Trait, among, traits

Ints = NDArray[np.intp]

WESTERN_KINDS = (Class.WESTERN, Class.WESTERN_OPEN, Class.WESTERN_CLOSE)
ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.-])(?:[a-z0-9-]++\.)+[a-z]{2,6}/[!-~]*",
    re.ASCII | re.IGNORECASE,
)
"""URLs and e-mail addresses (T06)."""
_HYPHEN, _JOINER, _APOSTROPHE = 0x2D, 0x200D, 0x2019
_LONG_ADDRESS = 500
_ADDRESS_HEAD, _ADDRESS_TAIL = re.compile("[!-~]*"), re.compile(r"[!-~]*\Z")
_PICTURES = frozenset((0xA9, 0xAE, 0x203C, 0x2049, 0x2122, 0x2139, 0x3030, 0x303D, 0x3297, 0x3299))
_BESIDE_LETTERS = frozenset("-@./_'’")


def kinds_in_context(
    kinds: Classes, codes: Codes, inside: Flags, bounds: tuple[int, ...], text: str, vertical: bool
) -> Classes:
    """Classes in their place; `inside[i]`: characters i-1 and i stand in one paragraph."""
    before, after = _shifted(kinds, inside)
    out = kinds.copy()
    out[(kinds == Class.DASH) & (before != Class.DASH) & (after != Class.DASH) & (codes != 0x2E3A)] = (
        Class.CONNECTOR
    )
    western = among(kinds, *WESTERN_KINDS)
    if western.any():
        between = among(before, *WESTERN_KINDS) & among(after, *WESTERN_KINDS)
        out[(kinds == Class.INTERPUNCT) & between] = Class.WESTERN
        between_han = (before == Class.HAN) & (after == Class.HAN)
        out[(codes == 0x2F) & between_han] = Class.SOLIDUS
        out[(codes == _HYPHEN) & between_han] = Class.CONNECTOR
        if not vertical:
            _range_hyphens(out, codes, inside, text)
    _tie_clusters(out, codes, inside)
    quotes = np.nonzero((traits(codes) & Trait.QUOTE) > 0)[0]
    if len(quotes) and western.any():
        out[_western_quotes(quotes, kinds, codes, bounds)] = Class.WESTERN
    return out


def bases_of(kinds: Classes, inside: Flags) -> Classes:
    """Kinds with each joined character standing for the base before it in its paragraph."""
    joined = (kinds == Class.JOINED) & inside[:-1]
    if not joined.any():
        return kinds
    index = np.where(joined, 0, np.arange(len(kinds)))
    return kinds[np.maximum.accumulate(index)]


def _shifted(kinds: Classes, inside: Flags) -> tuple[Classes, Classes]:
    """Kinds of the character before and after each one; SPACE beyond a paragraph's ends."""
    before = np.full_like(kinds, Class.SPACE)
    after = np.full_like(kinds, Class.SPACE)
    if len(kinds) > 1:
        same = inside[1:-1]
        before[1:] = np.where(same, kinds[:-1], Class.SPACE)
        after[:-1] = np.where(same, kinds[1:], Class.SPACE)
    return before, after


def _range_hyphens(kinds: Classes, codes: Codes, inside: Flags, text: str) -> None:
    """The - between two digits, or two letters of a range (A-Z), is a connector."""
    places = np.nonzero((codes == _HYPHEN) & (kinds == Class.WESTERN))[0]
    if not len(places):
        return
    for at in places.tolist():
        if not 0 < at < len(codes) - 1 or not (inside[at] and inside[at + 1]):
            continue
        left, right = text[at - 1], text[at + 1]
        digits = left in "0123456789" and right in "0123456789"
        if not digits and not (_is_lone(text, at - 1, -1, inside) and _is_lone(text, at + 1, 1, inside)):
            continue
        if not _in_address(text, at):
            kinds[at] = Class.CONNECTOR


def _in_address(text: str, at: int) -> bool:
    first, last = max(0, at - _LONG_ADDRESS), min(len(text), at + _LONG_ADDRESS)
    first = at - len(_ADDRESS_TAIL.search(text[first:at])[0])  # type: ignore[index]
    last = at + len(_ADDRESS_HEAD.match(text[at:last])[0])  # type: ignore[index]
    return any(m.start() < at - first < m.end() for m in ADDRESS.finditer(text[first:last]))


def _is_lone(text: str, at: int, step: int, inside: Flags) -> bool:
    """A Latin letter with no more of a word on its other side."""
    if not (text[at].isascii() and text[at].isalpha()):
        return False
    if not 0 <= at + step < len(text) or not inside[max(at, at + step)]:
        return True
    beyond = text[at + step]
    return not ((beyond.isascii() and beyond.isalnum()) or beyond in _BESIDE_LETTERS)


def _tie_clusters(kinds: Classes, codes: Codes, inside: Flags) -> None:
    """T12: pictures tied by a zero-width joiner, and a flag's second letter, belong to the character before."""
    tied = (codes[:-1] == _JOINER) & inside[1:-1]
    if tied.any():
        for at in (np.nonzero(tied)[0] + 1).tolist():
            start = at - 1
            while start > 0 and kinds[start] == Class.JOINED and inside[start]:
                start -= 1
            if _is_picture(int(codes[at])) and _is_picture(int(codes[start])):
                kinds[at] = Class.JOINED
    flags = (codes >= 0x1F1E6) & (codes <= 0x1F1FF)
    for at in np.nonzero(flags[:-1] & flags[1:] & inside[1:-1])[0].tolist() if flags.any() else []:
        if kinds[at] != Class.JOINED:
            kinds[at + 1] = Class.JOINED


def _is_picture(code: int) -> bool:
    return 0x1F000 <= code < 0x20000 or 0x2190 <= code < 0x2C00 or code in _PICTURES


def _western_quotes(quotes: Ints, kinds: Classes, codes: Codes, bounds: tuple[int, ...]) -> list[int]:
    """Quotation marks that are western by their paragraph or by both neighbours outside the pair."""
    owner = np.searchsorted(bounds, quotes, "right") - 1
    wholly = per_paragraph(kinds == Class.WESTERN, bounds) > 0
    wholly &= per_paragraph(among(kinds, Class.HAN, Class.STOP), bounds) == 0
    western: list[int] = quotes[wholly[owner]].tolist()
    left, right = _neighbours(quotes, kinds, bounds, owner)
    beside = among(np.append(kinds, Class.SPACE), *WESTERN_KINDS)
    follows = (codes[quotes] == _APOSTROPHE) & beside[quotes - 1] & left  # a letter or digit
    apostrophe = follows & beside[quotes + 1] & right
    western += quotes[apostrophe & ~wholly[owner]].tolist()
    opens = (codes[quotes] == 0x201C) | (codes[quotes] == 0x2018)
    may_open, may_close = np.zeros(len(bounds), bool), np.zeros(len(bounds), bool)
    may_open[owner[opens & left]] = True
    may_close[owner[~opens & right]] = True
    may_close[owner[follows]] = may_open[owner[follows]] = True
    opened: list[int] = []
    last = -1
    for n in np.nonzero((may_open & may_close)[owner] & ~apostrophe & ~wholly[owner])[0].tolist():
        if owner[n] != last:
            opened, last = [], owner[n]
        at = int(quotes[n])
        if opens[n]:
            opened.append(n)
        elif follows[n] and not (opened and codes[quotes[opened[-1]]] == 0x2018):
            western.append(at)  # the boys’
        elif opened:
            start = opened.pop()
            if left[start] and right[n]:
                western += [int(quotes[start]), at]
    return western


def per_paragraph(flags: Flags, bounds: tuple[int, ...]) -> Ints:
    """How many characters of each paragraph have the flag."""
    running = np.concatenate(([0], np.cumsum(flags)))
    out: Ints = np.diff(running[list(bounds)])
    return out


def _neighbours(at: Ints, kinds: Classes, bounds: tuple[int, ...], owner: Ints) -> tuple[Flags, Flags]:
    """Whether what stands before and after some characters, spaces left out, is western and of their paragraph."""
    inked = np.nonzero(kinds != Class.SPACE)[0]
    place = np.searchsorted(inked, at)
    before = np.where(place > 0, inked[np.maximum(place - 1, 0)], -1)
    after = np.where(place + 1 < len(inked), inked[np.minimum(place + 1, len(inked) - 1)], len(kinds))
    edges = np.array(bounds, np.intp)
    western = np.append(among(kinds, *WESTERN_KINDS), False)
    return western[before] & (before >= edges[owner]), western[after] & (after < edges[owner + 1])
