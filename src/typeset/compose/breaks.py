"""Line ends for a measure: greedy, one bisection a line, at any tightness.

In: a `Copy`. Out: for each paragraph the ends of its lines. Tightness runs from -1 (as close as
T24 allows) over 0 (natural) to 1 (as open as it allows): lines are chosen as if every seam had
already given that share of its room, so that one loop serves every line count that a paragraph
can take; `justify` then sets the lines flush.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from typeset.compose.characters import Class
from typeset.compose.copy import NARROW_MEASURE_EM, STRETCH_SEAM, STRETCH_SEAM_NARROW, Copy, Ems
from typeset.compose.legal_breaks import FREELY, IF_NEEDED

Lines = tuple[int, ...]
"""Ends of a paragraph's lines as indices into the copy, the last being the paragraph's end."""

# T07: what an em won by squeezing and one lost by opening cost
SQUEEZE_COST = 1.0
OPEN_COST = 1.25
_EPS = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Rulers:
    """Running sums over a copy, as lists for quick single look-ups; index i is before character i."""

    natural: list[float]
    shrink: list[float]
    stretch: list[float]
    lead: list[float]
    tail: list[float]
    spaces: list[bool]
    levels: list[int]
    hyphens: list[bool]


def rulers_of(copy: Copy, measure_em: float) -> Rulers:
    """Rulers for one measure: opening goes further in narrow columns (T24)."""
    opening = copy.opening.copy()
    if measure_em < NARROW_MEASURE_EM:
        opening[-1] *= STRETCH_SEAM_NARROW / STRETCH_SEAM
    return Rulers(
        _running(copy.box_em + copy.gap_em), _running(copy.closing.sum(axis=0)), _running(opening.sum(axis=0)),
        copy.lead_em.tolist(), copy.tail_em.tolist(), (copy.kinds == Class.SPACE).tolist(),
        copy.levels.tolist(), copy.hyphens.tolist(),
    )  # fmt: skip


def _running(values: Ems) -> list[float]:
    out = np.zeros(len(values) + 1)
    np.cumsum(values, out=out[1:])
    return out.tolist()  # type: ignore[no-any-return]


def break_paragraph(
    copy: Copy, rulers: Rulers, paragraph: int, measure_em: float, indent_em: float, tightness: float = 0.0
) -> Lines:
    """The line ends of one paragraph. No line is overfull; an unfillable one is left to `justify`."""
    first, last = copy.bounds[paragraph], copy.bounds[paragraph + 1]
    seams = [i for i in range(first + 1, last) if rulers.levels[i] == FREELY]
    seams.append(last)
    edges = [_edge(copy, rulers, i, tightness) for i in seams]
    ends: list[int] = []
    at, room, j = first, measure_em - indent_em, 0
    while at < last:
        while at < last - 1 and rulers.spaces[at]:
            at += 1
        while seams[j] <= at:
            j += 1
        k = bisect_right(edges, _start(rulers, at, tightness) + room + _EPS, j)
        end = _choose(copy, rulers, seams, k, j, at, room, tightness)
        if end is None:
            end = _forced(copy, rulers, at, last, room)
        ends.append(end)
        at, room = end, measure_em
    return tuple(ends) if ends else (last,)


def _slope(rulers: Rulers, i: int, tightness: float) -> float:
    if tightness > 0:
        return rulers.stretch[i] * tightness
    return rulers.shrink[i] * tightness if tightness < 0 else 0.0


def _start(rulers: Rulers, at: int, tightness: float) -> float:
    return rulers.natural[at] + rulers.lead[at] + _slope(rulers, at, tightness)


def _edge(copy: Copy, rulers: Rulers, end: int, tightness: float) -> float:
    """Where a line's right edge lies on the ruler when it ends before character `end`."""
    stop = end
    while stop > 0 and rulers.spaces[stop - 1]:
        stop -= 1
    if stop == 0:
        return 0.0
    hyphen = copy.hyphen_em if rulers.hyphens[end] else 0.0
    return rulers.natural[stop] - rulers.tail[stop - 1] + _slope(rulers, stop - 1, tightness) + hyphen


def _choose(
    copy: Copy, rulers: Rulers, seams: list[int], k: int, j: int, at: int, room: float, tightness: float
) -> int | None:
    """T07: between the last seam that fits (k - 1) and the next, whichever costs less; None: no seam can end it."""
    fits = seams[k - 1] if k > j else None
    open_cost = None
    if fits is not None:
        if fits == seams[-1]:
            return fits
        slack = _slack(copy, rulers, at, fits, room)
        if slack <= _give(rulers.stretch, at, fits) + _EPS:
            open_cost = OPEN_COST * slack
        if slack <= _EPS or (tightness > 0 and open_cost is not None):
            return fits
    squeezed = seams[min(k, len(seams) - 1)]
    excess = -_slack(copy, rulers, at, squeezed, room)
    give = _give(rulers.shrink, at, squeezed) * (1.0 if tightness <= 0 else 1 - tightness)
    if excess <= give + _EPS and (open_cost is None or excess * SQUEEZE_COST < open_cost):
        return squeezed
    if fits is None:
        return None
    return fits if open_cost is not None else _if_needed(copy, rulers, at, fits, squeezed, room)


def _if_needed(copy: Copy, rulers: Rulers, at: int, fits: int, beyond: int, room: float) -> int:
    """Neither can be set within T24: a seam of the second order between them, else the open line."""
    for i in range(beyond - 1, fits, -1):
        if rulers.levels[i] == IF_NEEDED:
            slack = _slack(copy, rulers, at, i, room)
            if -_give(rulers.shrink, at, i) - _EPS <= slack <= _give(rulers.stretch, at, i) + _EPS:
                return i
    return fits


def _slack(copy: Copy, rulers: Rulers, at: int, end: int, room: float) -> float:
    return room - (_edge(copy, rulers, end, 0.0) - _start(rulers, at, 0.0))


def _give(running: list[float], at: int, end: int) -> float:
    return running[max(end - 1, at)] - running[at]


def _forced(copy: Copy, rulers: Rulers, at: int, last: int, room: float) -> int:
    """A unit longer than the measure: end it at a second-order seam, else anywhere but inside a cluster (T05, T06)."""
    limit = rulers.natural[at] + rulers.lead[at] + room + _EPS
    reach = at + 1
    best = None
    for i in range(at + 1, last + 1):
        if _edge(copy, rulers, i, 0.0) > limit:
            break
        reach = i
        if i == last or rulers.levels[i] != 0:
            best = i
    if best is not None:
        return best
    while reach < last and copy.kinds[reach] == Class.JOINED:
        reach += 1
    while reach > at + 1 and copy.kinds[reach - 1] in (Class.OPEN, Class.WESTERN_OPEN):
        reach -= 1
    return reach


def line_variants(
    copy: Copy, rulers: Rulers, paragraph: int, measure_em: float, indent_em: float, ladder: Sequence[float]
) -> dict[int, Lines]:
    """The settings of a paragraph by line count: natural first, then each rung of tightness that gives a new count."""
    natural = break_paragraph(copy, rulers, paragraph, measure_em, indent_em)
    out = {len(natural): natural}
    if copy.bounds[paragraph + 1] - copy.bounds[paragraph] > measure_em / 2:
        for rung in ladder:
            lines = break_paragraph(copy, rulers, paragraph, measure_em, indent_em, rung)
            out.setdefault(len(lines), lines)
    return out
