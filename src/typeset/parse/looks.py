"""What each line's look says for each role.

A look is what was seen of a line, its traits. What it is worth is worked out when it is first met, for all
new ones at once (rows of one matrix added up), and kept with the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain

import numpy as np
import numpy.typing as npt

from typeset.parse.roles import Role
from typeset.parse.tables import TEXT, Tables
from typeset.parse.traits import UNIT_KEYED, bits_of
from typeset.parse.views import View
from typeset.parse.ways import Look, Moves

ROLE_BEAM = 8.005
"""Roles of a line that score this far below its best are not tried."""
PLAIN_TEXT = 5.0
"""What a long sentence with nothing special about it is worth as text."""
MAX_LOOKS = 4096
"""So many looks are kept."""

PLAIN_MOVES: Moves = ((int(Role.PARA), PLAIN_TEXT),)
_PLAIN = 0
"""The look of all plain lines."""


def plain_look(tables: Tables) -> Look:
    """The look of a long sentence with nothing special about it."""
    known = tables.looks.get(_PLAIN)
    if known is None:
        known = tables.looks[_PLAIN] = Look(PLAIN_MOVES, PLAIN_TEXT, False, tables)
    return known


def looks_of(views: Sequence[View], tables: Tables) -> list[Look]:
    """The look of each line, worked out where it is met for the first time or where a style speaks of it."""
    known, plain = tables.looks, plain_look(tables)
    keys = [_PLAIN if view.is_plain else view.traits for view in views]
    new = [key for key in dict.fromkeys(keys) if key not in known]
    if len(known) + len(new) > MAX_LOOKS:
        known.clear()
        known[_PLAIN] = plain
        new = [key for key in dict.fromkeys(keys) if key != _PLAIN]
    if new:
        known.update(zip(new, _worked_out(_scores(new, tables), new, tables), strict=True))
    looks = [known[key] for key in keys]
    styled = [at for at, view in enumerate(views) if view.style and not view.is_plain]
    if styled:
        names = [keys[at] for at in styled]
        scores = _scores(names, tables)
        for row, at in enumerate(styled):
            for role, weight in views[at].style:
                scores[row, role] += weight
        for at, look in zip(styled, _worked_out(scores, names, tables), strict=True):
            looks[at] = look
    return looks


def _scores(looks: Sequence[int], tables: Tables) -> npt.NDArray[np.float64]:
    """(looks, 21): the score of each role, text's column last."""
    rows = list(map(bits_of, looks))
    starts = [0, *accumulate(map(len, rows[:-1]))]
    scores: npt.NDArray[np.float64] = (
        np.add.reduceat(tables.emit[[*chain.from_iterable(rows)]], starts, axis=0) + tables.bias
    )
    return scores


def _worked_out(scores: npt.NDArray[np.float64], looks: Sequence[int], tables: Tables) -> list[Look]:
    """The roles of each look that are not far behind its best."""
    best = scores.max(axis=1)
    rows, roles = np.nonzero(scores[:, :TEXT] >= (best - ROLE_BEAM)[:, None])
    moves = list(zip(roles.tolist(), scores[rows, roles].tolist(), strict=True))
    ends = rows.searchsorted(np.arange(1, len(looks) + 1)).tolist()
    texts = scores[:, TEXT].tolist()
    return [
        Look(tuple(moves[start:end]), text, bool(traits & UNIT_KEYED), tables)
        for start, end, text, traits in zip([0, *ends], ends, texts, looks, strict=False)
    ]
