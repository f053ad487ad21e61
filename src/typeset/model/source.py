"""A bulletin's decoded text, line by line, each line knowing where it came from."""

from __future__ import annotations

from dataclasses import dataclass

from typeset.model.findings import Finding, Place


@dataclass(frozen=True, slots=True)
class Source:
    """Decoded text without line ends; `lines[i]` is line i + 1 of `file`.

    Control and format characters are already out, and `findings` says which and where;
    everything else stands as it came.
    """

    file: str
    encoding: str
    lines: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    def place(self, index: int, column: int | None = None) -> Place:
        """The place of line `index` (from 0), `column` from 0."""
        return Place(self.file, index + 1, None if column is None else column + 1)
