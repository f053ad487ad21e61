"""Articles in their places: what a plan is made of.

In: a tree of cuts, or strips' choices. Out: for each article its head's place, its columns' slots and its
boxes, on the grid.
"""

from __future__ import annotations

from dataclasses import dataclass

from typeset.makeup.cuts import Cut
from typeset.makeup.fill import Filled
from typeset.makeup.galley import Galley
from typeset.makeup.heads import Head
from typeset.makeup.inserts import Insert
from typeset.makeup.shapes import BESIDE_FORMS, Inside, Seat


@dataclass(frozen=True, slots=True)
class Slot:
    """One text column of a frame: page (from 0), column of the page's grid, first row, height in rows."""

    page: int
    column: int
    row: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class PlacedBox:
    """A box in its article: page, first column of the page's grid (or of its frame's own), first row."""

    insert: Insert
    page: int
    column: int
    row: int
    at_foot: bool


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """An article with its place: the head at `row` of `page` over `width_cols` columns, then its slots."""

    galley: Galley
    head: Head
    page: int
    column: int
    row: int
    width_cols: int
    head_rows: int
    slots: tuple[Slot, ...]
    filled: Filled
    blank_rows: int = 0
    keeps_taboos: bool = True
    seat: Seat | None = None
    """Where the head stands, where it is not over all columns at the frame's top."""
    inside: Inside | None = None
    foot_rows: int = 0
    boxes: tuple[PlacedBox, ...] = ()

    @property
    def last_page(self) -> int:
        pages = [slot.page for slot in self.slots] + [box.page for box in self.boxes]
        return max(pages, default=self.page)


def part_slots(
    filled: Filled, part: int, page: int, column: int, row: int, height: int, columns: int
) -> tuple[Slot, ...]:
    """The text's slots on one of its pages: whole columns, or what boxes leave of them."""
    inset = filled.insets[part] if part < len(filled.insets) else None
    if inset is None:
        return tuple(Slot(page, column + n, row, height) for n in range(columns))
    return tuple(Slot(page, column + n, row + first, rows) for n, first, rows in inset.slots)


def part_boxes(
    filled: Filled, part: int, page: int, column: int, frame_row: int, text_row: int
) -> tuple[PlacedBox, ...]:
    """The boxes on one of the text's pages."""
    inset = filled.insets[part] if part < len(filled.insets) else None
    if inset is None:
        return ()
    return tuple(
        PlacedBox(
            s.insert, page, column + s.column, s.row + (frame_row if s.is_over else text_row), s.at_foot
        )
        for s in inset.seated
    )


def leaves(cut: Cut, page: int, column: int, row: int) -> list[Placed]:
    """The tree's articles with their places."""
    if cut.shape is not None:
        shape = cut.shape
        top = row + shape.head_rows
        first = column + (shape.seat.columns if shape.seat.form in BESIDE_FORMS else 0)
        slots = part_slots(shape.filled, 0, page, first, top, shape.heights[0], len(shape.heights))
        boxes = part_boxes(shape.filled, 0, page, first, row, top)
        return [Placed(
            shape.galley, shape.head, page, column, row, cut.columns, shape.head_rows, slots, shape.filled,
            seat=shape.seat, inside=shape.inside, foot_rows=shape.foot_rows,
            boxes=boxes,
        )]  # fmt: skip
    out: list[Placed] = []
    for part in cut.parts:
        out += leaves(part, page, column, row)
        if cut.kind == "over":
            row += part.rows
        else:
            column += part.columns
    return out
