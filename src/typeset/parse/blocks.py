"""A bulletin read block by block: lines looked at and their roles decided, a long file in pieces.

A file of more lines than a block is parted where an article surely begins, so that memory stays bounded;
each block's manner and style are its own, as a file so long is many bulletins.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from typeset.model.source import Source
from typeset.parse.decisions import SURE, Decision
from typeset.parse.features import views_of
from typeset.parse.joins import Joiner
from typeset.parse.lines import source_lines
from typeset.parse.manner import manner_of
from typeset.parse.roles import Role
from typeset.parse.sequence import Search
from typeset.parse.style import learn
from typeset.parse.tables import Tables
from typeset.parse.views import View

BLOCK_LINES = 3_000
TAIL_LINES = 60
"""A block ends so many lines before the last that was looked at: what is near the end is read once more."""


class Block(NamedTuple):
    """Lines that were looked at, and the role of each."""

    views: list[View]
    decisions: list[Decision]
    joiner: Joiner


def blocks(source: Source, tables: Tables, lines: int = BLOCK_LINES) -> Iterator[Block]:
    """The bulletin's blocks in order, of about so many `lines` each."""
    start, size = 0, lines
    while True:
        block = _read(source, start, start + size, tables)
        if start + size >= len(source.lines):
            yield block
            return
        cut = _last_head(block)
        if cut is None:  # one article fills it: look at more
            size *= 2
            continue
        yield Block(block.views[:cut], block.decisions[:cut], block.joiner)
        start, size = block.views[cut].line.number, lines


def _read(source: Source, start: int, stop: int, tables: Tables) -> Block:
    lines = source_lines(source, start, stop)
    manner = manner_of(lines)
    views = views_of(lines, manner, opens=start == 0)
    joiner = Joiner(views, manner, tables.join)
    search = Search(views, joiner, tables)
    search.reread(learn(views, search.decisions))
    return Block(views, search.decisions, joiner)


def _last_head(block: Block) -> int | None:
    """Where the last article begins that surely begins there, or None."""
    for at in range(len(block.views) - TAIL_LINES, 0, -1):
        decision, line = block.decisions[at], block.views[at].line
        is_whole = line.number > block.views[at - 1].line.number
        if decision.role is Role.HEAD and decision.margin >= SURE and is_whole:
            return at
    return None
