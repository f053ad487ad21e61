"""Heads, jump marks, furniture and verse groups, each in its smallest example."""

from __future__ import annotations

import pytest

from tests.parse.manners import wrapped
from typeset.model.bulletin import Bulletin
from typeset.model.findings import TypesetError
from typeset.model.source import Source
from typeset.parse import parse
from typeset.parse.furniture import masthead_fields, strength
from typeset.parse.heads import split_head
from typeset.parse.joins import is_word_across
from typeset.parse.lines import page_number, source_lines
from typeset.parse.manner import manner_of
from typeset.parse.verse import parted


def bulletin(text: str) -> Bulletin:
    return parse(Source("a.txt", "utf-8", tuple(text.strip("\n").split("\n"))))


@pytest.mark.parametrize(
    ("lines", "shape"),
    [
        (["风雨桥上的三百年"], (0, 1, 0)),
        (["商河县财政局", "“四步走”扎实推进预算绩效运行监控工作"], (1, 1, 0)),
        (["古桥故事", "风雨桥上的三百年"], (1, 1, 0)),
        (["【要闻】", "全县经济工作会议召开"], (1, 1, 0)),
        (["钢针上的“绣花匠”", "——记高级技师"], (0, 1, 1)),
        (["我市老旧小区改造提质扩面", "电梯装起来", "日子亮起来"], (1, 2, 0)),
        (["基层治理", "把矛盾化解在“小板凳”上", "云州市“院坝协商”的实践与思考"], (1, 1, 1)),
    ],
)
def test_a_head_is_parted(lines: list[str], shape: tuple[int, int, int]) -> None:
    head = split_head(lines)
    assert (len(head.kicker), len(head.headline), len(head.subtitle)) == shape
    assert [*head.kicker, *head.headline, *head.subtitle] == lines


@pytest.mark.parametrize(
    "line",
    [
        "第2版　综合新闻　2024年11月15日",
        "— 17 —",
        "·2·　要闻",
        "第3版",
        "青溪日报　2024年11月13日　星期三",
        "责编：田野　版式：小林",
        "首页 > 新闻中心 > 动态",
        "【打印本页】【关闭窗口】",
        "上一篇：我县开展检查",
        "报：市委办公室",
        "------",
        "（下页续）",
        "44 | 党建研究 2023年第11期",
        "第22期　总第601期　2024年11月15日　星期五　今日四版",
        "版权所有：某某",
        "26　炊烟与灯　2024.07",
        "第5版　责任编辑：鲜　明　美编：小　禾　校对：洛　河",
        "禾塘教育　2024年12月2日 19:05　安徽",
        "编印：某某工作部　地址：化纤大道1号　投稿：a@b.example",
        "[责任编辑：冷　溪]",
        "阅读 4216　赞 183　在看 96",
        "— END —",
        "磨盘沟村党支部　村民委员会　合编",
    ],
)
def test_page_furniture_is_known_by_its_look(line: str) -> None:
    assert strength(line) == "sure"


@pytest.mark.parametrize(
    "line", ["今年以来，工作顺利。", "党建引领显特色", "一、总体要求", "编辑同志：", "发现问题要及时上报"]
)
def test_text_is_no_furniture(line: str) -> None:
    assert strength(line) == ""


def test_the_masthead_tells_title_date_and_issue() -> None:
    lines = ["青溪通讯", "县委办公室　主办", "2024年10月25日　第20期　总第412期"]
    assert masthead_fields(lines) == ("青溪通讯", "2024年10月25日", "第20期 总第412期")
    assert masthead_fields(["云州求索　2024年第5期（双月刊）"]) == ("云州求索", None, "2024年第5期")
    assert masthead_fields(["首页 > 要闻"]) == (None, None, None)


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("整修塘坝（下转第3版）", [("整修塘坝", ""), ("（下转第3版）", "out")]),
        ("（上接第2版）人家里。", [("（上接第2版）", "in"), ("人家里。", "")]),
        ("零点以后的城市（上接第1版）", [("零点以后的城市（上接第1版）", "in")]),
        ("（下转A4版）", [("（下转A4版）", "out")]),
        ("他转身接过茶杯。", [("他转身接过茶杯。", "")]),
    ],
)
def test_jump_marks_are_cut_off(line: str, marks: list[tuple[str, str]]) -> None:
    assert [(piece.text, piece.jump) for piece in source_lines(Source("a", "utf-8", (line,)))] == marks


def test_page_numbers_have_one_spelling() -> None:
    assert [page_number(p) for p in ("3", "三", "03", "a3", "十二", "二十")] == [
        "3",
        "3",
        "3",
        "A3",
        "12",
        "20",
    ]


LONG = (
    "全县上下坚持稳中求进工作总基调，抓项目、促消费、惠民生，经济运行总体平稳、稳中有进，各项事业都有新的起色"
)


