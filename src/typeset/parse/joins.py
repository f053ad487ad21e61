"""Whether a line goes on with the text above it: hard wraps, and paragraphs broken by columns or pages.

The evidence: how the upper line ends, how the lower begins, brackets left open, numbers cut in two,
and whether the two characters at the seam stand side by side elsewhere in the bulletin.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from math import inf

import numpy as np
import numpy.typing as npt

from typeset.lexicon.table import WORD_CHARS, is_bound, lexicon
from typeset.parse import kinds, traits
from typeset.parse.manner import Manner, fills, full_width
from typeset.parse.views import View
from typeset.parse.weights import JOIN

_CLOSE_START = "，。、；：！？”’」』）)》〉】%％"
_CLINGING = frozenset("，。、；：！？”’」』）)》〉】％")
"""Marks that stay on the line of what stands before them."""
_UNITS = "万亿元千百吨斤公户人个次名家项件条亩米里年月日时分秒岁度倍成多余％%℃种批场座台套辆期"
_SPECIAL = (
    traits.BRACKET_LIKELY
    | traits.BRACKET_SURE
    | traits.BYLINE_SURE
    | traits.CAPTION_HEAD
    | traits.DATELINE
    | traits.FOOT
    | traits.FOOT_MORE
    | traits.PAGE
    | traits.ITEM_PARA
    | traits.JUMPS
    | traits.LABEL
    | traits.LEAD_IN
    | traits.LIST_ITEM
    | traits.META
    | traits.NOTE
    | traits.NUM_BULLET
    | traits.NUM_CIRCLED
    | traits.NUM_CN
    | traits.NUM_CN_PAREN
    | traits.NUM_REFERENCE
    | traits.QA
    | traits.REFERENCES
    | traits.ROW
    | traits.SALUTE
    | traits.UNIT_BRACKET
)
"""What a line is seldom that goes on with another."""
COHESION_CHARS = 300_000
"""Neighbours are counted in this much of the bulletin; more would tell no more."""
OFTEN = 3
MAX_HALF = WORD_CHARS - 1
MIN_BOUND = 4.0
"""A word counts that is by so many nats likelier than its characters side by side."""
_CLAUSES = traits.INSIDE_STOPS | traits.MANY_COMMAS | traits.END_COMMA


class Joiner:
    """Scores of lines running on, kept as they are asked for; `score(above, here)` by index."""

    def __init__(self, views: list[View], manner: Manner, weights: dict[str, float] = JOIN) -> None:
        self._views = views
        self._weights = weights
        self._manner = manner
        self._most_of_seam = _most_of_seam(weights)
        self._known: dict[tuple[int, int], float] = {}
        self._looked_at: dict[tuple[int, int], float] = {}
        self._unfinished: dict[int, bool] = {}
        self._pairs: memoryview[int] | None = None

    def forget(self, weights: dict[str, float]) -> None:
        """Score by other weights from now on."""
        self._weights = weights
        self._most_of_seam = _most_of_seam(weights)
        self._known.clear()
        self._looked_at.clear()

    def gain(self, above: int, here: int, text_like: float, least: float = -inf) -> float:
        """How well line `here`, that looks like text by `text_like`, goes on with line `above`.

        Any rest may follow a full line. What cannot be worth `least` is not looked at closely.
        """
        key = (above, here)
        known = self._known.get(key)
        if known is None:
            if text_like < 0.0:
                lower = self._views[here]
                if self._is_full(above, lower.line.text, lower.line.hints):
                    text_like = 0.0
            known = self._score(above, here, least - text_like) + text_like
            if known > -inf:
                self._known[key] = known
        return known

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
        if view.line.is_final or view.traits & (traits.END_COLON | traits.END_SEMI):
            return view.line.is_final and bool(view.line.hints & kinds.OPEN)
        return self._is_full(at, "") if view.measure_em else view.line.width >= 15

    def is_break(self, above: int, here: int) -> bool:
        """The seam between two joined lines is a broken paragraph, no mere hard wrap."""
        return not self._views[above].measure_em or here - above > 1

    def _is_full(self, at: int, here: str, hints: int = kinds.ALL) -> bool:
        """The next line's first unit would not have fitted on line `at`; any unit, if nothing is `here`."""
        view = self._views[at]
        if not view.measure_em:
            return False
        if not here:
            unit = 1.5 if view.line.text[-1].isascii() else 1.0
            return full_width(view.line) + unit > view.measure_em + 0.01
        if not hints & kinds.UNIT_HEAD and here[1:2] not in _CLINGING:
            return full_width(view.line) + 1.0 > view.measure_em + 0.01  # the unit is one character
        return fills(view.line, here, view.measure_em)

    def _score(self, above: int, here: int, least: float) -> float:
        weights = self._weights
        score = self._looked_at.get((above, here))
        if score is None:
            score = sum(map(weights.__getitem__, self._seen(above, here)))
            self._looked_at[above, here] = score
        if not self._views[above].measure_em:
            if score + self._most_of_seam < least:
                return -inf
            score += sum(map(weights.__getitem__, self._at_seam(above, here)))
        return score

    def evidence(self, above: int, here: int) -> list[str]:
        """The names in JOIN of what speaks for and against the two lines' being one text."""
        seen = self._seen(above, here)
        return seen if self._views[above].measure_em else seen + self._at_seam(above, here)

    def _seen(self, above: int, here: int) -> list[str]:
        """The evidence without what the words at the seam tell."""
        upper, lower = self._views[above], self._views[here]
        is_over = here - above > 1
        out = ["over_furniture"] if is_over else []
        if is_over and lower.line.is_final and self.is_unfinished(above):
            out.append("over_broken")
        if lower.traits & _SPECIAL:
            out.append("special")
        if lower.traits & traits.PHOTO_CREDIT:
            out.append("photo_credit")
        if lower.line.blanks:
            if self._manner.blank_tells >= 0.5:
                out.append("gap_over" if is_over else "gap")
            if upper.measure_em and self._manner.tight_tells and not is_over:
                out.append("gap_wrapped")
        out += self._wrapped(upper, lower, above) if upper.measure_em else self._unwrapped(upper, lower)
        return out

    def _unwrapped(self, upper: View, lower: View) -> list[str]:
        tail, head = upper.line.text[-1], lower.line.text[0]
        out = _ending(upper)
        if head in _CLOSE_START:
            out.append("closer_start")
        if tail.isdigit() and (head.isdigit() or head in _UNITS or head == "."):
            out.append("number")
        if self._manner.indent_em:
            out.append("flush" if lower.traits & traits.FLUSH else "indent")
        if _is_headlike(upper):
            out.append("headlike_above")
        if lower.line.width < 30 and not lower.line.is_final and not lower.line.hints & kinds.SEMI_END:
            out.append("short_here")
        return out

    def _at_seam(self, above: int, here: int) -> list[str]:
        tail, head = self._views[above].line.text, self._views[here].line.text
        cohesion = self._cohesion(tail[-1] + head[0])
        return [cohesion, "word_across"] if is_word_across(tail, head) else [cohesion]

    def _wrapped(self, upper: View, lower: View, above: int) -> list[str]:
        indented = bool(self._manner.indent_em)
        head = lower.line.text
        if indented and lower.line.indent >= 1:
            return ["wrap_indent"]
        if head[0] in _CLOSE_START:
            return ["closer_start"]
        if upper.traits & traits.LIST_ITEM and upper.line.is_final:
            return ["wrap_short_stop"]
        if self._is_full(above, head, lower.line.hints):
            return ["wrap_full_stop" if upper.line.is_final and not indented else "wrap_full"]
        if upper.line.is_final:
            return ["wrap_short_stop"]
        return ["wrap_short", "wrap_comma"] if upper.line.text[-1] in "，、" else ["wrap_short"]

    def _cohesion(self, pair: str) -> str:
        if self._pairs is None:
            text = "\n".join([view.line.text for view in self._views])
            self._pairs = _pairs_in(text[:COHESION_CHARS]).data
        key = ord(pair[0]) << 32 | ord(pair[1])
        at = bisect_left(self._pairs, key)
        if self._pairs[at] != key:
            return "strange"
        return "cohesion_often" if self._pairs[at + OFTEN - 1] == key else "cohesion"


