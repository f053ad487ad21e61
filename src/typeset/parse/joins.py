"""Whether a line goes on with the text above it: hard wraps, and paragraphs broken by columns or pages.

The evidence: how the upper line ends, how the lower begins, brackets left open, numbers cut in two,
and whether the two characters at the seam stand side by side elsewhere in the bulletin.
"""

from __future__ import annotations

import re
from collections import Counter

from typeset.lexicon.table import WORD_CHARS, bound
from typeset.parse.manner import Manner, fills
from typeset.parse.views import View
from typeset.parse.weights import JOIN
from typeset.parse.words import words

OPENERS = "“‘「『（(《〈【"
CLOSERS = "”’」』）)》〉】"
_PAIRED = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")
_CLOSE_START = re.compile("[，。、；：！？”’」』）)》〉】%％]")
_UNITS = "万亿元千百吨斤公户人个次名家项件条亩米里年月日时分秒岁度倍成多余％%℃种批场座台套辆期"
_SPECIAL = frozenset(
    words(
        """
    bracket_likely bracket_sure byline_sure caption_head dateline foot foot_more furn_sure item_para
    jump_in jump_out label lead_in list_item meta note num_bullet num_circled num_cn num_cn_paren
    num_reference qa references row salute unit_bracket
    """
    )
)
COHESION_CHARS = 300_000
"""Neighbours are counted in this much of the bulletin; more would tell no more."""
MAX_HALF = WORD_CHARS - 1
MIN_BOUND = 4.0
"""A word counts that is by so many nats likelier than its characters side by side."""
_CLAUSES = frozenset(("stops_inside", "commas", "end_comma"))


class Joiner:
    """Scores of lines running on, kept as they are asked for; `score(above, here)` by index."""

    def __init__(
        self, views: list[View], manner: Manner, whole: str, weights: dict[str, float] = JOIN
    ) -> None:
        self._views = views
        self._weights = weights
        self._manner = manner
        self._whole = whole[:COHESION_CHARS]
        self._known: dict[tuple[int, int], float] = {}
        self._unfinished: dict[int, bool] = {}
        self._pairs: Counter[tuple[str, str]] | None = None

    def forget(self, weights: dict[str, float]) -> None:
        """Score by other weights from now on."""
        self._weights = weights
        self._known.clear()

    def score(self, above: int, here: int) -> float:
        key = (above, here)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._score(above, here)
        return known

    def text_like(self, above: int, here: int, value: float) -> float:
        """How much a line looks like text, as part of a paragraph: any rest may follow a full line."""
        return max(value, 0.0) if self._is_full(above, self._views[here].line.text) else value

    def is_unfinished(self, at: int) -> bool:
        """Line `at` breaks off in mid sentence (or at a measure's end, where that is how lines end)."""
        known = self._unfinished.get(at)
        if known is None:
            known = self._unfinished[at] = self._breaks_off(at)
        return known

    def _breaks_off(self, at: int) -> bool:
        view = self._views[at]
        if _is_headlike(view):
            return False
        if view.is_final or "end_colon" in view.names or "end_semi" in view.names:
            return open_at_end(view.line.text) if view.is_final else False
        return self._is_full(at, "") if view.measure_em else view.line.width >= 15

    def is_break(self, above: int, here: int) -> bool:
        """The seam between two joined lines is a broken paragraph, no mere hard wrap."""
        return not self._views[above].measure_em or here - above > 1

    def _is_full(self, at: int, here: str) -> bool:
        """The next line's first unit would not have fitted on line `at`."""
        view = self._views[at]
        return view.measure_em > 0 and fills(view.line, here, view.measure_em)

    def _score(self, above: int, here: int) -> float:
        weights = self._weights
        return sum(weights[name] for name in self.evidence(above, here))

    def evidence(self, above: int, here: int) -> list[str]:
        """The names in JOIN of what speaks for and against the two lines' being one text."""
        upper, lower = self._views[above], self._views[here]
        is_over = here - above > 1
        out = ["over_furniture"] if is_over else []
        if is_over and self.is_unfinished(above) and lower.is_final:
            out.append("over_broken")
        if not _SPECIAL.isdisjoint(lower.names):
            out.append("special")
        if "photo_credit" in lower.names:
            out.append("photo_credit")
        if lower.line.blanks and self._manner.blank_tells >= 0.5:
            out.append("gap_over" if is_over else "gap")
        if upper.measure_em and self._manner.tight_tells and lower.line.blanks and not is_over:
            out.append("gap_wrapped")
        out += self._wrapped(upper, lower, above) if upper.measure_em else self._unwrapped(upper, lower)
        return out

    def _unwrapped(self, upper: View, lower: View) -> list[str]:
        tail, head = upper.line.text, lower.line.text
        out = _ending(upper)
        if _CLOSE_START.match(head):
            out.append("closer_start")
        if tail[-1].isdigit() and (head[0].isdigit() or head[0] in _UNITS or head[0] == "."):
            out.append("number")
        out.append(self._cohesion(tail[-1] + head[0]))
        if is_word_across(tail, head):
            out.append("word_across")
        if self._manner.indent_em:
            out.append("flush" if "flush" in lower.names else "indent")
        if _is_headlike(upper):
            out.append("headlike_above")
        if lower.line.width < 30 and not lower.is_final and "end_semi" not in lower.names:
            out.append("short_here")
        return out

    def _wrapped(self, upper: View, lower: View, above: int) -> list[str]:
        indented = bool(self._manner.indent_em)
        head = lower.line.text
        if indented and lower.line.indent >= 1:
            return ["wrap_indent"]
        if _CLOSE_START.match(head):
            return ["closer_start"]
        if upper.is_list_item and upper.is_final:
            return ["wrap_short_stop"]
        if self._is_full(above, head):
            return ["wrap_full_stop" if upper.is_final and not indented else "wrap_full"]
        if upper.is_final:
            return ["wrap_short_stop"]
        return ["wrap_short", "wrap_comma"] if upper.line.text[-1] in "，、" else ["wrap_short"]

    def _cohesion(self, pair: str) -> str:
        if self._pairs is None:
            self._pairs = Counter(zip(self._whole, self._whole[1:], strict=False))
        count = self._pairs[pair[0], pair[1]]
        return "cohesion_often" if count >= 3 else "cohesion" if count else "strange"


