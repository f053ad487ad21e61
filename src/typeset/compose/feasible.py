"""Which lines can be set (可排行): for each seam the seams at which a line from it can end.

In: a copy, its rulers, and which seams count. Out: a graph of lines with what each costs. Because
the rulers rise, the ends that T24 can fill are one run of seams, found by two bisections for all
starts at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class, Flags, Trait, among, traits
from typeset.compose.copy import Copy
from typeset.compose.legal_breaks import FREELY, IF_NEEDED, NOT_AT_END, NOT_AT_START
from typeset.compose.rulers import Rulers
from typeset.compose.spacing import Ems

Ints = NDArray[np.intp]

# The table of weights (T07, T08): a line costs its change of width in ems, squared, times one of these,
SQUEEZE_COST = 1.0
OPEN_COST = 1.25
# plus demerits, in the same unit
HANG_COST = 0.02  # the last mark hangs out of the measure (T29)
HYPHEN_COST = 1.0  # a word is hyphenated (T06)
WEAK_SEAM_COST = 30.0  # a number is parted from its Han unit (T05)
SHORT_LAST_COST = 1.0  # a last line no longer than the indent (T09)
SHORT_LAST_EM = 2.0
LONE_COST = 1e3  # a last line of less than T09 wants, where T24 gives way
UNFIT_COST = 1e4  # a line that T24 cannot fill,
SEPARATOR_COST = 1e5  # a unit longer than the measure: parted after a separator,
INSIDE_COST = 2e5  # where T01-T04 allow it,
CLUSTER_COST = 1e6  # or anywhere (T05, T06)
WEAK_IS_FREE_EM = 8  # T05: under this measure a number may be parted from its unit
SEPARATORS = ".,/:-—–"
FLUSH_EM = 0.02  # a line so much short of its measure is flush to the eye (T24 asks for 0.05)
EPS = 1e-6


@dataclass(frozen=True, slots=True)
class Stage:
    """What may give way, in typography.md's order: T05's second clause, then T09, then T24."""

    level: int = FREELY
    keeps_tails: bool = True
    may_be_unfit: bool = False


STAGES = (
    Stage(),
    Stage(level=IF_NEEDED),
    Stage(level=IF_NEEDED, keeps_tails=False),
    Stage(level=IF_NEEDED, keeps_tails=False, may_be_unfit=True),
)


@dataclass(frozen=True, slots=True)
class Sunk:
    """首字下沉: a copy's first paragraph has its first lines set in, beside the large first character."""

    lines: int
    width_em: float

    def reach_em(self, measure_em: float) -> float:
        """How far into the paragraph, in text, a line may begin and still be one of them: half a line is doubt enough."""
        return (self.lines - 0.5) * (measure_em - self.width_em)


@dataclass(frozen=True, slots=True, eq=False)
class LineGraph:
    """Nodes are seams (`seam[k]` in the copy), edges are lines.

    The lines from node k end at `ends[first[k] : first[k + 1]]` and cost `costs[…]`. `heads[p]` and
    `tails[p]` are the nodes of paragraph p's start and end.
    """

    seam: Ints
    first: Ints
    ends: Ints
    costs: Ems
    heads: Ints
    tails: Ints


