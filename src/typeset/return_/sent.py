"""What a file was made from: its baseline part, or a manuscript's own lines where it has none.

`lines_of` lists a bulletin's paragraphs as the writer of the DOCX does: a line each, blank ones left out, a table's
row as one with its cells parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from typeset.model.bulletin import Article, Block, Bulletin
from typeset.read.manuscript import parse_manuscript
from typeset.return_.values import BaseLine
from typeset.write.docx.baseline import NAMESPACE, text_hash
from typeset.write.docx.oxml import clean

_N = "{" + NAMESPACE + "}"


@dataclass(frozen=True, slots=True)
class Sent:
    """The baseline: manuscript, its hash, lines in the story's order, what is no article's, comments by finding."""

    bulletin: Bulletin
    lines: tuple[BaseLine, ...]
    furniture: tuple[str, ...] = ()
    comments: tuple[tuple[int, str], ...] = ()
    byline_prefix: str = ""
    byline_separator: str = "　"
    headers: tuple[str, ...] | None = None
    """The words of headers and footers; None where the file does not say them."""
    column_ends: Mapping[str, tuple[str, tuple[int, ...]]] = field(default_factory=dict)
    """By bookmark a paragraph's text and where in it columns ended."""
    byline_mark: str = ""
    """What the byline's style draws before the names: no text, but an editor may type it."""

    @property
    def typed_prefix(self) -> str:
        """What may stand before a byline's names and is none of them."""
        return self.byline_prefix or self.byline_mark


def read_sent(root: Any, file: str) -> Sent | None:
    """The baseline that a custom XML part's root holds, if it is one. None, too, where someone has
    changed it: its hashes tell."""
    if root.tag != f"{_N}baseline":
        return None
    pieces = sorted(root.iter(f"{_N}m"), key=lambda piece: _whole(piece.get("n")))
    manuscript = "".join(piece.text or "" for piece in pieces)
    if text_hash(manuscript) != root.get("manuscript"):
        return None
    entries = list(root.iter(f"{_N}p", f"{_N}r"))
    if any(text_hash(entry.text or "") != entry.get("hash") for entry in entries):
        return None
    lines = tuple(
        BaseLine(
            tuple(str(entry.get("id")).split()), str(entry.get("article")), str(entry.get("role")),
            _whole(entry.get("block")), (entry.text or "").rstrip("\t"),
        )
        for entry in entries
    )  # fmt: skip
    return Sent(
        parse_manuscript(manuscript, file) if "\n- id:" in manuscript else Bulletin(),
        lines,
        tuple(entry.text or "" for entry in root.iter(f"{_N}f")),
        tuple((_whole(entry.get("finding")), entry.text or "") for entry in root.iter(f"{_N}c")),
        str(root.get("byline-prefix") or ""),
        str(root.get("byline-separator") or "　"),
        tuple(entry.text or "" for entry in root.iter(f"{_N}h")),
        {
            str(entry.get("id")): (entry.text or "", tuple(map(_whole, str(entry.get("ends")).split())))
            for entry in entries
            if entry.get("ends")
        },
        str(root.get("byline-mark") or ""),
    )


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text, re.ASCII) else -1


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One line of a bulletin: article's id, role, block (-1: none), text as a file shows it; `raw` as the block has it,
    with the blank lines before it."""

    article: str
    role: str
    block: int
    text: str
    raw: str


def lines_of(bulletin: Bulletin, prefix: str, separator: str) -> list[CopyLine]:
    """A bulletin's lines in its own order; bylines as `prefix` and `separator` set them."""
    return [line for article in bulletin.articles for line in _article(article, prefix, separator)]


def _article(article: Article, prefix: str, separator: str) -> Iterator[CopyLine]:
    for role, texts in (
        ("kicker", article.kicker),
        ("headline", article.headline),
        ("subtitle", article.subtitle),
    ):
        yield from _lines(article.id, role, -1, "\n".join(texts))
    if article.byline and not article.byline_stands_in_body:
        yield from _lines(article.id, "byline", -1, prefix + separator.join(article.byline))
    for number, block in enumerate(article.body):
        if block.type == "table":
            yield from _rows(article.id, number, block)
        else:
            yield from _lines(article.id, block.type, number, block.text)
    if article.source is not None:
        yield from _lines(article.id, "source", -1, article.source)


def _lines(article: str, role: str, block: int, text: str) -> Iterator[CopyLine]:
    before = ""
    for line in clean(text).splitlines():
        words = line.strip()
        if words:
            yield CopyLine(article, role, block, words, before + line)
            before = ""
        else:
            before += line + "\n"


def _rows(article: str, number: int, block: Block) -> Iterator[CopyLine]:
    lines = [line for line in clean(block.text).splitlines() if line.strip()]
    columns = zip_longest(*(line.split("\t") for line in lines), fillvalue="")
    for line, cells in zip(lines, zip(*columns, strict=True), strict=True):
        text = "\t".join(cell.strip() for cell in cells).rstrip("\t")
        if text:
            yield CopyLine(article, "table", number, text, line)
