"""The likeliest words of a text, and how much likelier a changed character would make them.

All words that stand in the text form a lattice; its cheapest path is found once forwards and once
backwards (Viterbi over word pairs, `viterbi`). What an edit of one character gains is then a matter of
the few words that would cover it, so thousands of edits are weighed at once on arrays.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from typeset.lexicon.table import NO_WORD, UNKNOWN_COST, WORD_CHARS, Codes, Lexicon
from typeset.lexicon.viterbi import Costs, Words, best_costs

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
NOTHING = 0
"""The code of an edit that leaves a character out."""
_REACH = WORD_CHARS - 1
_FAMOUS, _ASPECT = ord("著"), ord("着")
_AUTHORS = np.array([ord(c) for c in "名作述称稱者书書显顯原编編专專论論巨卓土译譯合"], np.uint32)
SHARE_TRADITIONAL = 0.02
MOST_STRAYS = 2
"""A text is Traditional if this share of its characters is, and more than so many."""


@dataclass(frozen=True)
class Lattice:
    """All words in a text of n characters and what the best path through each costs, in nats.

    chars     (n,) the text's code points
    codes     (n,) the same, Simplified
    words     (n, 4) the number of the word of 1…4 characters that starts at each, NO_WORD where none does
    costs     what the best paths cost (see `Costs`)
    """

    lexicon: Lexicon
    chars: Codes
    codes: Codes
    words: Words
    costs: Costs

    @property
    def cost(self) -> float:
        """Of the whole text's best path."""
        return self.costs.total

    def spans(self) -> tuple[Ints, Ints]:
        """The words of the best path: where each starts, where each ends."""
        edges = np.flatnonzero(self.costs.is_edge)
        return edges[:-1], edges[1:]

    def path(self) -> list[tuple[int, int]]:
        """The words of the best path as (start, end)."""
        start, end = self.spans()
        return list(zip(start.tolist(), end.tolist(), strict=True))

    @functools.cached_property
    def alone(self) -> Bools:
        """(n,) True for characters that the best path has as words of their own."""
        alone: Bools = self.costs.is_edge[:-1] & self.costs.is_edge[1:]
        return alone

    @functools.cached_property
    def in_long_word(self) -> Bools:
        """(n,) True for characters of the best path's words of three and more."""
        return self.inside(*(edge[np.diff(self.spans(), axis=0)[0] > 2] for edge in self.spans()))

    def inside(self, start: Ints, end: Ints) -> Bools:
        """(n,) True between each start and end."""
        edges = np.zeros(len(self.codes) + 1, np.int64)
        edges[start] += 1
        edges[end] -= 1
        within: Bools = np.cumsum(edges)[:-1] > 0
        return within

    def single_costs(self, codes: Codes) -> Floats:
        """What each of any characters costs as a word of its own."""
        return self.lexicon.cost_of(self.lexicon.singles[codes])

    def gains(self, at: Ints, to: Ints, new: Codes) -> Floats:
        """What each edit gains in nats: `new` (or NOTHING) in place of the characters from `at` to `to`."""
        return self.gains_and_sizes(at, to, new)[0]

    def gains_and_sizes(self, at: Ints, to: Ints, new: Codes) -> tuple[Floats, Ints]:
        """What each edit gains, and how long the word is that it stands in (0: between two words)."""
        best = np.full(len(at), np.inf)
        sizes = np.zeros(len(at), np.int64)
        window = self._window(at, to, new)
        inside = (new != NOTHING).astype(np.int64)
        joined = self._joined(window, inside)
        for left in range(_REACH + 1):
            for right in range(_REACH + 1 - left):
                fits = (at >= left) & (to + right <= len(self.codes)) & (left + right + inside <= WORD_CHARS)
                if not (left and right):
                    fits &= inside == 1
                for pair in (*range(_REACH - left, _REACH), *range(_REACH, _REACH + right)):
                    fits &= joined[pair]
                chosen = np.flatnonzero(fits)
                word = self.lexicon.words(_key(window, chosen, left, right, inside))
                known = np.flatnonzero((word != NO_WORD) | (left + right == 0))
                chosen, word = chosen[known], word[known]
                cost = self._through(at[chosen] - left, to[chosen] + right, word)
                better = cost < best[chosen]
                best[chosen[better]] = cost[better]
                sizes[chosen[better]] = left + right + inside[chosen[better]]
        parted = np.flatnonzero(inside == 0)
        if len(parted):
            cost = self._seam(at[parted], to[parted])
            better = cost < best[parted]
            best[parted[better]] = cost[better]
            sizes[parted[better]] = 0
        return self.cost - best, sizes

    def _window(self, at: Ints, to: Ints, new: Codes) -> list[Codes]:
        """Seven rows of k: three characters before each edit, the new one, three after it."""
        padded = np.concatenate([np.zeros(_REACH, np.uint32), self.codes, np.zeros(_REACH, np.uint32)])
        return [
            *(padded[at + back] for back in range(_REACH)),
            new,
            *(padded[to + _REACH + on] for on in range(_REACH)),
        ]

    def _joined(self, window: list[Codes], inside: Ints) -> list[Bools]:
        """Six rows of k: whether some word has each two neighbours of the window side by side.

        Where an edit leaves nothing, its left neighbour meets its right one.
        """
        rows = [self.lexicon.joined(one, other) for one, other in pairwise(window)]
        if not inside.all():
            across = self.lexicon.joined(window[_REACH - 1], window[_REACH + 1])
            rows[_REACH - 1] = np.where(inside == 1, rows[_REACH - 1], across)
            rows[_REACH] = np.where(inside == 1, rows[_REACH], across)
        return rows

    def _through(self, begin: Ints, finish: Ints, word: npt.NDArray[np.int32]) -> Floats:
        """Cost of the best path that has `word` from `begin` to `finish`."""
        ahead = np.where(begin == 0, self._link(np.full(len(word), NO_WORD, np.int32), word), np.inf)
        behind = np.where(finish == len(self.codes), 0.0, np.inf)
        for size in range(1, WORD_CHARS + 1):
            there = np.flatnonzero(begin >= size)
            there = there[self._has(begin[there] - size, size)]
            start = begin[there] - size
            cost = self.costs.ahead[start, size - 1] + self._link(self.words[start, size - 1], word[there])
            ahead[there] = np.minimum(ahead[there], cost)
            there = np.flatnonzero(finish + size <= len(self.codes))
            there = there[self._has(finish[there], size)]
            after = self.words[finish[there], size - 1]
            cost = self.costs.behind[finish[there], size - 1] + self._link(word[there], after)
            behind[there] = np.minimum(behind[there], cost)
        return ahead + behind

    def _seam(self, begin: Ints, finish: Ints) -> Floats:
        """Cost of the best path that has nothing between `begin` and `finish`, and an edge there."""
        out = np.full(len(begin), np.inf)
        for size in range(1, WORD_CHARS + 1):
            there = np.flatnonzero(begin >= size)
            there = there[self._has(begin[there] - size, size)]
            start = begin[there] - size
            first = self.words[start, size - 1]
            ahead = self.costs.ahead[start, size - 1]
            last = np.where(finish[there] == len(self.codes), ahead, np.inf)
            out[there] = np.minimum(out[there], last)
            for other in range(1, WORD_CHARS + 1):
                inner = np.flatnonzero(finish[there] + other <= len(self.codes))
                inner = inner[self._has(finish[there[inner]], other)]
                both = there[inner]
                second = self.words[finish[both], other - 1]
                cost = (
                    ahead[inner]
                    + self._link(first[inner], second)
                    + self.costs.behind[finish[both], other - 1]
                )
                out[both] = np.minimum(out[both], cost)
        return out

    def _has(self, start: Ints, size: int) -> Bools:
        there: Bools = np.isfinite(self.costs.ahead[start, size - 1])
        return there

    def _link(self, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32]) -> Floats:
        return self.lexicon.together(first, second)


