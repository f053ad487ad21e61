"""Where paragraphs begin and end, told from indents and short lines where no layout says it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from typeset.check.makeup.columns import Column
from typeset.check.makeup.pages import Reading
from typeset.check.makeup.pieces import OPENS, SetLine

_LEAST_INDENT_EM, _MOST_INDENT_EM = 1.2, 2.8


def mark_paragraphs(reading: Reading) -> None:
    """Set `starts` and `ends` of every body line."""
    homes = {id(line): column for column in reading.columns() for line in column.lines}
    lines = sorted(
        (line for page in reading.pages for line in page.lines if id(line) in homes),
        key=lambda line: line.order,
    )
    for n, line in enumerate(lines):
        if line.kind == "body" and not (line.role and line.paragraph):
            after = lines[n + 1] if n + 1 < len(lines) else None
            _mark(line, homes[id(line)], after, homes.get(id(after)) if after else None)
        elif line.role in ("list", "verse", "note"):
            line.starts = line.ends = True


def _mark(line: SetLine, home: Column, after: SetLine | None, next_home: Column | None) -> None:
    line.starts = is_indented(line, home)
    is_short = line.right < home.right - 0.6 * line.size_pt
    if after is None or next_home is None or after.kind != "body" or is_indented(after, next_home):
        line.ends = True
    else:
        line.ends = is_short and (line.text[-1] in "。！？”：…" or next_home is not home)


def is_indented(line: SetLine, home: Column) -> bool:
    lead = (line.u0 - home.left) / line.size_pt + (0.5 if line.chars[0] in OPENS else 0.0)
    return _LEAST_INDENT_EM < lead < _MOST_INDENT_EM


def in_order(reading: Reading) -> Sequence[tuple[SetLine, SetLine]]:
    """Each body line with the one after it in its paragraph."""
    lines = reading.body_lines()
    return [
        (a, b) for a, b in itertools.pairwise(lines)
        if not a.ends and not b.starts and b.page - a.page <= 1 and a.article == b.article and a.paragraph == b.paragraph
    ]  # fmt: skip
