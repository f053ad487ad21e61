"""The planner: which body setting, how many rows and pages, and which articles go on which page.

In: bulletin, layout, faces. Out: a `Plan`: every article placed. Tries the layout's settings in their
order; slicing pages must close exactly; where no plan does, the articles run as strips.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.makeup.desk import Desk
from typeset.makeup.pack import Cut, Packer
from typeset.makeup.pages import MASTHEAD_ROW_COST, PageRoom, assign
from typeset.makeup.shapes import GOOD_PAD_ROWS, Shape
from typeset.makeup.strip import Placed, part_boxes, part_slots, run_strip
from typeset.makeup.wishes import Wishes, loosened, wishes_of
from typeset.model.bulletin import Bulletin
from typeset.model.layout import BodySetting, Layout
from typeset.model.pictures import PictureFile

ROWS_TRIED = 10
PLANS_COMPARED = 4
FEW_ARTICLES = 14
SETTING_COST = 1.5  # per step down the layout's list of settings
MANY_ARTICLES = 40
STRIPS_TRIED = 6
SETTING_STEP = 0.02
PAGE_COST = 20.0


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


def make_plan(
    bulletin: Bulletin, layout: Layout, faces: FaceSet, cohesion: Cohesion,
    pictures: Mapping[str, PictureFile] = {},
) -> Plan:  # fmt: skip
    """The best plan that closes at the house setting's page count, else at another, else strips."""
    return plan_of(Desk(bulletin, layout, faces, cohesion, pictures))


def plan_of(desk: Desk) -> Plan:
    """`make_plan` over a desk that there is."""
    plans = [plan_from(desk, one, one.cuts) for one in sliced(desk)]
    return min(plans, key=lambda plan: ranking(desk, plan)) if plans else _strip(desk)


@dataclass(frozen=True, slots=True, eq=False)
class Sliced:
    """Pages of one grid, each tiled by a tree of cuts."""

    setting: BodySetting
    room: PageRoom
    packer: Packer
    cuts: tuple[Cut, ...]

    @property
    def articles(self) -> list[tuple[int, ...]]:
        """Each page's articles in the order of their rank."""
        placed = (leaves(cut, 0, 0, 0) for cut in self.cuts)
        return [tuple(sorted(p.galley.article for p in page)) for page in placed]


def sliced(desk: Desk, most: int = PLANS_COMPARED) -> list[Sliced]:
    """The first grids whose pages close, of the house's page count or else another's; none in strips."""
    if desk.layout.makeup.mode != "slicing":
        return []
    tries = [
        (setting, rows, pages) for setting in desk.layout.body for rows, pages in _rows_to_try(desk, setting)
    ]
    for wishes in loosened(wishes_of(desk.bulletin)):
        found = _first_sliced(desk, tries, wishes, most)
        if found:
            return found
    return []


def _first_sliced(
    desk: Desk, tries: list[tuple[BodySetting, int, int]], wishes: Wishes, most: int
) -> list[Sliced]:
    house = tries[0][2] if tries else 0
    found: list[Sliced] = []
    wanted = most if len(desk.bulletin.articles) <= FEW_ARTICLES else 1
    for setting, rows, pages in sorted(tries, key=lambda t: t[2] != house):
        if found and pages != house:
            break
        one = _slice(desk, setting, rows, wishes)
        if one is None:
            continue
        found.append(one)
        if len(found) == wanted or pages != house:
            break
    return found


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

    def shapes_of(article: int, rank: int, width: int) -> dict[int, list[Shape]]:
        return desk.shapes(article, rank, width, setting, rows)

    return Packer(shapes_of, setting.columns, rows, layout.makeup.weights, layout.boxes.most)


def briefs_of(desk: Desk) -> frozenset[int]:
    """Articles without a headline."""
    return frozenset(n for n in range(len(desk.bulletin.articles)) if not desk.has_head(n))


