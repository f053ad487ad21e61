"""`typeset return` and `typeset make --editor-note` as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tests.return_.editor import WHO, Desk
from tests.return_.samples import SMALL, docx_of, put
from tests.return_.test_round_trip import desk_of, entry_of, set_text
from tests.samples import SAMPLE
from typeset.cli import cli
from typeset.read.manuscript import read_manuscript, write_manuscript


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_an_edited_file_becomes_the_manuscript_and_that_makes_pages(tmp_path: Path) -> None:
    made = run("make", SAMPLE, "--out", tmp_path)
    assert made.exit_code == 0, made.output
    sent = tmp_path / f"{SAMPLE.stem}.docx"
    desk = Desk(sent.read_bytes(), desk_of().chance)
    entry = next(entry for entry in desk.entries if entry.style == "NewsBody")
    set_text(entry, entry.text + "这一句是编辑加的。")
    put(desk.bytes(), tmp_path, "back.docx")
    manuscript = tmp_path / "back.yaml"
    done = run("--lang", "en", "return", tmp_path / "back.docx", "--out", manuscript)
    assert done.exit_code == 0, done.output
    assert "changed paragraph" in done.output
    assert "这一句是编辑加的。" in manuscript.read_text("utf-8")
    again = run("make", manuscript, "--out", tmp_path / "again")
    assert again.exit_code == 0, again.output


def test_without_out_nothing_is_written(tmp_path: Path) -> None:
    file = put(docx_of(), tmp_path)
    done = run("--lang", "zh", "return", file)
    assert done.exit_code == 0
    assert "没有改动" in done.output
    assert "存疑未处理 2 处" in done.output
    assert sorted(tmp_path.iterdir()) == [file]


def tracked(folder: Path) -> Path:
    desk = desk_of()
    desk.tracked = True
    entry = entry_of(desk, "种粮大户")
    desk.remove(entry.node)
    return put(desk.bytes(), folder)


def test_pending_changes_fail_unless_decided(tmp_path: Path) -> None:
    file, out = tracked(tmp_path), tmp_path / "m.yaml"
    failed = run("--lang", "zh", "return", file, "--out", out)
    assert failed.exit_code == 1
    assert not out.exists()
    assert "修订尚未接受或拒绝" in failed.output
    assert f"{WHO[0]} {WHO[1]}" in failed.output
    assert run("return", file, "--out", out, "--pending", "reject").exit_code == 0
    assert read_manuscript(out).articles == SMALL.articles
    assert run("return", file, "--out", out, "--pending", "accept").exit_code == 0
    assert len(read_manuscript(out).articles[0].body) == len(SMALL.articles[0].body) - 1


def test_the_report_as_json(tmp_path: Path) -> None:
    done = run("return", tracked(tmp_path), "--pending", "accept", "--json")
    report = json.loads(done.output)
    assert report["settled"] is True
    assert report["summary"] == {"deleted": 1}
    [article] = report["articles"]
    [event] = article["events"]
    assert (article["id"], event["kind"], event["role"], event["id"]) == (
        "a1",
        "deleted",
        "para",
        "_ts_a1_007",
    )
    assert {person["author"] for person in event["by"]} == {WHO[0]}
    assert [comment["state"] for comment in report["comments"]] == ["open", "open"]


def test_conflicts_are_exit_code_1_and_the_manuscript_is_written(tmp_path: Path) -> None:
    desk = desk_of()
    set_text(entry_of(desk, "种粮大户"), "老周说，如今管得过来。")
    file, now, out = put(desk.bytes(), tmp_path), tmp_path / "now.yaml", tmp_path / "m.yaml"
    now.write_text(write_manuscript(SMALL).replace("种粮大户老周", "种粮大户老吴"), "utf-8")
    done = run("--lang", "en", "return", file, "--manuscript", now, "--out", out)
    assert done.exit_code == 1
    assert "Conflict" in done.output
    assert "老周说，如今管得过来。" in done.output
    assert read_manuscript(out) == read_manuscript(now)


def test_a_file_that_is_none_is_one_line(tmp_path: Path) -> None:
    file = put("不是".encode(), tmp_path)
    done = run("--lang", "zh", "return", file)
    assert done.exit_code == 2
    assert done.output.count("\n") == 1


def test_the_editors_note_is_put_beside_the_file(tmp_path: Path) -> None:
    done = run("make", SAMPLE, "--out", tmp_path, "--formats", "docx", "--editor-note")
    assert done.exit_code == 0, done.output
    note = (tmp_path / f"{SAMPLE.stem}.编辑须知.txt").read_text("utf-8-sig")
    assert "主标题" in note
    assert "typeset return" in note
    assert len(note) < 2500
