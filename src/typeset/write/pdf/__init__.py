"""An edition as a PDF that a press takes: PDF/X-4, PDF/X-1a:2003 or a plain one for the screen, tagged (PDF/UA-1).

In: an edition, its layout and faces. Out: bytes, front to back in one pass: fonts, then each page as it is drawn,
then structure, outline, metadata. Rooms: `objects` (syntax), `fonts`, `text` and `content` (operators), `ink`,
`boxes`, `marks`, `tags` and `structure`, `navigation`, `metadata`, `intent`.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO

from typeset.fonts.faces import FaceSet
from typeset.inks.pictures import Pressed, press_pictures
from typeset.inks.profiles import intent_of
from typeset.model.edition import Edition, LineRun, SetText
from typeset.model.layout import Layout, PrintProfile
from typeset.write.pdf.boxes import boxes_of
from typeset.write.pdf.content import Content
from typeset.write.pdf.fonts import SOFT_HYPHEN, embed, glyph_order
from typeset.write.pdf.ink import Inks
from typeset.write.pdf.intent import write_intent
from typeset.write.pdf.marks import draw_marks, slug_runs
from typeset.write.pdf.metadata import about, write_info, write_xmp
from typeset.write.pdf.navigation import PAGE_LABELS, Threads, outline
from typeset.write.pdf.objects import Name, PdfFile, Ref
from typeset.write.pdf.pictures import Pictures
from typeset.write.pdf.structure import Structure
from typeset.write.pdf.tags import Tagger
from typeset.write.pdf.text import Pen

__all__ = ["SOFT_HYPHEN", "glyph_codes", "write_pdf", "write_pdf_to"]
_VERSION: dict[PrintProfile, str] = {"x4": "1.6", "x1a": "1.4", "screen": "1.7"}


def write_pdf(
    edition: Edition, faces: FaceSet, layout: Layout, name: str = "", pressed: Pressed | None = None
) -> bytes:
    """The whole file; `name` stands in the slug line. The same arguments give the same bytes. Raises TypesetError."""
    out = io.BytesIO()
    write_pdf_to(out, edition, faces, layout, name, pressed)
    return out.getvalue()


def write_pdf_to(
    sink: BinaryIO,
    edition: Edition,
    faces: FaceSet,
    layout: Layout,
    name: str = "",
    pressed: Pressed | None = None,
) -> None:
    """Write the file to a sink as it is made: no more than a page and the fonts is held. Raises TypesetError.

    `pressed` are the edition's pictures as `inks.pictures` makes them, which it does here where they are left out.
    """
    spec = layout.print
    file = PdfFile(sink, _VERSION[spec.profile], packed=spec.profile != "x1a")
    intent = intent_of(spec, Path(layout.file).parent)
    if pressed is None:
        pressed = press_pictures(edition, spec, Path(layout.file).parent)
    writer = _Writer(file, edition, faces, layout, name, pressed)
    writer.pages()
    catalog: dict[str, object] = writer.catalog()
    if intent is not None:
        catalog["OutputIntents"] = [write_intent(file, intent)]
    of = about(edition)
    info = write_info(file, of, spec.profile)
    catalog["Metadata"] = write_xmp(file, of, spec.profile)
    file.finish(file.add(catalog), info)


def glyph_codes(edition: Edition, faces: FaceSet, layout: Layout, name: str = "") -> list[list[int]]:
    """Face by face (code point << 16 | glyph) in the order of the codes that the file gives them."""
    inks = Inks({colour: ink for ink, colour in layout.print.spots.items()})
    texts, _ = _texts(edition, _slugs(edition, faces, layout, inks, name))
    return [pairs.tolist() for pairs in glyph_order(texts, faces, edition.glyph_order)]


def _slugs(edition: Edition, faces: FaceSet, layout: Layout, inks: Inks, name: str) -> list[LineRun]:
    if layout.print.profile == "screen" or "slug" not in layout.print.marks:
        return []
    return slug_runs(edition, layout, faces, inks, name)


class _Writer:
    """What the pages share while they are written."""

    def __init__(
        self, file: PdfFile, edition: Edition, faces: FaceSet, layout: Layout, name: str, pressed: Pressed
    ) -> None:
        self._file, self._edition, self._layout = file, edition, layout
        spec = layout.print
        self._boxes = boxes_of(edition, spec)
        self._inks = Inks({colour: ink for ink, colour in spec.spots.items()})
        marks = () if spec.profile == "screen" else spec.marks
        self._marks = marks
        self._slugs = _slugs(edition, faces, layout, self._inks, name)
        texts, self._last_on = _texts(edition, self._slugs)
        fonts, font_entries = embed(file, texts, faces, edition.glyph_order)
        has_all = bool({"crop", "registration"} & set(marks))
        self._entries: dict[str, object] = {"Font": font_entries, **self._inks.resources(file, has_all)}
        self._resources = file.add(self._entries)
        self._pictures = Pictures(file, pressed, self._boxes)
        self._structure = Structure(file)
        self._pen = Pen(fonts, self._boxes.left, self._boxes.top)
        self._tagger = Tagger(self._structure, edition, self._pen)
        self._threads = Threads(file, edition)
        self._ends = {f.article: index for index, page in enumerate(edition.pages) for f in page.frames}
        for index, page in enumerate(edition.pages):
            self._ends |= {p.article: index for p in page.pictures if p.article >= 0}
        self._tree = file.reserve()
        self._pages: list[Ref] = []

    def pages(self) -> None:
        """Draw and write every page."""
        for index in range(len(self._edition.pages)):
            self._page(index)
        count = len(self._pages)
        self._file.put(self._tree, {"Type": Name("Pages"), "Kids": list(self._pages), "Count": count})

    def _page(self, index: int) -> None:
        page, reference = self._edition.pages[index], self._file.reserve()
        self._pages.append(reference)
        self._structure.begin_page(reference)
        content = Content(self._inks)
        left, top = self._boxes.left, self._boxes.top
        draw_marks(content, self._boxes, self._marks, self._inks)
        if page.rules:
            content.raw("/Artifact BMC")
            for rule in page.rules:
                ends = (left + rule.x0_pt, top - rule.y0_pt, left + rule.x1_pt, top - rule.y1_pt)
                content.rule(ends, rule.width_pt, rule.colour)
            content.raw("EMC")
        content.begin_text()
        for run in (*self._slugs[index : index + 1], *page.furniture):
            self._tagger.furniture(content, run)
        for frame in page.frames:
            for run in frame.runs:
                self._tagger.text(content, frame.article, run)
        content.end_text()
        self._pen.marks(content, [run for frame in page.frames for run in frame.runs if run.text.marks])
        drawn = self._pictures.draw(content, page.pictures, self._tagger)
        resources = self._file.add({**self._entries, "XObject": drawn}) if drawn else self._resources
        self._structure.end_page()
        self._pen.forget(self._last_on[index])
        for article in sorted(article for article, last in self._ends.items() if last == index):
            self._tagger.close_article(article)
        self._file.put(reference, {
            "Type": Name("Page"), "Parent": self._tree, **self._boxes.entries(), "Resources": resources,
            "Contents": self._file.stream(content.data()), "StructParents": index,
            **self._beads(index, reference),
        })  # fmt: skip

    def _beads(self, index: int, reference: Ref) -> dict[str, object]:
        frames = self._edition.pages[index].frames
        found = [self._threads.bead(frame, reference, self._boxes) for frame in frames]
        beads = [bead for bead in found if bead is not None]
        return {"B": beads} if beads else {}

    def catalog(self) -> dict[str, object]:
        """Structure, outline and threads, written; the catalog's entries."""
        entries: dict[str, object] = {
            "Type": Name("Catalog"), "Pages": self._tree, "Lang": self._layout.language, "PageLabels": PAGE_LABELS,
            "MarkInfo": {"Marked": True}, "StructTreeRoot": self._structure.close(),
            "ViewerPreferences": {"DisplayDocTitle": True},
        }  # fmt: skip
        entries |= {"Outlines": outline(self._file, self._edition, self._pages, self._boxes)}
        threads = self._threads.close()
        if threads:
            entries["Threads"] = threads
        return {key: value for key, value in entries.items() if value is not None}


def _texts(edition: Edition, slugs: list[LineRun]) -> tuple[list[SetText], list[list[int]]]:
    """Every set text once, in order of first use; for each page the `id`s of those that come no more after it."""
    seen: dict[int, SetText] = {}
    last: dict[int, int] = {}
    for index, page in enumerate(edition.pages):
        runs = (
            *slugs[index : index + 1],
            *page.furniture,
            *(run for frame in page.frames for run in frame.runs),
        )
        for run in runs:
            rubies = (ruby.text for mark in run.text.marks for ruby in mark.ruby)
            for text in (run.text, *rubies):
                seen.setdefault(id(text), text)
                last[id(text)] = index
    gone: list[list[int]] = [[] for _ in edition.pages]
    for key, index in last.items():
        gone[index].append(key)
    return list(seen.values()), gone
