"""An article as the paragraphs of a DOCX: its head and its body, each line with its role's style and a bookmark.

In: an article and the layout. Out: an `ArticleText`. Where the paragraphs stand (sections, columns, frames) is
decided by `sections` and `pages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.layout import Layout
from typeset.model.marks import marked_words
from typeset.write.docx import oxml
from typeset.write.docx.grid import Grid
from typeset.write.docx.story import Paragraph, Table

_FOLLOWING = {"Heading1": "HeadlineMore", "Heading2": "SubheadMore"}
_STYLE = {
    "para": "NewsBody",
    "subhead": "Heading2",
    "note": "Note",
    "caption": "Caption",
    "list": "ListItem",
    "verse": "Verse",
    "quote": "Quote",
}
_LOOKS = {"dots": oxml.val("em", "underDot"), "name": oxml.val("u", "single"), "title": oxml.val("u", "wave")}
_NAME_LENGTH = 24  # of a bookmark's 40 characters


@dataclass(slots=True)
class ArticleText:
    """One article's paragraphs, `number` being its place in the bulletin; the head may have none."""

    number: int
    head: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph | Table] = field(default_factory=list)
    bears_comment: bool = False
    """Whether a comment stands on words of its head: LibreOffice 7.4 loses comments in frames."""

    def paragraphs(self) -> Iterator[Paragraph]:
        yield from self.head
        for item in self.body:
            yield from item.cells()


def article_texts(bulletin: Bulletin, layout: Layout, grid: Grid) -> list[ArticleText]:
    """The bulletin's articles in its own order; no two of their bookmarks are the same."""
    names: set[str] = set()
    doubts = {oxml.clean(finding.text).strip() for finding in bulletin.findings if finding.text} - {""}
    out = []
    for number, article in enumerate(bulletin.articles):
        text = ArticleText(number)
        _Lister(_bookmark_stem(article.id, names), grid, text).list(article, layout)
        for paragraph in text.paragraphs():
            paragraph.article = number
        text.bears_comment = any(words in p.text for p in text.head for words in doubts)
        _mark(article, [p for p in text.paragraphs() if p.bookmark and p.style != "Byline"])
        out.append(text)
    return out


class _Lister:
    """Counts an article's paragraphs while it lists them: the number is in their bookmarks."""

    def __init__(self, stem: str, grid: Grid, text: ArticleText) -> None:
        self._stem, self._grid, self._text = stem, grid, text
        self._count = 0

    def list(self, article: Article, layout: Layout) -> None:
        head = self._text.head
        for style, lines in (
            ("Kicker", article.kicker), ("Heading1", article.headline), ("Subtitle", article.subtitle),
        ):  # fmt: skip
            head += self._lines(style, "\n".join(lines))
        if article.byline and not article.byline_stands_in_body:
            head += self._lines("Byline", layout.styles["byline"].separator.join(article.byline))
        for at, block in enumerate(article.body):
            self._text.body += self._block(block, at)
        if article.source is not None:
            self._text.body += self._lines("SourceLine", article.source)

    def _block(self, block: Block, at: int) -> Iterator[Paragraph | Table]:
        if block.picture is not None:
            yield Paragraph("Caption", "", block=at)
        if block.type == "table":
            yield from self._table(block, at)
            return
        yield from self._lines(_STYLE[block.type], block.text, at)
        if block.picture is not None and block.picture.credit:
            # no words of the caption: in a style of its own, so that it does not come back as such
            yield Paragraph("PictureCredit", oxml.clean(block.picture.credit), block=at)

    def _lines(self, style: str, text: str, block: int = -1) -> Iterator[Paragraph]:
        """One paragraph a line: line breaks carry no role, and indents are the style's."""
        after_blank = False
        fresh = True
        for line in oxml.clean(text).splitlines():
            words = line.strip()
            if not words:
                after_blank = True
                continue
            named = style if fresh else _FOLLOWING.get(style, style)
            if style == "Verse" and after_blank and not fresh:
                named = "Stanza"
            is_long = named == "Heading2" and width_em(words) * self._grid.em > self._grid.column
            look = "SubheadLong" if is_long else ""
            yield Paragraph(named, words, self._bookmark(), block=block, look=look)
            after_blank = fresh = False

    def _table(self, block: Block, at: int) -> Iterator[Table]:
        rows = _rows(block)
        if not rows:
            return
        cells = [
            [Paragraph("TableText", text, self._bookmark() if text else "", block=at) for text in row]
            for row in rows
        ]
        widths, spans = _table_widths(rows, self._grid)
        yield Table(cells, widths, spans)

    def _bookmark(self) -> str:
        self._count += 1
        return f"{self._stem}_{self._count:03d}"


def _bookmark_stem(ident: str, taken: set[str]) -> str:
    """`_ts_<article>`: letters, digits and underscores, and none twice (Word does not tell case)."""
    stem = "_ts_" + (re.sub(r"\W", "_", ident)[:_NAME_LENGTH] or "a")
    unique, count = stem, 1
    while unique.casefold() in taken:
        count += 1
        unique = f"{stem}_{count}"
    taken.add(unique.casefold())
    return unique


def _rows(block: Block) -> list[list[str]]:
    lines = [line.split("\t") for line in oxml.clean(block.text).splitlines() if line.strip()]
    columns = zip_longest(*lines, fillvalue="")
    return [[cell.strip() for cell in row] for row in zip(*columns, strict=True)]


def _table_widths(rows: list[list[str]], grid: Grid) -> tuple[list[int], bool]:
    """The columns' widths, and whether the table is too wide for a text column."""
    wanted = [max(map(width_em, column)) + 1 for column in zip(*rows, strict=True)]
    whole = sum(wanted) * grid.em
    spans = whole > grid.column
    room = grid.type_width if spans else grid.column
    return [int(room * share / sum(wanted)) for share in wanted], spans


def width_em(text: str) -> float:
    """About how wide a text is, in ems."""
    return sum(0.5 if character < "\u0250" else 1.0 for character in text)


def _mark(article: Article, paragraphs: Sequence[Paragraph]) -> None:
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
