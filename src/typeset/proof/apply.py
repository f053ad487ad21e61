"""Accepted slips set right (改样): the texts changed, and what was changed kept on record."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from typeset.model.bulletin import Article, Bulletin
from typeset.model.findings import Finding
from typeset.proof.copy import HEADS, Copy, Passage
from typeset.proof.slips import Slip


def applied(
    bulletin: Bulletin, copy: Copy, slips: Sequence[Slip], findings: Sequence[Finding], codes: Collection[str]
) -> Bulletin:
    """The bulletin with the slips of `codes` set right and recorded, the other findings left to be told.

    `findings` are those of `slips`, one each. A slip without a suggestion is never applied.
    """
    edits: defaultdict[Passage, list[Slip]] = defaultdict(list)
    corrections: list[Finding] = []
    left: list[Finding] = []
    for slip, finding in zip(slips, findings, strict=True):
        if slip.code in codes and slip.new is not None:
            edits[copy.passage_at(slip.start)].append(slip)
            corrections.append(finding)
        else:
            left.append(finding)
    articles = list(bulletin.articles)
    for passage, accepted in edits.items():
        article = articles[passage.article]
        articles[passage.article] = _with(article, passage, _edited(copy, passage, accepted))
    return dataclasses.replace(
        bulletin,
        articles=tuple(articles),
        findings=bulletin.findings + tuple(left),
        corrections=bulletin.corrections + tuple(corrections),
    )


def _edited(copy: Copy, passage: Passage, slips: Sequence[Slip]) -> str:
    text = copy.text[passage.start : passage.end]
    for slip in sorted(slips, key=lambda s: -s.start):
        text = text[: slip.start - passage.start] + (slip.new or "") + text[slip.end - passage.start :]
    return text


def _with(article: Article, passage: Passage, text: str) -> Article:
    """The article with `text` in the passage's place."""
    if passage.field == "source":
        return dataclasses.replace(article, source=text)
    if passage.field in HEADS:
        lines: list[str] = list(getattr(article, passage.field))
        lines[passage.number] = text
        changed: dict[str, Any] = {passage.field: tuple(lines)}
        return dataclasses.replace(article, **changed)
    body = list(article.body)
    body[passage.number] = dataclasses.replace(body[passage.number], text=text)
    return dataclasses.replace(article, body=tuple(body))
