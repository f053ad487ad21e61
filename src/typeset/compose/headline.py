"""Headlines broken by sense and balanced (T10, T11), without a dictionary.

A break costs what binds the two characters around it: how often the bulletin itself has them side
by side. What a headline may not end or begin with is a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class, code_points
from typeset.compose.copy import Copy

NOT_BEFORE = frozenset("的了等之们者性化")
NOT_AFTER = frozenset("和与及以在把对为向从将被让使的不第各全")
SHORT_QUOTATION = 8
COHESION_WEIGHT = 1.0
BOUND_WORD = 3.0
TYPED_SPACE_BONUS = 3.0
BALANCE_WEIGHT = 6.0
SHORT_LINE_SHARE = 0.6
SHORT_LINE_COST = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Cohesion:
    """How often two characters stand side by side in the bulletin."""

    pairs: NDArray[np.uint64]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: list[str], most: int = 400_000) -> Cohesion:
        """Counted over at most the first `most` characters: enough for any headline."""
        codes = code_points("\n".join(texts)[:most]).astype(np.uint64)
        pairs, counts = np.unique((codes[:-1] << np.uint64(32)) | codes[1:], return_counts=True)
        return cls(pairs, counts)

    def count(self, pair: str) -> int:
        if not len(self.pairs):
            return 0
        left, right = code_points(pair).astype(np.uint64).tolist()
        key = np.uint64((left << 32) | right)
        at = int(np.searchsorted(self.pairs, key))
        return int(self.counts[at]) if at < len(self.pairs) and self.pairs[at] == key else 0


@dataclass(frozen=True, slots=True, eq=False)
class Seams:
    """Where one headline may part and what each place costs, worked out once for every width.

    `at` are character indices from its start to its end; `right[i]` is the ruler's reading where a line
    that ends at seam i has its right edge, `left[i]` where one that starts there has its left edge.
    """

    at: list[int]
    cost: list[float]
    left: list[float]
    right: list[float]


def seams_of(copy: Copy, paragraph: int, cohesion: Cohesion) -> Seams:
    """The seams of one headline with their costs of sense (T10)."""
    first, last = copy.bounds[paragraph], copy.bounds[paragraph + 1]
    text = copy.text[first:last]
    inner = [i for i in range(first + 1, last) if copy.levels[i] or copy.kinds[i - 1] == Class.SPACE]
    at = [first, *(i for i in inner if not _inside_short_quotation(text, i - first)), last]
    cost = [0.0, *(_break_cost(copy, i, cohesion) for i in at[1:-1]), 0.0]
    running = np.concatenate(([0.0], np.cumsum(copy.box_em + copy.gap_em))).tolist()
    spaces = (copy.kinds == Class.SPACE).tolist()
    left, right = [], []
    for seam in at:
        start, end = seam, seam
        while start < last - 1 and spaces[start]:
            start += 1
        while end > first and spaces[end - 1]:
            end -= 1
        left.append(running[start] + (float(copy.lead_em[start]) if start < last else 0.0))
        right.append(running[end] - (float(copy.tail_em[end - 1]) if end > first else 0.0))
    return Seams(at, cost, left, right)


def break_headline(seams: Seams, width_em: float, most_lines: int) -> list[int] | None:
    """The best ends of the lines of one headline in a measure, or None where `most_lines` don't hold it.

    As few lines as hold it (T10).
    """
    for lines in range(1, most_lines + 1):
        best = _best(seams, lines, width_em)
        if best is not None:
            return best
    return None


def break_anywhere(copy: Copy, seams: Seams, width_em: float) -> list[int]:
    """Lines as full as they get, broken at seams where there are some, else between any two clusters."""
    ends: list[int] = []
    start, last = seams.at[0], seams.at[-1]
    while start < last:
        fits = [i for i in seams.at if i > start and headline_width(copy, start, i) <= width_em]
        end = fits[-1] if fits else start + 1
        while (
            not fits
            and end < last
            and (copy.kinds[end] == Class.JOINED or headline_width(copy, start, end + 1) <= width_em)
        ):
            end += 1
        ends.append(end)
        start = end
    return ends


def headline_width(copy: Copy, start: int, end: int) -> float:
    """Natural width of a line in ems, spaces at its ends left out."""
    while start < end and copy.kinds[start] == Class.SPACE:
        start += 1
    while end > start and copy.kinds[end - 1] == Class.SPACE:
        end -= 1
    if end <= start:
        return 0.0
    width = float((copy.box_em[start:end] + copy.gap_em[start:end]).sum())
    return width - float(copy.lead_em[start]) - float(copy.tail_em[end - 1])


def _break_cost(copy: Copy, at: int, cohesion: Cohesion) -> float:
    text = copy.text
    if copy.kinds[at - 1] == Class.SPACE:
        return -TYPED_SPACE_BONUS
    left, right = text[at - 1], text[at]
    cost = COHESION_WEIGHT * log(1 + cohesion.count(left + right))
    if copy.kinds[at - 1] in (Class.STOP, Class.CLOSE) or copy.kinds[at] == Class.OPEN:
        cost -= 1.0
    if right in NOT_BEFORE or left in NOT_AFTER:
        cost += BOUND_WORD
    if copy.levels[at] == 1:
        cost += 2 * BOUND_WORD
    return cost


def _inside_short_quotation(text: str, at: int) -> bool:
    for opening, closing in ("“”", "「」", "《》", "‘’", "『』"):
        start = text.rfind(opening, 0, at)
        end = text.find(closing, at)
        if (
            start >= 0
            and end >= 0
            and text.find(closing, start, at) < 0
            and end - start - 1 <= SHORT_QUOTATION
        ):
            return True
    return False


def _best(seams: Seams, lines: int, width_em: float) -> list[int] | None:
    """Cheapest way to part into exactly so many lines: sense, then balance."""
    count = len(seams.at)
    target = (seams.right[-1] - seams.left[0]) / lines
    if target > width_em + 1e-6:
        return None
    table: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
    for line in range(lines):
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in table[-1].items():
            for stop in (count - 1,) if line == lines - 1 else range(start + 1, count - 1):
                width = seams.right[stop] - seams.left[start]
                if width > width_em + 1e-6:
                    break
                off = (width - target) / max(target, 1e-6)
                total = cost + seams.cost[stop] + BALANCE_WEIGHT * off * off
                if lines > 1 and width < SHORT_LINE_SHARE * target:
                    total += SHORT_LINE_COST
                if stop not in row or total < row[stop][0]:
                    row[stop] = (total, start)
        table.append(row)
    if count - 1 not in table[-1]:
        return None
    ends, at = [], count - 1
    for line in range(lines, 0, -1):
        ends.append(seams.at[at])
        at = table[line][at][1]
    return ends[::-1]
