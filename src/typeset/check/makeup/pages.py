"""Pages as an eye takes them in: body, sub-heads, heads, furniture, rules, boxes, pictures.

In: a document walked, and what the layout's JSON says of its lines, where it is given. Out: a `Reading`. All places
are along (u) and across (v) the file's own lines: see `pieces`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from typeset.check.makeup.columns import Column, body_size, columns_of, pitch_of
from typeset.check.makeup.heads import Head, heads_of
from typeset.check.makeup.pieces import SetLine, is_han, set_lines
from typeset.check.preflight.document import Box, Document, box_of, inherited
from typeset.check.preflight.state import Painted
from typeset.check.preflight.walk import Walk
from typeset.model.findings import Place, TypesetError, Words

BODY_OFF = 0.02
"""Of the body's size: lines nearer to it are body."""
HEAD_TIMES = 1.22
_RULE_PT = 3.0
_MOST_LINES, _MOST_RULES = 6000, 400
_PICTURE_EM, _WIDE = 3.0, 0.6
_MASTHEAD_SHARE = 0.36
"""Of the page, from its top: lower is no masthead."""


@dataclass(slots=True, eq=False)
class PageRead:
    """`u1`, `v1`: the trim's far corner. `crossways`: lines that run the other way, as boxes are seen."""

    number: int
    u1: float
    v1: float
    lines: list[SetLine] = field(default_factory=list)
    crossways: list[SetLine] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    masthead: list[SetLine] = field(default_factory=list)
    furniture: list[SetLine] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    area: Box | None = None
    """The type area below the masthead."""

    def across(self) -> list[Box]:
        """Rules along the lines, which part what stands over them from what stands under them."""
        return [rule for rule in self.rules if rule[2] - rule[0] > rule[3] - rule[1]]


@dataclass(slots=True, eq=False)
class Reading:
    pages: list[PageRead]
    body_pt: float
    pitch_pt: float
    is_vertical: bool

    def columns(self) -> list[Column]:
        return [column for page in self.pages for column in page.columns]

    def body_lines(self) -> list[SetLine]:
        """In the order of the content stream."""
        found = [line for page in self.pages for line in page.lines if line.kind == "body"]
        return sorted(found, key=lambda line: line.order)


def trims_of(document: Document) -> dict[int, Box]:
    out = {}
    for number, page in enumerate(document.pages, 1):
        boxes = (box_of(inherited(page, key)) for key in ("/TrimBox", "/CropBox", "/MediaBox"))
        out[number] = next((box for box in boxes if box is not None), (0.0, 0.0, 612.0, 792.0))
    return out


def lines_read(document: Document, walk: Walk) -> list[SetLine]:
    """Every line of text within the trim."""
    return set_lines(walk.shown, trims_of(document))


def read_pages(document: Document, walk: Walk, lines: list[SetLine]) -> Reading:
    trims = trims_of(document)
    named = [line for line in lines if line.role]
    body_pt, is_vertical = body_size([n for n in named if n.role == "para"] or lines)
    pages = []
    for number, trim in trims.items():
        width, height = trim[2] - trim[0], trim[3] - trim[1]
        pages.append(PageRead(number, *((height, width) if is_vertical else (width, height))))
    body = []
    for line in lines:
        page = pages[line.page - 1]
        if line.is_vertical != is_vertical:
            page.crossways.append(line)
            continue
        page.lines.append(line)
        line.kind = _kind(line, body_pt)
        if line.kind == "body":
            body.append(line)
    for page in pages:
        if len(page.lines) > _MOST_LINES:
            raise TypesetError(
                Words(f"page {page.number} has {len(page.lines)} pieces of text", f"第 {page.number} 版有 {len(page.lines)} 段零散文字"),
                Words(f"make-up is measured on pages of {_MOST_LINES} lines at most", f"版面检查只用于不超过 {_MOST_LINES} 行的版面"),
                Place(document.name),
            )  # fmt: skip
    pitch_pt = pitch_of(body, body_pt)
    _draw(walk, pages, trims, is_vertical, body_pt)
    font = _body_font(body)
    for page in pages:
        _lay_out(page, body_pt, pitch_pt, font)
    _areas(pages, body_pt)
    return Reading(pages, body_pt, pitch_pt, is_vertical)


_KINDS = {"para": "body", "list": "body", "note": "body", "verse": "body", "subhead": "subhead", "headline": "head",
          "kicker": "head", "subtitle": "head"}  # fmt: skip


