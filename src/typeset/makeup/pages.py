"""Which articles go on which page: every page must close exactly (H3), depth first, the likeliest page first.

In: a packer, the articles' loads in grid cells, the page. Out: a tree of cuts for each page, or None.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from typeset.makeup.bounds import Articles
from typeset.makeup.cuts import Cut
from typeset.makeup.pack import MOST_PAIRS, QUICK_PAIRS, Packer
from typeset.makeup.shapes import Shape
from typeset.makeup.wishes import NO_WISHES, Wishes

PAGE_CANDIDATES = 8
PACKS_A_PAGE = 12
MORE_PACKS = 20
LOAD_SPREAD = 0.12
WINDOW = 9  # articles after the first that a page may choose from
SKIP_COST = 0.3
PERMUTED = 4  # so few articles on a page are tried in all orders, the first staying first
SWAPPED = 7  # so few with two neighbours changed
ROOTS = 12  # trees of one order and height that are looked at
QUICK_TRIES = 24  # orders and heights of a page
ORDER_COST = 1.0  # per pair of articles out of order
MASTHEAD_ROW_COST = 0.4  # per row off its usual height
NARROW_LEAD_COST = 5.0
FULL_COLUMN_COST = 2.0  # a vertical cut from head to foot of the page
SIZE_ORDER_COST = 15.0  # H11: per headline larger than one of an article of higher rank
SIZE_STEP_PT = 0.5  # headlines that differ by less are of one size


Structure = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class PageRoom:
    """A page's rows and columns, and the rows that page 1 may give its masthead."""

    rows: int
    columns: int
    masthead_rows: tuple[int, int]
    briefs: frozenset[int] = frozenset()
    """Articles without a headline: they may stand together anywhere."""
    wishes: Wishes = NO_WISHES
    reserved: frozenset[int] = frozenset()
    """Places for advertisements: the last on their page, whatever the order."""

    def free_rows(self, page: int) -> range:
        fewest, most = self.masthead_rows if page == 0 else (0, 0)
        return range(self.rows - most, self.rows - fewest + 1)


def assign(
    packer: Packer, load: Sequence[float], room: PageRoom, limit: float = inf, most: int = 1, is_quick: bool = False,
    packs_a_page: int = PACKS_A_PAGE,
) -> list[Cut] | None:  # fmt: skip
    """Articles to pages, each page closing exactly, all together below `limit`.

    A page takes the first article that is left and others soon after it, in their order; of so many (`most`) ways,
    each better than the one before, the last. `is_quick` leaves the articles of a page in their order; no more
    sets of articles are tried than `packs_a_page` and a few.
    """
    masthead = sum(room.masthead_rows) / 2 * room.columns
    pages = max(1, round((sum(load) + masthead) / (room.rows * room.columns)))
    search = _Search(packer, load, room, pages, is_quick, most, limit, packs_a_page * pages + MORE_PACKS)
    search.extend(tuple(range(len(load))), ())
    return list(search.best) if search.best is not None else None


@dataclass(slots=True)
class _Search:
    """Depth first over the pages; every way found lowers the limit for the next."""

    packer: Packer
    load: Sequence[float]
    room: PageRoom
    pages: int
    is_quick: bool
    wanted: int
    limit: float
    packs_left: int
    best: tuple[Cut, ...] | None = None
    failed: set[tuple[int, ...]] = field(default_factory=set)
    """Articles that no pages hold, whatever they cost."""

    def extend(self, left: tuple[int, ...], chosen: tuple[Cut, ...]) -> None:
        if left in self.failed:
            return
        page, cost = len(chosen), sum(cut.cost for cut in chosen)
        free = self.room.free_rows(page)
        for picked, rest in _page_choices(self.load, left, self.room, page, self.pages - page):
            self.packs_left -= 1
            cut = best_page(self.packer, picked, free, self.room, self.limit - cost, self.is_quick)
            if cut is not None and not rest:
                self.best, self.limit = (*chosen, cut), cost + cut.cost
                self.wanted -= 1
            elif cut is not None and self.packs_left > 0:
                self.extend(rest, (*chosen, cut))
            if self.packs_left <= 0 or self.wanted <= 0:
                return
        if self.limit == inf:
            self.failed.add(left)


