"""Bylines, source lines and meta lines read piece by piece."""

from __future__ import annotations

from collections import Counter

import pytest

from typeset.parse.bylines import Credit, name_row, read_byline
from typeset.parse.names import is_name, is_unit
from typeset.parse.sources import read_meta, read_source


def assert_whole(text: str, credit: Credit) -> None:
    """Every character is in exactly one piece."""
    pieces = [*credit.names, credit.source or "", *credit.furniture, credit.marks]
    assert Counter("".join("".join(p.split()) for p in pieces)) == Counter("".join(text.split()))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("□刘政敬 刘佃明 宋光利", ["刘政敬", "刘佃明", "宋光利"]),
        ("□何　静　罗一鸣", ["何静", "罗一鸣"]),
        ("■学生记者　柯晓萌　覃子昂", ["柯晓萌", "覃子昂"]),
        ("◎校医　潘卫平", ["潘卫平"]),
        ("本报记者　尹　嘉　通讯员　骆　文", ["尹嘉", "骆文"]),
        ("□本报记者　史雨桐　文　　蒋一诺　图", ["史雨桐", "蒋一诺"]),
        ("文/田　甜　图/郑一航", ["田甜", "郑一航"]),
        ("文 | 赵明远", ["赵明远"]),
        ("文：梁詠詩", ["梁詠詩"]),
        ("採訪：方慧敏　攝影：葉柏年", ["方慧敏", "葉柏年"]),
        ("记者 周岩 报道", ["周岩"]),
        ("作者：欧阳文静", ["欧阳文静"]),
        ("通讯员 晓风", ["晓风"]),
        ("（记者陶然　通讯员杜晓光）", ["陶然", "杜晓光"]),
        ("（邢国栋）", ["邢国栋"]),
        ("（项目部　饶志明）", ["饶志明"]),
        ("（南岭镇大坳村　黄秀英）", ["黄秀英"]),
        ("高一（7）班　莫雨薇", ["莫雨薇"]),
        ("籌備小組　鄧思敏", ["鄧思敏"]),
        ("讀者　曾　廣　謹上", ["曾廣"]),
        ("池映红", ["池映红"]),
        ("□校园记者　裘思齐（七年级3班）　□摄影　万俟磊", ["裘思齐", "万俟磊"]),
        ("文/晏　紫　图/老　广", ["晏紫", "老广"]),
        ("■阳　光", ["阳光"]),
        ("■宓　春生", ["宓春生"]),
        ("□卢景行 甘 棠 席慕华", ["卢景行", "甘棠", "席慕华"]),
        ("本报记者　冼星河　通讯员　庄　周　纪　念", ["冼星河", "庄周", "纪念"]),
        ("（文/通讯员　措　姆　本刊记者　苑小鹿　摄影/旦增）", ["措姆", "苑小鹿", "旦增"]),
        ("口述/薄凤鸣（市第一医院主任医师）　整理/本刊记者　郎　朗", ["薄凤鸣", "郎朗"]),
        ("文/耶律雯  摄影/Tomás García", ["耶律雯", "Tomás García"]),
        ("裴 济¹，欧阳文青²", ["裴济", "欧阳文青"]),
        ("高一（1）班　麦野", ["麦野"]),
        ("你们的校长　达奚正", ["达奚正"]),
        ("村报通讯员　席　梅", ["席梅"]),
        ("解永厚讲述　冀文博整理", ["解永厚", "冀文博"]),
        ("刘　文", ["刘文"]),
    ],
)
def test_names_are_read_off_a_byline(text: str, names: list[str]) -> None:
    credit = read_byline(text)
    assert credit is not None
    assert credit.names == names
    assert_whole(text, credit)


@pytest.mark.parametrize(
    "text",
    [
        "简　讯",
        "创新举措 服务群众",
        "（教务处）",
        "今年以来，成绩喜人。",
        "（作者单位：市委党校）",
        "党建引领显特色",
        "年，全",
    ],
)
def test_other_lines_are_no_bylines(text: str) -> None:
    assert read_byline(text) is None


def test_a_meta_line_is_parted() -> None:
    text = "2024-11-08 09:26　来源：县融媒体中心　作者：谷雨田 雷晓燕　浏览次数：1286　编辑：米岚"
    credit = read_meta(text)
    assert credit is not None
    assert credit.source == "县融媒体中心"
    assert credit.names == ["谷雨田", "雷晓燕"]
    assert credit.furniture == ["2024-11-08 09:26", "浏览次数：1286", "编辑：米岚"]
    assert_whole(text, credit)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("（教务处）", "教务处"),
        ("(云麓市文化馆)", "云麓市文化馆"),
        ("（作者单位：云州市社会科学院）", "云州市社会科学院"),
        ("（作者系中共云溪县委政法委干部）", "作者系中共云溪县委政法委干部"),
        ("来源：人民日报", "人民日报"),
        ("青溪县森林防灭火指挥部", "青溪县森林防灭火指挥部"),
    ],
)
def test_a_source_line_gives_who_sent_it(text: str, source: str) -> None:
    credit = read_source(text)
    assert credit is not None
    assert credit.source == source
    assert_whole(text, credit)


def test_names_and_units() -> None:
    assert all(map(is_name, ["王芳", "刘政敬", "欧阳明", "諸葛亮"]))
    assert not any(map(is_name, ["方法", "农业", "欧阳", "春风吹", "王"]))
    assert all(map(is_unit, ["商河县财政局", "临朐县教育系统", "河湾镇"]))
    assert not is_unit("优化营商环境")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("县教育局 2024年11月5日", "县教育局 2024年11月5日"),
        ("（青溪县森林防灭火指挥部　2024年10月20日）", "青溪县森林防灭火指挥部　2024年10月20日"),
        ("埔尾庄社區發展協會　敬啟", "埔尾庄社區發展協會"),
        (
            "（1.某市委党校 教研部，某市 530000；2.某学院，某市 530002）",
            "1.某市委党校 教研部，某市 530000；2.某学院，某市 530002",
        ),
    ],
)
def test_a_unit_signs_with_its_date_place_or_greeting(text: str, source: str) -> None:
    credit = read_source(text)
    assert credit is not None
    assert credit.source == source
    assert_whole(text, credit)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("冀春燕　　解　芳　　田玉莲　　蔚秀珍", 4),
        ("冀文博（考入省农业大学）", 2),
        ("今年以来　工作顺利", 0),
        ("池映红", 0),
    ],
)
def test_rows_of_names_are_counted(text: str, count: int) -> None:
    assert name_row(text) == count


def test_a_spoken_line_is_no_meta_line() -> None:
    assert read_meta("记者：听说您自己染纸？") is None


def test_a_meta_line_is_parted_at_bars_too() -> None:
    credit = read_meta("来源｜禾塘县城关小学")
    assert credit is not None
    assert credit.source == "禾塘县城关小学"
    assert_whole("来源｜禾塘县城关小学", credit)
