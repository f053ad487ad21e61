"""Rebuild the five faces of this folder from their packages.

    python fonts/build.py [--from DIR] [--to DIR]

Fetches the packages with `npm pack` and `apt-get download` into a temporary folder, or takes the
package files that lie in DIR; either way their SHA-256 must be the one recorded here. Cuts each face
to GBK ∪ Big5 and what Chinese pages need besides, drops hinting, gives it a name of its own (the OFL
reserves the old ones), and fills what a face lacks of GBK ∪ Big5: the Noto faces from their own
glyphs, the Kai from the Song. The same packages give the same bytes; SHA256SUMS records them.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent


class Package(NamedTuple):
    """A package as its manager names it, its file with the SHA-256, and its licence's file here."""

    spec: str
    file: str
    sha256: str
    licence: str


SERIF = Package(
    "@expo-google-fonts/noto-serif-sc@0.4.3",
    "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
    "NotoSerifSC.OFL.txt",
)
SANS = Package(
    "@expo-google-fonts/noto-sans-sc@0.4.3",
    "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    "NotoSansSC.OFL.txt",
)
WENKAI = Package(
    "fonts-lxgw-wenkai=1.250+repack-1",
    "fonts-lxgw-wenkai_1.250+repack-1_all.deb",
    "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
    "LXGWWenKai.OFL.txt",
)
# family, Chinese family, package, member; the Kai comes last, for it takes from the Song
FACES = (
    ("Typeset Song", "铅字宋", SERIF, "400Regular/NotoSerifSC_400Regular.ttf"),
    ("Typeset Hei", "铅字黑", SANS, "500Medium/NotoSansSC_500Medium.ttf"),
    ("Typeset Song Heavy", "铅字粗宋", SERIF, "900Black/NotoSerifSC_900Black.ttf"),
    ("Typeset Hei Bold", "铅字粗黑", SANS, "700Bold/NotoSansSC_700Bold.ttf"),
    ("Typeset Kai", "铅字楷", WENKAI, "LXGWWenKai-Regular.ttf"),
)
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x1F8, 0x1F9), (0x251, 0x251), (0x261, 0x261),
    (0x2C6, 0x2DD), (0x300, 0x45F), (0x1E3E, 0x1E3F), (0x2000, 0x206F), (0x2070, 0x20BF), (0x2100, 0x218F),
    (0x2190, 0x232A), (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2600, 0x27BF),
    (0x2E80, 0x2FDF), (0x3000, 0x30FF), (0x3100, 0x312F), (0x31A0, 0x31BF), (0x31F0, 0x33FF),
    (0xFE10, 0xFE6F), (0xFF00, 0xFFEF),
)  # fmt: skip
FEATURES = ["vert", "vrt2", "fwid", "pwid", "halt", "vhal", "palt", "vpal", "hwid", "ccmp", "kern", "mark",
            "mkmk"]  # fmt: skip


def two_byte_characters(encoding: str) -> set[int]:
    """All characters of a double-byte encoding, private use left out."""
    out: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                out.update(map(ord, bytes((lead, trail)).decode(encoding)))
            except UnicodeDecodeError:
                continue
    return {code for code in out if not 0xE000 <= code <= 0xF8FF}


def required() -> set[int]:
    return two_byte_characters("gbk") | two_byte_characters("big5")


