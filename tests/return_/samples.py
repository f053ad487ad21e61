"""A small bulletin with every role, its DOCX in a layout, and what tests ask of what comes back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.samples import layout_of
from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.findings import Finding, Words
from typeset.model.issue import IssueLine
from typeset.write.docx import write_docx

ISSUE = IssueLine("溪谷周报", "2024年5月6日", "第18期")
DOUBT = Finding("warning", "proof.ocr", Words("a look-alike?", "形近字？"), None, "人库", "入库", "ocr")
SECOND = Finding("warning", "proof.double", Words("a doubled word?", "重字？"), None, "的的", "的", "double")


def _para(text: str) -> Block:
    return Block("para", text)


SMALL = Bulletin(
    title="溪谷周报",
    date="2024年5月6日",
    issue="第18期",
    articles=(
        Article(
            id="a1", kicker=("春耕一线",), headline=("稻田里的新农机", "两人管好五百亩"), subtitle=("——青石村见闻",),
            byline=("何静", "罗一鸣"), source="县融媒体中心",
            body=(
                _para("清明刚过，青石村的田埂上已经热闹起来，六台插秧机一字排开，等着下田。"),
                _para("种粮大户老周说，去年这时候他还在为请不到人发愁，如今两个人就管得过来。"),
                Block("subhead", "机手从哪里来"),
                _para("村里办起了夜校，三个月里教会了二十七名机手，其中九名是返乡的年轻人。"),
                Block("list", "1. 夜校每周两次课\n2. 学费由合作社承担\n3. 结业须独立下田一天"),
                _para("截至四月底，全村人库的早稻种子已经全部播完，比去年提前了整整十一天。"),
            ),
        ),
        Article(
            id="a2", headline=("小桥修好了",), byline=("林芳",),
            body=(
                _para("断了两年的石拱桥上周重新通车，孩子们上学不用再绕三里山路。"),
                Block("table", "年份\t过桥人次\n2022\t1800\n2024\t2600"),
                _para("修桥的的石料大半是从河滩上捡回来的旧石，石匠老林说旧石更结实。"),
                Block("verse", "桥下流水桥上人，\n来来往往又一春。\n\n莫道石头不会老，\n青苔已上第三轮。"),
                Block("note", "（本栏目由县文化馆协办）"),
            ),
        ),
        Article(id="a3", body=(_para("【简讯】县图书馆五一期间照常开放，新到童书三百余册。"),)),
        Article(
            id="a4", headline=("夜市又开张",),
            body=(
                _para("滨河路夜市自五月一日起恢复营业，摊位比去年多了四十个。"),
                _para("市监部门提醒商户明码标价，消费者可扫码查看检测结果。"),
                _para("首日客流约一万二千人次，垃圾当晚十一点前清运完毕。"),
            ),
        ),
    ),
    furniture=("责任编辑：方知秋",),
    findings=(DOUBT, SECOND),
)  # fmt: skip


@cache
def docx_of(bulletin: Bulletin = SMALL, layout: str = "a4") -> bytes:
    return write_docx(bulletin, layout_of(layout), ISSUE)


def put(data: bytes, folder: Path, name: str = "edited.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def bare(bulletin: Bulletin) -> Bulletin:
    """Without the places of findings, which no DOCX tells."""
    return replace(bulletin, findings=tuple(replace(finding, place=None) for finding in bulletin.findings))
