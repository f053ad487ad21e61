"""通栏排法: articles one under another over the page's full width, running on to the next page.

Neighbours that are short may share a band: a page-wide tree of cuts that closes by itself. In: galleys, heads,
bands and the page's rows. Out: a `Placed` for each article: its head's place and its columns' slots. Always
places everything: where nothing closes to the line, blank rows are left and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from typeset.makeup.fill import Filled, Item, Option, fill_columns
from typeset.makeup.galley import Galley
from typeset.makeup.heads import Head
from typeset.makeup.inserts import Boxes, arrangements, seat_parts, slot_heights
from typeset.makeup.pack import Cut
from typeset.makeup.placed import Placed, PlacedBox, Slot, leaves, part_boxes, part_slots
from typeset.makeup.shapes import (
    AIR_ROWS,
    BOX_FOOT_ROWS,
    GOOD_PAD_ROWS,
    LEAST_TEXT_ROWS,
    Inside,
    Seat,
    closings,
)

SPLIT_COST = 1.0
BLANK_ROW_COST = 4.0
OPEN_FOOT_COST = 60.0  # an article that does not close
STRAIGHT_COST = 120.0
LEAST_CARRIED_ROWS = 3
BEAM = 60
OPEN_END_COST = 40.0  # a last page that ends above its foot
END_ROW_COST = 1.0
PAGE_COST = 20.0
AIR_ROW_COST = 1.5
MOST_AIR_ROWS = 2  # a head, more than its padding
PAGE_SHARE_COST = 10.0  # a state that is a page further has used so much more paper


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """A way to set an article over the page's width: its text columns, a box of its own (`inside`), what that costs."""

    galley: Galley
    head: Head
    columns: int
    inside: Inside | None = None
    is_boxed: bool = False
    cost: float = 0.0
    boxes: Boxes = ()
    may_split: bool = True
    """Whether it may run on to the next page."""


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    cost: float
    head_rows: int
    heights: tuple[int, ...]  # a row of columns on each page it touches
    filled: Filled
    blank: int
    variant: Variant
    keeps_taboos: bool = True

    @property
    def foot_rows(self) -> int:
        return BOX_FOOT_ROWS if self.variant.is_boxed else 0

    @property
    def use(self) -> PageUse:
        return PageUse(0, int(self.variant.is_boxed), 1)


@dataclass(frozen=True, slots=True)
class PageUse:
    """What a page may hold so many of, and holds: heads beside their text, boxes; heads that can take air."""

    sides: int = 0
    boxes: int = 0
    heads: int = 0

    def __add__(self, other: PageUse) -> PageUse:
        return PageUse(self.sides + other.sides, self.boxes + other.boxes, self.heads + other.heads)

    def is_within(self, most: PageUse) -> bool:
        return self.sides <= most.sides and self.boxes <= most.boxes


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """A way to have set the articles so far: where the next one starts, and the articles before it."""

    cost: float
    page: int
    row: int
    before: _State | None
    placed: tuple[Placed, ...]
    use: PageUse = PageUse()
    """Of the page that the next one starts on."""


Bands = Callable[[int, int], Iterable[Cut]]
"""(first article, how many) → page-wide trees of cuts of these neighbours."""
MOST_IN_BAND = 3


def no_bands(first: int, count: int) -> Iterable[Cut]:
    return ()


