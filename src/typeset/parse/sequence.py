"""The best sequence of roles for a bulletin's lines: dynamic programming over a sparse trellis.

A state is the last role that was no furniture, and whether furniture has just been passed. Each line
allows only the roles its features leave open, so long sentences cost next to nothing. The margin of
a line's role is how much the best whole sequence with another role there falls short.
"""

from __future__ import annotations

from dataclasses import dataclass

from typeset.parse.features import View
from typeset.parse.joins import Joiner
from typeset.parse.roles import TEXT_ROLES, Role
from typeset.parse.weights import AT_END, BIAS, BROKEN_OFF, EMIT, FOLLOW, NEVER

BEAM = 14.0
"""Roles of a line that score this far below its best are not tried."""

_ORDINARY = tuple(r for r in BIAS if r not in (Role.FURN, Role.FOOT))


@dataclass(slots=True)
class Step:
    """The best way into one state after one line."""

    score: float
    label: Role
    state: Role
    after_furniture: bool
    text: int
    """Index of the last line that was text, or -1."""
    before: Step | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The role found for a line, the second-best and by how much it is behind."""

    role: Role
    other: Role | None
    margin: float


def emissions(view: View) -> dict[Role, float]:
    """What a line's features say for each role worth trying."""
    if view.is_plain and "dateline" not in view.names:
        return {Role.PARA: 5.0}
    scores = dict(BIAS)
    for name in view.names:
        row = EMIT.get(name)
        if row is not None:
            for role, weight in row.items():
                scores[role] += weight
    floor = max(scores.values()) - BEAM
    return {role: score for role, score in scores.items() if score >= floor}


def decide(views: list[View], joiner: Joiner) -> list[Decision]:
    """The role of each line in the best sequence."""
    start = Step(0.0, Role.START, Role.START, False, -1, None)
    layers: list[dict[tuple[Role, bool], Step]] = [{(Role.START, False): start}]
    edges: list[list[tuple[tuple[Role, bool], tuple[Role, bool], Role, float]]] = []
    for at, view in enumerate(views):
        layer: dict[tuple[Role, bool], Step] = {}
        made: list[tuple[tuple[Role, bool], tuple[Role, bool], Role, float]] = []
        scores = emissions(view)
        for origin, step in layers[-1].items():
            for label, gain in _moves(step, at, scores, joiner):
                state = step.state if label in (Role.FURN, Role.FOOT, Role.CONT) else label
                target = (state, label is Role.FURN)
                made.append((origin, target, label, gain))
                total = step.score + gain
                best = layer.get(target)
                if best is None or total > best.score:
                    text = step.text if label in (Role.FURN, Role.FOOT) else at
                    layer[target] = Step(total, label, state, label is Role.FURN, text, step)
        layers.append(layer)
        edges.append(made)
    return _trace(layers, edges)


def _moves(step: Step, at: int, scores: dict[Role, float], joiner: Joiner) -> list[tuple[Role, float]]:
    """The roles that line `at` may take after `step`, each with what it adds."""
    follow = FOLLOW[step.state]
    is_text = step.state in TEXT_ROLES
    broken = is_text and joiner.is_unfinished(step.text)
    out: list[tuple[Role, float]] = []
    for role, score in scores.items():
        if role is Role.FURN:
            out.append((role, score + (0.5 if step.after_furniture else 0.0)))
        elif role is Role.FOOT:
            out.append((role, score))
        else:
            gain = score + follow.get(role, NEVER)
            if broken:
                gain += BROKEN_OFF.get(role, 0.0)
            if step.after_furniture and role is Role.HEAD:
                gain += 1.0
            out.append((role, gain))
    if is_text and step.text >= 0:
        out.append((Role.CONT, joiner.score(step.text, at) + 1.0))
    return out


def _trace(
    layers: list[dict[tuple[Role, bool], Step]],
    edges: list[list[tuple[tuple[Role, bool], tuple[Role, bool], Role, float]]],
) -> list[Decision]:
    """Walk back along the best sequence, the margins of its roles beside it."""
    rest = {key: AT_END.get(key[0], 0.0) for key in layers[-1]}
    end = max(layers[-1], key=lambda key: layers[-1][key].score + rest[key])
    step = layers[-1][end]
    best = step.score + rest[end]
    out: list[Decision] = []
    for layer, made in zip(reversed(layers[:-1]), reversed(edges), strict=True):
        other, other_score = None, float("-inf")
        earlier: dict[tuple[Role, bool], float] = {}
        for origin, target, label, gain in made:
            tail = gain + rest[target]
            if tail > earlier.get(origin, float("-inf")):
                earlier[origin] = tail
            whole = layer[origin].score + tail
            if label is not step.label and whole > other_score:
                other, other_score = label, whole
        out.append(Decision(step.label, other, best - other_score))
        rest = earlier
        assert step.before is not None
        step = step.before
    return out[::-1]
