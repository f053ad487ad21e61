"""Brackets and quotes without their fellow (括号、引号不成对), and where it may have stood.

Where a cue says where the fellow belongs it is suggested; else the stretch in which it must lie is
quoted. GB/T 15834-2011 4.8 and 4.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from typeset.proof.copy import Copy, Passage
from typeset.proof.slips import Slip

_OPEN = dict(zip("“‘（《〈【「『〔(", "”’）》〉】」』〕)", strict=True))
_SPEECH, _SPEECH_ENDS = "“‘「『", "”’」』"
"""Speech over several paragraphs opens each, and closes the last alone (GB/T 15834-2011 4.8.3.4)."""
_CLOSE = {close: open_ for open_, close in _OPEN.items()}
_ALIKE = {"(": "（", ")": "）"}
_ANY = re.compile("[" + re.escape("".join(_OPEN) + "".join(_CLOSE)) + "]")
_LIST_MARK = re.compile(r"(?:^|[\n。；;：:，,\s])[（(]?[\dA-Za-z一二三四五六七八九十①-⑳]{1,3}$")
STRETCH_CHARS = 44
"""The most that is quoted of where a fellow may lie."""
REMARK_CHARS = 40
"""Speech that goes on in the next paragraph is longer than this; shorter ones are remarks of a talk."""
_LIKELY, _PERHAPS = 0.8, 0.6
_SPOKEN_ON = re.compile(
    "[，。！？…](?=[\u4e00-\u9fff]{1,6}(?<!不)(?:说|道|问|答|表示|介绍|感慨|回忆|說|問|介紹)[，。：；])"
)
"""Speech stops before who said it."""
_CLAUSE_END = re.compile("[。！？；，：\n]")


def pair_slips(copy: Copy) -> Iterator[Slip]:
    """Brackets and quotes of each text that have no fellow there."""
    loose = {n: list(_loose(copy.text, p)) for n, p in enumerate(copy.passages) if p.field != "table"}
    for number, marks in loose.items():
        passage = copy.passages[number]
        after = copy.passages[number + 1] if number + 1 < len(copy.passages) else None
        opens_next = {copy.text[at] for at in loose.get(number + 1, ())}
        closes_before = {copy.text[at] for at in loose.get(number - 1, ())}
        is_last = after is None or after.article != passage.article
        for at, later in zip_longest(marks, marks[1:]):
            mark = copy.text[at]
            if mark in _OPEN:
                if is_last and passage.article in copy.cut:
                    continue
                if later is not None and _closes(copy.text, at, later):
                    continue
                goes_on = (
                    mark in _SPEECH
                    and after is not None
                    and copy.text[after.start : after.start + 1] == mark
                    and (passage.end - at > REMARK_CHARS or mark in opens_next or mark in closes_before)
                )
                if not goes_on and _OPEN[mark] not in opens_next:
                    yield _unclosed(copy.text, at, passage)
            elif _CLOSE[mark] not in closes_before:
                yield _unopened(copy.text, at, passage)


def _loose(text: str, passage: Passage) -> Iterator[int]:
    """Places of the marks without a fellow."""
    stack: list[int] = []
    for match in _ANY.finditer(text, passage.start, passage.end):
        mark = _ALIKE.get(match[0], match[0])
        if mark in _OPEN:
            stack.append(match.start())
            continue
        for depth in range(len(stack) - 1, -1, -1):
            opened = _ALIKE.get(text[stack[depth]], text[stack[depth]])
            if _OPEN[opened] == mark:
                yield from stack[depth + 1 :]
                del stack[depth:]
                break
        else:
            at = match.start()
            is_apostrophe = mark == "’" and (text[at - 1 : at].isascii() or text[at + 1 : at + 3].isdigit())
            if not is_apostrophe and not (mark == "）" and _LIST_MARK.search(text, 0, match.start())):
                yield match.start()
    yield from stack


def _closes(text: str, at: int, later: int) -> bool:
    """Whether the mark at `later` is an opening one again where the one at `at` was to be closed."""
    if text[at] != text[later] or not 1 < later - at <= STRETCH_CHARS:
        return False
    return _OPEN[text[at]] not in text[at:later] and not _CLAUSE_END.search(text, at, later)


def _unclosed(text: str, at: int, passage: Passage) -> Slip:
    """A second opening mark that was to close the first, else from the mark to where its fellow may be."""
    mark, close = text[at], _OPEN[text[at]]
    before = text.rfind(mark, max(passage.start, at - STRETCH_CHARS), at)
    if before >= 0 and _closes(text, before, at):
        return Slip(at, at + 1, close, "pair", _LIKELY)
    end = min(passage.end, at + STRETCH_CHARS)
    again = text.find(mark, at + 1, end)
    end = again if again >= 0 else end
    if mark in _SPEECH:
        said = _SPOKEN_ON.search(text, at + 2, end)
        if said is not None:
            return Slip(said.end(), said.end(), close, "pair", _LIKELY)
    else:
        stop = _CLAUSE_END.search(text, at + 1, end)
        end = stop.start() if stop is not None else end
    return Slip(at, end, None, "pair", _PERHAPS)


def _unopened(text: str, at: int, passage: Passage) -> Slip:
    """Where speech begins after a colon, else from where the mark's fellow may be to the mark."""
    mark, open_ = text[at], _CLOSE[text[at]]
    start = max(passage.start, at - STRETCH_CHARS)
    start = max(start, text.rfind(mark, start, at) + 1)
    if mark in _SPEECH_ENDS:
        colon = text.find("：", start, at - 1)
        if colon >= 0 and text[colon + 1] not in _SPEECH:
            return Slip(colon + 1, colon + 1, open_, "pair", _LIKELY)
    else:
        stops = [m.end() for m in _CLAUSE_END.finditer(text, start, at)]
        start = stops[-1] if stops and at - stops[-1] > 1 else start
    return Slip(start, at + 1, None, "pair", _PERHAPS)