def line_graph(
    copy: Copy, rulers: Rulers, indents_em: Sequence[float], paragraphs: Ints, stage: Stage,
    sunk: Sunk | None = None,
) -> LineGraph:  # fmt: skip
    """The lines of some paragraphs (rising indices, none empty) that a stage allows."""
    bounds = np.array(copy.bounds, np.intp)
    starts, stops = bounds[paragraphs], bounds[paragraphs + 1]
    inside = _inside(len(copy.kinds), starts, stops)
    room_em = rulers.measure_em - max((indents_em[p] for p in paragraphs.tolist()), default=0.0)
    demerits = _demerits(copy, rulers, inside, stage, room_em)
    seam_flags = ~np.isnan(demerits)
    seam_flags[starts] = seam_flags[stops] = True
    demerits[starts] = demerits[stops] = 0.0
    seam = np.nonzero(seam_flags)[0]
    heads, tails = np.searchsorted(seam, starts), np.searchsorted(seam, stops)
    is_head, is_tail = np.zeros(len(seam), bool), np.zeros(len(seam), bool)
    is_head[heads] = is_tail[tails] = True
    owner = np.minimum(np.cumsum(is_tail), len(tails) - 1)  # a tail is the next one's head, or nobody's
    indent = np.zeros(len(seam))
    indent[heads] = [indents_em[p] for p in paragraphs.tolist()]
    if copy.opening_hangs:  # T22, trim: the bracket stands in the indent
        indent[heads] -= np.where(indent[heads] > 0, np.append(copy.lead_em, 0.0)[starts], 0.0)
    if sunk is not None and paragraphs[0] == 0:
        beside = (owner == 0) & ~is_tail
        beside &= rulers.start[seam] - rulers.start[seam[0]] < sunk.reach_em(rulers.measure_em)
        indent[beside] = sunk.width_em
    limit = rulers.start[seam] + rulers.measure_em - indent
    start, ends = _runs(rulers, seam, limit, tails[owner])
    lines = _Lines(rulers, seam, limit, tails[owner], demerits, is_head)
    costs, fit = _costs(lines, start, ends)
    start, ends, costs = start[fit], ends[fit], costs[fit]
    if stage.may_be_unfit:
        start, ends, costs = _with_unfit(lines, start, ends, costs)
    first = np.zeros(len(seam) + 1, np.intp)
    np.cumsum(np.bincount(start, minlength=len(seam)), out=first[1:])
    return LineGraph(seam, first, ends, costs, heads, tails)


def _inside(size: int, starts: Ints, stops: Ints) -> Flags:
    """Seams that lie within one of the paragraphs."""
    step = np.zeros(size + 2, np.int64)
    np.add.at(step, starts + 1, 1)
    np.add.at(step, stops, -1)
    return np.cumsum(step)[: size + 1] > 0


def _demerits(copy: Copy, rulers: Rulers, inside: Flags, stage: Stage, room_em: float) -> Ems:
    """What ending a line at each seam costs; NaN where none may end."""
    level = stage.level if rulers.measure_em >= WEAK_IS_FREE_EM else IF_NEEDED
    allowed = inside & (copy.levels >= level)
    if stage.keeps_tails:
        allowed &= ~copy.tails
    weak = WEAK_SEAM_COST if rulers.measure_em >= WEAK_IS_FREE_EM else HYPHEN_COST
    out = np.where(copy.levels == IF_NEEDED, weak, 0.0)
    out[copy.hyphens] = HYPHEN_COST
    out[copy.tails] += 0.0 if stage.keeps_tails else LONE_COST
    out[~allowed] = np.nan
    if stage.may_be_unfit:
        _part_long_units(copy, inside, out, rulers, room_em)
    return out


def _part_long_units(copy: Copy, inside: Flags, demerits: Ems, rulers: Rulers, room_em: float) -> None:
    """Open what is longer than the measure: after separators and where T01-T04 allow it, else between clusters."""
    size = len(copy.kinds)
    fixed = np.nonzero(~np.isnan(demerits) | ~inside)[0]
    if not (rulers.edge[fixed[1:]] - rulers.start[fixed[:-1]] > room_em).any():
        return
    kinds = copy.kinds
    whole = np.zeros(size + 1, bool)
    whole[1:size] = kinds[1:] != Class.JOINED
    legal = np.zeros(size + 1, bool)
    bits = traits(copy.codes)
    begins = ~among(kinds, *NOT_AT_START) & ((bits & Trait.POSTFIX) == 0)
    ends = ~among(kinds, *NOT_AT_END) & ((bits & Trait.PREFIX) == 0)
    legal[1:size] = begins[1:] & ends[:-1]
    separator = np.zeros(size + 1, bool)
    separator[1:size] = np.isin(copy.codes[:-1], [ord(c) for c in SEPARATORS]) & (kinds[:-1] != Class.DASH)
    long_marks = among(kinds, Class.DASH, Class.ELLIPSIS)
    apart = whole.copy()  # T04: —— and …… last of all
    apart[1:size] &= ~(long_marks[1:] & (kinds[1:] == kinds[:-1]))
    for open_here, cost in ((legal & whole, INSIDE_COST), (apart, CLUSTER_COST), (whole, 2 * CLUSTER_COST)):
        fixed = np.nonzero(~np.isnan(demerits) | ~inside)[0]
        long = rulers.edge[fixed[1:]] - rulers.start[fixed[:-1]] > room_em
        span = _inside(size, fixed[:-1][long], fixed[1:][long]) & inside & open_here & np.isnan(demerits)
        demerits[span] = np.where(separator[span], SEPARATOR_COST, cost)


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """What a line's cost is worked out from: the nodes' seams, how far a line from each may reach, its
    paragraph's last node, the seams' demerits, and whether it is the paragraph's first line."""

    rulers: Rulers
    seam: Ints
    limit: Ems
    tail: Ints
    demerits: Ems
    is_first: Flags


