"""Boxes among an article's columns in points: the picture's place, the lines under it, the whole rectangle."""

from __future__ import annotations

from collections.abc import Mapping

from typeset.makeup.grid import Grid
from typeset.makeup.heads import ASCENT_EM
from typeset.makeup.marks import Marked, with_marks
from typeset.makeup.placed import Placed, PlacedBox, Slot
from typeset.makeup.setting import role_of, set_group
from typeset.model.bulletin import Bulletin
from typeset.model.edition import LineRun, Picture, Rectangle, RuleLine
from typeset.model.pictures import PictureFile


def box_rectangle(grid: Grid, placed: Placed, box: PlacedBox) -> Rectangle:
    """The box's place; its foot is level with the last row's text."""
    insert, plan = box.insert, grid.plan
    x = grid.slot_pt(placed, Slot(box.page, box.column, box.row, insert.rows))
    lead = plan.row_pt - plan.setting.size_pt
    return x, grid.row_top_pt(box.row), insert.box_width_pt, insert.rows * plan.row_pt - lead


def _top_pt(grid: Grid, placed: Placed, box: PlacedBox) -> float:
    """Where the content begins: at the box's top, or so that it ends at its foot."""
    _, y, _, height = box_rectangle(grid, placed, box)
    return y + height - box.insert.content_pt if box.at_foot else y


def picture_of(
    grid: Grid, bulletin: Bulletin, placed: Placed, box: PlacedBox, files: Mapping[str, PictureFile]
) -> Picture:
    """A box's picture in the middle of its width; what it shows is said by its alt text, else by its caption."""
    insert, picture = box.insert, box.insert.picture
    assert picture is not None
    x, _, width, _ = box_rectangle(grid, placed, box)
    caption = bulletin.articles[placed.galley.article].body[insert.block].text
    return Picture(
        x + (width - insert.width_pt) / 2, _top_pt(grid, placed, box), insert.width_pt, insert.height_pt,
        files[picture.file].data, picture.file, picture.alt or " ".join(caption.split()) or picture.file,
        placed.galley.article, insert.block,
    )  # fmt: skip


def table_rules(grid: Grid, placed: Placed, box: PlacedBox) -> list[RuleLine]:
    """Over a table, under its heading row, under its last row; none round a picture."""
    insert, plan, spec = box.insert, grid.plan, grid.layout.tables
    if insert.picture is not None or not insert.galley.items:
        return []
    x, _, width, _ = box_rectangle(grid, placed, box)
    half_lead = (plan.row_pt - plan.setting.size_pt) / 2
    rows = [item.options[0].rows for item in insert.galley.items]
    top = _top_pt(grid, placed, box) - half_lead
    ruled = [(0, spec.rule_pt), (rows[0], spec.head_rule_pt), (sum(rows), spec.rule_pt)]
    return [
        RuleLine(x, top + n * plan.row_pt, x + width, top + n * plan.row_pt, pt, "table", spec.colour)
        for n, pt in dict(reversed(ruled)).items()
        if pt
    ]


def box_runs(grid: Grid, placed: Placed, box: PlacedBox, marked: Marked) -> list[LineRun]:
    """The box's lines, one under another at the page's leading."""
    insert, plan = box.insert, grid.plan
    x, _, width, _ = box_rectangle(grid, placed, box)
    items = insert.galley.items
    texts = [
        set_group(group, [(item, item.options[0]) for item in items if item.group == n])
        for n, group in enumerate(insert.galley.groups)
    ]
    top = _top_pt(grid, placed, box) + insert.text_top_pt
    out: list[LineRun] = []
    for item in items:
        group = insert.galley.groups[item.group]
        text, first = texts[item.group]
        size = plan.setting.size_pt * group.style.size_em
        rise = ASCENT_EM * (size if insert.picture is not None else plan.setting.size_pt)
        line, rows = first[item.paragraph], item.options[0].rows
        out.append(LineRun(
            with_marks(text, group.copy, marked), line, line + rows, x, top + rise, plan.row_pt, size,
            role_of(item), item.block, width, group.style.align, group.style.colour, paragraph=item.paragraph,
        ))  # fmt: skip
        top += rows * plan.row_pt
    return out
