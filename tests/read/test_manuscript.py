"""The manuscript: there and back unchanged, and every slip of the editor's told with its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from typeset.model.bulletin import BLOCK_TYPES, Article, Block, Bulletin
from typeset.model.findings import Finding, Place, TypesetError, Words
from typeset.model.marks import MARK_KINDS, Mark, MarkKind
from typeset.read import bulletin_as_dict, read_manuscript, write_manuscript
from typeset.read.manuscript import parse_manuscript

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SPOKEN = st.builds(Words, TEXTS, TEXTS)
PLACES = st.builds(Place, TEXTS, st.none() | st.integers(1, 10**6), st.none())
FINDINGS = st.builds(
    Finding,
    st.sampled_from(["info", "warning", "error"]),
    TEXTS,
    SPOKEN,
    st.none() | PLACES,
    st.none() | TEXTS,
    st.none() | TEXTS,
    st.none() | TEXTS,
)
LINES = st.lists(TEXTS, max_size=3).map(tuple)
ARTICLES = st.builds(
    Article,
    TEXTS,
    LINES,
    LINES,
    LINES,
    LINES,
    st.none() | TEXTS,
    st.booleans(),
    st.lists(st.builds(Block, st.sampled_from(BLOCK_TYPES), TEXTS), max_size=4).map(tuple),
    st.booleans(),
)


def _marked(article: Article, kind: MarkKind, ruby: str, nth: int | None) -> Article:
    """The article with its first words marked, if it has any."""
    words = next((text[:3] for text in article.markable() if text.strip()), "")
    mark = Mark(kind, words, ruby.strip() or "ā" if kind == "ruby" else "", nth)
    return replace(article, marks=(mark,)) if words else article


MARKED = st.builds(_marked, ARTICLES, st.sampled_from(MARK_KINDS), TEXTS, st.sampled_from([None, 1]))
BULLETINS = st.builds(
    Bulletin,
    st.none() | TEXTS,
    st.none() | TEXTS,
    st.none() | TEXTS,
    st.lists(ARTICLES | MARKED, min_size=1, max_size=3).map(tuple),
    LINES,
    st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
    st.lists(FINDINGS, max_size=3).map(tuple),
    TEXTS,
)


@settings(max_examples=200, deadline=None)
@given(BULLETINS)
def test_any_bulletin_comes_back(bulletin: Bulletin) -> None:
    assert parse_manuscript(write_manuscript(bulletin), "a.yaml") == bulletin


@settings(max_examples=50, deadline=None)
@given(BULLETINS)
def test_other_yaml_readers_read_the_same_texts(bulletin: Bulletin) -> None:
    loaded = yaml.safe_load(write_manuscript(bulletin))
    assert loaded["articles"] == [
        {k: v for k, v in article.items() if k != "byline_stands_in_body" or v}
        for article in bulletin_as_dict(bulletin)["articles"]
    ]
    assert loaded["furniture"] == list(bulletin.furniture)


def test_texts_are_block_scalars_and_findings_stand_above_them() -> None:
    slip = Finding(
        "warning", "proof.ocr", Words("look-alike", "形近字"), Place("a.txt", 3), "写人", "写入", "ocr"
    )
    bulletin = Bulletin(
        articles=(Article("a1", headline=("题",), body=(Block("para", "写人村规。\n次行"),)),),
        findings=(slip,),
    )
    lines = write_manuscript(bulletin).splitlines()
    at = lines.index("      写人村规。")
    assert lines[at - 3 : at + 2] == [
        "  # 写人 → 写入  形近字 / look-alike",
        "  - type: para",
        "    text: |-",
        "      写人村规。",
        "      次行",
    ]


def edited(tmp_path: Path, text: str) -> TypesetError:
    path = tmp_path / "m.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(TypesetError) as caught:
        read_manuscript(path)
    assert caught.value.message.zh
    assert caught.value.next_step.zh
    return caught.value


HEAD = "articles:\n- headline: [题]\n"


@pytest.mark.parametrize(
    ("text", "line", "said", "next_step"),
    [
        ("articels: []\n", 1, "articels", "articles"),
        (HEAD + "  headlin: [题]\n", 3, "headlin", "headline"),
        (HEAD + "  body:\n  - typ: para\n    text: 甲\n", 4, "typ", "type"),
        (HEAD + "  body:\n  - type: paar\n    text: 甲\n", 4, "paar", "para"),
        (HEAD + "  body:\n  - text: 甲\n", 4, "type", "Correct"),
        (HEAD + "  kicker: 肩题\n", 3, "a list", "Correct"),
        (HEAD + "  truncated: maybe\n", 3, "true or false", "Correct"),
        (HEAD + "  source: [甲]\n", 3, "text", "Correct"),
        (HEAD + "  id: a\n  id: b\n", 4, "twice", "Keep"),
        (HEAD + "joins:\n- [左]\n", 4, "two texts", "Correct"),
        (HEAD + "  id: &a x\n", 3, "anchors", "Write"),
        (HEAD + "  id: [\n", 4, "not valid YAML", "Check"),
        (HEAD + "  body: " + "[" * 500 + "]" * 500, 3, "deep", "levels"),
        ("furniture: [甲]\n", None, "no articles", "Add"),
        ("", None, "no manuscript", "typeset parse"),
        ("a: 1\n---\nb: 2\n", None, "more than one", "typeset parse"),
    ],
)
def test_a_slip_is_told_with_its_line_and_the_right_spelling(
    tmp_path: Path, text: str, line: int | None, said: str, next_step: str
) -> None:
    error = edited(tmp_path, text)
    assert error.place is not None
    assert error.place.file.endswith("m.yaml")
    assert error.place.line == line
    assert said in error.message.en
    assert next_step in error.next_step.en


def test_alias_bombs_and_endless_nesting_are_refused(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))
    assert "anchors" in edited(tmp_path, bomb).message.en
    assert "deep" in edited(tmp_path, "[" * 200_000).message.en


def test_dates_and_numbers_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("bulletin: {date: 2024-11-08, issue: 12}\n" + HEAD, "utf-8")
    bulletin = read_manuscript(path)
    assert (bulletin.date, bulletin.issue, bulletin.articles[0].id) == ("2024-11-08", "12", "a1")


def test_a_gold_file_is_a_manuscript() -> None:
    path = Path(__file__).parents[1] / "corpus" / "d01.gold.yaml"
    bulletin = read_manuscript(path)
    assert bulletin.title == "青溪通讯"
    assert [a.id for a in bulletin.articles] == [f"a{n}" for n in range(1, 9)]


def test_json_parts_slips_from_notices() -> None:
    slip = Finding(
        "warning", "parse.truncated", Words("cut", "中断"), Place("a.txt", 3, 4), "末几字", None, "cut"
    )
    notice = Finding("info", "parse.doubt", Words("doubt", "存疑"), Place("a.txt", 1))
    data = bulletin_as_dict(Bulletin(findings=(notice, slip)), "zh")
    assert [f["text"] for f in data["findings"]] == ["末几字"]
    assert data["findings"][0]["suggestion"] is None
    assert data["findings"][0]["line"] == 3
    assert [f["message"] for f in data["notices"]] == ["存疑"]


@pytest.mark.parametrize(
    ("marks", "line", "says"),
    [
        ("- {kind: dots, text: 没有}", 5, "stand 1 time"),
        ("- {kind: dots, text: 人民, nth: 3}", 5, "stand 3 time"),
        ("- {kind: dot, text: 人民}", 5, "dots"),
        ("- {kind: ruby, text: 人民}", 5, "ruby"),
        ("- {kind: name, text: 人民, ruby: rén}", 5, "ruby"),
        ("- {text: 人民}", 5, "kind:"),
        ("- {kind: name, txt: 人民}", 5, "text"),
    ],
)
def test_a_mark_that_marks_nothing_is_told_with_its_line(marks: str, line: int, says: str) -> None:
    text = f"articles:\n- headline: [人民]\n  body: [{{type: para, text: 为人民服务}}]\n  marks:\n  {marks}\n"
    with pytest.raises(TypesetError) as caught:
        parse_manuscript(text, "a.yaml")
    assert caught.value.place is not None
    assert caught.value.place.line == line
    assert says in caught.value.spoken("en")
