"""The manuscript: a Bulletin as YAML that an editor reads, corrects and hands back.

Field names are those of the corpus and of `typeset parse --format json`. Texts are block scalars;
findings stand as comments above what they concern and once more, whole, in a list at the end.
`read(write(bulletin)) == bulletin`.

An article's `marks` quote its words, so that no sign in a text means anything but itself: dots 着重号, name 专名号,
title 浪线书名号, ruby 注音; at every place of the words, or at their nth alone (T52, T53):

    marks:
    - {kind: dots, text: "一个也不能少"}
    - {kind: ruby, text: "饕餮", ruby: "tāo tiè", nth: 2}

Pictures stand with their captions in the body, or are listed by the article: one that has no caption there takes
the body's next caption without a picture, one that has goes to the head of the body.

    pictures:
    - {file: photos/gate.jpg, caption: 厂区大门, credit: 李明 摄, alt: 工人走进厂门, width_columns: 2}

What an editor asks of make-up: `page: 2` pins an article to a page, `priority: 1` ranks it as if it came first,
`section: 理论` keeps articles together and stands in the folio line, `keep_whole: true` never runs on to another page.
`reserved: {height: 60mm, columns: 2}` makes an article an advertisement: a place at the foot of its `page`, over the
right-hand columns or all; its body is one caption, its label (广告), which may have a picture.
A headline's lines are its list's items: it is broken there, and where one is too long within it too.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from typeset.model.bulletin import Article, Block, Bulletin, Illustration, Reservation
from typeset.model.findings import Finding, Lang, Place, TypesetError, Words
from typeset.model.lengths import MM_PT
from typeset.model.marks import Mark
from typeset.model.seek import Seeker
from typeset.read.encodings import decode_bytes
from typeset.read.manuscript_form import MANUSCRIPT
from typeset.read.nodes import read_nodes

HEAD_KEYS = ("title", "date", "issue")
HEADING_KEYS = ("kicker", "headline", "subtitle", "byline")
WISHES = ("page", "priority", "section", "keep_whole")
"""What an editor asks of make-up for an article."""
HEAD = -1
"""The place of an article's head among its blocks."""

_PLAIN = re.compile(
    r"[\u4e00-\u9fff《「（“—□][^\x00-\x1f:#\x7f-\x9f\ud800-\uf8ff\ufeff\ufff0-\uffff\u2028\u2029]*"
)
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\xa0\u2028\u2029\ud800-\uf8ff\ufeff\ufff0-\uffff\r]")
_COMMENT_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\uf8ff\ufeff\ufffe\uffff]+")

OPENING = (
    "# A manuscript of `typeset`: correct it here, then `typeset make` it as you would the text.\n"
    "# 稿件文本，可直接修改，再用 `typeset make` 成版。\n"
)


# -- writing ---------------------------------------------------------------------------------------


def write_manuscript(bulletin: Bulletin) -> str:
    """The manuscript's YAML text."""
    return "".join(_manuscript(bulletin))


def _manuscript(bulletin: Bulletin) -> Iterator[str]:
    remarks = _remarks(bulletin)
    yield OPENING
    yield "bulletin:\n"
    for key in HEAD_KEYS:
        yield from _field(2, key, getattr(bulletin, key))
    if bulletin.imprint:
        yield "  imprint:\n"
        for key, text in bulletin.imprint:
            yield from _field(4, key, text)
    yield "articles:" + ("\n" if bulletin.articles else " []\n")
    for number, article in enumerate(bulletin.articles):
        yield "\n"
        yield from _article(article, number, remarks)
    yield "\n"
    yield from _list(0, "furniture", bulletin.furniture)
    yield "joins:" + ("\n" if bulletin.joins else " []\n")
    for left, right in bulletin.joins:
        yield f"- [{_quoted(left)}, {_quoted(right)}]\n"
    yield f"role_marks: {_quoted(bulletin.role_marks)}\n"
    yield "findings:" + ("\n" if bulletin.findings else " []\n")
    for finding in bulletin.findings:
        yield from _finding(finding)
    if bulletin.corrections:
        yield "corrections:\n"
        for correction in bulletin.corrections:
            yield from _finding(correction)


