"""Punctuation (标点): half widths among Chinese, marks that cannot meet.

GB/T 15834-2011; widths are judged by what stands beside a mark, never inside Latin, figures or URLs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from typeset.proof.copy import Copy
from typeset.proof.slips import Slip

H = "\u3400-\u9fff"
FULL = f"{H}，。、；：！？“”‘’（）《》〈〉【】「」『』…—"
_SURE = 0.95
_LIKELY = 0.8
_URL = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|[\w.+-]+@[\w.-]+", re.ASCII)
_REFERENCE = re.compile(r"^[^\n]*[\[［][A-Z](?:/OL)?[\]］][^\n]*$", re.MULTILINE)
"""References (GB/T 7714-2015) are printed with half-width marks."""
_HALF = re.compile(
    rf"[,;:?!](?=[{FULL}\d\s]|$)(?<=[{FULL}].)|[,;?!](?=[{FULL}])(?<=[\dA-Za-z%％)].)|:(?=[“「《{H}])(?<=[\dA-Za-z%％)].)"
    rf"|\.(?=[{H}”」）]|\s*$)(?<=[{H}].)",
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
_DOTS = re.compile(r"([。.·])\1\1+|…(?!…)(?<!……)")
_DOTS_AND_MORE = re.compile("……等(?=[，。；、）])")
"""GB/T 15834-2011 4.11: either says that there is more."""
_HYPHENS = re.compile(rf"(?<=[{FULL}])(?:--+|－－+)(?=[{FULL}])")


def mark_slips(copy: Copy) -> Iterator[Slip]:
    """Widths and meetings of marks."""
    kept = [match.span() for match in (*_URL.finditer(copy.text), *_REFERENCE.finditer(copy.text))]
    for slip in (*_halves(copy.text), *_wide_figures(copy.text), *_meetings(copy.text)):
        if not any(a <= slip.start < b for a, b in kept):
            yield slip


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
    for match in _DOTS_AND_MORE.finditer(text):
        yield Slip(match.start(), match.end(), "等", "mark", _LIKELY)
    for match in _HYPHENS.finditer(text):
        yield Slip(match.start(), match.end(), "——", "mark", _LIKELY)
