"""An editor who works on a DOCX by script, and notes down what was done: edits of known truth, tracked or not.

`Desk` holds a file's paragraphs beside their lines as they ought to come back. Each edit takes paragraphs that no
other edit has touched, does as Word or LibreOffice does, and adds its line to `truth`.
"""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from typeset.return_.values import Returned

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
BODY = {"NewsBody": "para", "Heading2": "subhead", "ListItem": "list", "Note": "note", "Verse": "verse"}
HEADS = {"Kicker": "kicker", "Heading1": "headline", "HeadlineMore": "headline", "Subtitle": "subtitle"}
ROLES = {**BODY, **HEADS, "SubheadMore": "subhead", "Stanza": "verse", "Caption": "caption", "Byline": "byline"} | {
    "SourceLine": "source", "TableText": "table"
}  # fmt: skip
WORDS = "本报记者从有关部门了解到，春耕备耕各项工作进展顺利；村民们说：“今年的雨水好。”县里3月底前完成了2.6万亩的任务—真快！"
WHO = ("李编辑", "2026-11-25T09:30:00Z")

Truth = tuple[str, str]


@dataclass(eq=False)
class Entry:
    """A paragraph: its element, article, role, text now, and its bookmark as sent."""

    node: Any
    article: str
    style: str
    text: str
    ident: str
    sent: str
    is_free: bool = True


