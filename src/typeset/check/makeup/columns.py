"""Columns 栏, told from the lines alone: lines of the body's size that share a left and a right edge.

In: a page's lines. Out: `Column`s: one above another in the same slot where something parts them. No grid is asked
for: boxes and broken columns 破栏 have edges of their own, and theirs are as good as the page's.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from typeset.check.makeup.pieces import SetLine, is_han
from typeset.check.preflight.document import Box

SAME_EM, _EXACT_EM = 0.4, 0.12
"""Edges nearer than this are one edge, one of them set badly."""
_MOST_INDENT_EM = 2.65
_MOST_GAP_ROWS = 4.2
_FEW = 3


@dataclass(slots=True, eq=False)
class Column:
    """Lines under one another between two edges, in points along the lines; `lines`: body and sub-heads alone,
    `small`: tables, captions, sources between and after them."""

    page: int
    left: float
    right: float
    lines: list[SetLine] = field(default_factory=list)
    small: list[SetLine] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.lines[0].v

    @property
    def foot(self) -> float:
        """The last baseline, of whatever kind."""
        return max(self.lines[-1].v, max((line.v for line in self.small), default=0.0))

    @property
    def body(self) -> list[SetLine]:
        return [line for line in self.lines if line.kind == "body"]

    @property
    def article(self) -> str:
        return self.lines[0].article


@dataclass(slots=True)
class _Slot:
    left: float
    right: float
    count: int
    lines: list[SetLine] = field(default_factory=list)

    def depth_to(self, v: float, vs: Sequence[float]) -> float:
        at = bisect_left(vs, v)
        return min((abs(vs[n] - v) for n in (at - 1, at) if 0 <= n < len(vs)), default=1e6)


def body_size(lines: Sequence[SetLine]) -> tuple[float, bool]:
    """The size in which most Chinese characters are set, and whether they run down the page."""
    counts: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        counts[round(line.size_pt * 20) / 20, line.is_vertical] += sum(map(is_han, line.chars)) or 1
    return counts.most_common(1)[0][0] if counts else (0.0, False)


def pitch_of(lines: Sequence[SetLine], body_pt: float) -> float:
    """The commonest distance from a body line to the next in the stream under it."""
    steps: Counter[float] = Counter()
    for a, b in itertools.pairwise(lines):
        step = b.v - a.v
        if a.page == b.page and 0.9 * body_pt < step < 3 * body_pt and b.u0 < a.u1 and a.u0 < b.u1:
            steps[round(step * 20) / 20] += 1
    if not steps:
        return body_pt * 1.35
    usual = steps.most_common(1)[0][0]
    near = [b.v - a.v for a, b in itertools.pairwise(lines) if abs(b.v - a.v - usual) < 0.08]
    return sum(near) / len(near)


def columns_of(
    lines: Sequence[SetLine], body_pt: float, pitch_pt: float, walls: Sequence[Box]
) -> list[Column]:
    """Columns of one page's body lines. `walls`: what parts a column in two: heads, rules across, pictures."""
    slots = _slots(lines, body_pt, pitch_pt)
    _fill(slots, lines, body_pt, pitch_pt)
    out = []
    for slot in slots:
        slot.lines.sort(key=lambda line: (line.v, line.u0))
        run: list[SetLine] = []
        for line in slot.lines:
            if run and _is_parted(run[-1], line, slot, pitch_pt, walls):
                out.append(_column(slot, run))
                run = []
            run.append(line)
        if run:
            out.append(_column(slot, run))
    return out


def _column(slot: _Slot, run: list[SetLine]) -> Column:
    return Column(run[0].page, slot.left, slot.right, run)


def _is_parted(a: SetLine, b: SetLine, slot: _Slot, pitch_pt: float, walls: Sequence[Box]) -> bool:
    if b.v - a.v > _MOST_GAP_ROWS * pitch_pt or (a.article and b.article and a.article != b.article):
        return True
    if b.v - a.v < 1.4 * pitch_pt:
        return False
    return any(
        a.v - 0.3 * a.size_pt < (wall[1] + wall[3]) / 2 < b.v
        and min(wall[2], slot.right) - max(wall[0], slot.left) > a.size_pt
        for wall in walls
    )