def _page_choices(
    load: Sequence[float], left: tuple[int, ...], page_room: PageRoom, page: int, pages_left: int
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Sets of articles that may close a page and what they leave, nearest to full and least out of order first."""
    free = page_room.free_rows(page)
    room = (free[0] + free[-1]) / 2 * page_room.columns
    pinned, may_stand = page_room.wishes.for_page(left, page)
    ranked: list[tuple[float, tuple[int, ...], tuple[int, ...]]] = []
    if pages_left == 1 and may_stand == left:
        ranked.append((0.0, left, ()))
    start = pinned or may_stand[:1]
    if start and page_room.reserved.issuperset(start):
        start = (*[n for n in may_stand if n not in page_room.reserved][:1], *start)
    window = tuple(n for n in may_stand if n not in start)[:WINDOW]
    for picked in _picks(load, start, window, room * (1 + LOAD_SPREAD)):
        run = sum(load[n] for n in picked)
        rest = tuple(n for n in left if n not in picked)
        if pages_left == 1 or not rest or run < room * (1 - LOAD_SPREAD):
            continue
        if page_room.wishes.part_sections(picked, rest, load, room * (1 + LOAD_SPREAD)):
            continue
        skipped = sum(1 for n in left if n < picked[-1] and n not in picked)
        ranked.append((abs(run / room - 1) * 10 + SKIP_COST * skipped, picked, rest))
    ranked.sort()
    for _, picked, rest in ranked[:PAGE_CANDIDATES]:
        yield picked, rest


def best_page(
    packer: Packer,
    picked: tuple[int, ...],
    free: range,
    room: PageRoom,
    limit: float = inf,
    is_quick: bool = False,
) -> Cut | None:
    """The best tree for these articles, so many rows high as is free, below `limit`; `is_quick`: of the likeliest."""
    best = None
    packer.most_pairs = QUICK_PAIRS if is_quick else MOST_PAIRS
    is_one_order = is_quick and len(picked) > SWAPPED
    orders = itertools.islice(_orders(_by_rank(picked), room), 1 if is_one_order else None)
    tries = _tries(packer, orders, free)
    for least, more, order, rows in tries[:QUICK_TRIES] if is_quick else tries:
        if least >= limit:
            break
        for cut in packer.trees(order, rows, limit - more, ROOTS):
            if cut.cost + more >= limit:
                break
            cost = cut.cost + more + _page_cost(cut)
            if cost < limit:
                limit, best = cost, cut
    return replace(best, cost=limit) if best is not None else None


def page_looks(packer: Packer, picked: tuple[int, ...], free: range, room: PageRoom, most: int) -> list[Cut]:
    """The best trees of which no two are cut alike, the cheapest first."""
    best: dict[Structure, tuple[float, Cut]] = {}
    for _, more, order, rows in _tries(packer, _orders(_by_rank(picked), room), free):
        for cut in packer.trees(order, rows):
            key, cost = structure(cut), cut.cost + more + _page_cost(cut)
            if key not in best or cost < best[key][0]:
                best[key] = cost, cut
    ordered = sorted(best.items(), key=lambda item: (item[1][0], repr(item[0])))
    return [replace(cut, cost=cost) for _, (cost, cut) in ordered[:most]]


def structure(cut: Cut) -> Structure:
    """How a page is cut: its cuts, the articles and their widths, whatever the heights."""
    if cut.shape is not None:
        return (cut.shape.galley.article, cut.columns)
    return (cut.kind, *(structure(part) for part in _cut_alike(cut, cut.kind)))


def _cut_alike(cut: Cut, kind: str) -> Iterator[Cut]:
    """The parts of cuts of one kind in one another: three side by side are the same however they were joined."""
    for part in cut.parts:
        if part.kind == kind:
            yield from _cut_alike(part, kind)
        else:
            yield part


def _by_rank(picked: tuple[int, ...]) -> Articles:
    return tuple((article, rank) for rank, article in enumerate(picked))


def _tries(
    packer: Packer, orders: Iterable[Articles], free: range
) -> list[tuple[float, float, Articles, int]]:
    """Orders of a page's articles and heights: what a page costs at least, the lowest first; what of it the trees do not."""
    usual = (free[0] + free[-1]) / 2
    tries: list[tuple[float, float, Articles, int]] = []
    for order in orders:
        inversions = sum(a > b for n, a in enumerate(order) for b in order[n + 1 :])
        least = packer.least(order)
        for rows in free:
            more = ORDER_COST * inversions + MASTHEAD_ROW_COST * abs(rows - usual)
            if least[rows] < inf:
                tries.append((least[rows] + more, more, order, rows))
    return sorted(tries, key=lambda t: t[0])


def _page_cost(cut: Cut) -> float:
    """What a tree costs as a page, but for its parts."""
    cost = FULL_COLUMN_COST * (cut.kind == "beside") + NARROW_LEAD_COST * _lead_is_narrow(cut)
    return cost + SIZE_ORDER_COST * _sizes_out_of_order(cut)


def _sizes_out_of_order(cut: Cut) -> int:
    """How many articles have a headline larger than one of higher rank (H11)."""
    heads = sorted((shape.galley.article, shape.head.size_pt) for shape in _shapes(cut) if shape.head.lines)
    least, found = inf, 0
    for _, size in heads:
        found += size > least + SIZE_STEP_PT
        least = min(least, size)
    return found


def _shapes(cut: Cut) -> Iterator[Shape]:
    if cut.shape is not None:
        yield cut.shape
    for part in cut.parts:
        yield from _shapes(part)


def _lead_is_narrow(cut: Cut) -> bool:
    """Whether the page's first article has less than half of its columns."""
    lead = cut
    while lead.parts:
        lead = lead.parts[0]
    return 2 * lead.columns < cut.columns


def _orders(articles: Articles, room: PageRoom) -> Iterator[Articles]:
    """Every order that is tried, the page's advertisements last, in its lower right corner."""
    last = tuple(a for a in articles if a[0] in room.reserved)
    for order in _news_orders(tuple(a for a in articles if a not in last), room.briefs):
        yield (*order, *last)


def _news_orders(articles: Articles, briefs: frozenset[int]) -> Iterator[Articles]:
    """The first article stays first; few others change places freely, some more by pairs of neighbours.

    Briefs go together to any place after the first.
    """
    first, others = articles[:1], articles[1:]
    if len(articles) <= PERMUTED:
        yield from ((*first, *more) for more in itertools.permutations(others))
        return
    yield articles
    if len(articles) <= SWAPPED:
        for n in range(1, len(articles) - 1):
            yield (*articles[:n], articles[n + 1], articles[n], *articles[n + 2 :])
    together = tuple(a for a in others if a[0] in briefs)
    if together:
        rest = tuple(a for a in articles if a not in together)
        yield from ((*rest[:n], *together, *rest[n:]) for n in range(1, len(rest) + 1))


def _picks(
    load: Sequence[float], start: tuple[int, ...], window: tuple[int, ...], most: float
) -> list[tuple[int, ...]]:
    """The first articles with every choice out of the window that is not too much, in order."""
    if not start:
        return []
    out: list[tuple[int, ...]] = [start]
    sums = [sum(load[n] for n in start)]
    for article in window:
        for n in range(len(out)):
            if sums[n] + load[article] <= most:
                out.append((*out[n], article))
                sums.append(sums[n] + load[article])
    return [tuple(sorted(picked)) for picked in out]
