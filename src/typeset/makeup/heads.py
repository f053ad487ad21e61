"""题: kicker, headline, subtitle and byline set over an article's columns.

In: an article, its rank and a width. Out: a `Head`: placed lines and the rows it takes. Sizes fall
with rank (H11); lines break by sense; the text starts on the grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log

from typeset.compose.copy import Copy, prepare_copy
from typeset.compose.headline import Seams, break_anywhere, break_headline, seams_of
from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.model.bulletin import Article
from typeset.model.edition import Role
from typeset.model.layout import BLACK, Align, Cmyk, HeadlineSpec, Layout, Style

SIZE_STEP = 0.94
ASCENT_EM = 0.88  # of the em box, where Chinese type sits on its baseline
FIT = 0.985  # of the width: a headline does not touch its column's edges
BYLINE_LINES = 3
MOST_LINES_AT_ANY_RATE = 8
TEXT_AIR_ROWS = 0.4  # more air where text stands right under a headline
WORD_BREAK = 6.0  # a break that is no seam
Broken = tuple[list[int], list[int]]
"""Where the lines of a text start and where they end."""
HEAD_DROP = 0.56  # share of a head's spare height that stands above it


@dataclass(frozen=True, slots=True, eq=False)
class HeadLine:
    """One line of a head, not yet set: characters `start` to `end` of a copy.

    `y_pt` is its baseline from the top of the block; one that stands has its middle `x_pt` from the left.
    """

    copy: Copy
    start: int
    end: int
    role: Role
    size_pt: float
    y_pt: float
    align: Align
    colour: Cmyk
    x_pt: float = 0.0
    stands: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """Display lines of `height_pt` together (the longest's length where they stand), then `byline` rows on the grid."""

    lines: tuple[HeadLine, ...]
    height_pt: float
    byline: tuple[HeadLine, ...]
    byline_rows: int
    size_pt: float
    cost: float

    def rows(self, row_pt: float, pad_rows: int) -> int:
        """Rows of the page that the head takes with so many blank rows about its display lines."""
        if not self.lines and not self.byline:
            return 1  # the rule over a brief without a headline wants a row
        air = pad_rows + (0.0 if self.byline else TEXT_AIR_ROWS)
        display = ceil(self.height_pt / row_pt + air - 1e-6) if self.lines else 0
        return display + self.byline_rows


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    role: Role
    copy: Copy
    seams: tuple[Seams, ...]
    ratio: float
    colour: Cmyk
    most_lines: int


@dataclass(frozen=True, slots=True, eq=False)
class HeadCopy:
    """An article's kicker, headlines, subtitle and byline before any width is known."""

    texts: tuple[_Text, ...]
    byline: Copy | None
    byline_seams: Seams | None
    headlines: int


def prepare_head(article: Article, layout: Layout, faces: FaceSet, cohesion: Cohesion) -> HeadCopy:
    """The article's display texts worked out once, for every width and size."""
    spec = layout.headline
    most = max(1, spec.most_lines + 1 - len(article.headline))
    style = layout.styles["byline"]
    rows: tuple[tuple[Role, tuple[str, ...], str, float, Cmyk, int], ...] = (
        ("kicker", article.kicker, spec.kicker_face, spec.kicker_ratio, spec.kicker_colour, 2),
        ("headline", article.headline, spec.face, 1.0, spec.colour, most),
        ("subtitle", article.subtitle, spec.subtitle_face, spec.subtitle_ratio, BLACK, 3),
    )
    texts = []
    for role, lines, face, ratio, colour, lines_ in rows:
        if lines:
            copy = prepare_copy(lines, face, faces, True, layout.composition)
            seams = tuple(seams_of(copy, n, cohesion) for n in range(len(lines)))
            texts.append(_Text(role, copy, seams, ratio, colour, lines_))
    byline = None
    if article.byline and not article.byline_stands_in_body:
        byline = prepare_copy([byline_text(article, style)], style.face, faces, True, layout.composition)
    seams_ = seams_of(byline, 0, cohesion) if byline is not None else None
    return HeadCopy(tuple(texts), byline, seams_, max(1, len(article.headline)))


def build_head(
    head: HeadCopy, size_pt: float, width_pt: float, layout: Layout, body_pt: float, at_any_rate: bool = False,
    least_pt: float = 0.0, more_lines: int = 0,
) -> Head | None:  # fmt: skip
    """The head at this headline size or the next smaller one that fits, a headline in `more_lines` than usual.

    Below the least size None, or, `at_any_rate`, the least size with as many lines as it takes.
    """
    spec, weights = layout.headline, layout.makeup.weights
    size, least_pt = size_pt, max(least_pt, spec.least_pt)
    if not head.texts:  # names alone, which no size of display type keeps out
        byline, byline_rows = byline_lines(head, width_pt, layout, body_pt)
        return Head((), 0.0, byline, byline_rows, size, 0.0)
    while size >= least_pt:
        last = at_any_rate and size * SIZE_STEP < least_pt
        broken = [break_all(text, size, width_pt, spec, last, more_lines) for text in head.texts]
        if all(ends is not None for ends in broken):
            lines, height = display_lines(head, size, broken, spec)
            byline, byline_rows = byline_lines(head, width_pt, layout, body_pt)
            cost = lines_cost(head, lines, weights)
            cost += weights.get("head_size", 10.0) * log(size_pt / size)
            return Head(lines, height, byline, byline_rows, size, cost)
        size *= SIZE_STEP
    return None


def lines_cost(head: HeadCopy, lines: tuple[HeadLine, ...], weights: dict[str, float]) -> float:
    """What more lines than the headline's own cost, those beyond the second above all, and breaks against sense."""
    count = sum(line.role == "headline" for line in lines)
    cost = weights.get("headline_line", 0.7) * max(0, count - head.headlines)
    cost += weights.get("headline_stack", 2.5) * max(0, count - max(2, head.headlines))
    against = 0.0
    for text in head.texts:
        bounds = {seams.at[-1] for seams in text.seams}
        costs = {at: c for seams in text.seams for at, c in zip(seams.at, seams.cost, strict=True)}
        inner = (line.end for line in lines if line.copy is text.copy and line.end not in bounds)
        against += sum(max(0.0, costs.get(end, WORD_BREAK)) for end in inner)
    return cost + weights.get("headline_break", 1.0) * against


def _size(text: _Text, size: float, spec: HeadlineSpec) -> float:
    """Kicker and subtitle go with the headline, but never below the least size of display type."""
    return size if text.ratio == 1.0 else max(size * text.ratio, min(size, spec.least_pt))


def display_lines(
    head: HeadCopy, size: float, broken: list[Broken | None], spec: HeadlineSpec
) -> tuple[tuple[HeadLine, ...], float]:
    out: list[HeadLine] = []
    y, last = 0.0, 0.0
    for text, found in zip(head.texts, broken, strict=True):
        assert found is not None
        starts, ends = found
        own = _size(text, size, spec)
        for start, end in zip(starts, ends, strict=True):
            y += spec.line_gap_em * max(own, last) if last else 0.0
            out.append(
                HeadLine(text.copy, start, end, text.role, own, y + ASCENT_EM * own, spec.align, text.colour)
            )
            y += own
            last = own
    return tuple(out), y


def break_all(
    text: _Text, size: float, width_pt: float, spec: HeadlineSpec, at_any_rate: bool, more_lines: int
) -> Broken | None:
    starts: list[int] = []
    ends: list[int] = []
    width_em = width_pt * FIT / _size(text, size, spec)
    for seams in text.seams:
        found = break_headline(seams, width_em, text.most_lines + more_lines)
        if found is None and at_any_rate:
            found = break_headline(seams, width_em, MOST_LINES_AT_ANY_RATE, True) or break_anywhere(
                text.copy, seams, width_em
            )
        if found is None:
            return None
        starts += [seams.at[0], *found[:-1]]
        ends += found
    return starts, ends


def byline_text(article: Article, style: Style) -> str:
    """□ 甲　乙: the names as the layout sets them."""
    return style.prefix + style.separator.join(article.byline)


def byline_lines(
    head: HeadCopy, width_pt: float, layout: Layout, body_pt: float
) -> tuple[tuple[HeadLine, ...], int]:
    style = layout.styles["byline"]
    if head.byline is None or head.byline_seams is None:
        return (), 0
    size = body_pt * style.size_em
    width_em = width_pt / size
    ends = break_headline(head.byline_seams, width_em, BYLINE_LINES, at_any_rate=True)
    ends = ends or break_anywhere(head.byline, head.byline_seams, width_em)
    lines = tuple(
        HeadLine(head.byline, start, end, "byline", size, float(n), style.align, style.colour)
        for n, (start, end) in enumerate(zip((0, *ends[:-1]), ends, strict=True))
    )
    return lines, len(ends) + style.space_above_rows + style.space_below_rows
