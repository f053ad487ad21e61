"""Fonts within the DOCX: unmasked again they are the layout's faces, with all of GB 2312 and what the articles need."""

from __future__ import annotations

import re

import pytest
import uharfbuzz as hb

from tests.samples import bulletin_of, layout_of
from tests.write.test_docx import ISSUE, File, W
from typeset.write.docx import write_docx
from typeset.write.docx.embedding import gb_2312

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@pytest.fixture(scope="module")
def made() -> File:
    return File(write_docx(bulletin_of(), layout_of("a4"), ISSUE, embeds_fonts=True))


def unmasked(file: File) -> dict[str, hb.Face]:
    """By its name in the font table each embedded face, as Word reads it."""
    relations = file.zip.read("word/_rels/fontTable.xml.rels").decode()
    out = {}
    for font in file.part("fontTable").iter(f"{W}font"):
        entry = font.find(f"{W}embedRegular")
        if entry is None:
            continue
        [target] = re.findall(rf'Target="([^"]*)"[^>]*Id="{entry.get(f"{R}id")}"', relations) or re.findall(
            rf'Id="{entry.get(f"{R}id")}"[^>]*Target="([^"]*)"', relations
        )
        data = bytearray(file.zip.read(f"word/{target}"))
        key = bytes.fromhex(re.sub("[{}-]", "", entry.get(f"{W}fontKey")))[::-1]
        for at in range(32):
            data[at] ^= key[at % 16]
        assert bytes(data[:4]) == b"\0\1\0\0"
        out[font.get(f"{W}name")] = hb.Face(bytes(data))
    return out


def test_embedded_faces_hold_gb_2312_and_the_text(made: File) -> None:
    faces = unmasked(made)
    assert len(faces) == 5
    wanted = {ord(c) for c in gb_2312() if c > " "}
    assert len(wanted) > 7400
    used = {ord(c) for _, text in made.paragraphs() for c in text if "一" <= c <= "鿿"}
    song = hb.Font(faces["Typeset Song"])
    assert not [chr(code) for code in wanted | used if not song.get_nominal_glyph(code)]


def test_styles_call_for_the_embedded_faces_and_the_setting_is_on(made: File) -> None:
    names = {
        made.effective(style, f"{W}rPr/{W}rFonts", "eastAsia") for style in {s for s, _ in made.paragraphs()}
    }
    assert names <= set(unmasked(made))
    assert made.part("settings").find(f"{W}embedTrueTypeFonts") is not None


def test_same_bytes_and_none_without_the_option(made: File) -> None:
    again = File(write_docx(bulletin_of(), layout_of("a4"), ISSUE, embeds_fonts=True))
    fonts = [name for name in made.zip.namelist() if name.endswith(".odttf")]
    assert [again.zip.read(name) for name in fonts] == [made.zip.read(name) for name in fonts]
    plain = File(write_docx(bulletin_of(), layout_of("a4"), ISSUE))
    assert not [name for name in plain.zip.namelist() if name.endswith(".odttf")]
    assert plain.part("settings").find(f"{W}embedTrueTypeFonts") is None
