"""Drafts become the Bulletin: heads parted, names and sources settled, cut ends and doubts told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.findings import Finding, TypesetError, Words
from typeset.model.source import Source
from typeset.parse import furniture
from typeset.parse.bylines import Credit, read_byline
from typeset.parse.decisions import CLEAR, Decision
from typeset.parse.heads import split_head
from typeset.parse.jumps import Resolved
from typeset.parse.names import is_unit
from typeset.parse.parts import Draft, Gathered, Part, dateline_names, squeeze
from typeset.parse.roles import Role
from typeset.parse.sources import read_source
from typeset.parse.text import is_final
from typeset.parse.verse import GROUP_HEAD, parted
from typeset.parse.views import View

CUT_CHARS = 6
MIN_CUT_EM = 15

AT_ONCE_CHARS = 1 << 20
AT_ONCE_TEXTS = 1 << 10
_MIX = np.array([0x9E3779B9, 0xBF58476D1CE4E5B9, 29, 0x94D049BB133111EB], np.uint64)
_LAST_CREDIT = re.compile(r"(?<=[。！？!?”’」…])\s*([（(][^（）()]{2,30}[）)])$")
NUMERALS = "〇一二三四五六七八九十"
_ANNOUNCED = re.compile(r"([三四五六七八九十])[个個]([\u4e00-\u9fff]{2})")
_PHOTO = re.compile("[摄攝图圖]")
ROLE_NAMES: dict[Role, Words] = {
    Role.HEAD: Words("a new article's head", "新文章的标题"),
    Role.MORE: Words("a further line of the head", "标题续行"),
    Role.BYLINE: Words("a byline", "署名"),
    Role.PARA: Words("a paragraph of its own", "独立段落"),
    Role.BRIEF: Words("a brief without a head", "无题短讯"),
    Role.SUB: Words("a subhead", "小标题"),
    Role.SUBTWO: Words("a subhead's second line", "小标题第二行"),
    Role.NOTE: Words("a note", "附注"),
    Role.CAPTION: Words("a caption", "图片说明"),
    Role.ITEM: Words("a list's item", "列表项"),
    Role.ROW: Words("a table's row", "表格行"),
    Role.VERSE: Words("a line of verse", "诗行"),
    Role.CREDIT: Words("a closing byline", "文末署名"),
    Role.UNIT: Words("a source line", "落款"),
    Role.DATE: Words("a closing date", "落款日期"),
    Role.FURN: Words("page furniture", "版面要素"),
    Role.FOOT: Words("a foot note", "脚注"),
    Role.CONT: Words("the rest of the paragraph above", "上段的续行"),
}


def bulletin_of(source: Source, gathered: Gathered, resolved: Resolved, doubtful: list[Finding]) -> Bulletin:
    """The Bulletin. Raises TypesetError when no article was found."""
    marks = list(gathered.marks)
    findings = list(source.findings)
    articles: list[Article] = []
    for part in resolved.parts:
        article, draft = _article(part, f"a{len(articles) + 1}", marks)
        articles.append(article)
        if article.truncated and draft is not None:
            findings.append(_cut(source, draft) if _is_cut(draft) else _incomplete(source, draft))
    if not any(article.body for article in articles):
        raise TypesetError(
            Words("no article found: no text under any head", "没有找到文章：没有任何正文"),
            Words("Check that this is the right file", "请检查是否选对了文件"),
            source.place(0),
        )
    findings += [_lost_jump(source, part) for part in resolved.lost if part.line is not None]
    findings += doubtful
    title, date, issue = furniture.masthead_fields(gathered.masthead)
    return Bulletin(
        title=title,
        date=date,
        issue=issue,
        articles=tuple(articles),
        furniture=tuple(gathered.furniture),
        joins=tuple(gathered.joins + resolved.joins),
        findings=tuple(findings),
        role_marks="".join(marks),
    )


def check_conservation(source: Source, bulletin: Bulletin) -> None:
    """Every character of the source that is no white space stands in exactly one place.

    Compared by a sum in which each code point counts as its own 64-bit number; characters are counted one
    by one only to say which of them is lost or double.
    """
    if _fingerprint(source.lines) == _fingerprint(bulletin.texts()):
        return
    want = Counter("".join("".join(source.lines).split()))
    have = bulletin.characters()
    assert want == have, ("lost or doubled while parsing", dict(want - have), dict(have - want))


def _fingerprint(texts: Iterable[str]) -> int:
    """A number that stays the same in whatever order the characters stand, white space apart."""
    total = 0
    for some in _gathered(texts):
        raw = "".join(some.split()).encode("utf-32-le", "surrogatepass")
        mixed = (np.frombuffer(raw, "<u4") + _MIX[0]) * _MIX[1]
        mixed ^= mixed >> _MIX[2]
        total += int((mixed * _MIX[3]).sum())
    return total % 2**64


def _gathered(texts: Iterable[str]) -> Iterator[str]:
    """The same characters in pieces that are neither many nor long."""
    rest = iter(texts)
    while some := list(islice(rest, AT_ONCE_TEXTS)):
        whole = "".join(some)
        yield from (whole[at : at + AT_ONCE_CHARS] for at in range(0, len(whole), AT_ONCE_CHARS))


def _article(part: Part, identity: str, marks: list[str]) -> tuple[Article, Draft | None]:
    """The article and its last draft."""
    names, sources = list(part.names), list(part.sources)
    texts = [d for d in part.drafts if d.type == "para"]
    if texts and part.drafts[-1] is texts[-1] and not names:
        credit = _inline_credit(texts[-1], has_source=bool(sources))
        if credit is not None:
            names += credit.names
            sources += [credit.source] if credit.source else []
            marks.append(credit.marks)
    stands_in_body = False
    if not names and texts:
        names = dateline_names(texts[0].text[:120])
        stands_in_body = bool(names)
    head = split_head(part.heads) if part.heads else None
    last = part.drafts[-1] if part.drafts else None
    return (
        Article(
            id=identity,
            kicker=head.kicker if head else (),
            headline=head.headline if head else (),
            subtitle=head.subtitle if head else (),
            byline=tuple(names),
            source=" ".join(sources) or None,
            truncated=not sources and last is not None and (_is_cut(last) or _falls_short(part)),
            body=tuple(_blocks(part)),
            byline_stands_in_body=stands_in_body,
        ),
        last,
    )


def _blocks(part: Part) -> Iterator[Block]:
    is_group = any(GROUP_HEAD.search(line) for line in part.heads)
    for above, draft in zip([None, *part.drafts], part.drafts, strict=False):
        if draft.type == "verse" and is_group:
            is_titled = above is not None and above.type == "subhead"
            for title, text in parted(draft.text, is_titled):
                yield Block("subhead" if title else "verse", text)
        else:
            yield draft.block()


def _falls_short(part: Part) -> bool:
    """The head announces a number of things (五个聚焦) and fewer subheads begin with their word."""
    for number, word in _ANNOUNCED.findall("".join(part.heads)):
        found = sum(d.type == "subhead" and d.text.startswith(word) for d in part.drafts)
        if 2 <= found < NUMERALS.index(number):
            return True
    return False


def _inline_credit(draft: Draft, has_source: bool) -> Credit | None:
    """Names or a unit in brackets at the very end of the last paragraph, taken off it."""
    text = draft.text
    match = _LAST_CREDIT.search(text, max(0, len(text) - 80))
    if match is None or _PHOTO.search(match[1]):
        return None
    credit = read_byline(match[1])
    if credit is None or credit.strength not in ("sure", "likely"):
        credit = read_source(match[1]) if is_unit(match[1][1:-1]) and not has_source else None
    if credit is not None:
        draft.pieces = [text[: match.start()]]
    return credit


def _is_cut(draft: Draft) -> bool:
    """A last paragraph that breaks off in mid sentence."""
    text = draft.text
    return (
        draft.type == "para"
        and not is_final(text)
        and text[-1] not in "：:；;"
        and (len(text) >= MIN_CUT_EM * 2 or (len(text) >= MIN_CUT_EM and "，" in text))
    )


def _cut(source: Source, draft: Draft) -> Finding:
    line = draft.last
    place = source.place(line.number, line.column + len(line.text) - 1)
    words = Words("the article breaks off here in mid sentence", "文章在此处中断，句子不完整")
    return Finding(
        "warning", "parse.truncated", words, place, squeeze(draft.text[-20:])[-CUT_CHARS:], None, "cut"
    )


def _incomplete(source: Source, draft: Draft) -> Finding:
    words = Words(
        "the article has fewer sections than its head announces", "文章的部分少于标题所说的数目，可能不完整"
    )
    return Finding("warning", "parse.incomplete", words, source.place(draft.last.number, draft.last.column))


def _lost_jump(source: Source, part: Part) -> Finding:
    assert part.line is not None
    words = Words(
        "a jump line here has no fellow (下转/上接)", "此文有转版标记，但找不到对应的另一部分（下转/上接）"
    )
    return Finding("warning", "parse.jump", words, source.place(part.line.number, part.line.column))


def doubts(source: Source, views: list[View], decisions: list[Decision]) -> list[Finding]:
    """The lines whose second-best reading is nearly as good."""
    return [
        finding
        for view, decision in zip(views, decisions, strict=True)
        if decision.margin < CLEAR and (finding := _doubt(source, view, decision)) is not None
    ]


def _doubt(source: Source, view: View, decision: Decision) -> Finding | None:
    if decision.other is None:
        return None
    role, other = ROLE_NAMES.get(decision.role), ROLE_NAMES.get(decision.other)
    if role is None or other is None:
        return None
    start = view.line.text[:12]
    words = Words(
        f"「{start}」 is read as {role.en}; nearly as likely {other.en}",
        f"「{start}」判为{role.zh}，也可能是{other.zh}",
    )
    return Finding("info", "parse.doubt", words, source.place(view.line.number, view.line.column))
