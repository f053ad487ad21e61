"""A line of the bulletin with what was seen of it: the value that features fill and the search reads."""

from __future__ import annotations

from dataclasses import dataclass, field

from typeset.parse import kinds
from typeset.parse.bylines import Credit
from typeset.parse.lines import Line


@dataclass(slots=True)
class View:
    """A line, what was seen of it, and what its credits would say."""

    line: Line
    measure_em: float = 0.0
    """The measure at which lines were broken by hand here, or 0."""
    hints: int = kinds.ALL
    """The kinds of characters in the line, as bits."""
    is_final: bool = False
    names: list[str] = field(default_factory=list)
    number: str = ""
    is_list_item: bool = False
    byline: Credit | None = None
    meta: Credit | None = None
    source: Credit | None = None
    furniture: str = ""
    is_meta_furniture: bool = False
    """A web page's meta line that names no author and no source."""
    style: tuple[tuple[int, float], ...] = ()
    """What the bulletin's own style says for some roles, learnt from what is sure (style.py)."""
    is_plain: bool = False
    """A long sentence with nothing special about it, or the rest of one."""
    is_rest: bool = False
    """Its place below an unfinished line tells that it is the rest of a hard-wrapped paragraph."""
    is_byline: bool = False
    """Its words may be a byline's."""
