"""What names an issue wherever it is shown: masthead, folio lines, colophon, document properties."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IssueLine:
    """Paper name, date and issue number as they are to be shown; None leaves a part out."""

    title: str
    date: str | None = None
    issue: str | None = None

    @property
    def when(self) -> str:
        """Date and issue number in one line, an ideographic space between them; may be empty."""
        return "　".join(part for part in (self.date, self.issue) if part)
