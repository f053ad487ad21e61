"""What each line's features say for each role, for all lines at once: rows of one matrix added up.

The weights are laid out by number here, for the search's hot loop: an enum is slow to hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain

import numpy as np
import numpy.typing as npt

from typeset.parse.roles import TEXT_ROLES, Role
from typeset.parse.states import worths
from typeset.parse.views import View
from typeset.parse.weights import WEIGHTS, Weights

ROLE_BEAM = 8.005
"""Roles of a line that score this far below its best are not tried."""
PLAIN_TEXT = 5.0
"""What a long sentence with nothing special about it is worth as text."""
NO_BIAS = -99.0

Moves = Sequence[tuple[int, float]]
"""Roles worth trying, with what the line says for each."""
Emission = tuple[Moves, float]
"""And how much the line looks like running text, whichever role it has."""
PLAIN: Emission = (((int(Role.PARA), PLAIN_TEXT),), PLAIN_TEXT)

_TEXT = len(Role)
"""The column behind the roles': how much a line looks like running text."""


class _Rows(dict[str, int]):
    """The rows of features; 0 for a feature that has none."""

    def __missing__(self, name: str) -> int:
        return 0


class Tables:
    """The weights by number.

    bias    (21,) what each role is worth before anything is seen, and 0 for the text's column
    emit    (features, 21) what each feature adds, rows by `row_of`; the first row is of what has no weight
    worth   for every state and role what the move adds
    besides what else each role gets: [the text above breaks off][the article is signed, this line keyed]
    """

    __slots__ = ("at_end", "besides", "bias", "emit", "join", "row_of", "worth")

    def __init__(self, weights: Weights) -> None:
        names = [*dict.fromkeys((*weights.emit, *weights.text))]
        self.row_of = _Rows({name: row for row, name in enumerate(names, 1)})
        self.emit = np.zeros((len(names) + 1, len(Role) + 1))
        for name, row in self.row_of.items():
            for role, weight in weights.emit.get(name, {}).items():
                self.emit[row, role] = weight
            text = weights.text.get(name, 0.0)
            self.emit[row, [_TEXT, *TEXT_ROLES]] += text
        self.bias = np.array([*(weights.bias.get(r, NO_BIAS) for r in Role), 0.0])
        self.at_end = {int(r): w for r, w in weights.at_end.items()}
        self.worth = worths(weights)
        broken = [weights.broken_off.get(r, 0.0) for r in Role]
        keyed = [-weights.signed.get(r, 0.0) for r in Role]
        nothing = [0.0 for _ in Role]
        self.besides = (
            (nothing, keyed),
            (broken, [b + k for b, k in zip(broken, keyed, strict=True)]),
        )
        self.join = weights.join


TABLES = Tables(WEIGHTS)


def emissions(views: Sequence[View], tables: Tables) -> list[Emission]:
    """For each line the roles worth trying, and how much it looks like running text."""
    special = [view for view in views if not view.is_plain]
    if not special:
        return [PLAIN] * len(views)
    scores = _scores(special, tables)
    best = scores.max(axis=1)
    rows, roles = np.nonzero(scores[:, :_TEXT] >= (best - ROLE_BEAM)[:, None])
    moves = list(zip(roles.tolist(), scores[rows, roles].tolist(), strict=True))
    ends = rows.searchsorted(np.arange(1, len(special) + 1)).tolist()
    found = zip([0, *ends], ends, scores[:, _TEXT].tolist(), strict=False)
    seen = ((moves[start:end], text) for start, end, text in found)
    return [PLAIN if view.is_plain else next(seen) for view in views]


def _scores(views: list[View], tables: Tables) -> npt.NDArray[np.float64]:
    """(lines, 21): the score of each role, text's column last."""
    names = chain.from_iterable([view.names for view in views])
    rows = list(map(tables.row_of.__getitem__, names))
    sizes = [len(view.names) for view in views]
    starts = [0, *accumulate(sizes[:-1])]
    scores: npt.NDArray[np.float64] = np.add.reduceat(tables.emit[rows], starts, axis=0) + tables.bias
    for at, view in enumerate(views):
        for role, weight in view.style:
            scores[at, role] += weight
    return scores
