"""What a line of a certain look can do from a state of the search: worked out once, then looked up.

Lines of one look are worth the same and move alike, and most stretches of the search are a single line between
two single states: after such a line the search stands where it stood after the last one like it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Final, NamedTuple, TypeVar

from typeset.parse.decisions import SURE, Decision, decided
from typeset.parse.roles import TRANSPARENT, Role
from typeset.parse.states import AFTER, STATES
from typeset.parse.tables import Tables

STATE_BEAM = 6.005
"""Sequences that fall this far behind the best one are given up,"""
TWIN_BEAM = 3.005
"""and this far behind the best with the same last role: what else they remember is worth less."""
SEEN_BEAM = STATE_BEAM + SURE
"""What falls this far behind neither wins nor is near what wins."""
HOPELESS = -12.005
"""Moves worth less than this are made only where there is no other. (Weights have two digits: no sum of them
falls on one of these borders, whatever the order in which it was added up.)"""

Moves = Sequence[tuple[int, float]]
"""Roles worth trying, with what the line says for each."""
Step = tuple[int, int, float, bool]
"""A way on from a state: role of the line, state it leads to, gain, whether the last line of text stays."""
Reached = tuple[float, int, bool]
"""How a state was reached by one step: the gain, the role, whether the last line of text stays."""

Scored = TypeVar("Scored", bound=tuple[float, *tuple[object, ...]])

_CONT = int(Role.CONT)
_KEEPS_TEXT = [r in TRANSPARENT and r is not Role.CONT for r in Role]
_HAS_BYLINE = [state.has_byline for state in STATES]
_ROLE_OF = [int(state.role) for state in STATES]


class Ways(NamedTuple):
    """The steps from one state, in the roles' order, and the best gain among them."""

    steps: tuple[Step, ...]
    best: float


class End(NamedTuple):
    """Where a line leads from a single state: the states left, all steps, the decision if one state is left."""

    layer: tuple[tuple[int, Reached], ...]
    steps: tuple[Step, ...]
    decision: Decision | None


class _WaysFrom(dict[int, Ways]):
    """The ways by origin << 2 | is_broken << 1 | is_first, worked out as they are asked for: the state they lead
    from, whether the text above breaks off, whether they are the first of all (one is made though hopeless)."""

    __slots__ = ("_is_keyed", "_moves", "_tables")

    def __init__(self, moves: Moves, is_keyed: bool, tables: Tables) -> None:
        self._moves, self._is_keyed, self._tables = moves, is_keyed, tables

    def __missing__(self, key: int) -> Ways:
        origin, is_broken, is_first = key >> 2, key & 2 != 0, key & 1 != 0
        worth, after = self._tables.worth[origin], AFTER[origin]
        besides = self._tables.besides[is_broken][self._is_keyed and _HAS_BYLINE[origin]]
        steps: list[Step] = []
        for label, value in self._moves:
            gain = worth[label] + value
            if gain >= HOPELESS or (is_first and not steps):
                steps.append((label, after[label], gain + besides[label], _KEEPS_TEXT[label]))
        self[key] = ways = Ways(tuple(steps), max([step[2] for step in steps], default=-inf))
        return ways


class Look:
    """How much a line of this look is like running text, whichever role it has; its ways; and where they led.

    moves     roles worth trying, with what the look says for each
    is_keyed  a line that names its source by a key may stand in a signed article
    """

    __slots__ = ("_ends", "text_like", "ways")

    def __init__(self, moves: Moves, text_like: float, is_keyed: bool, tables: Tables) -> None:
        self.text_like = text_like
        self.ways: Final = _WaysFrom(moves, is_keyed, tables)
        self._ends: dict[tuple[int, float | None], End] = {}

    def end(self, ways: Ways, origin: int, is_broken: bool, rest: float | None) -> End:
        """Where the line leads from the single state `origin` by `ways`, or as the `rest` of the text above
        for that gain."""
        key = (origin << 1 | is_broken, rest)
        known = self._ends.get(key)
        if known is None:
            steps = ways.steps if rest is None else (*ways.steps, going_on(origin, rest))
            known = self._ends[key] = _end_of(steps)
        return known


def going_on(origin: int, gain: float) -> Step:
    """The step of a line that is the rest of the text above."""
    return _CONT, AFTER[origin][_CONT], gain, False


def _end_of(steps: tuple[Step, ...]) -> End:
    layer: dict[int, Reached] = {}
    floor = -inf
    for label, target, gain, keeps_text in steps:
        if gain >= floor:  # as the search does: states keep the order in which they were reached
            floor = max(floor, gain - SEEN_BEAM)
            if target not in layer or gain > layer[target][0]:
                layer[target] = gain, label, keeps_text
    left = pruned(layer, STATE_BEAM)
    if len(left) > 1:
        return End(tuple(left.items()), steps, None)
    [(state, (best, chosen, _))] = left.items()
    other, other_gain = -1, best - SURE
    for label, target, gain, _ in steps:
        if gain > other_gain and target == state and label != chosen:
            other, other_gain = label, gain
    return End(tuple(left.items()), steps, decided(chosen, other, best - other_gain))


def pruned(layer: dict[int, Scored], beam: float) -> dict[int, Scored]:
    """The states that may still win, each with its score first; only the best one if `beam` is 0."""
    if len(layer) < 2:
        return layer
    floor = max([step[0] for step in layer.values()]) - beam
    near = {state: step for state, step in layer.items() if step[0] >= floor}
    roles = [_ROLE_OF[state] for state in near]
    if len(set(roles)) < len(roles):
        best: dict[int, float] = {}
        for role, step in zip(roles, near.values(), strict=True):
            if role not in best or step[0] > best[role]:
                best[role] = step[0]
        near = {state: step for state, step in near.items() if step[0] >= best[_ROLE_OF[state]] - TWIN_BEAM}
    return near if beam else dict([*near.items()][:1])
