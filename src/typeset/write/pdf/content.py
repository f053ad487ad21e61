"""A page's content stream in the making (ISO 32000-1, 7.8.2): operators are written when something changes.

Positions are kept in thousandths of a point, so that relative moves add up to what absolute ones would say.
"""

from __future__ import annotations

from typeset.model.layout import BLACK, Cmyk
from typeset.write.pdf.ink import Inks
from typeset.write.pdf.objects import escaped, number

_MILLI = 1000


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
        self._line: tuple[int, int] | None = None
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
        x, y = round(x_pt * _MILLI), round(y_pt * _MILLI)
        out = self._set(f"/{font} {number(size_pt)}", number(tracking_pt, 5))
        if self._line is None:
            out.append(f"1 0 0 1 {_milli(x)} {_milli(y)} Tm")
        else:
            out.append(f"{_milli(x - self._line[0])} {_milli(y - self._line[1])} Td")
        self._line = (x, y)
        head = " ".join(out).encode("ascii")
        if len(shown) == 1 and isinstance(shown[0], bytes):
            self._parts.append(head + b"(" + escaped(shown[0]) + b")Tj")
            return
        parts = [b"(" + escaped(part) + b")" if isinstance(part, bytes) else b"%d" % part for part in shown]
        self._parts.append(head + b"[" + b"".join(parts) + b"]TJ")

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


def _milli(value: int) -> str:
    return number(value / _MILLI)
