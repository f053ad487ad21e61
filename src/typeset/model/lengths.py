"""Lengths as layouts write them ("3mm", "9.5pt"), read once at the edge into points."""

from __future__ import annotations

import re

MM_PT = 72 / 25.4
_UNIT_PT = {"pt": 1.0, "mm": MM_PT, "cm": 10 * MM_PT, "in": 72.0}
LENGTH_PATTERN = r"\s*(-?[0-9]+(?:\.[0-9]+)?)\s*(pt|mm|cm|in)\s*"
_LENGTH = re.compile(LENGTH_PATTERN)


def points(text: str) -> float:
    """A length with its unit, in points. Raises ValueError on anything else."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"not a length: {text!r}")
    return float(match[1]) * _UNIT_PT[match[2]]
