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
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class
from typeset.compose.copy import NARROW_MEASURE_EM, STRETCH_SEAM, STRETCH_SEAM_NARROW, Copy, Ems
from typeset.compose.legal_breaks import FREELY, IF_NEEDED, NEVER, NOT_AT_END, NOT_AT_START

Lines = tuple[int, ...]
"""Ends of a paragraph's lines as indices into the copy, the last being the paragraph's end."""

# T07: what an em won by squeezing and one lost by opening cost
SQUEEZE_COST = 1.0
OPEN_COST = 1.25
# total fit: a seam of the second order, and a line that cannot be filled
WEAK_SEAM_COST = 6.0
UNFIT_COST = 100.0
MOST_SQUEEZE_EM = 3.0  # no line holds marks enough to give more
SEPARATORS = ".,/:-—–"
_EPS = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Rulers:
    """Running sums over a copy for one measure, as lists for quick single look-ups.

    `start[i]`: where a line that starts with character i has its left edge on the ruler; `edge[i]`: where
    one that ends before character i has its right edge; `shrink`, `stretch`: what T24 may take or give up
    to there. `edges` holds edge, shrink and stretch as arrays, for the seams of a whole paragraph at once.
    `lead_shrink[i]`: what a line that starts with i can't take from it any more (T22);
    `last[i]`: the last character, spaces left out, of one that ends before i.
    `seams[p]`: paragraph p's seams of the first order, its end among them.
    """

    start: list[float]
    edge: list[float]
    shrink: list[float]
    stretch: list[float]
    lead_shrink: list[float]
    last: list[int]
    spaces: list[bool]
    levels: list[int]
    edges: Ems
    seams: list[NDArray[np.intp]]


def rulers_of(copy: Copy, measure_em: float) -> Rulers:
    """Rulers for one measure: opening goes further in narrow columns (T24)."""
    opening = copy.opening.sum(axis=0)
    if measure_em < NARROW_MEASURE_EM:
        opening = opening + copy.opening[-1] * (STRETCH_SEAM_NARROW / STRETCH_SEAM - 1)
    natural, shrink, stretch = (
        _running(copy.box_em + copy.gap_em),
        _running(copy.closing.sum(axis=0)),
        _running(opening),
    )
    size = len(copy.kinds)
    stop = np.arange(size + 1)  # the end of a line without the spaces at it
    spaces = np.append(copy.kinds == Class.SPACE, False)
    if spaces.any():
        index = np.where(spaces[:-1], 0, np.arange(1, size + 1))
        stop[1:] = np.maximum.accumulate(index)
    last = np.maximum(stop - 1, 0)
    edge = natural[stop] - (copy.tail_em[last] if size else 0.0) + np.where(copy.hyphens, copy.hyphen_em, 0.0)
    edge[stop == 0] = 0.0
    first_order = np.nonzero(copy.levels == FREELY)[0]
    seams = []
    for first, end in pairwise(copy.bounds):
        inside = first_order[np.searchsorted(first_order, first + 1) : np.searchsorted(first_order, end)]
        seams.append(np.append(inside, end))
    return Rulers(
        (natural[:-1] + copy.lead_em).tolist(), edge.tolist(), shrink.tolist(), stretch.tolist(),
        np.where(copy.lead_em > 0, copy.closing[1], 0.0).tolist(), last.tolist(), spaces.tolist(),
        copy.levels.tolist(), np.stack((edge, shrink[last], stretch[last])), seams,
    )  # fmt: skip


def _running(values: Ems) -> Ems:
    out = np.zeros(len(values) + 1)
    np.cumsum(values, out=out[1:])
    return out


def break_paragraph(
    copy: Copy, rulers: Rulers, paragraph: int, measure_em: float, indent_em: float, tightness: float = 0.0
) -> Lines:
    """The line ends of one paragraph: greedy, and where that leaves a line that T24 can't fill, by total fit.

    No line is overfull; a line that nothing can fill is left to `justify`.
    """
    ends = _greedy(copy, rulers, paragraph, measure_em, indent_em, tightness)
    if _fills(rulers, ends, copy.bounds[paragraph], measure_em, indent_em):
        return ends
    return _total_fit(copy, rulers, paragraph, measure_em, indent_em, tightness)


