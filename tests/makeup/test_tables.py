"""Tables stand whole across columns: a row a line, its cells at common stops, three rules, nothing lost."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.samples import ROOT, bulletin_of, faces_of, layout_of
from typeset.makeup.commit import make_up
from typeset.model.edition import Edition, Frame, LineRun, Page
from typeset.model.issue import IssueLine
from typeset.pipeline import check_conservation

ROWS = {"d01": 7, "d09": 6}


@pytest.fixture(scope="module", params=[("d01", "tabloid"), ("d09", "tabloid"), ("d01", "a4")])
def made(request: pytest.FixtureRequest) -> tuple[str, Edition]:
    name, layout = request.param
    bulletin = bulletin_of(ROOT / "tests" / "corpus" / f"{name}.txt")
    edition = make_up(bulletin, layout_of(layout), faces_of(layout), IssueLine("报"))
    check_conservation(bulletin, edition, layout_of(layout))
    return name, edition


def table(edition: Edition) -> tuple[Page, Frame, list[LineRun]]:
    found = [
        (page, frame, [run for run in frame.runs if run.role == "table"])
        for page in edition.pages
        for frame in page.frames
    ]
    ((page, frame, runs),) = [(page, frame, runs) for page, frame, runs in found if runs]
    return page, frame, runs


def test_a_row_is_a_line(made: tuple[str, Edition]) -> None:
    name, edition = made
    _, _, runs = table(edition)
    lines = [(run, line) for run in runs for line in range(run.first, run.last)]
    assert len(lines) == ROWS[name]
    feet = [run.line_y_pt(line) for run, line in lines]
    steps = [b - a for a, b in pairwise(feet)]
    assert min(steps) > 0
    assert max(steps) == pytest.approx(min(steps))


def test_three_rules_run_over_its_width(made: tuple[str, Edition]) -> None:
    _, edition = made
    page, frame, runs = table(edition)
    rules = sorted((rule for rule in page.rules if rule.kind == "table"), key=lambda rule: rule.y0_pt)
    assert len(rules) == 3
    over, under_head, under = rules
    assert over.width_pt == under.width_pt > under_head.width_pt
    feet = sorted(run.line_y_pt(line) for run in runs for line in range(run.first, run.last))
    assert over.y0_pt < feet[0] < under_head.y0_pt < feet[1]
    assert feet[-1] < under.y0_pt
    ((x, _, width, _),) = frame.boxes
    for rule in rules:
        assert (rule.x0_pt, rule.x1_pt) == pytest.approx((x, x + width))
    for run in runs:
        for line in range(run.first, run.last):
            assert x <= run.line_x_pt(line)
            assert run.line_x_pt(line) + run.text.width_em[line] * run.size_pt <= x + width + 0.01
