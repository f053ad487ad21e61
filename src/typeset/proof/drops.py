"""Dropped characters (漏字): set phrases that lack one, characters left of a word, headless sentences."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from typeset.lexicon.segment import Floats, Ints, Lattice
from typeset.lexicon.table import STEP, Codes, mixed_lexicon
from typeset.proof.copy import PROSE, Copy
from typeset.proof.look_alikes import certainty
from typeset.proof.slips import Slip

PHRASE_PRIOR = 8.5
"""What a phrase without one of its four costs beforehand, in nats."""
LEFT_PRIOR = 9.0
"""What a character left of its word does, if it hardly ever stands alone:"""
BOUND_COST = 10.5
"""it costs so much as a word."""
WORD_COST = 14.0
"""Words that cost more than this are not looked for."""
LEAST_GAIN = 1.0
_NUMERALS = "〇零一二三四五六七八九十百千万"
SENTENCES_CHARS = 30
"""A paragraph as long as this is of sentences."""
_WORD_END = re.compile("[\u4e00-\u9fff]$")
_BLANK = re.compile(r"\s")
_SENTENCE = re.compile("(?<=[。；！？\n])(?=[年期日解悉此方])")
_HEADLESS = (
    (re.compile("年以来|年来，|年上半年|年入[春夏秋冬]"), "今"),
    (re.compile("期，|日，(?=记者)|年来(?=[，我全])"), "近"),
    (re.compile("[解悉]，"), "据了"),
    (re.compile("此同时，"), "与"),
    (re.compile("方面，(?=要|是|加|积|强)"), "一"),
)
"""What no sentence begins with, and what must have stood before it."""


def drop_slips(text: str, lattice: Lattice, hard: Floats) -> Iterator[Slip]:
    """Dropped characters, quoted with the one they should follow or precede."""
    best: dict[int, tuple[float, int]] = {}
    for at, new, prior in ((*_fragments(lattice), PHRASE_PRIOR), (*_left_alone(lattice), LEFT_PRIOR)):
        if not len(at):
            continue
        cost = np.maximum(hard[np.maximum(at - 1, 0)], hard[np.minimum(at, len(hard) - 1)])
        gains = lattice.gains(at, at, new) - prior - cost
        for k in np.flatnonzero(gains >= LEAST_GAIN).tolist():
            place, gain = int(at[k]), float(gains[k])
            if gain > best.get(place, (0.0, 0))[0] and not _BLANK.search(text, max(0, place - 1), place + 1):
                best[place] = gain, int(new[k])
    for place, (gain, code) in best.items():
        yield _put(text, place, chr(code), certainty(gain))


def headless_slips(copy: Copy) -> Iterator[Slip]:
    """Sentences that begin with the rest of a word."""
    starts = {p.start for p in copy.passages if p.field in PROSE}
    for match in _SENTENCE.finditer("\n" + copy.text):
        place = match.start() - 1
        if place in starts or copy.text[place - 1 : place] != "\n":
            for pattern, lacking in _HEADLESS:
                if pattern.match(copy.text, place):
                    yield Slip(place, place + 1, lacking + copy.text[place], "drop", 0.7)
                    break


def unstopped_slips(copy: Copy) -> Iterator[Slip]:
    """Paragraphs of sentences that end without a mark, where the article goes on or is not cut off."""
    for number, passage in enumerate(copy.passages):
        after = copy.passages[number + 1] if number + 1 < len(copy.passages) else None
        is_last = after is None or after.article != passage.article
        text = copy.text[passage.start : passage.end].rstrip()
        if (
            passage.field != "para"
            or len(text) < SENTENCES_CHARS
            or (is_last and passage.article in copy.cut)
        ):
            continue
        is_prose = text.count("。") >= 1 and text.count("，") >= 2
        goes_on = not is_last and after is not None and after.field in ("para", "list", "table", "verse")
        if is_prose and _WORD_END.search(text) and not goes_on:
            at = passage.start + len(text) - 1
            yield Slip(at, at + 1, copy.text[at] + "。", "drop", 0.6)


def _put(text: str, place: int, char: str, sure: float) -> Slip:
    """The slip that `char` lacks before `place`, with the neighbour it is quoted with."""
    if place and text[place - 1] != "\n":
        return Slip(place - 1, place, text[place - 1] + char, "drop", sure)
    return Slip(place, place + 1, char + text[place], "drop", sure)


def _left_alone(lattice: Lattice) -> tuple[Ints, Codes]:
    """Places beside characters that are words hardly ever, with what would make them words of two."""
    cost = lattice.single_costs(lattice.codes)
    bound = np.flatnonzero(lattice.alone & (cost >= BOUND_COST) & (lattice.codes >= 0x3400))
    codes = lattice.codes[bound].astype(np.uint64) << np.uint64(16)
    rows = []
    for table, behind in zip(two_char_words(), (1, 0), strict=True):
        low, high = np.searchsorted(table, codes), np.searchsorted(table, codes + np.uint64(65536))
        owner = np.repeat(np.arange(len(bound)), high - low)
        row = np.arange(len(owner)) + np.repeat(low - (np.cumsum(high - low) - (high - low)), high - low)
        rows.append((bound[owner] + behind, (table[row] & np.uint64(0xFFFF)).astype(np.uint32)))
    places, new = (np.concatenate(column) for column in zip(*rows, strict=True))
    return places, new


@functools.cache
def two_char_words() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Common words of two characters as keys, and the same with the last character in front, both ascending."""
    words = mixed_lexicon()
    is_two = (words.keys >> np.uint64(32) == 0) & (words.keys >> np.uint64(16) > 0x3400)
    keys = words.keys[is_two & (words.cost < WORD_COST * STEP)]
    turned = ((keys & np.uint64(0xFFFF)) << np.uint64(16)) | (keys >> np.uint64(16))
    return keys, np.sort(turned)


