"""Characters that are taken for one another: a table by hand, and what looks, is built or sounds alike.

`confusions.txt` lists look-alikes in groups: the classic ones, the known, the likely; `alike.txt` has
what looks alike in two of the shipped faces, `kin.txt` what differs in one part (例 列), `sounds.txt`
what is read alike. Each pair is known by its surest kind. `python -m typeset.lexicon.confusions`
makes of them the arrays that are read at run time.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from typeset.lexicon.table import DATA, lexicon, opened

LEAST_LIKENESS = 0.7
GRADE_STEP = 0.025
CLASSIC, KNOWN, LIKELY, KIN, SOUND, TONE = "classic", "known", "likely", "kin", "sound", "tone"
"""Kinds of likeness beside the measured grades "0" to "9"; TONE is the same sound but for its tone."""
KINDS = (CLASSIC, KNOWN, LIKELY, *"9876543210", KIN, SOUND, TONE)


@dataclass(frozen=True)
class Confusables:
    """Which characters may stand for which by mistake: those for character c are rows first[c] … first[c + 1].

    first    (65537,) int32
    other    (n,) uint16: the character that may be meant
    kind     (n,) uint8: its place in KINDS
    scripts  (n,) uint8: 1 where Simplified texts have it, 2 where Traditional ones do, 3 for both
    """

    first: npt.NDArray[np.int32]
    other: npt.NDArray[np.uint16]
    kind: npt.NDArray[np.uint8]
    scripts: npt.NDArray[np.uint8]


@functools.cache
def confusables() -> Confusables:
    """The shipped arrays, opened once."""
    names = Confusables.__annotations__
    return Confusables(**{name: opened(f"alike_{name}") for name in names})


def compiled() -> Confusables:
    """The arrays, made of the text files."""
    fold = lexicon().fold
    rows = [
        (ord(char), ord(other), KINDS.index(kind), _scripts(other))
        for char, others in look_alikes().items()
        for other, kind in others.items()
        if _is_han(char) and _is_han(other) and fold[ord(char)] != fold[ord(other)]
    ]
    table = np.array(sorted(rows), np.int64)
    first = np.searchsorted(table[:, 0], np.arange(65537)).astype(np.int32)
    return Confusables(
        first, table[:, 1].astype(np.uint16), table[:, 2].astype(np.uint8), table[:, 3].astype(np.uint8)
    )


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _scripts(char: str) -> int:
    is_traditional = bool(char.encode("big5", "ignore"))
    is_simplified = int(lexicon().fold[ord(char)]) == ord(char)
    return is_simplified + 2 * is_traditional


def look_alikes() -> dict[str, dict[str, str]]:
    """For each character those it may stand for by mistake, and the surest kind of their likeness."""
    out: defaultdict[str, dict[str, str]] = defaultdict(dict)
    by_syllable: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows("sounds.txt"):
        reading, chars = row.split(" ")
        by_syllable[reading[:-1]].append(chars)
    for groups in by_syllable.values():
        _all_pairs(out, "".join(groups), TONE)
        for group in groups:
            _all_pairs(out, group, SOUND)
    for line in _rows("kin.txt"):
        out[line[0]].update(dict.fromkeys(line[1:], KIN))
    for line in _rows("alike.txt"):
        out[line[0]].update(zip(line[1::2], line[2::2], strict=True))
    kinds = [LIKELY, KNOWN, CLASSIC]
    for line in reversed(_rows("confusions.txt")):
        kind = kinds[0]
        if line == "--":
            kinds.pop(0)
        elif ">" in line:
            out[line[0]][line[2]] = kind
        else:
            _all_pairs(out, line, kind)
    return dict(out)


def _all_pairs(out: dict[str, dict[str, str]], group: str, kind: str) -> None:
    for char in group:
        out[char].update({other: kind for other in group if other != char})


def _rows(name: str) -> list[str]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


if __name__ == "__main__":
    made = compiled()
    for field in Confusables.__annotations__:
        np.save(DATA / f"alike_{field}.npy", getattr(made, field))
