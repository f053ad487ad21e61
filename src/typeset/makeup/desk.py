"""The articles of one bulletin as make-up asks for them: galleys, heads, closings and shapes, each made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import log

from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.makeup.boxes import BoxRoom, box_widths
from typeset.makeup.fill import Filled
from typeset.makeup.galley import Copies, Galley, compose_galley, stands_in_box
from typeset.makeup.heads import Head, HeadCopy, build_head, prepare_head
from typeset.makeup.inserts import Boxes, arrangements, arrangements_over
from typeset.makeup.reserved import NO_HEAD, reserved_box, reserved_columns, reserved_shapes
from typeset.makeup.shapes import (
    BROKEN_COST,
    GOOD_PAD_ROWS,
    SHORT_TEXT_ROWS,
    Shape,
    Shelf,
    broken_columns,
    closings,
    inside_box,
)
from typeset.makeup.standing import prepare_standing, standing_heads
from typeset.makeup.ways import Variant
from typeset.model.bulletin import Bulletin
from typeset.model.layout import BodySetting, Layout
from typeset.model.pictures import PictureFile

HEAD_STEPS = 3  # sizes tried between a rank's size and the next rank's
BAND_GAP = 1.01  # a headline stays larger than the next rank's by this at least (H11)
SIDE_MORE_LINES = 2
WIDE_TEXT_ROWS = 60
BOX_COST = 1.0
BOX_SHARE_COST = 20.0  # times its share of the page
BOX_MOST_COLUMNS = 3
BROKEN_MOST_ROWS = 24  # text rows a column of an article that may have columns of its own in a strip
BOXED_MOST_ROWS = 12  # and of one that may be boxed
STRIP_BOX_COST = 1.0
BOXED_BRIEF_COST = 8.0
BRIEF_MOST_COLUMNS = 2
STANDING_MOST_COLUMNS = 5
STANDING_MOST_SHARE = 0.45  # of the page's height that a standing head may take


def columns_pt(setting: BodySetting, width_cols: int) -> float:
    """The width of so many columns with the gutters between them."""
    return (width_cols * setting.measure_em + (width_cols - 1) * setting.gutter_em) * setting.size_pt


class Desk:
    """Galleys and heads of every article, made when first asked for."""

    def __init__(
        self, bulletin: Bulletin, layout: Layout, faces: FaceSet, cohesion: Cohesion,
        pictures: Mapping[str, PictureFile] = {}, may_leave_first: bool = False,
    ) -> None:  # fmt: skip
        self.bulletin = bulletin
        self.layout = layout
        self.faces = faces
        self.cohesion = cohesion
        self.pictures = pictures
        self.may_leave_first = may_leave_first
        self._galleys: dict[tuple[int, float, int | None], Galley] = {}
        self._copies: Copies = {}
        self._most_rows = max(setting.rows[1] for setting in layout.body)
        self._heads: dict[int, HeadCopy] = {}
        self._strip_heads: dict[tuple[int, BodySetting], Head] = {}
        self._built: dict[tuple[int, float, float, float, float, bool, int], Head | None] = {}
        self._standing_copies: dict[int, HeadCopy] = {}
        self._stood: dict[tuple[int, int, BodySetting], list[Head]] = {}
        self._ranked: dict[tuple[int, int, float, float, int, int], list[Head]] = {}
        self._closings: dict[tuple[int, BoxRoom, bool], dict[int, Filled]] = {}
        self._boxes: dict[tuple[int, BoxRoom], Boxes] = {}

    def loosened(self) -> Desk:
        """A desk on which short paragraphs may leave a first line at a column's foot, for where nothing else closes."""
        return Desk(
            self.bulletin, self.layout, self.faces, self.cohesion, self.pictures, may_leave_first=True
        )

    def galley(self, article: int, measure_em: float, block: int | None = None) -> Galley:
        """The article's running text at a measure, or one block that stands in a box."""
        key = (article, measure_em, block)
        if key not in self._galleys:
            self._galleys[key] = compose_galley(
                article,
                self.bulletin.articles[article],
                measure_em,
                self.layout,
                self.faces,
                self.cohesion,
                block,
                self._copies,
            )
        return self._galleys[key]

    def closings(self, article: int, room: BoxRoom, is_over: bool = False) -> dict[int, Filled]:
        """Column heights at which the article's text closes, its boxes among the columns or (`is_over`) over its head."""
        if not self.has_boxes(article):  # of any height of page
            room = replace(room, page_rows=self._most_rows)
        key = (article, room, is_over)
        if key not in self._closings:
            boxes = self.boxes(article, room)
            arranged = None
            if boxes or is_over:
                arranged = (arrangements_over if is_over else arrangements)(boxes, room.columns)
            galley = self.galley(article, room.measure_em)
            self._closings[key] = closings(
                galley, room.columns, room.page_rows, arranged, self.may_leave_first
            )
        return self._closings[key]

    def boxes(self, article: int, room: BoxRoom) -> Boxes:
        """What stands in boxes in the article, at all its widths over so many columns."""
        key = (article, room)
        if key not in self._boxes:
            found = self.bulletin.articles[article]
            if found.reserved is not None:
                self._boxes[key] = ((reserved_box(self, article, room, room.columns),),)
                return self._boxes[key]
            self._boxes[key] = tuple(
                tuple(box_widths(self, article, block, room))
                for block in range(len(found.body))
                if stands_in_box(found, block, self.layout.notes)
            )
        return self._boxes[key]

    def has_boxes(self, article: int) -> bool:
        found = self.bulletin.articles[article]
        return any(stands_in_box(found, block, self.layout.notes) for block in range(len(found.body)))

    def box_cells(self, article: int, setting: BodySetting, rows: int) -> int:
        """About how many rows × columns the article's boxes take."""
        if not self.has_boxes(article):
            return 0
        boxes = self.boxes(article, BoxRoom.of(setting, setting.columns, rows))
        return sum(options[0].rows * options[0].span for options in boxes)

    def headline_pt(self, article: int) -> float:
        """In strips sizes fall evenly from the first article's to the last's."""
        sizes, count = self.layout.headline.sizes_pt, len(self.bulletin.articles)
        if count <= len(sizes):
            return sizes[article]
        return sizes[min(len(sizes) - 1, article * len(sizes) // count)]

    def band_pt(self, rank: int) -> tuple[float, float]:
        """H11: the largest and least headline of a rank on its page; each rank's are below the one before's."""
        sizes = self.layout.headline.sizes_pt
        if rank >= len(sizes) - 1:
            return sizes[-1], self.layout.headline.least_pt
        return sizes[rank], sizes[rank + 1] * BAND_GAP

    def has_head(self, article: int) -> bool:
        found = self.bulletin.articles[article]
        return bool(found.headline or found.kicker or found.subtitle)

    def is_brief(self, article: int) -> bool:
        """Whether it is an article without a headline."""
        return not self.has_head(article) and self.bulletin.articles[article].reserved is None

    def head_copy(self, article: int) -> HeadCopy:
        """The article's display texts."""
        if article not in self._heads:
            found = self.bulletin.articles[article]
            self._heads[article] = prepare_head(found, self.layout, self.faces, self.cohesion)
        return self._heads[article]

    def standing_copy(self, article: int) -> HeadCopy:
        """The same for lines that run downwards."""
        if article not in self._standing_copies:
            found = self.bulletin.articles[article]
            self._standing_copies[article] = prepare_standing(found, self.layout, self.faces, self.cohesion)
        return self._standing_copies[article]

    def head(
        self, article: int, width_pt: float, size_pt: float, body_pt: float, least_pt: float = 0.0,
        at_any_rate: bool = False, more_lines: int = 0,
    ) -> Head | None:  # fmt: skip
        """The article's head in a width at a size or the next smaller one that fits."""
        key = (article, width_pt, size_pt, body_pt, least_pt, at_any_rate, more_lines)
        if key not in self._built:
            self._built[key] = build_head(
                self.head_copy(article), size_pt, width_pt, self.layout, body_pt, at_any_rate, least_pt, more_lines
            )  # fmt: skip
        return self._built[key]

    def strip_head(self, article: int, setting: BodySetting) -> Head:
        """The head over all columns of the page, no larger than an earlier article's (H11); there always is one."""
        key = (article, setting)
        if key not in self._strip_heads:
            width, size = columns_pt(setting, setting.columns), self.strip_pt(article, setting)
            found = self.head(article, width, size, setting.size_pt, at_any_rate=True)
            self._strip_heads[key] = found or NO_HEAD
        return self._strip_heads[key]

    def strip_pt(self, article: int, setting: BodySetting) -> float:
        """The largest headline of an article in strips."""
        before = next((n for n in range(article - 1, -1, -1) if self.has_head(n)), None)
        size = self.headline_pt(article)
        return size if before is None else min(size, self.strip_head(before, setting).size_pt)

    def variants(self, article: int, setting: BodySetting, rows: int) -> list[Variant]:
        """An article over the page's whole width: in the page's columns, in fewer (破栏), boxed where it is short."""
        weights, columns = self.layout.makeup.weights, setting.columns
        head = self.strip_head(article, setting)
        galley = self.galley(article, setting.measure_em)
        may_split = not self.bulletin.articles[article].keep_whole
        room = BoxRoom.of(setting, columns, rows)
        loose = self.may_leave_first
        boxes = self.boxes(article, room)
        out = [Variant(galley, head, columns, boxes=boxes, may_split=may_split, may_leave_first=loose)]
        if self.bulletin.articles[article].reserved is not None:
            return [replace(out[0], may_split=False)]
        if columns < 3 or galley.natural_rows > BROKEN_MOST_ROWS * columns:
            return out
        for inside in broken_columns(setting, columns, self.layout.boxes.least_measure_em):
            own = self.galley(article, inside.measure_em)
            boxes = self.boxes(article, BoxRoom.inside(setting, inside, rows))
            cost = weights.get("broken_columns", BROKEN_COST)
            out.append(
                Variant(
                    own,
                    head,
                    inside.columns,
                    inside,
                    cost=cost,
                    boxes=boxes,
                    may_split=may_split,
                    may_leave_first=loose,
                )
            )
        boxed = inside_box(setting, columns, self.layout.boxes)
        if article and boxed is not None and galley.natural_rows <= BOXED_MOST_ROWS * columns:
            own = self.galley(article, boxed.measure_em)
            width_pt, size_pt = boxed.width_em * setting.size_pt, self.strip_pt(article, setting)
            inner = self.head(article, width_pt, size_pt, setting.size_pt, at_any_rate=True) or NO_HEAD
            cost = weights.get("box", BOX_COST) + STRIP_BOX_COST + self._brief_cost(article)
            boxes = self.boxes(article, BoxRoom.inside(setting, boxed, rows))
            out.append(Variant(own, inner, boxed.columns, boxed, True, cost, boxes, may_leave_first=loose))
        return out

    def heads(
        self,
        article: int,
        rank: int,
        width_pt: float,
        setting: BodySetting,
        more_lines: int = 0,
        steps: int = HEAD_STEPS,
    ) -> list[Head]:
        """Heads of different sizes within the rank's band, the largest first."""
        key = (article, rank, width_pt, setting.size_pt, more_lines, steps)
        if key not in self._ranked:
            self._ranked[key] = self._heads_of(article, rank, width_pt, setting.size_pt, more_lines, steps)
        return self._ranked[key]

    def _heads_of(
        self, article: int, rank: int, width_pt: float, body_pt: float, more_lines: int, steps: int
    ) -> list[Head]:
        if not self.has_head(article):
            return [self.head(article, width_pt, body_pt, body_pt) or NO_HEAD]
        most, least = self.band_pt(rank)
        out: list[Head] = []
        for step in range(steps):
            size = most * (least / most) ** (step / (steps - 1))
            found = self.head(article, width_pt, size, body_pt, least, more_lines=more_lines)
            if found is not None and all(found.height_pt != other.height_pt for other in out):
                small = self.layout.makeup.weights.get("smaller_head", 3.0) * log(most / found.size_pt)
                out.append(replace(found, cost=found.cost + small))
        return out

    def load(self, setting: BodySetting, rows: int) -> list[float]:
        """About how many grid cells (rows × columns) each article takes, its head included."""
        out = []
        row_pt = self.layout.type_height_pt / rows
        for article in range(len(self.bulletin.articles)):
            if self.bulletin.articles[article].reserved is not None:
                width = reserved_columns(self, article, setting)
                out += [float(width * high) for high in self.shapes(article, article, width, setting, rows)]
                continue
            text = self.galley(article, setting.measure_em).natural_rows
            text += self.box_cells(article, setting, rows)
            width = (
                setting.columns
                if text > 3 * WIDE_TEXT_ROWS
                else max(1, setting.columns // 2 + (text > WIDE_TEXT_ROWS))
            )
            head = self.head(article, columns_pt(setting, width), self.headline_pt(article), setting.size_pt)
            head_rows = head.rows(row_pt, GOOD_PAD_ROWS) if head is not None else 8
            out.append(text + float(head_rows * width))
        return out

    def shapes(
        self, article: int, rank: int, width: int, setting: BodySetting, rows: int, steps: int = HEAD_STEPS
    ) -> dict[int, list[Shape]]:
        """Every way to set the article in so many columns of a page, by height; heads in so many sizes."""
        if self.bulletin.articles[article].reserved is not None:
            return reserved_shapes(self, article, width, setting, rows)
        layout, measure = self.layout, float(setting.measure_em)
        row_pt = layout.type_height_pt / rows
        shelf = Shelf(row_pt, rows, layout.makeup.weights)
        is_brief = not self.has_head(article)
        galley = self.galley(article, measure)
        if not is_brief or width <= BRIEF_MOST_COLUMNS:
            heads = self.heads(article, rank, columns_pt(setting, width), setting, steps=steps)
            room = BoxRoom.of(setting, width, rows)
            texts = self.closings(article, room)
            shelf.add_top(galley, heads, width, layout.headline.pad_rows, texts)
            if not is_brief and self.has_boxes(article):
                over = self.closings(article, room, is_over=True)
                shelf.add_top(galley, heads, width, layout.headline.pad_rows, over)
            if not texts:
                is_short = galley.natural_rows < SHORT_TEXT_ROWS and self.has_boxes(article)
                for inside in broken_columns(setting, width, layout.boxes.least_measure_em, is_short):
                    own = self.galley(article, inside.measure_em)
                    texts = self.closings(article, BoxRoom.inside(setting, inside, rows))
                    shelf.add_top(own, heads, width, layout.headline.pad_rows, texts, inside)
        if rank > 0 and not is_brief and width >= 3:
            for head_cols in range(1, width // 2 + 1):
                heads = self.heads(article, rank, columns_pt(setting, head_cols), setting, SIDE_MORE_LINES)
                texts = self.closings(article, BoxRoom.of(setting, width - head_cols, rows))
                shelf.add_side("side", galley, heads, head_cols, width - head_cols, texts)
            if layout.composition.direction != "vertical" and width <= STANDING_MOST_COLUMNS:
                standing = self._standing(article, rank, setting)
                texts = self.closings(article, BoxRoom.of(setting, width - 1, rows))
                shelf.add_side("standing", galley, standing, 1, width - 1, texts)
        share = galley.natural_rows / (rows * setting.columns)
        if (rank > 1 or is_brief) and share <= layout.boxes.most_share and width <= BOX_MOST_COLUMNS:
            self._add_boxed(shelf, article, rank, width, setting, rows)
        return shelf.by_rows()

    def _brief_cost(self, article: int) -> float:
        """What a box round one of several briefs costs: they look alike."""
        beside = (n for n in (article - 1, article + 1) if 0 <= n < len(self.bulletin.articles))
        is_one_of_many = self.is_brief(article) and any(self.is_brief(n) for n in beside)
        return self.layout.makeup.weights.get("boxed_brief", BOXED_BRIEF_COST) * is_one_of_many

    def _standing(self, article: int, rank: int, setting: BodySetting) -> list[Head]:
        """Heads whose lines stand in one column."""
        key = (article, rank, setting)
        if key not in self._stood:
            most_pt = STANDING_MOST_SHARE * self.layout.type_height_pt
            width = columns_pt(setting, 1)
            self._stood[key] = list(standing_heads(
                self.standing_copy(article), self.head_copy(article), self.band_pt(rank), width, most_pt,
                self.layout, setting.size_pt,
            ))  # fmt: skip
        return self._stood[key]

    def _add_boxed(
        self, shelf: Shelf, article: int, rank: int, width: int, setting: BodySetting, rows: int
    ) -> None:
        inside = inside_box(setting, width, self.layout.boxes)
        if inside is None:
            return
        measure = float(inside.measure_em)
        heads = self.heads(article, rank, inside.width_em * setting.size_pt, setting)
        texts = self.closings(article, BoxRoom.inside(setting, inside, rows))
        weights = self.layout.makeup.weights
        galley = self.galley(article, measure)
        share = galley.natural_rows * inside.measure_em / (rows * setting.columns * setting.measure_em)
        cost = weights.get("box", BOX_COST) + weights.get("box_share", BOX_SHARE_COST) * share
        cost += self._brief_cost(article)
        shelf.add_boxed(galley, heads, inside, width, texts, cost)
