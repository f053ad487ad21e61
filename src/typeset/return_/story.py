"""A DOCX's story as pieces of text, each with the bookmarks over it and the tracked changes on it.

In: the parsed main part. Out: raw paragraphs in reading order, table rows, boxes and notes among them. Nothing is
decided here: `views` makes lines of the pieces, as sent or as edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from typeset.return_.values import Revision, RevisionKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BOOKMARK = "_ts_"

_REVISIONS: dict[str, RevisionKind] = {
    f"{W}ins": "ins",
    f"{W}del": "del",
    f"{W}moveFrom": "moveFrom",
    f"{W}moveTo": "moveTo",
}
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_SKIPPED = {
    f"{W}{name}"
    for name in (
        "pPr rPr sectPr tblPr tblGrid trPr tcPr instrText delInstrText rt rubyPr sdtPr sdtEndPr fldData annotationRef "
        "footnoteRef endnoteRef separator continuationSeparator lastRenderedPageBreak"
    ).split()
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one fate: bookmarks over it, comments over it, how it came in and how it goes out."""

    text: str
    ids: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    into: Revision | None = None
    out: Revision | None = None
    move: str = ""


@dataclass(slots=True)
class Raw:
    """A paragraph, or a table's row with its cells' texts parted by tabs."""

    style: str = ""
    style_before: str | None = None
    """Style id before a tracked change of style."""
    restyled: Revision | None = None
    pieces: list[Piece] = field(default_factory=list)
    mark_into: Revision | None = None
    mark_out: Revision | None = None
    para_id: str = ""
    marks: list[str] = field(default_factory=list)
    """Bookmarks that begin or end in it."""
    place: str = ""
    table: int = -1
    begins_column: bool = False
    """Whether a column ended right before its text."""


@dataclass(slots=True)
class _State:
    """What is open where the walk stands."""

    closed: frozenset[str]
    into: list[Revision] = field(default_factory=list)
    out: list[Revision] = field(default_factory=list)
    bookmarks: dict[str, str] = field(default_factory=dict)
    comments: dict[str, None] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)
    tables: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    last: Raw | None = None


def raw_paragraphs(root: Any) -> tuple[list[Raw], list[tuple[str, str]]]:
    """All paragraphs under a story's root; and the notes referred to, as (footnotes or endnotes, id)."""
    closed = frozenset(str(end.get(f"{W}id")) for end in root.iter(f"{W}bookmarkEnd"))
    state = _State(closed)
    return list(_blocks(root, state, "")), state.notes


def _blocks(node: Any, state: _State, place: str) -> Iterator[Raw]:
    """The paragraphs and rows in a body, cell, box or wrapper."""
    for child in node:
        tag = child.tag
        if tag == f"{W}p":
            yield from _paragraph(child, state, place)
        elif tag == f"{W}tbl":
            state.tables += 1
            number = state.tables
            for row in _rows(child):
                yield from _row(row, state, place, number)
        elif tag in _REVISIONS:
            with_revision = _opened(child, state)
            yield from _blocks(child, state, place)
            _closed(with_revision, state)
        elif not _anchor(child, state) and isinstance(tag, str) and tag not in _SKIPPED:
            yield from _blocks(_choice(child), state, place)


def _choice(node: Any) -> Any:
    """Of alternatives the first: the fallback says the same again for older programs."""
    if node.tag != f"{MC}AlternateContent":
        return node
    found = node.find(f"{MC}Choice")
    return found if found is not None else node


def _rows(node: Any) -> Iterator[Any]:
    for child in node:
        if child.tag == f"{W}tr":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _rows(child)


def _cells(node: Any) -> Iterator[Any]:
    for child in node:
        if child.tag == f"{W}tc":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _cells(child)


def _row(row: Any, state: _State, place: str, table: int) -> Iterator[Raw]:
    """A row as one paragraph: cells parted by tabs, a cell's own paragraphs by blanks."""
    out = Raw(place=place, table=table)
    others: list[Raw] = []
    for kind, where in (("ins", "mark_into"), ("del", "mark_out")):
        found = row.find(f"{W}trPr/{W}{kind}")
        if found is not None:
            setattr(out, where, _revision(found))
    for number, cell in enumerate(_cells(row)):
        if number:
            out.pieces.append(Piece("\t"))
        is_first = True
        for raw in _blocks(cell, state, place):
            if raw.place != place:
                others.append(raw)
                continue
            if not is_first and raw.pieces:
                out.pieces.append(Piece(" "))
            is_first = False
            out.style = out.style or raw.style
            out.pieces += [Piece(_flat(p.text), p.ids, p.comments, p.into, p.out, p.move) for p in raw.pieces]
            out.marks += raw.marks
            out.restyled = out.restyled or raw.restyled
    yield out
    yield from others


