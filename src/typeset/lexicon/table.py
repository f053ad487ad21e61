"""The shipped tables of words, opened as memory maps: looked up for a whole text at once.

A word is up to four characters of the BMP in one 64-bit key, first character highest. Costs are
negative log probabilities in tenths of a nat. Traditional characters are folded to Simplified ones
before any look-up, so one table serves both.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
DATA = Path(__file__).parent / "data"
WORD_CHARS = 4
STEP = 10.0
"""Costs are stored as whole tenths of a nat."""
UNKNOWN_COST = 14.0
"""What a character outside all tables costs."""
NO_WORD = -1
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Lexicon:
    """The tables as arrays.

    keys        (n,) uint64, ascending: the words
    cost        (n,) uint8: -ln p of each word
    leave       (n,) uint8: what going on to a word that is no known neighbour adds (back-off)
    pairs       (m,) uint32, ascending: hashes of two words that stand together
    pair_cost   (m,) uint8: -ln p of the second after the first
    fold        (65536,) uint16: each character's Simplified form
    """

    keys: npt.NDArray[np.uint64]
    cost: npt.NDArray[np.uint8]
    leave: npt.NDArray[np.uint8]
    pairs: npt.NDArray[np.uint32]
    pair_cost: npt.NDArray[np.uint8]
    fold: npt.NDArray[np.uint16]

    def folded(self, codes: Codes) -> Codes:
        """Code points, Simplified; those beyond the BMP become U+FFFF."""
        folded: Codes = self.fold[np.minimum(codes, 0xFFFF)].astype(np.uint32)
        return folded

    def words(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        """The numbers of the words with `keys`, NO_WORD where there is none."""
        at = np.searchsorted(self.keys, keys)
        at = np.minimum(at, len(self.keys) - 1).astype(np.int32)
        return np.where(self.keys[at] == keys, at, np.int32(NO_WORD))

    def starts(self, codes: Codes) -> npt.NDArray[np.int32]:
        """(4, n): the number of the word of 1…4 characters that begins at each place."""
        out = np.full((WORD_CHARS, len(codes)), NO_WORD, np.int32)
        wide = codes.astype(np.uint64)
        key = np.zeros(len(codes), np.uint64)
        for size in range(1, WORD_CHARS + 1):
            count = len(codes) - size + 1
            if count <= 0:
                break
            key = (key[:count] << np.uint64(16)) | wide[size - 1 :]
            out[size - 1, :count] = self.words(key)
        return out

    def together(
        self, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.float64]:
        """Cost in nats of each word of `second` after that of `first` (numbers of words, none missing)."""
        hashes = pair_hash(first, second)
        at = np.minimum(np.searchsorted(self.pairs, hashes), len(self.pairs) - 1)
        known = self.pairs[at] == hashes
        apart = self.leave[first].astype(np.float64) + self.cost[second]
        return np.where(known, self.pair_cost[at], apart) / STEP


def word_key(word: str) -> int:
    """The key of a word of up to four characters of the BMP."""
    key = 0
    for char in word:
        key = key << 16 | ord(char)
    return key


def pair_hash(first: npt.NDArray[np.int32], second: npt.NDArray[np.int32]) -> npt.NDArray[np.uint32]:
    both = (first.astype(np.uint64) << np.uint64(20)) | second.astype(np.uint64)
    return ((both * _MIX) >> np.uint64(32)).astype(np.uint32)


@functools.cache
def lexicon() -> Lexicon:
    """The shipped tables, opened once."""
    return Lexicon(**{name: np.load(DATA / f"{name}.npy", mmap_mode="r") for name in Lexicon.__annotations__})


def bound(words: list[str]) -> npt.NDArray[np.float64]:
    """By how many nats each word is likelier than its characters side by side; 0 for what is no word."""
    tables = lexicon()
    out = np.zeros(len(words))
    known = [at for at, word in enumerate(words) if len(word) <= WORD_CHARS and word.isalpha()]
    codes = {at: tables.folded(words[at]).tolist() for at in known}
    keys = np.array([_key(codes[at]) for at in known], np.uint64)
    numbers = tables.words(keys)
    for at, number in zip(known, numbers.tolist(), strict=True):
        if number != NO_WORD:
            single = tables.words(np.array(codes[at], np.uint64))
            costs = np.where(single != NO_WORD, tables.cost[single] / STEP, UNKNOWN_COST)
            out[at] = costs.sum() - tables.cost[number] / STEP
    return out


def _key(codes: list[int]) -> int:
    key = 0
    for code in codes:
        key = key << 16 | code
    return key
