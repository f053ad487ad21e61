"""T50, T51: vertical lines, from the forms of characters to the glyph positions of a finished PDF."""

from __future__ import annotations

import dataclasses
import io
from functools import cache

import numpy as np
import pikepdf
import pypdfium2
import pytest

from tests.samples import BULLETINS, bulletin_of, faces_of, layout_of, solid
from typeset.compose.copy import prepare_copy
from typeset.compose.vertical import ABREAST, TURNED, UPRIGHT
from typeset.makeup.commit import make_up
from typeset.model.edition import Edition, LineRun
from typeset.model.layout import HOUSE_RULES, BodySetting, Layout
from typeset.pipeline import issue_line
from typeset.write.pdf import write_pdf

VERTICAL = dataclasses.replace(HOUSE_RULES, direction="vertical")
SIGN = {UPRIGHT: "|", TURNED: ">", ABREAST: "="}


def forms(text: str) -> str:
    copy = prepare_copy([text], "song", faces_of(), rules=VERTICAL)
    assert copy.forms is not None
    return "".join(SIGN[form] for form in copy.forms.tolist())


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("人民", "||"),
        ("第5版", "|||"),
        ("12月16日", "==|==|"),
        ("共120天", "|===|"),
        ("2023年", ">>>>|"),
        ("增长8.5%", "||>>>>"),
        ("用AI和A股", "|>>||" + "|"),
        ("the end", ">>>>>>>"),
        ("“好”——", "|||>>"),
        ("1—8月", "|>||"),
    ],
)
def test_t50_how_characters_stand(text: str, want: str) -> None:
    assert forms(text) == want


def test_t50_digits_abreast_take_one_em_and_do_not_part() -> None:
    copy = prepare_copy(["12月16日"], "song", faces_of(), rules=VERTICAL)
    assert (copy.box_em + copy.gap_em).tolist() == [1, 0, 1, 1, 0, 1]
    assert copy.levels[1] == copy.levels[4] == 0


def test_t50_quotes_take_their_vertical_forms() -> None:
    faces = faces_of()
    copy = prepare_copy(["“甲”‘乙’（丙），。——……"], "song", faces, rules=VERTICAL)
    flat = prepare_copy(["“甲”‘乙’（丙），。——……"], "song", faces)
    differs = [char for char, up, plain in zip(copy.text, copy.glyph, flat.glyph, strict=True) if up != plain]
    assert "".join(differs) == "“”‘’（），。……"
    (corner,) = faces.faces[copy.face[0]].glyphs(np.array([0xFE43], np.uint32)).tolist()
    assert copy.glyph[0] == corner


@cache
def vertical_layout() -> Layout:
    settings = (BodySetting(9.5, 7, 13, 2.0, (40, 54)), BodySetting(9, 7, 14, 2.0, (40, 56)))
    return dataclasses.replace(layout_of(), composition=VERTICAL, body=settings)


@cache
def vertical_edition(n: int) -> Edition:
    bulletin, layout = bulletin_of(BULLETINS[n]), vertical_layout()
    return make_up(bulletin, layout, faces_of(), issue_line(bulletin, layout, None, None, None))


def runs(edition: Edition) -> list[LineRun]:
    return [run for page in edition.pages for frame in page.frames for run in frame.runs]


def test_t51_lines_run_downwards_and_from_right_to_left() -> None:
    edition = vertical_edition(0)
    layout = vertical_layout()
    assert (edition.width_pt, edition.height_pt) == (layout.sheet.width_pt, layout.sheet.height_pt)
    for run in runs(edition):
        assert run.vertical
        xs = [run.line_x_pt(line) for line in range(run.first, run.last)]
        assert xs == sorted(xs, reverse=True)
        for line in range(run.first, run.last):
            foot = run.line_y_pt(line) + float(run.text.width_em[line]) * run.size_pt
            assert run.line_y_pt(line) >= layout.margins.top_pt - 0.1
            assert foot <= edition.height_pt - layout.margins.bottom_pt + 0.5
    for page in edition.pages:
        for frame in page.frames:
            assert frame.x_pt >= layout.margins.left_pt - 0.1
            assert frame.x_pt + frame.width_pt <= edition.width_pt - layout.margins.right_pt + 0.1


@pytest.mark.parametrize("n", range(len(BULLETINS)))
def test_t61_every_character_is_on_the_vertical_page(n: int) -> None:
    """Read back from the PDF: the same characters, none lost or doubled, whatever their form."""
    edition = vertical_edition(n)
    data = write_pdf(edition, faces_of(), layout_of())
    with pypdfium2.PdfDocument(data) as pdf:
        found = "".join(solid(pdf[i].get_textpage().get_text_range()) for i in range(len(pdf)))
    shown = [
        run.text.text[run.text.starts[line] : run.text.ends[line]].removesuffix("-")  # pdfium's U+FFFE
        for page in edition.pages
        for run in (*page.furniture, *(r for f in page.frames for r in f.runs))
        for line in range(run.first, run.last)
    ]
    want = solid("".join(shown))
    read = found.replace("\u00ad", "").replace("\ufffe", "")  # pdfium reads a line's last - as the latter
    assert sorted(read.replace("-", "")) == sorted(want.replace("-", ""))


def test_t50_upright_glyphs_stand_one_under_another() -> None:
    """Glyph boxes in the finished file: a line's Han characters share a middle and go down by their advance."""
    edition = vertical_edition(0)
    run = next(r for r in runs(edition) if r.role == "para")
    line = run.first + 1
    start, end = int(run.text.starts[line]), int(run.text.ends[line])
    data = write_pdf(edition, faces_of(), layout_of())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        upright = [str(name) for name, font in fonts.items() if font.Encoding == "/Identity-V"]
        assert upright
        descendant = fonts[upright[0]].DescendantFonts[0]
        assert [int(v) for v in descendant.DW2] == [880, -1000]
    with pypdfium2.PdfDocument(data) as pdf:
        textpage = pdf[0].get_textpage()
        found = []
        for index in range(textpage.count_chars()):
            left, bottom, right, top = textpage.get_charbox(index, loose=True)
            middle = (left + right) / 2 - edition.bleed_pt
            if abs(middle - run.line_x_pt(line)) < 1.0:
                y = edition.height_pt + edition.bleed_pt - (bottom + top) / 2
                found.append((y, textpage.get_text_range(index, 1)))
    inside = [(y, c) for y, c in sorted(found)
              if run.line_y_pt(line) <= y <= run.line_y_pt(line) + run.measure_pt]  # fmt: skip
    assert "".join(c for _, c in inside) == run.text.text[start:end]
    steps = np.diff([y for y, _ in inside]) / run.size_pt
    assert steps == pytest.approx(np.diff(run.text.x_em[start:end]), abs=0.6)
