"""The planner: which body setting, how many rows and pages, and which articles go on which page.

In: bulletin, layout, faces. Out: a `Plan`: every article placed. Tries the layout's settings in their
order; slicing pages must close exactly; where no plan does, the articles run as strips.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from math import inf

from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.makeup.bounds import MOST_SIDES
from typeset.makeup.cuts import Cut
from typeset.makeup.desk import Desk
from typeset.makeup.pack import Packer
from typeset.makeup.pages import (
    MASTHEAD_ROW_COST,
    NARROW_LEAD_COST,
    PACKS_A_PAGE,
    SIZE_STEP_PT,
    PageRoom,
    assign,
)
from typeset.makeup.placed import Placed, leaves
from typeset.makeup.reserved import reserved_of
from typeset.makeup.shapes import GOOD_PAD_ROWS, Shape
from typeset.makeup.strip import Bands, Strip, open_feet
from typeset.makeup.ways import PageUse
from typeset.makeup.wishes import NO_WISHES, Wishes, loosened, wishes_of
from typeset.model.bulletin import Bulletin
from typeset.model.layout import BodySetting, Layout
from typeset.model.pictures import PictureFile

ROWS_TRIED = 10
GRIDS_COMPARED = 16
GRIDS_BETTERED = 3
WORSE_COST = 4.0  # a page; a grid that costs so much more than another is not looked at again
WAYS_COMPARED = 6  # to divide the articles among the pages of one grid
FEW_ARTICLES = 14
FEW_PACKS = 2  # sets of articles tried a page, in a first look at every grid of more articles
PARTED_COST = 20.0  # a section on several pages
SETTING_COST = 1.5  # per step down the layout's list of settings
MANY_ARTICLES = 40
STRIPS_TRIED = 60
STRIPS_A_SETTING = 6
SETTING_STEP = 0.02
OTHER_PAGES_STEP = 0.05
OTHER_PAGES_COST = 8.0
BAND_MOST_SHARE = 0.6  # of a page that neighbours in one band may take


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Every article placed on one grid."""

    setting: BodySetting
    rows: int
    row_pt: float
    pages: int
    masthead_rows: int
    placed: tuple[Placed, ...]
    is_exact: bool
    cost: float = 0.0
    open_rows: int = 0
    """Rows left at the last page's foot, over all columns."""
    open_feet: int = 0
    """And at the other pages' feet together."""


def make_plan(
    bulletin: Bulletin, layout: Layout, faces: FaceSet, cohesion: Cohesion,
    pictures: Mapping[str, PictureFile] = {},
) -> Plan:  # fmt: skip
    """The best plan that closes at the house setting's page count, else at another, else strips."""
    return plan_of(Desk(bulletin, layout, faces, cohesion, pictures))


def plan_of(desk: Desk) -> Plan:
    """`make_plan` over a desk that there is; where none closes, over one that is less strict (T40)."""
    plan = _plan_of(desk)
    if plan.is_exact or desk.may_leave_first:
        return plan
    loose = _plan_of(desk.loosened())
    return loose if loose.is_exact else plan


def _plan_of(desk: Desk) -> Plan:
    found = sliced(desk, is_best_only=True)
    return plan_from(desk, found[0], found[0].cuts) if found else _strip(desk)


@dataclass(frozen=True, slots=True, eq=False)
class Sliced:
    """Pages of one grid, each tiled by a tree of cuts."""

    setting: BodySetting
    room: PageRoom
    packer: Packer
    cuts: tuple[Cut, ...]

    @property
    def cost(self) -> float:
        return sum(cut.cost for cut in self.cuts)

    @property
    def articles(self) -> list[tuple[int, ...]]:
        """Each page's articles in the order of their rank."""
        placed = (leaves(cut, 0, 0, 0) for cut in self.cuts)
        return [tuple(sorted(p.galley.article for p in page)) for page in placed]