def fetch(package: Package, folder: Path, given: Path | None) -> Path:
    """The package's file, from the folder of packages or downloaded, with the bytes recorded here."""
    path = (given or folder) / package.file
    if given is None:
        npm = package.spec.startswith("@")
        command = ["npm", "pack", package.spec] if npm else ["apt-get", "download", package.spec]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    if not path.is_file():
        sys.exit(f"{path}: no such package file; expected {package.spec}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        sys.exit(f"{path}: SHA-256 is {found}, expected {package.sha256} ({package.spec})")
    return path


def members(package_file: Path, folder: Path) -> dict[str, bytes]:
    """Fonts and licences of a package by their path's end."""
    out: dict[str, bytes] = {}
    if package_file.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", package_file, folder / "deb"], check=True)
        for path in sorted((folder / "deb").rglob("*")):
            if path.is_file():
                out[path.name] = path.read_bytes()
        return out
    with tarfile.open(package_file) as tar:
        for member in tar:
            if member.isfile() and member.name.endswith((".ttf", "LICENSE_FONT")):
                handle = tar.extractfile(member)
                assert handle is not None
                out[member.name.removeprefix("package/")] = handle.read()
    return out


def cut(data: bytes, codes: set[int]) -> bytes:
    face = hb.Face(data)
    plan = hb.SubsetInput()
    plan.sets(hb.SubsetInputSets.UNICODE).set(codes)
    tags = plan.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    tags.clear()
    tags.update({int.from_bytes(tag.encode(), "big") for tag in FEATURES})
    plan.flags = hb.SubsetFlags.NO_HINTING
    return bytes(hb.subset(face, plan).blob.data)


def assign(font: TTFont, code: int, name: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14 and (code < 0x10000 or table.format == 12):
            table.cmap[code] = name


def add(font: TTFont, code: int, pen: TTGlyphPen, width: int) -> None:
    """A new glyph for a character; its vertical origin is where the face's others have theirs."""
    name = f"uni{code:04X}.add"
    glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    order = [*font.getGlyphOrder(), name]
    font["glyf"].glyphs[name] = glyph
    font["hmtx"][name] = (width, glyph.xMin)
    model = font.getBestCmap()[ord("中")]
    origin = font["vmtx"][model][1] + font["glyf"][model].yMax
    font["vmtx"][name] = (font["vmtx"][model][0], origin - glyph.yMax)
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    assign(font, code, name)


# what the Noto faces lack of GBK ∪ Big5 and have under another code point: no foreign outline is needed
TWINS = {0x02CD: 0xFF3F, 0x203E: 0xFFE3, 0x223C: 0xFF5E}  # ˍ ＿, ‾ ￣, ∼ ～
DOT_CLEARANCE = 60  # thousandths of an em between the bars of ≒ and its dots


def complete_noto(font: TTFont) -> list[int]:
    """Give a Noto face ˍ ‾ ∼ as other names of what it has, and ≒ as its own ＝ with the dots of its ÷."""
    own = font.getBestCmap()
    for code, twin in TWINS.items():
        assign(font, code, own[twin])
    bars, dots = contours(font, own[ord("＝")]), contours(font, own[ord("÷")])
    left, right = min(x for bar in bars for x, _ in bar), max(x for bar in bars for x, _ in bar)
    low, high = min(y for bar in bars for _, y in bar), max(y for bar in bars for _, y in bar)
    inset = (right - left) // 12
    upper = max(dots, key=lambda dot: min(y for _, y in dot))
    under = min(dots, key=lambda dot: max(y for _, y in dot))
    glyphs = font.getGlyphSet()
    pen = TTGlyphPen(None)
    glyphs[own[ord("＝")]].draw(pen)
    up = (left + inset - min(x for x, _ in upper), high + DOT_CLEARANCE - min(y for _, y in upper))
    down = (right - inset - max(x for x, _ in under), low - DOT_CLEARANCE - max(y for _, y in under))
    record = DecomposingRecordingPen(glyphs)
    glyphs[own[ord("÷")]].draw(record)
    for dot, move in ((upper, up), (under, down)):
        draw_contour(record, dots.index(dot), TransformPen(pen, (1, 0, 0, 1, *move)))
    add(font, 0x2252, pen, font["hmtx"][own[ord("＝")]][0])
    return [*TWINS, 0x2252]


def contours(font: TTFont, name: str) -> list[list[tuple[int, int]]]:
    """A glyph's contours as lists of points."""
    points, ends, _ = font["glyf"][name].getCoordinates(font["glyf"])
    starts = [0, *(end + 1 for end in ends)]
    return [list(points[a:b]) for a, b in pairwise(starts)]


def draw_contour(record: DecomposingRecordingPen, number: int, pen: TransformPen) -> None:
    """Replay the one contour of that number."""
    at = -1
    for operator, operands in record.value:
        at += operator == "moveTo" or (operator == "qCurveTo" and operands[-1] is None)
        if at == number:
            getattr(pen, operator)(*operands)


def complete(font: TTFont, sibling: TTFont, codes: set[int]) -> list[int]:
    """Add outlines of missing characters from the sibling, at this font's scale."""
    own, other = font.getBestCmap(), sibling.getBestCmap()
    added = sorted(code for code in codes - set(own) if code in other)
    scale = font["head"].unitsPerEm / sibling["head"].unitsPerEm
    glyphs = sibling.getGlyphSet()
    for code in added:
        record = DecomposingRecordingPen(glyphs)
        glyphs[other[code]].draw(record)
        pen = TTGlyphPen(None)
        record.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        add(font, code, pen, round(sibling["hmtx"][other[code]][0] * scale))
    return added


def notices(data: bytes) -> dict[int, str]:
    """A font file's copyright, licence and the licence's address (name records 0, 13, 14), in English."""
    table = TTFont(io.BytesIO(data), lazy=True)["name"]
    return {n: "\n".join(str(table.getName(n, 3, 1, 0x409)).splitlines()) for n in (0, 13, 14)}


def rename(font: TTFont, family: str, chinese: str, kept: dict[int, str]) -> None:
    table = font["name"]
    table.names = []
    postscript = family.replace(" ", "") + "-Regular"
    names = {
        **kept,
        1: family,
        2: "Regular",
        3: f"1.0;{postscript}",
        4: family,
        5: "Version 1.0",
        6: postscript,
    }
    for name_id, text in sorted(names.items()):
        table.setName(text, name_id, 3, 1, 0x409)
    for name_id in (1, 4):
        table.setName(chinese, name_id, 3, 1, 0x804)
    font["OS/2"].fsSelection = 0x40
    font["OS/2"].achVendID = "    "
    font["head"].macStyle = 0
    font["head"].modified = font["head"].created = 3_786_912_000


def licence_text(files: dict[str, bytes], copyright_: str) -> str:
    """The licence under the font's own copyright line; of Debian's file only the OFL, as it is published."""
    if "LICENSE_FONT" in files:
        text = "\n".join(line.rstrip() for line in files["LICENSE_FONT"].decode().splitlines()).strip()
        holder = copyright_.removeprefix("(c)").strip().rstrip(".")
        return f"{text}\n" if holder in text else f"{copyright_}\n\n{text}\n"
    lines = files["copyright"].decode().split("License: OFL-1.1\n")[-1].split("\n\nLicense:")[0].splitlines()
    text = "\n".join("" if line.strip() == "." else line.removeprefix(" ") for line in lines).strip()
    own, *others = copyright_.splitlines()
    heads = (f'{own}, with Reserved Font Names "霞鹜" and "LXGW"', *others)
    foreword = (
        "This Font Software is licensed under the SIL Open Font License, Version 1.1.\n"
        "This license is copied below, and is also available with a FAQ at:\nhttps://scripts.sil.org/OFL"
    )
    return "\n".join(heads) + f"\n\n{foreword}\n\n{text}\n"


def build(given: Path | None, to: Path) -> None:
    codes = required()
    wanted = codes | {c for first, last in RANGES for c in range(first, last + 1)}
    made: dict[str, bytes] = {}
    song: TTFont | None = None
    with tempfile.TemporaryDirectory() as temporary:
        packages: dict[Package, dict[str, bytes]] = {}
        for family, chinese, package, member in FACES:
            output = family.replace(" ", "")
            folder = Path(temporary) / str(len(packages))
            if package not in packages:
                folder.mkdir()
                packages[package] = members(fetch(package, folder, given), folder)
            files = packages[package]
            font = TTFont(io.BytesIO(cut(files[member], wanted)), recalcTimestamp=False)
            kept = notices(files[member])
            made[package.licence] = licence_text(files, kept[0]).encode()
            if package is WENKAI:
                assert song is not None
                added = complete(font, song, codes)
                origin = "".join(map(chr, added)) + " from Noto Serif SC"
                kept[0] += f"\n{origin}: {notices(packages[SERIF][FACES[0][3]])[0]}"
                kept[13] = f"{kept[13].rstrip('.')}. The outlines of {origin} are under the same license."
            else:
                added = complete_noto(font)
            rename(font, family, chinese, kept)
            for tag in ("DSIG", "STAT", "BASE", "gasp", "meta"):
                if tag in font:
                    del font[tag]
            font["post"].formatType = 3.0
            missing = codes - set(font.getBestCmap())
            if missing:
                sys.exit(f"{output} lacks {''.join(map(chr, sorted(missing)))}")
            data = io.BytesIO()
            font.save(data)
            made[f"{output}.ttf"] = data.getvalue()
            song = song or TTFont(io.BytesIO(data.getvalue()), recalcTimestamp=False)
            print(f"{output}: {len(data.getvalue()) / 1e6:.1f} MB, added {''.join(map(chr, added))}")
    made["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(made.items())
    ).encode()
    to.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (to / f"{name}.part").write_bytes(content)
        (to / f"{name}.part").replace(to / name)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    arguments.add_argument("--from", dest="given", type=Path, help="folder with the package files")
    arguments.add_argument("--to", type=Path, default=HERE, help="folder to write to (this one)")
    options = arguments.parse_args()
    build(options.given, options.to)
