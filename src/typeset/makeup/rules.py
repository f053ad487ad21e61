"""Rules of a page: between articles, between the columns of one, and the borders of boxes (花边).

In: a page's frames on their grid. Out: straight rules, in points from the trim's top left.
"""

from __future__ import annotations

from itertools import pairwise

from typeset.makeup.grid import Grid
from typeset.model.edition import Frame, LineRun, Rectangle, RuleLine

RULE_AIR_ROWS = 0.25  # from an article's top edge down to the rule over it
NEAR_PT = 1.0
BORDERED = ("boxed", "reserved")


def article_rules(grid: Grid, frames: list[Frame], first_row: int) -> list[RuleLine]:
    """Over every frame that has one above it, beside those with one to the left; boxes have their border."""
    top = grid.row_top_pt(first_row)
    out: list[RuleLine] = []
    for frame in frames:
        if frame.form in BORDERED:
            out += _border(grid, frame)
        elif grid.layout.rules.article_pt:
            out += _between(grid, frame, frames, top)
        if grid.layout.rules.column_pt and frame.runs:
            out += _column_rules(grid, frame)
    return out


def _between(grid: Grid, frame: Frame, frames: list[Frame], top: float) -> list[RuleLine]:
    layout, plan = grid.layout, grid.plan
    width, colour = layout.rules.article_pt, layout.rules.colour
    lead = plan.row_pt - plan.setting.size_pt
    out: list[RuleLine] = []
    under = [f for f in frames if _is_over(f, frame)]
    if frame.y_pt > top + NEAR_PT and any(f.form not in BORDERED for f in under):
        y = frame.y_pt + RULE_AIR_ROWS * plan.row_pt - lead / 2
        out.append(RuleLine(frame.x_pt, y, frame.x_pt + frame.width_pt, y, width, "article", colour))
    x = frame.x_pt - plan.setting.gutter_em * plan.setting.size_pt / 2
    foot = frame.y_pt + frame.height_pt - lead
    head = frame.y_pt + (2 if frame.y_pt <= top + NEAR_PT else 0)
    if frame.x_pt > grid.left_pt + NEAR_PT:
        spans = [(head, foot)]
        for other in frames:  # a box to the left has a border of its own
            if other.form in BORDERED and abs(other.x_pt + other.width_pt - 2 * x + frame.x_pt) < NEAR_PT:
                spans = _without(spans, other.y_pt, other.y_pt + other.height_pt)
        out += [RuleLine(x, a, x, b, width, "article", colour) for a, b in spans]
    return out


def _is_over(above: Frame, below: Frame) -> bool:
    """Whether a frame stands right over another."""
    meets = abs(above.y_pt + above.height_pt - below.y_pt) < NEAR_PT
    return meets and above.x_pt < below.x_pt + below.width_pt and below.x_pt < above.x_pt + above.width_pt


def _without(spans: list[tuple[float, float]], top: float, foot: float) -> list[tuple[float, float]]:
    """Spans less what lies between two heights."""
    out = []
    for a, b in spans:
        out += [(c, d) for c, d in ((a, min(b, top)), (max(a, foot), b)) if d - c > NEAR_PT]
    return out


def _border(grid: Grid, frame: Frame) -> list[RuleLine]:
    """The border inside the frame: air over it, its foot level with the last row's text."""
    spec, plan = grid.layout.boxes, grid.plan
    top = frame.y_pt + frame.border_pt
    foot = frame.y_pt + frame.height_pt - (plan.row_pt - plan.setting.size_pt)
    out: list[RuleLine] = []
    for width, inset in ((spec.rule_pt, 0.0), (spec.inner_rule_pt, spec.inner_gap_pt + spec.rule_pt)):
        if not width:
            continue
        inset += width / 2
        x0, x1 = frame.x_pt + inset, frame.x_pt + frame.width_pt - inset
        y0, y1, half = top + inset, foot - inset, width / 2
        sides = (
            (x0 - half, y0, x1 + half, y0),
            (x0 - half, y1, x1 + half, y1),
            (x0, y0, x0, y1),
            (x1, y0, x1, y1),
        )
        out += [RuleLine(*side, width, "box", spec.colour) for side in sides]
    return out


def _column_rules(grid: Grid, frame: Frame) -> list[RuleLine]:
    """栏线 half-way between the text columns of one frame."""
    layout, plan = grid.layout, grid.plan
    body = [
        r
        for r in frame.runs
        if r.block >= 0 and r.pitch_pt and not any(_holds(box, r) for box in frame.boxes)
    ]
    lefts = sorted({run.x_pt for run in body})
    if not body:
        return []
    top = min(run.baseline_pt - run.size_pt for run in body)
    foot = frame.y_pt + frame.height_pt - (plan.row_pt - plan.setting.size_pt)
    right = body[0].measure_pt
    out: list[RuleLine] = []
    for a, b in pairwise(lefts):
        x, spans = (a + right + b) / 2, [(top, foot)]
        for left, head, width, height in frame.boxes:
            if left < x < left + width:
                spans = [s for s in _without(spans, head, head + height) if _has_text(s, body)]
        out += [
            RuleLine(x, y0, x, y1, layout.rules.column_pt, "column", layout.rules.colour) for y0, y1 in spans
        ]
    return out


def _has_text(span: tuple[float, float], body: list[LineRun]) -> bool:
    """Whether lines stand beside a part of a rule: none do under a box that ends the columns."""
    feet = (run.line_y_pt(line) for run in body for line in range(run.first, run.last))
    return any(span[0] - NEAR_PT < foot <= span[1] + NEAR_PT for foot in feet)


def _holds(box: Rectangle, run: LineRun) -> bool:
    x, y, width, height = box
    return x - NEAR_PT <= run.x_pt < x + width and y <= run.baseline_pt <= y + height + NEAR_PT
