"""The weights by number, laid out for the search: an enum is slow to hash.

What a look (the names of what was seen of a line) is worth is worked out once and kept beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from typeset.parse.roles import TEXT_ROLES, Role
from typeset.parse.states import worths
from typeset.parse.weights import WEIGHTS, Weights

if TYPE_CHECKING:
    from typeset.parse.ways import Look

NO_BIAS = -99.0
TEXT = len(Role)
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
    looks   the looks met so far (looks.py)
    """

    __slots__ = ("at_end", "besides", "bias", "emit", "join", "looks", "row_of", "worth")

    def __init__(self, weights: Weights) -> None:
        names = [*dict.fromkeys((*weights.emit, *weights.text))]
        self.row_of = _Rows({name: row for row, name in enumerate(names, 1)})
        self.emit = np.zeros((len(names) + 1, len(Role) + 1))
        for name, row in self.row_of.items():
            for role, weight in weights.emit.get(name, {}).items():
                self.emit[row, role] = weight
            text = weights.text.get(name, 0.0)
            self.emit[row, [TEXT, *TEXT_ROLES]] += text
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
        self.looks: dict[tuple[str, ...], Look] = {}


TABLES = Tables(WEIGHTS)
