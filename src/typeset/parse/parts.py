"""From roles to drafts: lines gathered into parts of articles, their blocks, credits and jump marks.

A part opens at a head, at a brief's dateline or at a jump mark (上接). Every character goes to a
head, a block, a credit, the furniture or the role marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from typeset.model.bulletin import Block, BlockType
from typeset.parse import kinds, traits
from typeset.parse.bylines import Credit, read_byline
from typeset.parse.decisions import Decision
from typeset.parse.joins import Joiner, continued
from typeset.parse.lines import Line
from typeset.parse.patterns import CAPTION_TAIL, TAIL_EM
from typeset.parse.roles import OPENING_ROLES, Role
from typeset.parse.runs import cells
from typeset.parse.sources import read_meta, read_source
from typeset.parse.views import View

JOIN_CHARS = 8
MAX_CAPTION = 160
MAX_CAPTION_LINES = 12

BLOCK_OF: dict[Role, BlockType] = {
    Role.PARA: "para",
    Role.BRIEF: "para",
    Role.SUB: "subhead",
    Role.SUBTWO: "para",
    Role.NOTE: "note",
    Role.FOOT: "note",
    Role.CAPTION: "caption",
    Role.ITEM: "list",
    Role.ROW: "table",
    Role.VERSE: "verse",
}
"""Blocks by role; a subhead's second line without a first one is a paragraph."""
_RUNS = frozenset((Role.ITEM, Role.ROW, Role.VERSE))
_HEADS = frozenset((Role.HEAD, Role.MORE))
_BYLINES = frozenset((Role.BYLINE, Role.CREDIT))
_JUMPS = frozenset((Role.JUMP_IN, Role.JUMP_OUT))
_FURN, _CONT, _FOOT, _SUBTWO, _ROW = Role.FURN, Role.CONT, Role.FOOT, Role.SUBTWO, Role.ROW
"""By a name of their own: an enum's members are slow to look up."""
_FOLIO_PAGE = re.compile(
    r"第\s*([A-Z]?\d{1,3}|[〇零一二三四五六七八九十]{1,3})\s*[版頁页]|[·•]\s*([A-Z]?\d{1,3})\s*[·•]"
    r"|^([A-Z]?\d{1,3})\s*版?[\s　]|[\s　]([A-Z]?\d{1,3})\s*版?$|^[-–—\s]*(\d{1,3})[-–—\s]*$"
)


@dataclass(slots=True)
class Draft:
    """A block on its way: pieces of text and where its first line stands."""

    type: BlockType
    pieces: list[str]
    line: Line
    last: Line
    hints: int = kinds.ALL
    """The kinds of characters in a paragraph's lines."""

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def block(self) -> Block:
        return Block(self.type, self.text)


@dataclass(slots=True)
class Part:
    """An article, or the piece of one that stands before or after a jump."""

    heads: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    page: str = ""
    jump_in: str | None = None
    jump_out: str | None = None
    jump_at: int = 0
    """How many drafts stood before the jump mark (下转)."""
    jump_title: str = ""
    line: Line | None = None


@dataclass(slots=True)
class Gathered:
    """All that the lines held."""

    parts: list[Part]
    furniture: list[str]
    masthead: list[str]
    joins: list[tuple[str, str]]
    marks: list[str]


def squeeze(text: str) -> str:
    return "".join(text.split())


def seam(left: str, right: str) -> tuple[str, str]:
    """Up to eight characters on either side of a mended break."""
    return squeeze(left[-40:])[-JOIN_CHARS:], squeeze(right[:40])[:JOIN_CHARS]


