"""The edited lines laid over the manuscript, which may have moved on since the file was made.

A line that only one side changed is that side's. A line that both changed differently is a conflict: the manuscript's
words stand, the file's are told. In: the edit and the manuscript's lines. Out: by article, the lines that hold now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from typeset.return_.changes import Edit, in_order
from typeset.return_.match import match
from typeset.return_.roles import STANZA
from typeset.return_.sent import CopyLine
from typeset.return_.values import BaseLine, Conflict, Line


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the manuscript to be. `copy` numbers the manuscript's line it goes back to (-1: it is new);
    `intact`: nothing was done to its words and role. `table` numbers the file's table that a new row stands in."""

    role: str
    text: str
    copy: int = -1
    intact: bool = False
    is_further: bool = False
    begins_stanza: bool = False
    table: int = -1


@dataclass(frozen=True, slots=True)
class Merged:
    """The lines of each article, and what both sides changed."""

    articles: dict[str, list[Kept]]
    conflicts: tuple[Conflict, ...]


def link(sent: Sequence[BaseLine], copy: Sequence[CopyLine], is_same: bool) -> list[tuple[int, ...]]:
    """For each line sent, the manuscript's lines that it is now: one by one where the manuscript is the one sent."""
    if is_same:
        places: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(copy):
            places[line.article].append(number)
        queues = {article: iter(numbers) for article, numbers in places.items()}
        paired = [next(queues.get(line.article, iter(())), -1) for line in sent]
        if all(n >= 0 and copy[n].text == line.text for n, line in zip(paired, sent, strict=True)):
            return [(n,) for n in paired]
    lines = [Line(line.text, "", line.role) for line in copy]
    return list(_at_home(sent, copy, match(sent, lines, by_place=True).came))


def _at_home(
    sent: Sequence[BaseLine], copy: Sequence[CopyLine], came: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """The links that kept article and order; a line that the manuscript moved is gone here and new there."""
    out = [
        numbers if all(copy[n].article == line.article for n in numbers) else ()
        for line, numbers in zip(sent, came, strict=True)
    ]
    by_article: dict[str, list[int]] = defaultdict(list)
    for b, line in enumerate(sent):
        if out[b]:
            by_article[line.article].append(b)
    for lines in by_article.values():
        steady = in_order([out[b][0] for b in lines], [len(sent[b].text) + 1 for b in lines])
        for n, b in enumerate(lines):
            if n not in steady:
                out[b] = ()
    return out


def merge(edit: Edit, copy: Sequence[CopyLine], links: Sequence[tuple[int, ...]]) -> Merged:
    """Lay the edit over the manuscript's lines."""
    uses: dict[int, int] = defaultdict(int)
    for numbers in links:
        for n in numbers:
            uses[n] += 1

    def is_as_sent(b: int) -> bool:
        numbers, line = links[b], edit.sent[b]
        if len(numbers) != 1 or uses[numbers[0]] > 1:
            return False
        return (copy[numbers[0]].text, copy[numbers[0]].role) == (line.text, line.role)

    kept: dict[int, Kept] = {}
    done: set[int] = set()
    dropped = _dropped_articles(edit, copy, links, is_as_sent)
    conflicts = [_article_conflict(edit, article, copy) for article in sorted(dropped)]
    for sent, back in edit.matched.groups():
        here = tuple(at for at in back if edit.articles[at] is not None)
        if sent and not here and edit.sent[sent[0]].article in dropped:
            continue
        now = [n for b in sent for n in links[b]]
        if all(map(is_as_sent, sent)):
            for n, at in enumerate(here):
                kept[at] = _kept(edit, at, copy, now[0] if n == 0 and now else -1)
            done |= set(now)
            continue
        verdict = _both(edit, sent, here, copy, now, uses)
        if verdict is not None:
            kept |= verdict
            done |= {line.copy for line in verdict.values()}
        elif (now or here) and not _is_untouched(edit, sent, here):
            conflicts.append(_conflict(edit, sent, here, copy, now))
    articles: dict[str, list[Kept]] = defaultdict(list)
    for at, line in sorted(kept.items()):
        articles[edit.articles[at] or ""].append(line)
    _insert(articles, copy, [n for n in range(len(copy)) if n not in done])
    return Merged(dict(articles), tuple(conflicts))


def _dropped_articles(
    edit: Edit, copy: Sequence[CopyLine], links: Sequence[tuple[int, ...]], is_as_sent: Callable[[int], bool]
) -> set[str]:
    """Articles that the file lost as a whole while the manuscript changed in them: they are a conflict as a whole."""
    lost = {line.article for line in edit.sent} - set(edit.articles)
    linked = {n for numbers in links for n in numbers}
    changed = {line.article for b, line in enumerate(edit.sent) if not is_as_sent(b)}
    changed |= {line.article for n, line in enumerate(copy) if n not in linked}
    return {article for article in lost & changed if any(line.article == article for line in copy)}


def _article_conflict(edit: Edit, article: str, copy: Sequence[CopyLine]) -> Conflict:
    return Conflict(
        article, "", tuple(line.text for line in edit.sent if line.article == article),
        tuple(line.text for line in copy if line.article == article), (),
    )  # fmt: skip


def _is_untouched(edit: Edit, sent: Sequence[int], back: Sequence[int]) -> bool:
    if len(sent) != 1 or len(back) != 1:
        return False
    line, came = edit.sent[sent[0]], edit.back[back[0]]
    return (line.text, line.role) == (came.text, came.role)


def _both(
    edit: Edit, sent: Sequence[int], back: Sequence[int], copy: Sequence[CopyLine], numbers: Sequence[int],
    uses: dict[int, int],
) -> dict[int, Kept] | None:  # fmt: skip
    """What holds where the manuscript moved on: its own line if the file's is as sent, or both say the same."""
    if len(sent) != 1 or len(back) != 1 or len(numbers) != 1 or uses[numbers[0]] > 1:
        return None
    line = copy[numbers[0]]
    came = edit.back[back[0]]
    if _is_untouched(edit, sent, back) or (line.text, line.role) == (came.text, came.role):
        return {back[0]: Kept(line.role, line.text, numbers[0], intact=True)}
    return None


def _conflict(
    edit: Edit, sent: Sequence[int], back: Sequence[int], copy: Sequence[CopyLine], numbers: Sequence[int]
) -> Conflict:
    first = edit.sent[sent[0]]
    return Conflict(
        first.article, first.ids[0] if first.ids else "", tuple(edit.sent[b].text for b in sent),
        tuple(copy[n].text for n in numbers), tuple(edit.back[at].text for at in back),
    )  # fmt: skip


def _kept(edit: Edit, at: int, copy: Sequence[CopyLine], number: int) -> Kept:
    line = edit.back[at]
    intact = number >= 0 and (copy[number].text, copy[number].role) == (line.text, line.role)
    return Kept(line.role, line.text, number, intact, line.is_further, line.style == STANZA, line.table)


def _insert(articles: dict[str, list[Kept]], copy: Sequence[CopyLine], numbers: Sequence[int]) -> None:
    """Put the manuscript's own new lines (and those in conflict) behind the line they follow there."""
    for number in numbers:
        line = copy[number]
        lines = articles.setdefault(line.article, [])
        before = {kept.copy: at for at, kept in enumerate(lines) if kept.copy >= 0}
        at = next(
            (
                before[n] + 1
                for n in range(number - 1, -1, -1)
                if n in before and copy[n].article == line.article
            ),
            0,
        )
        lines.insert(at, Kept(line.role, line.text, number, intact=True))
