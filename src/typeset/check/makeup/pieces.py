"""Strings shown on pages, put together to set lines: every character's place along its line, and the line's across.

In: a walk's events. Out: `SetLine`s in the order of the content stream, in points from the trim's first corner in
reading order: `u` runs along a line, `v` across lines. Horizontal text: u from the left, v downwards to the baseline;
vertical text: u downwards from the top, v leftwards from the right edge to the line's middle.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from typeset.check.preflight.document import Box
from typeset.check.preflight.state import Shown, moved

STOPS, CLOSES, OPENS = (
    "。．，、；：！？",
    "”’」』）】〕〗》〉］｝﹂﹄︶︺︼︾﹀︘",
    "“‘「『（【〔〖《〈［｛﹁﹃︵︹︻︽︿︗",
)
TRIMMED = STOPS + CLOSES
MARKS = TRIMMED + OPENS + "·—…～"
_TURN_EM = 0.38
"""From a turned character's baseline to the middle of a vertical line."""
_DIGIT_FOOT_EM = 0.86
_MOST_ABREAST = 3
_LEAST_GAP_EM, _MOST_GAP_EM = -0.75, 1.3
_LEVEL_EM, _ALIKE = 0.3, 0.12


@dataclass(slots=True, eq=False)
class SetLine:
    """One line: its characters but blanks, where each begins along it and how far it reaches.

    `spaced`: characters before which a blank was typed. `kind`, `article`, `starts` and `ends` (is it a paragraph's
    first or last?) are what later readers find out.
    """

    page: int
    is_vertical: bool
    v: float
    size_pt: float
    order: int
    chars: list[str] = field(default_factory=list)
    us: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    fonts: list[int] = field(default_factory=list)
    spaced: set[int] = field(default_factory=set)
    kind: str = "other"
    role: str = ""
    article: str = ""
    paragraph: tuple[str, int] | None = None
    starts: bool = False
    ends: bool = False

    @property
    def text(self) -> str:
        return "".join(self.chars)

    @property
    def u0(self) -> float:
        return self.us[0]

    @property
    def u1(self) -> float:
        return self.us[-1] + self.steps[-1]

    @property
    def left(self) -> float:
        """Of the first visible half: an opening mark's blank half left out."""
        return self.u0 + (self.size_pt / 2 if self._is_wide(0) and self.chars[0] in OPENS else 0.0)

    @property
    def right(self) -> float:
        return self.u1 - (self.size_pt / 2 if self._is_wide(-1) and self.chars[-1] in TRIMMED else 0.0)

    def lefts(self) -> tuple[float, ...]:
        """Where the line may be said to begin (T22)."""
        return (self.u0,) if self.left == self.u0 else (self.left, self.u0)

    def rights(self) -> tuple[float, ...]:
        """Where it may be said to end (T21); an interpunct stands in the middle of half an em."""
        if self.right != self.u1:
            return self.right, self.u1
        if self.chars[-1] in "·—":
            return self.u1, self.u1 - self.steps[-1] / 2 + self.size_pt / 4, self.u1 + self.size_pt * 0.06
        return (self.u1,)

    def _is_wide(self, at: int) -> bool:
        return self.steps[at] > 0.9 * self.size_pt

    def box(self) -> Box:
        """u0, v0, u1, v1 of the em boxes."""
        above = 0.5 if self.is_vertical else 0.88
        return self.u0, self.v - above * self.size_pt, self.u1, self.v + (1 - above) * self.size_pt

    def quoted(self) -> str:
        text = self.text
        return f"“{text}”" if len(text) <= 14 else f"“{text[:8]}…{text[-4:]}”"


def is_han(char: str) -> bool:
    code = ord(char[0]) if char else 0
    return (
        0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF or code == 0x3007 or 0x3040 <= code <= 0x30FF
    )


@dataclass(slots=True)
class _Glyph:
    char: str
    u: float
    v: float
    step: float
    size: float
    font: int
    is_vertical: bool


def set_lines(shown: Iterable[Shown], trims: dict[int, Box]) -> list[SetLine]:
    """All lines of all pages, those outside the trim left out."""
    out: list[SetLine] = []
    line: SetLine | None = None
    is_spaced = False
    for event in shown:
        if event.is_invisible:
            continue
        trim = trims[event.page]
        for glyph in _glyphs(event, trim, line):
            if glyph.char.isspace():
                is_spaced = True
                continue
            if line is None or line.page != event.page or not _runs_on(line, glyph):
                line = SetLine(event.page, glyph.is_vertical, glyph.v, glyph.size, len(out))
                if _is_inside(glyph, trim):
                    out.append(line)
                is_spaced = False
            if is_spaced:
                line.spaced.add(len(line.chars))
                is_spaced = False
            line.chars.append(glyph.char)
            line.us.append(glyph.u)
            line.steps.append(glyph.step)
            line.fonts.append(glyph.font)
    return _headed_by_digits(out)


