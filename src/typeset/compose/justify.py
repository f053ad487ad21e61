"""Lines made flush: what each seam gives, and where every box stands (T21-T25, T28, T29).

In: a copy and line ends. Out: `SetText`, arrays of positions. All lines at once, by running sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class, Flags
from typeset.compose.copy import Copy
from typeset.compose.feasible import FLUSH_EM, Sunk
from typeset.compose.spacing import (
    CLOSING_TIERS,
    NARROW_MEASURE_EM,
    OPENING_TIERS,
    STRETCH_SEAM,
    STRETCH_SEAM_NARROW,
    Ems,
)
from typeset.model.edition import SetText

UNFIT_SEAM = 0.25  # a line that T24 cannot fill opens each seam so far, and no further
BRACKETS_TIER = 1
EVERY_SEAM_OPENS = OPENING_TIERS - 1
_EPS = 1e-9

Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Lines: characters `first` to `last`, spaces at the ends left out; `end` is where the line was broken."""

    first: Ints
    last: Ints
    end: Ints
    indent: Ems
    closes: Flags
    """The last line of its paragraph: ragged, at natural spacing."""
    measure_em: float


def set_paragraphs(
    copy: Copy, line_ends: Sequence[Sequence[int]], measure_em: float, indents_em: Sequence[float],
    sunk: Sunk | None = None,
) -> SetText:  # fmt: skip
    """Set the paragraphs justified; `line_ends[p]` are those of paragraph p, its last line natural."""
    counts = np.array([len(lines) for lines in line_ends], np.intp)
    end = np.array([end for lines in line_ends for end in lines], np.intp)
    heads = np.cumsum(counts) - counts
    start = np.append(0, end[:-1]) if len(end) else end
    start[heads] = copy.bounds[: len(counts)]
    indent = np.zeros(len(end))
    indent[heads] = indents_em
    if copy.opening_hangs and len(end):  # T22, trim
        lead = np.append(copy.lead_em, 0.0)[start[heads]]
        indent[heads] -= np.where(indent[heads] > 0, lead, 0.0)
    if sunk is not None:
        indent[: min(sunk.lines, int(counts[0]))] = sunk.width_em
    closes = np.zeros(len(end), bool)
    closes[heads + counts - 1] = True
    first, last = _inked(copy, start, end)
    return _set(copy, _Rows(first, last, end, indent, closes, measure_em), keeps_last_box=True)


def set_natural(copy: Copy, starts: Sequence[int], ends: Sequence[int]) -> SetText:
    """Set lines at their natural width, for headlines and furniture."""
    end = np.array(ends, np.intp)
    first, last = _inked(copy, np.array(starts, np.intp), end)
    rows = _Rows(first, last, end, np.zeros(len(end)), np.ones(len(end), bool), 1e6)
    return _set(copy, rows, keeps_last_box=False)


