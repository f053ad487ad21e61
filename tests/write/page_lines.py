"""How many lines of a DOCX, as LibreOffice sets it, are the PDF's: same page, same characters, same place.

python -m tests.write.page_lines [--vertical] FILE.pdf FILE.docx …   prints the share of equal lines
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

FONTS = Path(__file__).resolve().parents[2] / "fonts"
WORD_FACES = {"宋体": "Typeset Song", "黑体": "Typeset Hei", "楷体": "Typeset Kai"}
"""What stands in for the editor's faces on a machine without them."""
GAP_EM = 1.45  # a wider gap parts columns, not words
REACH_PT = 2.0
VERTICAL_GAP_EM = 1.9  # from middle to middle; columns stand further apart
VERTICAL_REACH_PT = 4.5  # programs set the axis of large type otherwise


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one baseline without a wide gap, in points from the trim's lower left, without white space.

    `x_pt` is its first letter's or figure's (ideograph's, where lines run downwards): a squeezed mark's box is written in
    several ways.
    """

    page: int
    x_pt: float
    y_pt: float
    text: str


def render(office: str, files: list[Path], out: Path) -> None:
    """Convert to PDF by a LibreOffice of its own profile that knows the project's faces by Word's names."""
    names = "".join(
        f'<match target="pattern"><test name="family"><string>{word}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{face}</string></edit></match>'
        for word, face in WORD_FACES.items()
    )
    folders = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in (FONTS, "/usr/share/fonts"))
    conf = out / "fonts.conf"
    conf.write_text(f"<fontconfig>{folders}<cachedir>{out}/cache</cachedir>{names}</fontconfig>", "utf-8")
    subprocess.run(
        [office, f"-env:UserInstallation=file://{out}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(out), *map(str, files)],
        check=True, capture_output=True, timeout=300, env={"PATH": "/usr/bin:/bin", "HOME": str(out), "FONTCONFIG_FILE": str(conf)},
    )  # fmt: skip


def lines(pdf: Path, *, vertical: bool = False) -> Iterator[Line]:
    """All lines of a PDF; `vertical`: those that run downwards, each as if the page were turned by a quarter."""
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), 1):
        yield from _page_lines(number, page, vertical)


def _place(text: pdfium.FPDF_TEXTPAGE, index: int, vertical: bool) -> tuple[float, float]:
    """Where a character stands along its line and across it: its origin, or in a vertical line its box's upper edge
    and middle, since programs put the origins of vertical glyphs elsewhere."""
    if not vertical:
        x, y = pdfium.c_double(), pdfium.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        return x.value, y.value
    left, right, bottom, top = (pdfium.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return -(top.value + bottom.value) / 2, (left.value + right.value) / 2


def _page_lines(number: int, page: pypdfium2.PdfPage, vertical: bool) -> Iterator[Line]:
    text = page.get_textpage()
    left, bottom, _, top = page.get_trimbox()
    along, across = (-top, left) if vertical else (left, bottom)
    slack, gap_em = (1.0, VERTICAL_GAP_EM) if vertical else (0.7, GAP_EM)
    placed = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.isspace() or not character.isprintable():
            continue
        x, y = _place(text, index, vertical)
        size = pdfium.FPDFText_GetFontSize(text, index)
        placed.append((y - across, x - along, size, unicodedata.normalize("NFKC", character)))
    if vertical and placed:
        placed = _on_axes(placed)
    placed.sort(key=lambda one: (-one[0], one[1]))
    rows: list[list[tuple[float, float, float, str]]] = []
    for one in placed:
        if not rows or rows[-1][0][0] - one[0] > slack:
            rows.append([])
        rows[-1].append(one)
    for row in rows:
        row.sort(key=lambda one: one[1])
        start = 0
        for at in range(1, len(row) + 1):
            if at == len(row) or row[at][1] - row[at - 1][1] > gap_em * max(row[at][2], row[at - 1][2]):
                part = row[start:at]
                solid = next((one for one in part if _is_solid(one[3], vertical)), part[0])
                yield Line(number, solid[1], part[0][0], "".join(one[3] for one in part))
                start = at


def _is_solid(char: str, vertical: bool) -> bool:
    """Whether its place is the line's: in vertical lines figures are drawn by each program in its own way."""
    return "\u3400" <= char <= "\u9fff" if vertical else char.isalnum()


def _on_axes(placed: list[tuple[float, float, float, str]]) -> list[tuple[float, float, float, str]]:
    """Vertical lines' characters on the axis of the ideographs near them: marks stand in a corner, figures abreast (T50)."""
    columns = [np.array(column) for column in zip(*(one[:3] for one in placed), strict=True)]
    is_ideograph = np.array(["\u3400" <= char <= "\u9fff" for *_, char in placed])
    ys, xs, highs = (column[is_ideograph] for column in columns)
    out = []
    for y, x, size, char in placed:
        near = (np.abs(ys - y) < 0.6 * highs) & (np.abs(xs - x) < 4 * highs) & (highs < 1.8 * size)
        near &= size < 1.3 * highs
        axis = float(np.median(ys[near])) if near.any() else _middle(columns, y, x, size)
        # figures abreast keep their order along the line
        out.append((axis, x + (y - axis) * 0.2 * (not "\u3400" <= char <= "\u9fff"), size, char))
    return out


def _middle(columns: list[NDArray[np.float64]], y: float, x: float, size: float) -> float:
    """The axis of figures abreast with no ideograph near them."""
    ys, xs, _ = columns
    near = (np.abs(ys - y) < 1.2 * size) & (np.abs(xs - x) < 0.3 * size)
    return float(ys[near].min() + ys[near].max()) / 2


def equal_share(true: list[Line], shown: list[Line], reach_pt: float = REACH_PT) -> tuple[float, list[Line]]:
    """The share of the PDF's lines that stand in the other within `reach_pt`, and those that do not."""
    found: dict[tuple[int, str], list[Line]] = {}
    for line in shown:
        found.setdefault((line.page, line.text), []).append(line)
    missed = [
        line
        for line in true
        if not any(
            abs(other.x_pt - line.x_pt) <= reach_pt and abs(other.y_pt - line.y_pt) <= reach_pt
            for other in found.get((line.page, line.text), ())
        )
    ]
    return 1 - len(missed) / max(1, len(true)), missed


def main(*words: str) -> None:
    vertical = "--vertical" in words
    pdf, *files = (word for word in words if word != "--vertical")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        render("soffice", [Path(file) for file in files], out)
        for file in files:
            share, missed = equal_share(
                list(lines(Path(pdf), vertical=vertical)),
                list(lines(out / f"{Path(file).stem}.pdf", vertical=vertical)),
                VERTICAL_REACH_PT if vertical else REACH_PT,
            )
            print(f"{file}: {share:.1%} of lines equal; not: {[line.text for line in missed[:8]]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
