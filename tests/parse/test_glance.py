"""What a glance says can't be there is not there: its bits against plain definitions, its gates against the expressions."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.parse.truth import DEVELOPMENT, OTHERS, source_of
from typeset.parse import bylines, furniture, glance, kinds, patterns, sources
from typeset.parse.bylines import may_be_byline, name_row, read_byline
from typeset.parse.glance import CLOSERS, OPENERS, TRAILING, glances, members
from typeset.parse.lines import JUMP_IN, JUMP_OUT, source_lines
from typeset.parse.sources import read_source
from typeset.parse.text import em_width, is_final

LINE = st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=60)
MARKED = st.text(
    st.sampled_from([*"。，：；？”“（）【】「」…、!? \t\u3000一1aA①年版摄□"]), min_size=1, max_size=24
)


def hints_of(text: str) -> int:
    return int(glances([text]).hints[0])


def is_open(text: str) -> bool:
    depth = 0
    for char in text:
        depth = depth + 1 if char in OPENERS else max(0, depth - 1) if char in CLOSERS else depth
    return depth > 0


@given(st.lists(LINE | MARKED, min_size=1, max_size=8))
def test_bits_and_widths_are_what_the_characters_say(texts: list[str]) -> None:
    for text, bits, width, commas in zip(texts, *map(np.ndarray.tolist, glances(texts)), strict=True):
        assert width == em_width(text)
        for kind, ranges in glance.WITHIN.items():
            if kind != kinds.TRAIL and set(map(ord, text)) & set(members(ranges)):
                assert bits & kind
        for kind, ranges in glance.AT_HEAD.items():
            if ord(text[0]) in set(members(ranges)):
                assert bits & kind
        for kind, ranges in glance.AT_END.items():
            end = text[-2:] if kind == kinds.ASK_END else text[-1]
            assert bool(bits & kind) == bool(set(map(ord, end)) & set(members(ranges)))
        inner = text.rstrip(TRAILING)
        assert commas == inner.count("，")
        assert bool(bits & kinds.STOP_INSIDE) == any(c in inner for c in "。；！？!?;")
        assert bool(bits & kinds.OPEN) == is_open(text)
        assert bool(bits & kinds.COMMA) == ("，" in text)
        assert bool(bits & kinds.STOP) == any(c in text for c in "。；！？!?;")


@given(st.lists(LINE | MARKED, min_size=1, max_size=8), st.integers(1, 30))
def test_lines_too_long_for_arrays_are_seen_alike(texts: list[str], at_once: int) -> None:
    whole = glances(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(glance, "AT_ONCE_CHARS", at_once)
        parted = glances(texts)
    assert parted.widths.tolist() == whole.widths.tolist()
    assert parted.commas.tolist() == whole.commas.tolist()
    for some, every, text in zip(parted.hints, whole.hints, texts, strict=True):
        apart = kinds.OPEN if len(text) > at_once else 0
        assert some & ~apart == every & ~apart


def test_every_digit_and_blank_of_unicode_is_known() -> None:
    digits, blanks = re.compile(r"\d"), re.compile(r"\s")
    for char in map(chr, range(sys.maxunicode + 1)):
        if digits.match(char):
            assert hints_of(char) & kinds.DIGIT
        elif blanks.match(char) and char != "\n":
            assert hints_of(char) & kinds.BLANK
            assert hints_of(char) & kinds.PART


GATES = {
    "page sign": (furniture.PAGE_SIGNS, (kinds.PAGE_SIGN_HEAD,)),
    "page word": (furniture.PAGE_WORDS, (kinds.PAGE_WORD_HEAD,)),
    "page mark": (furniture.PAGE_MARKED, (kinds.PAGE_MARK,)),
    "likely": (furniture.LIKELY, (kinds.COLON | kinds.DIGIT | kinds.ASCII,)),
    "folio": (furniture.FOLIO_PIECE, (kinds.FOLIO,)),
    "date": (re.compile(furniture.DATE + "|" + furniture.NUMERIC_DATE), (kinds.DATE_HEAD,)),
    "number": (patterns.NUMBERED, (kinds.NUMBER_HEAD,)),
    "dateline": (patterns.DATELINE, (kinds.DATELINE_HEAD, kinds.DISPATCH)),
    "note": (patterns.NOTE_HEAD, (kinds.NOTE_HEAD, kinds.NOTE_MARK)),
    "caption": (patterns.CAPTION_HEAD, (kinds.CAPTION_HEAD,)),
    "credit": (patterns.CAPTION_TAIL, (kinds.PHOTO, kinds.PHOTO_ENDING)),
    "salutation": (patterns.SALUTE, (kinds.COLON, kinds.COLON_END)),
    "lead-in": (patterns.LEAD_IN, (kinds.LABEL_HEAD,)),
    "label": (patterns.WHOLE_LABEL, (kinds.LABEL_HEAD,)),
    "question": (patterns.QA, (kinds.COLON,)),
    "lede": (patterns.LEDE, (kinds.LEDE_HEAD,)),
    "strong lede": (patterns.LEDE_STRONG, (kinds.LEDE_HEAD,)),
    "contents": (patterns.CONTENTS, (kinds.CONTENTS_HEAD,)),
    "column": (patterns.COLUMN_NAME, (kinds.COLUMN_END,)),
    "references": (patterns.REFERENCES, (kinds.REFERENCE_HEAD,)),
    "briefs": (patterns.BRIEF_HEADS, (kinds.BRIEF,)),
    "cells": (patterns.CELL_GAP, (kinds.BLANK,)),
    "note sign": (patterns.NOTE_SIGN, (kinds.CIRCLED,)),
    "keys": (sources.KEYED, (kinds.COLON | kinds.BLANK, kinds.COLON | kinds.DIGIT)),
    "dated unit": (sources.DATED, (kinds.YEAR, kinds.BLANK)),
}
WHOLE = ("folio", "date", "column", "references", "contents", "dated unit")
ANYWHERE = ("credit", "briefs", "cells", "note sign")


@pytest.mark.parametrize("name", GATES)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_fits_an_expression_passes_its_gate(name: str, data: st.DataObject) -> None:
    pattern, gate = GATES[name]
    found = data.draw(st.from_regex(pattern, fullmatch=name in WHOLE)).strip()
    assume(found and "\n" not in found)
    find: Callable[[str], object] = (
        pattern.fullmatch if name in WHOLE else pattern.search if name in ANYWHERE else pattern.match
    )
    assume(find(found))
    hints = hints_of(found)
    assert all(hints & kind for kind in gate)


@given(st.from_regex(JUMP_OUT) | st.from_regex(JUMP_IN))
def test_no_jump_mark_is_without_its_page(text: str) -> None:
    assert any(word in text for word in "版页頁")


def test_every_word_passes_its_gate() -> None:
    for word in patterns.TITLE_END:
        assert hints_of(word) & kinds.TITLE_END
    for role in bylines.ROLE_WORDS:
        assert hints_of(role) & kinds.CREDIT


def corpus_lines() -> list[str]:
    lines = [line for name in (*DEVELOPMENT, *OTHERS) for line in source_lines(source_of(name))]
    texts = [line.text for line in lines if len(line.text) <= 90]
    halves = [text[: len(text) // 2].strip() for text in texts]
    pairs = [(a + " " + b).strip() for a, b in pairwise(texts) if len(a) + len(b) <= 40]
    return [text for text in (*texts, *halves, *pairs) if text]


BYLINE_PIECES = st.sampled_from(
    [
        "□",
        "记者",
        "本报记者",
        "王芳",
        "欧阳文青",
        "何　静",
        "、",
        " ",
        "/",
        "文",
        "摄",
        "（三中）",
        "：",
        "，",
        "①",
        "局",
        "Anna",
        "县教育",
        "整理",
    ]
)


@given(st.lists(BYLINE_PIECES, min_size=1, max_size=7).map("".join).map(str.strip).filter(bool))
def test_what_reads_as_a_byline_may_be_one(text: str) -> None:
    assert read_byline(text) is None or may_be_byline(text, hints_of(text))


def test_hints_change_nothing_on_the_corpus() -> None:
    lines = corpus_lines()
    for text, bits in zip(lines, glances(lines).hints.tolist(), strict=True):
        assert furniture.strength(text, bits) == furniture.strength(text)
        if read_byline(text) is not None:
            assert may_be_byline(text, bits), text
        if not bits & kinds.STOP or bits & kinds.BRACKET_HEAD:
            assert read_source(text, bits) == read_source(text)
        else:
            assert read_source(text) is None
        if not bits & (kinds.PART | kinds.PAREN_END):
            assert name_row(text) == 0


@given(LINE | MARKED)
def test_a_sentence_ends_where_the_expression_says(text: str) -> None:
    pattern = re.compile(r"(?:[。！？!?…]|(?<=[A-Za-z])\.)[”’」』）)】》〉\"']*(?:[①-⑳]|\[\d{1,3}\])?$")
    assert is_final(text) == (pattern.search(text[-12:]) is not None)
