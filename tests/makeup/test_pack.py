"""A page tiled by guillotine cuts: the parts of every cut tile its rectangle; shapes close to the line."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import SAMPLE, bulletin_of, faces_of, layout_of
from typeset.compose.sense import Cohesion
from typeset.makeup.bounds import Articles
from typeset.makeup.cuts import LEVEL_SHARE, Cut
from typeset.makeup.desk import Desk, columns_pt
from typeset.makeup.fill import fill_columns
from typeset.makeup.galley import Galley, compose_galley
from typeset.makeup.heads import Head
from typeset.makeup.pack import Packer
from typeset.makeup.placed import Placed
from typeset.makeup.plan import make_plan
from typeset.makeup.shapes import BESIDE_FORMS, LEAST_TEXT_ROWS, Form, Seat, Shape, Shelf, Span, closings
from typeset.makeup.shortfall import allowances
from typeset.makeup.strip import Strip
from typeset.makeup.ways import Variant


def shape(
    columns: int, rows: int, cost: float = 0.0, head_rows: int = 2, form: Form = "boxed", span: Span | None = None
) -> Shape:  # fmt: skip
    """A rectangle without any text."""
    seat = Seat(form, 0, columns, 0, head_rows)
    texts = (rows - head_rows,) * columns
    return Shape(None, None, seat, columns, head_rows, texts, None, cost, span)  # type: ignore[arg-type]


def headed(columns: int, rows: int, head_rows: int, cost: float = 0.0) -> Shape:
    """A rectangle whose headline takes all its first rows."""
    return shape(columns, rows, cost, head_rows, "top", (0.0, float(head_rows)))


def run_of(count: int) -> Articles:
    return tuple((n, n) for n in range(count))


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
    def shapes_of(article: int, rank: int, width: int) -> dict[int, list[Shape]]:
        rows = round(areas[article] / width)
        heights = range(max(5, rows - 2), min(60, rows + 2) + 1)
        return {n: [shape(width, n, abs(n - rows), form="top")] for n in heights}

    found = Packer(shapes_of, columns, 60, {}).page(run_of(len(areas)))
    for rows, cuts in found.items():
        assert cuts
        assert [cut.cost for cut in cuts] == sorted(cut.cost for cut in cuts)
        for cut in cuts:
            assert cut.rows == rows <= 60
            assert len(rectangles(cut)) == len(areas)
            check_tiling(cut, columns, rows)


def heads_of(cut: Cut, column: int = 0, row: int = 0) -> list[tuple[int, int, float, float]]:
    """(first column, last column, first row, last row) of every headline that can butt."""
    if cut.shape is not None:
        span = cut.shape.span
        return [(column, column + cut.columns, row + span[0], row + span[1])] if span else []
    out = []
    for part in cut.parts:
        out += heads_of(part, column, row)
        if cut.kind == "over":
            row += part.rows
        else:
            column += part.columns
    return out


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(20, 80), st.integers(2, 8)), min_size=2, max_size=5), st.integers(2, 4))
def test_h9_no_two_headlines_stand_level_at_any_cut(articles: list[tuple[int, int]], columns: int) -> None:
    """Along the whole of every vertical cut, deep ones too."""

    @cache
    def shapes_of(article: int, rank: int, width: int) -> dict[int, list[Shape]]:
        area, head = articles[article]
        rows = head + area // width
        return {n: [headed(width, n, head, abs(n - rows))] for n in range(max(head + 1, rows - 3), rows + 4)}

    for cuts in Packer(shapes_of, columns, 91, {}).page(run_of(len(articles))).values():
        for cut in cuts:
            found = heads_of(cut)
            for n, a in enumerate(found):
                for b in found[n + 1 :]:
                    level = min(a[3], b[3]) - max(a[2], b[2])
                    if a[1] == b[0] or b[1] == a[0]:
                        assert level <= LEVEL_SHARE * min(a[3] - a[2], b[3] - b[2])


def test_a_box_stands_beside_a_headline() -> None:
    def shapes_of(article: int, rank: int, width: int) -> dict[int, list[Shape]]:
        forms = [headed(1, 20, 4)] if article == 0 else [headed(1, 20, 4), shape(1, 20, 6.0)]
        return {20: forms} if width == 1 else {}

    (cut,) = Packer(shapes_of, 2, 40, {}).page(run_of(2))[20]
    assert [part.shape.seat.form for part in cut.parts if part.shape] == ["top", "boxed"]


def test_one_over_the_other_or_beside_whichever_costs_less() -> None:
    def shapes_of(article: int, rank: int, width: int) -> dict[int, list[Shape]]:
        return {10: [shape(2, 10)]} if width == 2 else {20: [shape(1, 20, 3.0)]}

    def best(seam: float) -> str:
        return Packer(shapes_of, 2, 40, {"seam": seam, "order": 1.0}).page(((0, 1), (1, 2)))[20][0].kind

    assert best(1.0) == "over"
    assert best(12.0) == "beside"


def test_no_seam_is_counted_under_the_lead() -> None:
    def shapes_of(article: int, rank: int, width: int) -> dict[int, list[Shape]]:
        return {10: [shape(2, 10)]} if width == 2 else {}

    packer = Packer(shapes_of, 2, 40, {"seam": 8.0, "internal_cut": 0.3, "box_stack": 0.0})
    assert packer.page(((0, 0), (1, 1)))[20][0].cost == pytest.approx(0.3)
    assert packer.page(((1, 1), (2, 2)))[20][0].cost == pytest.approx(8.0)


def test_cuts_that_meet_across_the_page_count_as_a_seam() -> None:
    def shapes_of(article: int, rank: int, width: int) -> dict[int, list[Shape]]:
        return {10: [shape(1, 10)]} if width == 1 else {}

    weights = {"seam": 8.0, "internal_cut": 0.3, "order": 0.0, "box_stack": 0.0}
    best = Packer(shapes_of, 2, 40, weights, most_boxes=9).page(run_of(4))[20][0]
    assert best.cost == pytest.approx(8.0 + 2 * 0.3), (
        "two columns whose cuts are level would cost 0.9 without"
    )


# shapes and strips of the sample


@cache
def desk() -> Desk:
    bulletin = bulletin_of(SAMPLE)
    texts = [text for article in bulletin.articles for text in article.texts()]
    return Desk(bulletin, layout_of(), faces_of(), Cohesion.of(texts))


def parts(article: int, columns: int = 3) -> tuple[Galley, Head]:
    setting = layout_of().body[0]
    width = columns_pt(setting, columns)
    head = desk().head(article, width, desk().headline_pt(article), setting.size_pt)
    assert head is not None
    return desk().galley(article, setting.measure_em), head


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
    shelf = Shelf(row_pt, 75, {})
    shelf.add_top(galley, [head], columns, (1, 4), closings(galley, columns, 75))
    assert shelf.by_rows()
    for rows, shapes in shelf.by_rows().items():
        for made in shapes:
            assert rows == made.rows == made.head_rows + made.heights[0] <= 75
            assert len(made.heights) == columns
            assert len(set(made.heights)) == 1
            assert made.heights[0] >= LEAST_TEXT_ROWS
            assert made.head_rows * row_pt >= head.height_pt
            assert made.span is not None
            assert 0 <= made.span[0] < made.span[1] <= made.head_rows


@pytest.mark.parametrize("article", range(2, 6))
def test_boxes_and_side_heads_of_the_desk(article: int) -> None:
    """A box is an air row, a border, its head, its text and a border's row; a side head is no higher than its text."""
    setting, rows = layout_of().body[0], 78
    forms = set()
    for width in range(1, setting.columns + 1):
        for height, shapes in desk().shapes(article, article, width, setting, rows).items():
            for made in shapes:
                forms.add(made.seat.form)
                assert made.rows == height == made.head_rows + made.heights[0] + made.foot_rows
                if made.seat.form == "boxed":
                    assert made.inside is not None
                    assert made.inside.width_em <= width * (setting.measure_em + setting.gutter_em)
                    assert made.galley.measure_em == made.inside.measure_em
                elif made.seat.form in BESIDE_FORMS:
                    block = made.seat.rows + made.head.byline_rows
                    assert made.seat.row >= 1
                    assert made.seat.row + block <= made.rows
                    assert len(made.heights) == width - made.seat.columns
    assert "top" in forms