class _Article:
    """One article's variants with what closes them, worked out once for all states."""

    def __init__(self, variants: Sequence[Variant], rows: int, row_pt: float, pads: tuple[int, int]) -> None:
        self.variants = variants
        self.rows = rows
        self.row_pt = row_pt
        self.pads = pads
        self.whole = [
            closings(v.galley, v.columns, rows, arrangements(v.boxes, v.columns) if v.boxes else None)
            for v in variants
        ]
        self._splits: dict[tuple[int, int], list[tuple[tuple[int, ...], Filled]]] = {}

    @property
    def least_rows(self) -> int:
        """What a page must have left for its head and the first lines."""
        return self.variants[0].head.rows(self.row_pt, self.pads[0]) + LEAST_TEXT_ROWS

    def choices(self, row: int) -> list[_Choice]:
        """Every way to set the article from this row on: whole on this page, or on to its foot and over."""
        out: list[_Choice] = []
        room = self.rows - row
        for n, variant in enumerate(self.variants):
            frame = AIR_ROWS + BOX_FOOT_ROWS if variant.is_boxed else 0
            for pad in range(self.pads[0], self.pads[1] + 1):
                head = variant.head.rows(self.row_pt, pad)
                cost = variant.cost + abs(pad - GOOD_PAD_ROWS) + variant.head.cost
                free = room - head - frame
                above = head + (AIR_ROWS if variant.is_boxed else 0)
                out += [
                    _Choice(cost + filled.cost, above, (height,), filled, 0, variant)
                    for height, filled in self.whole[n].items()
                    if height <= free
                ]
                if free >= LEAST_TEXT_ROWS and not variant.is_boxed and variant.may_split:
                    out += [
                        _Choice(cost + filled.cost + SPLIT_COST, head, heights, filled, 0, variant)
                        for heights, filled in self._split(n, free)
                    ]
        return out

    def _split(self, variant: int, free: int) -> list[tuple[tuple[int, ...], Filled]]:
        key = (variant, free)
        if key not in self._splits:
            self._splits[key] = _split(self.variants[variant], self.rows, free)
        return self._splits[key]


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Articles to be placed in order on pages of so many rows and columns."""

    articles: tuple[_Article, ...]
    rows: int
    columns: int
    bands: Bands
    most: PageUse

    @classmethod
    def of(
        cls, articles: Sequence[Sequence[Variant]], rows: int, row_pt: float, pads: tuple[int, int], columns: int,
        bands: Bands = no_bands, most: PageUse = PageUse(1, 2),
    ) -> Strip:  # fmt: skip
        """`articles`: each one's variants, the usual one first."""
        made = tuple(_Article(variants, rows, row_pt, pads) for variants in articles)
        return cls(made, rows, columns, bands, most)

    def run(self, first_row: int) -> tuple[list[Placed], float, int]:
        """Place all articles, at least cost over a few states that differ in where they end.

        Returns them with the cost and the blank rows at the end of the last page. `first_row` is the first
        free row of page 1 (below the masthead).
        """
        rows, count = self.rows, len(self.articles)
        after: list[dict[tuple[int, int], _State]] = [{} for _ in range(count + 1)]
        states = [_State(0.0, 0, first_row, None, ())]
        for n in range(count):
            for state in states:
                self._extend(after, n, state)
            states = sorted(
                after[n + 1].values(),
                key=lambda s: (s.cost + PAGE_SHARE_COST * (s.page + s.row / rows), s.page, s.row),
            )[:BEAM]
        last = min(states, key=lambda s: s.cost + PAGE_COST * (s.page + (s.row > 0)) + _end_cost(s, rows))
        blank = (rows - last.row) % rows
        return _absorb_feet(_placed_in_order(last), rows), last.cost + _end_cost(last, rows), blank

    def _extend(self, after: list[dict[tuple[int, int], _State]], n: int, state: _State) -> None:
        """Every way to go on from a state: the next article alone, or in a band with its neighbours."""
        for start, choice in _starts(self.articles[n], state):
            if (start.use + choice.use).is_within(self.most):
                _put(after[n + 1], _set(start, choice, self.columns, self.rows, self._needed(n + 1)))
        for count in range(2, min(MOST_IN_BAND, len(self.articles) - n) + 1):
            for cut in self.bands(n, count):
                for start in _band_starts(state, cut, self.rows, self.most):
                    _put(after[n + count], _set_band(start, cut, self.rows, self._needed(n + count)))

    def _needed(self, n: int) -> int:
        """Rows that a page must have left for the next article's head and first lines."""
        return self.articles[n].least_rows if n < len(self.articles) else 0


def _put(ends: dict[tuple[int, int], _State], state: _State) -> None:
    key = (state.page, state.row)
    if key not in ends or state.cost < ends[key].cost - 1e-9:
        ends[key] = state


def _set(start: _State, choice: _Choice, page_columns: int, rows: int, needed: int) -> _State:
    """The state after an article that is set so from here."""
    placed, page, row = _place(choice, page_columns, rows, start.page, start.row)
    use = start.use + choice.use if page == start.page else PageUse()
    return _ended(start.cost + choice.cost, page, row, rows, needed, start, (placed,), use)


def _set_band(start: _State, cut: Cut, rows: int, needed: int) -> _State:
    """The state after a band from here."""
    placed = tuple(leaves(cut, start.page, 0, start.row))
    row = start.row + cut.rows
    page, row = (start.page + 1, 0) if row == rows else (start.page, row)
    use = start.use + PageUse(cut.sides, cut.boxes) if page == start.page else PageUse()
    return _ended(start.cost + cut.cost, page, row, rows, needed, start, placed, use)


def _ended(
    cost: float, page: int, row: int, rows: int, needed: int, start: _State, placed: tuple[Placed, ...], use: PageUse
) -> _State:  # fmt: skip
    if 0 < rows - row < needed:  # too little for the next head: a blank foot
        heads = use.heads if page == start.page else 0
        return _State(cost + _foot_cost(rows - row, heads), page + 1, 0, start, placed)
    return _State(cost, page, row, start, placed, use)


def _band_starts(state: _State, cut: Cut, rows: int, most: PageUse) -> Iterator[_State]:
    """From where the state ends, or from the next page's head where little is left."""
    use = PageUse(cut.sides, cut.boxes)
    if state.row + cut.rows <= rows and (state.use + use).is_within(most):
        yield state
    room = rows - state.row
    if state.row and room <= MOST_AIR_ROWS * state.use.heads:
        yield _over_page(state, room)


