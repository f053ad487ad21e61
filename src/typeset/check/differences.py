"""What changed between two editions of a PDF, page by page: a picture, where, and which lines of text.

Ink that only the first has is red, ink that only the second has is blue, what both have is grey.
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from typeset.model.findings import Place, TypesetError, Words

Grey = NDArray[np.uint8]
_CELL_MM = 4.0
"""Changes nearer than this are one."""
_NUDGE_PX = 0.37
_LEAST = 48
"""Of 255: less is how a renderer smooths edges."""
_FADED = 0.45
_MOST_LINES = 40
_AROUND_MM, _FRAME = 1.5, (240, 150, 0)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class PageDifference:
    """`share` of the pixels that changed; `boxes_mm` from the trim's top left; `lines`: of text, as in a diff."""

    page: int
    share: float
    boxes_mm: tuple[Box, ...]
    lines: tuple[str, ...]
    picture: bytes

    @property
    def is_same(self) -> bool:
        return not self.boxes_mm


def differences(first: Path, second: Path, dpi: int = 110) -> Iterator[PageDifference]:
    """Every page, the ones alike too, one at a time. Raises TypesetError for what is no PDF."""
    one, two = _open(first), _open(second)
    for number in range(max(len(one), len(two))):
        a, b = _greys(one, two, number, dpi)
        changed = np.abs(a.astype(np.int16) - b) > _LEAST
        if changed.any():  # a glyph half-way between two pixels may fall to either; elsewhere it is none
            c, d = _greys(one, two, number, dpi, _NUDGE_PX * 72 / dpi)
            changed &= np.abs(c.astype(np.int16) - d) > _LEAST
        lines = _lines(_text(one, number), _text(two, number))
        boxes = _boxes(changed, dpi) if changed.any() else ()
        yield PageDifference(number + 1, float(changed.mean()), boxes, lines, _picture(a, b, boxes, dpi))


def _open(path: Path) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(path.read_bytes())
    except (OSError, pypdfium2.PdfiumError):
        raise TypesetError(
            Words("no PDF that can be opened", "不是可打开的 PDF"),
            Words("give two finished PDFs", "请给出两个成品 PDF"),
            Place(str(path)),
        ) from None


def _greys(one: Any, two: Any, number: int, dpi: int, nudge_pt: float = 0.0) -> tuple[Grey, Grey]:
    """The page of both, of one size."""
    a, b = (_grey(document, number, dpi, nudge_pt) for document in (one, two))
    height, width = max(a.shape[0], b.shape[0]), max(a.shape[1], b.shape[1])
    return _padded(a, height, width), _padded(b, height, width)


def _grey(document: Any, number: int, dpi: int, nudge_pt: float) -> Grey:
    """A page cut to its trim, moved by so much both ways; nothing where there is no such page."""
    if number >= len(document):
        return np.full((1, 1), 255, np.uint8)
    page = document[number]
    left, foot, right, head = page.get_trimbox()
    trim = (left - nudge_pt, foot - nudge_pt, right - nudge_pt, head - nudge_pt)
    page.set_mediabox(*trim)  # so that pixels begin at the trim, whatever bleed and marks lie round it
    page.set_cropbox(*trim)
    page.close()
    return np.array(document[number].render(scale=dpi / 72, grayscale=True).to_pil().convert("L"))


def _padded(image: Grey, height: int, width: int) -> Grey:
    out = np.full((height, width), 255, np.uint8)
    out[: image.shape[0], : image.shape[1]] = image
    return out


def _text(document: Any, number: int) -> list[str]:
    if number >= len(document):
        return []
    page = document[number]
    text: str = page.get_textpage().get_text_bounded(*page.get_trimbox())
    return [line for line in text.replace("\r", "\n").split("\n") if line.strip()]


def _lines(one: list[str], two: list[str]) -> tuple[str, ...]:
    found = [line for line in difflib.unified_diff(one, two, n=0, lineterm="") if line[:1] in "+-"]
    return tuple(line for line in found if line[:3] not in ("+++", "---"))[:_MOST_LINES]


def _boxes(changed: NDArray[np.bool_], dpi: int) -> tuple[Box, ...]:
    """Rectangles round changes that touch on a coarse grid, in millimetres, from the top down."""
    step = max(1, round(_CELL_MM / 25.4 * dpi))
    rows, columns = -(-changed.shape[0] // step), -(-changed.shape[1] // step)
    grid = np.zeros((rows, columns), bool)
    ys, xs = np.nonzero(changed)
    grid[ys // step, xs // step] = True
    out = []
    while grid.any():
        start = tuple(np.argwhere(grid)[0].tolist())
        inside = _joined(grid, (start[0], start[1]))
        cells = np.array(sorted(inside))
        grid[cells[:, 0], cells[:, 1]] = False
        top, left = cells.min(0) * step
        foot, right = (cells.max(0) + 1) * step
        part = np.argwhere(changed[top:foot, left:right])
        (y0, x0), (y1, x1) = part.min(0), part.max(0) + 1
        mm = 25.4 / dpi
        x, y, wide, high = (round(float(v) * mm, 1) for v in (left + x0, top + y0, x1 - x0, y1 - y0))
        out.append((x, y, wide, high))
    return tuple(out)


def _joined(grid: NDArray[np.bool_], start: tuple[int, int]) -> set[tuple[int, int]]:
    """The cells that hang together with one, corners included."""
    seen, waiting = {start}, [start]
    while waiting:
        row, column = waiting.pop()
        for near in ((row + dy, column + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)):
            inside = 0 <= near[0] < grid.shape[0] and 0 <= near[1] < grid.shape[1]
            if inside and near not in seen and grid[near]:
                seen.add(near)
                waiting.append(near)
    return seen


def _picture(one: Grey, two: Grey, boxes: tuple[Box, ...], dpi: int) -> bytes:
    """Both editions over one another, each change framed, so that a single character is found on a whole page."""
    from PIL import Image, ImageDraw

    both = np.maximum(one, two)  # the ink of both is where both are dark
    faded = 255 - ((255 - both) * _FADED)
    only_one = np.clip(two.astype(np.int16) - one, 0, 255)
    only_two = np.clip(one.astype(np.int16) - two, 0, 255)
    red = faded - only_two
    green = faded - only_one - only_two
    blue = faded - only_one
    colours = np.clip(np.stack([red, green, blue], -1), 0, 255).astype(np.uint8)
    picture = Image.fromarray(colours)
    pen, px = ImageDraw.Draw(picture), dpi / 25.4
    for x, y, wide, high in boxes:
        frame = (x - _AROUND_MM, y - _AROUND_MM, x + wide + _AROUND_MM, y + high + _AROUND_MM)
        pen.rectangle([round(edge * px) for edge in frame], outline=_FRAME, width=max(1, dpi // 72))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