def _fills(rulers: Rulers, ends: Lines, first: int, measure_em: float, indent_em: float) -> bool:
    """Whether every line but the last can be opened to the measure within T24."""
    at, room = first, measure_em - indent_em
    for end in ends[:-1]:
        if _slack(rulers, at, end, room) > _give(rulers, rulers.stretch, at, end) + _EPS:
            return False
        at, room = end, measure_em
    return True


def _greedy(
    copy: Copy, rulers: Rulers, paragraph: int, measure_em: float, indent_em: float, tightness: float
) -> Lines:
    first, last = copy.bounds[paragraph], copy.bounds[paragraph + 1]
    where = rulers.seams[paragraph]
    edge, shrink, stretch = rulers.edges[:, where]
    seams: list[int] = where.tolist()
    edges: list[float] = (edge + tightness * (stretch if tightness > 0 else shrink)).tolist()
    ends: list[int] = []
    at, room, j = first, measure_em - indent_em, 0
    while at < last:
        while at < last - 1 and rulers.spaces[at]:
            at += 1
        while seams[j] <= at:
            j += 1
        k = bisect_right(edges, _start(rulers, at, tightness) + room + _EPS, j)
        end = _choose(rulers, seams, k, j, at, room, tightness)
        if end is None:
            end = _forced(copy, rulers, at, last, room)
        ends.append(end)
        at, room = end, measure_em
    return tuple(ends) if ends else (last,)


def _total_fit(
    copy: Copy, rulers: Rulers, paragraph: int, measure_em: float, indent_em: float, tightness: float
) -> Lines:
    """Least sum of line costs over all seams of the paragraph (Knuth and Plass 1981, adapted to few candidates a line)."""
    first, last = copy.bounds[paragraph], copy.bounds[paragraph + 1]
    seams = [i for i in range(first + 1, last) if rulers.levels[i]]
    seams.append(last)
    edges = [rulers.edge[i] for i in seams]
    best: dict[int, tuple[float, int]] = {first: (0.0, first)}
    for index in range(-1, len(seams) - 1):
        at = first if index < 0 else seams[index]
        if at not in best:
            continue
        cost = best[at][0]
        room = measure_em - (indent_em if at == first else 0.0)
        for end, line_cost in _candidates(rulers, seams, edges, index, at, room, last, tightness):
            total = cost + line_cost
            if end not in best or total < best[end][0]:
                best[end] = (total, at)
    if last not in best:  # a unit longer than the measure stands in the way
        return _greedy(copy, rulers, paragraph, measure_em, indent_em, tightness)
    ends, at = [last], best[last][1]
    while at != first:
        ends.append(at)
        at = best[at][1]
    return tuple(ends[::-1])


def _candidates(
    rulers: Rulers,
    seams: list[int],
    edges: list[float],
    index: int,
    at: int,
    room: float,
    last: int,
    tightness: float,
) -> list[tuple[int, float]]:
    """Ends of a line from `at` with what they cost; an unfit one only where there is no other."""
    start = at
    while start < last - 1 and rulers.spaces[start]:
        start += 1
    limit = rulers.start[start] + room
    k = bisect_right(edges, limit + MOST_SQUEEZE_EM, index + 1) - 1
    out: list[tuple[int, float]] = []
    while k > index:
        end = seams[k]
        slack = limit - edges[k]
        if end == last and slack >= -_EPS:
            out.append((end, 0.0))
        elif slack < -_EPS:
            give = _shrink(rulers, start, end)
            if -slack <= give + _EPS:
                out.append(
                    (end, _line_cost(-slack / give, SQUEEZE_COST, -1.0, tightness) + _weak(rulers, end))
                )
        else:
            give = _give(rulers, rulers.stretch, start, end)
            if slack > give + _EPS:
                if not out:
                    out.append((end, UNFIT_COST + slack))
                break
            out.append(
                (
                    end,
                    _line_cost(slack / give if give else 0.0, OPEN_COST, 1.0, tightness) + _weak(rulers, end),
                )
            )
        k -= 1
    return out


def _line_cost(ratio: float, weight: float, sign: float, tightness: float) -> float:
    off = sign * ratio - tightness
    return weight * off * off


def _weak(rulers: Rulers, end: int) -> float:
    return WEAK_SEAM_COST if rulers.levels[end] == IF_NEEDED else 0.0


