"""How a bulletin was set and sent (来稿方式): what its blanks, indents and line lengths tell.

Counted once over the whole bulletin; features weigh a blank line or an indent by what it means here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from typeset.parse.lines import Line, em_width

_FINAL = re.compile(r"[。！？!?…][”’」』）)】》〉\"']*$")
_FINAL_CHARS = 12
MIN_WRAP_EM = 10.0
MAX_WRAP_EM = 60.0
LONG_EM = 20.0
WRAP_SHARE = 0.3
"""A hard-wrapped bulletin has at least this share of its lines within 1½ em of the measure."""
BEYOND_SHARE = 0.03


def is_final(text: str) -> bool:
    """A sentence ends where `text` does."""
    return _FINAL.search(text[-_FINAL_CHARS:]) is not None


@dataclass(frozen=True, slots=True)
class Manner:
    """What holds for most of the bulletin.

    wrap_em       measure at which lines were broken by hand, or 0
    indent_em     indent of a paragraph's first line, or 0 where there is none
    blank_tells   1 where a blank line stands only between articles, 0 where it says nothing
    tight_tells   True where paragraphs are parted by a blank, so that its lack joins lines to a block
    """

    wrap_em: float
    indent_em: float
    blank_tells: float
    tight_tells: bool


def manner_of(lines: list[Line]) -> Manner:
    wrap = _wrap_width(lines)
    indent = _paragraph_indent(lines, wrap)
    blank_tells, tight_tells = _blanks(lines, wrap)
    return Manner(wrap, indent, blank_tells, tight_tells)


_FIRST_UNIT = re.compile(
    r"[“‘「『（(《〈【]*(?:[A-Za-z0-9.,:;/@_?&=%#+~'’-]+|.)[，。、；：！？”’」』）)》〉】％]*", re.DOTALL
)


def fills(line: Line, below: str, wrap_em: float) -> bool:
    """The first unit of `below` (a character, a Latin word, marks that cling to it) did not fit on `line`."""
    match = _FIRST_UNIT.match(below[:40])
    unit = em_width(match[0]) if match else 1.0
    return full_width(line) + max(unit, 1.0) > wrap_em + 0.01


def full_width(line: Line) -> float:
    return line.indent + line.width


def _wrap_width(lines: list[Line]) -> float:
    """The measure of a hard-wrapped text: many lines just reach it, next to none go beyond."""
    widths = Counter(round(2 * full_width(line)) for line in lines if line.width >= 6)
    total = sum(widths.values())
    if total < 12:
        return 0.0
    best, best_share = 0.0, WRAP_SHARE
    for twice in sorted(widths):
        width = twice / 2
        if not MIN_WRAP_EM <= width <= MAX_WRAP_EM:
            continue
        near = sum(n for w, n in widths.items() if twice - 3 <= w <= twice)
        beyond = sum(n for w, n in widths.items() if w > twice + 1)
        if near / total > best_share and beyond / total <= BEYOND_SHARE:
            best, best_share = width, near / total
    if not best:
        return 0.0
    close = {w: n for w, n in widths.items() if 2 * best - 5 <= w <= 2 * best + 1}
    best = max(close, key=lambda w: (close[w], w)) / 2  # folio lines may go a little beyond the measure
    full = [line for line in lines if best - 1.5 <= full_width(line) <= best + 0.5]
    broken = sum(not is_final(line.text) for line in full)
    return best if broken >= 0.5 * len(full) else 0.0


def _paragraph_indent(lines: list[Line], wrap: float) -> float:
    """The usual indent of the lines that open a paragraph."""
    long = [line for line in lines if line.width >= (0.75 * wrap if wrap else 25)]
    indents = Counter(round(line.indent) for line in long if 1 <= line.indent <= 4)
    if not indents:
        return 0.0
    indent, count = indents.most_common(1)[0]
    return float(indent) if count >= (0.06 if wrap else 0.4) * len(long) else 0.0


def _blanks(lines: list[Line], wrap: float) -> tuple[float, bool]:
    """How much blank lines tell, from the pairs of text lines that have one between them."""
    gaps = sum(line.blanks > 0 for line in lines[1:])
    if gaps == 0:
        return 0.0, False
    above, below = (0.8 * wrap, 0.5 * wrap) if wrap else (LONG_EM, LONG_EM)
    pairs = [
        b for a, b in pairwise(lines) if a.width >= above and b.width >= below and (wrap or is_final(a.text))
    ]
    if not pairs:
        return 0.5, False
    share = sum(b.blanks > 0 for b in pairs) / len(pairs)
    if share < 0.5:
        return 1.0 - share, False
    return 0.0, gaps < 0.95 * (len(lines) - 1)
