"""The titles inside a group of poems (组诗, 诗二首): short lines that name what follows."""

from __future__ import annotations

import re

GROUP_HEAD = re.compile(
    "组诗|組詩|诗抄|詩抄|诗草|诗选|詩選|[二三四五六七八九十两兩]首|外[一二三四五六七八九]首"
)
TITLE_CHARS = 6
LINES_BELOW = 2
"""A title has at least so many lines of its poem below it."""
_IN_A_CLAUSE = re.compile("[了着著在是有我你他她它也就都又把被替給给从從到不没沒]")


def parted(text: str, is_titled: bool = False) -> list[tuple[bool, str]]:
    """The verse of a group of poems as (is a title, text) in order; `is_titled`: its first title stands above."""
    lines = text.split("\n")
    titles = [
        at
        for at, line in enumerate(lines)
        if 0 < len(line.strip()) <= TITLE_CHARS
        and not _IN_A_CLAUSE.search(line)
        and line[-1] not in "，。！？；、"
        and len(below := [b for b in lines[at + 1 : at + 2 + LINES_BELOW] if b]) >= LINES_BELOW
        and len(below[0]) >= len(line)
    ]
    if not titles or (titles[0] != 0 and not is_titled):
        return [(False, text)]
    above = "\n".join(lines[: titles[0]]).strip("\n")
    out: list[tuple[bool, str]] = [(False, above)] if above else []
    for at, end in zip(titles, [*titles[1:], len(lines)], strict=True):
        out += [(True, lines[at]), (False, "\n".join(lines[at + 1 : end]).strip("\n"))]
    return out
