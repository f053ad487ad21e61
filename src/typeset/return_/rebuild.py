"""A bulletin out of the lines that hold now: heads by role, bodies block by block.

What nothing was done to is the manuscript's own, to the last blank; the rest is made of the lines' words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import cast

from typeset.model.bulletin import Article, Block, BlockType, Bulletin
from typeset.model.marks import Mark
from typeset.return_.merge import Kept
from typeset.return_.sent import CopyLine
from typeset.return_.values import HEAD_ROLES

_LINEWISE = ("list", "verse", "table")
"""Blocks that hold many lines, so that a new line joins them."""
_HAN_NAME = re.compile("[\u3400-\u9fff·]{2,4}")


@dataclass(frozen=True, slots=True)
class Copy:
    """The manuscript that lines go back to, and how its bylines were set."""

    bulletin: Bulletin
    lines: tuple[CopyLine, ...]
    prefix: str
    separator: str


@dataclass(slots=True)
class _Open:
    """A block in the making: `block` is the manuscript's that it goes back to, or -1."""

    type: str
    block: int
    table: int
    lines: list[Kept] = field(default_factory=list)


def rebuilt(
    copy: Copy, articles: Mapping[str, Sequence[Kept]], order: Sequence[str]
) -> tuple[Bulletin, list[str]]:
    """The bulletin with its articles in `order`, and the words of marks that have lost them."""
    own = {article.id: article for article in copy.bulletin.articles}
    numbers: dict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(copy.lines):
        numbers[line.article].append(n)
    lost: list[str] = []
    out = []
    for ident in order:
        was = own.get(ident, Article(ident))
        made = _article(was, articles.get(ident, ()), copy, numbers.get(ident, []))
        marks = tuple(_marks(was, made, lost))
        out.append(replace(made, marks=marks))
    return replace(copy.bulletin, articles=tuple(out)), lost


def _article(was: Article, lines: Sequence[Kept], copy: Copy, numbers: Sequence[int]) -> Article:
    def part(role: str) -> tuple[str, ...] | None:
        """A head part's texts, None if it is as it was."""
        found = [line for line in lines if line.role == role]
        due = [n for n in numbers if copy.lines[n].role == role]
        if [line.copy for line in found] == due and all(line.intact for line in found):
            return None
        return tuple(line.text for line in found)

    kicker, headline, subtitle, byline, source = map(part, (*HEAD_ROLES, "source"))
    body = [line for line in lines if line.role not in (*HEAD_ROLES, "source")]
    names = None if byline is None else tuple(name for text in byline for name in _names(text, copy))
    return replace(
        was,
        kicker=was.kicker if kicker is None else kicker,
        headline=was.headline if headline is None else headline,
        subtitle=was.subtitle if subtitle is None else subtitle,
        byline=was.byline if names is None else names,
        byline_stands_in_body=was.byline_stands_in_body and names is None,
        source=was.source if source is None else "\n".join(source) or None,
        body=tuple(_blocks(was, body, copy, numbers)),
    )


def _names(text: str, copy: Copy) -> list[str]:
    """The names of a byline: parted as the layout parts them, or by wide gaps, or all Han names by blanks."""
    text = text.removeprefix(copy.prefix.strip()).strip()
    mark = copy.separator.strip()
    names = re.split(re.escape(mark) if mark else r"\s*[\u3000\t]\s*|\s{2,}", text)
    names = [name.strip() for name in names if name.strip()]
    if len(names) == 1:
        parts = names[0].split()
        if all(map(_HAN_NAME.fullmatch, parts)):
            return parts
    return names


def _blocks(was: Article, lines: Sequence[Kept], copy: Copy, numbers: Sequence[int]) -> list[Block]:
    due: dict[int, list[int]] = defaultdict(list)
    for n in numbers:
        if copy.lines[n].block >= 0:
            due[copy.lines[n].block].append(n)
    own = set(numbers)
    made: list[_Open] = []
    for line in lines:
        is_own = line.copy in own
        block = copy.lines[line.copy].block if is_own and copy.lines[line.copy].role == line.role else -1
        if made and _joins(made[-1], line, block):
            made[-1].lines.append(line)
            made[-1].block = max(made[-1].block, block)
        else:
            made.append(_Open(line.role, block, line.table, [line]))
    out = [(current.block, _block(current, was, copy, due)) for current in made]
    # blocks without words are in no file, and pictures are not read: each stays behind what stood before it
    there = {block for block, _ in out}
    for number, own_block in enumerate(was.body):
        if number not in due or (own_block.picture is not None and number not in there):
            at = max((n + 1 for n, (before, _) in enumerate(out) if 0 <= before < number), default=0)
            out.insert(at, (number, own_block if number not in due else replace(own_block, text="")))
    return [block for _, block in out]


def _joins(current: _Open, line: Kept, block: int) -> bool:
    """Whether a line is of the block before it."""
    if line.role != current.type:
        return False
    if block >= 0:
        is_taken = current.block < 0 and line.role in _LINEWISE and _is_same_table(current, line)
        return block == current.block or is_taken
    if line.role in _LINEWISE:
        return _is_same_table(current, line)
    return line.role == "subhead" and line.is_further


def _is_same_table(current: _Open, line: Kept) -> bool:
    return line.role != "table" or current.table == line.table


def _block(current: _Open, was: Article, copy: Copy, due: Mapping[int, Sequence[int]]) -> Block:
    is_whole = [line.copy for line in current.lines] == due.get(current.block)
    if is_whole and all(line.intact for line in current.lines):
        return was.body[current.block]
    text = "\n".join(_raw(line, copy, n > 0) for n, line in enumerate(current.lines))
    picture = was.body[current.block].picture if current.block >= 0 else None
    return Block(cast(BlockType, current.type), text.lstrip("\n"), picture)


def _raw(line: Kept, copy: Copy, is_later: bool) -> str:
    """A line as the block shall have it: with its indent and the blank line before its stanza."""
    if line.copy >= 0 and copy.lines[line.copy].role == line.role:
        was = copy.lines[line.copy]
        return (
            was.raw
            if line.intact
            else was.raw.replace(was.text, line.text, 1)
            if was.text in was.raw
            else line.text
        )
    return "\n" + line.text if line.begins_stanza and is_later and line.role == "verse" else line.text


def _marks(was: Article, made: Article, lost: list[str]) -> Iterator[Mark]:
    """The marks whose words still stand; those of one occurrence go with it."""
    if not was.marks:
        return
    old, new = "\n".join(was.markable()), "\n".join(made.markable())
    blocks = None
    for mark in was.marks:
        if old == new or (mark.nth is None and mark.text in new):
            yield mark
            continue
        if mark.nth is not None:
            blocks = blocks or SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
            at = _nth(old, mark.text, mark.nth)
            place = next(
                (b + at - a for a, b, size in blocks if a <= at and at + len(mark.text) <= a + size), -1
            )
            if place >= 0:
                yield replace(mark, nth=_count(new[:place], mark.text) + 1)
                continue
        lost.append(mark.text)


def _nth(text: str, words: str, nth: int) -> int:
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1 if at < 0 else at + len(words))
    return at


def _count(text: str, words: str) -> int:
    return text.count(words)
