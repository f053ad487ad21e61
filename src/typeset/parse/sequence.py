"""The best sequence of roles for a bulletin's lines: dynamic programming over a sparse trellis.

A state is the last role that was no furniture, the number of subheads in the article so far, whether
the article has a byline, and whether furniture has just been passed. Each line allows only the roles
its features leave open and sequences far behind the best are given up, so running text costs next to
nothing. The margin of a line's role is how much the best whole sequence with another role there
falls short.

Wherever a single state is left, what came before cannot change what comes: the search is a row of
stretches from one such place to the next, each decided when it ends, each read again alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from typeset.parse.emissions import PLAIN, PLAIN_TEXT, TABLES, Tables, emissions
from typeset.parse.joins import Joiner
from typeset.parse.roles import TEXT_ROLES, TRANSPARENT, Role
from typeset.parse.states import AFTER, START, STATES
from typeset.parse.views import View

STATE_BEAM = 6.005
"""Sequences that fall this far behind the best one are given up,"""
TWIN_BEAM = 3.005
"""and this far behind the best with the same last role: what else they remember is worth less."""
MAX_STRETCH = 1000
"""After so many lines the best state is taken to be the only one, so that memory stays bounded."""
HOPELESS = -12.005
"""Moves worth less than this are made only where there is no other. (Weights have two digits: no sum of them
falls on one of these borders, whatever the order in which it was added up.)"""
SURE = 3.0
"""Margins from here on all count as the same: readings that far behind are not looked at."""
CLEAR = 1.0
"""A reading that is this far ahead is in no doubt."""
SEEN_BEAM = STATE_BEAM + SURE
"""What falls this far behind neither wins nor is near what wins."""
MARGIN_DIGITS = 9
"""Weights have two digits: what more there is in a margin comes of the order in which they were added up."""

_PARA, _CONT = int(Role.PARA), int(Role.CONT)
_ROLES = list(Role)
_KEEPS_TEXT = [r in TRANSPARENT and r is not Role.CONT for r in Role]
_ROLE_OF = [int(state.role) for state in STATES]
_IS_TEXT = [state.role in TEXT_ROLES for state in STATES]
_HAS_BYLINE = [state.has_byline for state in STATES]

Step = tuple[float, int, int, int]
"""The best way into a state: score, role of the line, index of the last line of text or -1, state before."""
Layer = dict[int, Step]
Edge = tuple[int, int, int, float]
"""From which state into which, by which role, for what gain."""
Entry = tuple[int, int]
"""The only state left above a line, and the last line of text."""


class Decision(NamedTuple):
    """The role found for a line, the second-best and by how much it is behind; none if that is SURE."""

    role: Role
    other: Role | None
    margin: float


def decide(views: list[View], joiner: Joiner, tables: Tables = TABLES) -> list[Decision]:
    """The role of each line in the best sequence."""
    return Search(views, joiner, tables).decisions


class Search:
    """The roles found so far; `reread` finds them anew where lines have changed."""

    def __init__(self, views: list[View], joiner: Joiner, tables: Tables = TABLES) -> None:
        self.decisions: list[Decision] = []
        self._views, self._joiner, self._tables = views, joiner, tables
        self._emissions = emissions(views, tables)
        self._keyed = {at for at, view in enumerate(views) if "unit_keyed" in view.names}
        self._entries: list[Entry | None] = [(START, -1), *(None for _ in views)]
        self._read(0)

    def reread(self, changed: list[int]) -> None:
        """Decide once more after the style of the lines `changed`, in order, has been learnt.

        A stretch whose roles the style speaks for, and of which nothing is in doubt, stays as it is.
        """
        unsettled = [at for at in changed if not self._is_confirmed(at)]
        if not unsettled:
            return
        views = [self._views[at] for at in changed]
        for at, emission in zip(changed, emissions(views, self._tables), strict=True):
            self._emissions[at] = emission
        done = 0
        for at in unsettled:
            if at >= done:
                done = self._read(self._start_of(at))

    def _is_confirmed(self, at: int) -> bool:
        """The line's own style speaks for its role, so that its stretch can only become surer."""
        role = int(self.decisions[at].role)
        is_for = any(label == role and weight >= 0.0 for label, weight in self._views[at].style)
        start, end = self._start_of(at), at + 1
        while end < len(self._views) and self._entries[end] is None:
            end += 1
        return is_for and all(decision.margin >= CLEAR for decision in self.decisions[start:end])

    def _start_of(self, at: int) -> int:
        """Where the stretch of a line begins."""
        while self._entries[at] is None:
            at -= 1
        return at

    def _read(self, start: int) -> int:
        """Decide from line `start` on, up to where the search stands as it stood before; that line's index."""
        while start < len(self._views):
            entry = self._plain(start)
            if entry is not None:
                start += 1
            else:
                start, entry = self._stretch(start)
            known, self._entries[start] = self._entries[start], entry
            if known == entry:
                return start
        return start

    def _plain(self, at: int) -> Entry | None:
        """Decide line `at` alone, if it is sure to be text and to leave a single state."""
        entry = self._entries[at]
        if self._emissions[at] is not PLAIN or entry is None:
            return None
        state, text = entry
        after, decision = AFTER[state], _SURELY_PARA
        if _IS_TEXT[state]:
            if after[_PARA] != after[_CONT]:
                return None
            tables, joiner = self._tables, self._joiner
            worth = tables.worth[state]
            para = worth[_PARA] + PLAIN_TEXT + tables.besides[joiner.is_unfinished(text)][False][_PARA]
            ahead = worth[_CONT] + joiner.gain(text, at, PLAIN_TEXT, para - SURE - worth[_CONT]) - para
            if ahead > 0.0:
                decision = _SURELY_CONT if ahead >= SURE else Decision(Role.CONT, Role.PARA, _rounded(ahead))
            elif ahead > -SURE:
                decision = Decision(Role.PARA, Role.CONT, _rounded(-ahead))
        self.decisions[at : at + 1] = (decision,)
        return after[_PARA], at

    def _stretch(self, start: int) -> tuple[int, Entry | None]:
        """Decide from line `start` on to where a single state is left: where that is, and the state."""
        entry = self._entries[start]
        assert entry is not None
        layers, edges = [_opening(entry)], []
        for at in range(start, len(self._views)):
            layer, made = self._advance(layers[-1], at)
            if len(layer) > 1:
                layer = _pruned(layer, STATE_BEAM if len(layers) < MAX_STRETCH else 0.0)
            layers.append(layer)
            edges.append(made)
            if len(layer) == 1:
                [(state, step)] = layer.items()
                if at == start:
                    self.decisions[at : at + 1] = (_decision(step, state, made),)
                else:
                    self.decisions[start : at + 1] = _trace(layers, edges, {})
                return at + 1, (state, step[2])
            self._entries[at + 1] = None
        self.decisions[start:] = _trace(layers, edges, self._tables.at_end)
        return len(self._views), None

    def _advance(self, layer: Layer, at: int) -> tuple[Layer, list[Edge]]:
        """All ways of taking line `at`, the best into each state kept. The hot loop."""
        (moves, text_like), is_keyed = self._emissions[at], at in self._keyed
        joiner, tables = self._joiner, self._tables
        out: Layer = {}
        made: list[Edge] = []
        floor = -inf
        for origin, (score, _, text, _) in layer.items():
            worth, after, is_text = tables.worth[origin], AFTER[origin], _IS_TEXT[origin]
            is_broken = is_text and joiner.is_unfinished(text)
            besides = tables.besides[is_broken][is_keyed and _HAS_BYLINE[origin]]
            for label, value in moves:
                gain = worth[label] + value
                if gain < HOPELESS and out:
                    continue
                gain += besides[label]
                total = score + gain
                if total < floor:
                    continue
                if total - SEEN_BEAM > floor:
                    floor = total - SEEN_BEAM
                target = after[label]
                made.append((origin, target, label, gain))
                if target not in out or total > out[target][0]:
                    out[target] = total, label, text if _KEEPS_TEXT[label] else at, origin
            if is_text:
                gain = joiner.gain(text, at, text_like, floor - score - worth[_CONT]) + worth[_CONT]
                total = score + gain
                if total < floor or (gain < HOPELESS and out):
                    continue
                if total - SEEN_BEAM > floor:
                    floor = total - SEEN_BEAM
                target = after[_CONT]
                made.append((origin, target, _CONT, gain))
                if target not in out or total > out[target][0]:
                    out[target] = total, _CONT, at, origin
        return out, made


