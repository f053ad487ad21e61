"""Faces by role with their fallbacks (T60), and the glyph that each character takes in its place.

In: code points and a role. Out: `Looked`: face, glyph and advance of each. Characters are looked up
once per role and remembered in arrays by code point, so that a long text costs four array indices.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from typeset.fonts.face import Face, open_face
from typeset.model.findings import TypesetError, Words
from typeset.model.layout import Layout

# set full width in Chinese, whatever the face's default glyph is (fonts.md, traps)
FULL_WIDTH_MARKS = "—…“”‘’·"
# of these, what may come from another face where the role's own has no full-width form; · is ½ em anyhow
BORROWED_MARKS = "—…“”‘’"
FULL_EM = 0.98
TOFU = 0x3013  # 〓
EMPTY_GLYPH_OF = 0x20
# drawn with the half-width twin's glyph (T30); the text layer keeps the source's own character.
# ／ is no twin: the solidus keeps its full-width form, in ½ em
_TWINNED = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF0B, 0xFF0D)
_SPACES = (0x0009, 0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
SHAPED_AS = {**{code: code - 0xFEE0 for code in _TWINNED}, **dict.fromkeys(_SPACES, 0x20)}
# Default_Ignorable_Code_Point of Unicode 15, and the line and paragraph separators: nothing to draw
_IGNORABLE = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
_CODES = 0x110000
VERTICAL_QUOTES = {0x201C: 0xFE43, 0x201D: 0xFE44, 0x2018: 0xFE41, 0x2019: 0xFE42}
"""“ ” ‘ ’ are ﹃ ﹄ ﹁ ﹂ in vertical text (GB/T 15834-2011 5.2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """Arrays of the shape of the code points; `face` indexes the face set, `missing`: shown as 〓."""

    face: NDArray[np.int16]
    glyph: NDArray[np.int32]
    advance_em: NDArray[np.float64]
    missing: NDArray[np.bool_]


class _Table:
    """What is known so far of one role's characters, by code point; `face` is 1 + its index, 0 where unknown.

    15 MB of zeros that the system hands out when they are touched: some 100 kB for a Chinese text.
    """

    def __init__(self) -> None:
        self.face = np.zeros(_CODES, np.int16)
        self.glyph = np.zeros(_CODES, np.int32)
        self.advance = np.zeros(_CODES, np.float64)
        self.missing = np.zeros(_CODES, np.bool_)


class FaceSet:
    """The faces of a layout. `faces` is the tuple that the writers embed from."""

    def __init__(self, roles: Mapping[str, Sequence[Path]]) -> None:
        paths = list(dict.fromkeys(path for chain in roles.values() for path in chain))
        self.faces: tuple[Face, ...] = tuple(open_face(path) for path in paths)
        self._chains = {role: [paths.index(path) for path in chain] for role, chain in roles.items()}
        self._tables: dict[tuple[str, str], _Table] = {}

    @classmethod
    def of(cls, layout: Layout) -> FaceSet:
        """The faces that a layout names. Raises TypesetError for one that isn't there."""
        near = Path(layout.file).parent
        roles = {
            role: [find_font(name, near) for name in (spec.file, *spec.fallback)]
            for role, spec in layout.faces.items()
        }
        return cls(roles)

    def lookup(
        self, role: str, codes: NDArray[np.uint32], western: NDArray[np.bool_] | None = None,
        upright: NDArray[np.bool_] | None = None,
    ) -> Looked:  # fmt: skip
        """Face, glyph and advance of each character; `western` marks those that take their narrow form,
        `upright` those that stand upright in vertical text, whose advance is the vertical one."""
        looked = self._look(role, codes, "plain")
        for which, form in ((western, "western"), (upright, "upright")):
            if which is not None and which.any():
                other = self._look(role, codes[which], form)
                looked.face[which], looked.glyph[which] = other.face, other.glyph
                looked.advance_em[which], looked.missing[which] = other.advance_em, other.missing
        return looked

    def _look(self, role: str, codes: NDArray[np.uint32], form: str) -> Looked:
        table = self._tables.get((role, form))
        if table is None:
            table = self._tables[role, form] = _Table()
        face = table.face[codes]
        if not face.all():
            new = np.zeros(_CODES, np.bool_)
            new[codes[face == 0]] = True
            self._learn(table, role, np.flatnonzero(new).astype(np.uint32), form)
            face = table.face[codes]
        face -= 1
        return Looked(face, table.glyph[codes], table.advance[codes], table.missing[codes])

    def _learn(self, table: _Table, role: str, new: NDArray[np.uint32], form: str) -> None:
        chain = self._chains[role]
        face = np.full(len(new), -1, np.int16)
        glyph = np.zeros(len(new), np.int32)
        shapes = SHAPED_AS | VERTICAL_QUOTES if form == "upright" else SHAPED_AS
        drawn = np.array([shapes.get(code, code) for code in new.tolist()], np.uint32)
        empty = np.zeros(len(new), bool)
        for first, last in _IGNORABLE:
            empty |= (new >= first) & (new <= last)
        drawn[empty] = EMPTY_GLYPH_OF
        for index in chain:
            found = self.faces[index].glyphs(drawn)
            take = (face < 0) & (found > 0)
            face[take], glyph[take] = index, found[take]
        missing = face < 0
        if missing.any():
            face[missing], glyph[missing] = self._tofu(chain)
        missing &= ~empty
        for n, code in enumerate(new.tolist()):
            if chr(code) in FULL_WIDTH_MARKS and form != "upright" and not missing[n]:
                face[n], glyph[n] = self._mark(
                    chain, chr(code), form == "western", int(face[n]), int(glyph[n])
                )
        if form == "upright":
            for n in np.nonzero(~missing & ~_is_ideograph(drawn))[0].tolist():
                glyph[n] = self.faces[face[n]].vertical_glyph(chr(int(drawn[n])), int(glyph[n]))
        advance = np.zeros(len(new))
        for index in set(face.tolist()):
            mine = face == index
            advance[mine] = self.faces[index].advances_em(glyph[mine])
        if form == "upright":
            advance[:] = 1.0
        combining = [unicodedata.category(chr(code)) in ("Mn", "Me") for code in new.tolist()]
        advance[empty | (np.array(combining, bool) & ~missing)] = 0.0
        table.face[new], table.glyph[new] = face + 1, glyph
        table.advance[new], table.missing[new] = advance, missing

    def _tofu(self, chain: list[int]) -> tuple[int, int]:
        """〓 from the role's own faces, or from any face of the set; .notdef if none has it (T60)."""
        code = np.array([TOFU], np.uint32)
        for index in (*chain, *range(len(self.faces))):
            glyph = int(self.faces[index].glyphs(code)[0])
            if glyph:
                return index, glyph
        return chain[0], 0

    def _mark(self, chain: list[int], char: str, western: bool, face: int, glyph: int) -> tuple[int, int]:
        """A mark's full-width form from the first face that has one, or its narrow form in western text.

        `face` and `glyph` are the plain form; they stay where there is no other. Only the first face that
        has a · is asked for its full-width form: a narrow one in the text's own style does as well.
        """
        if western:
            return face, self.faces[face].feature_glyph(char, "pwid")
        code = np.array([ord(char)], np.uint32)
        for index in chain if char in BORROWED_MARKS else (face,):
            candidate = self.faces[index]
            plain = int(candidate.glyphs(code)[0])
            if not plain:
                continue
            for found in (plain, candidate.feature_glyph(char, "fwid")):
                if float(candidate.advances_em(np.array([found], np.int32))[0]) >= FULL_EM:
                    return index, found
        return face, glyph


def _is_ideograph(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Han that stands the same in either direction."""
    return ((codes >= 0x3400) & (codes <= 0x9FFF)) | (codes >= 0x20000)


def fonts_folder() -> Path:
    """Where the shipped fonts are: beside the installed package, or at the repository's top."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "data" / "fonts"
    return installed if installed.is_dir() else package.parent.parent / "fonts"


def shipped_fonts() -> list[Path]:
    return sorted(fonts_folder().glob("*.ttf"))


def find_font(name: str, near: Path | None = None) -> Path:
    """A font by path (from the layout's folder) or by its shipped name. Raises TypesetError."""
    for path in (near / name if near is not None else None, fonts_folder() / name, Path(name)):
        if path is not None and path.is_file():
            return path.resolve()
    names = [path.name for path in shipped_fonts()]
    next_step = Words(
        "give its path in the layout's `faces`; `typeset fonts` lists the shipped ones",
        "请在版式文件 faces 里写出路径；`typeset fonts` 列出自带字体",
    )
    for close in difflib.get_close_matches(name, names, 1):
        next_step = Words(f"did you mean {close}?", f"是不是 {close}？")
    raise TypesetError(Words(f"no font {name}", f"没有字体 {name}"), next_step)
