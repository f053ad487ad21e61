"""A plan into an edition: every line set flush and placed, rules drawn, furniture added.

In: a `Plan`. Out: an `Edition`. Here ems and rows become points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from typeset.compose.copy import Copy
from typeset.compose.justify import set_natural
from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.makeup import furniture
from typeset.makeup.alternatives import Alternative, alternatives, chosen
from typeset.makeup.boxed import box_rectangle, box_rules, box_runs, picture_of
from typeset.makeup.desk import Desk, columns_pt
from typeset.makeup.galley import Group, drop_cap_em
from typeset.makeup.grid import Grid
from typeset.makeup.heads import ASCENT_EM, HEAD_DROP, HeadLine
from typeset.makeup.keep import moved_finding, remake
from typeset.makeup.marks import Marked, marks_of, with_marks
from typeset.makeup.placed import Placed, Slot
from typeset.makeup.plan import Plan, plan_of
from typeset.makeup.record import Record, plan_record
from typeset.makeup.rules import article_rules
from typeset.makeup.setting import role_of, set_group
from typeset.makeup.shapes import Seat
from typeset.makeup.shortfall import allowances, shortfall
from typeset.makeup.turn import stood_up, turned
from typeset.makeup.wishes import section_of, unmet
from typeset.model.bulletin import Bulletin
from typeset.model.edition import (
    Edition,
    Frame,
    FrameForm,
    LineRun,
    Page,
    Picture,
    Rectangle,
    RuleLine,
    SetText,
)
from typeset.model.findings import Finding, Words
from typeset.model.issue import IssueLine
from typeset.model.layout import Layout
from typeset.model.pictures import PictureFile

EDITORS_WORDS = ("责任编辑", "责编", "編輯", "编辑", "校对", "美编")


def make_up(
    bulletin: Bulletin, layout: Layout, faces: FaceSet, issue: IssueLine,
    pictures: Mapping[str, PictureFile] = {}, kept: Record | None = None, choice: int | None = None,
) -> Edition:  # fmt: skip
    """Make up a bulletin into an edition, its `pictures` by name. The same input gives the same edition.

    `kept`: the record of an edition whose pages stay as they are but for what changed; `choice`: the plan of that
    number, from 1, among the alternatives. Raises TypesetError where there are not so many.
    """
    desk = desk_of(bulletin, layout, faces, pictures)
    if kept is not None:
        plan, moves = remake(desk, kept)
        return _edition(desk, plan, issue, layout, (moved_finding(moves, desk, plan.pages),), kept.glyphs)
    plan = plan_of(desk) if choice is None else chosen(alternatives(desk), choice).plan
    return _edition(desk, plan, issue, layout)


def make_up_alternatives(
    bulletin: Bulletin,
    layout: Layout,
    faces: FaceSet,
    issue: IssueLine,
    most: int,
    pictures: Mapping[str, PictureFile] = {},
) -> list[tuple[Alternative, Edition]]:
    """Up to so many other editions of a bulletin, the cheapest first. Raises TypesetError where none closes."""
    desk = desk_of(bulletin, layout, faces, pictures)
    found = alternatives(desk)
    chosen(found, 1)
    return [(one, _edition(desk, one.plan, issue, layout)) for one in found[:most]]


def desk_of(bulletin: Bulletin, layout: Layout, faces: FaceSet, pictures: Mapping[str, PictureFile]) -> Desk:
    """The desk that a bulletin is made up on; a vertical layout's lies on its side."""
    is_vertical = layout.composition.direction == "vertical"
    cohesion = Cohesion.of([t for a in bulletin.articles for t in a.texts()])
    return Desk(bulletin, turned(layout) if is_vertical else layout, faces, cohesion, pictures)


