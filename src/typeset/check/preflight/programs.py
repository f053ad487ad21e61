"""Embedded font programs: glyphs by number or name, their advances, which are empty (ISO 32000-1, 9.9)."""

from __future__ import annotations

import io
import logging
from functools import cached_property
from typing import Any

from pikepdf import Stream

from typeset.check.preflight.document import name_of

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # what it has to say, rules say

TRUETYPE, CFF, OPENTYPE, TYPE1 = "TrueType", "CFF", "OpenType", "Type 1"
SUITED = {
    "CIDFontType2": (TRUETYPE, OPENTYPE), "TrueType": (TRUETYPE, OPENTYPE),
    "CIDFontType0": (CFF, OPENTYPE), "Type1": (TYPE1, CFF, OPENTYPE), "MMType1": (TYPE1, CFF),
}  # fmt: skip
"""Kinds of program that a font of a subtype may embed (table 126)."""


class Program:
    """A font program. Raises ValueError where it can't be read."""

    def __init__(self, key: str, stream: Any) -> None:
        data = bytes(stream.read_bytes())
        subtype = name_of(stream.get("/Subtype"))
        self.kind = {"/FontFile": TYPE1, "/FontFile2": TRUETYPE}.get(
            key, OPENTYPE if subtype == "OpenType" else CFF
        )
        self._font: Any = None
        self._top: Any = None
        try:
            self._open(data)
        except Exception as error:  # a font parser meets anything in strange files
            raise ValueError(f"{type(error).__name__}: {error}") from None

    def _open(self, data: bytes) -> None:
        from fontTools.cffLib import CFFFontSet
        from fontTools.ttLib import TTFont

        if self.kind == TYPE1:
            if b"%!" not in data[:64]:
                raise ValueError("no Type 1 font")
            return
        if self.kind == CFF:
            fonts: Any = CFFFontSet()
            fonts.decompile(io.BytesIO(data), None)
            self._top = fonts[0]
        else:
            self._font = TTFont(io.BytesIO(data), lazy=True)
            if "CFF " in self._font:
                self._top = self._font["CFF "].cff[0]
            else:
                assert self._font["maxp"].numGlyphs
                assert self._font["glyf"] is not None
        assert self.glyph_order

    @cached_property
    def glyph_order(self) -> list[str]:
        return list(self._top.charset if self._top is not None else self._font.getGlyphOrder())

    @property
    def is_readable(self) -> bool:
        """Whether its glyphs can be looked at here."""
        return self.kind != TYPE1

    @property
    def count(self) -> int:
        return len(self.glyph_order)

    @property
    def is_cid_keyed(self) -> bool:
        return self._top is not None and hasattr(self._top, "ROS")

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.glyph_order)}

    def by_cid(self, cid: int) -> int:
        """The glyph of a CID in a CID-keyed CFF font, else the glyph of that number; 0 where there is none."""
        if self.is_cid_keyed:
            return self._numbers.get(f"cid{cid:05d}", 0)
        return cid if cid < self.count else 0

    def by_name(self, name: str) -> int:
        return self._numbers.get(name, 0)

    @cached_property
    def cmaps(self) -> dict[tuple[int, int], dict[int, str]]:
        if self._font is None or "cmap" not in self._font:
            return {}
        return {(t.platformID, t.platEncID): t.cmap for t in self._font["cmap"].tables if hasattr(t, "cmap")}

    @cached_property
    def _upem(self) -> float:
        if self._font is not None and "head" in self._font:
            return float(self._font["head"].unitsPerEm)
        matrix = getattr(self._top, "FontMatrix", None) or [0.001]
        return 1 / float(matrix[0]) if matrix[0] else 1000.0

    def look(self, glyph: int) -> tuple[float, bool]:
        """A glyph's advance in thousandths of an em, and whether it draws nothing. Raises ValueError where it is broken."""
        try:
            return self._advance(glyph), self._is_empty(glyph)
        except Exception as error:  # a font parser meets anything in strange files
            raise ValueError(f"glyph {glyph}: {type(error).__name__}") from None

    def _advance(self, glyph: int) -> float:
        name = self.glyph_order[glyph]
        if self._font is not None and "hmtx" in self._font:
            return float(self._font["hmtx"][name][0]) * 1000 / self._upem
        string = self._charstring(name)
        return float(string.width) * 1000 / self._upem

    def _charstring(self, name: str) -> Any:
        from fontTools.pens.basePen import NullPen

        string = self._top.CharStrings[name]
        string.draw(NullPen())
        return string

    def _is_empty(self, glyph: int) -> bool:
        name = self.glyph_order[glyph]
        if self._top is not None:
            from fontTools.pens.recordingPen import RecordingPen

            pen = RecordingPen()
            self._top.CharStrings[name].draw(pen)
            return not pen.value
        return bool(self._font["glyf"][name].numberOfContours == 0)


def program_of(descriptor: Any) -> tuple[Program | None, str]:
    """A descriptor's program, and what is wrong with it; (None, "") where none is embedded."""
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        stream = descriptor.get(key) if descriptor is not None else None
        if isinstance(stream, Stream):
            try:
                return Program(key, stream), ""
            except Exception as error:  # a stream that can't be decoded
                return None, str(error) or type(error).__name__
    return None, ""
