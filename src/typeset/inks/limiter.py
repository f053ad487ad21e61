"""Ink brought under a limit: the grey in cyan, magenta and yellow goes over to black (GCR), what is left shrinks.

Equal amounts of the three are what black ink prints alone, so hue keeps its place and neutral stays neutral.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FULL = 255.0


def most_ink(cmyk: NDArray[np.uint8]) -> float:
    """The greatest sum of inks in a picture, in per cent."""
    return float(cmyk.sum(-1, dtype=np.uint16).max()) / _FULL * 100 if cmyk.size else 0.0


def limited(cmyk: NDArray[np.uint8], most: float) -> NDArray[np.uint8]:
    """A picture no pixel of which has more ink than `most` per cent; shape (height, width, 4)."""
    room = most / 100 * _FULL
    total = cmyk.sum(-1, dtype=np.uint16)
    over = total > int(room)
    out = cmyk.copy()
    if not over.any():
        return out
    inks = cmyk[over].astype(np.float64)
    excess = inks.sum(1) - room
    black = inks[:, 3]
    grey = inks[:, :3].min(1)
    # each step of grey takes three and gives one, until black is full; then it takes three
    swapped = np.minimum(excess / 2, _FULL - black)
    taken = np.where(swapped * 2 >= excess, swapped, (excess + _FULL - black) / 3)
    taken = np.minimum(taken, grey)
    inks[:, :3] -= taken[:, None]
    inks[:, 3] = np.minimum(_FULL, black + np.minimum(swapped, taken))
    left = inks[:, :3].sum(1)
    shrink = np.clip((room - inks[:, 3]) / np.maximum(left, 1e-9), 0.0, 1.0)
    inks[:, :3] *= shrink[:, None]
    out[over] = np.floor(inks + 1e-6).astype(np.uint8)
    return out
