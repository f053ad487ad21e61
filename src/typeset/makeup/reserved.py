"""广告位: places at a page's foot for what is no article, in the right-hand columns or over all.

In: an article that is `reserved`. Out: its one box, and its one `Shape`, which the packer sets last on its page: so it
stands in the lower right corner. What stands in it is its picture, as large as fits, with its label under it.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from typeset.makeup.boxes import BoxRoom
from typeset.makeup.fill import Filled
from typeset.makeup.heads import Head
from typeset.makeup.inserts import Insert, Inset, Seated
from typeset.makeup.shapes import AIR_ROWS, Seat, Shape
from typeset.model.bulletin import Article, Block, Bulletin, Reservation
from typeset.model.findings import TypesetError, Words
from typeset.model.layout import BodySetting, Layout
from typeset.model.lengths import MM_PT

if TYPE_CHECKING:
    from typeset.makeup.desk import Desk

NO_HEAD = Head((), 0.0, (), 0, 0.0, 0.0)
PAD_EM = 0.6  # from the border to the picture and the label
EPS_ROWS = 1e-6
MOST_SHARE = 0.8  # of a page's height


def with_places(bulletin: Bulletin, layout: Layout) -> Bulletin:
    """The bulletin with the places that every edition of the layout leaves, after its own articles.

    Raises TypesetError where a place, an edition's or a layout's, is higher than a page has room for.
    """
    own = tuple(
        Article(
            f"reserved{number}", page=place.page, body=(Block("caption", place.label),),
            reserved=Reservation(place.height_pt, place.columns),
        )
        for number, place in enumerate(layout.reserved, 1)
    )  # fmt: skip
    articles = (*bulletin.articles, *own)
    for article in articles:
        if article.reserved is not None and article.reserved.height_pt > MOST_SHARE * layout.type_height_pt:
            most = MOST_SHARE * layout.type_height_pt / MM_PT
            raise TypesetError(
                Words(f"{article.id}: the reserved place is higher than {most:.0f} mm", f"{article.id}：广告位高于 {most:.0f} mm"),
                Words("lower its “height:”", "请减小“height:”"),
            )  # fmt: skip
    return replace(bulletin, articles=articles) if own else bulletin


def reserved_of(bulletin: Bulletin) -> frozenset[int]:
    """Which of the articles are such places."""
    return frozenset(n for n, article in enumerate(bulletin.articles) if article.reserved is not None)


def reserved_columns(desk: Desk, article: int, setting: BodySetting) -> int:
    """How many of the page's columns it takes."""
    place = desk.bulletin.articles[article].reserved
    assert place is not None
    return min(place.columns, setting.columns) or setting.columns


def reserved_box(desk: Desk, article: int, room: BoxRoom, span: int) -> Insert:
    """The box over so many columns: whole rows, none fewer than its height wants."""
    found = desk.bulletin.articles[article]
    assert found.reserved is not None
    layout, block = desk.layout, found.body[0]
    row_pt = layout.type_height_pt / room.page_rows
    lead = row_pt - room.size_pt
    rows = max(1, ceil((found.reserved.height_pt + lead) / row_pt - EPS_ROWS))
    galley = desk.galley(article, room.width_em(span), 0)
    lines = sum(item.options[0].rows for item in galley.items)
    pad, width = PAD_EM * room.size_pt, room.width_em(span) * room.size_pt
    content = rows * row_pt - lead
    label = (lines - 1) * row_pt + layout.styles["caption"].size_em * room.size_pt + pad if lines else 0.0
    text_top, shown = pad, (0.0, 0.0)
    if block.picture is not None:
        file = desk.pictures[block.picture.file]
        most_width, most_height = width - 2 * pad, max(1.0, content - label - 2 * pad)
        scale = min(most_width / file.width_px, most_height / file.height_px)
        shown = file.width_px * scale, file.height_px * scale
        text_top = content - label
    return Insert(
        0, span, rows, galley, content, text_top, 0.0, block.picture, *shown, box_width_pt=width, kind="reserved",
        inset_pt=pad,
    )  # fmt: skip


def reserved_shapes(
    desk: Desk, article: int, width: int, setting: BodySetting, rows: int
) -> dict[int, list[Shape]]:
    """The place as a shape in so many columns: one, where that is its width."""
    if width != reserved_columns(desk, article, setting):
        return {}
    insert = reserved_box(desk, article, BoxRoom.of(setting, setting.columns, rows), width)
    filled = Filled(0.0, (), (), (Inset((Seated(insert, 0, 0),), ()),))
    seat = Seat("top", 0, width, AIR_ROWS, 0)
    galley = desk.galley(article, float(setting.measure_em))
    shape = Shape(galley, NO_HEAD, seat, width, AIR_ROWS, (insert.rows,) * width, filled, 0.0)
    return {shape.rows: [shape]} if shape.rows <= rows else {}
