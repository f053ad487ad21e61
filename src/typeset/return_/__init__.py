"""The way back: an edited DOCX becomes the manuscript again, with a report of what was done to it.

    bytes ──package──▶ parts ──story──▶ pieces ──views──▶ lines ──match──▶ edit ──changes──▶ events
                                                            ▲                │
                     baseline ──sent──▶ lines as sent ──────┘                └─merge, rebuild──▶ Bulletin

Only text and roles are read; how a file looks is its program's affair. Nothing is dropped silently: what has no place
is listed, and what both the file and the manuscript changed is shown, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from typeset.model.bulletin import Bulletin
from typeset.model.findings import Finding, Place, TypesetError, Words
from typeset.return_.changes import Edit, events_of
from typeset.return_.comments import remarks_of
from typeset.return_.file import File, read_file
from typeset.return_.match import match, solid
from typeset.return_.merge import Kept, link, merge
from typeset.return_.rebuild import Copy, rebuilt
from typeset.return_.segments import article_of_lines
from typeset.return_.sent import CopyLine, Sent, lines_of
from typeset.return_.story import Raw
from typeset.return_.values import BaseLine, Event, Line, Pending, Remark, Returned, Unplaced
from typeset.return_.views import View, pending_count, seen
from typeset.write.docx.baseline import para_id

__all__ = ["Returned", "return_docx"]


def return_docx(
    path: str | Path, manuscript: Bulletin | None = None, pending: Pending = "fail"
) -> tuple[Bulletin | None, Returned]:
    """Read an edited DOCX back: the bulletin that it makes of its manuscript, and the report.

    The manuscript is the one that the file was made from (its baseline), or `manuscript`, which may have moved on.
    `pending` says what becomes of tracked changes that nobody accepted or rejected; with "fail" there is no bulletin
    while there are any. Raises TypesetError for a file that cannot be read.
    """
    file = read_file(Path(path))
    sent = file.sent if file.sent is not None else _without_baseline(file, manuscript)
    now = manuscript if manuscript is not None else sent.bulletin
    accepted = _edit(file, sent, "accept", now)
    if pending == "fail" and any(map(_waits, file.raws)):
        waiting = tuple(event for event in events_of(accepted) if event.revisions)
        report = _report(file, sent, accepted, ())
        # a change that comes to nothing in the words still waits
        nothing = Event("changed", "", "", follows=str(pending_count(file.raws)))
        return None, replace(report, pending=waiting or (nothing,))
    edit = accepted if pending != "reject" else _edit(file, sent, "reject", now)
    return _returned(
        file, sent, now, edit, is_same=now is sent.bulletin or _hash(now) == _hash(sent.bulletin)
    )


def _waits(raw: Raw) -> bool:
    return pending_count((raw,)) > 0


def _returned(file: File, sent: Sent, now: Bulletin, edit: Edit, is_same: bool) -> tuple[Bulletin, Returned]:
    lines = tuple(lines_of(now, sent.byline_prefix, sent.byline_separator))
    merged = merge(edit, lines, link(edit.sent, lines, is_same))
    events = events_of(edit)
    copy = Copy(now, lines, sent.typed_prefix, sent.byline_separator)
    order = _order(now, lines, edit, events, set(merged.articles))
    made, lost = rebuilt(copy, merged.articles, order)
    remarks = _remarks(file, sent, edit)
    findings, fixed = _findings(now, made, sent, remarks)
    made = replace(made, findings=findings)
    _check_conservation(merged.articles, made, sent)
    notes = [("mark", words) for words in lost] + [("fixed", words) for words in fixed]
    if not is_same:
        notes.insert(0, ("moved_on", ""))
    report = _report(file, sent, edit, remarks, notes)
    titles = {
        article.id: "　".join(article.headline) for article in (*sent.bulletin.articles, *made.articles)
    }
    return made, replace(report, events=events, conflicts=merged.conflicts, titles=titles)


# -- comparing -------------------------------------------------------------------------------------


def _without_baseline(file: File, manuscript: Bulletin | None) -> Sent:
    """The manuscript stands in for a baseline that a program has dropped."""
    if manuscript is None:
        raise TypesetError(
            Words("the file does not say what it was made from", "文件中没有底稿，无法比对"),
            Words("give the manuscript with --manuscript", "请用 --manuscript 给出稿件文件"),
            Place(file.name),
        )
    shown = seen(file.raws, file.styles, "accept").lines
    prefix, separator = _byline_manner(manuscript, [line.text for line in shown if line.role == "byline"])
    lines = lines_of(manuscript, prefix, separator)
    sent = tuple(BaseLine((), line.article, line.role, line.block, line.text) for line in lines)
    # what stands around the articles is in no manuscript: all of it is as sent
    around = tuple(line.text for line in shown if line.role == "furniture")
    return Sent(manuscript, sent, around, (), prefix, separator)


def _byline_manner(manuscript: Bulletin, shown: Sequence[str]) -> tuple[str, str]:
    """What stands before the names of bylines and between them, as far as the file shows it."""
    prefix, separator = "", "　"
    for names in (article.byline for article in manuscript.articles if article.byline):
        for text in shown:
            before, found, rest = text.partition(names[0])
            if found and not any(c.isalnum() for c in before):
                prefix = before
            between, found, _ = rest.partition(names[1]) if len(names) > 1 else ("", "", "")
            if found and not any(c.isalnum() for c in between):
                separator = between
    return prefix, separator


def _edit(file: File, sent: Sent, view: View, now: Bulletin) -> Edit:
    """The lines sent against the lines of one view."""
    shown = seen(file.raws, file.styles, view)
    moves = shown.moves if view == "accept" else ()
    matched = match(sent.lines, shown.lines, moves, para_id)
    taken = {article.id for article in (*sent.bulletin.articles, *now.articles)}
    back = tuple(_upright(line, sent, was) for line, was in zip(shown.lines, matched.was, strict=True))
    articles = article_of_lines(sent.lines, back, matched, taken)
    return Edit(
        sent.lines, back, matched, tuple(articles), shown.touched if view == "accept" else {},
        frozenset(ident for ident, _ in moves),
    )  # fmt: skip


def _upright(line: Line, sent: Sent, was: Sequence[int]) -> Line:
    """A line that leans on a deleted one keeps the role in which it was sent."""
    return replace(line, role=sent.lines[was[0]].role) if line.leans and was else line


def _order(
    now: Bulletin, lines: Sequence[CopyLine], edit: Edit, events: Sequence[Event], alive: set[str]
) -> list[str]:
    """The articles' order: the manuscript's, those that the file moved or added behind the one they follow there."""
    shown = {line.article for line in lines}
    elsewhere = {event.article for event in events if event.kind in ("article_moved", "article_added")}
    order = [a.id for a in now.articles if (a.id in alive or a.id not in shown) and a.id not in elsewhere]
    before = ""
    for article in dict.fromkeys(a for a in edit.articles if a is not None):
        if article in elsewhere and article in alive:
            order.insert(order.index(before) + 1 if before in order else 0, article)
        before = article
    return order


def _unplaced(file: File, edit: Edit, sent: Sent) -> Iterator[Unplaced]:
    """Lines without an article, but for what stands around the articles as it was sent."""
    if sent.headers is not None:
        # page numbers are whatever they were when the file was saved
        as_sent = {re.sub(r"\d", "", solid(text)) for text in ("", *sent.headers)}
        for text in dict.fromkeys(file.headers):
            if re.sub(r"\d", "", solid(text)) not in as_sent:
                yield Unplaced(text, "header")
    around = Counter(solid(text) for text in sent.furniture)
    for line, article in zip(edit.back, edit.articles, strict=True):
        if article is not None:
            continue
        words = solid(line.text)
        if around[words] > 0:
            around[words] -= 1
            continue
        yield Unplaced(
            line.text, line.place or ("furniture" if line.role == "furniture" else "before"), line.style
        )


def _remarks(file: File, sent: Sent, edit: Edit) -> tuple[Remark, ...]:
    article_of = {ident: line.article for line in edit.sent for ident in line.ids}

    def article_at(bookmark: str, quoted: str) -> str:
        if bookmark in article_of:
            return article_of[bookmark]
        found = (
            a for line, a in zip(edit.back, edit.articles, strict=True) if quoted and quoted in line.text
        )
        return next(found, "") or ""

    return remarks_of(file.comments, file.extended, file.raws, sent, article_at)


def _findings(
    now: Bulletin, made: Bulletin, sent: Sent, remarks: Sequence[Remark]
) -> tuple[tuple[Finding, ...], list[str]]:
    """The manuscript's findings less those that the editor settled; and the words of those that are gone."""
    closed = [
        replace(sent.bulletin.findings[remark.finding], place=None)
        for remark in remarks
        if 0 <= remark.finding < len(sent.bulletin.findings) and remark.state in ("resolved", "removed")
    ]
    old, new = ("\0".join(text for article in b.articles for text in article.texts()) for b in (now, made))
    kept: list[Finding] = []
    fixed: list[str] = []
    for finding in now.findings:
        bare = replace(finding, place=None)
        if bare in closed:
            closed.remove(bare)
        elif finding.text and finding.text in old and finding.text not in new:
            fixed.append(finding.text)
        else:
            kept.append(finding)
    return tuple(kept), fixed


