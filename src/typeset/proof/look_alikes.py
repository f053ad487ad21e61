"""Look-alikes (形近字): what the words round a character say it should be.

Every character that stands alone between words, or in a rare word, is tried with each of the
characters it may have been taken for; an edit is worth what it makes the text likelier, less what
such a slip costs beforehand. A spelling that the bulletin uses again and again is its author's, and
people's names may be anything.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import numpy as np

from typeset.lexicon.confusions import (
    CLASSIC,
    GROWN,
    KNOWN,
    LIKENESSES,
    SOUND,
    UNLISTED,
    Likeness,
    confusables,
    likeness,
)
from typeset.lexicon.segment import Bools, Floats, Ints, Lattice, is_traditional
from typeset.proof.slips import Slip

LISTED_PRIORS = (0.0, 0.0, 4.2, 7.2)
"""What a slip of the classic, known and likely look-alikes costs beforehand, in nats; of others it costs"""
UNLISTED_PRIOR = 13.9
GRADE_SHARE = 0.6
"""less so much for each grade of likeness,"""
PART_SHARES = (0.0, 1.7, 0.8)
"""for a part more or less, and for one changed,"""
SOUND_SHARES = (0.0, 2.7, 2.7)
"""for a sound alike but for its tone, and for the same sound."""
BOTH_SHARE = 2.0
"""for a part more or less that leaves the sound as it is (里 理): scanners and typists alike take them so."""
STRANGE_SHARE = 4.0
"""Characters that Simplified texts have not at all cost so much less. These weights and those below are fitted by
tests/proof/fit.py on the repository's bulletins and registers, and rounded."""
WORD_SIZE_COSTS = (0.0, 1.5, 0.0, 2.3, 2.8)
"""What it costs that the new character stands alone, or is part of a word of 2, 3, 4."""
RARE_CHAR_COST = 9.5
RARE_SHARES = (0.0, 1.3)
"""A rare character makes any other look likelier: what it costs above RARE_CHAR_COST counts against the slip, less
where the two are known to be taken for one another."""
RARE_NEW_COST = 9.0
RARE_NEW_SHARES = (1.4, 1.0)
"""And so does what the new character costs above RARE_NEW_COST."""
REPEATED_COST = 7.6
"""What each further place with the same two characters adds."""
MOST_REPEATS = 4
ELSEWHERE_SHARES = (0.0, 3.2, 3.2, 4.9)
"""What the slip is likelier if the new character stands beside the same neighbour in 1, 2, 3 and more other places."""
HARD_SHARE = 1.8
"""How much of what `hardness` says counts."""
RARE_WORD_COST = 12.0
"""Words that cost more may be slips themselves,"""
IN_WORD_COST = 3.0
"""but a word is a word."""
YOUNGER_SHARE = 0.48
"""How much what the younger of the two models alone sees gained is added to what both see."""
MOST_SECOND = 12.0
"""And what may be wanting before that is asked."""
LEAST_GAIN = 3.0
SHARPNESS = 0.37
"""How fast certainty grows with a nat."""
_SCRIPT_CERTAINTY, _MOST_CERTAINTY = 0.85, 0.97
"""Rules that need no likelihood are surer."""
_WRITTEN_ALIKE = str.maketrans("エカロニハトタオ", "工力口二八卜夕才")
_KANA = re.compile("(?<=[\u4e00-\u9fff])[エカロニハトタオ](?=[\u4e00-\u9fff，。、])")
_HIRAGANA = re.compile("[\u3041-\u3096]")


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def certainty(gain: float) -> float:
    """How sure a gain in nats makes: ½ at none."""
    return float(1 / (1 + np.exp(-SHARPNESS * gain)))


def look_alike_slips(text: str, lattice: Lattice, second: Lattice, hard: Floats) -> Iterator[Slip]:
    """Characters that should be others, the best for each place; `second` is the younger model's opinion."""
    at, new, worth = weighed(lattice, hard)
    repeats = Repeats(text)
    worth = worth.copy()
    near = np.flatnonzero(worth >= LEAST_GAIN - MOST_SECOND)
    folded = lattice.lexicon.fold[new[near]].astype(np.uint32)
    worth[near] += YOUNGER_SHARE * second.gains(at[near], at[near] + 1, folded)
    for k in near[worth[near] >= LEAST_GAIN - ELSEWHERE_SHARES[-1]].tolist():
        elsewhere = repeats.of_new(int(at[k]), chr(int(new[k])))
        worth[k] += ELSEWHERE_SHARES[min(elsewhere, len(ELSEWHERE_SHARES) - 1)]
        if worth[k] >= LEAST_GAIN:
            worth[k] -= REPEATED_COST * repeats.of(int(at[k]))
    for k in _best(at, worth):
        place, gain = int(at[k]), float(worth[k])
        if gain >= LEAST_GAIN:
            yield Slip(place, place + 1, chr(int(new[k])), "ocr", min(certainty(gain), _MOST_CERTAINTY))
    yield from _other_script(text, lattice)
    if len(_HIRAGANA.findall(text)) < 8:  # no Japanese here
        for match in _KANA.finditer(text):
            yield Slip(match.start(), match.end(), match[0].translate(_WRITTEN_ALIKE), "ocr", 0.95)


def _other_script(text: str, lattice: Lattice) -> Iterator[Slip]:
    """Old and Traditional forms in a Simplified text, where the Simplified one is part of a word: 审査."""
    fold = lattice.lexicon.fold
    chars = np.minimum(lattice.chars, 0xFFFF)
    for place in np.flatnonzero(is_strange(lattice) & (fold[chars] != chars) & ~lattice.alone).tolist():
        yield Slip(place, place + 1, chr(int(fold[chars[place]])), "ocr", _SCRIPT_CERTAINTY)