def _edition(
    desk: Desk, plan: Plan, issue: IssueLine, as_given: Layout, moved: tuple[Finding, ...] = (),
    glyphs: tuple[tuple[int, ...], ...] = (),
) -> Edition:  # fmt: skip
    """A plan with every line set and placed."""
    bulletin, layout, faces = desk.bulletin, desk.layout, desk.faces
    grid = Grid(layout, plan)
    frames: dict[int, list[Frame]] = defaultdict(list)
    shown: dict[int, list[Picture]] = defaultdict(list)
    rules: dict[int, list[RuleLine]] = defaultdict(list)
    findings: list[Finding] = [*moved]
    for placed in plan.placed:
        marked = marks_of(bulletin.articles[placed.galley.article].marks, placed, faces, layout.composition)
        texts = [
            (with_marks(text, group.copy, marked), first)
            for n, group in enumerate(placed.galley.groups)
            for text, first in [_set_group(group, placed, n)]
        ]
        for page, frame in _frames(grid, placed, texts, marked):
            frames[page].append(frame)
        for box in placed.boxes:
            rules[box.page] += box_rules(grid, placed, box)
            if box.insert.picture is not None:
                shown[box.page].append(picture_of(grid, bulletin, placed, box, desk.pictures))
        copies = [
            *{id(line.copy): line.copy for line in placed.head.lines}.values(),
            *(g.copy for g in placed.galley.groups),
            *(g.copy for box in placed.boxes for g in box.insert.galley.groups),
        ]
        findings += _text_findings(bulletin, placed, [text for text, _ in texts], copies)
        findings += _placing_findings(bulletin, placed)
    findings += shortfall(bulletin, plan)
    findings += unmet(bulletin, plan.placed, plan.rows * plan.setting.columns)
    pages = tuple(
        _with_boxes(
            _page(grid, bulletin, issue, faces, number, frames[number], plan.pages),
            shown[number],
            rules[number],
        )
        for number in range(plan.pages)
    )
    edition = Edition(
        layout.name, issue.title, issue.date, issue.issue, layout.sheet.width_pt, layout.sheet.height_pt,
        layout.sheet.bleed_pt, plan.setting, plan.row_pt, pages,
        tuple(_title(article.headline, article.body[0].text if article.body else "") for article in bulletin.articles),
        tuple(article.id for article in bulletin.articles), tuple(findings),
        allowances(plan), plan_record(plan, bulletin, as_given), glyphs, plan.is_exact,
    )  # fmt: skip
    return stood_up(edition) if layout is not as_given else edition


def _with_boxes(page: Page, pictures: list[Picture], rules: list[RuleLine]) -> Page:
    return replace(page, pictures=tuple(pictures), rules=(*page.rules, *rules))


def _title(headline: tuple[str, ...], first: str) -> str:
    return " ".join(headline) if headline else first[:16]


def _text_findings(
    bulletin: Bulletin, placed: Placed, texts: list[SetText], copies: list[Copy]
) -> list[Finding]:
    """Lines that T24 cannot fill, and characters that no face has (T60)."""
    article = bulletin.articles[placed.galley.article]
    out: list[Finding] = []
    for text in texts:
        for line in np.nonzero(text.unfit)[0].tolist():
            words = text.text[text.starts[line] : text.ends[line]]
            out.append(Finding("info", "compose.unfit", Words(
                f"{article.id}: a line could not be filled within the limits: “{words}”",
                f"{article.id}：这一行无法在限度内撑满：“{words}”",
            )))  # fmt: skip
    for copy in copies:
        for at in np.nonzero(copy.missing)[0].tolist():
            char, near = copy.text[at], copy.text[max(0, at - 6) : at + 6]
            code = f"U+{ord(char):04X}"
            out.append(Finding("warning", "fonts.missing", Words(
                f"{article.id}: no font has {char!r} ({code}) in “{near}”; it shows as 〓",
                f"{article.id}：各字体都缺 {char!r}（{code}），见“{near}”，以〓代替",
            )))  # fmt: skip
    return out


def _placing_findings(bulletin: Bulletin, placed: Placed) -> list[Finding]:
    article = bulletin.articles[placed.galley.article]
    name = _title(article.headline, article.body[0].text if article.body else article.id)
    out: list[Finding] = []
    if placed.blank_rows:
        out.append(Finding("warning", "makeup.underset", Words(
            f"“{name}” leaves {placed.blank_rows} blank line(s) at its foot",
            f"《{name}》末栏空 {placed.blank_rows} 行",
        )))  # fmt: skip
    if not placed.keeps_taboos or placed.filled.leaves_first:
        out.append(Finding("warning", "makeup.lone_line", Words(
            f"“{name}” may have a single line of a paragraph at a column's head or foot",
            f"《{name}》栏首或栏尾可能有孤行",
        )))  # fmt: skip
    return out


def _set_group(group: Group, placed: Placed, index: int) -> tuple[SetText, dict[int, int]]:
    """The group's texts set at the chosen lines, and each paragraph's first line in it."""
    pairs = zip(placed.galley.items, placed.filled.options, strict=False)
    return set_group(group, [(item, option) for item, option in pairs if item.group == index])


