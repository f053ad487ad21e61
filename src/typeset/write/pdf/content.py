"""A page's content stream in the making (ISO 32000-1, 7.8.2): operators are written when something changes.

The place that the operators so far have really reached is kept, so that rounded moves never add up.
"""

from __future__ import annotations

from collections.abc import Sequence

from typeset.model.layout import BLACK, Cmyk
from typeset.write.pdf.ink import Inks
from typeset.write.pdf.objects import escaped, number

_SAME_PT = 0.0006
"""Nearer than this, places are one: they are written to thousandths of a point."""


class Content:
    """Operators of one page; begins with black that overprints. `colours`: every colour used."""

    def __init__(self, inks: Inks) -> None:
        self._inks = inks
        self._parts: list[bytes] = [
            f"{inks.operators(BLACK)} {inks.operators(BLACK, stroke=True).partition(' gs ')[2]}".encode(
                "ascii"
            )
        ]
        self.colours: set[Cmyk] = {BLACK}
        self._fill = BLACK
        self._font = ""
        self._tracking = "0"
        self._line: tuple[float, float] | None = None
        self._leading_pt = 0.0
        self._in_text = False

    def data(self) -> bytes:
        self.end_text()
        return b"\n".join(self._parts)

    def raw(self, operators: str) -> None:
        """Operators that change nothing of what is kept here."""
        self._parts.append(operators.encode("ascii"))

    def begin_text(self) -> None:
        if not self._in_text:
            self._parts.append(b"BT")
            self._in_text, self._line = True, None

    def leading(self, pitch_pt: float) -> None:
        """The pitch of the lines to come, so that each is a step down and no more."""
        written = number(pitch_pt, 5)
        if float(written) != self._leading_pt:
            self._leading_pt = float(written)
            self.raw(f"{written} TL")

    def end_text(self) -> None:
        if self._in_text:
            self._parts.append(b"ET")
            self._in_text = False

    def fill(self, colour: Cmyk) -> None:
        if colour != self._fill:
            self.raw(self._inks.operators(colour))
            self._fill = colour
            self.colours.add(colour)

    def rule(self, ends_pt: tuple[float, float, float, float], width_pt: float, colour: Cmyk) -> None:
        """A straight line, in a graphics state of its own."""
        x0, y0, x1, y1 = (number(v) for v in ends_pt)
        ink = "" if colour == BLACK else self._inks.operators(colour, stroke=True) + " "
        self.colours.add(colour)
        self.raw(f"q {ink}{number(width_pt)} w {x0} {y0} m {x1} {y1} l S Q")

    def stroke(
        self, points_pt: Sequence[tuple[float, float]], width_pt: float, is_round: bool, colour: Cmyk
    ) -> None:
        """A dot (one point), a line (two) or curves (three more each), in a graphics state of its own."""
        places = [f"{number(x)} {number(y)}" for x, y in points_pt]
        if len(places) <= 2:
            path = f"{places[0]} m {places[-1]} l"
        else:
            curves = (" ".join(places[n : n + 3]) + " c" for n in range(1, len(places), 3))
            path = f"{places[0]} m " + " ".join(curves)
        self.colours.add(colour)
        ink = "" if colour == BLACK else self._inks.operators(colour, stroke=True) + " "
        self.raw(f"q {ink}{number(width_pt)} w {int(is_round)} J {path} S Q")

    def show(
        self,
        font: str,
        size_pt: float,
        tracking_pt: float,
        x_pt: float,
        y_pt: float,
        shown: list[bytes | int],
    ) -> None:
        """Text from a point: strings, and what to take back between them in thousandths of an em."""
        out = self._set(f"/{font} {number(size_pt)}", number(tracking_pt, 4))
        is_step = self._move(x_pt, y_pt, out)
        if len(shown) == 1 and isinstance(shown[0], bytes):
            head = " ".join(out).encode("ascii")
            self._parts.append(head + b"(" + escaped(shown[0]) + (b")'" if is_step else b")Tj"))
            return
        if is_step:
            out.append("T*")
        parts = [b"(" + escaped(part) + b")" if isinstance(part, bytes) else b"%d" % part for part in shown]
        self._parts.append(" ".join(out).encode("ascii") + b"[" + b"".join(parts) + b"]TJ")

    def _move(self, x_pt: float, y_pt: float, out: list[str]) -> bool:
        """Go to a point; whether that is the next line at the leading, which is left to the caller."""
        if self._line is None:
            x, y = number(x_pt), number(y_pt)
            out.append(f"1 0 0 1 {x} {y} Tm")
            self._line = (float(x), float(y))
            return False
        left, line = self._line
        dx, dy = x_pt - left, y_pt - line
        if abs(dx) < _SAME_PT and abs(dy + self._leading_pt) < _SAME_PT and self._leading_pt:
            self._line = (left, line - self._leading_pt)
            return True
        moved = number(dx), number(dy)
        out.append(f"{moved[0]} {moved[1]} Td")
        self._line = (left + float(moved[0]), line + float(moved[1]))
        return False

    def _set(self, font: str, tracking: str) -> list[str]:
        out = []
        if font != self._font:
            self._font = font
            out.append(f"{font} Tf")
        if tracking != self._tracking:
            self._tracking = tracking
            out.append(f"{tracking} Tc")
        return out

    def turned(self, operators: list[str]) -> None:
        """Text operators that set their own font, spacing and matrix."""
        self._parts += [line.encode("ascii") for line in operators]
        self._font, self._tracking, self._line = "", "", None
