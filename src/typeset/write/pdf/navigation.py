"""Ways through the file: outline by page and article, page labels, article threads (ISO 32000-1, 12.3.3, 12.4).

Outline entries carry a destination, never an action: print profiles allow none (ISO 15930-7, 6.18).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from typeset.model.edition import Edition, Frame
from typeset.write.pdf.boxes import Boxes
from typeset.write.pdf.objects import PdfFile, Raw, Ref, encoded, number


@dataclass(slots=True)
class _Entry:
    title: str
    page: int
    top_pt: float
    kids: list[_Entry] = field(default_factory=list)


def outline(file: PdfFile, edition: Edition, pages: Sequence[Ref], boxes: Boxes) -> Ref | None:
    """An entry a page, under it one for every article that begins there."""
    entries, begun = [], set()
    for page, reference in zip(edition.pages, pages, strict=True):
        entry = _Entry(f"第{page.number}版", reference, boxes.top)
        for frame in page.frames:
            if frame.article not in begun:
                begun.add(frame.article)
                title = edition.article_titles[frame.article]
                entry.kids.append(_Entry(title, reference, boxes.top - frame.y_pt))
        entries.append(entry)
    if not entries:
        return None
    root = file.reserve()
    count = len(entries) + sum(len(entry.kids) for entry in entries)
    first, last = _write_entries(file, entries, root)
    return file.put(root, Raw(b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, count)))


def _write_entries(file: PdfFile, entries: list[_Entry], parent: int) -> tuple[int, int]:
    numbers = [file.reserve() for _ in entries]
    for n, entry in enumerate(entries):
        out = b"<</Title" + _title(entry.title) + b"/Parent %d 0 R" % parent
        if n:
            out += b"/Prev %d 0 R" % numbers[n - 1]
        if n + 1 < len(numbers):
            out += b"/Next %d 0 R" % numbers[n + 1]
        top = number(entry.top_pt).encode("ascii")
        out += b"/Dest[%d 0 R/XYZ null %s null]" % (entry.page, top)
        if entry.kids:
            first, last = _write_entries(file, entry.kids, numbers[n])
            out += b"/First %d 0 R/Last %d 0 R/Count %d" % (first, last, len(entry.kids))
        file.put(numbers[n], Raw(out + b">>"))
    return numbers[0], numbers[-1]


def _title(text: str) -> bytes:
    return encoded(" ".join(text.split()) or "—")


PAGE_LABELS = Raw(b"<</Nums[0<</S/D>>]>>")
"""Decimal numbers from 1 (12.4.2)."""


class Threads:
    """A thread an article of several frames: a bead a frame, each knowing the next, round to the first."""

    def __init__(self, file: PdfFile, edition: Edition) -> None:
        self._file, self._edition = file, edition
        frames = Counter(frame.article for page in edition.pages for frame in page.frames)
        self._threaded = {article for article, count in frames.items() if count > 1}
        self._beads: dict[int, list[tuple[Ref, int, bytes]]] = {}

    def bead(self, frame: Frame, page: int, boxes: Boxes) -> Ref | None:
        """A frame's bead, for its page's B; none for an article of one frame."""
        if frame.article not in self._threaded:
            return None
        reference = self._file.reserve()
        left, top = boxes.left + frame.x_pt, boxes.top - frame.y_pt
        edges = (left, top - frame.height_pt, left + frame.width_pt, top)
        rect = " ".join(number(edge, 1) for edge in edges).encode("ascii")
        self._beads.setdefault(frame.article, []).append((reference, page, rect))
        return reference

    def close(self) -> list[Ref]:
        """Write all threads; their references, for the catalog."""
        out = []
        for article, beads in self._beads.items():
            thread = self._file.add(
                Raw(
                    b"<</Type/Thread/F %d 0 R/I<</Title%s>>>>"
                    % (beads[0][0], _title(self._edition.article_titles[article]))
                )
            )
            for n, (reference, page, rect) in enumerate(beads):
                before, after = beads[n - 1][0], beads[(n + 1) % len(beads)][0]
                self._file.put(reference, Raw(
                    b"<</Type/Bead/T %d 0 R/N %d 0 R/V %d 0 R/P %d 0 R/R[%s]>>" % (thread, after, before, page, rect)
                ))  # fmt: skip
            out.append(thread)
        return out
