"""通栏排法: articles one under another over the page's full width, running on to the next page.

In: galleys, heads and the page's rows. Out: a `Placed` for each article: its head's place and its
columns' slots. Always places everything: where nothing closes to the line, blank rows are left and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from typeset.makeup.fill import Filled, Item, Option, fill_columns
from typeset.makeup.galley import Galley
from typeset.makeup.heads import Head
from typeset.makeup.shapes import GOOD_PAD_ROWS, LEAST_TEXT_ROWS, Inside, Seat, closings

SPLIT_COST = 1.0
BLANK_ROW_COST = 4.0
STRAIGHT_COST = 50.0
LEAST_CARRIED_ROWS = 3
BEAM = 4
END_ROW_COST = 0.5
AIR_ROW_COST = 0.8
MOST_AIR_ROWS = 5
PAGE_SHARE_COST = 10.0  # a state that is a page further has used so much more paper


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
    keeps_taboos: bool = True
    seat: Seat | None = None
    """Where the head stands, where it is not over all columns at the frame's top."""
    inside: Inside | None = None
    foot_rows: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    cost: float
    head_rows: int
    heights: tuple[int, ...]  # a row of columns on each page it touches
    filled: Filled
    blank: int
    keeps_taboos: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """A way to have set the articles so far: where the next one starts, and the articles before it."""

    cost: float
    page: int
    row: int
    before: _State | None
    placed: Placed | None


def run_strip(
    galleys: Sequence[Galley],
    heads: Sequence[Head],
    columns: int,
    rows: int,
    first_row: int,
    row_pt: float,
    pads: tuple[int, int],
) -> tuple[list[Placed], float]:
    """Place all articles in order, at least cost over a few states that differ in where they end.

    Returns them with the cost, blank rows at the end of the last page included.

    `first_row` is the first free row of page 1 (below the masthead).
    """
    states = [_State(0.0, 0, first_row, None, None)]
    for n, (galley, head) in enumerate(zip(galleys, heads, strict=True)):
        needed = heads[n + 1].rows(row_pt, pads[0]) + LEAST_TEXT_ROWS if n + 1 < len(heads) else 0
        whole = closings(galley, columns, rows)
        splits: dict[int, tuple[tuple[int, ...], Filled] | None] = {}
        ends: dict[tuple[int, int], _State] = {}
        for state in states:
            choices = _choices(galley, head, columns, rows, state.row, row_pt, pads, whole, splits)
            if not choices and rows - state.row < head.rows(row_pt, pads[0]) + LEAST_TEXT_ROWS and state.row:
                cost = state.cost + _foot_cost(rows - state.row)
                state = _State(cost, state.page + 1, 0, state.before, state.placed)
                choices = _choices(galley, head, columns, rows, 0, row_pt, pads, whole, splits)
            if not choices:
                choices = [_any_way(galley, head, columns, rows, state.row, row_pt, pads)]
            for choice in choices:
                placed, page, row = _place(galley, head, choice, columns, rows, state.page, state.row)
                cost = state.cost + choice.cost
                if 0 < rows - row < needed:  # too little for the next head: a blank foot
                    cost += _foot_cost(rows - row)
                    page, row = page + 1, 0
                key = (page, row)
                if key not in ends or cost < ends[key].cost - 1e-9:
                    ends[key] = _State(cost, page, row, state, placed)
        states = sorted(
            ends.values(), key=lambda s: (s.cost + PAGE_SHARE_COST * (s.page + s.row / rows), s.page, s.row)
        )[:BEAM]
    last = states[0]
    return _absorb_feet(_placed_in_order(last), rows), last.cost + END_ROW_COST * ((rows - last.row) % rows)


def _foot_cost(blank: int) -> float:
    """Rows that a page's heads can take as air cost little, the others as blank."""
    return AIR_ROW_COST * min(blank, MOST_AIR_ROWS) + BLANK_ROW_COST * max(0, blank - MOST_AIR_ROWS)


