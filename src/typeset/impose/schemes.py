"""Which two pages stand on which side of which sheet (拼大版), and how far creep moves them.

A side is (left page, right page), counted from 1, 0 for a blank. Sides come in printing order: front, back, front …
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scheme = Literal["booklet", "2up", "broadsheet-spread"]
SCHEMES: tuple[Scheme, ...] = ("booklet", "2up", "broadsheet-spread")
_TO_A_SHEET = 4


@dataclass(frozen=True, slots=True)
class Side:
    """`depth`: how many sheets lie around this one, which creep counts in."""

    left: int
    right: int
    depth: int = 0


def sides_of(scheme: Scheme, pages: int, is_right_bound: bool = False) -> list[Side]:
    """The sides of a whole job; blanks fill it up at its end.

    booklet            sheets laid into one another and stitched through the fold (骑马订): 8|1, 2|7, 6|3, 4|5
    2up                pages side by side in order, cut apart: 1|2, 3|4
    broadsheet-spread  folded sheets by themselves, one section after another (对开一大张四版): 4|1, 2|3, 8|5, 6|7
    `is_right_bound`: the spine is at the right of page 1, as vertical text wants it.
    """
    if scheme == "2up":
        sides = [Side(n, n + 1 if n + 1 <= pages else 0) for n in range(1, pages + 1, 2)]
    else:
        full = -(-pages // _TO_A_SHEET) * _TO_A_SHEET
        if scheme == "booklet":
            sides = _folded(1, full, pages)
        else:
            sides = [
                Side(side.left, side.right)
                for first in range(1, full, _TO_A_SHEET)
                for side in _folded(first, first + _TO_A_SHEET - 1, pages)
            ]
    if is_right_bound:
        sides = [Side(side.right, side.left, side.depth) for side in sides]
    return sides


def _folded(first: int, last: int, pages: int) -> list[Side]:
    """Sheets folded round one another, the outermost first."""
    out = []
    for depth in range((last - first + 1) // _TO_A_SHEET):
        low, high = first + 2 * depth, last - 2 * depth
        for left, right in ((high, low), (low + 1, high - 1)):
            out.append(Side(left if left <= pages else 0, right if right <= pages else 0, depth))
    return out
