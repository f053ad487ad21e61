"""What is seen of every line at a glance (一瞥): which kinds of characters stand in it, and its width.

One pass of array operations over all the code points gives each line its bits (kinds.py), so that few
lines need be tried against the many regular expressions. The expressions' own modules say which
characters they cannot do without; tests hold them to it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from typeset.parse import bylines, furniture, kinds, patterns
from typeset.parse.text import em_width

Ints = npt.NDArray[np.int64]

BLANKS = "\t\v\f\r\x1c-\x1e\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
OPENERS = "“‘「『（(《〈【"
CLOSERS = "”’」』）)》〉】"
TRAILING = "。！？!?；;：:，、”’」』）)】…"
"""Marks that may end a line without anything's standing inside it."""

WITHIN = {
    kinds.ASCII: "\x00-\t\x0b-\x7f",
    kinds.DIGIT: "0-9",
    kinds.BLANK: BLANKS,
    kinds.TRAIL: TRAILING + "\n",
    kinds.STOP: "。；！？!?;",
    kinds.COMMA: "，",
    kinds.COLON: "：:｜丨|",
    kinds.QUOTE: "”」",
    kinds.OPENER: OPENERS,
    kinds.CLOSER: CLOSERS,
    kinds.NOTE_MARK: "】]］）):：＊*（(",
    kinds.DISPATCH: "讯訊电電",
    kinds.PHOTO: patterns.PHOTO_MARKS,
    kinds.YEAR: "年",
    kinds.JUMP: "转轉接",
    kinds.BRIEF: patterns.BRIEF_MARKS,
    kinds.PAGE_MARK: furniture.PAGE_MARKS,
    kinds.SLASH: "/／",
    kinds.FOLIO: furniture.FOLIO_MARKS,
    kinds.CREDIT: bylines.CREDIT_MARKS,
    kinds.ASIDE: bylines.ASIDE_MARKS,
    kinds.PART: bylines.PART_MARKS,
    kinds.CIRCLED: "①-⑳",
}
AT_HEAD = {
    kinds.NUMBER_HEAD: patterns.NUMBERED_HEADS,
    kinds.DATELINE_HEAD: patterns.DATELINE_HEADS,
    kinds.NOTE_HEAD: patterns.NOTE_HEADS,
    kinds.CAPTION_HEAD: patterns.CAPTION_HEADS,
    kinds.LABEL_HEAD: patterns.LABEL_HEADS,
    kinds.REFERENCE_HEAD: patterns.REFERENCE_HEADS,
    kinds.LEDE_HEAD: patterns.LEDE_HEADS,
    kinds.CONTENTS_HEAD: patterns.CONTENTS_HEADS,
    kinds.PAGE_SIGN_HEAD: furniture.PAGE_SIGN_HEADS,
    kinds.PAGE_WORD_HEAD: furniture.PAGE_WORD_HEADS,
    kinds.DATE_HEAD: furniture.DATE_HEADS,
    kinds.DASH_HEAD: "-—─－–―⸺",
    kinds.CLOSER_HEAD: "，。、；：！？”’」』）)》",
    kinds.QUOTE_HEAD: "“「《",
    kinds.BRACKET_HEAD: "（(【［[",
    kinds.UNIT_HEAD: "-A-Za-z0-9.,:;/@_?&=%#+~'’" + OPENERS,
}
AT_END = {
    kinds.TITLE_END: patterns.TITLE_ENDS,
    kinds.COLUMN_END: patterns.COLUMN_ENDS,
    kinds.COLON_END: "：:",
    kinds.SEMI_END: "；;",
    kinds.NO_FOLIO_END: "。；，",
    kinds.PAREN_END: "）)",
    kinds.PHOTO_END: patterns.PHOTO_ENDS,
    kinds.UNIT_END: bylines.UNIT_ENDS,
}
AT_ONCE_CHARS = 1 << 20
OTHER_DIGITS = ((0x660, 0x2000), (0xA620, 0xAC00), (0xFF10, 0xFF1A), (0x10000, 0x110000))
"""Where Unicode has its digits beyond ASCII's, and much else: such a character may be any of these kinds."""
_OTHER_KINDS = (
    kinds.DIGIT | kinds.FOLIO | kinds.NUMBER_HEAD | kinds.PAGE_SIGN_HEAD | kinds.DATE_HEAD | kinds.LEDE_HEAD
)


