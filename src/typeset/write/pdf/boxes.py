"""Page boxes (ISO 32000-1, 14.11.2): trim within bleed within media, and room for marks where they are wanted."""

from __future__ import annotations

from dataclasses import dataclass

from typeset.model.edition import Edition
from typeset.model.layout import PrintSpec
from typeset.model.lengths import MM_PT
from typeset.write.pdf.objects import Raw, number

MARKS_ROOM_PT = 10 * MM_PT
"""Beyond the bleed, on every side."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Of every page alike, in points from the media's lower left corner. On screen the trim is all there is."""

    trim: tuple[float, float, float, float]
    bleed_pt: float
    room_pt: float

    @property
    def left(self) -> float:
        return self.trim[0]

    @property
    def top(self) -> float:
        return self.trim[3]

    def entries(self) -> dict[str, object]:
        left, bottom, right, top = self.trim
        edge = self.bleed_pt
        out: dict[str, object] = {
            "MediaBox": _box(0, 0, right + left, top + bottom),
            "TrimBox": _box(*self.trim),
        }
        out["BleedBox"] = _box(left - edge, bottom - edge, right + edge, top + edge)
        return out


def boxes_of(edition: Edition, spec: PrintSpec) -> Boxes:
    is_screen = spec.profile == "screen"
    bleed = 0.0 if is_screen else edition.bleed_pt
    room = MARKS_ROOM_PT if spec.marks and not is_screen else 0.0
    edge = bleed + room
    return Boxes((edge, edge, edge + edition.width_pt, edge + edition.height_pt), bleed, room)


def _box(*edges: float) -> Raw:
    return Raw(("[" + " ".join(number(edge, 4) for edge in edges) + "]").encode("ascii"))
