"""What an editor marks in a manuscript: emphasis dots, proper-name and book-title lines, ruby (T52, T53).

A mark quotes words of its article, so a text needs no signs of its own that a bulletin might hold already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["dots", "name", "title", "ruby"]
MARK_KINDS: tuple[MarkKind, ...] = ("dots", "name", "title", "ruby")


@dataclass(frozen=True, slots=True)
class Mark:
    """着重号 (dots), 专名号 (name), 浪线书名号 (title) or 注音 (ruby) at every place of `text` in its article, or
    at its `nth` alone. `ruby`: what stands over it; as many parts between blanks as characters go one to one."""

    kind: MarkKind
    text: str
    ruby: str = ""
    nth: int | None = None

    def as_dict(self) -> dict[str, str | int]:
        """The keys of the manuscript, those that say nothing left out."""
        out: dict[str, str | int] = {"kind": self.kind, "text": self.text}
        if self.ruby:
            out["ruby"] = self.ruby
        if self.nth is not None:
            out["nth"] = self.nth
        return out


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Characters `start` to `end` of one text."""

    mark: Mark
    start: int
    end: int

    def ruby_parts(self) -> Iterator[tuple[int, int, str]]:
        """What stands over which characters: one to one where the ruby has as many parts, else over all."""
        parts = self.mark.ruby.split()
        if len(parts) == self.end - self.start:
            for n, part in enumerate(parts):
                yield self.start + n, self.start + n + 1, part
        elif parts:
            yield self.start, self.end, self.mark.ruby


def marked_words(texts: Sequence[str], marks: Sequence[Mark]) -> list[list[MarkedWords]]:
    """For each of an article's texts, in reading order, what is marked in it; `nth` counts through all of them."""
    out: list[list[MarkedWords]] = [[] for _ in texts]
    for mark in marks:
        count = 0
        for text, found in zip(texts, out, strict=True):
            at = text.find(mark.text)
            while at >= 0:
                count += 1
                if mark.nth in (None, count):
                    found.append(MarkedWords(mark, at, at + len(mark.text)))
                at = text.find(mark.text, at + len(mark.text))
    return out
