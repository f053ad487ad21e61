"""Content streams walked as a renderer would, forms and patterns included: what is painted, in which ink, in which tag.

In: a document. Out: a `Walk`: lists of events that rules judge afterwards, and what was wrong with the operators.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Stream

from typeset.check.preflight.document import Document, inherited, key_of
from typeset.check.preflight.fonts_seen import FontSeen
from typeset.check.preflight.operators import OPERATORS, Painter
from typeset.check.preflight.spaces import Space
from typeset.check.preflight.state import Loose, Marked, Painted, Placed, Shown, State

_MOST_DEPTH = 12
Owner = tuple[str, int]
"""What MCIDs are counted in: ("page", number) or ("form", object number)."""


@dataclass(slots=True)
class Walk:
    """Everything seen; `spaces` by where they were first met; `mcids`: how often each is used, by owner."""

    shown: list[Shown] = field(default_factory=list)
    painted: list[Painted] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    fonts: dict[tuple[int, int] | int, FontSeen] = field(default_factory=dict)
    spaces: dict[str, tuple[Space, str]] = field(default_factory=dict)
    states: dict[object, tuple[Any, str]] = field(default_factory=dict)
    forms: dict[object, tuple[Any, str]] = field(default_factory=dict)
    intents: list[tuple[str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    untagged: list[Loose] = field(default_factory=list)
    crossed: list[Loose] = field(default_factory=list)
    speechless: list[tuple[int, Owner | None, int | None, str]] = field(default_factory=list)
    mcids: dict[Owner, Counter[int]] = field(default_factory=dict)
    compatibility: list[str] = field(default_factory=list)

    def note_space(self, space: Space, place: str) -> None:
        """Remember a colour space by what tells it from others, and those under it."""
        for part in space.chain():
            key = part.family
            if part.source is not None:
                at = key_of(part.source)
                key += f" {at}" if at[0] else f" {bytes(part.source.unparse())!r}"
            self.spaces.setdefault(key, (part, place))


def walk(document: Document) -> Walk:
    """Go through every page."""
    out = Walk()
    for number, page in enumerate(document.pages, 1):
        resources = inherited(page, "/Resources")
        _stream(out, number, page, resources, State(), ("page", number), [], 0)
        for annotation in page.get("/Annots", []):
            _appearance(out, number, annotation)
    return out


def _appearance(out: Walk, page: int, annotation: Any) -> None:
    """An annotation's normal appearance; its content is the annotation's, not the page's."""
    if not isinstance(annotation, Dictionary):
        return
    looks = annotation.get("/AP")
    normal = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(normal, Stream):
        mark = Marked("Annot", None, None, True, "")
        _stream(out, page, normal, normal.get("/Resources"), State(), ("annotation", page), [mark], 1)


def _stream(
    out: Walk, page: int, content: Any, resources: Any, state: State, owner: Owner, marks: list[Marked], depth: int
) -> None:  # fmt: skip
    """One content stream: a page's, a form's or a pattern's."""
    place = f"page {page}" if owner[0] == "page" else f"page {page}, {owner[0]}"
    try:
        instructions = pikepdf.parse_content_stream(content)
    except (pikepdf.PdfError, TypeError, ValueError) as error:
        out.faults.append((place, f"unreadable content ({error})"))
        return
    resources = resources if isinstance(resources, Dictionary) else Dictionary()
    painter = Painter(out, page, place, resources, state, owner, list(marks))
    for instruction in instructions:
        operator = bytes(instruction.operator).decode("latin-1")
        method = OPERATORS.get(operator)
        if method is None:
            out.faults.append((place, f"unknown operator {operator}"))
            continue
        try:
            found = method(
                painter, list(instruction.operands) if operator != "INLINE IMAGE" else [instruction]
            )
        except (IndexError, TypeError, ValueError, KeyError, AttributeError):
            out.faults.append((place, f"operator {operator} with wrong operands"))
            continue
        if found is not None:
            _inner(out, page, found, painter, depth)
    painter.close(len(marks))


def _inner(out: Walk, page: int, found: Any, painter: Painter, depth: int) -> None:
    """A form XObject or tiling pattern that has just been used."""
    form, state, is_pattern = found
    if depth >= _MOST_DEPTH:
        out.faults.append((f"page {page}", "forms nested too deep"))
        return
    key = key_of(form)
    if is_pattern and key in out.forms:
        return
    out.forms.setdefault(key if key[0] else id(form), (form, f"page {page}"))
    if depth and len(out.forms) > 5000:
        return
    resources = form.get("/Resources")
    inner = resources if resources is not None else painter.resources
    _stream(out, page, form, inner, state, ("form", key[0]), painter.marks, depth + 1)
