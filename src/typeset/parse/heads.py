"""Which lines of a head are kicker 肩题, headline 主题 and subtitle 副题.

Every way of parting the lines into the three is scored by the table below; the best is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from typeset.parse.names import is_unit
from typeset.parse.patterns import DASHES
from typeset.parse.text import em_width

DOCUMENT_NUMBER = re.compile(r"[（(]?[\u4e00-\u9fff]{2,12}[〔\[［（(]\d{4}[〕\]］）)]\s*\d{1,4}\s*号[）)]?")
COLUMN_EM = 6.0
"""A first line up to this length is the name of a column (栏目) rather than a headline."""
REPORT = re.compile(
    r"(?:纪实|紀實|见闻|見聞|回眸|综述|綜述|侧记|側記|走笔|实践与思考|实践|思考|探访|观察|调查|启示|扫描|解读|纪事|记|小记|札记|透视|经验|做法|掠影|访谈|之路|的故事|追记|报告|细说.+|細說.+|夺.+|获.+|举行.*|召开.*)$"
)
SPLIT: dict[str, float] = {
    "each_kicker": -0.6,
    "each_subtitle": -0.8,
    "unit_first": 2.5,  # 某县教育系统 above a headline
    "column_first": 2.0,  # 古桥故事
    "label_first": 3.0,  # 【要闻】
    "parallel": 1.5,  # two headline lines of one length
    "not_parallel": 0.0,
    "kicker_over_pair": 1.5,  # a first line that stands apart from two parallel ones
    "dash_below": 8.0,
    "report_below": 2.0,  # …实践与思考 below a headline
    "number_below": 8.0,  # 县政发〔2024〕6号
    "longer_below": 0.3,
    "quoted_below": 0.3,
}


@dataclass(frozen=True, slots=True)
class Head:
    kicker: tuple[str, ...]
    headline: tuple[str, ...]
    subtitle: tuple[str, ...]


def split_head(lines: list[str]) -> Head:
    """The best reading of a head's lines."""
    count = len(lines)
    if count == 1:
        return Head((), (lines[0],), ())
    readings = [
        Head(tuple(lines[:k]), tuple(lines[k:h]), tuple(lines[h:]))
        for k in range(count)
        for h in range(k + 1, count + 1)
        if k <= 2 and count - h <= 2
    ]
    if not readings:
        return Head((), tuple(lines), ())
    return max(readings, key=_score)


def _score(head: Head) -> float:
    score = len(head.kicker) * SPLIT["each_kicker"] + len(head.subtitle) * SPLIT["each_subtitle"]
    if head.kicker:
        score += _kicker(head.kicker[0], head.headline)
    for line in head.headline + head.kicker:
        if line.startswith(DASHES):
            score -= SPLIT["dash_below"]
    if len(head.headline) > 1:
        widths = [em_width(line) for line in head.headline]
        even = max(widths) - min(widths) <= 2
        score += SPLIT["parallel"] if even else SPLIT["not_parallel"]
        if even and head.kicker and abs(em_width(head.kicker[0]) - widths[0]) > 2:
            score += SPLIT["kicker_over_pair"]
    if head.subtitle:
        score += _subtitle(head.subtitle[0], head.headline[-1])
    return score


def _kicker(line: str, headline: tuple[str, ...]) -> float:
    if line[0] in "【〖[『★◆☆" and len(line) <= 20:
        return SPLIT["label_first"]
    if is_unit(line):
        return SPLIT["unit_first"]
    if em_width(line) <= COLUMN_EM and em_width(headline[0]) > em_width(line):
        return SPLIT["column_first"]
    return 0.0


def _subtitle(line: str, above: str) -> float:
    if line.startswith(DASHES):
        return SPLIT["dash_below"]
    if DOCUMENT_NUMBER.fullmatch(line):
        return SPLIT["number_below"]
    score = SPLIT["report_below"] if REPORT.search(line) else 0.0
    width, upper = em_width(line), em_width(above)
    if width > upper + 2:
        score += SPLIT["longer_below"]
    if line[0] in "“「":
        score += SPLIT["quoted_below"]
    return score
