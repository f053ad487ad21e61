"""The best sequence of roles for a bulletin's lines: dynamic programming over a sparse trellis.

A state is the last role that was no furniture, and whether furniture has just been passed. Each line
allows only the roles its features leave open, so long sentences cost next to nothing. The margin of
a line's role is how much the best whole sequence with another role there falls short.
"""

from __future__ import annotations

from dataclasses import dataclass

from typeset.parse.features import View
from typeset.parse.joins import Joiner
from typeset.parse.roles import OPENING_ROLES, TEXT_ROLES, TRANSPARENT, Role
from typeset.parse.weights import AT_END, BIAS, BROKEN_OFF, EMIT, FOLLOW, SIGNED, SUBS, TEXT

BEAM = 10.0
"""Roles of a line that score this far below its best are not tried."""

STATE_BEAM = 11.0
"""Sequences that fall this far behind the best one are given up."""
PLAIN_TEXT = 5.0
"""What a long sentence with nothing special about it is worth as text."""


@dataclass(slots=True)
class Step:
    """The best way into one state after one line."""

    score: float
    label: Role
    state: Role
    after_furniture: bool
    subs: int
    """Subheads in this article so far: none, one, more (0, 1, 2); 3 more where it has a byline."""
    text: int
    """Index of the last line that was text, or -1."""
    before: Step | None


Key = tuple[Role, bool, int]
Layer = dict[Key, Step]
Edge = tuple[Key, Key, Role, float]


@dataclass(frozen=True, slots=True)
class Decision:
    """The role found for a line, the second-best and by how much it is behind."""

    role: Role
    other: Role | None
    margin: float


def emissions(view: View) -> tuple[dict[Role, float], float]:
    """What a line's features say for each role worth trying, and how much it looks like running text."""
    if view.is_plain:
        return {Role.PARA: PLAIN_TEXT}, PLAIN_TEXT
    scores = dict(BIAS)
    text = 0.0
    for name in view.names:
        text += TEXT.get(name, 0.0)
        row = EMIT.get(name)
        if row is not None:
            for role, weight in row.items():
                scores[role] += weight
    for role in TEXT_ROLES:
        scores[role] += text
    floor = max(max(scores.values()), text) - BEAM
    return {role: score for role, score in scores.items() if score >= floor}, text


def decide(views: list[View], joiner: Joiner) -> list[Decision]:
    """The role of each line in the best sequence."""
    start = Step(0.0, Role.START, Role.START, False, 0, -1, None)
    layers: list[Layer] = [{(Role.START, False, 0): start}]
    edges: list[list[Edge]] = []
    for at, view in enumerate(views):
        layer: Layer = {}
        made: list[Edge] = []
        scores, text_like = emissions(view)
        for origin, step in layers[-1].items():
            for label, gain in _moves(step, at, scores, text_like, joiner, view.names):
                state = step.state if label in TRANSPARENT else label
                subs = _subs(step.subs, label)
                target = (state, label is Role.FURN, subs)
                made.append((origin, target, label, gain))
                total = step.score + gain
                best = layer.get(target)
                if best is None or total > best.score:
                    text = step.text if label in (Role.FURN, Role.FOOT) else at
                    layer[target] = Step(total, label, state, label is Role.FURN, subs, text, step)
        floor = max(step.score for step in layer.values()) - STATE_BEAM
        layers.append({key: step for key, step in layer.items() if step.score >= floor})
        edges.append(made)
    return _trace(layers, edges)


def _moves(step: Step, at: int, scores: dict[Role, float], text_like: float, joiner: Joiner, names: list[str]) -> list[tuple[Role, float]]:
    """The roles that line `at` may take after `step`, each with what it adds."""
    follow = FOLLOW[step.state]
    is_text = step.state in TEXT_ROLES
    broken = is_text and joiner.is_unfinished(step.text)
    keyed = "unit_keyed" in names
    out: list[tuple[Role, float]] = []
    for role, score in scores.items():
        if role is Role.FURN:
            out.append((role, score + (0.5 if step.after_furniture else 0.0)))
        elif role is Role.FOOT:
            out.append((role, score))
        else:
            if role not in follow:
                continue
            gain = score + follow[role]
            if broken:
                gain += BROKEN_OFF.get(role, 0.0)
            if role is Role.SUB:
                gain += SUBS["more" if step.subs % 3 else "first"]
            elif role in SIGNED and step.subs >= 3 and not keyed:
                gain += SIGNED[role]
            elif role in OPENING_ROLES:
                if step.after_furniture:
                    gain += 1.0
                if step.subs % 3 == 1 and step.state is not Role.JUMP_OUT:
                    gain += SUBS["alone"]
            out.append((role, gain))
    if is_text and step.text >= 0:
        out.append((Role.CONT, joiner.score(step.text, at) + joiner.text_like(step.text, at, text_like)))
    return out


def _subs(before: int, label: Role) -> int:
    if label in OPENING_ROLES:
        return 0
    if label is Role.BYLINE:
        return before % 3 + 3
    if label is Role.SUB:
        return before + (before % 3 < 2)
    return before


def _trace(layers: list[Layer], edges: list[list[Edge]]) -> list[Decision]:
    """Walk back along the best sequence, the margins of its roles beside it."""
    rest = {key: AT_END.get(key[0], 0.0) for key in layers[-1]}
    end = max(layers[-1], key=lambda key: layers[-1][key].score + rest[key])
    step = layers[-1][end]
    best = step.score + rest[end]
    out: list[Decision] = []
    for layer, made in zip(reversed(layers[:-1]), reversed(edges), strict=True):
        other, other_score = None, float("-inf")
        earlier: dict[Key, float] = {}
        for origin, target, label, gain in made:
            if target not in rest:
                continue
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
