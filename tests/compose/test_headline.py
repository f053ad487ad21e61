"""Headlines broken by sense and balanced: T10, T11."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import faces_of, solid
from typeset.compose.copy import Copy, prepare_copy
from typeset.compose.copyfit import copyfit_headlines
from typeset.compose.headline import break_headline, headline_width, seams_of
from typeset.compose.sense import Cohesion

BULLETIN = [
    "党建引领基层治理，六提六增推动乡村振兴。高质量发展取得新成效，人民群众的获得感不断增强。",
    "加强党建引领，推进基层治理现代化；坚持高质量发展，全面推进乡村振兴。",
] * 3
COHESION = Cohesion.of(BULLETIN)


def copy_of(text: str) -> Copy:
    return prepare_copy([text], "song-heavy", faces_of(), display=True)


def ends_of(text: str, width_em: float, most_lines: int) -> list[int] | None:
    return break_headline(seams_of(copy_of(text), 0, COHESION), width_em, most_lines)


def lines_of(text: str, width_em: float, most_lines: int = 2) -> list[str] | None:
    ends = ends_of(text, width_em, most_lines)
    if ends is None:
        return None
    return [text[start:end].strip() for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def test_t10_as_few_lines_as_hold_it() -> None:
    assert lines_of("党建引领基层治理", 8) == ["党建引领基层治理"]
    assert lines_of("党建引领基层治理", 7) == ["党建引领", "基层治理"]
    assert lines_of("党建引领基层治理", 3, 2) is None


def test_t11_breaks_at_a_typed_space() -> None:
    assert lines_of("党建引领基层治理 六提六增", 10) == ["党建引领基层治理", "六提六增"]
    assert lines_of("六提六增 党建引领基层治理", 10) == ["六提六增", "党建引领基层治理"]


def test_t11_a_space_that_stays_is_one_em() -> None:
    copy = copy_of("党建引领 六提六增")
    assert headline_width(copy, 0, len(copy.text)) == pytest.approx(9.0)
    assert headline_width(copy, 0, 5) == pytest.approx(4.0)


def test_t10_lines_are_balanced() -> None:
    lines = lines_of("全面推进乡村振兴高质量发展取得新成效", 14)
    assert lines is not None
    assert min(map(len, lines)) >= 0.6 * max(map(len, lines))


def test_t10_breaks_between_words_that_the_bulletin_knows() -> None:
    assert lines_of("推进基层治理全面推进乡村振兴", 10) == ["推进基层治理", "全面推进乡村振兴"]


@pytest.mark.parametrize("quotation", ["“六提六增”", "《中国共产党章程》", "「新序曲」", "‘两个维护’"])
@pytest.mark.parametrize("before", range(0, 9))
def test_t10_never_inside_a_short_quotation(quotation: str, before: int) -> None:
    text = "坚持党建引领基层治理"[:before] + quotation + "推动乡村振兴工作取得新成效"
    lines = lines_of(text, 13, 3)
    assert lines is not None
    if len(lines) > 1:
        assert any(quotation in line for line in lines), lines


def test_t10_a_width_that_would_split_a_quotation_is_refused() -> None:
    lines = lines_of("坚持党建引领基“六提六增”乡村振兴", 9.4)
    assert lines is None or any("“六提六增”" in line for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "让人民群众的获得感更加充实",
        "把党的建设和乡村振兴结合起来",
        "以高质量发展推进基层治理",
        "党建工作与乡村振兴与基层治理",
    ],
)
def test_t10_no_particle_stands_at_the_break(text: str) -> None:
    assert any(lines_of(text, width) for width in range(8, len(text)))
    for width in range(8, len(text)):
        lines = lines_of(text, width)
        if lines is not None and len(lines) == 2:
            assert lines[1][0] not in "的了等之"
            assert lines[0][-1] not in "和与及以在把"


def test_t10_numbers_and_words_stay_whole() -> None:
    for width in range(11, 16):
        lines = lines_of("前8个月实现产值8312.5万元同比增长Windows系统", width, 3)
        assert lines is not None
        assert any("8312.5万" in line for line in lines)
        assert any("Windows" in line for line in lines)


@settings(max_examples=150)
@given(
    st.text("党建引领基层治理的和“”《》，：！ 2023aB—…", min_size=1, max_size=40).filter(lambda t: bool(solid(t))),
    st.floats(3, 30), st.integers(1, 4),
)  # fmt: skip
def test_any_headline_fits_or_is_refused(text: str, width: float, most: int) -> None:
    ends = ends_of(text, width, most)
    if ends is None:
        return
    copy = copy_of(text)
    assert ends == sorted(set(ends))
    assert ends[-1] == len(text)
    assert len(ends) <= most
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        assert headline_width(copy, start, end) <= width + 1e-6


def _table() -> list[tuple[float, str, tuple[str, ...]]]:
    rows = Path(__file__).with_name("headlines.txt").read_text("utf-8").splitlines()
    cut = (row.split("\t") for row in rows if not row.startswith("#"))
    return [(float(measure), text, tuple(ways.split(" / "))) for measure, text, ways in cut]


@pytest.mark.parametrize(("measure", "text", "ways"), _table())
def test_t10_t11_headlines_break_as_an_editor_breaks_them(
    measure: float, text: str, ways: tuple[str, ...]
) -> None:
    (slip,) = copyfit_headlines([text], measure, "song-heavy", faces_of())
    assert "|".join(line.text for line in slip.lines) in ways


def test_t10_the_table_holds_sixty_headlines() -> None:
    assert len({text for _, text, _ in _table()}) >= 60
