"""Which article each returned line stands in now.

An article begins at its head, or at its first line where it has none (left); a new article at a headline that is
nobody's further line. A new kicker belongs to the headline below it. What is new before all articles has none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from typeset.return_.match import Match
from typeset.return_.values import HEAD_ROLES, BaseLine, Line


def article_of_lines(
    sent: Sequence[BaseLine], back: Sequence[Line], matched: Match, taken: Iterable[str]
) -> list[str | None]:
    """The id of each line's article; new articles get ids that are in neither file (`taken`)."""
    openers = _openers(sent, back, matched)
    fresh = _fresh_ids(taken)
    out: list[str | None] = []
    current: str | None = None
    has_body = True
    for at, line in enumerate(back):
        if line.role == "furniture" or line.place:
            own = matched.was[at] if line.role != "furniture" else ()
            out.append(sent[own[0]].article if own else None)
            continue
        if at in openers:
            current, has_body = openers[at], False
        elif _begins_anew(at, sent, back, matched, has_body, current):
            current, has_body = next(fresh), False
        has_body = has_body or line.role not in HEAD_ROLES
        # what was moved above the first article stays its own article's
        own = matched.was[at]
        out.append(sent[own[0]].article if current is None and own else current)
    _attach_kickers(back, matched, out, openers)
    return out


def _openers(sent: Sequence[BaseLine], back: Sequence[Line], matched: Match) -> dict[int, str]:
    """The line at which each article that was sent begins now."""
    own: dict[str, list[int]] = defaultdict(list)
    heads: dict[str, list[int]] = defaultdict(list)
    for b, line in enumerate(sent):
        for at in matched.came[b]:
            if back[at].role == "furniture" or back[at].place:
                continue
            own[line.article].append(at)
            if line.role in HEAD_ROLES and back[at].role in HEAD_ROLES:
                heads[line.article].append(at)
    out: dict[int, str] = {}
    stands = {at: sent[was[0]].article for at, was in enumerate(matched.was) if was}
    order = sorted(stands)
    for article, lines in own.items():
        headed = heads.get(article)
        begin = min(headed) if headed else _first_at_home(article, lines, stands, order)
        if begin is None:
            continue
        # a head that was put on top of an article without one
        while not headed and begin > 0 and _is_loose_head(back[begin - 1], matched.was[begin - 1]):
            begin -= 1
        out.setdefault(begin, article)
    return out


def _is_loose_head(line: Line, was: Sequence[int]) -> bool:
    return not was and line.role in HEAD_ROLES and not line.place


def _first_at_home(
    article: str, at_lines: Sequence[int], stands: Mapping[int, str], order: Sequence[int]
) -> int | None:
    """The first line of an article without a head that is followed by another of its own; else the first, unless
    another article's lines stand on both sides: then what is left of it was moved there.

    `stands`: the matched lines to the article each was sent in; `order`: their numbers, rising.
    """
    alone = []
    for at in sorted(set(at_lines)):
        place = bisect_left(order, at)
        before = stands[order[place - 1]] if place else None
        after = stands[order[place + 1]] if place + 1 < len(order) else None
        if after == article:
            return at
        if before is None or before != after:
            alone.append(at)
    return alone[0] if alone else None


def _begins_anew(
    at: int,
    sent: Sequence[BaseLine],
    back: Sequence[Line],
    matched: Match,
    has_body: bool,
    current: str | None,
) -> bool:
    """Whether a headline begins an article of its own: it is new or was no headline, and no head's further line."""
    line = back[at]
    if line.role != "headline" or any(sent[b].role in HEAD_ROLES for b in matched.was[at]):
        return False
    return current is None or (has_body and not line.is_further)


def _attach_kickers(
    back: Sequence[Line], matched: Match, out: list[str | None], openers: dict[int, str]
) -> None:
    """A new kicker directly above an article's first line is that article's."""
    for at in range(len(back) - 2, -1, -1):
        if back[at].role != "kicker" or matched.was[at] or back[at].place or out[at + 1] is None:
            continue
        if back[at + 1].role in ("kicker", "headline") and out[at + 1] != out[at]:
            out[at] = out[at + 1]


def _fresh_ids(taken: Iterable[str]) -> Iterator[str]:
    names = set(taken)
    last = max((int(found[1]) for name in names if (found := re.fullmatch(r"a(\d{1,6})", name))), default=0)
    while True:
        last += 1
        yield f"a{last}"
