"""A bulletin as the main story of a DOCX: paragraphs by role, in sections of one or several columns.

Masthead and heads run over all columns in sections of their own, bodies in columns between them;
the colophon's section closes the last body, or Word would not balance its columns. First the
paragraphs are listed, then comments are laid over their joined text, then all is written in one pass.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, zip_longest

from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.findings import Finding
from typeset.model.issue import IssueLine
from typeset.model.layout import Layout
from typeset.model.marks import marked_words
from typeset.write.docx import baseline, oxml
from typeset.write.docx.styles import Grid

_IN_CHARGE = re.compile("责编|編輯|编辑|校对|校對|版式|美编")
_FOLLOWING = {"Heading1": "HeadlineMore", "Heading2": "SubheadMore"}
_STYLE = {
    "para": "NewsBody",
    "subhead": "Heading2",
    "note": "Note",
    "caption": "Caption",
    "list": "ListItem",
    "verse": "Verse",
}
_LOOKS = {"dots": oxml.val("em", "underDot"), "name": oxml.val("u", "single"), "title": oxml.val("u", "wave")}
_PROSE = {"NewsBody", "Note", "Caption", "PictureCredit", "ListItem", "SourceLine"}
_LEAST_DEPTH = 2  # lines in a column
_NAME_LENGTH = 24  # of a bookmark's 40 characters


@dataclass(slots=True)
class Paragraph:
    """One paragraph of the story; `bookmark` is empty for what is no article's: masthead, colophon, jump lines.

    An article's paragraphs say whose they are and which block of its body (-1: its head or source line).
    """

    style: str
    text: str
    bookmark: str = ""
    article: int = -1
    block: int = -1
    comments: list[tuple[int, int, int]] = field(default_factory=list)
    looks: list[tuple[int, int, str]] = field(default_factory=list)
    rubies: list[tuple[int, int, str]] = field(default_factory=list)
    number: int = 0
    drawing: str = ""
    """The run that shows the picture, in a paragraph without words before its caption."""


@dataclass(slots=True)
class Table:
    """Rows of cells, all of one length, and the width of each column in twips."""

    rows: list[list[Paragraph]]
    widths: list[int]


@dataclass(slots=True)
class Section:
    columns: int
    items: list[Paragraph | Table] = field(default_factory=list)

    def paragraphs(self) -> Iterator[Paragraph]:
        for item in self.items:
            if isinstance(item, Paragraph):
                yield item
            else:
                for row in item.rows:
                    yield from row


def sections(bulletin: Bulletin, layout: Layout, issue: IssueLine) -> list[Section]:
    """The story's sections, none of them empty; the last one is the colophon's."""
    grid = Grid.of(layout)
    masthead = [Paragraph("Title", oxml.clean(issue.title).strip())]
    masthead.append(Paragraph("MastheadLine", oxml.clean(issue.when).strip()))
    out = [Section(1, [line for line in masthead if line.text])]
    names: set[str] = set()
    for number, article in enumerate(bulletin.articles):
        parts = _article(article, layout, grid, _bookmark_stem(article.id, names))
        for paragraph in (p for part in parts for p in part.paragraphs()):
            paragraph.article = number
        _mark(article, [p for part in parts for p in part.paragraphs() if p.bookmark and p.style != "Byline"])
        out += parts
    colophon = oxml.clean(_colophon(bulletin, layout, issue))
    out.append(Section(1, [Paragraph("Colophon", colophon)]))
    return [section for section in out if section.items]


def draw(parts: Sequence[Section], drawings: Mapping[tuple[int, int], str]) -> None:
    """Put the pictures' runs, by article and block, into the paragraphs kept for them."""
    for paragraph in (p for part in parts for p in part.paragraphs()):
        if not paragraph.text and not paragraph.bookmark:
            paragraph.drawing = drawings.get((paragraph.article, paragraph.block), "")