def sliced(desk: Desk, most: int = GRIDS_COMPARED, is_best_only: bool = False) -> list[Sliced]:
    """Grids whose pages close, of the house's page count or else another's, the likeliest first; none in strips.

    `is_best_only`: no more of them than the best one takes to be found.
    """
    if desk.layout.makeup.mode != "slicing":
        return []
    tries = [
        (setting, rows, pages) for setting in desk.layout.body for rows, pages in _rows_to_try(desk, setting)
    ]
    for wishes in loosened(wishes_of(desk.bulletin)):
        found = _sliced_so(desk, tries, wishes, most, is_best_only)
        if found:
            return found
    return []


def _sliced_so(
    desk: Desk, tries: list[tuple[BodySetting, int, int]], wishes: Wishes, most: int, is_best_only: bool
) -> list[Sliced]:
    """Every grid of the house's page count with its pages' articles in order, the best again in all orders.

    Where none closes so, and for many articles, the first that closes in any way.
    """
    house = tries[0][2] if tries else 0
    tries.sort(key=lambda t: t[2] != house)
    if len(desk.bulletin.articles) <= FEW_ARTICLES:
        quick = _quick(desk, [t for t in tries if t[2] == house], wishes, most, is_best_only)
        better = [_bettered(desk, one, wishes) for one in quick[:GRIDS_BETTERED]]
        best = sorted(better + quick[GRIDS_BETTERED:], key=lambda one: _ranking(desk, one))
    else:
        best = _of_many(desk, tries, wishes)
    if best:
        return best
    all_ways = (_slice(desk, setting, rows, wishes) for setting, rows, _ in tries)
    return list(islice(filter(None, all_ways), 1))


def _of_many(desk: Desk, tries: list[tuple[BodySetting, int, int]], wishes: Wishes) -> list[Sliced]:
    """The first grid that closes with few sets of articles tried, looked at again."""
    for setting, rows, _ in tries:
        one = _slice(desk, setting, rows, wishes, packs_a_page=FEW_PACKS)
        if one is not None:
            return [_bettered(desk, one, wishes)]
    return []


def _quick(
    desk: Desk, tries: list[tuple[BodySetting, int, int]], wishes: Wishes, most: int, is_best_only: bool
) -> list[Sliced]:
    """The first so many grids that close and are not much worse than the best, the best first."""
    found: list[tuple[float, int, Sliced]] = []
    worst = inf
    for setting, rows, pages in tries:
        limit = pages * (worst - SETTING_COST * desk.layout.body.index(setting))
        one = _slice(desk, setting, rows, wishes, limit, is_quick=True) if limit > 0 else None
        if one is not None:
            insort(found, (_ranking(desk, one), len(found), one))
            worst = found[0][0] + WORSE_COST
            if is_best_only and len(found) >= GRIDS_BETTERED:  # others will not be looked at again
                worst = min(worst, found[GRIDS_BETTERED - 1][0])
        if len(found) == most:
            break
    return [one for _, _, one in found]


def _bettered(desk: Desk, one: Sliced, wishes: Wishes) -> Sliced:
    other = _slice(desk, one.setting, one.room.rows, wishes, one.cost, WAYS_COMPARED, packer=one.packer)
    return min(one, other, key=lambda each: _ranking(desk, each)) if other is not None else one


def _ranking(desk: Desk, one: Sliced) -> float:
    cost = one.cost / len(one.cuts) + SETTING_COST * desk.layout.body.index(one.setting)
    return cost + PARTED_COST * one.room.wishes.parted(one.articles)


def ranking(desk: Desk, plan: Plan) -> float:
    """What a plan costs beside others: a page, and by how far down the layout's list its setting is."""
    return plan.cost / plan.pages + SETTING_COST * desk.layout.body.index(plan.setting)


def _rows_to_try(desk: Desk, setting: BodySetting) -> list[tuple[int, int]]:
    """Row counts whose pages come out full, the fullest within reason first, with their page counts."""
    layout = desk.layout
    found: list[tuple[float, int, int]] = []
    need: float | None = None
    fewest, most = setting.rows
    for rows in range(most, fewest - 1, -1):
        if need is None or rows == fewest or not found:
            need = sum(desk.load(setting, rows))
        cells = need + layout.masthead.usual_rows * setting.columns
        pages = max(1, round(cells / (rows * setting.columns)))
        load = cells / (pages * rows * setting.columns)
        if layout.makeup.least_fill <= load <= layout.makeup.most_fill:
            found.append((abs(load - 0.985), rows, pages))
    return [(rows, pages) for _, rows, pages in sorted(found)[:ROWS_TRIED]]


