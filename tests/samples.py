"""Shared builders: layouts, faces, bulletins and editions made once; paragraphs set at a measure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from typeset.compose.breaks import Lines, settings_of, within
from typeset.compose.copy import Copy, prepare_copy
from typeset.compose.justify import set_paragraphs
from typeset.fonts.faces import FaceSet
from typeset.makeup.commit import make_up
from typeset.model.bulletin import Bulletin
from typeset.model.edition import Edition, LineRun, SetText
from typeset.model.layout import HOUSE_RULES, CompositionSpec, Layout
from typeset.pipeline import issue_line, read_bulletin
from typeset.read.layout import find_layout, read_layout

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "seeds" / "lilun-2023-11.txt"
CORPUS = tuple(sorted((ROOT / "tests" / "corpus").glob("*.txt")))
BULLETINS = (SAMPLE, *CORPUS)
LAYOUTS = ("tabloid", "a4")


@cache
def layout_of(name: str = "tabloid") -> Layout:
    return read_layout(find_layout(name))


@cache
def faces_of(name: str = "tabloid") -> FaceSet:
    return FaceSet.of(layout_of(name))


@cache
def bulletin_of(path: Path = SAMPLE) -> Bulletin:
    return read_bulletin(path)


@cache
def edition_of(path: Path = SAMPLE, name: str = "tabloid") -> Edition:
    bulletin, layout = bulletin_of(path), layout_of(name)
    return make_up(bulletin, layout, faces_of(name), issue_line(bulletin, layout, None, None, None))


def solid(text: str) -> str:
    """The text without white space, which a page may set or drop."""
    return "".join(text.split())


@dataclass(frozen=True, eq=False)
class Setting:
    """A paragraph set at a measure: its copy, its line ends and the arrays that the writers see."""

    copy: Copy
    ends: Lines
    measure_em: float
    done: SetText

    @property
    def lines(self) -> list[str]:
        """The characters that each line shows, spaces at its ends left out."""
        spans = zip(self.done.starts.tolist(), self.done.ends.tolist(), strict=True)
        return [self.copy.text[start:end] for start, end in spans]

    @property
    def text(self) -> str:
        return self.copy.text

    def gaps_em(self, line: int) -> NDArray[np.float64]:
        """From each character's left edge to the next one's, within one line."""
        start, end = int(self.done.starts[line]), int(self.done.ends[line])
        edges = np.append(self.done.x_em[start:end], self.done.width_em[line])
        return np.diff(edges)


Which = Literal["best", "fewest", "most"]
WHICH: tuple[Which, ...] = ("best", "fewest", "most")


def set_one(
    text: str, measure_em: float, indent_em: float = 0.0, which: Which = "best", role: str = "song",
    rules: CompositionSpec = HOUSE_RULES,
) -> Setting:  # fmt: skip
    """Compose one paragraph, justified, at its best, fewest or most lines."""
    copy = prepare_copy([text], role, faces_of(), rules=rules)
    found = settings_of(copy, measure_em, [indent_em])[0]
    ends = {"best": found.best, "fewest": found.by_count[0], "most": found.by_count[-1]}[which].lines
    indent_em = within(indent_em, measure_em)
    return Setting(copy, ends, measure_em, set_paragraphs(copy, [ends], measure_em, [indent_em]))


def widths_em(text: str, role: str = "song", display: bool = False) -> list[float]:
    """Natural widths of boxes with the gaps after them."""
    copy = prepare_copy([text], role, faces_of(), display=display)
    return [round(float(w), 3) for w in copy.box_em + copy.gap_em]


def line_runs(edition: Edition) -> list[tuple[int, LineRun]]:
    """(page index, run) of every run in frames, in reading order."""
    return [(n, run) for n, page in enumerate(edition.pages) for frame in page.frames for run in frame.runs]