def weighed(lattice: Lattice, hard: Floats) -> tuple[Ints, Ints, Floats]:
    """Each doubtful place with each character that may be meant, and what the change is worth in nats."""
    alone, in_word = _doubtful(lattice)
    at, new, kind = _candidates(lattice, np.flatnonzero(alone | in_word))
    folded = lattice.lexicon.fold[new].astype(np.uint32)
    gain, size = lattice.gains_and_sizes(at, at + 1, folded)
    rare = np.maximum(lattice.single_costs(lattice.codes[at]) - RARE_CHAR_COST, 0)
    new_rare = np.maximum(lattice.single_costs(folded) - RARE_NEW_COST, 0)
    is_known = _IS_KNOWN[kind]
    cost = (
        _PRIOR_OF[kind]
        + _SIZE_COSTS[size]
        - STRANGE_SHARE * is_strange(lattice)[at]
        + rare * np.where(is_known, *RARE_SHARES)
    )
    cost += (
        new_rare * np.where(is_known, *RARE_NEW_SHARES) + HARD_SHARE * hard[at] + IN_WORD_COST * in_word[at]
    )
    return at, new, gain - cost


def _candidates(lattice: Lattice, places: Ints) -> tuple[Ints, Ints, Ints]:
    """Each doubtful place with each character that may be meant, and the kind of their likeness."""
    table = confusables()
    chars = np.minimum(lattice.chars, 0xFFFF)
    codes = chars[places].astype(np.int64)
    first = table.first[codes].astype(np.int64)
    counts = table.first[codes + 1] - first
    owner = np.repeat(np.arange(len(places)), counts)
    row = np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(len(owner))
    script = 2 if is_traditional(lattice.chars, lattice.codes) else 1
    padded = np.concatenate([[0], lattice.codes, [0]]).astype(np.uint32)
    new = lattice.lexicon.fold[table.other[row]].astype(np.uint32)
    before, after = padded[places][owner], padded[places + 2][owner]
    joins = lattice.lexicon.joined(before, new) | lattice.lexicon.joined(new, after)
    kept = np.flatnonzero((table.scripts[row] & script != 0) & (joins | _IS_LISTED[table.kind[row]]))
    row = row[kept]
    return places[owner[kept]], table.other[row].astype(np.int64), table.kind[row].astype(np.int64)


def is_strange(lattice: Lattice) -> Bools:
    """(n,) Ideographs outside GB 2312, in a text that is not Traditional."""
    if is_traditional(lattice.chars, lattice.codes):
        return np.zeros(len(lattice.chars), bool)
    strange: Bools = _strange()[np.minimum(lattice.chars, 0xFFFF)]
    return strange


@functools.cache
def _strange() -> Bools:
    codes = [code for code in range(0x4E00, 0x9FA6) if not chr(code).encode("gb2312", "ignore")]
    out = np.zeros(65536, bool)
    out[codes] = True
    return out


def prior(alike: Likeness) -> float:
    """What a slip costs beforehand, in nats."""
    if alike.listed != UNLISTED:
        return LISTED_PRIORS[alike.listed]
    both = BOTH_SHARE * (alike.part == GROWN and alike.sound == SOUND)
    return (
        UNLISTED_PRIOR
        - GRADE_SHARE * alike.grade
        - PART_SHARES[alike.part]
        - SOUND_SHARES[alike.sound]
        - both
    )


_ALL = [likeness(code) for code in range(LIKENESSES)]
_PRIOR_OF = np.array([prior(alike) for alike in _ALL])
_IS_LISTED = np.array([alike.listed != UNLISTED for alike in _ALL])
_IS_KNOWN = np.array([alike.listed in (CLASSIC, KNOWN) for alike in _ALL])
_SIZE_COSTS = np.array(WORD_SIZE_COSTS)


class Repeats:
    """How often a character stands elsewhere in the text beside the same neighbour, if that is a Chinese one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._counted: dict[str, int] = {}

    def of(self, at: int) -> int:
        """At most MOST_REPEATS."""
        pairs = (self._text[max(0, at - 1) : at + 1], self._text[at : at + 2])
        counts = [self.count(pair) - 1 for pair in pairs if len(pair) == 2 and all(map(is_han, pair))]
        return min(max(counts, default=0), MOST_REPEATS)

    def of_new(self, at: int, char: str) -> int:
        """The same for another character in the place."""
        before, after = self._text[max(0, at - 1) : at], self._text[at + 1 : at + 2]
        pairs = [pair for pair in (before + char, char + after) if len(pair) == 2 and all(map(is_han, pair))]
        return max(map(self.count, pairs), default=0)

    def count(self, part: str) -> int:
        """Places of `part` in the text, counted once."""
        if part not in self._counted:
            self._counted[part] = self._text.count(part)
        return self._counted[part]


def _best(at: Ints, gain: Floats) -> list[int]:
    """For each place the number of the edit that gains most, if it gains enough."""
    good = np.flatnonzero(gain >= LEAST_GAIN)
    order = good[np.lexsort((-gain[good], at[good]))]
    _, kept = np.unique(at[order], return_index=True)
    return [int(k) for k in order[kept]]


def _doubtful(lattice: Lattice) -> tuple[Bools, Bools]:
    """(n,) Characters that the best path has alone, and those in a rare word."""
    start, end = lattice.spans()
    cost = lattice.lexicon.cost_of(lattice.words[start, end - start - 1])
    rare = (end - start > 1) & (cost > RARE_WORD_COST)
    return lattice.alone, lattice.inside(start[rare], end[rare])
