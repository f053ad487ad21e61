"""题: kicker, headline, subtitle and byline set over an article's columns.

In: an article, its rank and a width. Out: a `Head`: placed lines and the rows it takes. Sizes fall
with rank (H11); lines break by sense; the text starts on the grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from typeset.compose.copy import Copy, prepare_copy
from typeset.compose.headline import Cohesion, break_headline
from typeset.compose.justify import set_natural
from typeset.fonts.faces import FaceSet
from typeset.model.bulletin import Article
from typeset.model.edition import Role, SetText
from typeset.model.layout import BLACK, Align, Cmyk, HeadlineSpec, Layout, Style

SIZE_STEP = 0.94
ASCENT_EM = 0.88  # of the em box, where Chinese type sits on its baseline
FIT = 0.985  # of the width: a headline does not touch its column's edges
BYLINE_LINES = 3


@dataclass(frozen=True, slots=True, eq=False)
class HeadLine:
    """One line of a head; `y_pt` is its baseline from the top of the head's own block."""

    text: SetText
    line: int
    role: Role
    size_pt: float
    y_pt: float
    align: Align
    colour: Cmyk


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """Display lines of `height_pt` together, then `byline` rows on the grid."""

    lines: tuple[HeadLine, ...]
    height_pt: float
    byline: tuple[HeadLine, ...]
    byline_rows: int
    size_pt: float
    cost: float

    def rows(self, row_pt: float, pad_rows: int) -> int:
        """Rows of the page that the head takes with so many blank rows about its display lines."""
        if not self.lines and not self.byline:
            return 0
        display = ceil(self.height_pt / row_pt + pad_rows - 0.25) if self.lines else 0
        return display + self.byline_rows


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    role: Role
    lines: tuple[str, ...]
    face: str
    size_pt: float
    colour: Cmyk
    most_lines: int


def build_head(
    article: Article, size_pt: float, width_pt: float, layout: Layout, body_pt: float, faces: FaceSet, cohesion: Cohesion
) -> Head | None:
    """The head at this headline size or the next smaller one that fits; None below the least size."""
    spec = layout.headline
    size = size_pt
    while size >= spec.least_pt:
        placed = _display_lines(article, size, width_pt, spec, faces, cohesion)
        if placed is not None:
            byline, byline_rows = _byline(article, width_pt, layout, body_pt, faces)
            lines, height = placed
            extra = sum(line.role == "headline" for line in lines) - max(1, len(article.headline))
            cost = layout.makeup.weights.get("headline_line", 0.7) * max(0, extra)
            return Head(lines, height, byline, byline_rows, size, cost)
        size *= SIZE_STEP
    return None


def _display_lines(
    article: Article, size: float, width_pt: float, spec: HeadlineSpec, faces: FaceSet, cohesion: Cohesion
) -> tuple[tuple[HeadLine, ...], float] | None:
    small = max(size * spec.kicker_ratio, min(size, spec.least_pt))
    deck = max(size * spec.subtitle_ratio, min(size, spec.least_pt))
    texts = [
        _Text("kicker", article.kicker, spec.kicker_face, small, BLACK, 2),
        _Text("headline", article.headline, spec.face, size, spec.colour, max(1, spec.most_lines + 1 - len(article.headline))),
        _Text("subtitle", article.subtitle, spec.subtitle_face, deck, BLACK, 3),
    ]  # fmt: skip
    out: list[HeadLine] = []
    y, last = 0.0, 0.0
    for text in texts:
        if not text.lines:
            continue
        copy = prepare_copy(text.lines, text.face, faces, display=True)
        broken = _break_all(copy, len(text.lines), width_pt * FIT / text.size_pt, text.most_lines, cohesion)
        if broken is None:
            return None
        starts, ends = broken
        done = set_natural(copy, starts, ends)
        for line in range(len(starts)):
            gap = spec.line_gap_em * max(text.size_pt, last) * (1.0 if last else 0.0)
            y += gap
            out.append(HeadLine(done, line, text.role, text.size_pt, y + ASCENT_EM * text.size_pt, spec.align, text.colour))
            y += text.size_pt
            last = text.size_pt
    return tuple(out), y


def _break_all(
    copy: Copy, count: int, width_em: float, most_lines: int, cohesion: Cohesion
) -> tuple[list[int], list[int]] | None:
    starts: list[int] = []
    ends: list[int] = []
    for paragraph in range(count):
        found = break_headline(copy, paragraph, width_em, most_lines, cohesion)
        if found is None:
            return None
        starts += [copy.bounds[paragraph], *found[:-1]]
        ends += found
    return starts, ends


def byline_text(article: Article, style: Style) -> str:
    """□ 甲　乙: the names as the layout sets them."""
    return style.prefix + style.separator.join(article.byline)


def _byline(
    article: Article, width_pt: float, layout: Layout, body_pt: float, faces: FaceSet
) -> tuple[tuple[HeadLine, ...], int]:
    style = layout.styles["byline"]
    if not article.byline or article.byline_stands_in_body:
        return (), 0
    size = body_pt * style.size_em
    copy = prepare_copy([byline_text(article, style)], style.face, faces, display=True)
    ends = break_headline(copy, 0, width_pt / size, BYLINE_LINES, _NO_COHESION)
    if ends is None:
        ends = [copy.bounds[1]]
    starts = [0, *ends[:-1]]
    done = set_natural(copy, starts, ends)
    lines = tuple(
        HeadLine(done, n, "byline", size, float(n), style.align, style.colour) for n in range(len(ends))
    )
    return lines, len(ends) + style.space_above_rows + style.space_below_rows


_NO_COHESION = Cohesion.of([""])
