"""通栏排法: articles one under another over the page's full width, running on to the next page.

In: galleys, heads and the page's rows. Out: a `Placed` for each article: its head's place and its
columns' slots. Always places everything: where nothing closes to the line, blank rows are left and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from typeset.makeup.fill import Filled, Item, Option, fill_columns
from typeset.makeup.galley import Galley
from typeset.makeup.heads import Head
from typeset.makeup.shapes import GOOD_PAD_ROWS, LEAST_TEXT_ROWS, closings

SPLIT_COST = 1.0
BLANK_ROW_COST = 4.0
LEAST_CARRIED_ROWS = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """One text column of a frame: page (from 0), column of the page's grid, first row, height in rows."""

    page: int
    column: int
    row: int
    height: int


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


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    cost: float
    head_rows: int
    heights: tuple[int, ...]  # a row of columns on each page it touches
    filled: Filled
    blank: int


@dataclass(frozen=True, slots=True)
class Column:
    """Where the next article starts, and the page it may use."""

    page: int
    row: int


def run_strip(
    galleys: Sequence[Galley], heads: Sequence[Head], columns: int, rows: int, first_row: int, row_pt: float, pads: tuple[int, int]
) -> list[Placed]:
    """Place all articles in order. `first_row` is the first free row of page 1 (below the masthead)."""
    out: list[Placed] = []
    page, row = 0, first_row
    for n, (galley, head) in enumerate(zip(galleys, heads, strict=True)):
        needed = heads[n + 1].rows(row_pt, pads[0]) + LEAST_TEXT_ROWS if n + 1 < len(heads) else None
        choice = _choose(galley, head, columns, rows, row, row_pt, pads, needed)
        if choice is None:
            page, row = page + 1, 0
            choice = _choose(galley, head, columns, rows, row, row_pt, pads, needed)
        if choice is None:
            choice = _any_way(galley, head, columns, rows, row, row_pt, pads)
        placed, page, row = _place(galley, head, choice, columns, rows, page, row)
        out.append(placed)
    return out


def _choose(
    galley: Galley, head: Head, columns: int, rows: int, row: int, row_pt: float, pads: tuple[int, int], needed: int | None
) -> _Choice | None:
    """The cheapest way to set the article from this row on that leaves the next one a place to start."""
    best: _Choice | None = None
    room = rows - row
    whole = closings(galley, columns, room)
    for pad in range(pads[0], pads[1] + 1):
        head_rows = head.rows(row_pt, pad)
        cost = abs(pad - GOOD_PAD_ROWS) + head.cost
        for height, filled in whole.items():
            left = room - head_rows - height
            if left < 0 or (0 < left and needed is not None and left < needed):
                continue
            best = _cheaper(best, _Choice(cost + filled.cost, head_rows, (height,), filled, 0))
        if room - head_rows >= LEAST_TEXT_ROWS:
            split = _split(galley, columns, rows, room - head_rows, needed)
            if split is not None:
                heights, filled = split
                best = _cheaper(best, _Choice(cost + filled.cost + SPLIT_COST, head_rows, heights, filled, 0))
    return best


def _cheaper(best: _Choice | None, choice: _Choice) -> _Choice:
    return choice if best is None or choice.cost < best.cost - 1e-9 else best


def _split(galley: Galley, columns: int, rows: int, first: int, needed: int | None) -> tuple[tuple[int, ...], Filled] | None:
    """Fill this page to its foot and carry the rest over; None where the rest won't close."""
    least = sum(item.least_rows for item in galley.items)
    most = sum(item.most_rows for item in galley.items)
    natural = galley.natural_rows
    if most < columns * (first + LEAST_CARRIED_ROWS):
        return None
    heights = [first]
    while columns * (sum(heights) + rows) < natural - columns * LEAST_CARRIED_ROWS:
        heights.append(rows)
    rest = -(-(natural - columns * sum(heights)) // columns)
    for carried in sorted(range(rest - 1, rest + 3), key=lambda h: abs(h - rest)):
        left = rows - carried
        total = columns * (sum(heights) + carried)
        if carried < LEAST_CARRIED_ROWS or left < 0 or not least <= total <= most:
            continue
        if 0 < left and needed is not None and left < needed:
            continue
        filled = fill_columns(galley.items, [h for h in (*heights, carried) for _ in range(columns)])
        if filled is not None:
            return (*heights, carried), filled
    return None


def _any_way(galley: Galley, head: Head, columns: int, rows: int, row: int, row_pt: float, pads: tuple[int, int]) -> _Choice:
    """Nothing closes: leave blank rows at the end, as few as can be."""
    head_rows = head.rows(row_pt, pads[0])
    filler = Item("blank", -1, -1, -1, tuple(_blank(n) for n in range(2 * columns + 1)))
    natural = galley.natural_rows
    for strict in (True, False):
        items = [*galley.items, filler] if strict else [*(_relaxed(item) for item in galley.items), filler]
        heights: list[int] = [rows - row - head_rows]
        while columns * (sum(heights)) < natural:
            heights.append(rows)
        for drop in range(heights[-1] + 1):
            tried = [*heights[:-1], heights[-1] - drop]
            if columns * sum(tried) > natural + 2 * columns:
                continue
            filled = fill_columns(items, [h for h in tried for _ in range(columns)])
            if filled is not None:
                blank = filled.options[-1].rows
                return _Choice(filled.cost, head_rows, tuple(tried), filled, blank)
    raise AssertionError("a relaxed fill always closes")


def _blank(rows: int) -> Option:
    return Option((0,) * rows, BLANK_ROW_COST * rows, 1.0)


def _relaxed(item: Item) -> Item:
    """The item without its taboos, for texts that no legal setting closes."""
    return replace(item, may_split=True, keeps_next=False, above=((0, 0.0),))


def _place(
    galley: Galley, head: Head, choice: _Choice, columns: int, rows: int, page: int, row: int
) -> tuple[Placed, int, int]:
    slots: list[Slot] = []
    at_page, at_row = page, row + choice.head_rows
    for height in choice.heights:
        slots += [Slot(at_page, column, at_row, height) for column in range(columns)]
        end = at_row + height
        at_page, at_row = (at_page + 1, 0) if end >= rows else (at_page, end)
    placed = Placed(galley, head, page, 0, row, columns, choice.head_rows, tuple(slots), choice.filled, choice.blank)
    return placed, at_page, at_row


HeadMaker = Callable[[int, int], Head | None]
"""(article, width in columns) → its head there."""
