"""The word lattice: its best path and what it says of edits, against working it out anew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from typeset.lexicon.confusions import KNOWN, Confusables, compiled, confusables, look_alikes
from typeset.lexicon.segment import NOTHING, lattice
from typeset.lexicon.table import Codes, hash_order, is_bound, joints_of, lexicon

TEXT = st.text(st.sampled_from("我们的学生自己已经完成了今天工作一二三，。人入库A9"), min_size=1, max_size=14)


def folded(char: str) -> Codes:
    return lexicon().folded(np.array([ord(char)], np.uint32))


def cost(text: str) -> float:
    return lattice(lexicon(), text).cost


@given(TEXT, st.data())
def test_an_edits_gain_is_the_difference_of_whole_costs(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(st.sampled_from("人入己已的天"))
    gain = lattice(lexicon(), text).gains(np.array([at]), np.array([at + 1]), folded(new))[0]
    assert gain == pytest.approx(cost(text) - cost(text[:at] + new + text[at + 1 :]), abs=1e-3)


@given(TEXT, st.data())
def test_leaving_out_and_putting_in(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    words = lattice(lexicon(), text)
    put = words.gains(np.array([at]), np.array([at]), folded("人"))[0]
    assert put == pytest.approx(cost(text) - cost(text[:at] + "人" + text[at:]), abs=1e-3)
    if 0 < at < len(text) - 1:
        gone = words.gains(np.array([at]), np.array([at + 1]), np.array([NOTHING], np.uint32))[0]
        assert gone == pytest.approx(cost(text) - cost(text[:at] + text[at + 1 :]), abs=1e-3)


@given(st.text(max_size=60))
def test_the_path_covers_any_text(text: str) -> None:
    path = lattice(lexicon(), text).path()
    assert "".join(text[a:b] for a, b in path) == text


def test_words_are_found() -> None:
    for text, words in {
        "研究生命的起源": ["研究", "生命", "的", "起源"],
        "今年以来粮食产量稳步增长": ["今年以来", "粮食", "产量", "稳步", "增长"],
    }.items():
        assert [text[a:b] for a, b in lattice(lexicon(), text).path()] in (words, words[:1] + words[1:])


def test_traditional_is_folded() -> None:
    one, other = lattice(lexicon(), "學生們已經來了"), lattice(lexicon(), "学生们已经来了")
    assert one.cost == other.cost


def test_look_alikes_go_both_ways_but_where_said() -> None:
    alike = look_alikes()
    assert "入" in alike["人"]
    assert "人" in alike["入"]
    assert alike["大"]["达"].listed == KNOWN
    assert alike["达"]["大"].listed != KNOWN


def test_the_shipped_arrays_are_the_text_files() -> None:
    made, shipped = compiled(), confusables()
    for name in Confusables.__annotations__:
        assert np.array_equal(getattr(made, name), getattr(shipped, name)), name
    assert np.array_equal(joints_of(lexicon().keys), lexicon().joints)
    assert np.array_equal(hash_order(lexicon().keys), lexicon().by_hash)


@given(st.text("学學生会會议議的龘A1\U00020000", min_size=2, max_size=2))
def test_one_pair_is_told_as_many_are(pair: str) -> None:
    codes = lexicon().folded(np.array(list(map(ord, pair)), np.uint32))
    assert lexicon().may_meet(*pair) == bool(lexicon().joined(codes[:1], codes[1:])[0])


def test_a_word_across_a_seam_is_known_in_both_scripts() -> None:
    assert is_bound("学", "校", 0.0)
    assert is_bound("學", "校", 0.0)
    assert not is_bound("龘", "校", 0.0)


@given(
    st.lists(
        st.sampled_from(["中国", "人民", "的", "，", "一", "大会", "主席团", "实事求是", "龘", "A", "9"]),
        max_size=120,
    )
)
def test_long_stretches_are_parted_and_cost_little_more(words: list[str]) -> None:
    text = "".join(words)
    path = lattice(lexicon(), text).path()
    assert "".join(text[a:b] for a, b in path) == text
    assert all(0 < b - a <= 4 for a, b in path)
