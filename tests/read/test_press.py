"""What a press can't print is an error at its line, in a layout, before any page is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from typeset.inks.profiles import SHIPPED, data_folder, intent_of, read_profile
from typeset.model.conditions import CONDITIONS, condition_named_by, ink_limit
from typeset.model.findings import TypesetError
from typeset.model.layout import PrintProfile, PrintSpec
from typeset.read.layout import find_layout, read_layout

PRINT = "print: {profile: x1a, condition: IFRA26}"
NAMES = """FOGRA53|CGATS21-2-CRPC7|APTEC_CTV_8|FOGRA51|JCS2011|FOGRA39|JC200103|IFRA26|CGATS TR 002|JCN2002""".split(
    "|"
)


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = find_layout("tabloid").read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def line_of(path: Path, words: str) -> int:
    return 1 + next(
        n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()) if words in line
    )


def test_the_newspaper_goes_out_as_x1a_for_newsprint_and_a4_as_x4() -> None:
    tabloid, a4 = (read_layout(find_layout(name)).print for name in ("tabloid", "a4"))
    assert (tabloid.profile, tabloid.condition, tabloid.most_ink) == ("x1a", "IFRA26", 240)
    assert (a4.profile, a4.condition, a4.most_ink) == ("x4", "FOGRA39", 300)


@pytest.mark.parametrize(("new", "words"), [
    ("print: {profile: x5, condition: IFRA26}", "x4, x1a, screen"),
    ("print: {profile: x4, condition: IFRA26}", "embeds an ICC profile"),
    ("print: {profile: x1a, condition: Our press}", "no condition of the ICC's registry"),
    ("print: {profile: x1a, condition: IFRA26, icc: nowhere.icc}", "can't be read"),
    ("print: {profile: x1a, condition: IFRA26, marks: [cross]}", "crop"),
    ("print: {profil: x1a}", "id you mean 'profile'"),
    ("print: {profile: x1a, condition: IFRA26, ink_limit: 80}", "of ink"),
    ("print: {profile: x1a, condition: IFRA26, spots: {Black: [0, 0, 0, 100]}}", "spot ink's name"),
    ("print: {profile: x1a, condition: IFRA26, spots: {Gold: [0, 20, 80]}}", "4"),
])  # fmt: skip
def test_a_wrong_print_is_said_with_its_line(new: str, words: str, tmp_path: Path) -> None:
    path = changed(tmp_path, PRINT, new)
    with pytest.raises(TypesetError) as caught:
        read_layout(path)
    said = caught.value.spoken("en")
    assert words in said
    due = line_of(path, "colour: [0, 100, 100, 0]") if "ink_limit" in new else line_of(path, new)
    assert f"mine.yaml:{due}:" in said


@pytest.mark.parametrize(("old", "new", "words"), [
    ("colour: [0, 100, 100, 0]", "colour: [80, 100, 100, 20]", "300 % of ink, IFRA26 takes 240 %"),
    ("colour: [0, 100, 100, 0]", "colour: [0, 120, 100, 0]", "no CMYK in per cent"),
    ("note: {face: kai, indent_em: 2, ", "note: {face: kai, indent_em: 2, colour: [60, 40, 40, 100], ", "never registers"),
    ("note: {face: kai, indent_em: 2, ", "note: {face: kai, indent_em: 2, colour: [60, 40, 40, 0], ", "never registers"),
    ("rules: {column: 0pt, article: 0.4pt}", "rules: {column: 0.1pt, article: 0.4pt}", "may vanish"),
    ("rule: 1.2pt\n  pages_text", "rule: 0.3pt\n  pages_text", "may vanish"),
    ("note: {face: kai, indent_em: 2, ", "note: {face: kai, indent_em: 2, colour: [0, 0, 0, 0], ", "white ink"),
])  # fmt: skip
def test_what_no_plate_holds_is_said_with_its_line(old: str, new: str, words: str, tmp_path: Path) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(TypesetError) as caught:
        read_layout(path)
    said = caught.value.spoken("en")
    assert words in said
    assert f"mine.yaml:{line_of(path, new.splitlines()[0])}:" in said
    assert caught.value.spoken("zh") != said


# ------------------------------------------------------------ profiles and conditions


def profile_named(description: str) -> bytes:
    """FOGRA39's tables under another description of the same length or less."""
    data = bytearray((data_folder() / SHIPPED["FOGRA39"]).read_bytes())
    at = data.index(b"desc", 128 + 4 + 12 * int.from_bytes(data[128:132], "big"))
    if data[at : at + 4] == b"desc":
        size = int.from_bytes(data[at + 8 : at + 12], "big")
        data[at + 12 : at + 12 + size] = description.encode("ascii").ljust(size, b"\0")
    return bytes(data)


