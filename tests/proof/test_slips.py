"""Each rule of the proofreader on sentences of its own: what it finds, and what it must leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typeset.model.bulletin import Article, Block, Bulletin
from typeset.proof import findings_of, slips_of
from typeset.proof.apply import applied
from typeset.proof.copy import copy_of
from typeset.proof.slips import RULES, Slip


def bulletin_of(*texts: str, byline: tuple[str, ...] = ()) -> Bulletin:
    return Bulletin(
        articles=(Article("a1", byline=byline, body=tuple(Block("para", text) for text in texts)),)
    )


def slips(*texts: str, byline: tuple[str, ...] = ()) -> list[Slip]:
    bulletin = bulletin_of(*texts, byline=byline)
    return slips_of(bulletin, copy_of(bulletin))


def corrected(text: str) -> str:
    """With every suggestion taken."""
    bulletin = bulletin_of(text)
    copy = copy_of(bulletin)
    found = slips_of(bulletin, copy)
    done = applied(bulletin, copy, found, tuple(findings_of(copy, found, None)), set(RULES))
    return done.articles[0].body[0].text


@pytest.mark.parametrize(
    ("code", "text", "right"),
    [
        ("ocr", "这笔钱已经投人使用。", "这笔钱已经投入使用。"),
        ("figure", "会议于十月八曰召开，听取了汇报。", "会议于十月八日召开，听取了汇报。"),
        ("ocr", "他自己动手，把宜传栏擦得干干净净。", "他自己动手，把宣传栏擦得干干净净。"),
        ("ocr", "全县的土地冶理工作走在前列。", "全县的土地治理工作走在前列。"),
        ("ocr", "大家都说问题已经解决，清放心。", "大家都说问题已经解决，请放心。"),
        ("ocr", "老人的枝术很好，远近闻名。", "老人的技术很好，远近闻名。"),
        ("ocr", "车间里エ人们正在检修。", "车间里工人们正在检修。"),
        ("ocr", "这项工作由张明负责，末完成的要说明原因。", "这项工作由张明负责，未完成的要说明原因。"),
        ("figure", "全年产量达到2O6吨，比上年多了l2吨。", "全年产量达到206吨，比上年多了12吨。"),
        ("figure", "总投资3,6亿元的项目开工。", "总投资3.6亿元的项目开工。"),
        ("dash", "每年5一8月是汛期。", "每年5—8月是汛期。"),
        ("dash", "形成了育苗一种植一加工一销售的链条。", "形成了育苗—种植—加工—销售的链条。"),
        ("word", "县里统一布署，各村分头落实。", "县里统一部署，各村分头落实。"),
        ("word", "如火如茶的建设场面。", "如火如荼的建设场面。"),
        ("double", "我们的的工作还有不足。", "我们的工作还有不足。"),
        ("double", "他干了三十十五年。", "他干了三十五年。"),
        ("double", "村里的学生生都来了。", "村里的学生都来了。"),
        ("double", "新建的水库。。已经蓄水。", "新建的水库。已经蓄水。"),
        ("double", "会议要求做好防汛抗旱工作，做好防汛抗旱工作，不留死角。", "会议要求做好防汛抗旱工作，不留死角。"),
        ("double", "首批68名名志愿者上岗。", "首批68名志愿者上岗。"),
        ("ocr", "所有材料都要逐项审査。", "所有材料都要逐项审查。"),
        ("ocr", "老人高兴得赞不绝囗。", "老人高兴得赞不绝口。"),
        ("ocr", "他主动承坦了焊接任务。", "他主动承担了焊接任务。"),
        ("word", "工资与产量挂勾。", "工资与产量挂钩。"),
        ("mark", "铁锹、锄头、箩筐……等，都是自带的。", "铁锹、锄头、箩筐等，都是自带的。"),
        ("drop", "春天来了。年以来，全镇新增就业三百人。", "春天来了。今年以来，全镇新增就业三百人。"),
        ("drop", "坚持实事是的作风。", "坚持实事求是的作风。"),
        ("width", "他说:今天来了很多人,都很高兴。", "他说：今天来了很多人，都很高兴。"),
        ("width", "县农业局(筹备组)的同志到场。", "县农业局（筹备组）的同志到场。"),
        ("width", "学习<党章>的通知下发了。", "学习《党章》的通知下发了。"),
        ("mark", "今天下雨，。路很滑。", "今天下雨。路很滑。"),
        ("space", "大家齐心协 力，完成了任务。", "大家齐心协力，完成了任务。"),
        ("numeral", "二0二三年底，全村脱贫。", "二〇二三年底，全村脱贫。"),
        ("numeral", "今年1-8月，销售额增长两成。", "今年1—8月，销售额增长两成。"),
        ("numeral", "文物保护期为3-5年。", "文物保护期为3—5年。"),
        ("date", "2024年11月8日（星期四）上午举行。", "2024年11月8日（星期五）上午举行。"),
        ("sum", "产量由200吨增加到250吨，增长35%。", "产量由200吨增加到250吨，增长25%。"),
    ],
)  # fmt: skip
def test_slips_are_found_and_set_right(code: str, text: str, right: str) -> None:
    assert code in {slip.code for slip in slips(text)}, slips(text)
    assert corrected(text) == right


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("date", "活动定于2月30日举行。"),
        ("date", "13月5日再议。"),
        ("date", "会议25时结束。"),
        ("sum", "合格率达到125%。"),
        ("sum", "占全县耕地的132%。"),
    ],
)
def test_what_cannot_be_is_told_without_a_guess(code: str, text: str) -> None:
    assert [(slip.code, slip.new) for slip in slips(text)] == [(code, None)]


@pytest.mark.parametrize(
    "text",
    [
        "看看这里，想想过去，人人都有一本账，家家户户喜洋洋。",
        "一串串葡萄，一排排新房，高高兴兴地过日子，一步一步往前走。",
        "请拨打0531-8605123或登录https://www.example.com/a-b,c查询。",
        "比分是3-0，车次G12-3，文号〔2024〕12号。",
        "他难以自已，泪流满面，不能自已。",
        "The quick brown fox, (it is said), jumps: 10,000 times.",
        "（一）加强领导；（二）落实责任。1）报名；2）缴费。",
        "全年收入12,600元，合12.6千元，上午10:30开会，时间为9:00—11:00。",
        "他说：“我说过‘不行’，你忘了？”",
        "人们常说，日子是自己过出来的，已经过去的就让它过去。",
        "试一试，看一看，一月一访，一心一意，一一对应。",
        "产量由200吨增加到250吨，增长25%。",
        "2024年11月8日（星期五）上午，小满节气，二〇二四年十一月。",
        "参会的有王小明、李大伟、张玉英、陈建国等同志。",
    ],
)
def test_good_chinese_is_left_alone(text: str) -> None:
    assert slips(text) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("他说：“今天一定来，说完就走了。", "“"),
        ("名单（见附件二，共三十人。", "（"),
        ("这叫做劳动观念”的培养。", "”"),
        ("《小镇故事一书出版。", "《"),
        ("所谓“三农“问题。", "“"),
    ],
)
def test_a_mark_without_its_fellow_is_told(text: str, mark: str) -> None:
    found = [slip for slip in slips(text) if slip.code == "pair"]
    assert len(found) == 1
    assert mark in text[found[0].start : found[0].end]


def test_speech_over_several_paragraphs_opens_each_of_them() -> None:
    assert slips("老张说：“我先讲第一点。", "“第二点是时间。", "“第三点是人。”") == []


def test_a_bracket_closed_in_the_next_paragraph_is_whole() -> None:
    assert slips("名单如下（共三人：", "王一、李二、张三）。") == []


def test_a_paragraph_that_stands_twice_is_told() -> None:
    line = "老人们每天下午在这里下棋、读报、唱戏。"
    assert [(slip.code, slip.new) for slip in slips(line, line)] == [("double", None)]
    assert slips("山山有人管，户户有存粮。", "让我们听她讲讲海底的故事。") == []


def test_a_name_written_two_ways() -> None:
    found = slips("陈晓峰说，他是本村人。陈晓峰今年三十岁。", "采访时，陈晓锋一直在笑。")
    assert [(slip.code, slip.new) for slip in found] == [("name", "峰")]


def test_what_the_bulletin_writes_again_and_again_is_its_own() -> None:
    once = slips("工人们正在安装曰光灯。")
    often = slips(*["工人们正在安装曰光灯，曰光灯很亮。"] * 4)
    assert [s.code for s in once] == ["ocr"]
    assert all(s.certainty < once[0].certainty for s in often)


def test_traditional_text_is_read_by_the_same_words() -> None:
    assert [(s.code, s.new) for s in slips("這件事由學生自已完成，大家都很高興。")] == [("ocr", "己")]


ALPHABET = "的一人入己已日曰土士未末大太，。、：；“”（）()《》<>0123456789Ol年月日%.-—一二〇十今天看看 \n工エAb　🙂\u0301\ue000"


@given(st.lists(st.text(st.sampled_from(ALPHABET), max_size=60), max_size=4))
def test_any_text_is_looked_over(texts: list[str]) -> None:
    bulletin = bulletin_of(*texts)
    copy = copy_of(bulletin)
    found = slips_of(bulletin, copy)
    end = 0
    for slip in found:
        assert 0 <= slip.start <= slip.end <= len(copy.text)
        assert slip.code in RULES
        assert 0 <= slip.certainty <= 1
        if slip.new is not None:  # what is applied does not overlap
            assert end <= slip.start
            end = slip.end
    findings = tuple(findings_of(copy, found, None))
    done = applied(bulletin, copy, found, findings, set(RULES))
    assert len(done.corrections) == sum(slip.new is not None for slip in found)
    rest = [(a.text, b.text) for a, b in zip(bulletin.articles[0].body, done.articles[0].body, strict=True)]
    changed = sum(a != b for a, b in rest)
    assert changed <= len(done.corrections)


@given(st.text(max_size=200))
def test_arbitrary_unicode_is_looked_over(text: str) -> None:
    for slip in slips(text):
        assert slip.end <= len(text)
