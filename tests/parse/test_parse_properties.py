"""Any text whatever: parsing ends, keeps every character, and its manuscript comes back unchanged."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.parse.truth import CORPUS, DEVELOPMENT, OTHERS, source_characters, source_of
from typeset.model.findings import TypesetError
from typeset.model.source import Source
from typeset.parse import parse
from typeset.parse.blocks import BLOCK_LINES
from typeset.parse.words import words
from typeset.read import decode, write_manuscript
from typeset.read.manuscript import parse_manuscript

PIECES = st.sampled_from(
    (
        *words(
            """\n        本报讯 （记者李明） 一、 （一） 1. ① • □王芳 —— 【摘要】 第3版 2024年11月5日 （下转第2版） （上接第1版）\n        责任编辑：王晓 县教育局 简讯 图为现场。 （张强摄） 来源：某某报 今年以来，工作顺利。 大家都说好。\n        新风尚 “ ” （ ） 。 ， ； ： 12.5 Python 編輯先生： 參考文獻 [1] 问：为什么？ 谨上 报：市委 --- 12 目录\n        """
        ),
        "",
        " ",
        "\t",
    )
)
LINES = st.lists(PIECES, max_size=8).map("".join)
TRADE_TEXT = st.lists(st.one_of(LINES, st.just(""), st.text(max_size=30)), max_size=30).map("\n".join)
ANY_TEXT = st.one_of(st.text(max_size=300), TRADE_TEXT)


def source_from(text: str) -> Source | None:
    try:
        return decode(text.encode("utf-8", "surrogatepass"), "any.txt")
    except TypesetError:
        return None


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT)
def test_any_text_is_kept_whole_or_refused(text: str) -> None:
    source = source_from(text)
    if source is None:
        return
    try:
        bulletin = parse(source)
    except TypesetError:
        return
    assert bulletin.characters() == source_characters(source)
    assert parse_manuscript(write_manuscript(bulletin), "any.yaml") == bulletin


@cache
def corpus_lines() -> list[str]:
    return [line for name in DEVELOPMENT for line in source_of(name).lines]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 120), st.floats(0, 0.5))
def test_mutilated_bulletins_are_kept_whole(seed: int, count: int, blank_share: float) -> None:
    """Lines of all the bulletins shuffled, cut and blanked."""
    rng = random.Random(seed)
    lines = []
    for line in rng.choices(corpus_lines(), k=count):
        cut = rng.randrange(len(line) + 1) if rng.random() < 0.3 else len(line)
        lines.append(line[:cut] if rng.random() > blank_share else "")
    source = Source("mutilated.txt", "utf-8", tuple(lines))
    try:
        bulletin = parse(source)
    except TypesetError:
        return
    assert bulletin.characters() == source_characters(source)
    assert parse_manuscript(write_manuscript(bulletin), "any.yaml") == bulletin


@pytest.mark.parametrize("name", DEVELOPMENT)
def test_the_manuscript_of_a_bulletin_comes_back(name: str) -> None:
    bulletin = parse(source_of(name))
    assert parse_manuscript(write_manuscript(bulletin), name) == bulletin


def test_the_same_text_gives_the_same_bulletin() -> None:
    assert parse(source_of("d04")) == parse(source_of("d04"))


def calls_of(lines: Sequence[str], block_lines: int = BLOCK_LINES) -> int:
    """How many calls it takes to parse a text, Python's and C's: what its time grows with."""
    count = 0

    def tally(*_: object) -> None:
        nonlocal count
        count += 1

    source = Source("long.txt", "utf-8", tuple(lines))
    sys.setprofile(tally)
    try:
        with suppress(TypesetError):
            parse(source, block_lines=block_lines)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "line", ["很长的一行文字，没有尽头", "（", "。", "字 ", "1.", "[1]", "“", "\u3000a", "—"]
)
def test_an_endless_line_takes_no_more_steps_than_a_long_one(line: str) -> None:
    long, endless = (calls_of(["标题", line * (size // len(line))]) for size in (20_000, 1_000_000))
    assert endless < 1.5 * long + 200


def test_steps_grow_with_the_size() -> None:
    lines = source_of("d02").lines
    calls_of(lines)
    short, long = calls_of(lines * 4, 1000), calls_of(lines * 32, 1000)
    assert long < 8 * 1.1 * short


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(70, 400))
def test_a_bulletin_in_blocks_is_kept_whole(seed: int, block_lines: int) -> None:
    rng = random.Random(seed)
    names = rng.sample(DEVELOPMENT, k=3)
    lines = [line for name in names for line in source_of(name).lines]
    source = Source("long.txt", "utf-8", tuple(lines))
    assert parse(source, block_lines=block_lines).characters() == source_characters(source)


def test_articles_are_found_in_blocks_as_in_one() -> None:
    one = source_of("d03")
    source = Source(one.file, one.encoding, one.lines * 8)
    whole, parted = parse(source), parse(source, block_lines=200)
    assert [a.headline for a in parted.articles] == [a.headline for a in whole.articles]
    assert [a.body for a in parted.articles] == [a.body for a in whole.articles]


def test_the_corpus_is_where_the_tests_look() -> None:
    assert len(list(CORPUS.glob("*.gold.yaml"))) == len(DEVELOPMENT) + len(OTHERS) + 1
