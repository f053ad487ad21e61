"""What changed between two editions: where, which lines, in which colours."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from tests.samples import CORPUS, SAMPLE, edition_of, faces_of, layout_of
from typeset.check.differences import differences
from typeset.cli import cli
from typeset.model.edition import Edition
from typeset.model.layout import MARKS
from typeset.model.lengths import MM_PT
from typeset.write.pdf import write_pdf
from typeset.write.png import write_contact_sheet, write_png


def saved(path: Path, edition: Edition, marks: bool = False) -> Path:
    layout = layout_of()
    layout = dataclasses.replace(
        layout, print=dataclasses.replace(layout.print, marks=MARKS if marks else ())
    )
    path.write_bytes(write_pdf(edition, faces_of(), layout))
    return path


def without_a_rule(edition: Edition) -> tuple[Edition, tuple[float, float]]:
    """The edition without the last rule of page 1, and where it began, in millimetres."""
    page = edition.pages[0]
    rule = page.rules[-1]
    changed = dataclasses.replace(page, rules=page.rules[:-1])
    place = (min(rule.x0_pt, rule.x1_pt) / MM_PT, min(rule.y0_pt, rule.y1_pt) / MM_PT)
    return dataclasses.replace(edition, pages=(changed, *edition.pages[1:])), place


def test_the_same_edition_is_the_same_with_marks_and_without(tmp_path: Path) -> None:
    edition = edition_of(SAMPLE)
    one, two = saved(tmp_path / "a.pdf", edition), saved(tmp_path / "b.pdf", edition, marks=True)
    found = list(differences(one, two))
    assert len(found) == len(edition.pages)
    assert all(page.is_same and not page.lines and page.share == 0 for page in found)


@pytest.mark.parametrize("gone_in", [0, 1], ids=["taken out", "put in"])
def test_one_rule_is_found_framed_and_coloured(gone_in: int, tmp_path: Path) -> None:
    edition = edition_of(SAMPLE)
    changed, place = without_a_rule(edition)
    files = [saved(tmp_path / "a.pdf", edition), saved(tmp_path / "b.pdf", changed)]
    if gone_in:
        files.reverse()
    page, *others = differences(files[0], files[1])
    assert all(other.is_same for other in others)
    assert len(page.boxes_mm) == 1
    assert page.boxes_mm[0][:2] == pytest.approx(place, abs=0.5)
    picture = np.asarray(Image.open(io.BytesIO(page.picture))).astype(int)
    red = (picture[..., 0] - picture[..., 2] > 60) & (
        abs(picture[..., 1] - picture[..., 2]) < 20
    )  # not the frame
    blue = picture[..., 2] - picture[..., 0] > 60
    assert (red.any(), blue.any()) == ((True, False) if gone_in == 0 else (False, True))


def test_changed_words_are_told(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(SAMPLE.read_text(encoding="utf-8").replace("抓手", "把手", 1), encoding="utf-8")
    one, two = saved(tmp_path / "a.pdf", edition_of(SAMPLE)), saved(tmp_path / "b.pdf", edition_of(other))
    lines = [line for page in differences(one, two) for line in page.lines]
    assert len(lines) == 2
    assert lines[0].startswith("-")
    assert lines[1] == "+" + lines[0][1:].replace("抓手", "把手")


def test_pages_that_only_one_has(tmp_path: Path) -> None:
    edition = edition_of(SAMPLE)
    short = dataclasses.replace(edition, pages=edition.pages[:1])
    found = list(differences(saved(tmp_path / "a.pdf", short), saved(tmp_path / "b.pdf", edition)))
    assert [page.is_same for page in found] == [True, False]
    assert all(line.startswith("+") for line in found[1].lines)


def test_the_command_draws_what_changed(tmp_path: Path) -> None:
    edition = edition_of(SAMPLE)
    one = saved(tmp_path / "a.pdf", edition)
    two = saved(tmp_path / "b.pdf", without_a_rule(edition)[0])
    done = CliRunner().invoke(cli, ["diff", str(one), str(two), "--out", str(tmp_path / "d"), "--lang", "en"])
    assert done.exit_code == 1
    assert "page 1:" in done.output
    assert "1 page(s) changed" in done.output
    assert [path.name for path in (tmp_path / "d").iterdir()] == ["b-1.diff.png"]
    assert CliRunner().invoke(cli, ["diff", str(one), str(one)]).exit_code == 0
    assert CliRunner().invoke(cli, ["diff", str(one), str(CORPUS[0])]).exit_code == 2


@pytest.mark.parametrize("dpi", [36, 150, 300])
def test_previews_have_the_trims_size_at_any_dpi(dpi: int) -> None:
    layout = layout_of()
    pictures = write_png(write_pdf(edition_of(SAMPLE), faces_of(), layout), dpi)
    assert len(pictures) == len(edition_of(SAMPLE).pages)
    with Image.open(io.BytesIO(pictures[0])) as picture:
        due = (layout.sheet.width_pt * dpi / 72, layout.sheet.height_pt * dpi / 72)
        assert picture.size == pytest.approx(due, abs=1)


def test_a_contact_sheet_has_every_page() -> None:
    pdf = write_pdf(edition_of(SAMPLE, "a4"), faces_of("a4"), layout_of("a4"))
    with Image.open(io.BytesIO(write_contact_sheet(pdf, 800, 3))) as sheet:
        assert sheet.width == 800
        samples = np.asarray(sheet.convert("L"))
    ground = samples[4, 4]
    rows = (samples != ground).any(1)
    starts = np.count_nonzero(np.diff(rows.astype(int)) == 1)
    assert starts == 2  # five pages, three to a row


def test_the_preview_command(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.pdf", edition_of(SAMPLE))
    assert CliRunner().invoke(cli, ["preview", str(path), "--dpi", "40"]).exit_code == 0
    assert CliRunner().invoke(cli, ["preview", str(path), "--contact-sheet"]).exit_code == 0
    assert {p.name for p in tmp_path.iterdir()} == {"a.pdf", "a-1.png", "a-2.png", "a-contact.png"}
    assert CliRunner().invoke(cli, ["preview", str(tmp_path / "none.pdf")]).exit_code == 2
