"""Doubled characters and words (重字): where the words need one of them only.

Reduplication is Chinese (看看, 一辆辆, 高高兴兴): what is doubled must leave a character standing alone
between words, or gain so much that no habit of speech explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from typeset.lexicon.segment import NOTHING, Floats, Lattice
from typeset.lexicon.table import NO_WORD, word_key
from typeset.proof.copy import Copy
from typeset.proof.look_alikes import MOST_REPEATS, REPEATED_COST, Repeats, certainty, is_han
from typeset.proof.slips import Slip

ALONE_PRIOR = 0.5
"""What a double costs beforehand, in nats, where one of the two stands alone between words,"""
WORD_PRIOR = 4.5
"""where both are in words or are a word by themselves;"""
HABIT_COST = 7.5
"""more where speech doubles (AABB, ABAB),"""
SEAM_COST = 2.5
"""and where the second begins a word (福建舰|舰长),"""
UNIT_COST = 6.0
"""the more so where what ends with the first stands elsewhere too."""
TWICE_PRIOR = 4.0
"""What a doubled word costs."""
LEAST_GAIN = 1.0
_DOUBLED = re.compile(r"(?=([\u4e00-\u9fff])\1)")
_DOUBLED_WORD = re.compile(r"([\u4e00-\u9fff]{2,3})\1")
_DOUBLED_PHRASE = re.compile(r"([\u4e00-\u9fff]{4,16}[，、]?)\1")
_LINE_CHARS = 12
"""A line as long as this stands twice by mistake."""
_EACH = "有都皆是"
"""Before these what is doubled means each: 山山有人管."""
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万")
_MEASURES = frozenset(
    "件家户人天年月个条样种层步次代村封本座句桩项张片块辆束朵棵根株颗粒滴声口门排行列队班批群串堆捆筐篮袋瓶杯碗盘枚幅段节篇章页册卷字笔道处间栋幢岁份位"
    "名场档两钱点些番趟遍阵回顿把双副套盏扇面丝缕寸期讲钉"
)
_DEEDS = frozenset(
    "看听想说走坐试问谈聊学转逛尝摸按讲算查找管动笑玩伸揉拍敲捶捏搓擦洗刷扫拖抹换歇躺站跑跳唱写画读念背练教帮劝哄逗晒吹烤炒煮泡拌搅摇晃闻嗅嚼咬吃喝品"
    "评比量称数翻理修补缝剪收放挪搬抬压踩踢打拉推碰议改调瞧瞅挠抖拧捋眨眯"
    "粗细紧松轻重慢快高低深浅厚薄长短远近暖冷热甜香直弯圆扁胖瘦白黑红绿蓝黄暗亮静悄空满浓淡稀密呆傻乖早久淡偏渐常仅刚悄默微深频偷苦喃匆滔"
    "緊細輕長遠淺厚紅綠藍黃亮靜滿濃條張輛聲門間對雙隻說聽試問談講寫畫讀練幫勸曬搖"
)
"""Measure words and nouns, verbs and adjectives that speech doubles."""
_SOUNDS = frozenset("呼噜哗啦咕咚叮当嘀嗒滴答轰隆扑通噼啪咔嚓吱呀嗡嘎哈呵嘻嘿咚嘟唧喳")
_UNITS = frozenset("班队部市区县校厂站院局科组店村镇乡国省会社所处连团行矿营旅师州军舰館館長隊縣區鎮鄉國會團")
_CLAUSE_END = "，。！？；”」"


def double_slips(text: str, lattice: Lattice, hard: Floats) -> Iterator[Slip]:
    """Doubled characters, then doubled words."""
    yield from _characters(text, lattice, hard)
    yield from _words(text, lattice)
    for match in _DOUBLED_PHRASE.finditer(text):
        yield Slip(match.start(), match.end(), match[1], "double", 0.8)


def line_slips(copy: Copy) -> Iterator[Slip]:
    """A paragraph that stands twice, one after the other: a line that was pasted or scanned again."""
    for before, passage in pairwise(copy.passages):
        text = copy.text[passage.start : passage.end]
        is_again = text == copy.text[before.start : before.end] and before.article == passage.article
        if is_again and passage.field == "para" and len(text) >= _LINE_CHARS:
            yield Slip(passage.start, passage.end, None, "double", 0.8)


def _characters(text: str, lattice: Lattice, hard: Floats) -> Iterator[Slip]:
    places = [m.start() for m in _DOUBLED.finditer(text)]
    if not places:
        return
    at = np.array(places, np.int64) + 1
    gains = lattice.gains(at, at + 1, np.full(len(at), NOTHING, np.uint32))
    alone, in_long_word = lattice.alone, lattice.in_long_word
    repeats = Repeats(text)
    for place, gain in zip(places, gains.tolist(), strict=True):
        if (in_long_word[place] and in_long_word[place + 1]) or _is_never_slip(text, place):
            continue
        worth = gain - (ALONE_PRIOR if alone[place] or alone[place + 1] else WORD_PRIOR) - hard[place]
        worth -= HABIT_COST * _is_habit(text, place, is_seam=alone[place] and not alone[place + 1])
        if not alone[place + 1]:
            worth -= SEAM_COST * (2 if _are_words(lattice, place) else 1)
            if worth >= LEAST_GAIN and repeats.count(text[place - 2 : place + 1]) > repeats.count(
                text[place - 2 : place + 2]
            ):
                worth -= UNIT_COST
        if worth >= LEAST_GAIN:
            worth -= REPEATED_COST * min(repeats.count(text[place - 1 : place + 2]) - 1, MOST_REPEATS)
        if worth >= LEAST_GAIN:
            yield Slip(place, place + 2, text[place], "double", certainty(worth + 1))


def _words(text: str, lattice: Lattice) -> Iterator[Slip]:
    matches = [match for match in _DOUBLED_WORD.finditer(text) if _is_doubtful(match[1], lattice)]
    if not matches:
        return
    at, to = np.array([match.span(1) for match in matches], np.int64).T
    gains = lattice.gains(at, to, np.full(len(at), NOTHING, np.uint32)) - TWICE_PRIOR
    for match, gain in zip(matches, gains.tolist(), strict=True):
        if text[match.end() : match.end() + 1] in _CLAUSE_END:  # 商量商量。
            gain -= HABIT_COST
        if gain >= 0:
            yield Slip(match.start(), match.end(), match[1], "double", certainty(gain))


def _is_doubtful(word: str, lattice: Lattice) -> bool:
    """A word that is not one doubled too, no numeral and no sound."""
    if (
        len(set(word)) == 1
        or word[0] in "一不几"
        or not _NUMERALS.isdisjoint(word)
        or _SOUNDS.issuperset(word)
    ):
        return False
    keys = np.array([word_key(word), word_key(word * 2) if len(word) == 2 else 0], np.uint64)
    single, twice = lattice.lexicon.words(keys)
    return bool(single != NO_WORD and twice == NO_WORD)


def _are_words(lattice: Lattice, at: int) -> bool:
    """Whether the first of the two ends a word of two and the second begins one (高考|考点)."""
    pairs = lattice.words[:, 1]
    return at > 0 and pairs[at - 1] != NO_WORD and pairs[at + 1] != NO_WORD


def _is_never_slip(text: str, at: int) -> bool:
    """一AA, 每AA, numerals in a row (十五五), a unit and its head (班班长), and what stands three times."""
    before, after = text[max(0, at - 1) : at], text[at + 2 : at + 3]
    if text[at] in _UNITS and after and after in "长民委办情内外":
        return True
    if text[at] in _NUMERALS and (before in _NUMERALS or after in _NUMERALS):
        return True
    return (before != "" and before in "一几每") or text[at] in (before, after)


def _is_habit(text: str, at: int, *, is_seam: bool) -> bool:
    """AABB, ABB, numerals, and what speech doubles; not a noun before a word of its own (人|人口)."""
    after = text[at + 2 : at + 4]
    is_counted = text[at - 1 : at].isdigit()  # 68名名
    if (
        text[at] in _NUMERALS
        or text[at] in _DEEDS
        or (text[at] in _MEASURES and not is_seam and not is_counted)
        or (after[:1] in _EACH and after != "" and not is_han(text[at - 1 : at]))
        or (len(after) == 2 and after[0] == after[1])
    ):
        return True
    return at >= 2 and text[at - 1] == text[at - 2]
