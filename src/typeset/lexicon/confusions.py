"""Characters that are taken for one another: a table by hand, and what looks, is built or sounds alike.

`confusions.txt` lists look-alikes in groups: the classic ones, the known, the likely; `alike.txt` has
what looks alike in two of the shipped faces, `kin.txt` what differs in one part (里 理, 例 列), `sounds.txt`
what is read alike. `python -m typeset.lexicon.confusions` makes of them the arrays that are read at run
time; how much each kind of likeness counts is the proofreader's affair.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from typeset.lexicon.table import DATA, lexicon, opened

LEAST_LIKENESS = 0.7
GRADE_STEP = 0.025
UNLISTED, CLASSIC, KNOWN, LIKELY = range(4)
NO_GRADE = 0
NO_PART, GROWN, CHANGED = range(3)
NO_SOUND, TONE, SOUND = range(3)


class Likeness(NamedTuple):
    """In what ways two characters are alike.

    listed  UNLISTED, CLASSIC, KNOWN or LIKELY, by hand
    grade   0, or 1 to 10: how much they look alike in the shipped faces
    part    NO_PART, GROWN (one is the other and a part more), CHANGED (one part is another)
    sound   NO_SOUND, TONE (alike but for the tone), SOUND
    """

    listed: int = UNLISTED
    grade: int = NO_GRADE
    part: int = NO_PART
    sound: int = NO_SOUND

    @property
    def code(self) -> int:
        """All four as one number below LIKENESSES."""
        return ((self.listed * 11 + self.grade) * 3 + self.part) * 3 + self.sound


LIKENESSES = 4 * 11 * 3 * 3


def likeness(code: int) -> Likeness:
    """The likeness with a code."""
    rest, sound = divmod(code, 3)
    rest, part = divmod(rest, 3)
    listed, grade = divmod(rest, 11)
    return Likeness(listed, grade, part, sound)


@dataclass(frozen=True)
class Confusables:
    """Which characters may stand for which by mistake: those for character c are rows first[c] … first[c + 1].

    first    (65537,) int32
    other    (n,) uint16: the character that may be meant
    kind     (n,) uint16: the code of their likeness
    scripts  (n,) uint8: 1 where Simplified texts have it, 2 where Traditional ones do, 3 for both
    """

    first: npt.NDArray[np.int32]
    other: npt.NDArray[np.uint16]
    kind: npt.NDArray[np.uint16]
    scripts: npt.NDArray[np.uint8]


@functools.cache
def confusables() -> Confusables:
    """The shipped arrays, opened once."""
    names = Confusables.__annotations__
    return Confusables(**{name: opened(f"alike_{name}") for name in names})


def compiled() -> Confusables:
    """The arrays, made of the text files."""
    fold = lexicon().fold
    rows = {
        (ord(char), ord(meant)): (alike.code, _scripts(meant))
        for char, others in look_alikes().items()
        for other, alike in sorted(others.items(), key=lambda row: row[1].code)
        for meant in _meant(char, other)
        if _is_han(char) and _is_han(meant) and fold[ord(char)] != fold[ord(meant)] and is_weighed(alike)
    }
    table = np.array([(*pair, *alike) for pair, alike in sorted(rows.items())], np.int64)
    first = np.searchsorted(table[:, 0], np.arange(65537)).astype(np.int32)
    return Confusables(
        first, table[:, 1].astype(np.uint16), table[:, 2].astype(np.uint16), table[:, 3].astype(np.uint8)
    )


def _meant(char: str, other: str) -> str:
    """The other; for a character that Simplified texts lack also its Simplified form (高與得: 興, so 兴)."""
    simplified = chr(lexicon().fold[ord(other)]) if ord(other) < 65536 else other
    return other if char.encode("gb2312", "ignore") or simplified == other else other + simplified


def is_weighed(alike: Likeness) -> bool:
    """The same sound but for its tone, and nothing else alike: never taken for one another in print."""
    return alike != Likeness(sound=TONE)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _scripts(char: str) -> int:
    is_traditional = bool(char.encode("big5", "ignore"))
    is_simplified = int(lexicon().fold[ord(char)]) == ord(char)
    return is_simplified + 2 * is_traditional


def look_alikes() -> dict[str, dict[str, Likeness]]:
    """For each character those it may stand for by mistake, and in what ways they are alike."""
    out: defaultdict[str, defaultdict[str, Likeness]] = defaultdict(lambda: defaultdict(Likeness))
    for group, sound in _sounds():
        for char in group:
            for other in group:
                if other != char:
                    out[char][other] = out[char][other]._replace(sound=max(sound, out[char][other].sound))
    for line in _rows("kin.txt"):
        grown, _, changed = line[1:].partition("|")
        for others, part in ((changed, CHANGED), (grown, GROWN)):
            for other in others:
                out[line[0]][other] = out[line[0]][other]._replace(part=part)
    for line in _rows("alike.txt"):
        for other, grade in zip(line[1::2], line[2::2], strict=True):
            out[line[0]][other] = out[line[0]][other]._replace(grade=1 + int(grade))
    for char, other, listed in _listed():
        out[char][other] = out[char][other]._replace(listed=listed)
    return {char: dict(others) for char, others in out.items()}


def _sounds() -> list[tuple[str, int]]:
    """Groups of one sound, first those of all its tones, then those of one."""
    by_syllable: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows("sounds.txt"):
        reading, chars = row.split(" ")
        by_syllable[reading[:-1]].append(chars)
    groups = list(by_syllable.values())
    return [("".join(tones), TONE) for tones in groups] + [(one, SOUND) for tones in groups for one in tones]


def _listed() -> list[tuple[str, str, int]]:
    """Pairs listed by hand, the surest listing last."""
    out: list[tuple[str, str, int]] = []
    kinds = [LIKELY, KNOWN, CLASSIC]
    for line in reversed(_rows("confusions.txt")):
        if line == "--":
            kinds.pop(0)
        elif ">" in line:
            out.append((line[0], line[2], kinds[0]))
        else:
            out += [(char, other, kinds[0]) for char in line for other in line if other != char]
    return out


def _rows(name: str) -> list[str]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


if __name__ == "__main__":
    made = compiled()
    for field in Confusables.__annotations__:
        np.save(DATA / f"alike_{field}.npy", getattr(made, field))
