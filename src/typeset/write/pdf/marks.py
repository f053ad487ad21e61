"""Printer's marks outside the bleed: crop and registration marks, a colour bar, a slug line (ISO 12647-1, 4.3.5).

Crop and registration marks are in the colour of all plates, a colour bar in each ink by itself.
"""

from __future__ import annotations

from typeset.compose.copy import prepare_copy
from typeset.compose.justify import set_natural
from typeset.fonts.faces import FaceSet
from typeset.model.edition import Edition, LineRun, Page
from typeset.model.layout import Cmyk, Layout
from typeset.model.lengths import MM_PT
from typeset.write.pdf.boxes import Boxes
from typeset.write.pdf.content import Content
from typeset.write.pdf.ink import Inks
from typeset.write.pdf.objects import number

_LINE_PT = 0.25
_CROP_PT = 5 * MM_PT
_CLEAR_PT = 1 * MM_PT
_TARGET_PT = 2 * MM_PT
_PATCH_PT = 5 * MM_PT
_FROM_CORNER_PT = 12 * MM_PT
_SLUG_PT = 6.5
_ROUND = 0.5523  # of a quarter circle as a Bézier curve
_PATCHES: tuple[Cmyk, ...] = (
    (100, 0, 0, 0), (0, 100, 0, 0), (0, 0, 100, 0), (0, 0, 0, 100), (0, 100, 100, 0), (100, 0, 100, 0),
    (100, 100, 0, 0), (50, 0, 0, 0), (0, 50, 0, 0), (0, 0, 50, 0), (0, 0, 0, 50), (50, 40, 40, 0),
)  # fmt: skip


def slug_runs(edition: Edition, layout: Layout, faces: FaceSet, inks: Inks, name: str) -> list[LineRun]:
    """A line a page for the slug: file, date, page, the plates that it needs; at the trim's top, above the bleed."""
    out = []
    for page in edition.pages:
        parts = (name, edition.title, edition.date, f"第{page.number}版/共{len(edition.pages)}版",
                 " ".join(inks.plates(page_colours(page))))  # fmt: skip
        text = "  ".join(part for part in parts if part)
        copy = prepare_copy([text], layout.folio.face, faces, True, layout.composition)
        y = -(edition.bleed_pt + _CLEAR_PT + _SLUG_PT / 2)
        out.append(
            LineRun(set_natural(copy, [0], [len(text)]), 0, 1, _FROM_CORNER_PT, y, 0.0, _SLUG_PT, "folio")
        )
    return out


def page_colours(page: Page) -> set[Cmyk]:
    """Every colour that a page's text and rules have."""
    runs = (*page.furniture, *(run for frame in page.frames for run in frame.runs))
    return {run.colour for run in runs} | {rule.colour for rule in page.rules}


def draw_marks(content: Content, boxes: Boxes, wanted: tuple[str, ...], inks: Inks) -> None:
    """Marks as one artifact; the slug line is text, drawn with the page's."""
    out: list[str] = []
    if "crop" in wanted:
        out += _crop(boxes)
    if "registration" in wanted:
        out += _registration(boxes)
    if out:
        out = [f"/SA CS 1 SCN {number(_LINE_PT)} w", *out]
    if "colour-bar" in wanted:
        out += _colour_bar(boxes, inks)
    if out:
        content.raw("\n".join(("/Artifact BMC q /G0 gs", *out, "Q EMC")))


def _crop(boxes: Boxes) -> list[str]:
    left, bottom, right, top = boxes.trim
    near = boxes.bleed_pt + _CLEAR_PT
    far = near + _CROP_PT
    out = []
    for x, sign in ((left, -1), (right, 1)):
        out += [_line(x + sign * near, y, x + sign * far, y) for y in (bottom, top)]
    for y, sign in ((bottom, -1), (top, 1)):
        out += [_line(x, y + sign * near, x, y + sign * far) for x in (left, right)]
    return out


def _registration(boxes: Boxes) -> list[str]:
    left, bottom, right, top = boxes.trim
    off = boxes.bleed_pt + _CLEAR_PT + _TARGET_PT * 1.5
    middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
    places = (
        (left - off, middle_y),
        (right + off, middle_y),
        (middle_x, bottom - off),
        (middle_x, top + off),
    )
    out = []
    for x, y in places:
        reach = _TARGET_PT * 1.5
        out += [
            _line(x - reach, y, x + reach, y),
            _line(x, y - reach, x, y + reach),
            _circle(x, y, _TARGET_PT),
        ]
    return out


def _colour_bar(boxes: Boxes, inks: Inks) -> list[str]:
    """Patches along the foot, from the left corner."""
    left, bottom, right, _ = boxes.trim
    y = bottom - boxes.bleed_pt - _CLEAR_PT - _PATCH_PT
    colours = [*_PATCHES, *inks.spots]
    room = (right - left) / 2 - _FROM_CORNER_PT - 3 * _TARGET_PT
    width = min(_PATCH_PT, room / len(colours))
    out = []
    for n, colour in enumerate(colours):
        x = left + _FROM_CORNER_PT + n * width
        ink = inks.operators(colour).partition(" gs ")[2]
        out.append(f"{ink} {number(x)} {number(y)} {number(width)} {number(_PATCH_PT)} re f")
    return out


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{number(x0)} {number(y0)} m {number(x1)} {number(y1)} l S"


def _circle(x: float, y: float, radius: float) -> str:
    k = radius * _ROUND

    def at(dx: float, dy: float) -> str:
        return f"{number(x + dx)} {number(y + dy)}"

    r = radius
    return (
        f"{at(r, 0)} m {at(r, k)} {at(k, r)} {at(0, r)} c {at(-k, r)} {at(-r, k)} {at(-r, 0)} c "
        f"{at(-r, -k)} {at(-k, -r)} {at(0, -r)} c {at(k, -r)} {at(r, -k)} {at(r, 0)} c S"
    )
