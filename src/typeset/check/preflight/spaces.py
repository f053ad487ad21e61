"""Colour spaces and how much of which ink a colour in one lays down (ISO 32000-1, 8.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

from typeset.check.preflight.document import items_of, key_of, name_of, number_of

_DEVICE = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4, "CalGray": 1, "CalRGB": 3, "Lab": 3}
_SHORT = {
    "G": "DeviceGray",
    "RGB": "DeviceRGB",
    "CMYK": "DeviceCMYK",
    "I": "Indexed",
    "CalCMYK": "DeviceCMYK",
}
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_MOST_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Space:
    """`names` of inks, `base` of an Indexed, Pattern, Separation or ICCBased space; `source` is the PDF object."""

    family: str
    components: int
    names: tuple[str, ...] = ()
    base: Space | None = None
    source: Any = None

    def chain(self) -> Iterator[Space]:
        """This space and those under it."""
        space: Space | None = self
        while space is not None:
            yield space
            space = space.base

    @property
    def initial(self) -> tuple[float, ...]:
        if self.family == "DeviceCMYK":
            return (0.0, 0.0, 0.0, 1.0)
        full = 1.0 if self.family in ("Separation", "DeviceN") else 0.0
        return (full,) * self.components


GRAY, RGB, CMYK = (Space(name, _DEVICE[name]) for name in ("DeviceGray", "DeviceRGB", "DeviceCMYK"))


def space_of(value: Any, resources: Any, depth: int = 0) -> Space:
    """A colour space by name or array; family "?" where it can't be made out."""
    if depth > _MOST_DEPTH:
        return Space("?", 0)
    if isinstance(value, Name):
        name = name_of(value)
        name = _SHORT.get(name, name)
        if name in _DEVICE:
            return Space(name, _DEVICE[name])
        if name == "Pattern":
            return Space("Pattern", 0)
        spaces = resources.get("/ColorSpace") if isinstance(resources, Dictionary) else None
        found = spaces.get("/" + name) if isinstance(spaces, Dictionary) else None
        return space_of(found, resources, depth + 1) if found is not None else Space("?", 0)
    if isinstance(value, Array) and len(value):
        return _composed(value, resources, depth + 1)
    return Space("?", 0)


def _composed(value: Any, resources: Any, depth: int) -> Space:
    family = name_of(value[0])
    family = _SHORT.get(family, family)
    rest = list(value)[1:]
    if family in _DEVICE:
        return Space(family, _DEVICE[family], source=value)
    if family == "ICCBased" and rest and isinstance(rest[0], Stream):
        return Space("ICCBased", int(number_of(rest[0].get("/N"))), source=rest[0])
    if family == "Indexed" and len(rest) >= 3:
        return Space("Indexed", 1, base=space_of(rest[0], resources, depth), source=value)
    if family == "Separation" and len(rest) >= 3:
        return Space("Separation", 1, (name_of(rest[0]),), space_of(rest[1], resources, depth), value)
    if family == "DeviceN" and len(rest) >= 3:
        names = tuple(name_of(item) for item in items_of(rest[0]))
        return Space("DeviceN", len(names), names, space_of(rest[1], resources, depth), value)
    if family == "Pattern":
        return Space("Pattern", 0, base=space_of(rest[0], resources, depth) if rest else None, source=value)
    return Space("?", 0)


def inks_of(space: Space, values: Sequence[float]) -> Mapping[str, float] | None:
    """Share of each ink, 0 to 1; None where the colour is not given in inks (RGB, Lab, patterns)."""
    if len(values) < space.components:
        return None
    if space.family == "DeviceGray":
        return {"Black": 1.0 - values[0]}
    if space.family == "DeviceCMYK" or (space.family == "ICCBased" and space.components == 4):
        return dict(zip(_PROCESS, values, strict=False))
    if space.family == "ICCBased" and space.components == 1:
        return {"Black": 1.0 - values[0]}
    if space.family in ("Separation", "DeviceN"):
        if space.names == ("All",):
            return dict.fromkeys(_PROCESS, values[0])
        return {name: value for name, value in zip(space.names, values, strict=False) if name != "None"}
    if space.family == "Indexed" and space.base is not None:
        return _indexed(space, int(values[0]))
    return None


def _indexed(space: Space, index: int) -> Mapping[str, float] | None:
    base = space.base
    assert base is not None
    table = palette(space)
    size = base.components
    entry = table[index * size : (index + 1) * size]
    return inks_of(base, [byte / 255 for byte in entry]) if size and len(entry) == size else None


def palette(space: Space) -> bytes:
    """An Indexed space's table."""
    lookup = space.source[3]
    if isinstance(lookup, Stream):
        return bytes(lookup.read_bytes())
    return bytes(lookup) if isinstance(lookup, String) else b""


def spot_key(space: Space) -> tuple[object, ...]:
    """What must be equal for two spot colours of one name: alternate and tint transform."""
    alternate = space.base.family if space.base is not None else ""
    tint = list(space.source)[3] if space.source is not None else None
    if isinstance(tint, Dictionary | Stream):
        data = tint.read_bytes() if isinstance(tint, Stream) else b""
        said = tuple(
            sorted((key, str(value)) for key, value in tint.items() if key not in ("/Length", "/Filter"))
        )
        return alternate, said, bytes(data)
    return alternate, key_of(tint)
