"""Whole editions of every bulletin there is, in both layouts: the grid, the frames, the order, conservation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.samples import BULLETINS, LAYOUTS, SAMPLE, bulletin_of, edition_of, layout_of
from typeset.makeup.fill import LINES_UNDER_SUBHEAD, WIDOW_SHARE
from typeset.makeup.heads import ASCENT_EM
from typeset.makeup.shapes import BESIDE_FORMS
from typeset.model.edition import Edition, Frame, LineRun
from typeset.pipeline import check_conservation

NEAR_PT = 0.01
EPS_PT = 1e-6
EVERY = pytest.mark.parametrize("name", LAYOUTS)
ALL = pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.stem)
DISPLAY = ("kicker", "headline", "subtitle")


def body_runs(frame: Frame) -> list[LineRun]:
    """Running text: what stands in columns, neither in the head nor in a box across columns."""
    return [run for run in frame.runs if run.role not in (*DISPLAY, "byline") and not in_box(frame, run)]


def in_box(frame: Frame, run: LineRun) -> bool:
    return any(
        x - EPS_PT <= run.x_pt < x + width and y <= run.baseline_pt <= y + height
        for x, y, width, height in frame.boxes
    )


def boxed_columns(frame: Frame, lefts: Iterable[float]) -> list[int]:
    """Columns that no text stands in, but a box."""
    step = frame.width_pt / frame.columns
    starts = [frame.x_pt + n * step for n in range(frame.columns)]
    return [
        n
        for n, start in enumerate(starts)
        if not any(start <= left + step / 2 < start + step for left in lefts)
        and any(x <= start + step / 2 <= x + width for x, _, width, _ in frame.boxes)
    ]


def under_box(edition: Edition, frame: Frame, x_pt: float) -> bool:
    """Whether the column from there ends with a box at the frame's foot."""
    foot = frame.y_pt + frame.height_pt - edition.row_pt * (frame.form == "boxed")
    return any(
        x - NEAR_PT <= x_pt < x + width and abs(y + height - foot) < edition.row_pt
        for x, y, width, height in frame.boxes
    )


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
    """Those of the page, or a box's own: whole ems wide, evenly apart, inside its border."""
    edition = edition_of(path, name)
    body = edition.body
    step = (body.measure_em + body.gutter_em) * body.size_pt
    for page in edition.pages:
        for frame in page.frames:
            places: set[tuple[float, float]] = set()
            for run in body_runs(frame):
                measure_em = run.measure_pt / body.size_pt
                assert measure_em == pytest.approx(round(measure_em), abs=1e-6)
                if frame.form == "top" and measure_em != pytest.approx(body.measure_em):  # 破栏
                    assert run.x_pt >= frame.x_pt - EPS_PT
                    assert run.x_pt + run.measure_pt <= frame.x_pt + frame.width_pt + EPS_PT
                elif frame.form == "boxed":
                    assert run.x_pt >= frame.x_pt + body.size_pt / 2
                    assert run.x_pt + run.measure_pt <= frame.x_pt + frame.width_pt - body.size_pt / 2
                else:
                    column = (run.x_pt - frame.x_pt) / step
                    assert column == pytest.approx(round(column), abs=1e-6)
                    assert 0 <= round(column) < frame.columns
                    assert measure_em == pytest.approx(body.measure_em)
                for line in range(run.first, run.last):
                    baseline = run.baseline_pt + (line - run.first) * run.pitch_pt
                    assert frame.y_pt < baseline < frame.y_pt + frame.height_pt
                    assert (round(run.x_pt, 3), round(baseline, 3)) not in places, "two lines at one place"
                    places.add((round(run.x_pt, 3), round(baseline, 3)))
                    assert run.text.width_em[line] * run.size_pt <= run.measure_pt + 1e-4
            lefts = sorted({run.x_pt for run in body_runs(frame)})
            gaps = [b - a - frame_measure_pt(frame) for a, b in pairwise(lefts)]
            assert all(gap >= 1.5 * body.size_pt - 1e-6 for gap in gaps), "columns closer than 1.5 ems"
            assert max(gaps, default=0) - min(gaps, default=0) < 1e-4


def frame_measure_pt(frame: Frame) -> float:
    return body_runs(frame)[0].measure_pt


@EVERY
@ALL
def test_display_lines_fit_their_frame_and_stand_above_its_text(path: Path, name: str) -> None:
    edition = edition_of(path, name)
    for page in edition.pages:
        for frame in page.frames:
            display = [run for run in frame.runs if run.role in DISPLAY]
            for run in display:
                if run.vertical:
                    continue
                assert run.x_pt >= frame.x_pt - EPS_PT
                assert run.x_pt + run.measure_pt <= frame.x_pt + frame.width_pt + EPS_PT
                if frame.form == "top":
                    assert run.measure_pt >= frame.width_pt - 2 * edition.body.size_pt
                assert (
                    run.text.width_em[run.first : run.last] * run.size_pt <= run.measure_pt + EPS_PT
                ).all()
                assert run.baseline_pt - ASCENT_EM * run.size_pt >= frame.y_pt - EPS_PT
            baselines = [run.baseline_pt for run in display if not run.vertical]
            assert baselines == sorted(set(baselines))
            below = [run.baseline_pt - ASCENT_EM * run.size_pt for run in body_runs(frame)]
            if display and below and frame.form not in BESIDE_FORMS:
                last = display[-1]
                assert min(below) >= last.baseline_pt + (1 - ASCENT_EM) * last.size_pt - EPS_PT
            elif display and below:  # beside the text, level with it
                right = max(
                    run.x_pt + (run.size_pt / 2 if run.vertical else run.measure_pt) for run in display
                )
                assert all(run.x_pt > right for run in body_runs(frame))
                assert display[-1].baseline_pt < frame.y_pt + frame.height_pt


