"""Heads 标题: display lines that stand together, told from the lines alone or by the layout's roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from typeset.check.makeup.pieces import SetLine
from typeset.check.preflight.document import Box

_JOINED_EM = 1.1
"""White between two lines of one head, at most."""


@dataclass(slots=True, eq=False)
class Head:
    """`lines` in reading order; `size_pt` is the headline's, the largest."""

    page: int
    lines: list[SetLine] = field(default_factory=list)

    @property
    def box(self) -> Box:
        boxes = [line.box() for line in self.lines]
        return (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )

    @property
    def size_pt(self) -> float:
        return max(line.size_pt for line in self.lines)

    @property
    def article(self) -> str:
        return self.lines[0].article

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.headline())

    def headline(self) -> list[SetLine]:
        """The lines of the largest size: the headline without kicker and subtitle."""
        size = self.size_pt
        return [line for line in self.lines if line.size_pt > 0.97 * size]

    def quoted(self) -> str:
        text = self.text
        return f"“{text}”" if len(text) <= 14 else f"“{text[:12]}…”"


def heads_of(lines: Sequence[SetLine], page: int) -> list[Head]:
    """Stacked lines joined; lines of different articles never."""
    out: list[Head] = []
    for line in sorted(lines, key=lambda line: (line.v, line.u0)):
        mine = next((head for head in reversed(out) if _is_of(head, line)), None)
        if mine is None:
            mine = Head(page)
            out.append(mine)
        mine.lines.append(line)
    return out


def _is_of(head: Head, line: SetLine) -> bool:
    if line.article or head.article:
        return line.article == head.article
    box, last = line.box(), head.box
    size = max(line.size_pt, head.lines[-1].size_pt)
    is_under = min(box[2], last[2]) - max(box[0], last[0]) > 0 and box[1] - last[3] < _JOINED_EM * size
    level = [
        other
        for other in head.lines
        if abs(other.v - line.v) < 0.3 * size and abs(other.size_pt - line.size_pt) < 0.5
    ]
    is_beside = any(0 <= line.u0 - other.u1 < 2.2 * size for other in level)
    return is_under or is_beside
