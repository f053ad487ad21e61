"""How wide and how high what stands in a box is: a picture with its caption, at every number of columns.

In: a block of an article's body and the columns it may span. Out: `Insert`s, those of the best size first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, log
from typing import TYPE_CHECKING

from typeset.makeup.inserts import NOTE_PAD, Insert
from typeset.makeup.shapes import Inside
from typeset.model.layout import BodySetting

if TYPE_CHECKING:
    from typeset.makeup.desk import Desk

NARROWER_COST = 8.0  # per column less than the manuscript asks for
BLANK_SIDE_COST = 6.0  # a picture so high that it does not fill its columns' width
POOR_COST = 3.0  # per ln(ppi due / ppi)
AIR_COST = 1.2  # per row more than a box needs
WIDER_COST = 1.0  # per column more than a table needs
BROKEN_ROW_COST = 10.0  # a table's row that takes two lines
QUOTE_LINES = 3
QUOTE_LINES_COST = 1.0  # per line more or fewer
QUOTE_SHARE = 0.15
QUOTE_SHARE_COST = 40.0  # times what it takes more of its article's space
QUOTE_PAD_EM = 0.7  # from its rules to its text
NOTE_LINES = 8
NOTE_MOST_AIR = 2
NOTE_HIGH_COST = 0.3  # per line beyond
NOTE_PARTED_COST = 2.0  # a note that is narrower than its article
EPS_ROWS = 1e-6


@dataclass(frozen=True, slots=True)
class BoxRoom:
    """An article's text columns on a page of so many rows: their number, measure and gutter in ems of the body."""

    columns: int
    measure_em: float
    gutter_em: float
    size_pt: float
    page_rows: int

    @staticmethod
    def of(setting: BodySetting, columns: int, rows: int) -> BoxRoom:
        """The page's own columns."""
        return BoxRoom(columns, float(setting.measure_em), setting.gutter_em, setting.size_pt, rows)

    @staticmethod
    def inside(setting: BodySetting, inside: Inside, rows: int) -> BoxRoom:
        """The columns of a box, or broken columns."""
        return BoxRoom(inside.columns, float(inside.measure_em), inside.gutter_em, setting.size_pt, rows)

    def width_em(self, span: int) -> float:
        return span * self.measure_em + (span - 1) * self.gutter_em


def box_widths(desk: Desk, article: int, block: int, room: BoxRoom) -> list[Insert]:
    """A block's boxes over one column, two …, the best size first."""
    text_rows = desk.galley(article, room.measure_em).natural_rows
    found_block = desk.bulletin.articles[article].body[block]
    if found_block.type == "table":
        return _tables(desk, article, block, room)
    if found_block.type == "quote":
        return _quotes(desk, article, block, room, text_rows)
    if found_block.type == "note":
        return _notes(desk, article, block, room)
    found = [_picture(desk, article, block, room, span, text_rows) for span in range(1, room.columns + 1)]
    most_air = desk.layout.pictures.more_air_rows
    found += [
        replace(insert, rows=insert.rows + air, cost=insert.cost + AIR_COST * air)
        for insert in found
        for air in range(1, most_air + 1)
    ]
    return sorted(found, key=lambda insert: insert.cost)


def _tables(desk: Desk, article: int, block: int, room: BoxRoom) -> list[Insert]:
    """A table at the widths at which each of its rows takes one line, the narrowest first; else as wide as can be.

    It may be followed by a row of air or two.
    """
    row_pt = desk.layout.type_height_pt / room.page_rows
    before = sum(
        item.natural_rows for item in desk.galley(article, room.measure_em).items if 0 <= item.block < block
    )
    found = []
    for span in range(1, room.columns + 1):
        galley = desk.galley(article, room.width_em(span), block)
        rows = sum(item.options[0].rows for item in galley.items)
        broken = sum(item.options[0].rows > 1 for item in galley.items)
        cost = WIDER_COST * (span - 1) + BROKEN_ROW_COST * broken
        content = rows * row_pt - (row_pt - room.size_pt)
        width = room.width_em(span) * room.size_pt
        found += [
            Insert(
                block,
                span,
                rows + air,
                galley,
                content,
                0.0,
                cost + AIR_COST * (air - 1),
                box_width_pt=width,
                kind="table",
                before_rows=before,
            )
            for air in (1, 2)
        ]
    least = min(insert.cost for insert in found)
    return sorted((i for i in found if i.cost < least + BROKEN_ROW_COST), key=lambda insert: insert.cost)


