"""Whole editions of every bulletin there is, in both layouts: the grid, the frames, the order, conservation."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.samples import BULLETINS, LAYOUTS, SAMPLE, bulletin_of, edition_of, layout_of
from typeset.makeup.fill import LINES_UNDER_SUBHEAD, WIDOW_SHARE
from typeset.makeup.heads import ASCENT_EM
from typeset.model.edition import Edition, Frame, LineRun
from typeset.pipeline import check_conservation

EPS_PT = 1e-6
EVERY = pytest.mark.parametrize("name", LAYOUTS)
ALL = pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.stem)
DISPLAY = ("kicker", "headline", "subtitle")


def body_runs(frame: Frame) -> list[LineRun]:
    return [run for run in frame.runs if run.role not in (*DISPLAY, "byline")]


def reported(edition: Edition, *codes: str) -> set[int]:
    """Articles that make-up says it could not close, or not within the rules."""
    said = [finding.message.en for finding in edition.findings if finding.code in codes]
    return {n for n, title in enumerate(edition.article_titles) if any(title in message for message in said)}


@EVERY
@ALL
def test_every_character_is_set_once_and_in_order(path: Path, name: str) -> None:
    check_conservation(bulletin_of(path), edition_of(path, name), layout_of(name))


@EVERY
@ALL
def test_frames_stand_in_the_type_area(path: Path, name: str) -> None:
    layout, edition = layout_of(name), edition_of(path, name)
    margins = layout.margins
    for page in edition.pages:
        first = margins.top_pt + (layout.masthead.rows[0] * edition.row_pt if page.number == 1 else 0)
        for frame in page.frames:
            assert frame.x_pt >= margins.left_pt - EPS_PT
            assert frame.x_pt + frame.width_pt <= layout.sheet.width_pt - margins.right_pt + EPS_PT
            assert frame.y_pt >= first - EPS_PT
            assert frame.y_pt + frame.height_pt <= layout.sheet.height_pt - margins.bottom_pt + EPS_PT


@EVERY
@ALL
def test_no_two_frames_of_a_page_overlap(path: Path, name: str) -> None:
    for page in edition_of(path, name).pages:
        for n, a in enumerate(page.frames):
            for b in page.frames[n + 1 :]:
                wide = min(a.x_pt + a.width_pt, b.x_pt + b.width_pt) - max(a.x_pt, b.x_pt)
                high = min(a.y_pt + a.height_pt, b.y_pt + b.height_pt) - max(a.y_pt, b.y_pt)
                assert wide <= EPS_PT or high <= EPS_PT, (page.number, a.article, b.article)


@EVERY
@ALL
def test_t27_every_baseline_stands_on_the_grid(path: Path, name: str) -> None:
    layout, edition = layout_of(name), edition_of(path, name)
    top = layout.margins.top_pt + ASCENT_EM * edition.body.size_pt
    for page in edition.pages:
        for frame in page.frames:
            for run in body_runs(frame):
                rows = (run.baseline_pt - top) / edition.row_pt
                assert rows == pytest.approx(round(rows), abs=1e-6)
                assert run.pitch_pt == pytest.approx(edition.row_pt)
            for run in frame.runs:
                if run.role == "byline":
                    rows = (run.baseline_pt - top) / edition.row_pt
                    assert rows == pytest.approx(round(rows), abs=1e-6)


@EVERY
@ALL
def test_t27_lines_stand_in_the_columns_of_their_frame(path: Path, name: str) -> None:
    edition = edition_of(path, name)
    body = edition.body
    step = (body.measure_em + body.gutter_em) * body.size_pt
    for page in edition.pages:
        for frame in page.frames:
            places: set[tuple[int, float]] = set()
            for run in body_runs(frame):
                column = (run.x_pt - frame.x_pt) / step
                assert column == pytest.approx(round(column), abs=1e-6)
                assert 0 <= round(column) < frame.columns
                assert run.measure_pt == pytest.approx(body.measure_em * body.size_pt)
                for line in range(run.first, run.last):
                    baseline = run.baseline_pt + (line - run.first) * run.pitch_pt
                    assert frame.y_pt < baseline < frame.y_pt + frame.height_pt
                    assert (round(column), round(baseline, 3)) not in places, "two lines at one place"
                    places.add((round(column), round(baseline, 3)))
                    assert run.text.width_em[line] * run.size_pt <= run.measure_pt + 1e-4


@EVERY
@ALL
def test_display_lines_fit_their_frame_and_stand_above_its_text(path: Path, name: str) -> None:
    for page in edition_of(path, name).pages:
        for frame in page.frames:
            display = [run for run in frame.runs if run.role in DISPLAY]
            for run in display:
                assert run.measure_pt == pytest.approx(frame.width_pt)
                assert (
                    run.text.width_em[run.first : run.last] * run.size_pt <= frame.width_pt + EPS_PT
                ).all()
                assert run.baseline_pt - ASCENT_EM * run.size_pt >= frame.y_pt - EPS_PT
            baselines = [run.baseline_pt for run in display]
            assert baselines == sorted(set(baselines))
            below = [run.baseline_pt - ASCENT_EM * run.size_pt for run in body_runs(frame)]
            if display and below:
                last = display[-1]
                assert min(below) >= last.baseline_pt + (1 - ASCENT_EM) * last.size_pt - EPS_PT


@EVERY
@ALL
def test_t43_the_columns_of_a_frame_end_level(path: Path, name: str) -> None:
    edition = edition_of(path, name)
    loose = reported(edition, "makeup.underset")
    for page in edition.pages:
        for frame in page.frames:
            if frame.article in loose:
                continue
            feet: dict[float, float] = defaultdict(float)
            for run in body_runs(frame):
                foot = run.baseline_pt + (run.last - run.first - 1) * run.pitch_pt
                feet[round(run.x_pt, 3)] = max(feet[round(run.x_pt, 3)], foot)
            assert len(feet) == frame.columns
            assert max(feet.values()) - min(feet.values()) < EPS_PT
            row = frame.y_pt + frame.height_pt - edition.row_pt
            assert max(feet.values()) == pytest.approx(row + ASCENT_EM * edition.body.size_pt, abs=1e-4)


@EVERY
@ALL
def test_t40_no_lone_line_at_a_columns_foot_or_head(path: Path, name: str) -> None:
    edition = edition_of(path, name)
    loose = reported(edition, "makeup.lone_line")
    parts: dict[tuple[int, int], list[LineRun]] = defaultdict(list)
    for page in edition.pages:
        for frame in page.frames:
            for run in frame.runs:
                if run.role == "para" and frame.article not in loose:
                    parts[frame.article, run.block].append(run)
    for runs in parts.values():
        if len(runs) > 1:
            first, last = runs[0], runs[-1]
            assert first.last - first.first >= 2
            share = float(last.text.width_em[last.last - 1]) * last.size_pt / last.measure_pt
            assert last.last - last.first >= 2 or share >= WIDOW_SHARE - 1e-6


@EVERY
@ALL
def test_t41_lines_stand_under_every_subhead(path: Path, name: str) -> None:
    edition = edition_of(path, name)
    loose = reported(edition, "makeup.lone_line")
    for page in edition.pages:
        for frame in page.frames:
            if frame.article in loose:
                continue
            runs = body_runs(frame)
            for n, run in enumerate(runs):
                if run.role == "subhead" and runs[n + 1].role != "subhead":
                    under = [
                        r for r in runs[n + 1 :] if r.x_pt == run.x_pt and r.baseline_pt > run.baseline_pt
                    ]
                    assert sum(r.last - r.first for r in under) >= LINES_UNDER_SUBHEAD


@EVERY
@ALL
def test_every_article_is_there_and_every_page_is_numbered(path: Path, name: str) -> None:
    edition, bulletin = edition_of(path, name), bulletin_of(path)
    assert {f.article for page in edition.pages for f in page.frames} == set(range(len(bulletin.articles)))
    assert edition.article_ids == tuple(article.id for article in bulletin.articles)
    for n, page in enumerate(edition.pages, 1):
        assert page.number == n
        assert 0 < page.filled <= 1
        assert any(f"第{n}版" in run.text.text for run in page.furniture)


@EVERY
def test_h11_headline_sizes_fall_with_the_articles_order(name: str) -> None:
    for page in edition_of(SAMPLE, name).pages:
        sizes = [
            (frame.article, max(run.size_pt for run in frame.runs if run.role == "headline"))
            for frame in page.frames
            if any(run.role == "headline" for run in frame.runs)
        ]
        falling = [size for _, size in sorted(sizes)]
        assert falling == sorted(falling, reverse=True), (page.number, sizes)


def test_the_sample_on_tabloid_is_two_full_pages() -> None:
    edition = edition_of(SAMPLE, "tabloid")
    assert len(edition.pages) == 2
    assert edition.filled >= 0.99
    assert not reported(edition, "makeup.underset", "makeup.lone_line")


@EVERY
@ALL
def test_pages_are_well_filled(path: Path, name: str) -> None:
    """All but the last page of a strip layout, all of a sliced one."""
    edition = edition_of(path, name)
    for page in edition.pages[:-1]:
        assert page.filled >= 0.88, (page.number, page.filled)


@EVERY
def test_few_lines_of_the_sample_are_unfit(name: str) -> None:
    unfit = total = 0
    for page in edition_of(SAMPLE, name).pages:
        for frame in page.frames:
            for run in body_runs(frame):
                unfit += int(run.text.unfit[run.first : run.last].sum())
                total += run.last - run.first
    assert unfit <= 0.01 * total
