"""The states of the search for roles, numbered, and the worth of every move between them as a table.

A state says which role came last (furniture apart), how many subheads the article has had, whether
it has a byline, and whether furniture has just been passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from typeset.parse.roles import OPENING_ROLES, TRANSPARENT, Role
from typeset.parse.weights import NEVER, Weights


class State(NamedTuple):
    """What the search remembers of the lines so far."""

    role: Role
    subs: int
    """Subheads in this article: none, one, more (0, 1, 2)."""
    has_byline: bool
    after_furniture: bool


def after(state: State, label: Role) -> State:
    """The state that a line in the role `label` leads to."""
    if label in TRANSPARENT:
        return state._replace(after_furniture=label is Role.FURN)
    if label in OPENING_ROLES:
        return State(label, 0, False, False)
    subs = min(2, state.subs + 1) if label is Role.SUB else state.subs
    return State(label, subs, state.has_byline or label is Role.BYLINE, False)


Term = tuple[str, Role | None, Role | str]
"""A weight's name: its table and its keys."""


def terms(state: State, label: Role) -> Iterator[Term]:
    """The weights that a move from `state` by `label` adds up, the line itself apart."""
    furniture = state.after_furniture
    if label in TRANSPARENT:
        if furniture and label is Role.FURN:
            yield "after_furniture", None, "furniture"
        return
    yield "follow", state.role, label
    if label is Role.SUB:
        yield "subs", None, "more" if state.subs else "first"
    if state.has_byline:
        yield "signed", None, label
    if label in OPENING_ROLES:
        if furniture:
            yield "after_furniture", None, "article"
        if state.subs == 1 and state.role is not Role.JUMP_OUT:
            yield "subs", None, "alone"


def worth_of(term: Term, weights: Weights) -> float:
    """The weight that `term` names."""
    table, row, key = term
    if isinstance(key, Role):
        if row is None:
            return weights.signed.get(key, 0.0)
        return weights.follow.get(row, {}).get(key, NEVER)
    return (weights.subs if table == "subs" else weights.after_furniture)[str(key)]


STATES: Final = [
    State(role, subs, has_byline, furniture)
    for role in Role
    for subs in range(3)
    for has_byline in (False, True)
    for furniture in (False, True)
]
_NUMBERS = {state: number for number, state in enumerate(STATES)}
START: Final = _NUMBERS[State(Role.START, 0, False, False)]
AFTER: Final = [[_NUMBERS[after(state, label)] for label in Role] for state in STATES]
"""AFTER[state][role]: the number of the state that follows."""


def worths(weights: Weights) -> list[list[float]]:
    """For every state and role what the move adds."""
    return [[sum(worth_of(t, weights) for t in terms(state, label)) for label in Role] for state in STATES]
