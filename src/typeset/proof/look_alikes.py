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
import numpy.typing as npt

from typeset.lexicon.confusions import KINDS, confusables
from typeset.lexicon.segment import Floats, Ints, Lattice
from typeset.lexicon.table import STEP, UNKNOWN_COST
from typeset.proof.copy import Copy
from typeset.proof.slips import Slip

PRIORS = {"classic": 0.0, "known": 2.3, "likely": 4.0, "9": 1.5, "8": 2.0, "7": 3.0, "6": 4.0, "5": 5.0, "4": 6.0, "3": 6.5, "2": 7.0,
          "1": 7.0, "0": 7.0, "kin": 8.0, "sound": 7.5, "tone": 10.5}  # fmt: skip
"""What a slip of each kind costs beforehand, in nats; fitted on clean news and essays with slips planted in them."""
REPEATED_COST = 1.5
"""What each further place with the same two characters adds."""
MOST_REPEATS = 4
LEAST_GAIN = 2.0
RARE_WORD_COST = 12.0
"""Words that cost more may be slips themselves,"""
IN_WORD_COST = 5.0
"""but a word is a word."""
RARE_CHAR_COST, RARE_CHAR_SHARE = 9.5, 0.7
"""A rare character makes any other look likelier: of what it costs above so much, this share is no proof,
unless the two are known to be taken for one another."""
_WRITTEN_ALIKE = str.maketrans("エカロニハトタオ", "工力口二八卜夕才")
_KANA = re.compile("(?<=[\u4e00-\u9fff])[エカロニハトタオ](?=[\u4e00-\u9fff，。、])")
_HIRAGANA = re.compile("[\u3041-\u3096]")
_SHARE_TRADITIONAL = 0.02


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def certainty(gain: float) -> float:
    """How sure a gain in nats makes, from ½ at LEAST_GAIN on."""
    return float(1 / (1 + np.exp(LEAST_GAIN - gain)))


def look_alike_slips(copy: Copy, lattice: Lattice, hard: Floats) -> Iterator[Slip]:
    """Characters that should be others, the best for each place."""
    text = copy.text
    alone, in_word = _doubtful(lattice)
    hard = hard + IN_WORD_COST * in_word
    at, new, prior = _candidates(lattice, np.flatnonzero(alone | in_word))
    gain = lattice.gains(at, at + 1, lattice.lexicon.fold[new].astype(np.uint32)) - prior - hard[at]
    for k in _best(at, gain):
        place = int(at[k])
        worth = float(gain[k]) - REPEATED_COST * _repeats(text, place)
        if worth >= LEAST_GAIN:
            yield Slip(place, place + 1, chr(int(new[k])), "ocr", certainty(worth))
    if len(_HIRAGANA.findall(text)) < 8:  # no Japanese here
        for match in _KANA.finditer(text):
            yield Slip(match.start(), match.end(), match[0].translate(_WRITTEN_ALIKE), "ocr", 0.95)


def _candidates(lattice: Lattice, places: Ints) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
    """Each doubtful place with each character that may be meant, and what that costs beforehand."""
    table = confusables()
    chars = np.minimum(lattice.chars, 0xFFFF)
    is_traditional = np.count_nonzero((chars != lattice.codes) & (chars >= 0x3400)) > _SHARE_TRADITIONAL * len(chars)
    codes = chars[places].astype(np.int64)
    first = table.first[codes].astype(np.int64)
    counts = table.first[codes + 1] - first
    owner = np.repeat(np.arange(len(places)), counts)
    row = np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(len(owner))
    kept = np.flatnonzero(table.scripts[row] & (2 if is_traditional else 1))
    row = row[kept]
    own = lattice.lexicon.words(chars[places].astype(np.uint64))
    own_cost = np.where(own >= 0, lattice.lexicon.cost[np.maximum(own, 0)] / STEP, UNKNOWN_COST)
    rare = RARE_CHAR_SHARE * np.maximum(own_cost - RARE_CHAR_COST, 0.0)
    kind = table.kind[row]
    prior = _PRIOR_OF[kind] + np.where(kind < _KNOWN_KINDS, 0.0, rare[owner[kept]])
    return places[owner[kept]], table.other[row].astype(np.int64), prior


_KNOWN_KINDS = 2
_PRIOR_OF = np.array([PRIORS[kind] for kind in KINDS])


def _repeats(text: str, at: int) -> int:
    """How often the character stands elsewhere beside the same neighbour, if that is a Chinese one."""
    pairs = (text[max(0, at - 1) : at + 1], text[at : at + 2])
    counts = [
        text.count(pair) - 1 for pair in pairs if len(pair) == 2 and is_han(pair[0]) and is_han(pair[1])
    ]
    return min(max(counts, default=0), MOST_REPEATS)


def _best(at: Ints, gain: npt.NDArray[np.float64]) -> list[int]:
    """For each place the number of the edit that gains most, if it gains enough."""
    good = np.flatnonzero(gain >= LEAST_GAIN)
    order = good[np.lexsort((-gain[good], at[good]))]
    _, kept = np.unique(at[order], return_index=True)
    return [int(k) for k in order[kept]]


def _doubtful(lattice: Lattice) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Places of characters that the best path has alone, and of those in a rare word."""
    alone = np.zeros(len(lattice.codes), bool)
    in_word = np.zeros(len(lattice.codes), bool)
    cost = np.where(lattice.word >= 0, lattice.lexicon.cost[np.maximum(lattice.word, 0)] / 10.0, 0.0)
    rare = np.flatnonzero(cost > RARE_WORD_COST)
    rare_words = set(zip(lattice.start[rare].tolist(), lattice.end[rare].tolist(), strict=True))
    for start, end in lattice.path():
        if end - start == 1:
            alone[start] = True
        elif (start, end) in rare_words:
            in_word[start:end] = True
    return alone, in_word
