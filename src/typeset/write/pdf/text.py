"""Set lines as text operators: strings of CIDs, taken back between characters where the composer moved them.

In: a run of lines and the fonts. Out: operators in a `Content`, each line one string unless its face, its tags or
its spacing changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import code_points
from typeset.fonts.subset import pairs_of
from typeset.model.edition import LineRun, SetText
from typeset.write.marks import mark_paths, ruby_lines
from typeset.write.pdf.content import Content
from typeset.write.pdf.fonts import SOFT_HYPHEN, Font
from typeset.write.pdf.objects import number
from typeset.write.vertical import column_operators

_LEAST_ADJUSTMENT = 1  # thousandths of an em
_WESTERN = re.compile(r"(?=[^ ]*[a-z]{3})[A-Za-z][A-Za-z'’.-]*(?: [A-Za-z][A-Za-z'’.-]*)*")
"""Words of a Western language, as against abbreviations, which Chinese voices read well."""
_ENGLISH = "/Span<</Lang(en)>>BDC"


class Pen:
    """Draws runs of lines; `left` and `top` are the trim's corner in PDF coordinates, in points."""

    def __init__(self, fonts: Sequence[Font | None], left: float, top: float) -> None:
        self._fonts = fonts
        self._left, self._top = left, top
        self._drawn: dict[int, _Drawn] = {}

    def run(self, content: Content, run: LineRun) -> None:
        """All lines of a run."""
        drawn = self._of(run.text)
        content.fill(run.colour)
        if run.last - run.first > 1 and not run.vertical:
            content.leading(run.pitch_pt)
        for line in range(run.first, run.last):
            x, y = self._left + run.line_x_pt(line), self._top - run.line_y_pt(line)
            if run.vertical:
                content.turned(drawn.column(line, x, y, run.size_pt))
            elif drawn.spans:
                drawn.line_in_spans(content, line, x, y, run.size_pt)
            else:
                drawn.line(content, line, drawn.starts[line], drawn.ends[line], x, y, run.size_pt)

    def ruby(self, content: Content, run: LineRun) -> None:
        """What stands over (right of) a run's lines (T53)."""
        content.fill(run.colour)
        for ruby in ruby_lines(run):
            drawn = self._of(ruby.text)
            x, y = self._left + ruby.x_pt, self._top - ruby.y_pt
            if run.vertical:
                content.turned(drawn.column(0, x, y, ruby.size_pt))
                continue
            if ruby.condensed < 1:
                content.raw(f"{number(100 * ruby.condensed)} Tz")
            drawn.line(content, 0, drawn.starts[0], drawn.ends[0], x, y, ruby.size_pt)
            if ruby.condensed < 1:
                content.raw("100 Tz")

    def marks(self, content: Content, runs: Sequence[LineRun]) -> None:
        """Emphasis dots, name and title lines of a page's runs, as an artifact (T52)."""
        paths = [(path, run.colour) for run in runs for path in mark_paths(run)]
        if not paths:
            return
        content.raw("/Artifact BMC")
        for (points, width_pt, is_round), colour in paths:
            places = [(self._left + x, self._top - y) for x, y in points]
            content.stroke(places, width_pt, is_round, colour)
        content.raw("EMC")

    def cells(self, content: Content, run: LineRun, mark: Callable[[int], str], cell: int) -> int:
        """A table's row, or a part of it: `mark(n)` opens the tag of the nth cell, from `cell` on.

        Returns the cell that it ends in.
        """
        drawn = self._of(run.text)
        content.fill(run.colour)
        for line in range(run.first, run.last):
            x, y = self._left + run.line_x_pt(line), self._top - run.line_y_pt(line)
            at, end = drawn.starts[line], drawn.ends[line]
            while at < end:
                tab = run.text.text.find("\t", at, end)
                stop = end if tab < 0 else tab + 1
                content.raw(mark(cell))
                drawn.line(content, line, at, stop, x, y, run.size_pt)
                content.raw("EMC")
                cell += tab >= 0
                at = stop
        return cell

    def forget(self, texts: Iterable[int]) -> None:
        """Drop what was made ready of texts (by `id`) that come no more."""
        for text in texts:
            self._drawn.pop(text, None)

    def _of(self, text: SetText) -> _Drawn:
        drawn = self._drawn.get(id(text))
        if drawn is None:
            drawn = self._drawn[id(text)] = _Drawn(text, self._fonts)
        return drawn


def _actual(char: str) -> str:
    """The operator that opens a span which reads as a character, whatever its glyph's own text is (14.9.4)."""
    return f"/Span<</ActualText<FEFF{char.encode('utf-16-be', 'replace').hex().upper()}>>>BDC"


