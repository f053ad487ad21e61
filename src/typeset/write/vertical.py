"""A vertical line as PDF text operators (T50): upright characters in the vertical writing mode, Western runs
turned clockwise, two or three digits abreast.

In: a set text and one of its lines, with the CIDs of its characters. Upright text is shown in the face's
Identity-V font, where a positive adjustment moves downwards (ISO 32000-2, 9.4.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from typeset.compose.vertical import ABREAST, TURNED, UPRIGHT
from typeset.model.edition import SetText

VERTICAL_ORIGIN = 880
"""Height of a glyph's vertical origin over its baseline in thousandths (DW2), its em box's upper edge."""
BASELINE_EM = 0.38
"""From the middle of a vertical line left to the baseline of turned text."""
DIGIT_FOOT_EM = 0.86
"""From the upper edge of a box down to the baseline of digits abreast."""


def column_operators(
    text: SetText, line: int, names: Sequence[str], cids: str, widths: NDArray[np.float64],
    x_pt: float, y_pt: float, size_pt: float,
) -> list[str]:  # fmt: skip
    """Operators of a line whose middle is `x_pt` and which begins at `y_pt`; `cids` is four hex digits a character."""
    out: list[str] = []
    for start, end, form in _segments(text, int(text.starts[line]), int(text.ends[line])):
        name = names[int(text.face[start])]
        top = y_pt - float(text.origin_em[start]) * size_pt
        if form == UPRIGHT:
            matrix, font = f"1 0 0 1 {_n(x_pt)} {_n(top)}", "V" + name[1:]
            shown = _shown(cids, start, end, np.diff(text.origin_em[start:end]) - 1.0)
        elif form == TURNED:
            matrix, font = f"0 -1 1 0 {_n(x_pt - BASELINE_EM * size_pt)} {_n(top)}", name
            shown = _shown(cids, start, end, widths[start : end - 1] - np.diff(text.origin_em[start:end]))
        else:
            total = float(widths[start:end].sum())
            scale = min(1.0, 1.0 / total) if total else 1.0
            left = x_pt - total * scale * size_pt / 2
            matrix, font = f"{_n(scale, 5)} 0 0 1 {_n(left)} {_n(top - DIGIT_FOOT_EM * size_pt)}", name
            shown = f"<{cids[4 * start : 4 * end]}>"
        out.append(f"/{font} {_n(size_pt)} Tf 0 Tc {matrix} Tm [{shown}] TJ")
    return out


def _segments(text: SetText, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Stretches of a line in one face and form; digits abreast each by themselves."""
    assert text.form is not None
    at = start
    while at < end:
        form, face, stop = int(text.form[at]), int(text.face[at]), at + 1
        while stop < end and text.form[stop] == form and text.face[stop] == face:
            if form == ABREAST and text.x_em[stop] != text.x_em[at]:
                break
            stop += 1
        yield at, stop, form
        at = stop


def _shown(cids: str, start: int, end: int, forward: NDArray[np.float64]) -> str:
    """A TJ array's inside; `forward[i]` is the adjustment after character i in ems, rounded along the line."""
    running = np.rint(np.cumsum(forward) * 1000)
    steps = np.diff(np.concatenate(([0.0], running))).astype(int).tolist()
    parts: list[str] = []
    at = start
    for index, step in enumerate(steps):
        if step:
            parts += [f"<{cids[4 * at : 4 * (start + index + 1)]}>", str(step)]
            at = start + index + 1
    parts.append(f"<{cids[4 * at : 4 * end]}>")
    return "".join(parts)


def _n(value: float, places: int = 3) -> str:
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
