"""Comments of a returned file: new ones, and what became of our own doubts (open, answered, resolved, removed)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typeset.return_.match import solid
from typeset.return_.sent import Sent
from typeset.return_.story import W14, Raw, W
from typeset.return_.values import Remark, State

PROGRAM = "typeset"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class _Comment:
    ident: str
    author: str
    when: str
    words: str
    paragraph: str


def remarks_of(
    comments: Any | None, extended: Any | None, raws: Sequence[Raw], sent: Sent,
    article_at: Callable[[str, str], str],
) -> tuple[Remark, ...]:  # fmt: skip
    """All comments by their order, then our own that are gone. `article_at`: (bookmark, words quoted) to an article."""
    found = [] if comments is None else [_comment(node) for node in comments.iter(f"{W}comment")]
    parents, done = ({}, set()) if extended is None else _threads(extended)
    by_paragraph = {comment.paragraph: comment for comment in found if comment.paragraph}
    replies: dict[str, list[_Comment]] = {}
    for comment in found:
        parent = by_paragraph.get(parents.get(comment.paragraph, ""))
        if parent is not None:
            replies.setdefault(parent.ident, []).append(comment)
    answers = {comment.ident for thread in replies.values() for comment in thread}
    open_doubts = list(sent.comments)
    out = []
    for comment in found:
        if comment.ident in answers:
            continue
        quoted, bookmark = _quoted(comment.ident, raws)
        thread = tuple(f"{reply.author}：{reply.words}" for reply in replies.get(comment.ident, ()))
        doubt, added = _doubt(comment, open_doubts)
        is_done = comment.paragraph in done
        state: State
        if doubt is None:
            state = "resolved" if is_done else "new"
        else:
            open_doubts.remove(doubt)
            thread = (*((added,) if added else ()), *thread)
            state = "resolved" if is_done else "answered" if thread else "open"
        out.append(
            Remark(
                state, comment.author, comment.when, comment.words, quoted, article_at(bookmark, quoted),
                doubt[0] if doubt else -1, thread,
            )
        )  # fmt: skip
    for number, words in open_doubts:
        quoted = sent.bulletin.findings[number].text or "" if number < len(sent.bulletin.findings) else ""
        out.append(Remark("removed", PROGRAM, "", words, quoted, article_at("", quoted), number))
    return tuple(out)


def _comment(node: Any) -> _Comment:
    paragraphs = list(node.iter(f"{W}p"))
    words = "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)
    last = str(paragraphs[-1].get(f"{W14}paraId") or "") if paragraphs else ""
    return _Comment(
        str(node.get(f"{W}id")),
        str(node.get(f"{W}author") or ""),
        str(node.get(f"{W}date") or ""),
        words.strip(),
        last,
    )


def _threads(extended: Any) -> tuple[Mapping[str, str], set[str]]:
    """(paragraph id of an answer to that of its comment, ids of comments marked done)."""
    parents: dict[str, str] = {}
    done: set[str] = set()
    for node in extended.iter(f"{_W15}commentEx"):
        ident = str(node.get(f"{_W15}paraId"))
        if node.get(f"{_W15}paraIdParent"):
            parents[ident] = str(node.get(f"{_W15}paraIdParent"))
        if node.get(f"{_W15}done") in ("1", "true", "on"):
            done.add(ident)
    return parents, done


def _quoted(ident: str, raws: Sequence[Raw]) -> tuple[str, str]:
    """The words that a comment stands on, and the first bookmark over them."""
    pieces = [p for raw in raws for p in raw.pieces if ident in p.comments and p.out is None]
    bookmark = next((name for piece in pieces for name in piece.ids), "")
    return "".join(piece.text for piece in pieces).strip(), bookmark


def _doubt(comment: _Comment, doubts: Sequence[tuple[int, str]]) -> tuple[tuple[int, str] | None, str]:
    """The doubt that a comment of ours tells, and what was written behind its words."""
    if comment.author != PROGRAM:
        return None, ""
    words = solid(comment.words)
    equal = next((doubt for doubt in doubts if solid(doubt[1]) == words), None)
    if equal is not None:
        return equal, ""
    longer = next((doubt for doubt in doubts if doubt[1] and comment.words.startswith(doubt[1])), None)
    return longer, comment.words[len(longer[1]) :].strip() if longer else ""
