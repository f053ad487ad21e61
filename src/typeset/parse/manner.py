"""How a bulletin was set and sent (来稿方式): what its blanks, indents and line lengths tell.

Counted once over the whole bulletin; features weigh a blank line or an indent by what it means here.
The measure at which lines were broken by hand may change from one part to the next: columns of a page
are not all of one width.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from typeset.parse.lines import Line, em_width

_FINAL = re.compile(r"(?:[。！？!?…]|(?<=[A-Za-z])\.)[”’」』）)】》〉\"']*$")
_FINAL_CHARS = 12
MIN_WRAP_EM = 10.0
MAX_WRAP_EM = 60.0
LONG_EM = 20.0
SHORT_EM = 24.0
OTHER_SHARE = 0.1
CENTRED_EM = 4.0
"""A line indented as deep as this was centred or set at the right."""
NEAR_EM = 1.5
"""A line within this of the measure is full."""
MIN_FULL_LINES = 8
MIN_FULL_SHARE = 0.04
"""A measure has at least so many full lines, and this share of those that end no sentence."""
MAX_MEASURES = 4
MEASURE_COST = {
    "change": 8.0,  # from one measure to another
    "beyond": 5.0,  # a line goes beyond the measure
    "short": 1.0,  # a line ends no sentence and is not full
    "unwrapped": 0.8,  # a line ends no sentence where lines were not broken by hand
}
"""What speaks against a line's standing in a measure."""


def is_final(text: str) -> bool:
    """A sentence ends where `text` does."""
    return _FINAL.search(text[-_FINAL_CHARS:]) is not None


@dataclass(frozen=True, slots=True)
class Manner:
    """What holds for most of the bulletin.

    measures_em   for each line the measure at which lines were broken by hand there, or 0
    indent_em     indent of a paragraph's first line, or 0 where there is none
    indent_tells  True where heads and subheads are not all indented as paragraphs are
    blank_tells   1 where a blank line stands only between articles, 0 where it says nothing
    tight_tells   True where paragraphs are parted by a blank, so that its lack joins lines to a block
    """

    measures_em: list[float]
    indent_em: float
    indent_tells: bool
    blank_tells: float
    tight_tells: bool


def manner_of(lines: list[Line]) -> Manner:
    """What the lines' widths, indents and blanks tell together."""
    finals = [is_final(line.text) for line in lines]
    measures = _measures(lines, finals)
    indent = _paragraph_indent(lines, measures)
    blank_tells, tight_tells = _blanks(lines, finals, measures)
    return Manner(measures, indent, _indent_tells(lines, finals, indent), blank_tells, tight_tells)


_FIRST_UNIT = re.compile(
    r"[“‘「『（(《〈【]*(?:[A-Za-z0-9.,:;/@_?&=%#+~'’-]+|.)[，。、；：！？”’」』）)》〉】％]*", re.DOTALL
)


def fills(line: Line, below: str, measure_em: float) -> bool:
    """The first unit of `below` (a character, a Latin word, marks that cling to it) did not fit on `line`."""
    match = _FIRST_UNIT.match(below[:40])
    unit = em_width(match[0]) if match else 1.0
    if line.text[-1].isascii() and below[:1].isascii():
        unit += 0.5  # the blank between two Latin words
    return full_width(line) + max(unit, 1.0) > measure_em + 0.01


def full_width(line: Line) -> float:
    return line.indent + line.width


def _measures(lines: list[Line], finals: list[bool]) -> list[float]:
    """The measure of each line: the cheapest sequence of the few measures that many lines just reach."""
    found = _candidates(lines, finals)
    if not found:
        return [0.0] * len(lines)
    states = [0.0, *found]
    change = MEASURE_COST["change"]
    costs = [0.0] * len(states)
    back: list[list[int]] = []
    for line, final in zip(lines, finals, strict=True):
        best = min(range(len(states)), key=costs.__getitem__)
        floor = costs[best] + change
        back.append([n if costs[n] <= floor else best for n in range(len(states))])
        costs = [
            min(cost, floor) + _against(line, final, measure)
            for cost, measure in zip(costs, states, strict=True)
        ]
    state = min(range(len(states)), key=costs.__getitem__)
    out = []
    for origins in reversed(back):
        out.append(states[state])
        state = origins[state]
    return out[::-1]


