"""What is seen of every line at a glance (一瞥): which kinds of characters stand in it, and its width.

One pass of array operations over all the code points gives each line its bits (kinds.py), so that few
lines need be tried against the many regular expressions. The expressions' own modules say which
characters they cannot do without; tests hold them to it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from typeset.parse import bylines, furniture, kinds, patterns, sources
from typeset.parse.text import FINAL_ENDS, MAYBE_FINAL_ENDS, em_width

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

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
    kinds.PAUSE: "。；;",
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
    kinds.FINAL_END: FINAL_ENDS,
    kinds.MAYBE_FINAL_END: MAYBE_FINAL_ENDS,
    kinds.ASK_END: "！？!?…",
    kinds.COLON_END: "：:",
    kinds.SEMI_END: "；;",
    kinds.COMMA_END: "，、,",
    kinds.CLOSER_END: "”’」』）)】》〉",
    kinds.NO_FOLIO_END: "。；，",
    kinds.PAREN_END: "）)",
    kinds.PHOTO_END: patterns.PHOTO_ENDS,
    kinds.UNIT_END: sources.UNIT_ENDS,
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


class Glance(NamedTuple):
    """Each line's bits, its width in ems, and its commas （，） before the marks that end it; (lines,) each."""

    hints: Ints
    widths: Floats
    commas: Ints


def glances(texts: Sequence[str]) -> Glance:
    """What is seen of the lines. None is empty, none holds a line end."""
    seen = [
        _long_glance(some[0]) if len(some[0]) > AT_ONCE_CHARS else _glances(some) for some in _parcels(texts)
    ]
    if len(seen) == 1:
        return seen[0]
    if not seen:
        return Glance(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))
    return Glance(*map(np.concatenate, zip(*seen, strict=True)))


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


def _glances(texts: Sequence[str]) -> Glance:
    seen = _table().take(_codes("\n".join(texts)))
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = (sizes + 1).cumsum() - sizes - 1
    ends = starts + sizes - 1
    at_ends = seen[ends]
    bits: Ints = np.bitwise_or.reduceat(seen, starts) & _IN
    bits |= (seen[starts] & _HEAD) | (at_ends & _END) | (seen[ends - (sizes > 1)] & kinds.ASK_END)
    last_solid = _last_solid(seen, starts)
    bits |= (_first_of(kinds.STOP, seen, starts) < last_solid) * kinds.STOP_INSIDE
    bits |= _is_open(seen, starts) * kinds.OPEN
    widths = sizes - 0.5 * np.add.reduceat(seen & kinds.ASCII, starts) / kinds.ASCII
    commas = (seen & kinds.COMMA).nonzero()[0]
    lines = starts.searchsorted(commas, "right") - 1
    inner = np.bincount(lines[commas < last_solid[lines]], minlength=len(texts))
    return Glance(bits, widths, inner)


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _long_glance(text: str) -> Glance:
    """The same of one line that is too long for arrays: a bracket counts as open if its end shows it."""
    table, bits = _table(), 0
    for start in range(0, len(text), AT_ONCE_CHARS):
        bits |= int(np.bitwise_or.reduce(table.take(_codes(text[start : start + AT_ONCE_CHARS])))) & _IN
    bits |= int(table[ord(text[0])]) & _HEAD | int(table[ord(text[-1])]) & _END
    bits |= int(table[ord(text[-2:][0])]) & kinds.ASK_END
    inner = text.rstrip(TRAILING)
    if any(stop in inner for stop in WITHIN[kinds.STOP]):
        bits |= kinds.STOP_INSIDE
    bits |= int(_glances([text[-AT_ONCE_CHARS:]]).hints[0]) & kinds.OPEN
    return Glance(np.array([bits]), np.array([em_width(text)]), np.array([inner.count("，")]))


def _last_solid(seen: Ints, starts: Ints) -> Ints:
    """The place of each line's last character that is no mark, or -1."""
    last: Ints = np.maximum.reduceat(np.where(seen & kinds.TRAIL, -1, np.arange(len(seen))), starts)
    return last


def _first_of(kind: int, seen: Ints, starts: Ints) -> Ints:
    """The place of the first such character at or behind each line's beginning."""
    places = np.append((seen & kind).nonzero()[0], len(seen))
    first: Ints = places[places.searchsorted(starts)]
    return first


def _is_open(seen: Ints, starts: Ints) -> npt.NDArray[np.bool_]:
    """More is opened than closed after the point where least was open."""
    is_open = np.zeros(len(starts), np.bool_)
    marks = (seen & (kinds.OPENER | kinds.CLOSER)).nonzero()[0]
    if not len(marks):
        return is_open
    depth = np.where(seen[marks] & kinds.OPENER, 1, -1).cumsum()
    lines = starts.searchsorted(marks, "right") - 1
    firsts = np.concatenate(([0], (lines[1:] != lines[:-1]).nonzero()[0] + 1))
    above = np.where(firsts, depth[firsts - 1], 0)
    lowest = np.minimum(np.minimum.reduceat(depth, firsts), above)
    is_open[lines[firsts]] = depth[np.append(firsts[1:], len(marks)) - 1] > lowest
    return is_open