def _kind(line: SetLine, body_pt: float) -> str:
    if line.role:
        kind = _KINDS.get(line.role, "small")
        return kind if kind != "body" or abs(line.size_pt - body_pt) <= BODY_OFF * body_pt else "small"
    if abs(line.size_pt - body_pt) <= BODY_OFF * body_pt:
        return "body"
    return "head" if line.size_pt >= HEAD_TIMES * body_pt else "small"


def _body_font(body: Sequence[SetLine]) -> int:
    fonts: Counter[int] = Counter()
    for line in body:
        fonts.update(font for font, char in zip(line.fonts, line.chars, strict=True) if is_han(char))
    return fonts.most_common(1)[0][0] if fonts else 0


def _draw(
    walk: Walk, pages: list[PageRead], trims: dict[int, Box], is_vertical: bool, body_pt: float
) -> None:
    """Rules, boxes and pictures, in the reading's own coordinates."""
    for painted in walk.painted:
        box = _turned(painted.box, trims[painted.page], is_vertical)
        page = pages[painted.page - 1]
        if not _is_on(box, page):
            continue
        if min(box[2] - box[0], box[3] - box[1]) < _RULE_PT:
            if max(box[2] - box[0], box[3] - box[1]) > 2 * body_pt:
                page.rules.append(box)
        elif _is_frame(painted, box, page):
            page.boxes.append(box)
    for placed in walk.placed:
        box = _turned(placed.box, trims[placed.page], is_vertical)
        page = pages[placed.page - 1]
        if _is_on(box, page) and min(box[2] - box[0], box[3] - box[1]) > _PICTURE_EM * body_pt:
            page.pictures.append(box)
    for page in pages:
        page.boxes += _ruled_boxes(page.rules)


def _is_frame(painted: Painted, box: Box, page: PageRead) -> bool:
    share = (box[2] - box[0]) * (box[3] - box[1]) / (page.u1 * page.v1)
    return share < 0.6 and painted.kind != "shading"


def _is_on(box: Box, page: PageRead) -> bool:
    return box[2] > 0 and box[0] < page.u1 and box[3] > 0 and box[1] < page.v1


def _turned(box: Box, trim: Box, is_vertical: bool) -> Box:
    if is_vertical:
        return trim[3] - box[3], trim[2] - box[2], trim[3] - box[1], trim[2] - box[0]
    return box[0] - trim[0], trim[3] - box[3], box[2] - trim[0], trim[3] - box[1]


def _ruled_boxes(rules: Sequence[Box]) -> list[Box]:
    """Four rules that close: two across with the same ends, and one along at each end; none in a drawing of many."""
    if len(rules) > _MOST_RULES:
        return []
    near = 2.0
    across = [r for r in rules if r[2] - r[0] > r[3] - r[1]]
    along = [r for r in rules if r[2] - r[0] <= r[3] - r[1]]
    out = []
    for n, top in enumerate(across):
        for foot in across[n + 1 :]:
            a, b = (top, foot) if top[1] <= foot[1] else (foot, top)
            if abs(a[0] - b[0]) > near or abs(a[2] - b[2]) > near or b[1] - a[1] < 8:
                continue
            sides = [s for s in along if abs(s[1] - a[1]) < near and abs(s[3] - b[1]) < near]
            if any(abs(s[0] - a[0]) < near for s in sides) and any(abs(s[2] - a[2]) < near for s in sides):
                out.append((a[0], a[1], a[2], b[3]))
    return out


def _lay_out(page: PageRead, body_pt: float, pitch_pt: float, font: int) -> None:
    """Masthead and heads first, columns between them, then what belongs to neither."""
    page.masthead = _masthead(page, body_pt)
    floor = max((line.box()[3] for line in page.masthead), default=0.0)
    taken = set(map(id, page.masthead))
    heads = [line for line in page.lines if line.kind == "head" and id(line) not in taken]
    page.heads = heads_of(heads, page.number)
    walls = [head.box for head in page.heads] + page.pictures
    walls += [rule for rule in page.across() if rule[2] - rule[0] > 6 * body_pt]
    body = [line for line in page.lines if line.kind in ("body", "subhead") and line.v > floor]
    for line in page.lines:
        if line.kind == "body" and line.v <= floor:
            line.kind = "small"
    page.columns = columns_of(body, body_pt, pitch_pt, walls)
    _strays(page, body_pt)
    for column in page.columns:
        _subheads(column, body_pt, font)
    page.columns = [column for column in page.columns if column.body]
    _small(page, body_pt, pitch_pt)


