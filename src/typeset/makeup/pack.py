"""A page tiled by its articles: guillotine cuts that keep their order, found by dynamic programming.

In: for each article and width the shapes it can take. Out: for a run of articles the best trees of cuts
that are exactly so many rows high. State: (articles, width in columns); a state keeps of every height a
few trees that differ in what stands along their two edges, so that no headline butts another (H9).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from typeset.makeup.shapes import BESIDE_FORMS, Shape, ShapesOf, Span

MOST_HEIGHTS = 28  # a state that can take more keeps its cheapest
LOOKS = 3  # trees of one height kept, each with other edges
LEVEL_SHARE = 0.3  # of the lower of two heads side by side, from which on they butt (H9)
MOST_SIDES = 1  # side heads a page
SEAM_ROWS = 1  # two cuts that meet within so many rows make one seam

Article = tuple[int, int]
"""(article, its rank on the page from 0)."""
Articles = tuple[Article, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A rectangle of the page: an article's shape, or two parts side by side or one over the other.

    `left`, `right`: headlines' rows along its edges; `seams`: rows at which a cut crosses it from edge to edge.
    """

    kind: Literal["leaf", "over", "beside"]
    rows: int
    columns: int
    cost: float
    shape: Shape | None = None
    parts: tuple[Cut, ...] = ()
    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    seams: tuple[int, ...] = ()
    sides: int = 0
    boxes: int = 0
    tops_box: bool = False
    foots_box: bool = False
    """Whether a box stands at its upper, at its lower edge."""


Cuts = dict[int, list[Cut]]


def butt(a: tuple[Span, ...], b: tuple[Span, ...]) -> bool:
    """Whether a headline of one edge stands level with one of the other (碰题, H9)."""
    for top, foot in a:
        for other_top, other_foot in b:
            level = min(foot, other_foot) - max(top, other_top)
            if level > LEVEL_SHARE * min(foot - top, other_foot - other_top):
                return True
    return False


class Packer:
    """Memo of every run and width of one setting; pages ask it for their roots."""

    def __init__(
        self, shapes_of: ShapesOf, page_columns: int, most_rows: int, weights: dict[str, float], most_boxes: int = 2
    ) -> None:  # fmt: skip
        self._shapes_of = shapes_of
        self._page_columns = page_columns
        self._most_rows = most_rows
        self._weights = weights
        self._most_boxes = most_boxes
        self._memo: dict[tuple[Articles, int], Cuts] = {}

    def page(self, articles: Articles) -> Cuts:
        """Cuts of the page-wide rectangle for these articles, by height in rows, each height's cheapest first."""
        return self._cuts(articles, self._page_columns)

    def _cuts(self, articles: Articles, width: int) -> Cuts:
        key = (articles, width)
        if key not in self._memo:
            self._memo[key] = self._find(articles, width)
        return self._memo[key]

    def _find(self, articles: Articles, width: int) -> Cuts:
        out: Cuts = {}
        if len(articles) == 1:
            for rows, shapes in self._shapes_of(*articles[0], width).items():
                out[rows] = [_leaf(shape, width) for shape in shapes]
            return out
        for split in range(1, len(articles)):
            self._over(out, articles[:split], articles[split:], width)
            self._beside(out, articles[:split], articles[split:], width)
        if len(out) > MOST_HEIGHTS:
            cheapest = sorted(out, key=lambda rows: (out[rows][0].cost, rows))[:MOST_HEIGHTS]
            out = {rows: out[rows] for rows in sorted(cheapest)}
        return out

    def _over(self, out: Cuts, above: Articles, below: Articles, width: int) -> None:
        seam = self._weights.get("internal_cut", 0.3)
        if width == self._page_columns and not (len(above) == 1 and above[0][1] == 0):
            seam = self._weights.get("seam", 5.0)  # none under the lead
        upper, lower = self._cuts(above, width), self._cuts(below, width)
        stack = self._weights.get("box_stack", 4.0)
        most, most_boxes = self._most_rows, self._most_boxes
        is_page = width == self._page_columns
        for high, tops in upper.items():
            for low, bottoms in lower.items():
                rows = high + low
                if rows > most:
                    continue
                looks = out.setdefault(rows, [])
                for top in tops:
                    if _has_no_room(looks, top.cost + bottoms[0].cost + seam):
                        break
                    for bottom in bottoms:
                        cost = top.cost + bottom.cost + seam
                        if _has_no_room(looks, cost):
                            break
                        cost += stack * (top.foots_box and bottom.tops_box)
                        sides, boxes = top.sides + bottom.sides, top.boxes + bottom.boxes
                        if sides > MOST_SIDES or boxes > most_boxes:
                            continue
                        if not is_page:
                            _put(looks, _over(top, bottom, cost))
                        elif not _is_beaten(looks, cost, sides, boxes):
                            _put(looks, _over_page(top, bottom, cost))
                if not looks:
                    del out[rows]

    def _beside(self, out: Cuts, left_: Articles, right_: Articles, width: int) -> None:
        narrow_first = self._weights.get("order", 1.0)
        seam = self._weights.get("seam", 5.0) if width == self._page_columns else 0.0
        step = self._weights.get("internal_cut", 0.3)
        is_page = width == self._page_columns
        for left_width in range(1, width):
            left = self._cuts(left_, left_width)
            right = self._cuts(right_, width - left_width) if left else {}
            base = step + narrow_first * (left_width < width - left_width)
            for rows in left.keys() & right.keys():
                looks = out.setdefault(rows, [])
                for a in left[rows]:
                    for b in right[rows]:
                        cost = a.cost + b.cost + base
                        if _has_no_room(looks, cost):
                            break
                        if (
                            a.sides + b.sides > MOST_SIDES
                            or a.boxes + b.boxes > self._most_boxes
                            or butt(a.right, b.left)
                        ):
                            continue
                        crossing = _meeting(a.seams, b.seams)
                        made = _beside(a, b, cost + seam * len(crossing), crossing)
                        _put(looks, replace(made, left=(), right=(), seams=()) if is_page else made)
                if not looks:
                    del out[rows]


