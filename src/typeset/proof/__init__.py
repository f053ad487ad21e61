"""Reading proofs (校对): what in a Bulletin is perhaps a slip, and applying what the editor accepts.

The texts are laid out as one copy (copy); figures, marks, words, look-alikes and names are looked
over, each in its module; what they find becomes findings with places in the source (findings).
"""

from __future__ import annotations

from typeset.lexicon.segment import lattice
from typeset.lexicon.table import lexicon
from typeset.model.bulletin import Bulletin
from typeset.proof.copy import Copy
from typeset.proof.dashes import dash_slips
from typeset.proof.doubles import double_slips
from typeset.proof.drops import drop_slips
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

_RANK = {code: rank for rank, code in enumerate(RULES)}


def slips_of(bulletin: Bulletin, copy: Copy) -> list[Slip]:
    """The slips of all rules, the surest where several meet, in reading order."""
    words = lattice(lexicon(), copy.text)
    hard = hardness(words, copy.text)
    found = [
        *numeral_slips(copy),
        *sum_slips(copy),
        *mark_slips(copy),
        *pair_slips(copy),
        *word_slips(copy),
        *blank_slips(copy, words),
        *double_slips(copy, words, hard),
        *drop_slips(copy, words, hard),
        *dash_slips(copy, words),
        *look_alike_slips(copy, words, hard),
        *name_slips(bulletin, copy, words),
    ]
    right = right_words(copy.text)
    return _apart([s for s in found if not any(a <= s.start < b for a, b in right)])


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
