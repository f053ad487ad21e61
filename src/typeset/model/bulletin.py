"""What a bulletin says: its articles, their parts by role, and the page furniture around them.

Texts are the source's own characters; nothing here is corrected. The field names are those of
the manuscript (YAML) and of `typeset parse --format json`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from typeset.model.findings import Finding, Place
from typeset.model.marks import Mark

BlockType = Literal["para", "subhead", "note", "caption", "list", "table", "verse", "quote"]
BLOCK_TYPES: tuple[BlockType, ...] = get_args(BlockType)


@dataclass(frozen=True, slots=True)
class Illustration:
    """图: a picture's file (beside the manuscript or under its folder), whose it is, what it shows in words.

    `width_columns`: the columns that it must take; None leaves that to make-up. `place`: where it is named.
    """

    file: str
    credit: str = ""
    alt: str = ""
    width_columns: int | None = None
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article's body in reading order.

    `text` keeps line breaks where they mean something: a paired subhead, the items of a list,
    a table's rows (cells parted by tabs), verse (a blank line between stanzas). A caption may have its
    `picture`, and then be empty; its words are followed by the picture's credit. A quote (提要) is words that stand
    large among the columns; only manuscripts have them.
    """

    type: BlockType
    text: str
    picture: Illustration | None = None

    @property
    def printed(self) -> str:
        """The words that go onto the page: a picture's caption with its credit."""
        if self.picture is None or not self.picture.credit:
            return self.text
        return f"{self.text}　{self.picture.credit}" if self.text else self.picture.credit


@dataclass(frozen=True, slots=True)
class Reservation:
    """广告位: a place at the foot of its page, in the right-hand columns or over all (0), for what is no article."""

    height_pt: float
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """稿件: kicker 肩题, headline 主题, subtitle 副题, byline 署名, body 正文, source line 落款."""

    id: str
    kicker: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    source: str | None = None
    truncated: bool = False
    body: tuple[Block, ...] = ()
    byline_stands_in_body: bool = False
    """The names were read off a dateline (本报讯（记者 …）) and are not set a second time."""
    marks: tuple[Mark, ...] = ()
    """Emphasis dots, name and title lines, ruby: only manuscripts have them."""
    page: int | None = None
    """The page it is to begin on, from 1; this and the three below only manuscripts have."""
    priority: int | None = None
    """It ranks as if it stood so far from the bulletin's head, from 1: place and headline size follow."""
    section: str | None = None
    """Articles of one section stand together; the folio line names it."""
    keep_whole: bool = False
    """It never runs on to another page."""
    reserved: Reservation | None = None
    """It is an advertisement or the like: its body is one caption, its label, with a picture or none."""

    def texts(self) -> Iterator[str]:
        """Every text that goes onto the page, in reading order."""
        yield from self.kicker
        yield from self.headline
        yield from self.subtitle
        if not self.byline_stands_in_body:
            yield from self.byline
        yield from (block.printed for block in self.body)
        if self.source is not None:
            yield self.source

    def markable(self) -> Iterator[str]:
        """The texts that `marks` are looked for in, in reading order, a line each."""
        yield from self.kicker
        yield from self.headline
        yield from self.subtitle
        for block in self.body:
            yield from block.text.split("\n")
        if self.source is not None:
            yield self.source


@dataclass(frozen=True, slots=True)
class Bulletin:
    """稿件集: title, date and issue as printed or None; articles in the order in which they begin."""

    title: str | None = None
    date: str | None = None
    issue: str | None = None
    articles: tuple[Article, ...] = ()
    furniture: tuple[str, ...] = ()
    joins: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    role_marks: str = ""
    """Characters of the source that only marked a role (□, 作者：, brackets round a source line)."""
    imprint: tuple[tuple[str, str], ...] = ()
    """What only manuscripts give for the colophon: pairs of a key of `model.issue.IMPRINT` and its text."""
    corrections: tuple[Finding, ...] = ()
    """Slips that an editor had set right: what stood there and what stands there now."""

    def texts(self) -> Iterator[str]:
        """Every text that there is: role marks, articles, furniture."""
        yield self.role_marks
        for article in self.articles:
            yield from article.texts()
        yield from self.furniture

    def characters(self) -> Counter[str]:
        """How often each character that is not white space stands in the texts, furniture and role marks."""
        return Counter("".join("".join(self.texts()).split()))
