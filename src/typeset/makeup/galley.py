"""小样: an article's body composed to one measure, each paragraph at every line count it can take.

In: an article, a layout and the faces. Out: a `Galley`: texts by style, and the items that `fill` sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from typeset.compose.breaks import Lines, Settings, settings_of
from typeset.compose.copy import Copy, prepare_copy, tabulate
from typeset.compose.headline import break_headline, headline_width, seams_of
from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.makeup.fill import Item, Option
from typeset.model.bulletin import Article, Block
from typeset.model.layout import Layout, Style

SUBHEAD_BLANK_ROWS = ((0, 0.0), (1, 1.6))  # added to the style's own space above
SET_OFF = ("table", "verse", "note", "list", "source")  # what may stand a row apart from the text above it
LEAST_BESIDE_TABLE_CHARS = 50
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


@dataclass(frozen=True, slots=True, eq=False)
class Galley:
    article: int
    measure_em: float
    groups: tuple[Group, ...]
    items: tuple[Item, ...]

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


def compose_galley(
    number: int, article: Article, measure_em: float, layout: Layout, faces: FaceSet, cohesion: Cohesion,
    block: int | None = None, copies: Copies | None = None,
) -> Galley:  # fmt: skip
    """Compose an article's running text at a measure in ems of the body, or one `block` that stands in a box.

    `copies` keeps what no measure changes from one galley to the next.
    """
    copies = {} if copies is None else copies
    pieces = _pieces(article) if block is None else _pieces_of(block, article.body[block])
    roles = list(dict.fromkeys(piece.role for piece in pieces))
    groups: list[Group] = []
    items: dict[int, Item] = {}
    tightness_cost = layout.makeup.weights.get("tightness", 0.6)
    for role in roles:
        style = layout.styles[role]
        members = [(n, piece) for n, piece in enumerate(pieces) if piece.role == role]
        texts = [piece.text for _, piece in members]
        key = number, block, role, tuple(texts)
        if key not in copies:
            copies[key] = prepare_copy(texts, style.face, faces, role == "subhead", layout.composition)
        copy = copies[key]
        measure = measure_em / style.size_em
        if role == "table":
            copy = tabulate(copy, measure) if block is None else tabulate(copy, measure, measure)
        group = Group(role, style, copy, measure)
        settings = settings_of(copy, measure, [_indent_em(style)] * len(texts), style.align == "justify")
        for paragraph, (n, piece) in enumerate(members):
            options = _options(group, paragraph, settings[paragraph], tightness_cost, cohesion)
            after_subhead = n > 0 and pieces[n - 1].role == "subhead"
            items[n] = _item(piece, len(groups), paragraph, options, style, after_subhead)
        groups.append(group)
    return Galley(number, measure_em, tuple(groups), tuple(items[n] for n in range(len(pieces))))


def stands_in_box(article: Article, block: Block) -> bool:
    """Whether a block of the body stands across columns of its own instead of in the running text.

    A table that has little text beside it, or none, runs in the columns: the text could not fill them level.
    """
    if block.type != "table":
        return block.picture is not None
    return sum(len(other.text) for other in article.body if other.type != "table") >= LEAST_BESIDE_TABLE_CHARS


def _pieces(article: Article) -> list[_Piece]:
    out: list[_Piece] = []
    for number, block in enumerate(article.body):
        if not stands_in_box(article, block):
            out += _pieces_of(number, block)
    if article.source:
        out.append(_Piece("source", -1, article.source, True))
    return out


def _pieces_of(number: int, block: Block) -> list[_Piece]:
    if block.type == "verse":
        return list(_verse(number, block.text))
    return [_Piece(block.type, number, text, n == 0) for n, text in enumerate(_texts(block))]


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
    )  # fmt: skip


Composer = Callable[[int, float], Galley]
"""Galley of article n at a measure; made once by `plan` with a cache inside."""