def _article(article: Article, number: int, remarks: dict[tuple[int, int], list[Finding]]) -> Iterator[str]:
    yield f"- id: {_scalar(article.id)}\n"
    yield from _comments(2, remarks.get((number, HEAD), ()))
    for key in HEADING_KEYS:
        yield from _list(2, key, getattr(article, key))
    yield from _field(2, "source", article.source)
    yield f"  truncated: {str(article.truncated).lower()}\n"
    if article.byline_stands_in_body:
        yield "  byline_stands_in_body: true\n"
    for key in WISHES:
        value = getattr(article, key)
        if value is not None and value is not False:
            yield f"  {key}: {_scalar(value) if isinstance(value, str) else str(value).lower()}\n"
    if article.reserved is not None:
        said = ", ".join(f"{key}: {value}" for key, value in _reserved(article.reserved).items())
        yield f"  reserved: {{{said}}}\n"
    yield "  body:" + ("\n" if article.body else " []\n")
    for at, block in enumerate(article.body):
        yield from _comments(2, remarks.get((number, at), ()))
        yield f"  - type: {block.type}\n"
        yield f"    text: {_block_scalar(6, block.text)}\n"
        if block.picture is not None:
            yield f"    picture: {_picture(block.picture)}\n"
    if article.marks:
        yield "  marks:\n"
        yield from (_mark(mark) for mark in article.marks)


def _reserved(place: Reservation) -> dict[str, str | int]:
    height = f"{place.height_pt / MM_PT:.10g}mm"
    return {"height": height, "columns": place.columns} if place.columns else {"height": height}


def _picture(picture: Illustration) -> str:
    keys = {"file": picture.file, "credit": picture.credit, "alt": picture.alt}
    said = [f"{key}: {_quoted(value)}" for key, value in keys.items() if value]
    if picture.width_columns is not None:
        said.append(f"width_columns: {picture.width_columns}")
    return "{" + ", ".join(said) + "}"


def _mark(mark: Mark) -> str:
    ruby = f", ruby: {_quoted(mark.ruby)}" if mark.ruby else ""
    nth = f", nth: {mark.nth}" if mark.nth is not None else ""
    return f"  - {{kind: {mark.kind}, text: {_quoted(mark.text)}{ruby}{nth}}}\n"


def _remarks(bulletin: Bulletin) -> dict[tuple[int, int], list[Finding]]:
    """The findings that quote something, by the article and the block (or HEAD) where it stands."""
    parts: list[tuple[int, int]] = []
    starts: list[int] = []
    texts: list[str] = []
    size = 0
    for number, article in enumerate(bulletin.articles):
        head = "\n".join(article.kicker + article.headline + article.subtitle)
        for at, text in enumerate((head, *(block.text for block in article.body)), HEAD):
            parts.append((number, at))
            starts.append(size)
            texts.append(text)
            size += len(text) + 1
    out: dict[tuple[int, int], list[Finding]] = {}
    quoting = [finding for finding in bulletin.findings if finding.text]
    if quoting:
        seeker = Seeker("\0".join(texts))
        for finding in quoting:
            at = seeker.find(finding.text or "")
            if at >= 0:
                out.setdefault(parts[bisect.bisect_right(starts, at) - 1], []).append(finding)
    return out


def _comments(indent: int, remarks: Iterable[Finding]) -> Iterator[str]:
    """Findings, a comment line each, Chinese and English."""
    for finding in remarks:
        arrow = f" → {finding.suggestion}" if finding.suggestion is not None else ""
        words = f"{finding.text}{arrow}  {finding.message.zh} / {finding.message.en}"
        yield " " * indent + "# " + _COMMENT_UNSAFE.sub(" ", words) + "\n"


def _finding(finding: Finding) -> Iterator[str]:
    yield f"- severity: {finding.severity}\n"
    yield f"  code: {_scalar(finding.code)}\n"
    yield f"  message: {{en: {_quoted(finding.message.en)}, zh: {_quoted(finding.message.zh)}}}\n"
    if finding.place is not None:
        yield f"  file: {_quoted(finding.place.file)}\n"
        if finding.place.line is not None:
            yield f"  line: {finding.place.line}\n"
        if finding.place.column is not None:
            yield f"  column: {finding.place.column}\n"
    for key in ("text", "suggestion", "kind", "rule"):
        value = getattr(finding, key)
        if value is not None:
            yield f"  {key}: {_quoted(value)}\n"
    if finding.certainty is not None:
        yield f"  certainty: {finding.certainty}\n"


