"""A group of texts at the lines that were chosen for them, set flush or at their natural widths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from typeset.compose.justify import set_natural, set_paragraphs
from typeset.makeup.fill import Item, Option
from typeset.makeup.galley import Group
from typeset.model.edition import Role, SetText


def set_group(group: Group, chosen: Sequence[tuple[Item, Option]]) -> tuple[SetText, dict[int, int]]:
    """The group's texts set at the chosen lines, and each paragraph's first line in it."""
    first: dict[int, int] = {}
    at = 0
    for item, option in chosen:
        first[item.paragraph] = at
        at += option.rows
    if group.style.align in ("center", "right"):
        starts: list[int] = []
        for item, option in chosen:
            starts += [group.copy.bounds[item.paragraph], *option.lines[:-1]]
        return set_natural(group.copy, starts, [end for _, option in chosen for end in option.lines]), first
    indents = [group.style.indent_em] * len(chosen)
    lines = [option.lines for _, option in chosen]
    return set_paragraphs(group.copy, lines, group.measure_em, indents, group.sunk), first


def role_of(item: Item) -> Role:
    return cast(Role, item.role)
