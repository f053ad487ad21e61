"""A line of the bulletin with what was seen of it: the value that features fill and the search reads."""

from __future__ import annotations

from dataclasses import dataclass, field

from typeset.parse.bylines import Credit
from typeset.parse.lines import Line


@dataclass(slots=True)
class View:
    """A line, what was seen of it, and what its credits would say."""

    line: Line
    names: list[str] = field(default_factory=list)
    is_final: bool = False
    number: str = ""
    is_list_item: bool = False
    byline: Credit | None = None
    meta: Credit | None = None
    source: Credit | None = None
    furniture: str = ""
    is_plain: bool = False
    """A long sentence with nothing special about it."""

    def is_byline(self) -> bool:
        """Its words may be a byline's."""
        return any(n.startswith(("byline_", "bracket_")) or n == "meta" for n in self.names)
