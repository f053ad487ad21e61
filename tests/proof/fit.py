"""Fit the weights of `look_alikes` on clean text and on slips planted in it, cross-validated by text. For developers.

    python -m tests.proof.fit [FILE.txt ...]

The repository's bulletins and registers are read, their own slips left out, and any further files of
clean text. A logistic regression of what a change gains and of the signs that look_alikes weighs;
printed are recall and false alarms by threshold, and each weight divided by that of a nat of gain.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from tests.proof.measure import REGISTERS
from tests.proof.planting import planted
from tests.samples import CORPUS
from typeset.lexicon.confusions import (
    CHANGED,
    CLASSIC,
    GROWN,
    KNOWN,
    LIKELY,
    LIKENESSES,
    SOUND,
    TONE,
    UNLISTED,
    likeness,
)
from typeset.lexicon.segment import lattice
from typeset.lexicon.table import mixed_lexicon, younger_lexicon
from typeset.proof import look_alikes
from typeset.proof.hardness import hardness

Matrix = npt.NDArray[np.float64]
FOLDS = 5
THRESHOLDS = (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
PLANTED = {"classic": 4.0, "look-alike": 3.0, "part": 3.0, "sound": 0.5, "script": 1.0}
"""How many slips of each kind a text of 1,000 characters is given."""
SIGNS = (
    "classic", "known", "likely", "unlisted", "grade", "part grown", "part changed", "sound but tone", "sound",
    "strange", "gain", "younger's gain", "size 1", "size 3", "size 4", "rare, known", "rare", "new rare, known", "new rare", "hard",
    "in word", "repeats",
    "elsewhere", "often elsewhere",
)  # fmt: skip


def signs(text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Matrix]:
    """(k,) places, (k,) new characters and (k, signs) of every change of `text` that is weighed."""
    words = lattice(mixed_lexicon(), text)
    hard = hardness(words, text)
    alone, in_word = look_alikes._doubtful(words)
    at, new, kind = look_alikes._candidates(words, np.flatnonzero(alone | in_word))
    folded = words.lexicon.fold[new].astype(np.uint32)
    gain, size = words.gains_and_sizes(at, at + 1, folded)
    listed, grade, part, sound = np.array([likeness(code) for code in range(LIKENESSES)])[kind].T
    free = listed == UNLISTED
    known = ~free & (listed != LIKELY)
    rare = np.maximum(words.single_costs(words.codes[at]) - look_alikes.RARE_CHAR_COST, 0)
    new_rare = np.maximum(words.single_costs(folded) - look_alikes.RARE_NEW_COST, 0)
    repeats = look_alikes.Repeats(text)
    again = np.array([repeats.of(int(a)) if g > 2 else 0 for a, g in zip(at, gain, strict=True)])
    elsewhere = np.array(
        [repeats.of_new(int(a), chr(int(n))) if g > 2 else 0 for a, n, g in zip(at, new, gain, strict=True)]
    )
    young = lattice(younger_lexicon(), text).gains(at, at + 1, folded)
    columns = [*(listed == one for one in (CLASSIC, KNOWN, LIKELY, UNLISTED)), free * grade,
               *(free & (part == one) for one in (GROWN, CHANGED)), *(free & (sound == one) for one in (TONE, SOUND)),
               look_alikes.is_strange(words)[at], gain, young, size == 1, size == 3, size == 4, rare * known, rare * ~known,
               new_rare * known, new_rare * ~known, np.minimum(hard[at], 8), in_word[at], again,
               elsewhere > 0, elsewhere > 2]  # fmt: skip
    table = np.column_stack([np.asarray(c, float) for c in columns])
    kept = np.flatnonzero(look_alikes.weighed(words, hard)[2] > look_alikes.LEAST_GAIN - 6)
    return at[kept], new[kept], table[kept]


def clean_texts(files: list[Path]) -> list[str]:
    """Articles of the corpus without the paragraphs that have slips, the registers, and further files."""
    texts = [path.read_text("utf-8").strip() for path in (*REGISTERS, *files)]
    for path in CORPUS:
        gold: dict[str, Any] = yaml.safe_load(path.with_suffix(".gold.yaml").read_text("utf-8"))
        slips = ["".join(s["text"].split()) for s in gold.get("suspects") or []]
        for article in gold["articles"]:
            lines = [block["text"] for block in article["body"]]
            texts.append("\n".join(t for t in lines if not any(s in "".join(t.split()) for s in slips)))
    return [text for text in texts if len(text) > 40]


def samples(text: str, seed: int) -> tuple[Matrix, Matrix, int, int]:
    """Signs of what is no slip, signs of slips planted, how many had no candidate, and the text's length."""
    _, _, clean = signs(text)
    rows, lost = [], 0
    rng = random.Random(seed)
    for kind, often in PLANTED.items():
        spoilt, slips = planted(text, {kind: int(often * len(text) / 1000 + rng.random())}, seed)
        at, new, table = signs(spoilt)
        for slip in slips:
            met = np.flatnonzero((at == slip.start) & (new == ord(slip.right)))
            lost += not len(met)
            rows += [table[k] for k in met[:1]]
    return clean, np.array(rows).reshape(-1, clean.shape[1]), lost, len(text)


def fitted(clean: Matrix, slips: Matrix) -> npt.NDArray[np.float64]:
    """Weights of the logistic regression, by Newton's method."""
    x = np.concatenate([clean, slips])
    y = np.concatenate([np.zeros(len(clean)), np.ones(len(slips))])
    weights = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (y - p) - weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", nargs="*", type=Path)
    data = [samples(text, seed) for seed, text in enumerate(clean_texts(options.parse_args().files))]
    tally = np.zeros((len(THRESHOLDS), 3))
    for fold in range(FOLDS):
        taught = [d for n, d in enumerate(data) if n % FOLDS != fold]
        weights = fitted(np.concatenate([d[0] for d in taught]), np.concatenate([d[1] for d in taught]))
        for clean, slips, lost, _ in data[fold::FOLDS]:
            for row, threshold in enumerate(THRESHOLDS):
                hits = int((slips @ weights >= threshold).sum())
                tally[row] += (int((clean @ weights >= threshold).sum()), hits, len(slips) + lost)
    size = sum(d[3] for d in data)
    for threshold, (alarms, hits, count) in zip(THRESHOLDS, tally, strict=True):
        print(
            f"threshold {threshold:>5}: recall {hits / count:.3f}, {2000 * alarms / size:.2f} alarms in 2,000 characters"
        )
    weights = fitted(np.concatenate([d[0] for d in data]), np.concatenate([d[1] for d in data]))
    gain = weights[SIGNS.index("gain")]
    for name, weight in zip(SIGNS, weights / gain, strict=True):
        print(f"{name:<18}{weight:>7.2f}")
    print(f"sharpness {gain:.2f}")


if __name__ == "__main__":
    main()
