"""Doubled characters and words (重字): where the words need one of them only.

Reduplication is Chinese (看看, 一辆辆, 高高兴兴): what is doubled must part a word, or be a word that is
never doubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from typeset.lexicon.segment import NOTHING, Lattice
from typeset.lexicon.segment import lattice as lattice_of
from typeset.lexicon.table import NO_WORD, word_key
from typeset.proof.copy import Copy
from typeset.proof.look_alikes import certainty
from typeset.proof.slips import Slip

PRIOR = 4.5
"""What a doubled character costs beforehand, in nats,"""
SECOND_COST = 2.0
"""and more where the second of the two begins a word: 某省|省委."""
WORD_PRIOR = 6.5
"""What a doubled word costs."""
LEAST_GAIN = 1.0
_DOUBLED = re.compile(r"(?=([\u4e00-\u9fff])\1)")
_DOUBLED_WORD = re.compile(r"([\u4e00-\u9fff]{2,3})\1")
_REDUPLICABLE = frozenset(
    "件家户人天年月个条样种层步次代村封本座句桩项张片块辆束朵棵根株颗粒滴声口门排行列队班批群串堆捆筐篮袋瓶杯碗盘枚幅段节篇章页"
    "册卷字笔道处间栋幢岁份位名场档两钱点些番趟遍阵回顿把双副套盏扇面"
    "看听想说走坐试问谈聊学转逛尝摸按讲算查找管动笑玩"
)
"""Measure words (量词) and verbs that are used doubled."""
_FUNCTION = frozenset("的了在是和与及对把被也都就而并又从以为于由向将还更最很一二三四五六七八九十百千万")
"""Never doubled though no part of a longer word."""


def double_slips(copy: Copy, lattice: Lattice) -> Iterator[Slip]:
    """Doubled characters, then doubled words."""
    yield from _characters(copy.text, lattice)
    yield from _words(copy.text, lattice)


def _characters(text: str, lattice: Lattice) -> Iterator[Slip]:
    places = [m.start() for m in _DOUBLED.finditer(text)]
    if not places:
        return
    at = np.array(places, np.int64) + 1
    gains = lattice.gains(at, at + 1, np.full(len(at), NOTHING, np.uint32)) - PRIOR
    alone = {start for start, end in lattice.path() if end - start == 1}
    for place, gain in zip(places, gains.tolist(), strict=True):
        worth = gain if place + 1 in alone else gain - SECOND_COST
        if worth < LEAST_GAIN or alone.isdisjoint((place, place + 1)) or _is_reduplicated(text, place):
            continue
        if text[place] in _FUNCTION or _parts_word(lattice, text, place):
            yield Slip(place, place + 2, text[place], "double", certainty(worth + 1))


def _words(text: str, lattice: Lattice) -> Iterator[Slip]:
    for match in _DOUBLED_WORD.finditer(text):
        word = match[1]
        if len(set(word)) == 1 or word[0] in "一不几":
            continue
        keys = np.array([word_key(word), word_key(word * 2) if len(word) == 2 else 0], np.uint64)
        single, twice = lattice.lexicon.words(keys)
        if single == NO_WORD or twice != NO_WORD:
            continue
        at = np.array([match.start()], np.int64)
        gain = float(lattice.gains(at, at + len(word), np.array([NOTHING], np.uint32))[0]) - WORD_PRIOR
        if gain >= 0:
            yield Slip(match.start(), match.end(), word, "double", certainty(gain))


def _is_reduplicated(text: str, at: int) -> bool:
    """一AA, AABB and three in a row."""
    char, before, after = text[at], text[at - 1 : at], text[at + 2 : at + 4]
    if char in _REDUPLICABLE or before in ("一", "几", "每", char) or after[:1] == char:
        return True
    return (len(after) == 2 and after[0] == after[1]) or (at >= 2 and before == text[at - 2])


def _parts_word(lattice: Lattice, text: str, at: int) -> bool:
    """Without its double the character is part of a word."""
    left = text[max(0, at - 4) : at + 1].split("\n")[-1]
    once = lattice_of(lattice.lexicon, left + text[at + 2 : at + 6].split("\n")[0])
    return any(a < len(left) <= b and b - a > 1 for a, b in once.path())
