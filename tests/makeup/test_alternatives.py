"""Other plans: exact, no two cut alike, in order of cost, the same list however many are asked for."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.samples import SAMPLE, bulletin_of, faces_of, layout_of
from typeset.makeup.alternatives import Alternative, chosen
from typeset.makeup.commit import make_up, make_up_alternatives
from typeset.model.edition import Edition
from typeset.model.findings import TypesetError
from typeset.model.issue import IssueLine
from typeset.pipeline import alternatives, check_conservation

ISSUE = IssueLine("简报")


def places(edition: Edition) -> list[tuple[int, int, float, float, float]]:
    """Where each frame stands, whatever rows it has."""
    return sorted(
        (page.number, frame.article, round(frame.x_pt), round(frame.y_pt), round(frame.width_pt))
        for page in edition.pages
        for frame in page.frames
    )


@pytest.fixture(scope="module")
def found() -> list[tuple[Alternative, Edition]]:
    return make_up_alternatives(bulletin_of(SAMPLE), layout_of(), faces_of(), ISSUE, 6)


def test_each_is_exact_and_keeps_every_character(found: list[tuple[Alternative, Edition]]) -> None:
    assert len(found) == 6
    for _, edition in found:
        assert edition.is_exact
        assert all(page.filled > 0.9999 for page in edition.pages)
        check_conservation(bulletin_of(SAMPLE), edition, layout_of())


def test_no_two_are_cut_alike(found: list[tuple[Alternative, Edition]]) -> None:
    looks = [places(edition) for _, edition in found]
    assert all(a != b for n, a in enumerate(looks) for b in looks[n + 1 :])


def test_a_plan_keeps_its_number(found: list[tuple[Alternative, Edition]]) -> None:
    costs = [one.cost for one, _ in found]
    assert costs[0] == min(costs)
    third = make_up(bulletin_of(SAMPLE), layout_of(), faces_of(), ISSUE, choice=3)
    assert places(third) == places(found[2][1])


def test_a_number_that_is_not_there_is_refused() -> None:
    with pytest.raises(TypesetError, match="no plan 25"):
        make_up(bulletin_of(SAMPLE), layout_of(), faces_of(), ISSUE, choice=25)
    with pytest.raises(TypesetError, match="nothing to choose"):
        chosen([], 1)


def test_the_contact_sheet_shows_them(tmp_path: Path) -> None:
    file, labels = alternatives(SAMPLE, "tabloid", tmp_path, 2)
    assert [words.en.split()[0] for words in labels] == ["1", "2"]
    with Image.open(io.BytesIO(file.read_bytes())) as sheet:
        assert sheet.width > 500
        assert sheet.height > 2 * 300
    with pytest.raises(TypesetError, match="nothing to choose"):
        alternatives(SAMPLE, "a4", tmp_path, 2)
