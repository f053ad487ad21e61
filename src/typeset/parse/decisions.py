"""What the search decides for a line: its role, and the reading that comes next."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from typeset.parse.roles import Role

SURE = 3.0
"""Margins from here on all count as the same: readings that far behind are not looked at."""
CLEAR = 1.0
"""A reading that is this far ahead is in no doubt."""
MARGIN_DIGITS = 9
"""Weights have two digits: what more there is in a margin comes of the order in which they were added up."""
_ROLES = list(Role)


class Decision(NamedTuple):
    """The role found for a line, the second-best and by how much it is behind; none if that is SURE."""

    role: Role
    other: Role | None
    margin: float


SURELY = [Decision(role, None, inf) for role in Role]
"""The decision for each role where no other is near."""


def decided(chosen: int, other: int, margin: float) -> Decision:
    """The decision for role `chosen`; `other` is -1 where no other is near."""
    if other < 0:
        return SURELY[chosen]
    return Decision(_ROLES[chosen], _ROLES[other], round(margin, MARGIN_DIGITS))
