"""Measures of pages: fill, butting heads, seams, holes, grey, what stands outside."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from typeset.check.makeup.column_measures import under_head
from typeset.check.makeup.heads import Head
from typeset.check.makeup.layout_file import LayoutFile
from typeset.check.makeup.pages import PageRead, Reading
from typeset.check.makeup.pieces import SetLine
from typeset.check.makeup.report import Book, Spot
from typeset.check.preflight.document import Box
from typeset.model.findings import Words

MOST_SEAMS, MOST_HOLE, LEAST_GREY, MOST_GREY = 1, 0.025, 0.60, 0.95
SAFE_PT = 8.5
_CELLS_EM = 0.5
_LEAST_HOLE_CELLS = 7
"""Gutters, up to 3 em wide, are no holes."""
_FILLS_ITS_BAND = 1 / 3
_LEVEL = 0.3
_SEAM_EM = 0.95


def measure_pages(reading: Reading, layout: LayoutFile | None, book: Book) -> None:
    pages = [page for page in reading.pages if page.area is not None]
    _outside(reading, book)
    _fill(reading, layout, book)
    if not pages:
        return
    heads = [head for page in pages for head in page.heads]
    if heads:
        book.put("K5.butt", [spot for page in pages for spot in _butting(page, reading)])
    _seams(pages, reading, book)
    _grey(pages, reading, book)


def _outside(reading: Reading, book: Book) -> None:
    spots = []
    for page in reading.pages:
        along, crossed = (page.u1, page.v1), (page.v1, page.u1)
        for line, (far_u, far_v) in [(n, along) for n in page.lines] + [(n, crossed) for n in page.crossways]:
            u0, v0, u1, v1 = line.box()
            if min(u0, v0) < SAFE_PT or u1 > far_u - SAFE_PT or v1 > far_v - SAFE_PT:
                spots.append(
                    Spot(
                        page.number,
                        line.quoted(),
                        Words("within 3 mm of the trim or across it", "距裁切线不足 3 mm 或越过"),
                    )
                )
    book.put("K2.outside", spots)


def _fill(reading: Reading, layout: LayoutFile | None, book: Book) -> None:
    """Frames tile the news area: from the pages' first frame down to the lowest one of all pages."""
    if layout is None or not layout.frames:
        book.absent(
            "K1.fill",
            Words("frames are known from the layout alone: --layout", "版块只有版面文件才知道：--layout"),
        )
        return
    boxes = [box for _, _, box in layout.frames]
    left, right, foot = min(b[0] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
    if reading.is_vertical:
        left = min(b[0] for b in boxes)
    taken = whole = 0.0
    spots = []
    by_page: dict[int, list[Box]] = {}
    for page, _, box in layout.frames:
        by_page.setdefault(page, []).append(box)
    for page, own in by_page.items():
        if reading.is_vertical:
            due = (max(b[2] for b in own) - left) * (foot - min(b[1] for b in boxes))
        else:
            due = (right - left) * (foot - min(b[1] for b in own))
        done = sum(_with_gutter(b, own, layout, reading) for b in own)
        taken, whole = taken + done, whole + due
        if abs(done / due - 1) > 5e-4:
            spots.append(Spot(page, "", Words(f"{done / due:.2%} filled", f"填充 {done / due:.2%}")))
    book.put("K1.fill", spots, f"{taken / whole:.4f}")


def _with_gutter(box: Box, own: list[Box], layout: LayoutFile, reading: Reading) -> float:
    """A frame's area with the gutter after it, unless it is the last in its row."""
    along = 1 if reading.is_vertical else 0
    limit = 5 * reading.body_pt
    gaps = [b[along] - box[along + 2] for _, _, b in layout.frames if 0 < b[along] - box[along + 2] < limit]
    size = [box[2] - box[0], box[3] - box[1]]
    if box[along + 2] < max(b[along + 2] for _, _, b in layout.frames) - 1:
        size[along] += min(gaps, default=0.0)
    return size[0] * size[1]


# -- butting heads


def _butting(page: PageRead, reading: Reading) -> list[Spot]:
    out = []
    for n, a in enumerate(page.heads):
        for b in page.heads[n + 1 :]:
            if not (a.article and a.article == b.article) and _is_level(a, b, page, reading):
                fault = Words(f"level with {b.quoted()}", f"与{b.quoted()}碰题")
                out.append(Spot(page.number, a.quoted(), fault))
    return out


def _is_level(a: Head, b: Head, page: PageRead, reading: Reading) -> bool:
    left, right = (a.box, b.box) if a.box[0] <= b.box[0] else (b.box, a.box)
    level = min(left[3], right[3]) - max(left[1], right[1])
    if (
        level <= _LEVEL * min(left[3] - left[1], right[3] - right[1])
        or right[0] - left[2] < -reading.body_pt / 2
    ):
        return False
    spans = sorted((_band(head, page, reading, is_whole=True) for head in (a, b)), key=lambda band: band[0])
    if spans[1][0] - spans[0][2] > _column_pt(page, reading) or any(
        _holds(box, left) != _holds(box, right) for box in page.boxes
    ):
        return False
    top, foot = max(left[1], right[1]), min(left[3], right[3])
    between = [
        c for c in page.columns if left[2] - reading.body_pt < c.left and c.right < right[0] + reading.body_pt
    ]
    if any(c.top < foot and c.foot > top for c in between):
        return False
    return not any(
        p[0] >= left[2] - 1 and p[2] <= right[0] + 1 and p[1] < foot and p[3] > top for p in page.pictures
    )


def _column_pt(page: PageRead, reading: Reading) -> float:
    """A column's usual width."""
    return float(np.median([c.right - c.left for c in page.columns] or [12 * reading.body_pt]))


def _holds(box: Box, inner: Box) -> bool:
    return (
        box[0] - 1 <= inner[0]
        and inner[2] <= box[2] + 1
        and box[1] - 1 <= inner[1]
        and inner[3] <= box[3] + 1
    )


# -- seams


def _seams(pages: list[PageRead], reading: Reading, book: Book) -> None:
    most, spots = 0, []
    for page in pages:
        found = seams_of(page, reading)
        most = max(most, len(found))
        if len(found) > MOST_SEAMS:
            for v, words in found:
                spots.append(
                    Spot(
                        page.number,
                        words,
                        Words(
                            f"a cut right across, {v / page.v1:.0%} down",
                            f"版面通栏断开，位于 {v / page.v1:.0%} 处",
                        ),
                    )
                )
    book.put("K6.seam", spots, str(most), most <= MOST_SEAMS)


def seams_of(page: PageRead, reading: Reading) -> list[tuple[float, str]]:
    """Where all columns end at once, and what begins there; the air inside heads is none."""
    assert page.area is not None
    pitch, body = reading.pitch_pt, reading.body_pt
    top = min([c.top for c in page.columns] or [page.area[1]])
    bands = sorted(
        [
            (line.box()[1], line.box()[3], line)
            for line in page.lines
            if page.area[1] - 1 < line.v < page.area[3] + 1
        ]
        + [(p[1], p[3], None) for p in page.pictures],
        key=lambda band: band[0],
    )
    out = []
    low, last_is_text = 0.0, False
    for v0, v1, line in bands:
        is_gap = low and v0 - low > max(_SEAM_EM * body, pitch - 0.5 * body) and low > top
        if (
            is_gap
            and last_is_text
            and not _runs_through(page, low, v0)
            and (line is None or line.kind in ("head", "body"))
        ):
            out.append((low, line.quoted() if line is not None else ""))
        if v1 >= low:
            low, last_is_text = v1, line is None or line.kind not in ("head", "byline")
    return out


def _runs_through(page: PageRead, low: float, high: float) -> bool:
    """Does a column go on under the gap, or a box, rule or picture stand in it?"""
    through = any(c.top < low and c.foot > high for c in page.columns)
    rules = (r for r in page.rules if r[3] - r[1] > r[2] - r[0])
    return (
        through
        or any(r[1] < low and r[3] > high for r in rules)
        or any(p[1] < low and p[3] > high for p in page.pictures)
    )


# -- holes and grey


def _grey(pages: list[PageRead], reading: Reading, book: Book) -> None:
    greys, holes = {}, {}
    for page in pages:
        assert page.area is not None
        cells = raster(page, reading.body_pt, is_banded=False)
        greys[page.number] = float(cells.mean()) if cells.size else 0.0
        banded = raster(page, reading.body_pt, is_banded=True, reading=reading)
        count, place = largest_empty(banded, _LEAST_HOLE_CELLS)
        holes[page.number] = (count / max(1, banded.size), place, banded.shape)
    off = [
        Spot(n, "", Words(f"{v:.2f}", f"{v:.2f}"))
        for n, v in greys.items()
        if not LEAST_GREY <= v <= MOST_GREY
    ]
    book.put("K13.grey", off, " ".join(f"{v:.2f}" for v in greys.values()))
    spots = []
    for number, (share, (x, y, width, height), (rows, columns)) in holes.items():
        if share > MOST_HOLE:
            em = _CELLS_EM * width, _CELLS_EM * height
            at = f"{x / columns:.0%} / {y / rows:.0%}"
            spots.append(
                Spot(
                    number,
                    at,
                    Words(
                        f"{em[0]:.0f} × {em[1]:.0f} em empty, {share:.1%}",
                        f"空 {em[0]:.0f} × {em[1]:.0f} 字，{share:.1%}",
                    ),
                )
            )
    book.put("K12.hole", spots, f"{max(v[0] for v in holes.values()):.1%}")


def raster(
    page: PageRead, body_pt: float, is_banded: bool, reading: Reading | None = None
) -> NDArray[np.bool_]:
    """Half-em cells of the type area under type, pictures, rules; a head that fills its band counts as the band."""
    assert page.area is not None
    u0, v0, u1, v1 = page.area
    cell = _CELLS_EM * body_pt
    shape = max(1, math.floor((v1 - v0) / cell + 0.01)), max(1, math.floor((u1 - u0) / cell + 0.01))
    cells = np.zeros((min(shape[0], 4000), min(shape[1], 4000)), bool)

    def paint(box: Box) -> None:
        x0, x1 = math.floor((box[0] - u0) / cell), math.ceil((box[2] - u0) / cell)
        y0, y1 = math.floor((box[1] - v0) / cell), math.ceil((box[3] - v0) / cell)
        cells[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = True

    for line in page.lines:
        paint(line.box())
    for line in page.crossways:
        paint(_crossed(line, page))
    for box in page.pictures:
        paint(box)
    for rule in page.across():
        paint(rule)
    if is_banded and reading is not None:
        for head in page.heads:
            paint(_band(head, page, reading))
        for box in page.boxes:
            paint((box[0], box[1], box[0] + 1, box[3]))
            paint((box[2] - 1, box[1], box[2], box[3]))
    return cells


def _crossed(line: SetLine, page: PageRead) -> Box:
    """The box of a line that runs the other way: from the right edge, or from the left."""
    u0, v0, u1, v1 = line.box()
    return (page.u1 - v1, u0, page.u1 - v0, u1) if line.is_vertical else (v0, page.v1 - u1, v1, page.v1 - u0)


def _band(head: Head, page: PageRead, reading: Reading, is_whole: bool = False) -> Box:
    """From end to end of the columns under a head, where it fills enough of that."""
    box = head.box
    under = under_head(head, page, reading)
    left, right = min([c.left for c in under] + [box[0]]), max([c.right for c in under] + [box[2]])
    is_full = is_whole or box[2] - box[0] > _FILLS_ITS_BAND * (right - left)
    return (left, box[1], right, box[3]) if is_full else box


def largest_empty(cells: NDArray[np.bool_], least: int) -> tuple[int, tuple[int, int, int, int]]:
    """The largest empty rectangle at least so many cells wide and high: its cells, its place (x, y, width, height)."""
    rows, columns = cells.shape
    heights = np.zeros(columns, int)
    best, place = 0, (0, 0, 0, 0)
    for y in range(rows):
        heights = np.where(cells[y], 0, heights + 1)
        stack: list[tuple[int, int]] = []
        for x, height in enumerate([*heights.tolist(), 0]):
            start = x
            while stack and stack[-1][1] >= height:
                left, tall = stack.pop()
                if x - left >= least and tall >= least and tall * (x - left) > best:
                    best, place = tall * (x - left), (left, y - tall + 1, x - left, tall)
                start = left
            stack.append((start, height))
    return best, place
