"""What binds the words of a headline (T10, T11): what it costs to part them between two characters.

In: a headline, and how often its bulletin has two characters side by side. Out: a cost for every seam.
Words come from `typeset.lexicon`, the tables that proofreading uses too: jieba's words with open-gram's pairs of
words, as memory maps. jieba itself needs a second to load (measured 2026-11: 0.6-1.0 s, our tables 2 ms), has no
pairs, and its latest version is of 2020.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import HAN_CLOSES, HAN_OPENS, HAN_STOPS, SPACES, code_points

NEVER_COST = 60.0
"""For what T10 forbids: only a headline that cannot be set otherwise pays it."""
# as words of their own: what a line does not begin with, and what it does not end with
NOT_BEFORE = frozenset("的了等之着过得地们吗呢吧啊")
NOT_AFTER = frozenset("和与及以在把")
LEANS_BACK = frozenset(
    "里上中下内外间后前时起来去出入开成完好者性化式型率员界力度感观权史法学版期版届章条款项件"
)
"""Mostly end a phrase: places, results of a verb, endings of nouns."""
UNIT_ENDS = frozenset(
    "县市区镇乡村省州盟旗局厅部委办会院校厂司站所组队社馆店园路街桥江河湖山港湾岛家户名县區縣鎮鄉"
)
LEANS_ON = frozenset(
    "对为到向从将被让使由于给就不没未无再更最很又也都才只还能要可应须需请勿莫须将正已曾共同齐全各第每本该某非超副总老小新大多"
)
"""Mostly begin a phrase: prepositions, adverbs, auxiliaries, prefixes."""
NUMERALS = frozenset("一二三四五六七八九十百千万亿两几半双数0123456789")
SURNAMES = frozenset("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖"
                     "韦贾夏邹熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫樊鲁颜倪耿邢翟殷申霍傅陳張劉黃趙吳楊孫馬鄭許謝"
                     "羅葉鄧蕭鐘譚陸盧呂蔣譚蘇齊龍顧嚴錢湯魯顏")  # fmt: skip
"""The commonest: rarer ones are words of the language more often than names."""
TITLES = frozenset("书记 县长 市长 区长 镇长 乡长 省长 州长 局长 厅长 部长 处长 科长 厂长 院长 校长 所长 站长 社长 队长 班长 主任 主席 总理 总统 "
                   "委员长 委员 董事长 总经理 经理 教授 老师 教师 医生 护士 工程师 同志 记者 党员 民警 职工 师傅 村支书 代表 先生 女士".split())  # fmt: skip
"""Before a person's name."""
PAIRS_OF_PARTS = {
    ("noun", "noun"): 2.4, ("noun", "act"): 0.3, ("act", "noun"): 1.6, ("act", "act"): 1.4, ("trait", "noun"): 2.5,
    ("verb", "verb"): 1.6, ("verb", "act"): 1.4, ("act", "verb"): 0.8, ("verb", "noun"): 1.0, ("noun", "verb"): -1.0,
    ("trait", "act"): 2.5, ("adverb", "verb"): 3.0, ("adverb", "act"): 3.0, ("adverb", "trait"): 3.0,
    ("pronoun", "noun"): 2.5, ("number", "noun"): 2.0, ("measure", "noun"): 1.5, ("person", "verb"): -1.0,
    ("verb", "number"): 2.5, ("verb", "place"): 3.0, ("noun", "place"): 4.0, ("number", "measure"): 6.0,
    ("verb", "pronoun"): 1.0, ("verb", "trait"): 1.5, ("idiom", "verb"): 0.4, ("trait", "trait"): 1.4,
}  # fmt: skip
"""What parting two words costs by their parts of speech: a predicate may begin a line, a compound stays whole."""
BEFORE_PREPOSITION = -1.5
AFTER_PREPOSITION = 4.0
AFTER_CONJUNCTION = 6.0
AFTER_TIME = -1.8
MODIFIER_COST = 2.5
AFTER_DE = 0.3  # after 的 as a word of its own
BEFORE_CLAUSE = -1.0  # 我市 …
PAIR_MARKS = tuple(zip("“「《‘『（〈【", "”」》’』）〉】", strict=True))
SHORT_QUOTATION = 8
TYPED_SPACE = -9.0
STOP_COST = {
    "，": -4.0,
    "：": -4.0,
    "；": -4.0,
    "！": -4.0,
    "？": -4.0,
    "。": -4.0,
    "、": 1.5,
    "—": -3.0,
    "…": -2.0,
}
QUOTE_SIDE = -0.8
LONG_QUOTATION_COST = 6.0
LONG_TITLE_COST = 12.0
PHRASE_COST = 4.0
LEAN_COST = 5.0
UNIT_END_COST = 8.0
NUMERAL_COST = 6.0
NAME_COST = 30.0
SINGLE_COST = 1.2  # a word of one character on either side
PAIR_WEIGHT = 0.45  # per nat that one word makes the next likelier
MOST_PAIR_NATS = 8.0
COHESION_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Cohesion:
    """How often two characters stand side by side in the bulletin."""

    pairs: NDArray[np.uint64]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: list[str], most: int = 400_000) -> Cohesion:
        """Counted over at most the first `most` characters: enough for any headline."""
        codes = code_points("\n".join(texts)[:most]).astype(np.uint64)
        pairs, counts = np.unique((codes[:-1] << np.uint64(32)) | codes[1:], return_counts=True)
        return cls(pairs, counts)

    def count(self, pair: str) -> int:
        if not len(self.pairs):
            return 0
        left, right = code_points(pair).astype(np.uint64).tolist()
        key = np.uint64((left << 32) | right)
        at = int(np.searchsorted(self.pairs, key))
        return int(self.counts[at]) if at < len(self.pairs) and self.pairs[at] == key else 0


