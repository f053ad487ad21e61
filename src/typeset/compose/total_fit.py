"""Total fit (T08): the cheapest sequence of lines for every paragraph and every count of lines it can take.

In: a `LineGraph`. Out: for each paragraph the counts with their costs, and the line ends of those asked
for. Knuth and Plass (1981) over the few ends that a Chinese line has: all paragraphs go forward together,
one line a step, so that a step is a handful of array operations whatever the text's length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from typeset.compose.feasible import Ints, LineGraph
from typeset.compose.spacing import Ems

LONG_LINES = 300
"""A paragraph of more lines keeps, from there on, only starts whose cost so far is this near its best:"""
BEAM = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """The nodes at which a line of one number can end, and from where each is reached best."""

    nodes: Ints
    origins: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """All settings that were found: `counts[i]` lines for paragraph `owners[i]` (index into the graph's) at `costs[i]`."""

    graph: LineGraph
    layers: tuple[_Layer, ...]
    owners: Ints
    counts: Ints
    costs: Ems

    def ends(self, which: Ints) -> tuple[Ints, Ints]:
        """The line ends of the settings `which`, one after another, and how many each has."""
        counts = self.counts[which]
        stops = np.cumsum(counts)
        out = np.empty(int(counts.sum()), np.intp)
        node = self.graph.tails[self.owners[which]]
        back = np.empty(len(self.graph.seam), np.intp)
        for line in range(int(counts.max(initial=0)), 0, -1):
            live = counts >= line
            out[stops[live] - counts[live] + line - 1] = node[live]
            layer = self.layers[line - 1]
            back[layer.nodes] = layer.origins
            node[live] = back[node[live]]
        return self.graph.seam[out], counts


def total_fit(graph: LineGraph) -> Fits:
    """Every count of lines that each paragraph can take, at least cost."""
    size = len(graph.seam)
    paragraph = np.full(size, -1, np.intp)
    paragraph[graph.tails] = np.arange(len(graph.tails))
    active, cost = graph.heads, np.zeros(len(graph.heads))
    best, slot = np.full(size, np.inf), np.zeros(size, np.intp)
    layers: list[_Layer] = []
    owners: list[Ints] = []
    costs: list[Ems] = []
    while len(active):
        layer, cost = _step(graph, active, cost, best, slot)
        closing = paragraph[layer.nodes]
        is_end = closing >= 0
        layers.append(layer)
        owners.append(closing[is_end])
        costs.append(cost[is_end])
        active, cost = layer.nodes[~is_end], cost[~is_end]
        if len(layers) >= LONG_LINES:
            active, cost = _pruned(graph, active, cost)
    counts = np.repeat(np.arange(1, len(layers) + 1), [len(o) for o in owners])
    none = np.zeros(0)
    return Fits(
        graph, tuple(layers), np.concatenate([none.astype(np.intp), *owners]), counts.astype(np.intp),
        np.concatenate([none, *costs]),
    )  # fmt: skip


def _step(
    graph: LineGraph, active: Ints, cost: Ems, best: Ems, slot: Ints
) -> tuple[_Layer, NDArray[np.float64]]:
    """One line more from every active node: the nodes reached, and the least cost of each."""
    first = graph.first[active]
    count = graph.first[active + 1] - first
    shift = first - (np.cumsum(count) - count)
    edge = np.arange(int(count.sum())) + np.repeat(shift, count)
    to = graph.ends[edge]
    total = graph.costs[edge] + np.repeat(cost, count)
    best[to] = np.inf
    np.minimum.at(best, to, total)
    wins = np.nonzero(total <= best[to])[0]
    slot[to[wins]] = wins
    wins = wins[slot[to[wins]] == wins]  # one of equals
    return _Layer(to[wins], np.repeat(active, count)[wins]), total[wins]


def _pruned(graph: LineGraph, active: Ints, cost: Ems) -> tuple[Ints, Ems]:
    """Only what is near the best of its paragraph."""
    owner = np.searchsorted(graph.tails, active)
    least = np.full(len(graph.tails), np.inf)
    np.minimum.at(least, owner, cost)
    near = cost <= least[owner] + BEAM
    return active[near], cost[near]