@dataclass
class Desk:
    """A DOCX open for editing; `entries` are its articles' paragraphs outside tables, as they stand now."""

    data: bytes
    chance: random.Random
    tracked: bool = False
    truth: list[Truth] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    number: int = 9000
    notes: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as source:
            self.parts = {entry.filename: source.read(entry) for entry in source.infolist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        baseline = etree.fromstring(self.parts["customXml/item1.xml"])
        self.home = article_of = {e.get("id"): e.get("article") for e in baseline.iter("{*}p")}
        for node in self.root.iter(f"{W}p"):
            mark = node.find(f"{W}bookmarkStart")
            if mark is None or mark.get(f"{W}name") not in article_of:
                continue
            text = "".join(t.text or "" for t in node.iter(f"{W}t"))
            ident = mark.get(f"{W}name")
            style = node.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
            self.entries.append(Entry(node, article_of[ident], style, text, ident, text))

    def bytes(self) -> bytes:
        parts = self.parts | {"word/document.xml": etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)}  # fmt: skip
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name, data in parts.items():
                target.writestr(name, data)
        return out.getvalue()

    # -- choosing

    def pick(self, styles: Any, least: int = 1, free_neighbours: bool = False) -> int | None:
        """The index of an untouched paragraph of some style, with room to edit, not the last of its section."""
        found = [
            n
            for n, e in enumerate(self.entries)
            if e.is_free and e.style in styles and len(e.text) >= least and not _closes(e.node)
        ]
        return self.chance.choice(found) if found else None

    def words(self, least: int = 4, most: int = 24) -> str:
        size = self.chance.randint(least, most)
        start = self.chance.randrange(len(WORDS) - size)
        return f"{start}号稿" + WORDS[start : start + size]

    # -- edits

    def change(self) -> None:
        """Put words in, take words out, or both, within a paragraph."""
        at = self.pick(ROLES.keys() - {"Byline", "TableText"}, 3)
        if at is None:
            return
        entry = self.entries[at]
        entry.is_free = False
        text = entry.text
        kind = self.chance.choice(("put", "take", "swap"))
        start = self.chance.randrange(1, len(text) - 1) if len(text) > 2 else 1
        end = (
            start if kind == "put" else min(len(text), start + self.chance.randint(1, max(1, len(text) // 3)))
        )
        new = "" if kind == "take" else self.words(1, 8)
        if (text[:start] + new).strip() != text[:start] + new or text[end:].strip() != text[end:]:
            start, end, new = len(text), len(text), self.words(1, 8)
        if text[start:end] == new:
            return
        before, gone = _cut(entry.node, start), None
        if end > start:
            _cut(entry.node, end)
            gone = _runs_between(entry.node, start, end)
        if new:
            anchor = _run_at(entry.node, start)
            run = _run(new)
            shown = self.wrapped(run, "ins") if self.tracked else run
            if anchor is None:
                before.addnext(shown) if before is not None else entry.node.append(shown)
            else:
                anchor.addprevious(shown)
        for run in gone or ():
            self.take_out(run)
        entry.text = text[:start] + new + text[end:]
        self.truth.append(("changed", entry.ident))

    def add(self) -> None:
        """A new paragraph behind another: Enter at its end."""
        at = self.pick(BODY)
        if at is None:
            return
        entry = self.entries[at]
        style = self.chance.choice(("NewsBody", "NewsBody", entry.style))
        style = "NewsBody" if style == "Heading2" else style
        text = self.words(8, 30) + "。"
        node = _paragraph(style, text)
        entry.node.addnext(node)
        if self.tracked:
            node.append(self.wrapped(node[-1], "ins"))
            # the new mark is the first paragraph's: the text before it, then the old mark behind the new text
            self.mark(entry.node, "ins")
        entry.is_free = False
        self.entries.insert(at + 1, Entry(node, entry.article, style, text, "", "", False))
        self.truth.append(("added", text))

    def delete(self) -> None:
        at = self.pick({"NewsBody", "Heading2", "ListItem"})
        if at is None or sum(e.article == self.entries[at].article for e in self.entries) < 3:
            return
        entry = self.entries.pop(at)
        self.remove(entry.node)
        self.truth.append(("deleted", entry.ident))

    def remove(self, node: Any, how: str = "del") -> None:
        if not self.tracked:
            node.getparent().remove(node)
            return
        for run in list(node.iter(f"{W}r")):
            self.take_out(run, how)
        self.mark(node, how)

    def split(self) -> None:
        """Enter within a paragraph: the bookmark then spans both (Word), stands twice (LibreOffice) or on the first."""
        at = self.pick({"NewsBody"}, 12)
        if at is None:
            return
        entry = self.entries[at]
        entry.is_free = False
        where = self.chance.randint(5, len(entry.text) - 5)
        if entry.text[where - 1].isspace() or entry.text[where].isspace():
            return
        _cut(entry.node, where)
        node = _paragraph(entry.style, "")
        rest = [child for child in entry.node if child.tag != f"{W}pPr"]
        first = _run_at(entry.node, where)
        moved = rest[rest.index(first) :]
        for child in moved:
            node.append(child)
        entry.node.addnext(node)
        manner = self.chance.choice(("span", "twice", "first"))
        if manner != "span":
            start = entry.node.find(f"{W}bookmarkStart")
            end = node.find(f"{W}bookmarkEnd")
            entry.node.append(end)
            if manner == "twice":
                self.number += 1
                again = copy.deepcopy(start)
                again.set(f"{W}id", str(self.number))
                close = copy.deepcopy(end)
                close.set(f"{W}id", str(self.number))
                node.insert(1, again)
                node.append(close)
        if self.tracked:
            self.mark(entry.node, "ins")
        second = Entry(node, entry.article, entry.style, entry.text[where:], "", "", False)
        entry.text = entry.text[:where]
        self.entries.insert(at + 1, second)
        self.truth.append(("split", entry.ident))

    def merge(self) -> None:
        """Delete at a paragraph's end: the next one runs on."""
        found = [
            n
            for n, (e, f) in enumerate(zip(self.entries, self.entries[1:], strict=False))
            if e.is_free and f.is_free and e.style == f.style == "NewsBody" and e.article == f.article
            and e.node.getnext() is f.node and not _closes(e.node) and not _closes(f.node)
        ]  # fmt: skip
        if not found:
            return
        at = self.chance.choice(found)
        first, second = self.entries[at], self.entries.pop(at + 1)
        first.is_free = False
        if self.tracked:
            self.mark(first.node, "del")
        else:
            for child in [c for c in second.node if c.tag != f"{W}pPr"]:
                first.node.append(child)
            second.node.getparent().remove(second.node)
        first.text += second.text
        self.truth.append(("merged", first.ident))

    def move(self) -> None:
        """Cut and paste: into another article, or over heavier text of its own."""
        at = self.pick({"NewsBody"}, 12)
        if at is None:
            return
        entry = self.entries[at]
        others = [
            n
            for n, e in enumerate(self.entries)
            if e.style == "NewsBody" and e.is_free and e.article != entry.article and not _closes(e.node)
        ]
        own = [n for n, e in enumerate(self.entries) if e.article == entry.article and e.style == "NewsBody" and e.is_free and not _closes(e.node)]  # fmt: skip
        # over enough text that it is the paragraph that moved, and not what it went over
        own = [n for n in own if n > at + 1 and _size(self.entries[at + 1 : n + 1]) > 2 * len(entry.text)]
        if any(kind == "moved-within" for kind, _ in self.noted(entry.article)):
            own = []
        places = others + own
        if not places or sum(e.article == entry.article for e in self.entries) < 3:
            return
        target = self.entries[self.chance.choice(places)]
        within = target.article == entry.article
        if self.tracked:
            node = _paragraph(entry.style, entry.text)
            node.append(self.wrapped(node[-1], "moveTo"))
            self.number += 2
            name = f"move{self.number}"
            _range(node, "moveTo", self.number, name)
            self.mark(target.node, "ins")
            target.node.addnext(node)
            self.remove(entry.node, "moveFrom")
            _range(entry.node, "moveFrom", self.number + 1, name)
        else:
            node = entry.node
            node.getparent().remove(node)
            target.node.addnext(node)
            if self.chance.random() < 0.5:
                _strip_bookmark(node)
        self.entries.remove(entry)
        entry.is_free = target.is_free = False
        if within:
            self.notes.append((entry.article, "moved-within"))
        entry.article, entry.node = target.article, node
        self.entries.insert(self.entries.index(target) + 1, entry)
        self.truth.append(("moved", entry.ident))

    def noted(self, article: str) -> list[tuple[str, str]]:
        return [(kind, a) for a, kind in self.notes if a == article]

    def restyle(self) -> None:
        at = self.pick({"NewsBody", "Heading2", "ListItem", "Note"})
        if at is None:
            return
        entry = self.entries[at]
        style = self.chance.choice([s for s in BODY if s != entry.style and s != "Verse"])
        properties = entry.node.find(f"{W}pPr")
        if self.tracked:
            change = etree.SubElement(properties, f"{W}pPrChange", self.who())
            etree.SubElement(etree.SubElement(change, f"{W}pPr"), f"{W}pStyle", {f"{W}val": entry.style})
        properties.find(f"{W}pStyle").set(f"{W}val", style)
        entry.style, entry.is_free = style, False
        self.truth.append(("restyled", entry.ident))

    def new_article(self) -> None:
        """A headline of its own and two paragraphs, behind an article's last."""
        last = {e.article: n for n, e in enumerate(self.entries)}
        found = [n for n in last.values() if self.entries[n].is_free and self.entries[n].style in BODY]
        tails = [n for n in found if _is_last_of_all(self.entries, n)]
        if not tails or self.tracked:
            return
        at = self.chance.choice(tails)
        entry = self.entries[at]
        entry.is_free = False
        self.number += 1
        article, node = f"new{self.number}", entry.node
        # behind what closes the section, so that it is a section's beginning
        for offset, style in enumerate(("Heading1", "NewsBody", "NewsBody"), 1):
            text = self.words(8, 20)
            new = _paragraph(style, text)
            node.addnext(new)
            node = new
            self.entries.insert(at + offset, Entry(new, article, style, text, "", "", False))
        self.truth.append(("article_added", self.entries[at + 1].text))

    def delete_article(self) -> None:
        articles = list(dict.fromkeys(e.article for e in self.entries))
        free = [a for a in articles if all(e.is_free for e in self.entries if e.article == a)]
        plain = [
            a
            for a in free
            if not any(e.node.getparent().tag == f"{W}tc" for e in self.entries if e.article == a)
        ]
        plain = [a for a in plain if not self.has_table(a)]
        if len(articles) < 3 or not plain:
            return
        article = self.chance.choice(plain)
        for entry in [e for e in self.entries if e.article == article]:
            self.entries.remove(entry)
            if _closes(entry.node):
                for child in [c for c in entry.node if c.tag != f"{W}pPr"]:
                    if self.tracked and child.tag == f"{W}r":
                        self.take_out(child)
                    elif not self.tracked:
                        entry.node.remove(child)
            else:
                self.remove(entry.node)
        # lines that went before it went are told with it
        self.truth = [(kind, i) for kind, i in self.truth if kind != "deleted" or self.home[i] != article]
        self.truth.append(("article_deleted", article))

    def has_table(self, article: str) -> bool:
        baseline = etree.fromstring(self.parts["customXml/item1.xml"])
        return any(e.get("article") == article for e in baseline.iter("{*}r"))

    # -- noise: what programs do without being asked

    def noise(self) -> None:
        for entry in self.chance.sample(self.entries, min(6, len(self.entries))):
            what = self.chance.choice(("runs", "proof", "para"))
            if what == "runs" and len(entry.text) > 1:
                _cut(entry.node, self.chance.randrange(1, len(entry.text)))
            elif what == "proof":
                entry.node.insert(1, etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
            elif entry.node.get(f"{W14}paraId"):
                del entry.node.attrib[f"{W14}paraId"]
        for entry in self.chance.sample(self.entries, 2):
            if entry.is_free and len(entry.text) > 12:
                _strip_bookmark(entry.node)

    # -- tracked changes

    def who(self) -> dict[str, str]:
        self.number += 1
        return {f"{W}id": str(self.number), f"{W}author": WHO[0], f"{W}date": WHO[1]}

    def wrapped(self, run: Any, kind: str) -> Any:
        """A run in w:ins, w:del …, in the place where it stood, if it stood anywhere."""
        wrap = etree.Element(f"{W}{kind}", self.who())
        if run.getparent() is not None:
            run.addprevious(wrap)
        wrap.append(run)
        return wrap

    def take_out(self, run: Any, how: str = "del") -> None:
        if not self.tracked:
            run.getparent().remove(run)
            return
        if how == "del":
            for text in run.iter(f"{W}t"):
                text.tag = f"{W}delText"
        self.wrapped(run, how)

    def mark(self, node: Any, kind: str) -> None:
        properties = node.find(f"{W}pPr")
        marks = properties.find(f"{W}rPr")
        if marks is None:
            marks = etree.Element(f"{W}rPr")
            properties.find(f"{W}pStyle").addnext(marks)
        marks.append(etree.Element(f"{W}{kind}", self.who()))


EDITS = ("change", "change", "change", "add", "delete", "split", "merge", "move", "restyle", "new_article", "delete_article")  # fmt: skip


def script(data: bytes, seed: int) -> Desk:
    """A file after one to six edits, tracked in half of the scripts, with noise around them."""
    chance = random.Random(seed)
    desk = Desk(data, chance, tracked=bool(seed % 2))
    for _ in range(chance.randint(1, 6)):
        getattr(desk, chance.choice(EDITS))()
    desk.noise()
    return desk


def told(returned: Returned) -> Counter[Truth]:
    """A report as the editor's own notes: edit and bookmark, or edit and first words where there was none."""
    out: Counter[Truth] = Counter()
    for event in returned.events:
        if event.kind in ("added", "article_added"):
            out[event.kind, event.after[0]] += 1
        elif event.kind in ("article_deleted", "article_moved"):
            out[event.kind, event.article] += 1
        else:
            out[event.kind, event.id] += 1
    return out


# -- the small hand


def _closes(node: Any) -> bool:
    return node.find(f"{W}pPr/{W}sectPr") is not None


def _size(entries: list[Entry]) -> int:
    return sum(len(e.sent) for e in entries if e.is_free)


def _is_last_of_all(entries: list[Entry], n: int) -> bool:
    return n + 1 == len(entries) or entries[n + 1].article != entries[n].article


def _paragraph(style: str, text: str) -> Any:
    node = etree.Element(f"{W}p")
    etree.SubElement(etree.SubElement(node, f"{W}pPr"), f"{W}pStyle", {f"{W}val": style})
    if text:
        node.append(_run(text))
    return node


def _run(text: str) -> Any:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t", {SPACE: "preserve"}).text = text
    return run


def _text(run: Any) -> str:
    return "".join(t.text or "" for t in run.iter(f"{W}t"))


def _texts(node: Any) -> list[tuple[int, Any]]:
    """(start, run) of the runs that hold text."""
    out, at = [], 0
    for run in node.iter(f"{W}r"):
        if _text(run):
            out.append((at, run))
            at += len(_text(run))
    return out


def _cut(node: Any, where: int) -> Any:
    """Cut the run that `where` falls into; the run that ends there, or None."""
    last = None
    for start, run in _texts(node):
        size = len(_text(run))
        if start < where < start + size:
            rest = copy.deepcopy(run)
            run.find(f"{W}t").text = _text(run)[: where - start]
            rest.find(f"{W}t").text = _text(rest)[where - start :]
            run.addnext(rest)
            return run
        if start + size <= where:
            last = run
    return last


def _run_at(node: Any, where: int) -> Any:
    return next((run for start, run in _texts(node) if start == where), None)


def _runs_between(node: Any, start: int, end: int) -> list[Any]:
    return [run for at, run in _texts(node) if start <= at < end]


def _strip_bookmark(node: Any) -> None:
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for mark in node.findall(f"{W}{tag}"):
            node.remove(mark)


def _range(node: Any, kind: str, number: int, name: str) -> None:
    start = etree.Element(
        f"{W}{kind}RangeStart",
        {f"{W}id": str(number), f"{W}name": name, f"{W}author": WHO[0], f"{W}date": WHO[1]},
    )
    node.insert(1, start)
    node.append(etree.Element(f"{W}{kind}RangeEnd", {f"{W}id": str(number)}))
