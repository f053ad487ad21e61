"""Copyfitting (估版面): text set to a measure and told line by line, as `typeset galley` prints it.

In: texts, one a paragraph, a measure, faces and the house's rules. Out: `Slip` values: every line with
the places of its boxes, and how many lines the paragraph can take. What is told is what make-up sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from typeset.compose.breaks import Setting, Settings, settings_of, within
from typeset.compose.characters import Class
from typeset.compose.copy import Copy, prepare_copy
from typeset.compose.headline import break_anywhere, break_headline, seams_of
from typeset.compose.justify import set_natural, set_paragraphs
from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.model.edition import SetText
from typeset.model.layout import HOUSE_RULES, CompositionSpec

KEEPS_RULES = 1
"""The last of breaks' stages that keeps T01-T06, T09 and T24."""
HEADLINE_LINES = 3
_MARKS = (Class.STOP, Class.CLOSE, Class.OPEN)


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line: characters `start` to `end` of its paragraph, what it shows, and its boxes in ems.

    `x_em` are left edges from the measure's, `advance_em` set widths, a gap with the box before it;
    `squeezed` are the indices in `text` of marks set narrower than their full box.
    """

    start: int
    end: int
    text: str
    x_em: tuple[float, ...]
    advance_em: tuple[float, ...]
    width_em: float
    tracking_em: float
    squeezed: tuple[int, ...]
    unfit: bool

    def as_dict(self) -> dict[str, Any]:
        return {
            "start": self.start, "end": self.end, "text": self.text, "x_em": list(self.x_em),
            "advance_em": list(self.advance_em), "width_em": self.width_em, "tracking_em": self.tracking_em,
            "squeezed": list(self.squeezed), "unfit": self.unfit,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """A paragraph set at its best, and the fewest and most lines it can take within the rules."""

    min_lines: int
    max_lines: int
    lines: tuple[SlipLine, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "min_lines": self.min_lines, "lines_count": len(self.lines), "max_lines": self.max_lines,
            "lines": [line.as_dict() for line in self.lines],
        }  # fmt: skip


def copyfit(
    paragraphs: Sequence[str], measure_em: float, indent_em: float, face: str, faces: FaceSet,
    rules: CompositionSpec = HOUSE_RULES,
) -> list[Slip]:  # fmt: skip
    """Set paragraphs justified to a measure in ems of their size. One without characters has no lines."""
    copy = prepare_copy(paragraphs, face, faces, rules=rules)
    indents = [within(indent_em, measure_em)] * len(paragraphs)
    settings = settings_of(copy, measure_em, indents)
    done = set_paragraphs(copy, [s.best.lines for s in settings], measure_em, indents)
    out: list[Slip] = []
    first = 0
    for paragraph, found in enumerate(settings):
        last = first + found.best.count
        if paragraphs[paragraph]:
            least, most = _counts(found)
            out.append(Slip(least, most, _lines(copy, done, first, last, copy.bounds[paragraph])))
        else:
            out.append(Slip(0, 0, ()))
        first = last
    return out


def copyfit_headlines(
    headlines: Sequence[str], measure_em: float, face: str, faces: FaceSet,
    rules: CompositionSpec = HOUSE_RULES,
) -> list[Slip]:  # fmt: skip
    """Break headlines by sense into one to three lines of a measure in ems of the headline (T10, T11).

    One that three lines can't hold takes as many as it needs, each told as unfit.
    """
    copy = prepare_copy(headlines, face, faces, display=True, rules=rules)
    cohesion = Cohesion.of(list(headlines))
    return [
        _headline(copy, n, measure_em, cohesion) if text else Slip(0, 0, ())
        for n, text in enumerate(headlines)
    ]


def _headline(copy: Copy, paragraph: int, measure_em: float, cohesion: Cohesion) -> Slip:
    seams = seams_of(copy, paragraph, cohesion)
    ends = break_headline(seams, measure_em, HEADLINE_LINES, at_any_rate=True)
    fits = ends is not None
    ends = ends or break_anywhere(copy, seams, measure_em)
    done = set_natural(copy, [seams.at[0], *ends[:-1]], ends)
    lines = _lines(copy, done, 0, len(ends), copy.bounds[paragraph], unfit=not fits)
    return Slip(
        len(lines), max(len(lines), HEADLINE_LINES) if len(seams.at) > HEADLINE_LINES else len(lines), lines
    )


def _counts(found: Settings) -> tuple[int, int]:
    if found.stage > KEEPS_RULES:
        return found.best.count, found.best.count
    settings: tuple[Setting, ...] = found.by_count
    return settings[0].count, settings[-1].count


def _lines(
    copy: Copy, done: SetText, first: int, last: int, shift: int, unfit: bool = False
) -> tuple[SlipLine, ...]:
    return tuple(_line(copy, done, line, shift, unfit) for line in range(first, last))


def _line(copy: Copy, done: SetText, line: int, shift: int, unfit: bool) -> SlipLine:
    start, end = int(done.starts[line]), int(done.ends[line])
    x, advance = done.x_em[start:end], done.advance_em[start:end]
    narrow = advance < 0.96  # less than all that a seam may close
    marks = np.isin(copy.kinds[start:end], _MARKS) & (copy.natural_em[start:end] > 0.9)
    text, width = done.text[start:end], float(done.width_em[line])
    xs, widths = _rounded(x), _rounded(advance)
    if done.hyphened[line]:
        text, xs, widths = text + "-", (*xs, round(width, 4)), (*widths, round(copy.hyphen_em, 4))
        width += copy.hyphen_em
    return SlipLine(
        start - shift, end - shift, text, xs, widths, round(width, 4), round(float(done.tracking_em[line]), 5),
        tuple(np.nonzero(narrow & marks)[0].tolist()), unfit or bool(done.unfit[line]),
    )  # fmt: skip


def _rounded(values: Any) -> tuple[float, ...]:
    return tuple(np.round(values, 4).tolist())