def seam_costs(text: str, cohesion: Cohesion) -> list[float]:
    """What parting `text` before character i costs, for i from 0 to its length (0 at both ends)."""
    size = len(text)
    costs = [NEVER_COST] * (size + 1)
    costs[0] = costs[size] = 0.0
    words = _words(text)
    for n in range(1, len(words)):
        at = words[n][0]
        costs[at] = _between(text, words, n, cohesion)
    for first, last in _phrases(text):
        for at in range(first + 1, last):
            costs[at] += PHRASE_COST
    for first, last in _quotations(text):
        more = LONG_TITLE_COST if text[first] == "《" else LONG_QUOTATION_COST
        short = last - first - 1 <= SHORT_QUOTATION
        for at in range(first + 1, last + 1):
            costs[at] = NEVER_COST if short else costs[at] + more
    return costs


@lru_cache(maxsize=1024)  # a headline is asked for again where it stands, and by the next layout
def _words(text: str) -> list[tuple[int, int]]:
    """The likeliest words, names put together, as (start, end)."""
    from typeset.lexicon.segment import lattice
    from typeset.lexicon.table import lexicon

    if not text:
        return []
    return lattice(lexicon(), text).path()


@cache
def _phrase_pattern() -> re.Pattern[str]:
    from typeset.lexicon.table import DATA

    lines = (DATA / "phrases.txt").read_text("utf-8").splitlines()
    phrases = {phrase for line in lines if line[:1] != "#" for phrase in line.split()}
    # within a look-ahead, so that phrases may overlap
    return re.compile(f"(?=({'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))}))")


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """Set phrases in the headline, its Traditional characters taken for Simplified ones."""
    from typeset.lexicon.table import lexicon

    return (match.span(1) for match in _phrase_pattern().finditer(lexicon().simplified(text)))


def _between(text: str, words: list[tuple[int, int]], n: int, cohesion: Cohesion) -> float:
    """Cost of parting words n - 1 and n."""
    (left_at, at), (_, right_end) = words[n - 1], words[n]
    left, right = text[left_at:at], text[at:right_end]
    if left[-1] in SPACES or right[0] in SPACES:
        return TYPED_SPACE
    if left[-1] in STOP_COST:
        return STOP_COST[left[-1]] if text[:at].strip("—…─") else NEVER_COST
    if left[-1] in HAN_CLOSES or right[0] in HAN_OPENS:
        return QUOTE_SIDE + 2 * _leaning(left, right)
    if right[0] in HAN_STOPS + HAN_CLOSES or left[-1] in HAN_OPENS:
        return NEVER_COST
    if left == "的":
        return AFTER_DE + _leaning(left, right)
    cost = _leaning(left, right) + _pair_cost(left, right) + _syntax_cost(left, right)
    cost += COHESION_WEIGHT * log(1 + cohesion.count(left[-1] + right[0]))
    if _in_name(text, words, n):
        return cost + NAME_COST
    if left in TITLES and ((n + 1 < len(words) and _in_name(text, words, n + 1)) or _part(right) == "person"):
        cost += LEAN_COST
    return cost


