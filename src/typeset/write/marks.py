"""Marks of a line as PDF operators (T52, T53): dots, name and title lines as paths, ruby as text.

Under the characters in horizontal lines; in vertical ones dots and ruby stand on the right, lines on the left
(GB/T 15834-2011 5.2). All of it stands in the space between lines, so the pitch does not move. Places are in
points from the trim's top left corner, downwards, as in the edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from typeset.model.edition import LineRun, SetText, TextMark

DOT_EM = 0.15  # across
DOT_AWAY_EM = 0.62  # from the middle of a character to a dot's
LINE_AWAY_EM = 0.60
LINE_EM = 0.045
WAVE_EM = (0.5, 0.055)  # length and height of a wave
INSET_EM = 0.05  # by which lines end before their words do, so that neighbours stay apart
MIDDLE_EM = 0.38  # from the baseline up to the middle of a character
RUBY_EM = (0.3, 0.5)  # least and most size of ruby
HEAD_RUBY_EM = 0.35
RUBY_OVERHANG_EM = 0.25  # what ruby may stand out over its words, both sides together

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RubyLine:
    """Ruby to be shown: its text, where its line begins, its size, and how far it is condensed."""

    text: SetText
    x_pt: float
    y_pt: float
    size_pt: float
    condensed: float


def ruby_lines(run: LineRun) -> Iterator[RubyLine]:
    """The ruby over (right of) a run's lines."""
    for line in range(run.first, run.last):
        for mark in run.text.marks:
            for ruby in mark.ruby:
                span = _span(run, line, ruby.start, ruby.end)
                if span is not None and run.text.starts[line] <= ruby.start:
                    yield _ruby_line(run, line, span, ruby.text)


def _ruby_line(run: LineRun, line: int, span: Point, text: SetText) -> RubyLine:
    spare = run.pitch_pt / run.size_pt - 1 + 0.06 if run.pitch_pt else HEAD_RUBY_EM
    size = min(max(spare, RUBY_EM[0]), RUBY_EM[1])
    width = float(text.width_em[0]) * size
    room = span[1] - span[0] + RUBY_OVERHANG_EM
    condensed = min(1.0, room / width) if width else 1.0
    if run.vertical:
        size, width = size * condensed, width * condensed
        x, y = _place(run, line, (span[0] + span[1] - width) / 2, -(0.52 + size / 2))
        return RubyLine(text, x, y, size * run.size_pt, 1.0)
    x, y = _place(run, line, (span[0] + span[1] - width * condensed) / 2, -(0.52 + 0.12 * size))
    return RubyLine(text, x, y, size * run.size_pt, condensed)


def mark_paths(run: LineRun) -> Iterator[tuple[list[Point], float, bool]]:
    """Strokes of a run's dots and lines: points (one: a dot; two: a line; more: curves by threes), width in points,
    and whether the stroke is round."""
    for line in range(run.first, run.last):
        for mark in run.text.marks:
            span = _span(run, line, mark.start, mark.end)
            if span is None or mark.kind == "ruby":
                continue
            if mark.kind == "dots":
                for middle in _dotted(run, line, mark):
                    yield (
                        [_place(run, line, middle, DOT_AWAY_EM * (-1 if run.vertical else 1))],
                        DOT_EM * run.size_pt,
                        True,
                    )
                continue
            first, last = span[0] + INSET_EM, span[1] - INSET_EM
            ends = [first, last] if mark.kind == "name" else _wave_stops(first, last)
            yield _stroke(run, line, ends, mark.kind == "title"), LINE_EM * run.size_pt, False


def _stroke(run: LineRun, line: int, stops: list[float], waves: bool) -> list[Point]:
    if not waves:
        return [_place(run, line, at, LINE_AWAY_EM) for at in stops]
    out = [_place(run, line, stops[0], LINE_AWAY_EM)]
    for n, (a, b) in enumerate(pairwise(stops)):
        away = LINE_AWAY_EM + WAVE_EM[1] * (2 if n % 2 else -2) * 2 / 3
        third = (b - a) / 3
        out += [
            _place(run, line, a + third, away),
            _place(run, line, b - third, away),
            _place(run, line, b, LINE_AWAY_EM),
        ]
    return out


def _wave_stops(first: float, last: float) -> list[float]:
    count = max(2, round((last - first) / (WAVE_EM[0] / 2)))
    return [first + (last - first) * n / count for n in range(count + 1)]


def _dotted(run: LineRun, line: int, mark: TextMark) -> Iterator[float]:
    """Middles of the letters and digits of a mark on one line; punctuation bears no dot."""
    text = run.text
    for at in range(max(mark.start, int(text.starts[line])), min(mark.end, int(text.ends[line]))):
        if text.text[at].isalnum() and text.advance_em[at] > 0:
            yield float(text.x_em[at]) + min(float(text.advance_em[at]), 1.0) / 2


def _span(run: LineRun, line: int, start: int, end: int) -> Point | None:
    """Left and right edge in ems of what stands of some characters on a line."""
    text = run.text
    start, end = max(start, int(text.starts[line])), min(end, int(text.ends[line]))
    if start >= end:
        return None
    last = end - 1
    return float(text.x_em[start]), float(text.x_em[last]) + min(float(text.advance_em[last]), 1.0)


def _place(run: LineRun, line: int, along_em: float, away_em: float) -> Point:
    """A point of a line: so far along it, and so far below (horizontal) or left of (vertical) its middle."""
    x, y, size = run.line_x_pt(line), run.line_y_pt(line), run.size_pt
    if run.vertical:
        return x - away_em * size, y + along_em * size
    return x + along_em * size, y - (MIDDLE_EM - away_em) * size