def packer_of(desk: Desk, setting: BodySetting, rows: int) -> Packer:
    """The packer of pages of one grid."""
    layout = desk.layout

    @cache
    def shapes_of(article: int, rank: int, width: int) -> dict[int, list[Shape]]:
        return desk.shapes(article, rank, width, setting, rows)

    return Packer(shapes_of, setting.columns, rows, layout.makeup.weights, layout.boxes.most)


def room_of(desk: Desk, setting: BodySetting, rows: int, wishes: Wishes = NO_WISHES) -> PageRoom:
    """The pages of one grid."""
    masthead = desk.layout.masthead.rows
    return PageRoom(rows, setting.columns, masthead, briefs_of(desk), wishes, reserved_of(desk.bulletin))


def briefs_of(desk: Desk) -> frozenset[int]:
    """Articles without a headline."""
    return frozenset(n for n in range(len(desk.bulletin.articles)) if desk.is_brief(n))


def _slice(
    desk: Desk, setting: BodySetting, rows: int, wishes: Wishes, limit: float = inf, ways: int = 1,
    is_quick: bool = False, packer: Packer | None = None, packs_a_page: int = PACKS_A_PAGE,
) -> Sliced | None:  # fmt: skip
    """Pages tiled exactly, all below `limit`; None where some page does not close."""
    packer = packer or packer_of(desk, setting, rows)
    room = room_of(desk, setting, rows, wishes)
    cuts = assign(packer, desk.load(setting, rows), room, limit, ways, is_quick, packs_a_page)
    return Sliced(setting, room, packer, tuple(cuts)) if cuts is not None else None


def plan_from(desk: Desk, one: Sliced, cuts: Sequence[Cut]) -> Plan:
    """The plan that trees of cuts make, one for each page of a grid."""
    rows = one.room.rows
    placed = [p for page, cut in enumerate(cuts) for p in leaves(cut, page, 0, rows - cut.rows)]
    placed.sort(key=lambda p: (p.page, p.galley.article))  # whatever order the tree has
    return Plan(
        one.setting, rows, desk.layout.type_height_pt / rows, len(cuts), rows - cuts[0].rows, tuple(placed), True,
        sum(cut.cost for cut in cuts),
    )  # fmt: skip


def _strip(desk: Desk) -> Plan:
    """Strips at the setting, rows and masthead that cost and blank least; the first few grids compared."""
    layout = desk.layout
    fewest, most = layout.masthead.rows
    best: tuple[float, Plan] | None = None
    house = None
    for setting, rows, pages in _strip_grids(desk):
        if best is not None and best[1].is_exact:
            break
        house = house or pages
        articles = [desk.variants(n, setting, rows) for n in range(len(desk.bulletin.articles))]
        row_pt = layout.type_height_pt / rows
        strip = Strip.of(
            articles, rows, row_pt, layout.headline.pad_rows, setting.columns, _bands(desk, setting, rows),
            PageUse(MOST_SIDES, layout.boxes.most),
        )  # fmt: skip
        for masthead in range(fewest, most + 1):
            placed, cost, blank = strip.run(masthead)
            pages = 1 + max((p.last_page for p in placed), default=0)
            cost += OTHER_PAGES_COST * abs(pages - house) + SETTING_COST * layout.body.index(setting)
            cost += MASTHEAD_ROW_COST * abs(masthead - layout.masthead.usual_rows)
            if best is None or cost < best[0]:
                feet = open_feet(placed, rows)
                closed = not blank + feet and all(p.keeps_taboos and not p.blank_rows for p in placed)
                best = cost, Plan(
                    setting, rows, row_pt, pages, masthead, tuple(placed), closed, cost, blank, feet
                )  # fmt: skip
    assert best is not None
    return best[1]


