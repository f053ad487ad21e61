"""Slips become findings: quoted with a few characters round them, at their line of the source."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator

from typeset.model.findings import Finding, Place
from typeset.model.seek import Seeker
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

    Searched for without white space, near the last place found first: a bulletin's texts come in the
    source's order but for jumps and notes.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._starts = [0]
        squeezed = []
        for line in source.lines:
            squeezed.append(_BLANKS.sub("", line) if _BLANKS.search(line) else line)
            self._starts.append(self._starts[-1] + len(squeezed[-1]))
        self._seeker = Seeker("".join(squeezed))

    def place(self, text: str, start: int, end: int) -> Place | None:
        """The file, line and column of character `start`."""
        probes = list(self._probes(text, start, end))
        for anywhere in (False, True):
            for probe, offset in probes:
                at = self._seeker.find(probe, anywhere=anywhere)
                if at >= 0:
                    return self._at(at + offset)
        return None

    def _probes(self, text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
        """What to look for, the longest first, and how far into it `start` is."""
        here = _BLANKS.sub("", text[start : max(end, start + 1)])[:40]
        for reach in PROBE_CHARS:
            before = _BLANKS.sub("", text[max(0, start - 2 * reach) : start])[-reach:] if reach else ""
            after = _BLANKS.sub("", text[end : end + 2 * reach])[:reach]
            for left, right in ((before, after), (before, ""), ("", after)):
                yield left + here + right, len(left)

    def _at(self, offset: int) -> Place:
        line = bisect.bisect_right(self._starts, offset) - 1
        wanted = offset - self._starts[line]
        text = self._source.lines[line]
        blanks = (match.span() for match in _BLANKS.finditer(text))
        column = wanted
        for first, last in blanks:
            if first > column:
                break
            column += last - first
        return self._source.place(line, column)
