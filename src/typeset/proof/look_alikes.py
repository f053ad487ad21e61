"""Look-alikes (形近字): what the words round a character say it should be.

Every character that stands alone between words, or in a rare word, is tried with each of the
characters it may have been taken for; an edit is worth what it makes the text likelier, less what
such a slip costs beforehand. A spelling that the bulletin uses again and again is its author's, and
people's names may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from typeset.lexicon.confusions import KINDS, TONE, confusables
from typeset.lexicon.segment import Bools, Floats, Ints, Lattice, is_traditional
from typeset.proof.slips import Slip

PRIORS = {"classic": 0.3, "known": 2.9, "likely": 4.7, "9": 0.5, "8": 4.2, "7": 6.2, "6": 7.1, "5": 7.1, "4": 7.8, "3": 8.3,
          "2": 9.2, "1": 9.3, "0": 10.2, "kin": 10.9, "sound": 10.7, "tone": np.inf}  # fmt: skip
"""What a slip of each kind costs beforehand, in nats. These weights and those below are fitted by tests/proof/fit.py on the
repository's bulletins and registers, on television news and on learners' essays, and rounded."""
WORD_SIZE_COSTS = (0.0, 2.0, 0.0, -0.3, 1.2)
"""What it costs that the new character stands alone, or is part of a word of 2, 3, 4."""
RARE_CHAR_COST = 9.5
RARE_SHARES = (0.2, 1.4)
"""A rare character makes any other look likelier: what it costs above RARE_CHAR_COST counts against the slip, less
where the two are known to be taken for one another."""
RARE_NEW_COST = 9.0
RARE_NEW_SHARES = (0.9, 1.2)
"""And so does what the new character costs above RARE_NEW_COST."""
REPEATED_COST = 2.7
"""What each further place with the same two characters adds."""
MOST_REPEATS = 4
HARD_SHARE = 0.8
"""How much of what `hardness` says counts."""
RARE_WORD_COST = 12.0
"""Words that cost more may be slips themselves,"""
IN_WORD_COST = 3.0
"""but a word is a word."""
LEAST_GAIN = 0.9
SHARPNESS = 0.77
"""How fast certainty grows with a nat."""
_WRITTEN_ALIKE = str.maketrans("エカロニハトタオ", "工力口二八卜夕才")
_KANA = re.compile("(?<=[\u4e00-\u9fff])[エカロニハトタオ](?=[\u4e00-\u9fff，。、])")
_HIRAGANA = re.compile("[\u3041-\u3096]")


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def certainty(gain: float) -> float:
    """How sure a gain in nats makes: ½ at none."""
    return float(1 / (1 + np.exp(-SHARPNESS * gain)))


def look_alike_slips(text: str, lattice: Lattice, hard: Floats) -> Iterator[Slip]:
    """Characters that should be others, the best for each place."""
    at, new, worth = weighed(lattice, hard)
    repeats = Repeats(text)
    for k in _best(at, worth):
        place = int(at[k])
        gain = float(worth[k]) - REPEATED_COST * repeats.of(place)
        if gain >= LEAST_GAIN:
            yield Slip(place, place + 1, chr(int(new[k])), "ocr", certainty(gain))
    if len(_HIRAGANA.findall(text)) < 8:  # no Japanese here
        for match in _KANA.finditer(text):
            yield Slip(match.start(), match.end(), match[0].translate(_WRITTEN_ALIKE), "ocr", 0.95)


def weighed(lattice: Lattice, hard: Floats) -> tuple[Ints, Ints, Floats]:
    """Each doubtful place with each character that may be meant, and what the change is worth in nats."""
    alone, in_word = _doubtful(lattice)
    at, new, kind = _candidates(lattice, np.flatnonzero(alone | in_word))
    folded = lattice.lexicon.fold[new].astype(np.uint32)
    gain, size = lattice.gains_and_sizes(at, at + 1, folded)
    rare = np.maximum(lattice.single_costs(lattice.codes[at]) - RARE_CHAR_COST, 0)
    new_rare = np.maximum(lattice.single_costs(folded) - RARE_NEW_COST, 0)
    is_known = kind < _KNOWN_KINDS
    cost = _PRIOR_OF[kind] + _SIZE_COSTS[size] + rare * np.where(is_known, *RARE_SHARES)
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
    tried = np.flatnonzero(table.kind[row] < KINDS.index(TONE))
    row, owner = row[tried], owner[tried]
    script = 2 if is_traditional(lattice.chars, lattice.codes) else 1
    padded = np.concatenate([[0], lattice.codes, [0]]).astype(np.uint32)
    new = lattice.lexicon.fold[table.other[row]].astype(np.uint32)
    before, after = padded[places][owner], padded[places + 2][owner]
    joins = lattice.lexicon.joined(before, new) | lattice.lexicon.joined(new, after)
    kept = np.flatnonzero((table.scripts[row] & script != 0) & (joins | (table.kind[row] < _LISTED_KINDS)))
    row = row[kept]
    return places[owner[kept]], table.other[row].astype(np.int64), table.kind[row].astype(np.int64)


_KNOWN_KINDS, _LISTED_KINDS = 2, 3
_PRIOR_OF = np.array([PRIORS[kind] for kind in KINDS])
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