def _masthead(page: PageRead, body_pt: float) -> list[SetLine]:
    """On page 1: the large lines at the top, over a rule across the page where there is one."""
    named = [line for line in page.lines if line.role == "masthead"]
    if named or any(line.role for line in page.lines):
        return named
    if page.number > 1:
        return []
    large = sorted((line for line in page.lines if line.kind == "head"), key=lambda line: line.box()[1])
    if not large:
        return []
    limit = _MASTHEAD_SHARE * page.v1
    first = large[0]
    rules = [
        r[1] for r in page.across() if r[2] - r[0] > _WIDE * page.u1 and first.box()[3] < r[1] + 2 < limit
    ]
    floor = min(rules) if rules else first.box()[3]
    is_largest = first.size_pt >= max(line.size_pt for line in large)
    if first.box()[3] > limit or not (rules or is_largest):
        return []
    return [
        line
        for line in page.lines
        if line.box()[1] < floor and line.size_pt > 0.8 * body_pt and line.v < limit
    ]


def _strays(page: PageRead, body_pt: float) -> None:
    """Lone lines of the body's size in the margins, over or under all columns of text, are furniture."""
    large = [c for c in page.columns if len(c.lines) >= 3 or any(line.role for line in c.lines)]
    if not large:
        return
    tops = [c.top - body_pt for c in large] + [head.box[1] for head in page.heads]
    top, foot = min(tops), max(c.foot for c in large)
    for column in page.columns:
        for line in column.lines:
            if (line.v < top or line.v > foot + 0.3 * body_pt) and len(column.lines) < 3 and not line.role:
                line.kind = "small"
    page.columns = [c for c in page.columns if any(line.kind != "small" for line in c.lines)]


def _subheads(column: Column, body_pt: float, font: int) -> None:
    """Short lines in another face, centred or by themselves, that do not end as a paragraph does."""
    for line in column.lines:
        if line.role or line.kind != "body":
            continue
        han = [f for f, char in zip(line.fonts, line.chars, strict=True) if is_han(char)]
        is_other = bool(han) and all(f != font for f in han)
        is_short = line.right < column.right - 0.4 * body_pt
        if is_other and is_short and line.text[-1] not in "。！？；，、":
            line.kind = "subhead"
    others = [line for line in column.lines if line.kind == "body"]
    if not others and not any(line.role for line in column.lines):
        for line in column.lines:
            line.kind = "small"


def _small(page: PageRead, body_pt: float, pitch_pt: float) -> None:
    """Tables, sources and captions to the columns that they stand in or under; the rest is furniture."""
    known = set(map(id, page.masthead))
    for line in page.lines:
        if line.kind != "small" or id(line) in known:
            continue
        if line.role == "byline" or (not line.role and _is_byline(line, page, pitch_pt)):
            line.kind = "byline"
            continue
        home = [
            c for c in page.columns
            if c.left - 0.5 * body_pt < line.u0 and line.u1 < c.right + 0.9 * body_pt
            and c.top < line.v < c.foot + 3.2 * pitch_pt and line.size_pt > 0.7 * body_pt
        ]  # fmt: skip
        if home and (not line.role or line.role not in ("folio", "colophon", "masthead")):
            max(home, key=lambda c: c.top).small.append(line)
        else:
            page.furniture.append(line)


def _is_byline(line: SetLine, page: PageRead, pitch_pt: float) -> bool:
    """Right under a head, over its columns."""
    for head in page.heads:
        box = head.box
        if 0 < line.v - box[3] < 3.2 * pitch_pt and line.u1 > box[0] and line.u0 < box[2]:
            under = [
                c
                for c in page.columns
                if line.v < c.top < line.v + 4 * pitch_pt and c.right > line.u0 and c.left < line.u1
            ]
            return bool(under) and not any(
                c.top < line.v < c.foot and c.left < line.u0 < c.right for c in page.columns
            )
    return False


def _areas(pages: Sequence[PageRead], body_pt: float) -> None:
    """One type area for all pages, on page 1 from the masthead down: what columns, heads and pictures reach."""
    reach = {page.number: _reach(page, body_pt) for page in pages}
    known = [box for box in reach.values() if box is not None]
    if not known:
        return
    left, right, foot = min(b[0] for b in known), max(b[2] for b in known), max(b[3] for b in known)
    inner = [box[1] for number, box in reach.items() if box is not None and number > 1]
    for page in pages:
        own = reach[page.number]
        if own is None:
            continue
        top = own[1] if page.masthead or not inner else min(own[1], min(inner))
        page.area = (left, top, right, foot)


def _reach(page: PageRead, body_pt: float) -> Box | None:
    boxes = [
        (c.left, c.top - 0.88 * body_pt, c.right, c.foot + 0.12 * body_pt) for c in page.columns
    ] + [head.box for head in page.heads]  # fmt: skip
    boxes += [p for p in page.pictures if p[0] >= 0 and p[2] <= page.u1]
    if not boxes:
        return None
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
