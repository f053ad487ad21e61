"""一 where a dash was printed, and dashes where 一 was (一 and — are scanners' twins)."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

import numpy as np

from typeset.lexicon.segment import Lattice
from typeset.proof.look_alikes import certainty
from typeset.proof.slips import Slip

PRIOR = 3.0
"""What a 一 that was a dash costs beforehand, in nats;"""
CHAIN_GAIN = 3.5
"""what each other one in its clause gains;"""
LEAST_GAIN = 3.0
LONE_COST = 3.0
"""One that has no fellow in its clause needs so much more;"""
ONE_GAIN = 2.0
"""what 一 must fit better than a mark in the place of a dash."""
CHAIN_CHARS = 40
_ONE = re.compile("(?<=[\u4e00-\u9fff”》）])一(?=[\u4e00-\u9fff“《（])")
_DASH = re.compile("(?<=[\u4e00-\u9fff])[—－ー](?=[\u4e00-\u9fff])")
_MEASURED = re.compile(
    "(?<=[\u4e00-\u9fff])—(?=[个次样般些定直起位名种条项旦律切致把张家间座])(?![^，。；\n]*—)"
)
"""A single dash before what only 一 stands before."""
_MARK = ord("，")
"""What stands for a dash in the tables of words, which know none."""


def dash_slips(text: str, lattice: Lattice) -> Iterator[Slip]:
    """The more of them in a clause, the surer."""
    yield from _ones(text, lattice)
    places = [match.start() for match in _DASH.finditer(text)]
    if not places:
        return
    at = np.array(places, np.int64)
    one, mark = (lattice.gains(at, at + 1, np.full(len(at), code, np.uint32)) for code in (ord("一"), _MARK))
    for place, gain in zip(places, (one - mark).tolist(), strict=True):
        if gain > ONE_GAIN or _MEASURED.match(text, place):
            yield Slip(place, place + 1, "一", "dash", certainty(max(gain, ONE_GAIN) - 1))


def _ones(text: str, lattice: Lattice) -> Iterator[Slip]:
    places = [m.start() for m in _ONE.finditer(text) if not _is_counted(text, m.start())]
    if not places:
        return
    at = np.array(places, np.int64)
    gains = (lattice.gains(at, at + 1, np.full(len(at), _MARK, np.uint32)) - PRIOR).tolist()
    likely = [place for place, gain in zip(places, gains, strict=True) if gain >= 0]
    for place, gain in zip(places, gains, strict=True):
        near = likely[
            bisect.bisect(likely, place - CHAIN_CHARS) : bisect.bisect_left(likely, place + CHAIN_CHARS)
        ]
        worth = gain + CHAIN_GAIN * sum(
            other != place and _in_one_clause(text, other, place) for other in near
        )
        if worth >= LEAST_GAIN + LONE_COST * (worth == gain):
            yield Slip(place, place + 1, "—", "dash", certainty(worth))


def _is_counted(text: str, at: int) -> bool:
    """一 counts, or parts what it repeats: 看一看, 一月一访."""
    return text[at - 1] == text[at + 1] or "一" in (text[at - 2 : at - 1], text[at + 2 : at + 3])


def _in_one_clause(text: str, one: int, other: int) -> bool:
    between = text[min(one, other) : max(one, other)]
    return not any(mark in between for mark in "。，；\n")
