"""Make the tables of words from open data. Run by a developer, not at run time.

    python -m typeset.lexicon.build --slm slm.txt --words pydict_sc.bin --jieba dict.txt --opencc TSCharacters.txt

`slm.txt` is what `tslminfo -p -v lm_sc.t3g` prints (Debian: sunpinyin-utils and sunpinyin-data, the
open-gram model); the other files are named in data/README.md.
"""

from __future__ import annotations

import argparse
import math
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from typeset.lexicon.confusions import CLASSIC, KNOWN, look_alikes
from typeset.lexicon.table import DATA, STEP, WORD_CHARS, hash_order, joints_of, pair_hash, word_key

RARE_WORDS = 3
"""Words that jieba's table counts less often are left out."""
JIEBA_WEIGHT = 0.5
"""How much a word that only jieba's table has is trusted."""
MODERN = 1.2e-5
"""The share of a text's words that each word of modern.txt is taken to have."""
PAIRS = 650_000
MISPRINT_RATIO = 20.0
"""A word this much rarer than its look-alike is a misprint of the corpora (自已, 己经)."""
TRUSTED_COUNT = 12
"""What jieba's table counts so often is a word all the same (入口 beside 人口),"""
KNOWN_MISPRINTS = ("自已", "己经", "金钢", "时侯")
"""but for these."""
Model = dict[str, tuple[float, float]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("slm", "words", "jieba", "opencc"):
        options.add_argument(f"--{name}", type=Path, required=True)
    chosen = options.parse_args()
    fold = _fold(chosen.opencc)
    names = _names(chosen.words)
    model = _unigrams(chosen.slm, names)
    counts = _jieba(chosen.jieba)
    merged = _merged(model, counts)
    for word in _modern():
        merged.setdefault(word, (MODERN, 1.0))
    for misprint in list(_misprints(merged, counts)):
        del merged[misprint]
    words = sorted(merged, key=word_key)
    number = {word: at for at, word in enumerate(words)}
    _save("fold", fold)
    keys = np.array([word_key(word) for word in words], np.uint64)
    _save("keys", keys)
    _save("by_hash", hash_order(keys))
    _save("joints", joints_of(keys))
    _save("cost", _steps([merged[word][0] for word in words]))
    _save("leave", _steps([merged[word][1] for word in words]))
    _pairs(chosen.slm, names, merged, number)


def _save(name: str, values: npt.NDArray[Any]) -> None:
    np.save(DATA / f"{name}.npy", values)
    print(f"{name}: {len(values):,} rows, {values.nbytes:,} bytes")


def _steps(probabilities: list[float]) -> npt.NDArray[Any]:
    logs = [-math.log(max(p, 1e-11)) * STEP for p in probabilities]
    steps: npt.NDArray[np.uint8] = np.clip(np.round(logs), 0, 255).astype(np.uint8)
    return steps


def _fold(path: Path) -> npt.NDArray[Any]:
    """Traditional to Simplified, one character to one; figures to words."""
    fold = np.arange(65536, dtype=np.uint16)
    for line in path.read_text("utf-8").splitlines():
        old, new = line.split("\t")
        new = new.split(" ")[0]
        if len(old) == len(new) == 1 and ord(old) < 65536 and ord(new) < 65536:
            fold[ord(old)] = ord(new)
    for at, numeral in enumerate("〇一二三四五六七八九"):  # the models know figures as words alone
        fold[[ord("0") + at, ord("０") + at]] = ord(numeral)
    return fold


def _names(path: Path) -> list[str]:
    """The words of open-gram by number, out of sunpinyin's dictionary."""
    data = path.read_bytes()
    start = struct.unpack("<3I", data[:12])[2]
    names = data[start:].decode("utf-32-le", "replace").split("\0")
    marks = dict(zip(range(70, 80), "，。；？！：“”、…", strict=True))
    return [marks.get(at, name) for at, name in enumerate(names)]


def _level(path: Path, level: int) -> Iterator[list[str]]:
    with path.open() as lines:
        here = -1
        for line in lines:
            if line[0] == "\\":
                here = int(line[1])
                if here > level:
                    return
            elif here == level:
                yield line.split()


def _is_word(word: str) -> bool:
    return 0 < len(word) <= WORD_CHARS and all(
        "\u3400" <= c <= "\u9fff" or c in "，。；？！：“”、…" for c in word
    )


def _unigrams(path: Path, names: list[str]) -> Model:
    out: Model = {}
    for number, p, leave, _ in _level(path, 1):
        word = names[int(number)] if int(number) < len(names) else ""
        if _is_word(word):
            out[word] = (float(p), float(leave))
    return out


def _jieba(path: Path) -> dict[str, int]:
    rows = (line.split() for line in path.read_text("utf-8").splitlines())
    return {row[0]: int(row[1]) for row in rows if _is_word(row[0])}


def _modern() -> list[str]:
    lines = (DATA / "modern.txt").read_text("utf-8").splitlines()
    return [word for line in lines if line[:1] != "#" for word in line.split() if _is_word(word)]


def _merged(model: Model, counts: dict[str, int]) -> Model:
    """Both lists: open-gram's probabilities, and the mean of both where jieba's has the word more often."""
    total = sum(counts.values())
    out: Model = {}
    for word in model.keys() | {w for w, n in counts.items() if n >= RARE_WORDS}:
        p, leave = model.get(word, (0.0, 1.0))
        q = counts.get(word, 0) / total
        if p == 0.0:
            out[word] = (q * JIEBA_WEIGHT, 1.0)
        else:
            out[word] = (max(p, (p + q) / 2), leave)
    return out


def _misprints(words: Model, counts: dict[str, int]) -> Iterator[str]:
    """Words that look like far commoner ones."""
    alike = look_alikes()
    for word, (p, _) in words.items():
        if len(word) < 2 or (counts.get(word, 0) >= TRUSTED_COUNT and word not in KNOWN_MISPRINTS):
            continue
        for at, char in enumerate(word):
            for other, kind in alike.get(char, {}).items():
                if kind not in (CLASSIC, KNOWN, *"98765"):
                    continue
                twin = words.get(word[:at] + other + word[at + 1 :])
                ratio = MISPRINT_RATIO if kind in (CLASSIC, KNOWN) else 10 * MISPRINT_RATIO
                if twin is not None and twin[0] > ratio * p:
                    yield word
                    break
            else:
                continue
            break


def _pairs(path: Path, names: list[str], words: Model, number: dict[str, int]) -> None:
    """The pairs of words that tell most: how much likelier the second is after the first than alone."""
    first, second, cost, gain = [], [], [], []
    for one, two, p, *_ in _level(path, 2):
        a = names[int(one)] if int(one) < len(names) else ""
        b = names[int(two)] if int(two) < len(names) else ""
        if a not in number or b not in number:
            continue
        apart = words[a][1] * words[b][0]
        first.append(number[a])
        second.append(number[b])
        cost.append(float(p))
        gain.append(words[a][0] * float(p) * abs(math.log(float(p) / max(apart, 1e-12))))
    best = np.argsort(np.array(gain))[-PAIRS:]
    hashes = pair_hash(np.array(first, np.int32)[best], np.array(second, np.int32)[best])
    hashes, kept = np.unique(hashes, return_index=True)
    _save("pairs", hashes)
    _save("pair_cost", _steps([cost[best[i]] for i in kept]))


if __name__ == "__main__":
    main()
