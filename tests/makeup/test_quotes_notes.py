"""提要 and 编者按: a quote stands large between its rules, a note in its border at the article's head."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.samples import bulletin_of, faces_of, layout_of
from typeset.makeup.commit import make_up
from typeset.model.bulletin import Block, Bulletin
from typeset.model.edition import Edition, Frame, LineRun, Page
from typeset.model.issue import IssueLine
from typeset.pipeline import check_conservation

NOTE = (
    "编者按：统一战线是党的重要法宝。近年来，各地在构建大统战工作格局上积极探索，涌现出一批好经验、好做法。"
    "本期刊发单县的做法，供各地学习借鉴，也欢迎来稿交流。"
)
QUOTE = "打造“党建+主题班会立德树”工作机制，引导学生立志、修身、博学、报国"


def _with_them(bulletin: Bulletin) -> Bulletin:
    first, second, *others = bulletin.articles
    first = replace(first, body=(*first.body[:2], Block("quote", QUOTE), *first.body[2:]))
    second = replace(second, body=(Block("note", NOTE), *second.body))
    return replace(bulletin, articles=(first, second, *others))


@pytest.fixture(scope="module", params=["tabloid", "a4", "magazine"])
def made(request: pytest.FixtureRequest) -> Edition:
    bulletin, layout = _with_them(bulletin_of()), layout_of(request.param)
    edition = make_up(bulletin, layout, faces_of(request.param), IssueLine("报"))
    check_conservation(bulletin, edition, layout)
    assert edition.is_exact
    return edition


def _found(edition: Edition, role: str) -> tuple[Page, Frame, list[LineRun]]:
    runs = [
        (page, frame, run) for page in edition.pages for frame in page.frames for run in frame.runs if run.role == role
    ]  # fmt: skip
    assert runs
    return runs[0][0], runs[0][1], [run for _, _, run in runs]


def _baselines(runs: list[LineRun]) -> list[float]:
    return sorted(run.line_y_pt(line) for run in runs for line in range(run.first, run.last))


def test_a_quote_stands_between_its_rules(made: Edition) -> None:
    page, _, runs = _found(made, "quote")
    over, under = sorted((r for r in page.rules if r.kind == "quote"), key=lambda rule: rule.y0_pt)
    ys = _baselines(runs)
    size = runs[0].size_pt
    assert size > 1.2 * made.body.size_pt
    assert over.width_pt > under.width_pt
    assert over.y0_pt < ys[0] - 0.8 * size
    assert ys[-1] < under.y0_pt
    assert under.y0_pt - ys[-1] == pytest.approx(ys[0] - 0.88 * size - over.y0_pt, abs=size / 2)


def test_a_note_is_in_its_border_on_the_grid(made: Edition) -> None:
    page, frame, runs = _found(made, "note")
    rules = [rule for rule in page.rules if rule.kind == "note"]
    left, right = min(r.x0_pt for r in rules), max(r.x1_pt for r in rules)
    top, foot = min(r.y0_pt for r in rules), max(r.y1_pt for r in rules)
    assert len(rules) == 4
    for run in runs:
        assert left < run.x_pt
        assert run.x_pt + run.measure_pt < right
    ys = _baselines(runs)
    assert top < ys[0] - 0.8 * runs[0].size_pt
    assert ys[-1] < foot
    text = _baselines([run for run in frame.runs if run.role == "para"])
    steps = [(y - text[0]) / made.row_pt for y in ys]
    assert steps == pytest.approx([round(step) for step in steps], abs=1e-6)
    reading = [run.role for run in sorted(frame.runs, key=LineRun.reading_order)]
    assert reading.index("note") < reading.index("para")
    assert all(foot < y for run in frame.runs if run.role == "para" for y in [run.line_y_pt(run.first)]
               if left - 1 < run.x_pt < right)  # fmt: skip


def test_a_short_note_runs_in_the_columns() -> None:
    bulletin = bulletin_of()
    first, *others = bulletin.articles
    short = replace(first, body=(Block("note", "编者按：很短的按语。"), *first.body))
    edition = make_up(replace(bulletin, articles=(short, *others)), layout_of(), faces_of(), IssueLine("报"))
    page, frame, _ = _found(edition, "note")
    assert not [rule for rule in page.rules if rule.kind == "note"]
    assert not frame.boxes
