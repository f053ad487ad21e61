"""The make-up checker catches every planted fault, with the layout and, where it can be told, from the PDF alone; and
finds none on clean pages."""

from __future__ import annotations

import copy
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.check.papers import Paper, clean_paper, layout_json, pdf_of
from tests.check.planted.makeup import PLANTED, Plant
from typeset.check.makeup import MakeupReport, check_makeup
from typeset.check.makeup.measures import MEASURES
from typeset.cli import cli
from typeset.model.findings import TypesetError

INSTANCES = 10
NOT_PLANTED = ("K18.rows", "K20.same", "K21.speed")
"""A paper of 47 rows has no column of 59; the others are no measures of one file."""
OF_THE_PDF = ("K2.lost", "K2.added", "K2.order", "K2.place")
"""Against the layout of the clean paper; all others are planted before the layout is written."""


def judged(paper: Paper, said: Paper | None, folder: Path) -> MakeupReport:
    pdf, layout = folder / "paper.pdf", folder / "paper.layout.json"
    pdf.write_bytes(pdf_of(paper))
    if said is None:
        return check_makeup(pdf)
    layout.write_bytes(layout_json(said))
    return check_makeup(pdf, layout)


def failed(report: MakeupReport) -> dict[str, list[str]]:
    return {
        m.measure.id: [spot.words().en for spot in m.spots] for m in report.measured if m.status == "FAIL"
    }


@pytest.mark.parametrize("seed", range(20))
def test_a_clean_paper_has_no_fault(seed: int, tmp_path: Path) -> None:
    paper = clean_paper(seed)
    assert failed(judged(paper, paper, tmp_path)) == {}
    assert failed(judged(paper, None, tmp_path)) == {}


@pytest.mark.parametrize(
    ("measure", "alone", "plant"), [pytest.param(m, a, p, id=f"{m}-{n}") for m, a, n, p in PLANTED]
)
def test_a_planted_fault_is_caught(measure: str, alone: bool, plant: Plant, tmp_path: Path) -> None:
    for seed in range(INSTANCES):
        clean = clean_paper(seed)
        paper = copy.deepcopy(clean)
        plant(paper, random.Random(seed))
        said = clean if measure in OF_THE_PDF else paper
        # what the PDF alone tells is no harder to see with the layout: twice is enough
        for given in (said,) if not alone else (None, said) if seed < 2 else (None,):
            found = failed(judged(paper, given, tmp_path))
            assert measure in found, (seed, given is None, found)
            assert all(found[measure])


def test_every_measure_has_a_fault_that_is_planted() -> None:
    assert {measure for measure, _, _, _ in PLANTED} == set(MEASURES) - set(NOT_PLANTED)
    assert len(PLANTED) >= 20


def test_another_edition_is_compared(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    paper = clean_paper(1)
    one.write_bytes(pdf_of(paper))
    two.write_bytes(pdf_of(paper))
    assert "K20.same" not in failed(check_makeup(one, against=two))
    paper.of("para")[0].x += 1
    two.write_bytes(pdf_of(paper))
    assert failed(check_makeup(one, against=two))["K20.same"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"\0" * 100, b"not a pdf"])
def test_what_is_no_pdf_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    with pytest.raises(TypesetError):
        check_makeup(path)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"pages": 3}', b'{"sheet_pt": ["a", 1], "pages": []}', b"\xff", b"[" * 100_000],
)
def test_what_is_no_layout_is_told(data: bytes, tmp_path: Path) -> None:
    path, layout = tmp_path / "x.pdf", tmp_path / "x.layout.json"
    path.write_bytes(pdf_of(clean_paper(1)))
    layout.write_bytes(data)
    with pytest.raises(TypesetError):
        check_makeup(path, layout)


@pytest.mark.parametrize("content", ["", "BT ET", "0 0 m 5 5 l S", "BT /Song 0 Tf <5C71> Tj ET", "BT /Song 1e30 Tf <5C71> Tj ET",
                                     "BT /Song 9 Tf 0 0 0 0 0 0 Tm <5C71> Tj ET", "BT /None 9 Tf <5C71> Tj ET", "1 2 3 q Q Q ("])  # fmt: skip
def test_odd_pages_do_not_stop_it(content: str, tmp_path: Path) -> None:
    import pikepdf

    path = tmp_path / "x.pdf"
    path.write_bytes(pdf_of(clean_paper(1)))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(content.encode())
        pdf.save(path)
    assert check_makeup(path).measured


def test_a_page_of_too_many_pieces_is_refused_in_time(tmp_path: Path) -> None:
    import pikepdf

    path = tmp_path / "x.pdf"
    path.write_bytes(pdf_of(clean_paper(1)))
    content = "".join(
        f"BT /Song 5 Tf 1 0 0 1 {20 + n // 97 * 7.3:.1f} {20 + n % 97 * 7.7:.1f} Tm <5C71> Tj ET 9 {n % 700} m 99 {n % 690} l S "
        for n in range(7000)
    )
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(content.encode())
        pdf.save(path)
    with pytest.raises(TypesetError):
        check_makeup(path)


def test_the_command_prints_both_and_takes_a_choice(tmp_path: Path) -> None:
    path, layout = tmp_path / "paper.pdf", tmp_path / "paper.layout.json"
    paper = clean_paper(2)
    path.write_bytes(pdf_of(paper))
    layout.write_bytes(layout_json(paper))
    done = CliRunner().invoke(
        cli, ["check", str(path), "--profile", "makeup", "--layout", str(layout), "--lang", "en"]
    )
    assert done.exit_code == 0, done.output
    assert "K5.butt" in done.output
    assert "PDF/X" not in done.output
    both = CliRunner().invoke(cli, ["check", str(path), "--lang", "zh"])
    assert both.exit_code == 1
    assert "K5.butt" in both.output
    assert "PDF/X-4" in both.output
