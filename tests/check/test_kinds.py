"""What 内部资料 and newspapers must show and must not say: findings with their lines, gone once the manuscript gives it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from typeset.check.kinds import KINDS, PaperKind, lint
from typeset.cli import cli
from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.findings import Finding
from typeset.model.issue import IMPRINT, IssueLine
from typeset.model.source import Source
from typeset.pipeline import make
from typeset.read.manuscript import parse_manuscript, write_manuscript

LACKING: dict[PaperKind, set[str]] = {
    "internal": {"permit", "internal", "free", "publisher", "recipients", "printer", "print_date", "print_run", "date", "issue"},
    "newspaper": {"cn", "total", "publisher", "address", "printer", "distribution", "price", "date"},
}  # fmt: skip
RECORD = {
    "notice": "内部资料　免费交流", "permit": "（鲁）字第001号", "cn": "CN 37-0001", "total": "总第12期", "publisher": "某县委办公室",
    "recipients": "各乡镇、各部门", "address": "人民路1号", "printer": "某某印务", "print_date": "2024年1月2日", "print_run": "500份",
    "distribution": "邮发", "price": "1.00元",
}  # fmt: skip


def article(text: str) -> Bulletin:
    return Bulletin("工作简报", articles=(Article("a1", headline=("题",), body=(Block("para", text),)),))


def codes(found: tuple[Finding, ...]) -> set[str]:
    return {finding.code.removeprefix("kind.") for finding in found}


@pytest.mark.parametrize("kind", KINDS)
def test_everything_missing_is_told_in_both_languages(kind: PaperKind) -> None:
    found = lint(kind, article("正文。"), IssueLine("工作简报"), [], None)
    assert codes(found) == LACKING[kind]
    assert all(f.severity == "warning" and f.message.en != f.message.zh for f in found)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_imprint_gives_is_not_missing(kind: PaperKind) -> None:
    issue = IssueLine("工作简报", "2024年1月2日", "第1期", tuple(RECORD.items()))
    assert lint(kind, article("正文。"), issue, [issue.record], None) == ()


def test_what_only_the_bulletin_has_is_named_with_its_line() -> None:
    bulletin = Bulletin("简报", articles=(Article("a1"),), furniture=("准印证号：鲁001",))
    source = Source("a.txt", "utf-8", ("简报", "准印证号：鲁001"))
    permit = next(
        f for f in lint("internal", bulletin, IssueLine("简报"), [], source) if f.code == "kind.permit"
    )
    assert permit.place is not None
    assert (permit.place.line, permit.text) == (2, "准印证号：鲁001")


@pytest.mark.parametrize(
    "text",
    [
        "本报讯昨日晴。",
        "本刊将继续。",
        "（记者 王小明）昨日",
        "欢迎与杂志社联系",
        "期刊社的刊号",
        "本报记者王小明报道",
    ],
)
def test_an_internal_publication_does_not_call_itself_a_paper(text: str) -> None:
    source = Source("a.txt", "utf-8", ("题", text))
    found = [
        f
        for f in lint("internal", article(text), IssueLine("简报"), [], source)
        if f.code == "kind.self_name"
    ]
    assert found
    assert all(f.place is not None and f.place.line == 2 for f in found)
    assert not [
        f
        for f in lint("newspaper", article(text), IssueLine("日报"), [], source)
        if f.code == "kind.self_name"
    ]


@pytest.mark.parametrize("text", ["本报告共三章。", "根据本报表统计", "记者们来了，问了很多。", "资料报送"])
def test_common_words_are_no_self_names(text: str) -> None:
    assert "self_name" not in codes(lint("internal", article(text), IssueLine("简报"), [], None))


@pytest.mark.parametrize(
    ("title", "is_wrong"),
    [("江口日报", True), ("青年杂志", True), ("校刊", True), ("工作简报", False), ("青溪通讯", False)],
)
def test_the_title_of_an_internal_publication(title: str, is_wrong: bool) -> None:
    assert ("title" in codes(lint("internal", article("文。"), IssueLine(title), [], None))) == is_wrong


def test_an_advertisement_is_labelled() -> None:
    text = "新楼盘火热销售，咨询热线12345678。"
    assert "advertisement" in codes(lint("newspaper", article(text), IssueLine("日报"), [], None))
    labelled = Bulletin(articles=(Article("a1", headline=("广告",), body=(Block("para", text),)),))
    assert "advertisement" not in codes(lint("newspaper", labelled, IssueLine("日报"), [], None))


def test_the_manuscript_carries_the_imprint_and_the_colophon_prints_it(tmp_path: Path) -> None:
    lines = "".join(f"    {key}: {value}\n" for key, value in RECORD.items())
    text = (
        f"bulletin:\n  title: 工作简报\n  date: 2024年1月2日\n  issue: 第1期\n  imprint:\n{lines}articles:\n- headline: [题目]\n  body:\n"
        + ("  - {type: para, text: 山水田林湖草沙，云雨风花树石桥路村灯火星月河海。}\n" * 30)
    )
    bulletin = parse_manuscript(text, "m.yaml")
    assert dict(bulletin.imprint) == RECORD
    assert parse_manuscript(write_manuscript(bulletin), "m.yaml").imprint == bulletin.imprint
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    made = make(path, "a4", tmp_path, ["pdf", "json"], kind="internal")
    assert not [f.message.en for f in made.findings if f.code.startswith("kind.")]
    shown = (tmp_path / "m.layout.json").read_text(encoding="utf-8")
    assert all(value.split("　")[0] in shown for value in RECORD.values())
    assert all(label in shown for key, label in IMPRINT.items() if key in RECORD)


def test_the_command_prints_findings_and_does_not_fail(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_text(
        "工作简报\n\n扎实推进乡村振兴\n\n　　本报讯　各村昨日开会。会议指出，要抓好落实。\n", encoding="utf-8"
    )
    done = CliRunner().invoke(
        cli,
        ["make", str(path), "--kind", "internal", "--formats", "pdf", "--out", str(tmp_path), "--lang", "zh"],
    )
    assert done.exit_code == 0, done.output
    assert "kind.permit" in done.output
    assert "准印证" in done.output
