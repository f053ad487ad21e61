"""A page tiled by guillotine cuts: the parts of every cut tile its rectangle; shapes close to the line."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import SAMPLE, bulletin_of, faces_of, layout_of
from typeset.compose.sense import Cohesion
from typeset.makeup.galley import Galley
from typeset.makeup.heads import Head
from typeset.makeup.pack import Cut, Packer
from typeset.makeup.plan import Desk
from typeset.makeup.shapes import LEAST_TEXT_ROWS, Shape, closings, list_shapes
from typeset.makeup.strip import Placed, run_strip


def shape(columns: int, rows: int, cost: float = 0.0) -> Shape:
    """A rectangle without any text."""
    return Shape(None, None, columns, 2, 1, (rows - 2,) * columns, None, cost)  # type: ignore[arg-type]


def rectangles(cut: Cut, column: int = 0, row: int = 0) -> list[tuple[int, int, int, int]]:
    """(column, row, columns, rows) of each article in reading order; checks the cuts on the way."""
    if cut.kind == "leaf":
        assert cut.shape is not None
        assert (cut.shape.width_cols, cut.shape.rows) == (cut.columns, cut.rows)
        return [(column, row, cut.columns, cut.rows)]
    out = []
    for part in cut.parts:
        out += rectangles(part, column, row)
        if cut.kind == "over":
            assert part.columns == cut.columns
            row += part.rows
        else:
            assert part.rows == cut.rows
            column += part.columns
    return out


def check_tiling(cut: Cut, columns: int, rows: int) -> None:
    cells = [
        (x, y)
        for column, row, width, height in rectangles(cut)
        for x in range(column, column + width)
        for y in range(row, row + height)
    ]
    assert len(cells) == len(set(cells)) == columns * rows
    assert all(0 <= x < columns and 0 <= y < rows for x, y in cells)


AREAS = st.lists(st.integers(12, 90), min_size=1, max_size=5)


@settings(max_examples=80)
@given(AREAS, st.integers(2, 5))
def test_parts_tile_the_rectangle(areas: list[int], columns: int) -> None:
    """Articles that fill any width with a little give: every tree that comes out tiles its page."""

    @cache
    def shapes_of(article: int, width: int) -> dict[int, Shape]:
        rows = round(areas[article] / width)
        return {n: shape(width, n, abs(n - rows)) for n in range(max(5, rows - 2), min(60, rows + 2) + 1)}

    packer = Packer(shapes_of, columns, 60, {})
    found = packer.page(tuple(range(len(areas))))
    for rows, cut in found.items():
        assert cut.rows == rows <= 60
        assert len(rectangles(cut)) == len(areas)
        check_tiling(cut, columns, rows)


def test_one_over_the_other_or_beside_whichever_costs_less() -> None:
    def shapes_of(article: int, width: int) -> dict[int, Shape]:
        return {10: shape(2, 10)} if width == 2 else {20: shape(1, 20)}

    cheap_seam = Packer(shapes_of, 2, 40, {"seam": 1.0, "butting": 4.0, "order": 1.0}).page((0, 1))
    assert cheap_seam[20].kind == "over"
    cheap_butting = Packer(shapes_of, 2, 40, {"seam": 8.0, "butting": 4.0, "order": 1.0}).page((0, 1))
    assert cheap_butting[20].kind == "beside"


# shapes and strips of the sample


@cache
def desk() -> Desk:
    bulletin = bulletin_of(SAMPLE)
    texts = [text for article in bulletin.articles for text in article.texts()]
    return Desk(bulletin, layout_of(), faces_of(), Cohesion.of(texts))


def parts(article: int, columns: int = 3) -> tuple[Galley, Head]:
    setting = layout_of().body[0]
    head = desk().head(article, columns, setting)
    assert head is not None
    return desk().galley(article, setting), head


@pytest.mark.parametrize("columns", [1, 2, 3, 5])
def test_closings_take_every_row(columns: int) -> None:
    galley, _ = parts(0)
    found = closings(galley, columns, 400)
    assert found
    for height, filled in found.items():
        end = filled.rows[-1] + filled.options[-1].rows
        assert end == columns * height
        assert list(filled.rows) == sorted(filled.rows)


@pytest.mark.parametrize("columns", [2, 3, 5])
def test_shapes_have_the_rows_that_they_say(columns: int) -> None:
    galley, head = parts(1, columns)
    row_pt = layout_of().type_height_pt / 75
    found = list_shapes(galley, [head], columns, row_pt, 75, (1, 4), {})
    assert found
    for rows, made in found.items():
        assert rows == made.rows == made.head_rows + made.heights[0] <= 75
        assert len(made.heights) == columns
        assert len(set(made.heights)) == 1
        assert made.heights[0] >= LEAST_TEXT_ROWS
        assert made.head_rows * row_pt >= head.height_pt


def test_heads_never_take_fewer_rows_than_they_are_high() -> None:
    for article in range(len(desk().bulletin.articles)):
        _, head = parts(article)
        for pad in range(1, 5):
            for row_pt in (11.0, 13.3, 14.0):
                assert head.rows(row_pt, pad) * row_pt >= head.height_pt


def strip(columns: int, rows: int, first_row: int) -> list[Placed]:
    found = [parts(n, columns) for n in range(len(desk().bulletin.articles))]
    placed, _ = run_strip(
        [g for g, _ in found], [h for _, h in found], columns, rows, first_row, 13.3, (1, 3)
    )
    return placed


@pytest.mark.parametrize(
    ("columns", "rows", "first_row"), [(5, 75, 8), (5, 70, 12), (4, 75, 8), (4, 30, 0), (3, 48, 8)]
)
def test_strips_place_everything_in_order_without_overlap(columns: int, rows: int, first_row: int) -> None:
    placed = strip(columns, rows, first_row)
    assert [one.galley.article for one in placed] == list(range(len(desk().bulletin.articles)))
    taken: set[tuple[int, int, int]] = set()
    for one in placed:
        cells = {(one.page, c, r) for c in range(columns) for r in range(one.row, one.row + one.head_rows)}
        for slot in one.slots:
            assert slot.height > 0
            assert slot.row + slot.height <= rows
            cells |= {(slot.page, slot.column, row) for row in range(slot.row, slot.row + slot.height)}
        assert not cells & taken
        taken |= cells
        room = sum(slot.height for slot in one.slots)
        assert len(one.filled.options) >= len(one.galley.items)
        last = len(one.galley.items) - 1
        assert room - one.filled.rows[last] - one.filled.options[last].rows == one.blank_rows
    order = [(one.page, one.row) for one in placed]
    assert order == sorted(order)
    assert all(row >= first_row for page, _, row in taken if page == 0)
