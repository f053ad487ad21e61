"""A bulletin as flowing sections (route A): a head over all columns, its body in columns under it, article by article.

Each article's sections end where its columns can be balanced: what follows is continuous, down to the colophon's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from typeset.model.bulletin import Bulletin
from typeset.model.issue import IssueLine
from typeset.model.layout import Layout
from typeset.write.docx import oxml
from typeset.write.docx.grid import Grid
from typeset.write.docx.paragraphs import ArticleText, width_em
from typeset.write.docx.story import Paragraph, Section, Table

_IN_CHARGE = re.compile("责编|編輯|编辑|校对|校對|版式|美编")
_PROSE = {"NewsBody", "Note", "Caption", "PictureCredit", "ListItem", "SourceLine"}
_LEAST_DEPTH = 2  # lines in a column


def flowing(texts: Sequence[ArticleText], grid: Grid) -> Iterator[Section]:
    """The articles' sections, one after the other; none of them is empty."""
    for text in texts:
        if text.head:
            yield Section(1, [*text.head])
        yield from body_sections(text.body, grid.columns, grid)


def body_sections(body: Sequence[Paragraph | Table], columns: int, grid: Grid) -> Iterator[Section]:
    """A body in columns; a table too wide for one closes the columns above it, and they begin anew below."""
    section = Section(columns)
    for item in body:
        if not isinstance(item, Table) or not item.spans:
            section.items.append(item)
            continue
        yield from _closed(section, grid)
        yield Section(1, [item])
        section = Section(columns)
    yield from _closed(section, grid)


def _closed(section: Section, grid: Grid) -> Iterator[Section]:
    if section.items:
        if section.columns > 1 and _is_too_short(section, grid):
            section.columns = 1
        yield section


def _is_too_short(section: Section, grid: Grid) -> bool:
    """Whether columns would be shorter than two lines, in prose.

    Such a text reads better across the page; and LibreOffice 7.4 never finished balancing a lone
    paragraph of three lines over three columns, whose widow control forbids every break.
    """
    if not all(isinstance(item, Paragraph) and item.style in _PROSE for item in section.items):
        return False
    measure_em = (grid.type_width - (section.columns - 1) * grid.gutter) / section.columns / grid.em
    lines = sum(math.ceil((width_em(p.text) + 2) / measure_em) for p in section.paragraphs())
    return lines < _LEAST_DEPTH * section.columns


def colophon(bulletin: Bulletin, layout: Layout, issue: IssueLine) -> Section:
    """版权栏 as on the PDF's last page: the source's line of editors and the imprint, else the layout's own words.

    Where there are none its paragraph is empty, but stands: without a section after it Word would not balance the
    last article's columns.
    """
    editors = next((line.strip() for line in bulletin.furniture if _IN_CHARGE.search(line)), "")
    words = "　".join(filter(None, (editors, issue.record)))
    if not words and layout.colophon is not None:
        words = layout.colophon.text
    words = oxml.clean(words).strip()
    return Section(1, [Paragraph("Colophon", words) if words else closing_paragraph(oxml.CLEARING_BREAK)])


def closing_paragraph(content: str = "") -> Paragraph:
    """A paragraph without words or height that closes a column or a section."""
    return Paragraph("ColumnEnd", "", content=content)
