"""Slips planted in texts of sixteen registers that no table was made on; clean, the texts are left alone."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.proof.measure import REGISTERS, counted, found

LEAST = {"classic": 0.75, "look-alike": 0.6, "figure": 0.95, "dash": 0.9, "double": 0.7, "double mark": 0.95, "width": 0.95,
         "pair": 0.9, "numeral": 0.9, "date": 0.9, "space": 0.85}  # fmt: skip
"""Of slips planted anywhere, also where no reader could tell."""


@pytest.mark.parametrize("kind", LEAST)
def test_planted_slips_are_found(kind: str) -> None:
    total = Counter[str]()
    for path in REGISTERS:
        total += counted(path.read_text("utf-8").strip(), kind, seed=1)
    assert total["planted"] >= 5
    assert total["found"] / total["planted"] >= LEAST[kind]


def test_clean_text_is_left_alone() -> None:
    """At most one false alarm in 2,000 characters."""
    texts = [path.read_text("utf-8").strip() for path in REGISTERS]
    alarms = [slip for text in texts for slip in found(text)]
    assert len(alarms) <= sum(map(len, texts)) / 2000, alarms
