"""What is known of a file that came back: its lines, what it was made from, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Pending = Literal["accept", "reject", "fail"]
PENDING: tuple[Pending, ...] = ("accept", "reject", "fail")
RevisionKind = Literal["ins", "del", "moveFrom", "moveTo", "format"]
EventKind = Literal[
    "changed", "added", "deleted", "moved", "split", "merged", "restyled",
    "article_added", "article_deleted", "article_moved",
]  # fmt: skip
State = Literal["new", "open", "answered", "resolved", "removed"]
HEAD_ROLES = ("kicker", "headline", "subtitle", "byline")


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """A tracked change: what was done, by whom, when (as the file says it)."""

    kind: RevisionKind
    author: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class BaseLine:
    """One paragraph (or table row) as it was sent: bookmarks, article's id, role, block of the body (-1: none)."""

    ids: tuple[str, ...]
    article: str
    role: str
    block: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph (or table row, cells parted by tabs) as it came back, in one of the two views.

    `ids`: bookmarks over some of its text; `weak`: bookmarks that stand in it over nothing. `place` tells stories
    apart: "" the main one, else box or note. `table` numbers the table that a row is of. `leans`: it has the style of a
    paragraph before it whose mark is deleted, which LibreOffice puts on the next one, too.
    """

    text: str
    style: str
    role: str
    is_further: bool = False
    ids: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    para_id: str = ""
    revisions: tuple[Revision, ...] = ()
    place: str = ""
    table: int = -1
    leans: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done. `before` and `after` are whole lines; `id` is the line's bookmark as sent, or none."""

    kind: EventKind
    article: str
    role: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    id: str = ""
    follows: str = ""
    """The words after which the line stands now, where it was added or moved."""
    was: str = ""
    """The role (restyled) or the article (moved) that it had."""
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A line that both the file's editor and the manuscript's changed since it was sent; the manuscript's stands."""

    article: str
    id: str
    sent: tuple[str, ...]
    manuscript: tuple[str, ...]
    edited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Text of the file that has no place in the manuscript, and why (a key of `report.REASONS`)."""

    text: str
    reason: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the file. `state`: new, or of our own doubts: open, answered, resolved (marked done), removed."""

    state: State
    author: str
    when: str
    words: str
    quoted: str = ""
    article: str = ""
    finding: int = -1
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """All that there is to say of a returned file, but for the manuscript itself."""

    file: str
    last_author: str = ""
    last_saved: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    """Article ids, old and new, to their headlines."""
    events: tuple[Event, ...] = ()
    remarks: tuple[Remark, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    pending: tuple[Event, ...] = ()
    """Tracked changes that nobody decided on, where that was to fail."""
    notes: tuple[tuple[str, str], ...] = ()
    """(key of `report.NOTES`, words)."""

    @property
    def is_settled(self) -> bool:
        return not (self.conflicts or self.unplaced or self.pending)
