"""What each content operator does to the state, and what it leaves painted (ISO 32000-1, annex A)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Stream, String

from typeset.check.preflight.document import Box, box_of, key_of, name_of, number_of, numbers_of
from typeset.check.preflight.fonts_seen import FontSeen
from typeset.check.preflight.marking import Marker
from typeset.check.preflight.spaces import CMYK, GRAY, RGB, Space, space_of
from typeset.check.preflight.state import (
    IDENTITY,
    Colour,
    Marked,
    Matrix,
    Painted,
    Placed,
    Shown,
    State,
    around,
    meeting,
    moved,
    scale_of,
    times,
)

if TYPE_CHECKING:
    from typeset.check.preflight.walk import Owner, Walk

_INVISIBLE = (3, 7)
_STROKED_TEXT = (1, 5)
_UNIT: Box = (0.0, 0.0, 1.0, 1.0)
_NOWHERE: Box = (0.0, 0.0, -1.0, -1.0)


class Painter(Marker):
    """A content stream in the middle of being walked."""

    def __init__(
        self, out: Walk, page: int, place: str, resources: Any, state: State, owner: Owner, marks: list[Marked]
    ) -> None:  # fmt: skip
        super().__init__(out, page, owner, marks)
        self.place, self.resources, self.state = place, resources, state
        self._saved: list[State] = []
        self._points: list[tuple[float, float]] = []
        self._clips = False
        self._text: Matrix | None = None
        self._line: Matrix = IDENTITY

    def close(self, marks_before: int) -> None:
        """What must have come to its end with the stream."""
        for is_open, what in (
            (bool(self._saved), "q without Q"), (self._text is not None, "BT without ET"),
            (len(self.marks) > marks_before, "BMC or BDC without EMC"),
        ):  # fmt: skip
            if is_open:
                self.out.faults.append((self.place, what))

    # ------------------------------------------------------------ state

    def save(self, _: list[Any]) -> None:
        self._saved.append(self.state.copy())

    def restore(self, _: list[Any]) -> None:
        if self._saved:
            self.state = self._saved.pop()
        else:
            self.out.faults.append((self.place, "Q without q"))

    def concatenate(self, o: list[Any]) -> None:
        a, b, c, d, e, f = (float(v) for v in o)
        self.state.ctm = times((a, b, c, d, e, f), self.state.ctm)

    def line_width(self, o: list[Any]) -> None:
        self.state.line_width = float(o[0])

    def intent(self, o: list[Any]) -> None:
        self.out.intents.append((self.place, name_of(o[0])))

    def graphics_state(self, o: list[Any]) -> None:
        found = self.resource("ExtGState", o[0])
        if not isinstance(found, Dictionary):
            return
        key = key_of(found)
        self.out.states.setdefault(key if key[0] else id(found), (found, self.place))
        state = self.state
        if "/OP" in found:
            state.stroke_overprint = bool(found["/OP"])
            state.fill_overprint = bool(found["/OP"])
        if "/op" in found:
            state.fill_overprint = bool(found["/op"])
        state.overprint_mode = int(found.get("/OPM", state.overprint_mode))
        state.line_width = number_of(found.get("/LW"), state.line_width)
        if "/RI" in found:
            self.out.intents.append((self.place, name_of(found["/RI"])))
        font = found.get("/Font")
        if isinstance(font, Array):
            self._set_font(font[0], float(font[1]))

    # ------------------------------------------------------------ colour

    def _device(self, space: Space, stroke: bool, o: list[Any]) -> None:
        self.out.note_space(space, self.place)
        self._set(stroke, Colour(space, tuple(float(v) for v in o)))

    def _set(self, stroke: bool, colour: Colour) -> None:
        if stroke:
            self.state.stroke = colour
        else:
            self.state.fill = colour

    def _space(self, stroke: bool, o: list[Any]) -> None:
        space = space_of(o[0], self.resources)
        if space.family == "?":
            self.out.faults.append((self.place, f"unknown colour space {o[0]}"))
        self.out.note_space(space, self.place)
        self._set(stroke, Colour(space, space.initial))

    def _colour(self, stroke: bool, o: list[Any]) -> Any:
        space = (self.state.stroke if stroke else self.state.fill).space
        if not o or not isinstance(o[-1], Name):
            self._set(stroke, Colour(space, tuple(float(v) for v in o)))
            return None
        self._set(stroke, Colour(space, pattern=True))
        pattern = self.resource("Pattern", o[-1])
        if isinstance(pattern, Stream):
            return pattern, State(), True
        if isinstance(pattern, Dictionary):
            self._shading_space(pattern.get("/Shading"))
        return None

    def _shading_space(self, shading: Any) -> Space | None:
        if not isinstance(shading, Dictionary | Stream):
            return None
        space = space_of(shading.get("/ColorSpace"), self.resources)
        self.out.note_space(space, self.place)
        return space

    def shading(self, o: list[Any]) -> None:
        space = self._shading_space(self.resource("Shading", o[0]))
        if space is not None:
            self._paint("shading", (-1e5, -1e5, 1e5, 1e5), Colour(space, pattern=True), 1e5)
        self._tagged("shading")

    # ------------------------------------------------------------ paths

    def point(self, o: list[Any]) -> None:
        self._points.append(moved(self.state.ctm, float(o[-2]), float(o[-1])))

    def curve(self, o: list[Any]) -> None:
        for n in range(0, len(o), 2):
            self._points.append(moved(self.state.ctm, float(o[n]), float(o[n + 1])))

    def rectangle(self, o: list[Any]) -> None:
        x, y, w, h = (float(v) for v in o)
        self._points += [moved(self.state.ctm, a, b) for a in (x, x + w) for b in (y, y + h)]

    def clip(self, _: list[Any]) -> None:
        self._clips = True

    def end_path(self, _: list[Any]) -> None:
        if self._clips and self._points:
            self.state.clip = meeting(_bounds(self._points), self.state.clip) or _NOWHERE
        self._points, self._clips = [], False

    def nothing(self, _: list[Any]) -> None:
        """An operator that no rule asks about."""

    def fill(self, o: list[Any]) -> None:
        self._path(True, False)

    def stroke(self, o: list[Any]) -> None:
        self._path(False, True)

    def fill_and_stroke(self, o: list[Any]) -> None:
        self._path(True, True)

    def _path(self, fill: bool, stroke: bool) -> None:
        if self._points:
            box = _bounds(self._points)
            if fill:
                width, height = box[2] - box[0], box[3] - box[1]
                self._paint("fill", box, self.state.fill, min(width, height))
            if stroke:
                self._paint(
                    "stroke", box, self.state.stroke, self.state.line_width * scale_of(self.state.ctm)
                )
            self._tagged("a path")
        self.end_path([])

    def _paint(self, kind: str, box: Box, colour: Colour, width: float) -> None:
        over = self.state.stroke_overprint if kind == "stroke" else self.state.fill_overprint
        seen = meeting(box, self.state.clip)
        self.out.note_space(colour.space, self.place)
        if seen is not None:
            mode = self.state.overprint_mode
            self.out.painted.append(Painted(self.page, kind, seen, colour, width, over, mode))

    # ------------------------------------------------------------ pictures and forms

    def xobject(self, o: list[Any]) -> Any:
        found = self.resource("XObject", o[0])
        if not isinstance(found, Stream):
            return None
        subtype = name_of(found.get("/Subtype"))
        if subtype == "Image":
            self._image(found, found)
        elif subtype == "Form":
            matrix = numbers_of(found.get("/Matrix"))
            state = self.state.copy()
            if len(matrix) == 6:
                state.ctm = times(
                    (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]), state.ctm
                )
            frame = box_of(found.get("/BBox"))
            if frame is not None:
                state.clip = meeting(around(state.ctm, frame), state.clip) or _NOWHERE
            return found, state, False
        return None

    def inline_image(self, o: list[Any]) -> None:
        image = o[0].iimage
        entries = Dictionary()
        for key, value in image.obj.items():
            entries[{"/W": "/Width", "/H": "/Height", "/BPC": "/BitsPerComponent", "/CS": "/ColorSpace",
                     "/IM": "/ImageMask", "/F": "/Filter", "/I": "/Interpolate"}.get(key, key)] = value  # fmt: skip
        self._image(entries, image)

    def _image(self, entries: Any, image: Any) -> None:
        ctm = self.state.ctm
        is_mask = bool(entries.get("/ImageMask", False))
        value = entries.get("/ColorSpace")
        space = space_of(value, self.resources) if value is not None else None
        if space is not None:
            self.out.note_space(space, self.place)
        width = (ctm[0] ** 2 + ctm[1] ** 2) ** 0.5
        height = (ctm[2] ** 2 + ctm[3] ** 2) ** 0.5
        if "/Intent" in entries:
            self.out.intents.append((self.place, name_of(entries["/Intent"])))
        seen = meeting(around(ctm, _UNIT), self.state.clip)
        if seen is not None:
            self.out.placed.append(
                Placed(self.page, entries, space, is_mask, width, height, seen, self.state.fill)
            )
        self._tagged("a picture")

    # ------------------------------------------------------------ text

    def begin_text(self, _: list[Any]) -> None:
        if self._text is not None:
            self.out.faults.append((self.place, "BT within BT"))
        self._text = self._line = IDENTITY

    def end_text(self, _: list[Any]) -> None:
        if self._text is None:
            self.out.faults.append((self.place, "ET without BT"))
        self._text = None

    def font(self, o: list[Any]) -> None:
        found = self.resource("Font", o[0])
        if isinstance(found, Dictionary):
            self._set_font(found, float(o[1]), str(o[0])[1:])

    def _set_font(self, found: Any, size: float, label: str = "") -> None:
        objgen = key_of(found)
        key = objgen if objgen[0] else id(found)
        if key not in self.out.fonts:
            self.out.fonts[key] = FontSeen(found, f"font {name_of(found.get('/BaseFont')) or label}")
        self.state.font, self.state.size = self.out.fonts[key], size

    def move(self, o: list[Any]) -> None:
        self._line = times((1.0, 0.0, 0.0, 1.0, float(o[0]), float(o[1])), self._line)
        self._text = self._line

    def move_with_leading(self, o: list[Any]) -> None:
        self.state.leading = -float(o[1])
        self.move(o)

    def text_matrix(self, o: list[Any]) -> None:
        a, b, c, d, e, f = (float(v) for v in o)
        self._text = self._line = (a, b, c, d, e, f)

    def next_line(self, _: list[Any]) -> None:
        self.move([0.0, -self.state.leading])

    def show(self, o: list[Any]) -> None:
        self._show([o[0]])

    def show_spaced(self, o: list[Any]) -> None:
        self._show(list(o[0]))

    def show_next(self, o: list[Any]) -> None:
        self.next_line([])
        self._show([o[0]])

    def show_next_spaced(self, o: list[Any]) -> None:
        self.state.word_space, self.state.tracking = float(o[0]), float(o[1])
        self.show_next([o[2]])

    def _show(self, parts: list[Any]) -> None:
        state, font = self.state, self.state.font
        if self._text is None or font is None:
            self.out.faults.append((self.place, "text shown outside BT … ET, or without a font"))
            return
        whole = times(self._text, state.ctm)
        start = moved(whole, 0.0, state.rise)
        steps: list[tuple[str, float, float]] = []
        along = 0.0
        vertical = font.is_composite and font.encoding.is_vertical
        for part in parts:
            if not isinstance(part, String):
                along -= float(part) / 1000 * state.size * (1.0 if vertical else state.stretch)
                continue
            for code, size in font.codes(bytes(part)):
                font.used.add((code, size))
                advance = font.vertical[1] if vertical else font.width(code, size) or 0.0
                step = advance / 1000 * state.size + (-state.tracking if vertical else state.tracking)
                if code == 32 and size == 1:
                    step += state.word_space
                stretch = 1.0 if vertical else state.stretch
                steps.append(
                    (font.text(code, size) or "\ufffd", along, advance / 1000 * state.size * stretch)
                )
                along += step * stretch
        font.first_page = font.first_page or self.page
        invisible = state.mode in _INVISIBLE
        font.is_printed |= not invisible
        shift: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, along) if vertical else (1.0, 0.0, 0.0, 1.0, along, 0.0)
        self._text = times(shift, self._text)
        end = moved(times(self._text, state.ctm), 0.0, state.rise + state.size)
        box = (min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
        seen = meeting(box, state.clip)
        if steps and seen is not None:
            text = self._reads_as("".join(char for char, _, _ in steps))
            stroked = state.mode in _STROKED_TEXT
            paint = state.stroke if stroked else state.fill
            over = state.stroke_overprint if stroked else state.fill_overprint
            self.out.note_space(paint.space, self.place)
            self.out.shown.append(Shown(
                self.page, text, len(steps), abs(state.size) * scale_of(whole), seen, paint, over,
                state.overprint_mode, invisible, font, (*whole[:4], *start), state.size, tuple(steps),
            ))  # fmt: skip
            self._tagged(text[:12], is_text=True)

    def _reads_as(self, text: str) -> str:
        """The text that its mark gives it, where it gives one as long."""
        actual = self.marks[-1].text if self.marks else None
        return actual if actual is not None and len(actual) == len(text) else text

    def compatibility(self, _: list[Any]) -> None:
        self.out.compatibility.append(self.place)


def _bounds(points: list[tuple[float, float]]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _setter(name: str) -> Callable[[Painter, list[Any]], None]:
    def set_it(painter: Painter, o: list[Any]) -> None:
        setattr(painter.state, name, float(o[0]))

    return set_it


def _mode(painter: Painter, o: list[Any]) -> None:
    painter.state.mode = int(o[0])


def _stretch(painter: Painter, o: list[Any]) -> None:
    painter.state.stretch = float(o[0]) / 100


P = Painter
OPERATORS: dict[str, Callable[[Painter, list[Any]], Any]] = {
    "q": P.save, "Q": P.restore, "cm": P.concatenate, "w": P.line_width, "ri": P.intent, "gs": P.graphics_state,
    **dict.fromkeys(("W", "W*"), P.clip), **dict.fromkeys(("J", "j", "M", "d", "i", "h", "MP", "DP", "d0", "d1"), P.nothing),
    "g": lambda p, o: p._device(GRAY, False, o), "G": lambda p, o: p._device(GRAY, True, o),
    "rg": lambda p, o: p._device(RGB, False, o), "RG": lambda p, o: p._device(RGB, True, o),
    "k": lambda p, o: p._device(CMYK, False, o), "K": lambda p, o: p._device(CMYK, True, o),
    "cs": lambda p, o: p._space(False, o), "CS": lambda p, o: p._space(True, o),
    "sc": lambda p, o: p._colour(False, o), "scn": lambda p, o: p._colour(False, o),
    "SC": lambda p, o: p._colour(True, o), "SCN": lambda p, o: p._colour(True, o), "sh": P.shading,
    "m": P.point, "l": P.point, "c": P.curve, "v": P.curve, "y": P.curve, "re": P.rectangle, "n": P.end_path,
    **dict.fromkeys(("f", "F", "f*"), P.fill), **dict.fromkeys(("S", "s"), P.stroke),
    **dict.fromkeys(("B", "B*", "b", "b*"), P.fill_and_stroke),
    "Do": P.xobject, "INLINE IMAGE": P.inline_image, "BT": P.begin_text, "ET": P.end_text, "Tf": P.font,
    "Td": P.move, "TD": P.move_with_leading, "Tm": P.text_matrix, "T*": P.next_line, "Tj": P.show, "TJ": P.show_spaced,
    "'": P.show_next, '"': P.show_next_spaced, "Tc": _setter("tracking"), "Tw": _setter("word_space"),
    "TL": _setter("leading"), "Ts": _setter("rise"), "Tr": _mode, "Tz": _stretch,
    "BMC": P.begin_marked, "BDC": P.begin_marked, "EMC": P.end_marked, "BX": P.compatibility, "EX": P.compatibility,
}  # fmt: skip
