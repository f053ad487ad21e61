"""Whole paragraphs at a measure: T07, T24, T26, T28, and what must hold for any text."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import SAMPLE, WHICH, Setting, Which, bulletin_of, faces_of, set_one, solid
from typeset.compose.characters import Class
from typeset.compose.copy import Copy, prepare_copy
from typeset.compose.justify import set_natural

HAN = "我们要坚持以人民为中心的发展思想推动高质量发展取得新的成效"
TIGHTEST, WIDEST, WIDEST_NARROW = -0.035, 0.10, 0.15
FLUSH_EM = 0.05
OPENS = set("“‘「『（【〔〖《〈［｛")
NOT_FIRST = set("。．，、；：！？”’」』）】〕〗》〉］｝·～／")


def seams_em(done: Setting, line: int) -> list[float]:
    """The tracking at every seam of two Han characters in a line."""
    start, end = int(done.done.starts[line]), int(done.done.ends[line])
    kinds, x = done.copy.kinds, done.done.x_em
    return [
        float(x[i + 1] - x[i]) - 1.0
        for i in range(start, end - 1)
        if kinds[i] == Class.HAN and kinds[i + 1] == Class.HAN
    ]


def check_lines(done: Setting, indent_em: float = 0.0) -> None:
    """T24, T26, T28 and the order of boxes for every line of a paragraph."""
    measure, text = done.measure_em, done.done
    widest = WIDEST_NARROW if measure < 10 else WIDEST
    last = len(done.lines) - 1
    for line in range(last + 1):
        start, end = int(text.starts[line]), int(text.ends[line])
        if end <= start:
            continue
        assert text.x_em[start] == pytest.approx(indent_em if line == 0 else 0.0)
        assert text.width_em[line] <= measure + 1e-6, done.lines[line]
        assert (np.diff(text.x_em[start:end]) >= -1e-9).all()
        tracking = seams_em(done, line)
        if line == last:
            assert all(t <= 1e-6 for t in tracking), "T28: a last line is never opened"
        elif not text.unfit[line]:
            assert text.width_em[line] == pytest.approx(measure, abs=FLUSH_EM), done.lines[line]
            assert all(TIGHTEST - 1e-6 <= t <= widest + 1e-6 for t in tracking), tracking
            assert max(tracking, default=0) - min(tracking, default=0) < 1e-6, "seams open equally"


@pytest.mark.parametrize("measure", [6, 8, 10, 13, 15, 20])
@pytest.mark.parametrize("which", WHICH)
def test_t24_the_samples_paragraphs_are_flush(measure: int, which: Which) -> None:
    for article in bulletin_of(SAMPLE).articles:
        texts = [block.text for block in article.body if block.type == "para"]
        for text in texts[:4]:
            check_lines(set_one(text, measure, 2, which), 2)


def test_t24_few_lines_of_the_sample_are_unfit() -> None:
    unfit = total = 0
    for article in bulletin_of(SAMPLE).articles:
        for block in article.body:
            done = set_one(block.text, 13, 2).done
            unfit, total = unfit + int(done.unfit.sum()), total + len(done.unfit)
    assert unfit <= total * 0.005, (unfit, total)


def test_t24_closing_takes_marks_before_seams() -> None:
    """One mark to squeeze: it gives the whole of it, the seams stay natural."""
    done = set_one("一二三四，五六七八九" + HAN + "丙丁", 9.6)
    assert done.lines[0] == "一二三四，五六七八九"
    assert seams_em(done, 0) == pytest.approx([0.0] * 7)
    assert done.gaps_em(0)[4] == pytest.approx(0.6)


def test_t24_opening_takes_gaps_before_seams() -> None:
    """Two gaps of ¼ em can give ½ em between them: where less is wanted, the seams stay natural."""
    done = set_one("一二三四2023五六七八" + "九十甲乙丙丁戊己庚辛", 8 + 4 * 0.557 + 0.5 + 0.3)
    assert done.lines[0] == "一二三四2023五六七八"
    assert seams_em(done, 0) == pytest.approx([0.0] * 6, abs=1e-6)
    assert done.done.width_em[0] == pytest.approx(done.measure_em)


def test_t24_an_unfit_line_says_so() -> None:
    done = set_one("我们按https页面Internationalization文档", 8)
    for line in range(len(done.lines) - 1):
        flush = abs(done.done.width_em[line] - 8) <= FLUSH_EM
        assert flush or done.done.unfit[line]


def test_t24_a_line_left_short_is_set_natural() -> None:
    done = set_one("一二三四五六七，八。", 8)
    assert done.done.width_em[0] == pytest.approx(8, abs=FLUSH_EM) or max(seams_em(done, 0)) == pytest.approx(
        0
    )


def test_t24_tracking_is_that_of_the_seams() -> None:
    done = set_one("全年实现总产值8312.5万元，同比增长617.37%，1—8月增长300km", 8)
    for line in range(len(done.lines) - 1):
        if not done.done.unfit[line]:
            assert done.done.tracking_em[line] >= TIGHTEST - 1e-6


def test_t07_squeezes_a_mark_in_before_pushing_a_character_down() -> None:
    """Ten Han, then a comma, measure 10: two marks in the line can give the half em that the comma needs."""
    done = set_one("一、二三、四五六七，八九十甲乙丙丁戊", 9)
    assert done.lines[0].endswith("，")
    assert done.lines[0] == "一、二三、四五六七，"


def test_t07_pushes_down_where_nothing_can_be_squeezed() -> None:
    done = set_one("一二三四五六七八九十甲，乙丙丁戊己庚辛壬癸子", 11)
    assert done.lines[0] == "一二三四五六七八九十"
    assert done.lines[1].startswith("甲，")


@pytest.mark.parametrize(
    ("text", "measure"), [("一二三四五（六七八九十甲乙丙丁", 5.0), ("（一二三四五六七八九十甲乙", 10.0)]
)
def test_t22_t24_a_leading_bracket_gives_its_half_only_once(text: str, measure: float) -> None:
    done = set_one(text, measure)
    assert (done.done.width_em <= measure + 1e-6).all()


@pytest.mark.parametrize(
    "text",
    ["一二三四五六七八九， word二三四五六七八九十", "一二三四五六七八九。\u3000十一二三四五六七八九十"],
)
def test_t21_t24_a_mark_before_a_dropped_space_gives_its_half_only_once(text: str) -> None:
    assert (set_one(text, 9).done.width_em <= 9 + 1e-6).all()


@pytest.mark.parametrize("leader", ["—" * 20, "." * 60, "·" * 60, "！" * 14], ids=list("—.·！"))
def test_t06_a_leader_longer_than_the_measure_breaks_anywhere(leader: str) -> None:
    done = set_one("目录" + leader + HAN, 6)
    assert solid("".join(done.lines)) == "目录" + leader + HAN
    assert (done.done.width_em <= 6 + 1e-6).all()


def test_t01_t05_a_number_too_long_with_its_comma() -> None:
    done = set_one("617.37%，好好学习", 4)
    assert not any(line[0] in NOT_FIRST for line in done.lines)


def test_t12_a_cluster_is_not_broken_by_force() -> None:
    family = "👨‍👩‍👧‍👦"
    assert any(family in line for line in set_one(family + "家庭", 3).lines)


@pytest.mark.parametrize("indent", [0.0, 2.0])
def test_t26_only_the_first_line_is_indented(indent: float) -> None:
    done = set_one(HAN * 2, 10, indent)
    heads = [float(done.done.x_em[start]) for start in done.done.starts]
    assert heads == pytest.approx([indent, *[0.0] * (len(heads) - 1)])


def test_t28_the_last_line_stands_at_natural_spacing() -> None:
    for cut in range(12, len(HAN)):
        done = set_one(HAN[:cut], 10)
        assert seams_em(done, len(done.lines) - 1) == pytest.approx([0.0] * (len(done.lines[-1]) - 1))


def test_t28_the_last_line_is_squeezed_where_that_saves_a_line() -> None:
    done = set_one("一、二三、四五六七八。", 9.5)
    assert done.lines == ["一、二三、四五六七八。"]


def test_t09_no_lone_character_is_left() -> None:
    for cut in range(16, 3 * len(HAN)):
        for which in WHICH:
            lines = set_one((HAN * 3)[:cut] + "。", 15, which=which).lines
            assert len(lines[-1].rstrip("。")) >= 2, lines


def test_t09_gives_way_to_t24() -> None:
    """Eleven Han at measure 10: nine could not fill the first line, so the last character stands alone."""
    done = set_one(HAN[:11] + "。", 10)
    assert [len(line) for line in done.lines] == [10, 2]
    assert not done.done.unfit.any()


def test_natural_lines_have_no_measure() -> None:
    copy = prepare_copy(["党建引领 六提六增"], "song-heavy", faces_of(), display=True)
    done = set_natural(copy, [0], [len(copy.text)])
    assert done.width_em.tolist() == pytest.approx([9.0])
    assert not done.unfit.any()


# anything at all

_HAN = st.sampled_from("我们要坚持以人民为中心的发展思想一二三〇")
_MARKS = st.sampled_from("。，、；：！？”’」）》“‘「（《—…·～／")
_RUNS = st.sampled_from(
    ["——", "……", "：“", "。”", "》、《", "2023年10月16日", "8312.5万元", "617.37%", "1—8月", "¥30", "No.5", "24/7", "300km",
     "https://www.example.com/a?b=c", "a.b@c.org", "international", "recommendations", "BBC", "well-known", "don't",
     "①", "■", "e\u0301", "👍", "👨‍👩‍👧", "🇨🇳", "㐂\ufe00", "\u3000", " ", "(x)", "“word”", "\U00020000"]
)  # fmt: skip
_ANY = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"))
TEXTS = st.lists(
    st.one_of(_HAN, _HAN, _HAN, _MARKS, _RUNS, st.sampled_from("aZ5 %"), _ANY), min_size=1, max_size=90
).map("".join)
MEASURES = st.one_of(st.integers(4, 40).map(float), st.floats(4, 40).map(lambda m: round(m, 2)))


@cache
def _copy(text: str) -> Copy:
    return prepare_copy([text], "song", faces_of())


def is_forced(copy: Copy, at: int, end: int, room_em: float) -> bool:
    """Whether no legal seam at all would have ended this line inside its measure."""
    for i in range(at + 1, end + 1):
        if copy.levels[i]:
            stop = i
            while stop > at and copy.kinds[stop - 1] == Class.SPACE:
                stop -= 1
            if stop == at:
                continue
            width = float((copy.box_em[at:stop] + copy.gap_em[at:stop]).sum())
            width -= float(copy.lead_em[at]) + float(copy.tail_em[stop - 1])
            if width + (copy.hyphen_em if copy.hyphens[i] else 0.0) <= room_em + 1e-6:
                return False
    return True


@settings(max_examples=150)
@given(TEXTS, MEASURES, st.sampled_from(WHICH), st.sampled_from([0.0, 2.0]))
def test_any_text_at_any_measure(text: str, measure: float, which: Which, indent: float) -> None:
    """Every character stands once and in order; breaks are legal unless a unit is longer than the measure."""
    copy = _copy(text)
    done = set_one(text, measure, indent, which)
    ends = done.ends
    assert list(ends) == sorted(set(ends))
    assert ends[-1] == len(text)
    assert solid("".join(done.lines)) == solid(text)
    assert all(math.isfinite(x) for x in (*done.done.x_em, *done.done.origin_em, *done.done.width_em))
    at, room = 0, measure - indent
    for end in ends[:-1]:
        while at < end - 1 and copy.kinds[at] == Class.SPACE:
            at += 1
        if not copy.levels[end]:
            assert is_forced(copy, at, end, room), (text[at:end], text[end : end + 6])
        at, room = end, measure


@settings(max_examples=150)
@given(TEXTS, MEASURES, st.sampled_from(WHICH))
def test_t24_no_line_of_any_text_is_overfull(text: str, measure: float, which: Which) -> None:
    done = set_one(text, measure, 0.0, which)
    for line, shown in enumerate(done.lines):
        kinds = done.copy.kinds[int(done.done.starts[line]) : int(done.done.ends[line])]
        if (kinds[1:] != Class.JOINED).any():  # not one cluster alone
            assert done.done.width_em[line] <= measure + 1e-6, shown


@settings(max_examples=150)
@given(st.lists(st.one_of(_HAN, _HAN, _HAN, _HAN, _MARKS.filter(lambda c: c not in "—…")), min_size=1, max_size=120).map("".join),
       st.integers(6, 30), st.sampled_from(WHICH))  # fmt: skip
def test_t01_t02_t24_chinese_text_at_any_measure(text: str, measure: int, which: Which) -> None:
    """Han and marks: legal starts and ends, flush unless unfit, within T24's limits."""
    copy = _copy(text)
    done = set_one(text, measure, 0.0, which)
    check_lines(done)
    for line, end in enumerate(done.ends[:-1]):
        if copy.levels[end]:
            assert done.lines[line][-1] not in OPENS
            assert done.lines[line + 1][0] not in NOT_FIRST