def _absorb_feet(placed: list[Placed], rows: int) -> list[Placed]:
    """Where a page ends above its foot because the next head had no room, its own heads take the rows as air."""
    out = list(placed)
    last_page = max((slot.page for p in placed for slot in p.slots), default=0)
    feet: dict[int, int] = {}
    for p in placed:
        for slot in p.slots:
            feet[slot.page] = max(feet.get(slot.page, 0), slot.row + slot.height)
    for page in range(last_page):
        blank = rows - feet.get(page, rows)
        begin_here = [n for n, p in enumerate(placed) if p.page == page]
        heads = sum(1 for n in begin_here if placed[n].head_rows)
        shift = 0
        for n in begin_here:
            p, air = out[n], 0
            if p.head_rows:
                air = max(0, min(MOST_AIR_ROWS, -(-(blank - shift) // heads)))
                heads -= 1
            slots = tuple(replace(s, row=s.row + shift + air) if s.page == page else s for s in p.slots)
            out[n] = replace(p, row=p.row + shift, head_rows=p.head_rows + air, slots=slots)
            shift += air
    return out


def _placed_in_order(state: _State) -> list[Placed]:
    out: list[Placed] = []
    at: _State | None = state
    while at is not None and at.placed is not None:
        out.append(at.placed)
        at = at.before
    return out[::-1]


def _choices(
    galley: Galley, head: Head, columns: int, rows: int, row: int, row_pt: float, pads: tuple[int, int],
    whole: dict[int, Filled], splits: dict[int, tuple[tuple[int, ...], Filled] | None],
) -> list[_Choice]:  # fmt: skip
    """Every way to set the article from this row on: whole on this page, or on to its foot and over."""
    out: list[_Choice] = []
    room = rows - row
    for pad in range(pads[0], pads[1] + 1):
        head_rows = head.rows(row_pt, pad)
        cost = abs(pad - GOOD_PAD_ROWS) + head.cost
        free = room - head_rows
        out += [
            _Choice(cost + filled.cost, head_rows, (height,), filled, 0)
            for height, filled in whole.items()
            if height <= free
        ]
        if free >= LEAST_TEXT_ROWS:
            if free not in splits:
                splits[free] = _split(galley, columns, rows, free)
            split = splits[free]
            if split is not None:
                out.append(_Choice(cost + split[1].cost + SPLIT_COST, head_rows, split[0], split[1], 0))
    return out


def _split(galley: Galley, columns: int, rows: int, first: int) -> tuple[tuple[int, ...], Filled] | None:
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
        filled = fill_columns(galley.items, [h for h in (*heights, carried) for _ in range(columns)])
        if filled is not None:
            return (*heights, carried), filled
    return None


def _any_way(
    galley: Galley, head: Head, columns: int, rows: int, row: int, row_pt: float, pads: tuple[int, int]
) -> _Choice:
    """Nothing closes: leave blank rows at the end, as few as can be; taboos give way last."""
    head_rows = head.rows(row_pt, pads[0])
    filler = Item("blank", -1, -1, -1, tuple(_blank(n) for n in range(columns)))
    natural = galley.natural_rows
    heights = [max(1, rows - row - head_rows)]
    while columns * sum(heights) < natural:
        heights.append(rows)
    rest = -(-(natural - columns * sum(heights[:-1])) // columns)
    for last in range(max(1, rest - 1), min(heights[-1], rest + 2) + 1):
        tried = (*heights[:-1], last)
        filled = fill_columns([*galley.items, filler], [h for h in tried for _ in range(columns)])
        if filled is not None:
            return _Choice(filled.cost, head_rows, tried, filled, filled.options[-1].rows)
    return _straight(galley, columns, rows, head_rows, heights[0])


def _straight(galley: Galley, columns: int, rows: int, head_rows: int, first: int) -> _Choice:
    """Every item at its natural setting, one after another, whatever the column breaks do."""
    heights = [first]
    while columns * sum(heights) < galley.natural_rows:
        heights.append(rows)
    heights[-1] = max(1, -(-(galley.natural_rows - columns * sum(heights[:-1])) // columns))
    heads = {0, *accumulate(h for h in heights for _ in range(columns))}
    starts: list[int] = []
    at = 0
    for item in galley.items:
        if at not in heads:
            at += item.above[0][0]
        starts.append(at)
        at += item.options[0].rows
    blank = columns * sum(heights) - at
    filled = Filled(
        STRAIGHT_COST + BLANK_ROW_COST * blank, tuple(starts), tuple(item.options[0] for item in galley.items)
    )
    return _Choice(filled.cost, head_rows, tuple(heights), filled, blank, keeps_taboos=False)


def _blank(rows: int) -> Option:
    return Option((0,) * rows, BLANK_ROW_COST * rows, 1.0)


def _place(
    galley: Galley, head: Head, choice: _Choice, columns: int, rows: int, page: int, row: int
) -> tuple[Placed, int, int]:
    slots: list[Slot] = []
    at_page, at_row = page, row + choice.head_rows
    for height in choice.heights:
        slots += [Slot(at_page, column, at_row, height) for column in range(columns)]
        end = at_row + height
        at_page, at_row = (at_page + 1, 0) if end >= rows else (at_page, end)
    placed = Placed(
        galley,
        head,
        page,
        0,
        row,
        columns,
        choice.head_rows,
        tuple(slots),
        choice.filled,
        choice.blank,
        choice.keeps_taboos,
    )
    return placed, at_page, at_row
