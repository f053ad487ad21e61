"""Make the tables of words from open data. Run by a developer, not at run time.

    python -m typeset.lexicon.build --slm slm.txt --words pydict_sc.bin --jieba dict.txt --opencc TSCharacters.txt
        --libime zh_CN.lm

`slm.txt` is what `tslminfo -p -v lm_sc.t3g` prints (Debian: sunpinyin-utils and sunpinyin-data, the
open-gram model); the other files are named in data/README.md. Two models are shipped, each in files of its own,
since their licences differ; they are mixed when they are read (`table`).
"""

from __future__ import annotations

import argparse
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from typeset.lexicon.confusions import CLASSIC, KNOWN, look_alikes
from typeset.lexicon.kenlm import pair_model
from typeset.lexicon.table import (
    DATA,
    STEP,
    WORD_CHARS,
    YOUNGER_SHARE,
    hash_order,
    joints_of,
    pair_hash,
    word_key,
)

RARE_WORDS = 3
"""Words that jieba's table counts less often are left out."""
JIEBA_WEIGHT = 0.5
"""How much a word that only jieba's table has is trusted."""
MODERN = 1.2e-5
"""The share of a text's words that each word of modern.txt is taken to have."""
PAIRS = 2_000_000
UNKNOWN = 255
"""The step of a word that the younger model has not."""
MISPRINT_RATIO = 20.0
"""A word this much rarer than its look-alike is a misprint of the corpora (自已, 己经)."""
MISPRINT_GRADE = 6
"""So alike must they look, unless they are listed by hand."""
TRUSTED_COUNT = 12
"""What jieba's table counts so often is a word all the same (入口 beside 人口),"""
KNOWN_MISPRINTS = ("自已", "己经", "金钢", "时侯")
"""but for these."""
Model = dict[str, tuple[float, float]]
Floats = npt.NDArray[np.float64]
Pairs = npt.NDArray[np.int64]
_WORD_BITS = 20


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("slm", "words", "jieba", "opencc", "libime"):
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
    older = _Model.of([merged[word] for word in words], *_older_pairs(chosen.slm, names, number))
    younger = _younger(chosen.libime, words, number, older)
    _save_pairs(older, younger)
    for prefix, one in (("", older), ("other_", younger)):
        _save(f"{prefix}cost", _steps(one.alone))
        _save(f"{prefix}leave", _steps(one.leave))


def _save(name: str, values: npt.NDArray[Any]) -> None:
    np.save(DATA / f"{name}.npy", values)
    print(f"{name}: {len(values):,} rows, {values.nbytes:,} bytes")


def _steps(probabilities: Floats) -> npt.NDArray[Any]:
    logs = -np.log(np.maximum(probabilities, 1e-11)) * STEP
    steps: npt.NDArray[np.uint8] = np.clip(np.round(logs), 0, UNKNOWN).astype(np.uint8)
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
                is_known = kind.listed in (CLASSIC, KNOWN)
                if not is_known and kind.grade < MISPRINT_GRADE:
                    continue
                twin = words.get(word[:at] + other + word[at + 1 :])
                ratio = MISPRINT_RATIO if is_known else 10 * MISPRINT_RATIO
                if twin is not None and twin[0] > ratio * p:
                    yield word
                    break
            else:
                continue
            break


@dataclass(frozen=True)
class _Model:
    """What one model says of the words: each alone, going on from it, and after another.

    alone, leave  (n,) probability, back-off
    pairs         (m,) ascending: number of the first word · 2²⁰ + that of the second
    after         (m,) the second's probability after the first
    """

    alone: Floats
    leave: Floats
    pairs: Pairs
    after: Floats

    @classmethod
    def of(cls, words: list[tuple[float, float]], pairs: Pairs, after: Floats) -> _Model:
        alone, leave = np.array(words).T
        order = np.argsort(pairs, kind="stable")
        return cls(alone, leave, pairs[order], after[order])

    def of_pairs(self, pairs: Pairs) -> Floats:
        """The probability of the second word of each, known to stand together or not."""
        first, second = pairs >> _WORD_BITS, pairs & ((1 << _WORD_BITS) - 1)
        at = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
        apart: Floats = self.leave[first] * self.alone[second]
        return np.where(self.pairs[at] == pairs, self.after[at], apart)


def _older_pairs(path: Path, names: list[str], number: dict[str, int]) -> tuple[Pairs, Floats]:
    pairs, after = [], []
    for one, two, p, *_ in _level(path, 2):
        a, b = (number.get(names[int(n)], -1) if int(n) < len(names) else -1 for n in (one, two))
        if a >= 0 and b >= 0:
            pairs.append(a << _WORD_BITS | b)
            after.append(float(p))
    return np.array(pairs, np.int64), np.array(after)


def _younger(path: Path, words: list[str], number: dict[str, int], older: _Model) -> _Model:
    """libime's model, of the words that the tables have; single characters it lacks are as the older says."""
    model = pair_model(path)
    ours = np.array([number.get(word, -1) for word in model.words], np.int64)
    first, second = ours[model.first], ours[model.second]
    kept = np.flatnonzero((first >= 0) & (second >= 0))
    alone = np.where([len(word) == 1 for word in words], older.alone, 0.0)
    leave = older.leave.copy()
    known = ours >= 0
    alone[ours[known]], leave[ours[known]] = 10.0 ** model.alone[known], 10.0 ** model.leave[known]
    pairs = first[kept] << _WORD_BITS | second[kept]
    order = np.argsort(pairs, kind="stable")
    return _Model(alone, leave, pairs[order], 10.0 ** model.p[kept][order].astype(float))


def _save_pairs(older: _Model, younger: _Model) -> None:
    """The pairs that tell most: how much likelier the second is after the first than alone, by both models."""
    pairs = np.union1d(older.pairs, younger.pairs)
    first, second = pairs >> _WORD_BITS, pairs & ((1 << _WORD_BITS) - 1)
    has_younger = (younger.alone > 0)[first] & (younger.alone > 0)[second]
    one = older.of_pairs(pairs)
    other = np.where(has_younger, younger.of_pairs(pairs), 0.0)
    mixed = (1 - YOUNGER_SHARE) * one + YOUNGER_SHARE * other
    apart = older.leave[first] * older.alone[second]
    gain = older.alone[first] * mixed * np.abs(np.log(mixed / np.maximum(apart, 1e-12)))
    best = np.argsort(gain, kind="stable")[-PAIRS:]
    hashes = pair_hash(first[best].astype(np.int32), second[best].astype(np.int32))
    hashes, kept = np.unique(hashes, return_index=True)
    _save("pairs", hashes)
    _save("pair_cost", _steps(one[best][kept]))
    _save("other_pair_cost", _steps(other[best][kept]))


if __name__ == "__main__":
    main()
