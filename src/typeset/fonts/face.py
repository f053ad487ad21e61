"""One font file, opened without parsing it: a memory map, and the few tables that lines need as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import uharfbuzz as hb
from numpy.typing import NDArray

from typeset.model.findings import Place, TypesetError, Words

_MAGIC = (b"\0\1\0\0", b"true", b"OTTO")
_OTHER_KINDS = {
    b"ttcf": "TrueType collection (.ttc)", b"wOFF": "WOFF", b"wOF2": "WOFF2",
}  # fmt: skip
# tables that a line or the PDF can't do without, and their least length in bytes
_NEEDED = {"head": 54, "hhea": 36, "maxp": 6, "hmtx": 4, "cmap": 4}
_OUTLINES = {b"OTTO": {"CFF ": 4}}
_GLYF = {"loca": 4, "glyf": 1}
_REGULAR_WEIGHT = 400
_SYMBOLIC, _ITALIC = 4, 64

Runs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""First code point, last code point and first glyph of each run, sorted."""


@dataclass(frozen=True, eq=False)
class Face:
    """A TrueType or OpenType/CFF face. `raw` is HarfBuzz's face over the memory map."""

    path: Path
    raw: hb.Face

    def table(self, tag: str) -> bytes:
        return bytes(self.raw.reference_table(tag).data)

    @cached_property
    def is_cff(self) -> bool:
        """Whether its outlines are cubic (a CFF table), not TrueType's."""
        return bool(self.table("CFF "))

    @cached_property
    def upem(self) -> int:
        return int(self.raw.upem)

    @cached_property
    def glyph_count(self) -> int:
        return int(self.raw.glyph_count)

    @cached_property
    def family(self) -> str:
        return str(self.raw.get_name(hb.OTNameIdPredefined.FONT_FAMILY) or self.path.stem)

    @cached_property
    def postscript_name(self) -> str:
        name = self.raw.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)
        kept = "".join(c for c in str(name or self.path.stem) if (c.isascii() and c.isalnum()) or c == "-")
        return kept or "Font"

    @cached_property
    def _cmap(self) -> Runs:
        """Format 12 if there is one, else format 4. Raises ValueError where neither can be read."""
        data = self.table("cmap")
        count = int.from_bytes(data[2:4], "big")
        best: dict[int, int] = {}
        for record in np.frombuffer(data, ">u2", count * 4, 4).reshape(count, 4).tolist():
            platform, encoding, at = record[0], record[1], (record[2] << 16) | record[3]
            if (platform == 0 and encoding != 5) or (platform == 3 and encoding in (1, 10)):
                best[int.from_bytes(data[at : at + 2], "big")] = at
        if 12 in best:
            at = best[12]
            groups = np.frombuffer(data, ">u4", int.from_bytes(data[at + 12 : at + 16], "big") * 3, at + 16)
            first, last, glyph = groups.reshape(-1, 3).astype(np.int64).T
        elif 4 in best:
            first, last, glyph = _format_4(data, best[4])
        else:
            raise ValueError("no Unicode cmap of format 4 or 12")
        if not len(first):
            raise ValueError("an empty cmap")
        order = np.argsort(first, kind="stable")
        return first[order], last[order], glyph[order]

    def glyphs(self, codes: NDArray[np.uint32]) -> NDArray[np.int32]:
        """Glyph of each code point, 0 where the face has none."""
        first, last, glyph = self._cmap
        wide = codes.astype(np.int64)
        run = np.searchsorted(first, wide, "right") - 1
        found = glyph[run] + wide - first[run]
        inside = (run >= 0) & (wide <= last[run]) & (found < self.glyph_count)
        return np.where(inside, found, 0).astype(np.int32)

    @cached_property
    def _advances(self) -> NDArray[np.float64]:
        long = int.from_bytes(self.table("hhea")[34:36], "big")
        advances = np.frombuffer(self.table("hmtx"), ">u2", long * 2)[::2].astype(np.float64) / self.upem
        return np.concatenate((advances, np.full(max(0, self.glyph_count - long), advances[-1])))

    def advances_em(self, glyphs: NDArray[np.int32]) -> NDArray[np.float64]:
        return self._advances[glyphs]

    @cached_property
    def _font(self) -> hb.Font:
        return hb.Font(self.raw)

    @cached_property
    def _features(self) -> dict[tuple[str, str], int]:
        return {}

    def feature_glyph(self, char: str, feature: str) -> int:
        """The glyph that a feature puts for one character; the plain one where it has none."""
        known = self._features.get((char, feature))
        if known is None:
            buffer = hb.Buffer()
            buffer.add_str(char)
            buffer.guess_segment_properties()
            hb.shape(self._font, buffer, {feature: True})
            known = self._features[char, feature] = int(buffer.glyph_infos[0].codepoint)
        return known

    def ink_em(self, glyph: int) -> tuple[float, float, float, float]:
        """Left, right, lower and upper edge of a glyph's ink, from its origin."""
        extents = self._font.get_glyph_extents(glyph)
        if extents is None:
            return 0.0, 0.0, 0.0, 0.0
        x, y = extents.x_bearing, extents.y_bearing  # height goes down from there, as a negative number
        return tuple(v / self.upem for v in (x, x + extents.width, y + extents.height, y))

    def vertical_glyph(self, char: str, plain: int) -> int:
        """The glyph that `vert` puts for a character whose glyph is `plain`, in vertical text."""
        if plain != int(self.glyphs(np.array([ord(char)], np.uint32))[0]):
            return plain
        return self.feature_glyph(char, "vert")

    @cached_property
    def weight(self) -> int:
        """400 is regular, 700 bold (OS/2 usWeightClass)."""
        os2 = self.table("OS/2")
        return int.from_bytes(os2[4:6], "big") or _REGULAR_WEIGHT

    @cached_property
    def italic_angle(self) -> float:
        """Degrees counter-clockwise from upright (post)."""
        return int.from_bytes(self.table("post")[4:8], "big", signed=True) / 65536

    @cached_property
    def descriptor(self) -> dict[str, object]:
        """What a PDF font descriptor says, in thousandths of an em.

        No table tells the stems' width; StemV follows the weight, as Acrobat's guess does.
        """
        head, hhea, os2 = self.table("head"), self.table("hhea"), self.table("OS/2")

        def short(data: bytes, at: int) -> int:
            return round(int.from_bytes(data[at : at + 2], "big", signed=True) * 1000 / self.upem)

        angle = round(self.italic_angle, 2)
        return {
            "Ascent": short(hhea, 4),
            "Descent": short(hhea, 6),
            "CapHeight": short(os2, 88) if len(os2) >= 96 else 700,
            "FontBBox": [short(head, at) for at in (36, 38, 40, 42)],
            "StemV": round(50 + (self.weight / 65) ** 2),
            "ItalicAngle": int(angle) if angle == int(angle) else angle,
            "Flags": _SYMBOLIC | _ITALIC * (angle != 0),
        }


