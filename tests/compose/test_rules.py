"""Every rule of a line at once, against the oracle: T01-T09, T12, T20-T26, T28, T29, and the counts of lines.

Texts are made of what newspapers hold and of what they should not; the development corpus comes after.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compose.faults import faults
from tests.samples import BULLETINS, bulletin_of, faces_of
from typeset.compose.breaks import within
from typeset.compose.copyfit import copyfit
from typeset.model.layout import HOUSE_RULES, CompositionSpec

HOUSES: dict[str, tuple[CompositionSpec, dict[str, Any]]] = {
    "house": (HOUSE_RULES, {}),
    "hang": (dataclasses.replace(HOUSE_RULES, hang=True), {"hangs": True}),
    "centred": (dataclasses.replace(HOUSE_RULES, punctuation="centred"), {"centred": True}),
    "wide dots": (dataclasses.replace(HOUSE_RULES, interpunct_em=1.0), {"dot_em": 1.0}),
}
NASTY = """
全年实现产值8312.5万元，同比增长617.37%，其中1—8月增长300km。
排放的CO₂减少了5.6万吨，面积3.5万m²，气温±3℃，尺寸3×5m，功率8万kW。
¥30元、No.5号、24/7服务、2023/10/16、10月16日、2023年10月16日上午9:30开会。
他说：“好的，‘两个维护’（见图）。”——《人民日报》·《求是》……“（一）”
我們要堅持以人民為中心的發展思想，推動高質量發展（詳見附件）；「第一條」規定：『不得』違反。
これはテストです。きゃっと驚いた、ラーメンを食べる。人々の「生活」ゝゞ。
党的二十大报告指出：①坚持；②发展；③创新。■第一部分 ■第二部分Ⅰ、Ⅱ、Ⅲ。
卡尔·马克思、弗里德里希·恩格斯，北京—上海—广州，甲/乙／丙，A-Z，10-20，3～5个。
什么？！真的！！好！！！（）【】《》、“”。，、。。。
增长30%以上，涨¥5，跌$6.5，约€7，±8，+9，-10，№11，No. 12，＋13。
一二三四五六七八九十，一二三四五六七八九十。一二三四五六七八九十；一二三四五六七八九十！
第1、2、3项，（1）、（2）、(3)、[4]；1.党建；2. 工作；3、其他。
👨\u200d👩\u200d👧\u200d👦家庭🇨🇳国旗e\u0301\u0301与é，👍🏽赞，1️⃣号，‼️。
A股、B超、5G网络、AI+教育、Wi-Fi、C++、C#、U.S.A.、F-16。
时间是2021—2023年，比例20%—30%，温度-5℃～+10℃，人数100—200人，金额1.2亿—1.5亿元，第3-5页。
""".split("\n")[1:-1]  # fmt: skip
PIECES = st.sampled_from([
    "人民", "群众", "国家", "发展", "的", "了", "，", "。", "、", "；", "：", "！", "？", "“", "”", "《", "》", "（", "）", "——", "……",
    "·", "—", "／", "2023年", "8312.5万元", "617.37%", "1—8月", "300km", "¥30", "24/7", "10月16日", "CO₂", "±3", "AI", "5G",
    " ", "\u3000", "①", "■", "一", "二", "和", "100余人", "20%—30%", "30%以上", "℃", "「", "』", "！！", "？！", "10-20", "A-Z",
])  # fmt: skip
TEXT = st.lists(PIECES, min_size=2, max_size=24).map("".join)


def check(text: str, measure: float, indent: float, house: str) -> None:
    rules, oracle = HOUSES[house]
    (slip,) = copyfit([text], measure, indent, "song", faces_of(), rules)
    assert faults(text, slip.as_dict(), measure, within(indent, measure), **oracle) == []


@settings(max_examples=400, deadline=None)
@given(
    TEXT,
    st.integers(12, 60).map(lambda halves: halves / 2),
    st.sampled_from([0.0, 2.0]),
    st.sampled_from(list(HOUSES)),
)
def test_every_rule_holds_for_made_up_paragraphs(
    text: str, measure: float, indent: float, house: str
) -> None:
    check(text, measure, indent, house)


@pytest.mark.parametrize("text", NASTY, ids=lambda t: t[:8])
@pytest.mark.parametrize("house", HOUSES)
def test_every_rule_holds_for_nasty_paragraphs(text: str, house: str) -> None:
    for measure in (3, 5, 6, 7, 8, 9, 9.5, 10, 11, 12, 13, 14, 15, 16.5, 18, 20, 25, 30, 40, 60):
        check(text, measure, 2.0, house)


@pytest.mark.parametrize("path", BULLETINS, ids=lambda p: p.stem)
def test_every_rule_holds_for_the_development_bulletins(path: Any) -> None:
    texts = [
        b.text for a in bulletin_of(path).articles for b in a.body if b.type == "para" and len(b.text) < 220
    ]
    for measure in (11.0, 14.0, 20.0):
        slips = copyfit(texts, measure, 2.0, "song", faces_of())
        told = [faults(text, slip.as_dict(), measure, 2.0) for text, slip in zip(texts, slips, strict=True)]
        assert [one for one in told if one] == []
