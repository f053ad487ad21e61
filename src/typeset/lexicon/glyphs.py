"""Measure which characters look alike, on the shipped faces, and write `data/alike.txt`. For developers.

    python -m typeset.lexicon.glyphs --jieba dict.txt

A character is drawn small and blurred, as a scanner sees it; the likeness of two is the correlation
of their pictures, the mean of two faces. Needs Pillow.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from typeset.lexicon.table import DATA

FACES = ("TypesetSong.ttf", "TypesetHei.ttf")
LEAST = 0.83
GRADE = 0.016
MOST = 8
"""How many look-alikes of a character are kept."""
SEEN_SHARE = 1e-7
COMMON_SHARE = 1e-5
"""A character is worth suggesting if it has this share of the words' characters."""
HEADING = (
    "# Each character, then the common ones that look most like it in two of the shipped faces; measured.\n"
    "# The digit after each says how much: 0 a likeness of 0.83, 9 of 0.97.\n"
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jieba", type=Path, required=True)
    options.add_argument("--fonts", type=Path, default=Path("fonts"))
    chosen = options.parse_args()
    share = _shares(chosen.jieba)
    chars = [char for char in _gb2312() if share[char] > SEEN_SHARE]
    alike = np.mean([_likeness(chosen.fonts / face, chars) for face in FACES], axis=0)
    np.fill_diagonal(alike, 0)
    rows = []
    for at, char in enumerate(chars):
        near = [
            n for n in np.argsort(-alike[at])[:25] if alike[at, n] > LEAST and share[chars[n]] > COMMON_SHARE
        ]
        if near:
            rows.append(char + "".join(chars[n] + _grade(float(alike[at, n])) for n in near[:MOST]))
    (DATA / "alike.txt").write_text(HEADING + "\n".join(rows) + "\n", "utf-8")


def _grade(likeness: float) -> str:
    return str(min(9, int((likeness - LEAST) / GRADE)))


def _gb2312() -> list[str]:
    codes = (bytes([a, b]) for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF))
    return [char for code in codes if (char := code.decode("gb2312", "ignore"))]


def _shares(path: Path) -> dict[str, float]:
    """How much of the words' text each character makes up."""
    count: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines():
        word, number, *_ = line.split()
        for char in word:
            count[char] += int(number)
    total = count.total()
    return {char: count[char] / total for char in _gb2312()}


def _likeness(face: Path, chars: list[str]) -> npt.NDArray[np.float32]:
    """(n, n) correlations of the characters' pictures in one face."""
    font = ImageFont.truetype(str(face), 44)
    pictures = np.array([_picture(char, font) for char in chars])
    alike: npt.NDArray[np.float32] = pictures @ pictures.T
    return alike


def _picture(char: str, font: ImageFont.FreeTypeFont) -> npt.NDArray[np.float32]:
    image = Image.new("L", (48, 56), 0)
    ImageDraw.Draw(image).text((2, 0), char, 255, font)
    small = image.filter(ImageFilter.GaussianBlur(1.3)).resize((24, 28))
    values = np.asarray(small, np.float32).ravel()
    values = values - values.mean()
    unit: npt.NDArray[np.float32] = values / np.float32(np.linalg.norm(values))
    return unit


if __name__ == "__main__":
    main()