def _runs(rulers: Rulers, seam: Ints, limit: Ems, tail: Ints) -> tuple[Ints, Ints]:
    """All lines that T24 may fill, as pairs of nodes, sorted by the first."""
    own = np.arange(len(seam))
    edge, shrink, stretch = rulers.edge[seam], rulers.shrink[seam], rulers.stretch[seam]
    give = np.maximum.accumulate(edge - shrink - rulers.hang[seam])
    high = np.searchsorted(give, limit - rulers.start_shrink[seam] + EPS, "right") - 1
    reach = np.maximum.accumulate(edge + stretch)
    low = np.searchsorted(reach, limit + rulers.start_stretch[seam] - FLUSH_EM, "left")
    high = np.minimum(high, tail)
    low = np.maximum(np.minimum(low, tail), own + 1)
    count = np.maximum(high - low + 1, 0)
    count[tail <= own] = 0
    start = np.repeat(own, count)
    return start, np.arange(len(start)) + np.repeat(low - (np.cumsum(count) - count), count)


def _costs(lines: _Lines, start: Ints, ends: Ints) -> tuple[Ems, Flags]:
    """What each line costs, and whether T24 can fill it (bisection let a few through that it can't)."""
    rulers, at, to = lines.rulers, lines.seam[start], lines.seam[ends]
    slack = lines.limit[start] - rulers.edge[to]
    hung = rulers.hang[to]
    hangs = (slack < -EPS) & (hung > 0)
    slack = slack + np.where(hangs, hung, 0.0)
    costs = slack * slack * np.where(slack < 0, SQUEEZE_COST, OPEN_COST) + lines.demerits[to]
    costs += np.where(hangs, HANG_COST, 0.0)
    closes = (ends == lines.tail[start]) & (slack >= -EPS)
    if closes.any():
        width = rulers.edge[to[closes]] - rulers.start[at[closes]]
        is_short = (width <= SHORT_LAST_EM) & ~lines.is_first[start[closes]]
        costs[closes] = np.where(is_short, SHORT_LAST_COST, 0.0)
    give = np.maximum(rulers.shrink[to] - rulers.start_shrink[at], 0.0)
    room = np.maximum(rulers.stretch[to] - rulers.start_stretch[at], 0.0)
    return costs, closes | ((slack >= -give - EPS) & (slack <= room + FLUSH_EM))


def _with_unfit(lines: _Lines, start: Ints, ends: Ints, costs: Ems) -> tuple[Ints, Ints, Ems]:
    """Further lines that T24 can't fill: from each node to the last seam of each kind that it reaches."""
    own = np.arange(len(lines.seam))
    edge = np.maximum.accumulate(lines.rulers.edge[lines.seam])
    fits = np.minimum(np.searchsorted(edge, lines.limit + EPS, "right") - 1, lines.tail)
    starts, all_ends, all_costs = [start], [ends], [costs]
    for most in (SEPARATOR_COST / 2, SEPARATOR_COST, INSIDE_COST, np.inf):
        known = lines.demerits[lines.seam] <= most
        last = np.maximum.accumulate(np.where(known, own, -1))[fits]
        if most == np.inf:  # a cluster wider than the measure stands by itself
            last = np.where(last > own, last, own + 1)
        more = np.nonzero((last > own) & (last <= lines.tail))[0]
        cost, fit = _costs(lines, more, last[more])
        starts.append(more[~fit])
        all_ends.append(last[more][~fit])
        all_costs.append(cost[~fit] + UNFIT_COST)
    start, ends, costs = np.concatenate(starts), np.concatenate(all_ends), np.concatenate(all_costs)
    is_regular = lines.demerits[lines.seam] < SEPARATOR_COST
    reaches_one = np.maximum.accumulate(np.where(is_regular, own, -1))[fits] > own
    keeps = is_regular[ends] | ~reaches_one[start]  # T01-T06 hold wherever they can
    order = np.nonzero(keeps)[0][np.argsort(start[keeps], kind="stable")]
    return start[order], ends[order], costs[order]
