"""What a proofreader marks (校对符号所指): a place, what should perhaps stand there, and why.

A slip's `code` is what `typeset proof --apply` takes; the table says its kind in the corpus's words,
the rule it rests on and what it tells the editor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from typeset.model.findings import Words


@dataclass(frozen=True, slots=True)
class Slip:
    """Characters from `start` to `end` of the copy should perhaps be `new` (None: no suggestion)."""

    start: int
    end: int
    new: str | None
    code: str
    certainty: float
    """From 0 to 1: how sure the proofreader is."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code stands for."""

    kind: str
    source: str
    words: Words


RULES: Final[dict[str, Rule]] = {
    "ocr": Rule(
        "ocr",
        "look-alikes weighed by the words round them",
        Words("a look-alike of another character?", "形近误认？"),
    ),
    "figure": Rule(
        "ocr",
        "a letter or mark among figures",
        Words("a letter or mark among figures", "数字中混入字母或标点"),
    ),
    "dash": Rule(
        "ocr",
        "GB/T 15834-2011 4.13",
        Words("一 and dashes are taken for one another", "“一”与连接号、破折号混淆"),
    ),
    "word": Rule("ocr", "现代汉语词典", Words("a misspelt word", "常见错别字")),
    "double": Rule("double", "the words round it", Words("a doubled character?", "重字？")),
    "drop": Rule("drop", "the words round it", Words("a dropped character?", "漏字？")),
    "width": Rule(
        "width", "GB/T 15834-2011 5.1.7", Words("half-width among full-width characters", "半角与全角混用")
    ),
    "mark": Rule("mark", "GB/T 15834-2011 4", Words("marks that cannot stand together", "标点误用")),
    "pair": Rule(
        "pair", "GB/T 15834-2011 4.8, 4.9", Words("a bracket or quote without its fellow", "括号或引号不成对")
    ),
    "space": Rule("space", "GB/T 15834-2011 5.1", Words("a space inside a word", "词内误加空格")),
    "numeral": Rule(
        "numeral", "GB/T 15835-2011 4, 5", Words("figures written against the standard", "数字用法")
    ),
    "date": Rule("date", "the calendar", Words("a date or time that does not exist", "日期或时间有误")),
    "sum": Rule("sum", "arithmetic", Words("figures that cannot be", "数字有矛盾")),
    "name": Rule("name", "the same name elsewhere", Words("a name written in two ways", "姓名前后不一致")),
}
"""Every code, in the order in which slips at one place are preferred."""
