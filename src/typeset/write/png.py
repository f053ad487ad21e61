"""Pages as pictures, rendered from the finished PDF: one a page, or all on a contact sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import Any

_GAP_PX, _GROUND, _PAPER = 16, (96, 96, 96), (255, 255, 255)
_LABEL_PX, _LEAST_SHEET_PX = 20, 620


def write_png(pdf: bytes, dpi: int) -> list[bytes]:
    """One PNG a page, cut to the trim."""
    return [_png(picture) for picture in _pictures(pdf, dpi)]


def write_contact_sheet(pdf: bytes, width_px: int = 1600, columns: int = 4) -> bytes:
    """All pages small, side by side on one PNG, in order."""
    from PIL import Image

    count, widest = _extent(pdf)
    columns = max(1, min(columns, count))
    room = (width_px - _GAP_PX * (columns + 1)) / columns
    small = list(_pictures(pdf, room / widest * 72))
    tall = max((picture.height for picture in small), default=1)
    rows = ceil(len(small) / columns)
    sheet = Image.new("RGB", (width_px, rows * (tall + _GAP_PX) + _GAP_PX), _GROUND)
    for n, picture in enumerate(small):
        row, column = divmod(n, columns)
        sheet.paste(picture, (round(_GAP_PX + column * (room + _GAP_PX)), _GAP_PX + row * (tall + _GAP_PX)))
    return _png(sheet)


def write_choices(choices: Sequence[tuple[str, bytes]], font: Path, page_px: int = 260) -> bytes:
    """Editions (a label, a PDF) one under another on one PNG: a line of words, then all its pages small."""
    from PIL import Image, ImageDraw, ImageFont

    letters = ImageFont.truetype(str(font), _LABEL_PX)
    strips = []
    for label, pdf in choices:
        _, widest = _extent(pdf)
        strips.append((label, list(_pictures(pdf, page_px / widest * 72))))
    width = _GAP_PX + max(len(pages) for _, pages in strips) * (page_px + _GAP_PX)
    highs = [max(page.height for page in pages) + _LABEL_PX + 2 * _GAP_PX for _, pages in strips]
    sheet = Image.new("RGB", (max(width, _LEAST_SHEET_PX), sum(highs) + _GAP_PX), _GROUND)
    draw = ImageDraw.Draw(sheet)
    top = _GAP_PX
    for (label, pages), high in zip(strips, highs, strict=True):
        draw.text((_GAP_PX, top), label, _PAPER, letters)
        for n, page in enumerate(pages):
            sheet.paste(page, (_GAP_PX + n * (page_px + _GAP_PX), top + _LABEL_PX + _GAP_PX // 2))
        top += high
    return _png(sheet)


def _extent(pdf: bytes) -> tuple[int, float]:
    """How many pages, and the widest trim in points."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    widths = [trim[2] - trim[0] for trim in (page.get_trimbox() for page in document)]
    return len(widths), max(widths, default=1.0)


def _pictures(pdf: bytes, dpi: float) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        page = document[number]
        trim = page.get_trimbox()
        page.set_mediabox(*trim)  # so that pixels begin at the trim, whatever bleed and marks lie round it
        page.set_cropbox(*trim)
        page.close()
        yield document[number].render(scale=dpi / 72).to_pil()


def _png(picture: Any) -> bytes:
    data = io.BytesIO()
    picture.save(data, "PNG", optimize=False)
    return data.getvalue()
