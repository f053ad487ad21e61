"""Bulletins assembled at random of the development corpus' articles, for properties and the benchmark."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, islice

from tests.parse.truth import DEVELOPMENT, truth_of
from typeset.model.bulletin import Article, Bulletin

LEAD_CHARS = 300


@cache
def stock() -> tuple[Article, ...]:
    """Every article of the development corpus as its gold file has it."""
    names = ("lilun-2023-11", *DEVELOPMENT)
    return tuple(article for name in names for article in truth_of(name).bulletin.articles)


def assembled(seed: int, least: int = 4, most: int = 9) -> Bulletin:
    """A bulletin of `least` to `most` articles in a random order, the same for the same seed.

    No paper leads with a brief: the first has a headline and `LEAD_CHARS` of text at least.
    """
    rng = random.Random(seed)
    picked = rng.sample(stock(), rng.randint(least, most))
    lead = next((n for n, article in enumerate(picked) if _may_lead(article)), 0)
    picked.insert(0, picked.pop(lead))
    articles = tuple(replace(article, id=f"a{n}") for n, article in enumerate(picked, 1))
    return Bulletin("晨报", "2024-12-05", "第8期", articles)


def newspaper(seed: int, count: int = 60) -> Bulletin:
    """So many articles, each with another one's paragraphs after its own: about sixteen tabloid pages."""
    several = (assembled(1000 * seed + n, 8, 8).articles for n in range(count // 4 + 2))
    picked = list(islice(chain.from_iterable(several), 2 * count))
    articles = tuple(
        replace(one, id=f"a{n}", body=one.body + tuple(block for block in other.body if block.type == "para"))
        for n, (one, other) in enumerate(zip(picked[:count], picked[count:], strict=True), 1)
    )
    return Bulletin("晨报", "2024-12-05", "第8期", articles)


def _may_lead(article: Article) -> bool:
    return bool(article.headline) and sum(len(block.text) for block in article.body) >= LEAD_CHARS


def bulletins(count: int, first_seed: int = 0) -> Iterator[Bulletin]:
    return (assembled(seed) for seed in range(first_seed, first_seed + count))
