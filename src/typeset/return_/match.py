"""Which lines that came back are which lines that were sent.

Bookmarks say it first, then Word's paragraph ids, then the words: equal, alike, or held by a neighbour (a split or a
merge that lost its bookmarks). A bookmark over two lines is believed only where their words are of its line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from typeset.return_.values import BaseLine, Line

ALIKE = 0.55
"""Share of common pairs of characters from which two lines without keys are the same line."""
HELD = 0.75
"""Share of a line's pairs from which another line holds it."""
PART = 0.4
"""Share of a piece's pairs in the line sent from which the bookmark over it is believed."""
_LEAST_HELD = 4


@dataclass(frozen=True, slots=True)
class Match:
    """For each line sent the numbers of the lines that came of it, and the other way round; both in order."""

    came: tuple[tuple[int, ...], ...]
    was: tuple[tuple[int, ...], ...]

    def groups(self) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """(lines sent, lines that came back) that hang together; of the lines sent first, then of what is new."""
        out = []
        done: set[int] = set()
        for start in range(len(self.came)):
            if start in done:
                continue
            sent, back = {start}, set(self.came[start])
            while True:
                more = {b for e in back for b in self.was[e]} - sent
                if not more:
                    break
                sent |= more
                back |= {e for b in more for e in self.came[b]}
            done |= sent
            out.append((tuple(sorted(sent)), tuple(sorted(back))))
        out += [((), (e,)) for e, sent_lines in enumerate(self.was) if not sent_lines]
        return out


def solid(text: str) -> str:
    """Without white space, which an editor's program may add or drop."""
    return "".join(text.split())


@lru_cache(maxsize=65536)
def _pairs(text: str) -> Counter[str]:
    bare = solid(text)
    return Counter(bare[n : n + 2] for n in range(len(bare) - 1)) if len(bare) > 1 else Counter((bare,))


def share(part: str, whole: str) -> float:
    """What share of a text's pairs of characters another has."""
    pairs = _pairs(part)
    return sum((pairs & _pairs(whole)).values()) / max(1, pairs.total())


def alike(one: str, other: str) -> float:
    """Share of common pairs (Dice)."""
    first, second = _pairs(one), _pairs(other)
    return 2 * sum((first & second).values()) / max(1, first.total() + second.total())


def match(
    sent: Sequence[BaseLine],
    back: Sequence[Line],
    moves: Iterable[tuple[str, str]] = (),
    para_id: Callable[[str], str] = lambda _: "",
    by_place: bool = False,
) -> Match:
    """Match lines that came back to lines sent; `moves` are tracked ones: (bookmark at the source, text there now).

    `by_place`: one line between two that are matched is the one that stood between them, whatever it says now.
    """
    claims = _Claims(len(sent), len(back))
    number = {ident: n for n, line in enumerate(sent) for ident in line.ids}
    _by_bookmark(sent, back, number, claims)
    _by_moves(sent, back, number, moves, claims)
    _by_equal_words(sent, back, claims)
    _by_weak_keys(sent, back, number, {para_id(i): n for i, n in number.items() if para_id(i)}, claims)
    _by_like_words(sent, back, claims)
    if by_place:
        _by_place(sent, back, claims)
    _by_neighbours(sent, back, claims)
    return Match(
        tuple(tuple(sorted(found)) for found in claims.came),
        tuple(tuple(sorted(found)) for found in claims.was),
    )


class _Claims:
    """Who is whose, while it is being found out."""

    def __init__(self, sent: int, back: int) -> None:
        self.came: list[set[int]] = [set() for _ in range(sent)]
        self.was: list[set[int]] = [set() for _ in range(back)]

    def add(self, sent: int, back: int) -> None:
        self.came[sent].add(back)
        self.was[back].add(sent)


def _by_bookmark(
    sent: Sequence[BaseLine], back: Sequence[Line], number: Mapping[str, int], claims: _Claims
) -> None:
    """A bookmark's line; of several lines under one bookmark, those whose words it sent."""
    held: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(back):
        for b in dict.fromkeys(number[ident] for ident in line.ids if ident in number):
            held[b].append(at)
    for b, lines in held.items():
        if len(lines) == 1:
            claims.add(b, lines[0])
            continue
        equal = [at for at in lines if solid(back[at].text) == solid(sent[b].text)]
        parts = equal[:1] or [at for at in lines if share(back[at].text, sent[b].text) >= PART]
        for at in parts or lines[:1]:
            claims.add(b, at)


