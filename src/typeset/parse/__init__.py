"""Splitting the bulletin: a Source becomes a Bulletin of articles whose parts have their roles.

Lines are measured (lines), looked at (features), and given the best sequence of roles (sequence,
weights); broken paragraphs are mended (joins), jumps resolved (jumps), heads parted (heads).
"""

from __future__ import annotations

from typeset.model.bulletin import Bulletin
from typeset.model.source import Source
from typeset.parse.articles import bulletin_of, check_conservation
from typeset.parse.features import views_of
from typeset.parse.joins import Joiner
from typeset.parse.jumps import resolve
from typeset.parse.lines import source_lines
from typeset.parse.manner import manner_of
from typeset.parse.parts import Gatherer
from typeset.parse.sequence import TABLES, Tables, decide
from typeset.parse.style import learn

__all__ = ["parse"]


def parse(source: Source, tables: Tables = TABLES) -> Bulletin:
    """The articles in `source`. Raises TypesetError when there is none.

    Every character of the source that is not white space is in exactly one field of the Bulletin,
    furniture and role marks included (names read off a dateline stand in the text).
    """
    lines = source_lines(source)
    manner = manner_of(lines)
    views = views_of(lines, manner)
    joiner = Joiner(views, manner, "\n".join(line.text for line in lines), tables.join)
    decisions = decide(views, joiner, tables)
    if learn(views, decisions, manner):
        decisions = decide(views, joiner, tables)
    gathered = Gatherer(views, decisions, joiner).gather()
    bulletin = bulletin_of(source, views, decisions, gathered, resolve(gathered.parts))
    check_conservation(source, bulletin)
    return bulletin