def _quotes(desk: Desk, article: int, block: int, room: BoxRoom, text_rows: int) -> list[Insert]:
    """A quote over one column, two …: a few lines, and no more of the article than its share."""
    spec, style = desk.layout.quotes, desk.layout.style("quote")
    row_pt = desk.layout.type_height_pt / room.page_rows
    pad = QUOTE_PAD_EM * room.size_pt * style.size_em
    found = []
    for span in range(1, room.columns + 1):
        galley = desk.galley(article, room.width_em(span), block)
        lines = sum(item.options[0].rows for item in galley.items)
        leading = (lines - 1) * style.rows * row_pt
        top = spec.rule_pt + pad
        content = top + leading + room.size_pt * style.size_em + pad + spec.foot_rule_pt
        rows = ceil(content / row_pt + spec.air_rows - EPS_ROWS)
        share = rows * span / (rows * span + text_rows)
        cost = QUOTE_LINES_COST * abs(lines - QUOTE_LINES) + QUOTE_SHARE_COST * max(0.0, share - QUOTE_SHARE)
        found += _with_air(Insert(
            block, span, rows, galley, content, top, cost, box_width_pt=room.width_em(span) * room.size_pt,
            kind="quote", line_rows=style.rows,
        ))  # fmt: skip
    return sorted(found, key=lambda insert: insert.cost)


def _notes(desk: Desk, article: int, block: int, room: BoxRoom) -> list[Insert]:
    """A note in its border over one column, two …, its lines on the grid; flat is good, over all columns best."""
    spec = desk.layout.notes
    row_pt = desk.layout.type_height_pt / room.page_rows
    pad = spec.padding_em * room.size_pt
    found = []
    for span in range(1, room.columns + 1):
        galley = desk.galley(article, room.width_em(span) - 2 * spec.padding_em, block)
        lines = sum(item.options[0].rows for item in galley.items)
        size = room.size_pt * desk.layout.styles["note"].size_em
        content = lines * row_pt + size + NOTE_PAD * pad  # its first line is on the page's second row
        rows = ceil(content / row_pt + spec.air_rows - EPS_ROWS)
        cost = NOTE_PARTED_COST * (span < room.columns) + NOTE_HIGH_COST * max(0, lines - NOTE_LINES)
        found += _with_air(Insert(
            block, span, rows, galley, content, row_pt, cost,
            box_width_pt=room.width_em(span) * room.size_pt, kind="note", inset_pt=pad,
        ), NOTE_MOST_AIR)  # fmt: skip
    return sorted(found, key=lambda insert: insert.cost)


def _with_air(insert: Insert, most: int = 1) -> list[Insert]:
    """The box, and with up to so many rows more under it."""
    return [replace(insert, rows=insert.rows + n, cost=insert.cost + AIR_COST * n) for n in range(most + 1)]


def _picture(desk: Desk, article: int, block: int, room: BoxRoom, span: int, text_rows: int) -> Insert:
    """A picture over `span` columns, the caption under it; in vertical type it lies on its side."""
    layout, spec = desk.layout, desk.layout.pictures
    picture = desk.bulletin.articles[article].body[block].picture
    assert picture is not None
    file = desk.pictures[picture.file]
    across, down = file.width_px, file.height_px
    if layout.composition.direction == "vertical":
        across, down = down, across
    aspect = down / across
    row_pt = layout.type_height_pt / room.page_rows
    box_width = room.width_em(span) * room.size_pt
    width = min(box_width, spec.most_height * layout.type_height_pt / aspect)
    height = width * aspect
    galley = desk.galley(article, room.width_em(span), block)
    lines = sum(item.options[0].rows for item in galley.items)
    content, text_top = height, height
    if lines:
        text_top = height + spec.caption_gap_em * room.size_pt
        content = text_top + (lines - 1) * row_pt + layout.styles["caption"].size_em * room.size_pt
    rows = ceil(content / row_pt + spec.air_rows - EPS_ROWS)
    share = rows * span / (rows * span + text_rows)
    cost = layout.makeup.weights.get("picture_size", 4.0) * abs(log(share / spec.share))
    cost += BLANK_SIDE_COST * (1 - width / box_width)
    cost += POOR_COST * max(0.0, log(layout.print.picture_ppi[0] * width / (72 * across)))
    wanted = picture.width_columns
    if wanted is not None:
        cost += NARROWER_COST * abs(span - wanted)
    return Insert(block, span, rows, galley, content, text_top, cost, picture, width, height, box_width)
