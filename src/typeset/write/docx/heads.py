"""Heads as make-up set them: sizes, line heights and the air over and under them, as looks of the roles' styles."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from typeset.model.edition import Edition, Frame
from typeset.model.layout import Layout
from typeset.write.docx.bands import HEADS, body_runs
from typeset.write.docx.grid import Grid
from typeset.write.docx.looks import HeadLook, Looks, box_padding_pt
from typeset.write.docx.paragraphs import width_em
from typeset.write.docx.story import Paragraph

_ROLES = {"Kicker": "kicker", "Heading1": "headline", "HeadlineMore": "headline", "Subtitle": "subtitle"}
_OVER = 0.55  # share of a head's spare height that stands above it
_LEAST_LINE_EM = 1.08
_FIT = 0.985  # of the measure
_AIR_ROWS = 1.2  # round a head that is set anew
_MOST_LINES = 3
_LEAST_PT = 10.5


@dataclass(frozen=True, slots=True)
class HeadRoom:
    """What a head has: its height in points, by role the size of its texts, by paragraph (its `id`) its lines."""

    height_pt: float
    sizes_pt: Mapping[str, float]
    lines: Mapping[int, float]


def room_as_set(head: Sequence[Paragraph], frame: Frame, layout: Layout, edition: Edition) -> HeadRoom:
    """The head's room in the PDF, in the layout's rows, at sizes that need no squeezed marks to fit."""
    lines = _lines(frame, head)
    width_pt = max((run.measure_pt for run in frame.runs if run.role in HEADS), default=frame.width_pt)
    if frame.form == "boxed":
        # LibreOffice 7.4 leaves the border's distance free once more
        width_pt -= 2 * box_padding_pt(layout)
    sizes = dict(_sizes(frame))
    for p in head:
        if p.style in _ROLES:
            role = _ROLES[p.style]
            room_em = max(1.0, width_em(p.text) + (lines[id(p)] > 1) * 0.5 * lines[id(p)])
            sizes[role] = min(sizes[role], _FIT * width_pt * lines[id(p)] / room_em)
    return HeadRoom(head_rows(frame, edition) * Grid.of(layout).row / 20, sizes, lines)


def room_anew(head: Sequence[Paragraph], frame: Frame, width_pt: float, layout: Layout) -> HeadRoom:
    """The head's room over other columns than the PDF's, `width_pt` wide: of its size there where it fits in three
    lines, else smaller."""
    sizes, lines = dict(_sizes(frame)), {}
    gap = 1 + layout.headline.line_gap_em
    height_pt = 0.0
    for p in head:
        if p.style not in _ROLES:
            lines[id(p)] = 1.0
            continue
        role = _ROLES[p.style]
        sizes[role] = max(
            _LEAST_PT, min(sizes[role], _FIT * width_pt * _MOST_LINES / max(1.0, width_em(p.text) + 1))
        )
        lines[id(p)] = float(math.ceil(width_em(p.text) * sizes[role] / (_FIT * width_pt)))
        height_pt += lines[id(p)] * sizes[role] * gap
    row_pt = Grid.of(layout).row / 20
    height_pt += _byline_pt(head, layout, row_pt) + (_AIR_ROWS * row_pt if head else 0.0)
    return HeadRoom(math.ceil(height_pt / row_pt) * row_pt, sizes, lines)


def head_rows(frame: Frame, edition: Edition) -> float:
    """The rows from the frame's top to its first line of text; all of the frame's where the text stands beside the head."""
    feet = [
        run.baseline_pt + (run.last - run.first - 1) * run.pitch_pt for run in frame.runs if run.role in HEADS
    ]
    if not feet:
        return 1.0
    tops = [baseline for _, baseline, _ in body_runs(frame)]
    if min(tops, default=0.0) < max(feet):
        return frame.height_pt / edition.row_pt
    return max(1, int((min(tops) - frame.y_pt) / edition.row_pt + 0.01))


def dress(
    head: Sequence[Paragraph], room: HeadRoom, layout: Layout, looks: Looks, *, is_ruled: bool = False,
    sides: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Give a head's paragraphs looks that fill its room, under a rule or boxed at `sides`.

    What is too long for its room is set at tighter lines.
    """
    display = [paragraph for paragraph in head if paragraph.style in _ROLES]
    free_pt = room.height_pt - _byline_pt(head, layout, Grid.of(layout).row / 20)
    free_pt -= box_padding_pt(layout) / 2 + layout.boxes.rule_pt if sides else 0.0
    text_pt = sum(room.lines[id(p)] * room.sizes_pt[_ROLES[p.style]] for p in display)
    most_em = 1 + layout.headline.line_gap_em
    line_em = max(_LEAST_LINE_EM, min(most_em, free_pt / text_pt if text_pt else 1.0))
    spare_pt = max(0.0, free_pt - line_em * text_pt)
    over_pt = float(round(_OVER * spare_pt))
    # LibreOffice 7.4 repeats the distance over a border that follows columns: the rule stands in the air's middle
    rule_pt = over_pt / 2 if is_ruled and not sides else None
    for number, paragraph in enumerate(display):
        size_pt = int(room.sizes_pt[_ROLES[paragraph.style]] * 2) / 2
        look = HeadLook(
            size_pt, round(size_pt * line_em, 1),
            over_pt if number == 0 and rule_pt is None else 0.0,
            spare_pt - over_pt if number == len(display) - 1 else 0.0,
            rule_pt,
        )  # fmt: skip
        paragraph.look = looks.head(paragraph.style, look, sides)
    for paragraph in head:
        if paragraph.style not in _ROLES:
            style = paragraph.style
            paragraph.look = looks.boxed(style, sides) if sides else looks.ruled(style, rule_pt)


def _sizes(frame: Frame) -> dict[str, float]:
    """By role the size it is set in, the headline's where it has none."""
    sizes: dict[str, float] = {run.role: run.size_pt for run in frame.runs if run.role in HEADS}
    usual = sizes.get("headline", max(sizes.values(), default=12.0))
    return {role: sizes.get(role, usual) for role in HEADS}


def _lines(frame: Frame, head: Sequence[Paragraph]) -> dict[int, float]:
    """How many lines each paragraph takes: its role's, shared equally among the role's paragraphs."""
    counts: dict[str, int] = {}
    for run in frame.runs:
        if run.role in HEADS:
            counts[run.role] = counts.get(run.role, 0) + run.last - run.first
    out = {}
    for paragraph in head:
        role = _ROLES.get(paragraph.style, "byline")
        peers = [p for p in head if _ROLES.get(p.style, "byline") == role]
        out[id(paragraph)] = max(1.0, counts.get(role, 1) / len(peers))
    return out


def _byline_pt(head: Sequence[Paragraph], layout: Layout, row_pt: float) -> float:
    style = layout.styles["byline"]
    rows = sum(paragraph.style == "Byline" for paragraph in head) * style.rows
    return (rows + (style.space_below_rows if rows else 0)) * row_pt
