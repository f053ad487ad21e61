"""插件: pictures with their captions, which stand in an article across whole columns as boxes whole rows high.

In: an article's boxes at every width they can take. Out: arrangements (where each box stands over the text columns,
at their head, at their foot or over the article's own head) and, at a height, an `Inset`: the boxes with their places
and the slots of text that they leave, which `fill` closes as it closes columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Literal

from typeset.makeup.galley import Galley
from typeset.model.bulletin import Illustration

LEAST_SLOT_ROWS = 3
LEAST_ROWS_OVER_BOX = 2  # of text in each column over or under a box as wide as all columns
EARLY_COST = 1.5  # a table over the text that speaks of it
NOTE_PAD = 0.7  # of a note's padding at the sides, over and under it
MOST_ARRANGEMENTS = 32
MOST_SPANS = 5  # widths and heights of a box that are tried
MOST_SEATINGS = 4  # of a text that runs on from page to page
FEW_BOXES = 2  # so few in every choice of their widths
FOOT_COST = 1.0  # a box at the columns' foot rather than at their head
LEFT_COST = 0.6  # a box that is not in the right-hand columns: reading begins at the left
MAY_LEAD = ("picture", "table")  # what may stand over its article's head
OVER_AIR_ROWS = 1  # over a box that stands above its article's head


InsertKind = Literal["picture", "table", "quote", "note", "reserved"]


@dataclass(frozen=True, slots=True, eq=False)
class Insert:
    """A box at one width: `span` columns, `rows` high; `cost` by its size.

    Its content is `content_pt` high: a picture of `width_pt` × `height_pt` in the middle of the span, and the lines of
    `galley`, each item at its best, from `text_top_pt` on.
    """

    block: int
    span: int
    rows: int
    galley: Galley
    content_pt: float
    text_top_pt: float
    cost: float
    picture: Illustration | None = None
    width_pt: float = 0.0
    height_pt: float = 0.0
    box_width_pt: float = 0.0
    kind: InsertKind = "picture"
    line_rows: int = 1
    """Rows of the page that a line takes."""
    inset_pt: float = 0.0
    """From the box's sides to its text."""
    before_rows: int = 0
    """About how many rows of text, all columns together, come before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Seated:
    """An insert's place: the first of its columns and its first row, counted from the article's text.

    `at_foot`: it stands on the last row; `is_over`: over the article's head, its row counted from the frame's top.
    """

    insert: Insert
    column: int
    row: int
    at_foot: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Inset:
    """Boxes among columns of one height, and what they leave: slots (column, first row, rows) in reading order."""

    seated: tuple[Seated, ...]
    slots: tuple[tuple[int, int, int], ...]
    over_rows: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Boxes by where they stand, before the columns' height is known; `row` of a foot box counts upwards.

    `middle` stands over all columns, so many rows under their tops.
    """

    columns: int
    tops: tuple[tuple[Insert, int, int], ...]
    feet: tuple[tuple[Insert, int, int], ...]
    cost: float
    over: Insert | None = None
    middle: tuple[Insert, int] | None = None

    @property
    def cells(self) -> int:
        """Rows × columns taken from the text."""
        inner = [self.middle[0]] if self.middle is not None else []
        inner += [insert for insert, _, _ in (*self.tops, *self.feet)]
        return sum(insert.rows * insert.span for insert in inner)

    def at(self, height: int) -> Inset | None:
        """The boxes among columns so many rows high; None where they leave too little text, but some, in a column."""
        if self.middle is not None:
            return self._parted(*self.middle, height)
        head, foot = self._taken(self.tops), self._taken(self.feet)
        is_wide = any(insert.span == self.columns for insert, _, _ in (*self.tops, *self.feet))
        least = LEAST_ROWS_OVER_BOX if is_wide else LEAST_SLOT_ROWS
        slots = []
        for column in range(self.columns):
            rows = height - head[column] - foot[column]
            if rows < 0 or 0 < rows < least:
                return None
            if rows:
                slots.append((column, head[column], rows))
        seated = [Seated(insert, column, row) for insert, column, row in self.tops]
        seated += [
            Seated(insert, column, height - row - insert.rows, at_foot=True)
            for insert, column, row in self.feet
        ]
        if self.over is not None:
            seated.append(Seated(self.over, 0, OVER_AIR_ROWS, is_over=True))
        over_rows = self.over.rows + OVER_AIR_ROWS if self.over is not None else 0
        return Inset(tuple(sorted(seated, key=_block)), tuple(slots), over_rows)

    def _parted(self, insert: Insert, row: int, height: int) -> Inset | None:
        """All columns over the box, then all columns under it."""
        rows = height - row - insert.rows
        if rows < LEAST_ROWS_OVER_BOX:
            return None
        slots = [(column, 0, row) for column in range(self.columns)]
        slots += [(column, row + insert.rows, rows) for column in range(self.columns)]
        return Inset((Seated(insert, 0, row),), tuple(slots))

    def _taken(self, boxes: Sequence[tuple[Insert, int, int]]) -> list[int]:
        out = [0] * self.columns
        for insert, column, row in boxes:
            for n in range(column, column + insert.span):
                out[n] = max(out[n], row + insert.rows)
        return out


