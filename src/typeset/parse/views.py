"""A line of the bulletin with what was seen of it: the value that features fill and the search reads."""

from __future__ import annotations

from dataclasses import dataclass

from typeset.parse.bylines import Credit
from typeset.parse.lines import Line


@dataclass(slots=True)
class View:
    """A line, what was seen of it, and the names in it."""

    line: Line
    measure_em: float
    """The measure at which lines were broken by hand here, or 0."""
    traits: int = 0
    """What was seen, as bits (traits.py)."""
    is_plain: bool = False
    """A long sentence with nothing special about it, or the rest of one."""
    is_rest: bool = False
    """Its place below an unfinished line tells that it is the rest of a hard-wrapped paragraph."""
    byline: Credit | None = None
    style: tuple[tuple[int, float], ...] = ()
    """What the bulletin's own style says for some roles, learnt from what is sure (style.py)."""