def _is_inside(glyph: _Glyph, trim: Box) -> bool:
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    far, deep = (height, width) if glyph.is_vertical else (width, height)
    return -glyph.size < glyph.u < far and 0 < glyph.v < deep + glyph.size


def _runs_on(line: SetLine, glyph: _Glyph) -> bool:
    size = line.size_pt
    gap = glyph.u - (line.us[-1] + line.steps[-1])
    return (
        line.is_vertical == glyph.is_vertical
        and abs(glyph.v - line.v) < _LEVEL_EM * size
        and abs(glyph.size - size) < _ALIKE * size
        and _LEAST_GAP_EM * size <= gap <= _MOST_GAP_EM * size
    )


def _glyphs(event: Shown, trim: Box, line: SetLine | None) -> Iterator[_Glyph]:
    a, b, c, d, _, _ = event.matrix
    along, across = math.hypot(a, b), math.hypot(c, d)
    size = abs(event.em) * across
    is_upright = abs(b) < 0.02 * along and a > 0
    is_turned = abs(a) < 0.02 * along and b < 0
    if size < 0.1 or not (is_upright or is_turned) or not event.steps:
        return
    font = id(event.font)
    for n, (char, start, advance) in enumerate(event.steps):
        text = event.text[n] if len(event.text) == len(event.steps) else char
        advance /= len(text)
        for k, part in enumerate(text):
            start += advance * (k > 0)
            if event.font.is_composite and event.font.encoding.is_vertical:
                x, y = moved(event.matrix, 0.0, start)
                yield _Glyph(part, trim[3] - y, trim[2] - x, abs(advance) * across, size, font, True)
            elif is_turned:
                x, y = moved(event.matrix, start, 0.0)
                v = trim[2] - x - _TURN_EM * size
                yield _Glyph(part, trim[3] - y, v, advance * along, size, font, True)
            else:
                x, y = moved(event.matrix, start, 0.0)
                glyph = _Glyph(part, x - trim[0], trim[3] - y, advance * along, size, font, False)
                yield _abreast(glyph, event, trim, line, n) or glyph


def _abreast(glyph: _Glyph, event: Shown, trim: Box, line: SetLine | None, n: int) -> _Glyph | None:
    """Digits side by side within the vertical line before them: one box along that line (T50)."""
    if line is None or not line.is_vertical or len(event.steps) > _MOST_ABREAST:
        return None
    size, count = line.size_pt, len(event.steps)
    first, last = event.steps[0][1], event.steps[-1][1] + event.steps[-1][2]
    x, y = moved(event.matrix, (first + last) / 2, 0.0)
    top = trim[3] - y - _DIGIT_FOOT_EM * size
    is_in_line = abs(trim[2] - x - line.v) < 0.1 * size and line.page == event.page
    if (
        not is_in_line
        or not -0.6 * size < top - (line.us[-1] + line.steps[-1]) + n / count * size < 1.2 * size
    ):
        return None
    return _Glyph(glyph.char, top + n * size / count, line.v, size / count, size, glyph.font, True)


def _headed_by_digits(lines: list[SetLine]) -> list[SetLine]:
    """A vertical line that begins with digits abreast takes them in: they stand right over what follows."""
    out: list[SetLine] = []
    for line in lines:
        before = out[-1] if out else None
        if (
            before is not None and line.is_vertical and not before.is_vertical and before.page == line.page
            and len(before.chars) <= _MOST_ABREAST and before.text.isascii()
        ):  # fmt: skip
            _take(out, line, before)
        else:
            out.append(line)
    return out


def _take(out: list[SetLine], line: SetLine, digits: SetLine) -> None:
    count, size = len(digits.chars), line.size_pt
    if abs(digits.size_pt - size) < _ALIKE * size:
        out.pop()
        line.chars[:0], line.fonts[:0] = digits.chars, digits.fonts
        line.us[:0] = [line.us[0] - size + n * size / count for n in range(count)]
        line.steps[:0] = [size / count] * count
        line.spaced = {at + count for at in line.spaced}
    out.append(line)


def plain(text: str) -> str:
    """What two spellings of one text share: NFKC, no white space, no soft hyphens."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u00ad", "").split())