def _start(rulers: Rulers, at: int, tightness: float) -> float:
    if tightness < 0:
        return rulers.start[at] + tightness * (rulers.shrink[at] + rulers.lead_shrink[at])
    return rulers.start[at] + tightness * rulers.stretch[at]


def _choose(
    rulers: Rulers, seams: list[int], k: int, j: int, at: int, room: float, tightness: float
) -> int | None:
    """T07: between the last seam that fits (k - 1) and the next, whichever costs less; None: no seam can end it."""
    fits = seams[k - 1] if k > j else None
    open_cost = None
    if fits is not None:
        if fits == seams[-1]:
            return fits
        slack = _slack(rulers, at, fits, room)
        if slack <= _give(rulers, rulers.stretch, at, fits) + _EPS:
            open_cost = OPEN_COST * slack
        if slack <= _EPS or (tightness > 0 and open_cost is not None):
            return fits
    squeezed = seams[min(k, len(seams) - 1)]
    excess = -_slack(rulers, at, squeezed, room)
    give = _shrink(rulers, at, squeezed) * (1.0 if tightness <= 0 else 1 - tightness)
    if excess <= give + _EPS and (open_cost is None or excess * SQUEEZE_COST < open_cost):
        return squeezed
    if fits is None:
        return None
    return fits if open_cost is not None else _if_needed(rulers, at, fits, squeezed, room)


def _if_needed(rulers: Rulers, at: int, fits: int, beyond: int, room: float) -> int:
    """Neither can be set within T24: a seam of the second order between them, else the open line."""
    for i in range(beyond - 1, fits, -1):
        if rulers.levels[i] == IF_NEEDED:
            slack = _slack(rulers, at, i, room)
            if -_shrink(rulers, at, i) - _EPS <= slack <= _give(rulers, rulers.stretch, at, i) + _EPS:
                return i
    return fits


def _slack(rulers: Rulers, at: int, end: int, room: float) -> float:
    return room - (rulers.edge[end] - rulers.start[at])


def _shrink(rulers: Rulers, at: int, end: int) -> float:
    return max(0.0, _give(rulers, rulers.shrink, at, end) - rulers.lead_shrink[at])


def _give(rulers: Rulers, running: list[float], at: int, end: int) -> float:
    """What the seams of a line may give: its last character's own seam lies outside."""
    return running[max(rulers.last[end], at)] - running[at]


def _forced(copy: Copy, rulers: Rulers, at: int, last: int, room: float) -> int:
    """A unit longer than the measure: end it at a second-order seam, after a separator, where T01-T04 allow it,
    else after any cluster that fits (T05, T06, T12)."""
    limit = rulers.start[at] + room + _EPS
    seam = separator = legal = cluster = None
    for i in range(at + 1, last + 1):
        inside = i < last and copy.kinds[i] == Class.JOINED
        if inside:
            continue
        if rulers.edge[i] > limit:
            break
        cluster = i
        if i == last or rulers.levels[i] != NEVER:
            seam = i
        elif copy.kinds[i] not in NOT_AT_START and copy.kinds[i - 1] not in NOT_AT_END:
            legal = i
            if copy.text[i - 1] in SEPARATORS:
                separator = i
    found = next((i for i in (seam, separator, legal, cluster) if i is not None), None)
    if found is not None:
        return found
    end = at + 1  # a single cluster wider than the measure
    while end < last and copy.kinds[end] == Class.JOINED:
        end += 1
    return end


def line_variants(
    copy: Copy, rulers: Rulers, paragraph: int, measure_em: float, indent_em: float, ladder: Sequence[float]
) -> dict[int, Lines]:
    """The settings of a paragraph by line count: natural first, then each rung of tightness that gives a new count.

    A setting that leaves a line unfilled is not offered.
    """
    natural = break_paragraph(copy, rulers, paragraph, measure_em, indent_em)
    out = {len(natural): natural}
    if copy.bounds[paragraph + 1] - copy.bounds[paragraph] > measure_em / 2:
        for rung in ladder:
            lines = _greedy(copy, rulers, paragraph, measure_em, indent_em, rung)
            if len(lines) not in out and _fills(rulers, lines, copy.bounds[paragraph], measure_em, indent_em):
                out[len(lines)] = lines
    return out