def _by_weak_keys(
    sent: Sequence[BaseLine], back: Sequence[Line], number: Mapping[str, int], by_para: Mapping[str, int],
    claims: _Claims,
) -> None:  # fmt: skip
    """A line without a key of its own takes that of an empty bookmark in it, or Word's paragraph id."""
    for at, line in enumerate(back):
        if claims.was[at]:
            continue
        names = [number[i] for i in line.weak if i in number]
        names += [by_para[line.para_id]] if line.para_id in by_para else []
        for b in names:
            if not claims.came[b]:
                claims.add(b, at)
                break


def _by_moves(
    sent: Sequence[BaseLine], back: Sequence[Line], number: Mapping[str, int], moves: Iterable[tuple[str, str]],
    claims: _Claims,
) -> None:  # fmt: skip
    free = _free_by_words(back, claims)
    for ident, text in moves:
        b = number.get(ident)
        found = free.get(solid(text))
        if b is not None and not claims.came[b] and found:
            claims.add(b, found.pop(0))


def _by_equal_words(sent: Sequence[BaseLine], back: Sequence[Line], claims: _Claims) -> None:
    """Equal words, in their order."""
    free = _free_by_words(back, claims)
    for b, line in enumerate(sent):
        found = free.get(solid(line.text)) if not claims.came[b] else None
        if found:
            claims.add(b, found.pop(0))


def _free_by_words(back: Sequence[Line], claims: _Claims) -> dict[str, list[int]]:
    """Lines that nobody claims yet, by their words; what surrounds the articles may say the same as they do."""
    out: dict[str, list[int]] = defaultdict(list)
    for at in _free(back, claims):
        out[solid(back[at].text)].append(at)
    return out


def _free(back: Sequence[Line], claims: _Claims) -> list[int]:
    return [at for at, line in enumerate(back) if not claims.was[at] and line.role != "furniture"]


def _by_like_words(sent: Sequence[BaseLine], back: Sequence[Line], claims: _Claims) -> None:
    """Words that are alike, the most alike first."""
    lost = [b for b in range(len(sent)) if not claims.came[b]]
    new = _free(back, claims)
    index: dict[str, list[int]] = defaultdict(list)
    for at in new:
        for pair in _pairs(back[at].text):
            index[pair].append(at)
    scored = []
    for b in lost:
        near = Counter(at for pair in _pairs(sent[b].text) for at in index.get(pair, ()))
        for at, _ in near.most_common(8):
            likeness = alike(sent[b].text, back[at].text)
            if likeness >= ALIKE:
                scored.append((-likeness, b, at))
    for _, b, at in sorted(scored):
        if not claims.came[b] and not claims.was[at]:
            claims.add(b, at)


def _by_place(sent: Sequence[BaseLine], back: Sequence[Line], claims: _Claims) -> None:
    for b in range(len(sent)):
        before = claims.came[b - 1] if b else {-1}
        after = claims.came[b + 1] if b + 1 < len(sent) else {len(back)}
        if claims.came[b] or len(before) != 1 or len(after) != 1:
            continue
        at = next(iter(before)) + 1
        if next(iter(after)) == at + 1 and not claims.was[at] and back[at].role == sent[b].role:
            claims.add(b, at)


def _by_neighbours(sent: Sequence[BaseLine], back: Sequence[Line], claims: _Claims) -> None:
    """Lost lines held by what became of a neighbour (merges), new lines that a neighbour's line holds (splits)."""
    for b, line in enumerate(sent):
        if claims.came[b] or len(solid(line.text)) < _LEAST_HELD:
            continue
        for near in (b - 1, b + 1):
            if 0 <= near < len(sent) and sent[near].article == line.article:
                own = sent[near].text
                held = [
                    at
                    for at in claims.came[near]
                    if share(line.text, back[at].text) >= HELD and share(line.text, own) < HELD
                ]
                if held:
                    claims.add(b, held[0])
                    break
    for at, came in enumerate(back):
        for near in (at - 1, at + 1):
            if claims.was[at] or not 0 <= near < len(back):
                continue
            for b in claims.was[near]:
                pieces = (came.text + back[near].text, back[near].text + came.text)[near < at]
                is_held = share(came.text, sent[b].text) >= HELD > share(came.text, back[near].text)
                is_long = len(solid(came.text)) >= _LEAST_HELD
                if solid(pieces) == solid(sent[b].text) or (is_long and is_held):
                    claims.add(b, at)
                    break
