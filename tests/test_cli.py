"""The command line: what it says, in which language, and that a user's mistake is one line and exit code 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.samples import ROOT, SAMPLE
from tests.test_make import SMALL
from typeset import __version__
from typeset.cli import cli

ENGLISH = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
TABLOID = (ROOT / "layouts" / "tabloid.yaml").read_text("utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a small bulletin."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.txt").write_text(SMALL, "utf-8")
    return tmp_path


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(cli, words, env=ENGLISH | environment)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def refused(folder: Path, *words: str) -> str:
    """Run, expect exit code 2, one line, nothing written; the line."""
    before = files(folder)
    done = run(*words)
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert files(folder) == before
    return done.stderr


def test_make_says_what_was_made(here: Path) -> None:
    done = run("make", "small.txt", "--layout", "a4")
    assert done.exit_code == 0, done.output
    assert {"out/small.pdf", "out/small.docx"} <= files(here)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 3  # what was made, what its last page lacks, what other format closes
    for words in ("out/small.pdf", "out/small.docx", "1 page", "full", "finding"):
        assert words in done.stdout


def test_make_in_chinese(here: Path) -> None:
    for words, environment in (
        (("--lang", "zh", "make", "small.txt", "--layout", "a4", "--formats", "pdf"), {}),
        (("make", "small.txt", "--layout", "a4", "--formats", "pdf", "--lang", "zh"), {}),
        (("make", "small.txt", "--layout", "a4", "--formats", "pdf"), {"LC_ALL": "zh_CN.UTF-8"}),
    ):
        done = run(*words, **environment)
        assert done.exit_code == 0, done.output
        assert "1 版" in done.stdout
        assert "page" not in done.stdout
    assert (here / "out" / "small.pdf").is_file()


def test_make_takes_several_bulletins(here: Path) -> None:
    (here / "other.txt").write_text(SMALL, "utf-8")
    done = run("make", "small.txt", "other.txt", "--layout", "a4", "--formats", "pdf", "--out", "both")
    assert done.exit_code == 0, done.output
    assert {"both/small.pdf", "both/other.pdf"} <= files(here)
    assert done.stdout.count("\n") == 6  # each with what its last page lacks and what other format closes


def test_parse_then_make_gives_the_same_pdf(here: Path) -> None:
    assert run("parse", "small.txt", "--out", "small.yaml").exit_code == 0
    assert run("make", "small.txt", "--formats", "pdf", "--out", "text").exit_code == 0
    assert run("make", "small.yaml", "--formats", "pdf", "--out", "yaml").exit_code == 0
    assert (here / "text" / "small.pdf").read_bytes() == (here / "yaml" / "small.pdf").read_bytes()


def test_parse_prints_yaml_or_json(here: Path) -> None:
    assert "headline:" in run("parse", "small.txt").stdout
    assert '"headline"' in run("parse", "small.txt", "--format", "json").stdout


def test_lists() -> None:
    layouts = run("layouts").stdout
    assert "tabloid" in layouts
    assert "a4" in layouts
    assert "270 × 390 mm" in layouts
    fonts = run("fonts").stdout
    assert fonts.count("\n") == 5
    assert "TypesetSong.ttf" in fonts


# a user's mistakes


def test_missing_file(here: Path) -> None:
    line = refused(here, "make", "none.txt")
    assert line.startswith("none.txt: ")
    assert "no such file" in line


def test_empty_file(here: Path) -> None:
    (here / "empty.txt").write_bytes(b"")
    (here / "blank.txt").write_bytes(b" \n\n\t\n")
    assert "empty" in refused(here, "make", "empty.txt")
    assert "empty" in refused(here, "make", "blank.txt")


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 40, b"%PDF-1.7\n" + bytes(500), b"PK\x03\x04" + bytes(500)],
    ids=["any", "pdf", "zip"],
)
def test_binary_file(here: Path, data: bytes) -> None:
    (here / "data.txt").write_bytes(data)
    assert refused(here, "make", "data.txt").startswith("data.txt")


def test_wrong_encoding(here: Path) -> None:
    (here / "latin.txt").write_bytes(
        "Caf\u00e9 \u00e0 la cr\u00e8me, \u00e9t\u00e9 fran\u00e7ais\n".encode("latin-1") * 30 + b"\xff\xff"
    )
    line = refused(here, "make", "latin.txt")
    assert line.startswith("latin.txt:")
    assert "UTF-8" in line


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_other_encodings_are_read(here: Path, encoding: str) -> None:
    (here / "coded.txt").write_text(SMALL, encoding)
    assert run("parse", "coded.txt").stdout == run("parse", "small.txt").stdout


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        (" measure_em:", " mesure_em:", "measure_em"),
        ("\nmasthead:", "\nmastead:", "masthead"),
        (" pad_rows:", " pad_row:", "pad_rows"),
        ("width: 270mm", "width: 270", "9.5pt"),
        ("mode: slicing", "mode: sliced", "slicing, strip"),
    ],
)
def test_wrong_key_or_value_in_a_layout(here: Path, old: str, new: str, hint: str) -> None:
    line_number = TABLOID.count("\n", 0, TABLOID.index(old) + 1) + 1
    (here / "my.yaml").write_text(TABLOID.replace(old, new, 1), "utf-8")
    line = refused(here, "make", "small.txt", "--layout", "my.yaml")
    assert line.startswith(f"my.yaml:{line_number}: "), line
    assert hint in line


def test_unknown_layout(here: Path) -> None:
    line = refused(here, "make", "small.txt", "--layout", "tabliod")
    assert "did you mean tabloid" in line.lower()
    assert "no layout file my.yaml" in refused(here, "make", "small.txt", "--layout", "my.yaml").lower()


def test_unknown_font_in_a_layout(here: Path) -> None:
    (here / "my.yaml").write_text(TABLOID.replace("TypesetKai.ttf", "TypesetKia.ttf"), "utf-8")
    line = refused(here, "make", "small.txt", "--layout", "my.yaml")
    assert "TypesetKia.ttf" in line
    assert "ou mean TypesetKai.ttf" in line


def test_unknown_face_in_a_style(here: Path) -> None:
    (here / "my.yaml").write_text(TABLOID.replace("byline: {face: kai", "byline: {face: kia", 1), "utf-8")
    line = refused(here, "make", "small.txt", "--layout", "my.yaml")
    assert line.startswith("my.yaml:")
    assert "'kai'" in line


def test_no_article(here: Path) -> None:
    (here / "none.yaml").write_text("bulletin: {title: 北山通讯}\narticles: []\n", "utf-8")
    line = refused(here, "make", "none.yaml")
    assert "none.yaml" in line
    assert "no article" in line


def test_a_file_in_the_out_folders_place(here: Path) -> None:
    (here / "taken").write_text("x", "utf-8")
    line = refused(here, "make", "small.txt", "--layout", "a4", "--out", "taken")
    assert line.startswith("taken")
    assert "--out" in line


def test_exact_leaves_with_code_3_and_writes_nothing(here: Path) -> None:
    done = run("make", "small.txt", "--exact", "--out", "none")
    assert done.exit_code == 3
    assert "do not close" in done.stderr
    assert not (here / "none").exists()
    done = run("make", "small.txt", "--formats", "pdf", "--out", "some")
    assert done.exit_code == 0
    assert "left at the last page's foot" in done.stdout.splitlines()[-2]
    assert "layout" in done.stdout.splitlines()[-1]


def test_unknown_format(here: Path) -> None:
    line = refused(here, "make", "small.txt", "--formats", "pdf,odt")
    assert "odt" in line
    assert "pdf,docx,png,json" in line


def test_mistakes_in_chinese(here: Path) -> None:
    line = refused(here, "--lang", "zh", "make", "none.txt")
    assert "没有这个文件" in line
    assert "no such file" not in line
    (here / "my.yaml").write_text(TABLOID.replace("masthead:", "mastead:", 1), "utf-8")
    assert "没有 'mastead' 这个键" in refused(
        here, "make", "small.txt", "--layout", "my.yaml", "--lang", "zh"
    )


def test_debug_shows_the_traceback(here: Path) -> None:
    done = run("--debug", "make", "none.txt")
    assert done.exception is not None
    assert not isinstance(done.exception, SystemExit)


# as its own process


def process(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ENGLISH
    command = [sys.executable, "-m", "typeset", *words]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=60)


def test_python_m_typeset_version(tmp_path: Path) -> None:
    done = process("--version", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["typeset,", "version", __version__]


def test_quiet_in_a_pipe(tmp_path: Path) -> None:
    done = process("make", str(SAMPLE), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    assert "\x1b" not in done.stdout
    assert "2 page" in done.stdout
    assert files(tmp_path) == {"out", f"out/{SAMPLE.stem}.pdf", f"out/{SAMPLE.stem}.docx"}


def test_a_mistake_is_one_line_without_traceback(tmp_path: Path) -> None:
    done = process("make", "none.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_help_loads_no_heavy_module() -> None:
    code = (
        "import sys; from typeset.cli import cli\n"
        "try: cli(['--help'], prog_name='typeset')\n"
        "except SystemExit: pass\n"
        "print([m for m in ('numpy', 'reportlab', 'docx', 'uharfbuzz', 'pikepdf', 'rich', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_later_mistake_does_not_hide_what_was_made(here: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "typeset", "make", "small.txt", "none.txt", "--formats", "json"],
        cwd=here, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 2
    assert "small.layout.json" in done.stdout
    assert "none.txt" in done.stderr


def test_bulletins_of_one_name_are_refused(here: Path) -> None:
    (here / "other").mkdir()
    (here / "other" / "small.txt").write_bytes((here / "small.txt").read_bytes())
    assert "same files" in refused(here, "make", "small.txt", "other/small.txt")


def test_make_takes_another_kind_of_pdf(tmp_path: Path) -> None:
    run = CliRunner().invoke
    options = ["make", str(SAMPLE), "--formats", "pdf", "--out", str(tmp_path)]
    done = run(cli, [*options, "--print", "x4"])
    assert done.exit_code == 2
    assert "IFRA26" in done.output
    done = run(cli, [*options, "--print", "x4", "--condition", "FOGRA39", "--marks"])
    assert done.exit_code == 0, done.output
    done = run(cli, ["check", str(next(tmp_path.glob("*.pdf"))), "--profile", "x4"])
    assert done.exit_code == 0, done.output
    assert "PDF/X-4" in done.output
