"""How a bulletin was set and sent (来稿方式): what its blanks, indents and line lengths tell.

Counted once over the whole bulletin; features weigh a blank line or an indent by what it means here.
The measure at which lines were broken by hand may change from one part to the next: columns of a page
are not all of one width.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

from typeset.parse import kinds
from typeset.parse.glance import Floats, Ints
from typeset.parse.lines import Line, Lines
from typeset.parse.text import em_width

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
    "change": 80,  # from one measure to another
    "beyond": 50,  # a line goes beyond the measure
    "beyond apart": 5,  # …that was centred, or is parted by blanks
    "short": 10,  # a line ends no sentence and is not full
    "unwrapped": 8,  # a line ends no sentence where lines were not broken by hand
}
"""What speaks against a line's standing in a measure, in tenths: whole numbers, so that ties are ties."""
UNWRAPPED_LONG_EM = 25.0
"""Lines of paragraphs are as long as this where they were not broken by hand."""
MIN_OPEN_EM = 6.0
PARTED = 3
"""So many pieces with blanks between are a folio line, a table or a byline."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What holds for most of the bulletin.

    measures_em   (lines,) the measure at which lines were broken by hand there, or 0
    indent_em     indent of a paragraph's first line, or 0 where there is none
    indent_tells  True where heads and subheads are not all indented as paragraphs are
    blank_tells   1 where a blank line stands only between articles, 0 where it says nothing
    tight_tells   True where paragraphs are parted by a blank, so that its lack joins lines to a block
    """

    measures_em: Floats
    indent_em: float
    indent_tells: bool
    blank_tells: float
    tight_tells: bool


class _Columns:
    """The lines' measures, a row of an array each."""

    def __init__(self, lines: Lines) -> None:
        self.size = len(lines)
        self.indent, self.width, self.final = lines.indents, lines.widths, lines.is_final
        self.full = self.indent + self.width
        self.has_gap = lines.blanks > 0
        self.is_apart = self.indent >= CENTRED_EM
        for at in lines.having(kinds.BLANK):
            if len(lines[at].text.split()) >= PARTED:
                self.is_apart[at] = True


def manner_of(lines: Lines) -> Manner:
    """What the lines' widths, indents and blanks tell together."""
    if not lines:
        return Manner(np.zeros(0), 0.0, False, 0.0, False)
    columns = _Columns(lines)
    measures = _measures(columns)
    indent = _paragraph_indent(columns, measures)
    blank_tells, tight_tells = _blanks(columns, measures)
    return Manner(measures, indent, _indent_tells(columns, indent), blank_tells, tight_tells)


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


def _measures(columns: _Columns) -> Floats:
    """The measure of each line: the cheapest sequence of the few measures that many lines just reach.

    Lines of the same costs that follow one another are taken in one step: between them nothing is gained
    by a change.
    """
    found = _candidates(columns)
    if not found:
        return np.zeros(columns.size)
    states = [0.0, *found]
    against, sizes = _runs(_against(columns, found))
    costs = [0] * len(states)
    back: list[list[int]] = []
    stay = list(range(len(states)))
    for row, size in zip(against, sizes, strict=True):
        least = min(costs)
        floor = least + MEASURE_COST["change"]
        if max(costs) > floor:
            best = costs.index(least)
            back.append([n if cost <= floor else best for n, cost in enumerate(costs)])
            costs = [min(cost, floor) for cost in costs]
        else:
            back.append(stay)
        costs = [cost + size * each for cost, each in zip(costs, row, strict=True)]
    state = costs.index(min(costs))
    out: list[float] = []
    for origins in reversed(back):
        out.append(states[state])
        state = origins[state]
    return np.repeat(out[::-1], sizes)


def _against(columns: _Columns, found: list[float]) -> Ints:
    """(lines, 1 + measures): what speaks against each line's standing in no measure, in each of those found."""
    final, full = columns.final[:, None], columns.full[:, None]
    measure = np.array(found)
    beyond = np.where(columns.is_apart, MEASURE_COST["beyond apart"], MEASURE_COST["beyond"])[:, None]
    short = np.where(final | (full >= measure - NEAR_EM), 0, MEASURE_COST["short"])
    inside = np.where(full > measure + 1.0, beyond, short)
    return np.hstack([np.where(final, 0, MEASURE_COST["unwrapped"]), inside])


def _runs(rows: Ints) -> tuple[list[list[int]], list[int]]:
    """Equal rows that follow one another as one, and how many they are."""
    starts = np.flatnonzero(np.any(rows[1:] != rows[:-1], axis=1)) + 1
    starts = np.concatenate(([0], starts))
    return rows[starts].tolist(), np.diff(starts, append=len(rows)).tolist()


def _candidates(columns: _Columns) -> list[float]:
    """Measures that many lines in mid sentence just reach, the most used first."""
    is_open = ~columns.final & ~columns.is_apart & (columns.width >= MIN_OPEN_EM)
    open_lines = Counter(np.rint(2 * columns.full[is_open]).astype(np.int64).tolist())
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


def _paragraph_indent(columns: _Columns, measures: Floats) -> float:
    """The usual indent of the lines that open a paragraph."""
    is_long = columns.width >= np.where(measures > 0, 0.75 * measures, UNWRAPPED_LONG_EM)
    indents = columns.indent[is_long & (columns.indent >= 1) & (columns.indent <= 4)]
    if not len(indents):
        return 0.0
    indent, count = Counter(np.rint(indents).tolist()).most_common(1)[0]
    return indent if count >= (0.06 if measures.any() else 0.4) * is_long.sum() else 0.0


def _indent_tells(columns: _Columns, indent: float) -> bool:
    """Some of the short lines that end no sentence stand at another indent than paragraphs do."""
    if not indent:
        return False
    short = columns.indent[~columns.final & (columns.width <= SHORT_EM)]
    return bool((np.abs(short - indent) >= 1).sum() >= OTHER_SHARE * len(short))


def _blanks(columns: _Columns, measures: Floats) -> tuple[float, bool]:
    """How much blank lines tell, from the pairs of text lines that may have one between them."""
    gaps = int(columns.has_gap[1:].sum())
    if gaps == 0:
        return 0.0, False
    above, below = slice(None, -1), slice(1, None)
    measure, width = measures[above], columns.width
    part_paragraphs = np.where(
        measure > 0,
        (columns.full[above] < measure - NEAR_EM) & (width[below] >= 0.8 * measure),
        (width[above] >= LONG_EM) & (width[below] >= LONG_EM),
    )
    pairs = columns.has_gap[below][columns.final[above] & part_paragraphs]
    if not len(pairs):
        return 0.5, False
    share = float(pairs.mean())
    if share < 0.5:
        return 1.0 - share, False
    return 0.0, gaps < 0.95 * (len(measures) - 1)
