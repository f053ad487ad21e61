"""Colours as operators: DeviceCMYK, or a spot ink where the layout gives a colour one; black alone overprints.

100 K overprints with OPM 1 (ISO 32000-1, 8.6.7): text loses no edge to what lies under it. Every other colour, white
above all, knocks out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from typeset.model.layout import BLACK, Cmyk
from typeset.write.pdf.objects import Name, PdfFile, Raw, Ref, number

OVERPRINTING, KNOCKING_OUT = "/G1 gs", "/G0 gs"
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
ALL = "All"
"""Separation of every plate, for marks (8.6.6.4)."""


@dataclass(slots=True)
class Inks:
    """`spots`: colour → ink. Resource names S0, S1 …, SA for all plates."""

    spots: Mapping[Cmyk, str]
    _names: dict[Cmyk, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = {colour: f"S{n}" for n, colour in enumerate(self.spots)}

    def operators(self, colour: Cmyk, stroke: bool = False) -> str:
        """Set a colour, for filling or stroking, with its overprint."""
        if colour in self._names:
            cs, scn = ("CS", "SCN") if stroke else ("cs", "scn")
            return f"{KNOCKING_OUT} /{self._names[colour]} {cs} 1 {scn}"
        parts = " ".join(number(part / 100) for part in colour)
        return f"{OVERPRINTING if colour == BLACK else KNOCKING_OUT} {parts} {'K' if stroke else 'k'}"

    def plates(self, colours: set[Cmyk]) -> list[str]:
        """The plates that colours need, process inks first."""
        process = [colour for colour in colours if colour not in self._names]
        used = [name for n, name in enumerate(PROCESS) if any(colour[n] > 0 for colour in process)]
        return used + [name for colour, name in self.spots.items() if colour in colours]

    def resources(self, file: PdfFile, with_all: bool) -> dict[str, object]:
        """ExtGState and ColorSpace entries of a page's resources."""
        states = {
            "G0": {"OP": False, "op": False, "OPM": 1},
            "G1": {"OP": True, "op": True, "OPM": 1},
        }
        out: dict[str, object] = {
            "ExtGState": {
                name: file.add({"Type": Name("ExtGState"), **state}) for name, state in states.items()
            }
        }
        spaces = {
            self._names[colour]: _separation(file, name, [part / 100 for part in colour])
            for colour, name in self.spots.items()
        }
        if with_all:
            spaces["SA"] = _separation(file, ALL, [1.0, 1.0, 1.0, 1.0])
        if spaces:
            out["ColorSpace"] = spaces
        return out


def _separation(file: PdfFile, name: str, full: list[float]) -> Ref:
    """A Separation space whose alternate is DeviceCMYK, its tint transform linear from paper (7.10.3)."""
    tint = {
        "FunctionType": 2,
        "Domain": [0, 1],
        "Range": [0, 1] * 4,
        "C0": [0, 0, 0, 0],
        "C1": [Raw(number(part).encode()) for part in full],
        "N": 1,
    }
    return file.add([Name("Separation"), Name(name), Name("DeviceCMYK"), file.add(tint)])
