"""Proof from finished pages: glyph positions read back from the PDF of every development bulletin in every layout.

T01, T02, T03 (forbidden starts and ends), T05 (numbers whole), T20-T22 (pairs, trimmed marks), T24 (flush edges to
0.05 em), T27 (every body baseline on the grid to 0.05 pt). What a line should say comes from the edition, where its
glyphs stand from the file alone.
"""

from __future__ import annotations

import ctypes
import dataclasses
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.samples import BULLETINS, SAMPLE, bulletin_of, layout_of
from typeset.fonts.faces import FaceSet
from typeset.makeup.commit import make_up
from typeset.makeup.heads import ASCENT_EM
from typeset.model.edition import Edition
from typeset.model.layout import BodySetting, Layout
from typeset.pipeline import issue_line
from typeset.read.layout import read_layout, shipped_layouts
from typeset.write.pdf import write_pdf

STOPS, CLOSES, OPENS = "。．，、；：！？", "”’」』）】〕〗》〉］｝", "“‘「『（【〔〖《〈［｛"
BODY_ROLES = ("para", "list", "note")
HORIZONTAL = [p.stem for p in shipped_layouts() if read_layout(p).composition.direction == "horizontal"]
LOOKS = (*HORIZONTAL, "two columns")


@dataclass(frozen=True)
class Glyph:
    """A character as it stands in the file: origin from the trim's top left corner, in points."""

    char: str
    x: float
    y: float
    right: float


@dataclass(frozen=True)
class ReadLine:
    """One body line: its glyphs, the measure it was set to, and what the edition says of it."""

    glyphs: tuple[Glyph, ...]
    left: float
    measure: float
    size: float
    row: float
    is_first: bool
    is_last: bool
    unfit: bool
    hyphened: bool
    paragraph: tuple[int, int]
    after_space: bool

    @property
    def text(self) -> str:
        return "".join(g.char for g in self.glyphs)

    def left_edge(self) -> float:
        """Of the first advance box: an opening bracket's lost half stands outside (T22)."""
        first = self.glyphs[0]
        return first.x + (0.5 * self.size if first.char in OPENS and self.is_trimmed(first) else 0.0)

    def is_trimmed(self, glyph: Glyph) -> bool:
        return glyph.right - glyph.x > 0.9 * self.size

    def right_edge(self) -> float:
        """Of the last advance box: a stop or close is half a box there (T21)."""
        last = self.glyphs[-1]
        if last.char == "·":  # in the middle of ½ em
            return (last.x + last.right) / 2 + 0.25 * self.size
        if self.text.endswith("——"):  # its halves meet: each box reaches as far beyond as they overlap
            return last.right + (self.glyphs[-2].right - last.x) / 2
        return last.right - (
            0.5 * self.size if last.char in STOPS + CLOSES and self.is_trimmed(last) else 0.0
        )


def look(name: str) -> Layout:
    if name != "two columns":
        return layout_of(name)
    return dataclasses.replace(layout_of("a4"), body=(BodySetting(10, 2, 24, 2.0, (44, 58)),))


def made(path: Path, name: str) -> tuple[Edition, bytes, Layout]:
    layout, bulletin = look(name), bulletin_of(path)
    faces = FaceSet.of(layout)
    edition = make_up(bulletin, layout, faces, issue_line(bulletin, layout, None, None, None))
    return edition, write_pdf(edition, faces, layout), layout


def glyphs_of(page: pypdfium2.PdfPage, bleed: float, height: float) -> list[Glyph]:
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    out: list[Glyph] = []
    for n in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, n)
        if pdfium.FPDFText_IsGenerated(text, n) == 1 or code in (0, 9, 10, 13, 32, 0xA0, 0x3000):
            continue
        pdfium.FPDFText_GetCharOrigin(text, n, x, y)
        _, _, right, _ = text.get_charbox(n, loose=True)
        if 0xDC00 <= code < 0xE000 and out and "\ud800" <= out[-1].char < "\udc00":  # pdfium speaks UTF-16
            code = 0x10000 + ((ord(out.pop().char) - 0xD800) << 10) + code - 0xDC00
        out.append(Glyph(chr(code), x.value - bleed, height + bleed - y.value, right - bleed))
    return out


