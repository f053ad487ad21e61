"""`typeset galley`: what it prints is what is set, for any text at any measure."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.samples import faces_of, set_one
from typeset.cli import cli
from typeset.compose.characters import Class, classify, code_points
from typeset.compose.copyfit import Slip, copyfit, copyfit_headlines
from typeset.model.findings import TypesetError
from typeset.model.layout import HOUSE_RULES
from typeset.pipeline import galley

EPS = 1e-3
NOT_FIRST = set("。．，、；：！？”’」』）】〕〗》〉］｝·～")
NOT_LAST = set("“‘「『（【〔〖《〈［｛")
SEAMS_UNSURE = set("“”‘’")  # western or Chinese by their place
HANGS = dataclasses.replace(HOUSE_RULES, hang=True)
CENTRED = dataclasses.replace(HOUSE_RULES, punctuation="centred")

_PIECES = st.one_of(
    st.text(st.characters(exclude_characters="\n\r"), max_size=12),
    st.sampled_from([
        "人民群众", "，", "。", "“好”", "（见图）", "——", "……", "2023年10月16日", "8312.5万元", "617.37%", "CO₂", "m²", "±3℃",
        "3×5", "国际化", "recommendation", "https://a.cn/b?c=d", "x@y.cn", "e\u0301", "👨‍👩‍👧‍👦", "🇨🇳", "\u202eabc\u202c", "きゃっ",
        "ラーメン", "「第一條」", "\ud800", "\U0002a6d6", "\u3000", " ", "\t", "a" * 30, "（" * 9, "。" * 9, "１２３", "(a)",
    ]),
)  # fmt: skip
TEXT = st.lists(_PIECES, max_size=12).map("".join)
MEASURE = st.one_of(st.integers(2, 60).map(float), st.floats(2, 60).map(lambda m: round(m, 2)))


def ink(text: str) -> str:
    kinds = classify(code_points(text))
    return "".join(c for c, kind in zip(text, kinds.tolist(), strict=True) if kind != Class.SPACE)


def check_slip(text: str, slip: Slip, measure: float, hang_em: float = 0.0) -> None:
    """Conservation, abutting boxes, edges, counts."""
    assert "".join(ink(text[line.start : line.end]) for line in slip.lines) == ink(text)
    assert slip.min_lines <= len(slip.lines) <= slip.max_lines
    at = 0
    for n, line in enumerate(slip.lines):
        assert at <= line.start <= line.end
        at = line.end
        assert line.text in (text[line.start : line.end], text[line.start : line.end] + "-")
        assert len(line.text) == len(line.x_em) == len(line.advance_em)
        base = 0
        for here in range(1, len(line.text)):
            is_joined = line.advance_em[here] == 0 and line.x_em[here] == line.x_em[base]  # T12
            if not is_joined:
                edge = line.x_em[base] + line.advance_em[base]
                assert line.x_em[here] == pytest.approx(edge, abs=EPS)
                base = here
        solid_boxes = [width for width in line.advance_em if width > 0]
        if len(solid_boxes) > 1:
            assert line.width_em <= measure + hang_em + EPS, line.text
            if n < len(slip.lines) - 1 and not line.unfit:
                assert line.width_em >= measure - 0.05
        assert all(0 <= i < len(line.text) for i in line.squeezed)


@settings(max_examples=250, deadline=None)
@given(TEXT, MEASURE, st.sampled_from([0.0, 2.0]))
@example("（（（（。。。。", 2.0, 2.0)
@example("\ufe0fa", 2.0, 0.0)
def test_any_text_at_any_measure(text: str, measure: float, indent: float) -> None:
    for rules, hang in ((HOUSE_RULES, 0.0), (HANGS, 1.0), (CENTRED, 0.0)):
        (slip,) = copyfit([text], measure, indent, "song", faces_of(), rules)
        check_slip(text, slip, measure, hang)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, max_size=5), MEASURE)
def test_paragraphs_are_set_as_if_alone(texts: list[str], measure: float) -> None:
    together = copyfit(texts, measure, 2.0, "song", faces_of())
    alone = [copyfit([text], measure, 2.0, "song", faces_of())[0] for text in texts]
    assert [s.min_lines for s in together] == [s.min_lines for s in alone]
    assert [[line.text for line in s.lines] for s in together] == [
        [line.text for line in s.lines] for s in alone
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from("人民大会堂国家，。、：；“”《》（）！？—…"), min_size=1, max_size=80).map("".join),
       st.integers(3, 30))  # fmt: skip
def test_t01_t02_hold_for_chinese_text(text: str, measure: int) -> None:
    """Wherever a line could have ended or begun otherwise: marks alone, longer than the measure, may not."""
    (slip,) = copyfit([text], float(measure), 0.0, "song", faces_of())
    for above, below in zip(slip.lines, slip.lines[1:], strict=False):
        seams = zip(above.text, above.text[1:], strict=False)
        if any(a not in NOT_LAST and b not in NOT_FIRST | NOT_LAST | set("—…") for a, b in seams):
            assert below.text[0] not in NOT_FIRST - SEAMS_UNSURE, (above.text, below.text)
            assert above.text[-1] not in NOT_LAST - SEAMS_UNSURE, (above.text, below.text)


@settings(max_examples=100, deadline=None)
@given(TEXT, MEASURE)
def test_any_headline_at_any_measure(text: str, measure: float) -> None:
    (slip,) = copyfit_headlines([text], measure, "song-heavy", faces_of())
    assert "".join(ink(text[line.start : line.end]) for line in slip.lines) == ink(text)
    if not any(line.unfit for line in slip.lines):
        assert len(slip.lines) <= 3
        assert all(line.width_em <= measure + EPS for line in slip.lines)


def test_t29_a_hung_mark_stands_outside_the_measure() -> None:
    text = "我们要坚持以人民为中心，的发展思想推动高质量发展"
    (plain,) = copyfit([text], 11.0, 0.0, "song", faces_of())
    (hung,) = copyfit([text], 11.0, 0.0, "song", faces_of(), HANGS)
    assert plain.lines[0].text == "我们要坚持以人民为中"
    assert hung.lines[0].text == "我们要坚持以人民为中心，"
    assert hung.lines[0].x_em[-1] == pytest.approx(11.0)
    assert hung.lines[0].width_em == pytest.approx(11.5)
    assert hung.lines[0].tracking_em == pytest.approx(0.0)


def test_t29_no_mark_of_a_run_hangs() -> None:
    (hung,) = copyfit(
        ["我们要坚持以人民为“中”，的发展思想推动高质量发展"], 11.0, 0.0, "song", faces_of(), HANGS
    )
    assert all(line.width_em <= 11 + EPS for line in hung.lines)


def test_t22_trim_lets_the_bracket_stand_in_the_indent() -> None:
    rules = dataclasses.replace(HOUSE_RULES, opening_at_indent="trim")
    text = "“人民对美好生活的向往就是我们的奋斗目标”"
    (keep,) = copyfit([text], 12.0, 2.0, "song", faces_of())
    (trim,) = copyfit([text], 12.0, 2.0, "song", faces_of(), rules)
    assert keep.lines[0].x_em[:2] == pytest.approx((2.0, 2.5), abs=0.1)
    assert trim.lines[0].x_em[:2] == pytest.approx((1.5, 2.0), abs=0.1)


def test_t21_a_last_lines_mark_is_trimmed_only_where_that_decides() -> None:
    (whole,) = copyfit(["人民群众。"], 8.0, 0.0, "song", faces_of())
    assert whole.lines[0].advance_em[-1] == 1.0
    (decides,) = copyfit(["人民群众。"], 4.5, 0.0, "song", faces_of())
    assert decides.lines[0].advance_em[-1] == 0.5
    assert len(decides.lines) == 1


def test_centred_marks_keep_their_box_but_brackets_do_not() -> None:
    """zh-Hant: T21 and T22 off; a bracket loses its half beside any mark, a stop never."""
    (slip,) = copyfit(["（甲）。「乙」、丙！「丁」"], 20.0, 0.0, "song", faces_of(), CENTRED)
    boxes = dict(zip(enumerate(slip.lines[0].text), slip.lines[0].advance_em, strict=True))
    assert boxes[(0, "（")] == 1.0
    assert boxes[(2, "）")] == 0.5
    assert boxes[(3, "。")] == 1.0
    assert boxes[(4, "「")] == 0.5
    assert boxes[(6, "」")] == 0.5
    assert boxes[(10, "「")] == 0.5
    assert boxes[(9, "！")] == 1.0


def test_interpuncts_take_the_width_the_house_gives_them() -> None:
    rules = dataclasses.replace(HOUSE_RULES, interpunct_em=1.0)
    (slip,) = copyfit(["卡尔·马克思"], 20.0, 0.0, "song", faces_of(), rules)
    assert slip.lines[0].advance_em[2] == 1.0


def test_the_json_is_what_make_up_sets() -> None:
    text = "全年实现总产值8312.5万元，同比增长617.37%，坚持“（人民）”至上。" * 3
    (slip,) = galley(text, 14.0)
    done = set_one(text, 14.0, 2.0).done
    for n, line in enumerate(slip.lines):
        boxes = slice(int(done.starts[n]), int(done.ends[n]))
        assert line.x_em == pytest.approx(done.x_em[boxes], abs=1e-4)


def test_a_hyphen_is_the_last_character_of_its_line() -> None:
    for measure in range(6, 16):
        (slip,) = galley("国际organizations的considerable recommendations文本", float(measure))
        for line in slip.lines:
            if line.text.endswith("-"):
                assert line.end - line.start == len(line.text) - 1
                assert line.width_em == pytest.approx(line.x_em[-1] + line.advance_em[-1], abs=EPS)
                return
    raise AssertionError("no measure hyphenates")


def run(*arguments: str, text: str = "") -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, ["--lang", "en", "galley", *arguments], input=text.encode())
    return done.exit_code, done.stdout, done.stderr


def test_command_prints_json_of_every_line_of_input() -> None:
    code, out, _ = run(
        "--measure", "14", "--json", text="第一段文字。\n\n第二段，文字更长一些，要排成两行才能排完。\n"
    )
    assert code == 0
    value = json.loads(out)
    assert value["measure_em"] == 14
    assert [p["lines_count"] for p in value["paragraphs"]] == [1, 0, 2]
    line = value["paragraphs"][0]["lines"][0]
    assert set(line) == {
        "start",
        "end",
        "text",
        "x_em",
        "advance_em",
        "width_em",
        "tracking_em",
        "squeezed",
        "unfit",
    }
    assert line["x_em"][0] == 2.0


def test_command_prints_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("第二段，文字更长一些，要排成两行才能排完。", "utf-8")
    code, out, _ = run(str(file), "--measure", "14")
    assert code == 0
    assert out.splitlines()[0] == "　　第二段，文字更长一些，要"
    assert out.splitlines()[-1].startswith("-- 2 line(s)")


def test_command_breaks_headlines_by_sense() -> None:
    _, out, _ = run("--measure", "12", "--role", "headline", text="党建引领聚合力 六提六增践初心")
    assert out.splitlines()[:2] == ["党建引领聚合力", "六提六增践初心"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--measure", "14", "--set", "hnag=on"), "did you mean 'hang'"),
        (("--measure", "14", "--set", "hang=maybe"), "true or false"),
        (("--measure", "14", "--set", "hang"), "KEY=VALUE"),
        (("--measure", "14", "--role", "lede"), "choose body"),
        (("--measure", "0"), "can't be set"),
        (("nothing.txt", "--measure", "14"), "no such file"),
    ],
)
def test_command_says_what_is_wrong(arguments: tuple[str, ...], says: str) -> None:
    code, _, err = run(*arguments, text="文字")
    assert code == 2
    assert says.lower() in err.lower()


def test_an_unknown_layout_is_an_error() -> None:
    with pytest.raises(TypesetError):
        galley("文字", 14.0, layout="no-such")
