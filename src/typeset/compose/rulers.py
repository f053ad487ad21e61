"""Rulers: running sums over a copy for one measure, so that any line's width is one subtraction.

In: a `Copy`. Out: for every character index what a line that starts or ends there reads off the
ruler, and what T24 may take or give up to there. All lengths in ems of the text.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class
from typeset.compose.copy import Copy
from typeset.compose.spacing import NARROW_MEASURE_EM, STRETCH_SEAM, STRETCH_SEAM_NARROW, Ems


@dataclass(frozen=True, slots=True, eq=False)
class Rulers:
    """Arrays over the seams 0..n of a copy of n characters.

    `start[i]`, `start_shrink[i]`, `start_stretch[i]`: the left edge of a line from seam i (spaces there
    left out) and what the seams before it could have given; `edge[i]`, `shrink[i]`, `stretch[i]`: the
    right edge of a line that ends at seam i, hyphen and all, and what its seams could give up to there,
    its last character's own apart. `hang[i]`: how far its last mark may hang out of the measure (T29).
    """

    measure_em: float
    start: Ems
    start_shrink: Ems
    start_stretch: Ems
    edge: Ems
    shrink: Ems
    stretch: Ems
    hang: Ems


def rulers_of(copy: Copy, measure_em: float) -> Rulers:
    """Rulers for one measure: opening goes further in narrow columns (T24)."""
    size = len(copy.kinds)
    natural = _running(copy.box_em + copy.gap_em)
    shrink = _running(copy.closing.sum(axis=0))
    stretch = _running(_opening(copy, measure_em))
    head, tail = _inked(copy)
    lead = np.append(copy.lead_em, 0.0)
    lead_shrink = np.append(np.where(copy.lead_em > 0, copy.closing[1], 0.0), 0.0)  # T22 has taken it already
    last = np.maximum(tail - 1, 0)
    edge = natural[tail] - (copy.tail_em[last] if size else 0.0)
    edge = np.where(tail == 0, 0.0, edge) + np.where(copy.hyphens, copy.hyphen_em, 0.0)
    hang = np.where(tail > 0, copy.hang_em[last] if size else 0.0, 0.0)
    return Rulers(
        measure_em, natural[head] + lead[head], shrink[head] + lead_shrink[head], stretch[head],
        edge, shrink[last], stretch[last], hang,
    )  # fmt: skip


def _opening(copy: Copy, measure_em: float) -> Ems:
    opening: Ems = copy.opening.sum(axis=0)
    if measure_em < NARROW_MEASURE_EM:
        opening = opening + copy.opening[-1] * (STRETCH_SEAM_NARROW / STRETCH_SEAM - 1)
    return opening


def _inked(copy: Copy) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each seam the first character after it and the end of the last before it that are no spaces."""
    size = len(copy.kinds)
    head = np.arange(size + 1)
    tail = np.arange(size + 1)
    spaces = copy.kinds == Class.SPACE
    if spaces.any():
        inked = np.where(spaces, size, np.arange(size))
        head[:-1] = np.minimum.accumulate(inked[::-1])[::-1]
        ends = np.array(copy.bounds[1:], np.intp)
        lasts = np.repeat(ends - 1, np.diff(copy.bounds))  # a paragraph of spaces keeps its last one
        head[:-1] = np.minimum(head[:-1], lasts)
        tail[1:] = np.maximum.accumulate(np.where(spaces, 0, np.arange(1, size + 1)))
    return head, tail


def _running(values: Ems) -> Ems:
    out = np.zeros(len(values) + 1)
    np.cumsum(values, out=out[1:])
    return out
