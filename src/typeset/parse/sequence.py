"""The best sequence of roles for a bulletin's lines: dynamic programming over a sparse trellis.

A state is the last role that was no furniture, the number of subheads in the article so far, whether
the article has a byline, and whether furniture has just been passed. Each line allows only the roles
its features leave open and sequences far behind the best are given up, so running text costs next to
nothing. The margin of a line's role is how much the best whole sequence with another role there
falls short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from typeset.parse.joins import Joiner
from typeset.parse.roles import OPENING_ROLES, TEXT_ROLES, TRANSPARENT, Role
from typeset.parse.views import View
from typeset.parse.weights import AFTER_FURNITURE, AT_END, BIAS, BROKEN_OFF, EMIT, FOLLOW, SIGNED, SUBS, TEXT

ROLE_BEAM = 10.0
"""Roles of a line that score this far below its best are not tried."""
STATE_BEAM = 8.0
"""Sequences that fall this far behind the best one are given up."""
PLAIN_TEXT = 5.0
"""What a long sentence with nothing special about it is worth as text."""

# The tables once more for the hot loop, by plain numbers: an enum is slow to hash.
_ROLES = len(Role)
_PARA, _FURN, _CONT, _SUB, _BYLINE = (int(r) for r in (Role.PARA, Role.FURN, Role.CONT, Role.SUB, Role.BYLINE))
_JUMP_OUT = int(Role.JUMP_OUT)
_EMIT = {name: [(int(r), w) for r, w in row.items()] for name, row in EMIT.items()}
_FOLLOW = [[FOLLOW.get(a, {}).get(b) for b in Role] for a in Role]
_BROKEN = [BROKEN_OFF.get(r, 0.0) for r in Role]
_SIGNED = [SIGNED.get(r, 0.0) for r in Role]
_BIAS = [BIAS.get(r, -99.0) for r in Role]
_IS_TEXT = [r in TEXT_ROLES for r in Role]
_IS_OPENING = [r in OPENING_ROLES for r in Role]
_IS_CLEAR = [r in TRANSPARENT for r in Role]
_TEXT_LIST = [int(r) for r in TEXT_ROLES]


class State(NamedTuple):
    """What the search remembers of the lines so far."""

    role: int
    subs: int
    """Subheads in this article: none, one, more (0, 1, 2)."""
    has_byline: bool
    after_furniture: bool


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


Layer = dict[State, Step]
Edge = tuple[State, State, int, float]
"""From which state into which, by which role, for what gain."""


def emissions(view: View) -> tuple[list[tuple[int, float]], float]:
    """What a line's features say for each role worth trying, and how much it looks like running text."""
    if view.is_plain:
        return [(_PARA, PLAIN_TEXT)], PLAIN_TEXT
    scores = _BIAS.copy()
    text = 0.0
    for name in view.names:
        text += TEXT.get(name, 0.0)
        for role, weight in _EMIT.get(name, ()):
            scores[role] += weight
    for role in _TEXT_LIST:
        scores[role] += text
    floor = max(max(scores), text) - ROLE_BEAM
    return [(role, score) for role, score in enumerate(scores) if score >= floor], text


def decide(views: list[View], joiner: Joiner) -> list[Decision]:
    """The role of each line in the best sequence."""
    layers: list[Layer] = [{State(int(Role.START), 0, False, False): Step(0.0, int(Role.START), -1, None)}]
    edges: list[list[Edge]] = []
    for at, view in enumerate(views):
        layer, made = _advance(layers[-1], at, view, joiner)
        floor = max(step.score for step in layer.values()) - STATE_BEAM
        layers.append({state: step for state, step in layer.items() if step.score >= floor})
        edges.append(made)
    return _trace(layers, edges)


def _advance(layer: Layer, at: int, view: View, joiner: Joiner) -> tuple[Layer, list[Edge]]:
    """All ways of taking line `at`, the best into each state kept."""
    scores, text_like = emissions(view)
    is_keyed = "unit_keyed" in view.names
    out: Layer = {}
    made: list[Edge] = []
    for origin, step in layer.items():
        for label, gain in _moves(origin, step, at, scores, text_like, joiner, is_keyed):
            target = _target(origin, label)
            made.append((origin, target, label, gain))
            total = step.score + gain
            best = out.get(target)
            if best is None or total > best.score:
                text = step.text if _IS_CLEAR[label] and label != _CONT else at
                out[target] = Step(total, label, text, step)
    return out, made


def _target(origin: State, label: int) -> State:
    role, subs, has_byline, _ = origin
    if _IS_CLEAR[label]:
        return State(role, subs, has_byline, label == _FURN)
    if _IS_OPENING[label]:
        return State(label, 0, False, False)
    if label == _SUB:
        subs = min(2, subs + 1)
    return State(label, subs, has_byline or label == _BYLINE, False)


def _moves(
    origin: State,
    step: Step,
    at: int,
    scores: list[tuple[int, float]],
    text_like: float,
    joiner: Joiner,
    is_keyed: bool,
) -> list[tuple[int, float]]:
    """The roles that line `at` may take after `step`, each with what it adds."""
    follow = _FOLLOW[origin.role]
    is_text = _IS_TEXT[origin.role] and step.text >= 0
    is_broken = is_text and joiner.is_unfinished(step.text)
    out: list[tuple[int, float]] = []
    for role, score in scores:
        if _IS_CLEAR[role]:
            out.append((role, score + (AFTER_FURNITURE["furniture"] if origin.after_furniture else 0.0)))
            continue
        gain = follow[role]
        if gain is None:
            continue
        gain += score
        if is_broken:
            gain += _BROKEN[role]
        if role == _SUB:
            gain += SUBS["more" if origin.subs else "first"]
        elif origin.has_byline and not is_keyed:
            gain += _SIGNED[role]
        if _IS_OPENING[role]:
            if origin.after_furniture:
                gain += AFTER_FURNITURE["article"]
            if origin.subs == 1 and origin.role != _JUMP_OUT:
                gain += SUBS["alone"]
        out.append((role, gain))
    if is_text:
        out.append((_CONT, joiner.score(step.text, at) + joiner.text_like(step.text, at, text_like)))
    return out


def _trace(layers: list[Layer], edges: list[list[Edge]]) -> list[Decision]:
    """Walk back along the best sequence, the margins of its roles beside it."""
    rest = {state: AT_END.get(Role(state.role), 0.0) for state in layers[-1]}
    end = max(layers[-1], key=lambda state: layers[-1][state].score + rest[state])
    step = layers[-1][end]
    best = step.score + rest[end]
    out: list[Decision] = []
    for layer, made in zip(reversed(layers[:-1]), reversed(edges), strict=True):
        other, other_score = -1, float("-inf")
        earlier: dict[State, float] = {}
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
