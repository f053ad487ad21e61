"""The likeliest words of a text, and how much likelier a changed character would make them.

All words that stand in the text form a lattice; its cheapest path is found once forwards and once
backwards (Viterbi over word pairs). What an edit of one character gains is then a matter of the few
words that would cover it, so thousands of edits are weighed at once on arrays.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from typeset.lexicon.table import NO_WORD, STEP, UNKNOWN_COST, WORD_CHARS, Codes, Lexicon

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
NOTHING = 0
"""The code of an edit that leaves a character out."""
_REACH = WORD_CHARS - 1


@dataclass(frozen=True)
class Lattice:
    """All words in a text and what the best path through each costs, in nats.

    chars       (n,) the text's code points
    codes       (n,) the same, Simplified
    start, end  (m,) where each word stands, ordered by start
    word        (m,) its number, NO_WORD for a character that is none
    ahead       (m,) cost of the best path up to and with the word
    behind      (m,) cost of the best path after it
    by_end      (m,) the words ordered by end
    """

    lexicon: Lexicon
    chars: Codes
    codes: Codes
    start: Ints
    end: Ints
    word: npt.NDArray[np.int32]
    ahead: Floats
    behind: Floats
    by_end: Ints

    @property
    def cost(self) -> float:
        """Of the whole text's best path."""
        return float(self.ahead[self.end == len(self.codes)].min()) if len(self.codes) else 0.0

    def gains(self, at: Ints, to: Ints, new: Codes) -> Floats:
        """What each edit gains in nats: `new` (or NOTHING) in place of the characters from `at` to `to`."""
        return self.gains_and_sizes(at, to, new)[0]

    def gains_and_sizes(self, at: Ints, to: Ints, new: Codes) -> tuple[Floats, Ints]:
        """What each edit gains, and how long the word is that it stands in."""
        sizes = np.zeros(len(at), np.int64)
        best = np.full(len(at), np.inf)
        window = self._window(at, to, new)
        middle = (new != NOTHING).astype(np.int64)
        for left in range(_REACH + 1):
            for right in range(_REACH + 1):
                for inside in (0, 1):
                    size = left + inside + right
                    if not 0 < size <= WORD_CHARS or (not inside and not (left and right)):
                        continue
                    chosen = np.flatnonzero(
                        (middle == inside) & (at >= left) & (to + right <= len(self.codes))
                    )
                    if len(chosen):
                        cost = self._cost_over(window[chosen], left, inside, right, at[chosen], to[chosen])
                        better = cost < best[chosen]
                        best[chosen[better]] = cost[better]
                        sizes[chosen[better]] = size
        parted = np.flatnonzero(middle == 0)
        if len(parted):
            cost = self._through(at[parted], to[parted], np.full(len(parted), NO_WORD, np.int32), 0.0, True)
            best[parted] = np.minimum(best[parted], cost)
        return self.cost - best, sizes

    def _window(self, at: Ints, to: Ints, new: Codes) -> Codes:
        """(k, 7): three characters before each edit, the new one, three after it."""
        padded = np.concatenate([np.zeros(_REACH, np.uint32), self.codes, np.zeros(_REACH, np.uint32)])
        reach = np.arange(_REACH)
        left = padded[at[:, None] + reach]
        right = padded[to[:, None] + _REACH + reach]
        return np.concatenate([left, new[:, None], right], axis=1)

    def _cost_over(self, window: Codes, left: int, inside: int, right: int, at: Ints, to: Ints) -> Floats:
        """Cost of the best path through the word of so many characters before, in and after the edit."""
        columns = [
            *range(_REACH - left, _REACH),
            *([_REACH] if inside else []),
            *range(_REACH + 1, _REACH + 1 + right),
        ]
        key = np.zeros(len(window), np.uint64)
        for column in columns:
            key = (key << np.uint64(16)) | window[:, column].astype(np.uint64)
        word = self.lexicon.words(key)
        out = np.full(len(window), np.inf)
        is_single = len(columns) == 1
        known = np.flatnonzero((word != NO_WORD) | is_single)
        if len(known):
            out[known] = self._through(at[known] - left, to[known] + right, word[known], 1.0, False)
        return out

    def _through(
        self, begin: Ints, finish: Ints, word: npt.NDArray[np.int32], _weight: float, is_seam: bool
    ) -> Floats:
        """Cost of the best path that has `word` from `begin` to `finish`; a seam has nothing there."""
        first = self._ranges(self.end[self.by_end], begin)
        after = self._ranges(self.start, finish)
        if is_seam:
            return self._seam_cost(first, after)
        ahead = self._best_before(first, begin, word)
        return ahead + self._best_after(after, finish, word)

    def _ranges(self, ordered: Ints, values: Ints) -> tuple[Ints, Ints]:
        return np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")

    def _best_before(self, span: tuple[Ints, Ints], begin: Ints, word: npt.NDArray[np.int32]) -> Floats:
        owner, inner = _spread(span)
        words = self.by_end[inner]
        cost = self.ahead[words] + pair_costs(self.lexicon, self.word[words], word[owner])
        out = np.full(len(begin), np.inf)
        np.minimum.at(out, owner, cost)
        alone = pair_costs(self.lexicon, np.full(len(begin), NO_WORD, np.int32), word)
        return np.where(begin == 0, alone, out)

    def _best_after(self, span: tuple[Ints, Ints], finish: Ints, word: npt.NDArray[np.int32]) -> Floats:
        owner, inner = _spread(span)
        cost = self.behind[inner] + pair_costs(self.lexicon, word[owner], self.word[inner])
        out = np.full(len(finish), np.inf)
        np.minimum.at(out, owner, cost)
        return np.where(finish == len(self.codes), 0.0, out)

    def _seam_cost(self, before: tuple[Ints, Ints], after: tuple[Ints, Ints]) -> Floats:
        """Paths that have a word's end and another's start on either side of a seam."""
        owner, inner = _spread(before)
        place, second = _spread((after[0][owner], after[1][owner]))
        words = self.by_end[inner][place]
        cost = (
            self.ahead[words]
            + pair_costs(self.lexicon, self.word[words], self.word[second])
            + self.behind[second]
        )
        out = np.full(len(before[0]), np.inf)
        np.minimum.at(out, owner[place], cost)
        return out

    def alone(self) -> npt.NDArray[np.bool_]:
        """(n,) True for characters that the best path has as words of their own."""
        start, end = self.spans()
        out = np.zeros(len(self.codes), bool)
        out[start[end - start == 1]] = True
        return out

    def in_long_word(self) -> npt.NDArray[np.bool_]:
        """(n,) True for characters of the best path's words of three and more."""
        start, end = self.spans()
        is_long = end - start > 2
        edges = np.zeros(len(self.codes) + 1, np.int64)
        edges[start[is_long]] += 1
        edges[end[is_long]] -= 1
        return np.cumsum(edges)[:-1] > 0

    def path(self) -> list[tuple[int, int]]:
        """The words of the best path as (start, end)."""
        start, end = self.spans()
        return list(zip(start.tolist(), end.tolist(), strict=True))

    @functools.cached_property
    def _spans(self) -> tuple[Ints, Ints]:
        out: list[tuple[int, int]] = []
        total = self.ahead + self.behind
        at = 0
        best = np.flatnonzero(total <= self.cost + 1e-6)
        by_start = {int(self.start[i]): int(self.end[i]) for i in best[::-1]}
        while at < len(self.codes):
            to = by_start.get(at, at + 1)
            out.append((at, to))
            at = to
        table = np.array(out, np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def spans(self) -> tuple[Ints, Ints]:
        """The words of the best path: where each starts, where each ends."""
        return self._spans


def _spread(span: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """(owner, index) for each index of each half-open range."""
    counts = span[1] - span[0]
    owner = np.repeat(np.arange(len(counts)), counts)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return owner, span[0][owner] + offset


def pair_costs(lexicon: Lexicon, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32]) -> Floats:
    """Cost in nats of each second word after the first; characters that are no words cost UNKNOWN_COST."""
    out = np.full(len(first), UNKNOWN_COST)
    alone = (second != NO_WORD) & (first == NO_WORD)
    out[alone] = lexicon.cost[second[alone]] / STEP
    both = (second != NO_WORD) & (first != NO_WORD)
    out[both] = lexicon.together(first[both], second[both])
    return out


def lattice(lexicon: Lexicon, text: str) -> Lattice:
    """The lattice of `text`."""
    chars = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    codes = _colloquial(chars, lexicon.folded(chars))
    starts = lexicon.starts(codes)
    starts_known = starts != NO_WORD
    starts_known[0] = True
    size, start = np.nonzero(starts_known)
    order = np.lexsort((size, start))
    size, start = size[order], start[order]
    word = starts[size, start]
    end = start + size + 1
    by_end = np.lexsort((start, end))
    ahead, behind = _costs(lexicon, start, end, word, by_end, len(codes))
    return Lattice(lexicon, chars, codes, start, end, word, ahead, behind, by_end)


_FAMOUS, _ASPECT = ord("著"), ord("着")
_AUTHORS = np.array([ord(c) for c in "名作述稱称者书書顯显原編编專专論论巨卓土譯译合"], np.uint32)
SHARE_TRADITIONAL = 0.02
"""A text is Traditional if this share of its characters is."""


def is_traditional(chars: Codes, codes: Codes) -> bool:
    return np.count_nonzero((chars != codes) & (chars >= 0x3400)) > SHARE_TRADITIONAL * len(chars)


def _colloquial(chars: Codes, codes: Codes) -> Codes:
    """Traditional texts write 看著 for 看着, which folding leaves, since 著名 has it too."""
    places = np.flatnonzero(codes == _FAMOUS)
    if len(places) and is_traditional(chars, codes):
        padded = np.concatenate([[0], codes, [0]])
        famous = np.isin(padded[places], _AUTHORS) | np.isin(padded[places + 2], _AUTHORS)
        codes[places[~famous]] = _ASPECT
    return codes


def _costs(
    lexicon: Lexicon, start: Ints, end: Ints, word: npt.NDArray[np.int32], by_end: Ints, length: int
) -> tuple[Floats, Floats]:
    """The best costs up to and with each word, and after it: the one loop over words."""
    ends = end[by_end]
    owner, inner = _spread((np.searchsorted(ends, start, "left"), np.searchsorted(ends, start, "right")))
    before = by_end[inner]
    links = pair_costs(lexicon, word[before], word[owner])
    alone = pair_costs(lexicon, np.full(len(word), NO_WORD, np.int32), word)
    first = np.searchsorted(owner, np.arange(len(word) + 1)).tolist()
    before_list, link_list = before.tolist(), links.tolist()
    ahead: list[float] = []
    for here, cost in enumerate(alone.tolist()):
        a, b = first[here], first[here + 1]
        if a == b:
            ahead.append(cost)
        else:
            ahead.append(min([ahead[before_list[k]] + link_list[k] for k in range(a, b)]))
    behind = [0.0 if e == length else float("inf") for e in end.tolist()]
    for here in range(len(word) - 1, -1, -1):
        rest = behind[here]
        for k in range(first[here], first[here + 1]):
            cost = link_list[k] + rest
            if cost < behind[before_list[k]]:
                behind[before_list[k]] = cost
    return np.array(ahead), np.array(behind)
