"""The bulletin's own style (体例), learnt from what is sure: how its heads look, and how its subheads do.

A first reading settles most lines by a wide margin. Where those heads are all signed, or indented, or
stand behind a blank line, and those subheads are not, a doubtful line of the same look is told by it in
a second reading: naive Bayes over a few attributes, smoothed so that few examples say little.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from typeset.parse import traits
from typeset.parse.roles import Role
from typeset.parse.views import View

if TYPE_CHECKING:
    from typeset.parse.decisions import Decision

SURE = 3.0
"""A decision by this margin counts as a whole example, a closer one in proportion."""
SMOOTHING = 2.0
"""So many examples of no particular look are taken as given."""
STRENGTH = 0.8
"""Attributes are not independent: their sum is taken at this share,"""
LIMIT = 4.0
"""and says at most so much."""
SHORT_EM = 36.0
GROUP_LINES = 5
LEARNT = frozenset((Role.HEAD, Role.SUB))

Look = tuple[tuple[str, str], ...]


def learn(views: list[View], decisions: list[Decision]) -> list[int]:
    """Set each doubtful view's `style`; the places of those that were set, in order."""
    at_stake = [
        at
        for at, (view, (role, other, margin)) in enumerate(zip(views, decisions, strict=True))
        if (role in LEARNT or (other in LEARNT and margin < SURE))
        and not view.is_plain
        and view.line.width <= SHORT_EM
        and not view.line.jump
    ]
    looks = {at: _look(views, at) for at in at_stake}
    counts = {role: _counts(role, looks, decisions) for role in LEARNT}
    if not counts[Role.HEAD]:
        return []
    odds: dict[tuple[str, str], float] = {}
    for at, look in looks.items():
        for pair in look:
            if pair not in odds:
                odds[pair] = _log_odds(pair, counts)
        worth = max(-LIMIT, min(LIMIT, STRENGTH * sum(odds[pair] for pair in look)))
        views[at].style = ((int(Role.HEAD), worth / 2), (int(Role.SUB), -worth / 2))
    return at_stake


def _look(views: list[View], at: int) -> Look:
    """What may tell heads from subheads in one bulletin and not in another."""
    line = views[at].line
    indent = "deep" if line.indent >= 4 else "indented" if line.indent >= 1 else "flush"
    follower = views[at + 1] if at + 1 < len(views) else None
    below = "end" if follower is None else "text" if _is_text(follower) else "short"
    gap = str(min(line.blanks, 3))
    gap_below = "0" if follower is None else str(min(follower.line.blanks, 2))
    number = str(views[at].traits & traits.NUMBERS or views[at].traits & traits.LABEL)
    return (
        ("indent", indent),
        ("gap", gap),
        ("gap below", gap_below),
        ("below", below),
        ("signed", str(_is_signed(views, at))),
        ("number", number),
    )


def _is_text(view: View) -> bool:
    is_long = view.is_plain and not view.is_rest
    return is_long or view.line.width > SHORT_EM or view.traits & traits.FULL_LINE != 0


def _is_signed(views: list[View], at: int) -> bool:
    """A byline comes before the next running text."""
    for view in views[at + 1 : at + 1 + GROUP_LINES]:
        if _is_text(view):
            return False
        if view.traits & traits.SIGNED:
            return True
    return False


def _counts(role: Role, looks: dict[int, Look], decisions: list[Decision]) -> dict[tuple[str, str], float]:
    """How often lines surely in `role` have each value of each attribute; the total under ("", "")."""
    out: defaultdict[tuple[str, str], float] = defaultdict(float)
    for at, look in looks.items():
        if decisions[at].role is role:
            weight = min(1.0, decisions[at].margin / SURE)
            for pair in look:
                out[pair] += weight
            out["", ""] += weight
    return out


def _log_odds(pair: tuple[str, str], counts: dict[Role, dict[tuple[str, str], float]]) -> float:
    """How much more often heads look so than subheads do, in nats."""
    head, sub = counts[Role.HEAD], counts[Role.SUB]
    either = (head[pair] + sub[pair] + 1.0) / (head["", ""] + sub["", ""] + 2.0)
    return math.log((head[pair] + SMOOTHING * either) / (head["", ""] + SMOOTHING)) - math.log(
        (sub[pair] + SMOOTHING * either) / (sub["", ""] + SMOOTHING)
    )
