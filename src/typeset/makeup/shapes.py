"""The rectangles that an article can take: width in columns × height in rows, each closed to the last line.

In: a galley maker and heads. Out: for each width a dict from height to the best `Shape`s, one of each look.
Forms (题式): `top`, the head over all columns; `side`, the head in the first columns, level with the text
beside it; `standing`, such a head with lines that run downwards (竖题); `boxed`, the whole article inside a border (花边) with a measure of its own (破栏).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from typeset.makeup.fill import Filled, fill_columns
from typeset.makeup.galley import Galley
from typeset.makeup.heads import HEAD_DROP, Head
from typeset.makeup.inserts import Arrangement
from typeset.model.layout import BodySetting, BoxSpec

SHORT_COLUMN_ROWS = 9
LONG_COLUMN_ROWS = 45
LEAST_TEXT_ROWS = 5  # T41: under a headline
SHORT_TEXT_ROWS = 15  # an article of fewer
LEAST_SHORT_ROWS = 2  # has at least so many in each column
SHORT_ROW_COST = 2.0
GOOD_PAD_ROWS = 2
AIR_ROWS = 1  # above a frame that has no head over its columns: a side head's, a box's
BOX_FOOT_ROWS = 1  # the border's, under a box's text
LOOSEST_SIDE = 1.7  # a side head's column is at most so much higher than the head
MOST_MEASURE_EM = 24
RIGID_ROWS = 40
MOST_SINGLE_MEASURE_EM = 28
BROKEN_COST = 4.0
MOST_GUTTER_MORE_EM = 1.6  # than the page's own
LOOKS_A_HEIGHT = 4
Form = Literal["top", "side", "standing", "boxed"]
BESIDE_FORMS = ("side", "standing")
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a head stands in its frame: columns from `column` on, rows from `row` on, `rows` of display; byline below."""

    form: Form
    column: int
    columns: int
    row: int
    rows: int


@dataclass(frozen=True, slots=True)
class Inside:
    """A box's own columns: their number, measure, gutter and the inset from the frame's edge, in ems of the body."""

    columns: int
    measure_em: int
    gutter_em: float
    inset_em: float

    @property
    def width_em(self) -> float:
        return self.columns * self.measure_em + (self.columns - 1) * self.gutter_em


@dataclass(slots=True, eq=False)  # never changed; not frozen, which makes ten thousands of them dear
class Shape:
    """An article in `width_cols` columns: `head_rows`, then `heights` of text rows a column, then `foot_rows`."""

    galley: Galley
    head: Head
    seat: Seat
    width_cols: int
    head_rows: int
    heights: tuple[int, ...]
    filled: Filled
    cost: float
    span: Span | None = None
    """Rows from the frame's top that the headline takes at both edges (H9); None where it can't butt."""
    foot_rows: int = 0
    inside: Inside | None = None

    @property
    def rows(self) -> int:
        return self.head_rows + self.heights[0] + self.foot_rows


