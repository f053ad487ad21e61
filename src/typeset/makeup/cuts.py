"""A rectangle of a page as a tree of guillotine cuts: an article's shape, or two parts side by side or one over the other.

A tree knows what stands along its edges, so that no headline butts another when it is joined to its neighbour (H9).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from typeset.makeup.shapes import BESIDE_FORMS, Shape, Span

LEVEL_SHARE = 0.2  # of the lower of two heads side by side, from which on they butt (H9)
SEAM_ROWS = 1  # two cuts that meet within so many rows make one seam


@dataclass(slots=True, eq=False)  # never changed; not frozen, which makes ten thousands of them dear
class Cut:
    """A rectangle of the page, so many rows high and columns wide.

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


def butt(a: tuple[Span, ...], b: tuple[Span, ...]) -> bool:
    """Whether a headline of one edge stands level with one of the other (碰题, H9)."""
    for top, foot in a:
        for other_top, other_foot in b:
            level = min(foot, other_foot) - max(top, other_top)
            if level > LEVEL_SHARE * min(foot - top, other_foot - other_top):
                return True
    return False


def meeting(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """Rows at which cuts of both sides meet: by accident a seam across both."""
    return tuple(row for row in a if any(abs(row - other) <= SEAM_ROWS for other in b))


def leaf(shape: Shape, width: int) -> Cut:
    """An article's shape as a rectangle of so many columns."""
    spans = (shape.span,) if shape.span is not None else ()
    form, seat = shape.seat.form, shape.seat
    # a head beside its text stands at the left edge, where a neighbour's may be level with it
    left = ((float(seat.row), float(seat.row + seat.rows)),) if form == "side" else spans
    return Cut(
        "leaf", shape.rows, width, shape.cost, shape, (), left, spans,
        sides=int(form in BESIDE_FORMS), boxes=int(form == "boxed"), tops_box=form == "boxed", foots_box=form == "boxed",
    )  # fmt: skip


def over(top: Cut, bottom: Cut, cost: float) -> Cut:
    """One over the other."""
    shift = top.rows
    return Cut(
        "over", shift + bottom.rows, top.columns, cost, None, (top, bottom),
        top.left + tuple([(a + shift, b + shift) for a, b in bottom.left]),
        top.right + tuple([(a + shift, b + shift) for a, b in bottom.right]),
        (*top.seams, shift, *[row + shift for row in bottom.seams]),
        top.sides + bottom.sides, top.boxes + bottom.boxes, top.tops_box, bottom.foots_box,
    )  # fmt: skip


def beside(a: Cut, b: Cut, cost: float, seams: tuple[int, ...]) -> Cut:
    """One right of the other, level at top and foot; `seams` cross both."""
    return Cut(
        "beside", a.rows, a.columns + b.columns, cost, None, (a, b), a.left, b.right, seams,
        a.sides + b.sides, a.boxes + b.boxes, a.tops_box or b.tops_box, a.foots_box or b.foots_box,
    )  # fmt: skip
