"""The rules of composition once more, written from typography.md alone: what `typeset galley --json` is checked against.

In: a paragraph as typed, its slip as the command prints it, measure and indent. Nothing of `typeset.compose` is
used: characters are classed one at a time, advances are read from the font file, every line is weighed by
itself. Slow and plain on purpose.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from fontTools.ttLib import TTFont

from typeset.compose.legal_breaks import HAN_UNITS  # T05's list is data, not a rule

FONT = Path(__file__).resolve().parents[2] / "fonts" / "TypesetSong.ttf"
STOPS, CLOSES, OPENS = "。．，、；：！？", "”’」』）】〕〗》〉］｝", "“‘「『（【〔〖《〈［｛"
SPACES = " \t\u00a0\u2002\u2003\u2009\u3000"
PREFIXES, POSTFIXES, SCALES = "¥$￥€£№±＋", "%‰℃°％", "十百千万亿"
SMALL_KANA = set("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々ゝゞヽヾ")
FIRST_TIER, FIRM = "、，；：", "。！？．"
SQUEEZE, OPENING, HYPHEN_COST, WEAK_COST, SHORT_COST, HANG_COST = 1.0, 1.25, 1.0, 30.0, 1.0, 0.02
EPS = 1e-4

_number = r"[0-9]+(?:[.,:/][0-9]+)*[十百千万亿]{0,2}[%‰℃°％]?"
NUMBER = re.compile(rf"(?:No\.\s*|[¥$￥€£№±＋+−-]\s*)?{_number}(?:(?:—(?!—)|[–～~-]){_number})*[A-Za-z]*")
RANGE = re.compile(rf"{_number}(?:(?:—(?!—)|[–～~-]){_number})+")
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@cache
def _font() -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    font = TTFont(str(FONT), lazy=True)
    return dict(font.getBestCmap()), dict(font["hmtx"].metrics), int(font["head"].unitsPerEm)


@cache
def advance(char: str) -> float:
    cmap, metrics, upem = _font()
    char = chr(ord(char) - 0xFEE0) if char in "％＋－" else char  # drawn as their half-width twins
    return metrics[cmap[ord(char)]][0] / upem if ord(char) in cmap else 1.0


def _raw(char: str) -> str:
    code, category = ord(char), unicodedata.category(char)
    if char in SPACES:
        return "space"
    for chars, kind in ((STOPS, "stop"), (CLOSES, "close"), (OPENS, "open"), ("—⸺", "dash"), ("…⋯", "dots"),
                        ("–～〜", "link"), ("·・‧", "dot"), ("／", "slash"), ("([{", "wopen"), (")]},.;:!?", "wclose")):  # fmt: skip
        if char in chars:
            return kind
    if category in ("Mn", "Me", "Mc", "Cf") or 0x1F3FB <= code <= 0x1F3FF:
        return "joined"
    if char in "²³¹×÷=<>~" + PREFIXES + POSTFIXES or char in "−′″":
        return "western"
    if 0x1F000 <= code < 0x20000 or 0x2150 <= code < 0x2C00 or 0x3200 <= code < 0x3400:
        return "mark"
    wide = unicodedata.east_asian_width(char) in "WF" and not 0xFF10 <= code <= 0xFF5A
    return "han" if wide or (code >= 0x2E80 and not 0xFF10 <= code <= 0xFF5A) else "western"


WESTERN = ("western", "wopen", "wclose")


@dataclass
class Paragraph:
    """A paragraph's characters with what typography.md says of each, before any line is known."""

    text: str
    centred: bool = False
    dot_em: float = 0.5
    hangs: bool = False
    kinds: list[str] = field(default_factory=list)
    box: list[float] = field(default_factory=list)
    gap: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.kinds = [_raw(c) for c in self.text]
        self._context()
        self._clusters()
        self._quotes()
        self.base = list(range(len(self.text)))
        for i, kind in enumerate(self.kinds):
            if kind == "joined" and i:
                self.base[i] = self.base[i - 1]
        self.box = [self._natural(i) for i in range(len(self.text))]
        self.pairs: set[int] = set()
        self._squeeze()
        self._spaces()
        self.gap = [self._gap(i) for i in range(len(self.text))]
        self.has_kana = any("\u3041" <= c <= "\u30fa" or "\u30fc" <= c <= "\u30ff" for c in self.text)
        self.levels = self._levels()

    def kind(self, at: int) -> str:
        return self.kinds[at] if 0 <= at < len(self.kinds) else "edge"

    def _context(self) -> None:
        text, kinds = self.text, list(self.kinds)
        for i, c in enumerate(text):
            before, after = self.kind(i - 1), self.kind(i + 1)
            if kinds[i] == "dash" and "dash" not in (before, after) and c != "⸺":
                self.kinds[i] = "link"
            if kinds[i] == "dot" and before in WESTERN and after in WESTERN:
                self.kinds[i] = "western"
        kinds = list(self.kinds)
        for i, c in enumerate(text):
            before, after = (kinds[i - 1] if i else "edge"), (kinds[i + 1] if i + 1 < len(kinds) else "edge")
            if c == "/" and before == after == "han":
                self.kinds[i] = "slash"
            if c == "-" and (before == after == "han" or self._is_range(i)):
                self.kinds[i] = "link"

    def _is_range(self, at: int) -> bool:
        text = self.text
        if not 0 < at < len(text) - 1:
            return False
        a, b = text[at - 1], text[at + 1]
        if not (a.isascii() and b.isascii()):
            return False
        left, right = text[at - 2 : at - 1] if at > 1 else "", text[at + 2 : at + 3]
        lone = not any((c.isascii() and c.isalnum()) or c in "-@./_'’" for c in left + right)
        inside = any(m.start() < at < m.end() for m in ADDRESS.finditer(text))
        return not inside and ((a.isdigit() and b.isdigit()) or (a.isalpha() and b.isalpha() and lone))

    def _clusters(self) -> None:
        text = self.text
        for i in range(1, len(text)):
            if text[i - 1] == "\u200d" and ord(text[i]) >= 0x1F000:
                self.kinds[i] = "joined"
        run = 0
        for i, c in enumerate(text):
            run = run + 1 if 0x1F1E6 <= ord(c) <= 0x1F1FF else 0
            if run and run % 2 == 0:
                self.kinds[i] = "joined"

    def _quotes(self) -> None:
        """Quotation marks that are western: by their paragraph, or by both neighbours outside the pair."""
        raw = list(self.kinds)
        wholly = "western" in raw and not any(k in ("han", "stop") for k in raw)
        marks = [i for i, c in enumerate(self.text) if c in "“”‘’"]

        def neighbour(at: int, step: int) -> bool:
            at += step
            while 0 <= at < len(raw) and raw[at] == "space":
                at += step
            return 0 <= at < len(raw) and raw[at] in WESTERN

        opened: list[int] = []
        for i in marks:
            near = 0 < i < len(raw) - 1 and raw[i - 1] in WESTERN and raw[i + 1] in WESTERN
            if wholly or (self.text[i] == "’" and near):
                self.kinds[i] = "western"
            elif self.text[i] in "“‘":
                opened.append(i)
            elif (
                self.text[i] == "’"
                and i
                and raw[i - 1] in WESTERN
                and not (opened and self.text[opened[-1]] == "‘")
            ):
                self.kinds[i] = "western"  # the boys’
            elif opened:
                start = opened.pop()
                if neighbour(start, -1) and neighbour(i, 1):
                    self.kinds[start] = self.kinds[i] = "western"

    def _natural(self, at: int) -> float:
        kind, char = self.kinds[at], self.text[at]
        if kind == "joined":
            return 0.0 if at else -1.0
        if kind in ("han", "stop", "close", "open", "dash", "dots", "mark"):
            return 1.0 if char != "⸺" else 2.0
        if kind == "slash" or (char == "-" and kind == "link"):
            return 0.5
        if kind == "dot":
            return self.dot_em
        if kind == "link":
            return 1.0 if char in "—～〜" else advance(char)
        return -1.0 if char in "“”‘’" or ord(char) not in _font()[0] else advance(char)

    def _squeeze(self) -> None:
        kinds, box = self.kinds, self.box
        for i in range(len(kinds) - 1):
            a, b = kinds[i], kinds[i + 1]
            left = (a == "close" and b in ("close", "open", "stop", "dot")) or (
                a == "stop" and b in ("close", "open")
            )
            right = (a == "open" and b == "open") or (a == "dot" and b == "open")
            if self.centred and a == "stop":
                left, right = False, b == "open"
            if left:
                box[i] -= 0.5
            if right:
                box[i + 1] -= 0.5
            if left or right:
                self.pairs |= {i, i + 1}
        i = 0
        while i < len(kinds) - 1:
            if self.text[i] in "？！" and self.text[i + 1] in "？！":
                box[i] = box[i + 1] = 0.5
                self.pairs |= {i, i + 1}
                i += 1
            i += 1

    def _spaces(self) -> None:
        """T23: the first space of a run takes its width, the others none; `wide` tells what it is."""
        self.wide: dict[int, str] = {}
        kinds, text = self.kinds, self.text
        at = 0
        while at < len(text):
            if kinds[at] != "space":
                at += 1
                continue
            end = at
            while end < len(text) and kinds[end] == "space":
                end += 1
            left, right = self.kind(self.base[at - 1]) if at else "edge", self.kind(end)
            for i in range(at, end):
                self.box[i] = 0.0
            if "edge" not in (left, right):
                chinese = {"stop", "close", "open", "dash", "dots", "link", "dot", "slash"}
                if left in chinese or right in chinese:
                    pass
                elif left in WESTERN and right in WESTERN:
                    self.box[at], self.wide[at] = 0.25, "word"
                elif left in WESTERN or right in WESTERN:
                    self.box[at], self.wide[at] = 0.25, "gap"
                else:
                    self.box[at] = 1.0 if "\u3000" in text[at:end] else 0.5
                    self.wide[at] = "word"
            at = end

    def _gap(self, at: int) -> float:
        nxt = at + 1
        if self.kind(nxt) in ("joined", "edge"):
            return 0.0
        left, right = self.kind(self.base[at]), self.kind(nxt)
        if left == "han" and right == "western" and self._speaks(nxt, True):
            return 0.25
        if left == "western" and right == "han" and self._speaks(self.base[at], False):
            return 0.25
        return 0.0

    def _speaks(self, at: int, follows: bool) -> bool:
        """A letter, a digit, or a sign that T05 ties to a number."""
        char, text = self.text[at], self.text
        if char.isalnum() or unicodedata.category(char) in ("No", "Nl", "Lu", "Ll", "Lo", "Lm", "Nd"):
            return True
        if follows:
            return char in PREFIXES + "+-−" and bool(re.match(r"\s*[0-9]", text[at + 1 :]))
        return char in POSTFIXES + "′″" and bool(re.search(r"[0-9][十百千万亿]{0,2}.$", text[: at + 1]))

    def _levels(self) -> list[int]:
        """For each seam: 0 no line may end there, 1 only where T24 can't be met otherwise (T05), 2 freely."""
        text, size = self.text, len(self.text)
        out = [0] * (size + 1)
        for i in range(1, size):
            out[i] = 2 if self._parts(i) else 0
        for m in NUMBER.finditer(text):
            for i in range(m.start() + 1, m.end()):
                out[i] = 0
            end = m.end()
            unit = next((u for u in HAN_UNITS if text.startswith(u, end)), "")
            if (unit and not m[0][-1].isalpha()) or (unit and m[0][-1] in SCALES):
                out[end] = min(out[end], 0 if RANGE.search(m[0]) else 1)
        for m in re.finditer("(?<=[0-9])：(?=[0-9])", text):
            out[m.end()] = min(out[m.end()], 1)
        return out

    def _parts(self, at: int) -> bool:
        left = at - 1
        while left > 0 and self.kinds[left] == "space":
            left -= 1
        a, b = self.kind(self.base[left]), self.kind(at)
        text = self.text
        if b in ("stop", "close", "link", "dot", "slash", "dash", "wclose", "joined", "space"):
            return False
        if b == "dots":
            run = 1
            while self.kind(at - run) == "dots":
                run += 1
            return run >= 3 and run % 2 == 1
        if a in ("open", "wopen", "slash") or text[left] in PREFIXES or text[at] in POSTFIXES:
            return False
        if self.has_kana and text[at] in SMALL_KANA:
            return False
        if "\u00a0" in text[left + 1 : at]:
            return False
        if a in WESTERN and b in WESTERN and self.kinds[at - 1] != "space":
            return False
        return not (text[:at].rstrip().endswith("No.") and text[at].isdigit())

    # ---- lines

    def natural(self, first: int, last: int) -> tuple[float, dict[int, float]]:
        """A line's width and boxes with gaps, ends trimmed (T21, T22)."""
        boxes = {i: self.box[i] + self.gap[i] for i in range(first, last)}
        if boxes:
            boxes[last - 1] -= self.gap[last - 1] + self.tail(last - 1)
            boxes[first] -= self.lead(first)
        return sum(boxes.values()), boxes

    def tail(self, at: int) -> float:
        return (
            0.5 if not self.centred and self.kinds[at] in ("stop", "close") and self.box[at] >= 0.9 else 0.0
        )

    def lead(self, at: int) -> float:
        return 0.5 if not self.centred and self.kinds[at] == "open" and self.box[at] >= 0.9 else 0.0

    def closing(self, at: int, is_first: bool) -> list[float]:
        """What the box at `at` and the seam after it give, tier by tier of T24."""
        tiers = [0.0] * 5
        kind, char, full = self.kinds[at], self.text[at], self.box[at] >= 0.9 and at not in self.pairs
        if self.wide.get(at) == "word":
            tiers[0] = 0.25 - 1 / 6
        if self.wide.get(at) == "gap" or self.gap[at]:
            tiers[2] = 0.125
        if full and (kind in ("open", "close") or (char in FIRST_TIER and not self.centred)):
            tiers[1] = 0.0 if is_first and self.lead(at) else 0.5
        if full and char in FIRM and not self.centred:
            tiers[3] = 0.5
        if self.seam(at):
            tiers[4] = 0.035
        return tiers

    def opening(self, at: int, measure: float) -> list[float]:
        if self.wide.get(at) == "gap" or self.gap[at]:
            return [0.0, 0.25, 0.0]
        if at in self.wide:
            return [0.25, 0.0, 0.0]
        return [0.0, 0.0, (0.15 if measure < 10 else 0.10) if self.seam(at) else 0.0]

    def seam(self, at: int) -> bool:
        """Two full-width boxes side by side, neither in a squeezed pair nor a half of —— or ……."""
        full = ("han", "mark", "stop", "close", "open", "dash", "dots")
        if at + 1 >= len(self.text) or at in self.pairs or at + 1 in self.pairs:
            return False
        if not all(self.kinds[i] in full and self.box[i] >= 0.9 for i in (at, at + 1)):
            return False
        return not (self.kinds[at] == self.kinds[at + 1] and self.kinds[at] in ("dash", "dots"))

    def hang(self, last: int) -> float:
        """T29: a lone 、，。 hangs."""
        at = last - 1
        runs = at and self.kinds[at - 1] in ("stop", "close", "open", "dash", "dots")
        return 0.5 if self.hangs and self.text[at] in "、，。" and self.tail(at) and not runs else 0.0

    def is_known(self) -> bool:
        """Whether every advance is known without the product's help."""
        return all(b >= 0 for b in self.box)

    def by_cluster(self, values: dict[int, float], first: int) -> dict[int, float]:
        """Sums with each cluster's first character on its line (T12)."""
        out: dict[int, float] = {}
        for i, value in values.items():
            base = max(self.base[i], first)
            out[base] = out.get(base, 0.0) + value
        return out

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.kinds[start] == "space":
            start += 1
        while end > start and self.kinds[end - 1] == "space":
            end -= 1
        return start, end

    def cost(self, start: int, end: int, measure: float, indent: float) -> float | None:
        """What a line costs by the documented weights; None where T24 can't fill it."""
        first, last = self.trimmed(start, end)
        width, _ = self.natural(first, last)
        slack = measure - (indent if start == 0 else 0.0) - width
        closes = end == len(self.text)
        if closes and slack >= -EPS:
            return SHORT_COST if width <= 2 and start > 0 else 0.0
        hang = self.hang(last) if slack < -EPS else 0.0
        slack += hang
        if closes and hang and slack >= -EPS:
            return SHORT_COST if width <= 2 and start > 0 else 0.0
        inner = range(first, last - 1)
        give = sum(sum(self.closing(i, i == first)) for i in inner)
        room = sum(sum(self.opening(i, measure)) for i in inner)
        if not -give - EPS <= slack <= room + 0.02:
            return None
        cost = slack * slack * (SQUEEZE if slack < 0 else OPENING) + (HANG_COST if hang else 0.0)
        return cost + (WEAK_COST if not closes and self.levels[end] == 1 and measure >= 8 else 0.0)

    def has_unit_over(self, room: float) -> bool:
        """Whether something that may not part is longer than a line."""
        seams = [0, *(i for i in range(1, len(self.text)) if self.levels[i]), len(self.text)]
        return any(b > a and self.natural(*self.trimmed(a, b))[0] > room for a, b in pairwise(seams))

    def ends_well(self, start: int) -> bool:
        """T09: the last line from `start` holds two Han characters, or one whole word or number of two."""
        if sum(k == "han" for k in self.kinds[start:]) >= 2:
            return True
        for m in re.finditer("w+", "".join("w" if k == "western" else "." for k in self.kinds)):
            if m.start() >= start and m.end() - m.start() >= 2:
                return True
        return False

    def settings(self, measure: float, indent: float, level: int = 2, tails: bool = True) -> dict[int, float]:
        """The least cost at every count of lines, over all legal breakings."""
        size = len(self.text)
        least = level if measure >= 8 else 1
        ends = [i for i in range(1, size) if self.levels[i] >= least and (not tails or self.ends_well(i))] + [
            size
        ]
        table: dict[int, dict[int, float]] = {0: {0: 0.0}}
        for start in [0, *ends[:-1]]:
            for end in ends:
                if end <= start or start not in table:
                    continue
                first, last = self.trimmed(start, end)
                if self.natural(first, last)[0] > 2 * measure + 4:
                    break
                cost = self.cost(start, end, measure, indent)
                if cost is None:
                    continue
                for count, so_far in table[start].items():
                    row = table.setdefault(end, {})
                    row[count + 1] = min(row.get(count + 1, 1e18), so_far + cost)
        return table.get(size, {})
