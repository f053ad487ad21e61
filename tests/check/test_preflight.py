"""The preflight catches one fault of every kind, names its place, and finds none in what we write."""

from __future__ import annotations

import dataclasses
import io
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from tests.check.planted import PLANTED, Plant
from tests.samples import CORPUS, SAMPLE, edition_of, faces_of, layout_of
from typeset.check.preflight import preflight
from typeset.check.preflight.report import PROFILES, Profile, Report
from typeset.check.preflight.rules import RULES
from typeset.cli import cli
from typeset.model.layout import PrintProfile, PrintSpec
from typeset.write.pdf import write_pdf

# what no edit of an opened PDF can plant: pikepdf mends or writes these itself
RAW = ("file.opens", "file.packing", "file.id", "file.encryption")
READERS = (
    ("qpdf", "--check", "--no-warn"),
    ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", "-o-"),
)
SPECS: dict[PrintProfile, PrintSpec] = {
    "x4": PrintSpec("x4", "FOGRA39"), "x1a": PrintSpec("x1a", "IFRA26"), "screen": PrintSpec("screen"),
}  # fmt: skip


@cache
def written(profile: PrintProfile, bulletin: Path = CORPUS[0], name: str = "a4") -> bytes:
    """d01 has tables, lists and an article over two pages."""
    layout = dataclasses.replace(layout_of(name), print=SPECS[profile])
    return write_pdf(edition_of(bulletin, name), faces_of(name), layout)


def judged(data: bytes, profile: Profile, folder: Path) -> Report:
    path = folder / "file.pdf"
    path.write_bytes(data)
    return preflight(path, [profile])[0]


def faults_of(report: Report) -> dict[str, list[str]]:
    return {v.rule.id: [f.words().en for f in v.faults] for v in report.verdicts if v.status == "FAIL"}


def with_fault(profile: Profile, plant: Plant) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(written("x1a" if profile == "x1a" else "x4"))) as pdf:
        plant(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable if profile == "x1a" else
                 pikepdf.ObjectStreamMode.preserve, compress_streams=False,
                 stream_decode_level=pikepdf.StreamDecodeLevel.none, fix_metadata_version=False)  # fmt: skip
    return out.getvalue()


@pytest.mark.parametrize("profile", PROFILES)
def test_a_right_file_passes_even_when_saved_by_another_program(profile: Profile, tmp_path: Path) -> None:
    report = judged(with_fault(profile, lambda _: None), profile, tmp_path)
    assert not faults_of(report)


@pytest.mark.parametrize(
    ("rule", "profile", "plant"), [pytest.param(r, p, f, id=f"{r}-{p}-{n}") for r, p, n, f in PLANTED]
)
def test_a_planted_fault_is_caught(rule: str, profile: Profile, plant: Plant, tmp_path: Path) -> None:
    found = faults_of(judged(with_fault(profile, plant), profile, tmp_path))
    assert rule in found, found
    assert all(words for words in found[rule])


def test_every_rule_of_every_profile_has_a_fault_that_is_planted() -> None:
    planted = {(rule, profile) for rule, profile, _, _ in PLANTED}
    due = {(rule.id, profile) for rule in RULES.values() for profile in rule.clauses if rule.id not in RAW}
    assert due == planted


def test_object_streams_in_x1a(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(written("x1a"))) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert {"file.packing", "file.header"} <= set(faults_of(judged(out.getvalue(), "x1a", tmp_path)))


@pytest.mark.parametrize("profile", PROFILES)
def test_encryption(profile: Profile, tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(written("x4"))) as pdf:
        rights = pikepdf.Permissions(accessibility=False)
        pdf.save(
            out,
            encryption=pikepdf.Encryption(owner="o", user="", allow=rights, R=3, aes=False, metadata=False),
        )
    assert "file.encryption" in faults_of(judged(out.getvalue(), profile, tmp_path))


@pytest.mark.parametrize("profile", ["x4", "x1a"])
def test_no_identifier(profile: Profile, tmp_path: Path) -> None:
    data = written("x1a")
    at = data.rindex(b"/ID[")
    assert "file.id" in faults_of(judged(data[:at] + data[at:].replace(b"/ID[", b"/XX["), profile, tmp_path))


@pytest.mark.parametrize("profile", PROFILES)
def test_a_file_that_wants_repair(profile: Profile, tmp_path: Path) -> None:
    data = written("x1a")
    at = data.rindex(b"startxref") + 10
    assert "file.opens" in faults_of(judged(data[:at] + b"7" + data[at:], profile, tmp_path))


@pytest.mark.parametrize("version", [b"%PDF-2.0", b"\n%PDF-1.4"])
def test_a_header_that_no_profile_takes(version: bytes, tmp_path: Path) -> None:
    data = written("x1a")
    for profile in PROFILES:
        assert "file.header" in faults_of(judged(data.replace(b"%PDF-1.4", version, 1), profile, tmp_path))


def judge_all(name: str, bulletin: Path, folder: Path) -> None:
    """Our own rules, then what other programs say of the file."""
    spec = layout_of(name).print
    data = write_pdf(edition_of(bulletin, name), faces_of(name), layout_of(name))
    assert spec.profile != "screen"
    for profile in (spec.profile, "ua"):
        assert not faults_of(judged(data, profile, folder))
    path = folder / "file.pdf"
    for command in READERS:
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not installed")
        done = subprocess.run([*command, str(path)], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize("name", ["tabloid", "a4"])
def test_the_sample_is_clean_in_its_layouts_profile_and_for_readers(name: str, tmp_path: Path) -> None:
    judge_all(name, SAMPLE, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("bulletin", CORPUS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ["tabloid", "a4"])
def test_every_bulletin_is_clean(name: str, bulletin: Path, tmp_path: Path) -> None:
    judge_all(name, bulletin, tmp_path)


def test_the_profile_is_the_one_that_the_file_claims(tmp_path: Path) -> None:
    for profile, due in (("x4", ["x4", "ua"]), ("x1a", ["x1a", "ua"]), ("screen", ["ua"])):
        path = tmp_path / f"{profile}.pdf"
        path.write_bytes(written(profile))
        assert [report.profile for report in preflight(path)] == due


def test_the_command_says_clause_and_place(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(written("x4"))
    done = CliRunner().invoke(cli, ["check", str(path), "--profile", "x1a", "--json"])
    assert done.exit_code == 1
    rules = {rule["id"]: rule for rule in json.loads(done.output)[0]["rules"]}
    assert rules["x.version"]["status"] == "FAIL"
    assert rules["x.version"]["places"][0]["place"] == "Info"
    assert rules["box.trim"] == {**rules["box.trim"], "status": "PASS", "clause": "ISO 15930-4:2003, 6.7~"}
    done = CliRunner().invoke(cli, ["check", str(path), "--profile", "x4", "--profile", "ua", "--lang", "zh"])
    assert done.exit_code == 0
    assert "0 项不合格" in done.output


def test_what_is_no_pdf_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"no pdf")
    done = CliRunner().invoke(cli, ["check", str(path)])
    assert done.exit_code == 2
    assert "a.pdf" in done.output
