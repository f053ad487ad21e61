"""What was done to a file, as events: by article, each line's change of words, role and place.

Moved is what does not stand in the longest run (by characters) that kept its order: articles first, then lines within
an article. An article that came or went is one event with all its lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from typeset.return_.match import Match, solid
from typeset.return_.values import BaseLine, Event, EventKind, Line, Revision


@dataclass(frozen=True, slots=True)
class Edit:
    """A file's lines as sent and as edited, how they belong together, and each edited line's article."""

    sent: tuple[BaseLine, ...]
    back: tuple[Line, ...]
    matched: Match
    articles: tuple[str | None, ...]
    touched: Mapping[str, tuple[Revision, ...]]
    moved_ids: frozenset[str] = frozenset()
    """Bookmarks of tracked moves."""

    def revisions(self, sent: Sequence[int], back: Sequence[int]) -> tuple[Revision, ...]:
        found = [r for b in sent for ident in self.sent[b].ids for r in self.touched.get(ident, ())]
        found += [r for at in back for r in self.back[at].revisions]
        return tuple(dict.fromkeys(found))

    def follows(self, at: int) -> str:
        """The words of the line before, in the same article."""
        before = at - 1
        while before >= 0 and self.articles[before] is None:
            before -= 1
        return self.back[before].text if before >= 0 and self.articles[before] == self.articles[at] else ""


def events_of(edit: Edit) -> tuple[Event, ...]:
    """All that was done, article by article as they stand now, deleted ones where they stood."""
    whole, gone, new = _article_events(edit)
    lines = list(_line_events(edit, gone, new))
    order = [*dict.fromkeys(a for a in edit.articles if a is not None)]
    order += [a for a in dict.fromkeys(line.article for line in edit.sent) if a not in order]
    rank = {article: n for n, article in enumerate(order)}
    return tuple(sorted((*whole, *lines), key=lambda event: rank.get(event.article, len(rank))))


def in_order(keys: Sequence[int], weights: Sequence[float]) -> set[int]:
    """The positions of the heaviest strictly rising run in `keys`."""
    if all(one < other for one, other in pairwise(keys)):
        return set(range(len(keys)))
    best: list[tuple[float, int]] = []
    for at, key in enumerate(keys):
        before = max(
            ((best[n][0], n) for n in range(at) if keys[n] < key), default=(0.0, -1), key=lambda pair: pair[0]
        )
        best.append((before[0] + weights[at], before[1]))
    out: set[int] = set()
    at = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    while at >= 0:
        out.add(at)
        at = best[at][1]
    return out


def _article_events(edit: Edit) -> tuple[list[Event], set[str], set[str]]:
    """Articles added, deleted and moved; the ids of those deleted and of those added."""
    was = [*dict.fromkeys(line.article for line in edit.sent)]
    now = [*dict.fromkeys(a for a in edit.articles if a is not None)]
    gone, new = set(was) - set(now), set(now) - set(was)
    size: dict[str, float] = defaultdict(float)
    for line in edit.sent:
        size[line.article] += len(line.text)
    kept = [article for article in now if article not in new]
    place = {article: n for n, article in enumerate(was)}
    steady = in_order([place[a] for a in kept], [size[a] for a in kept])
    out: list[Event] = []
    for at, article in enumerate(now):
        lines = tuple(n for n, a in enumerate(edit.articles) if a == article)
        texts = tuple(edit.back[n].text for n in lines)
        before = now[at - 1] if at else ""
        if article in new:
            out.append(
                Event(
                    "article_added",
                    article,
                    "",
                    after=texts,
                    follows=before,
                    revisions=edit.revisions((), lines),
                )
            )
        elif kept.index(article) not in steady:
            out.append(
                Event("article_moved", article, "", follows=before, revisions=edit.revisions((), lines))
            )
    for article in was:
        if article in gone:
            numbers = tuple(b for b, line in enumerate(edit.sent) if line.article == article)
            lost = tuple(edit.sent[b].text for b in numbers if not edit.matched.came[b])
            out.append(
                Event("article_deleted", article, "", before=lost, revisions=edit.revisions(numbers, ()))
            )
    return out, gone, new


def _line_events(edit: Edit, gone: set[str], new: set[str]) -> Iterator[Event]:
    moved = _moved(edit)
    for sent, back in edit.matched.groups():
        here = tuple(at for at in back if edit.articles[at] is not None)
        if not sent:
            for at in here:
                article = edit.articles[at] or ""
                if article not in new:
                    yield Event(
                        "added", article, edit.back[at].role, after=(edit.back[at].text,), follows=edit.follows(at),
                        revisions=edit.revisions((), (at,)),
                    )  # fmt: skip
            continue
        if not here:
            for b in sent:
                if edit.sent[b].article not in gone or back:
                    yield _event(edit, "deleted", (b,), ())
            continue
        yield from _kept(edit, sent, here)
        if sent[0] in moved:
            home, stands = edit.sent[sent[0]].article, edit.articles[here[0]] or ""
            event = _event(edit, "moved", sent, here)
            yield replace(event, was=home if home != stands else "", follows=edit.follows(here[0]))


def _kept(edit: Edit, sent: Sequence[int], back: Sequence[int]) -> Iterator[Event]:
    """What became of lines that are still there: parted, joined, other words, another role."""
    if len(back) > 1:
        yield _event(edit, "split", sent, back)
    if len(sent) > 1:
        yield _event(edit, "merged", sent, back)
    if _has_other_words(edit, sent, back):
        yield _event(edit, "changed", sent, back)
    roles = {edit.sent[b].role for b in sent}
    for at in back:
        if edit.back[at].role not in roles:
            event = _event(edit, "restyled", sent, (at,))
            yield replace(event, was=edit.sent[sent[0]].role)


def _has_other_words(edit: Edit, sent: Sequence[int], back: Sequence[int]) -> bool:
    """White space counts within a line, but not where lines were parted or joined."""
    if len(sent) == len(back) == 1:
        return edit.sent[sent[0]].text != edit.back[back[0]].text
    return solid("".join(edit.sent[b].text for b in sent)) != solid(
        "".join(edit.back[at].text for at in back)
    )


def _event(edit: Edit, kind: EventKind, sent: Sequence[int], back: Sequence[int]) -> Event:
    article = (edit.articles[back[0]] if back else None) or edit.sent[sent[0]].article
    return Event(
        kind, article, edit.back[back[0]].role if back else edit.sent[sent[0]].role,
        before=tuple(edit.sent[b].text for b in sent), after=tuple(edit.back[at].text for at in back),
        id=edit.sent[sent[0]].ids[0] if edit.sent[sent[0]].ids else "", revisions=edit.revisions(sent, back),
    )  # fmt: skip


def _moved(edit: Edit) -> set[int]:
    """The first line sent of each group that stands elsewhere now."""
    out: set[int] = set()
    stay: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for sent, back in edit.matched.groups():
        here = [at for at in back if edit.articles[at] is not None]
        if not sent or not here:
            continue
        if edit.articles[here[0]] != edit.sent[sent[0]].article or edit.moved_ids.intersection(
            edit.sent[sent[0]].ids
        ):
            out.add(sent[0])
        else:
            stay[edit.sent[sent[0]].article].append((here[0], sent[0]))
    for lines in stay.values():
        lines.sort()
        steady = in_order([b for _, b in lines], [1 + len(edit.sent[b].text) for _, b in lines])
        out |= {b for n, (_, b) in enumerate(lines) if n not in steady}
    return out