def _slice(desk: Desk, setting: BodySetting, rows: int, wishes: Wishes) -> Sliced | None:
    """Pages tiled exactly, their articles in order; None where some page does not close."""
    layout = desk.layout
    packer = packer_of(desk, setting, rows)
    room = PageRoom(rows, setting.columns, layout.masthead.rows, briefs_of(desk), wishes)
    cuts = assign(packer, desk.load(setting, rows), room)
    return Sliced(setting, room, packer, tuple(cuts)) if cuts is not None else None


def plan_from(desk: Desk, one: Sliced, cuts: Sequence[Cut]) -> Plan:
    """The plan that trees of cuts make, one for each page of a grid."""
    rows = one.room.rows
    placed = [p for page, cut in enumerate(cuts) for p in leaves(cut, page, 0, rows - cut.rows)]
    return Plan(
        one.setting, rows, desk.layout.type_height_pt / rows, len(cuts), rows - cuts[0].rows, tuple(placed), True,
        sum(cut.cost for cut in cuts),
    )  # fmt: skip


def leaves(cut: Cut, page: int, column: int, row: int) -> list[Placed]:
    """The tree's articles with their places."""
    if cut.shape is not None:
        shape = cut.shape
        top = row + shape.head_rows
        first = column + (shape.seat.columns if shape.seat.form == "side" else 0)
        slots = part_slots(shape.filled, 0, page, first, top, shape.heights[0], len(shape.heights))
        boxes = part_boxes(shape.filled, 0, page, first, row, top)
        return [Placed(
            shape.galley, shape.head, page, column, row, cut.columns, shape.head_rows, slots, shape.filled,
            seat=shape.seat, inside=shape.inside, foot_rows=shape.foot_rows,
            boxes=boxes,
        )]  # fmt: skip
    out: list[Placed] = []
    for part in cut.parts:
        out += leaves(part, page, column, row)
        if cut.kind == "over":
            row += part.rows
        else:
            column += part.columns
    return out


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
        for masthead in range(fewest, most + 1):
            placed, cost, blank = run_strip(
                articles, rows, masthead, row_pt, layout.headline.pad_rows, setting.columns
            )
            pages = 1 + max((p.last_page for p in placed), default=0)
            cost += PAGE_COST * abs(pages - house) + SETTING_COST * layout.body.index(setting)
            cost += MASTHEAD_ROW_COST * abs(masthead - layout.masthead.usual_rows)
            if best is None or cost < best[0]:
                closed = not blank and all(p.keeps_taboos and not p.blank_rows for p in placed)
                best = cost, Plan(setting, rows, row_pt, pages, masthead, tuple(placed), closed, cost, blank)
    assert best is not None
    return best[1]


def _strip_grids(desk: Desk) -> list[tuple[BodySetting, int, int]]:
    """Settings, row counts and pages by how near a page's foot the text is reckoned to end.

    Each setting's reckoning is set right by one run in the middle of its row counts. The page count is that
    of the house's own setting; long editions try the best grid alone.
    """
    layout, count = desk.layout, len(desk.bulletin.articles)
    ranked: list[tuple[bool, float, int, BodySetting, int]] = []
    house = 0
    for order, setting in enumerate(layout.body):
        fewest, most = setting.rows
        middle = (fewest + most) // 2
        off = _strip_length(desk, setting, middle) - _strip_need(desk, setting, middle)
        for rows in range(most, fewest - 1, -1):
            need = _strip_need(desk, setting, rows) + off
            house = house or max(1, round(_strip_length(desk, setting, middle) / middle))
            blank = abs(house * rows - need) / rows
            ranked.append((blank > 0.5, blank + SETTING_STEP * order, -rows, setting, house))
    ranked.sort(key=lambda t: t[:3])
    kept = ranked[: 1 if count > MANY_ARTICLES else STRIPS_TRIED]
    return [(setting, -rows, pages) for _, _, rows, setting, pages in kept]


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
    placed, _, blank = run_strip(
        articles, rows, layout.masthead.usual_rows, layout.type_height_pt / rows, layout.headline.pad_rows,
        setting.columns,
    )  # fmt: skip
    return rows * (1 + max((p.last_page for p in placed), default=0)) - blank
