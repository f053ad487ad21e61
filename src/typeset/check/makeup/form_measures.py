"""Measures of order and form: lead, headline sizes, reading order, jumps, masthead, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations, pairwise

from typeset.check.makeup.layout_file import LayoutFile
from typeset.check.makeup.pages import PageRead, Reading
from typeset.check.makeup.pieces import SetLine
from typeset.check.makeup.report import Book, Spot
from typeset.model.findings import Words

_FIGURES = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_TO = re.compile(r"下转第?([0-9零〇一二三四五六七八九十]{1,4})版")
_FROM = re.compile(r"上接第?([0-9零〇一二三四五六七八九十]{1,4})版")
_PAGE = re.compile(r"^(?:第)?([0-9零〇○一二三四五六七八九十]{1,4})版?$")
_IN_LINE = re.compile(r"(?:^|[^共转接0-9])第?([0-9零〇○一二三四五六七八九十]{1,4})版(?:$|[^0-9])")
_SIZE_PT = 0.3


def measure_form(reading: Reading, layout: LayoutFile | None, book: Book) -> None:
    _lead(reading, book)
    _order(reading, layout, book)
    _jumps(reading, book)
    _masthead(reading, book)
    _folio(reading, book)


def number_of(text: str) -> int:
    """12, 十二, 一二 → 12."""
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, units = text.partition("十")
        return (_FIGURES.get(tens, 1) if tens else 1) * 10 + (_FIGURES.get(units, 0) if units else 0)
    return int("".join(str(_FIGURES.get(c, 0)) for c in text))


def _lead(reading: Reading, book: Book) -> None:
    spots, seen = [], False
    for page in reading.pages:
        if len(page.heads) < 2:
            continue
        seen = True
        top = min(head.box[1] for head in page.heads)
        level = [head for head in page.heads if head.box[1] < top + 8 * reading.pitch_pt]
        lead = max(level, key=lambda head: head.size_pt)
        spots += [
            Spot(
                page.number,
                head.quoted(),
                Words(
                    f"{head.size_pt:.1f} pt, the lead {lead.size_pt:.1f}",
                    f"{head.size_pt:.1f} pt，头条 {lead.size_pt:.1f}",
                ),
            )
            for head in page.heads
            if head.size_pt > lead.size_pt + _SIZE_PT
        ]
    if seen:
        book.put("K10.lead", spots)


def _order(reading: Reading, layout: LayoutFile | None, book: Book) -> None:
    if layout is None:
        for name in ("K10.order", "K11.order"):
            book.absent(
                name,
                Words(
                    "articles are known from the layout alone: --layout",
                    "稿件次序只有版面文件才知道：--layout",
                ),
            )
        return
    rank = {article: n for n, article in enumerate(layout.articles)}
    spots = []
    for page in reading.pages:
        heads = sorted((h for h in page.heads if h.article in rank), key=lambda h: rank[h.article])
        for a, b in combinations(heads, 2):
            if rank[a.article] < rank[b.article] and b.size_pt > a.size_pt + _SIZE_PT:
                fault = Words(
                    f"{b.size_pt:.1f} pt, {a.quoted()} before it {a.size_pt:.1f}",
                    f"{b.size_pt:.1f} pt，其前{a.quoted()} {a.size_pt:.1f}",
                )
                spots.append(Spot(page.number, b.quoted(), fault))
    book.put("K10.order", spots)
    _reading_order(reading, book)


def _reading_order(reading: Reading, book: Book) -> None:
    """By article, in the layout's order of blocks: down a column, then on to one further along."""
    lines: dict[str, list[tuple[int, SetLine, float]]] = defaultdict(list)
    for page in reading.pages:
        for column in page.columns:
            for line in column.body:
                if line.article and line.paragraph is not None:
                    lines[line.article].append((line.paragraph[1], line, column.left))
    spots = []
    for found in lines.values():
        found.sort(key=lambda item: (item[0], item[1].order))
        for (_, a, left_a), (_, b, left_b) in pairwise(found):
            same = a.page == b.page
            is_back = b.page < a.page or (same and abs(left_a - left_b) < 1 and b.v < a.v)
            if is_back:
                spots.append(
                    Spot(b.page, b.quoted(), Words(f"stands before {a.quoted()}", f"排在{a.quoted()}之前"))
                )
    book.put("K11.order", spots)


def _jumps(reading: Reading, book: Book) -> None:
    to: Counter[tuple[int, int]] = Counter()
    come: Counter[tuple[int, int]] = Counter()
    where: dict[tuple[int, int], SetLine] = {}
    for page in reading.pages:
        for line in page.lines + page.crossways:
            for match in _TO.finditer(line.text):
                to[page.number, number_of(match[1])] += 1
                where[page.number, number_of(match[1])] = line
            for match in _FROM.finditer(line.text):
                come[number_of(match[1]), page.number] += 1
                where[number_of(match[1]), page.number] = line
    if not to and not come:
        return
    spots = [
        Spot(a, where[a, b].quoted(), Words(f"nothing comes from it on page {b}", f"第 {b} 版无相应“上接”"))
        for a, b in to - come
    ]
    spots += [
        Spot(b, where[a, b].quoted(), Words(f"nothing goes to it on page {a}", f"第 {a} 版无相应“下转”"))
        for a, b in come - to
    ]
    book.put("K14.jumps", spots)


def _masthead(reading: Reading, book: Book) -> None:
    first = reading.pages[0]
    if not first.lines:
        return
    if not first.masthead:
        book.put(
            "K19.masthead",
            [Spot(1, "", Words("no title at the top of the page", "版面顶部没有报头"))],
            "1 fault",
        )
        return
    largest = max(line.size_pt for line in first.masthead)
    others = [line for head in first.heads for line in head.lines if line.size_pt > largest - _SIZE_PT]
    spots = [
        Spot(
            1,
            line.quoted(),
            Words(
                f"{line.size_pt:.1f} pt, the title {largest:.1f}",
                f"{line.size_pt:.1f} pt，报头 {largest:.1f}",
            ),
        )
        for line in others
    ]
    book.put("K19.masthead", spots, f"{len(spots)} faults")


def _folio(reading: Reading, book: Book) -> None:
    """Every page shows a number outside its text; from page to page it grows by one."""
    found = {page.number: _numbers(page) for page in reading.pages}
    first = next((page - n for page, numbers in found.items() for n in numbers), 0)
    spots = []
    for page, numbers in found.items():
        due = page - first
        if due not in numbers:
            is_other = (
                Words(f"shows {numbers[0]}, due: {due}", f"版号为 {numbers[0]}，应为 {due}")
                if numbers
                else None
            )
            spots.append(Spot(page, "", is_other or Words("no page number", "没有版号")))
    book.put("K19.folio", spots, f"{len(spots)} faults")


def _numbers(page: PageRead) -> list[int]:
    out = []
    for line in page.furniture + page.masthead + page.crossways:
        text = line.text
        match = _PAGE.match(text) or _PAGE.match(text.strip("—-·. ")) or _IN_LINE.search(text)
        at_edge = page.area is None or line.v < page.area[1] or line.v > page.area[3] - 2
        if match and (at_edge or line.is_vertical) and "共" not in text and line.role in ("", "folio"):
            out.append(number_of(match[1]))
    return out