def _check_conservation(articles: dict[str, list[Kept]], made: Bulletin, sent: Sent) -> None:
    """Every character of every line stands in the bulletin once; anything else is our mistake, not the user's."""
    prefix, separator = solid(sent.typed_prefix), solid(sent.byline_separator)

    def count(pairs: Sequence[tuple[str, str]]) -> Counter[str]:
        plain = "".join(solid(text) for role, text in pairs if role != "byline")
        names = "".join(solid(text) for role, text in pairs if role == "byline")
        for mark in filter(None, (prefix, separator)):
            names = names.replace(mark, "")
        return Counter(plain + names)

    due = count([(line.role, line.text) for lines in articles.values() for line in lines])
    found = count([(line.role, line.text) for line in lines_of(made, "", "　")])
    assert due == found, f"lost {due - found}, added {found - due}"


def _report(
    file: File, sent: Sent, edit: Edit, remarks: tuple[Remark, ...], notes: Sequence[tuple[str, str]] = ()
) -> Returned:
    unknown = dict.fromkeys(line.style for line in edit.back if file.styles.role(line.style) is None)
    told = [*notes, *(("style", name) for name in unknown)]
    told += [
        ("leans", line.text) for line in edit.back if line.leans and file.styles.role(line.style) != line.role
    ]
    if file.sent is None:
        told.insert(0, ("baseline", ""))
    if file.pictures != sum(b.picture is not None for a in sent.bulletin.articles for b in a.body):
        told.append(("picture", str(file.pictures)))
    titles = {article.id: "　".join(article.headline) for article in sent.bulletin.articles}
    return Returned(
        file.name, file.last_author, file.last_saved, titles, (), remarks, (), tuple(_unplaced(file, edit, sent)), (),
        tuple(told),
    )  # fmt: skip


def _hash(bulletin: Bulletin) -> str:
    from typeset.read.manuscript import write_manuscript

    return write_manuscript(replace(bulletin, findings=(), corrections=()))
