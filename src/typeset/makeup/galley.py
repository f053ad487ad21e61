"""小样: an article's body composed to one measure, each paragraph at every line count it can take.

In: an article, a layout and the faces. Out: a `Galley`: texts by style, and the items that `fill` sets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, repeat

from typeset.compose.breaks import Lines, Settings, settings_of
from typeset.compose.copy import Copy, RunIn, prepare_copy, tabulate
from typeset.compose.feasible import Sunk
from typeset.compose.headline import break_headline, headline_width, seams_of
from typeset.compose.run_in import run_in_heads
from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.makeup.fill import Item, Option
from typeset.model.bulletin import Article, Block
from typeset.model.layout import Layout, NoteSpec, Style

SUBHEAD_BLANK_ROWS = ((0, 0.0), (1, 1.6))  # added to the style's own space above
SET_OFF = ("table", "verse", "note", "list", "source")  # what may stand a row apart from the text above it
LEAST_BESIDE_BOX_CHARS = 50
BOXED = ("table", "quote", "note")
DROP_CAP_ROW_EM = 1.35
DROP_CAP_GAP_EM = 0.3
HAN = re.compile("[\u3400-\u9fff]")
SET_OFF_ROWS = ((0, 0.0), (1, 0.8))
STANZA_ROWS = ((1, 0.0),)  # over a stanza that is not a poem's first


Copies = dict[tuple[int, int | None, str, tuple[str, ...]], Copy]
"""By article, block, role and texts."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The texts of one style in an article, in reading order."""

    role: str
    style: Style
    copy: Copy
    measure_em: float
    sunk: Sunk | None = None
    """Beside the article's drop cap, where it has one."""


@dataclass(frozen=True, slots=True, eq=False)
class Galley:
    article: int
    measure_em: float
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    cap: Copy | None = None
    """The first paragraph's first character, where it is a drop cap."""

    @property
    def natural_rows(self) -> int:
        return sum(item.natural_rows for item in self.items)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One text of a body block: a paragraph, an item of a list, a row of a table, a line of verse."""

    role: str
    block: int
    text: str
    starts_block: bool
    starts_stanza: bool = False
    run_in: int = 0
    """So many of its first characters are a run-in head."""


def compose_galley(
    number: int, article: Article, measure_em: float, layout: Layout, faces: FaceSet, cohesion: Cohesion,
    block: int | None = None, copies: Copies | None = None,
) -> Galley:  # fmt: skip
    """Compose an article's running text at a measure in ems of the body, or one `block` that stands in a box.

    `copies` keeps what no measure changes from one galley to the next.
    """
    pieces = (
        _pieces(article, layout.notes)
        if block is None
        else _pieces_of(block, article.body[block], run_in_heads(article)[block])
    )
    sunk = _sunk(pieces, article, layout) if block is None else None
    copies = {} if copies is None else copies
    composer = _Composer(number, measure_em, layout, faces, cohesion, block, copies)
    if sunk is not None:
        after = [replace(pieces[0], text=pieces[0].text[1:]), *pieces[1:]]
        galley = composer.galley(after, sunk)
        if galley.items[0].least_rows > sunk.lines:
            style = layout.styles["para"]
            face = style.drop_cap_face or style.face
            return replace(
                galley, cap=prepare_copy([pieces[0].text[0]], face, faces, rules=layout.composition)
            )
    return composer.galley(pieces, None)


@dataclass(frozen=True, slots=True, eq=False)
class _Composer:
    """What every galley of an article at one measure is made with."""

    article: int
    measure_em: float
    layout: Layout
    faces: FaceSet
    cohesion: Cohesion
    block: int | None
    """The one block that stands in a box, or None for the running text."""
    copies: Copies

    def galley(self, pieces: list[_Piece], sunk: Sunk | None) -> Galley:
        """The pieces composed, style by style."""
        groups: list[Group] = []
        items: dict[int, Item] = {}
        for role in dict.fromkeys(piece.role for piece in pieces):
            members = [n for n, piece in enumerate(pieces) if piece.role == role]
            group = self._group(role, [pieces[n] for n in members], sunk if members[0] == 0 else None)
            indents = [_indent_em(group.style)] * len(members)
            settings = settings_of(
                group.copy, group.measure_em, indents, group.style.align == "justify", group.sunk
            )
            for paragraph, n in enumerate(members):
                options = self._options(group, paragraph, settings[paragraph])
                after_subhead = n > 0 and pieces[n - 1].role == "subhead"
                items[n] = _item(pieces[n], len(groups), paragraph, options, group.style, after_subhead)
            groups.append(group)
        return Galley(
            self.article, self.measure_em, tuple(groups), tuple(items[n] for n in range(len(pieces)))
        )

    def _group(self, role: str, members: list[_Piece], sunk: Sunk | None) -> Group:
        style, layout = self.layout.style(role), self.layout
        texts = [piece.text for piece in members]
        key = self.article, self.block, role, tuple(texts)
        if key not in self.copies:
            run_in = RunIn(style.run_in_face, tuple(piece.run_in for piece in members))
            self.copies[key] = prepare_copy(
                texts,
                style.face,
                self.faces,
                role == "subhead",
                layout.composition,
                run_in if run_in.face else None,
            )
        copy = self.copies[key]
        measure = self.measure_em / style.size_em
        if role == "table":
            copy = tabulate(copy, measure) if self.block is None else tabulate(copy, measure, measure)
        return Group(role, style, copy, measure, sunk)

    def _options(self, group: Group, paragraph: int, settings: Settings) -> tuple[Option, ...]:
        tightness_cost = self.layout.makeup.weights.get("tightness", 0.6)
        options = _options(group, paragraph, settings, tightness_cost, self.cohesion)
        if group.sunk is None or paragraph:
            return options
        held = frozenset(range(1, group.sunk.lines))  # no column ends beside the drop cap
        high = [option for option in options if option.rows > group.sunk.lines] or options[:1]
        return tuple(replace(option, bound=option.bound | held) for option in high)


def _sunk(pieces: list[_Piece], article: Article, layout: Layout) -> Sunk | None:
    """The room beside a drop cap, where the layout wants one and the article's text begins with a Han character."""
    rows = layout.styles["para"].drop_cap_rows
    if rows < 2 or not pieces or layout.composition.direction == "vertical" or article.marks:
        return None
    first = pieces[0]
    if first.role != "para" or first.run_in or not HAN.match(first.text):
        return None
    return Sunk(rows, drop_cap_em(rows) + DROP_CAP_GAP_EM)


