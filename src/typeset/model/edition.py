"""An edition: pages, frames, set lines, rules; the single truth for every writer.

Points, from the trim's top left corner, y downwards. Lines are never objects: a `LineRun` is
consecutive lines of one set text at one pitch, its characters' places are arrays of `SetText`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from typeset.model.findings import Finding
from typeset.model.layout import BLACK, Align, BodySetting, Cmyk
from typeset.model.marks import MarkKind

Role = Literal[
    "kicker", "headline", "subtitle", "byline", "source", "para", "subhead", "note", "caption",
    "list", "table", "verse", "quote", "masthead", "folio", "colophon",
]  # fmt: skip


FrameForm = Literal["top", "side", "standing", "boxed", "reserved"]
Rectangle = tuple[float, float, float, float]
"""Left, top, width, height in points."""


@dataclass(frozen=True, slots=True, eq=False)
class Ruby:
    """What stands over characters `start` to `end` of a set text, in ems of its own size (T53)."""

    start: int
    end: int
    text: SetText


@dataclass(frozen=True, slots=True, eq=False)
class TextMark:
    """Characters `start` to `end` of a set text bear dots, a line or ruby (T52, T53)."""

    kind: MarkKind
    start: int
    end: int
    ruby: tuple[Ruby, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class SetText:
    """Composed text, in ems of its own size.

    Over lines: `starts`, `ends` (character indices, spaces at line ends left out), `width_em` (right
    edge, from the measure's left), `tracking_em`, `hyphened`, `unfit`. Over characters: `x_em` (left
    edge of the advance box from the measure's left), `advance_em`, `origin_em` (the glyph's origin),
    `face` (index into the face set) and `glyph`. `role` is the face's role. `form`, in vertical text only:
    how each character stands (compose.vertical); `rise_em`, where it is not 0 for all: how far a glyph is raised.
    """

    text: str
    role: str
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    x_em: NDArray[np.float64]
    advance_em: NDArray[np.float64]
    origin_em: NDArray[np.float64]
    face: NDArray[np.int16]
    glyph: NDArray[np.int32]
    width_em: NDArray[np.float64]
    tracking_em: NDArray[np.float64]
    hyphened: NDArray[np.bool_]
    hyphen_face: int
    hyphen_glyph: int
    unfit: NDArray[np.bool_]
    form: NDArray[np.uint8] | None = None
    rise_em: NDArray[np.float64] | None = None
    marks: tuple[TextMark, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class LineRun:
    """Lines `first` to `last` - 1 of a set text, one under another; `x_pt` is the measure's left edge.

    Vertical lines run downwards, one left of another: `x_pt` is the first one's middle, `baseline_pt` the
    measure's upper edge. `block` counts the article's body from 0, -1 for what is not body.
    """

    text: SetText
    first: int
    last: int
    x_pt: float
    baseline_pt: float
    pitch_pt: float
    size_pt: float
    role: Role
    block: int = -1
    measure_pt: float = 0.0
    align: Align = "justify"
    colour: Cmyk = BLACK
    vertical: bool = False
    paragraph: int = 0
    """Which text of its style in the article: an item of a list, a row of a table."""

    def reading_order(self) -> tuple[int, int]:
        """By which an article's runs stand in order: its head, its body by blocks, its source line."""
        return (2, 0) if self.role == "source" else (int(self.block >= 0), self.block)

    def line_x_pt(self, line: int) -> float:
        """The left edge of one line, by its alignment; the middle of a vertical one."""
        if self.vertical:
            return self.x_pt - (line - self.first) * self.pitch_pt
        return self.x_pt + self._spare_before_pt(line)

    def line_y_pt(self, line: int) -> float:
        """The baseline of one line; the upper edge of a vertical one."""
        if self.vertical:
            return self.baseline_pt + self._spare_before_pt(line)
        return self.baseline_pt + (line - self.first) * self.pitch_pt

    def _spare_before_pt(self, line: int) -> float:
        spare = self.measure_pt - float(self.text.width_em[line]) * self.size_pt
        if self.align == "center":
            return spare / 2
        return spare if self.align == "right" else 0.0


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A straight rule; `kind` tells column rules from the furniture's."""

    x0_pt: float
    y0_pt: float
    x1_pt: float
    y1_pt: float
    width_pt: float
    kind: Literal["column", "article", "masthead", "folio", "box", "table", "quote", "note", "reserved"]
    colour: Cmyk = BLACK


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture in its box; `data` is its file, `alt` says what it shows (in words, for who can't see it).

    `article` is -1 where it belongs to the page; `block` is its caption's in the article's body.
    """

    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float
    data: bytes
    name: str
    alt: str
    article: int = -1
    block: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """版块: one article's (or part's) rectangle on a page: its head, then level columns."""

    article: int
    part: int
    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float
    columns: int
    runs: tuple[LineRun, ...]
    form: FrameForm = "top"
    """Head over all columns; in the first columns beside the text, its lines lying or standing; all inside a border;
    no article, but an advertisement in a border."""
    boxes: tuple[Rectangle, ...] = ()
    """What stands across its columns: pictures with their captions."""
    border_pt: float = 0.0
    """Of a boxed one: from its top down to the border."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    number: int
    frames: tuple[Frame, ...]
    furniture: tuple[LineRun, ...]
    rules: tuple[RuleLine, ...]
    filled: float
    """Share of the page's news rows × columns that frames take."""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowance:
    """可增/可删: about how many characters an article may gain or lose before its frame must change."""

    article: int
    page: int
    may_add: int
    may_cut: int


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """期: everything that is printed, and what make-up has to say of it."""

    layout: str
    title: str
    date: str | None
    issue: str | None
    width_pt: float
    height_pt: float
    bleed_pt: float
    body: BodySetting
    row_pt: float
    pages: tuple[Page, ...]
    article_titles: tuple[str, ...]
    article_ids: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    plan: Mapping[str, object] = field(default_factory=dict)
    """How make-up placed it, in JSON's words (makeup.record), for a later make that keeps to it."""
    glyph_order: tuple[tuple[int, ...], ...] = ()
    """Face by face the characters that the edition it keeps to showed, in the order of their codes."""
    is_exact: bool = True
    """Every column of every page is full to its last line; else a finding makeup.open says what is missing."""

    @property
    def filled(self) -> float:
        return sum(page.filled for page in self.pages) / max(1, len(self.pages))
