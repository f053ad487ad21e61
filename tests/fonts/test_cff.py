"""OpenType/CFF faces of a user: opened, cut, embedded as FontFile3, every character's own text kept."""

from __future__ import annotations

import dataclasses
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from tests.samples import faces_of, layout_of
from typeset.check.preflight import preflight
from typeset.fonts.face import open_face
from typeset.fonts.faces import FaceSet, fonts_folder
from typeset.fonts.subset import pairs_of, subset_face
from typeset.makeup.commit import make_up
from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.issue import IssueLine
from typeset.model.layout import FaceSpec, PrintSpec
from typeset.write.pdf import write_pdf

TEXT = "人民日报二〇二三年１１月11日一⼀。，"
SHARED = {"１": "1", "⼀": "一"}


@cache
def otf() -> bytes:
    """A few characters of the Song with cubic outlines; １ and 1, ⼀ and 一 share a glyph."""
    whole: Any = TTFont(fonts_folder() / "TypesetSong.ttf", lazy=True)
    glyphs, cmap = whole.getGlyphSet(), whole.getBestCmap()
    names = [".notdef", *dict.fromkeys(cmap[ord(SHARED.get(c, c))] for c in TEXT)]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): cmap[ord(SHARED.get(c, c))] for c in TEXT})
    strings = {}
    for name in names:
        pen = T2CharStringPen(whole["hmtx"][name][0], glyphs)
        glyphs[name].draw(pen)
        strings[name] = pen.getCharString()
    builder.setupCFF("Cubic-Song", {}, strings, {})
    builder.setupHorizontalMetrics({name: whole["hmtx"][name] for name in names})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Cubic Song", "styleName": "Regular", "psName": "Cubic-Song"})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def saved(tmp_path: Path) -> Path:
    path = tmp_path / "Cubic.otf"
    path.write_bytes(otf())
    return path


def test_cut_to_what_is_used(tmp_path: Path) -> None:
    faces = FaceSet({"r": [saved(tmp_path)]})
    assert faces.faces[0].is_cff
    codes = np.array([ord(c) for c in "人民１1"], np.uint32)
    glyphs = faces.lookup("r", codes).glyph
    subset = subset_face(faces.faces[0], np.unique(pairs_of(codes, glyphs)))
    fonts: Any = CFFFontSet()
    fonts.decompile(io.BytesIO(subset.data), None)
    assert len(fonts[0].charset) == 4  # .notdef, 人, 民, 1
    cids = subset.cids(codes, glyphs).tolist()
    assert cids[2] == cids[3]
    assert len(set(cids)) == 3
    assert subset.unsaid.tolist() == [(ord("１") << 16) | int(glyphs[2])]
    assert subset.widths[cids[0] - 1] == 1000
    assert re.fullmatch("[A-Z]{6}\\+Cubic-Song", subset.name)


@pytest.mark.parametrize("profile", ["x1a", "x4"])
def test_pages_in_a_cubic_face(profile: Any, tmp_path: Path) -> None:
    layout = layout_of("a4")
    song = FaceSpec(str(saved(tmp_path)), ("TypesetSong.ttf",))
    layout = dataclasses.replace(layout, print=PrintSpec(profile), faces=layout.faces | {"song": song})
    faces = FaceSet.of(layout)
    bulletin = Bulletin(articles=(Article("a", headline=("题目",), body=(Block("para", TEXT * 4),)),))
    data = write_pdf(make_up(bulletin, layout, faces, IssueLine("报")), faces, layout)
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    for report in preflight(path):
        assert report.passed, report.lines("en", True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        inner = [font.DescendantFonts[0] for font in pdf.pages[0].obj.Resources.Font.values()]
        (cubic,) = (font for font in inner if font.Subtype == "/CIDFontType0")
        assert cubic.FontDescriptor.FontFile3.Subtype == "/CIDFontType0C"
        said = [
            bytes(i.operands[1].ActualText).decode("utf-16")
            for page in pdf.pages for i in pikepdf.parse_content_stream(page)
            if str(i.operator) == "BDC" and "/ActualText" in i.operands[1]
        ]  # fmt: skip
        assert len(said) == 12
        assert set(said) <= set(TEXT)
    page = pypdfium2.PdfDocument(data)[0]
    shown = "".join(page.get_textpage().get_text_range().split())
    for shared, own in SHARED.items():
        shown = shown.replace(shared, own)
    due = TEXT
    for shared, own in SHARED.items():
        due = due.replace(shared, own)
    assert due * 4 in shown


def test_a_cff_face_without_outlines_is_refused(tmp_path: Path) -> None:
    font: Any = TTFont(io.BytesIO(otf()))
    del font["CFF "]
    path = tmp_path / "bad.otf"
    font.save(path)
    data = bytearray(path.read_bytes())
    data[:4] = b"OTTO"
    path.write_bytes(data)
    with pytest.raises(Exception, match="CFF"):
        open_face(path)
    assert faces_of("a4").faces