def inside_box(setting: BodySetting, width_cols: int, spec: BoxSpec) -> Inside | None:
    """A box's columns, whole ems wide: one fewer than the page's where that keeps lines readable (破栏)."""
    width = width_cols * setting.measure_em + (width_cols - 1) * setting.gutter_em
    room = width - 2 * spec.padding_em
    for columns in (max(1, width_cols - 1), width_cols):
        measure = int((room - (columns - 1) * setting.gutter_em) // columns)
        if spec.least_measure_em <= measure <= MOST_MEASURE_EM:
            spare = room - columns * measure
            gutter = min(spare / (columns - 1), setting.gutter_em + 1) if columns > 1 else 0.0
            taken = columns * measure + (columns - 1) * gutter
            return Inside(columns, measure, gutter, (width - taken) / 2)
    return None


def broken_columns(
    setting: BodySetting, width_cols: int, least_measure_em: int, may_be_one: bool = False
) -> Iterator[Inside]:
    """破栏: other columns over the same width, whole ems wide; as many as the page's, narrower, or fewer.

    `may_be_one`: also a single wide one, for a few lines over or under a table.
    """
    width = width_cols * setting.measure_em + (width_cols - 1) * setting.gutter_em
    if may_be_one and width_cols > 1 and int(width) <= MOST_SINGLE_MEASURE_EM:
        yield Inside(1, int(width), 0.0, 0.0)
    for columns in range(width_cols, 1, -1):
        most = int((width - (columns - 1) * setting.gutter_em) // columns)
        for measure in (most, most - 1):
            gutter = (width - columns * measure) / (columns - 1)
            is_pages_own = columns == width_cols and measure == setting.measure_em
            fits = (
                least_measure_em <= measure <= MOST_MEASURE_EM
                and gutter <= setting.gutter_em + MOST_GUTTER_MORE_EM
            )
            if fits and not is_pages_own:
                yield Inside(columns, measure, gutter, 0.0)


def closings(
    galley: Galley, columns: int, most_rows: int, arranged: Sequence[Arrangement] | None = None,
    may_leave_first: bool = False,
) -> dict[int, Filled]:  # fmt: skip
    """Every column height at which the text closes exactly over so many columns, with the cheapest of its arrangements.

    `may_leave_first`: a few short paragraphs that close at none may leave a first line alone at a column's foot.
    """
    found = _closings(galley, columns, most_rows, arranged, may_leave_first=False)
    if found or not may_leave_first or columns == 1 or galley.natural_rows > RIGID_ROWS:
        return found
    found = _closings(galley, columns, most_rows, arranged, may_leave_first=True)
    return {height: replace(filled, leaves_first=True) for height, filled in found.items()}


def _closings(
    galley: Galley,
    columns: int,
    most_rows: int,
    arranged: Sequence[Arrangement] | None,
    may_leave_first: bool,
) -> dict[int, Filled]:
    if arranged is not None:
        return _closings_beside(galley, columns, most_rows, arranged, may_leave_first)
    least = sum(item.least_rows for item in galley.items)
    most = sum(item.most_rows for item in galley.items)
    out: dict[int, Filled] = {}
    for height in range(max(1, -(-least // columns)), min(most // columns, most_rows) + 1):
        filled = fill_columns(galley.items, [height] * columns, may_leave_first)
        if filled is not None:
            out[height] = filled
    return out


def _closings_beside(
    galley: Galley, columns: int, most_rows: int, arranged: Sequence[Arrangement], may_leave_first: bool
) -> dict[int, Filled]:
    """The same with boxes among the columns: at each height the first arrangement that closes."""
    least = sum(item.least_rows for item in galley.items)
    most = sum(item.most_rows for item in galley.items)
    out: dict[int, Filled] = {}
    for arrangement in arranged:
        cells = arrangement.cells
        highest = min((most + cells) // columns, most_rows)
        for height in range(max(1, -(-(least + cells) // columns)), highest + 1):
            inset = None if height in out else arrangement.at(height)
            if inset is None:
                continue
            filled = fill_columns(galley.items, [rows for _, _, rows in inset.slots], may_leave_first)
            if filled is not None:
                out[height] = replace(filled, cost=filled.cost + arrangement.cost, insets=(inset,))
    return out


_Look = tuple[Form, Span | None]
_Draft = tuple[Galley, Head, Seat, int, int, int, int, Filled, int, Inside | None]
"""A shape not yet made: galley, head, seat, width, head rows, text columns, their height, text, foot rows, box."""


class Shelf:
    """An article's shapes at one width, by height: of each look (where its headline stands) the cheapest.

    Most that is put on it is bettered soon: shapes are made of what is left in the end.
    """

    def __init__(self, row_pt: float, most_rows: int, weights: dict[str, float]) -> None:
        self._looks: dict[int, dict[_Look, tuple[float, _Draft]]] = {}
        self._row_pt = row_pt
        self._most_rows = most_rows
        self._weights = weights

    def by_rows(self) -> dict[int, list[Shape]]:
        """The cheapest looks of each height, the cheapest first."""
        out: dict[int, list[Shape]] = {}
        for rows, looks in self._looks.items():
            kept = sorted(looks.items(), key=lambda look: look[1][0])[:LOOKS_A_HEIGHT]
            out[rows] = [_shape(draft, cost, span) for (_, span), (cost, draft) in kept]
        return out

    def add_top(
        self, galley: Galley, heads: Sequence[Head], width_cols: int, pads: tuple[int, int],
        texts: dict[int, Filled], inside: Inside | None = None,
    ) -> None:  # fmt: skip
        """The head over all columns, with every padding; the text in the page's columns or in its own."""
        columns = inside.columns if inside else width_cols
        own_cost = self._weights.get("broken_columns", BROKEN_COST) if inside else 0.0
        padded = list(self._padded(heads, pads))
        seated: dict[int, list[tuple[Seat, Span | None]]] = {}
        least_rows = _least_rows(galley, columns)
        for height, filled in texts.items():
            if height < least_rows:
                continue
            over = _over_rows(filled)
            if over not in seated:
                seated[over] = [self._seat_over(head, rows, width_cols, over) for head, rows, _ in padded]
            text_cost = own_cost + filled.cost + self._column_cost(height, columns)
            text_cost += _short_cost(height, columns)
            for (head, head_rows, cost), (seat, span) in zip(padded, seated[over], strict=True):
                self._put(cost + text_cost, span, (
                    galley, head, seat, width_cols, over + head_rows, columns, height, filled, 0, inside,
                ))  # fmt: skip

    def add_side(
        self, form: Form, galley: Galley, heads: Iterable[Head], head_cols: int, text_cols: int,
        texts: dict[int, Filled],
    ) -> None:  # fmt: skip
        """The head in the first columns, half-way down the text beside it; its lines may stand."""
        side_cost = self._weights.get(f"{form}_head", 4.0)
        for head in heads:
            display = ceil(head.height_pt / self._row_pt - 1e-6)
            block = display + head.byline_rows
            for height, filled in texts.items():
                if not block <= height <= block * LOOSEST_SIDE or height < LEAST_TEXT_ROWS:
                    continue
                seat = Seat(form, 0, head_cols, AIR_ROWS + (height - block) // 2, display)
                cost = filled.cost + head.cost + side_cost + self._column_cost(height, text_cols)
                self._put(cost, None, (
                    galley, head, seat, head_cols + text_cols, AIR_ROWS, text_cols, height, filled, 0, None,
                ))  # fmt: skip

    def add_boxed(
        self, galley: Galley, heads: Sequence[Head], inside: Inside, width_cols: int, texts: dict[int, Filled],
        box_cost: float,
    ) -> None:  # fmt: skip
        """The article inside a border: a row of air, the border, a padded head, text, the border's row."""
        least_rows = _least_rows(galley, inside.columns)
        padded = list(self._padded(heads, (1, 2)))
        for height, filled in texts.items():
            if height < least_rows:
                continue
            text_cost = filled.cost + box_cost + self._column_cost(height, inside.columns)
            text_cost += _short_cost(height, inside.columns)
            for head, head_rows, cost in padded:
                rows = head_rows - head.byline_rows if head.lines else 0
                seat = Seat("boxed", 0, width_cols, AIR_ROWS, rows)
                self._put(cost + text_cost, None, (
                    galley, head, seat, width_cols, AIR_ROWS + head_rows, inside.columns, height, filled,
                    BOX_FOOT_ROWS, inside,
                ))  # fmt: skip

    def _padded(self, heads: Sequence[Head], pads: tuple[int, int]) -> Iterator[tuple[Head, int, float]]:
        for head in heads:
            if not head.lines:
                yield head, head.rows(self._row_pt, 0), head.cost
                yield head, head.rows(self._row_pt, 0) + 1, head.cost + 1.0
                continue
            for pad in range(pads[0], pads[1] + 1):
                off = self._weights.get("head_padding", 1.0) * (pad - GOOD_PAD_ROWS) ** 2
                yield head, head.rows(self._row_pt, pad), head.cost + off

    def _column_cost(self, height: int, columns: int) -> float:
        weights = self._weights
        cost = weights.get("short_column", 3.0) * (height < SHORT_COLUMN_ROWS)
        cost += weights.get("long_column", 2.0) * (height > LONG_COLUMN_ROWS)
        return cost + weights.get("tall_strip", 3.0) * (columns == 1 and height > LONG_COLUMN_ROWS)

    def _seat_over(self, head: Head, head_rows: int, width_cols: int, over: int) -> tuple[Seat, Span | None]:
        """Where a head over all columns stands, and what of its rows its display lines take."""
        rows = head_rows - head.byline_rows if head.lines else 0
        seat = Seat("top", 0, width_cols, over, rows)
        if not head.lines:
            return seat, None
        high = head.height_pt / self._row_pt
        top = over + HEAD_DROP * (rows - high)
        return seat, (round(top, 2), round(top + high, 2))

    def _put(self, cost: float, span: Span | None, draft: _Draft) -> None:
        """Keep it where it is the cheapest of its look at its height so far."""
        _, _, seat, _, head_rows, _, height, _, foot_rows, _ = draft
        rows = head_rows + height + foot_rows
        if rows > self._most_rows:
            return
        looks, look = self._looks.setdefault(rows, {}), (seat.form, span)
        if look in looks:
            if cost >= looks[look][0]:
                return
            del looks[look]  # of looks that cost alike the latest stands last
        looks[look] = cost, draft


def _shape(draft: _Draft, cost: float, span: Span | None) -> Shape:
    galley, head, seat, width_cols, head_rows, columns, height, filled, foot_rows, inside = draft
    return Shape(
        galley, head, seat, width_cols, head_rows, (height,) * columns, filled, cost, span, foot_rows, inside
    )


def _over_rows(filled: Filled) -> int:
    """Rows of a box over the head, with its air."""
    inset = filled.insets[0] if filled.insets else None
    return inset.over_rows if inset is not None else 0


def _least_rows(galley: Galley, columns: int) -> int:
    """T41: text rows under a headline; a notice that is all but as short may have fewer."""
    if columns == 1:
        return min(LEAST_TEXT_ROWS, galley.natural_rows)
    return LEAST_TEXT_ROWS if galley.natural_rows >= SHORT_TEXT_ROWS else LEAST_SHORT_ROWS


def _short_cost(height: int, columns: int) -> float:
    return SHORT_ROW_COST * max(0, LEAST_TEXT_ROWS - height) if columns > 1 else 0.0


ShapesOf = Callable[[int, int, int], dict[int, list[Shape]]]
"""(article, rank on its page, width in columns) → shapes by height."""
