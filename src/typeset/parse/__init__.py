"""Splitting the bulletin: a Source becomes a Bulletin of articles whose parts have their roles.

Lines are measured (lines, glance), looked at (features, traits), and given the best sequence of roles
(sequence, looks, weights), block by block (blocks); broken paragraphs are mended (joins), jumps resolved
(jumps), heads parted (heads).
"""

from __future__ import annotations

from typeset.model.bulletin import Bulletin
from typeset.model.source import Source
from typeset.parse.articles import bulletin_of, check_conservation, doubts
from typeset.parse.blocks import BLOCK_LINES, blocks
from typeset.parse.jumps import resolve
from typeset.parse.parts import Gatherer
from typeset.parse.tables import TABLES, Tables

__all__ = ["parse"]


def parse(source: Source, tables: Tables = TABLES, block_lines: int = BLOCK_LINES) -> Bulletin:
    """The articles in `source`. Raises TypesetError when there is none.

    Every character of the source that is not white space is in exactly one field of the Bulletin,
    furniture and role marks included (names read off a dateline stand in the text).
    """
    gatherer, found = Gatherer(), []
    for block in blocks(source, tables, block_lines):
        gatherer.gather(*block)
        found += doubts(source, block.views, block.decisions)
    gathered = gatherer.finish()
    bulletin = bulletin_of(source, gathered, resolve(gathered.parts), found)
    check_conservation(source, bulletin)
    return bulletin
