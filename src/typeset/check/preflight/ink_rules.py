"""What strict shops ask of ink beside ISO: totals, black text, overprint, resolution, thin lines (Ghent PDF Workgroup)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from pikepdf import Dictionary, Stream

from typeset.check.preflight.document import Box, Document, items_of, name_of, number_of, numbers_of, text_of
from typeset.check.preflight.page_rules import trims_of
from typeset.check.preflight.report import Ledger
from typeset.check.preflight.spaces import inks_of, palette
from typeset.check.preflight.state import Placed, Shown
from typeset.check.preflight.walk import Walk
from typeset.model.conditions import ink_limit

_HAIRLINE_PT, _REVERSED_PT, _SMALL_PT = 0.25, 8.0, 12.0
_PPI, _BITMAP_PPI = 200.0, 800.0
_FULL, _NONE = 0.999, 0.001
_RICH = 0.5
_SLACK = 0.5
_SHARE = 99.9
"""Percentile of a picture's pixels that must keep the ink limit: single stray pixels lay no ink to speak of."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`ink` in per cent; None: the output condition's own."""

    ink: float | None = None


def check_ink(document: Document, walk: Walk, ledger: Ledger, limits: Limits) -> None:
    trims = trims_of(document)
    limit = limits.ink if limits.ink is not None else _limit_of(document)
    for painted in walk.painted:
        inside = _meets(painted.box, trims.get(painted.page))
        place, inks = f"page {painted.page}", painted.paint.inks
        _all_plates(painted.paint.space.names, inside, place, ledger)
        if not inside:
            continue
        _total(inks, limit, place, ledger)
        _white(inks, painted.overprint, painted.overprint_mode, painted.paint.space.family, place, ledger)
        if painted.kind != "shading":
            _thin(painted.width_pt, painted.box, painted.kind, place, ledger)
    body = _body_size(walk)
    for shown in walk.shown:
        inside = _meets(shown.box, trims.get(shown.page))
        _all_plates(shown.paint.space.names, inside, f"page {shown.page}", ledger)
        if inside and not shown.is_invisible:
            _text(shown, body, limit, ledger)
    for placed in walk.placed:
        if _meets(placed.box, trims.get(placed.page)):
            _picture(placed, limit, ledger)


def _limit_of(document: Document) -> float:
    for intent in items_of(document.root.get("/OutputIntents")):
        if isinstance(intent, Dictionary) and name_of(intent.get("/S")) == "GTS_PDFX":
            return ink_limit(text_of(intent.get("/OutputConditionIdentifier")) or "")
    return ink_limit("")


def _meets(box: Box, trim: Box | None) -> bool:
    return trim is None or not (
        box[2] <= trim[0] or box[0] >= trim[2] or box[3] <= trim[1] or box[1] >= trim[3]
    )


def _all_plates(names: tuple[str, ...], inside: bool, place: str, ledger: Ledger) -> None:
    if names == ("All",):
        ledger.see("ink.registration", not inside, place, "the colour of all plates", "outside the trim")


def _total(inks: Mapping[str, float] | None, limit: float, place: str, ledger: Ledger) -> None:
    if inks is not None:
        total = 100 * sum(inks.values())
        ledger.see("ink.total", total <= limit + _SLACK, place, f"{total:.0f} %", f"{limit:g} % at most")


def _white(
    inks: Mapping[str, float] | None, over: bool, mode: int, family: str, place: str, ledger: Ledger
) -> None:
    if inks is not None and all(value <= _NONE for value in inks.values()):
        vanishes = over and (mode == 1 if family == "DeviceCMYK" else family in ("Separation", "DeviceN"))
        ledger.see("ink.white", not vanishes, place, "white overprints", "white knocks out")


def _thin(width: float, box: Box, kind: str, place: str, ledger: Ledger) -> None:
    is_line = kind == "stroke" or max(box[2] - box[0], box[3] - box[1]) > 0
    if is_line:
        ledger.see(
            "line.hairline",
            width >= _HAIRLINE_PT - 0.005,
            place,
            f"a line of {width:.3f} pt",
            f"{_HAIRLINE_PT} pt",
        )


def _body_size(walk: Walk) -> float:
    sizes: Counter[float] = Counter()
    for shown in walk.shown:
        sizes[round(shown.size_pt * 4) / 4] += shown.count
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _text(shown: Shown, body: float, limit: float, ledger: Ledger) -> None:
    place, inks = f"page {shown.page} “{shown.text[:8]}”", shown.paint.inks
    family = shown.paint.space.family
    _total(inks, limit, place, ledger)
    _white(inks, shown.overprint, shown.overprint_mode, family, place, ledger)
    if inks is None:
        if not shown.paint.pattern and shown.size_pt <= max(_SMALL_PT, body + 0.3):
            ledger.see("ink.text", False, place, f"text in {family}", "black ink")
        return
    used = [name for name, value in inks.items() if value > _NONE]
    if not used:
        ledger.see(
            "text.reversed",
            shown.size_pt >= _REVERSED_PT - 0.01,
            place,
            f"{shown.size_pt:.1f} pt",
            f"{_REVERSED_PT:g} pt",
        )
        return
    if shown.size_pt > max(_SMALL_PT, body + 0.3):
        return
    black = inks.get("Black", 0.0)
    right = len(used) <= 2 and not (black > _RICH and len(used) > 1)
    ledger.see(
        "ink.text",
        right,
        place,
        ", ".join(f"{name} {100 * inks[name]:.0f}" for name in used),
        "black alone, or two inks",
    )
    if abs(shown.size_pt - body) < 0.3 and used == ["Black"] and black > _FULL:
        over = shown.overprint and (
            (family == "DeviceCMYK" and shown.overprint_mode == 1) or family in ("Separation", "DeviceN")
        )
        said = f"{family}, op {str(shown.overprint).lower()}, OPM {shown.overprint_mode}"
        ledger.see("ink.overprint", over, place, said, "DeviceCMYK, op true, OPM 1")


def _picture(placed: Placed, limit: float, ledger: Ledger) -> None:
    image, place = placed.image, f"page {placed.page}, picture"
    wide, high = number_of(image.get("/Width")), number_of(image.get("/Height"))
    if wide and high and placed.width_pt > 0 and placed.height_pt > 0:
        ppi = min(wide / placed.width_pt, high / placed.height_pt) * 72
        is_bitmap = placed.is_mask or number_of(image.get("/BitsPerComponent")) == 1
        due = _BITMAP_PPI if is_bitmap else _PPI
        ledger.see("picture.resolution", ppi >= due - 0.5, place, f"{ppi:.0f} ppi", f"{due:g} ppi")
    if placed.is_mask:
        _total(placed.paint.inks, limit, place, ledger)
        return
    total = _picture_ink(placed)
    if total is not None:
        ledger.see("ink.total", total <= limit + 1, place, f"{total:.0f} %", f"{limit:g} % at most")


def _picture_ink(placed: Placed) -> float | None:
    """Per cent that all but a thousandth of the pixels keep; None where the samples aren't CMYK of eight bits."""
    space, image = placed.space, placed.image
    if space is None or not isinstance(image, Stream):
        return None
    if space.family == "Indexed" and space.base is not None and space.base.components == 4:
        table = palette(space)
        entries = [inks_of(space, [n]) for n in range(len(table) // 4)]
        return max((100 * sum(entry.values()) for entry in entries if entry), default=0.0)
    if space.components != 4 or number_of(image.get("/BitsPerComponent"), 8) != 8:
        return None
    samples = _samples(image)
    if samples is None or not len(samples):
        return None
    decode = numbers_of(image.get("/Decode"))
    if decode[:1] == [1.0]:
        samples = 255 - samples
    return float(np.percentile(samples.sum(1, dtype=np.uint16), _SHARE)) / 2.55


def _samples(image: Any) -> np.ndarray[Any, np.dtype[np.uint8]] | None:
    filters = [name_of(item) for item in items_of(image.get("/Filter"))]
    if filters and filters[-1] == "DCTDecode":
        import io

        from PIL import Image

        picture = Image.open(io.BytesIO(bytes(image.read_raw_bytes())))
        if picture.mode != "CMYK":
            return None
        samples = np.asarray(picture).reshape(-1, 4)
        # Pillow turns Adobe's inverted CMYK round; a renderer does not unless Decode says so
        return 255 - samples if "adobe" in picture.info else samples
    try:
        data = bytes(image.read_bytes())
    except Exception:  # a filter that the library doesn't decode
        return None
    return np.frombuffer(data[: len(data) // 4 * 4], np.uint8).reshape(-1, 4)
