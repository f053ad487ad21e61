"""A page tiled by its articles: guillotine cuts that keep their order, the cheapest trees first.

In: for each article and width the shapes it can take. Out: for a run of articles trees of cuts that are exactly
so many rows high. A rectangle (articles, width, height, side heads) makes its trees one by one, when a larger one
asks for the next, in the order of their cost (lazy k-best over the bounds of `bounds`); a tree in which headlines
butt (H9), or with more boxes than a page may have, is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf

from typeset.makeup.bounds import SIDES, Articles, Bounds, JoinCosts
from typeset.makeup.cuts import Cut, beside, butt, leaf, meeting, over
from typeset.makeup.shapes import ShapesOf, Span

LOOKS = 3  # trees of one height that a page is given
MOST_TREES = 24  # a rectangle makes
MOST_PAIRS = 600  # a rectangle tries,
QUICK_PAIRS = 120  # or so few for a first look
ROUNDING = 1e-9
PATIENCE = 1.0  # a pair may turn out to cost so much more than the next before that one is tried

Cuts = dict[int, list[Cut]]


@dataclass(frozen=True, slots=True, eq=False)
class _Edge:
    """A way to make a rectangle of two."""

    first: _Rectangle
    second: _Rectangle
    cost: float
    is_over: bool


_Pair = tuple[float, int, int, int, _Edge, bool]
"""The least that it may cost, its turn among equals, which tree of either part, whether it is new."""


class Packer:
    """Memo of every rectangle of one setting; pages ask it for their trees."""

    def __init__(
        self, shapes_of: ShapesOf, page_columns: int, most_rows: int, weights: dict[str, float], most_boxes: int = 2
    ) -> None:  # fmt: skip
        self.shapes_of = shapes_of
        self.page_columns = page_columns
        self.most_boxes = most_boxes
        self.most_pairs = MOST_PAIRS
        self.costs = JoinCosts.of(weights, page_columns)
        self.bounds = Bounds(shapes_of, self.costs, most_rows)
        self._memo: dict[tuple[Articles, int, int, int], _Rectangle] = {}

    def page(self, articles: Articles, most: int = LOOKS) -> Cuts:
        """Cuts of the page-wide rectangle for these articles, by height in rows, each height's cheapest first."""
        least = self.least(articles)
        heights = [rows for rows, cost in enumerate(least) if cost < inf]
        out = {rows: list(self.trees(articles, rows, most=most)) for rows in heights}
        return {rows: cuts for rows, cuts in out.items() if cuts}

    def least(self, articles: Articles) -> list[float]:
        """For every height of a page-wide rectangle what its trees cost at least."""
        found: list[float] = self.bounds.page_wide(articles).min(axis=0).tolist()
        return found

    def trees(self, articles: Articles, rows: int, limit: float = inf, most: int = LOOKS) -> Iterator[Cut]:
        """The cheapest trees of a page-wide rectangle that cost less than the limit, in the order of their cost."""
        found = [self.rectangle(articles, self.page_columns, rows, sides) for sides in range(len(SIDES))]
        at = [0] * len(found)
        for _ in range(most):
            trees = [
                (tree.cost, n, tree)
                for n, one in enumerate(found)
                if (tree := one.tree(at[n], limit)) is not None
            ]
            if not trees:
                return
            _, n, tree = min(trees)
            at[n] += 1
            yield tree

    def rectangle(self, articles: Articles, width: int, rows: int, sides: int) -> _Rectangle:
        key = (articles, width, rows, sides)
        if key not in self._memo:
            self._memo[key] = _Rectangle(self, *key)
        return self._memo[key]


