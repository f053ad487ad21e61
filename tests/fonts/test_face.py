"""Opening a font: what is refused and how, and what is read from it, against fontTools."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from typeset.fonts.face import open_face
from typeset.fonts.faces import fonts_folder
from typeset.model.findings import TypesetError

SONG = fonts_folder() / "TypesetSong.ttf"


def square() -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def small_font(path: Path, characters: str, change: Callable[[Any], None] | None = None) -> Path:
    """A font with a square of 600 units for each character."""
    names = [".notdef", *(f"g{n}" for n in range(len(characters)))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"g{n}" for n, c in enumerate(characters)})
    builder.setupGlyf({name: square() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Small", "styleName": "Regular", "psName": "Small-Regular"})
    builder.setupOS2(usWeightClass=700)
    builder.setupPost(italicAngle=-12)
    if change is not None:
        change(builder.font)
    builder.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(TypesetError) as caught:
        open_face(path)
    assert caught.value.place is not None
    assert caught.value.spoken("zh")
    return caught.value.spoken("en")


def test_missing_file(tmp_path: Path) -> None:
    assert "can't be read" in refusal(tmp_path / "none.ttf")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no font"), ("一篇稿件\n".encode(), "no font"), (b"OTTO" + bytes(60), "cut short"),
        (b"ttcf" + bytes(60), "collection"), (b"wOF2" + bytes(60), "WOFF2"), (b"\0\1\0\0", "cut short"),
        (b"\0\1\0\0" + bytes(60), "cut short"),
    ],
)  # fmt: skip
def test_other_files(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(data)
    assert words in refusal(path)


@pytest.mark.parametrize("share", [0.0001, 0.1, 0.5, 0.99])
def test_truncated_font(tmp_path: Path, share: float) -> None:
    data = SONG.read_bytes()
    path = tmp_path / "cut.ttf"
    path.write_bytes(data[: int(len(data) * share)])
    assert "cut short" in refusal(path)


def test_font_with_its_last_bytes_gone(tmp_path: Path) -> None:
    path = small_font(tmp_path / "small.ttf", "中")
    path.write_bytes(path.read_bytes()[:-8])
    assert "cut short" in refusal(path)


@pytest.mark.parametrize("tag", ["glyf", "hmtx", "cmap", "head"])
def test_font_without_a_table(tmp_path: Path, tag: str) -> None:
    data = bytearray(small_font(tmp_path / "small.ttf", "中").read_bytes())
    at = data.index(tag.encode())
    data[at : at + 4] = b"xxxx"
    path = tmp_path / "without.ttf"
    path.write_bytes(data)
    assert f"table {tag} is missing" in refusal(path)


def test_variable_font(tmp_path: Path) -> None:
    data = bytearray(small_font(tmp_path / "small.ttf", "中").read_bytes())
    at = data.index(b"name")
    data[at : at + 4] = b"fvar"
    path = tmp_path / "variable.ttf"
    path.write_bytes(data)
    assert "variable font" in refusal(path)


def test_cmap_of_another_format(tmp_path: Path) -> None:
    path = tmp_path / "six.ttf"
    made = small_font(tmp_path / "small.ttf", "AB")
    font: Any = TTFont(made)
    table = CmapSubtable.newSubtable(6)
    table.platformID, table.platEncID, table.language, table.cmap = 1, 0, 0, {65: "g0", 66: "g1"}
    font["cmap"].tables = [table]
    font.save(path)
    assert "Unicode character map" in refusal(path)


def test_format_4_alone_reads_like_fonttools(tmp_path: Path) -> None:
    characters = "ABCXYZ中文一丁七万，。"

    def drop_12(font: Any) -> None:
        font["cmap"].tables = [t for t in font["cmap"].tables if t.format == 4]

    path = small_font(tmp_path / "four.ttf", characters, drop_12)
    face = open_face(path)
    codes = np.array([ord(c) for c in characters + "不D"], np.uint32)
    assert face.glyphs(codes).tolist() == [*range(1, len(characters) + 1), 0, 0]
    assert set(face.advances_em(face.glyphs(codes)).tolist()) == {0.6}


def test_glyphs_and_advances_are_fonttools_own() -> None:
    font: Any = TTFont(SONG, lazy=True)
    cmap = font.getBestCmap()
    codes = np.array(sorted(cmap), np.uint32)
    face = open_face(SONG)
    glyphs = face.glyphs(codes)
    assert glyphs.tolist() == [font.getGlyphID(cmap[int(code)]) for code in codes]
    assert np.allclose(face.advances_em(glyphs), [font["hmtx"][cmap[int(c)]][0] / 1000 for c in codes])
    assert face.glyphs(np.array([0, 0x1F, 0xD800, 0xE000, 0x20000, 0x10FFFF], np.uint32)).tolist() == [0] * 6


def test_descriptor_follows_weight_and_slant(tmp_path: Path) -> None:
    small = open_face(small_font(tmp_path / "small.ttf", "A"))
    assert (small.weight, small.descriptor["ItalicAngle"]) == (700, -12)
    assert small.descriptor["Flags"] == 4 | 64
    stems = [
        open_face(fonts_folder() / f"Typeset{name}.ttf").descriptor["StemV"]
        for name in ("Song", "Hei", "HeiBold", "SongHeavy")
    ]
    assert stems == [88, 109, 166, 242]
    assert small.postscript_name == "Small-Regular"
