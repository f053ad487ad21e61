"""Articles that no section can show where the PDF has them, packed into rows of neighbours that one can.

In: by article, how deep it is in so many columns. Out: rows of (article, columns), in reading order, of the least depth
together. Exact: a walk over the ends of rows, each row's columns shared out in every way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

_MOST_IN_ROW = 4
_SEAM_ROWS = 1.0
Depth = Callable[[int, int], float]
"""Rows of an article in so many columns; infinite where it can't be."""
Row = tuple[tuple[int, int], ...]


def packed(articles: Sequence[int], columns: int, depth: Depth) -> list[tuple[Row, float]]:
    """The rows, each with its depth; every row has all columns."""
    best: list[tuple[float, list[tuple[Row, float]]]] = [(0.0, [])]
    for end in range(1, len(articles) + 1):
        choices = []
        for start in range(max(0, end - min(_MOST_IN_ROW, columns)), end):
            row, deep = _row(articles[start:end], columns, depth)
            before, rows = best[start]
            choices.append((before + deep + _SEAM_ROWS, [*rows, (row, deep + _SEAM_ROWS)]))
        best.append(min(choices, key=lambda one: one[0]))
    return best[-1][1]


def _row(articles: Sequence[int], columns: int, depth: Depth) -> tuple[Row, float]:
    ways = (
        (max(depth(article, share) for article, share in zip(articles, shares, strict=True)), shares)
        for shares in _shares(len(articles), columns)
    )
    deep, shares = min(ways)
    return tuple(zip(articles, shares, strict=True)), deep


@cache
def _shares(parts: int, whole: int) -> tuple[tuple[int, ...], ...]:
    return tuple(_parted(parts, whole))


def _parted(parts: int, whole: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (whole,)
        return
    for first in range(1, whole - parts + 2):
        for others in _parted(parts - 1, whole - first):
            yield (first, *others)
