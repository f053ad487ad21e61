"""The cut for the PDF: outlines, advances and ToUnicode as in the whole face, the same bytes each time."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from typeset.fonts.face import open_face
from typeset.fonts.faces import FaceSet, fonts_folder
from typeset.fonts.subset import SubsetFace, pairs_of, subset_face

SONG, KAI = (fonts_folder() / f"Typeset{name}.ttf" for name in ("Song", "Kai"))
TEXT = "人民日报，2023年１１月“—…” ·́é⼀一〓\u3000\u200b\U00020000\U0001f600"


def cut(text: str, path: Any = SONG) -> tuple[SubsetFace, Any, Any]:
    """The subset, and the code points and glyphs it was made for."""
    faces = FaceSet({"r": [path]})
    codes = np.array([ord(c) for c in text], np.uint32)
    glyphs = faces.lookup("r", codes).glyph
    return subset_face(faces.faces[0], np.unique(pairs_of(codes, glyphs))), codes, glyphs


def outline(font: Any, glyph: int) -> Any:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(glyph)].draw(pen)
    return pen.value


def read_to_unicode(data: bytes) -> dict[int, str]:
    """Every CID's text, by the CMap's own rules; ranges must stay within one high byte."""
    out: dict[int, str] = {}
    sections = re.findall(rb"(\d+) beginbfrange\n(.*?)endbfrange", data, re.S)
    for count, rows in sections:
        found = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>", rows)
        assert len(found) == int(count) <= 100
        for first, last, text in found:
            a, b, start = int(first, 16), int(last, 16), bytes.fromhex(text.decode())
            assert a >> 8 == b >> 8
            assert start[-1] + b - a <= 0xFF
            for cid in range(a, b + 1):
                assert cid not in out
                out[cid] = (start[:-1] + bytes((start[-1] + cid - a,))).decode("utf-16-be")
    return out


@pytest.mark.parametrize("path", [SONG, KAI], ids=["song", "kai"])
def test_outlines_and_advances_equal(path: Any) -> None:
    subset, codes, glyphs = cut(TEXT, path)
    whole: Any = TTFont(path, lazy=True)
    part: Any = TTFont(io.BytesIO(subset.data))
    assert part["maxp"].numGlyphs > len(subset.pairs)
    for cid, glyph in zip(subset.cids(codes, glyphs).tolist(), glyphs.tolist(), strict=True):
        assert outline(part, cid) == outline(whole, glyph)
        advance = whole["hmtx"][whole.getGlyphName(glyph)][0]
        assert part["hmtx"][part.getGlyphName(cid)][0] == advance
        assert subset.widths[cid - 1] == round(advance * 1000 / whole["head"].unitsPerEm)


def test_only_what_is_used_is_kept() -> None:
    subset, _, glyphs = cut("人民日报人民")
    part: Any = TTFont(io.BytesIO(subset.data))
    assert part["maxp"].numGlyphs == len(set(glyphs.tolist())) + 1
    assert len(subset.data) < 20_000
    assert not {"fpgm", "prep", "cvt ", "GSUB", "GPOS", "name"} & set(part.keys())


def test_text_reads_back_with_one_cid_a_character() -> None:
    subset, codes, glyphs = cut(TEXT)
    read = read_to_unicode(subset.to_unicode)
    assert "".join(read[cid] for cid in subset.cids(codes, glyphs).tolist()) == TEXT
    # ⼀ and 一, 1 and １, share a glyph and keep their code points
    assert len(read) == len(set(TEXT))


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_reads_back(text: str) -> None:
    subset, codes, glyphs = cut(text)
    read = read_to_unicode(subset.to_unicode)
    assert "".join(read[cid] for cid in subset.cids(codes, glyphs).tolist()) == text


def test_long_runs_read_back_across_bytes() -> None:
    text = "".join(map(chr, (*range(0x4E00, 0x5200), *range(0x20000, 0x20200))))
    subset, codes, glyphs = cut(text)
    read = read_to_unicode(subset.to_unicode)
    assert "".join(read[cid] for cid in subset.cids(codes, glyphs).tolist()) == text


def test_lone_surrogates_become_replacement_characters() -> None:
    subset, _, _ = cut("\ud800")
    assert read_to_unicode(subset.to_unicode) == {1: "\ufffd"}


def test_the_same_characters_give_the_same_bytes() -> None:
    one, _, _ = cut(TEXT)
    two, _, _ = cut("".join(reversed(TEXT)) * 2)
    for name in ("data", "widths", "to_unicode", "name"):
        assert getattr(one, name) == getattr(two, name)
    assert re.fullmatch(r"[A-Z]{6}\+TypesetSong-Regular", one.name)
    assert cut("人")[0].name != one.name


def test_nothing_to_cut() -> None:
    subset = subset_face(open_face(SONG), np.empty(0, np.int64))
    assert subset.widths == []
    assert read_to_unicode(subset.to_unicode) == {}