_SURELY = [Decision(role, None, inf) for role in Role]
_SURELY_PARA, _SURELY_CONT = _SURELY[Role.PARA], _SURELY[Role.CONT]


def _rounded(margin: float) -> float:
    return round(margin, MARGIN_DIGITS)


def _opening(entry: Entry) -> Layer:
    state, text = entry
    return {state: (0.0, _ROLE_OF[state], text, -1)}


def _decision(step: Step, state: int, made: list[Edge]) -> Decision:
    """The role of a line between two single states."""
    best, chosen = step[0], step[1]
    other, other_gain = -1, best - SURE
    for _, target, label, gain in made:
        if gain > other_gain and target == state and label != chosen:
            other, other_gain = label, gain
    return _decided(chosen, other, best - other_gain)


def _decided(chosen: int, other: int, margin: float) -> Decision:
    if other < 0:
        return _SURELY[chosen]
    return Decision(_ROLES[chosen], _ROLES[other], _rounded(margin))


def _pruned(layer: Layer, beam: float) -> Layer:
    """The states that may still win; only the best one if `beam` is 0."""
    floor = max(layer.values())[0] - beam
    near = [item for item in layer.items() if item[1][0] >= floor]
    if len(near) > 1:
        best: dict[int, float] = {}
        for state, step in near:
            role = _ROLE_OF[state]
            if role not in best or step[0] > best[role]:
                best[role] = step[0]
        if len(best) < len(near):
            near = [item for item in near if item[1][0] >= best[_ROLE_OF[item[0]]] - TWIN_BEAM]
        if not beam:
            near = near[:1]
    return dict(near)


def _trace(layers: list[Layer], edges: list[list[Edge]], at_end: dict[int, float]) -> Iterable[Decision]:
    """Walk back along the best sequence, the margins of its roles beside it."""
    last = layers[-1]
    rest = {state: at_end.get(_ROLE_OF[state], 0.0) for state in last}
    state = max(last, key=lambda state: last[state][0] + rest[state])
    best = last[state][0] + rest[state]
    out: list[Decision] = []
    for at in range(len(edges) - 1, -1, -1):
        layer, (_, chosen, _, before) = layers[at], layers[at + 1][state]
        other, other_score = -1, best - SURE
        earlier: dict[int, float] = {}
        for origin, target, label, gain in edges[at]:
            if target not in rest:
                continue
            tail = rest[target] + gain
            if tail > earlier.get(origin, -inf):
                earlier[origin] = tail
            if label != chosen:
                whole = layer[origin][0] + tail
                if whole > other_score:
                    other, other_score = label, whole
        out.append(_decided(chosen, other, best - other_score))
        rest, state = earlier, before
    return reversed(out)
