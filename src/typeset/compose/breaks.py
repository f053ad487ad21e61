"""Line ends for a measure (T07, T08): each paragraph's best setting, and its best at every count of lines.

In: a `Copy`, a measure and the first lines' indents. Out: `Settings`. What gives way where a paragraph
can't be set within the rules is feasible.STAGES, in typography.md's order; only the paragraphs that
fail a stage go on to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from typeset.compose.copy import Copy
from typeset.compose.feasible import STAGES, Ints, Sunk, line_graph
from typeset.compose.rulers import Rulers, rulers_of
from typeset.compose.total_fit import Fits, total_fit

Lines = tuple[int, ...]
"""Ends of a paragraph's lines as indices into the copy, the last being the paragraph's end."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to set a paragraph; `cost` is in squared ems and demerits (feasible's table of weights)."""

    lines: Lines
    cost: float

    @property
    def count(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Settings:
    """How one paragraph can be set: `best` of all, and the best at each count of lines, fewest first.

    `stage` says which of STAGES it took: 0 within all rules, 3 with a line that T24 cannot fill.
    """

    best: Setting
    by_count: tuple[Setting, ...]
    stage: int


def settings_of(
    copy: Copy,
    measure_em: float,
    indents_em: Sequence[float],
    variants: bool = True,
    sunk: Sunk | None = None,
) -> tuple[Settings, ...]:
    """Every paragraph of a copy set to a measure; `indents_em[p]` is its first line's, `sunk` the first one's drop cap.

    Without `variants` only the best settings are worked out. No line is overfull but by a hung mark or a
    cluster that is wider than the measure by itself.
    """
    rulers = rulers_of(copy, measure_em)
    indents = [within(indent, measure_em) for indent in indents_em]
    sizes = np.diff(copy.bounds)
    out: list[Settings | None] = [None] * len(sizes)
    for empty in np.nonzero(sizes == 0)[0].tolist():
        only = Setting((copy.bounds[empty + 1],), 0.0)
        out[empty] = Settings(only, (only,), 0)
    open_ = np.nonzero(sizes > 0)[0]
    for stage in range(len(STAGES)):
        if len(open_):
            open_ = _settle(copy, rulers, indents, open_, stage, variants, out, sunk)
    assert not len(open_)
    return tuple(s for s in out if s is not None)


def within(indent_em: float, measure_em: float) -> float:
    """An indent that leaves its line two ems, or half of a measure under four."""
    return min(indent_em, max(measure_em - 2, measure_em / 2))


def _settle(
    copy: Copy, rulers: Rulers, indents: Sequence[float], paragraphs: Ints, stage: int, variants: bool,
    out: list[Settings | None], sunk: Sunk | None,
) -> Ints:  # fmt: skip
    """Set the paragraphs that this stage can set; returns those that it can't."""
    fits = total_fit(line_graph(copy, rulers, indents, paragraphs, STAGES[stage], sunk))
    order = np.lexsort((fits.counts, fits.costs, fits.owners))
    owners = fits.owners[order]
    firsts = np.searchsorted(owners, np.arange(len(paragraphs) + 1))
    found = np.diff(firsts) > 0
    wanted = order if variants else order[firsts[:-1][found]]
    settings = _settings(fits, wanted)
    at = 0
    for p, (first, last) in enumerate(zip(firsts[:-1].tolist(), firsts[1:].tolist(), strict=True)):
        if first == last:
            continue
        count = last - first if variants else 1
        mine = settings[at : at + count]
        at += count
        out[int(paragraphs[p])] = Settings(mine[0], tuple(sorted(mine, key=lambda s: s.count)), stage)
    return paragraphs[~found]


def _settings(fits: Fits, wanted: Ints) -> list[Setting]:
    ends, counts = fits.ends(wanted)
    flat = ends.tolist()
    out: list[Setting] = []
    at = 0
    for count, cost in zip(counts.tolist(), fits.costs[wanted].tolist(), strict=True):
        out.append(Setting(tuple(flat[at : at + count]), cost))
        at += count
    return out