def _field(indent: int, key: str, value: str | None) -> Iterator[str]:
    yield f"{' ' * indent}{key}: {'null' if value is None else _scalar(value)}\n"


def _list(indent: int, key: str, values: Iterable[str]) -> Iterator[str]:
    values = list(values)
    yield f"{' ' * indent}{key}:" + ("\n" if values else " []\n")
    for value in values:
        yield f"{' ' * indent}- {_scalar(value)}\n"


def _scalar(text: str) -> str:
    """Plain where YAML cannot take it for anything but text, else in double quotes."""
    if _PLAIN.fullmatch(text) and not text[-1].isspace():
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    if _UNSAFE.search(text) or "\n" in text or "\t" in text:
        dumped = yaml.dump(text, default_style='"', width=float("inf"), allow_unicode=True)
        return dumped.rstrip("\n")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _block_scalar(indent: int, text: str) -> str:
    """`|-` and the indented lines; in quotes what a block scalar cannot carry back unchanged."""
    if _UNSAFE.search(text) or not text.strip(" \n") or text[0] in " \n\t" or text[-1] == "\n":
        return _quoted(text)
    pad = " " * indent
    return "|-\n" + "\n".join(pad + line if line else "" for line in text.split("\n"))


# -- reading ---------------------------------------------------------------------------------------


def read_manuscript(path: Path) -> Bulletin:
    """The manuscript at `path`. Raises TypesetError with file and line for whatever does not belong."""
    file = str(path)
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TypesetError(
            Words(f"the manuscript cannot be read ({reason})", f"稿件文件无法读取（{reason}）"),
            Words("Check the name and the folder", "请检查文件名和所在文件夹"),
            Place(file),
        ) from error
    return parse_manuscript(decode_bytes(raw, file).text, file)


def parse_manuscript(text: str, file: str) -> Bulletin:
    """The Bulletin that a manuscript's `text` says."""
    root = read_nodes(text, file)
    fields = MANUSCRIPT.read(root)
    articles = fields.get("articles")
    if not articles:
        raise TypesetError(
            Words("the manuscript has no articles", "稿件文件中没有文章"),
            Words("Add an article under “articles:”", "请在“articles:”下添加文章"),
            Place(file),
        )
    head = fields.get("bulletin") or {}
    return Bulletin(
        **{key: head.get(key) for key in HEAD_KEYS},
        articles=tuple(
            _article_of(values, number, place) for number, (values, place) in enumerate(articles, 1)
        ),
        imprint=tuple((key, text) for key, text in (head.get("imprint") or {}).items() if text is not None),
        furniture=tuple(fields.get("furniture") or ()),
        joins=tuple(fields.get("joins") or ()),
        findings=tuple(map(_finding_of, fields.get("findings") or ())),
        corrections=tuple(map(_finding_of, fields.get("corrections") or ())),
        role_marks=fields.get("role_marks") or "",
    )


def _article_of(values: dict[str, Any], number: int, place: Place) -> Article:
    article = Article(
        id=values.get("id", f"a{number}"),
        kicker=tuple(values.get("kicker") or ()),
        headline=tuple(values.get("headline") or ()),
        subtitle=tuple(values.get("subtitle") or ()),
        byline=tuple(values.get("byline") or ()),
        source=values.get("source"),
        truncated=values.get("truncated", False),
        body=_body_of(values),
        byline_stands_in_body=values.get("byline_stands_in_body", False),
        page=values.get("page"),
        priority=values.get("priority"),
        section=values.get("section"),
        keep_whole=values.get("keep_whole", False),
        reserved=values.get("reserved"),
    )
    if article.reserved is not None and not _is_label(article):
        raise TypesetError(
            Words(f"{article.id}: an article with “reserved:” is more than a place on a page",
                  f"{article.id}：带“reserved:”的不能有标题和正文"),
            Words("give it a “page:” and a body of one caption (广告), with a picture or none",
                  "只写“page:”，正文只留一个 caption（如 广告），可带图片"),
            place,
        )  # fmt: skip
    return replace(
        article, marks=tuple(_mark_of(mark, place, article) for mark, place in values.get("marks") or ())
    )