def _block(seated: Seated) -> int:
    return seated.insert.block


Boxes = tuple[tuple[Insert, ...], ...]
"""Each box of an article, in reading order, at the widths it can take over its columns, the cheapest first."""


@lru_cache(maxsize=1024)
def arrangements(boxes: Boxes, columns: int) -> Sequence[Arrangement]:
    """Ways to place all boxes beside the text, the cheapest first."""
    if not boxes:
        return (Arrangement(columns, (), (), 0.0),)
    out = [found for widths in _widths(boxes) for found in _placings(widths, columns)]
    out.sort(key=lambda a: a.cost)
    return tuple(out[:MOST_ARRANGEMENTS])


def arrangements_over(boxes: Boxes, columns: int) -> Sequence[Arrangement]:
    """Ways with the first box over the article's head, as wide as the article (H9)."""
    if not boxes:
        return []
    wide = [insert for insert in boxes[0] if insert.span == columns and insert.kind in MAY_LEAD]
    rest = [a for a in arrangements(boxes[1:], columns) if a.middle is None]
    out = [replace(a, cost=a.cost + over.cost, over=over) for over in wide for a in rest]
    out.sort(key=lambda a: a.cost)
    return out[:MOST_ARRANGEMENTS]


def seat_parts(
    boxes: Boxes, columns: int, heights: Sequence[int], in_order: bool = False
) -> Iterator[tuple[list[Inset | None], float]]:
    """Boxes over the parts of a text that runs on from page to page, in their order, as many as go into each.

    Yields an inset for each part with what the boxes cost, in several ways; nothing where some find no place.
    `in_order`: no table stands on a later page than text that follows it, nor on an earlier one than what it follows.
    """
    if not heights:
        if not boxes:
            yield [], 0.0
        return
    ways = _most_of(boxes, columns, heights[0]) or ((0, None, 0.0),)
    if (
        in_order
        and len(heights) > 1
        and not ways[0][0]
        and boxes
        and _comes_before(boxes[0][0], heights[0] * columns)
    ):
        return
    for count, inset, cost in ways:
        if in_order and len(heights) > 1 and inset is not None and _comes_early(inset):
            continue
        for rest, more in seat_parts(boxes[count:], columns, heights[1:], in_order):
            yield [inset, *rest], cost + more


def _comes_before(insert: Insert, text_rows: int) -> bool:
    """Whether text that follows a table would fill a page before the table's own: tags go by pages."""
    return insert.kind == "table" and insert.before_rows < text_rows


def _comes_early(inset: Inset) -> bool:
    """Whether a table would stand on a page whose text ends before what it follows."""
    text_rows = sum(rows for _, _, rows in inset.slots)
    return any(one.insert.kind == "table" and one.insert.before_rows > text_rows for one in inset.seated)


