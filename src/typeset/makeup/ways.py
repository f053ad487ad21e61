"""The ways to set one article over the page's full width: in its columns or its own, whole or running on, boxed.

In: its variants (galley, head, columns) and the page's rows. Out: from a row on every `Choice` that closes; where
none does, the one that leaves fewest rows blank. Raises TypesetError where a picture is higher than a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from typeset.makeup.fill import Filled, Item, Option, fill_columns
from typeset.makeup.galley import Galley
from typeset.makeup.heads import Head
from typeset.makeup.inserts import Boxes, Insert, arrangements, seat_parts, slot_heights
from typeset.makeup.shapes import AIR_ROWS, BOX_FOOT_ROWS, GOOD_PAD_ROWS, LEAST_TEXT_ROWS, Inside, closings
from typeset.model.findings import TypesetError, Words

SPLIT_COST = 1.0
BLANK_ROW_COST = 4.0
OPEN_FOOT_COST = 60.0  # an article that does not close
STRAIGHT_COST = 120.0
LEAST_CARRIED_ROWS = 3
HEAD_AIR_ROWS = 2
BRIEF_AIR_ROWS = 1


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
    may_leave_first: bool = False


@dataclass(frozen=True, slots=True)
class PageUse:
    """What a page may hold so many of, and holds: heads beside their text, boxes; rows of air that it can take."""

    sides: int = 0
    boxes: int = 0
    air_rows: int = 0

    def __add__(self, other: PageUse) -> PageUse:
        return PageUse(self.sides + other.sides, self.boxes + other.boxes, self.air_rows + other.air_rows)

    def is_within(self, most: PageUse) -> bool:
        return self.sides <= most.sides and self.boxes <= most.boxes


UNUSED = PageUse()


def most_air_rows(head: Head, is_boxed: bool) -> int:
    """Rows that an article takes over its usual padding: about a head, over a box, over a brief."""
    return HEAD_AIR_ROWS if head.lines or is_boxed else BRIEF_AIR_ROWS


@dataclass(slots=True, eq=False)  # never changed; not frozen, which makes ten thousands of them dear
class Choice:
    """One way to set it from a row on: its head, the columns' height on each page it touches, the rows left blank."""

    cost: float
    head_rows: int
    heights: tuple[int, ...]
    filled: Filled
    blank: int
    variant: Variant
    keeps_taboos: bool = True

    @property
    def foot_rows(self) -> int:
        return BOX_FOOT_ROWS if self.variant.is_boxed else 0

    @property
    def use(self) -> PageUse:
        is_boxed = self.variant.is_boxed
        return PageUse(0, int(is_boxed), most_air_rows(self.variant.head, is_boxed))


class StripArticle:
    """One article's variants with what closes them, worked out once for all states."""

    def __init__(self, variants: Sequence[Variant], rows: int, row_pt: float, pads: tuple[int, int]) -> None:
        self.variants = variants
        self.rows = rows
        self.row_pt = row_pt
        self.pads = pads
        self.whole = [
            closings(
                v.galley,
                v.columns,
                rows,
                arrangements(v.boxes, v.columns) if v.boxes else None,
                v.may_leave_first,
            )
            for v in variants
        ]
        self._any: dict[int, Choice] = {}
        self._splits: dict[tuple[int, int], list[tuple[tuple[int, ...], Filled]]] = {}

    @property
    def least_rows(self) -> int:
        """What a page must have left for its head and the first lines."""
        return self.variants[0].head.rows(self.row_pt, self.pads[0]) + LEAST_TEXT_ROWS

    def choices(self, row: int) -> list[Choice]:
        """Every way to set the article from this row on: whole on this page, or on to its foot and over."""
        out: list[Choice] = []
        room = self.rows - row
        for n, variant in enumerate(self.variants):
            frame = AIR_ROWS + BOX_FOOT_ROWS if variant.is_boxed else 0
            for pad in range(self.pads[0], self.pads[1] + 1):
                head = variant.head.rows(self.row_pt, pad)
                cost = variant.cost + abs(pad - GOOD_PAD_ROWS) + variant.head.cost
                free = room - head - frame
                above = head + (AIR_ROWS if variant.is_boxed else 0)
                out += [
                    Choice(cost + filled.cost, above, (height,), filled, 0, variant)
                    for height, filled in self.whole[n].items()
                    if height <= free
                ]
                if free >= LEAST_TEXT_ROWS and not variant.is_boxed and variant.may_split:
                    out += [
                        Choice(cost + filled.cost + SPLIT_COST, head, heights, filled, 0, variant)
                        for heights, filled in self._split(n, free)
                    ]
        return out

    def any_choice(self, row: int) -> Choice:
        """However it closes."""
        if row not in self._any:
            self._any[row] = any_way(self.variants[0], self.rows, row, self.row_pt, self.pads)
        return self._any[row]

    def _split(self, variant: int, free: int) -> list[tuple[tuple[int, ...], Filled]]:
        key = (variant, free)
        if key not in self._splits:
            self._splits[key] = _split(self.variants[variant], self.rows, free)
        return self._splits[key]


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
    for insets, cost in seat_parts(variant.boxes, variant.columns, heights, in_order=not more):
        filled = fill_columns([*variant.galley.items, *more], slot_heights(insets, heights, variant.columns))
        if filled is not None:
            return replace(filled, cost=filled.cost + cost, insets=tuple(insets)) if variant.boxes else filled
    return None


def any_way(variant: Variant, rows: int, row: int, row_pt: float, pads: tuple[int, int]) -> Choice:
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
            return Choice(
                OPEN_FOOT_COST + filled.cost, head_rows, tried, filled, filled.options[-1].rows, variant
            )
    return _straight(variant, head_rows, heights)


def _natural_heights(variant: Variant, rows: int, first: int) -> tuple[int, ...]:
    """Columns on page after page that hold the text at its natural setting and all boxes, the last as low as can be."""
    columns, natural = variant.columns, variant.galley.natural_rows

    def holds(heights: Sequence[int]) -> bool:
        seated = next(seat_parts(variant.boxes, columns, heights), None)
        return seated is not None and sum(slot_heights(seated[0], heights, columns)) >= natural

    for options in variant.boxes:
        if min(insert.rows for insert in options) > rows:
            raise _too_high(options[0])
    heights = [first]
    while not holds(heights):
        heights.append(rows)
    rest = heights[:-1]
    low = 1 if variant.boxes else max(1, -(-(natural - columns * sum(rest)) // columns))
    return (*rest, next(last for last in range(low, heights[-1] + 1) if holds([*rest, last])))


def _too_high(insert: Insert) -> TypesetError:
    name = insert.picture.file if insert.picture else ""
    return TypesetError(
        Words(f"{name}: with its caption it is higher than a page", f"{name}：连同图说高过一版"),
        Words("shorten the caption", "请缩短图说"),
    )


def _straight(variant: Variant, head_rows: int, heights: tuple[int, ...]) -> Choice:
    """Every item at its natural setting, one after another, whatever the column breaks do."""
    galley, columns = variant.galley, variant.columns
    insets, _ = next(seat_parts(variant.boxes, columns, heights))
    slots = slot_heights(insets, heights, columns)
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
        tuple(insets),
    )  # fmt: skip
    return Choice(filled.cost, head_rows, heights, filled, blank, variant, keeps_taboos=False)


def _blank(rows: int) -> Option:
    return Option((0,) * rows, BLANK_ROW_COST * rows, 1.0)
