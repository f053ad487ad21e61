"""What belongs to the page and not to an article: masthead 报头, folio line 报眉, colophon, rules.

In: what the paper is called and when it appears, a layout. Out: placed lines and rules, in points
from the trim's top left.
"""

from __future__ import annotations

from collections.abc import Sequence

from typeset.compose.copy import prepare_copy
from typeset.compose.justify import set_natural
from typeset.fonts.faces import FaceSet
from typeset.model.edition import LineRun, Role, RuleLine
from typeset.model.issue import IssueLine
from typeset.model.layout import BLACK, Align, Cmyk, CompositionSpec, Layout

SEPARATOR = "　　"
TITLE_SHRINK = 0.94


def _line(
    text: str, face: str, size_pt: float, faces: FaceSet, role: Role, x_pt: float, width_pt: float, baseline_pt: float,
    align: Align, rules: CompositionSpec, colour: Cmyk = BLACK,
) -> LineRun:  # fmt: skip
    copy = prepare_copy([text], face, faces, True, rules)
    done = set_natural(copy, [0], [len(text)])
    while float(done.width_em[0]) * size_pt > width_pt and size_pt > 5:
        size_pt *= TITLE_SHRINK
    return LineRun(
        done, 0, 1, x_pt, baseline_pt, 0.0, size_pt, role, measure_pt=width_pt, align=align, colour=colour
    )


def masthead(
    layout: Layout,
    issue: IssueLine,
    faces: FaceSet,
    left_pt: float,
    width_pt: float,
    height_pt: float,
    row_pt: float,
) -> tuple[list[LineRun], list[RuleLine]]:
    """The paper's name over the type area of page 1, below it one line of date and issue between rules."""
    spec = layout.masthead
    top = layout.margins.top_pt
    has_line = bool(issue.date or issue.issue)
    foot = top + height_pt - 0.9 * row_pt
    line_height = spec.line_size_pt * 1.9 if has_line else 0.0
    runs: list[LineRun] = []
    rules = [RuleLine(left_pt, foot, left_pt + width_pt, foot, spec.rule_pt, "masthead", spec.colour)]
    room = foot - line_height - top
    size = min(spec.title_size_pt, room * 0.86)
    if issue.title:
        baseline = top + room / 2 + size * 0.38
        runs.append(
            _line(
                _spaced(issue.title),
                spec.title_face,
                size,
                faces,
                "masthead",
                left_pt,
                width_pt,
                baseline,
                "center",
                layout.composition,
                spec.colour,
            )
        )
    if has_line:
        baseline = foot - line_height / 2 + spec.line_size_pt * 0.36
        text = SEPARATOR.join(part for part in (issue.date, issue.issue) if part)
        runs.append(
            _line(
                text,
                spec.line_face,
                spec.line_size_pt,
                faces,
                "masthead",
                left_pt,
                width_pt,
                baseline,
                "center",
                layout.composition,
            )
        )
        upper = foot - line_height
        rules.append(
            RuleLine(left_pt, upper, left_pt + width_pt, upper, spec.rule_pt / 2, "masthead", spec.colour)
        )
    return runs, rules


def _spaced(title: str) -> str:
    """A short name is set wide."""
    return "　".join(title) if len(title) <= 4 else title


def folio(
    layout: Layout, issue: IssueLine, faces: FaceSet, page: int, pages: int, left_pt: float, width_pt: float
) -> tuple[list[LineRun], list[RuleLine]]:
    """Name, date and page number over a rule in the top margin (at page 1 too: H14 wants a number on every page)."""
    spec = layout.folio
    rule_y = layout.margins.top_pt - spec.gap_pt - spec.size_pt * 0.3
    baseline = rule_y - spec.size_pt * 0.45
    outer: Align = "right" if page % 2 else "left"
    inner: Align = "left" if page % 2 else "right"
    name = SEPARATOR.join(part for part in (issue.title, issue.date or issue.issue) if part)
    runs = [
        _line(
            f"第{page}版",
            spec.face,
            spec.size_pt,
            faces,
            "folio",
            left_pt,
            width_pt,
            baseline,
            outer,
            layout.composition,
        )
    ]
    if name and page > 1:
        runs.append(
            _line(
                name,
                spec.face,
                spec.size_pt,
                faces,
                "folio",
                left_pt,
                width_pt * 0.8 if inner == "left" else width_pt,
                baseline,
                inner,
                layout.composition,
            )
        )
    rules = [RuleLine(left_pt, rule_y, left_pt + width_pt, rule_y, spec.rule_pt, "folio")]
    return runs, rules


def colophon(
    layout: Layout, lines: Sequence[str], faces: FaceSet, left_pt: float, width_pt: float
) -> list[LineRun]:
    """责编栏 in the bottom margin of the last page: the bulletin's own editors' line, else the layout's."""
    spec = layout.colophon
    text = "　".join(lines) if lines else (spec.text if spec else "")
    if spec is None or not text:
        return []
    baseline = layout.sheet.height_pt - layout.margins.bottom_pt + spec.size_pt * 1.7
    return [
        _line(
            text,
            spec.face,
            spec.size_pt,
            faces,
            "colophon",
            left_pt,
            width_pt,
            baseline,
            "right",
            layout.composition,
        )
    ]
