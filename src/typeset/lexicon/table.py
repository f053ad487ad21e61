"""The shipped tables of words, opened as memory maps: looked up for a whole text at once.

A word is up to four characters of the BMP in one 64-bit key, first character highest. Costs are
negative log probabilities in tenths of a nat. Traditional characters are folded to Simplified ones
before any look-up, so one table serves both.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Steps = npt.NDArray[np.uint8]
DATA = Path(__file__).parent / "data"
WORD_CHARS = 4
STEP = 10.0
"""Costs are stored as whole tenths of a nat."""
UNKNOWN_COST = 14.0
"""What a character outside all tables costs."""
NO_WORD = -1
YOUNGER_SHARE = 0.4
"""How much the younger model is believed; the older one has the rest."""
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Lexicon:
    """The tables as arrays. Two models, or their mixture, say what words cost: `cost`, `leave` and `pair_cost`.

    keys        (n,) uint64, ascending: the words
    cost        (n,) uint8: -ln p of each word
    leave       (n,) uint8: what going on to a word that is no known neighbour adds (back-off)
    pairs       (m,) uint32, ascending: hashes of two words that stand together
    pair_cost   (m,) uint8: -ln p of the second after the first
    fold        (65536,) uint16: each character's Simplified form
    by_hash     (n,) int32: the words' numbers, ordered by their keys' hashes
    joints      (2¹⁹,) uint8: bits that say which two characters stand side by side in some word
    """

    keys: npt.NDArray[np.uint64]
    cost: npt.NDArray[np.uint8]
    leave: npt.NDArray[np.uint8]
    pairs: npt.NDArray[np.uint32]
    pair_cost: npt.NDArray[np.uint8]
    fold: npt.NDArray[np.uint16]
    by_hash: npt.NDArray[np.int32]
    joints: npt.NDArray[np.uint8]

    def folded(self, codes: Codes) -> Codes:
        """Code points, Simplified; those beyond the BMP become U+FFFF."""
        folded: Codes = self.fold[np.minimum(codes, 0xFFFF)].astype(np.uint32)
        return folded

    def simplified(self, text: str) -> str:
        """The text in Simplified characters."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        return "".join(map(chr, self.folded(codes).tolist()))

    def words(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        """The numbers of the words with `keys`, NO_WORD where there is none; those of one character fast."""
        if len(keys) and int(keys.max()) < 65536:
            return self.singles[keys]
        return self._searched(keys)

    def _searched(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        out = np.full(len(keys), NO_WORD, np.int32)
        bucket = word_hash(keys)
        row, end = self._heads[bucket], self._heads[bucket + np.uint32(1)]
        sought = np.flatnonzero(row < end)
        while len(sought):
            at = row[sought]
            word = self.by_hash[at]
            met = self.keys[word] == keys[sought]
            out[sought[met]] = word[met]
            row[sought] += 1
            sought = sought[~met & (at + 1 < end[sought])]
        return out

    def found(self, keys: list[int]) -> list[int]:
        """The same for a few words, without the tables that many need."""
        sought = np.array(keys, np.uint64)
        at = np.minimum(np.searchsorted(self.keys, sought), len(self.keys) - 1)
        numbers: list[int] = np.where(self.keys[at] == sought, at, NO_WORD).tolist()
        return numbers

    @functools.cached_property
    def _heads(self) -> npt.NDArray[np.int32]:
        """(2²⁰ + 1,): the first row of `by_hash` with each hash."""
        return _first_rows(word_hash(self.keys))

    @functools.cached_property
    def singles(self) -> npt.NDArray[np.int32]:
        """(65536,): the number of each character's word."""
        return self._searched(np.arange(65536, dtype=np.uint64))

    @functools.cached_property
    def _buckets(self) -> npt.NDArray[np.int32]:
        """(2²⁰ + 1,): the first row of `pairs` with each head of a hash."""
        return _first_rows(self.pairs >> np.uint32(32 - _BUCKET_BITS))

    def joined(self, first: Codes, second: Codes) -> npt.NDArray[np.bool_]:
        """Whether some word may have the two characters side by side; True is wrong of one pair in ten."""
        place = _joint_hash(first, second)
        bits: npt.NDArray[np.bool_] = (self.joints[place >> 3] >> (place & 7)) & 1 == 1
        return bits

    def may_meet(self, first: str, second: str) -> bool:
        """The same of one pair, without arrays."""
        high, low = (int(self.fold[min(ord(char), 0xFFFF)]) for char in (first, second))
        place = ((high << 16 | low) * _JOINT_FACTOR & 0xFFFFFFFF) >> (32 - _JOINT_BITS)
        return bool(self.joints[place >> 3] >> (place & 7) & 1)

    def starts(self, codes: Codes) -> npt.NDArray[np.int32]:
        """(n, 4): the number of the word of 1…4 characters that begins at each place."""
        out = np.full((len(codes), WORD_CHARS), NO_WORD, np.int32)
        out[:, 0] = self.singles[codes]
        wide = codes.astype(np.uint64)
        joined = self.joined(codes[:-1], codes[1:])
        there = np.flatnonzero(joined)
        for size in range(2, WORD_CHARS + 1):
            there = there[there + size <= len(codes)]
            if size > 2:
                there = there[joined[there + size - 2]]
            key = np.zeros(len(there), np.uint64)
            for n in range(size):
                key = (key << np.uint64(16)) | wide[there + n]
            out[there, size - 1] = self.words(key)
        return out

    def cost_of(self, word: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
        """What each word costs in nats, whatever stands before it; NO_WORD costs UNKNOWN_COST."""
        return np.where(word == NO_WORD, UNKNOWN_COST, self.cost[word] / STEP)

    def together(
        self, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.float64]:
        """Cost in nats of each word of `second` after that of `first`, either of which may be NO_WORD."""
        apart = np.where(first == NO_WORD, 0, self.leave[first]).astype(np.int32) + self.cost[second]
        hashes = pair_hash(first, second)
        bucket = hashes >> np.uint32(32 - _BUCKET_BITS)
        row, end = self._buckets[bucket], self._buckets[bucket + np.uint32(1)]
        sought = np.flatnonzero((row < end) & (first != NO_WORD))
        while len(sought):
            at = row[sought]
            met = self.pairs[at] == hashes[sought]
            apart[sought[met]] = self.pair_cost[at[met]]
            row[sought] += 1
            sought = sought[~met & (at + 1 < end[sought])]
        return np.where(second == NO_WORD, UNKNOWN_COST, apart / STEP)


_BUCKET_BITS = 20
_JOINT_BITS = 22
_JOINT_FACTOR = 0x9E3779B1


def _first_rows(heads: npt.NDArray[np.uint32]) -> npt.NDArray[np.int32]:
    count = np.bincount(heads, minlength=1 << _BUCKET_BITS)
    return np.concatenate([[0], np.cumsum(count)]).astype(np.int32)


def word_hash(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    """A number below 2²⁰ for each key."""
    return ((keys * _MIX) >> np.uint64(64 - _BUCKET_BITS)).astype(np.uint32)


def hash_order(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
    """The numbers of the words, ordered by their keys' hashes."""
    return np.argsort(word_hash(keys), kind="stable").astype(np.int32)


def _joint_hash(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> npt.NDArray[np.uint32]:
    both = (first.astype(np.uint32) << np.uint32(16)) | second.astype(np.uint32)
    place: npt.NDArray[np.uint32] = (both * np.uint32(_JOINT_FACTOR)) >> np.uint32(32 - _JOINT_BITS)
    return place


def joints_of(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
    """The bits that say which characters stand side by side in the words with `keys`."""
    is_set = np.zeros(1 << _JOINT_BITS, bool)
    for shift in range(0, 16 * (WORD_CHARS - 1), 16):
        second = (keys >> np.uint64(shift)) & np.uint64(0xFFFF)
        first = (keys >> np.uint64(shift + 16)) & np.uint64(0xFFFF)
        is_set[_joint_hash(first, second)[first > 0]] = True
    return np.packbits(is_set, bitorder="little")


def word_key(word: str) -> int:
    """The key of a word of up to four characters of the BMP."""
    return _key(list(map(ord, word)))


def pair_hash(first: npt.NDArray[np.int32], second: npt.NDArray[np.int32]) -> npt.NDArray[np.uint32]:
    both = (first.astype(np.uint64) << np.uint64(20)) | second.astype(np.uint64)
    return ((both * _MIX) >> np.uint64(32)).astype(np.uint32)


@functools.cache
def lexicon() -> Lexicon:
    """The shipped tables, opened once: as the older model knows the words, which is enough for most."""
    return Lexicon(**_tables())


@functools.cache
def mixed_lexicon() -> Lexicon:
    """The same words as both models together know them: for reading proofs."""
    tables = _tables()
    cost, other = tables["cost"], opened("other_cost")
    tables["cost"] = _mixture()[cost, other]
    tables["leave"] = _mixed_leave(cost, other, tables["leave"], opened("other_leave"))
    tables["pair_cost"] = _mixture()[tables["pair_cost"], opened("other_pair_cost")]
    return Lexicon(**tables)


@functools.cache
def younger_lexicon() -> Lexicon:
    """The same words as the younger model alone knows them: a second opinion."""
    names = ("cost", "leave", "pair_cost")
    return Lexicon(**{**_tables(), **{name: opened(f"other_{name}") for name in names}})


def _tables() -> dict[str, npt.NDArray[Any]]:
    return {name: opened(name) for name in Lexicon.__annotations__}


@functools.cache
def _mixture() -> npt.NDArray[np.uint8]:
    """(256, 256): the step of the mixed probability for each step of the older and of the younger model."""
    p = np.exp(-np.arange(256) / STEP)
    mixed = (1 - YOUNGER_SHARE) * p[:, None] + YOUNGER_SHARE * p
    steps: npt.NDArray[np.uint8] = np.clip(np.round(-np.log(mixed) * STEP), 0, 255).astype(np.uint8)
    return steps


def _mixed_leave(cost: Steps, other_cost: Steps, leave: Steps, other_leave: Steps) -> npt.NDArray[np.uint8]:
    """Back-off, that of the model the more which has the word the oftener."""
    p = np.exp(-np.arange(256, dtype=np.float32) / STEP)
    one, other = (1 - YOUNGER_SHARE) * p[cost], YOUNGER_SHARE * p[other_cost]
    mixed = (one * p[leave] + other * p[other_leave]) / (one + other)
    steps: npt.NDArray[np.uint8] = np.round(-np.log(mixed) * STEP).astype(np.uint8)
    return steps


def opened(name: str) -> npt.NDArray[Any]:
    """A shipped array, read from its file as it is needed."""
    return np.asarray(np.load(DATA / f"{name}.npy", mmap_mode="r"))


def is_bound(left: str, right: str, least: float) -> bool:
    """A word made of the end of `left` and the beginning of `right` is likelier than its characters side by
    side, by more than `least` nats."""
    tables = lexicon()
    if not tables.may_meet(left[-1], right[0]):
        return False
    codes = [ord(char) for char in tables.simplified(left + right)]
    seam = len(left)
    spans = [
        (start, end)
        for start in range(max(0, seam - WORD_CHARS + 1), seam)
        for end in range(seam + 1, min(len(codes), start + WORD_CHARS) + 1)
    ]
    numbers = tables.found([_key(codes[start:end]) for start, end in spans])
    known = [(span, number) for span, number in zip(spans, numbers, strict=True) if number != NO_WORD]
    if not known:
        return False
    costs = tables.cost_of(np.array(tables.found(codes), np.int32))
    return any(costs[start:end].sum() - tables.cost[number] / STEP > least for (start, end), number in known)


def _key(codes: list[int]) -> int:
    key = 0
    for code in codes:
        key = key << 16 | code
    return key
