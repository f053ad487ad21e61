"""Characters that are taken for one another (形近字): a table by hand, and one measured on glyphs.

`confusions.txt` lists the known ones in groups, `alike.txt` what looks alike in two of the shipped
faces. Each pair has a grade from 0 (somewhat alike) to 9 (the same but for a stroke), KNOWN for
those of the first list, CLASSIC for its head: those that every proofreader has met.
"""

from __future__ import annotations

import functools
from collections import defaultdict

from typeset.lexicon.table import DATA

KNOWN, CLASSIC = 10, 11


@functools.cache
def look_alikes() -> dict[str, dict[str, int]]:
    """For each character those it may stand for by mistake, and the grade of their likeness."""
    out: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in _rows("alike.txt"):
        for pair in range(1, len(line), 2):
            out[line[0]][line[pair]] = int(line[pair + 1])
    grade = KNOWN
    for line in reversed(_rows("confusions.txt")):
        if line == "--":
            grade = CLASSIC
        elif ">" in line:
            out[line[0]][line[2]] = grade
        else:
            for char in line:
                out[char].update({other: grade for other in line if other != char})
    return dict(out)


def _rows(name: str) -> list[str]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
