"""Where glyphs stand in their boxes by their ink: —— drawn as one stroke, accents over the middle of their letter,
Traditional Chinese stops in the middle of their box.

In: classes and what was looked up. Changes `shift`, the glyphs' origins less their boxes' left edges, in ems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class, Classes, Flags

if TYPE_CHECKING:
    from typeset.fonts.faces import FaceSet, Looked

Ems = NDArray[np.float64]
MIDDLE_EM = 0.38  # from the baseline up to the middle of the em box


def join_strokes(kinds: Classes, inside: Flags, found: Looked, faces: FaceSet, shift: Ems) -> None:
    """T04: the two halves of —— meet in the middle, though the face leaves air about each (0.07 em in Song)."""
    first = np.nonzero((kinds[:-1] == Class.DASH) & (kinds[1:] == Class.DASH) & inside[1:-1])[0]
    free = 0
    for at in first.tolist():
        if at < free or found.glyph[at] != found.glyph[at + 1]:
            continue
        left, right, _, _ = faces.faces[int(found.face[at])].ink_em(int(found.glyph[at]))
        shift[at] += float(found.advance_em[at]) - right
        shift[at + 1] -= left
        free = at + 2


def centre_accents(kinds: Classes, inside: Flags, found: Looked, faces: FaceSet, shift: Ems) -> None:
    """T12: a combining mark with ink stands over the middle of its Latin letter, whatever side the face drew it on."""
    marks = np.nonzero((kinds == Class.JOINED) & (found.advance_em == 0) & inside[:-1])[0]
    base = -1
    for at in marks.tolist():
        if kinds[at - 1] != Class.JOINED:
            base = at - 1 if kinds[at - 1] == Class.WESTERN else -1
        left, right, _, _ = faces.faces[int(found.face[at])].ink_em(int(found.glyph[at]))
        if base >= 0 and right > left:
            shift[at] = -float(found.advance_em[base]) / 2 - (left + right) / 2


def centre_stops(kinds: Classes, found: Looked, faces: FaceSet, shift: Ems) -> Ems:
    """Stops in the middle of their box, though the face draws them in its lower left corner; returns how far each
    character is raised."""
    rise = np.zeros(len(kinds))
    stops = np.nonzero(kinds == Class.STOP)[0]
    pairs = np.stack((found.face[stops].astype(np.int64), found.glyph[stops].astype(np.int64)))
    drawn, which = np.unique(pairs, axis=1, return_inverse=True)
    for n, (face, glyph) in enumerate(drawn.T.tolist()):
        left, right, low, high = faces.faces[face].ink_em(glyph)
        mine = stops[which.reshape(-1) == n]
        shift[mine] += 0.5 - (left + right) / 2
        rise[mine] = MIDDLE_EM - (low + high) / 2
    return rise
