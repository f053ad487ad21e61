"""Parts of speech (词性), by jieba's tags: what headlines are broken by.

A table of its own, by a hash of each word, so that it stands whatever words the other tables have. Run by a
developer to make it: `python -m typeset.lexicon.parts dict.txt` (jieba's, 0.42.1).
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from typeset.lexicon.table import DATA, WORD_CHARS, lexicon, word_key

PARTS = ("", "noun", "verb", "act", "trait", "adverb", "number", "measure", "preposition", "conjunction", "pronoun",
         "time", "place", "person", "idiom")  # fmt: skip
""""act" is what is noun and verb alike (发展), "" what is none of them or not known."""
TAGS = {
    "n": "noun", "nr": "person", "nrt": "noun", "nrfg": "person", "v": "verb", "vn": "act", "a": "trait", "b": "trait",
    "z": "trait", "d": "adverb", "m": "number", "q": "measure", "p": "preposition", "c": "conjunction",
    "r": "pronoun", "t": "time", "f": "place", "s": "place", "i": "idiom", "l": "idiom", "j": "noun",
}  # fmt: skip
"""By the whole tag, else by its first letter."""
_MIX = np.uint64(0x9E3779B97F4A7C15)


def part_of(word: str) -> str:
    """The part of speech of a word of one to four characters; Traditional ones are taken for Simplified."""
    if not 0 < len(word) <= WORD_CHARS:
        return ""
    hashes, parts = _table()
    wanted = _hash(np.array([word_key(lexicon().simplified(word))], np.uint64))[0]
    at = int(np.searchsorted(hashes, wanted))
    return PARTS[int(parts[at])] if at < len(hashes) and hashes[at] == wanted else ""


@cache
def _table() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    hashes, parts = (np.load(DATA / f"{name}.npy", mmap_mode="r") for name in ("part_word", "part"))
    return hashes, parts


def _hash(keys: NDArray[np.uint64]) -> NDArray[np.uint32]:
    return ((keys * _MIX) >> np.uint64(32)).astype(np.uint32)


def main(path: Path) -> None:
    rows = (line.split() for line in path.read_text("utf-8").splitlines())
    tags = {row[0]: row[2] for row in rows if len(row) > 2 and len(row[0]) <= WORD_CHARS}
    names = {
        word: TAGS.get(tag, TAGS.get(tag[0], "")) for word, tag in tags.items() if max(map(ord, word)) < 65536
    }
    words = [word for word, name in names.items() if name]
    hashes, first = np.unique(
        _hash(np.array([word_key(word) for word in words], np.uint64)), return_index=True
    )
    np.save(DATA / "part_word.npy", hashes)
    np.save(DATA / "part.npy", np.array([PARTS.index(names[words[at]]) for at in first], np.uint8))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
