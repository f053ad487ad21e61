"""Measures of columns: the grid, feet, tops, what stands under heads, what stands alone."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from typeset.check.makeup.columns import Column
from typeset.check.makeup.heads import Head
from typeset.check.makeup.pages import PageRead, Reading
from typeset.check.makeup.report import Book, Spot
from typeset.check.preflight.document import Box
from typeset.model.findings import Words

GRID_PT = 0.05
LEAST_EM, MOST_EM, MOST_ROWS = 8.9, 24.6, 58
UNDER_SUBHEAD, UNDER_HEAD = 2, 5
_WIDOW = 0.6


def measure_columns(reading: Reading, book: Book) -> None:
    columns = reading.columns()
    if not columns:
        return
    _grid(reading, book)
    _feet(reading, book)
    _tops(reading, book)
    _under(reading, book)
    _alone(reading, book)
    widths = [
        c for c in columns if _is_full(c) and not LEAST_EM <= (c.right - c.left) / reading.body_pt <= MOST_EM
    ]
    book.put("K18.measure", [
        _spot(c, f"{(c.right - c.left) / reading.body_pt:.1f} em", f"{(c.right - c.left) / reading.body_pt:.1f} 字") for c in widths
    ])  # fmt: skip
    long = [c for c in columns if len(c.lines) > MOST_ROWS]
    book.put("K18.rows", [_spot(c, f"{len(c.lines)} rows", f"{len(c.lines)} 行") for c in long])


def _is_full(column: Column) -> bool:
    """Justified to a measure: three lines or more reach the right edge, which verse does not."""
    return sum(abs(line.right - column.right) < 0.1 * line.size_pt for line in column.body) > 3


def _spot(column: Column, en: str, zh: str) -> Spot:
    return Spot(column.page, column.lines[-1].quoted(), Words(en, zh))


# -- the grid


def _grid(reading: Reading, book: Book) -> None:
    worst, spots = 0.0, []
    for page in reading.pages:
        lines = [line for column in page.columns for line in column.body]
        if len(lines) < 4:
            continue
        off = residuals(np.array([line.v for line in lines]), reading.pitch_pt)
        worst = max(worst, float(off.max()))
        for n in np.flatnonzero(off > GRID_PT).tolist():
            spots.append(
                Spot(
                    page.number,
                    lines[n].quoted(),
                    Words(f"{off[n]:.2f} pt off the grid", f"偏离网格 {off[n]:.2f} pt"),
                )
            )
    book.put("K4.grid", spots, f"{worst:.3f} pt")


def residuals(vs: NDArray[np.float64], pitch: float) -> NDArray[np.float64]:
    """Distance of each baseline from the grid that most of them keep: least squares over those near it, twice."""
    start = _phase(vs, pitch)
    for _ in range(3):
        rows = np.rint((vs - start) / pitch)
        near = np.abs(vs - start - rows * pitch) < 0.12
        if near.sum() < 4 or np.ptp(rows[near]) < 1:
            break
        pitch, start = np.polyfit(rows[near], vs[near], 1)
        start += float(np.median(vs[near] - start - rows[near] * pitch))
    found: NDArray[np.float64] = np.abs(vs - start - np.rint((vs - start) / pitch) * pitch)
    return found


def _phase(vs: NDArray[np.float64], pitch: float) -> float:
    """Where the most baselines agree, to a tenth of a point."""
    phases = np.sort(vs % pitch)
    counts = np.searchsorted(phases, phases + 0.1, side="right") - np.arange(len(phases))
    at = int(counts.argmax())
    return float(np.median(phases[at : at + int(counts[at])]))


# -- feet and tops


def _feet(reading: Reading, book: Book) -> None:
    """Columns over one thing (a rule, a head, the page's foot) end on one row; over a rule, one row above it."""
    pitch = reading.pitch_pt
    last = [p for p in reading.pages if p.columns]
    feet = [max(c.foot for c in p.columns) for p in last]
    page_foot = max(feet, default=0.0)
    groups: dict[tuple[int, str], list[tuple[Column, float]]] = defaultdict(list)
    for page in last:
        for column in page.columns:
            name, room = _beneath(column, page, page_foot, pitch)
            if name != "column":
                groups[page.number, name].append((column, room))
    ruled = [min(room for _, room in group) for (_, name), group in groups.items() if name.startswith("rule")]
    usual = float(np.median(ruled)) if ruled else 0.0
    missing, spots = 0, []
    for (_, name), group in groups.items():
        floor = max(c.foot for c, _ in group)
        gap = min(room for _, room in group)
        if name == "foot":
            floor = page_foot
        elif name.startswith("rule") and gap > usual + 0.6 * pitch:
            floor += gap - usual
        for column, _ in group:
            rows = round((floor - column.foot) / pitch)
            if rows >= 1 and (column.body or name == "foot"):
                missing += rows
                spots.append(_spot(column, f"{rows} row(s) short", f"差 {rows} 行"))
    book.put("K3.foot", spots, f"{missing} rows")


def _beneath(column: Column, page: PageRead, page_foot: float, pitch: float) -> tuple[str, float]:
    """The thing next under a column, named, and how far under the last baseline it begins."""
    things: list[tuple[float, str]] = []
    rules = [r for r in page.across() if r[2] - r[0] > 0.5 * (column.right - column.left)]
    for kind, boxes in (
        ("rule", [r for r in rules if not _is_frame(r, page)]), ("box", [r for r in rules if _is_frame(r, page)]),
        ("head", [h.box for h in page.heads]), ("picture", page.pictures),
        ("column", [(c.left, c.top - 0.88 * pitch, c.right, c.foot) for c in page.columns if c is not column]),
        ("other", [line.box() for line in page.furniture if line.v < page_foot + 0.5 * pitch]),
    ):  # fmt: skip
        for n, box in enumerate(boxes):
            if min(box[2], column.right) - max(box[0], column.left) > 0.5 * pitch and box[1] > column.foot:
                things.append((box[1], f"{kind} {n}" if kind != "column" else kind))
    things = [thing for thing in things if thing[0] < page_foot + 0.2 * pitch]
    if not things:
        return "foot", page_foot - column.foot
    top, name = min(things)
    return name, top - column.foot


def _is_frame(rule: Box, page: PageRead) -> bool:
    """Is a rule across the lower or upper side of a box?"""
    return any(
        abs(rule[0] - b[0]) < 3 and abs(rule[2] - b[2]) < 3 and b[1] - 3 < rule[1] < b[3] + 3
        for b in page.boxes
    )


def _tops(reading: Reading, book: Book) -> None:
    """Columns side by side under one head begin on one row: no dog-legs."""
    spots = []
    for page in reading.pages:
        for head in page.heads:
            under = [
                c
                for c in under_head(head, page, reading)
                if not _has_box_over(c, head, page, reading.pitch_pt)
            ]
            if len(under) < 2:
                continue
            top = min(_top(c) for c in under)
            for column in under:
                rows = round((_top(column) - top) / reading.pitch_pt)
                if rows > (column.lines[0].kind == "subhead"):
                    fault = Words(f"begins {rows} row(s) lower than its neighbour", f"栏首低 {rows} 行")
                    spots.append(Spot(page.number, column.lines[0].quoted(), fault))
    book.put("K11.tops", spots)


def _has_box_over(column: Column, head: Head, page: PageRead, pitch_pt: float) -> bool:
    """Whether it stands in a border that leaves its head out, as a note does, or begins right under one."""
    return any(
        min(box[2], column.right) - max(box[0], column.left) > pitch_pt
        and box[1] >= head.box[3] - 1
        and box[1] < column.top < box[3] + 3 * pitch_pt
        for box in page.boxes
    )


def _top(column: Column) -> float:
    return min([column.lines[0].v, *(line.v for line in column.small)])


def under_head(head: Head, page: PageRead, reading: Reading) -> list[Column]:
    """The columns that begin right under a head and reach from one end of it to the other, gutter by gutter."""
    box, pitch = head.box, reading.pitch_pt
    if head.article:
        mine = [c for c in page.columns if c.article == head.article and c.top > box[1]]
        level = min((c.top for c in mine), default=0.0)
        return [c for c in mine if c.top - level < 3 * pitch]
    near = [
        c for c in page.columns
        if box[3] - 0.3 * pitch < c.top < box[3] + 6 * pitch and min(c.right, box[2]) - max(c.left, box[0]) > pitch
        and not any(
            other is not head and other.box[1] >= box[3] - pitch / 2 and other.box[3] < c.top
            and min(other.box[2], c.right) > max(other.box[0], c.left) for other in page.heads
        )
    ]  # fmt: skip
    return sorted(_widened(near, page, reading), key=lambda c: c.left)


def _widened(near: list[Column], page: PageRead, reading: Reading) -> list[Column]:
    """With the columns level beside them, gutter by gutter, over which no other head stands."""
    out = list(near)
    heads = [head.box for head in page.heads]
    for column in sorted(page.columns, key=lambda c: c.left) + sorted(page.columns, key=lambda c: -c.left):
        if not out or column in out or abs(column.top - out[0].top) > 3.5 * reading.pitch_pt:
            continue
        gap = min(max(column.left - c.right, c.left - column.right) for c in out)
        own = [
            h
            for h in heads
            if h[2] > column.left and h[0] < column.right and -1 < column.top - h[3] < 6 * reading.pitch_pt
        ]
        if 0 < gap < 3 * reading.body_pt and not own:
            out.append(column)
    return out


# -- what stands under a head, or alone


def _under(reading: Reading, book: Book) -> None:
    subheads, bad = 0, []
    for column in reading.columns():
        lines = column.lines
        for n, line in enumerate(lines):
            if line.kind != "subhead" or (n + 1 < len(lines) and lines[n + 1].kind == "subhead"):
                continue
            subheads += 1
            rows = 0
            while n + 1 + rows < len(lines) and lines[n + 1 + rows].kind == "body":
                rows += 1
            rows += sum(small.v > line.v for small in column.small)
            goes_on = n + 1 + rows >= len(lines) or rows == 0
            if rows < UNDER_SUBHEAD and goes_on:
                bad.append(
                    Spot(line.page, line.quoted(), Words(f"{rows} row(s) under it", f"其下只有 {rows} 行"))
                )
    if subheads:
        book.put("K7.subhead", bad)
    heads = [(head, page) for page in reading.pages for head in page.heads]
    if heads:
        book.put("K7.head", [spot for head, page in heads for spot in _hanging(head, page, reading)])


def _hanging(head: Head, page: PageRead, reading: Reading) -> list[Spot]:
    """A head whose text goes on elsewhere before five rows, or that has none."""
    under = under_head(head, page, reading)
    if not under:
        if any(
            c
            for c in page.columns
            if c.top < head.box[3] and c.foot > head.box[1] and _is_beside(c, head, reading)
        ):
            return []
        if any(
            0 < line.v - head.box[3] < 6 * reading.pitch_pt
            and line.u1 > head.box[0]
            and line.u0 < head.box[2]
            for line in page.furniture
        ):
            return []
        if any(h is not head and 0 <= h.box[1] - head.box[3] < 3 * reading.pitch_pt for h in page.heads):
            return []
        return [Spot(head.page, head.quoted(), Words("no text under it", "其下没有正文"))]
    rows = max(len(c.lines) + len(c.small) for c in under)
    last = under[-1]
    if rows < UNDER_HEAD and not last.lines[-1].ends:
        return [Spot(head.page, head.quoted(), Words(f"{rows} row(s) under it", f"其下只有 {rows} 行"))]
    return []


def _is_beside(column: Column, head: Head, reading: Reading) -> bool:
    """The text of a head at the side begins across a gutter from it."""
    gap = column.left - head.box[2]
    return -reading.body_pt < gap < 14 * reading.body_pt


def _alone(reading: Reading, book: Book) -> None:
    widows, orphans = [], []
    by_page: dict[int, int] = defaultdict(int)
    for column in reading.columns():
        first, last = column.lines[0], column.lines[-1]
        if not column.body or not _is_set(column):
            continue
        share = (min(first.rights()) - column.left) / (column.right - column.left)
        if (
            first.kind == "body"
            and first.ends
            and not first.starts
            and share < _WIDOW - 0.02
            and not _heads_small(column)
        ):
            widows.append(
                Spot(first.page, first.quoted(), Words(f"{share:.0%} of the measure", f"占行长 {share:.0%}"))
            )
        if last.kind == "body" and last.starts and not last.ends and column.foot == last.v:
            by_page[last.page] += 1
            orphans.append(
                Spot(last.page, last.quoted(), Words("the paragraph goes on elsewhere", "段落转到他栏"))
            )
    book.put("K8.widow", widows)
    most = max(by_page.values(), default=0)
    book.put("K8.orphan", [spot for spot in orphans if by_page[spot.page] > 1], str(most), most <= 1)


def _is_set(column: Column) -> bool:
    return all(line.role in ("", "para", "subhead") for line in (column.lines[0], column.lines[-1]))


def _heads_small(column: Column) -> bool:
    return any(small.v < column.lines[0].v for small in column.small)