def _over_page(state: _State, room: int) -> _State:
    return _State(
        state.cost + _foot_cost(room, state.use.heads), state.page + 1, 0, state.before, state.placed
    )


def _end_cost(state: _State, rows: int) -> float:
    blank = (rows - state.row) % rows
    return (OPEN_END_COST + END_ROW_COST * blank) if blank else 0.0


def _starts(article: _Article, state: _State) -> list[tuple[_State, _Choice]]:
    """The choices from where the state ends, else from the next page's head, else any way at all."""
    choices = [(state, choice) for choice in article.choices(state.row)]
    room = article.rows - state.row
    is_short = room < article.least_rows or not article.variants[0].may_split
    if state.row and (room <= MOST_AIR_ROWS * state.use.heads or (not choices and is_short)):
        over = _over_page(state, room)
        choices += [(over, choice) for choice in article.choices(0)]
        state = over if not choices else state
    if choices:
        return choices
    return [(state, _any_way(article.variants[0], article.rows, state.row, article.row_pt, article.pads))]


def _foot_cost(blank: int, heads: int) -> float:
    """Rows that a page's heads can take as air cost little, the others as an open foot."""
    air = min(blank, MOST_AIR_ROWS * heads)
    rest = blank - air
    return AIR_ROW_COST * air + (OPEN_FOOT_COST + BLANK_ROW_COST * rest if rest else 0.0)


def open_feet(placed: Iterable[Placed], rows: int) -> int:
    """Rows left at the feet of all pages but the last."""
    feet = _feet(placed)
    return sum(rows - feet.get(page, 0) for page in range(max(feet, default=0)))


def _feet(placed: Iterable[Placed]) -> dict[int, int]:
    """The row at which the last article of each page ends."""
    feet: dict[int, int] = {}
    for p in placed:
        ends = [(slot.page, slot.row + slot.height) for slot in p.slots]
        ends += [(box.page, box.row + box.insert.rows) for box in p.boxes]
        for page, end in ends:
            feet[page] = max(feet.get(page, 0), end + p.foot_rows)
    return feet


