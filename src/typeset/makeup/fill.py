"""The column filler: items of some rows each, set into columns so that the last column closes exactly.

In: items with the line counts they can take, and the columns' heights in rows. Out: for every item
its blank rows above and its setting, or None where nothing closes. Taboos are hard (T40, T41); what
remains is a sum of costs, found by dynamic programming over the row position.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from typeset.compose.breaks import Lines

if TYPE_CHECKING:
    from typeset.makeup.inserts import Inset

LONE_LAST_LINE_COST = 2.5  # a last line of >= 60 % alone on a column's head
WIDOW_SHARE = 0.6
PARTED_STANZA_COST = 3.0
LONE_FIRST_LINE_COST = 6.0  # at a column's foot, where nothing else closes
LINES_UNDER_SUBHEAD = 2


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of an item: its lines, what it costs, and how far its last line reaches (0..1).

    `bound`: after so many lines no column may end, for a word goes on (T42).
    """

    lines: Lines
    cost: float
    last_share: float
    bound: frozenset[int] = frozenset()
    rows: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", len(self.lines))


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, subhead or the like: `group` and `paragraph` say which text, `block` which body item.

    `above`: the blank rows it may have over it with their costs; none at a column's head.
    """

    role: str
    block: int
    group: int
    paragraph: int
    options: tuple[Option, ...]
    above: tuple[tuple[int, float], ...] = ((0, 0.0),)
    may_split: bool = True
    keeps_next: bool = False
    goes_on: bool = False
    """It is a line of a stanza that has begun: a column had better not begin with it."""
    least_rows: int = field(init=False, repr=False, compare=False)
    most_rows: int = field(init=False, repr=False, compare=False)
    natural_rows: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows = [option.rows for option in self.options]
        blank = [rows for rows, _ in self.above]
        object.__setattr__(self, "least_rows", min(rows))
        object.__setattr__(self, "most_rows", max(rows) + max(blank))
        object.__setattr__(self, "natural_rows", rows[0] + blank[0])


@dataclass(frozen=True, slots=True)
class Filled:
    """A closing: for each item the position of its first line's row (counted through all columns) and its option."""

    cost: float
    rows: tuple[int, ...]
    options: tuple[Option, ...]
    insets: tuple[Inset | None, ...] = ()
    leaves_first: bool = False
    """A paragraph's first line may stand alone at a column's foot (T40)."""
    """On each page that the text touches the boxes that stand among its columns, and the slots they leave."""


_Step = tuple[float, int, int, int]  # cost, position before, first row, option index


def fill_columns(
    items: Sequence[Item], heights: Sequence[int], may_leave_first: bool = False
) -> Filled | None:
    """Close the columns of these heights with all items, at least cost; None if that can't be done.

    `may_leave_first`: a paragraph's first line may stand alone at a column's foot (T40), for its cost.
    """
    total = sum(heights)
    column_end = _column_ends(heights)
    least, most = _reach(items)
    if not least[0] <= total <= most[0]:
        return None
    tables: list[dict[int, _Step]] = [{0: (0.0, -1, 0, 0)}]
    for n, item in enumerate(items):
        row: dict[int, _Step] = {}
        low, high = total - most[n + 1], total - least[n + 1]
        for position, (cost, *_) in tables[-1].items():
            _extend(row, item, position, cost, low, high, column_end, may_leave_first)
        if not row:
            return None
        tables.append(row)
    if total not in tables[-1]:
        return None
    return _trace(items, tables, total)


def _column_ends(heights: Sequence[int]) -> list[int]:
    """For each row position the position at which its column ends; one entry more for the very end."""
    ends: list[int] = []
    at = 0
    for height in heights:
        at += height
        ends += [at] * height
    ends.append(at)
    return ends


def _reach(items: Sequence[Item]) -> tuple[list[int], list[int]]:
    """Least and most rows that the items from n on can take."""
    least, most = [0], [0]
    for item in reversed(items):
        least.append(least[-1] + item.least_rows)
        most.append(most[-1] + item.most_rows)
    return least[::-1], most[::-1]


def _extend(
    row: dict[int, _Step], item: Item, position: int, cost: float, low: int, high: int, column_end: list[int],
    may_leave_first: bool,
) -> None:  # fmt: skip
    at_head = position == 0 or column_end[position - 1] == position
    if at_head and position and item.goes_on:
        cost += PARTED_STANZA_COST
    for blank, blank_cost in ((0, 0.0),) if at_head else item.above:
        start = position + blank
        if blank and start >= column_end[position]:
            continue
        for index, option in enumerate(item.options):
            end = start + option.rows
            if not low <= end <= high:
                continue
            extra = _break_cost(item, option, start, end, column_end, may_leave_first)
            if extra is None:
                continue
            new = cost + blank_cost + option.cost + extra
            if end not in row or new < row[end][0]:
                row[end] = (new, position, start, index)


def _break_cost(
    item: Item, option: Option, start: int, end: int, column_end: list[int], may_leave_first: bool
) -> float | None:
    """What a column break inside (or right under) this item costs; None where a taboo forbids it."""
    foot = column_end[start]
    if end <= foot:
        return None if item.keeps_next and foot - end < LINES_UNDER_SUBHEAD else 0.0
    if not item.may_split or item.keeps_next or foot - start in option.bound:
        return None
    lone = LONE_FIRST_LINE_COST if foot - start < 2 else 0.0
    if lone and not may_leave_first:
        return None
    while column_end[foot] < end:
        foot = column_end[foot]
        if foot - start in option.bound:
            return None
    if end - foot >= 2:
        return lone
    return lone + LONE_LAST_LINE_COST if option.last_share >= WIDOW_SHARE else None


def _trace(items: Sequence[Item], tables: list[dict[int, _Step]], total: int) -> Filled:
    rows: list[int] = []
    options: list[Option] = []
    at = total
    for n in range(len(items), 0, -1):
        _, before, start, index = tables[n][at]
        rows.append(start)
        options.append(items[n - 1].options[index])
        at = before
    return Filled(tables[-1][total][0], tuple(rows[::-1]), tuple(options[::-1]))
