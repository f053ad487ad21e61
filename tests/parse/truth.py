"""The corpus beside what the parser makes of it: loading, and the measures that the tests hold it to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.source import Source
from typeset.parse import parse
from typeset.read import read_manuscript, read_text

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
SEED = ROOT / "seeds" / "lilun-2023-11.txt"
DEVELOPMENT = [f"d{number:02}" for number in range(1, 10)]
OTHERS = [f"{hand}{n:02}" for hand, count in (("h", 14), ("k", 12), ("m", 12)) for n in range(1, count + 1)]
"""Bulletins by another hand, that the weights are fitted on too."""

Reading = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Truth:
    """A bulletin as its gold file says it; `accepted` holds each article's heads that are right."""

    bulletin: Bulletin
    accepted: list[list[Reading]]


def source_of(name: str) -> Source:
    return read_text(SEED if name == "lilun-2023-11" else CORPUS / f"{name}.txt")


def parsed(name: str) -> Bulletin:
    return parse(source_of(name))


def truth_of(name: str) -> Truth:
    path = CORPUS / f"{name}.gold.yaml"
    bulletin = read_manuscript(path)
    raw: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    accepted = []
    for article, fields in zip(bulletin.articles, raw["articles"], strict=True):
        others = [
            (tuple(a["kicker"]), tuple(a["headline"]), tuple(a["subtitle"])) for a in fields.get("accept", [])
        ]
        accepted.append([head_of(article), *map(_squeezed, others)])
    return Truth(bulletin, accepted)


def squeeze(text: str | None) -> str:
    return "".join((text or "").split())


def _squeezed(reading: Reading) -> Reading:
    kicker, headline, subtitle = (tuple(map(squeeze, lines)) for lines in reading)
    return kicker, headline, subtitle


def head_of(article: Article) -> Reading:
    return _squeezed((article.kicker, article.headline, article.subtitle))


def block_key(block: Block) -> tuple[str, str]:
    """White space never counts, except line ends in lists, tables and verse."""
    if block.type in ("list", "table", "verse"):
        return block.type, "\n".join(s for s in map(squeeze, block.text.splitlines()) if s)
    return block.type, squeeze(block.text)


def f1(want: Iterable[object], have: Iterable[object]) -> float:
    wanted, had = Counter(want), Counter(have)
    total = wanted.total() + had.total()
    return 2 * (wanted & had).total() / total if total else 1.0


def measures(truth: Truth, bulletin: Bulletin) -> dict[str, float]:
    """F1 of each kind of piece in one bulletin."""
    return pooled([(truth, bulletin)])


def pooled(pairs: Iterable[tuple[Truth, Bulletin]]) -> dict[str, float]:
    """F1 of each kind of piece over all the pieces of several bulletins."""
    wanted: dict[str, list[object]] = defaultdict(list)
    had: dict[str, list[object]] = defaultdict(list)
    right = heads = 0
    for number, (truth, bulletin) in enumerate(pairs):
        for kind in KINDS:
            wanted[kind] += ((number, piece) for piece in _pieces(truth.bulletin, kind))
            had[kind] += ((number, piece) for piece in _pieces(bulletin, kind))
        right += sum(
            head_of(article) in accepted
            for article, accepted in zip(bulletin.articles, truth.accepted, strict=False)
        )
        heads += max(len(truth.accepted), len(bulletin.articles))
    return {kind: f1(wanted[kind], had[kind]) for kind in KINDS} | {"head": right / max(1, heads)}


KINDS = ("article", "byline", "source", "truncated", "subhead", "block", "furniture", "join")


def _pieces(one: Bulletin, kind: str) -> list[object]:
    """The pieces of a kind, the article that each stands in named by its body's beginning."""
    if kind == "furniture":
        return list(map(squeeze, one.furniture))
    if kind == "join":
        return list(one.joins)
    out: list[object] = []
    for article in one.articles:
        key = squeeze("".join(block.text for block in article.body))[:20]
        if kind == "article":
            out.append((key, squeeze(article.body[-1].text)[-20:] if article.body else ""))
        elif kind == "byline":
            out += [(key, squeeze(name)) for name in article.byline]
        elif kind == "source":
            out.append((key, squeeze(article.source)))
        elif kind == "truncated":
            out.append((key, article.truncated))
        else:
            out += [
                (key, block_key(block))
                for block in article.body
                if (block.type == "subhead") == (kind == "subhead")
            ]
    return out


def source_characters(source: Source) -> Counter[str]:
    return Counter(squeeze("".join(source.lines)))
