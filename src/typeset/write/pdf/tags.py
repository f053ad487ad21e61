"""Which structure element a line belongs to: a newspaper's roles as the standard types (ISO 32000-1, 14.8.4).

The masthead is the document's H1, an article an Art, its headline H2 and its subheads H3; without a masthead each is
one level up, so that levels begin at 1 and none is skipped (ISO 14289-1, 7.4.2). An article's parts stand together in
reading order, whatever pages they are on; folio lines and rules are artifacts.
"""

from __future__ import annotations

from typeset.model.edition import Edition, LineRun, Picture
from typeset.write.pdf.content import Content
from typeset.write.pdf.structure import Element, Structure, alternative
from typeset.write.pdf.text import Pen

_COLUMN_HEAD = b"/A<</O/Table/Scope/Column>>"
_FOLIO = "/Artifact<</Type/Pagination>>BDC"


class Tagger:
    """Draws runs inside the tags that their roles ask for."""

    def __init__(self, structure: Structure, edition: Edition, pen: Pen) -> None:
        self._structure, self._pen = structure, pen
        first = edition.pages[0].furniture if edition.pages else ()
        self._title_level = int(any(run.role == "masthead" for run in first))
        self._articles: dict[int, _ArticleTags] = {}
        self._masthead_titled = False

    def furniture(self, content: Content, run: LineRun) -> None:
        """Folio lines are artifacts; the masthead's name is the title, its line and the colophon are paragraphs."""
        if run.role == "folio":
            content.raw(_FOLIO)
        else:
            kind = "P"
            if run.role == "masthead" and not self._masthead_titled:
                kind, self._masthead_titled = "H1", True
            content.raw(self._mark(self._structure.add(kind, self._structure.document)))
        self._pen.run(content, run)
        content.raw("EMC")

    def text(self, content: Content, article: int, run: LineRun) -> None:
        """A run of an article."""
        tags = self.article(article)
        if run.role == "table" and not run.vertical:
            row = tags.row(run)
            tags.cells_before = self._pen.cells(
                content, run, lambda cell: self._mark(tags.cell(row, cell)), tags.cells_before
            )
            return
        element = tags.element(run)
        content.raw(self._mark(element))
        self._pen.run(content, run)
        content.raw("EMC")
        if any(mark.ruby for mark in run.text.marks):
            content.raw(self._mark(self._structure.add("Span", element)))
            self._pen.ruby(content, run)
            content.raw("EMC")

    def figure(self, picture: Picture, box: str) -> str:
        """The operator that opens a picture's tag; `box` is its place on the page, as numbers."""
        placed = f"/A<</O/Layout/BBox[{box}]/Placement/Block>>".encode("ascii")
        extra = alternative(picture.alt or picture.name) + placed
        if picture.article < 0:
            return self._mark(self._structure.add("Figure", self._structure.document, extra))
        return self._mark(self.article(picture.article).figure(picture.block, extra))

    def article(self, number: int) -> _ArticleTags:
        if number not in self._articles:
            self._articles[number] = _ArticleTags(self._structure, self._title_level)
        return self._articles[number]

    def close_article(self, number: int) -> None:
        """Write the tags of an article that is on no page to come."""
        self.article(number).close()
        del self._articles[number]

    def _mark(self, element: Element) -> str:
        return f"/{element.kind}<</MCID {self._structure.mark(element)}>>BDC"


class _ArticleTags:
    """An article's elements so far."""

    def __init__(self, structure: Structure, title_level: int) -> None:
        self._structure = structure
        self.root = structure.add("Art", structure.document)
        self._headline_level = title_level + 1
        self._has_headline = False
        self._last: tuple[object, ...] = ()
        self._current = self.root
        self._elements: dict[tuple[object, ...], Element] = {}
        self._order: dict[int, tuple[int, int]] = {}
        self._block: tuple[str, int] = ("", -1)
        self._holder = self.root
        self._tables: list[Element] = []
        self.cells_before = 0
        """Cells of the row at hand that stand before the next run, where a column's foot cuts it."""

    def element(self, run: LineRun) -> Element:
        """The element of a run's lines: the one that there is where the text goes on, else a new one."""
        key = (run.role, run.block, run.paragraph if run.role == "list" else 0)
        if key not in self._elements:
            self._elements[key] = self._new(run)
            self._placed(run.reading_order())
        self._last = key
        return self._elements[key]

    def figure(self, block: int, extra: bytes) -> Element:
        """A picture, before its caption."""
        found = self._structure.add("Figure", self.root, extra)
        self._order[found.number] = (1, block)
        return found

    def _placed(self, order: tuple[int, int]) -> None:
        """The root's newest element comes so in reading order: boxes may stand on a page before their text's place."""
        newest = self.root.kids[-1]
        assert isinstance(newest, Element)
        self._order.setdefault(newest.number, order)

    def _new(self, run: LineRun) -> Element:
        if run.role == "headline":
            self._has_headline = True
            return self._structure.add(f"H{self._headline_level}", self.root)
        if run.role == "subhead":
            return self._structure.add(f"H{self._headline_level + self._has_headline}", self.root)
        if run.role == "list":
            item = self._structure.add("LI", self._held(run, "L"))
            return self._structure.add("LBody", item)
        return self._structure.add("P", self.root)

    def _held(self, run: LineRun, kind: str) -> Element:
        """The list or table that a block's items stand in."""
        if self._block != (run.role, run.block):
            self._block = (run.role, run.block)
            self._holder = self._structure.add(kind, self.root)
            if kind == "Table":
                self._tables.append(self._holder)
        return self._holder

    def row(self, run: LineRun) -> Element:
        key = (run.role, run.block, run.paragraph)
        if key != self._last:
            self._last = key
            self.cells_before = 0
            self._current = self._structure.add("TR", self._held(run, "Table"))
            self._placed(run.reading_order())
        return self._current

    def cell(self, row: Element, number: int) -> Element:
        """The row's cell, made if need be; the first row heads the columns."""
        while len(row.kids) <= number:
            self._add_cell(row)
        kid = row.kids[number]
        assert isinstance(kid, Element)
        return kid

    def _add_cell(self, row: Element) -> None:
        is_head = row is self._holder.kids[0] if row.parent == self._holder.number else False
        self._structure.add("TH" if is_head else "TD", row, _COLUMN_HEAD if is_head else b"")

    def close(self) -> None:
        """Rows of a table get as many cells as the longest has (ISO 14289-1, 7.5); then all is written."""
        for table in self._tables:
            rows = [kid for kid in table.kids if isinstance(kid, Element)]
            most = max(len(row.kids) for row in rows)
            for row in rows:
                while len(row.kids) < most:
                    is_head = row is rows[0]
                    self._structure.add("TH" if is_head else "TD", row, _COLUMN_HEAD if is_head else b"")
        self.root.kids.sort(key=self._reading)
        self._structure.write(self.root)

    def _reading(self, kid: Element | tuple[int, int]) -> tuple[int, int, bool]:
        assert isinstance(kid, Element)
        return *self._order[kid.number], kid.kind != "Figure"