def _inked(copy: Copy, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Lines without the spaces at their ends (T23)."""
    spaces = copy.kinds == Class.SPACE
    if not spaces.any():
        return start.copy(), end.copy()
    size = len(spaces)
    index = np.arange(size)
    after = np.append(np.minimum.accumulate(np.where(spaces, size, index)[::-1])[::-1], size)
    before = np.append(0, np.maximum.accumulate(np.where(spaces, 0, index + 1)))
    first = np.minimum(after[start], end)
    return first, np.maximum(before[end], first)


def _set(copy: Copy, rows: _Rows, keeps_last_box: bool) -> SetText:
    hyphened = copy.hyphens[rows.end] & ~rows.closes
    advance, origin, slack = _trimmed(copy, rows, hyphened, keeps_last_box)
    hung = _hung(copy, rows, slack)
    slack = slack + hung
    given, tracked = np.zeros(len(copy.kinds)), np.zeros(len(copy.kinds))
    unfit = _close(copy, rows, slack, given, tracked, origin)
    unfit |= _open(copy, rows, slack, given, tracked)
    advance += given
    x, pen, width = _places(copy, rows, advance)
    if (copy.kinds == Class.JOINED).any():
        advance = _on_bases(copy, rows, advance)
    return SetText(
        copy.text, copy.role, rows.first, rows.last, x, advance, pen + origin, copy.face, copy.glyph,
        width, _tracking(copy, rows, tracked), hyphened, copy.hyphen_face, copy.hyphen_glyph, unfit, copy.forms, copy.rise_em,
    )  # fmt: skip


def _trimmed(copy: Copy, rows: _Rows, hyphened: Flags, keeps_last_box: bool) -> tuple[Ems, Ems, Ems]:
    """Advances and origins with what a line's ends lose (T21, T22), and how much each line is short of its measure."""
    advance = copy.box_em + copy.gap_em
    origin = copy.shift_em.copy()
    filled = rows.last > rows.first
    tails, heads = (rows.last - 1)[filled], rows.first[filled]
    advance[tails] -= copy.tail_em[tails]
    advance[heads] -= copy.lead_em[heads]
    origin[heads] -= copy.lead_em[heads]
    running = np.concatenate(([0.0], np.cumsum(advance)))
    natural = running[rows.last] - running[rows.first] + np.where(hyphened, copy.hyphen_em, 0.0)
    slack = rows.measure_em - rows.indent - natural
    if keeps_last_box:  # T21: on a last line only where it decides whether the line fits
        at = (rows.last - 1)[rows.closes & filled]
        half = copy.tail_em[at] - copy.gap_em[at]
        keeps = half <= slack[rows.closes & filled] + _EPS
        advance[at[keeps]] += half[keeps]
    return advance, origin, slack


def _hung(copy: Copy, rows: _Rows, slack: Ems) -> Ems:
    """T29: the last mark of a line that it does not fit into stands outside the measure."""
    last = np.maximum(rows.last - 1, 0)
    hang = copy.hang_em[last] if len(copy.hang_em) else np.zeros(len(last))
    return np.where((slack < -1e-6) & (rows.last > rows.first), hang, 0.0)


def _seams(rows: _Rows, which: Flags) -> tuple[Ints, Ints]:
    """The characters before each seam of some lines, and how many seams each line has."""
    length = np.where(which, np.maximum(rows.last - rows.first - 1, 0), 0)
    return _ranges(rows.first, rows.first + length), length


def _share(room: Ems, inner: Ints, length: Ints, wanted: Ems) -> tuple[Ems, Ems]:
    """What each seam gives of its room so that every line gets what it wants, as far as there is room; and the rest."""
    running = np.concatenate(([0.0], np.cumsum(room)))
    stops = np.cumsum(length)
    total = running[stops] - running[stops - length]
    share = np.clip(wanted / np.maximum(total, 1e-12), 0.0, 1.0)
    share[total <= 0] = 0.0
    return room * np.repeat(share, length), wanted - total * share


def _close(copy: Copy, rows: _Rows, slack: Ems, given: Ems, tracked: Ems, origin: Ems) -> Flags:
    """T24's closing tiers, in order; an opening bracket gives from its left. Returns the overfull lines."""
    which = slack < -_EPS
    if not which.any():
        return which
    inner, length = _seams(rows, which)
    wanted = np.where(which, -slack, 0.0)
    heads = rows.first[which]
    for tier in range(CLOSING_TIERS):
        room = copy.closing[tier]
        if tier == BRACKETS_TIER:
            room = room.copy()
            room[heads[copy.lead_em[heads] > 0]] = 0.0  # T22 has taken it already
        taken, wanted = _share(room[inner], inner, length, wanted)
        given[inner] -= taken
        if tier == CLOSING_TIERS - 1:
            tracked[inner] -= taken
        if tier == BRACKETS_TIER:
            origin[inner] -= np.where(copy.kinds[inner] == Class.OPEN, taken, 0.0)
    return wanted > FLUSH_EM


def _open(copy: Copy, rows: _Rows, slack: Ems, given: Ems, tracked: Ems) -> Flags:
    """T24's opening tiers; what they can't fill opens on to UNFIT_SEAM or is left short. Returns the unfit lines."""
    unfit = np.zeros(len(slack), bool)
    which = (slack > _EPS) & ~rows.closes
    if not which.any():
        return unfit
    inner, length = _seams(rows, which)
    wanted = np.where(which, slack, 0.0)
    widest = STRETCH_SEAM_NARROW if rows.measure_em < NARROW_MEASURE_EM else STRETCH_SEAM
    more, every = np.zeros(len(inner)), np.zeros(len(inner))
    for tier in range(OPENING_TIERS + 1):
        room = copy.opening[min(tier, EVERY_SEAM_OPENS)][inner]
        if tier == EVERY_SEAM_OPENS:
            room = room * (widest / STRETCH_SEAM)
        elif tier > EVERY_SEAM_OPENS:
            unfit = wanted > FLUSH_EM
            room = np.where(np.repeat(unfit, length), room * ((UNFIT_SEAM - widest) / STRETCH_SEAM), 0.0)
        taken, wanted = _share(room, inner, length, wanted)
        more += taken
        if tier >= EVERY_SEAM_OPENS:
            every += taken
    filled = np.repeat(wanted <= FLUSH_EM, length)
    given[inner] += np.where(filled, more, 0.0)
    tracked[inner] += np.where(filled, every, 0.0)
    return unfit


def _places(copy: Copy, rows: _Rows, advance: Ems) -> tuple[Ems, Ems, Ems]:
    """Left edges, where the pen is, and each line's right edge; a cluster's parts stand at one x (T12)."""
    running = np.concatenate(([0.0], np.cumsum(advance)))
    chars = _ranges(rows.first, rows.last)
    length = np.maximum(rows.last - rows.first, 0)
    pen = np.zeros(len(advance))
    pen[chars] = running[chars] + np.repeat(rows.indent - running[rows.first], length)
    x = pen
    if (copy.kinds == Class.JOINED).any():
        x = pen[_bases(copy, rows)]
    return x, pen, rows.indent + running[rows.last] - running[rows.first]


def _on_bases(copy: Copy, rows: _Rows, advance: Ems) -> Ems:
    """T12: a cluster's whole advance with its first character, none with what is joined to it."""
    bases = _bases(copy, rows)
    is_base = bases == np.arange(len(bases))
    return np.where(is_base, np.bincount(bases, advance, len(advance)), 0.0)


def _bases(copy: Copy, rows: _Rows) -> Ints:
    """Each character's cluster's first on its line (what joined it to a space left out stands first itself)."""
    index = np.arange(len(copy.kinds))
    bases = np.maximum.accumulate(np.where(copy.kinds == Class.JOINED, 0, index))
    chars = _ranges(rows.first, rows.last)
    bases[chars] = np.maximum(bases[chars], np.repeat(rows.first, np.maximum(rows.last - rows.first, 0)))
    return bases


def _tracking(copy: Copy, rows: _Rows, tracked: Ems) -> Ems:
    """What the seams that open and close equally got, on a line's average."""
    inner, length = _seams(rows, np.ones(len(rows.first), bool))
    even = copy.opening[EVERY_SEAM_OPENS][inner] > 0
    stops = np.cumsum(length)
    sums = [
        np.concatenate(([0.0], np.cumsum(values)))
        for values in (even.astype(np.float64), np.where(even, tracked[inner], 0.0))
    ]
    count, total = (running[stops] - running[stops - length] for running in sums)
    out: Ems = np.where(count > 0, total / np.maximum(count, 1), 0.0)
    return out


def _ranges(first: Ints, last: Ints) -> Ints:
    """first[0]..last[0], first[1]..last[1], … in one array."""
    length = np.maximum(last - first, 0)
    ends = np.cumsum(length)
    total = int(ends[-1]) if len(ends) else 0
    out: Ints = np.arange(total) + np.repeat(first - (ends - length), length)
    return out
