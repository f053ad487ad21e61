"""Golden pages: whole editions as they were accepted by someone who looked at them, small.

python -m tests.golden_pages           make them; those that differ go to out/ with the accepted ones beside them
python -m tests.golden_pages --accept  take what is made now as the golden pages, once you have looked at it
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.samples import CORPUS, SAMPLE, edition_of, faces_of, layout_of
from tests.specimen import GOLDEN, difference
from typeset.write.pdf import write_pdf

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = GOLDEN / "pages"
DPI = 42
MOST_DIFFERING = 0.004  # of all pixels: another version of the renderer smooths otherwise
PAGES = (
    *((SAMPLE.stem, layout) for layout in ("broadsheet", "tabloid", "a3", "a4", "magazine", "vertical")),
    ("d04", "tabloid"), ("d08", "magazine"), ("d09", "a3"), ("h09", "tabloid"), ("k04", "tabloid"),
)  # fmt: skip
"""Bulletins by their stem, with the layout of each."""


def name_of(stem: str, layout: str) -> str:
    return f"{'sample' if stem == SAMPLE.stem else stem}-{layout}.png"


def picture_of(stem: str, layout: str) -> Image:
    """All pages of an edition side by side."""
    import pypdfium2
    from PIL import Image

    path = next(path for path in (SAMPLE, *CORPUS) if path.stem == stem)
    data = write_pdf(edition_of(path, layout), faces_of(layout), layout_of(layout))
    with pypdfium2.PdfDocument(data) as pdf:
        pages = [pdf[n].render(scale=DPI / 72, grayscale=True).to_pil() for n in range(len(pdf))]
    sheet = Image.new("L", (sum(page.width for page in pages), pages[0].height), 255)
    at = 0
    for page in pages:
        sheet.paste(page, (at, 0))
        at += page.width
    return sheet


def golden(stem: str, layout: str) -> Image:
    from PIL import Image

    return Image.open(FOLDER / name_of(stem, layout))


def _write(folder: Path, name: str, picture: Image) -> None:
    data = io.BytesIO()
    picture.quantize(16).save(data, "png", optimize=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data.getvalue())


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.golden_pages", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--accept", action="store_true")
    accepts = parser.parse_args().accept
    differing = 0
    for stem, layout in PAGES:
        made = picture_of(stem, layout)
        if accepts:
            _write(FOLDER, name_of(stem, layout), made)
            continue
        share = difference(made, golden(stem, layout))
        if share > MOST_DIFFERING:
            differing += 1
            _write(Path("out"), name_of(stem, layout), made)
            _write(Path("out"), "golden-" + name_of(stem, layout), golden(stem, layout))
        print(f"{name_of(stem, layout):24} {share:.3%} of the pixels differ")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
