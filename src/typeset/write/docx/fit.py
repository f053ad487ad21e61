"""How deep texts are in other programs, in rows, and how much closer rows have to stand for pages to end as the PDF's.

Other programs squeeze fewer marks than our composition and never set a paragraph tighter to win a line, so they need
more lines; LibreOffice 7.4 leaves about a row under columns that it balances. Lines are estimated from widths.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from typeset.model.edition import Edition, Frame, Page
from typeset.model.layout import Layout
from typeset.write.docx.bands import Band, bands_of, body_runs
from typeset.write.docx.grid import SPARE_ROWS, Grid, as_made_up
from typeset.write.docx.heads import room_anew
from typeset.write.docx.packing import Depth, packed
from typeset.write.docx.paragraphs import ArticleText, width_em
from typeset.write.docx.story import Paragraph, Table

_LEAST, _TIGHTEST_EM = 0.03, 1.2  # at least so much; rows are no closer than so many ems
_MARGIN = 1.015
_RAGGED_EM = 0.35  # of a line, which line-breaking rules leave empty on the average
_SEAM_ROWS = 1.0
_SPANNED = 4  # columns that a row of a table across the page takes a line of
_BOX_EM = 2.4


def closer(edition: Edition, layout: Layout, texts: Sequence[ArticleText]) -> float:
    """By which share of a row the rows are to be closer, so that every page finds room."""
    rows = layout.type_height_pt / edition.row_pt
    need = max((_rows(page, edition, layout, texts) for page in edition.pages), default=rows)
    most = edition.row_pt / (_TIGHTEST_EM * edition.body.size_pt) - 1
    return max(0.0, min(most, max(_LEAST, _MARGIN * need / (rows + SPARE_ROWS) - 1)))


def depths(band: Band, layout: Layout, texts: Sequence[ArticleText]) -> Depth:
    """How deep a mixed band's articles are in some of the page's columns."""
    grid = Grid.of(layout)
    frames = {frame.article: frame for frame in band.frames()}
    known: dict[tuple[int, int], float] = {}

    def depth(article: int, columns: int) -> float:
        if (article, columns) not in known:
            known[article, columns] = _deep(texts[article], frames[article], columns, grid, layout)
        return known[article, columns]

    return depth


def _deep(text: ArticleText, frame: Frame, columns: int, grid: Grid, layout: Layout) -> float:
    spans = any(isinstance(item, Table) and item.spans for item in text.body)
    if (spans or text.bears_comment) and columns < grid.columns:
        return math.inf
    width = columns * (grid.column + grid.gutter) - grid.gutter
    head = room_anew(text.head, frame, width / 20, layout).height_pt * 20 / grid.row
    if frame.form == "boxed":
        return head + lines_of(text, width / grid.em - _BOX_EM) + _SEAM_ROWS
    # columns of a line or two are not filled evenly
    return head + math.ceil(lines_of(text, grid.column / grid.em) / columns + 0.4 * (columns > 1))


def lines_of(text: ArticleText, measure_em: float) -> float:
    """About how many lines the article's body takes, blank ones over sub-heads among them."""
    room = max(2.0, measure_em - _RAGGED_EM)
    out = 0.0
    for item in text.body:
        if isinstance(item, Paragraph):
            indent = 2.0 if item.style == "NewsBody" else 0.0
            out += math.ceil((width_em(item.text) + indent) / room) + (item.style == "Heading2")
        else:
            out += len(item.rows) * (_SPANNED if item.spans else 1)
    return out


def _rows(page: Page, edition: Edition, layout: Layout, texts: Sequence[ArticleText]) -> float:
    top_pt = min((frame.y_pt for frame in page.frames), default=layout.margins.top_pt)
    above = (top_pt - layout.margins.top_pt) / edition.row_pt
    return above + sum(band_rows(band, edition, layout, texts) for band in bands_of(page, edition))


def band_rows(band: Band, edition: Edition, layout: Layout, texts: Sequence[ArticleText]) -> float:
    """About how many rows the band takes in other programs."""
    if band.kind == "mixed":
        articles = sorted(frame.article for frame in band.frames())
        look = as_made_up(layout, edition)
        return sum(deep for _, deep in packed(articles, edition.body.columns, depths(band, look, texts)))
    if band.kind == "split":
        groups = [
            sum(_as_set(frame, edition, texts[frame.article]) for frame in group) for group in band.groups
        ]
        return max(groups) + _SEAM_ROWS / 2
    return sum(_as_set(frame, edition, texts[frame.article]) for frame in band.frames()) + _SEAM_ROWS


def _as_set(frame: Frame, edition: Edition, text: ArticleText) -> float:
    """The frame's own rows, and what its text takes more than in the PDF."""
    share = sum(count for _, _, count in body_runs(frame)) / max(1, _characters(text))
    set_lines = sum(run.last - run.first for run in frame.runs if run.block >= 0 or run.role == "source")
    measure_em = edition.body.measure_em - (_BOX_EM if frame.form == "boxed" else 0.0)
    more = max(0.0, lines_of(text, measure_em) * share - set_lines)
    return frame.height_pt / edition.row_pt + more / frame.columns


def _characters(text: ArticleText) -> int:
    return sum(len("".join(cell.text.split())) for item in text.body for cell in item.cells())
