"""Misspelt words (别字词) and blanks inside words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from typeset.lexicon.segment import Lattice
from typeset.lexicon.segment import lattice as lattice_of
from typeset.lexicon.table import DATA
from typeset.proof.copy import PROSE, Copy
from typeset.proof.slips import Slip

SPACE_GAIN = 1.5
"""What a word must gain in nats when a blank inside it goes."""
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000\xa0]{1,2}(?=[\u4e00-\u9fff])")


@functools.cache
def misspelt_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Words that are often misspelt, and how they are spelt."""
    rows = [line.split() for line in (DATA / "misspelt.txt").read_text("utf-8").splitlines()]
    table = {row[0]: row[1] for row in rows if row and row[0] != "#"}
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True)))), table


def word_slips(copy: Copy) -> Iterator[Slip]:
    """Words of the table of misspellings."""
    pattern, table = misspelt_words()
    for match in pattern.finditer(copy.text):
        if table[match[0]] != match[0]:
            yield Slip(match.start(), match.end(), table[match[0]], "word", 1.0)


def right_words(text: str) -> list[tuple[int, int]]:
    """Where words stand that only look misspelt (不能自已)."""
    pattern, table = misspelt_words()
    return [match.span() for match in pattern.finditer(text) if table[match[0]] == match[0]]


def blank_slips(copy: Copy, lattice: Lattice) -> Iterator[Slip]:
    """A blank that cuts a word in two, in running text."""
    for match in _BLANK.finditer(copy.text):
        if copy.passage_at(match.start()).field not in PROSE:
            continue
        left = copy.text[max(0, match.start() - 4) : match.start()].split("\n")[-1]
        right = copy.text[match.end() : match.end() + 4].split("\n")[0]
        whole, one, two = (lattice_of(lattice.lexicon, text) for text in (left + right, left, right))
        is_crossed = any(a < len(left) < b for a, b in whole.path())
        if is_crossed and one.cost + two.cost - whole.cost >= SPACE_GAIN:
            yield Slip(match.start(), match.end(), "", "space", 0.7)
