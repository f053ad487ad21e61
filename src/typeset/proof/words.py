"""Misspelt words (别字词) and blanks inside words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import numpy as np

from typeset.lexicon.segment import NOTHING, Lattice
from typeset.lexicon.table import DATA, UNKNOWN_COST
from typeset.proof.copy import Copy
from typeset.proof.slips import Slip

SPACE_GAIN = 1.5
"""What a word must gain in nats when a blank inside it goes."""
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000\xa0]{1,2}(?=[\u4e00-\u9fff])")

_LABEL = re.compile(
    "(?:^|[^\u4e00-\u9fff])[\u4e00-\u9fff]\u3000+[\u4e00-\u9fff](?![\u4e00-\u9fff])", re.MULTILINE
)
"""Words of two characters that stand apart for show: 摘　要."""


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


def blank_slips(text: str, lattice: Lattice) -> Iterator[Slip]:
    """Blanks that cut a word in two."""
    spans = [
        match.span() for match in _BLANK.finditer(text) if not _LABEL.match(text, max(0, match.start() - 2))
    ]
    if not spans:
        return
    start, end = np.array(spans, np.int64).T
    gains, sizes = lattice.gains_and_sizes(start, end, np.full(len(start), NOTHING, np.uint32))
    gains -= UNKNOWN_COST * (end - start)  # the blanks' own
    for at in np.flatnonzero((gains >= SPACE_GAIN) & (sizes > 0)).tolist():
        yield Slip(*spans[at], "", "space", 0.7)
