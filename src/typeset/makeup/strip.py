"""通栏排法: articles one under another over the page's full width, running on to the next page.

Neighbours that are short may share a band: a page-wide tree of cuts that closes by itself. In: galleys, heads,
bands and the page's rows. Out: a `Placed` for each article: its head's place and its columns' slots. Always
places everything: where nothing closes to the line, blank rows are left and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from typeset.makeup.cuts import Cut
from typeset.makeup.placed import Placed, PlacedBox, Slot, leaves, part_boxes, part_slots
from typeset.makeup.shapes import AIR_ROWS, Seat
from typeset.makeup.ways import (
    BLANK_ROW_COST,
    OPEN_FOOT_COST,
    UNUSED,
    Choice,
    PageUse,
    StripArticle,
    Variant,
    most_air_rows,
)

USUAL_MOST = PageUse(1, 2)
BEAM = 60
OPEN_END_COST = 40.0  # a last page that ends above its foot
END_ROW_COST = 1.0
PAGE_COST = 20.0
AIR_ROW_COST = 1.5
PAGE_SHARE_COST = 10.0  # a state that is a page further has used so much more paper


@dataclass(slots=True, eq=False)  # never changed; not frozen, which makes ten thousands of them dear
class _State:
    """A way to have set the articles so far: where the next one starts, and the last one or band, from `before` on."""

    cost: float
    page: int
    row: int
    before: _State | None
    last: Choice | Cut | None
    use: PageUse = UNUSED
    """Of the page that the next one starts on."""


Bands = Callable[[int, int], Iterable[Cut]]
"""(first article, how many) → page-wide trees of cuts of these neighbours."""
MOST_IN_BAND = 3


def no_bands(first: int, count: int) -> Iterable[Cut]:
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Articles to be placed in order on pages of so many rows and columns."""

    articles: tuple[StripArticle, ...]
    rows: int
    columns: int
    bands: Bands
    most: PageUse

    @classmethod
    def of(
        cls, articles: Sequence[Sequence[Variant]], rows: int, row_pt: float, pads: tuple[int, int], columns: int,
        bands: Bands = no_bands, most: PageUse = USUAL_MOST,
    ) -> Strip:  # fmt: skip
        """`articles`: each one's variants, the usual one first."""
        made = tuple(StripArticle(variants, rows, row_pt, pads) for variants in articles)
        return cls(made, rows, columns, bands, most)

    def run(self, first_row: int) -> tuple[list[Placed], float, int]:
        """Place all articles, at least cost over a few states that differ in where they end.

        Returns them with the cost and the blank rows at the end of the last page. `first_row` is the first
        free row of page 1 (below the masthead).
        """
        rows, count = self.rows, len(self.articles)
        after: list[dict[tuple[int, int], _State]] = [{} for _ in range(count + 1)]
        states = [_State(0.0, 0, first_row, None, None)]
        for n in range(count):
            for state in states:
                self._extend(after, n, state)
            states = sorted(
                after[n + 1].values(),
                key=lambda s: (s.cost + PAGE_SHARE_COST * (s.page + s.row / rows), s.page, s.row),
            )[:BEAM]
        last = min(states, key=lambda s: s.cost + PAGE_COST * (s.page + (s.row > 0)) + _end_cost(s, rows))
        blank = (rows - last.row) % rows
        return (
            _absorb_feet(_placed_in_order(last, self.columns, rows), rows),
            last.cost + _end_cost(last, rows),
            blank,
        )

    def _extend(self, after: list[dict[tuple[int, int], _State]], n: int, state: _State) -> None:
        """Every way to go on from a state: the next article alone, or in a band with its neighbours."""
        for start, choice in _starts(self.articles[n], state, self.most):
            _put(after[n + 1], _set(start, choice, self.rows, self._needed(n + 1)))
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


def _set(start: _State, choice: Choice, rows: int, needed: int) -> _State:
    """The state after an article that is set so from here."""
    *_, (page, row) = _parts(choice, rows, start.page, start.row)
    use = start.use + choice.use if page == start.page else UNUSED
    return _ended(start.cost + choice.cost, page, row, rows, needed, start, choice, use)


def _set_band(start: _State, cut: Cut, rows: int, needed: int) -> _State:
    """The state after a band from here."""
    row = start.row + cut.rows
    page, row = (start.page + 1, 0) if row == rows else (start.page, row)
    use = start.use + PageUse(cut.sides, cut.boxes) if page == start.page else UNUSED
    return _ended(start.cost + cut.cost, page, row, rows, needed, start, cut, use)


def _ended(
    cost: float, page: int, row: int, rows: int, needed: int, start: _State, last: Choice | Cut, use: PageUse
) -> _State:  # fmt: skip
    if 0 < rows - row < needed:  # too little for the next head: a blank foot
        air = use.air_rows if page == start.page else 0
        return _State(cost + _foot_cost(rows - row, air), page + 1, 0, start, last)
    return _State(cost, page, row, start, last, use)