@pytest.mark.parametrize("name", ["tabloid", "broadsheet", "a3"])
@ALL
def test_a_standing_heads_lines_run_down_side_by_side_over_the_names(path: Path, name: str) -> None:
    for page in edition_of(path, name).pages:
        for frame in page.frames:
            standing = [run for run in frame.runs if run.vertical]
            assert bool(standing) == (frame.form == "standing")
            middles = [(run.x_pt, run.size_pt) for run in standing]
            for (right, size), (left, other) in pairwise(middles):
                assert left + other / 2 <= right - size / 2 + EPS_PT, "lines go from right to left"
            names = [run.baseline_pt - ASCENT_EM * run.size_pt for run in frame.runs if run.role == "byline"]
            for run in standing:
                assert frame.x_pt <= run.x_pt - run.size_pt / 2
                end = run.line_y_pt(run.first) + float(run.text.width_em[run.first]) * run.size_pt
                assert frame.y_pt <= run.line_y_pt(run.first)
                assert end <= min([frame.y_pt + frame.height_pt, *names]) + EPS_PT


def display_box(frame: Frame) -> tuple[float, float, float, float] | None:
    """Left, top, right, foot of a frame's display lines."""
    display = [run for run in frame.runs if run.role in DISPLAY]
    if not display:
        return None
    first, last = display[0], display[-1]
    top = first.baseline_pt - ASCENT_EM * first.size_pt
    foot = last.baseline_pt + (1 - ASCENT_EM) * last.size_pt
    return frame.x_pt, top, frame.x_pt + frame.width_pt, foot


@ALL
def test_h9_no_headlines_side_by_side(path: Path) -> None:
    """Heads of neighbours are level for at most 30 % of the lower one, unless one is boxed, at the side or stands."""
    edition = edition_of(path, "tabloid")
    gutter_pt = edition.body.gutter_em * edition.body.size_pt
    for page in edition.pages:
        boxes = [(f, display_box(f)) for f in page.frames if f.form == "top"]
        for n, (frame, a) in enumerate(boxes):
            for other, b in boxes[n + 1 :]:
                if a is None or b is None or frame.article == other.article:
                    continue
                gap = max(a[0], b[0]) - min(a[2], b[2])
                level = min(a[3], b[3]) - max(a[1], b[1])
                if abs(gap - gutter_pt) < 1:
                    assert level <= 0.3 * min(a[3] - a[1], b[3] - b[1]) + 0.02 * edition.row_pt


@ALL
def test_side_heads_and_boxes_are_few_and_never_the_lead(path: Path) -> None:
    layout, edition = layout_of("tabloid"), edition_of(path, "tabloid")
    for page in edition.pages:
        forms = [frame.form for frame in page.frames]
        assert sum(form in BESIDE_FORMS for form in forms) <= 1
        assert forms.count("boxed") <= layout.boxes.most
        lead = min(page.frames, key=lambda frame: frame.article)
        assert lead.form == "top"
        borders = [rule for rule in page.rules if rule.kind == "box"]
        lines = 8 if layout.boxes.inner_rule_pt else 4
        assert len(borders) == lines * forms.count("boxed")
        for rule in borders:
            assert any(
                f.x_pt - EPS_PT <= rule.x0_pt <= rule.x1_pt <= f.x_pt + f.width_pt + EPS_PT
                and f.y_pt + edition.row_pt - EPS_PT <= rule.y0_pt <= rule.y1_pt <= f.y_pt + f.height_pt
                for f in page.frames
                if f.form == "boxed"
            )


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
            if frame.form not in BESIDE_FORMS:
                assert len(feet) + len(boxed_columns(frame, feet)) == frame.columns
            feet = {x: foot for x, foot in feet.items() if not under_box(edition, frame, x)}
            if not feet:
                continue
            assert max(feet.values()) - min(feet.values()) < EPS_PT
            row = frame.y_pt + frame.height_pt - edition.row_pt * (2 if frame.form == "boxed" else 1)
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


@ALL
def test_h11_headline_sizes_fall_with_the_articles_order(path: Path) -> None:
    """Strictly, but among the last ranks of a crowded page, which share the least sizes."""
    edition, ranks = edition_of(path, "tabloid"), layout_of("tabloid").headline.sizes_pt
    sliced = edition.pages if edition.filled > 1 - 1e-9 else ()  # strips order their sizes by class
    for page in sliced:
        sizes = [
            (rank, max(run.size_pt for run in frame.runs if run.role == "headline"))
            for rank, frame in enumerate(sorted(page.frames, key=lambda frame: frame.article))
            if any(run.role == "headline" for run in frame.runs)
        ]
        own = [size for rank, size in sizes if rank < len(ranks) - 1]
        last = [size for rank, size in sizes if rank >= len(ranks) - 1]
        assert own == sorted(set(own), reverse=True), (page.number, sizes)
        assert max(last, default=0) < min(own)


@pytest.mark.parametrize(
    ("name", "pages"), [("broadsheet", 1), ("tabloid", 2), ("a3", 2), ("a4", 4), ("magazine", 4)]
)
def test_the_sample_fills_its_pages_to_the_last_line(name: str, pages: int) -> None:
    edition = edition_of(SAMPLE, name)
    assert len(edition.pages) == pages
    assert edition.filled == pytest.approx(1.0)
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
