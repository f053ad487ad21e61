"""The graphics state of a content stream, and the events that painting leaves (ISO 32000-1, 8.4)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from typeset.check.preflight.document import Box
from typeset.check.preflight.fonts_seen import FontSeen
from typeset.check.preflight.spaces import GRAY, Space, inks_of

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(a: Matrix, b: Matrix) -> Matrix:
    """First a, then b."""
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def scale_of(matrix: Matrix) -> float:
    """By how much lengths grow, at the least."""
    return min(math.hypot(matrix[0], matrix[1]), math.hypot(matrix[2], matrix[3]))


@dataclass(frozen=True, slots=True)
class Colour:
    space: Space = GRAY
    values: tuple[float, ...] = (0.0,)
    pattern: bool = False

    @property
    def inks(self) -> Mapping[str, float] | None:
        return None if self.pattern else inks_of(self.space, self.values)


@dataclass(slots=True)
class State:
    ctm: Matrix = IDENTITY
    clip: Box | None = None
    fill: Colour = field(default_factory=Colour)
    stroke: Colour = field(default_factory=Colour)
    line_width: float = 1.0
    fill_overprint: bool = False
    stroke_overprint: bool = False
    overprint_mode: int = 0
    font: FontSeen | None = None
    size: float = 0.0
    tracking: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def copy(self) -> State:
        return replace(self)


@dataclass(frozen=True, slots=True)
class Marked:
    """An open marked-content sequence; `owner` is the page or form that its MCID belongs to."""

    tag: str
    mcid: int | None
    owner: tuple[str, int] | None
    has_language: bool
    text: str | None
    """ActualText: what it reads as, whatever its glyphs say (14.9.4)."""

    @property
    def is_artifact(self) -> bool:
        return self.tag == "Artifact"


@dataclass(frozen=True, slots=True)
class Shown:
    """A string shown: its size on the page, its box, its paint."""

    page: int
    text: str
    count: int
    size_pt: float
    box: Box
    paint: Colour
    overprint: bool
    overprint_mode: int
    is_invisible: bool
    font: FontSeen
    matrix: Matrix = IDENTITY
    """From text space, at the string's first origin, to the page."""
    em: float = 0.0
    """The font's size in text space."""
    steps: tuple[tuple[str, float, float], ...] = ()
    """Each character, where its origin stands along the string and its own advance, in text space."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A path filled or stroked, or a shading (`kind`); `width_pt` of a stroke, or a filled path's lesser side."""

    page: int
    kind: str
    box: Box
    paint: Colour
    width_pt: float
    overprint: bool
    overprint_mode: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture placed."""

    page: int
    image: Any
    space: Space | None
    is_mask: bool
    width_pt: float
    height_pt: float
    box: Box
    paint: Colour


@dataclass(frozen=True, slots=True)
class Loose:
    """Something painted outside any tag and artifact, or text whose language only its tag could say."""

    page: int
    what: str


def around(matrix: Matrix, box: Box) -> Box:
    """The box of a box's corners, moved."""
    corners = [moved(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return min(xs), min(ys), max(xs), max(ys)


def meeting(box: Box, clip: Box | None) -> Box | None:
    """What a clip leaves of a box; None where that is nothing."""
    if clip is None:
        return box
    found = max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
    return found if found[0] <= found[2] and found[1] <= found[3] else None