def _format_4(data: bytes, at: int) -> Runs:
    """Format 4 as runs of one code point each; user fonts without format 12 come here."""
    segments = int.from_bytes(data[at + 6 : at + 8], "big") // 2
    words = np.frombuffer(data[at : len(data) - (len(data) - at) % 2], ">u2").astype(np.int64)
    if len(words) < 8 + 4 * segments:
        raise ValueError("a cmap cut short")
    ends, starts = words[7 : 7 + segments], words[8 + segments : 8 + 2 * segments]
    deltas, offsets = words[8 + 2 * segments :][:segments], words[8 + 3 * segments :][:segments]
    codes, glyphs = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for n in range(segments):
        run = np.arange(starts[n], min(int(ends[n]), 0xFFFE) + 1)
        raw = run
        if offsets[n]:
            index = 8 + 3 * segments + n + int(offsets[n]) // 2 + run - starts[n]
            raw = np.where(index < len(words), words[np.minimum(index, len(words) - 1)], 0)
        glyph = np.where((raw != 0) | (offsets[n] == 0), (raw + deltas[n]) & 0xFFFF, 0)
        codes.append(run[glyph > 0])
        glyphs.append(glyph[glyph > 0])
    first = np.concatenate(codes)
    return first, first, np.concatenate(glyphs)


@lru_cache(maxsize=64)
def open_face(path: Path) -> Face:
    """Open a TrueType or OpenType/CFF font file.

    Raises TypesetError for what can't be read, is no font, is a collection or a web font, is variable,
    or is damaged: cut short, or without a table or a character map that lines need.
    """
    place = Place(str(path))
    try:
        with path.open("rb") as handle:
            magic, count = handle.read(4), int.from_bytes(handle.read(2), "big")
            handle.seek(12)
            records = handle.read(16 * count)
            size = handle.seek(0, 2)
    except OSError:
        raise TypesetError(
            Words("the font file can't be read", "字体文件读不出"),
            Words("check the path in the layout's `faces`", "请检查版式文件 faces 里的路径"),
            place,
        ) from None
    if magic not in _MAGIC:
        kind = _OTHER_KINDS.get(magic)
        raise TypesetError(
            Words(f"{kind or 'no font'}: only TrueType (.ttf) and OpenType/CFF (.otf) fonts can be used",
                  f"{kind or '不是字体文件'}：只能用 TrueType（.ttf）或 OpenType/CFF（.otf）字体"),
            Words("take the font's .ttf or .otf", "请用该字体的 .ttf 或 .otf 文件"),
            place,
        )  # fmt: skip
    extents = np.frombuffer(records[: len(records) // 16 * 16], ">u4").reshape(-1, 4).astype(np.int64)
    lengths = dict(zip(extents[:, 0].tolist(), extents[:, 3].tolist(), strict=True))
    if _number("fvar") in lengths:
        raise TypesetError(
            Words("a variable font: its weight is not settled", "这是可变字体，字重未定"),
            Words("take a static font of the weight wanted", "请用所需字重的静态字体"),
            place,
        )
    if not count or len(extents) < count or (extents[:, 2:].sum(1) > size).any():
        raise _damaged(place, "the file is cut short", "文件不完整")
    for tag, least in (_NEEDED | _OUTLINES.get(magic, _GLYF)).items():
        if lengths.get(_number(tag), 0) < least:
            raise _damaged(place, f"its table {tag} is missing or broken", f"{tag} 表缺失或已坏")
    face = Face(path, hb.Face(hb.Blob.from_file_path(str(path))))
    try:
        _ = face._cmap
    except ValueError:
        raise _damaged(
            place, "it has no readable Unicode character map", "没有可用的 Unicode 字符映射表"
        ) from None
    try:
        _ = face._advances
    except (ValueError, IndexError):
        raise _damaged(place, "its table hmtx is missing or broken", "hmtx 表缺失或已坏") from None
    return face


def _number(tag: str) -> int:
    return int.from_bytes(tag.encode("ascii"), "big")


def _damaged(place: Place, en: str, zh: str) -> TypesetError:
    return TypesetError(
        Words(f"the font can't be used: {en}", f"字体不能用：{zh}"),
        Words("put an intact font in its place", "请换一个完好的字体文件"),
        place,
    )
