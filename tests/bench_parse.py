"""`python -m tests.bench_parse` (or `python -m tests.bench --parse`): how fast bulletins are split, and in what memory.

Characters a second of CPU time, the best of several runs: the development corpus as it arrived and set anew
in each manner; each bulletin repeated to a megabyte, every copy varied, so that nothing remembered of one
helps with another; and the peak memory of a fresh process that parses ten megabytes. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.bench import varied
from tests.parse.manners import MANNERS, set_anew
from tests.parse.truth import DEVELOPMENT, source_of, truth_of
from typeset.model.source import Source
from typeset.parse import parse
from typeset.read import decode

NAMES = (*DEVELOPMENT, "lilun-2023-11")
BYTES_A_CHARACTER = 2.9


def size_of(source: Source) -> int:
    return sum(map(len, source.lines))


def rate(sources: Sequence[Source], runs: int) -> float:
    """Characters a second over all the sources, each taken at its best."""
    return sum(map(size_of, sources)) / sum(_least(partial(parse, source), runs) for source in sources)


def _least(job: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        began = time.process_time()
        job()
        times.append(time.process_time() - began)
    return min(times)


def long_source(names: Sequence[str], megabytes: float) -> Source:
    """The bulletins one after the other, each repeated and varied, about so many bytes of UTF-8."""
    share = megabytes * 1e6 / BYTES_A_CHARACTER / len(names)
    texts = ["\n".join(source_of(name).lines) for name in names]
    whole = "\n".join(varied(text, max(1, round(share / len(text)))) for text in texts)
    return decode(whole.encode(), "long.txt")


def peak_mb(path: str) -> tuple[float, float, int]:
    """In a fresh process: CPU seconds and peak memory of reading and parsing a file, and its articles."""
    began = time.process_time()
    bulletin = parse(decode(Path(path).read_bytes(), path))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    return time.process_time() - began, peak, len(bulletin.articles)


def report(runs: int, megabytes: float) -> None:
    print(f"{'parsed':<26}{'M characters/s':>16}")
    arrived = [source_of(name) for name in NAMES]
    for name, source in zip(NAMES, arrived, strict=True):
        print(f"{name:<26}{rate([source], runs) / 1e6:>16.2f}")
    print(f"{'all as they arrived':<26}{rate(arrived, runs) / 1e6:>16.2f}")
    for manner in MANNERS:
        sources = [set_anew(truth_of(name), manner).source for name in DEVELOPMENT]
        print(f"{manner.name:<26}{rate(sources, runs) / 1e6:>16.2f}")
    for name in NAMES:
        print(f"{name + ', 1 MB':<26}{rate([long_source([name], 1)], 2) / 1e6:>16.2f}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.txt"
        source = long_source(DEVELOPMENT, megabytes)
        path.write_text("\n".join(source.lines), encoding="utf-8")
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seconds, peak, articles = pool.apply(peak_mb, (str(path),))
        size = path.stat().st_size / 1e6
        print(f"{size:.1f} MB, {articles} articles: {seconds:.1f} s of CPU, peak {peak:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench_parse", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--runs", type=int, default=9, help="runs of each text (%(default)s)")
    parser.add_argument("--megabytes", type=float, default=10, help="size of the long text (%(default)s)")
    args = parser.parse_args()
    report(args.runs, args.megabytes)


if __name__ == "__main__":
    main()