def _fragments(lattice: Lattice) -> tuple[Ints, Codes]:
    """Places where three characters lack a fourth among them, and which one."""
    fragments, missing, inner = fragment_table()
    codes = lattice.codes.astype(np.uint64)
    if len(codes) < 3:
        return np.zeros(0, np.int64), np.zeros(0, np.uint32)
    keys = (codes[:-2] << np.uint64(32)) | (codes[1:-1] << np.uint64(16)) | codes[2:]
    first = np.minimum(np.searchsorted(fragments, keys), len(fragments) - 1)
    there = np.flatnonzero(fragments[first] == keys)
    keys, first = keys[there], first[there]
    found = np.searchsorted(fragments, keys, "right") - first
    owner = np.repeat(np.arange(len(keys)), found)
    row = first[owner] + np.arange(len(owner)) - np.repeat(np.cumsum(found) - found, found)
    return there[owner] + inner[row], missing[row]


@functools.cache
def fragment_table() -> tuple[npt.NDArray[np.uint64], Codes, Ints]:
    """Common words of four characters without one of them: keys in order, what lacks, where."""
    words = mixed_lexicon()
    keys = words.keys[(words.keys >> np.uint64(48) > 0) & (words.cost < WORD_COST * STEP)]
    parts = [(keys >> np.uint64(16 * (3 - n))) & np.uint64(0xFFFF) for n in range(4)]
    is_number = np.isin(np.array(parts), np.array([ord(c) for c in _NUMERALS], np.uint64)).any(axis=0)
    parts = [part[~is_number] for part in parts]
    rows = []
    for gone in range(4):
        kept = [part for n, part in enumerate(parts) if n != gone]
        key = (kept[0] << np.uint64(32)) | (kept[1] << np.uint64(16)) | kept[2]
        rows.append((key, parts[gone].astype(np.uint32), np.full(len(key), gone, np.int64)))
    key, lacking, where = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.argsort(key, kind="stable")
    return key[order], lacking[order], where[order]