def test_a_jump_in_mid_sentence_makes_one_paragraph() -> None:
    result = bulletin(
        f"""
抓好冬修水利
　　{LONG}，计划改造泵站十四座，整修塘坝（下转第2版）

第2版　要闻　2024年12月5日

（上接第1版）
五百二十口，明年三月底前全部完工。
"""
    )
    assert [a.headline for a in result.articles] == [("抓好冬修水利",)]
    assert (
        result.articles[0].body[0].text
        == f"{LONG}，计划改造泵站十四座，整修塘坝五百二十口，明年三月底前全部完工。"
    )
    assert result.joins == (("十四座，整修塘坝", "五百二十口，明年"),)


def test_a_jump_without_its_fellow_is_told() -> None:
    result = bulletin(f"\n抓好冬修水利\n　　{LONG}。\n（下转第4版）\n")
    assert [f.code for f in result.findings if f.code == "parse.jump"] == ["parse.jump"]


def test_names_in_a_dateline_stay_in_the_text() -> None:
    result = bulletin(f"\n喜获丰收\n　　本报济南11月2日讯（记者 李明）{LONG}。\n")
    article = result.articles[0]
    assert article.byline == ("李明",)
    assert article.byline_stands_in_body
    assert article.body[0].text.startswith("本报济南11月2日讯（记者 李明）")


def test_names_behind_the_last_stop_are_the_byline() -> None:
    result = bulletin(f"\n喜获丰收\n　　{LONG}。（王晓红）\n")
    assert result.articles[0].byline == ("王晓红",)
    assert result.articles[0].body[0].text == f"{LONG}。"
    assert result.role_marks == "（）"


def test_a_cut_end_is_told_with_its_last_characters() -> None:
    result = bulletin(f"\n喜获丰收\n□王晓红\n　　{LONG}，并优先推荐参加技能等\n")
    assert result.articles[0].truncated
    assert [(f.kind, f.text) for f in result.findings if f.kind] == [("cut", "荐参加技能等")]


def test_a_text_without_articles_is_refused() -> None:
    for text in ("第3版　要闻　2024年12月5日", "------\n======", "标题一行"):
        with pytest.raises(TypesetError, match="no article"):
            bulletin(text)


def test_poems_of_a_group_get_their_titles() -> None:
    text = "码头\n渡轮靠岸的时候\n夕阳刚好松开缆绳\n夜行\n最后一班巴士载着\n三个打瞌睡的人\n上山"
    assert parted(text) == [
        (True, "码头"),
        (False, "渡轮靠岸的时候\n夕阳刚好松开缆绳"),
        (True, "夜行"),
        (False, "最后一班巴士载着\n三个打瞌睡的人\n上山"),
    ]
    assert parted("一首诗没有题目\n第二行也没有\n第三行") == [(False, "一首诗没有题目\n第二行也没有\n第三行")]


def test_a_jump_mark_that_the_measure_cut_in_two_is_one() -> None:
    lines = source_lines(
        Source("a.txt", "utf-8", ("线路一律使用新能源车，高峰时段（下转A4", "版）", "今日导读"))
    )
    assert [(line.text, line.jump, line.page) for line in lines[:2]] == [
        ("线路一律使用新能源车，高峰时段", "", ""),
        ("（下转A4版）", "out", "A4"),
    ]
    assert lines[2].text == "今日导读"


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [
        ("人们的精神火", "炬", True),
        ("多次组", "织开展活动", True),
        ("暖心服务", "院领导参加", False),
        ("坚持", "党的", False),
    ],
)
def test_words_stand_across_a_seam(left: str, right: str, is_one: bool) -> None:
    assert is_word_across(left, right) is is_one


def test_two_measures_in_one_bulletin_are_told_apart() -> None:
    wide = "　　" + "甲乙丙丁戊己庚辛壬癸" * 12
    narrow = "　　" + "子丑寅卯辰巳午未申酉" * 12
    lines = [*wrapped(wide + "。", 22), *wrapped(narrow + "。", 13)] * 3
    manner = manner_of(source_lines(Source("a.txt", "utf-8", tuple(lines))))
    assert set(manner.measures_em) == {22.0, 13.0}


def test_a_bulletin_teaches_how_its_heads_look() -> None:
    """Heads are signed and subheads are not: an unsigned line of the same look is no head."""
    body = "今年以来，全县上下坚持稳中求进，抓项目、促消费、惠民生，经济运行总体平稳，各项指标好于预期。"
    names = ("张三立", "李四光", "王五一", "赵六合")
    text = "\n".join(
        f"{name[0]}庄村里办起了新食堂\n□{name}\n{body}\n开门问计于群众\n{body}\n办事依靠着群众\n{body}"
        for name in names
    )
    assert [len([b for b in a.body if b.type == "subhead"]) for a in bulletin(text).articles] == [2] * 4
