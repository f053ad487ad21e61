"""There and back: an untouched file says nothing, a changed one exactly what was done; no character is lost."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.return_.editor import Desk, Entry, W, script, told
from tests.return_.samples import SMALL, bare, docx_of, put
from tests.samples import BULLETINS, bulletin_of, layout_of
from typeset.model.bulletin import Article, Block, Bulletin, Illustration
from typeset.model.findings import TypesetError
from typeset.model.marks import Mark
from typeset.pipeline import issue_line
from typeset.read.manuscript import write_manuscript
from typeset.return_ import return_docx
from typeset.return_.match import solid
from typeset.return_.sent import lines_of
from typeset.write.docx import write_docx

LAYOUTS = ("tabloid", "a4", "broadsheet", "magazine")
SCRIPTS, MANY_SCRIPTS = 60, 500


@cache
def made(path: Path, layout: str) -> bytes:
    look, bulletin = layout_of(layout), bulletin_of(path)
    return write_docx(bulletin, look, issue_line(bulletin, look, None, None, None))


def edited(data: bytes, part: str, change: object) -> bytes:
    """A package with one part changed by a function from text to text."""
    assert callable(change)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()).encode() if name == part else content)
    return out.getvalue()


def is_untouched(path: Path, bulletin: Bulletin) -> bool:
    back, returned = return_docx(path)
    assert back is not None
    assert not returned.events
    assert not returned.unplaced
    assert not returned.notes
    assert {remark.state for remark in returned.remarks} <= {"open"}
    return write_manuscript(back) == write_manuscript(bare(bulletin)) and returned.is_settled


# ---- untouched


@pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.stem)
def test_an_untouched_file_has_no_differences(path: Path, tmp_path: Path) -> None:
    for layout in LAYOUTS:
        assert is_untouched(put(made(path, layout), tmp_path), bulletin_of(path)), layout


def test_odd_articles_come_back_untouched(tmp_path: Path) -> None:
    odd = Bulletin(
        articles=(
            Article(id="x 1", body=(Block("para", "　　前有空格，中\u3000间也有 。 "), Block("table", "a\t\tb\n\t\n1"))),
            Article(id="空"),
            Article(id="x\t1", headline=("题",), byline=("张三",), byline_stands_in_body=True,
                    body=(Block("para", "两行\n一段。"), Block("verse", "甲\n\n\n乙\n"), Block("subhead", "上\n下")), source="甲\n乙"),
            Article(id="题", headline=("题",), body=(Block("para", "甲\x00乙"), Block("para", "题"), Block("para", "题"))),
        )
    )  # fmt: skip
    assert is_untouched(put(docx_of(odd), tmp_path), odd)


def test_a_file_without_articles_comes_back(tmp_path: Path) -> None:
    back, returned = return_docx(put(docx_of(Bulletin(title="空")), tmp_path))
    assert back is not None
    assert (back.articles, returned.events, returned.unplaced) == ((), (), ())


# ---- edits of known truth


def lines_due(desk: Desk) -> list[str]:
    return [e.text for e in desk.entries if e.style != "Byline" and not in_table(e)]


def in_table(entry: Entry) -> bool:
    return any(parent.tag == f"{W}tc" for parent in entry.node.iterancestors())


def is_exact(seed: int, folder: Path) -> bool:
    """One script: what is told, what stands there afterwards, what stood there before (if tracked)."""
    path = BULLETINS[seed % len(BULLETINS)]
    data = made(path, LAYOUTS[seed % 2])
    desk = script(data, seed)
    file = put(desk.bytes(), folder)
    back, returned = return_docx(file, pending="accept")
    assert back is not None
    now = [line.text for line in lines_of(back, "", "　") if line.role not in ("byline", "table")]
    left = [item.text for item in returned.unplaced]
    found, due = (Counter("".join(map(solid, texts))) for texts in (now + left, lines_due(desk)))
    assert found == due, f"script {seed} lost or added characters: {due - found} {found - due}"
    if desk.tracked:
        before, undone = return_docx(file, pending="reject")
        assert before is not None
        assert not undone.events, f"script {seed}"
        assert write_manuscript(before) == write_manuscript(bare(bulletin_of(path))), f"script {seed}"
    return told(returned) == Counter(desk.truth) and now == lines_due(desk) and returned.is_settled


def test_edits_by_script_are_told_exactly(tmp_path: Path) -> None:
    assert [seed for seed in range(SCRIPTS) if not is_exact(seed, tmp_path)] == []


@pytest.mark.slow
def test_many_edits_by_script_are_told_exactly(tmp_path: Path) -> None:
    """At least 99 per cent exact, none with a lost character (docx.md, 7)."""
    wrong = [seed for seed in range(1000, 1000 + MANY_SCRIPTS) if not is_exact(seed, tmp_path)]
    assert len(wrong) <= MANY_SCRIPTS // 100, wrong


def test_the_scripts_make_every_kind_of_edit() -> None:
    kinds = Counter(
        kind for seed in range(SCRIPTS) for kind, _ in script(made(BULLETINS[seed % 9], "a4"), seed).truth
    )
    assert set(kinds) == {
        "changed", "added", "deleted", "moved", "split", "merged", "restyled", "article_added", "article_deleted",
    }  # fmt: skip


# ---- single edits


def desk_of(bulletin: Bulletin = SMALL) -> Desk:
    import random

    return Desk(docx_of(bulletin), random.Random(1))


def entry_of(desk: Desk, beginning: str) -> Entry:
    return next(entry for entry in desk.entries if entry.text.startswith(beginning))


def come_back(desk: Desk, folder: Path) -> tuple[Bulletin, list[tuple[str, str, str]]]:
    back, returned = return_docx(put(desk.bytes(), folder))
    assert back is not None
    return back, [(event.kind, event.article, event.id) for event in returned.events]


def set_text(entry: Entry, text: str) -> None:
    texts = list(entry.node.iter(f"{W}t"))
    texts[0].text = text
    for other in texts[1:]:
        other.text = ""


@pytest.mark.parametrize(
    ("beginning", "text", "part", "want"),
    [
        ("春耕一线", "春耕第一线", "kicker", ("春耕第一线",)),
        ("两人管好", "三人管好五百亩", "headline", ("稻田里的新农机", "三人管好五百亩")),
        ("——青石", "——青石村一日", "subtitle", ("——青石村一日",)),
        ("何静", "□ 何静　罗一鸣　张三", "byline", ("何静", "罗一鸣", "张三")),
        ("何静", "何静 张三", "byline", ("何静", "张三")),
        ("何静", "□ 何静　John Smith", "byline", ("何静", "John Smith")),
        ("县融媒体", "县融媒体中心供稿", "source", "县融媒体中心供稿"),
    ],
)
def test_head_parts_come_back_to_their_roles(
    beginning: str, text: str, part: str, want: object, tmp_path: Path
) -> None:
    desk = desk_of()
    entry = entry_of(desk, beginning)
    set_text(entry, text)
    back, events = come_back(desk, tmp_path)
    assert events == [("changed", "a1", entry.ident)]
    assert getattr(back.articles[0], part) == want
    assert replace(back.articles[0], **{part: getattr(SMALL.articles[0], part)}) == SMALL.articles[0]


def test_list_verse_and_table_stay_one_block(tmp_path: Path) -> None:
    desk = desk_of()
    set_text(entry_of(desk, "2. 学费"), "2. 学费全免")
    set_text(entry_of(desk, "来来往往"), "来来去去又一春。")
    next(t for t in desk.root.iter(f"{W}t") if t.text == "1800").text = "1900"
    set_text(entry_of(desk, "（本栏目"), "（本栏目由县文化馆与县文联协办）")
    back, events = come_back(desk, tmp_path)
    assert [kind for kind, *_ in events] == ["changed"] * 4
    assert back.articles[0].body[4] == Block("list", "1. 夜校每周两次课\n2. 学费全免\n3. 结业须独立下田一天")
    assert back.articles[1].body[1] == Block("table", "年份\t过桥人次\n2022\t1900\n2024\t2600")
    assert back.articles[1].body[3] == Block(
        "verse", "桥下流水桥上人，\n来来去去又一春。\n\n莫道石头不会老，\n青苔已上第三轮。"
    )
    assert back.articles[1].body[4] == Block("note", "（本栏目由县文化馆与县文联协办）")


def test_articles_move_and_go_and_begin(tmp_path: Path) -> None:
    from tests.return_.editor import _paragraph

    desk = desk_of()
    first = entry_of(desk, "春耕一线").node
    for entry in [e for e in desk.entries if e.article == "a4"]:
        entry.node.getparent().remove(entry.node)
        first.addprevious(entry.node)
    entry_of(desk, "【简讯】").node.getparent().remove(entry_of(desk, "【简讯】").node)
    after = entry_of(desk, "（本栏目").node
    for style, text in (("NewsBody", "新稿的正文。"), ("Heading1", "新稿的标题"), ("Kicker", "新稿的肩题")):
        after.addnext(_paragraph(style, text))
    back, events = come_back(desk, tmp_path)
    assert [article.id for article in back.articles] == ["a4", "a1", "a2", "a5"]
    assert [(kind, article) for kind, article, _ in events] == [
        ("article_moved", "a4"), ("article_added", "a5"), ("article_deleted", "a3"),
    ]  # fmt: skip
    new = back.articles[3]
    assert (new.kicker, new.headline, new.body) == (
        ("新稿的肩题",),
        ("新稿的标题",),
        (Block("para", "新稿的正文。"),),
    )
    assert back.articles[0] == SMALL.articles[3]


def test_a_headless_article_gets_a_head_and_a_head_gets_a_kicker(tmp_path: Path) -> None:
    from tests.return_.editor import _paragraph

    desk = desk_of()
    entry_of(desk, "【简讯】").node.addprevious(_paragraph("Heading1", "图书馆不打烊"))
    entry_of(desk, "小桥修好").node.addprevious(_paragraph("Kicker", "民生小事"))
    back, events = come_back(desk, tmp_path)
    assert events == [("added", "a2", ""), ("added", "a3", "")]
    assert back.articles[1].kicker == ("民生小事",)
    assert back.articles[2].headline == ("图书馆不打烊",)
    assert [a.body for a in back.articles] == [a.body for a in SMALL.articles]


def test_a_picture_stays_when_its_caption_is_changed_or_goes(tmp_path: Path) -> None:
    shown = Block("caption", "老桥新貌", Illustration("bridge.jpg", credit="林芳 摄"))
    pictured = replace(
        SMALL, articles=(SMALL.articles[0], replace(SMALL.articles[1], body=(*SMALL.articles[1].body, shown)))
    )
    desk = Desk(docx_of(pictured), desk_of().chance)
    set_text(entry_of(desk, "老桥"), "老桥通车")
    back, _ = return_docx(put(desk.bytes(), tmp_path))
    assert back is not None
    assert back.articles[1].body[-1] == replace(shown, text="老桥通车")
    node = entry_of(desk, "老桥").node
    node.getparent().remove(node)
    back, returned = return_docx(put(desk.bytes(), tmp_path))
    assert back is not None
    assert [event.kind for event in returned.events] == ["deleted"]
    assert back.articles[1].body[-1] == replace(shown, text="")


def test_marks_stay_with_their_words(tmp_path: Path) -> None:
    marks = (Mark("dots", "石头"), Mark("name", "桥", nth=4), Mark("title", "旧石更结实"))
    marked = replace(
        SMALL, articles=(SMALL.articles[0], replace(SMALL.articles[1], marks=marks), *SMALL.articles[2:])
    )
    desk = Desk(docx_of(marked), desk_of().chance)
    set_text(entry_of(desk, "断了两年"), "通车了，孩子们上学不用再绕三里山路。")
    set_text(entry_of(desk, "修桥的的"), "石料大半是从河滩上捡回来的。")
    back, returned = return_docx(put(desk.bytes(), tmp_path))
    assert back is not None
    # 桥: of six places two are gone, and the fourth was in the third of the lines left
    assert back.articles[1].marks[0] == Mark("dots", "石头")
    assert [mark.nth for mark in back.articles[1].marks[1:]] in ([], [2])
    assert ("mark", "旧石更结实") in returned.notes
    assert write_manuscript(back)


# ---- what programs do to a file


@pytest.mark.parametrize(
    "change",
    [
        lambda s: re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", s),
        lambda s: re.sub(r' w14:paraId="[0-9A-F]{8}"', "", s),
        lambda s: re.sub(r' w14:paraId="[0-9A-F]{8}"', "", re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", s)),
        lambda s: re.sub(r'<w:bookmarkEnd w:id="\d*[13579]"/>', "", s),
        lambda s: re.sub(r"(<w:p [^>]*>.*?</w:p>)", r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>", s, count=30),
        lambda s: re.sub(r"(<w:r>.*?</w:r>)", r'<w:smartTag w:element="x"><w:proofErr w:type="spellStart"/>\1</w:smartTag>', s),
        lambda s: s.replace("<w:t xml:space", '<w:br w:type="column"/><w:t xml:space', 40),
    ],
    ids=["no bookmarks", "no paragraph ids", "no keys at all", "ends lost", "controls", "tags", "column breaks"],
)  # fmt: skip
def test_habits_of_programs_change_nothing(change: object, tmp_path: Path) -> None:
    for name in ("lilun-2023-11", "d01", "d04", "m05"):
        path = next(path for path in BULLETINS if path.stem == name)
        data = edited(made(path, "a4"), "word/document.xml", change)
        assert is_untouched(put(data, tmp_path), bulletin_of(path)), name


def test_runs_cut_at_every_character_say_the_same(tmp_path: Path) -> None:
    def cut(text: str) -> str:
        return re.sub(
            r'<w:r><w:t xml:space="preserve">([^<&]*)</w:t></w:r>',
            lambda m: "".join(f'<w:r><w:t xml:space="preserve">{c}</w:t></w:r>' for c in m[1]),
            text,
        )

    assert is_untouched(put(edited(docx_of(), "word/document.xml", cut), tmp_path), SMALL)


def test_renamed_style_ids_are_matched_by_name(tmp_path: Path) -> None:
    data = docx_of()
    for part in ("word/document.xml", "word/styles.xml"):
        data = edited(
            data, part, lambda s: re.sub(r'((?:pStyle|basedOn|next) w:val|styleId)="(\w+)"', r'\1="Q\2"', s)
        )
    assert is_untouched(put(data, tmp_path), SMALL)


def test_text_in_boxes_notes_and_furniture_is_unplaced_and_told(tmp_path: Path) -> None:
    from tests.return_.editor import _paragraph

    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
        "<w:drawing><w:txbxContent><w:p><w:r><w:t>框中的话</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框中的话</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    data = edited(docx_of(), "word/document.xml", lambda s: s.replace("</w:t></w:r><w:bookmarkEnd", f"</w:t>{box}</w:r><w:bookmarkEnd", 1))  # fmt: skip
    desk = Desk(data, desk_of().chance)
    entry_of(desk, "小桥").node.addprevious(_paragraph("Colophon", "多出来的版权行"))
    entry_of(desk, "春耕").node.addprevious(_paragraph("NewsBody", "标题之前的话"))
    back, returned = return_docx(put(desk.bytes(), tmp_path))
    assert back == bare(SMALL)
    assert {(item.text, item.reason) for item in returned.unplaced} == {
        ("框中的话", "box"), ("多出来的版权行", "furniture"), ("标题之前的话", "before"),
    }  # fmt: skip
    assert not returned.is_settled


def test_words_in_a_header_are_told(tmp_path: Path) -> None:
    data = edited(docx_of(), "word/header1.xml", lambda s: s.replace("溪谷周报", "溪谷早报"))
    _, returned = return_docx(put(data, tmp_path))
    assert [(item.reason, "溪谷早报" in item.text) for item in returned.unplaced] == [("header", True)]
    numbered = edited(docx_of(), "word/footer1.xml", lambda s: s.replace("<w:t>1</w:t>", "<w:t>12</w:t>"))
    assert is_untouched(put(numbered, tmp_path), SMALL)


def test_a_baseline_that_was_tampered_with_is_none(tmp_path: Path) -> None:
    for old, new in (("清明刚过", "清明已过"), ('block="3"', 'block="x"'), ("夜市又开张", "夜市开张")):
        data = edited(docx_of(), "customXml/item1.xml", lambda s, old=old, new=new: s.replace(old, new, 1))
        if new.isascii():
            assert return_docx(put(data, tmp_path))[0] is not None
        else:
            with pytest.raises(TypesetError, match="made from"):
                return_docx(put(data, tmp_path))


def test_without_baseline_the_manuscript_is_needed_and_enough(tmp_path: Path) -> None:
    data = edited(docx_of(), "customXml/item1.xml", lambda s: "<nothing/>")
    file = put(data, tmp_path)
    with pytest.raises(TypesetError, match="made from"):
        return_docx(file)
    back, returned = return_docx(file, SMALL)
    assert back is not None
    assert back.articles == SMALL.articles
    assert [key for key, _ in returned.notes] == ["baseline"]
