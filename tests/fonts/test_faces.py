"""What each character is drawn with: roles, fallbacks, marks, 〓 (T30, T60)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from typeset.fonts.faces import FaceSet, Looked, find_font, fonts_folder, shipped_fonts
from typeset.model.findings import TypesetError

from .test_face import small_font

FONTS = fonts_folder()
SONG, HEI, KAI = (FONTS / f"Typeset{name}.ttf" for name in ("Song", "Hei", "Kai"))


def codes_of(text: str) -> Any:
    return np.array([ord(c) for c in text], np.uint32)


@pytest.fixture(scope="module")
def faces() -> FaceSet:
    return FaceSet({
        "song": [SONG, HEI, KAI],
        "kai": [KAI, SONG, HEI],
        "heavy": [FONTS / "TypesetSongHeavy.ttf", SONG],
        "alone": [HEI],
    })  # fmt: skip


def one(faces: FaceSet, role: str, char: str, western: bool = False) -> tuple[str, int, float, bool]:
    looked = faces.lookup(role, codes_of(char), np.array([western]))
    name = faces.faces[int(looked.face[0])].path.stem
    return name, int(looked.glyph[0]), float(looked.advance_em[0]), bool(looked.missing[0])


def glyph_of(path: Path, char: str) -> int:
    font: Any = TTFont(path, lazy=True)
    return int(font.getGlyphID(font.getBestCmap()[ord(char)]))


@pytest.mark.parametrize("role", ["song", "kai", "heavy", "alone"])
@pytest.mark.parametrize("char", "—…“”‘’")
def test_marks_are_one_em(faces: FaceSet, role: str, char: str) -> None:
    assert one(faces, role, char)[2] == 1.0


def test_kai_takes_its_quotes_from_the_song(faces: FaceSet) -> None:
    assert {one(faces, "kai", char)[0] for char in "“”‘’"} == {"TypesetSong"}
    assert {one(faces, "kai", char, western=True)[0] for char in "“”‘’"} == {"TypesetKai"}


@pytest.mark.parametrize(("role", "own"), [("kai", "TypesetKai"), ("song", "TypesetSong")])
def test_interpunct_stays_in_the_roles_own_face(faces: FaceSet, role: str, own: str) -> None:
    assert one(faces, role, "·")[0] == own


def test_western_quotes_are_narrow(faces: FaceSet) -> None:
    name, _, advance, _ = one(faces, "song", "”", western=True)
    assert name == "TypesetSong"
    assert advance < 0.6
    looked = faces.lookup("song", codes_of("“a”"), np.array([True, False, False]))
    assert looked.advance_em[0] < 0.6
    assert looked.advance_em[2] == 1.0


@pytest.mark.parametrize(("wide", "narrow"), list(zip("０９Ａｚ％＋－", "09Az%+-", strict=True)))
def test_full_width_letters_are_drawn_narrow(faces: FaceSet, wide: str, narrow: str) -> None:
    assert one(faces, "song", wide) == one(faces, "song", narrow)


def test_full_width_solidus_is_its_own(faces: FaceSet) -> None:
    assert one(faces, "song", "／")[1] == glyph_of(SONG, "／")


@pytest.mark.parametrize(
    "char", "\u00ad\u034f\u061c\u180e\u200b\u200d\u2028\u2029\u2060\ufe0f\ufeff\U000e0100"
)
def test_ignorable_characters_are_empty_never_missing(faces: FaceSet, char: str) -> None:
    assert one(faces, "song", char) == ("TypesetSong", glyph_of(SONG, " "), 0.0, False)


@pytest.mark.parametrize("char", "\t\u00a0\u2002\u2007\u2009\u202f\u205f\u3000")
def test_spaces_are_empty(faces: FaceSet, char: str) -> None:
    assert one(faces, "song", char)[:2] == ("TypesetSong", glyph_of(SONG, " "))


@pytest.mark.parametrize("char", "\u0301\u0300\u3099")
def test_combining_marks_advance_nothing(faces: FaceSet, char: str) -> None:
    assert one(faces, "kai", char)[2:] == (0.0, False)


def test_fallback_is_the_first_face_that_has_it(faces: FaceSet) -> None:
    only_kai = set(TTFont(KAI, lazy=True).getBestCmap()) - set(TTFont(SONG, lazy=True).getBestCmap())
    char = next(chr(code) for code in sorted(only_kai) if code > 0x2100)
    name, glyph, _, missing = one(faces, "song", char)
    assert (name, glyph, missing) == ("TypesetKai", glyph_of(KAI, char), False)
    assert one(faces, "alone", char)[3]


@pytest.mark.parametrize("char", "\U00020000\ue000ᠠ\ud800")
def test_what_no_face_has_is_shown_as_geta(faces: FaceSet, char: str) -> None:
    assert one(faces, "song", char) == ("TypesetSong", glyph_of(SONG, "〓"), 1.0, True)


def test_geta_comes_from_any_face_of_the_set(tmp_path: Path) -> None:
    small = small_font(tmp_path / "small.ttf", "中")
    faces = FaceSet({"small": [small], "song": [SONG]})
    assert one(faces, "small", "文") == ("TypesetSong", glyph_of(SONG, "〓"), 1.0, True)
    assert one(FaceSet({"small": [small]}), "small", "文")[:2] == ("small", 0)


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_lookup_does_not_depend_on_what_was_looked_up_before(text: str) -> None:
    fresh, used = FaceSet({"kai": [KAI, SONG]}), FaceSet({"kai": [KAI, SONG]})
    used.lookup("kai", codes_of("中文，“报”\U00020000"))
    for n in range(len(text)):
        used.lookup("kai", codes_of(text[n:]))
    for name in Looked.__dataclass_fields__:
        a, b = (getattr(f.lookup("kai", codes_of(text)), name) for f in (fresh, used))
        assert a.tolist() == b.tolist()


def test_results_are_the_callers_own(faces: FaceSet) -> None:
    looked = faces.lookup("song", codes_of("中中"))
    looked.advance_em[:] = 9
    looked.face[:] = 9
    again = faces.lookup("song", codes_of("中中"))
    assert again.advance_em.tolist() == [1.0, 1.0]
    assert again.face.tolist() == [0, 0]


def test_find_font(tmp_path: Path) -> None:
    assert find_font("TypesetSong.ttf") == SONG.resolve()
    own = small_font(tmp_path / "TypesetSong.ttf", "中")
    assert find_font("TypesetSong.ttf", tmp_path) == own.resolve()
    assert SONG in shipped_fonts()
    with pytest.raises(TypesetError) as near:
        find_font("TypesetSnog.ttf")
    assert "Did you mean TypesetSong.ttf?" in near.value.spoken("en")
    with pytest.raises(TypesetError) as far:
        find_font("zz")
    assert "typeset fonts" in far.value.spoken("en")