def test_the_lead_is_neither_boxed_nor_has_a_side_head() -> None:
    setting = layout_of().body[0]
    for width in range(1, setting.columns + 1):
        for shapes in desk().shapes(0, 0, width, setting, 78).values():
            assert {made.seat.form for made in shapes} == {"top"}


def test_heads_never_take_fewer_rows_than_they_are_high() -> None:
    for article in range(len(desk().bulletin.articles)):
        _, head = parts(article)
        for pad in range(1, 5):
            for row_pt in (11.0, 13.3, 14.0):
                assert head.rows(row_pt, pad) * row_pt >= head.height_pt


def strip(columns: int, rows: int, first_row: int) -> list[Placed]:
    found = [parts(n, columns) for n in range(len(desk().bulletin.articles))]
    variants = [[Variant(galley, head, columns)] for galley, head in found]
    placed, _, _ = Strip.of(variants, rows, 13.3, (1, 3), columns).run(first_row)
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


def test_what_may_be_added_or_cut_leaves_every_frame_as_it_is() -> None:
    """可增/可删: half of it, in the longest paragraph, closes the very same columns again."""
    plan = make_plan(desk().bulletin, layout_of(), faces_of(), desk().cohesion)
    found = {a.article: a for a in allowances(plan)}
    assert sum(a.may_add + a.may_cut for a in found.values()) > 100
    for placed in plan.placed:
        article = desk().bulletin.articles[placed.galley.article]
        long = max(range(len(article.body)), key=lambda n: len(article.body[n].text))
        text, at = article.body[long].text, len(article.body[long].text) // 2
        allowed = found[placed.galley.article]
        shorter = text[:at] + text[at + allowed.may_cut // 2 :]
        longer = text[:at] + "全县各级干部群众积极行动起来" * 9
        longer = longer[: at + allowed.may_add // 2] + text[at:]
        for changed in (shorter, longer):
            body = list(article.body)
            body[long] = replace(body[long], text=changed)
            galley = compose_galley(
                0, replace(article, body=tuple(body)), placed.galley.measure_em, layout_of(), faces_of(),
                desk().cohesion,
            )  # fmt: skip
            assert fill_columns(galley.items, [slot.height for slot in placed.slots]) is not None
