"""A font dictionary as the pages use it: codes, CIDs, glyphs, widths, Unicode (ISO 32000-1, 9.6 and 9.7)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from typeset.check.preflight.cmaps import CMap, encoding_of, parse_cmap
from typeset.check.preflight.document import name_of, number_of, numbers_of
from typeset.check.preflight.programs import Program, program_of

_SYMBOLIC = 4


class FontSeen:
    """`used`: every code shown, with its size in bytes; `is_printed`: shown in a mode that leaves ink."""

    def __init__(self, font: Any, label: str) -> None:
        self.font, self.label = font, label
        self.used: set[tuple[int, int]] = set()
        self.is_printed = False
        self.first_page = 0
        self.subtype = name_of(font.get("/Subtype"))
        self.is_composite = self.subtype == "Type0"
        descendants = font.get("/DescendantFonts")
        first = descendants[0] if isinstance(descendants, Array) and len(descendants) else None
        self.inner = first if self.is_composite and isinstance(first, Dictionary) else font
        self.descriptor = self.inner.get("/FontDescriptor")
        self.base_name = name_of(font.get("/BaseFont"))

    @cached_property
    def encoding(self) -> CMap:
        return encoding_of(self.font.get("/Encoding"))

    @cached_property
    def _program(self) -> tuple[Program | None, str]:
        return program_of(self.descriptor if isinstance(self.descriptor, Dictionary) else None)

    @property
    def program(self) -> Program | None:
        return self._program[0]

    @property
    def program_fault(self) -> str:
        return self._program[1]

    @cached_property
    def unicode(self) -> CMap | None:
        stream = self.font.get("/ToUnicode")
        return parse_cmap(bytes(stream.read_bytes())) if isinstance(stream, Stream) else None

    def codes(self, data: bytes) -> list[tuple[int, int]]:
        """(code, bytes) of a string shown."""
        return self.encoding.codes(data) if self.is_composite else [(byte, 1) for byte in data]

    def cid(self, code: int, size: int) -> int | None:
        return self.encoding.cid(code, size) if self.is_composite else code

    @cached_property
    def _cid_widths(self) -> dict[int, float]:
        out: dict[int, float] = {}
        items = list(self.inner.get("/W", []))
        at = 0
        while at + 1 < len(items):
            first = int(number_of(items[at]))
            if isinstance(items[at + 1], Array):
                for n, width in enumerate(items[at + 1]):
                    out[first + n] = number_of(width)
                at += 2
            elif at + 2 < len(items):
                last = min(int(number_of(items[at + 1])), first + 70_000)
                out.update(dict.fromkeys(range(first, last + 1), number_of(items[at + 2])))
                at += 3
            else:
                break
        return out

    def width(self, code: int, size: int) -> float | None:
        """In thousandths of an em; None where the dictionary says none."""
        if self.is_composite:
            cid = self.cid(code, size)
            default = number_of(self.inner.get("/DW"), 1000.0)
            return default if cid is None else self._cid_widths.get(cid, default)
        widths = numbers_of(self.font.get("/Widths"))
        index = code - int(number_of(self.font.get("/FirstChar")))
        if 0 <= index < len(widths):
            return widths[index]
        descriptor = self.descriptor
        return (
            number_of(descriptor.get("/MissingWidth"))
            if isinstance(descriptor, Dictionary) and widths
            else None
        )

    @cached_property
    def vertical(self) -> tuple[float, float]:
        """DW2: the origin's height, the advance."""
        found = numbers_of(self.inner.get("/DW2"))
        return (found[0], found[1]) if len(found) == 2 else (880.0, -1000.0)

    @cached_property
    def _glyph_map(self) -> bytes | None:
        stream = self.inner.get("/CIDToGIDMap")
        return bytes(stream.read_bytes()) if isinstance(stream, Stream) else None

    def glyph(self, code: int, size: int) -> int | None:
        """The program's glyph of a code; 0 is .notdef, None where it can't be told."""
        program = self.program
        if program is None or not program.is_readable:
            return None
        if self.is_composite:
            cid = self.cid(code, size)
            if cid is None:
                return None
            if self._glyph_map is not None:
                return int.from_bytes(self._glyph_map[2 * cid : 2 * cid + 2], "big")
            return program.by_cid(cid)
        return self._simple_glyph(code, program)

    def _simple_glyph(self, code: int, program: Program) -> int | None:
        name = self.names.get(code)
        if program.kind != "TrueType":
            return program.by_name(name) if name else None
        cmaps = program.cmaps
        flags = (
            int(number_of(self.descriptor.get("/Flags"))) if isinstance(self.descriptor, Dictionary) else 0
        )
        if name and not flags & _SYMBOLIC:
            from fontTools import agl

            for char in agl.toUnicode(name):
                glyph = cmaps.get((3, 1), {}).get(ord(char))
                if glyph:
                    return program.by_name(glyph)
            return program.by_name(name)
        for table in (cmaps.get((3, 0), {}), cmaps.get((1, 0), {})):
            for at in (code, 0xF000 + code):
                if at in table:
                    return program.by_name(table[at])
        return 0 if cmaps else None

    @cached_property
    def names(self) -> dict[int, str]:
        """Glyph names of a simple font's Encoding; empty where the program's own encoding counts."""
        encoding = self.font.get("/Encoding")
        base = name_of(
            encoding if isinstance(encoding, Name) else encoding.get("/BaseEncoding") if encoding else None
        )
        out = _base_names(base)
        if isinstance(encoding, Dictionary):
            code = 0
            for item in encoding.get("/Differences", []):
                if isinstance(item, Name):
                    out[code] = name_of(item)
                    code += 1
                else:
                    code = int(number_of(item))
        return out

    def text(self, code: int, size: int) -> str | None:
        """What a code reads as, or None."""
        if self.unicode is not None and code in self.unicode.texts:
            return self.unicode.texts[code]
        if not self.is_composite and code in self.names:
            from fontTools import agl

            return agl.toUnicode(self.names[code]) or None
        return None

    @property
    def cidset(self) -> set[int] | None:
        stream = self.descriptor.get("/CIDSet") if isinstance(self.descriptor, Dictionary) else None
        if not isinstance(stream, Stream):
            return None
        data = bytes(stream.read_bytes())
        return {8 * n + bit for n, byte in enumerate(data) if byte for bit in range(8) if byte & (128 >> bit)}


def _base_names(name: str) -> dict[int, str]:
    if name in ("WinAnsiEncoding", "MacRomanEncoding"):
        from fontTools import agl

        codec = "cp1252" if name == "WinAnsiEncoding" else "mac_roman"
        out = {}
        for code in range(32, 256):
            char = bytes((code,)).decode(codec, "ignore")
            if char and ord(char) in agl.UV2AGL:
                out[code] = agl.UV2AGL[ord(char)]
        return out
    if name == "StandardEncoding":
        from fontTools.encodings.StandardEncoding import StandardEncoding

        return {code: glyph for code, glyph in enumerate(StandardEncoding) if glyph != ".notdef"}
    return {}
