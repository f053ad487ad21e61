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
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from typeset.lexicon.confusions import CLASSIC, KNOWN, look_alikes
from typeset.lexicon.segment import Lattice
from typeset.lexicon.table import Codes
from typeset.proof.slips import Slip

CLASSIC_PRIOR = 1.0
KNOWN_PRIOR = 3.5
"""What a known look-alike costs before the words are looked at, in nats,"""
GLYPH_PRIOR = 7.0
GLYPH_STEP = 0.35
"""and one that is only measured: less by so much for each grade of likeness."""
REPEATED_COST = 1.5
"""What each further place with the same two characters adds."""
MOST_REPEATS = 4
NAME_COST = 3.0
"""What it costs where a person's name may stand."""
LEAST_GAIN = 2.0
RARE_WORD_COST = 12.0
"""Words that cost more may be slips themselves,"""
IN_WORD_COST = 3.0
"""but a word is a word."""
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田姜范姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟段雷钱汤尹黎易武乔贺赖龚庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申"
    "尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    "薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬"
)
_WRITTEN_ALIKE = str.maketrans("エカロニハトタオ", "工力口二八卜夕才")
_KANA = re.compile("(?<=[\u4e00-\u9fff])[エカロニハトタオ](?=[\u4e00-\u9fff，。、])")
_HIRAGANA = re.compile("[\u3041-\u3096]")


@dataclass(frozen=True)
class Pairs:
    """Which characters may stand for which: those for character c are rows first[c] … first[c+1]."""

    first: npt.NDArray[np.int64]
    other: Codes
    prior: npt.NDArray[np.float64]


@functools.cache
def confusable() -> Pairs:
    """The look-alikes as arrays."""
    rows = sorted(
        (ord(char), ord(other), _prior(grade))
        for char, others in look_alikes().items()
        for other, grade in others.items()
        if is_han(char) and is_han(other)
    )
    table = np.array(rows, dtype=np.float64)
    first = np.searchsorted(table[:, 0], np.arange(65537))
    return Pairs(first, table[:, 1].astype(np.uint32), table[:, 2])


def _prior(grade: int) -> float:
    if grade >= KNOWN:
        return CLASSIC_PRIOR if grade == CLASSIC else KNOWN_PRIOR
    return GLYPH_PRIOR - GLYPH_STEP * grade


def _is_tried(char: str, lattice: Lattice, at: int) -> bool:
    """A Chinese character that stands for itself in the tables, not for its Simplified form."""
    return is_han(char) and ord(char) == int(lattice.codes[at])


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def certainty(gain: float) -> float:
    """How sure a gain in nats makes, from ½ at LEAST_GAIN on."""
    return float(1 / (1 + np.exp(LEAST_GAIN - gain)))


def look_alike_slips(text: str, lattice: Lattice) -> Iterator[Slip]:
    """Characters that should be others, the best for each place."""
    alone, in_word = _doubtful(lattice)
    tried = np.array(
        [at for at in np.flatnonzero(alone | in_word).tolist() if _is_tried(text[at], lattice, at)], np.int64
    )
    pairs = confusable()
    codes = lattice.codes[tried]
    counts = pairs.first[codes + 1] - pairs.first[codes]
    owner = np.repeat(np.arange(len(tried)), counts)
    inner = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    row = np.repeat(pairs.first[codes], counts) + inner
    at, new = tried[owner], pairs.other[row]
    gain = lattice.gains(at, at + 1, new) - pairs.prior[row] - NAME_COST * name_places(lattice, text)[at]
    gain -= IN_WORD_COST * in_word[at]
    for k in _best(at, gain):
        place = int(at[k])
        worth = float(gain[k]) - REPEATED_COST * _repeats(text, place)
        if worth >= LEAST_GAIN:
            yield Slip(place, place + 1, chr(int(new[k])), "ocr", certainty(worth))
    if len(_HIRAGANA.findall(text)) < 8:  # no Japanese here
        for match in _KANA.finditer(text):
            yield Slip(match.start(), match.end(), match[0].translate(_WRITTEN_ALIKE), "ocr", 0.95)


def _repeats(text: str, at: int) -> int:
    """How often the character stands elsewhere beside the same neighbour, if that is a Chinese one."""
    pairs = (text[max(0, at - 1) : at + 1], text[at : at + 2])
    counts = [
        text.count(pair) - 1 for pair in pairs if len(pair) == 2 and is_han(pair[0]) and is_han(pair[1])
    ]
    return min(max(counts, default=0), MOST_REPEATS)


def _best(at: npt.NDArray[np.int64], gain: npt.NDArray[np.float64]) -> list[int]:
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


def name_places(lattice: Lattice, text: str) -> npt.NDArray[np.bool_]:
    """True where a surname or the one or two characters after it stand alone between words."""
    alone = np.zeros(len(text) + 2, bool)
    for start, end in lattice.path():
        alone[start] = end - start == 1
    surname = np.array([char in SURNAMES for char in text] + [False, False]) & alone
    first = np.zeros_like(alone)
    second = np.zeros_like(alone)
    first[1:] = surname[:-1] & alone[1:]
    second[2:] = surname[:-2] & alone[1:-1] & alone[2:]
    is_name: npt.NDArray[np.bool_] = (surname & np.append(alone[1:], False)) | first | second
    return is_name[: len(text)]