def _frames(
    grid: Grid, placed: Placed, texts: list[tuple[SetText, dict[int, int]]], marked: Marked
) -> list[tuple[int, Frame]]:
    """The article's frame on each page that it touches."""
    plan, setting = grid.plan, grid.plan.setting
    runs: dict[int, list[LineRun]] = defaultdict(list)
    runs[placed.page] += _head_runs(grid, placed, marked)
    for item, option, row in zip(
        placed.galley.items, placed.filled.options, placed.filled.rows, strict=False
    ):
        group = placed.galley.groups[item.group]
        text, first = texts[item.group]
        line = first[item.paragraph]
        for slot, slot_row, count in _slots(placed.slots, row, option.rows):
            runs[slot.page].append(
                LineRun(
                    text, line, line + count, grid.slot_pt(placed, slot), grid.baseline_pt(slot_row), plan.row_pt,
                    setting.size_pt * group.style.size_em, role_of(item), item.block,
                    placed.galley.measure_em * setting.size_pt, group.style.align, group.style.colour,
                    paragraph=item.paragraph,
                )
            )  # fmt: skip
            line += count
    if placed.galley.cap is not None:
        runs[placed.slots[0].page].insert(0, _cap_run(grid, placed, placed.galley.cap))
    for box in placed.boxes:
        runs[box.page] += box_runs(grid, placed, box, marked)
    out = []
    for part, page in enumerate(sorted(runs)):
        spans = [(slot.row, slot.row + slot.height) for slot in placed.slots if slot.page == page]
        spans += [(box.row, box.row + box.insert.rows) for box in placed.boxes if box.page == page]
        top = placed.row if page == placed.page else min(row for row, _ in spans)
        foot = max((row for _, row in spans), default=placed.row + placed.head_rows) + placed.foot_rows
        boxes = tuple(box_rectangle(grid, placed, box) for box in placed.boxes if box.page == page)
        out.append((page, Frame(
            placed.galley.article, part, grid.column_pt(placed.column), grid.row_top_pt(top),
            columns_pt(setting, placed.width_cols), (foot - top) * plan.row_pt,
            placed.inside.columns if placed.inside else placed.width_cols,
            tuple(sorted(runs[page], key=LineRun.reading_order)),
            *_form(grid, placed, boxes),
        )))  # fmt: skip
    return out


def _cap_run(grid: Grid, placed: Placed, cap: Copy) -> LineRun:
    """首字下沉: the first character, from the first line's top to the foot of the last one beside it."""
    plan, slot, item = grid.plan, placed.slots[0], placed.galley.items[0]
    sunk = placed.galley.groups[item.group].sunk
    assert sunk is not None
    body_pt = plan.setting.size_pt
    size = min((sunk.lines - 1) * plan.row_pt + body_pt, drop_cap_em(sunk.lines) * body_pt)
    baseline = grid.baseline_pt(slot.row + placed.filled.rows[0] + sunk.lines - 1)
    baseline += (1 - ASCENT_EM) * (body_pt - size)
    style = grid.layout.styles["para"]
    return LineRun(
        set_natural(cap, [0], [1]), 0, 1, grid.slot_pt(placed, slot), baseline, 0.0, size, "para", item.block,
        size, "left", style.colour, paragraph=item.paragraph,
    )  # fmt: skip


def _form(
    grid: Grid, placed: Placed, boxes: tuple[Rectangle, ...]
) -> tuple[FrameForm, tuple[Rectangle, ...], float]:
    """A frame's form, its boxes and how far its border is from its top."""
    if any(box.insert.kind == "reserved" for box in placed.boxes):
        return "reserved", boxes, (placed.boxes[0].row - placed.row) * grid.plan.row_pt
    if placed.seat is None:
        return "top", boxes, 0.0
    return placed.seat.form, boxes, placed.seat.row * grid.plan.row_pt * (placed.seat.form == "boxed")


def _slots(slots: tuple[Slot, ...], row: int, rows: int) -> list[tuple[Slot, int, int]]:
    """Where lines row.. go, counted through all columns: (slot, row on the page, how many lines)."""
    out = []
    at = 0
    for slot in slots:
        if rows <= 0:
            break
        if row < at + slot.height:
            inside = row - at
            count = min(rows, slot.height - inside)
            out.append((slot, slot.row + inside, count))
            row, rows = row + count, rows - count
        at += slot.height
    return out


