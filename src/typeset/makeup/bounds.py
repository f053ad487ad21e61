"""What a run of articles costs at least in a rectangle of a page, for every width and height: no heads compared yet.

Min-plus sums over arrays of heights. The search for real trees (`pack`) is led by them: a rectangle that these call
impossible is never tried, and of the possible ones the likeliest come first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from typeset.makeup.shapes import BESIDE_FORMS, ShapesOf

Article = tuple[int, int]
"""(article, its rank on the page from 0)."""
Articles = tuple[Article, ...]
Floats = npt.NDArray[np.float64]
MOST_SIDES = 1  # side heads a page
SIDES = ((0, 0),), ((1, 0), (0, 1))
"""For 0 and 1 side heads: how many the one part and the other have."""
FIRST_SIDES, SECOND_SIDES = np.array([(a, b) for parts in SIDES for a, b in parts]).T


@dataclass(frozen=True, slots=True)
class JoinCosts:
    """What a cut costs in itself; weights of the layout."""

    seam: float
    internal_cut: float
    narrow_first: float
    box_stack: float
    page_columns: int

    @classmethod
    def of(cls, weights: dict[str, float], page_columns: int) -> JoinCosts:
        return cls(
            weights.get("seam", 5.0), weights.get("internal_cut", 0.3), weights.get("order", 1.0),
            weights.get("box_stack", 4.0), page_columns,
        )  # fmt: skip

    @staticmethod
    def is_under_lead(above: Articles) -> bool:
        return len(above) == 1 and above[0][1] == 0

    def over(self, width: int, is_under_lead: bool) -> float:
        """A level cut; across the page it is a seam but under the lead."""
        return self.seam if width == self.page_columns and not is_under_lead else self.internal_cut

    def beside(self, left_width: int, width: int) -> float:
        """An upright cut; the wider part rather stands left."""
        return self.internal_cut + self.narrow_first * (left_width < width - left_width)


class Bounds:
    """Memo of least costs by run, infinite where nothing closes."""

    def __init__(self, shapes_of: ShapesOf, costs: JoinCosts, most_rows: int) -> None:
        self._shapes_of = shapes_of
        self._costs = costs
        self._most_rows = most_rows
        self._memo: dict[Articles, Floats] = {}
        self._wide: dict[Articles, Floats] = {}
        self._heights: dict[Articles, list[range]] = {}
        """By side heads the heights from the least to the most of any width."""
        widths = range(costs.page_columns + 1)
        self._over_costs = {
            is_under_lead: np.array([costs.over(width, is_under_lead) for width in widths])
            for is_under_lead in (False, True)
        }
        pairs = [(left, width - left) for width in widths[2:] for left in range(1, width)]
        self._left, self._right = np.array(pairs, np.int64).reshape(-1, 2).T
        self._beside_costs = np.array([costs.beside(left, left + right) for left, right in pairs])
        self._starts = np.flatnonzero(self._left == 1)
        """Where in these pairs of widths the next width of both begins."""

    def of(self, articles: Articles) -> Floats:
        """Shape (MOST_SIDES + 1, page columns + 1, most rows + 1): by side heads, width and height."""
        if articles not in self._memo:
            made = self._leaf(articles[0]) if len(articles) == 1 else self._run(articles)
            self._memo[articles] = made
            self._heights[articles] = [_heights(least) for least in made]
        return self._memo[articles]

    def page_wide(self, articles: Articles) -> Floats:
        """The same over all columns of the page alone, by side heads and height: a page's own run is in no larger one."""
        if articles not in self._wide:
            is_known = len(articles) == 1 or articles in self._memo
            columns = self._costs.page_columns
            found = self.of(articles) if is_known else self._run(articles, columns)
            self._wide[articles] = found[:, columns]
        return self._wide[articles]

    def _leaf(self, article: Article) -> Floats:
        out = self._nothing()
        for width in range(1, self._costs.page_columns + 1):
            for rows, shapes in self._shapes_of(*article, width).items():
                for shape in shapes:
                    at = int(shape.seat.form in BESIDE_FORMS), width, rows
                    out[at] = min(out[at], shape.cost)
        return out

    def _run(self, articles: Articles, least_width: int = 1) -> Floats:
        """From so many columns on; infinite below."""
        out = self._nothing()
        for split in range(1, len(articles)):
            first, second = self.of(articles[:split]), self.of(articles[split:])
            highs, lows = self._heights[articles[:split]], self._heights[articles[split:]]
            over = self._over_costs[self._costs.is_under_lead(articles[:split])]
            for sides, parts in enumerate(SIDES):
                for a, b in parts:
                    upper, lower = first[a, least_width:], second[b, least_width:]
                    _lower(out[sides, least_width:], upper, lower, over[least_width:], highs[a], lows[b])
            self._lower_beside(out, first, second, _common(highs, lows), max(least_width, 2))
        return out

    def _lower_beside(
        self, out: Floats, first: Floats, second: Floats, heights: slice, least_width: int
    ) -> None:
        """Put in what one beside the other costs at least, at heights that both may have, from so many columns on."""
        starts = self._starts[least_width - 2 :]
        if not len(starts) or heights.stop <= heights.start:
            return
        at = starts[0]
        left, right, cost = self._left[at:], self._right[at:], self._beside_costs[at:, None]
        both = first[FIRST_SIDES[:, None], left, heights] + second[SECOND_SIDES[:, None], right, heights]
        least = np.minimum.reduceat(both + cost, starts - at, axis=1)
        for sides, parts in enumerate((least[:1], least[1:])):
            put = out[sides, least_width:, heights]
            for part in parts:
                np.minimum(put, part, out=put)

    def _nothing(self) -> Floats:
        return np.full((MOST_SIDES + 1, self._costs.page_columns + 1, self._most_rows + 1), np.inf)


def _heights(least: Floats) -> range:
    """Of costs by [width, height] the heights from the least to the most that some width has."""
    found = (least.min(axis=0) < np.inf).nonzero()[0].tolist()
    return range(found[0], found[-1] + 1) if found else range(0)


def _common(highs: list[range], lows: list[range]) -> slice:
    """From the least to the most height that both may have, whatever their side heads."""
    first, second = [h for h in highs if h], [h for h in lows if h]
    if not first or not second:
        return slice(0, 0)
    least = max(min(h[0] for h in first), min(h[0] for h in second))
    return slice(least, min(max(h[-1] for h in first), max(h[-1] for h in second)) + 1)


def _lower(out: Floats, upper: Floats, lower: Floats, cost: Floats, high: range, low: range) -> None:
    """Put in, by [width, height], what one over the other costs at least, over all heights of the upper one."""
    widths, count = out.shape
    if not high or not low or high[0] + low[0] >= count:
        return
    first = high[0] + low[0]  # the least height of both
    highs = min(len(high), count - first)
    heights = min(count - first, highs + len(low) - 1)
    # for every height of both the lower part's costs in a window that slides over them: the highest upper part first
    padded = np.full((widths, heights + highs - 1), np.inf)
    part = lower[:, low[0] : low[0] + min(len(low), heights)]
    padded[:, highs - 1 : highs - 1 + part.shape[1]] = part
    row, step = padded.strides
    rest = np.ndarray((widths, heights, highs), np.float64, padded, 0, (row, step, step))
    highest_first = upper[:, None, high[0] : high[0] + highs][:, :, ::-1]
    both = (rest + highest_first).min(axis=2) + cost[:, None]
    put = out[:, first : first + heights]
    np.minimum(put, both, out=put)
