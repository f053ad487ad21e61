"""The published JSON Schemas: what they say of a file is what its reader says."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.samples import BULLETINS, CORPUS, bulletin_of
from typeset.cli import cli
from typeset.model.findings import TypesetError
from typeset.read import write_manuscript
from typeset.read.layout import read_layout, shipped_layouts
from typeset.read.layout_schema import layout_schema
from typeset.read.manuscript import parse_manuscript
from typeset.read.manuscript_form import manuscript_schema


@functools.cache
def manuscripts() -> Draft202012Validator:
    return Draft202012Validator(manuscript_schema())


@functools.cache
def layouts() -> Draft202012Validator:
    return Draft202012Validator(layout_schema())


def loaded(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def manuscript_is_read(text: str) -> bool:
    try:
        parse_manuscript(text, "a.yaml")
    except TypesetError:
        return False
    return True


def layout_is_read(text: str, folder: Path) -> bool:
    path = folder / "a.yaml"
    path.write_text(text, "utf-8")
    try:
        read_layout(path)
    except TypesetError:
        return False
    return True


@pytest.mark.parametrize("what", ["manuscript", "layout"])
def test_the_command_prints_a_schema(what: str) -> None:
    done = CliRunner().invoke(cli, ["schema", what])
    assert done.exit_code == 0
    Draft202012Validator.check_schema(json.loads(done.output))


@pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.stem)
def test_every_manuscript_is_valid(path: Path) -> None:
    manuscripts().validate(loaded(write_manuscript(bulletin_of(path))))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_gold_file_is_valid(path: Path) -> None:
    manuscripts().validate(loaded(path.with_suffix(".gold.yaml").read_text("utf-8")))


@pytest.mark.parametrize("path", shipped_layouts(), ids=lambda path: path.stem)
def test_every_shipped_layout_is_valid(path: Path) -> None:
    layouts().validate(loaded(path.read_text("utf-8")))


ARTICLE = "articles:\n- headline: [题]\n"


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        (ARTICLE, True),
        (ARTICLE + "  truncated: yes\n  source: null\n  body: null\n", True),
        (ARTICLE + "  id: 12\n  kicker: [2024-11, 3.5, true]\n", True),
        (ARTICLE + "  body:\n  - {type: verse, text: 甲}\n", True),
        (ARTICLE + "joins: [[左, 右]]\nfindings: [{certainty: 0.5, line: 3, message: 存疑}]\n", True),
        (ARTICLE + "findings: [{message: {zh: 存疑}}]\nnotices: [anything]\n", True),
        ("articles: []\n", False),
        ("furniture: [甲]\n", False),
        (ARTICLE + "  headlines: [题]\n", False),
        (ARTICLE + "  kicker: 肩题\n", False),
        (ARTICLE + "  kicker: [null]\n", False),
        (ARTICLE + "  truncated: maybe\n", False),
        (ARTICLE + "  body:\n  - {type: prose, text: 甲}\n", False),
        (ARTICLE + "  body:\n  - {type: para}\n", False),
        (ARTICLE + "  body:\n  - {type: para, text: 甲, style: 乙}\n", False),
        (ARTICLE + "joins: [[左]]\n", False),
        (ARTICLE + "findings: [{certainty: 2}]\n", False),
        (ARTICLE + "findings: [{line: -1}]\n", False),
        (ARTICLE + "findings: [{severity: fatal}]\n", False),
        (ARTICLE + "findings: [{message: {fr: non}}]\n", False),
    ],
)
def test_schema_and_reader_agree_on_manuscripts(text: str, is_right: bool) -> None:
    assert manuscript_is_read(text) is is_right
    assert manuscripts().is_valid(loaded(text)) is is_right


LEAVES = st.sampled_from([None, True, 0, 3, 0.5, -1, "甲", "yes", "para", "", [], ["甲"], {}, {"en": "a"}])
PLACES = st.sampled_from(
    [
        ("articles",), ("furniture",), ("joins",), ("role_marks",), ("bulletin",), ("bulletin", "date"), ("findings",),
        ("articles", 0), ("articles", 0, "id"), ("articles", 0, "byline"), ("articles", 0, "source"),
        ("articles", 0, "truncated"), ("articles", 0, "body"), ("articles", 0, "body", 0),
        ("articles", 0, "body", 0, "type"), ("articles", 0, "body", 0, "text"), ("articles", 0, "bdoy"),
        ("findings", 0, "line"), ("findings", 0, "message"), ("findings", 0, "certainty"), ("findings", 0, "severity"),
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PLACES, LEAVES)
def test_schema_and_reader_agree_whatever_stands_where(place: tuple[Any, ...], leaf: Any) -> None:
    value: Any = {
        "bulletin": {"title": "报", "date": None, "issue": None},
        "articles": [{"headline": ["题"], "body": [{"type": "para", "text": "文"}]}],
        "findings": [{"severity": "info", "code": "a"}],
    }
    inner = value
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = leaf
    text = yaml.safe_dump(value, allow_unicode=True)
    assert manuscript_is_read(text) == manuscripts().is_valid(loaded(text)), text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: ", "nmae: "),
        ("width: ", "widht: "),
        ("bleed: 3mm", "bleed: 3"),
        ("bleed: 3mm", "bleed: three mm"),
        ("align: center", "align: middle"),
        ("most_lines: 3", "most_lines: two"),
        ("colour: [0, 100, 100, 0]", "colour: [0, 100, 100]"),
        ("pad_rows: [1, 4]", "pad_rows: 1"),
        ("  face: song-heavy\n", ""),
        ("word_bold: true", "word_bold: perhaps"),
    ],
)
def test_a_wrong_layout_is_wrong_to_both(old: str, new: str, tmp_path: Path) -> None:
    text = next(path for path in shipped_layouts() if path.stem == "tabloid").read_text("utf-8")
    assert old in text
    wrong = text.replace(old, new, 1)
    assert not layouts().is_valid(loaded(wrong))
    assert not layout_is_read(wrong, tmp_path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("most_lines: 3", "most_lines: '2'"),
        ("word_bold: true", "word_bold: on"),
        ("bleed: 3mm", "bleed: 0.3 cm"),
    ],
)
def test_another_spelling_is_right_to_both(old: str, new: str, tmp_path: Path) -> None:
    text = next(path for path in shipped_layouts() if path.stem == "tabloid").read_text("utf-8")
    assert layouts().is_valid(loaded(text.replace(old, new, 1)))
    assert layout_is_read(text.replace(old, new, 1), tmp_path)
