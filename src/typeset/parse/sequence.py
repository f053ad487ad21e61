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

from typeset.parse.decisions import CLEAR, SURE, SURELY, Decision, decided
from typeset.parse.joins import Joiner
from typeset.parse.looks import PLAIN_TEXT, looks_of, plain_look
from typeset.parse.roles import TEXT_ROLES, Role
from typeset.parse.states import AFTER, START, STATES
from typeset.parse.tables import TABLES, Tables
from typeset.parse.views import View
from typeset.parse.ways import HOPELESS, SEEN_BEAM, STATE_BEAM, End, Step, going_on, pruned

MAX_STRETCH = 1000
"""After so many lines the best state is taken to be the only one, so that memory stays bounded."""
_PARA, _CONT = int(Role.PARA), int(Role.CONT)
_ROLE_OF = [int(state.role) for state in STATES]
_IS_TEXT = [state.role in TEXT_ROLES for state in STATES]

Best = tuple[float, int, int, int]
"""The best way into a state: score, role of the line, index of the last line of text or -1, state before."""
Layer = dict[int, Best]
Edges = list[tuple[int, tuple[Step, ...]]]
"""The steps from each state of a layer."""
Entry = tuple[int, int]
"""The only state left above a line, and the last line of text."""


def decide(views: list[View], joiner: Joiner, tables: Tables = TABLES) -> list[Decision]:
    """The role of each line in the best sequence."""
    return Search(views, joiner, tables).decisions


class Search:
    """The roles found so far; `reread` finds them anew where lines have changed."""

    def __init__(self, views: list[View], joiner: Joiner, tables: Tables = TABLES) -> None:
        self.decisions: list[Decision] = []
        self._views, self._joiner, self._tables = views, joiner, tables
        self._looks = looks_of(views, tables)
        self._plain_look = plain_look(tables)
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
        for at, look in zip(changed, looks_of(views, self._tables), strict=True):
            self._looks[at] = look
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
        if self._looks[at] is not self._plain_look or entry is None:
            return None
        state, text = entry
        after, decision = AFTER[state], SURELY[_PARA]
        if _IS_TEXT[state]:
            if after[_PARA] != after[_CONT]:
                return None
            tables, joiner = self._tables, self._joiner
            worth = tables.worth[state]
            para = worth[_PARA] + PLAIN_TEXT + tables.besides[joiner.is_unfinished(text)][False][_PARA]
            ahead = worth[_CONT] + joiner.gain(text, at, PLAIN_TEXT, para - SURE - worth[_CONT]) - para
            if ahead > 0.0:
                decision = SURELY[_CONT] if ahead >= SURE else decided(_CONT, _PARA, ahead)
            elif ahead > -SURE:
                decision = decided(_PARA, _CONT, -ahead)
        self.decisions[at : at + 1] = (decision,)
        return after[_PARA], at

    def _stretch(self, start: int) -> tuple[int, Entry | None]:
        """Decide from line `start` on to where a single state is left: where that is, and the state."""
        entry = self._entries[start]
        assert entry is not None
        end = self._end(start, *entry)
        if end.decision is not None:
            [(state, (_, _, keeps_text))] = end.layer
            self.decisions[start : start + 1] = (end.decision,)
            return start + 1, (state, entry[1] if keeps_text else start)
        layers, edges = [_opening(entry), _first_layer(end, entry, start)], [[(entry[0], end.steps)]]
        self._entries[start + 1] = None
        for at in range(start + 1, len(self._views)):
            layer, made = self._advance(layers[-1], at)
            layer = pruned(layer, STATE_BEAM if len(layers) < MAX_STRETCH else 0.0)
            layers.append(layer)
            edges.append(made)
            if len(layer) == 1:
                [(state, step)] = layer.items()
                self.decisions[start : at + 1] = _trace(layers, edges, {})
                return at + 1, (state, step[2])
            self._entries[at + 1] = None
        self.decisions[start:] = _trace(layers, edges, self._tables.at_end)
        return len(self._views), None

    def _end(self, at: int, origin: int, text: int) -> End:
        """Where line `at` leads from a single state: known, if a line of its look once led from there."""
        look, joiner, tables = self._looks[at], self._joiner, self._tables
        is_broken = _IS_TEXT[origin] and joiner.is_unfinished(text)
        ways = look.ways[origin << 2 | is_broken << 1 | 1]
        rest: float | None = None
        if _IS_TEXT[origin]:
            worth, floor = tables.worth[origin][_CONT], ways.best - SEEN_BEAM
            gain = joiner.gain(text, at, look.text_like, floor - worth) + worth
            if gain >= floor and (gain >= HOPELESS or not ways.steps):
                rest = gain
        return look.end(ways, origin, is_broken, rest)

    def _advance(self, layer: Layer, at: int) -> tuple[Layer, Edges]:
        """All ways of taking line `at`, the best into each state kept. The hot loop."""
        look, joiner, tables = self._looks[at], self._joiner, self._tables
        out: Layer = {}
        made: Edges = []
        floor = -inf
        above, is_broken, rest = -2, False, -inf  # of most origins the last line of text is the same
        for origin, (score, _, text, _) in layer.items():
            is_text = _IS_TEXT[origin]
            if is_text and text != above:
                above, is_broken, rest = text, joiner.is_unfinished(text), -inf
            steps, best = look.ways[origin << 2 | (is_text and is_broken) << 1 | (not out)]
            if score + best < floor:
                steps = ()
            for label, target, gain, keeps_text in steps:
                total = score + gain
                if total >= floor:
                    if total - SEEN_BEAM > floor:
                        floor = total - SEEN_BEAM
                    if target not in out or total > out[target][0]:
                        out[target] = total, label, text if keeps_text else at, origin
            if is_text:
                worth = tables.worth[origin][_CONT]
                if rest == -inf:
                    rest = joiner.gain(text, at, look.text_like, floor - score - worth)
                gain = rest + worth
                total = score + gain
                if total >= floor and (gain >= HOPELESS or not out):
                    floor = max(floor, total - SEEN_BEAM)
                    step = going_on(origin, gain)
                    target, steps = step[1], (*steps, step)
                    if target not in out or total > out[target][0]:
                        out[target] = total, _CONT, at, origin
            made.append((origin, steps))
        return out, made


def _opening(entry: Entry) -> Layer:
    state, text = entry
    return {state: (0.0, _ROLE_OF[state], text, -1)}


def _first_layer(end: End, entry: Entry, at: int) -> Layer:
    state, text = entry
    return {
        target: (gain, label, text if keeps_text else at, state)
        for target, (gain, label, keeps_text) in end.layer
    }


def _trace(layers: list[Layer], edges: list[Edges], at_end: dict[int, float]) -> Iterable[Decision]:
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
        for origin, steps in edges[at]:
            score, most = layer[origin][0], -inf
            for label, target, gain, _ in steps:
                if target in rest:
                    tail = rest[target] + gain
                    if tail > most:
                        most = tail
                    if label != chosen and score + tail > other_score:
                        other, other_score = label, score + tail
            if most > -inf:
                earlier[origin] = most
        out.append(decided(chosen, other, best - other_score))
        rest, state = earlier, before
    return reversed(out)