def lines_of(edition: Edition, data: bytes) -> list[ReadLine]:
    """The body's lines as the file has them."""
    out = []
    with pypdfium2.PdfDocument(data) as pdf:
        for number, page in enumerate(edition.pages):
            rows: dict[int, list[Glyph]] = defaultdict(list)
            for glyph in glyphs_of(pdf[number], edition.bleed_pt, edition.height_pt):
                rows[round(glyph.y * 2)].append(glyph)
            for frame in page.frames:
                for run in (r for r in frame.runs if r.role in BODY_ROLES):
                    text = run.text
                    for n in range(run.first, run.last):
                        y, x = run.line_y_pt(n), run.line_x_pt(n)
                        near = (g for k in (-1, 0, 1) for g in rows[round(y * 2) + k])
                        mine = [
                            g
                            for g in near
                            if abs(g.y - y) < 0.3
                            and -0.6 < (g.x - x) / run.size_pt < run.measure_pt / run.size_pt + 0.6
                        ]
                        start, end = int(text.starts[n]), int(text.ends[n])
                        first = n == 0 or float(text.x_em[start]) > 1.0
                        last = n + 1 == len(text.starts) or float(text.x_em[int(text.starts[n + 1])]) > 1.0
                        out.append(ReadLine(
                            tuple(sorted(mine, key=lambda g: g.x)), x, run.measure_pt, run.size_pt, y, first, last,
                            bool(text.unfit[n]), bool(text.hyphened[n]), (frame.article, run.block),
                            start > 0 and text.text[start - 1].isspace(),
                        ))  # fmt: skip
                        want = "".join(text.text[start:end].split())
                        assert "".join(g.char for g in out[-1].glyphs).rstrip(
                            "\u00ad\ufffe\u0002-"
                        ) == want.rstrip("-")
    assert out
    return out


@dataclass(frozen=True)
class Page:
    """A bulletin's pages in a layout, and their body lines as the file has them."""

    edition: Edition
    layout: Layout
    lines: list[ReadLine]


OWN = [path for path in BULLETINS if path == SAMPLE or path.stem.startswith("d0")]
CASES = [
    pytest.param((path, name), id=f"{path.stem}-{name}")
    for path in BULLETINS
    for name in (LOOKS if path in OWN else ("tabloid",))
]


@pytest.fixture(scope="module", params=CASES)
def page(request: pytest.FixtureRequest) -> Page:
    path, name = request.param
    edition, data, layout = made(path, name)
    return Page(edition, layout, lines_of(edition, data))


def test_t24_edges_are_flush(page: Page) -> None:
    for line in page.lines:
        if not line.is_first:
            assert line.left_edge() == pytest.approx(line.left, abs=0.05 * line.size), line.text
        if not (line.is_last or line.unfit or line.hyphened):
            assert line.right_edge() == pytest.approx(line.left + line.measure, abs=0.05 * line.size), (
                line.text
            )
        assert line.right_edge() <= line.left + line.measure + 0.05 * line.size, line.text


def test_t27_baselines_stand_on_the_grid(page: Page) -> None:
    edition, layout = page.edition, page.layout
    first = layout.margins.top_pt + ASCENT_EM * edition.body.size_pt
    for line in page.lines:
        for glyph in line.glyphs:
            rows = (glyph.y - first) / edition.row_pt
            assert abs(rows - round(rows)) * edition.row_pt < 0.05, line.text


def test_t01_t02_t03_no_forbidden_start_or_end(page: Page) -> None:
    for line in page.lines:
        assert line.text[0] not in STOPS + CLOSES + "·～％%‰℃", line.text
        assert line.text[-1] not in OPENS + "¥￥$№", line.text
        if not line.is_first:
            assert not line.text.startswith(("——", "……")), line.text
        assert line.text.count("—") % 2 == 0 or "——" not in line.text or re.search("[^—]—[^—]", line.text)


def test_t05_numbers_are_whole(page: Page) -> None:
    for above, below in pairwise(page.lines):
        if above.paragraph != below.paragraph or above.is_last or below.after_space:
            continue
        joint = above.text[-1] + below.text[0]
        assert not re.fullmatch(r"[0-9.][0-9.%万亿]", joint) or below.text[0] == "." or above.unfit, (
            above.text,
            below.text,
        )


def test_t20_pairs_of_marks_share_their_space(page: Page) -> None:
    for line in page.lines:
        for a, b in pairwise(line.glyphs):
            pair = (
                (a.char in STOPS + CLOSES and b.char in CLOSES + OPENS) or (a.char in OPENS and b.char in OPENS)
                or (a.char in CLOSES and b.char in STOPS)
            )  # fmt: skip
            if pair and line.is_trimmed(a) and line.is_trimmed(b):
                step = (b.x - a.x) / line.size
                assert step == pytest.approx(0.5, abs=0.03), line.text
