"""Which articles go on which page: every page must close exactly (H3), depth first, the likeliest page first.

In: a packer, the articles' loads in grid cells, the page. Out: a tree of cuts for each page, or None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from typeset.makeup.pack import Articles, Cut, Packer
from typeset.makeup.wishes import NO_WISHES, Wishes

PAGE_CANDIDATES = 8
PACKS_A_PAGE = 12
LOAD_SPREAD = 0.12
WINDOW = 9  # articles after the first that a page may choose from
SKIP_COST = 0.3
PERMUTED = 4  # so few articles on a page are tried in all orders, the first staying first
SWAPPED = 7  # so few with two neighbours changed
ORDER_COST = 1.0  # per pair of articles out of order
MASTHEAD_ROW_COST = 0.4  # per row off its usual height
NARROW_LEAD_COST = 5.0
FULL_COLUMN_COST = 2.0  # a vertical cut from head to foot of the page


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

    def free_rows(self, page: int) -> range:
        fewest, most = self.masthead_rows if page == 0 else (0, 0)
        return range(self.rows - most, self.rows - fewest + 1)


def assign(packer: Packer, load: Sequence[float], room: PageRoom) -> list[Cut] | None:
    """Articles to pages, each page closing exactly.

    A page takes the first article that is left and others soon after it, in their order.
    """
    masthead = sum(room.masthead_rows) / 2 * room.columns
    pages = max(1, round((sum(load) + masthead) / (room.rows * room.columns)))
    budget = [PACKS_A_PAGE * pages + 20]
    failed: set[tuple[int, ...]] = set()
    chosen: list[Cut] = []
    waiting: list[tuple[tuple[int, ...], Iterator[tuple[Cut, tuple[int, ...]]]]] = []

    def enter(left: tuple[int, ...]) -> None:
        page = len(chosen)
        waiting.append((left, _page_choices(packer, load, left, room, page, pages - page, budget)))

    enter(tuple(range(len(load))))
    while waiting:
        left, choices = waiting[-1]
        found = None if left in failed else next(choices, None)
        if found is None:
            failed.add(left)
            waiting.pop()
            if chosen:
                chosen.pop()
            continue
        cut, rest = found
        chosen.append(cut)
        if not rest:
            return chosen
        if budget[0] <= 0:
            return None
        enter(rest)
    return None


def _page_choices(
    packer: Packer, load: Sequence[float], left: tuple[int, ...], page_room: PageRoom, page: int, pages_left: int,
    budget: list[int],
) -> Iterator[tuple[Cut, tuple[int, ...]]]:  # fmt: skip
    """Sets of articles that may close a page, nearest to full and least out of order first."""
    free = page_room.free_rows(page)
    room = (free[0] + free[-1]) / 2 * page_room.columns
    pinned, may_stand = page_room.wishes.for_page(left, page)
    ranked: list[tuple[float, tuple[int, ...], tuple[int, ...]]] = []
    if pages_left == 1 and may_stand == left:
        ranked.append((0.0, left, ()))
    start = pinned or may_stand[:1]
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
        budget[0] -= 1
        best = best_page(packer, picked, free, page_room.briefs)
        if best is not None:
            yield best, rest


def best_page(
    packer: Packer, picked: tuple[int, ...], free: range, briefs: frozenset[int] = frozenset()
) -> Cut | None:
    """The best tree for these articles over their possible orders, so many rows high as is free."""
    best: tuple[float, Cut] | None = None
    for cost, cut in _closing(packer, picked, free, briefs):
        if best is None or cost < best[0]:
            best = cost, cut
    return replace(best[1], cost=best[0]) if best is not None else None


def page_looks(
    packer: Packer, picked: tuple[int, ...], free: range, briefs: frozenset[int], most: int
) -> list[Cut]:
    """The best trees of which no two are cut alike, the cheapest first."""
    best: dict[Structure, tuple[float, Cut]] = {}
    for cost, cut in _closing(packer, picked, free, briefs):
        key = structure(cut)
        if key not in best or cost < best[key][0]:
            best[key] = cost, cut
    ordered = sorted(best.items(), key=lambda item: (item[1][0], repr(item[0])))
    return [replace(cut, cost=cost) for _, (cost, cut) in ordered[:most]]


def structure(cut: Cut) -> Structure:
    """How a page is cut: its cuts, the articles and their widths, whatever the heights."""
    if cut.shape is not None:
        return (cut.shape.galley.article, cut.columns)
    return (cut.kind, *(structure(part) for part in cut.parts))


def _closing(
    packer: Packer, picked: tuple[int, ...], free: range, briefs: frozenset[int]
) -> Iterator[tuple[float, Cut]]:
    """Every tree that the packer has for these articles in their possible orders, with its cost on a page."""
    usual = (free[0] + free[-1]) / 2
    for order in _orders(tuple((article, rank) for rank, article in enumerate(picked)), briefs):
        inversions = sum(a > b for n, a in enumerate(order) for b in order[n + 1 :])
        for rows, cuts in packer.page(order).items():
            if rows not in free:
                continue
            for cut in cuts:
                cost = cut.cost + ORDER_COST * inversions + MASTHEAD_ROW_COST * abs(rows - usual)
                cost += FULL_COLUMN_COST * (cut.kind == "beside") + NARROW_LEAD_COST * _lead_is_narrow(cut)
                yield cost, cut


def _lead_is_narrow(cut: Cut) -> bool:
    """Whether the page's first article has less than half of its columns."""
    lead = cut
    while lead.parts:
        lead = lead.parts[0]
    return 2 * lead.columns < cut.columns


def _orders(articles: Articles, briefs: frozenset[int]) -> Iterator[Articles]:
    """The first article stays first; few others change places freely, some more by pairs of neighbours.

    Briefs go together to any place after the first.
    """
    first, others = articles[:1], articles[1:]
    if len(articles) <= PERMUTED:
        yield from ((*first, *more) for more in permutations(others))
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
