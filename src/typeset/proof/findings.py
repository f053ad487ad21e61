"""Slips become findings: quoted with a few characters round them, at their line of the source."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator

from typeset.model.findings import Finding, Place
from typeset.model.source import Source
from typeset.proof.copy import Copy
from typeset.proof.slips import RULES, Slip

CONTEXT_CHARS = 6
PROBE_CHARS = (12, 8, 5, 3, 1, 0)
_BLANKS = re.compile(r"\s+")


def findings_of(copy: Copy, slips: Iterable[Slip], source: Source | None) -> Iterator[Finding]:
    """A finding a slip, in reading order; without a source they have no place."""
    finder = Finder(source) if source is not None else None
    for slip in slips:
        rule = RULES[slip.code]
        left, text, right = quoted(copy, slip)
        suggestion = None if slip.new is None else left + slip.new + right
        place = finder.place(copy.text, slip.start, slip.end) if finder is not None else None
        yield Finding(
            severity="warning" if slip.certainty >= 0.8 else "info",
            code=f"proof.{slip.code}",
            message=rule.words,
            place=place,
            text=left + text + right,
            suggestion=suggestion,
            kind=rule.kind,
            rule=rule.source,
            certainty=round(slip.certainty, 2),
        )


def quoted(copy: Copy, slip: Slip) -> tuple[str, str, str]:
    """The slip's own characters and a few on either side, from the same line."""
    before = copy.text[max(0, slip.start - CONTEXT_CHARS) : slip.start].rsplit("\n", 1)[-1]
    after = copy.text[slip.end : slip.end + CONTEXT_CHARS].split("\n", 1)[0]
    return before, copy.text[slip.start : slip.end], after


class Finder:
    """Where characters of the copy stand in the source, whose lines were joined and parted since.

    Searched for without white space, forwards from the last place found: a bulletin's texts come in
    the source's order but for jumps and notes.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        squeezed = [_BLANKS.sub("", line) for line in source.lines]
        self._whole = "".join(squeezed)
        self._starts = [0]
        for line in squeezed:
            self._starts.append(self._starts[-1] + len(line))
        self._last = 0

    def place(self, text: str, start: int, end: int) -> Place | None:
        """The file, line and column of character `start`."""
        for reach in PROBE_CHARS:
            before = _BLANKS.sub("", text[max(0, start - 2 * reach) : start])[-reach:] if reach else ""
            here = _BLANKS.sub("", text[start : max(end, start + 1)])[:40]
            after = _BLANKS.sub("", text[end : end + 2 * reach])[:reach]
            for left, right in ((before, after), (before, ""), ("", after)):
                at = self._find(left + here + right)
                if at >= 0:
                    self._last = at
                    return self._at(at + len(left))
        return None

    def _find(self, probe: str) -> int:
        at = self._whole.find(probe, max(0, self._last - 2000)) if probe else -1
        return at if at >= 0 or not probe else self._whole.find(probe)

    def _at(self, offset: int) -> Place:
        line = bisect.bisect_right(self._starts, offset) - 1
        wanted = offset - self._starts[line]
        for column, char in enumerate(self._source.lines[line]):
            if not char.isspace():
                if wanted == 0:
                    return self._source.place(line, column)
                wanted -= 1
        return self._source.place(line)
