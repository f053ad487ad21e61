"""Dropped characters (漏字): set phrases that lack one, sentences that begin with the rest of a word."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from typeset.lexicon.segment import Ints, Lattice
from typeset.lexicon.table import Codes, lexicon
from typeset.proof.copy import PROSE, Copy
from typeset.proof.look_alikes import certainty
from typeset.proof.slips import Slip

PRIOR = 7.0
"""What a dropped character costs beforehand, in nats."""
WORD_COST = 14.0
"""Words that cost more than this are not looked for."""
LEAST_GAIN = 1.0
_NUMERALS = "〇零一二三四五六七八九十百千万"
_SENTENCE = re.compile("(?<=[。；！？\n])(?=[\u4e00-\u9fff])")
_HEADLESS: dict[str, dict[str, str]] = {"年": {"以": "今", "来": "近"}, "期": {"，": "近"}}
"""What no sentence begins with: first character, second, and what must have stood before them."""


def drop_slips(copy: Copy, lattice: Lattice) -> Iterator[Slip]:
    """Dropped characters, quoted with the one they should follow."""
    at, new = _fragments(lattice)
    gains = lattice.gains(at, at, new) - PRIOR
    for place, char, gain in zip(at.tolist(), new.tolist(), gains.tolist(), strict=True):
        if gain >= LEAST_GAIN:
            yield Slip(place - 1, place, copy.text[place - 1] + chr(char), "drop", certainty(gain + 1))
    starts = {p.start for p in copy.passages if p.field in PROSE}
    for match in _SENTENCE.finditer("\n" + copy.text):
        place = match.start() - 1
        if place in starts or copy.text[place - 1 : place] != "\n":
            before = _HEADLESS.get(copy.text[place], {}).get(copy.text[place + 1 : place + 2])
            if before is not None:
                yield Slip(place, place + 1, before + copy.text[place], "drop", 0.7)


def _fragments(lattice: Lattice) -> tuple[Ints, Codes]:
    """Places where three characters lack a fourth between them, and which one."""
    fragments, missing, inner = fragment_table()
    codes = lattice.codes.astype(np.uint64)
    if len(codes) < 3:
        return np.zeros(0, np.int64), np.zeros(0, np.uint32)
    keys = (codes[:-2] << np.uint64(32)) | (codes[1:-1] << np.uint64(16)) | codes[2:]
    first = np.searchsorted(fragments, keys, "left")
    found = np.searchsorted(fragments, keys, "right") - first
    owner = np.repeat(np.arange(len(keys)), found)
    row = first[owner] + np.arange(len(owner)) - np.repeat(np.cumsum(found) - found, found)
    return owner + inner[row], missing[row]


@functools.cache
def fragment_table() -> tuple[npt.NDArray[np.uint64], Codes, Ints]:
    """Common words of four characters without their second or third: keys in order, what lacks, where."""
    words = lexicon()
    keys = words.keys[(words.keys >> np.uint64(48) > 0) & (words.cost < WORD_COST * 10)]
    parts = [(keys >> np.uint64(16 * (3 - n))) & np.uint64(0xFFFF) for n in range(4)]
    is_number = np.isin(np.array(parts), np.array([ord(c) for c in _NUMERALS], np.uint64)).any(axis=0)
    parts = [part[~is_number] for part in parts]
    rows = []
    for gone in (1, 2):
        kept = [part for n, part in enumerate(parts) if n != gone]
        key = (kept[0] << np.uint64(32)) | (kept[1] << np.uint64(16)) | kept[2]
        rows.append((key, parts[gone].astype(np.uint32), np.full(len(key), gone, np.int64)))
    key, lacking, where = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.argsort(key, kind="stable")
    return key[order], lacking[order], where[order]