def _against(line: Line, final: bool, measure: float) -> float:
    """What speaks against the line's standing in the measure (0: in lines not broken by hand)."""
    if measure == 0.0:
        return 0.0 if final else MEASURE_COST["unwrapped"]
    width = full_width(line)
    if width > measure + 1.0:
        return MEASURE_COST["beyond"] if line.indent < CENTRED_EM and not _is_parted(line.text) else 0.5
    return 0.0 if final or width >= measure - NEAR_EM else MEASURE_COST["short"]


def _is_parted(text: str) -> bool:
    """Pieces with blanks between, as folio lines, tables and bylines are."""
    return len(text.split()) >= 3


def _candidates(lines: list[Line], finals: list[bool]) -> list[float]:
    """Measures that many lines in mid sentence just reach, the most used first."""
    open_lines = Counter(
        round(2 * full_width(line))
        for line, final in zip(lines, finals, strict=True)
        if not final and line.width >= 6 and line.indent < CENTRED_EM and not _is_parted(line.text)
    )
    total = sum(open_lines.values())
    out: list[float] = []
    while len(out) < MAX_MEASURES:
        near = {
            twice: sum(open_lines[twice - back] for back in range(round(2 * NEAR_EM) + 1))
            for twice in open_lines
            if 2 * MIN_WRAP_EM <= twice <= 2 * MAX_WRAP_EM
        }
        if not near:
            break
        best = max(near, key=lambda twice: (near[twice] + open_lines[twice], twice))
        if near[best] < max(MIN_FULL_LINES, MIN_FULL_SHARE * total):
            break
        peak = max(range(best - 3, best + 3), key=lambda twice: (open_lines[twice], twice))
        out.append(peak / 2)
        for twice in range(peak - 6, peak + 5):  # folio lines and hung marks go a little beyond
            open_lines.pop(twice, None)
    return out


def _paragraph_indent(lines: list[Line], measures: list[float]) -> float:
    """The usual indent of the lines that open a paragraph."""
    long = [
        line
        for line, measure in zip(lines, measures, strict=True)
        if line.width >= (0.75 * measure if measure else 25)
    ]
    indents = Counter(round(line.indent) for line in long if 1 <= line.indent <= 4)
    if not indents:
        return 0.0
    indent, count = indents.most_common(1)[0]
    return float(indent) if count >= (0.06 if any(measures) else 0.4) * len(long) else 0.0


def _indent_tells(lines: list[Line], finals: list[bool], indent: float) -> bool:
    """Some of the short lines that end no sentence stand at another indent than paragraphs do."""
    if not indent:
        return False
    short = [line for line, final in zip(lines, finals, strict=True) if line.width <= SHORT_EM and not final]
    other = sum(abs(line.indent - indent) >= 1 for line in short)
    return other >= OTHER_SHARE * len(short)


def _blanks(lines: list[Line], finals: list[bool], measures: list[float]) -> tuple[float, bool]:
    """How much blank lines tell, from the pairs of text lines that may have one between them."""
    gaps = sum(line.blanks > 0 for line in lines[1:])
    if gaps == 0:
        return 0.0, False
    pairs = [
        lines[at + 1]
        for at in range(len(lines) - 1)
        if finals[at] and _part_paragraphs(lines[at], lines[at + 1], measures[at])
    ]
    if not pairs:
        return 0.5, False
    share = sum(b.blanks > 0 for b in pairs) / len(pairs)
    if share < 0.5:
        return 1.0 - share, False
    return 0.0, gaps < 0.95 * (len(lines) - 1)


def _part_paragraphs(above: Line, below: Line, measure: float) -> bool:
    """Two lines of running text, the upper of which ends a sentence, with a paragraph's end between them."""
    if measure:
        return full_width(above) < measure - NEAR_EM and below.width >= 0.8 * measure
    return above.width >= LONG_EM and below.width >= LONG_EM