def members(ranges: str) -> Iterable[int]:
    """The code points of a class as regular expressions write it: `a-z`, a hyphen at its beginning."""
    at = 0
    while at < len(ranges):
        if ranges[at + 1 : at + 2] == "-" and at + 2 < len(ranges):
            yield from range(ord(ranges[at]), ord(ranges[at + 2]) + 1)
            at += 3
        else:
            yield ord(ranges[at])
            at += 1


@functools.cache
def _table() -> Ints:
    """(0x110000,) the bits of each code point."""
    table = np.zeros(0x110000, np.int64)
    for start, end in OTHER_DIGITS:
        table[start:end] = _OTHER_KINDS
    for kind, ranges in (WITHIN | AT_HEAD | AT_END).items():
        table[list(set(members(ranges)))] |= kind
    return table


_IN, _HEAD, _END = sum(WITHIN) - kinds.TRAIL, sum(AT_HEAD), sum(AT_END)


def glances(texts: Sequence[str]) -> tuple[list[int], list[float]]:
    """Each line's bits, and its width in ems. No line is empty, none holds a line end."""
    bits: list[int] = []
    widths: list[float] = []
    for some in _parcels(texts):
        seen, wide = _long_glance(some[0]) if len(some[0]) > AT_ONCE_CHARS else _glances(some)
        bits += seen
        widths += wide
    return bits, widths


def _parcels(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The lines in order, as many together as keep the arrays small; a very long one alone."""
    if sum(map(len, texts)) <= AT_ONCE_CHARS:
        if texts:
            yield texts
        return
    start = size = 0
    for at, text in enumerate(texts):
        if at > start and size + len(text) > AT_ONCE_CHARS:
            yield texts[start:at]
            start, size = at, 0
        size += len(text)
    yield texts[start:]


def _glances(texts: Sequence[str]) -> tuple[list[int], list[float]]:
    seen = _table()[_codes("\n".join(texts))]
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.cumsum(sizes + 1) - sizes - 1
    ends = starts + sizes - 1
    bits: Ints = np.bitwise_or.reduceat(seen, starts) & _IN
    bits |= (seen[starts] & _HEAD) | (seen[ends] & _END)
    bits |= np.where(_has_stop_inside(seen, starts), kinds.STOP_INSIDE, 0)
    bits |= np.where(_is_open(seen, starts, ends), kinds.OPEN, 0)
    widths = sizes - 0.5 * np.add.reduceat(seen & kinds.ASCII, starts) / kinds.ASCII
    return bits.tolist(), widths.tolist()


def _codes(text: str) -> Ints:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)


def _long_glance(text: str) -> tuple[list[int], list[float]]:
    """The same of one line that is too long for arrays: a bracket counts as open if its end shows it."""
    table, bits = _table(), 0
    for start in range(0, len(text), AT_ONCE_CHARS):
        bits |= int(np.bitwise_or.reduce(table[_codes(text[start : start + AT_ONCE_CHARS])])) & _IN
    bits |= int(table[ord(text[0])]) & _HEAD | int(table[ord(text[-1])]) & _END
    inner = text.rstrip(TRAILING)
    if any(stop in inner for stop in WITHIN[kinds.STOP]):
        bits |= kinds.STOP_INSIDE
    [end], _ = _glances([text[-AT_ONCE_CHARS:]])
    return [bits | (end & kinds.OPEN)], [em_width(text)]


def _has_stop_inside(seen: Ints, starts: Ints) -> npt.NDArray[np.bool_]:
    """A stop before the last character that is no mark."""
    places = np.arange(len(seen))
    first_stop = np.minimum.reduceat(np.where(seen & kinds.STOP, places, len(seen)), starts)
    last_solid = np.maximum.reduceat(np.where(seen & kinds.TRAIL, -1, places), starts)
    inside: npt.NDArray[np.bool_] = first_stop < last_solid
    return inside


def _is_open(seen: Ints, starts: Ints, ends: Ints) -> npt.NDArray[np.bool_]:
    """More is opened than closed after the point where least was open."""
    depth = np.cumsum(((seen & kinds.OPENER) != 0).astype(np.int64) - ((seen & kinds.CLOSER) != 0))
    above = np.where(starts, depth[starts - 1], 0)
    lowest = np.minimum(np.minimum.reduceat(depth, starts), above)
    is_open: npt.NDArray[np.bool_] = depth[ends] > lowest
    return is_open
