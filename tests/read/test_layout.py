"""Layout files into `Layout`: the shipped ones, units, and mistakes with their line and nearest spelling."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import LAYOUTS, ROOT, layout_of
from typeset.makeup.turn import turned
from typeset.model.findings import TypesetError
from typeset.model.lengths import MM_PT, points
from typeset.read.layout import find_layout, read_layout, shipped_layouts

TABLOID = (ROOT / "layouts" / "tabloid.yaml").read_text("utf-8")


def mistake(tmp_path: Path, text: str) -> str:
    """What reading the layout says, without the file's name."""
    path = tmp_path / "my.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(TypesetError) as caught:
        read_layout(path)
    assert caught.value.spoken("zh")
    return caught.value.spoken("en").removeprefix(str(path))


def test_the_shipped_layouts() -> None:
    assert {path.stem for path in shipped_layouts()} >= set(LAYOUTS)
    for path in shipped_layouts():
        layout = read_layout(path)
        assert layout.name == path.stem
        assert layout.file == str(path)


@pytest.mark.parametrize("name", [path.stem for path in shipped_layouts()])
def test_t27_the_columns_of_every_setting_fit_the_type_area(name: str) -> None:
    layout = layout_of(name)
    layout = turned(layout) if layout.composition.direction == "vertical" else layout
    for body in layout.body:
        width = (body.columns * body.measure_em + (body.columns - 1) * body.gutter_em) * body.size_pt
        assert layout.type_width_pt * 0.93 < width <= layout.type_width_pt
        fewest, most = body.rows
        assert 0 < fewest <= most
        assert layout.type_height_pt / most >= body.size_pt * 1.2


@pytest.mark.parametrize("name", LAYOUTS)
def test_sheets_have_three_millimetres_of_bleed(name: str) -> None:
    layout = layout_of(name)
    assert layout.sheet.bleed_pt == pytest.approx(3 * MM_PT)
    size = {"tabloid": (270, 390), "a4": (210, 297)}[name]
    assert (layout.sheet.width_pt, layout.sheet.height_pt) == pytest.approx([mm * MM_PT for mm in size])


def test_a_layout_by_name_or_path() -> None:
    path = find_layout("a4")
    assert find_layout(str(path)) == path
    with pytest.raises(TypesetError, match="no layout named a5"):
        find_layout("a5")


@given(
    st.floats(0, 5000, allow_nan=False).map(lambda v: round(v, 3)), st.sampled_from(["pt", "mm", "cm", "in"])
)
def test_lengths(value: float, unit: str) -> None:
    scale = {"pt": 1, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72}[unit]
    assert points(f"{value:.3f}{unit}") == pytest.approx(value * scale)
    assert points(f" {value:.3f} {unit} ") == pytest.approx(value * scale)


@pytest.mark.parametrize("text", ["", "10", "ten pt", "10 px", "1e3pt", "10ptt", "mm", "10,5mm"])
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(ValueError, match="not a length"):
        points(text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"gutter_em", "guter_em", "unknown key 'guter_em' in body[1]"),
        (r"least: [\d.]+pt", "least: 13.5", "'13.5' is no length"),
        (r"most_lines: \d", "most_lines: two", "'two' is not a whole number"),
        (r"mode: slicing", "mode: slcing", "hoose slicing, strip"),
        (r"pad_rows: \[.*\]", "pad_rows: [1, 4, 5]", "has 3 values"),
        (r"sizes: \[.*\]", "sizes: 40pt", "is no list"),
        (r"colour: \[.*\]", "colour: [0, 100, red, 0]", "'red' is not a number"),
        (r"name: tabloid", "name: [a, b]", "wants one value"),
        (r"size_em: [\d.]+", "size_em: big", "'big' is not a number"),
        (r"\{size: 9.5pt, columns: 5", "{size: 9.5pt, columns: 6", "the columns are"),
    ],
)
def test_mistakes_name_their_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    match = re.search(old, TABLOID)
    assert match is not None
    message = mistake(tmp_path, TABLOID[: match.start()] + new + TABLOID[match.end() :])
    assert said in message
    line = TABLOID.count("\n", 0, match.start()) + 1
    assert message.startswith(f":{line}: ")


def test_a_face_that_is_not_defined(tmp_path: Path) -> None:
    assert "id you mean 'song'" in mistake(
        tmp_path, TABLOID.replace("folio: {face: song,", "folio: {face: sung,", 1)
    )


@pytest.mark.parametrize(
    "key", ["sheet", "margins", "body", "faces", "styles", "headline", "folio", "makeup"]
)
def test_a_missing_part_is_named(tmp_path: Path, key: str) -> None:
    kept, skip = [], False
    for line in TABLOID.splitlines():
        if line and not line.startswith((" ", "#")):
            skip = line.startswith(f"{key}:")
        if not skip:
            kept.append(line)
    assert f"lacks '{key}'" in mistake(tmp_path, "\n".join(kept) + "\n")


def test_a_missing_style_is_named(tmp_path: Path) -> None:
    text = "\n".join(line for line in TABLOID.splitlines() if not line.startswith("  verse:"))
    assert "styles lacks 'verse'" in mistake(tmp_path, text)


def test_broken_yaml_names_line_and_column(tmp_path: Path) -> None:
    assert mistake(tmp_path, "name: tabloid\nsheet: {width: 270mm\n").startswith(":")
    assert "not valid YAML" in mistake(tmp_path, "name: [a\n")


@pytest.mark.parametrize("text", ["", "just text\n", "- a\n- b\n", "a: &x [*x]\n"])
def test_what_is_no_layout_at_all(tmp_path: Path, text: str) -> None:
    assert mistake(tmp_path, text)


def test_bytes_that_are_no_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_bytes("title: 四开".encode("gb18030"))
    with pytest.raises(TypesetError, match="can't be read"):
        read_layout(path)


def test_aliases_of_aliases_are_refused(tmp_path: Path) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
    )
    weights = TABLOID.replace("    head_size: 10 ", "    head_size: *i ")
    assert mistake(tmp_path, bomb + weights)


@pytest.mark.parametrize("text", ["\x1f", "name: \x00"])
def test_control_characters(tmp_path: Path, text: str) -> None:
    assert mistake(tmp_path, text)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_text_is_a_layout_or_a_mistake(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "my.yaml"
        path.write_text(text, "utf-8")
        with pytest.raises(TypesetError):
            read_layout(path)
