"""The planner: which body setting, how many rows and pages, and which articles go on which page.

In: bulletin, layout, faces. Out: a `Plan`: every article placed. Tries the layout's settings in their
order; slicing pages must close exactly; where no plan does, the articles run as strips.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations

from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.makeup.galley import Galley, compose_galley
from typeset.makeup.heads import Head, HeadCopy, build_head, prepare_head
from typeset.makeup.pack import Cut, Packer
from typeset.makeup.shapes import GOOD_PAD_ROWS, Shape, list_shapes
from typeset.makeup.strip import Placed, Slot, run_strip
from typeset.model.bulletin import Bulletin
from typeset.model.layout import BodySetting, Layout

ROWS_TRIED = 10
PAGE_CANDIDATES = 8
PACKS_A_PAGE = 12
LOAD_SPREAD = 0.12
WINDOW = 9  # articles after the first that a page may choose from
SKIP_COST = 0.3
HEAD_SHARES = (1.0, 0.87, 0.76)
PERMUTED = 4  # so few articles on a page are tried in other orders too, the first staying first
WIDE_TEXT_ROWS = 60
MANY_ARTICLES = 40
STRIPS_TRIED = 8
SETTING_STEP = 0.02
PAGE_COST = 20.0
NO_HEAD = Head((), 0.0, (), 0, 0.0, 0.0)


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


class Desk:
    """The articles of one bulletin at one setting: galleys and heads, made when first asked for."""

    def __init__(self, bulletin: Bulletin, layout: Layout, faces: FaceSet, cohesion: Cohesion) -> None:
        self.bulletin = bulletin
        self.layout = layout
        self.faces = faces
        self.cohesion = cohesion
        self._galleys: dict[tuple[int, int], Galley] = {}
        self._heads: dict[int, HeadCopy] = {}
        self._built: dict[tuple[int, int, BodySetting, float], Head | None] = {}

    def galley(self, article: int, setting: BodySetting) -> Galley:
        key = (article, setting.measure_em)
        if key not in self._galleys:
            self._galleys[key] = compose_galley(
                article,
                self.bulletin.articles[article],
                setting.measure_em,
                self.layout,
                self.faces,
                self.cohesion,
            )
        return self._galleys[key]

    def headline_pt(self, article: int) -> float:
        """Sizes fall evenly from the first article's to the last's."""
        sizes, count = self.layout.headline.sizes_pt, len(self.bulletin.articles)
        if count <= len(sizes):
            return sizes[article]
        return sizes[min(len(sizes) - 1, article * len(sizes) // count)]

    def head(self, article: int, width_cols: int, setting: BodySetting, share: float = 1.0) -> Head | None:
        """The article's head over so many columns, at this share of its size; over all of them there always is one."""
        if article not in self._heads:
            self._heads[article] = prepare_head(
                self.bulletin.articles[article], self.layout, self.faces, self.cohesion
            )
        key = (article, width_cols, setting, share)
        if key not in self._built:
            self._built[key] = build_head(
                self._heads[article], self.headline_pt(article) * share, columns_pt(setting, width_cols), self.layout,
                setting.size_pt, at_any_rate=width_cols == setting.columns,
            )  # fmt: skip
        return self._built[key]


def columns_pt(setting: BodySetting, width_cols: int) -> float:
    """The width of so many columns with the gutters between them."""
    return (width_cols * setting.measure_em + (width_cols - 1) * setting.gutter_em) * setting.size_pt


def make_plan(bulletin: Bulletin, layout: Layout, faces: FaceSet, cohesion: Cohesion) -> Plan:
    """The best plan that closes at the house setting's page count, else at another, else strips."""
    desk = Desk(bulletin, layout, faces, cohesion)
    if layout.makeup.mode == "slicing":
        tries = [
            (setting, rows, pages) for setting in layout.body for rows, pages in _rows_to_try(desk, setting)
        ]
        house = tries[0][2] if tries else 0
        for setting, rows, _ in sorted(tries, key=lambda t: t[2] != house):
            plan = _slice(desk, setting, rows)
            if plan is not None:
                return plan
    return _strip(desk)