def spec_with(tmp_path: Path, condition: str, data: bytes, profile: PrintProfile = "x4") -> PrintSpec:
    (tmp_path / "press.icc").write_bytes(data)
    return PrintSpec(profile, condition, "press.icc")


def test_the_shipped_profile_is_what_it_is_said_to_be() -> None:
    profile = read_profile((data_folder() / SHIPPED["FOGRA39"]).read_bytes())
    assert (profile.device_class, profile.space, profile.version, profile.components) == (
        "prtr",
        "CMYK",
        2,
        4,
    )
    assert condition_named_by(profile.words) == "FOGRA39"
    assert "zlib" in (data_folder() / "README.md").read_text(encoding="utf-8")


def test_a_profile_under_another_conditions_name_is_refused(tmp_path: Path) -> None:
    data = (data_folder() / SHIPPED["FOGRA39"]).read_bytes()
    assert intent_of(spec_with(tmp_path, "FOGRA39", data), tmp_path)
    profiles: tuple[PrintProfile, ...] = ("x4", "x1a")
    for profile in profiles:
        with pytest.raises(TypesetError, match="profile of FOGRA39, not of IFRA26"):
            intent_of(spec_with(tmp_path, "IFRA26", data, profile), tmp_path)


def test_a_profile_of_no_known_condition_goes_under_its_own_name(tmp_path: Path) -> None:
    data = profile_named("Our Press 3")
    with pytest.raises(TypesetError, match="Our Press 3"):
        intent_of(spec_with(tmp_path, "IFRA26", data), tmp_path)
    intent = intent_of(spec_with(tmp_path, "Our Press 3", data), tmp_path)
    assert intent is not None
    assert (intent.condition, intent.info, intent.registry) == ("Our Press 3", "Our Press 3", None)


@pytest.mark.parametrize(("at", "new", "words"), [
    (12, b"mntr", "mntr"), (16, b"RGB ", "RGB"), (36, b"xxxx", "no ICC profile"),
])  # fmt: skip
def test_what_is_no_press_profile_is_refused(at: int, new: bytes, words: str, tmp_path: Path) -> None:
    data = bytearray((data_folder() / SHIPPED["FOGRA39"]).read_bytes())
    data[at : at + 4] = new
    with pytest.raises(TypesetError, match=words):
        intent_of(spec_with(tmp_path, "FOGRA39", bytes(data)), tmp_path)


def test_every_registered_condition_has_a_limit_and_names_itself() -> None:
    assert len(CONDITIONS) == 56
    assert set(NAMES) <= set(CONDITIONS)
    for name, condition in CONDITIONS.items():
        assert 200 <= ink_limit(name) <= 300
        assert (ink_limit(name) == 240) == (condition.paper == "newsprint")
        assert condition_named_by(f"Profile of {name}, 2024") == name
        assert intent_of(PrintSpec("x1a", name), Path(".")) is not None
    assert condition_named_by("sRGB IEC61966-2.1") is None


@pytest.mark.parametrize(("description", "condition"), [
    ("ISO Coated v2 (ECI)", "FOGRA39"), ("Coated FOGRA39 (ISO 12647-2:2004)", "FOGRA39"), ("PSO Coated v3", "FOGRA51"),
    ("ISOnewspaper26v4", "IFRA26"), ("U.S. Web Coated (SWOP) v2", "CGATS TR 001"), ("Japan Color 2001 Coated", "JC200103"),
    ("Japan Color 2001 Uncoated", "JC200104"), ("PSO Uncoated ISO12647 (ECI)", "FOGRA47"), ("FOGRA39L Coated", "FOGRA39"),
])  # fmt: skip
def test_profiles_are_known_by_the_names_they_go_by(description: str, condition: str) -> None:
    assert condition_named_by(description) == condition
