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
_INDENTS_EM = (2.0, 1.5)
"""A first line's; that of an opening mark there (T22)."""
_MOST_GAP_ROWS = 4.2
_FEW = 3
_LESS = 0.6
"""What an edge counts for where an outer mark's blank half would have to be set in full."""


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
    vs: list[float] = field(default_factory=list)
    """Where the lines stand that it was told from."""

    def is_level(self, vs: Sequence[float], reach: float) -> bool:
        """Do lines stand among its own? Then they are one column's: two of the same edge are never side by side."""
        return bool(self.vs) and max(vs) > min(self.vs) - reach and min(vs) < max(self.vs) + reach

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
    _rejoin(slots, body_pt, pitch_pt)
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
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for line in lines:
        if line.kind != "body":
            continue
        for n, left in enumerate(line.lefts()):
            for k, right in enumerate(line.rights()):
                weights[round(left / cell), round(right / cell)] += 1.0 if n == k == 0 else _LESS
                pairs[round(left / cell), round(right / cell)].append((left, right, line.v))
    found: list[_Slot] = []
    same = SAME_EM * body_pt
    for key in sorted(pairs, key=lambda key: -weights[key]):
        near = pairs[key]
        left, right, _ = near[len(near) // 2]
        if right - left < 4 * body_pt:
            continue
        vs = [v for _, _, v in near]
        level = [s for s in found if s.is_level(vs, 1.5 * pitch_pt)]
        twin = next((s for s in level if _is_of(s, left, right, same, body_pt, len(near))), None)
        hung = next((s for s in level if _hangs_from(s, left, right, body_pt)), None)
        if twin is not None:
            twin.count += len(near)
            twin.vs += vs
        elif hung is not None:
            hung.left, hung.count = left, hung.count + len(near)
            hung.vs += vs
        elif len(near) >= 2 and _is_run(vs, 1.5 * pitch_pt):
            found.append(_Slot(left, right, len(near), vs=vs))
    return found


def _hangs_from(slot: _Slot, left: float, right: float, body_pt: float) -> bool:
    """Is a slot made of first lines alone, as items of one line each make it?"""
    exact = _EXACT_EM * body_pt
    return abs(slot.right - right) < exact and abs(slot.left - left - _INDENTS_EM[0] * body_pt) < exact


def _is_run(vs: list[float], reach: float) -> bool:
    """Do two stand one under the other? Sub-heads of one length are no column."""
    vs.sort()
    return any(0 < b - a < reach for a, b in itertools.pairwise(vs))


def _is_of(slot: _Slot, left: float, right: float, same: float, body_pt: float, count: int) -> bool:
    """Is a pair of edges a slot's own: set a little off, indented, or its paragraphs' short last lines?"""
    exact = _EXACT_EM * body_pt
    if abs(left - slot.left) < same and abs(right - slot.right) < same:
        return True
    indents = (abs(left - slot.left - em * body_pt) for em in _INDENTS_EM)
    if abs(right - slot.right) < exact and min(indents) < exact:
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
        if whole:
            min(whole, key=lambda s: (_is_read_otherwise(line, s, body_pt), -s.count)).lines.append(line)
        else:
            rest.append(line)
    rest = _own_slots(rest, slots, body_pt, pitch_pt)
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


def _rejoin(slots: list[_Slot], body_pt: float, pitch_pt: float) -> None:
    """A line alone in its slot, with another slot's lines right over and under it or over it, is a short one of theirs."""
    same, near = SAME_EM * body_pt, 1.3 * pitch_pt
    depths = [(slot, sorted(line.v for line in slot.lines)) for slot in slots]
    for slot, vs in depths:
        for line in list(slot.lines):
            if any(0 < abs(v - line.v) < near for v in _around(vs, line.v)):
                continue
            homes = [
                (other, sum(abs(v - line.v) < near for v in _around(rows, line.v)))
                for other, rows in depths
                if other is not slot and other.left - same < line.left and line.right < other.right + same
            ]
            best = max(homes, key=lambda home: home[1], default=None)
            if best is not None and best[1] > 0:
                slot.lines.remove(line)
                best[0].lines.append(line)


def _around(vs: Sequence[float], v: float) -> Sequence[float]:
    at = bisect_left(vs, v)
    return vs[max(0, at - 1) : at + 2]


def _own_slots(lines: list[SetLine], slots: list[_Slot], body_pt: float, pitch_pt: float) -> list[SetLine]:
    """Slots of short texts no two lines of which share both edges, such as briefs; what is left of the lines."""
    same = SAME_EM * body_pt
    left_over: list[SetLine] = []
    chain: list[SetLine] = []
    for line in [*sorted(lines, key=lambda line: line.order), None]:
        if line is not None and chain and _is_next(chain[-1], line, pitch_pt):
            chain.append(line)
            continue
        left, right = min((n.left for n in chain), default=0.0), max((n.right for n in chain), default=0.0)
        edges = [
            s.left + em * body_pt for s in slots for em in (0.0, _INDENTS_EM[0]) if s.right > right - same
        ]
        hangs = [
            abs(n.left - left - em * body_pt) < _EXACT_EM * body_pt
            for n in chain
            for em in (0, _INDENTS_EM[0])
        ]
        if sum(hangs) > 1 and right - left > 4 * body_pt and all(abs(left - edge) > same for edge in edges):
            slots.append(_Slot(left, right, len(chain), chain))
        else:
            left_over += chain
        chain = [line] if line is not None else []
    return left_over


def _is_next(a: SetLine, b: SetLine, pitch_pt: float) -> bool:
    """Does b stand right under a, of the same article?"""
    return (
        0.8 * pitch_pt < b.v - a.v < 1.3 * pitch_pt and a.u0 < b.u1 and b.u0 < a.u1 and a.article == b.article
    )


def _is_read_otherwise(line: SetLine, slot: _Slot, body_pt: float) -> bool:
    """Does a line keep a slot's edges only with the blank half of an outer mark set in full?"""
    return abs(line.left - slot.left) + abs(line.right - slot.right) > 0.1 * body_pt


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
