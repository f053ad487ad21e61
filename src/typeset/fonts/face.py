"""One font file, opened without parsing it: a memory map, and the few tables that lines need as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import uharfbuzz as hb
from numpy.typing import NDArray

from typeset.model.findings import Place, TypesetError, Words

_TRUETYPE = (b"\0\1\0\0", b"true")


@dataclass(frozen=True, eq=False)
class Face:
    """A TrueType face. `raw` is HarfBuzz's face over the memory map."""

    path: Path
    raw: hb.Face

    def table(self, tag: str) -> bytes:
        return bytes(self.raw.reference_table(tag).data)

    @cached_property
    def upem(self) -> int:
        return int(self.raw.upem)

    @cached_property
    def glyph_count(self) -> int:
        return int(self.raw.glyph_count)

    @cached_property
    def family(self) -> str:
        return str(self.raw.get_name(hb.OTNameIdPredefined.FONT_FAMILY)) or self.path.stem

    @cached_property
    def postscript_name(self) -> str:
        name = self.raw.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)
        return "".join(c for c in str(name or self.path.stem) if c.isascii() and c.isalnum() or c == "-")

    @cached_property
    def _cmap(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """(first code, last code, first glyph) of each run, sorted: format 12 if there is one, else format 4."""
        data = self.table("cmap")
        count = int.from_bytes(data[2:4], "big")
        records = np.frombuffer(data, ">u2", count * 4, 4).reshape(count, 4)
        best: dict[int, int] = {}
        for platform, encoding, high, low in records.tolist():
            at = (high << 16) | low
            form = int.from_bytes(data[at : at + 2], "big")
            if platform in (0, 3) and encoding != 5:
                best[form] = at
        if 12 in best:
            at = best[12]
            groups = np.frombuffer(data, ">u4", int.from_bytes(data[at + 12 : at + 16], "big") * 3, at + 16)
            first, last, glyph = groups.reshape(-1, 3).astype(np.int64).T
            return first, last, glyph
        return _format_4(data, best[4])

    def glyphs(self, codes: NDArray[np.uint32]) -> NDArray[np.int32]:
        """Glyph of each code point, 0 where the face has none."""
        first, last, glyph = self._cmap
        wide = codes.astype(np.int64)
        run = np.searchsorted(first, wide, "right") - 1
        inside = (run >= 0) & (wide <= last[run])
        return np.where(inside, glyph[run] + wide - first[run], 0).astype(np.int32)

    @cached_property
    def _advances(self) -> NDArray[np.float64]:
        data = self.table("hmtx")
        long = int.from_bytes(self.table("hhea")[34:36], "big")
        advances = np.frombuffer(data, ">u2", long * 2)[::2].astype(np.float64) / self.upem
        return np.concatenate((advances, np.full(max(0, self.glyph_count - long), advances[-1])))

    def advances_em(self, glyphs: NDArray[np.int32]) -> NDArray[np.float64]:
        return self._advances[glyphs]

    def feature_glyph(self, char: str, feature: str) -> int:
        """The glyph that a feature puts for one character; the plain one where it has none."""
        buffer = hb.Buffer()
        buffer.add_str(char)
        buffer.guess_segment_properties()
        hb.shape(hb.Font(self.raw), buffer, {feature: True})
        return int(buffer.glyph_infos[0].codepoint)

    @cached_property
    def descriptor(self) -> dict[str, object]:
        """What a PDF font descriptor says, in thousandths of an em."""
        head, hhea, os2 = self.table("head"), self.table("hhea"), self.table("OS/2")

        def short(data: bytes, at: int) -> int:
            return round(int.from_bytes(data[at : at + 2], "big", signed=True) * 1000 / self.upem)

        return {
            "Ascent": short(hhea, 4), "Descent": short(hhea, 6), "CapHeight": short(os2, 88) if len(os2) > 90 else 700,
            "FontBBox": [short(head, at) for at in (36, 38, 40, 42)], "ItalicAngle": 0, "StemV": 80, "Flags": 4,
        }  # fmt: skip


def _format_4(data: bytes, at: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Format 4 as runs of one code point each; user fonts without format 12 come here."""
    segments = int.from_bytes(data[at + 6 : at + 8], "big") // 2
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    words = np.frombuffer(data[at : at + length - length % 2], ">u2").astype(np.int64)
    ends, starts = words[7 : 7 + segments], words[8 + segments : 8 + 2 * segments]
    deltas = words[8 + 2 * segments : 8 + 3 * segments]
    offsets_at = 8 + 3 * segments
    codes: list[int] = []
    glyphs: list[int] = []
    for n in range(segments):
        offset = int(words[offsets_at + n])
        for code in range(int(starts[n]), int(ends[n]) + 1):
            if offset == 0:
                glyph = (code + int(deltas[n])) & 0xFFFF
            else:
                index = offsets_at + n + offset // 2 + code - int(starts[n])
                raw = int(words[index]) if index < len(words) else 0
                glyph = (raw + int(deltas[n])) & 0xFFFF if raw else 0
            if glyph and code != 0xFFFF:
                codes.append(code)
                glyphs.append(glyph)
    first = np.array(codes, np.int64)
    return first, first, np.array(glyphs, np.int64)


@lru_cache(maxsize=64)
def open_face(path: Path) -> Face:
    """Open a TrueType font file. Raises TypesetError for what is missing, no font, or has no TrueType outlines."""
    place = Place(str(path))
    try:
        with path.open("rb") as handle:
            magic = handle.read(4)
    except OSError:
        raise TypesetError(
            Words("the font file can't be read", "字体文件读不出"),
            Words("check the path in the layout's `faces`", "请检查版式文件 faces 里的路径"),
            place,
        ) from None
    if magic not in _TRUETYPE:
        kind = {b"OTTO": "OpenType/CFF", b"ttcf": "TrueType collection (.ttc)", b"wOFF": "WOFF", b"wOF2": "WOFF2"}.get(magic)
        raise TypesetError(
            Words(f"{kind or 'no font'}: only TrueType fonts (.ttf with glyf outlines) can be used",
                  f"{kind or '不是字体文件'}：只能用 TrueType（glyf 轮廓的 .ttf）字体"),
            Words("take the font's TrueType version, or convert it", "请用该字体的 TrueType 版本，或先转换"),
            place,
        )  # fmt: skip
    raw = hb.Face(hb.Blob.from_file_path(str(path)))
    face = Face(path, raw)
    if not raw.glyph_count or not face.table("glyf") or not face.table("cmap") or not face.table("hmtx"):
        raise TypesetError(
            Words("the font file is damaged or has no TrueType outlines", "字体文件损坏，或没有 TrueType 轮廓"),
            Words("put an intact .ttf in its place", "请换一个完好的 .ttf"),
            place,
        )
    return face