def _load(desk: Desk, setting: BodySetting, row_pt: float) -> list[float]:
    """About how many grid cells (rows × columns) each article takes, its head included."""
    out = []
    for article in range(len(desk.bulletin.articles)):
        text = desk.galley(article, setting).natural_rows
        width = (
            setting.columns
            if text > 3 * WIDE_TEXT_ROWS
            else max(1, setting.columns // 2 + (text > WIDE_TEXT_ROWS))
        )
        head = desk.head(article, width, setting)
        out.append(text + (head.rows(row_pt, GOOD_PAD_ROWS) * width if head is not None else 8.0 * width))
    return out


def _rows_to_try(desk: Desk, setting: BodySetting) -> list[tuple[int, int]]:
    """Row counts whose pages come out full, the fullest within reason first, with their page counts."""
    layout = desk.layout
    found: list[tuple[float, int, int]] = []
    need: float | None = None
    fewest, most = setting.rows
    for rows in range(most, fewest - 1, -1):
        row_pt = layout.type_height_pt / rows
        if need is None or rows == fewest or not found:
            need = sum(_load(desk, setting, row_pt))
        cells = need + layout.masthead.usual_rows * setting.columns
        pages = max(1, round(cells / (rows * setting.columns)))
        load = cells / (pages * rows * setting.columns)
        if layout.makeup.least_fill <= load <= layout.makeup.most_fill:
            found.append((abs(load - 0.985), rows, pages))
    return [(rows, pages) for _, rows, pages in sorted(found)[:ROWS_TRIED]]


def _slice(desk: Desk, setting: BodySetting, rows: int) -> Plan | None:
    """Pages tiled exactly, their articles in order; None where some page does not close."""
    layout = desk.layout
    row_pt = layout.type_height_pt / rows
    weights, columns = layout.makeup.weights, setting.columns
    cache: dict[tuple[int, int], dict[int, Shape]] = {}

    def shapes_of(article: int, width: int) -> dict[int, Shape]:
        key = (article, width)
        if key not in cache:
            heads = [desk.head(article, width, setting, share) for share in HEAD_SHARES]
            cache[key] = list_shapes(
                desk.galley(article, setting), heads, width, row_pt, rows, layout.headline.pad_rows, weights
            )
        return cache[key]

    packer = Packer(shapes_of, columns, rows, weights)
    load = _load(desk, setting, row_pt)
    cuts = _assign(packer, load, rows, columns, layout.masthead.rows)
    if cuts is None:
        return None
    placed: list[Placed] = []
    for page, cut in enumerate(cuts):
        placed += _leaves(cut, page, 0, rows - cut.rows)
    placed = _let_sizes_fall(desk, setting, placed)
    return Plan(setting, rows, row_pt, len(cuts), rows - cuts[0].rows, tuple(placed), True)


def _assign(
    packer: Packer, load: list[float], rows: int, columns: int, masthead_rows: tuple[int, int]
) -> list[Cut] | None:
    """Articles to pages, each page closing exactly: depth first, the likeliest page first.

    A page takes the first article that is left and others soon after it, in their order.
    """
    pages = max(1, round((sum(load) + sum(masthead_rows) / 2 * columns) / (rows * columns)))
    budget = [PACKS_A_PAGE * pages + 20]
    failed: set[tuple[int, ...]] = set()
    chosen: list[Cut] = []
    waiting: list[tuple[tuple[int, ...], Iterator[tuple[Cut, tuple[int, ...]]]]] = []

    def enter(left: tuple[int, ...]) -> None:
        fewest, most = masthead_rows if not chosen else (0, 0)
        free = range(rows - most, rows - fewest + 1)
        waiting.append((left, _page_choices(packer, load, left, free, columns, pages - len(chosen), budget)))

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
    packer: Packer, load: list[float], left: tuple[int, ...], free_rows: range, columns: int, pages_left: int,
    budget: list[int],
) -> Iterator[tuple[Cut, tuple[int, ...]]]:  # fmt: skip
    """Sets of articles that may close a page, nearest to full and least out of order first."""
    room = (free_rows[0] + free_rows[-1]) / 2 * columns
    window = left[1 : 1 + WINDOW]
    ranked = []
    for picked in _picks(load, left[0], window, room * (1 + LOAD_SPREAD)):
        run = sum(load[n] for n in picked)
        rest = tuple(n for n in left if n not in picked)
        if run < room * (1 - LOAD_SPREAD) or bool(rest) != (pages_left > 1):
            continue
        skipped = sum(1 for n in left if n < picked[-1] and n not in picked)
        ranked.append((abs(run / room - 1) * 10 + SKIP_COST * skipped, picked, rest))
    ranked.sort()
    for _, picked, rest in ranked[:PAGE_CANDIDATES]:
        budget[0] -= 1
        orders = (
            [(picked[0], *more) for more in permutations(picked[1:])] if len(picked) <= PERMUTED else [picked]
        )
        found = [cut for order in orders for rows, cut in packer.page(order).items() if rows in free_rows]
        if found:
            yield min(found, key=lambda cut: cut.cost), rest


