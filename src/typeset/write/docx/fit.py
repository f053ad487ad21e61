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
from typeset.write.docx.paragraphs import ArticleText, width_em
from typeset.write.docx.story import Paragraph

_LEAST, _TIGHTEST_EM = 0.03, 1.2  # at least so much; rows are no closer than so many ems
_MARGIN = 1.015
_RAGGED_EM = 0.35  # of a line, which line-breaking rules leave empty on the average
_SEAM_ROWS = 1.0
_SPLIT_MARGIN = 0.03
_HOPE, _HOPELESS = 1.1, 2.0  # times the most that is possible: estimates are on the safe side
_BOX_EM = 2.4


def closer(edition: Edition, layout: Layout, texts: Sequence[ArticleText]) -> float:
    """By which share of a row the rows are to be closer, so that every page finds room that can."""
    shares = (_share(page, edition, layout, texts) for page in edition.pages)
    most = _most(edition)
    return min(most, max([_LEAST, *(share for share in shares if share <= _HOPELESS * most)]))


def fits(page: Page, edition: Edition, layout: Layout, texts: Sequence[ArticleText]) -> bool:
    """Whether the page finds room with its rows as close as may be."""
    return _share(page, edition, layout, texts) <= _HOPE * _most(edition)


def _share(page: Page, edition: Edition, layout: Layout, texts: Sequence[ArticleText]) -> float:
    rows = layout.type_height_pt / edition.row_pt + SPARE_ROWS
    bands = bands_of(page, edition)
    # a line too many moves the columns after it to the next page
    more = _SPLIT_MARGIN if any(band.kind == "split" for band in bands) else 0.0
    return _MARGIN * _rows(page, edition, layout, texts) / rows - 1 + more


def _most(edition: Edition) -> float:
    return max(0.0, edition.row_pt / (_TIGHTEST_EM * edition.body.size_pt) - 1)


def lines_of(text: ArticleText, measure_em: float, columns: int) -> float:
    """About how many lines the article's body takes in columns, blank ones over sub-heads among them; a row of a table
    across the page takes one of each."""
    room = max(2.0, measure_em - _RAGGED_EM)
    out = 0.0
    for item in text.body:
        if isinstance(item, Paragraph):
            indent = 2.0 if item.style == "NewsBody" else 0.0
            out += math.ceil((width_em(item.text) + indent) / room) + (item.style == "Heading2")
        else:
            out += len(item.rows) * (columns if item.spans else 1)
    return out


def _rows(page: Page, edition: Edition, layout: Layout, texts: Sequence[ArticleText]) -> float:
    top_pt = min((frame.y_pt for frame in page.frames), default=layout.margins.top_pt)
    above = (top_pt - layout.margins.top_pt) / edition.row_pt
    return above + sum(band_rows(band, edition, layout, texts) for band in bands_of(page, edition))


def band_rows(band: Band, edition: Edition, layout: Layout, texts: Sequence[ArticleText]) -> float:
    """About how many rows the band takes in other programs."""
    if band.kind == "mixed":
        look = as_made_up(layout, edition)
        return sum(_across(texts[frame.article], frame, look) for frame in band.frames())
    if band.kind == "split":
        groups = [
            sum(_as_set(frame, edition, texts[frame.article]) for frame in group) for group in band.groups
        ]
        return max(groups) + _SEAM_ROWS / 2
    return sum(_as_set(frame, edition, texts[frame.article]) for frame in band.frames()) + _SEAM_ROWS


def _across(text: ArticleText, frame: Frame, layout: Layout) -> float:
    """The rows of an article over the page's whole width."""
    grid = Grid.of(layout)
    head = room_anew(text.head, frame, grid.type_width / 20, layout).height_pt * 20 / grid.row
    if frame.form == "boxed":
        return head + lines_of(text, grid.type_width / grid.em - _BOX_EM, 1) + 2 * _SEAM_ROWS
    return head + math.ceil(lines_of(text, grid.column / grid.em, grid.columns) / grid.columns) + _SEAM_ROWS


def _as_set(frame: Frame, edition: Edition, text: ArticleText) -> float:
    """The frame's own rows, and what its text takes more than in the PDF."""
    share = sum(count for _, _, count in body_runs(frame)) / max(1, _characters(text))
    set_lines = sum(run.last - run.first for run in frame.runs if run.block >= 0 or run.role == "source")
    measure_em = edition.body.measure_em - (_BOX_EM if frame.form == "boxed" else 0.0)
    more = max(0.0, lines_of(text, measure_em, frame.columns) * share - set_lines)
    return frame.height_pt / edition.row_pt + more / frame.columns


def _characters(text: ArticleText) -> int:
    return sum(len("".join(cell.text.split())) for item in text.body for cell in item.cells())
