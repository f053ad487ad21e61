"""题: kicker, headline, subtitle and byline set over an article's columns.

In: an article, its rank and a width. Out: a `Head`: placed lines and the rows it takes. Sizes fall
with rank (H11); lines break by sense; the text starts on the grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log

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
    copy: Copy
    paragraphs: int
    ratio: float
    colour: Cmyk
    most_lines: int


@dataclass(frozen=True, slots=True, eq=False)
class HeadCopy:
    """An article's kicker, headlines, subtitle and byline before any width is known."""

    texts: tuple[_Text, ...]
    byline: Copy | None
    headlines: int


def prepare_head(article: Article, layout: Layout, faces: FaceSet) -> HeadCopy:
    """The article's display texts worked out once, for every width and size."""
    spec = layout.headline
    most = max(1, spec.most_lines + 1 - len(article.headline))
    style = layout.styles["byline"]
    rows = (
        ("kicker", article.kicker, spec.kicker_face, spec.kicker_ratio, BLACK, 2),
        ("headline", article.headline, spec.face, 1.0, spec.colour, most),
        ("subtitle", article.subtitle, spec.subtitle_face, spec.subtitle_ratio, BLACK, 3),
    )
    texts = tuple(
        _Text(role, prepare_copy(lines, face, faces, display=True), len(lines), ratio, colour, lines_)
        for role, lines, face, ratio, colour, lines_ in rows
        if lines
    )
    byline = None
    if article.byline and not article.byline_stands_in_body:
        byline = prepare_copy([byline_text(article, style)], style.face, faces, display=True)
    return HeadCopy(texts, byline, max(1, len(article.headline)))


def build_head(
    head: HeadCopy, size_pt: float, width_pt: float, layout: Layout, body_pt: float, cohesion: Cohesion
) -> Head | None:
    """The head at this headline size or the next smaller one that fits; None below the least size."""
    spec, weights = layout.headline, layout.makeup.weights
    size = size_pt
    while size >= spec.least_pt:
        broken = [_break_all(text, size, width_pt, spec, cohesion) for text in head.texts]
        if all(ends is not None for ends in broken):
            lines, height = _display_lines(head, size, broken, spec)
            byline, byline_rows = _byline(head.byline, width_pt, layout, body_pt)
            extra = sum(line.role == "headline" for line in lines) - head.headlines
            cost = weights.get("headline_line", 0.7) * max(0, extra)
            cost += weights.get("head_size", 10.0) * log(size_pt / size)
            return Head(lines, height, byline, byline_rows, size, cost)
        size *= SIZE_STEP
    return None


def _size(text: _Text, size: float, spec: HeadlineSpec) -> float:
    """Kicker and subtitle go with the headline, but never below the least size of display type."""
    return size if text.ratio == 1.0 else max(size * text.ratio, min(size, spec.least_pt))


def _display_lines(
    head: HeadCopy, size: float, broken: list[tuple[list[int], list[int]] | None], spec: HeadlineSpec
) -> tuple[tuple[HeadLine, ...], float]:
    out: list[HeadLine] = []
    y, last = 0.0, 0.0
    for text, found in zip(head.texts, broken, strict=True):
        assert found is not None
        starts, ends = found
        own = _size(text, size, spec)
        done = set_natural(text.copy, starts, ends)
        for line in range(len(starts)):
            y += spec.line_gap_em * max(own, last) if last else 0.0
            out.append(HeadLine(done, line, text.role, own, y + ASCENT_EM * own, spec.align, text.colour))
            y += own
            last = own
    return tuple(out), y


def _break_all(
    text: _Text, size: float, width_pt: float, spec: HeadlineSpec, cohesion: Cohesion
) -> tuple[list[int], list[int]] | None:
    starts: list[int] = []
    ends: list[int] = []
    copy, most_lines = text.copy, text.most_lines
    width_em = width_pt * FIT / _size(text, size, spec)
    for paragraph in range(text.paragraphs):
        found = break_headline(copy, paragraph, width_em, most_lines, cohesion)
        if found is None:
            return None
        starts += [copy.bounds[paragraph], *found[:-1]]
        ends += found
    return starts, ends


def byline_text(article: Article, style: Style) -> str:
    """□ 甲　乙: the names as the layout sets them."""
    return style.prefix + style.separator.join(article.byline)


def _byline(copy: Copy | None, width_pt: float, layout: Layout, body_pt: float) -> tuple[tuple[HeadLine, ...], int]:
    style = layout.styles["byline"]
    if copy is None:
        return (), 0
    size = body_pt * style.size_em
    ends = break_headline(copy, 0, width_pt / size, BYLINE_LINES, _NO_COHESION)
    if ends is None:
        ends = [copy.bounds[1]]
    done = set_natural(copy, [0, *ends[:-1]], ends)
    lines = tuple(
        HeadLine(done, n, "byline", size, float(n), style.align, style.colour) for n in range(len(ends))
    )
    return lines, len(ends) + style.space_above_rows + style.space_below_rows


_NO_COHESION = Cohesion.of([""])
