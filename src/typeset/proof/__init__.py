"""Reading proofs (校对): what in a Bulletin is perhaps a slip, and applying what the editor accepts.

The texts are laid out as one copy (copy); figures, marks, words, look-alikes and names are looked
over, each in its module; what they find becomes findings with places in the source (findings).
What needs the words' likelihoods is looked over slice by slice, so that memory stays bounded.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np

from typeset.lexicon.segment import lattice
from typeset.lexicon.table import mixed_lexicon, younger_lexicon
from typeset.model.bulletin import Bulletin
from typeset.proof.copy import Copy
from typeset.proof.dashes import dash_slips
from typeset.proof.doubles import double_slips, line_slips
from typeset.proof.drops import drop_slips, headless_slips, unstopped_slips
from typeset.proof.findings import findings_of
from typeset.proof.hardness import hardness
from typeset.proof.look_alikes import look_alike_slips
from typeset.proof.marks import mark_slips
from typeset.proof.names import name_slips
from typeset.proof.numerals import numeral_slips
from typeset.proof.pairs import pair_slips
from typeset.proof.slips import RULES, Slip
from typeset.proof.sums import sum_slips
from typeset.proof.words import blank_slips, right_words, word_slips

__all__ = ["findings_of", "slips_of"]

SLICE_CHARS = 100_000
_RANK = {code: rank for rank, code in enumerate(RULES)}


def slips_of(bulletin: Bulletin, copy: Copy) -> list[Slip]:
    """The slips of all rules, the surest where several meet, in reading order."""
    alone = np.zeros(len(copy.text), bool)
    found = [
        *numeral_slips(copy),
        *sum_slips(copy),
        *mark_slips(copy),
        *pair_slips(copy),
        *word_slips(copy),
        *headless_slips(copy),
        *unstopped_slips(copy),
        *line_slips(copy),
        *_worded_slips(copy, alone),
        *name_slips(bulletin, copy, alone),
    ]
    right = right_words(copy.text)
    guarded = np.zeros(len(copy.text) + 1, bool)
    for start, end in right:
        guarded[start:end] = True
    return _apart([s for s in found if not guarded[s.start]])


def _worded_slips(copy: Copy, alone: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Iterator[Slip]:
    """The slips that words tell, and into `alone` which characters are words by themselves."""
    for start, end in slices(copy.text):
        text = copy.text[start:end]
        words = lattice(mixed_lexicon(), text)
        second = lattice(younger_lexicon(), text)
        hard = hardness(words, text)
        alone[start:end] = words.alone
        found = (
            *blank_slips(text, words),
            *double_slips(text, words, hard),
            *drop_slips(text, words, hard),
            *dash_slips(text, words),
            *look_alike_slips(text, words, second, hard),
        )
        for slip in found:
            if slip.code != "space" or copy.is_prose(start + slip.start):
                yield dataclasses.replace(slip, start=start + slip.start, end=start + slip.end)


def slices(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of the text, cut at a line's end, else at a sentence's, else anywhere."""
    start = 0
    while start < len(text):
        end = min(len(text), start + SLICE_CHARS)
        if end < len(text):
            cuts = (text.rfind(mark, start + SLICE_CHARS // 2, end) + 1 for mark in "\n。，")
            end = next((cut for cut in cuts if cut), end)
        yield start, end
        start = end


def _apart(slips: list[Slip]) -> list[Slip]:
    """No two slips over the same characters, but for stretches that only say where something lacks."""
    kept: list[Slip] = []
    taken: set[int] = set()
    for slip in sorted(slips, key=lambda s: (-s.certainty, _RANK[s.code], s.start)):
        places = range(slip.start, max(slip.end, slip.start + 1))
        if slip.new is None and slip.code == "pair":
            kept.append(slip)
        elif taken.isdisjoint(places):
            taken.update(places)
            kept.append(slip)
    return sorted(kept, key=lambda s: (s.start, s.end))
