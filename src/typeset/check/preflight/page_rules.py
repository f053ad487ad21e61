"""Rules on page boxes (ISO 32000-1, 14.11.2; CGATS application notes 2.10)."""

from __future__ import annotations

from typing import Any

from typeset.check.preflight.document import Box, Document, box_of, inherited, number_of
from typeset.check.preflight.report import Ledger

MM_PT = 72 / 25.4
BLEED_MM = 3.0
_SLACK_PT = 0.05


def check_pages(document: Document, ledger: Ledger) -> None:
    sizes: set[tuple[float, float]] = set()
    for number, page in enumerate(document.pages, 1):
        place = f"page {number}"
        trim, art = box_of(page.get("/TrimBox")), box_of(page.get("/ArtBox"))
        ledger.see("box.trim", (trim is None) != (art is None), place,
                   "both TrimBox and ArtBox" if trim and art else "neither TrimBox nor ArtBox", "one of them")  # fmt: skip
        inner = trim or art
        if inner is None:
            continue
        _nested(page, inner, place, ledger)
        sizes.add((round(inner[2] - inner[0], 1), round(inner[3] - inner[1], 1)))
        turned = number_of(inherited(page, "/Rotate"))
        ledger.see("box.size", turned % 360 == 0, place, f"Rotate {turned:g}", "0")
        ledger.see("box.size", "/UserUnit" not in page, place, "UserUnit", "none")
    if sizes:
        ledger.see("box.size", len(sizes) == 1, "pages", f"{len(sizes)} trim sizes", "one")


def _nested(page: Any, inner: Box, place: str, ledger: Ledger) -> None:
    media = box_of(inherited(page, "/MediaBox"))
    if media is None:
        ledger.see("box.nested", False, place, "no MediaBox", "a MediaBox")
        return
    bleed = box_of(page.get("/BleedBox")) or box_of(inherited(page, "/CropBox")) or media
    for name, small, large in (("trim", inner, bleed), ("bleed", bleed, media)):
        ledger.see(
            "box.nested",
            _within(small, large),
            place,
            f"{name} {_said(small)} outside {_said(large)}",
            "within",
        )
    crop = box_of(inherited(page, "/CropBox"))
    if crop is not None:
        ledger.see(
            "box.nested",
            _within(inner, crop),
            place,
            f"CropBox {_said(crop)} cuts the trim",
            "around the trim",
        )
    reach = min(inner[0] - bleed[0], inner[1] - bleed[1], bleed[2] - inner[2], bleed[3] - inner[3]) / MM_PT
    ledger.see(
        "box.bleed", reach >= BLEED_MM - 0.02, place, f"{reach:.2f} mm", f"{BLEED_MM:g} mm on every side"
    )


def _within(small: Box, large: Box) -> bool:
    return (
        small[0] >= large[0] - _SLACK_PT and small[1] >= large[1] - _SLACK_PT
        and small[2] <= large[2] + _SLACK_PT and small[3] <= large[3] + _SLACK_PT
    )  # fmt: skip


def _said(box: Box) -> str:
    return "[" + " ".join(f"{edge:.1f}" for edge in box) + "]"


def trims_of(document: Document) -> dict[int, Box]:
    """What is left of each page after the cut."""
    out = {}
    for number, page in enumerate(document.pages, 1):
        found = (
            box_of(page.get("/TrimBox"))
            or box_of(page.get("/ArtBox"))
            or box_of(inherited(page, "/MediaBox"))
        )
        if found is not None:
            out[number] = found
    return out