class _Rectangle:
    """A run of articles in so many columns and rows, with so many side heads: its trees, made as they are asked for.

    The hot loop of make-up: a page takes some ten thousand of these, and a few pairs of trees for each.
    """

    __slots__ = (
        "_count",
        "_edges",
        "_key",
        "_known",
        "_next_edge",
        "_order",
        "_packer",
        "_trees",
        "_waiting",
    )

    def __init__(self, packer: Packer, articles: Articles, width: int, rows: int, sides: int) -> None:
        self._packer = packer
        self._key = (articles, width, rows, sides)
        self._trees: list[Cut] | None = None
        self._known: set[tuple[tuple[Span, ...], tuple[Span, ...]]] = set()
        """Pairs of edges that there is a tree of."""
        self._edges: list[tuple[float, _Edge]] = []
        self._next_edge = 0
        self._waiting: list[_Pair] = []
        self._order = 0
        self._count = 0

    def tree(self, n: int, limit: float = inf) -> Cut | None:
        """The n-th cheapest from 0, of each pair of edges the cheapest; None where none is left that costs less."""
        trees = self._trees if self._trees is not None else self._begun()
        while len(trees) <= n < MOST_TREES:
            made = self._next(limit)
            if made is None:
                return None
            edges = made.left, made.right
            if edges not in self._known:
                self._known.add(edges)
                trees.append(made)
        if n >= len(trees):
            return None
        found = trees[n]
        return found if found.cost < limit else None

    def least(self, n: int) -> float:
        """What the n-th costs at least, as far as is known without making it; infinite where there are not so many."""
        trees = self._trees if self._trees is not None else self._begun()
        if n < len(trees):
            return trees[n].cost
        if n >= MOST_TREES or self._count >= self._packer.most_pairs:
            return inf
        waiting = self._least_waiting()
        return max(waiting, trees[-1].cost) if trees else waiting

    def _begun(self) -> list[Cut]:
        articles, width, rows, sides = self._key
        trees: list[Cut] = []
        if len(articles) == 1:
            shapes = self._packer.shapes_of(*articles[0], width).get(rows, [])
            leaves = [cut for cut in (leaf(shape, width) for shape in shapes) if cut.sides == sides]
            trees = sorted(leaves, key=lambda cut: cut.cost)
        else:
            self._edges = sorted(self._ways(), key=lambda way: way[0])
        self._trees = trees
        return trees

    def _ways(self) -> Iterator[tuple[float, _Edge]]:
        """Every pair of rectangles that this one may be cut into, with the least that it may cost."""
        articles, width, rows, sides = self._key
        packer = self._packer
        for split in range(1, len(articles)):
            above, below = articles[:split], articles[split:]
            first, second = packer.bounds.of(above), packer.bounds.of(below)
            for a, b in SIDES[sides]:
                cost = packer.costs.over(width, packer.costs.is_under_lead(above))
                both = first[a, width, : rows + 1] + second[b, width, rows::-1]
                for high in (both < inf).nonzero()[0].tolist():
                    upper = packer.rectangle(above, width, high, a)
                    lower = packer.rectangle(below, width, rows - high, b)
                    yield float(both[high]) + cost, _Edge(upper, lower, cost, True)
                both = first[a, 1:width, rows] + second[b, width - 1 : 0 : -1, rows]
                for n in (both < inf).nonzero()[0].tolist():
                    cost = packer.costs.beside(n + 1, width)
                    left = packer.rectangle(above, n + 1, rows, a)
                    right = packer.rectangle(below, width - n - 1, rows, b)
                    yield float(both[n]) + cost, _Edge(left, right, cost, False)

    def _least_waiting(self) -> float:
        least = self._waiting[0][0] if self._waiting else inf
        if self._next_edge < len(self._edges):
            edge = self._edges[self._next_edge][0]
            return edge if edge < least else least
        return least

    def _next(self, limit: float) -> Cut | None:
        """The next cheapest tree in which nothing butts; None where it costs the limit or more.

        A pair whose part would take a dear search waits where others may cost less.
        """
        while self._count < self._packer.most_pairs and self._least_waiting() < limit:
            cost, _, i, j, edge, is_first = self._pop()
            here = min(limit, self._least_waiting() + PATIENCE) + ROUNDING - edge.cost
            first = edge.first.tree(i, here - edge.second.least(j))
            second = edge.second.tree(j, here - first.cost) if first is not None else None
            if first is None or second is None:
                self._wait(edge.first.least(i) + edge.second.least(j) + edge.cost, i, j, edge, is_first)
                continue
            if is_first:
                self._wait_for_neighbours(first, second, i, j, edge)
                self._count += 1
            made = self._join(first, second, edge)
            if made is None:
                continue
            if made.cost <= max(cost, self._least_waiting()) + ROUNDING:
                return made
            self._wait(made.cost, i, j, edge, is_first=False)
        return None

    def _pop(self) -> _Pair:
        """The pair that may cost least."""
        if self._next_edge < len(self._edges):
            least, edge = self._edges[self._next_edge]
            if not self._waiting or least <= self._waiting[0][0]:
                self._next_edge += 1
                return least, 0, 0, 0, edge, True
        return heappop(self._waiting)

    def _wait_for_neighbours(self, first: Cut, second: Cut, i: int, j: int, edge: _Edge) -> None:
        """After a pair the one with the next tree of either part; each pair by one way alone."""
        if j == 0:
            self._wait(edge.first.least(i + 1) + second.cost + edge.cost, i + 1, 0, edge)
        self._wait(first.cost + edge.second.least(j + 1) + edge.cost, i, j + 1, edge)

    def _wait(self, cost: float, i: int, j: int, edge: _Edge, is_first: bool = True) -> None:
        if cost < inf:
            self._order += 1
            heappush(self._waiting, (cost, self._order, i, j, edge, is_first))

    def _join(self, first: Cut, second: Cut, edge: _Edge) -> Cut | None:
        packer = self._packer
        if first.boxes + second.boxes > packer.most_boxes:
            return None
        is_page = self._key[1] == packer.page_columns
        cost = first.cost + second.cost + edge.cost
        if edge.is_over:
            cost += packer.costs.box_stack * (first.foots_box and second.tops_box)
            return over(first, second, cost)
        if butt(first.right, second.left):
            return None
        crossing = meeting(first.seams, second.seams)
        return beside(first, second, cost + packer.costs.seam * len(crossing) * is_page, crossing)
