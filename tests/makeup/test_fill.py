"""The column filler: exact closing, T40 and T41 as hard limits, least cost against brute force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typeset.makeup.fill import (
    LINES_UNDER_SUBHEAD,
    LONE_LAST_LINE_COST,
    WIDOW_SHARE,
    Filled,
    Item,
    Option,
    fill_columns,
)


def option(rows: int, cost: float = 0.0, share: float = 1.0) -> Option:
    return Option(tuple(range(1, rows + 1)), cost, share)


def paragraph(*rows: int, cost: float = 0.0, share: float = 1.0) -> Item:
    return Item("para", 0, 0, 0, tuple(option(n, cost * i, share) for i, n in enumerate(rows)))


def subhead(*above: tuple[int, float]) -> Item:
    return Item(
        "subhead", 0, 0, 0, (option(1),), above or ((1, 0.0), (2, 1.0)), may_split=False, keeps_next=True
    )


def column_of(heights: Sequence[int], row: int) -> int:
    """Which column a row, counted through all columns, stands in."""
    for n, height in enumerate(heights):
        if row < height:
            return n
        row -= height
    raise AssertionError("beyond the last column")


def faults(items: Sequence[Item], heights: Sequence[int], filled: Filled) -> list[str]:
    """What a setting does against the rules, worked out from its lines one by one."""
    out: list[str] = []
    cursor = 0
    for n, (item, first, chosen) in enumerate(zip(items, filled.rows, filled.options, strict=True)):
        blank = first - cursor
        at_head = cursor == 0 or column_of(heights, cursor) != column_of(heights, cursor - 1)
        if blank not in ([0] if at_head else [rows for rows, _ in item.above]):
            out.append(f"item {n}: {blank} blank rows")
        columns = [column_of(heights, first + line) for line in range(chosen.rows)]
        if blank and column_of(heights, cursor) != columns[0]:
            out.append(f"item {n}: blank rows at a column's foot")
        if not item.may_split and len(set(columns)) > 1:
            out.append(f"item {n}: split")
        if len(set(columns)) > 1:
            if columns.count(columns[0]) < 2:
                out.append(f"item {n}: T40, first line alone at a foot")
            if columns.count(columns[-1]) < 2 and chosen.last_share < WIDOW_SHARE:
                out.append(f"item {n}: T40, short last line alone at a head")
        cursor = first + chosen.rows
        if item.keeps_next:
            foot = sum(heights[: columns[-1] + 1])
            if foot - cursor < LINES_UNDER_SUBHEAD:
                out.append(f"item {n}: T41, no room under a subhead")
    if cursor != sum(heights):
        out.append(f"ends at {cursor} of {sum(heights)}")
    return out


def cost_of(items: Sequence[Item], heights: Sequence[int], filled: Filled) -> float:
    cost, cursor = 0.0, 0
    for item, first, chosen in zip(items, filled.rows, filled.options, strict=True):
        at_head = cursor == 0 or column_of(heights, cursor) != column_of(heights, cursor - 1)
        cost += chosen.cost + (0.0 if at_head else dict(item.above)[first - cursor])
        columns = [column_of(heights, first + line) for line in range(chosen.rows)]
        if len(set(columns)) > 1 and columns.count(columns[-1]) < 2:
            cost += LONE_LAST_LINE_COST
        cursor = first + chosen.rows
    return cost


def every_setting(items: Sequence[Item], heights: Sequence[int]) -> Iterator[Filled]:
    """Brute force: each blank and option of each item."""
    choices = [
        [(blank, o) for blank in {0, *(rows for rows, _ in i.above)} for o in i.options] for i in items
    ]
    total = sum(heights)
    for combination in product(*choices):
        rows, cursor = [], 0
        for blank, chosen in combination:
            rows.append(cursor + blank)
            cursor += blank + chosen.rows
        if cursor == total:
            yield Filled(0.0, tuple(rows), tuple(chosen for _, chosen in combination))


def test_closes_to_the_line() -> None:
    items = [paragraph(7, 8), paragraph(5), paragraph(6, 7)]
    filled = fill_columns(items, [10, 10])
    assert filled is not None
    assert not faults(items, [10, 10], filled)
    assert fill_columns(items, [9, 9]) is not None
    assert fill_columns(items, [8, 8]) is None
    assert fill_columns(items, [11, 11]) is None


def test_the_cheaper_paragraph_gives_the_line() -> None:
    items = [paragraph(5, 6, cost=2.0), paragraph(5, 6, cost=1.0)]
    filled = fill_columns(items, [11])
    assert filled is not None
    assert [chosen.rows for chosen in filled.options] == [5, 6]
    assert filled.cost == pytest.approx(1.0)


def test_t40_no_first_line_alone_at_a_foot() -> None:
    assert fill_columns([paragraph(4), paragraph(6)], [5, 5]) is None
    assert fill_columns([paragraph(3), paragraph(7)], [5, 5]) is not None


def test_t40_no_short_last_line_alone_at_a_head() -> None:
    for share, closes in ((0.3, False), (0.59, False), (0.6, True), (1.0, True)):
        filled = fill_columns([paragraph(6, share=share), paragraph(4)], [5, 5])
        assert (filled is not None) == closes
        if filled is not None:
            assert filled.cost == pytest.approx(LONE_LAST_LINE_COST)


def test_t42_no_hyphenated_word_straddles_two_columns() -> None:
    """Ten lines over columns of five: the fifth is hyphenated, so the setting that has it may not stand there."""
    hyphenated = Option(tuple(range(1, 11)), 0.0, 1.0, frozenset({5}))
    whole = Option(tuple(range(1, 11)), 3.0, 1.0)
    item = Item("para", 0, 0, 0, (hyphenated, whole))
    found = fill_columns([item], [5, 5])
    assert found is not None
    assert found.options == (whole,)
    assert fill_columns([Item("para", 0, 0, 0, (hyphenated,))], [5, 5]) is None
    assert fill_columns([Item("para", 0, 0, 0, (hyphenated,))], [4, 6]) is not None
    assert fill_columns([Item("para", 0, 0, 0, (hyphenated,))], [2, 3, 5]) is None


def test_t41_two_lines_under_a_subhead() -> None:
    assert fill_columns([paragraph(5), subhead((1, 0.0)), paragraph(9)], [8, 8]) is None
    assert fill_columns([paragraph(4), subhead((1, 0.0)), paragraph(10)], [8, 8]) is not None


def test_no_blank_row_over_a_subhead_at_a_columns_head() -> None:
    items = [paragraph(8), subhead((1, 0.0)), paragraph(7)]
    filled = fill_columns(items, [8, 8])
    assert filled is not None
    assert filled.rows[1] == 8


ITEMS = st.lists(
    st.one_of(
        st.builds(
            lambda rows, more, share: paragraph(*sorted({rows, *more}), cost=0.6, share=share),
            st.integers(1, 6), st.lists(st.integers(1, 7), max_size=2), st.sampled_from([0.2, 0.59, 0.6, 1.0]),
        ),
        st.just(subhead()),
        st.just(subhead((1, 0.0))),
        st.just(Item("source", -1, 0, 0, (option(1),), may_split=False)),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=300)
@given(ITEMS, st.integers(1, 4), st.integers(1, 12))
def test_t40_t41_t43_hold_for_random_items_at_least_cost(
    items: list[Item], columns: int, height: int
) -> None:
    heights = [height] * columns
    legal = [f for f in every_setting(items, heights) if not faults(items, heights, f)]
    filled = fill_columns(items, heights)
    if filled is None:
        assert not legal
        return
    assert not faults(items, heights, filled)
    assert filled.cost == pytest.approx(cost_of(items, heights, filled))
    assert filled.cost == pytest.approx(min(cost_of(items, heights, f) for f in legal))


@settings(max_examples=100)
@given(st.lists(st.integers(2, 30), min_size=1, max_size=25), st.integers(1, 5))
def test_t40_t43_longer_articles(rows: list[int], columns: int) -> None:
    items = [paragraph(n, n + 1, max(1, n - 1), cost=0.5) for n in rows]
    height = -(-sum(rows) // columns)
    filled = fill_columns(items, [height] * columns)
    if filled is not None:
        assert not faults(items, [height] * columns, filled)