def _head_runs(grid: Grid, placed: Placed, marked: Marked) -> list[LineRun]:
    head, plan = placed.head, grid.plan
    if not head.lines and not head.byline:
        return []
    seat = placed.seat or Seat("top", 0, placed.width_cols, 0, placed.head_rows - head.byline_rows)
    top = grid.row_top_pt(placed.row + seat.row)
    x, width = grid.column_pt(placed.column + seat.column), columns_pt(plan.setting, seat.columns)
    if placed.inside is not None:
        x += placed.inside.inset_em * plan.setting.size_pt
        width = placed.inside.width_em * plan.setting.size_pt
    spare = seat.rows * plan.row_pt - head.height_pt
    top += HEAD_DROP * spare
    runs = [
        _standing_run(line, x, top, head.height_pt, marked) if line.stands
        else _head_run(line, x, width, top + line.y_pt, marked)
        for line in head.lines
    ]  # fmt: skip
    row = placed.row + seat.row + seat.rows
    runs += [
        _head_run(line, x, width, grid.baseline_pt(row + n), marked) for n, line in enumerate(head.byline)
    ]
    return runs


def _head_run(line: HeadLine, x: float, width: float, baseline: float, marked: Marked) -> LineRun:
    text = with_marks(set_natural(line.copy, [line.start], [line.end]), line.copy, marked)
    return LineRun(
        text, 0, 1, x, baseline, 0.0, line.size_pt, line.role, measure_pt=width, align=line.align, colour=line.colour
    )  # fmt: skip


def _standing_run(line: HeadLine, x: float, top: float, length: float, marked: Marked) -> LineRun:
    text = with_marks(set_natural(line.copy, [line.start], [line.end]), line.copy, marked)
    return LineRun(
        text, 0, 1, x + line.x_pt, top, 0.0, line.size_pt, line.role, measure_pt=length, align=line.align,
        colour=line.colour, vertical=True,
    )  # fmt: skip


def _page(
    grid: Grid,
    bulletin: Bulletin,
    issue: IssueLine,
    faces: FaceSet,
    number: int,
    frames: list[Frame],
    pages: int,
) -> Page:
    layout, plan = grid.layout, grid.plan
    place = furniture.Place(layout, faces, grid.left_pt, grid.width_pt)
    runs, rules = furniture.folio(
        place, issue, number + 1, section_of([bulletin.articles[f.article] for f in frames])
    )
    first = 0
    if number == 0:
        height_pt = plan.masthead_rows * plan.row_pt
        entries = _index_entries(bulletin, plan)
        more, lines = furniture.masthead(place, issue, pages, entries, height_pt, plan.row_pt)
        runs, rules = [*runs, *more], [*rules, *lines]
        first = plan.masthead_rows
    if number == pages - 1:
        editors = [line.strip() for line in bulletin.furniture if line.strip().startswith(EDITORS_WORDS)]
        record = [issue.record] if issue.record else []
        runs = [*runs, *furniture.colophon(place, [*editors[-1:], *record])]
        spec = layout.filler
        if spec is not None and plan.open_rows >= spec.least_rows:
            top = grid.row_top_pt(plan.rows - plan.open_rows + 1)
            foot = grid.row_top_pt(plan.rows) - (plan.row_pt - plan.setting.size_pt)
            more, lines = furniture.filler(place, spec, top, foot)
            runs, rules = [*runs, *more], [*rules, *lines]
    rules += article_rules(grid, frames, first)
    step = (plan.setting.measure_em + plan.setting.gutter_em) * plan.setting.size_pt
    news = (plan.rows - first) * plan.row_pt * plan.setting.columns
    taken = sum(round(frame.height_pt * round(frame.width_pt / step + 0.4), 6) for frame in frames)
    return Page(number + 1, tuple(frames), tuple(runs), tuple(rules), min(1.0, taken / news))


def _index_entries(bulletin: Bulletin, plan: Plan) -> list[tuple[str, int]]:
    """Headlines of the articles that begin on other pages than the first, with their page numbers."""
    pages = {p.galley.article: p.page + 1 for p in plan.placed}
    headed = [(n, a) for n, a in enumerate(bulletin.articles) if a.headline and pages[n] > 1]
    return [("".join(a.headline), pages[n]) for n, a in sorted(headed, key=lambda t: (pages[t[0]], t[0]))]