def is_word_across(left: str, right: str) -> bool:
    """A word of the shipped table stands across the seam, and is likelier than its characters alone."""
    left, right = left[-MAX_HALF:], right[:MAX_HALF]
    words = [
        left[-before:] + right[:after]
        for before in range(1, len(left) + 1)
        for after in range(1, min(len(right), WORD_CHARS - before) + 1)
    ]
    if not words or not all(map(str.isalpha, words[0])):
        return False
    return bool((bound(words) > MIN_BOUND).any())


def _ending(upper: View) -> list[str]:
    tail = upper.line.text
    is_open = open_at_end(tail)
    if upper.is_final:
        return ["stop", "open_stop"] if is_open else ["stop"]
    last = tail[-1]
    if last in "；;":
        return ["semi"]
    if last in "：:":
        return ["colon"]
    kind = "closer" if last in "）)】》〉" else "comma" if last in "，、," else "bare"
    return [kind, "open"] if is_open else [kind]


def _is_headlike(view: View) -> bool:
    """A line that stands for itself: short without any stop, or a note of key words."""
    if "caption_tail" in view.names:
        return True
    if "note" in view.names:
        return view.line.width <= 60 and view.line.text[-1] not in "，、"
    return view.line.width <= 30 and not _CLAUSES & set(view.names)


def open_at_end(text: str) -> bool:
    """A bracket or quote is still open where `text` ends."""
    depth = 0
    for char in _PAIRED.findall(text):
        depth = depth + 1 if char in OPENERS else max(0, depth - 1)
    return depth > 0


def joined(left: str, right: str) -> str:
    """Two halves of a text put together; Latin words keep a blank between them."""
    if (
        left
        and right
        and left[-1].isascii()
        and right[0].isascii()
        and left[-1].isalpha()
        and right[0].isalpha()
    ):
        return f"{left} {right}"
    return left + right
