"""Widths by rule, in ems: T20 and T23 as tables, T21, T22, T25, T12, T60 on set lines."""

from __future__ import annotations

import numpy as np
import pytest

from tests.samples import faces_of, set_one, widths_em
from typeset.compose.copy import prepare_copy
from typeset.fonts.faces import TOFU


def natural_em(text: str) -> float:
    return round(sum(widths_em(text)), 3)


@pytest.mark.parametrize(
    ("marks", "width"),
    [
        ("”）", 1.5), ("（“", 1.5), ("”（", 1.5), ("。”", 1.5), ("，“", 1.5), ("”，", 1.5), ("、《", 1.5), ("》、", 1.5),
        ("：“", 1.5), ("）。", 1.5), ("！”", 1.5), ("》“", 1.5), ("？”", 1.5),
        ("》）。", 2.0), ("（《“", 2.0), ("。”）", 2.0), ("”，“", 2.0), ("》·《", 1.5),
        ("？！", 1.0), ("！！", 1.0), ("？？？", 2.0), ("！！！", 2.0), ("，，", 2.0), ("。。", 2.0),
        ("（）", 2.0), ("“”", 2.0), ("——", 2.0), ("……", 2.0), ("——”", 3.0), ("“——", 3.0), ("……，", 3.0),
    ],
)  # fmt: skip
def test_t20_adjacent_marks(marks: str, width: float) -> None:
    assert natural_em(f"文{marks}文") == pytest.approx(2 + width)


def test_t20_the_squeezed_marks_keep_to_what_they_enclose() -> None:
    """A close loses its right half: its ink stays where it was; an open loses its left: its ink moves left."""
    copy = prepare_copy(["文”，文（《文"], "song", faces_of())
    assert copy.box_em.tolist() == pytest.approx([1, 0.5, 1, 1, 1, 0.5, 1])
    assert copy.shift_em.tolist() == pytest.approx([0, 0, 0, 0, 0, -0.5, 0])


def test_t20_does_not_reach_over_a_paragraphs_end() -> None:
    copy = prepare_copy(["文。", "“文"], "song", faces_of())
    assert copy.box_em.tolist() == pytest.approx([1, 1, 1, 1])


@pytest.mark.parametrize("mark", "。，、；：！？”’」』）】〕》〉")
def test_t21_a_mark_at_a_lines_end_is_half_an_em(mark: str) -> None:
    done = set_one("一二三四五六七八九" + mark + "十一二三四", 9.5)
    assert done.lines[0] == "一二三四五六七八九" + mark
    assert done.done.width_em[0] == pytest.approx(9.5)
    assert done.done.tracking_em[0] == pytest.approx(0.0)


def test_t21_on_the_last_line_where_it_decides() -> None:
    done = set_one("一二三四五六七八九。", 9.5)
    assert done.lines == ["一二三四五六七八九。"]


@pytest.mark.parametrize("mark", "“‘「『（【〔《〈")
def test_t22_an_open_at_a_lines_start_loses_its_leading_half(mark: str) -> None:
    done = set_one("一二三四五六七八九十" + mark + "一二三四五六七八九》十一二", 10)
    line = done.done
    assert done.lines[1][0] == mark
    start = int(line.starts[1])
    assert line.x_em[start] == pytest.approx(0)
    assert line.origin_em[start] == pytest.approx(-0.5)
    assert line.x_em[start + 1] <= 0.5 + 1e-6 + 0.1


