"""An edition's pages as sections (route C): heads over their columns, bands that begin and end where the PDF's do.

A plain band is a head across the page and a body in columns, which the program balances. In a split band articles
stand side by side: heads are framed over their own columns, and every column ends where the PDF's does, so that the
band's depth is known. A mixed band (bands.Band) cannot be shown so: its articles follow one after another across the
page, as where no pages are known (route A, `sections`), and may run over to a further page; so do those of a page
that finds no room at all, where columns' ends would leave columns empty. Every page begins on a new page, unless an
article runs on into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from typeset.model.edition import Edition, Frame
from typeset.model.layout import Layout
from typeset.write.docx import oxml
from typeset.write.docx.bands import Band, bands_of, columns_of, is_read_on
from typeset.write.docx.fit import fits
from typeset.write.docx.grid import Grid
from typeset.write.docx.heads import HeadRoom, dress, room_anew, room_as_set
from typeset.write.docx.looks import SIDES, Looks
from typeset.write.docx.oxml import twips
from typeset.write.docx.paragraphs import ArticleText
from typeset.write.docx.sections import body_sections, closing_paragraph, flowing
from typeset.write.docx.story import Paragraph, Section, Table

_UNDER_HEAD = tuple(side for side in SIDES if side != "top")
_OVER_BODY = tuple(side for side in SIDES if side != "bottom")


class PageStory:
    """Writes an edition's pages as sections; `texts` are the articles' by their number in the edition."""

    def __init__(self, edition: Edition, layout: Layout, texts: Sequence[ArticleText], looks: Looks) -> None:
        self._edition, self._layout, self._texts, self._looks = edition, layout, texts, looks
        self._grid = Grid.of(layout)
        self._fits = True

    def sections(self) -> Iterator[Section]:
        if not is_read_on(self._edition):
            yield from flowing(self._texts, self._grid)
            return
        for number, page in enumerate(self._edition.pages):
            bands = bands_of(page, self._edition)
            self._fits = fits(page, self._edition, self._layout, self._texts)
            is_new = number > 0 and not any(frame.part for frame in page.frames)
            made = [section for n, band in enumerate(bands) for section in self._band(band, is_first=n == 0)]
            if made and is_new:
                made[0].starts_page = True
            yield from made
            if made and made[-1].columns > 1 and self._ends_page(number):
                # columns are balanced before a continuous section alone
                yield Section(1, [closing_paragraph()])

    def _ends_page(self, number: int) -> bool:
        """Whether the next page begins anew."""
        after = self._edition.pages[number + 1 : number + 2]
        return any(not any(frame.part for frame in page.frames) for page in after)

    def _band(self, band: Band, is_first: bool) -> Iterator[Section]:
        frames = [frame for frame in band.frames() if not frame.part]
        if band.kind == "plain":
            for frame in frames:
                yield from self._plain(frame, self._as_set(frame), frame.columns, is_ruled=not is_first)
        elif band.kind == "mixed" or not self._fits or (split := self._split(band, is_first)) is None:
            yield from self._across(band, is_first)
        else:
            yield split

    def _as_set(self, frame: Frame) -> HeadRoom:
        return room_as_set(self._texts[frame.article].head, frame, self._layout, self._edition)

    def _plain(self, frame: Frame, room: HeadRoom, columns: int, is_ruled: bool) -> Iterator[Section]:
        """An article over the page's whole width."""
        text = self._texts[frame.article]
        if frame.form == "boxed":
            yield self._in_box(frame, room)
            return
        dress(text.head, room, self._layout, self._looks, is_ruled=is_ruled)
        if text.head:
            yield Section(1, [*text.head])
        yield from body_sections(text.body, columns, self._grid)

    def _across(self, band: Band, is_first: bool) -> Iterator[Section]:
        """A mixed band's articles, or those that no section shows side by side: one after another across the page."""
        for frame in sorted(band.frames(), key=lambda one: one.article):
            head = self._texts[frame.article].head
            room = room_anew(head, frame, self._grid.type_width / 20, self._layout)
            yield from self._plain(frame, room, self._grid.columns, is_ruled=not is_first)
            is_first = False

    def _in_box(self, frame: Frame, room: HeadRoom) -> Section:
        """A boxed article as one column: a border round several would be one round each."""
        text = self._texts[frame.article]
        dress(text.head, room, self._layout, self._looks, sides=SIDES)
        self._box(text.body, SIDES)
        return Section(1, [*text.head, *text.body])

    def _box(self, body: Sequence[Paragraph | Table], sides: tuple[str, ...]) -> None:
        for item in body:
            if isinstance(item, Paragraph):
                item.look = self._looks.boxed(item.style, sides)

    def _split(self, band: Band, is_first: bool) -> Section | None:
        """Articles side by side as one section; None where a table stands in the way, or a comment in a head."""
        frames = list(band.frames())
        if any(self._texts[frame.article].bears_comment for frame in frames):
            return None
        if any(
            isinstance(item, Table) and item.spans for f in frames for item in self._texts[f.article].body
        ):
            return None
        bodies = {frame.article: self._in_columns(frame) for frame in frames}
        if any(body is None for body in bodies.values()):
            return None
        items: list[Paragraph | Table] = []
        for number, group in enumerate(band.groups):
            if number:
                items.append(closing_paragraph(oxml.COLUMN_BREAK))
            for place, frame in enumerate(group):
                first = columns_of(frame, self._edition)[0]
                width_pt = frame.width_pt if first.characters else first.width_pt
                left = twips(frame.x_pt - self._layout.margins.left_pt)
                is_ruled = place > 0 or not is_first
                self._framed(frame, self._as_set(frame), left, twips(width_pt), is_ruled=is_ruled)
                items += self._texts[frame.article].head
                items += bodies[frame.article] or ()
        widths = self._widths(band)
        # a rule would run through a head that stands over several columns
        is_ruled = all(len(columns_of(frame, self._edition)) == 1 for frame in frames)
        return Section(len(widths), items, widths, has_rules=is_ruled) if len(widths) > 1 else None

    def _framed(self, frame: Frame, room: HeadRoom, left: int, width: int, is_ruled: bool) -> None:
        """Put the article's head into a frame over its columns, `left` from the margin (twips); box what is boxed."""
        text = self._texts[frame.article]
        is_boxed = frame.form == "boxed"
        sides = _OVER_BODY if is_boxed else ()
        dress(text.head, room, self._layout, self._looks, is_ruled=is_ruled, sides=sides)
        if is_boxed:
            self._box(text.body, _UNDER_HEAD if text.head else SIDES)
        around = oxml.frame(left, width, twips(room.height_pt))
        for paragraph in text.head:
            paragraph.frame = around

    def _widths(self, band: Band) -> tuple[tuple[int, int], ...]:
        """The section's columns: (width, space after it) in twips, together the type area's width."""
        columns = [column for group in band.groups for column in columns_of(group[0], self._edition)]
        lefts = [twips(column.x_pt - self._layout.margins.left_pt) for column in columns]
        widths = [twips(column.width_pt) for column in columns]
        # the make-up's grid is some hairs narrower than the type area
        widths[0], lefts[0] = widths[0] + lefts[0], 0
        widths[-1] = self._grid.type_width - lefts[-1]
        spaces = [after - left - width for left, width, after in zip(lefts, widths, lefts[1:], strict=False)]
        return tuple(zip(widths, [*spaces, 0], strict=True))

    def _in_columns(self, frame: Frame) -> list[Paragraph | Table] | None:
        """The article's body with the ends of its columns; None where one would part a table."""
        columns = columns_of(frame, self._edition)
        body = self._texts[frame.article].body
        if sum(column.characters for column in columns) != sum(map(_solid, body)):
            return None
        ends: list[int] = []
        for column in columns[:-1]:
            ends.append((ends[-1] if ends else 0) + column.characters)
        return _with_ends(body, ends)


