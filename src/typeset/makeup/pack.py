"""A page tiled by its articles: guillotine cuts that keep their order, found by dynamic programming.

In: for each article and width the heights it can take. Out: for a run of articles the cheapest tree
of cuts that is exactly so many rows high. State: (articles, width in columns).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from typeset.makeup.shapes import Shape

MOST_HEIGHTS = 60  # a state that can take more keeps its cheapest
Articles = tuple[int, ...]


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

    def __init__(
        self, shapes_of: ShapesOf, page_columns: int, most_rows: int, weights: dict[str, float]
    ) -> None:
        self._shapes_of = shapes_of
        self._page_columns = page_columns
        self._most_rows = most_rows
        self._weights = weights
        self._memo: dict[tuple[Articles, int], dict[int, Cut]] = {}

    def page(self, articles: Articles) -> dict[int, Cut]:
        """Cuts of the page-wide rectangle for these articles, by height in rows."""
        return self._cuts(articles, self._page_columns)

    def _cuts(self, articles: Articles, width: int) -> dict[int, Cut]:
        key = (articles, width)
        if key not in self._memo:
            self._memo[key] = self._find(articles, width)
        return self._memo[key]

    def _find(self, articles: Articles, width: int) -> dict[int, Cut]:
        if len(articles) == 1:
            return {
                rows: Cut("leaf", rows, width, shape.cost, shape)
                for rows, shape in self._shapes_of(articles[0], width).items()
            }
        out: dict[int, Cut] = {}
        for split in range(1, len(articles)):
            self._over(out, articles[:split], articles[split:], width)
            self._beside(out, articles[:split], articles[split:], width)
        if len(out) > MOST_HEIGHTS:
            cheapest = sorted(out, key=lambda rows: out[rows].cost)[:MOST_HEIGHTS]
            out = {rows: out[rows] for rows in sorted(cheapest)}
        return out

    def _over(self, out: dict[int, Cut], above: Articles, below: Articles, width: int) -> None:
        seam = self._weights.get("internal_cut", 0.3)
        if width == self._page_columns:
            seam = self._weights.get("seam", 5.0)
        upper, lower = self._cuts(above, width), self._cuts(below, width)
        for high, top in upper.items():
            for low, bottom in lower.items():
                rows = high + low
                if rows > self._most_rows:
                    continue
                cost = top.cost + bottom.cost + seam
                if rows not in out or cost < out[rows].cost:
                    out[rows] = Cut("over", rows, width, cost, parts=(top, bottom))

    def _beside(self, out: dict[int, Cut], left_: Articles, right_: Articles, width: int) -> None:
        butting = self._weights.get("butting", 4.0)
        narrow_first = self._weights.get("order", 1.0)
        for left_width in range(1, width):
            left = self._cuts(left_, left_width)
            right = self._cuts(right_, width - left_width) if left else {}
            for rows in left.keys() & right.keys():
                cost = left[rows].cost + right[rows].cost + butting
                cost += narrow_first * (left_width < width - left_width)
                if rows not in out or cost < out[rows].cost:
                    out[rows] = Cut("beside", rows, width, cost, parts=(left[rows], right[rows]))
