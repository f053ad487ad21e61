"""The round trip through a real LibreOffice: files saved again, and edits made in it through UNO, tracked and not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.return_.samples import SMALL, bare, docx_of, put
from tests.samples import BULLETINS, bulletin_of
from tests.write.test_docx_pages import made
from typeset.model.bulletin import Bulletin
from typeset.read.manuscript import write_manuscript
from typeset.return_ import return_docx
from typeset.return_.values import Returned

SCRIPT = Path(__file__).with_name("office_edits.py")
IN_CI = bool(os.environ.get("CI"))
LAYOUTS = ("tabloid", "a4")
pytestmark = pytest.mark.slow  # an office at work for half a minute
LONG_S = 900
AGAIN = BULLETINS[:10]
"""Saved again: the sample and d01–d09; all 48 take a minute and a half, and were the same when last tried."""
FIRST = "清明刚过，青石村的田埂上已经热闹起来，六台插秧机一字排开，等着下田。"
SECOND = "种粮大户老周说，去年这时候他还在为请不到人发愁，如今两个人就管得过来。"

Edit = tuple[Any, ...]
CASES: dict[str, tuple[list[Edit], list[tuple[str, str, str]]]] = {
    "insert": ([("insert", "清明刚过", 4, "，雨后初晴")], [("changed", "a1", "_ts_a1_006")]),
    "delete": ([("delete", "种粮大户", 6, 2)], [("changed", "a1", "_ts_a1_007")]),
    "replace": ([("insert", "村里办起", 2, "青石村"), ("delete", "村里", 0, 2)], [("changed", "a1", "_ts_a1_009")]),
    "delete a paragraph": ([("delete_paragraph", "种粮大户")], [("deleted", "a1", "_ts_a1_007")]),
    "empty a paragraph": ([("delete", "清明刚过", 0, len(FIRST))], [("deleted", "a1", "_ts_a1_006")]),
    "add": ([("add", "清明刚过", "新的一段，讲一件新的事情。", "新闻正文")], [("added", "a1", "")]),
    "split": ([("split", "村里办起", 10)], [("split", "a1", "_ts_a1_009")]),
    "merge": ([("merge", "清明刚过")], [("merged", "a1", "_ts_a1_006")]),
    "restyle": ([("restyle", "村里办起", "Heading 2")], [("restyled", "a1", "_ts_a1_009")]),
    "move down": ([("move_down", "清明刚过", 2)], [("moved", "a1", "_ts_a1_006")]),
    "cut and paste": ([("paste_after", "清明刚过", "机手从哪里来")], [("moved", "a1", "_ts_a1_006")]),
    "into another article": ([("paste_after", "种粮大户", "断了两年")], [("moved", "a2", "_ts_a1_007")]),
    "heads": (
        [("insert", "小桥修好", 4, "终于"), ("split", "夜市又开张", 2)],
        [("changed", "a2", "_ts_a2_001"), ("split", "a4", "_ts_a4_001")],
    ),
    "list and verse": (
        [("add", "2. 学费", "2.5 教材免费", "条目"), ("insert", "莫道石头", 8, "啊")],
        [("added", "a1", ""), ("changed", "a2", "_ts_a2_013")],
    ),
    "new article": (
        [("add", "首日客流", "全新的一篇稿件", "Heading 1"), ("add", "全新的一篇", "新稿件的第一段正文。", "新闻正文")],
        [("article_added", "a5", "")],
    ),
    "pairs": (
        [("split", "村里办起", 10), ("delete_paragraph", "种粮大户"), ("insert", "断了两年", 4, "零三个月"),
         ("restyle", "（本栏目", "新闻正文"), ("merge", "市监部门")],
        [("deleted", "a1", "_ts_a1_007"), ("split", "a1", "_ts_a1_009"), ("changed", "a2", "_ts_a2_003"),
         ("restyled", "a2", "_ts_a2_015"), ("merged", "a4", "_ts_a4_003")],
    ),
    "comment": ([("comment", "清明刚过", 0, 4, "请核实这一句。"), ("resolve", "形近字")], []),
}  # fmt: skip
TEXTS = {
    "cut and paste": ("a1", "机手从哪里来", FIRST),
    "into another article": ("a2", "断了两年的石拱桥上周重新通车，孩子们上学不用再绕三里山路。", SECOND),
}
"""What follows what in which article's body after a move."""


@cache
def python_with_uno() -> str | None:
    """A Python that can talk to LibreOffice: this one, the system's or LibreOffice's own."""
    names = (sys.executable, "/usr/bin/python3", shutil.which("python3"), shutil.which("oopython"))
    return next((name for name in names if name and _knows_uno(name)), None)