def _bands(desk: Desk, setting: BodySetting, rows: int) -> Bands:
    """Neighbours in one page-wide rectangle; the edition's first article would rather lead over all columns."""
    layout = desk.layout
    count, sizes = len(desk.bulletin.articles), len(layout.headline.sizes_pt)
    most = BAND_MOST_SHARE * rows * setting.columns
    natural = [desk.galley(n, setting.measure_em).natural_rows for n in range(count)]

    @cache
    def shapes_of(article: int, rank: int, width: int) -> dict[int, list[Shape]]:
        most_pt = desk.strip_pt(article, setting) + SIZE_STEP_PT
        found = desk.shapes(article, rank, width, setting, rows)
        kept = {high: [s for s in shapes if s.head.size_pt <= most_pt] for high, shapes in found.items()}
        return {high: shapes for high, shapes in kept.items() if shapes}

    packer = Packer(shapes_of, setting.columns, rows, layout.makeup.weights, layout.boxes.most)

    @cache
    def bands(first: int, number: int) -> list[Cut]:
        if sum(natural[first : first + number]) > most:
            return []
        ranks = [n if count <= sizes else n * sizes // count for n in range(first, first + number)]
        found = packer.page(tuple(zip(range(first, first + number), ranks, strict=True)), most=1)
        lead = NARROW_LEAD_COST if first == 0 else 0.0
        return [replace(cuts[0], cost=cuts[0].cost + lead) for cuts in found.values()]

    return bands


def _strip_grids(desk: Desk) -> list[tuple[BodySetting, int, int]]:
    """Settings, row counts and pages by how near the last page's foot the text is reckoned to end.

    Each setting's reckoning is set right by one run in the middle of its row counts. Pages are those of the
    house's own setting or what another one takes; long editions try the best grid alone.
    """
    layout, count = desk.layout, len(desk.bulletin.articles)
    ranked: list[tuple[float, int, int, int]] = []
    house = 0
    for order, setting in enumerate(layout.body):
        fewest, most = setting.rows
        middle = (fewest + most) // 2
        length = _strip_length(desk, setting, middle)
        house = house or max(1, round(length / middle))
        off = length - _strip_need(desk, setting, middle)
        for rows in range(most, fewest - 1, -1):
            need = _strip_need(desk, setting, rows) + off
            pages = max(1, round(need / rows))
            blank = abs(pages * rows - need) / (pages * rows)
            ranked.append(
                (blank + SETTING_STEP * order + OTHER_PAGES_STEP * (pages != house), order, -rows, pages)
            )
    ranked.sort()
    tried = [
        t for n, t in enumerate(ranked) if sum(t[1] == other[1] for other in ranked[:n]) < STRIPS_A_SETTING
    ]
    kept = tried[: 1 if count > MANY_ARTICLES else STRIPS_TRIED]
    return [(layout.body[order], -rows, pages) for _, order, rows, pages in kept]


def _strip_need(desk: Desk, setting: BodySetting, rows: int) -> float:
    """About how many rows all articles take over the page's width, the masthead included."""
    articles = range(len(desk.bulletin.articles))
    row_pt = desk.layout.type_height_pt / rows
    text = sum(
        desk.galley(n, setting.measure_em).natural_rows + desk.box_cells(n, setting, rows) for n in articles
    )
    heads = sum(desk.strip_head(n, setting).rows(row_pt, GOOD_PAD_ROWS) for n in articles)
    return text / setting.columns + heads + desk.layout.masthead.usual_rows


def _strip_length(desk: Desk, setting: BodySetting, rows: int) -> int:
    """How many rows they really take, the blank at pages' feet among them."""
    layout = desk.layout
    articles = [desk.variants(n, setting, rows) for n in range(len(desk.bulletin.articles))]
    row_pt = layout.type_height_pt / rows
    strip = Strip.of(articles, rows, row_pt, layout.headline.pad_rows, setting.columns)
    placed, _, blank = strip.run(layout.masthead.usual_rows)
    return rows * (1 + max((p.last_page for p in placed), default=0)) - blank