class Gatherer:
    """Walks the lines once, a role at a time; block after block, then `finish`."""

    def __init__(self) -> None:
        self._views: list[View] = []
        self._decisions: list[Decision] = []
        self._joiner: Joiner | None = None
        self._out = Gathered([], [], [], [], [])
        self._feet: list[Draft] = []
        self._current: Draft | None = None
        self._page = "1"
        self._text_at = -1
        self._opened = False
        self._usual_blanks = 0
        """1 where every line has a blank above it, so that one blank parts no stanzas."""

    def gather(self, views: list[View], decisions: list[Decision], joiner: Joiner) -> None:
        self._views, self._decisions, self._joiner = views, decisions, joiner
        self._usual_blanks = int(sum(v.line.blanks > 0 for v in views) > 0.9 * (len(views) - 1))
        for at, (view, decision) in enumerate(zip(views, decisions, strict=True)):
            role = decision.role
            if role is _FURN:
                self._furniture(view, self._opened)
                continue
            self._opened = True
            self._take(at, view, role)

    def finish(self) -> Gathered:
        self._close_block()
        return self._out

    # -- one line ----------------------------------------------------------------------------------

    def _take(self, at: int, view: View, role: Role) -> None:
        if role is _CONT:
            self._continue(at, view.line)
            return
        if role is _FOOT:
            self._foot(view)
            return
        if not self._out.parts or (role in OPENING_ROLES and not self._goes_on(at, role)):
            self._open(view.line)
        self._text_at = at
        if role in BLOCK_OF:
            self._block(view, role)
        elif role in _HEADS:
            self._head(view.line)
        elif role in _BYLINES:
            self._credit(view, read_meta(view.line.text) if view.traits & traits.META else view.byline)
        elif role in _JUMPS:
            self._jump(view.line, role)
        elif role is Role.UNIT:
            self._credit(view, read_source(view.line.text))
        else:
            self._close_block()
            self._part.sources.append(view.line.text)

    def _goes_on(self, at: int, role: Role) -> bool:
        """A jump mark (上接) right below a head opens nothing new."""
        return role is Role.JUMP_IN and at > 0 and self._decisions[at - 1].role in _HEADS

    def _foot(self, view: View) -> None:
        if view.traits & traits.FOOT_MORE and self._feet:
            note = self._feet[-1]
            note.pieces.append(continued(note.pieces[-1], view.line.text))
        else:
            self._feet.append(Draft("note", [view.line.text], view.line, view.line))

    @property
    def _part(self) -> Part:
        return self._out.parts[-1]

    def _open(self, line: Line) -> None:
        self._close_block()
        self._out.parts.append(Part(page=self._page, line=line))

    def _head(self, line: Line) -> None:
        if self._part.jump_in is not None and not self._part.drafts:
            self._part.jump_title += line.text
            self._out.furniture.append(line.text)
        else:
            self._part.heads.append(line.text)

    def _credit(self, view: View, credit: Credit | None) -> None:
        self._close_block()
        if credit is None:  # the line's place made it a credit, its words do not: keep it whole
            self._part.sources.append(view.line.text)
            return
        self._part.names += credit.names
        self._part.sources += [credit.source] if credit.source else []
        self._out.furniture += credit.furniture
        self._out.marks.append(credit.marks)

    def _jump(self, line: Line, role: Role) -> None:
        self._out.furniture.append(line.text)
        part = self._part
        if role is Role.JUMP_OUT:
            self._close_block()
            part.jump_out, part.jump_at = line.page, len(part.drafts)
        else:
            part.jump_in = line.page
            part.jump_title += "".join(part.heads) + re.sub(r"[（(【\[].*$", "", line.text)
            self._out.furniture += part.heads
            part.heads = []

    def _furniture(self, view: View, opened: bool) -> None:
        text = view.line.text
        meta = read_meta(text) if view.traits & traits.PAGE_DATA else None
        self._out.furniture += meta.furniture if meta else [text]
        self._out.marks += [meta.marks] if meta else []
        if not opened:
            self._out.masthead.append(text)
        match = _FOLIO_PAGE.search(text)
        if match and opened:
            self._page = next(g for g in match.groups() if g)

    # -- blocks ------------------------------------------------------------------------------------

    def _block(self, view: View, role: Role) -> None:
        line, current = view.line, self._current
        if role is _SUBTWO and current is not None:
            current.pieces.append("\n" + line.text)
            current.last = line
            return
        kind = BLOCK_OF[role]
        text = "\t".join(cells(line.text)) if role is _ROW else line.text
        if role in _RUNS and current is not None and current.type == kind:
            current.pieces.append(self._parting(current, line) + text)
            current.last = line
            return
        self._close_block()
        hints = line.hints
        if line.width <= TAIL_EM and not line.jump and not view.traits & traits.CAPTION_TAIL:
            hints &= ~kinds.PHOTO_ENDING  # it was looked for in the line, and is not there
        self._current = Draft(kind, [text], line, line, hints)
        self._part.drafts.append(self._current)

    def _parting(self, current: Draft, line: Line) -> str:
        """A line break; in verse a blank line where more blank lines stood than between other lines."""
        if current.type == "verse" and line.blanks > current.line.blanks * self._usual_blanks:
            return "\n\n"
        return "\n"

    def _continue(self, at: int, line: Line) -> None:
        assert self._current is not None
        current = self._current
        assert self._joiner is not None
        if self._joiner.is_break(self._text_at, at):
            self._out.joins.append(seam("".join(current.pieces[-8:])[-60:], line.text))
        current.pieces.append(continued(current.pieces[-1], line.text))
        current.last = line
        current.hints |= current.line.hints | line.hints
        self._text_at = at

    def _close_block(self) -> None:
        current = self._current
        if (
            current is not None
            and current.hints & kinds.PHOTO
            and current.hints & kinds.PHOTO_ENDING
            and current.type == "para"
            and len(current.pieces) <= MAX_CAPTION_LINES
        ):
            text = current.text
            if len(text) <= MAX_CAPTION and CAPTION_TAIL.search(text):
                current.type = "caption"  # its credit stood on a wrapped line of its own
        if self._feet and self._out.parts:
            self._part.drafts += self._feet
            self._feet = []
        self._current = None


def dateline_names(text: str) -> list[str]:
    """The names in a dateline's brackets: 本报讯（记者 …）."""
    match = re.match(r"【?[^（(。，]{0,30}?[讯電电訊]】?\s*([（(][^）)。]{2,60}[）)])", text)
    credit = read_byline(match[1]) if match else None
    return credit.names if credit is not None and credit.strength in ("sure", "likely") else []
