"""Two views of raw paragraphs: as the file was before tracked changes (reject), and as it is after them (accept).

A paragraph whose mark is not in the view runs on into the next one. A soft line break parts lines of one role.
(docx-plus 0.6.2 was tried for this: it leaves such paragraphs apart, in 36 of 120 views of our edited files.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from typeset.return_.roles import DEFAULT_ROLE, FURTHER, own_name, plain_name, role_of
from typeset.return_.story import Piece, Raw
from typeset.return_.values import Line, Revision

View = Literal["accept", "reject"]


@dataclass(frozen=True, slots=True)
class StyleTable:
    """A file's paragraph styles: id to plain name, and name to the name it is based on."""

    names: Mapping[str, str]
    based_on: Mapping[str, str]
    default: str

    def name(self, ident: str) -> str:
        return self.names.get(ident, plain_name(ident)) if ident else self.default

    def role(self, name: str) -> str | None:
        return role_of(name, self.based_on)

    def own(self, name: str) -> str:
        """The style of ours that a style is or is based on, else itself."""
        return own_name(name, self.based_on) or name


@dataclass(frozen=True, slots=True)
class Seen:
    """A view's lines, and by bookmark what tracked changes touch its text or its place."""

    lines: tuple[Line, ...]
    touched: Mapping[str, tuple[Revision, ...]]
    moves: tuple[tuple[str, str], ...]
    """(bookmark at a tracked move's source, text at its target)."""
    unknown_styles: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """A line in the making."""

    pieces: list[Piece] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    style: str = ""
    para_id: str = ""
    is_begun: bool = False
    leans: bool = False


def seen(raws: Sequence[Raw], styles: StyleTable, view: View) -> Seen:
    """The lines that a view shows, without empty ones."""
    lines: list[Line] = []
    unknown: dict[str, None] = {}
    for place in dict.fromkeys(raw.place for raw in raws):
        part = [raw for raw in raws if raw.place == place]
        lines += _lines(part, styles, view, unknown)
    # boxes and notes come after the story: they stand beside it
    return Seen(tuple(lines), _touched(raws), _moves(raws), tuple(unknown))


def pending_count(raws: Iterable[Raw]) -> int:
    """How many pieces, marks and styles wait for a decision."""
    return sum(
        sum(p.into is not None or p.out is not None for p in raw.pieces)
        + sum(r is not None for r in (raw.mark_into, raw.mark_out, raw.restyled))
        for raw in raws
    )


def _lines(raws: Sequence[Raw], styles: StyleTable, view: View, unknown: dict[str, None]) -> Iterator[Line]:
    current = _Open()
    above: Raw | None = None
    for raw in raws:
        shown = [piece for piece in raw.pieces if _shows(piece.into, piece.out, view)]
        if raw.table >= 0:
            if _shows(raw.mark_into, raw.mark_out, view):
                row = _Open(shown, raw.marks, _revisions(raw, view), raw.style)
                yield from _line(row, raw, styles, unknown)
            continue
        style = raw.style_before if view == "reject" and raw.style_before is not None else raw.style
        if not current.is_begun or not _text(current.pieces):
            current.style, current.para_id, current.is_begun = style, raw.para_id, True
            current.leans = _leans(raw, above)
        above = raw
        current.pieces += shown
        current.marks += raw.marks
        current.revisions += _revisions(raw, view)
        if _shows(raw.mark_into, raw.mark_out, view):
            yield from _line(current, raw, styles, unknown)
            current = _Open()
    if _text(current.pieces):
        yield from _line(current, raws[-1], styles, unknown)


def _leans(raw: Raw, above: Raw | None) -> bool:
    """Whether a style may be the deleted paragraph's before it, which LibreOffice 7.4 gives the next one for good."""
    return (
        above is not None and above.mark_out is not None and above.style == raw.style and raw.restyled is None
    )


def _shows(into: Revision | None, out: Revision | None, view: View) -> bool:
    """Whether what came in so and goes out so is there: what was put in and taken out again is in neither view."""
    return out is None if view == "accept" else into is None


def _revisions(raw: Raw, view: View) -> list[Revision]:
    """The tracked changes on what a line shows and, in the edited view, on what it has lost."""
    if view == "reject":
        return []
    found = [r for piece in raw.pieces for r in (piece.into, piece.out) if r is not None]
    return [*found, *(r for r in (raw.mark_into, raw.mark_out, raw.restyled) if r is not None)]


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces).strip()


def _line(line: _Open, raw: Raw, styles: StyleTable, unknown: dict[str, None]) -> Iterator[Line]:
    """A paragraph's line, or its lines where soft breaks part them; none if it is empty."""
    is_row = raw.table >= 0
    name = styles.own(styles.name(line.style))
    role = styles.role(name)
    if role is None:
        unknown[name] = None
        role = DEFAULT_ROLE
    if is_row and role != "furniture":
        role = "table"
    parts = [line.pieces] if is_row else list(_cut(line.pieces))
    texts = ["".join(piece.text for piece in part) for part in parts]
    owned = {ident for part in parts for piece in part for ident in piece.ids if piece.text.strip()}
    weak = tuple(mark for mark in dict.fromkeys(line.marks) if mark not in owned)
    revisions = tuple(dict.fromkeys(line.revisions))
    is_first = True
    for part, text in zip(parts, texts, strict=True):
        shown = "\t".join(c.strip() for c in text.split("\t")).rstrip("\t") if is_row else text.strip()
        if not shown.strip():
            continue
        ids = tuple(dict.fromkeys(ident for piece in part if piece.text.strip() for ident in piece.ids))
        yield Line(
            shown, name, role, name in FURTHER or not is_first, ids, weak if is_first else (),
            line.para_id if is_first else "", revisions, raw.place, raw.table, line.leans,
        )  # fmt: skip
        is_first = False


def _cut(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces line by line."""
    current: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        current.append(_with_text(piece, first))
        for other in others:
            yield current
            current = [_with_text(piece, other)]
    yield current


def _with_text(piece: Piece, text: str) -> Piece:
    return Piece(text, piece.ids, piece.comments, piece.into, piece.out, piece.move)


def _touched(raws: Iterable[Raw]) -> dict[str, tuple[Revision, ...]]:
    out: dict[str, dict[Revision, None]] = {}
    for raw in raws:
        around = [r for r in (raw.mark_into, raw.mark_out, raw.restyled) if r is not None]
        for piece in raw.pieces:
            for ident in piece.ids:
                found = out.setdefault(ident, {})
                found.update(dict.fromkeys(r for r in (piece.into, piece.out, *around) if r is not None))
    return {ident: tuple(found) for ident, found in out.items()}


def _moves(raws: Iterable[Raw]) -> tuple[tuple[str, str], ...]:
    """Tracked moves: bookmarks at the source with the text at the target, in their order, by the move's name."""
    sources: dict[str, dict[str, None]] = {}
    targets: dict[str, list[str]] = {}
    for raw in raws:
        arrived: dict[str, str] = {}
        for piece in raw.pieces:
            if piece.out is not None and piece.out.kind == "moveFrom":
                sources.setdefault(piece.move, {}).update(dict.fromkeys(piece.ids))
            elif piece.into is not None and piece.into.kind == "moveTo":
                arrived[piece.move] = arrived.get(piece.move, "") + piece.text
        for move, text in arrived.items():
            targets.setdefault(move, []).append(text.strip())
    return tuple(
        pair
        for move, ids in sources.items()
        if len(ids) == len(targets.get(move, ()))
        for pair in zip(ids, targets[move], strict=True)
    )
