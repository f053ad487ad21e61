"""Faces by role with their fallbacks (T60), and the glyph that each character takes in its place.

In: code points and a role. Out: `Looked`: face, glyph and advance of each. Characters are looked up
once per role and remembered in a table, so that a long text costs one array index.
"""

from __future__ import annotations

import difflib
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
FULL_EM = 0.98
TOFU = 0x3013  # 〓
EMPTY_GLYPH_OF = 0x20
# drawn with the half-width twin's glyph (T30); the text layer keeps the source's own character
SHAPED_AS = {
    **{c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    0xFF05: 0x25, 0x00A0: 0x20, 0x3000: 0x20, 0x2002: 0x20, 0x2003: 0x20, 0x2009: 0x20, 0x0009: 0x20,
}  # fmt: skip
_IGNORABLE = ((0x00AD, 0x00AD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F),
              (0xFEFF, 0xFEFF), (0xE0000, 0xE0FFF))  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """Arrays of the shape of the code points; `face` indexes the face set, `missing`: shown as 〓."""

    face: NDArray[np.int16]
    glyph: NDArray[np.int32]
    advance_em: NDArray[np.float64]
    missing: NDArray[np.bool_]


class _Table:
    """What is known so far of one role's characters, sorted by code point."""

    def __init__(self) -> None:
        self.codes = np.empty(0, np.uint32)
        self.face = np.empty(0, np.int16)
        self.glyph = np.empty(0, np.int32)
        self.advance = np.empty(0, np.float64)
        self.missing = np.empty(0, np.bool_)


class FaceSet:
    """The faces of a layout. `faces` is the tuple that the writers embed from."""

    def __init__(self, roles: Mapping[str, Sequence[Path]]) -> None:
        paths = list(dict.fromkeys(path for chain in roles.values() for path in chain))
        self.faces: tuple[Face, ...] = tuple(open_face(path) for path in paths)
        self._chains = {role: [paths.index(path) for path in chain] for role, chain in roles.items()}
        self._tables: dict[tuple[str, bool], _Table] = {}

    @classmethod
    def of(cls, layout: Layout) -> FaceSet:
        """The faces that a layout names. Raises TypesetError for one that isn't there."""
        near = Path(layout.file).parent
        return cls({
            role: [find_font(name, near) for name in (spec.file, *spec.fallback)] for role, spec in layout.faces.items()
        })  # fmt: skip

    def lookup(
        self, role: str, codes: NDArray[np.uint32], western: NDArray[np.bool_] | None = None
    ) -> Looked:
        """Face, glyph and advance of each character; `western` marks those that take their narrow form."""
        looked = self._look(role, codes, False)
        if western is None or not western.any():
            return looked
        narrow = self._look(role, codes[western], True)
        for all_, some in zip(
            (looked.face, looked.glyph, looked.advance_em, looked.missing),
            (narrow.face, narrow.glyph, narrow.advance_em, narrow.missing),
            strict=True,
        ):
            all_[western] = some
        return looked

    def _look(self, role: str, codes: NDArray[np.uint32], western: bool) -> Looked:
        table = self._tables.setdefault((role, western), _Table())
        at = np.searchsorted(table.codes, codes)
        known = (at < len(table.codes)) & (table.codes[np.minimum(at, len(table.codes) - 1)] == codes) if len(table.codes) else np.zeros(len(codes), bool)  # noqa: E501
        if not known.all():
            self._learn(table, role, np.unique(codes[~known]), western)
            at = np.searchsorted(table.codes, codes)
        return Looked(table.face[at], table.glyph[at], table.advance[at], table.missing[at])

    def _learn(self, table: _Table, role: str, new: NDArray[np.uint32], western: bool) -> None:
        chain = self._chains[role]
        face = np.full(len(new), -1, np.int16)
        glyph = np.zeros(len(new), np.int32)
        drawn = np.array([SHAPED_AS.get(c, c) for c in new.tolist()], np.uint32)
        empty = np.zeros(len(new), bool)
        for first, last in _IGNORABLE:
            empty |= (new >= first) & (new <= last)
        drawn[empty] = EMPTY_GLYPH_OF
        for index in chain:
            open_ = face < 0
            found = self.faces[index].glyphs(drawn)
            take = open_ & (found > 0)
            face[take], glyph[take] = index, found[take]
        missing = face < 0
        if missing.any():
            tofu = np.array([TOFU], np.uint32)
            index = next((i for i in chain if self.faces[i].glyphs(tofu)[0]), chain[0])
            face[missing], glyph[missing] = index, self.faces[index].glyphs(tofu)[0]
        for n, code in enumerate(new.tolist()):
            if chr(code) in FULL_WIDTH_MARKS and not missing[n]:
                face[n], glyph[n] = self._mark(chain, chr(code), western, int(face[n]), int(glyph[n]))
        advance = np.zeros(len(new))
        for index in set(face.tolist()):
            mine = face == index
            advance[mine] = self.faces[index].advances_em(glyph[mine])
        advance[empty] = 0.0
        codes = np.concatenate((table.codes, new))
        order = np.argsort(codes, kind="stable")
        table.codes = codes[order]
        table.face = np.concatenate((table.face, face))[order]
        table.glyph = np.concatenate((table.glyph, glyph))[order]
        table.advance = np.concatenate((table.advance, advance))[order]
        table.missing = np.concatenate((table.missing, missing))[order]

    def _mark(self, chain: list[int], char: str, western: bool, face: int, glyph: int) -> tuple[int, int]:
        """A mark's full-width form from the first face that has one, or its narrow form in western text."""
        code = np.array([ord(char)], np.uint32)
        for index in chain:
            candidate = self.faces[index]
            plain = int(candidate.glyphs(code)[0])
            if not plain:
                continue
            if western:
                return index, candidate.feature_glyph(char, "pwid")
            for found in (plain, candidate.feature_glyph(char, "fwid")):
                if float(candidate.advances_em(np.array([found], np.int32))[0]) >= FULL_EM:
                    return index, found
        return face, glyph


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
    close = difflib.get_close_matches(name, names, 1)
    raise TypesetError(
        Words(f"no font {name}", f"没有字体 {name}"),
        Words(
            f"did you mean {close[0]}?" if close else "give its path in the layout's `faces`; `typeset fonts` lists the shipped ones",
            f"是不是 {close[0]}？" if close else "请在版式文件 faces 里写出路径；`typeset fonts` 列出自带字体",
        ),
    )
