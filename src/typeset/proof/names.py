"""Names written in two ways (姓名前后不一致): one character apart, in one article or its byline.

A name is known by its surname and by what stands round it: a title before it, a verb of saying after
it, the byline, or that it comes again. Another spelling differs in one given character, by one that
looks, is built or sounds alike.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from typeset.lexicon.confusions import confusables
from typeset.model.bulletin import Bulletin
from typeset.proof.copy import Copy
from typeset.proof.hardness import SURNAMES
from typeset.proof.look_alikes import Repeats
from typeset.proof.slips import Slip

_HAN = "\u4e00-\u9fff"
_SURNAME = f"[{''.join(sorted(SURNAMES))}]"
_TITLED = re.compile(
    "(?:叫|署名[:：]?|落款是[:：]|支书|书记|主任|局长|镇长|乡长|县长|市长|区长|村长|省长|部长|处长|科长|所长|站长|厂长|校长|院长|行长|社长|会长|队长|班长|组长|团长|连长|排长|矿长|渠长|"
    "经理|老师|教师|教授|医生|护士|记者|通讯员|村民|市民|居民|职工|工人|师傅|教练|选手|队员|后卫|前锋|中锋|门将|委员|代表|主席|助理|工程师|队友|院士|"
    "学生|同学|战士|民警|律师|会计|读者|作者|老人|老汉|大爷|大娘|大姐|大嫂|阿姨|叔叔|同志|志愿者|负责人|党员|店主|户主|農民|書記|記者|老師|經理|隊長|師傅|營養師|會長|校長)"
    f"(?=({_SURNAME}[{_HAN}]{{2}}))"
)
_SPEAKING = re.compile(
    f"(?=({_SURNAME}[{_HAN}]{{2}})(?:说|告诉|介绍|表示|认为|回忆|指出|强调|笑着|今年|同志|老师|主持|带领|带着|說|告訴|介紹))"
)
_NAMELIKE = re.compile(f"(?=({_SURNAME}[{_HAN}]{{2}}))")
_CUE = 2
"""What a cue counts, in places where the name stands."""
_SHORT_FOLLOWERS = "，。、；：！？”）》说在和与的将为是也就还又都独以告介表认主"


def name_slips(bulletin: Bulletin, copy: Copy, alone: npt.NDArray[np.bool_]) -> Iterator[Slip]:
    """A rarer spelling beside a commoner or better known one, in each article; `alone` as in `Lattice`."""
    for number, (start, end) in _articles(copy).items():
        text = copy.text[start:end]
        weight = _known(text, alone[start:end])
        for name in bulletin.articles[number].byline:
            weight[name] += _CUE * (len(name) in (2, 3))
        yield from (Slip(start + at, start + at + 1, char, "name", 0.6) for at, char in _twins(text, weight))


def _articles(copy: Copy) -> dict[int, tuple[int, int]]:
    """Where each article's texts begin and end."""
    out: dict[int, tuple[int, int]] = {}
    for passage in copy.passages:
        first, _ = out.get(passage.article, (passage.start, 0))
        out[passage.article] = first, passage.end
    return out


def _known(text: str, alone: npt.NDArray[np.bool_]) -> Counter[str]:
    """Names of three and two characters, and in how many places, cues counted double."""
    weight: Counter[str] = Counter()
    for pattern in (_TITLED, _SPEAKING):
        for match in pattern.finditer(text):
            weight[match[1]] += _CUE - 1
            weight[match[1][:2]] += _CUE
    again: Counter[str] = Counter()
    for match in _NAMELIKE.finditer(text):
        name, at = match[1], match.start()
        if name in weight or alone[at : at + 3].all():
            weight[name] += 1
        elif alone[at]:
            again[name] += 1
    weight.update({name: often for name, often in again.items() if often >= 2 and name not in weight})
    return weight


def _twins(text: str, weight: Counter[str]) -> Iterator[tuple[int, str]]:
    """Where a given character is not the one of the better known name, and that one."""
    repeats = Repeats(text)
    by_frame: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for name, often in weight.items():
        if often >= 2:
            for gone in range(1, len(name)):
                by_frame[name[:gone] + "_" + name[gone + 1 :], gone].append(name)
    for match in _NAMELIKE.finditer(text):
        at, three = match.start(), match[1]
        sizes = (3, 2) if text[at + 2] in _SHORT_FOLLOWERS else (3,)
        for size in sizes:
            found = three[:size]
            for gone in range(1, size):
                for name in by_frame.get((found[:gone] + "_" + found[gone + 1 :], gone), ()):
                    if name != found and _is_slip_of(repeats, found, name, gone, weight):
                        yield at + gone, name[gone]


def _is_slip_of(counted: Repeats, found: str, name: str, at: int, weight: Counter[str]) -> bool:
    """Whether `found` is the rarer of the two, and the characters that differ are taken for one another."""
    often = counted.count(found)
    if (
        weight[name] <= often + (len(name) == 2)
        or weight[name] < weight[found]
        or counted.count(name) < 4 - len(name)
    ):
        return False
    return are_alike(found[at], name[at])


def are_alike(char: str, other: str) -> bool:
    """Whether the tables know one for the other; a character that they do not know at all is a misprint."""
    table = confusables()
    codes = (ord(char), ord(other))
    if max(codes) > 0xFFFF or table.first[codes[0]] == table.first[codes[0] + 1]:
        return True
    return any(b in table.other[table.first[a] : table.first[a + 1]] for a, b in (codes, codes[::-1]))
