"""What arrays see of all lines at once, against a plain look at each; what is remembered of looks tells nothing new."""

from __future__ import annotations

import random
from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parse.test_parse_properties import TRADE_TEXT, corpus_lines, source_from
from typeset.model.source import Source
from typeset.parse import features, parse, traits
from typeset.parse.decisions import Decision
from typeset.parse.features import views_of
from typeset.parse.joins import Joiner
from typeset.parse.lines import Line, source_lines
from typeset.parse.manner import manner_of
from typeset.parse.sequence import decide
from typeset.parse.tables import TABLES, Tables
from typeset.parse.weights import WEIGHTS

LENGTHS = ("len3", "len8", "len15", "len22", "len30", "len45", "long")
ENDS = (("；;", "end_semi"), ("：:", "end_colon"), ("，、,", "end_comma"), ("”’」』）)】》〉", "end_closer"))


def outline(line: Line) -> list[str]:
    """How long a line is, and how it ends."""
    length = LENGTHS[bisect_left((3.0, 8.5, 15.0, 22.0, 30.0, 45.0), line.width)]
    if line.is_final:
        return [length, "end_ask" if set(line.text[-2:]) & set("！？!?…") else "end_stop"]
    return [length, next((name for marks, name in ENDS if line.text[-1] in marks), "end_none")]


def inside(line: Line) -> list[str]:
    """What stands before the marks that end it, and a mark at its head."""
    text = line.text.rstrip("。！？!?；;：:，、”’」』）)】…")
    names = []
    if any(stop in text for stop in "。；！？!?;"):
        is_asking = not line.is_final and line.width <= 30 and not set(line.text) & set("。；;")
        names.append("asks_inside" if is_asking else "stops_inside")
    if "，" in text:
        names.append("comma" if text.count("，") == 1 else "commas")
    return names + ["closer_start"] * (line.text[0] in "，。、；：！？”’」』）)》")


@settings(deadline=None)
@given(TRADE_TEXT)
def test_arrays_see_what_a_look_at_each_line_does(text: str) -> None:
    source = source_from(text)
    if source is None:
        return
    lines = source_lines(source)
    for line, seen, more in zip(lines, features._outlines(lines), features._insides(lines), strict=True):
        assert traits.names_of(seen) == outline(line)
        assert sorted(traits.names_of(more)) == sorted(inside(line))


def decisions_with(source: Source, tables: Tables) -> list[Decision]:
    lines = source_lines(source)
    manner = manner_of(lines)
    views = views_of(lines, manner)
    return decide(views, Joiner(views, manner, tables.join), tables)


@pytest.mark.parametrize("seed", range(12))
def test_looks_met_before_change_no_decision(seed: int) -> None:
    """Lines of all the bulletins shuffled, read with all looks met so far and with none."""
    rng = random.Random(seed)
    source = Source("shuffled.txt", "utf-8", tuple(rng.choices(corpus_lines(), k=150)))
    known, anew = decisions_with(source, TABLES), decisions_with(source, Tables(WEIGHTS))
    assert known == anew
    assert decisions_with(source, TABLES) == anew


def test_more_looks_than_are_kept_are_all_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typeset.parse.looks.MAX_LOOKS", 3)
    source = Source("corpus.txt", "utf-8", tuple(corpus_lines()[:400]))
    few, whole = Tables(WEIGHTS), Tables(WEIGHTS)
    for _ in range(2):
        assert parse(source, few) == parse(source, whole)


def test_every_weight_is_a_trait_s() -> None:
    assert set(WEIGHTS.emit) | set(WEIGHTS.text) <= set(traits.TRAITS)


@given(st.integers(0, 2 ** len(traits.NAMES) - 1))
def test_bits_are_told_in_order(seen: int) -> None:
    bits = traits.bits_of(seen)
    assert bits == sorted(bits)
    assert sum(1 << bit for bit in bits) == seen
