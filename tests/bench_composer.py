"""`python -m tests.bench --composer`: characters a second that the composer sets on one core, and Typst's whole time.

Targets of the issue: 1.5 million characters a second at one tightness, all counts of lines in at most 2.5 times that.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.bench import ROOT, SAMPLE, run
from tests.bench_typst import MARKUP, TYPST_RUN, escaped
from tests.samples import BULLETINS, bulletin_of, faces_of
from typeset.compose.breaks import settings_of
from typeset.compose.copy import prepare_copy
from typeset.compose.justify import set_paragraphs
from typeset.fonts.face import open_face
from typeset.fonts.faces import find_font

COMPOSED = (("sample", 1), ("sample", 40), ("corpus", 1), ("corpus", 10))
MEASURES_EM = (11.0, 14.0, 20.0, 30.0, 40.0)
_TYPST_LINES = """\
#set page(width: {width}pt, height: auto, margin: 0pt)
#set text(font: "{family}", size: 10pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
"""


def compose_table(turns: int, with_typst: bool) -> None:
    """The composer alone on one core: paragraphs to flush lines at one tightness, and with the best setting at every
    count of lines; processor time, the best of so many turns. Typst's whole time is a fresh process on the same
    paragraphs at the same measure, fonts and PDF included."""

    def texts(name: str, times: int) -> list[str]:
        paths = (SAMPLE,) if name == "sample" else BULLETINS
        return [
            b.text for p in paths for a in bulletin_of(p).articles for b in a.body if b.type == "para"
        ] * times

    def composed(paragraphs: list[str], measure: float, variants: bool) -> float:
        began = time.process_time()
        copy = prepare_copy(paragraphs, "song", faces_of())
        indents = [2.0] * len(paragraphs)
        found = settings_of(copy, measure, indents, variants)
        set_paragraphs(copy, [s.best.lines for s in found], measure, indents)
        return time.process_time() - began

    heads = ("characters", "measure", "ms", "Mchar/s", "variants", "Typst s", "/ Typst")
    print(f"{'composer':<12}" + "".join(f"{h:>12}" for h in heads))
    for name, times in COMPOSED:
        paragraphs = texts(name, times)
        size = sum(map(len, paragraphs))
        for measure in MEASURES_EM:
            one, three = (
                min(composed(paragraphs, measure, variants) for _ in range(turns))
                for variants in (False, True)
            )
            typst = _typst_lines(paragraphs, measure) if with_typst and measure == MEASURES_EM[1] else None
            beside = f"{typst:>12.2f}{one / typst:>12.3f}" if typst else ""
            print(
                f"{name + f' {times}×':<12}{size:>12}{measure:>12g}{1000 * one:>12.1f}{size / one / 1e6:>12.2f}"
                f"{three / one:>12.2f}{beside}"
            )


def _typst_lines(paragraphs: list[str], measure_em: float) -> float | None:
    """Typst's wall time from start to exit on the paragraphs, or None where it fails."""

    family = open_face(find_font("TypesetSong.ttf")).family
    source = _TYPST_LINES.format(width=10 * measure_em, family=family) + "\n\n".join(map(escaped, paragraphs))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / MARKUP
        path.write_text(source, encoding="utf-8")
        done = run([sys.executable, "-c", TYPST_RUN, str(path), str(ROOT / "fonts")], Path(folder), 120)
    return None if done.failure else done.wall_s