def _flat(text: str) -> str:
    """A cell's text, in which tabs and line breaks would part cells and rows."""
    return text.replace("\t", " ").replace("\n", " ")


def _paragraph(node: Any, state: _State, place: str) -> Iterator[Raw]:
    out = Raw(place=place, para_id=str(node.get(f"{W14}paraId") or ""))
    properties = node.find(f"{W}pPr")
    if properties is not None:
        out.style = _val(properties.find(f"{W}pStyle"))
        change = properties.find(f"{W}pPrChange")
        if change is not None:
            before = _val(change.find(f"{W}pPr/{W}pStyle"))
            if before != out.style:
                out.style_before, out.restyled = before, _revision(change)
        mark = properties.find(f"{W}rPr")
        for child in mark if mark is not None else ():
            kind = _REVISIONS.get(child.tag)
            if kind in ("ins", "moveTo"):
                out.mark_into = _revision(child)
            elif kind is not None:
                out.mark_out = _revision(child)
    boxes: list[Raw] = []
    outer, state.last = state.last, out
    _inline(node, out, state, boxes)
    state.last = outer
    yield out
    yield from boxes


def _inline(node: Any, out: Raw, state: _State, boxes: list[Raw]) -> None:
    """Gather a paragraph's text from whatever wraps it."""
    for child in node:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            continue
        if tag in (f"{W}t", f"{W}delText", f"{M}t"):
            _add(out, child.text or "", state)
        elif tag in _REVISIONS:
            with_revision = _opened(child, state)
            _inline(child, out, state, boxes)
            _closed(with_revision, state)
        elif tag in _TEXT_OF:
            _add(out, _TEXT_OF[tag], state)
        elif tag in (f"{W}br", f"{W}cr"):
            kind = child.get(f"{W}type")
            if kind == "column" and not out.pieces:
                out.begins_column = True
            # what a clearing break parts is no text: it stands in a paragraph of its own
            if kind not in ("page", "column") and child.get(f"{W}clear") is None:
                _add(out, "\n", state)
        elif tag == f"{W}sym":
            _add(out, _symbol(child), state)
        elif tag in _NOTES:
            state.notes.append((_NOTES[tag], str(child.get(f"{W}id"))))
        elif tag == f"{W}txbxContent":
            boxes += _blocks(child, state, "box")
        elif not _anchor(child, state):
            _inline(_choice(child), out, state, boxes)


_TEXT_OF = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": ""}


def _symbol(node: Any) -> str:
    try:
        return chr(int(node.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _add(out: Raw, text: str, state: _State) -> None:
    if not text:
        return
    names = tuple(dict.fromkeys(state.bookmarks.values()))
    move = next(reversed(state.moves.values()), "") if state.moves else ""
    into = state.into[-1] if state.into else None
    gone = state.out[-1] if state.out else None
    out.pieces.append(Piece(text, names, tuple(state.comments), into, gone, move))


def _anchor(node: Any, state: _State) -> bool:
    """Note where bookmarks, comments and moves begin and end; whether the node was one of these."""
    tag, ident = node.tag, str(node.get(f"{W}id"))
    if tag == f"{W}bookmarkStart":
        name = str(node.get(f"{W}name") or "")
        if name.startswith(BOOKMARK):
            if state.last is not None:
                state.last.marks.append(name)
            if ident in state.closed:
                state.bookmarks[ident] = name
    elif tag == f"{W}bookmarkEnd":
        found = state.bookmarks.pop(ident, None)
        if found is not None and state.last is not None:
            state.last.marks.append(found)
    elif tag == f"{W}commentRangeStart":
        state.comments[ident] = None
    elif tag == f"{W}commentRangeEnd":
        state.comments.pop(ident, None)
    elif tag in (f"{W}moveFromRangeStart", f"{W}moveToRangeStart"):
        state.moves[ident] = str(node.get(f"{W}name") or ident)
    elif tag in (f"{W}moveFromRangeEnd", f"{W}moveToRangeEnd"):
        state.moves.pop(ident, None)
    else:
        return False
    return True


def _opened(node: Any, state: _State) -> RevisionKind:
    revision = _revision(node)
    (state.into if revision.kind in ("ins", "moveTo") else state.out).append(revision)
    return revision.kind


def _closed(kind: RevisionKind, state: _State) -> None:
    (state.into if kind in ("ins", "moveTo") else state.out).pop()


def _revision(node: Any) -> Revision:
    kind = _REVISIONS.get(node.tag, "format")
    return Revision(kind, str(node.get(f"{W}author") or ""), str(node.get(f"{W}date") or ""))


def _val(node: Any) -> str:
    return str(node.get(f"{W}val") or "") if node is not None else ""