def _key(window: list[Codes], chosen: Ints, left: int, right: int, inside: Ints) -> npt.NDArray[np.uint64]:
    """The keys of the words over so many characters before, in and after each edit."""
    key = np.zeros(len(chosen), np.uint64)
    for row in range(_REACH - left, _REACH):
        key = (key << np.uint64(16)) | window[row][chosen]
    key = np.where(inside[chosen] == 1, (key << np.uint64(16)) | window[_REACH][chosen], key)
    for row in range(_REACH + 1, _REACH + 1 + right):
        key = (key << np.uint64(16)) | window[row][chosen]
    return key


def lattice(lexicon: Lexicon, text: str) -> Lattice:
    """The lattice of `text`."""
    chars = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    codes = _colloquial(chars, lexicon.folded(chars))
    words = lexicon.starts(codes)
    words, costs = best_costs(lexicon, words)
    return Lattice(lexicon, chars, codes, words, costs)


def is_traditional(chars: Codes, codes: Codes) -> bool:
    least = max(MOST_STRAYS, SHARE_TRADITIONAL * len(chars))
    return bool(np.count_nonzero((chars != codes) & (chars >= 0x3400)) > least)


def _colloquial(chars: Codes, codes: Codes) -> Codes:
    """Traditional texts write 看著 for 看着, which folding leaves, since 著名 has it too."""
    places = np.flatnonzero(codes == _FAMOUS)
    if len(places) and is_traditional(chars, codes):
        padded = np.concatenate([[0], codes, [0]])
        famous = np.isin(padded[places], _AUTHORS) | np.isin(padded[places + 2], _AUTHORS)
        codes[places[~famous]] = _ASPECT
    return codes


__all__ = ["NOTHING", "UNKNOWN_COST", "Bools", "Floats", "Ints", "Lattice", "is_traditional", "lattice"]
