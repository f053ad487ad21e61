"""Vertical setting 竖排 (T50, T51): how each character stands in a line that runs downwards.

In: characters with their classes. Out: a form for each, and classes that fit it: Chinese stands upright,
two or three digits stand abreast in one box (纵中横), longer Western runs, dashes and connectors are turned clockwise.
Lengths along the line are worked out as in horizontal setting: only the writers know that it runs down.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class, Classes, Codes

UPRIGHT, TURNED, ABREAST = 0, 1, 2
MOST_ABREAST = 3
_WESTERN = (Class.WESTERN, Class.WESTERN_OPEN, Class.WESTERN_CLOSE)
_HALF_TO_FULL = 0xFEE0
_STROKES = (Class.DASH, Class.CONNECTOR)

Forms = NDArray[np.uint8]


def stand(kinds: Classes, codes: Codes, inside: NDArray[np.bool_]) -> tuple[Classes, Forms]:
    """Classes and forms in vertical text; `inside[i]`: characters i-1 and i stand in one paragraph."""
    kinds = kinds.copy()
    western = np.isin(kinds, _WESTERN)
    forms = np.where(western, TURNED, UPRIGHT).astype(np.uint8)
    begins = western.copy()
    begins[1:] &= ~(western[:-1] & inside[1:-1])
    starts = np.nonzero(begins)[0]
    ends_after = western & ~np.append(western[1:] & inside[1:-1], False)
    for start, end in zip(starts.tolist(), (np.nonzero(ends_after)[0] + 1).tolist(), strict=True):
        size = end - start
        if size == 1 and _is_letter_or_digit(int(codes[start])):
            forms[start], kinds[start] = UPRIGHT, Class.HAN
        elif 2 <= size <= MOST_ABREAST and all(_is_digit(code) for code in codes[start:end].tolist()):
            forms[start:end] = ABREAST
            kinds[start], kinds[start + 1 : end] = Class.HAN, Class.JOINED
    forms[np.isin(kinds, _STROKES)] = TURNED
    _follow(kinds, forms)
    return kinds, forms


def _follow(kinds: Classes, forms: Forms) -> None:
    """What is joined to a character, and a space after a turned one, stand as it does."""
    follows = np.isin(kinds, (Class.JOINED, Class.SPACE)) & (forms != ABREAST)
    for at in np.nonzero(follows)[0].tolist():
        if at and forms[at - 1] == TURNED:
            forms[at] = TURNED


def _is_digit(code: int) -> bool:
    return 0x30 <= (code - _HALF_TO_FULL if code > _HALF_TO_FULL else code) <= 0x39


def _is_letter_or_digit(code: int) -> bool:
    plain = code - _HALF_TO_FULL if code > _HALF_TO_FULL else code
    return plain < 0x80 and chr(plain).isalnum()
