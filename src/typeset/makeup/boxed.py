"""Boxes among an article's columns in points: the picture's place, the lines under it, the whole rectangle."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from typeset.makeup.grid import Grid
from typeset.makeup.heads import ASCENT_EM
from typeset.makeup.inserts import NOTE_PAD
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


def box_rules(grid: Grid, placed: Placed, box: PlacedBox) -> list[RuleLine]:
    """A table's rules, those over and under a quote, the border round a note; none round a picture."""
    if not box.insert.galley.items or box.insert.picture is not None:
        return []
    if box.insert.kind == "table":
        return _table_rules(grid, placed, box)
    return _quote_rules(grid, placed, box) if box.insert.kind == "quote" else _note_rules(grid, placed, box)


def _quote_rules(grid: Grid, placed: Placed, box: PlacedBox) -> list[RuleLine]:
    spec, (x, _, width, _) = grid.layout.quotes, box_rectangle(grid, placed, box)
    top = _top_pt(grid, placed, box)
    foot = top + box.insert.content_pt
    pairs = ((top + spec.rule_pt / 2, spec.rule_pt), (foot - spec.foot_rule_pt / 2, spec.foot_rule_pt))
    return [RuleLine(x, y, x + width, y, pt, "quote", spec.colour) for y, pt in pairs if pt]


def _note_rules(grid: Grid, placed: Placed, box: PlacedBox) -> list[RuleLine]:
    spec, (x, _, width, _) = grid.layout.notes, box_rectangle(grid, placed, box)
    half, insert = spec.rule_pt / 2, box.insert
    left, right = x + half, x + width - half
    top = _top_pt(grid, placed, box)
    top, foot = top + insert.text_top_pt - NOTE_PAD * insert.inset_pt, top + insert.content_pt
    corners = ((left, top), (right, top), (right, foot), (left, foot), (left, top))
    return [
        RuleLine(x0, y0, x1, y1, spec.rule_pt, "note", spec.colour)
        for (x0, y0), (x1, y1) in pairwise(corners)
    ]


def _table_rules(grid: Grid, placed: Placed, box: PlacedBox) -> list[RuleLine]:
    """Over a table, under its heading row, under its last row."""
    insert, plan, spec = box.insert, grid.plan, grid.layout.tables
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
    """The box's lines, one under another at the page's leading or a multiple of it."""
    insert, plan = box.insert, grid.plan
    x, _, width, _ = box_rectangle(grid, placed, box)
    x, width, pitch = x + insert.inset_pt, width - 2 * insert.inset_pt, plan.row_pt * insert.line_rows
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
        rise = ASCENT_EM * (plan.setting.size_pt if insert.kind == "table" else size)
        line, rows = first[item.paragraph], item.options[0].rows
        out.append(LineRun(
            with_marks(text, group.copy, marked), line, line + rows, x, top + rise, pitch, size,
            role_of(item), item.block, width, group.style.align, group.style.colour, paragraph=item.paragraph,
        ))  # fmt: skip
        top += rows * pitch
    return out