def _knows_uno(python: str) -> bool:
    return (
        Path(python).exists()
        and not subprocess.run([python, "-c", "import uno"], capture_output=True).returncode
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all jobs done: NAME.docx saved again, NAME-tracked.docx and NAME-plain.docx edited."""
    soffice, python = shutil.which("soffice"), python_with_uno()
    if soffice is None or python is None:
        what = "soffice" if soffice is None else "a Python with uno (python3-uno)"
        if IN_CI:
            pytest.fail(f"CI has to have {what}")
        pytest.skip(f"no {what} on this machine")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "office"
    try:
        folder.mkdir()
    except FileExistsError:  # another worker's office is at it
        wait_for(folder / "done")
    else:
        run_office(soffice, python, folder)
        (folder / "done").touch()
    return folder


def wait_for(file: Path) -> None:
    for _ in range(LONG_S * 4):
        if file.exists():
            return
        time.sleep(0.25)
    pytest.fail("the other worker's office did not come to an end")


def run_office(soffice: str, python: str, folder: Path) -> None:
    """Write the jobs, start an office and have them done."""
    jobs = []
    for number, path in enumerate(AGAIN):
        source = put(made(path, LAYOUTS[number % 2]), folder, f"{path.stem}.in.docx")
        jobs.append(
            {"in": str(source), "out": str(folder / f"{path.stem}.docx"), "tracked": False, "edits": []}
        )
    source = put(docx_of(), folder, "small.in.docx")
    for name, (edits, _) in CASES.items():
        for kind in ("plain", "tracked"):
            out = str(folder / f"{name}-{kind}.docx")
            jobs.append({"in": str(source), "out": out, "tracked": kind == "tracked", "edits": edits})
    (folder / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    pipe = f"typeset-{os.getpid()}"
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
    running = subprocess.Popen(
        [*command, f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        subprocess.run(
            [python, str(SCRIPT), pipe, str(folder / "jobs.json")],
            check=True,
            capture_output=True,
            timeout=LONG_S,
        )
    finally:
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.terminate()


def come_back(file: Path) -> tuple[Bulletin, Returned]:
    back, returned = return_docx(file, pending="accept")
    assert back is not None
    assert returned.is_settled
    return back, returned


@pytest.mark.parametrize("path", AGAIN, ids=lambda path: path.stem)
def test_a_file_saved_again_has_no_differences(path: Path, office: Path) -> None:
    back, returned = come_back(office / f"{path.stem}.docx")
    assert not returned.events
    assert not returned.notes
    assert {remark.state for remark in returned.remarks} <= {"open"}
    assert write_manuscript(back) == write_manuscript(bare(bulletin_of(path)))


@pytest.mark.parametrize("kind", ["plain", "tracked"])
@pytest.mark.parametrize("name", CASES)
def test_edits_in_libreoffice_are_told_exactly(name: str, kind: str, office: Path) -> None:
    back, returned = come_back(office / f"{name}-{kind}.docx")
    assert [(event.kind, event.article, event.id) for event in returned.events] == CASES[name][1]
    if kind == "tracked" and name not in ("comment", "restyle"):
        told = [event for event in returned.events if event.kind != "restyled"]
        assert all(event.revisions and event.revisions[0].when for event in told)
    if name in TEXTS:
        article, before, moved = TEXTS[name]
        body = [block.text for a in back.articles if a.id == article for block in a.body]
        assert body[body.index(before) + 1 :][:1] == [moved] or moved in body


@pytest.mark.parametrize("name", [name for name in CASES if name not in ("comment", "restyle", "pairs")])
def test_tracked_edits_fail_until_someone_decides_and_can_be_undone(name: str, office: Path) -> None:
    """LibreOffice 7.4 tracks no change of style, so `restyle` and `pairs` keep theirs."""
    file = office / f"{name}-tracked.docx"
    nothing, waiting = return_docx(file)
    assert nothing is None
    assert waiting.pending
    assert not waiting.is_settled
    back, undone = return_docx(file, pending="reject")
    assert back == bare(SMALL)
    assert not undone.events


def test_comments_come_back(office: Path) -> None:
    for kind in ("plain", "tracked"):
        back, returned = come_back(office / f"comment-{kind}.docx")
        by_state = {remark.state: remark for remark in returned.remarks}
        assert set(by_state) == {"new", "resolved", "open"}
        assert (by_state["new"].author, by_state["new"].words, by_state["new"].quoted, by_state["new"].article) == (
            "王编辑", "请核实这一句。", "清明刚过", "a1",
        )  # fmt: skip
        assert by_state["resolved"].quoted == "人库"
        assert [finding.text for finding in back.findings] == ["的的"]