def story_xml(parts: Sequence[Section], layout: Layout, references: str) -> str:
    """The document element; `references` (header, footer) go to the first section, the others inherit."""
    grid = Grid.of(layout)
    settings = [
        oxml.section(
            page=grid.page,
            margins=grid.margins,
            columns=part.columns,
            gutter=grid.gutter,
            column_rule=grid.column_rule,
            line_pitch=grid.row,
            references="" if index else references,
            has_title_page=not index and not layout.folio.on_first_page,
        )
        for index, part in enumerate(parts)
    ]
    for number, paragraph in enumerate(p for part in parts for p in part.paragraphs()):
        paragraph.number = number
    body = [_section_xml(part, setting) for part, setting in zip(parts[:-1], settings, strict=False)]
    body += [_section_xml(parts[-1], ""), settings[-1]]
    return f"<w:document {oxml.DOCUMENT_NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"


def anchor(parts: Sequence[Section], findings: Sequence[Finding]) -> list[Finding]:
    """Lay each finding that quotes the text over its words; returns those laid, in order of comment id.

    Findings that quote the same words take their occurrences one after the other. Words that
    no single paragraph holds are not in the story as quoted, and bear no comment.
    """
    quoting = [finding for finding in findings if finding.text and finding.text.strip()]
    if not quoting:
        return []
    paragraphs = [p for part in parts for p in part.paragraphs() if p.bookmark]
    text = "\n".join(p.text for p in paragraphs)
    starts = [0, *accumulate(len(p.text) + 1 for p in paragraphs)]
    searched: dict[str, int] = defaultdict(int)
    laid: list[Finding] = []
    for finding in quoting:
        words = oxml.clean(finding.text or "").strip()
        at = text.find(words, searched[words])
        if at < 0 or "\n" in words or not words:
            continue
        searched[words] = at + len(words)
        index = bisect_right(starts, at) - 1
        start = at - starts[index]
        paragraphs[index].comments.append((start, start + len(words), len(laid)))
        laid.append(finding)
    return laid


def _article(article: Article, layout: Layout, grid: Grid, stem: str) -> list[Section]:
    head, out = Section(1), []
    count = 0

    def add(section: Section, style: str, text: str, block: int = -1) -> None:
        """One paragraph a line: line breaks carry no role, and indents are the style's."""
        nonlocal count
        after_blank = False
        fresh = True
        for line in oxml.clean(text).splitlines():
            words = line.strip()
            if not words:
                after_blank = True
                continue
            count += 1
            named = style if fresh else _FOLLOWING.get(style, style)
            if style == "Verse" and after_blank and not fresh:
                named = "Stanza"
            section.items.append(Paragraph(named, words, f"{stem}_{count:03d}", block=block))
            after_blank = fresh = False

    def add_table(section: Section, rows: list[list[str]], widths: list[int], block: int) -> None:
        nonlocal count
        cells = []
        for row in rows:
            line = []
            for text in row:
                count += bool(text)
                ident = f"{stem}_{count:03d}" if text else ""
                line.append(Paragraph("TableText", text, ident, block=block))
            cells.append(line)
        section.items.append(Table(cells, widths))

    add(head, "Kicker", "\n".join(article.kicker))
    add(head, "Heading1", "\n".join(article.headline))
    add(head, "Subtitle", "\n".join(article.subtitle))
    if article.byline and not article.byline_stands_in_body:
        style = layout.styles["byline"]
        add(head, "Byline", style.prefix + style.separator.join(article.byline))
    out.append(head)
    body = Section(grid.columns)
    out.append(body)
    for at, block in enumerate(article.body):
        if block.picture is not None:
            body.items.append(Paragraph("Caption", "", block=at))
        if block.type != "table":
            add(body, _STYLE[block.type], block.text, at)
            if block.picture is not None and block.picture.credit:
                # no words of the caption: in a style of its own, so that it does not come back as such
                body.items.append(Paragraph("PictureCredit", oxml.clean(block.picture.credit), block=at))
            continue
        rows = _rows(block)
        if not rows:
            continue
        widths, spans = _table_widths(rows, grid)
        if spans:
            # too wide for a column: the columns close above it and begin anew below
            out.append(Section(1))
            add_table(out[-1], rows, widths, at)
            body = Section(grid.columns)
            out.append(body)
        else:
            add_table(body, rows, widths, at)
    if article.source is not None:
        add(body, "SourceLine", article.source)
    for section in out:
        if section.columns > 1 and _is_too_short(section, grid):
            section.columns = 1
    return out


