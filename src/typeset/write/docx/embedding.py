"""The layout's own faces within the DOCX, for machines that lack them (ISO 29500-1 17.8.1, obfuscated fonts).

In: a layout, the characters of its articles. Out: the layout with its faces under their own names, and each face cut to
GB 2312 and those characters: with no more than the used ones the editor's first new character would be missing. What
forbids embedding (OS/2 fsType) or has cubic outlines, which Word does not embed, stays out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import uharfbuzz as hb
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from typeset.fonts.face import Face, open_face
from typeset.fonts.faces import find_font
from typeset.model.layout import Layout
from typeset.write.docx import oxml

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_MASKED = 32  # bytes at a font's beginning
_RESTRICTED = 0x0002  # fsType: no embedding at all
_FS_TYPE_AT = 8  # in OS/2
_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vmtx", "vhea", "kern", "DSIG", "STAT", "gasp")
_ROWS, _CELLS = range(0xA1, 0xF8), range(0xA1, 0xFF)  # of GB 2312


@dataclass(frozen=True, slots=True)
class EmbeddedFace:
    """A face by the name it has in the file; `data` is not yet masked."""

    name: str
    data: bytes

    @property
    def key(self) -> str:
        """The GUID that masks it: of its content, so that the same face makes the same bytes."""
        digits = hashlib.sha256(self.data).hexdigest()[:32].upper()
        parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
        return "{" + "-".join(parts) + "}"

    def masked(self) -> bytes:
        key = bytes.fromhex(self.key.strip("{}").replace("-", ""))[::-1]
        mask = (key * 2)[:_MASKED]
        head = bytes(a ^ b for a, b in zip(self.data[:_MASKED], mask, strict=True))
        return head + self.data[_MASKED:]


def with_own_faces(layout: Layout, texts: Iterable[str]) -> tuple[Layout, list[EmbeddedFace]]:
    """The layout whose styles call for its faces by their own names, and those faces, each once."""
    wanted = frozenset(gb_2312() | set("".join(texts)))
    specs = dict(layout.faces)
    made: dict[str, EmbeddedFace] = {}
    for role, spec in layout.faces.items():
        face = open_face(find_font(spec.file, Path(layout.file).parent))
        if not _may_embed(face):
            continue
        specs[role] = replace(spec, word=face.family, word_bold=False)
        if face.family not in made:
            made[face.family] = EmbeddedFace(face.family, _cut(face, wanted))
    return replace(layout, faces=specs), list(made.values())


@cache
def gb_2312() -> frozenset[str]:
    """Its 7,445 characters, and ASCII."""
    cells = (bytes((row, cell)).decode("gb2312", "ignore") for row in _ROWS for cell in _CELLS)
    return frozenset("".join(cells)) | {chr(code) for code in range(0x20, 0x7F)}


def add_fonts(document: Document, table: Part, fonts: Sequence[EmbeddedFace]) -> str:
    """The fonts as parts of the font table; returns their entries in it."""
    package = document.part.package
    out = []
    for number, font in enumerate(fonts, 1):
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), CONTENT_TYPE, font.masked(), package)
        relation = table.relate_to(part, RELATIONSHIP_TYPE.FONT)
        out.append(
            oxml.element(
                "font", {"name": font.name},
                oxml.val("charset", "86"), oxml.val("family", "auto"), oxml.val("pitch", "variable"),
                oxml.element("embedRegular", {"r:id": relation, "fontKey": font.key}),
            )
        )  # fmt: skip
    return "".join(out)


def _may_embed(face: Face) -> bool:
    os2 = face.table("OS/2")
    return not face.is_cff and not int.from_bytes(os2[_FS_TYPE_AT : _FS_TYPE_AT + 2], "big") & _RESTRICTED


def _cut(face: Face, characters: frozenset[str]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.UNICODE).set([ord(character) for character in sorted(characters)])
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    drop = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    for tag in _DROPPED:
        drop.add(int.from_bytes(tag.encode(), "big"))
    plan = hb.SubsetPlan(face.raw, wanted)
    return bytes(plan.execute().blob.data)
