"""The weights by number, laid out for the search: an enum is slow to hash.

What a look (what was seen of a line) is worth is worked out once and kept beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from typeset.parse.roles import TEXT_ROLES, Role
from typeset.parse.states import worths
from typeset.parse.traits import NAMES
from typeset.parse.weights import WEIGHTS, Weights

if TYPE_CHECKING:
    from typeset.parse.ways import Look

NO_BIAS = -99.0
TEXT = len(Role)
"""The column behind the roles': how much a line looks like running text."""


class Tables:
    """The weights by number.

    bias    (21,) what each role is worth before anything is seen, and 0 for the text's column
    emit    (traits, 21) what each trait adds
    worth   for every state and role what the move adds
    besides what else each role gets: [the text above breaks off][the article is signed, this line keyed]
    looks   the looks met so far (looks.py)
    """

    __slots__ = ("at_end", "besides", "bias", "emit", "join", "looks", "worth")

    def __init__(self, weights: Weights) -> None:
        self.emit = np.zeros((len(NAMES), len(Role) + 1))
        for row, name in enumerate(NAMES):
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
        self.looks: dict[int, Look] = {}


TABLES = Tables(WEIGHTS)
