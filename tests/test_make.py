"""The main job as a library: what `make` writes, and that it writes all of it or nothing."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import typeset
from tests.samples import SAMPLE, bulletin_of, edition_of, solid
from typeset.model.findings import NotExactError, TypesetError
from typeset.pipeline import FORMATS
from typeset.read import write_manuscript

SMALL = """厂区植树节活动圆满举行

本报讯（记者 李明）3月12日，公司团委组织120名青年职工到北山林场开展义务植树活动。大家分工协作，挖坑、扶苗、培土、浇水，两个小时共栽下雪松、白蜡600余株。
活动现场，老党员王建国向青年讲述了三十年前建厂时栽下第一排杨树的往事。“树长高了，厂也长大了。”他说。青年职工纷纷表示，要像树苗一样把根扎进岗位，为企业的发展贡献力量。
据了解，公司已连续十年组织义务植树，累计栽植各类苗木8000余株，成活率达92.5%。
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "植树.txt"
    path.write_text(SMALL, "utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_the_package_offers_make_and_says_its_version(small: Path, tmp_path: Path) -> None:
    made = typeset.make(small, layout="a4", out=tmp_path / "out", formats=("pdf",))
    assert [path.name for path in made.files] == ["植树.pdf"]
    assert made.pages == 1
    assert typeset.__version__.count(".") == 2


def test_default_formats_and_names(small: Path, tmp_path: Path) -> None:
    made = typeset.make(small, out=tmp_path / "out")
    assert names(tmp_path / "out") == ["植树.docx", "植树.pdf"]
    assert sorted(path.name for path in made.files) == names(tmp_path / "out")


def test_every_format_and_its_name(small: Path, tmp_path: Path) -> None:
    made = typeset.make(small, "a4", tmp_path / "out", FORMATS)
    pictures = [f"植树-{n}.png" for n in range(1, made.pages + 1)]
    assert names(tmp_path / "out") == sorted(
        ["植树.docx", "植树.pdf", "植树.layout.json", "植树.report.json", *pictures]
    )
    assert (tmp_path / "out" / pictures[0]).read_bytes().startswith(b"\x89PNG")


def test_one_format_alone(small: Path, tmp_path: Path) -> None:
    for form, expected in (
        ("png", ["植树-1.png"]),
        ("json", ["植树.layout.json", "植树.report.json"]),
        ("docx", ["植树.docx"]),
    ):
        typeset.make(small, "a4", tmp_path / form, (form,))
        assert names(tmp_path / form) == expected


@pytest.fixture(scope="module")
def sample_json(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    out = tmp_path_factory.mktemp("json")
    typeset.make(SAMPLE, "tabloid", out, ("json",))
    layout, report = (
        json.loads((out / f"{SAMPLE.stem}.{kind}.json").read_text("utf-8")) for kind in ("layout", "report")
    )
    return layout, report


def test_the_lines_of_the_layout_json_rebuild_the_text(
    sample_json: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    layout, _ = sample_json
    bulletin = bulletin_of(SAMPLE)
    for article in bulletin.articles:
        lines = [
            line
            for page in layout["pages"]
            for frame in page["frames"]
            if frame["article"] == article.id
            for line in frame["lines"]
        ]
        for line in lines:
            assert line["end"] - line["start"] == len(line["text"]) > 0
        for number, block in enumerate(article.body):
            body = [line for line in lines if line["block"] == number]
            assert solid("".join(line["text"] for line in body)) == solid(block.text)
            assert [line["start"] for line in body] == sorted(line["start"] for line in body)
            assert all(a["end"] <= b["start"] for a, b in pairwise(body))
        for role in ("kicker", "headline", "subtitle"):
            shown = "".join(line["text"] for line in lines if line["role"] == role)
            assert solid(shown) == solid("".join(getattr(article, role)))


def test_the_layout_json_says_what_the_edition_does(
    sample_json: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    layout, report = sample_json
    edition = edition_of(SAMPLE, "tabloid")
    assert layout["sheet_pt"] == pytest.approx([edition.width_pt, edition.height_pt], abs=1e-3)
    assert layout["row_pt"] == pytest.approx(edition.row_pt, abs=1e-3)
    assert [page["number"] for page in layout["pages"]] == [page.number for page in edition.pages]
    assert report["pages"] == len(edition.pages) == len(report["filled_by_page"])
    assert report["filled"] == pytest.approx(edition.filled, abs=1e-4)
    for finding in report["findings"]:
        assert {"severity", "code", "message"} <= finding.keys()


def test_the_manuscript_makes_the_same_pdf_as_the_text(tmp_path: Path) -> None:
    path = tmp_path / f"{SAMPLE.stem}.yaml"
    path.write_text(write_manuscript(bulletin_of(SAMPLE)), "utf-8")
    typeset.make(SAMPLE, out=tmp_path / "text", formats=("pdf",))
    typeset.make(path, out=tmp_path / "yaml", formats=("pdf",))
    name = f"{SAMPLE.stem}.pdf"
    assert (tmp_path / "text" / name).read_bytes() == (tmp_path / "yaml" / name).read_bytes()


def test_the_same_input_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        typeset.make(small, "a4", tmp_path / folder, FORMATS)
    for name in names(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_title_date_and_issue_stand_in(small: Path, tmp_path: Path) -> None:
    typeset.make(
        small, "a4", tmp_path, ("pdf", "json"), title="北山通讯", date="2024年3月15日", issue="第8期"
    )
    layout = json.loads((tmp_path / "植树.layout.json").read_text("utf-8"))
    assert (layout["title"], layout["date"], layout["issue"]) == ("北山通讯", "2024年3月15日", "第8期")
    furniture = solid("".join(line["text"] for line in layout["pages"][0]["furniture"]))
    assert "北山通讯" in furniture
    assert "2024年3月15日" in furniture
    with pikepdf.open(tmp_path / "植树.pdf") as pdf:
        assert "北山通讯" in str(pdf.docinfo["/Title"])


def test_t60_what_no_font_has_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "古字.txt"
    path.write_text(SMALL.replace("雪松", "雪\U00013000松"), "utf-8")
    made = typeset.make(path, "a4", tmp_path / "out", ("pdf",))
    missing = [f for f in made.findings if "U+13000" in f.message.en]
    assert len(missing) == 1
    assert "U+13000" in missing[0].message.zh


def test_pages_that_do_not_close_say_what_they_lack_and_a_box_takes_the_space(
    small: Path, tmp_path: Path
) -> None:
    made = typeset.make(small, "tabloid", tmp_path / "out", ("json",))
    assert not made.is_exact
    (said,) = [f.message for f in made.findings if f.code == "makeup.open"]
    assert "add about" in said.en
    assert "厂区植树节活动圆满举行" in said.zh
    layout = json.loads((tmp_path / "out" / "植树.layout.json").read_text("utf-8"))
    assert "公益广告" in [line["text"] for line in layout["pages"][-1]["furniture"]]
    box = [rule for rule in layout["pages"][-1]["rules"] if rule["kind"] == "box"]
    frame = layout["pages"][-1]["frames"][-1]["box_pt"]
    assert len(box) == 4
    assert min(rule["ends_pt"][1] for rule in box) > frame[1] + frame[3]


def test_the_characters_said_to_be_missing_fill_the_page(small: Path, tmp_path: Path) -> None:
    """Within a few lines: so many more characters close the page or come near its foot."""
    made = typeset.make(small, "a4", tmp_path / "out", ("json",))
    (said,) = [f.message.en for f in made.findings if f.code == "makeup.open"]
    add = int(said.split("add about ")[1].split()[0])
    more = "。".join(["职工群众积极参加劳动竞赛"] * (add // 13)) + "。\n"
    (tmp_path / "long.txt").write_text(SMALL + more, "utf-8")
    longer = typeset.make(tmp_path / "long.txt", "a4", tmp_path / "out", ("json",))
    assert longer.pages == made.pages
    left = [f.message.en for f in longer.findings if f.code == "makeup.open"]
    assert not left or int(left[0].split(": ")[1].split()[0]) <= 8


def test_exact_writes_nothing_where_pages_do_not_close(small: Path, tmp_path: Path) -> None:
    with pytest.raises(NotExactError, match="do not close"):
        typeset.make(small, "tabloid", tmp_path / "out", ("pdf",), exact=True)
    assert not (tmp_path / "out").exists()
    made = typeset.make(SAMPLE, "tabloid", tmp_path / "out", ("pdf",), exact=True)
    assert made.is_exact
    assert not [f for f in made.findings if f.code == "makeup.open"]


def test_an_unknown_format_writes_nothing(small: Path, tmp_path: Path) -> None:
    with pytest.raises(TypesetError, match="odt"):
        typeset.make(small, out=tmp_path / "out", formats=("pdf", "odt"))
    assert not (tmp_path / "out").exists()


def test_outputs_that_cannot_all_be_written_are_not_written_at_all(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "植树.docx").mkdir(parents=True)  # a folder in the place of a file
    with pytest.raises(TypesetError):
        typeset.make(small, "a4", out, ("pdf", "docx"))
    assert [path.name for path in out.rglob("*")] == ["植树.docx"]