def _apart(sections: Iterable[Section]) -> Iterator[Section]:
    """With a section of one column between two of several: LibreOffice 7.4 runs those together where a head in a frame
    begins the second."""
    before: Section | None = None
    for section in sections:
        if before is not None and before.columns > 1 and section.columns > 1:
            yield Section(1, [closing_paragraph()])
        yield section
        before = section


def _solid(item: Paragraph | Table) -> int:
    return sum(len("".join(cell.text.split())) for cell in item.cells())


def _with_ends(
    body: Sequence[Paragraph | Table], ends: Sequence[int]
) -> list[Paragraph | Table] | None:  # fmt: skip
    """The body with a column's end after so many of its characters (white space apart) each time."""
    out: list[Paragraph | Table] = []
    due, at = list(ends), 0
    for item in body:
        while due and due[0] == at:
            # not within a paragraph: its mark would take a line of the next column
            out.append(closing_paragraph(oxml.COLUMN_BREAK))
            del due[0]
        out.append(item)
        foot = at + _solid(item)
        while due and at < due[0] < foot:
            if not isinstance(item, Paragraph):
                return None
            item.column_ends.append(_offset(item.text, due.pop(0) - at))
        at = foot
    return out


def _offset(text: str, count: int) -> int:
    """Where a text's character after so many that are no white space stands."""
    solid = [n for n, character in enumerate(text) if not character.isspace()]
    return solid[count]
