"""The best sequence of roles for a bulletin's lines: dynamic programming over a sparse trellis.

A state is the last role that was no furniture, the number of subheads in the article so far, whether
the article has a byline, and whether furniture has just been passed. Each line allows only the roles
its features leave open and sequences far behind the best are given up, so running text costs next to
nothing. The margin of a line's role is how much the best whole sequence with another role there
falls short.
"""

from __future__ import annotations

from dataclasses import dataclass

from typeset.parse.joins import Joiner
from typeset.parse.roles import TEXT_ROLES, TRANSPARENT, Role
from typeset.parse.states import AFTER, START, STATES, worths
from typeset.parse.views import View
from typeset.parse.weights import WEIGHTS, Weights

ROLE_BEAM = 8.0
"""Roles of a line that score this far below its best are not tried."""
STATE_BEAM = 6.0
"""Sequences that fall this far behind the best one are given up,"""
TWIN_BEAM = 3.0
"""and this far behind the best with the same last role: what else they remember is worth less."""
CHUNK_LINES = 1000
SETTLED = 4.0
"""After so many lines what is settled by this margin is decided, so that memory stays bounded."""
HOPELESS = -12.0
"""Moves worth less than this are made only where there is no other."""
PLAIN_TEXT = 5.0
"""What a long sentence with nothing special about it is worth as text."""

_PARA, _CONT = int(Role.PARA), int(Role.CONT)
_TEXT_ROLES = [int(r) for r in TEXT_ROLES]
_KEEPS_TEXT = [r in TRANSPARENT and r is not Role.CONT for r in Role]
_ROLE_OF = [int(state.role) for state in STATES]
_IS_TEXT = [state.role in TEXT_ROLES for state in STATES]


class Tables:
    """The weights once more for the hot loop, by plain numbers: an enum is slow to hash."""

    __slots__ = ("at_end", "bias", "broken", "emit", "join", "keyed", "text", "worth")

    def __init__(self, weights: Weights) -> None:
        self.emit = {name: [(int(r), w) for r, w in row.items()] for name, row in weights.emit.items()}
        self.bias = [weights.bias.get(r, -99.0) for r in Role]
        self.text = weights.text
        self.broken = [weights.broken_off.get(r, 0.0) for r in Role]
        self.keyed = [-weights.signed.get(r, 0.0) for r in Role]
        self.at_end = {int(r): w for r, w in weights.at_end.items()}
        self.worth = worths(weights)
        self.join = weights.join


TABLES = Tables(WEIGHTS)


@dataclass(slots=True)
class Step:
    """The best way into one state after one line."""

    score: float
    label: int
    text: int
    """Index of the last line that was text, or -1."""
    before: Step | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The role found for a line, the second-best and by how much it is behind."""

    role: Role
    other: Role | None
    margin: float


Layer = dict[int, Step]
Edge = tuple[int, int, int, float]
"""From which state into which, by which role, for what gain."""


def emissions(view: View, tables: Tables) -> tuple[list[tuple[int, float]], float]:
    """What a line's features say for each role worth trying, and how much it looks like running text."""
    if view.is_plain:
        return [(_PARA, PLAIN_TEXT)], PLAIN_TEXT
    scores = tables.bias.copy()
    text = 0.0
    for name in view.names:
        text += tables.text.get(name, 0.0)
        for role, weight in tables.emit.get(name, ()):
            scores[role] += weight
    for role in _TEXT_ROLES:
        scores[role] += text
    for role, weight in view.style:
        scores[role] += weight
    floor = max(max(scores), text) - ROLE_BEAM
    return [(role, score) for role, score in enumerate(scores) if score >= floor], text


def decide(views: list[View], joiner: Joiner, tables: Tables = TABLES) -> list[Decision]:
    """The role of each line in the best sequence."""
    layers: list[Layer] = [{START: Step(0.0, int(Role.START), -1, None)}]
    edges: list[list[Edge]] = []
    out: list[Decision] = []
    for at, view in enumerate(views):
        layer, made = _advance(layers[-1], at, view, joiner, tables)
        layers.append(_pruned(layer))
        edges.append(made)
        if len(edges) >= CHUNK_LINES and (_is_settled(layers[-1]) or len(edges) >= 4 * CHUNK_LINES):
            out += _trace(layers, edges, {})
            state, step = max(layers[-1].items(), key=lambda item: item[1].score)
            layers, edges = [{state: Step(0.0, step.label, step.text, None)}], []
    return out + _trace(layers, edges, tables.at_end)


def _advance(layer: Layer, at: int, view: View, joiner: Joiner, tables: Tables) -> tuple[Layer, list[Edge]]:
    """All ways of taking line `at`, the best into each state kept. The hot loop."""
    scores, text_like = emissions(view, tables)
    is_keyed = "unit_keyed" in view.names
    out: Layer = {}
    made: list[Edge] = []
    for origin, step in layer.items():
        worth, after, text = tables.worth[origin], AFTER[origin], step.text
        is_text = _IS_TEXT[origin]
        is_broken = is_text and joiner.is_unfinished(text)
        moves = scores
        if is_text:
            moves = [*scores, (_CONT, joiner.score(text, at) + joiner.text_like(text, at, text_like))]
        for label, score in moves:
            gain = worth[label] + score
            if gain < HOPELESS and out:
                continue
            if is_broken:
                gain += tables.broken[label]
            if is_keyed and STATES[origin].has_byline:
                gain += tables.keyed[label]
            target = after[label]
            made.append((origin, target, label, gain))
            total = step.score + gain
            best = out.get(target)
            if best is None or total > best.score:
                out[target] = Step(total, label, text if _KEEPS_TEXT[label] else at, step)
    return out, made


def _pruned(layer: Layer) -> Layer:
    """The states that may still win."""
    floor = max(step.score for step in layer.values()) - STATE_BEAM
    floors: dict[int, float] = {}
    for state, step in layer.items():
        role = _ROLE_OF[state]
        floors[role] = max(floors.get(role, floor), step.score - TWIN_BEAM)
    return {state: step for state, step in layer.items() if step.score >= floors[_ROLE_OF[state]]}


def _is_settled(layer: Layer) -> bool:
    """One state is so far ahead that what comes cannot change what was."""
    scores = sorted(step.score for step in layer.values())
    return len(scores) == 1 or scores[-1] - scores[-2] >= SETTLED


def _trace(layers: list[Layer], edges: list[list[Edge]], at_end: dict[int, float]) -> list[Decision]:
    """Walk back along the best sequence, the margins of its roles beside it."""
    rest = {state: at_end.get(_ROLE_OF[state], 0.0) for state in layers[-1]}
    end = max(layers[-1], key=lambda state: layers[-1][state].score + rest[state])
    step = layers[-1][end]
    best = step.score + rest[end]
    out: list[Decision] = []
    for layer, made in zip(reversed(layers[:-1]), reversed(edges), strict=True):
        other, other_score = -1, float("-inf")
        earlier: dict[int, float] = {}
        for origin, target, label, gain in made:
            tail = rest.get(target)
            if tail is None:
                continue
            tail += gain
            if tail > earlier.get(origin, float("-inf")):
                earlier[origin] = tail
            whole = layer[origin].score + tail
            if label != step.label and whole > other_score:
                other, other_score = label, whole
        out.append(Decision(Role(step.label), Role(other) if other >= 0 else None, best - other_score))
        rest = earlier
        assert step.before is not None
        step = step.before
    return out[::-1]