def test_t22_at_an_indented_head_the_text_keeps_half_an_em() -> None:
    done = set_one("“一二三”四五", 10, indent_em=2).done
    assert done.x_em[0] == pytest.approx(2)
    assert done.x_em[1] == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("文a", 0.25), ("a文", 0.25), ("文5", 0.25), ("5文", 0.25), ("文 a", 0.25), ("a 文", 0.25), ("涨¥5", 0.25), ("5%以", 0.25), ("和%以", 0.0),
        ("，a", 0.0), ("a，", 0.0), ("（a", 0.0), ("a）", 0.0), ("①a", 0.0), ("a■", 0.0), ("5——", 0.0),
        ("文 文", 0.5), ("文\u3000文", 1.0), ("， 文", 0.0), ("文 （", 0.0), ("， a", 0.0), ("文  文", 0.5), ("a b", 0.25),
    ],
)  # fmt: skip
def test_t23_gaps(text: str, gap: float) -> None:
    """What stands between the two boxes beyond their own widths."""
    alone = sum(
        widths_em("文" + c + "文")[1] for c in text if not c.isspace() and not (c.isascii() or c == "¥")
    )
    copy = prepare_copy(
        ["".join(c for c in text if (c.isascii() and c != " ") or c == "¥")], "song", faces_of()
    )
    alone += float(copy.box_em.sum())
    assert natural_em(text) == pytest.approx(alone + gap, abs=2e-3)


def test_t23_no_gap_or_space_at_a_lines_ends() -> None:
    for measure in np.arange(4, 12, 0.5):
        done = set_one("我们用Python写 程序，又用Rust 写 编译器和 工具", float(measure))
        line = done.done
        for n, text in enumerate(done.lines):
            assert text == text.strip()
            assert line.x_em[line.starts[n]] == pytest.approx(0)
            if not line.unfit[n] and n < len(done.lines) - 1:
                assert line.width_em[n] == pytest.approx(measure, abs=0.05)


def test_t11_t23_a_typed_space_is_one_em_in_display() -> None:
    assert widths_em("党建引领 六提六增", display=True)[4] == pytest.approx(1.0)


def test_t25_numbers_and_dashes_are_set_solid() -> None:
    """However far a line is opened, nothing opens inside a number, a word, —— or ……, nor beside a connector."""
    text = "产值达到8312.5万元——同比增长617.37%……范围是1—8月的Windows系统"
    copy = prepare_copy([text], "song", faces_of())
    room = copy.opening.sum(axis=0)
    for solid in ("8312.5", "617.37%", "Windows", "——", "……", "1—8"):
        at = text.index(solid)
        assert (room[at : at + len(solid) - 1] == 0).all(), solid
    han = prepare_copy(["北京—上海～广州／深圳·珠海"], "song", faces_of())
    for at, char in enumerate(han.text):
        if char in "—～／":
            assert han.opening.sum(axis=0)[at - 1] == 0, char
            assert han.opening.sum(axis=0)[at] == 0, char


def test_t12_combining_marks_stand_with_their_base() -> None:
    """The mark takes no room of its own; the cluster's gap stands after it, never inside the cluster."""
    copy = prepare_copy(["一e\u0301二"], "song", faces_of())
    assert copy.box_em[2] == 0
    assert copy.gap_em.tolist() == pytest.approx([0.25, 0, 0.25, 0])
    assert copy.opening[:, 1].sum() == 0


def test_t12_the_parts_of_a_cluster_stand_at_one_place() -> None:
    family = "👨‍👩‍👧‍👦"
    done = set_one("一" + family + "二", 20).done
    parts = slice(1, 1 + len(family))
    assert np.ptp(done.x_em[parts]) == pytest.approx(0)
    assert done.advance_em[parts].sum() == pytest.approx(done.x_em[1 + len(family)] - done.x_em[1])
    drawn = done.glyph[parts].tolist()
    assert drawn.count(drawn[0]) == 1, "one 〓 for the cluster, none over what follows"


def test_t60_a_fallback_face_sets_what_the_face_lacks() -> None:
    faces = faces_of()
    for role in ("song", "song-heavy", "hei", "hei-bold", "kai"):
        copy = prepare_copy(["中文，Aa1。镕喆囧堃"], role, faces)
        assert not copy.missing.any()
        assert (copy.glyph > 0).all()


def test_t60_what_no_face_has_shows_as_a_geta_mark() -> None:
    faces = faces_of()
    copy = prepare_copy(["中\U00013000文"], "song", faces)
    assert copy.missing.tolist() == [False, True, False]
    geta = int(faces.faces[int(copy.face[1])].glyphs(np.array([TOFU], np.uint32))[0])
    assert geta > 0
    assert int(copy.glyph[1]) == geta
    assert copy.box_em[1] == pytest.approx(1.0)
    assert copy.text == "中\U00013000文"