def _picks(load: list[float], first: int, window: tuple[int, ...], most: float) -> list[tuple[int, ...]]:
    """The first article with every choice out of the window that is not too much."""
    out: list[tuple[int, ...]] = [(first,)]
    sums = [load[first]]
    for article in window:
        for n in range(len(out)):
            if sums[n] + load[article] <= most:
                out.append((*out[n], article))
                sums.append(sums[n] + load[article])
    return out


def _let_sizes_fall(desk: Desk, setting: BodySetting, placed: list[Placed]) -> list[Placed]:
    """H11: on each page no headline larger than an earlier article's; the rows that this frees are air."""
    out: list[Placed] = []
    most: dict[int, float] = {}
    for p in sorted(placed, key=lambda p: (p.page, p.galley.article)):
        limit = most.get(p.page, p.head.size_pt)
        if p.head.lines and p.head.size_pt > limit:
            share = limit / desk.headline_pt(p.galley.article)
            head = desk.head(p.galley.article, p.width_cols, setting, share)
            if head is not None and head.byline_rows == p.head.byline_rows:
                p = replace(p, head=head)
        if p.head.lines:
            most[p.page] = min(limit, p.head.size_pt)
        out.append(p)
    return out


def _leaves(cut: Cut, page: int, column: int, row: int) -> list[Placed]:
    """The tree's articles with their places."""
    if cut.shape is not None:
        shape = cut.shape
        top = row + shape.head_rows
        slots = tuple(Slot(page, column + n, top, height) for n, height in enumerate(shape.heights))
        return [
            Placed(
                shape.galley, shape.head, page, column, row, cut.columns, shape.head_rows, slots, shape.filled
            )
        ]
    out: list[Placed] = []
    for part in cut.parts:
        out += _leaves(part, page, column, row)
        if cut.kind == "over":
            row += part.rows
        else:
            column += part.columns
    return out


def _strip(desk: Desk) -> Plan:
    """Strips at the setting and row count that leave the least blank."""
    layout, count = desk.layout, len(desk.bulletin.articles)
    best: tuple[float, BodySetting, int, list[Placed]] | None = None
    for setting, rows in _strip_grids(desk):
        row_pt = layout.type_height_pt / rows
        galleys = [desk.galley(n, setting) for n in range(count)]
        heads = [desk.head(n, setting.columns, setting) or NO_HEAD for n in range(count)]
        placed, cost = run_strip(
            galleys,
            heads,
            setting.columns,
            rows,
            layout.masthead.usual_rows,
            row_pt,
            layout.headline.pad_rows,
        )
        cost += PAGE_COST * max((slot.page for p in placed for slot in p.slots), default=0)
        if best is None or cost < best[0]:
            best = (cost, setting, rows, placed)
    assert best is not None
    _, setting, rows, placed = best
    pages = 1 + max((slot.page for p in placed for slot in p.slots), default=0)
    return Plan(
        setting, rows, layout.type_height_pt / rows, pages, layout.masthead.usual_rows, tuple(placed), False
    )


def _strip_grids(desk: Desk) -> list[tuple[BodySetting, int]]:
    """Settings and row counts by how near a page's foot the text is reckoned to end; long editions try the best alone."""
    layout, count, ranked = desk.layout, len(desk.bulletin.articles), []
    for order, setting in enumerate(layout.body):
        fewest, most = setting.rows
        text = sum(desk.galley(n, setting).natural_rows for n in range(count))
        heads = [desk.head(n, setting.columns, setting) or NO_HEAD for n in range(count)]
        for rows in range(most, fewest - 1, -1):
            row_pt = layout.type_height_pt / rows
            need = text / setting.columns + sum(head.rows(row_pt, GOOD_PAD_ROWS) for head in heads)
            need += layout.masthead.usual_rows
            blank = -(-need // rows) * rows - need
            ranked.append((-(-need // rows), blank / rows + SETTING_STEP * order, -rows, setting))
    ranked.sort(key=lambda t: t[:3])
    return [
        (setting, -rows) for _, _, rows, setting in ranked[: 1 if count > MANY_ARTICLES else STRIPS_TRIED]
    ]
