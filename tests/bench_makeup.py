"""`python -m tests.bench_makeup` (or `python -m tests.bench --makeup`): how well and how fast pages close.

The sample in every layout; sixty articles in tabloid; then bulletins assembled at random of the development corpus' articles (seeds 0, 1, …).
Of each layout: how many are within the envelope, whose load is 0.80 to 1.05 of the pages at some setting of the layout;
how many of those close exactly; K1 (cells filled), K2 (characters lost or doubled), K3 (rows missing at columns' feet)
and K4 (baselines off the grid, pt), the worst of each over those that close; CPU seconds of make-up. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import resource
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from tests.makeup.assembled import assembled, newspaper
from tests.parse.truth import SEED
from typeset.cli import GC_THRESHOLD
from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.makeup.commit import make_up
from typeset.makeup.desk import Desk
from typeset.makeup.turn import turned
from typeset.model.bulletin import Bulletin
from typeset.model.edition import Edition, Frame
from typeset.model.issue import IssueLine
from typeset.model.layout import Layout
from typeset.pipeline import check_conservation, read_bulletin
from typeset.read.layout import find_layout, read_layout

LAYOUTS = ("broadsheet", "tabloid", "a3", "a4", "magazine")
ARTICLES = {"broadsheet": (7, 13)}
USUAL_ARTICLES = (4, 9)
HEAD_ROLES = ("kicker", "headline", "subtitle", "byline")
ENVELOPE = (0.80, 1.05)
SIXTIES = 2


@dataclass(frozen=True, slots=True)
class Case:
    """One bulletin in one layout; `seed` is -1 for the sample."""

    layout: str
    seed: int
    pages: int
    is_within: bool
    is_exact: bool
    k1: float
    k2: int
    k3: float
    k4_pt: float
    cpu_s: float
    peak_mb: float


@cache
def layout_of(name: str) -> tuple[Layout, FaceSet]:
    layout = read_layout(find_layout(name))
    return layout, FaceSet.of(layout)


def case(args: tuple[str, int]) -> Case:
    name, seed = args
    bulletin = read_bulletin(SEED) if seed < 0 else assembled(seed, *ARTICLES.get(name, USUAL_ARTICLES))
    return made_up(name, seed, bulletin)


def made_up(name: str, seed: int, bulletin: Bulletin) -> Case:
    """One bulletin in one layout, measured."""
    layout, faces = layout_of(name)
    issue = IssueLine(bulletin.title or layout.masthead.title, bulletin.date, bulletin.issue)
    began = time.process_time()
    edition = make_up(bulletin, layout, faces, issue)
    cpu_s = time.process_time() - began
    feet, residual = _k3_k4(edition) if edition.is_exact else (0.0, 0.0)
    return Case(
        name, seed, len(edition.pages), _is_within(bulletin, layout, faces), edition.is_exact, edition.filled,
        _k2(bulletin, edition, layout), feet, residual, cpu_s,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )  # fmt: skip


def _is_within(bulletin: Bulletin, layout: Layout, faces: FaceSet) -> bool:
    """Whether at some setting, and its fewest or most rows or any between, the text's load is in the envelope."""
    layout = turned(layout) if layout.composition.direction == "vertical" else layout
    desk = Desk(bulletin, layout, faces, Cohesion.of([t for a in bulletin.articles for t in a.texts()]))
    for setting in layout.body:
        for rows in range(setting.rows[0], setting.rows[1] + 1, 4):
            cells = float(sum(desk.load(setting, rows)))
            cells += layout.masthead.usual_rows * setting.columns
            page = rows * setting.columns
            if ENVELOPE[0] <= cells / (max(1, round(cells / page)) * page) <= ENVELOPE[1]:
                return True
    return False


def _k2(bulletin: Bulletin, edition: Edition, layout: Layout) -> int:
    try:
        check_conservation(bulletin, edition, layout)
    except AssertionError:
        return 1
    return 0


def _k3_k4(edition: Edition) -> tuple[float, float]:
    """The most rows that a column lacks at its frame's foot, and the most that a body baseline is off the grid."""
    rows, off = 0.0, 0.0
    for page in edition.pages:
        baselines: list[float] = []
        for frame in page.frames:
            feet = _feet(frame)
            if feet:
                rows = max(rows, (max(feet) - min(feet)) / edition.row_pt)
                baselines += feet
        if baselines:
            steps = [(b - baselines[0]) / edition.row_pt for b in baselines]
            off = max(off, max(abs(s - round(s)) for s in steps) * edition.row_pt)
    return rows, off


def _feet(frame: Frame) -> list[float]:
    """The last baseline of each column; none where a box ends it, for a box's content may end above its foot."""
    feet: dict[float, float] = defaultdict(float)
    for run in frame.runs:
        if any(x - 1 <= run.x_pt < x + width and y <= run.baseline_pt for x, y, width, _ in frame.boxes):
            continue
        if run.role not in HEAD_ROLES and not run.vertical:
            foot = run.baseline_pt + (run.last - run.first - 1) * run.pitch_pt
            feet[round(run.x_pt, 3)] = max(feet[round(run.x_pt, 3)], foot)
    return list(feet.values())


def makeup_table(count: int, layouts: Sequence[str] = LAYOUTS, first: int = 0) -> None:
    print("the sample")
    for name in layouts:
        one = case((name, -1))
        print(
            f"  {name:10} {one.pages} page(s) {'exact' if one.is_exact else 'open '} K1 {one.k1:.4f} {one.cpu_s:.2f} s"
        )
    print("sixty articles")
    for seed in range(SIXTIES):
        with multiprocessing.Pool(1) as pool:
            one = pool.apply(made_up, ("tabloid", seed, newspaper(seed)))
        print(
            f"  tabloid    {one.pages} page(s) {'exact' if one.is_exact else 'open '} K1 {one.k1:.4f} K2 {one.k2}"
            f" K3 {one.k3:.1f} {one.cpu_s:.2f} s {one.peak_mb:.0f} MB"
        )
    print(f"{count} bulletins at random, of those within the envelope")
    print("  layout     within  exact   share    K1      K2  K3   K4 pt  mean s  most s  peak MB")
    for name in layouts:
        with multiprocessing.Pool(1) as pool:
            found = list(pool.imap(case, zip(repeat(name), range(first, first + count))))
        _row(name, found)


def _row(name: str, found: Iterable[Case]) -> None:
    within = [one for one in found if one.is_within]
    exact = [one for one in within if one.is_exact]
    if not exact:
        print(f"  {name:10} {len(within):6} none")
        return
    seconds = [one.cpu_s for one in within]
    print(
        f"  {name:10} {len(within):6} {len(exact):6} {len(exact) / len(within):7.3f}  {min(o.k1 for o in exact):.4f}"
        f" {sum(o.k2 for o in within):5} {max(o.k3 for o in exact):4.1f} {max(o.k4_pt for o in exact):6.3f}"
        f" {sum(seconds) / len(seconds):7.2f} {max(seconds):7.2f} {max(o.peak_mb for o in within):8.0f}"
    )
    print("             open:", ", ".join(str(one.seed) for one in within if not one.is_exact) or "none")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench_makeup", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--count", type=int, default=200, help="bulletins a layout (%(default)s)")
    parser.add_argument("--first", type=int, default=0, help="the first one's seed")
    parser.add_argument("--layouts", default=",".join(LAYOUTS))
    args = parser.parse_args()
    gc.set_threshold(GC_THRESHOLD)  # as the command does
    makeup_table(args.count, args.layouts.split(","), args.first)


if __name__ == "__main__":
    main()
