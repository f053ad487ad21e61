"""What is asked of any piece of text: its width in ems, and whether a sentence ends with it."""

from __future__ import annotations

import re

_FINAL = re.compile(r"(?:[。！？!?…]|(?<=[A-Za-z])\.)[”’」』）)】》〉\"']*(?:[①-⑳]|\[\d{1,3}\])?$")
_FINAL_CHARS = 12
FINAL_ENDS = "。！？!?…"
"""A sentence ends where one of these does,"""
MAYBE_FINAL_ENDS = ".”’」』）)】》〉\"']①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
"""and may end where one of these does: a foot note's sign follows the stop."""


def em_width(text: str) -> float:
    """The width of `text` in ems: a full-width character 1, an ASCII one ½."""
    return len(text) - 0.5 * len(text.encode("ascii", "ignore"))


def is_final(text: str) -> bool:
    """A sentence ends where `text` does."""
    last = text[-1:]
    if last not in MAYBE_FINAL_ENDS:
        return last in FINAL_ENDS
    return _FINAL.search(text[-_FINAL_CHARS:]) is not None
