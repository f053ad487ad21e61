"""Where a line may end, by rule: `|` stands for a free seam, `¦` for one of the second order, `=` for a hyphenation point."""

from __future__ import annotations

import pytest

from tests.samples import faces_of, set_one
from typeset.compose.copy import prepare_copy
from typeset.compose.legal_breaks import FREELY, IF_NEEDED, NEVER

TAIL = "与此同时"  # so that T09 does not reach the text in question


def seams(text: str) -> str:
    """The text with its seams drawn in."""
    copy = prepare_copy([text + TAIL], "song", faces_of())
    sign = {NEVER: "", IF_NEEDED: "¦", FREELY: "|"}
    signs = [
        "=" if hyphen else sign[level]
        for level, hyphen in zip(copy.levels.tolist(), copy.hyphens.tolist(), strict=True)
    ]
    return "".join(signs[i] * (i > 0) + char for i, char in enumerate(text))


def check(text: str) -> None:
    """`text` is what `seams` is to draw."""
    assert seams(text.replace("|", "").replace("¦", "").replace("=", "")) == text


@pytest.mark.parametrize("mark", "。．，、；：！？”’」』）】〕〗》〉］｝·～／")
def test_t01_no_mark_at_a_lines_start(mark: str) -> None:
    check(f"文{mark}" + ("文" if mark == "／" else "|文"))


@pytest.mark.parametrize("text", ["文)|文", "文—|文", "文–|文", "文-|文", "文/文", "文 ，|文"])
def test_t01_no_narrow_mark_or_connector_at_a_lines_start(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["きゃ|く", "ラー|メ|ン", "の|人々|に", "いゝ|の"])
def test_t01_small_kana_do_not_start_a_line(text: str) -> None:
    check(text)


@pytest.mark.parametrize("mark", "“‘「『（【〔〖《〈［｛")
def test_t02_no_opening_bracket_at_a_lines_end(mark: str) -> None:
    check(f"文|{mark}文")


@pytest.mark.parametrize(
    "text", ["涨|¥5|文", "涨|¥ 5|文", "涨|$5|文", "约|±3|文", "第|№5|文", "见|No.5|文", "见|No. 5|文"]
)
def test_t02_no_prefix_sign_at_a_lines_end(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["文——|文", "文……|文", "文…|文", "文／文"])
def test_t03_no_dash_or_ellipsis_at_a_lines_start_no_solidus_at_either_end(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["文——|文", "文……|文", "文……|……|文"])
def test_t04_dash_and_ellipsis_never_split(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "计|8312.5万|以|上", "增|617.37%|计", "在|1—8月|间", "在|2023¦年|间", "行|300km|的", "付|¥30|的", "见|No.5|中", "约|24/7|式",
        "于|2023/10/16|的", "共|1,234,567.89|计", "约|3.5亿|计", "近|30万亿|计", "约|25℃|的", "比|3:2|好", "至|-3℃|的",
    ],
)  # fmt: skip
def test_t05_numbers_stay_whole(text: str) -> None:
    check(text)


@pytest.mark.parametrize("unit", "元 年 月 日 时 分 秒 人 个 户 名 吨".split())
def test_t05_a_han_unit_parts_only_if_need_be(unit: str) -> None:
    check(f"文|12¦{unit}|文")


def test_t05_between_two_groups_a_line_may_end() -> None:
    check("文|10¦月|16¦日|文")


@pytest.mark.parametrize(
    "text",
    [
        "the |rec=om=men=da=tion |of", "re |up |it", "BBC", "Recommendation", "well-|known", "文|word|文", "a |b |c",
        "mother-|in-|law", "文|don’t|文",
    ],
)  # fmt: skip
def test_t06_words_part_only_at_hyphenation_points(text: str) -> None:
    check(text)


def test_t06_addresses_part_after_their_separators_without_hyphen() -> None:
    text = "https://www.example.com/news_list?id=5&page=2"
    assert seams(text) == "https://¦www.|example.|com/|news_|list?|id=|5&|page=|2"
    copy = prepare_copy([text + TAIL], "song", faces_of())
    assert not copy.hyphens.any()


def test_t06_hyphenated_line_takes_a_hyphen_inside_the_measure() -> None:
    for measure in (8, 9, 10, 11, 12, 13):
        done = set_one("considerable recommendations of international organizations", measure)
        for line, text in enumerate(done.lines[:-1]):
            if done.done.hyphened[line]:
                assert text[-1].isalpha()
                assert done.done.width_em[line] <= measure + 1e-6


def test_t06_some_measure_needs_a_hyphen() -> None:
    found = [set_one("considerable recommendations of international organizations", m) for m in range(6, 14)]
    assert any(one.done.hyphened.any() for one in found)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("我们一起走吧。", "走吧。"),
        ("我们走吧！”", "走吧！”"),
        ("他们说word", "word"),
        ("全年共计1234。", "1234。"),
    ],
)
def test_t09_the_last_line_holds_two_characters(text: str, core: str) -> None:
    copy = prepare_copy([text], "song", faces_of())
    last = max(i for i in range(len(text)) if copy.levels[i] and not copy.tails[i])
    assert text[last:] == core


@pytest.mark.parametrize(
    "text", ["文|e\u0301|文", "文|👨‍👩‍👧|文", "文|🇨🇳|文", "文|㐂\ufe00|文", "文|👍🏽|文"]
)
def test_t12_no_break_inside_a_cluster(text: str) -> None:
    check(text)