def _band_starts(state: _State, cut: Cut, rows: int, most: PageUse) -> Iterator[_State]:
    """From where the state ends, or from the next page's head where little is left."""
    use = PageUse(cut.sides, cut.boxes)
    if state.row + cut.rows <= rows and (state.use + use).is_within(most):
        yield state
    room = rows - state.row
    if state.row and room <= state.use.air_rows:
        yield _over_page(state, room)


def _over_page(state: _State, room: int) -> _State:
    cost = state.cost + _foot_cost(room, state.use.air_rows)
    return _State(cost, state.page + 1, 0, state.before, state.last)


def _end_cost(state: _State, rows: int) -> float:
    blank = (rows - state.row) % rows
    return (OPEN_END_COST + END_ROW_COST * blank) if blank else 0.0


def _starts(article: StripArticle, state: _State, most: PageUse) -> list[tuple[_State, Choice]]:
    """The choices from where the state ends, else from the next page's head, else any way at all."""
    choices = _choices(article, state, most)
    room = article.rows - state.row
    is_short = room < article.least_rows or not article.variants[0].may_split
    if state.row and (room <= state.use.air_rows or (not choices and is_short)):
        over = _over_page(state, room)
        choices += _choices(article, over, most)
        state = over if not choices else state
    return choices or [_any_choice(article, state, most)]


def _choices(article: StripArticle, state: _State, most: PageUse) -> list[tuple[_State, Choice]]:
    return [
        (state, choice) for choice in article.choices(state.row) if (state.use + choice.use).is_within(most)
    ]


def _any_choice(article: StripArticle, state: _State, most: PageUse) -> tuple[_State, Choice]:
    """However it closes; on the next page where this one holds all the boxes that it may."""
    choice = article.any_choice(state.row)
    if state.row and not (state.use + choice.use).is_within(most):
        return _over_page(state, article.rows - state.row), article.any_choice(0)
    return state, choice


def _foot_cost(blank: int, most_air: int) -> float:
    """Rows that a page's heads can take as air cost little, the others as an open foot."""
    air = min(blank, most_air)
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
        room = sum(_air_rows(units[n]) for n in begin_here)
        shift = 0
        for n in begin_here:
            own = _air_rows(units[n])
            air = min(own, -(-(blank - shift) * own // room)) if room else 0
            room -= own
            out[n] = tuple(_moved(p, page, shift, air) for p in out[n])
            shift += air
    return [p for unit in out for p in unit]


def _air_rows(unit: tuple[Placed, ...]) -> int:
    seat = unit[0].seat
    return most_air_rows(unit[0].head, seat is not None and seat.form == "boxed") if len(unit) == 1 else 0


def _moved(p: Placed, page: int, shift: int, air: int) -> Placed:
    """An article so many rows further down its page, with so many rows more about its head, or over its border."""
    slots = tuple(replace(s, row=s.row + shift + air) if s.page == page else s for s in p.slots)
    boxes = tuple(replace(b, row=b.row + shift + air) if b.page == page else b for b in p.boxes)
    seat = replace(p.seat, row=p.seat.row + air) if p.seat is not None and p.seat.form == "boxed" else p.seat
    return replace(p, row=p.row + shift, head_rows=p.head_rows + air, slots=slots, boxes=boxes, seat=seat)


def _placed_in_order(state: _State, page_columns: int, rows: int) -> list[tuple[Placed, ...]]:
    out: list[tuple[Placed, ...]] = []
    at = state
    while at.before is not None and at.last is not None:
        page, row = at.before.page, at.before.row
        if isinstance(at.last, Cut):
            out.append(tuple(leaves(at.last, page, 0, row)))
        else:
            out.append((_place(at.last, page_columns, rows, page, row),))
        at = at.before
    return out[::-1]


def _parts(choice: Choice, rows: int, page: int, row: int) -> list[tuple[int, int]]:
    """The page and row at which each part of the text begins, and where all ends."""
    at = page, row + choice.head_rows
    out = [at]
    for height in choice.heights:
        end = at[1] + height + choice.foot_rows
        at = (at[0] + 1, 0) if end >= rows else (at[0], end)
        out.append(at)
    return out


def _place(choice: Choice, width_cols: int, rows: int, page: int, row: int) -> Placed:
    variant, head = choice.variant, choice.variant.head
    slots: list[Slot] = []
    boxes: list[PlacedBox] = []
    parts = _parts(choice, rows, page, row)
    for part, (height, (at_page, at_row)) in enumerate(zip(choice.heights, parts, strict=False)):
        slots += part_slots(choice.filled, part, at_page, 0, at_row, height, variant.columns)
        boxes += part_boxes(choice.filled, part, at_page, 0, row, at_row)
    seat = None
    if variant.is_boxed:
        display = choice.head_rows - AIR_ROWS - head.byline_rows if head.lines else 0
        seat = Seat("boxed", 0, width_cols, AIR_ROWS, display)
    return Placed(
        variant.galley, head, page, 0, row, width_cols, choice.head_rows, tuple(slots), choice.filled, choice.blank,
        choice.keeps_taboos, seat, variant.inside, choice.foot_rows, tuple(boxes),
    )  # fmt: skip
