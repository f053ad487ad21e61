"""The main story of a DOCX: its paragraphs in sections, with comments and pictures laid over them, as XML.

Masthead and folio lines stand in headers. First the paragraphs are listed (`paragraphs`) and put into sections
(`sections`, `pages`), then comments are laid over their joined text, then all is written in one pass.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from typeset.model.findings import Finding
from typeset.model.layout import Layout
from typeset.write.docx import baseline, oxml
from typeset.write.docx.grid import Grid


@dataclass(slots=True)
class Paragraph:
    """One paragraph of the story; `bookmark` is empty for what is no article's: the colophon, ends of columns.

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
    content: str = ""
    """A run that is no words: the picture, in a paragraph before its caption, or a break."""
    look: str = ""
    """The style it is shown in, where that is a variant of its role's `style`: of another size, or boxed."""
    frame: str = ""
    """Its framePr, where it stands in a frame."""
    column_ends: list[int] = field(default_factory=list)
    """Where in its text a column ends and the next begins."""

    def cells(self) -> Iterator[Paragraph]:
        yield self


@dataclass(slots=True)
class Table:
    """Rows of cells, all of one length, and the width of each column in twips; `spans` what is too wide for a text column."""

    rows: list[list[Paragraph]]
    widths: list[int]
    spans: bool = False

    def cells(self) -> Iterator[Paragraph]:
        for row in self.rows:
            yield from row


@dataclass(slots=True)
class Section:
    """Paragraphs and tables in columns, of equal width unless `widths` says otherwise: (width, space after it) in twips."""

    columns: int
    items: list[Paragraph | Table] = field(default_factory=list)
    widths: tuple[tuple[int, int], ...] = ()
    starts_page: bool = False
    has_rules: bool = True

    def paragraphs(self) -> Iterator[Paragraph]:
        for item in self.items:
            yield from item.cells()


def draw(parts: Sequence[Section], drawings: Mapping[tuple[int, int], str]) -> None:
    """Put the pictures' runs, by article and block, into the paragraphs kept for them."""
    for paragraph in (p for part in parts for p in part.paragraphs()):
        if paragraph.style == "Caption" and not paragraph.text:
            paragraph.content = drawings.get((paragraph.article, paragraph.block), "")


def story_xml(parts: Sequence[Section], layout: Layout, references: str) -> str:
    """The document element; `references` (header, footer) go to the first section, the others inherit.

    The first page's header is its own: the masthead.
    """
    grid = Grid.of(layout)
    settings = [
        oxml.section(
            page=grid.page,
            margins=grid.margins,
            columns=part.columns,
            gutter=grid.gutter,
            column_rule=grid.column_rule and part.has_rules,
            line_pitch=grid.row,
            references="" if index else references,
            has_title_page=not index,
            starts_page=part.starts_page,
            widths=part.widths,
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
    content = (
        oxml.runs(item.text, item.comments, item.looks, item.rubies, item.column_ends) if item.text else ""
    )
    content += item.content
    if item.bookmark:
        content = oxml.bookmarked(content, item.number, item.bookmark)
    ident = baseline.para_id(item.bookmark)
    return oxml.paragraph(item.look or item.style, content, setting, ident, item.frame)