def _is_label(article: Article) -> bool:
    """Whether it is what an advertisement is: a caption on a page."""
    heads = (article.kicker, article.headline, article.subtitle, article.byline, article.source)
    return not any(heads) and article.page is not None and [b.type for b in article.body] == ["caption"]


def _body_of(values: dict[str, Any]) -> tuple[Block, ...]:
    """The body's blocks, the article's `pictures` with their captions among them."""
    body: list[Block] = []
    for block in values.get("body") or ():
        picture, _ = block.get("picture") or (None, None)
        body.append(Block(block["type"], block["text"], picture))
    free = [n for n, block in enumerate(body) if block.type == "caption" and block.picture is None]
    first: list[Block] = []
    for picture, caption in values.get("pictures") or ():
        if caption is None and free:
            at = free.pop(0)
            body[at] = replace(body[at], picture=picture)
        else:
            first.append(Block("caption", caption or "", picture))
    return (*first, *body)


def _mark_of(mark: Mark, place: Place, article: Article) -> Mark:
    """One of an article's marks (T52, T53), which must stand in it."""
    nth = mark.nth or 1
    if not mark.text or sum(text.count(mark.text) for text in article.markable()) < nth:
        raise TypesetError(
            Words(
                f"“{mark.text}” does not stand {nth} time(s) in the article",
                f"“{mark.text}”在本文中没有出现 {nth} 次",
            ),
            Words("Quote words of the article as they stand", "请照原文引用本文中的字词"),
            place,
        )
    return mark


def _finding_of(values: dict[str, Any]) -> Finding:
    file = values.get("file")
    return Finding(
        severity=values.get("severity", "info"),
        code=values.get("code") or "",
        message=Words(*values.get("message", ("", ""))),
        place=Place(file, values.get("line"), values.get("column")) if file is not None else None,
        **{key: values.get(key) for key in ("text", "suggestion", "kind", "rule", "certainty")},
    )


# -- JSON ------------------------------------------------------------------------------------------


def bulletin_as_dict(bulletin: Bulletin, lang: Lang = "en") -> dict[str, Any]:
    """The fields of `typeset parse --format json`.

    `findings` are slips in the text (they have a kind: ocr, width, cut, …), `notices` all else that
    reading and parsing have to say; a proofreader's score counts the former alone.
    """
    slips = [f for f in bulletin.findings if f.kind is not None]
    others = [f for f in bulletin.findings if f.kind is None]
    return {
        "bulletin": {key: getattr(bulletin, key) for key in HEAD_KEYS}
        | ({"imprint": dict(bulletin.imprint)} if bulletin.imprint else {}),
        "articles": [_article_as_dict(article) for article in bulletin.articles],
        "furniture": list(bulletin.furniture),
        "joins": [list(pair) for pair in bulletin.joins],
        "role_marks": bulletin.role_marks,
        "findings": [f.as_dict(lang) for f in slips],
        "notices": [f.as_dict(lang) for f in others],
        "corrections": [f.as_dict(lang) for f in bulletin.corrections],
    }


def _article_as_dict(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        **{key: list(getattr(article, key)) for key in HEADING_KEYS},
        "source": article.source,
        "truncated": article.truncated,
        "byline_stands_in_body": article.byline_stands_in_body,
        "body": [_block_as_dict(block) for block in article.body],
        **{key: getattr(article, key) for key in WISHES if getattr(article, key) not in (None, False)},
        **({"reserved": _reserved(article.reserved)} if article.reserved is not None else {}),
        **({"marks": [mark.as_dict() for mark in article.marks]} if article.marks else {}),
    }


def _block_as_dict(block: Block) -> dict[str, Any]:
    out: dict[str, Any] = {"type": block.type, "text": block.text}
    if block.picture is not None:
        keys = ("file", "credit", "alt", "width_columns")
        said = {key: getattr(block.picture, key) for key in keys}
        out["picture"] = {key: value for key, value in said.items() if value}
    return out