class _Drawn:
    """A set text ready to draw: the bytes of every CID, and the adjustment after every character."""

    def __init__(self, text: SetText, fonts: Sequence[Font | None]) -> None:
        codes = code_points(text.text)
        size = len(codes)
        cids, widths, unsaid = np.zeros(size, np.int64), np.zeros(size), np.zeros(size, bool)
        for index, font in enumerate(fonts):
            if font is None:
                continue
            mine = text.face == index
            if mine.any():
                found = font.subset.cids(codes[mine], text.glyph[mine])
                cids[mine] = found
                widths[mine] = np.array(font.subset.widths)[found - 1] / 1000
                if len(font.subset.unsaid):
                    unsaid[mine] = np.isin(pairs_of(codes[mine], text.glyph[mine]), font.subset.unsaid)
        self.text = text
        self.widths = widths
        self.names = [font.name if font else "" for font in fonts]
        self.data = cids.astype(">u2").tobytes()
        self.hyphen = b""
        if text.hyphened.any():
            hyphen_font = fonts[text.hyphen_face]
            assert hyphen_font is not None
            cid = hyphen_font.subset.cids(
                np.array([SOFT_HYPHEN], np.uint32), np.array([text.hyphen_glyph], np.int32)
            )
            self.hyphen = int(cid[0]).to_bytes(2, "big")
        self.origin = text.origin_em.tolist()
        changes = np.append(np.diff(text.face) != 0, False)
        self.rise = [0.0] * size if text.rise_em is None else text.rise_em.tolist()
        if text.rise_em is not None:
            changes[:-1] |= np.diff(text.rise_em) != 0
        self.changes = changes.tolist()
        self.faces = text.face.tolist()
        self.spans = (
            [(*match.span(), _ENGLISH) for match in _WESTERN.finditer(text.text)]
            if ((codes | 32) - 97 < 26).any()
            else []
        )
        if unsaid.any():
            said = [(int(n), int(n) + 1, _actual(text.text[n])) for n in np.flatnonzero(unsaid)]
            self.spans = sorted([span for span in self.spans if not unsaid[span[0] : span[1]].any()] + said)
        self._adjust(text, widths)

    def _adjust(self, text: SetText, widths: NDArray[np.float64]) -> None:
        """What TJ takes back after each character, rounded so that errors do not add up along a line."""
        size = len(widths)
        tracking = np.zeros(size)
        length = np.maximum(text.ends - text.starts, 0)
        total = int(length.sum())
        chars = (
            np.arange(total) - np.repeat(np.cumsum(length) - length, length) + np.repeat(text.starts, length)
        )
        tracking[chars] = np.repeat(text.tracking_em, length)
        step = np.zeros(size)
        step[:-1] = np.diff(text.origin_em)
        drift = np.zeros(size)
        drift[:-1] = widths[:-1] + tracking[:-1] - step[:-1]
        running = np.rint(np.cumsum(drift[chars]) * 1000)
        adjust = np.zeros(size)
        adjust[chars] = np.diff(np.concatenate(([0.0], running)))
        self.adjust = adjust.astype(int).tolist()
        self.tracking = text.tracking_em.tolist()
        self.starts, self.ends = text.starts.tolist(), text.ends.tolist()
        stops = np.nonzero((np.abs(adjust) >= _LEAST_ADJUSTMENT) | np.array(self.changes, bool))[0]
        self.stops: list[int] = stops.tolist()

    def line(
        self, content: Content, line: int, start: int, end: int, x: float, y: float, size: float
    ) -> None:
        """Characters `start` to `end` of a line whose measure begins at x."""
        if end <= start:
            return
        tracking = self.tracking[line]
        shown: list[bytes | int] = []
        data, stops = self.data, self.stops
        begin = at = start
        for index in range(bisect_left(stops, start), len(stops)):
            stop = stops[index]
            if stop >= end - 1:
                break
            shown.append(data[2 * at : 2 * stop + 2])
            at = stop + 1
            if self.changes[stop]:
                self._show(content, begin, tracking, x, y, size, shown)
                shown = []
                begin = at
            else:
                shown.append(self.adjust[stop])
        shown.append(data[2 * at : 2 * end])
        is_whole = end == self.ends[line]
        if is_whole and self.text.hyphened[line] and self.faces[end - 1] == self.text.hyphen_face:
            shown += [round(tracking * 1000), self.hyphen]  # no tracking before a hyphen (T25)
        self._show(content, begin, tracking, x, y, size, shown)

    def _show(
        self, content: Content, begin: int, tracking: float, x: float, y: float, size: float, shown: list[bytes | int]
    ) -> None:  # fmt: skip
        """A string whose first character is `begin`."""
        name = self.names[self.faces[begin]]
        content.show(
            name, size, tracking * size, x + self.origin[begin] * size, y + self.rise[begin] * size, shown
        )

    def line_in_spans(self, content: Content, line: int, x: float, y: float, size: float) -> None:
        """A line whose Western words are spans of their own language, and whose shared glyphs say their text."""
        at, end = self.starts[line], self.ends[line]
        for left, right, opening in self.spans[self._first_span(at) :]:
            left, right = max(left, at), min(right, end)
            if left >= end:
                break
            if right > left:
                self.line(content, line, at, left, x, y, size)
                content.raw(opening)
                self.line(content, line, left, right, x, y, size)
                content.raw("EMC")
                at = right
        self.line(content, line, at, end, x, y, size)

    def _first_span(self, start: int) -> int:
        return max(0, bisect_left(self.spans, (start, start, "")) - 1)

    def column(self, line: int, x: float, y: float, size: float) -> list[str]:
        """Operators of one vertical line whose middle is x and which begins at y."""
        return column_operators(self.text, line, self.names, self.data.hex(), self.widths, x, y, size)
