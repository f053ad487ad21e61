"""Punctuation (标点): half widths among Chinese, marks that cannot meet, pairs, blanks inside words.

GB/T 15834-2011; widths are judged by what stands beside a mark, never inside Latin, figures or URLs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from typeset.proof.copy import Copy, Passage
from typeset.proof.slips import Slip

H = "\u3400-\u9fff"
FULL = f"{H}，。、；：！？“”‘’（）《》〈〉【】「」『』…—"
_SURE = 0.95
_LIKELY = 0.8
_URL = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|[\w.+-]+@[\w.-]+", re.ASCII)
_REFERENCE = re.compile(r"^[^\n]*\[[A-Z](?:/OL)?\][^\n]*$", re.MULTILINE)
"""References (GB/T 7714-2015) are printed with half-width marks."""
_HALF = re.compile(
    rf"(?<=[{FULL}])[,;:?!](?=[{FULL}\d\s]|$)|(?<=[\dA-Za-z%％)])[,;?!](?=[{FULL}])|(?<=[\dA-Za-z%％)]):(?=[“「《{H}])"
    rf"|(?<=[{H}])\.(?=[{H}”」）]|\s*$)",
    re.MULTILINE,
)
_WIDE = dict(zip(",;:?!.", "，；：？！。", strict=True))
_BRACKETS = re.compile(r"\(([^()（）\n]{0,60})\)")
_BRACKET_MIXED = re.compile(r"\(([^()（）\n]{0,60})）|（([^()（）\n]{0,60})\)")
_ANGLES = re.compile(rf"<([{H}][^<>\n]{{0,40}})>")
_STRAIGHT = re.compile(rf'"(?=[{FULL}])([^"\n]{{1,60}})"')
_WIDTHS = (
    (re.compile("[０-９]+(?:．[０-９]+)?"), re.compile("[0-9]")),
    (re.compile("[Ａ-Ｚａ-ｚ]+"), re.compile("[A-Za-z]")),
)
USUAL_TIMES = 4
"""Half-width figures are the rule where there are so many times as many of them."""
_HAN = re.compile(f"[{H}]")
_MEET = re.compile("([，、；：])[，、；：。]+|([。！？])[，、；：。]+")
_DOTS = re.compile(r"。{3,}|\.{3,}|(?<!…)…(?!…)|·{3,}")
_HYPHENS = re.compile(rf"(?<=[{FULL}])(?:--+|－－+|──+)(?=[{FULL}])")


def mark_slips(copy: Copy) -> Iterator[Slip]:
    """Widths, meetings of marks, and pairs."""
    kept = [match.span() for match in (*_URL.finditer(copy.text), *_REFERENCE.finditer(copy.text))]
    for slip in (*_halves(copy.text), *_wide_figures(copy.text), *_meetings(copy.text)):
        if not any(a <= slip.start < b for a, b in kept):
            yield slip
    yield from _pairs(copy)


def _halves(text: str) -> Iterator[Slip]:
    for match in _HALF.finditer(text):
        yield Slip(match.start(), match.end(), _WIDE[match[0]], "width", _SURE)
    for match in _BRACKETS.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if _HAN.search(match[1]) or (_HAN.match(before) and not match[1].isdigit()):
            yield from _both(match, "（", "）", "width")
    for match in _BRACKET_MIXED.finditer(text):
        at = match.start() if match[0][0] == "(" else match.end() - 1
        yield Slip(at, at + 1, "（" if match[0][0] == "(" else "）", "width", _SURE)
    for match in _ANGLES.finditer(text):
        inside = text.rfind("《", 0, match.start()) > text.rfind("》", 0, match.start())
        left, right = "〈〉" if inside else "《》"
        yield from _both(match, left, right, "width")
    for match in _STRAIGHT.finditer(text):
        yield from _both(match, "“", "”", "width")


def _both(match: re.Match[str], left: str, right: str, code: str) -> Iterator[Slip]:
    yield Slip(match.start(), match.start() + 1, left, code, _SURE)
    yield Slip(match.end() - 1, match.end(), right, code, _SURE)


def _wide_figures(text: str) -> Iterator[Slip]:
    """Full-width figures and letters, where half-width ones are the rule."""
    for wide, half in _WIDTHS:
        found = list(wide.finditer(text))
        if found and len(half.findall(text)) >= USUAL_TIMES * sum(len(m[0]) for m in found):
            for match in found:
                new = "".join(chr(ord(c) - 0xFEE0) for c in match[0])
                yield Slip(match.start(), match.end(), new, "width", _LIKELY)


def _meetings(text: str) -> Iterator[Slip]:
    for match in _MEET.finditer(text):
        marks = match[0]
        if "。。。" in marks:  # dots for an ellipsis: below
            continue
        if len(set(marks)) == 1:
            yield Slip(match.start(), match.end(), marks[0], "double", _SURE)
        else:
            keep = next((m for m in marks if m in "。！？"), marks[-1])
            yield Slip(match.start(), match.end(), keep, "mark", _LIKELY)
    for match in _DOTS.finditer(text):
        yield Slip(match.start(), match.end(), "……", "mark", _LIKELY)
    for match in _HYPHENS.finditer(text):
        yield Slip(match.start(), match.end(), "——", "mark", _LIKELY)


# -- pairs -----------------------------------------------------------------------------------------

_OPEN = dict(zip("“‘（《〈【「『〔(", "”’）》〉】」』〕)", strict=True))
_SPEECH = "“‘「『"
"""Speech over several paragraphs opens each, and closes the last alone (GB/T 15834-2011 4.8.3.4)."""
_CLOSE = {close: open_ for open_, close in _OPEN.items()}
_ALIKE = {"(": "（", ")": "）"}
_ANY = re.compile("[" + re.escape("".join(_OPEN) + "".join(_CLOSE)) + "]")
_LIST_MARK = re.compile(r"(?:^|[\n。；;：:，,\s])[（(]?[\dA-Za-z一二三四五六七八九十①-⑳]{1,3}$")
_SPAN = 40


def _pairs(copy: Copy) -> Iterator[Slip]:
    """Brackets and quotes of each text that have no fellow there."""
    loose = {n: list(_loose(copy.text, p)) for n, p in enumerate(copy.passages) if p.field != "table"}
    for number, marks in loose.items():
        passage = copy.passages[number]
        after = copy.passages[number + 1] if number + 1 < len(copy.passages) else None
        opens_next = {copy.text[at] for at in loose.get(number + 1, ())}
        closes_before = {copy.text[at] for at in loose.get(number - 1, ())}
        is_last = after is None or after.article != passage.article
        for at in marks:
            mark = copy.text[at]
            if mark in _OPEN:
                if is_last and passage.article in copy.cut:
                    continue
                goes_on = (
                    mark in _SPEECH and after is not None and copy.text[after.start : after.start + 1] == mark
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


def _unclosed(text: str, at: int, passage: Passage) -> Slip:
    """From the opening mark to the end of its clause; a second opening mark there was to close."""
    close = _OPEN[text[at]]
    before = text.rfind(text[at], max(passage.start, at - _SPAN), at)
    if before >= 0 and close not in text[before:at] and at - before > 1:
        return Slip(at, at + 1, close, "pair", _LIKELY)
    stop = re.compile("[。！？；，\n]").search(text, at, passage.end)
    end = min(stop.start() if stop else passage.end, at + _SPAN)
    return Slip(at, end, text[at:end] + close, "pair", 0.6)


def _unopened(text: str, at: int, passage: Passage) -> Slip:
    open_ = _CLOSE[text[at]]
    stops = [text.rfind(mark, max(passage.start, at - _SPAN), at) for mark in "。！？；，：、"]
    start = max(*stops, passage.start - 1, at - _SPAN - 1) + 1
    return Slip(start, at + 1, open_ + text[start : at + 1], "pair", 0.6)
