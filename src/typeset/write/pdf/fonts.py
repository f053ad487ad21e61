"""The faces of an edition in its PDF: subsets as Type 0 fonts, Identity-H, glyph n shown as CID n (ISO 32000-1, 9.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import code_points
from typeset.fonts.face import Face
from typeset.fonts.faces import FaceSet
from typeset.fonts.subset import SubsetFace, in_order, pairs_of, subset_face
from typeset.model.edition import SetText
from typeset.write.pdf.objects import Name, PdfFile, Ref
from typeset.write.vertical import VERTICAL_ORIGIN

SOFT_HYPHEN = 0xAD
"""The text layer's word for a hyphen that the composer added."""
_USUAL_WIDTH = 1000
_MOST_WAITING = 50_000
"""Characters gathered before they are counted: a long edition takes no more memory than a page or two."""
Order = Sequence[Sequence[int]]
"""Face by face (code point << 16 | glyph)."""
Counted = tuple[NDArray[np.int64], NDArray[np.int64]]
_NOTHING: Counted = (np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """A face as the pages name it: `F2`, upright in vertical text `V2`."""

    name: str
    subset: SubsetFace


def embed(
    file: PdfFile, texts: list[SetText], faces: FaceSet, kept: Order = ()
) -> tuple[list[Font | None], dict[str, Ref]]:
    """Write every face in use; by face number its font or None, and the Font entries of a page's resources."""
    fonts: list[Font | None] = []
    resources: dict[str, Ref] = {}
    is_vertical = any(text.form is not None for text in texts)
    for index, pairs in enumerate(glyph_order(texts, faces, kept)):
        if not len(pairs):
            fonts.append(None)
            continue
        subset = subset_face(faces.faces[index], pairs)
        _write(file, index, faces.faces[index], subset, is_vertical, resources)
        fonts.append(Font(f"F{index}", subset))
    return fonts, resources


def glyph_order(texts: list[SetText], faces: FaceSet, kept: Order = ()) -> list[NDArray[np.int64]]:
    """The (character, glyph) pairs that each face draws, in the order of their codes.

    `kept`: those of an earlier edition, which come first and keep their codes, whether they are drawn or not.
    """
    out = []
    for index, (pairs, counts) in enumerate(_used(texts, len(faces.faces))):
        old = np.array(kept[index] if index < len(kept) else (), np.int64)
        new = ~np.isin(pairs, old)
        out.append(np.concatenate((old, in_order(pairs[new], counts[new]))))
    return out


def _used(texts: list[SetText], count: int) -> list[Counted]:
    """The (character, glyph) pairs that each face draws, sorted, and how often."""
    found: list[list[NDArray[np.int64]]] = [[] for _ in range(count)]
    waiting = 0
    totals = [_NOTHING] * count
    for text in texts:
        coded = pairs_of(code_points(text.text), text.glyph)
        for face in set(text.face.tolist()):
            found[face].append(coded[text.face == face])
        if text.hyphened.any():
            found[text.hyphen_face].append(np.array([(SOFT_HYPHEN << 16) | text.hyphen_glyph], np.int64))
        waiting += len(coded)
        if waiting > _MOST_WAITING:
            totals, waiting = [_counted(*pair) for pair in zip(totals, found, strict=True)], 0
            found = [[] for _ in range(count)]
    return [_counted(*pair) for pair in zip(totals, found, strict=True)]


def _counted(total: Counted, more: list[NDArray[np.int64]]) -> Counted:
    """A count of pairs with more of them added."""
    if not more:
        return total
    new, counts = np.unique(np.concatenate(more), return_counts=True)
    pairs, where = np.unique(np.concatenate((total[0], new)), return_inverse=True)
    sums = np.bincount(where, weights=np.concatenate((total[1], counts)))
    return pairs, sums.astype(np.int64)


def _write(
    file: PdfFile, index: int, face: Face, subset: SubsetFace, is_vertical: bool, resources: dict[str, Ref]
) -> None:
    if subset.is_cff:
        program = {"FontFile3": file.stream(subset.data, {"Subtype": Name("CIDFontType0C")})}
    else:
        program = {"FontFile2": file.stream(subset.data, {"Length1": len(subset.data)})}
    descriptor = file.add({
        "Type": Name("FontDescriptor"), "FontName": Name(subset.name), **face.descriptor, **program,
    })  # fmt: skip
    cid_font: dict[str, object] = {
        "Type": Name("Font"), "BaseFont": Name(subset.name),
        "Subtype": Name("CIDFontType0" if subset.is_cff else "CIDFontType2"),
        "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
        "FontDescriptor": descriptor, "DW": _USUAL_WIDTH, "W": widths(subset.widths),
    }  # fmt: skip
    if not subset.is_cff:
        cid_font["CIDToGIDMap"] = Name("Identity")
    if is_vertical:
        cid_font["DW2"] = [VERTICAL_ORIGIN, -1000]
    descendant = file.add(cid_font)
    unicode = file.stream(subset.to_unicode)
    for prefix, encoding in (("F", "Identity-H"), ("V", "Identity-V")):
        if prefix == "F" or is_vertical:
            resources[f"{prefix}{index}"] = file.add({
                "Type": Name("Font"), "Subtype": Name("Type0"), "BaseFont": Name(subset.name),
                "Encoding": Name(encoding), "DescendantFonts": [descendant], "ToUnicode": unicode,
            })  # fmt: skip


def widths(of: list[int]) -> list[object]:
    """W array (9.7.4.3): runs of CIDs, from 1, whose width is not the default."""
    out: list[object] = []
    run: list[int] = []
    for cid, width in enumerate([*of, _USUAL_WIDTH], 1):
        if width != _USUAL_WIDTH:
            if not run:
                out.append(cid)
            run.append(width)
        elif run:
            out.append(run)
            run = []
    return out