def _part(word: str) -> str:
    from typeset.lexicon.parts import part_of

    if word[0].isdigit():
        return "number"
    return part_of(word) or ("noun" if word[0] >= "\u3400" else "")  # what is not known is a thing's name


def _syntax_cost(left: str, right: str) -> float:
    """What the parts of speech say; a word of one character keeps closer to its neighbours, but for prepositions."""
    one, two = _part(left), _part(right)
    if one == "preposition" or two == "preposition":
        return AFTER_PREPOSITION if one == "preposition" else BEFORE_PREPOSITION
    if one == "conjunction":
        return AFTER_CONJUNCTION
    cost = PAIRS_OF_PARTS.get((one, two), 0.0) + SINGLE_COST * ((len(left) == 1) + (len(right) == 1))
    if one == "time" or left[-1] in "后时前":
        cost += AFTER_TIME
    if left[-1] in "型性式级":
        cost += MODIFIER_COST
    if right[0] in "我全本各" and two in ("pronoun", "noun") and len(right) > 1:
        cost += BEFORE_CLAUSE
    return cost


def _leaning(left: str, right: str) -> float:
    """What a word of one character wants beside it."""
    if right in NOT_BEFORE or left in NOT_AFTER:
        return NEVER_COST
    if left[-1] in NUMERALS and (len(left) == 1 or left.isdigit()):
        return NUMERAL_COST
    cost = 0.0
    if right in UNIT_ENDS:
        cost += UNIT_END_COST
    elif right in LEANS_BACK:
        cost += LEAN_COST
    if left in LEANS_ON:
        cost += LEAN_COST
    return cost


def _pair_cost(left: str, right: str) -> float:
    """How much likelier the first word makes the second, by the lexicon's pairs."""
    from typeset.lexicon.table import NO_WORD, STEP, lexicon, word_key

    if max(len(left), len(right)) > 4 or max(map(ord, left + right)) > 0xFFFF:
        return 0.0
    table = lexicon()
    fold = [int(table.fold[ord(c)]) for c in left + right]
    keys = [word_key("".join(map(chr, part))) for part in (fold[: len(left)], fold[len(left) :])]
    first, second = table.words(np.array(keys, np.uint64)).tolist()
    if NO_WORD in (first, second):
        return 0.0
    together = float(table.together(np.array([first], np.int32), np.array([second], np.int32))[0])
    alone = float(table.cost[second]) / STEP
    return PAIR_WEIGHT * min(max(alone - together, 0.0), MOST_PAIR_NATS)


def _in_name(text: str, words: list[tuple[int, int]], n: int) -> bool:
    """Whether a person's name that is no word goes on over the start of word n: a surname and one or two
    characters, none of them part of a longer word."""
    for start in range(max(0, n - 2), n):
        if words[start][1] - words[start][0] != 1 or text[words[start][0]] not in SURNAMES:
            continue
        stop = start + 1
        while stop < min(len(words), start + 3) and _is_given(text, words[stop]):
            stop += 1
        if start < n < stop:
            return True
    return False


def _is_given(text: str, word: tuple[int, int]) -> bool:
    char = text[word[0] : word[1]]
    return (
        len(char) == 1
        and "\u4e00" <= char <= "\u9fff"
        and char not in NOT_BEFORE | NOT_AFTER | UNIT_ENDS | NUMERALS
    )


def _quotations(text: str) -> list[tuple[int, int]]:
    """Outermost pairs of quotation marks and brackets, as the places of both marks."""
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        closing = next((close for opening, close in PAIR_MARKS if opening == text[at]), "")
        end = text.find(closing, at + 1) if closing else -1
        if end > 0:
            out.append((at, end))
            at = end
        at += 1
    return out
