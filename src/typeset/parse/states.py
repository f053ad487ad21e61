"""The states of the search for roles, numbered, and the worth of every move between them as a table.

A state says which role came last (furniture apart), how many subheads the article has had, whether
it has a byline, and whether furniture has just been passed. Built once from weights.py at import.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from typeset.parse.roles import OPENING_ROLES, TRANSPARENT, Role
from typeset.parse.weights import AFTER_FURNITURE, FOLLOW, NEVER, SIGNED, SUBS


class State(NamedTuple):
    """What the search remembers of the lines so far."""

    role: Role
    subs: int
    """Subheads in this article: none, one, more (0, 1, 2)."""
    has_byline: bool
    after_furniture: bool


def _after(state: State, label: Role) -> State:
    """The state that a line in the role `label` leads to."""
    if label in TRANSPARENT:
        return state._replace(after_furniture=label is Role.FURN)
    if label in OPENING_ROLES:
        return State(label, 0, False, False)
    subs = min(2, state.subs + 1) if label is Role.SUB else state.subs
    return State(label, subs, state.has_byline or label is Role.BYLINE, False)


def _worth(state: State, label: Role) -> float:
    """What the move adds to a sequence, the line itself apart."""
    furniture = state.after_furniture
    if label in TRANSPARENT:
        return AFTER_FURNITURE["furniture"] if furniture and label is Role.FURN else 0.0
    worth = FOLLOW.get(state.role, {}).get(label, NEVER)
    if label is Role.SUB:
        worth += SUBS["more" if state.subs else "first"]
    if state.has_byline:
        worth += SIGNED.get(label, 0.0)
    if label in OPENING_ROLES:
        worth += AFTER_FURNITURE["article"] if furniture else 0.0
        worth += SUBS["alone"] if state.subs == 1 and state.role is not Role.JUMP_OUT else 0.0
    return worth


STATES: Final = [
    State(role, subs, has_byline, furniture)
    for role in Role
    for subs in range(3)
    for has_byline in (False, True)
    for furniture in (False, True)
]
_NUMBERS = {state: number for number, state in enumerate(STATES)}
START: Final = _NUMBERS[State(Role.START, 0, False, False)]
AFTER: Final = [[_NUMBERS[_after(state, label)] for label in Role] for state in STATES]
"""AFTER[state][role]: the number of the state that follows."""
WORTH: Final = [[_worth(state, label) for label in Role] for state in STATES]
"""WORTH[state][role]: what the move adds."""
