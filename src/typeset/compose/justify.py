"""Lines made flush: what each seam gives, and where every box stands (T21-T25, T28).

In: a copy and line ends. Out: `SetText`, arrays of positions. All lines at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class
from typeset.compose.copy import (
    CLOSING_TIERS,
    NARROW_MEASURE_EM,
    OPENING_TIERS,
    STRETCH_SEAM,
    STRETCH_SEAM_NARROW,
    Copy,
    Ems,
)
from typeset.model.edition import SetText

UNFIT_SEAM = 0.25  # a line that T24 cannot fill opens each seam so far, and no further
_FLUSH = 0.02


def set_paragraphs(
    copy: Copy, line_ends: Sequence[Sequence[int]], measure_em: float, indents_em: Sequence[float]
) -> SetText:
    """Set the paragraphs justified; `line_ends[p]` are those of paragraph p, its last line natural."""
    starts, ends, indent, is_last = [], [], [], []
    for paragraph, lines in enumerate(line_ends):
        at = copy.bounds[paragraph]
        for n, end in enumerate(lines):
            starts.append(at)
            ends.append(end)
            indent.append(indents_em[paragraph] if n == 0 else 0.0)
            is_last.append(end == copy.bounds[paragraph + 1])
            at = end
    return _set_lines(copy, starts, ends, np.array(indent), np.array(is_last), measure_em)


def set_natural(copy: Copy, starts: Sequence[int], ends: Sequence[int]) -> SetText:
    """Set lines at their natural width, for headlines and furniture."""
    rows = len(starts)
    return _set_lines(copy, list(starts), list(ends), np.zeros(rows), np.ones(rows, bool), 1e6)


def _strip_spaces(
    copy: Copy, starts: list[int], ends: list[int]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Lines without the spaces at their ends (T23)."""
    first = np.array(starts, np.intp)
    last = np.array(ends, np.intp)
    if not (copy.kinds == Class.SPACE).any():
        return first, last
    space = [*(copy.kinds == Class.SPACE).tolist(), False]
    for n in range(len(first)):
        while first[n] < last[n] and space[first[n]]:
            first[n] += 1
        while last[n] > first[n] and space[last[n] - 1]:
            last[n] -= 1
    return first, last


def _set_lines(
    copy: Copy, starts: list[int], ends: list[int], indent: Ems, is_last: NDArray[np.bool_], measure_em: float
) -> SetText:
    size = len(copy.kinds)
    first, last = _strip_spaces(copy, starts, ends)
    rows = len(first)
    filled = last > first
    advance = copy.box_em + copy.gap_em
    origin = copy.shift_em.copy()
    tails, heads = (last - 1)[filled], first[filled]
    advance[tails] -= copy.tail_em[tails]
    advance[heads] -= copy.lead_em[heads]
    origin[heads] -= copy.lead_em[heads]
    hyphened = copy.hyphens[np.array(ends, np.intp)] & ~is_last
    running = np.concatenate(([0.0], np.cumsum(advance)))
    natural = running[last] - running[first] + np.where(hyphened, copy.hyphen_em, 0.0)
    slack = measure_em - indent - natural
    line_of = np.full(size, -1, np.intp)
    for_chars = np.repeat(np.arange(rows), np.maximum(last - first - 1, 0))
    inner = _ranges(first, last - 1)
    line_of[inner] = for_chars
    closing, opening = copy.closing, copy.opening
    given, tracked = np.zeros(size), np.zeros(size)
    tightened = np.where(slack < -1e-9, -slack, 0.0)
    shrunk_open = np.zeros(size)
    lead_open = np.zeros(size, bool)
    lead_open[heads] = copy.kinds[heads] == Class.OPEN
    if tightened.any():
        for tier in range(CLOSING_TIERS):
            room = np.where((line_of >= 0) & ~(lead_open & (tier == 1)), closing[tier], 0.0)
            share = _share(room, line_of, rows, tightened)
            taken = room * share[line_of]
            given -= taken
            if tier == CLOSING_TIERS - 1:
                tracked -= taken
            if tier == 1:
                shrunk_open = np.where(copy.kinds == Class.OPEN, taken, 0.0)
            tightened = tightened - _per_line(taken, line_of, rows)
    opened = np.where((slack > 1e-9) & ~is_last, slack, 0.0)
    seam_room = np.where(line_of >= 0, opening[-1], 0.0)
    if opened.any():
        wide = STRETCH_SEAM_NARROW / STRETCH_SEAM if measure_em < NARROW_MEASURE_EM else 1.0
        for tier in range(OPENING_TIERS + 1):
            if tier < OPENING_TIERS:
                room = np.where(line_of >= 0, opening[tier], 0.0) * (
                    wide if tier == OPENING_TIERS - 1 else 1.0
                )
            else:
                room = seam_room * ((UNFIT_SEAM - STRETCH_SEAM * wide) / STRETCH_SEAM)
                unfit = opened > _FLUSH
            share = _share(room, line_of, rows, opened)
            taken = room * share[line_of]
            given += taken
            if tier >= OPENING_TIERS - 1:
                tracked += taken
            opened = opened - _per_line(taken, line_of, rows)
        short = np.append(opened > _FLUSH, False)[line_of]  # not even so: left short at natural spacing
        given[short] = tracked[short] = 0.0
    else:
        unfit = np.zeros(rows, bool)
    advance = advance + given
    origin -= shrunk_open
    running = np.concatenate(([0.0], np.cumsum(advance)))
    chars = _ranges(first, last)
    row = np.repeat(np.arange(rows), np.maximum(last - first, 0))
    x = np.zeros(size)
    x[chars] = running[chars] - running[first][row] + indent[row]
    pen = x
    joined = copy.kinds == Class.JOINED
    if joined.any():  # T12: a cluster's parts stand at one x; their glyphs are drawn from where the pen is
        bases = np.maximum.accumulate(np.where(joined, 0, np.arange(size)))
        x = x[bases]
    tracking = np.zeros(rows)
    seams = (line_of >= 0) & (copy.opening[-1] > 0)
    count = _per_line(seams.astype(float), line_of, rows)
    tracking[count > 0] = (_per_line(np.where(seams, tracked, 0.0), line_of, rows) / np.maximum(count, 1))[
        count > 0
    ]
    return SetText(
        copy.text, copy.role, first, last, x, advance, pen + origin, copy.face, copy.glyph,
        indent + running[last] - running[first], tracking, hyphened, copy.hyphen_face, copy.hyphen_glyph, unfit,
    )  # fmt: skip


def _ranges(first: NDArray[np.intp], last: NDArray[np.intp]) -> NDArray[np.intp]:
    """first[0]..last[0], first[1]..last[1], … in one array."""
    length = np.maximum(last - first, 0)
    ends = np.cumsum(length)
    total = int(ends[-1]) if len(ends) else 0
    out: NDArray[np.intp] = np.arange(total) - np.repeat(ends - length, length) + np.repeat(first, length)
    return out


def _per_line(values: Ems, line_of: NDArray[np.intp], rows: int) -> Ems:
    inside = line_of >= 0
    return np.bincount(line_of[inside], values[inside], rows)[:rows].astype(np.float64)


def _share(room: Ems, line_of: NDArray[np.intp], rows: int, wanted: Ems) -> Ems:
    """The share of a tier's room that each line takes; one entry more, 0, for characters of no line."""
    total = _per_line(room, line_of, rows)
    share = np.clip(wanted / np.maximum(total, 1e-12), 0.0, 1.0)
    return np.append(np.where(total > 0, share, 0.0), 0.0)
