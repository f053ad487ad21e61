"""Any text whatever: parsing ends, keeps every character, and its manuscript comes back unchanged."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.parse.truth import CORPUS, DEVELOPMENT, OTHERS, source_characters, source_of
from typeset.model.findings import TypesetError
from typeset.model.source import Source
from typeset.parse import parse
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


@pytest.mark.parametrize(
    "line", ["很长的一行文字，没有尽头", "（", "。", "字 ", "1.", "[1]", "“", "\u3000a", "—"]
)
def test_one_endless_line_is_soon_parsed(line: str) -> None:
    text = "标题\n" + line * (1_000_000 // len(line))
    start = time.process_time()
    with suppress(TypesetError):
        parse(Source("endless.txt", "utf-8", tuple(text.split("\n"))))
    assert time.process_time() - start < 5


def test_time_grows_with_the_size() -> None:
    def seconds(times: int) -> float:
        one = source_of("d02")
        source = Source(one.file, one.encoding, one.lines * times)
        start = time.process_time()
        parse(source)
        return time.process_time() - start

    seconds(1)
    short, long = seconds(4), seconds(32)
    assert long < 8 * short * 3 + 0.5


def test_the_corpus_is_where_the_tests_look() -> None:
    assert len(list(CORPUS.glob("*.gold.yaml"))) == len(DEVELOPMENT) + len(OTHERS) + 1
