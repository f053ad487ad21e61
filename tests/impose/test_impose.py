"""Sheets: which page stands where, in which place; the press's words kept; the same bytes."""

from __future__ import annotations

import dataclasses
import io
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import SAMPLE, edition_of, faces_of, layout_of
from typeset.check.preflight import preflight
from typeset.cli import cli
from typeset.impose import SCHEMES, Scheme, impose
from typeset.impose.schemes import sides_of
from typeset.impose.sheets import ROOM_PT
from typeset.model.findings import TypesetError
from typeset.model.layout import MARKS
from typeset.model.lengths import MM_PT
from typeset.write.pdf import write_pdf


@cache
def source(name: str, marks: bool = False) -> bytes:
    layout = layout_of(name)
    layout = dataclasses.replace(
        layout, print=dataclasses.replace(layout.print, marks=MARKS if marks else ())
    )
    return write_pdf(edition_of(SAMPLE, name), faces_of(name), layout)


def saved(tmp_path: Path, name: str, marks: bool = False) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(source(name, marks))
    return path


def test_a_booklet_of_eight_folds_right() -> None:
    sides = [(side.left, side.right, side.depth) for side in sides_of("booklet", 8)]
    assert sides == [(8, 1, 0), (2, 7, 0), (6, 3, 1), (4, 5, 1)]
    assert [(s.left, s.right) for s in sides_of("broadsheet-spread", 8)] == [(4, 1), (2, 3), (8, 5), (6, 7)]
    assert [(s.left, s.right) for s in sides_of("2up", 3)] == [(1, 2), (3, 0)]
    assert [(s.left, s.right) for s in sides_of("booklet", 4, True)] == [(1, 4), (3, 2)]


@given(st.sampled_from(SCHEMES), st.integers(1, 200), st.booleans())
def test_every_page_stands_once(scheme: Scheme, pages: int, is_right_bound: bool) -> None:
    found = [
        page for side in sides_of(scheme, pages, is_right_bound) for page in (side.left, side.right) if page
    ]
    assert sorted(found) == list(range(1, pages + 1))


@given(st.integers(1, 50).map(lambda n: 4 * n))
def test_a_booklet_reads_in_order_when_folded(pages: int) -> None:
    """The two pages on each side add up to one more than there are; back to back of page n is n + 1."""
    sides = sides_of("booklet", pages)
    assert all(side.left + side.right == pages + 1 for side in sides)
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        assert back.left == front.right + 1
        assert front.depth == back.depth == (front.right - 1) // 2


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_stand_in_their_places_and_keep_their_text(scheme: Scheme, tmp_path: Path) -> None:
    path = saved(tmp_path, "a4")
    pages = pypdfium2.PdfDocument(path)
    sheets = pypdfium2.PdfDocument(impose(path, scheme))
    width = layout_of("a4").sheet.width_pt
    sides = sides_of(scheme, len(pages))
    assert len(sheets) == len(sides)
    for sheet, side in zip(sheets, sides, strict=True):
        trim = sheet.get_trimbox()
        assert trim[2] - trim[0] == pytest.approx(2 * width, abs=0.01)
        text = sheet.get_textpage()
        middle = (trim[0] + trim[2]) / 2
        for number, left, right in ((side.left, 0, middle), (side.right, middle, sheet.get_width())):
            found = text.get_text_bounded(left, 0, right, sheet.get_height())
            due = pages[number - 1].get_textpage().get_text_range() if number else ""
            assert sorted("".join(found.split())) == sorted("".join(due.split()))


def test_creep_moves_inner_sheets_to_the_fold(tmp_path: Path) -> None:
    path = tmp_path / "five.pdf"
    with pikepdf.open(saved(tmp_path, "a4")) as four:
        four.pages.append(four.pages[0])
        four.save(path)
    with pikepdf.open(io.BytesIO(impose(path, "booklet", creep_pt=MM_PT))) as pdf:
        places = []
        for page in pdf.pages:
            moves = [i for i in pikepdf.parse_content_stream(page) if str(i.operator) == "cm"]
            places.append([float(move.operands[4]) for move in moves])
    edge = 3 * MM_PT + ROOM_PT
    width = layout_of("a4").sheet.width_pt
    outer, inner = places[1], places[3]  # five pages: 0|1, 2|0, 0|3, 4|5
    assert outer == pytest.approx([edge], abs=0.01)
    assert inner == pytest.approx([edge + MM_PT, edge + width - MM_PT], abs=0.01)


@pytest.mark.parametrize("name", ["a4", "tabloid"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_sheets_are_what_the_press_was_promised(scheme: Scheme, name: str, tmp_path: Path) -> None:
    """Even of pages with marks of their own, which are cut away."""
    target = tmp_path / "sheets.pdf"
    target.write_bytes(impose(saved(tmp_path, name, marks=True), scheme))
    (report,) = preflight(target)  # no PDF/UA any more
    assert report.profile == layout_of(name).print.profile
    assert report.passed, report.lines("en", True)


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    path = saved(tmp_path, "tabloid")
    assert impose(path, "2up") == impose(path, "2up")


def test_marks_can_be_left_out(tmp_path: Path) -> None:
    path = saved(tmp_path, "tabloid")
    with pikepdf.open(io.BytesIO(impose(path, "2up", marks=False))) as pdf:
        page = pdf.pages[0].obj
        assert "/ColorSpace" not in page.Resources
        assert page.MediaBox == page.BleedBox


def test_what_cannot_be_imposed_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"no")
    with pytest.raises(TypesetError, match="no PDF"):
        impose(path, "2up")
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        pdf.add_blank_page(page_size=(200, 100))
        pdf.save(path)
    with pytest.raises(TypesetError, match="2 page sizes"):
        impose(path, "2up")


def test_the_command_writes_beside_the_file(tmp_path: Path) -> None:
    path = saved(tmp_path, "a4")
    done = CliRunner().invoke(cli, ["impose", str(path), "--scheme", "booklet", "--creep", "0.1mm"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "paper-booklet.pdf").is_file()
    done = CliRunner().invoke(cli, ["impose", str(path), "--scheme", "booklet", "--creep", "a bit"])
    assert done.exit_code == 2
    assert "--creep" in done.output