def _pairs_in(text: str) -> npt.NDArray[np.int64]:
    """Each two neighbours as one number, in order; after them some that no neighbours have."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    pairs = np.full(max(len(codes) - 1, 0) + OFTEN, np.iinfo(np.int64).max)
    pairs[: len(codes) - 1] = codes[:-1] << 32 | codes[1:]
    pairs.sort()
    return pairs


def _most_of_seam(weights: dict[str, float]) -> float:
    """The words at a seam tell no more than this for its being none."""
    cohesion = max(weights["cohesion_often"], weights["cohesion"], weights["strange"])
    return cohesion + max(0.0, weights["word_across"])


def is_word_across(left: str, right: str) -> bool:
    """A word of the shipped table stands across the seam, and is likelier than its characters alone."""
    last, first = left[-1:], right[:1]
    if not (last.isalpha() and first.isalpha() and lexicon().may_meet(last, first)):
        return False
    before, after = _letters(left[: -MAX_HALF - 1 : -1]), _letters(right[:MAX_HALF])
    return is_bound(before[::-1], after, MIN_BOUND)


def _letters(text: str) -> str:
    """The letters and Hanzi at its beginning."""
    return "".join(takewhile(str.isalpha, text))


def _ending(upper: View) -> list[str]:
    is_open = upper.line.hints & kinds.OPEN
    if upper.line.is_final:
        return ["stop", "open_stop"] if is_open else ["stop"]
    last = upper.line.text[-1]
    if last in "；;":
        return ["semi"]
    if last in "：:":
        return ["colon"]
    kind = "closer" if last in "）)】》〉" else "comma" if last in "，、," else "bare"
    return [kind, "open"] if is_open else [kind]


def _is_headlike(view: View) -> bool:
    """A line that stands for itself: short without any stop, or a note of key words."""
    if view.traits & traits.CAPTION_TAIL:
        return True
    if view.traits & traits.NOTE:
        return view.line.width <= 60 and view.line.text[-1] not in "，、"
    return view.line.width <= 30 and not view.traits & _CLAUSES


def continued(above: str, text: str) -> str:
    """What `text` adds to the text above it; Latin words keep a blank between them."""
    left, right = above[-1:], text[:1]
    if left.isascii() and right.isascii() and left.isalpha() and right.isalpha():
        return " " + text
    return text
