"""Headlines broken by sense and balanced (T10, T11): the cheapest of all ways into one, two or three lines.

In: a copy of headlines and what `sense` says of their seams. Out: the ends of the lines for a width.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from typeset.compose.characters import Class
from typeset.compose.copy import Copy
from typeset.compose.sense import NEVER_COST, TYPED_SPACE, Cohesion, seam_costs

BALANCE_WEIGHT = 14.0
SHORT_LINE_SHARE = 0.6
SHORT_LINE_COST = 3.0
LINE_COST = 2.0  # a third line that T11's spaces ask for
SPACE = int(Class.SPACE)  # looked up again and again
PARTED_UNIT_COST = 12.0  # a number and its unit (T05)


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
    costs = seam_costs(text, cohesion)
    at = [
        first,
        *(i for i in range(first + 1, last) if copy.levels[i] or copy.kinds[i - 1] == Class.SPACE),
        last,
    ]
    weak = [PARTED_UNIT_COST if 0 < i < last and copy.levels[i] == 1 else 0.0 for i in at]
    cost = [costs[i - first] + extra for i, extra in zip(at, weak, strict=True)]
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


def break_headline(
    seams: Seams, width_em: float, most_lines: int, at_any_rate: bool = False
) -> list[int] | None:
    """The best ends of the lines of one headline in a measure, or None where `most_lines` don't hold it.

    As few lines as hold it without parting a word; a third also where typed spaces make three parts of it (T10,
    T11). `at_any_rate` parts words before it gives up.
    """
    parts = 1 + sum(cost <= TYPED_SPACE for cost in seams.cost)
    for lines in range(1, most_lines + 1):
        found = _best(seams, lines, width_em)
        if found is None or found[0] >= NEVER_COST / 2:
            continue
        if lines == 2 and parts == 3 and most_lines > 2:
            third = _best(seams, 3, width_em)
            if third is not None and third[0] + LINE_COST < found[0]:
                found = third
        return found[1]
    if at_any_rate:
        ways = [found for found in (_best(seams, n, width_em) for n in range(1, most_lines + 1)) if found]
        return min(ways)[1] if ways else None
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
    while start < end and copy.kinds[start] == SPACE:
        start += 1
    while end > start and copy.kinds[end - 1] == SPACE:
        end -= 1
    if end <= start:
        return 0.0
    width = float((copy.box_em[start:end] + copy.gap_em[start:end]).sum())
    return width - float(copy.lead_em[start]) - float(copy.tail_em[end - 1])


def _best(seams: Seams, lines: int, width_em: float) -> tuple[float, list[int]] | None:
    """The cheapest way to part into exactly so many lines, with its cost: sense, then balance."""
    count = len(seams.at)
    whole = seams.right[-1] - seams.left[0]
    target = whole / lines
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
                if lines > 1 and width < SHORT_LINE_SHARE * (whole - width) / (lines - 1) - 1e-6:
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
    return table[-1][count - 1][0], ends[::-1]
