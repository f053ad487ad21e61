"""首字下沉: a layout's drop caps stand beside their lines, and nothing is lost by them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.samples import bulletin_of, faces_of, layout_of
from typeset.makeup.commit import make_up
from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.edition import Edition, LineRun
from typeset.model.issue import IssueLine
from typeset.model.layout import Layout
from typeset.pipeline import check_conservation


def _with_caps(rows: int) -> Layout:
    layout = layout_of("magazine")
    para = replace(layout.styles["para"], drop_cap_rows=rows, drop_cap_face="song-heavy")
    return replace(layout, styles=layout.styles | {"para": para})


@pytest.fixture(scope="module", params=[2, 3])
def made(request: pytest.FixtureRequest) -> tuple[int, Edition]:
    layout = _with_caps(request.param)
    edition = make_up(bulletin_of(), layout, faces_of("magazine"), IssueLine("报"))
    check_conservation(bulletin_of(), edition, layout)
    return request.param, edition


def _caps(edition: Edition) -> list[tuple[LineRun, LineRun]]:
    """Each drop cap with the run of the lines beside it."""
    out = []
    for page in edition.pages:
        for frame in page.frames:
            for cap in frame.runs:
                if cap.role == "para" and cap.size_pt > 1.5 * edition.body.size_pt:
                    beside = next(
                        run for run in frame.runs
                        if run is not cap and run.block == cap.block and abs(run.x_pt - cap.x_pt) < 0.01
                    )  # fmt: skip
                    out.append((cap, beside))
    return out


def test_every_article_has_one(made: tuple[int, Edition]) -> None:
    _, edition = made
    assert len(_caps(edition)) == len(bulletin_of().articles)
    assert edition.is_exact


def test_the_lines_beside_it_are_set_in_and_the_others_are_not(made: tuple[int, Edition]) -> None:
    rows, edition = made
    for cap, run in _caps(edition):
        starts = [float(run.text.x_em[run.text.starts[line]]) for line in range(run.first, run.last)]
        assert min(starts[:rows]) * run.size_pt >= cap.size_pt
        assert max(starts[rows:]) < 0.1
        assert len(starts) > rows


def test_it_reaches_from_the_first_lines_top_to_the_last_ones_foot(made: tuple[int, Edition]) -> None:
    rows, edition = made
    for cap, run in _caps(edition):
        top, foot = run.line_y_pt(run.first) - 0.88 * run.size_pt, run.line_y_pt(run.first + rows - 1)
        foot += 0.12 * run.size_pt
        assert cap.baseline_pt + 0.12 * cap.size_pt == pytest.approx(foot, abs=0.01)
        assert cap.baseline_pt - 0.88 * cap.size_pt >= top - 0.01


def test_a_short_paragraph_has_none() -> None:
    layout = _with_caps(3)
    article = Article(
        "a1", headline=("题目",), body=(Block("para", "只有一行。"), Block("para", "第二段也很短。"))
    )
    bulletin = Bulletin(articles=(article,))
    edition = make_up(bulletin, layout, faces_of("magazine"), IssueLine("报"))
    check_conservation(bulletin, edition, layout)
    assert not _caps(edition)
