"""Other plans of the same bulletin, for an editor to choose from: all exact, no two cut alike, the cheapest first.

In: a desk. Out: plans in order of cost. The list does not depend on how many of it are asked for, so that a plan's
number stays its own. Strips have no alternatives.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from typeset.makeup.cuts import Cut
from typeset.makeup.desk import Desk
from typeset.makeup.pages import Structure, page_looks, structure
from typeset.makeup.plan import Plan, plan_from, ranking, sliced
from typeset.model.findings import TypesetError, Words

MOST_ALTERNATIVES = 24
LOOKS_A_PAGE = 24
GRIDS_TRIED = 16


@dataclass(frozen=True, slots=True, eq=False)
class Alternative:
    """A plan with what it costs beside others (per page, and by how far down the layout's list its setting is)."""

    plan: Plan
    cost: float


def alternatives(desk: Desk) -> list[Alternative]:
    """Exact plans, the cheapest first; those whose first page is like an earlier one's come after all others."""
    found: dict[tuple[Structure, ...], Alternative] = {}
    for one in sliced(desk, GRIDS_TRIED):
        looks = [
            page_looks(one.packer, articles, one.room.free_rows(page), one.room, LOOKS_A_PAGE)
            for page, articles in enumerate(one.articles)
        ]
        for cuts in _combined(looks):
            plan = plan_from(desk, one, cuts)
            key = tuple(structure(cut) for cut in cuts)
            cost = ranking(desk, plan)
            if key not in found or cost < found[key].cost:
                found[key] = Alternative(plan, cost)
    ordered = sorted(found.items(), key=lambda item: (item[1].cost, repr(item[0])))
    fronts: set[Structure] = set()
    first: list[Alternative] = []
    later: list[Alternative] = []
    for key, one_ in ordered:
        (later if key[0] in fronts else first).append(one_)
        fronts.add(key[0])
    return (first + later)[:MOST_ALTERNATIVES]


def chosen(found: Sequence[Alternative], number: int) -> Alternative:
    """The alternative of a number, from 1. Raises TypesetError where there are not so many."""
    if not found:
        raise TypesetError(
            Words("no plan closes to the last line: there is nothing to choose", "没有能排满的方案可选"),
            Words("make it without --alternatives and --plan, or in another --layout",
                  "请去掉 --alternatives、--plan，或换一种 --layout"),
        )  # fmt: skip
    if not 1 <= number <= len(found):
        raise TypesetError(
            Words(f"there is no plan {number}", f"没有第 {number} 个方案"),
            Words(f"choose 1 to {len(found)}", f"可选 1 至 {len(found)}"),
        )
    return found[number - 1]


def _combined(looks: Sequence[Sequence[Cut]]) -> Iterator[tuple[Cut, ...]]:
    """Choices of a look for each page, the cheapest together first."""
    start = (0,) * len(looks)
    if any(not page for page in looks):
        return
    heap = [(sum(page[0].cost for page in looks), start)]
    seen = {start}
    for _ in range(MOST_ALTERNATIVES):
        if not heap:
            return
        _, places = heapq.heappop(heap)
        yield tuple(page[place] for page, place in zip(looks, places, strict=True))
        for n, place in enumerate(places):
            after = (*places[:n], place + 1, *places[n + 1 :])
            if place + 1 < len(looks[n]) and after not in seen:
                seen.add(after)
                cost = sum(page[at].cost for page, at in zip(looks, after, strict=True))
                heapq.heappush(heap, (cost, after))
