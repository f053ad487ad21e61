"""The cheapest way through all words of a text, forwards and backwards, many clauses abreast.

A character that no word of two or more covers is a word by itself on every path: a node. Between
two nodes paths are found apart from the rest of the text, so all stretches between nodes take their
first step together, then their second, and so on: as many steps as the longest stretch has
characters, each on arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from typeset.lexicon.table import NO_WORD, WORD_CHARS, Lexicon

Words = npt.NDArray[np.int32]
Steps = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
LONGEST = 48
"""Stretches without a node are parted after so many characters, so that steps stay few."""


@dataclass(frozen=True)
class Costs:
    """What the best paths through the n characters of a text cost, in nats.

    ahead    (n, 4) up to and with the word of 1…4 characters that starts there, inf where none does
    behind   (n, 4) after it
    total    of the whole text
    is_edge  (n + 1,) True where a word of the best path starts, and at the end
    """

    ahead: npt.NDArray[np.float64]
    behind: npt.NDArray[np.float64]
    total: float
    is_edge: npt.NDArray[np.bool_]


def best_costs(lexicon: Lexicon, words: Words) -> tuple[Words, Costs]:
    """The costs of the best paths through `words` (n, 4), and the words that were left in."""
    count = len(words)
    words, nodes = _nodes(words)
    links = _links(lexicon, words)
    # stretch i goes from behind node i - 1 (or the text's start) to node i (or the text's end)
    starts, ends = np.concatenate([[0], nodes + 1]), np.concatenate([nodes, [count]])
    order = np.argsort(starts - ends, kind="stable")  # the longest first
    into, out_of = _step(links, starts[order], ends[order])
    last = np.empty(len(starts))
    last[order] = (into[ends[order]] + links[ends[order], 0]).min(axis=1)
    reached = np.cumsum(last)  # cost up to and with node i
    total = float(reached[-1])
    length = ends - starts + 1
    shift = np.arange(count)[:, None] + np.arange(1, WORD_CHARS + 1)
    sizes = np.arange(WORD_CHARS)
    ahead = into[shift, sizes] + np.repeat(reached - last, length)[:count, None]
    behind = out_of[shift, sizes] + (total - np.repeat(reached, length)[:count, None])
    ahead[nodes, 0], behind[nodes, 0] = reached[:-1], total - reached[:-1]
    ahead[nodes, 1:] = behind[nodes, 1:] = np.inf
    return words, Costs(ahead, behind, total, _edges(ahead + behind, starts, ends))


def _nodes(words: Words) -> tuple[Words, Ints]:
    """The words, and where the nodes are; where they are too far apart some words are taken out."""
    count = len(words)
    covered = _covered(words)
    nodes = np.flatnonzero(~covered)
    gaps = np.diff(np.concatenate([[-1], nodes, [count]]))
    wide = np.flatnonzero(gaps > LONGEST)
    if not len(wide):
        return words, nodes
    before = np.concatenate([[-1], nodes])
    forced = np.concatenate([np.arange(before[g] + LONGEST, before[g] + gaps[g], LONGEST) for g in wide])
    words = words.copy()
    for size in range(2, WORD_CHARS + 1):
        for back in range(size):
            there = forced - back
            words[there[there >= 0], size - 1] = NO_WORD
    return words, np.flatnonzero(~_covered(words))


def _covered(words: Words) -> npt.NDArray[np.bool_]:
    """(n,) True for characters that stand in a word of two or more."""
    edges = np.zeros(len(words) + WORD_CHARS + 1, np.int32)
    for size in range(2, WORD_CHARS + 1):
        there = np.flatnonzero(words[:, size - 1] != NO_WORD)
        edges[there] += 1
        edges[there + size] -= 1
    covered: npt.NDArray[np.bool_] = np.cumsum(edges)[: len(words)] > 0
    return covered


def _links(lexicon: Lexicon, words: Words) -> Steps:
    """(n + 1, 4, 4): cost of the word of each size that starts at a place after that of each size that ends there."""
    count = len(words)
    exists = words != NO_WORD
    exists[:, 0] = True
    links = np.full((count + 1, WORD_CHARS, WORD_CHARS), np.inf, np.float32)
    links[count, 0] = 0  # the text's end costs nothing
    where: list[Ints] = []
    first: list[Words] = []
    second: list[Words] = []
    for before in range(WORD_CHARS):
        for after in range(WORD_CHARS):
            there = np.flatnonzero(exists[: max(0, count - before - 1), before] & exists[before + 1 :, after])
            where.append(((there + before + 1) * WORD_CHARS + after) * WORD_CHARS + before)
            first.append(words[there, before])
            second.append(words[there + before + 1, after])
    links.reshape(-1)[np.concatenate(where)] = lexicon.together(np.concatenate(first), np.concatenate(second))
    if count:
        begin = np.where(exists[0], lexicon.cost_of(words[0]), np.inf)
        links[0, :, 0] = begin
    return links


def _step(links: Steps, starts: Ints, ends: Ints) -> tuple[Steps, Steps]:
    """Costs within each stretch (the longest first): up to each place by the size of the word that ends
    there, and from each place on by the same."""
    rows = len(links) + WORD_CHARS + 1
    into = np.full((rows, WORD_CHARS), np.inf, np.float32)
    out_of = np.full((rows, WORD_CHARS), np.inf, np.float32)
    into[starts, 0] = 0
    out_of[ends] = links[ends, 0]
    length = ends - starts
    active = [int(n) for n in np.searchsorted(-length, -np.arange(1, int(length.max()) + 1), "right")]
    for step, stretches in enumerate(active):
        at = starts[:stretches] + step
        cost = _least((into[at][:, None, :] + links[at]).transpose(2, 0, 1))
        for size in range(WORD_CHARS):
            into[at + size + 1, size] = cost[:, size]
    for step, stretches in enumerate(active, 1):
        at = ends[:stretches] - step
        after = np.stack([out_of[at + size + 1, size] for size in range(WORD_CHARS)], axis=1)
        out_of[at] = _least((links[at] + after[:, :, None]).transpose(1, 0, 2))
    return into, out_of


def _least(costs: Steps) -> Steps:
    """The least over the first axis, which is short: faster than `min`."""
    one, two, three, four = costs
    least: Steps = np.minimum(np.minimum(one, two), np.minimum(three, four))
    return least


def _edges(through: npt.NDArray[np.float64], starts: Ints, ends: Ints) -> npt.NDArray[np.bool_]:
    """Where the words of the best path start, and the text's end."""
    is_edge = np.zeros(len(through) + 1, bool)
    is_edge[starts] = is_edge[ends] = True
    best = through.argmin(axis=1)
    at, end = starts, ends
    while len(at):
        inner = at < end
        at, end = at[inner], end[inner]
        at = at + best[at] + 1
        is_edge[at] = True
    return is_edge
