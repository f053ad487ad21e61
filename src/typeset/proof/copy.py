"""The bulletin's texts as one string to be read over (原稿), and where each part of it belongs.

Texts stand a line each, so that no word and no pair of brackets reaches from one into the next.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from typeset.model.bulletin import BlockType, Bulletin

Field = str
"""kicker, headline, subtitle, source, or the type of a block of the body."""
HEADS = ("kicker", "headline", "subtitle")
PROSE = ("para", "note")
"""Fields that hold running text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text: article and field it is in, its number there, its place in the copy."""

    article: int
    field: Field
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Copy:
    """All texts of a bulletin, in reading order."""

    text: str
    passages: tuple[Passage, ...]
    cut: frozenset[int] = frozenset()
    """Articles that break off at their end."""

    def passage_at(self, place: int) -> Passage:
        """The passage that character `place` stands in."""
        return self.passages[bisect.bisect_right(self.passages, place, key=lambda p: p.start) - 1]

    def is_prose(self, place: int) -> bool:
        """Whether character `place` stands in running text."""
        return self.passage_at(place).field in PROSE


def copy_of(bulletin: Bulletin) -> Copy:
    """The bulletin's texts, furniture and bylines left out."""
    passages: list[Passage] = []
    texts: list[str] = []
    start = 0
    for article, field, number, text in _texts(bulletin):
        passages.append(Passage(article, field, number, start, start + len(text)))
        texts.append(text)
        start += len(text) + 1
    cut = frozenset(n for n, article in enumerate(bulletin.articles) if article.truncated)
    return Copy("\n".join(texts), tuple(passages), cut)


def _texts(bulletin: Bulletin) -> Iterator[tuple[int, Field | BlockType, int, str]]:
    for at, article in enumerate(bulletin.articles):
        for field in HEADS:
            for number, line in enumerate(getattr(article, field)):
                yield at, field, number, line
        for number, block in enumerate(article.body):
            yield at, block.type, number, block.text
        if article.source is not None:
            yield at, "source", 0, article.source
