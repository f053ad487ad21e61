"""竖题: a head whose lines run downwards beside horizontal text, the kicker on the right, the subtitle on the left.

In: an article's head copy set for vertical lines, the length and width it may take. Out: a `Head` whose
lines stand; its names lie on the grid below. Such a head butts no other (H9).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import log

from typeset.compose.headline import headline_width
from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.makeup.heads import (
    ASCENT_EM,
    FIT,
    Head,
    HeadCopy,
    HeadLine,
    break_all,
    byline_lines,
    display_lines,
    lines_cost,
    prepare_head,
)
from typeset.model.bulletin import Article
from typeset.model.layout import Align, Layout

MOST_LINES = 2  # a headline that stands in three is no headline
SIZES_TRIED = 3
WELL_FILLED = 0.5  # of its column's width


def prepare_standing(article: Article, layout: Layout, faces: FaceSet, cohesion: Cohesion) -> HeadCopy:
    """The article's display texts for lines that run downwards."""
    vertical = replace(layout, composition=replace(layout.composition, direction="vertical"))
    return prepare_head(article, vertical, faces, cohesion)


def standing_heads(
    standing: HeadCopy, lying: HeadCopy, band_pt: tuple[float, float], width_pt: float, most_pt: float,
    layout: Layout, body_pt: float,
) -> Iterator[Head]:  # fmt: skip
    """Heads of sizes within a band, in one line and in two, that keep within `width_pt` and `most_pt` downwards.

    `height_pt` of each is the length of its longest line.
    """
    most, least = band_pt[0], max(band_pt[1], layout.headline.least_pt)
    for step in range(SIZES_TRIED):
        size = most * (least / most) ** (step / (SIZES_TRIED - 1))
        for lines in range(1, MOST_LINES + 1):
            found = _build(standing, lying, size, lines, width_pt, most_pt, layout, body_pt)
            if found is not None:
                weight = layout.makeup.weights.get("head_size", 10.0)
                yield replace(found, cost=found.cost + weight * log(most / size))


def _build(
    standing: HeadCopy, lying: HeadCopy, size: float, lines: int, width_pt: float, most_pt: float,
    layout: Layout, body_pt: float,
) -> Head | None:  # fmt: skip
    """The head with its headline in so many lines, each as long as the others as sense allows."""
    spec = layout.headline
    own = [text for text in standing.texts if text.role == "headline"]
    if not own:
        return None
    whole = max(seams.right[-1] - seams.left[0] for text in own for seams in text.seams)
    length = min(most_pt, whole * size / lines * (1.25 if lines > 1 else 1.0) / FIT + 0.1)
    broken = [break_all(text, size, length, spec, False, 0) for text in standing.texts]
    if any(ends is None for ends in broken):
        return None
    if sum(
        len(b[0]) for t, b in zip(standing.texts, broken, strict=True) if b and t.role == "headline"
    ) > lines * len(own[0].seams):
        return None  # fmt: skip
    stood, taken = _stood_up(display_lines(standing, size, broken, spec), width_pt, spec.align)
    if taken > width_pt * FIT:
        return None
    byline, rows = byline_lines(lying, width_pt, layout, body_pt)
    longest = max(headline_width(line.copy, line.start, line.end) * line.size_pt for line in stood)
    weights = layout.makeup.weights
    hollow = weights.get("standing_hollow", 10.0) * max(0.0, WELL_FILLED - taken / width_pt)
    return Head(stood, longest, byline, rows, size, lines_cost(standing, stood, weights) + hollow)


def _stood_up(
    lying: tuple[tuple[HeadLine, ...], float], width_pt: float, align: Align
) -> tuple[tuple[HeadLine, ...], float]:
    """Lines one under another turned clockwise: one left of another, in the width as heads are aligned."""
    lines, taken = lying
    right = {"left": taken, "right": width_pt}.get(align, (width_pt + taken) / 2)
    out = []
    for line in lines:
        middle = line.y_pt - ASCENT_EM * line.size_pt + line.size_pt / 2
        out.append(replace(line, x_pt=right - middle, y_pt=0.0, stands=True))
    return tuple(out), taken
