"""A manuscript that nobody changed makes the very pages that its text makes; applied slips and nothing else change it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import BULLETINS, CORPUS, SAMPLE
from typeset.model.findings import TypesetError
from typeset.parse import parse
from typeset.pipeline import make, proof
from typeset.proof import findings_of, slips_of
from typeset.proof.apply import applied
from typeset.proof.copy import copy_of
from typeset.proof.slips import RULES
from typeset.read import decode, write_manuscript
from typeset.read.manuscript import parse_manuscript

MADE = (
    *((path, "tabloid") for path in (SAMPLE, *CORPUS) if path.stem[0] in "ld"),
    (SAMPLE, "a4"),
    (CORPUS[1], "a4"),
)


@pytest.mark.parametrize(("path", "layout"), MADE, ids=lambda value: getattr(value, "stem", value))
def test_an_unchanged_manuscript_makes_the_same_bytes(path: Path, layout: str, tmp_path: Path) -> None:
    manuscript = tmp_path / f"{path.stem}.yaml"
    manuscript.write_text(write_manuscript(proof(path)), "utf-8")
    one = make(path, layout, tmp_path / "text")
    other = make(manuscript, layout, tmp_path / "manuscript")
    for first, second in zip(one.files, other.files, strict=True):
        assert first.name == second.name
        assert first.read_bytes() == second.read_bytes(), first.name


@pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.stem)
def test_ids_are_stable_and_the_manuscript_is_its_own_copy(path: Path) -> None:
    text = write_manuscript(proof(path))
    again = parse_manuscript(text, "a.yaml")
    assert write_manuscript(again) == text
    assert [a.id for a in again.articles] == [a.id for a in proof(path).articles]
    assert len({a.id for a in again.articles}) == len(again.articles)


PIECES = [
    "我们的的工作",
    "今年1-9月,",
    "二0二三年",
    "“没有",
    "（一）",
    "投人使用。",
    "自已",
    "2月30日",
    "\n",
    "　　",
    "本报讯",
    "A9",
    "龘",
    "🙂",
    "\u200b",
    " 的 ",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_what_is_applied_changes_nothing_else(text: str) -> None:
    try:
        bulletin = parse(decode(text.encode("utf-8", "ignore"), "a.txt"))
    except TypesetError:
        return
    copy = copy_of(bulletin)
    slips = slips_of(bulletin, copy)
    done = applied(bulletin, copy, slips, tuple(findings_of(copy, slips, None)), set(RULES))
    want: list[str] = []
    at = 0
    for slip in slips:
        if slip.new is not None:
            want += [copy.text[at : slip.start], slip.new]
            at = slip.end
    want.append(copy.text[at:])
    assert copy_of(done).text == "".join(want)
    assert len(done.corrections) == sum(slip.new is not None for slip in slips)
    untouched = dataclasses.replace(
        done, articles=bulletin.articles, findings=bulletin.findings, corrections=()
    )
    assert untouched == bulletin
    once = write_manuscript(done)
    assert write_manuscript(parse_manuscript(once, "a.yaml")) == once


@pytest.mark.slow
def test_a_line_of_ten_megabytes_is_looked_over() -> None:
    clean = "他们沿着河边的小路慢慢往回走，一路上谁也没有说话。" * 400
    text = (clean + "全镇统一布署今年1-9月的工作。") * (10_000_000 // len(clean.encode()))
    bulletin = parse_manuscript(f"articles:\n- body:\n  - type: para\n    text: {text}\n", "a.yaml")
    slips = slips_of(bulletin, copy_of(bulletin))
    places = {slip.start for slip in slips if slip.code in ("word", "numeral")}
    assert len(places) == 2 * text.count("布署")