def _leaf(shape: Shape, width: int) -> Cut:
    spans = (shape.span,) if shape.span is not None else ()
    form = shape.seat.form
    return Cut(
        "leaf", shape.rows, width, shape.cost, shape, (), spans, spans,
        sides=int(form in BESIDE_FORMS), boxes=int(form == "boxed"), tops_box=form == "boxed", foots_box=form == "boxed",
    )  # fmt: skip


def _over(top: Cut, bottom: Cut, cost: float) -> Cut:
    shift = top.rows
    return Cut(
        "over", shift + bottom.rows, top.columns, cost, None, (top, bottom),
        top.left + tuple((a + shift, b + shift) for a, b in bottom.left),
        top.right + tuple((a + shift, b + shift) for a, b in bottom.right),
        (*top.seams, shift, *(row + shift for row in bottom.seams)),
        top.sides + bottom.sides, top.boxes + bottom.boxes, top.tops_box, bottom.foots_box,
    )  # fmt: skip


def _over_page(top: Cut, bottom: Cut, cost: float) -> Cut:
    """The same as wide as the page: nothing will stand beside it, so its edges don't matter."""
    return Cut(
        "over", top.rows + bottom.rows, top.columns, cost, None, (top, bottom), (), (), (),
        top.sides + bottom.sides, top.boxes + bottom.boxes, top.tops_box, bottom.foots_box,
    )  # fmt: skip


def _beside(a: Cut, b: Cut, cost: float, seams: tuple[int, ...]) -> Cut:
    return Cut(
        "beside", a.rows, a.columns + b.columns, cost, None, (a, b), a.left, b.right, seams,
        a.sides + b.sides, a.boxes + b.boxes, a.tops_box or b.tops_box, a.foots_box or b.foots_box,
    )  # fmt: skip


def _meeting(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """Rows at which cuts of both sides meet: by accident a seam across both."""
    return tuple(row for row in a if any(abs(row - other) <= SEAM_ROWS for other in b))


def _put(looks: list[Cut], cut: Cut) -> None:
    """Keep a tree where it is among the cheapest of its height, one of each pair of edges.

    One without a side head is kept at any cost: what it is joined to may have one.
    """
    for n, other in enumerate(looks):
        if other.left == cut.left and other.right == cut.right and bool(other.sides) == bool(cut.sides):
            if cut.cost < other.cost:
                looks[n] = cut
                looks.sort(key=_cost)
            return
    looks.append(cut)
    looks.sort(key=_cost)
    if len(looks) > LOOKS:
        free = [n for n, other in enumerate(looks) if not other.sides]
        del looks[-2 if free == [LOOKS] else -1]


def _has_no_room(looks: list[Cut], cost: float) -> bool:
    """Whether a tree of such a cost can't be among those kept of its height."""
    return len(looks) == LOOKS and cost >= looks[-1].cost and any(not cut.sides for cut in looks)


def _is_beaten(looks: list[Cut], cost: float, sides: int, boxes: int) -> bool:
    """Whether one that is kept costs no more and uses no more of what a page may have few of."""
    return any(cut.cost <= cost and cut.sides <= sides and cut.boxes <= boxes for cut in looks)


def _cost(cut: Cut) -> float:
    return cut.cost
