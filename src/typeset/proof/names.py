"""Names written in two ways (姓名前后不一致): one character apart, in one article or byline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from typeset.lexicon.segment import Lattice
from typeset.model.bulletin import Bulletin
from typeset.proof.copy import Copy
from typeset.proof.look_alikes import SURNAMES
from typeset.proof.slips import Slip

_NAME = re.compile(f"(?=([{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{2}}))")

_NO_NAME_END = frozenset("的了在是和与及对把被也都就而并又从以为于由向将还更最很有来去说到后前正猛获一上下中老着过给让叫")
"""What stands after a name of two characters, not in one of three."""


def name_slips(bulletin: Bulletin, copy: Copy, lattice: Lattice) -> Iterator[Slip]:
    """A rarer spelling beside a commoner one that stands twice or in a byline."""
    alone = [False] * (len(copy.text) + 3)
    for start, end in lattice.path():
        alone[start] = end - start == 1
    by_article: dict[int, list[tuple[int, str]]] = {}
    for match in _NAME.finditer(copy.text):
        at = match.start()
        if all(alone[at : at + 3]):
            by_article.setdefault(copy.passage_at(at).article, []).append((at, match[1]))
    for number, names in by_article.items():
        signed = Counter({name: 2 for name in bulletin.articles[number].byline if len(name) == 3})
        yield from _twins(names, signed)


def _twins(names: list[tuple[int, str]], signed: Counter[str]) -> Iterator[Slip]:
    count = Counter(name for _, name in names) + signed
    followers = Counter(name[:2] for name in count)
    for at, name in names:
        if count[name] != 1 or followers[name[:2]] > 2 or name[2] in _NO_NAME_END:
            continue
        for other, often in count.items():
            differing = [k for k in range(3) if other[k] != name[k]]
            if often >= 2 and len(differing) == 1 and differing[0] > 0 and other[2] not in _NO_NAME_END:
                place = at + differing[0]
                yield Slip(place, place + 1, other[differing[0]], "name", 0.6)
                break
