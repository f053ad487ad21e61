"""Jump lines (转版) resolved: the parts of an article that 下转/上接 tore apart become one again."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from typeset.parse.lines import page_number
from typeset.parse.parts import Part, seam
from typeset.parse.text import is_final

FIT = {
    "page_from": 3.0,  # 上接 names the page where the other part stands
    "page_to": 3.0,  # 下转 names this part's page
    "title": 5.0,  # the continuation repeats the title
    "earlier": 1.0,
    "broken": 1.0,  # one breaks off and the other goes on
    "distance": -0.05,
}
MIN_FIT = 1.0
REACH = 60
"""A jump goes over at most so many parts, so that the search stays linear."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The parts left, the seams that were mended, and jump marks without a fellow."""

    parts: list[Part]
    joins: list[tuple[str, str]]
    lost: list[Part]


def resolve(parts: list[Part]) -> Resolved:
    """Put each continuation to the part that jumps to it."""
    joins: list[tuple[str, str]] = []
    open_parts = [i for i, p in enumerate(parts) if p.jump_out is not None]
    chains: dict[int, int] = {}
    for at, part in enumerate(parts):
        if part.jump_in is None:
            continue
        near = [i for i in open_parts[bisect_left(open_parts, at - REACH) :][: 2 * REACH] if i <= at + REACH]
        if not near:
            continue
        best = max(near, key=lambda i: _fit(parts, i, at))
        if best != at and _fit(parts, best, at) >= MIN_FIT and _root(chains, best) != at:
            open_parts.remove(best)
            chains[at] = best
    for at in sorted(chains):
        host, part = parts[_root(chains, at)], parts[at]
        join = _append(host, part)
        if join is not None:
            joins.append(join)
    kept = [p for i, p in enumerate(parts) if i not in chains]
    used = set(chains) | set(chains.values())
    lost = [
        p for i, p in enumerate(parts) if i not in used and (p.jump_in is not None or p.jump_out is not None)
    ]
    return Resolved(kept, joins, lost)


def _root(chains: dict[int, int], at: int) -> int:
    while at in chains:
        at = chains[at]
    return at


def _fit(parts: list[Part], out: int, into: int) -> float:
    source, target = parts[out], parts[into]
    score = FIT["distance"] * abs(into - out) + (FIT["earlier"] if out < into else 0.0)
    score += FIT["page_from"] * (target.jump_in == page_number(source.page))
    score += FIT["page_to"] * (source.jump_out == page_number(target.page))
    if target.jump_title and source.heads:
        title, heads = set(target.jump_title), set("".join(source.heads))
        score += FIT["title"] * len(title & heads) / len(title) - 1.5
    if source.drafts and target.drafts and source.jump_at:
        broken = not is_final(source.drafts[source.jump_at - 1].text)
        score += FIT["broken"] if broken == (target.drafts[0].type == "para") else 0.0
    return score


def _append(host: Part, part: Part) -> tuple[str, str] | None:
    """Put `part` where `host` jumped; the seam, if a paragraph was cut there."""
    join = None
    drafts = part.drafts
    at = host.jump_at
    if drafts and at and host.drafts[at - 1].type == drafts[0].type == "para":
        left = host.drafts[at - 1]
        if not is_final(left.text):
            join = seam(left.text[-60:], drafts[0].text[:60])
            left.pieces += drafts[0].pieces
            left.last = drafts[0].last
            drafts = drafts[1:]
    host.drafts[at:at] = drafts
    host.names += part.names
    host.sources += part.sources
    host.jump_at = at + (part.jump_at - (1 if join else 0) if part.jump_out is not None else len(drafts))
    return join
