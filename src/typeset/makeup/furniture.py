"""What belongs to the page and not to an article: masthead 报头, index 导读, folio line 报眉, colophon.

In: what the paper is called and when it appears, a layout. Out: placed lines and rules, in points
from the trim's top left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from typeset.compose.copy import prepare_copy
from typeset.compose.justify import set_natural
from typeset.fonts.faces import FaceSet
from typeset.model.edition import LineRun, Role, RuleLine
from typeset.model.issue import IssueLine
from typeset.model.layout import BLACK, Align, Cmyk, FillerSpec, IndexSpec, Layout

SEPARATOR = "　　"
SHRINK = 0.94
WEEKDAYS = "一二三四五六日"
LEAST_PT = 5.0
LINE_EM = 1.9  # the masthead's line between its rules
COLOPHON_EM = 1.35  # from one of the colophon's rows to the next
AIR_ROWS = 0.9  # under the masthead's rule
FIGURES = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_DATE = re.compile(r"([0-9]{4})\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Place:
    """The furniture's room: from its left edge, `width_pt` wide."""

    layout: Layout
    faces: FaceSet
    left_pt: float
    width_pt: float

    def line(
        self, text: str, face: str, size_pt: float, role: Role, baseline_pt: float, align: Align,
        colour: Cmyk = BLACK,
    ) -> LineRun:  # fmt: skip
        """One line, set smaller where it is too long."""
        copy = prepare_copy([text], face, self.faces, True, self.layout.composition)
        done = set_natural(copy, [0], [len(text)])
        while float(done.width_em[0]) * size_pt > self.width_pt and size_pt > LEAST_PT:
            size_pt *= SHRINK
        return LineRun(
            done, 0, 1, self.left_pt, baseline_pt, 0.0, size_pt, role, measure_pt=self.width_pt, align=align,
            colour=colour,
        )  # fmt: skip

    def part(self, left_pt: float, width_pt: float) -> Place:
        return Place(self.layout, self.faces, left_pt, width_pt)


def weekday(words: str | None) -> str | None:
    """星期一 … 星期日 of a date written in full, its figures Arabic or Chinese; None where there is none."""
    text = _arabic(words or "")
    found = _DATE.search(text)
    if found is None:
        return None
    try:
        return "星期" + WEEKDAYS[date(*map(int, found.groups())).weekday()]
    except ValueError:
        return None


def _arabic(text: str) -> str:
    """二〇二四年十月二十五日 → 2024年10月25日."""
    text = re.sub(r"([二三])?十([一二三四五六七八九])?", _tens, text)
    return text.translate(FIGURES)


def _tens(found: re.Match[str]) -> str:
    tens, units = found.groups()
    return f"{tens.translate(FIGURES) if tens else '1'}{units.translate(FIGURES) if units else '0'}"


def masthead(
    place: Place, issue: IssueLine, pages: int, entries: Sequence[tuple[str, int]], height_pt: float, row_pt: float
) -> tuple[list[LineRun], list[RuleLine]]:  # fmt: skip
    """The paper's name, an index of the other pages beside it, and one line of date and issue between rules.

    `entries`: headlines and page numbers.
    """
    layout, spec = place.layout, place.layout.masthead
    left, right = place.left_pt, place.left_pt + place.width_pt
    top = layout.margins.top_pt
    parts = _line_parts(issue, spec.pages_text.format(pages=pages))
    foot = top + height_pt - AIR_ROWS * row_pt
    line_height = spec.line_size_pt * LINE_EM if any(parts) else 0.0
    upper = foot - line_height
    runs: list[LineRun] = []
    rules = [RuleLine(left, foot, right, foot, spec.rule_pt, "masthead", spec.colour)]
    name = place
    if spec.index is not None and entries:
        width = spec.index.share * place.width_pt
        name = place.part(left, place.width_pt - width - row_pt)
        box = place.part(right - width, width)
        more, lines = _index(box, spec.index, entries, top, upper - row_pt / 2)
        runs, rules = [*runs, *more], [*rules, *lines]
    room = upper - top
    size = min(spec.title_size_pt, room * 0.86)
    if issue.title:
        baseline = top + room / 2 + size * 0.38
        title = _spaced(issue.title)
        runs.append(name.line(title, spec.title_face, size, "masthead", baseline, "center", spec.colour))
    if line_height:
        baseline = foot - line_height / 2 + spec.line_size_pt * 0.36
        aligns: tuple[Align, Align, Align] = ("left", "center", "right")
        runs += [
            place.line(text, spec.line_face, spec.line_size_pt, "masthead", baseline, align)
            for text, align in zip(parts, aligns, strict=True)
            if text
        ]
        rules.append(RuleLine(left, upper, right, upper, spec.rule_pt / 2, "masthead", spec.colour))
    return runs, rules


def _line_parts(issue: IssueLine, pages: str) -> tuple[str, str, str]:
    """The masthead's line: date and weekday at the left, issue in the middle, pages at the right."""
    day = weekday(issue.date) if issue.date and "星期" not in issue.date else None
    when = SEPARATOR[0].join(part for part in (issue.date, day) if part)
    if not when and not issue.issue:
        return "", "", pages
    return when, issue.issue or "", pages


