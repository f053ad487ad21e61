"""广告位: a place of its height at its page's foot, at the right or over all columns; pages close round it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from tests.samples import SAMPLE, bulletin_of
from typeset.model.findings import TypesetError
from typeset.model.lengths import MM_PT
from typeset.pipeline import make
from typeset.read.manuscript import parse_manuscript, read_manuscript, write_manuscript

ADS = """
- id: ad1
  page: 1
  reserved: {height: 60mm, columns: 2}
  body:
  - {type: caption, text: 广告, picture: {file: ad.png, alt: 某银行}}
- id: ad2
  page: 2
  reserved: {height: 45mm}
  body:
  - {type: caption, text: 广告}
"""


@pytest.fixture(scope="module")
def manuscript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ads")
    out = io.BytesIO()
    Image.new("RGB", (1600, 900), (90, 120, 150)).save(out, "PNG")
    (folder / "ad.png").write_bytes(out.getvalue())
    text = write_manuscript(bulletin_of(SAMPLE))
    at = text.index("\nfurniture:")
    path = folder / "m.yaml"
    path.write_text(text[:at] + ADS + text[at:], "utf-8")
    return path


def test_each_stands_at_its_pages_foot(manuscript: Path, tmp_path: Path) -> None:
    made = make(manuscript, out=tmp_path, formats=("pdf", "docx", "json"))
    assert made.is_exact
    pages = json.loads((tmp_path / "m.layout.json").read_text("utf-8"))["pages"]
    frames = [[f for f in page["frames"] if f["form"] == "reserved"] for page in pages]
    assert [len(found) for found in frames] == [1, 1]
    for page, (ad,), least_mm, share in zip(pages, frames, (60, 45), (2 / 5, 1), strict=True):
        boxes = [f["box_pt"] for f in page["frames"]]
        left, right = min(x for x, *_ in boxes), max(x + width for x, _, width, _ in boxes)
        foot = max(y + height for _, y, _, height in boxes)
        x, y, width, height = ad["box_pt"]
        assert (x + width, y + height) == pytest.approx((right, foot), abs=0.1)
        assert height >= least_mm * MM_PT
        assert width / (right - left) == pytest.approx(share, abs=0.12)
        assert "广告" in json.dumps(ad, ensure_ascii=False)


def test_late_copy_leaves_it_where_it_is(manuscript: Path, tmp_path: Path) -> None:
    make(manuscript, out=tmp_path, formats=("json",))
    old = json.loads((tmp_path / "m.layout.json").read_text("utf-8"))
    late = manuscript.with_name("late.yaml")
    late.write_text(manuscript.read_text("utf-8").replace("始终坚持", "一直坚持", 1), "utf-8")
    make(late, out=tmp_path, formats=("json",), keep=tmp_path / "m.layout.json")
    new = json.loads((tmp_path / "late.layout.json").read_text("utf-8"))
    places = [
        [f for page in edition["pages"] for f in page["frames"] if f["form"] == "reserved"]
        for edition in (old, new)
    ]
    assert places[0] == places[1]


def test_a_layout_may_leave_a_place_in_every_edition(tmp_path: Path) -> None:
    from typeset.read.layout import find_layout, layouts_folder

    layout = (
        find_layout("tabloid").read_text("utf-8") + "\nreserved:\n  - {page: 2, height: 50mm, columns: 3}\n"
    )
    fonts = layouts_folder().parent / "fonts"
    for face in fonts.glob("*.ttf"):
        layout = layout.replace(f"file: {face.name}", f"file: {face}")
    (tmp_path / "own.yaml").write_text(layout, "utf-8")
    made = make(SAMPLE, layout=str(tmp_path / "own.yaml"), out=tmp_path / "o", formats=("json",))
    assert made.is_exact
    pages = json.loads(next((tmp_path / "o").glob("*.layout.json")).read_text("utf-8"))["pages"]
    assert [f["form"] for page in pages for f in page["frames"]].count("reserved") == 1


def test_the_manuscript_keeps_it(manuscript: Path) -> None:
    bulletin = read_manuscript(manuscript)
    assert parse_manuscript(write_manuscript(bulletin), "again.yaml") == bulletin


@pytest.mark.parametrize(
    "entry",
    [
        "{id: ad, reserved: {height: 60mm}, body: [{type: caption, text: 广告}]}",
        "{id: ad, page: 1, reserved: {height: 60}, body: [{type: caption, text: 广告}]}",
        "{id: ad, page: 1, reserved: {height: 60mm}, body: [{type: para, text: 正文}]}",
        "{id: ad, page: 1, headline: [题], reserved: {height: 60mm}, body: [{type: caption, text: 广告}]}",
        "{id: ad, page: 1, reserved: {heigth: 60mm}, body: [{type: caption, text: 广告}]}",
    ],
)
def test_what_is_no_place_is_told_with_its_line(entry: str) -> None:
    with pytest.raises(TypesetError) as caught:
        parse_manuscript(f"articles:\n- {entry}\n", "m.yaml")
    assert caught.value.spoken("en").startswith("m.yaml:2")


def test_a_place_higher_than_a_page_is_refused(manuscript: Path, tmp_path: Path) -> None:
    high = manuscript.with_name("high.yaml")
    high.write_text(manuscript.read_text("utf-8").replace("height: 60mm", "height: 600mm"), "utf-8")
    with pytest.raises(TypesetError, match="ad1"):
        make(high, out=tmp_path)
    assert not list(tmp_path.iterdir())