@lru_cache(maxsize=16384)  # strips ask for the same heights again and again
def _most_of(boxes: Boxes, columns: int, height: int) -> tuple[tuple[int, Inset | None, float], ...]:
    """Ways to place the first boxes, as many as find a place, the cheapest first, no two of which leave as much text."""
    for count in range(len(boxes), 0, -1):
        found: dict[int, tuple[int, Inset | None, float]] = {}
        for arrangement in arrangements(boxes[:count], columns):
            inset = arrangement.at(height)
            if inset is not None:
                found.setdefault(sum(rows for _, _, rows in inset.slots), (count, inset, arrangement.cost))
        if found:
            return tuple(found.values())[:MOST_SEATINGS]
    return ()


def slot_heights(insets: Sequence[Inset | None], heights: Sequence[int], columns: int) -> list[int]:
    """The rows of every slot of text, in reading order."""
    out: list[int] = []
    for inset, height in zip(insets, heights, strict=True):
        out += [height] * columns if inset is None else [rows for _, _, rows in inset.slots]
    return out


def _widths(boxes: Boxes) -> Iterator[tuple[Insert, ...]]:
    """The boxes' widths: every choice of the cheapest where they are few, else all as they like, or all alike.

    The lowest are always among them.
    """
    if len(boxes) <= FEW_BOXES:
        yield from product(*(options[:MOST_SPANS] for options in boxes))
    else:
        yield tuple(options[0] for options in boxes)
        yield tuple(min(options, key=lambda i: i.span) for options in boxes)
        yield tuple(max(options, key=lambda i: i.span) for options in boxes)
    yield tuple(min(options, key=lambda i: i.rows) for options in boxes)


def _placings(widths: tuple[Insert, ...], columns: int) -> Iterator[Arrangement]:
    cost = sum(insert.cost for insert in widths)
    if widths[0].kind == "note":  # it is read first
        rest = _stacked(widths[1:], columns, widths[0])
        if rest is not None:
            yield Arrangement(columns, ((widths[0], 0, 0), *rest), (), cost)
        return
    if len(widths) == 1:
        insert = widths[0]
        spare = columns - insert.span
        early = EARLY_COST * (insert.kind == "table" and insert.before_rows > 0)
        row = round(insert.before_rows / columns)
        if insert.kind == "table" and not spare and row >= LEAST_ROWS_OVER_BOX:
            yield Arrangement(columns, (), (), cost, middle=(insert, row))
        for column in sorted({spare, spare // 2, 0}, reverse=True):
            off = LEFT_COST * (spare - column) / spare if spare else 0.0
            yield Arrangement(columns, ((insert, column, 0),), (), cost + off + early)
        yield Arrangement(columns, (), ((insert, spare, 0),), cost + FOOT_COST)
        return
    for first_foot in range(len(widths), -1, -1):
        tops = _stacked(widths[:first_foot], columns)
        feet = _stacked(widths[first_foot:][::-1], columns)
        if tops is not None and feet is not None:
            yield Arrangement(columns, tops, feet, cost + FOOT_COST * len(feet))


def _stacked(
    inserts: Sequence[Insert], columns: int, first: Insert | None = None
) -> tuple[tuple[Insert, int, int], ...] | None:
    """Boxes from the right over level columns, the lowest first, leaving no hole under any; None where that fails.

    `first` stands at the left already.
    """
    taken = [0] * columns
    if first is not None:
        taken[: first.span] = [first.rows] * first.span
    out = []
    for insert in inserts:
        level = [
            (taken[column], -column)
            for column in range(columns - insert.span + 1)
            if len(set(taken[column : column + insert.span])) == 1
        ]
        if not level:
            return None
        row, column = min(level)
        out.append((insert, -column, row))
        taken[-column : -column + insert.span] = [row + insert.rows] * insert.span
    return tuple(out)