def drop_cap_em(rows: int) -> float:
    """How large a drop cap is at most, in ems of the body: so many rows, less the last one's lead."""
    return (rows - 1) * DROP_CAP_ROW_EM + 1


def stands_in_box(article: Article, number: int, notes: NoteSpec) -> bool:
    """Whether a block of the body stands across columns of its own instead of in the running text.

    A table, quote or note that has little text beside it, or none, runs in the columns: the text could not fill
    them level. A note stands in a box at the article's head alone.
    """
    block = article.body[number]
    if article.reserved is not None:
        return True
    if block.type not in BOXED:
        return block.picture is not None
    if block.type == "note":
        length = len(block.text) if number == 0 and notes.rule_pt else 0
        if not notes.least_chars <= length <= notes.most_chars:
            return False
    return sum(len(other.text) for other in article.body if other.type not in BOXED) >= LEAST_BESIDE_BOX_CHARS


def _pieces(article: Article, notes: NoteSpec) -> list[_Piece]:
    out: list[_Piece] = []
    for number, (block, run_in) in enumerate(zip(article.body, run_in_heads(article), strict=True)):
        if not stands_in_box(article, number, notes):
            running = replace(block, type="note") if block.type == "quote" else block
            out += _pieces_of(number, running, run_in)
    if article.source:
        out.append(_Piece("source", -1, article.source, True))
    return out


def _pieces_of(number: int, block: Block, run_in: tuple[int, ...]) -> list[_Piece]:
    if block.type == "verse":
        return list(_verse(number, block.text))
    heads = chain(run_in, repeat(0))
    return [
        _Piece(block.type, number, text, n == 0, run_in=head)
        for n, (text, head) in enumerate(zip(_texts(block), heads, strict=False))
    ]


def _verse(number: int, text: str) -> Iterator[_Piece]:
    """A line a piece; blank lines part stanzas."""
    begun = after_blank = False
    for line in text.split("\n"):
        if line.strip():
            yield _Piece("verse", number, line, not begun, begun and after_blank)
            begun, after_blank = True, False
        else:
            after_blank = True


def _texts(block: Block) -> list[str]:
    if block.type in ("list", "table", "subhead"):
        return [line for line in block.text.split("\n") if line.strip()]
    words = block.printed.replace("\n", " ")
    return [words] if words.strip() or block.picture is None else []


def _indent_em(style: Style) -> float:
    return style.indent_em if style.align in ("justify", "left") else 0.0


def _options(
    group: Group, paragraph: int, settings: Settings, tightness_cost: float, cohesion: Cohesion
) -> tuple[Option, ...]:
    """A text's settings: the best first; the others cost by the line won or lost."""
    measure, copy = group.measure_em, group.copy
    if group.style.align in ("center", "right"):
        lines = _balanced(copy, paragraph, measure, cohesion) or settings.best.lines
        return (Option(lines, 0.0, 1.0),)
    best = settings.best
    out = []
    for setting in (best, *(s for s in settings.by_count if s is not best)):
        lines = setting.lines
        start = lines[-2] if len(lines) > 1 else copy.bounds[paragraph]
        share = headline_width(copy, start, lines[-1]) / measure
        cost = tightness_cost * abs(setting.count - best.count) * (1 + 3 / best.count)
        bound = frozenset(n for n, end in enumerate(lines[:-1], 1) if copy.hyphens[end])
        out.append(Option(lines, cost, share, bound))
    return tuple(out)


def _balanced(copy: Copy, paragraph: int, measure: float, cohesion: Cohesion) -> Lines | None:
    if headline_width(copy, copy.bounds[paragraph], copy.bounds[paragraph + 1]) <= measure:
        return (copy.bounds[paragraph + 1],)
    found = break_headline(seams_of(copy, paragraph, cohesion), measure, 3, at_any_rate=True)
    return tuple(found) if found else None


def _item(
    piece: _Piece, group: int, paragraph: int, options: tuple[Option, ...], style: Style, after_subhead: bool
) -> Item:
    above: tuple[tuple[int, float], ...] = ((0, 0.0),)
    if style.space_above_rows and piece.starts_block:
        above = tuple((style.space_above_rows + rows, cost) for rows, cost in SUBHEAD_BLANK_ROWS)
    elif piece.starts_stanza:
        above = STANZA_ROWS
    elif piece.role in SET_OFF and piece.starts_block and not after_subhead:
        above = SET_OFF_ROWS
    return Item(
        piece.role, piece.block, group, paragraph, options, above,
        may_split=piece.role not in ("subhead", "source"), keeps_next=piece.role == "subhead",
        goes_on=piece.role == "verse" and not piece.starts_block and not piece.starts_stanza,
    )  # fmt: skip


Composer = Callable[[int, float], Galley]
"""Galley of article n at a measure; made once by `plan` with a cache inside."""
