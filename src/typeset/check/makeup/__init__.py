"""The make-up checker: is a finished page made up as a newspaper's should be (makeup.md §4.3–4.5)?

In: any PDF, walked by the preflight's reader; beside it, where there is one, the layout's JSON. Out: measures K1–K21
with value, target and places. Everything is read from the file: no code is shared with make-up, composer or writers.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf

from typeset.check.makeup.column_measures import measure_columns
from typeset.check.makeup.form_measures import measure_form
from typeset.check.makeup.layout_file import Compared, LayoutFile, read_layout_file, tell_apart
from typeset.check.makeup.line_measures import measure_lines
from typeset.check.makeup.measures import MEASURES
from typeset.check.makeup.page_measures import measure_pages
from typeset.check.makeup.pages import lines_read, read_pages
from typeset.check.makeup.paragraphs import mark_paragraphs
from typeset.check.makeup.pieces import SetLine, plain
from typeset.check.makeup.report import Book, MakeupReport, Spot
from typeset.check.preflight.document import Document, open_document
from typeset.check.preflight.walk import Walk, walk
from typeset.model.findings import Place, TypesetError, Words

__all__ = ["MakeupReport", "check_makeup"]

_NO_LAYOUT = Words("wants the layout's JSON: --layout", "需要版面文件：--layout")


def check_makeup(path: Path, layout: Path | None = None, against: Path | None = None) -> MakeupReport:
    """Measure a PDF's pages. Raises TypesetError for what is no PDF, or no layout."""
    document = open_document(path)
    said = read_layout_file(layout) if layout is not None else None
    try:
        return _measured(document, walk(document), said, against)
    except (
        pikepdf.PdfError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise TypesetError(
            Words(f"the PDF is damaged inside ({error})", f"PDF 内部有损坏（{error}）"),
            Words("export it anew", "请重新导出"),
            Place(str(path)),
        ) from error


def _measured(document: Document, seen: Walk, said: LayoutFile | None, against: Path | None) -> MakeupReport:
    book = Book(MEASURES)
    lines = lines_read(document, seen)
    _compare(book, tell_apart(lines, said) if said is not None else None)
    reading = read_pages(document, seen, lines)
    mark_paragraphs(reading)
    if lines:
        measure_lines(reading, book)
        measure_columns(reading, book)
        measure_pages(reading, said, book)
        measure_form(reading, said, book)
    _same(document, lines, against, book)
    book.absent(
        "K21.speed", Words("no file tells it: python -m tests.bench", "文件本身看不出：python -m tests.bench")
    )
    return book.report(document.name)


def _compare(book: Book, found: Compared | None) -> None:
    names = ("K2.lost", "K2.added", "K2.order", "K2.place")
    if found is None:
        for name in names:
            book.absent(name, _NO_LAYOUT)
        return
    for name, spots in zip(names, (found.lost, found.added, found.swapped, found.moved), strict=True):
        book.put(name, spots)


def _same(document: Document, lines: list[SetLine], against: Path | None, book: Book) -> None:
    """K20: is every line where the other file has it?"""
    if against is None:
        book.absent("K20.same", Words("wants a second file: --against", "需要另一文件：--against"))
        return
    other = open_document(against)
    places = {_place(line) for line in lines_read(other, walk(other))}
    mine = {_place(line): line for line in lines}
    spots = [
        Spot(line.page, line.quoted(), Words("not there in the other file", "另一文件中不在此处"))
        for place, line in mine.items()
        if place not in places
    ]
    gone = len(places - set(mine))
    is_right = document.raw == other.raw or not (spots or gone)
    bytes_ = "the same bytes" if document.raw == other.raw else f"{len(spots)} here, {gone} there"
    book.put("K20.same", spots, bytes_, is_right)


def _place(line: SetLine) -> tuple[int, str, int, int]:
    return line.page, plain(line.text), round(line.u0 * 10), round(line.v * 10)