def filler(
    place: Place, spec: FillerSpec, top_pt: float, foot_pt: float
) -> tuple[list[LineRun], list[RuleLine]]:
    """补白: a ruled box over the whole width, its label at the upper left, its text in the middle."""
    left, right = place.left_pt, place.left_pt + place.width_pt
    inner = place.part(left + spec.size_pt, place.width_pt - 2 * spec.size_pt)
    size = min(spec.size_pt, (foot_pt - top_pt) * 0.4)
    middle = (top_pt + foot_pt) / 2 + size * 0.38
    label = top_pt + spec.label_size_pt * 1.6
    runs = [
        inner.line(spec.label, spec.label_face, spec.label_size_pt, "colophon", label, "left", spec.colour),
        inner.line(spec.text, spec.face, size, "colophon", middle, "center", spec.colour),
    ]
    sides = ((left, top_pt, right, top_pt), (left, foot_pt, right, foot_pt), (left, top_pt, left, foot_pt),
             (right, top_pt, right, foot_pt))  # fmt: skip
    return runs, [RuleLine(*side, spec.rule_pt, "box", spec.colour) for side in sides]


def _index(
    place: Place, spec: IndexSpec, entries: Sequence[tuple[str, int]], top_pt: float, foot_pt: float
) -> tuple[list[LineRun], list[RuleLine]]:
    """A ruled box: its title, then a line for each entry with its page at the right."""
    pitch = spec.size_pt * spec.leading
    pad = spec.size_pt
    room = int((foot_pt - top_pt - pad - spec.size_pt * 0.4) // pitch) - 1
    shown = list(entries)[: max(0, min(spec.most, room))]
    if not shown:
        return [], []
    left, right = place.left_pt, place.left_pt + place.width_pt
    height = (len(shown) + 1) * pitch + pad * 0.6
    top = top_pt + (foot_pt - top_pt - height) / 2
    foot = top + height
    inner = place.part(left + pad, place.width_pt - 2 * pad)
    baseline = top + pad * 0.3 + pitch * 0.72
    runs = [
        inner.line(spec.title, spec.title_face, spec.size_pt, "masthead", baseline, "center", spec.colour)
    ]
    for words, page in shown:
        baseline += pitch
        number = inner.line(
            spec.page_text.format(page=page), spec.face, spec.size_pt, "masthead", baseline, "right"
        )
        taken = float(number.text.width_em[0]) + 1
        text = _shortened(words, int(inner.width_pt / spec.size_pt - taken))
        runs += [inner.line(text, spec.face, spec.size_pt, "masthead", baseline, "left"), number]
    sides = (
        (left, top, right, top),
        (left, foot, right, foot),
        (left, top, left, foot),
        (right, top, right, foot),
    )
    return runs, [RuleLine(*side, spec.rule_pt, "masthead", spec.colour) for side in sides]


def _shortened(words: str, most: int) -> str:
    """So many characters of a headline at most, cut with an ellipsis."""
    words = words.strip()
    return words if len(words) <= most else words[: max(1, most - 1)].rstrip("　 ，、：—“《") + "…"


def _spaced(title: str) -> str:
    """A short name is set wide."""
    return "　".join(title) if len(title) <= 4 else title


def folio(
    place: Place, issue: IssueLine, page: int, section: str = ""
) -> tuple[list[LineRun], list[RuleLine]]:
    """Name, date, section and page number over a rule in the top margin (at page 1 too: H14 wants a number on every page)."""
    layout, spec = place.layout, place.layout.folio
    rule_y = layout.margins.top_pt - spec.gap_pt - spec.size_pt * 0.3
    baseline = rule_y - spec.size_pt * 0.45
    outer: Align = "right" if page % 2 else "left"
    inner: Align = "left" if page % 2 else "right"
    name = SEPARATOR.join(part for part in (issue.title, issue.date or issue.issue) if part)
    number = spec.page_text.format(page=page)
    if section and spec.section:
        number = f"{section}　{number}" if outer == "right" else f"{number}　{section}"
    runs = [place.line(number, spec.face, spec.size_pt, "folio", baseline, outer, spec.colour)]
    if name and (page > 1 or spec.on_first_page):
        width = place.width_pt * 0.8
        left = place.left_pt if inner == "left" else place.left_pt + place.width_pt - width
        runs.append(place.part(left, width).line(name, spec.face, spec.size_pt, "folio", baseline, inner))
    right = place.left_pt + place.width_pt
    return runs, [RuleLine(place.left_pt, rule_y, right, rule_y, spec.rule_pt, "folio", spec.colour)]


def colophon(place: Place, lines: Sequence[str]) -> list[LineRun]:
    """责编栏 in the bottom margin of the last page: editors' line and imprint, else the layout's own words.

    Set on two lines at their parts' blanks where one is too long.
    """
    layout, spec = place.layout, place.layout.colophon
    text = "　".join(lines) if lines else (spec.text if spec else "")
    if spec is None or not text:
        return []
    baseline = layout.sheet.height_pt - layout.margins.bottom_pt + spec.size_pt * 1.7
    rows = _in_rows(text, int(place.width_pt / spec.size_pt))
    return [
        place.line(
            row, spec.face, spec.size_pt, "colophon", baseline + n * COLOPHON_EM * spec.size_pt, "right"
        )
        for n, row in enumerate(rows)
    ]


def _in_rows(text: str, most: int) -> list[str]:
    """One row, or two of about the same length."""
    blanks = [n for n, char in enumerate(text) if char == "　"]
    if len(text) <= most or not blanks:
        return [text]
    middle = min(blanks, key=lambda n: abs(n - len(text) / 2))
    return [text[:middle], text[middle + 1 :]]
