"""The files of `fonts/`: coverage, names, licences, size. Read with fontTools, not with our own reader."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from typeset.fonts.faces import fonts_folder, shipped_fonts

WEIGHTS = {
    "TypesetSong": 400, "TypesetSongHeavy": 900, "TypesetHei": 500, "TypesetHeiBold": 700, "TypesetKai": 400,
}  # fmt: skip
NOTO = [name for name in WEIGHTS if name != "TypesetKai"]
RESERVED = ("noto", "source", "lxgw", "wenkai", "霞鹜", "klee")
NOTICES = {
    "NotoSerifSC.OFL.txt": ["(c) 2017-2024 Adobe (http://www.adobe.com/)"],
    "NotoSansSC.OFL.txt": ["2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'"],
    "LXGWWenKai.OFL.txt": [
        "Copyright 2021-2023 LXGW (https://github.com/lxgw/LxgwWenKai)",
        "Copyright 2020 The Klee Project Authors (https://github.com/fontworks-fonts/Klee)",
        "霞鹜",
    ],
}


def two_byte_characters(encoding: str) -> set[int]:
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    codes = {ord(c) for pair in pairs for c in pair.decode(encoding, "ignore")}
    return {code for code in codes if code >= 0x80 and not 0xE000 <= code <= 0xF8FF}


REQUIRED = two_byte_characters("gbk") | two_byte_characters("big5") | set(range(0x20, 0x7F))


@pytest.fixture(params=sorted(WEIGHTS))
def font(request: pytest.FixtureRequest) -> Any:
    return TTFont(fonts_folder() / f"{request.param}.ttf", lazy=True)


def stem(font: Any) -> str:
    return Path(font.reader.file.name).stem


def test_the_five_faces_are_there_and_small_enough() -> None:
    assert [path.stem for path in shipped_fonts()] == sorted(WEIGHTS)
    total = sum(path.stat().st_size for path in fonts_folder().iterdir() if path.is_file())
    assert total <= 60e6


def test_each_covers_gbk_and_big5(font: Any) -> None:
    assert len(REQUIRED) > 21_800
    assert not {chr(code) for code in REQUIRED - set(font.getBestCmap())}


def test_combining_marks_of_pinyin(font: Any) -> None:
    assert {0x300, 0x301, 0x304, 0x307, 0x30C} <= set(font.getBestCmap())


def test_names_are_our_own(font: Any) -> None:
    names = [str(n) for n in font["name"].names if n.nameID not in (0, 13, 14)]
    assert len(names) == 8
    assert not [name for name in names for word in RESERVED if word in name.lower()]


def test_static_weight_and_embedding(font: Any) -> None:
    assert font["OS/2"].usWeightClass == WEIGHTS[stem(font)]
    assert font["OS/2"].fsType == 0
    assert "fvar" not in font
    assert "glyf" in font


def test_name_records_carry_the_notices(font: Any) -> None:
    copyright_, licence = (font["name"].getDebugName(number) for number in (0, 13))
    assert "SIL Open Font License" in licence
    if stem(font) == "TypesetKai":
        for holder in ("LXGW", "Klee", "Noto Serif SC: (c) 2017-2024 Adobe"):
            assert holder in copyright_
        assert "Noto Serif SC" in licence
    else:
        assert "Adobe" in copyright_


@pytest.mark.parametrize("file", sorted(NOTICES))
def test_licence_files(file: str) -> None:
    text = (fonts_folder() / file).read_text(encoding="utf-8")
    head, body = text.split("SIL OPEN FONT LICENSE Version 1.1", 1)
    for notice in NOTICES[file]:
        assert notice in head
    assert "PERMISSION & CONDITIONS" in body
    assert body.rstrip().endswith("OTHER DEALINGS IN THE FONT SOFTWARE.")
    assert "GPL" not in text
    assert "Debian" not in text


@pytest.mark.parametrize("name", NOTO)
def test_noto_faces_are_filled_from_their_own_glyphs(name: str) -> None:
    font: Any = TTFont(fonts_folder() / f"{name}.ttf", lazy=True)
    cmap = font.getBestCmap()
    for code, twin in ((0x2CD, 0xFF3F), (0x203E, 0xFFE3), (0x223C, 0xFF5E)):
        assert cmap[code] == cmap[twin]
    bars, sign = font["glyf"][cmap[ord("＝")]], font["glyf"][cmap[ord("≒")]]
    assert sign.numberOfContours == 4
    assert sign.yMax > bars.yMax > bars.yMin > sign.yMin
    assert (sign.xMin, sign.xMax) == (bars.xMin, bars.xMax)


@pytest.mark.parametrize("char", "≒♁︴﹏中。")
def test_vertical_origin_is_the_same_for_added_glyphs(font: Any, char: str) -> None:
    name = font.getBestCmap()[ord(char)]
    assert font["vmtx"][name][0] == 1000
    assert font["vmtx"][name][1] + font["glyf"][name].yMax == 880


def test_files_are_those_that_the_build_wrote() -> None:
    lines = (fonts_folder() / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == len(WEIGHTS) + len(NOTICES)
    for line in lines:
        digest, name = line.split()
        assert hashlib.sha256((fonts_folder() / name).read_bytes()).hexdigest() == digest