def _absorb_feet(units: list[tuple[Placed, ...]], rows: int) -> list[Placed]:
    """Where a page ends above its foot because the next head had no room, its own heads take the rows as air.

    A band moves down as one and takes none.
    """
    feet = _feet(p for unit in units for p in unit)
    last_page = max(feet, default=0)
    out = list(units)
    for page in range(last_page):
        blank = rows - feet.get(page, rows)
        begin_here = [n for n, unit in enumerate(units) if unit[0].page == page]
        heads = sum(1 for n in begin_here if _takes_air(units[n]))
        shift = 0
        for n in begin_here:
            air = 0
            if _takes_air(units[n]):
                air = max(0, min(MOST_AIR_ROWS, -(-(blank - shift) // heads)))
                heads -= 1
            out[n] = tuple(_moved(p, page, shift, air) for p in out[n])
            shift += air
    return [p for unit in out for p in unit]


def _takes_air(unit: tuple[Placed, ...]) -> bool:
    return len(unit) == 1 and unit[0].head_rows > 0


def _moved(p: Placed, page: int, shift: int, air: int) -> Placed:
    """An article so many rows further down its page, its head with so many rows more."""
    slots = tuple(replace(s, row=s.row + shift + air) if s.page == page else s for s in p.slots)
    boxes = tuple(replace(b, row=b.row + shift + air) if b.page == page else b for b in p.boxes)
    return replace(p, row=p.row + shift, head_rows=p.head_rows + air, slots=slots, boxes=boxes)


def _placed_in_order(state: _State) -> list[tuple[Placed, ...]]:
    out: list[tuple[Placed, ...]] = []
    at: _State | None = state
    while at is not None and at.placed:
        out.append(at.placed)
        at = at.before
    return out[::-1]


def _split(variant: Variant, rows: int, first: int) -> list[tuple[tuple[int, ...], Filled]]:
    """Fill this page to its foot and carry the rest over: every height of the rest that closes."""
    galley, columns = variant.galley, variant.columns
    cells = sum(options[0].rows * options[0].span for options in variant.boxes)
    loose = max((options[-1].rows * options[-1].span for options in variant.boxes), default=0)
    least = sum(item.least_rows for item in galley.items) + cells - loose
    most = sum(item.most_rows for item in galley.items) + cells + loose
    natural = galley.natural_rows + cells
    if most < columns * (first + LEAST_CARRIED_ROWS):
        return []
    heights = [first]
    while columns * (sum(heights) + rows) < natural - columns * LEAST_CARRIED_ROWS:
        heights.append(rows)
    out = []
    done = sum(heights)
    for carried in range(
        max(LEAST_CARRIED_ROWS, -(-least // columns) - done), min(rows, most // columns - done) + 1
    ):
        filled = _fill_parts(variant, (*heights, carried))
        if filled is not None:
            out.append(((*heights, carried), filled))
    return out


def _fill_parts(variant: Variant, heights: tuple[int, ...], more: tuple[Item, ...] = ()) -> Filled | None:
    """Close columns of these heights on page after page with the text, its boxes among them, and `more` after it."""
    seated = seat_parts(variant.boxes, variant.columns, heights)
    if seated is None:
        return None
    insets, cost = seated
    filled = fill_columns([*variant.galley.items, *more], slot_heights(insets, heights, variant.columns))
    if filled is None or not variant.boxes:
        return filled
    return replace(filled, cost=filled.cost + cost, insets=tuple(insets))


def _any_way(variant: Variant, rows: int, row: int, row_pt: float, pads: tuple[int, int]) -> _Choice:
    """Nothing closes: leave blank rows at the end, as few as can be; taboos give way last."""
    columns = variant.columns
    head_rows = variant.head.rows(row_pt, pads[0])
    filler = Item("blank", -1, -1, -1, tuple(_blank(n) for n in range(columns)))
    heights = _natural_heights(variant, rows, max(1, rows - row - head_rows))
    for last in range(max(1, heights[-1] - 1), heights[-1] + 3):
        if last > (rows if len(heights) > 1 else rows - row - head_rows):
            break
        tried = (*heights[:-1], last)
        filled = _fill_parts(variant, tried, (filler,))
        if filled is not None:
            return _Choice(
                OPEN_FOOT_COST + filled.cost, head_rows, tried, filled, filled.options[-1].rows, variant
            )
    return _straight(variant, head_rows, heights)


def _natural_heights(variant: Variant, rows: int, first: int) -> tuple[int, ...]:
    """Columns on page after page that hold the text at its natural setting and all boxes, the last as low as can be."""
    columns, natural = variant.columns, variant.galley.natural_rows

    def holds(heights: Sequence[int]) -> bool:
        seated = seat_parts(variant.boxes, columns, heights)
        return seated is not None and sum(slot_heights(seated[0], heights, columns)) >= natural

    heights = [first]
    while not holds(heights):
        heights.append(rows)
    rest = heights[:-1]
    low = 1 if variant.boxes else max(1, -(-(natural - columns * sum(rest)) // columns))
    return (*rest, next(last for last in range(low, heights[-1] + 1) if holds([*rest, last])))


def _straight(variant: Variant, head_rows: int, heights: tuple[int, ...]) -> _Choice:
    """Every item at its natural setting, one after another, whatever the column breaks do."""
    galley, columns = variant.galley, variant.columns
    seated = seat_parts(variant.boxes, columns, heights)
    assert seated is not None
    slots = slot_heights(seated[0], heights, columns)
    heads = {0, *accumulate(slots)}
    starts: list[int] = []
    at = 0
    for item in galley.items:
        if at not in heads:
            at += item.above[0][0]
        starts.append(at)
        at += item.options[0].rows
    blank = sum(slots) - at
    filled = Filled(
        STRAIGHT_COST + BLANK_ROW_COST * blank, tuple(starts), tuple(item.options[0] for item in galley.items),
        tuple(seated[0]),
    )  # fmt: skip
    return _Choice(filled.cost, head_rows, heights, filled, blank, variant, keeps_taboos=False)


def _blank(rows: int) -> Option:
    return Option((0,) * rows, BLANK_ROW_COST * rows, 1.0)


def _place(choice: _Choice, width_cols: int, rows: int, page: int, row: int) -> tuple[Placed, int, int]:
    variant, head = choice.variant, choice.variant.head
    slots: list[Slot] = []
    boxes: list[PlacedBox] = []
    at_page, at_row = page, row + choice.head_rows
    for part, height in enumerate(choice.heights):
        slots += part_slots(choice.filled, part, at_page, 0, at_row, height, variant.columns)
        boxes += part_boxes(choice.filled, part, at_page, 0, row, at_row)
        end = at_row + height + choice.foot_rows
        at_page, at_row = (at_page + 1, 0) if end >= rows else (at_page, end)
    seat = None
    if variant.is_boxed:
        display = choice.head_rows - AIR_ROWS - head.byline_rows if head.lines else 0
        seat = Seat("boxed", 0, width_cols, AIR_ROWS, display)
    placed = Placed(
        variant.galley, head, page, 0, row, width_cols, choice.head_rows, tuple(slots), choice.filled, choice.blank,
        choice.keeps_taboos, seat, variant.inside, choice.foot_rows, tuple(boxes),
    )  # fmt: skip
    return placed, at_page, at_row
