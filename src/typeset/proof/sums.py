"""Figures that cannot be (数字矛盾): shares above a whole, growth and differences that do not come out.

Only what arithmetic alone can tell: parts after 其中 may overlap, so their sum proves nothing, but none
is more than its whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from typeset.proof.copy import Copy
from typeset.proof.slips import Slip

_SHARE = re.compile(
    r"(?:占[^，。；\n]{0,16}?|(?:合格|达标|完好|出勤|录取|及格|覆盖|通过|入学|参保|绿化|满意|普及|到位|办结|"
    r"成活|识字|利用|回收|命中|支持|投票|识晓|知晓|签约|入户|就业|履约|化解|成功|上座|入住|响应|回访|结案|兑现|防治|硬化|治愈|发芽|巩固|接种|整改|缴费|收缴|准确|正确|识别|一次通过|巡检|回款)[率度面][^，。；\n]{0,8}?)(\d+(?:\.\d+)?)[%％]"
)
_FROM_TO = re.compile(
    r"[从由](?:[^，。；\d\n]{0,12})(\d+(?:\.\d+)?)([^\d，。；\n]{0,4})[^\d，。；\n]{0,4}?"
    r"(增加|增长|提高|上升|扩大|发展|减少|下降|降低|降|升|增|减|缩短)(?:了)?[到至为](\d+(?:\.\d+)?)([^\d，。；\n]{0,4})"
    r"[，,](?:同比|分别)?(?:增长|增加|提高|上升|增幅|下降|减少|降低|降幅|净增)(?:了|达|为)?(\d+(?:\.\d+)?)[%％]"
)


_PROPORTION = re.compile(
    r"(?<![\d.:：∶])(\d{1,2}(?:\.\d+)?)[:：∶](\d{1,2}(?:\.\d+)?)[:：∶](\d{1,2}(?:\.\d+)?)(?![\d.:：∶])"
)
_NUMBER = r"(\d+(?:\.\d+)?)(万?[人名户个家件项亩台辆条座篇场次吨元]|亿元)"
_WHOLE = re.compile(_NUMBER + r"[^。；\n\d]{0,6}[，（(][^。；\n\d]{0,4}其中([^。；\n）)]*)")
_SEXES = re.compile(
    _NUMBER
    + r"[^。；\n\d]{0,6}[，（(](?:其中)?男[^\d。，；\n]{0,4}(\d+)[人名][，、；]女[^\d。，；\n]{0,4}(\d+)[人名]"
)
_DIFFERENCE = re.compile(
    r"[从由](?:[^，。；\d\n]{0,12})(\d+(?:\.\d+)?)([^\d，。；\n%％]{1,4}?)(?:增加|增长|提高|上升|扩大|发展|减少|下降|降低|降|增)(?:了)?[到至为]"
    r"(\d+(?:\.\d+)?)\2，(?:增加|净增|减少|降低|多|少)了(\d+(?:\.\d+)?)\2"
)


def sum_slips(copy: Copy) -> Iterator[Slip]:
    """Everything that arithmetic shows."""
    text = copy.text
    yield from _shares(text)
    yield from _growth(text)
    yield from _wholes(text)
    yield from _differences(text)


def _shares(text: str) -> Iterator[Slip]:
    """A share of a whole above one hundred per cent."""
    for match in _SHARE.finditer(text):
        if float(match[1]) > 100:
            yield Slip(match.start(1), match.end(), None, "sum", 0.7)


def _growth(text: str) -> Iterator[Slip]:
    """From A to B is said to be p per cent, and is not."""
    for match in _FROM_TO.finditer(text):
        before, after, said = float(match[1]), float(match[4]), float(match[6])
        if not before or match[2].strip()[:1] != match[5].strip()[:1] or match[2][:1] in "%％":
            continue
        true = abs(after - before) / before * 100
        if abs(true - said) > max(1.0, 0.03 * true):
            new = f"{true:.1f}".rstrip("0").rstrip(".")
            yield Slip(match.start(6), match.end(6), new, "sum", 0.6)


def _wholes(text: str) -> Iterator[Slip]:
    """A part greater than its whole, men and women that are not all, three shares that are not a hundred."""
    for match in _near(text, "其中", _WHOLE):
        for part in re.finditer(_NUMBER, match[3]):
            if part[2] == match[2] and float(part[1]) > float(match[1]):
                start = match.start(3) + part.start(1)
                yield Slip(start, start + len(part[1]), None, "sum", 0.8)
    for match in _near(text, "男", _SEXES):
        if match[2] in ("人", "名") and float(match[1]) != float(match[3]) + float(match[4]):
            yield Slip(match.start(), match.end(), None, "sum", 0.8)
    for match in _PROPORTION.finditer(text):
        total = sum(float(match[n]) for n in (1, 2, 3))
        if "." in match[0] and 80 < total < 120 and abs(total - 100) > 0.25:
            yield Slip(match.start(), match.end(), None, "sum", 0.7)


def _near(text: str, cue: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches that have the cue in them, looked for a little before each place of it."""
    at = text.find(cue)
    while at >= 0:
        match = pattern.search(text, max(0, at - 24), at + 120)
        if match is not None and match.start() < at < match.end():
            yield match
            at = max(at, match.end() - 1)
        at = text.find(cue, at + 1)


def _differences(text: str) -> Iterator[Slip]:
    """From A to B is said to be C more, and is not."""
    for match in _DIFFERENCE.finditer(text):
        before, after, said = float(match[1]), float(match[3]), float(match[4])
        if abs(abs(after - before) - said) > 0.051 * max(1.0, said / 10):
            new = f"{abs(after - before):.2f}".rstrip("0").rstrip(".")
            yield Slip(match.start(4), match.end(4), new, "sum", 0.7)