def _mark(article: Article, paragraphs: list[Paragraph]) -> None:
    """T52, T53: emphasis dots, name and title lines as run properties, ruby as such; no ruby overlaps another."""
    if not article.marks:
        return
    for paragraph, found in zip(
        paragraphs, marked_words([p.text for p in paragraphs], article.marks), strict=True
    ):
        taken: set[int] = set()
        for words in found:
            if words.mark.kind != "ruby":
                paragraph.looks.append((words.start, words.end, _LOOKS[words.mark.kind]))
                continue
            for start, end, over in words.ruby_parts():
                if taken.isdisjoint(range(start, end)):
                    taken |= set(range(start, end))
                    paragraph.rubies.append((start, end, oxml.clean(over)))


def _is_too_short(section: Section, grid: Grid) -> bool:
    """Whether columns would be shorter than two lines, in prose.

    Such a text reads better across the page; and LibreOffice 7.4 never finished balancing a lone
    paragraph of three lines over three columns, whose widow control forbids every break.
    """
    if not all(isinstance(item, Paragraph) and item.style in _PROSE for item in section.items):
        return False
    measure_em = grid.column / grid.em
    lines = sum(math.ceil((_width_em(p.text) + 2) / measure_em) for p in section.paragraphs())
    return lines < _LEAST_DEPTH * section.columns


def _rows(block: Block) -> list[list[str]]:
    lines = [line.split("\t") for line in oxml.clean(block.text).splitlines() if line.strip()]
    columns = zip_longest(*lines, fillvalue="")
    return [[cell.strip() for cell in row] for row in zip(*columns, strict=True)]


def _table_widths(rows: list[list[str]], grid: Grid) -> tuple[list[int], bool]:
    """The columns' widths, and whether the table is too wide for a text column."""
    wanted = [max(map(_width_em, column)) + 1 for column in zip(*rows, strict=True)]
    whole = sum(wanted) * grid.em
    spans = whole > grid.column
    room = grid.type_width if spans else grid.column
    return [int(room * share / sum(wanted)) for share in wanted], spans


def _width_em(text: str) -> float:
    return sum(0.5 if character < "\u0250" else 1.0 for character in text)


def _section_xml(part: Section, setting: str) -> str:
    """The section's content; `setting` goes into its last paragraph, or is empty for the last section."""
    out = [_item_xml(item) for item in part.items[:-1]]
    last = part.items[-1]
    if isinstance(last, Paragraph):
        out.append(_item_xml(last, setting))
    else:
        # a table cannot carry a section's settings
        out += [_item_xml(last), oxml.paragraph("SectionEnd", section=setting)]
    return "".join(out)


def _item_xml(item: Paragraph | Table, setting: str = "") -> str:
    if isinstance(item, Table):
        rows = [[_item_xml(cell) for cell in row] for row in item.rows]
        return oxml.table("NewsTable", item.widths, rows)
    content = oxml.runs(item.text, item.comments, item.looks, item.rubies) if item.text else ""
    content += item.drawing
    if item.bookmark:
        content = oxml.bookmarked(content, item.number, item.bookmark)
    return oxml.paragraph(item.style, content, setting, baseline.para_id(item.bookmark))


def _bookmark_stem(ident: str, taken: set[str]) -> str:
    """`_ts_<article>`: letters, digits and underscores, and none twice (Word does not tell case)."""
    stem = "_ts_" + (re.sub(r"\W", "_", ident)[:_NAME_LENGTH] or "a")
    unique, count = stem, 1
    while unique.casefold() in taken:
        count += 1
        unique = f"{stem}_{count}"
    taken.add(unique.casefold())
    return unique


def _colophon(bulletin: Bulletin, layout: Layout, issue: IssueLine) -> str:
    """The layout's own line, else the source's line of editors, else what the masthead says."""
    if layout.colophon is not None and layout.colophon.text and not issue.record:
        return layout.colophon.text
    editors = next((line.strip() for line in bulletin.furniture if _IN_CHARGE.search(line)), "")
    editors = "　".join(filter(None, (editors, issue.record)))
    return editors or "　".join(filter(None, (issue.title, issue.when))) or layout.masthead.title
