"""How well the proofreader reads: recall a kind, precision, false alarms on clean text. For developers.

    python -m tests.proof.measure [FILE.txt ...] [--each N] [--show KIND]

Without files the registers beside this module are read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from tests.proof.planting import KINDS, Planted, planted
from typeset.model.bulletin import Article, Block, Bulletin
from typeset.proof import slips_of
from typeset.proof.copy import copy_of
from typeset.proof.slips import Slip

REGISTERS = tuple(sorted((Path(__file__).parent / "registers").glob("*.txt")))
ALONE = {"pair": 1, "name": 1, "date": 2, "sum": 1}
"""How many of a kind a text of its own is given, if not four."""
PLAN = {"classic": 3, "width": 1, "double": 1, "figure": 1, "dash": 1, "numeral": 1}
"""How many slips of each kind a text of several is given."""


def found(text: str) -> list[Slip]:
    """What the proofreader says of a text, each line a paragraph of one article."""
    bulletin = Bulletin(
        articles=(Article("a1", body=tuple(Block("para", line) for line in text.split("\n"))),)
    )
    return slips_of(bulletin, copy_of(bulletin))


def meets(slip: Slip, planted: Planted) -> bool:
    return slip.start <= planted.end and planted.start <= slip.end


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--show", action="append", default=[])
    chosen = options.parse_args()
    texts = {path.stem: path.read_text("utf-8").strip() for path in chosen.files or REGISTERS}
    alarms = {name: found(text) for name, text in texts.items()}
    print(f"{'clean text':<18}{'chars':>8}{'alarms':>8}{'in 2,000':>9}")
    for name, text in texts.items():
        if len(texts) <= 40:
            print(
                f"{name:<18}{len(text):>8}{len(alarms[name]):>8}{2000 * len(alarms[name]) / len(text):>9.2f}"
            )
        for slip in alarms[name] if "alarm" in chosen.show else []:
            print("   ", slip.code, told(text, slip.start, slip.end), slip.new, round(slip.certainty, 2))
    count, size = sum(map(len, alarms.values())), sum(map(len, texts.values()))
    print(f"{'all':<18}{size:>8}{count:>8}{2000 * count / size:>9.2f}")
    print(f"\n{'kind':<14}{'planted':>8}{'found':>8}{'recall':>8}{'right':>8}{'extra':>8}{'precision':>10}")
    total: Counter[str] = Counter()
    for kind in [*KINDS, "mixture"]:
        tally = Counter[str]()
        for text in texts.values():
            for seed in range(chosen.seeds):
                tally += counted(text, kind, seed, show=kind in chosen.show)
        if tally["planted"]:
            print(_row(kind, tally))
        total += tally
    print(_row("all", total))


def _row(kind: str, tally: Counter[str]) -> str:
    recall = tally["found"] / max(1, tally["planted"])
    precision = tally["met"] / max(1, tally["met"] + tally["extra"])
    return (
        f"{kind:<14}{tally['planted']:>8}{tally['found']:>8}{recall:>8.3f}{tally['right'] / max(1, tally['planted']):>8.3f}"
        f"{tally['extra']:>8}{precision:>10.3f}"
    )


def counted(text: str, kind: str, seed: int, *, show: bool = False) -> Counter[str]:
    """What is found of slips of a kind (or of a mixture) planted in a text."""
    text, slips = planted(text, PLAN if kind == "mixture" else {kind: ALONE.get(kind, 4)}, seed)
    told_of = found(text)
    hit = [any(meets(slip, one) for slip in told_of) for one in slips]
    right = [
        any(meets(slip, one) and (slip.new or "").strip() == one.right for slip in told_of) for one in slips
    ]
    extra = [slip for slip in told_of if not any(meets(slip, one) for one in slips)]
    for one, was_found in zip(slips, hit, strict=True):
        if show and not was_found:
            print(f"    missed {one.kind}: {told(text, one.start, one.end)} ← {one.right!r}")
    for slip in extra if show else []:
        print("    extra", slip.code, told(text, slip.start, slip.end), slip.new, round(slip.certainty, 2))
    return Counter(
        planted=len(slips), found=sum(hit), right=sum(right), met=len(told_of) - len(extra), extra=len(extra)
    )


def told(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 8) : start]}[{text[start:end]}]{text[end : end + 8]}".replace("\n", "/")


if __name__ == "__main__":
    main()
