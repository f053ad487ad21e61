"""A page tiled by its articles: guillotine cuts that keep their order, found by dynamic programming.

In: for each article and width the heights it can take. Out: for a run of articles the cheapest tree
of cuts that is exactly so many rows high. State: (first article, last article, width in columns).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from typeset.makeup.shapes import Shape

MOST_HEIGHTS = 60
KEPT_HEIGHTS_SPREAD = 400  # states whose dicts grow past this keep their cheapest heights


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A rectangle of the page: an article's shape, or two parts side by side or one over the other."""

    kind: Literal["leaf", "over", "beside"]
    rows: int
    columns: int
    cost: float
    shape: Shape | None = None
    parts: tuple[Cut, ...] = ()


ShapesOf = Callable[[int, int], dict[int, Shape]]
"""(article, width in columns) → shapes by height."""


class Packer:
    """Memo of every run and width of one setting; pages ask it for their root."""

    def __init__(self, shapes_of: ShapesOf, page_columns: int, most_rows: int, weights: dict[str, float]) -> None:
        self._shapes_of = shapes_of
        self._page_columns = page_columns
        self._most_rows = most_rows
        self._weights = weights
        self._memo: dict[tuple[int, int, int], dict[int, Cut]] = {}

    def page(self, first: int, last: int) -> dict[int, Cut]:
        """Cuts of the page-wide rectangle for articles first..last by height; the seam under the lead is free."""
        return self._cuts(first, last, self._page_columns)

    def _cuts(self, first: int, last: int, width: int) -> dict[int, Cut]:
        key = (first, last, width)
        if key not in self._memo:
            self._memo[key] = self._find(first, last, width)
        return self._memo[key]

    def _find(self, first: int, last: int, width: int) -> dict[int, Cut]:
        if first == last:
            return {
                rows: Cut("leaf", rows, width, shape.cost, shape)
                for rows, shape in self._shapes_of(first, width).items()
            }
        out: dict[int, Cut] = {}
        for split in range(first, last):
            self._over(out, first, split, last, width)
            self._beside(out, first, split, last, width)
        if len(out) > MOST_HEIGHTS:
            cheapest = sorted(out, key=lambda rows: out[rows].cost)[:MOST_HEIGHTS]
            out = {rows: out[rows] for rows in sorted(cheapest)}
        return out

    def _over(self, out: dict[int, Cut], first: int, split: int, last: int, width: int) -> None:
        seam = self._weights.get("internal_cut", 0.3)
        if width == self._page_columns:
            seam = self._weights.get("seam", 5.0)
        upper, lower = self._cuts(first, split, width), self._cuts(split + 1, last, width)
        for high, top in upper.items():
            for low, bottom in lower.items():
                rows = high + low
                if rows > self._most_rows:
                    continue
                cost = top.cost + bottom.cost + seam
                if rows not in out or cost < out[rows].cost:
                    out[rows] = Cut("over", rows, width, cost, parts=(top, bottom))

    def _beside(self, out: dict[int, Cut], first: int, split: int, last: int, width: int) -> None:
        butting = self._weights.get("butting", 4.0)
        for left_width in range(1, width):
            left, right = self._cuts(first, split, left_width), self._cuts(split + 1, last, width - left_width)
            for rows in left.keys() & right.keys():
                cost = left[rows].cost + right[rows].cost + butting
                cost += self._weights.get("order", 1.0) * (left_width < width - left_width and first == 0)
                if rows not in out or cost < out[rows].cost:
                    out[rows] = Cut("beside", rows, width, cost, parts=(left[rows], right[rows]))