def _slots(lines: Sequence[SetLine], body_pt: float, pitch_pt: float) -> list[_Slot]:
    """Pairs of edges that two lines or more share, the commonest first; an indented line's are those it hangs from."""
    cell = 0.1 * body_pt
    pairs: dict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(list)
    for line in lines:
        if line.kind != "body":
            continue
        for left in line.lefts():
            for right in line.rights():
                pairs[round(left / cell), round(right / cell)].append((left, right, line.v))
    found: list[_Slot] = []
    same = SAME_EM * body_pt
    for near in sorted(pairs.values(), key=len, reverse=True):
        left, right, _ = near[len(near) // 2]
        if right - left < 4 * body_pt:
            continue
        twin = next((s for s in found if _is_of(s, left, right, same, body_pt, len(near))), None)
        if twin is not None:
            twin.count += len(near)
        elif len(near) >= 2 and _is_run([v for _, _, v in near], 1.5 * pitch_pt):
            found.append(_Slot(left, right, len(near)))
    return found


def _is_run(vs: list[float], reach: float) -> bool:
    """Do two stand one under the other? Sub-heads of one length are no column."""
    vs.sort()
    return any(0 < b - a < reach for a, b in itertools.pairwise(vs))


def _is_of(slot: _Slot, left: float, right: float, same: float, body_pt: float, count: int) -> bool:
    """Is a pair of edges a slot's own: set a little off, indented, or its paragraphs' short last lines?"""
    exact = _EXACT_EM * body_pt
    if abs(left - slot.left) < same and abs(right - slot.right) < same:
        return True
    if abs(right - slot.right) < exact and 0 < left - slot.left < _MOST_INDENT_EM * body_pt:
        return True
    if not slot.left - same < left or not right < slot.right + same:
        return False
    is_indented = abs(left - slot.left - 2 * body_pt) < exact
    return (abs(left - slot.left) < exact or is_indented) and (count < _FEW or count * 4 < slot.count)


def _fill(slots: list[_Slot], lines: Sequence[SetLine], body_pt: float, pitch_pt: float) -> None:
    """Every line into the slot whose edges it keeps best, then the nearest; a slot of its own where there is none."""
    same = SAME_EM * body_pt
    rest = []
    for line in lines:
        whole = [s for s in slots if _off(line, s) < 0.1 * body_pt]
        if len(whole) == 1:
            whole[0].lines.append(line)
        else:
            rest.append(line)
    depths = {id(s): sorted(line.v for line in s.lines) for s in slots}
    for line in rest:
        fits = [s for s in slots if s.left - same < line.left and line.right < s.right + same]
        if not fits:
            fits = [s for s in slots if s.left < line.right and line.left < s.right]
            fits = [
                s
                for s in fits
                if s.depth_to(line.v, depths[id(s)]) < 1.2 * pitch_pt and _overhang(line, s) < 2.2 * body_pt
            ]
        if fits:
            best = min(fits, key=lambda s: _cost(line, s, depths[id(s)], body_pt, pitch_pt))
            best.lines.append(line)
        else:
            slots.append(_Slot(line.left, line.right, 1, [line]))
            depths[id(slots[-1])] = [line.v]


def _overhang(line: SetLine, slot: _Slot) -> float:
    return max(slot.left - line.left, line.right - slot.right)


def _off(line: SetLine, slot: _Slot) -> float:
    """How far a line's edges are from a slot's, at the better reading of its outer marks."""
    return min(abs(left - slot.left) for left in line.lefts()) + min(
        abs(r - slot.right) for r in line.rights()
    )


def _cost(
    line: SetLine, slot: _Slot, vs: Sequence[float], body_pt: float, pitch_pt: float
) -> tuple[float, float]:
    depth = slot.depth_to(line.v, vs)
    middle = abs(line.left + line.right - slot.left - slot.right) / 2
    indent = min(middle, *(abs(line.left - slot.left - em * body_pt) for em in (0, 2))) / body_pt
    near = 0.0 if depth < 2.3 * pitch_pt else min(depth / pitch_pt, 40.0)
    is_other = bool(line.article) and all(line.article != other.article for other in slot.lines)
    return near + 2 * min(indent, 2.0) + 100 * is_other, slot.right - slot.left
