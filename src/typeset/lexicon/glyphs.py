"""Measure which characters look alike, on the shipped faces, and write `data/alike.txt`. For developers.

    python -m typeset.lexicon.glyphs --jieba dict.txt

A character is drawn small and blurred, as a scanner sees it; the likeness of two is the correlation
of their pictures, the mean of two faces. Simplified and Traditional characters are measured
together. Needs Pillow.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from typeset.lexicon.confusions import GRADE_STEP, LEAST_LIKENESS
from typeset.lexicon.table import DATA

FACES = ("TypesetSong.ttf", "TypesetHei.ttf")
MOST = 16
"""How many look-alikes of a character are kept."""
LEAST_STRANGE_LIKENESS = 0.55
"""A character that no text has need not be very like the one that is meant."""
SEEN_SHARE = 1e-7
COMMON_SHARE = 1e-5
"""A character is worth suggesting if it has this share of the words' characters."""
BLOCK = 500
HEADING = (
    "# Each character, then the common ones that look most like it in two of the shipped faces; measured.\n"
    "# The digit after each says how much: 0 a likeness up to 0.725, each further one 0.025 more.\n"
)
Pictures = npt.NDArray[np.float32]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jieba", type=Path, required=True)
    options.add_argument("--fonts", type=Path, default=Path("fonts"))
    chosen = options.parse_args()
    share = shares(chosen.jieba)
    chars = [char for char in repertoire() if share[char] > SEEN_SHARE]
    chars += [char for char in strange_chars() if char not in share]
    is_common = np.array([share.get(char, 0) > COMMON_SHARE for char in chars])
    faces = [_pictures(chosen.fonts / face, chars) for face in FACES]
    rows = []
    for first in range(0, len(chars), BLOCK):
        alike = np.mean([face[first : first + BLOCK] @ face.T for face in faces], axis=0)
        for row in range(len(alike)):
            at = first + row
            alike[row, at] = 0
            near = np.argsort(-np.where(is_common, alike[row], 0))[:MOST]
            least = LEAST_LIKENESS if chars[at] in share else LEAST_STRANGE_LIKENESS
            near = near[alike[row, near] >= least]
            if len(near):
                rows.append(chars[at] + "".join(chars[n] + _grade(float(alike[row, n])) for n in near))
    (DATA / "alike.txt").write_text(HEADING + "\n".join(rows) + "\n", "utf-8")


def _grade(likeness: float) -> str:
    return str(min(9, max(0, int((likeness - LEAST_LIKENESS) / GRADE_STEP))))


def repertoire() -> list[str]:
    """GB 2312, and Big5's first level, which every Traditional text keeps to."""
    return list(dict.fromkeys([*_decoded("gb2312", range(0xB0, 0xF8)), *_decoded("big5", range(0xA4, 0xC7))]))


def strange_chars() -> Iterator[str]:
    """The ideographs of Unicode's first block, which scanners give though hardly any text has them."""
    return map(chr, range(0x4E00, 0x9FA6))


def _decoded(encoding: str, leads: range) -> Iterator[str]:
    for lead in leads:
        for trail in range(0x40, 0xFF):
            char = bytes([lead, trail]).decode(encoding, "ignore")
            if len(char) == 1 and "\u4e00" <= char <= "\u9fff":
                yield char


def shares(path: Path) -> dict[str, float]:
    """How much of the words' text each character makes up; a Traditional one counts as its Simplified form."""
    count: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines():
        word, number, *_ = line.split()
        for char in word:
            count[char] += int(number)
    total = count.total()
    fold = np.load(DATA / "fold.npy")
    return {char: count[chr(int(fold[ord(char)]))] / total for char in repertoire()}


def _pictures(face: Path, chars: list[str]) -> Pictures:
    """(n, pixels): each character's picture as a vector of length 1."""
    font = ImageFont.truetype(str(face), 44)
    return np.array([_picture(char, font) for char in chars])


def _picture(char: str, font: ImageFont.FreeTypeFont) -> Pictures:
    image = Image.new("L", (48, 56), 0)
    ImageDraw.Draw(image).text((2, 0), char, 255, font)
    small = image.filter(ImageFilter.GaussianBlur(1.3)).resize((24, 28))
    values = np.asarray(small, np.float32).ravel()
    values = values - values.mean()
    unit: Pictures = values / np.float32(np.linalg.norm(values))
    return unit


if __name__ == "__main__":
    main()
