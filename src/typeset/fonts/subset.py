"""A face cut to the glyphs that an edition uses, with one glyph, and so one CID, for each character.

One CID a character: where two characters share a glyph, it is there twice, so that each keeps its own ToUnicode
entry and the text reads back as the source's own code points (T61). The thousand most used come first, then the next
thousand: their codes share a few high bytes, and the pages deflate the better for it (7 % at 100 times the sample);
within a thousand they stand by code point, as outlines of one radical deflate better side by side.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field

import numpy as np
import uharfbuzz as hb
from numpy.typing import NDArray

from typeset.fonts.face import Face
from typeset.fonts.truetype import reordered

Pairs = NDArray[np.int64]
"""Sorted unique (code point << 16 | glyph)."""
_THOUSAND = 1024
_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "OS/2", "name", "post", "vmtx", "vhea", "cmap", "kern")


@dataclass(frozen=True, slots=True, eq=False)
class SubsetFace:
    """`pairs[i]` has CID `numbers[i]`; `widths` are those of CID 1, 2, …; `data` is the font program.

    `is_cff`: it is a bare CFF table, in which characters that share a glyph share its CID; `unsaid` are the pairs
    that the CID's ToUnicode therefore does not name.
    """

    data: bytes
    pairs: Pairs
    numbers: NDArray[np.int64]
    widths: list[int]
    to_unicode: bytes
    name: str
    is_cff: bool = False
    unsaid: Pairs = field(default_factory=lambda: np.empty(0, np.int64))

    def cids(self, codes: NDArray[np.uint32], glyphs: NDArray[np.int32]) -> NDArray[np.int64]:
        """CID of each character as it is drawn."""
        return self.numbers[np.searchsorted(self.pairs, pairs_of(codes, glyphs))]


def pairs_of(codes: NDArray[np.uint32], glyphs: NDArray[np.int32]) -> Pairs:
    return (codes.astype(np.int64) << 16) | glyphs.astype(np.int64)


def in_order(pairs: Pairs, counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs as the subset best has them; `counts` says how often each is shown."""
    return pairs[_order(counts)]


def subset_face(face: Face, ordered: NDArray[np.int64]) -> SubsetFace:
    """Cut a face to these characters (unique pairs), whose CIDs run in their order, from 1."""
    order = np.argsort(ordered)
    pairs = ordered[order]
    if face.is_cff:
        return _subset_cff(face, pairs)
    glyphs = ordered & 0xFFFF
    plan = _plan(face, glyphs)
    moved = plan.old_to_new_glyph_mapping
    used = np.unique(np.concatenate(([0], glyphs)))
    table = np.zeros(int(used[-1]) + 1, np.int64)
    for old in used.tolist():
        table[old] = moved[old]
    data = reordered(plan.execute(), np.concatenate(([0], table[glyphs])))
    widths = _widths(face, glyphs)
    name = _tagged(face, data, ordered)
    return SubsetFace(data, pairs, order + 1, widths, _to_unicode((ordered >> 16).tolist()), name)


def _subset_cff(face: Face, pairs: Pairs) -> SubsetFace:
    """A CFF face keeps its glyphs' order, and each once: of characters that share one, the plainest is the CID's text."""
    glyphs, numbers = np.unique(np.concatenate(([0], pairs & 0xFFFF)), return_inverse=True)
    face_cut = _plan(face, glyphs, hb.SubsetFlags.CFF_IDENTITY_CHARSET).execute()
    data = bytes(face_cut.reference_table("CFF ").data)
    numbers = numbers[1:].astype(np.int64)
    is_odd = [unicodedata.normalize("NFKC", chr(c)) != chr(c) for c in (pairs >> 16).tolist()]
    plainest = np.lexsort((pairs, np.array(is_odd, bool), numbers))
    firsts = plainest[np.unique(numbers[plainest], return_index=True)[1]]
    texts = [0xFFFD] * (len(glyphs) - 1)
    for first in firsts.tolist():
        if numbers[first]:
            texts[int(numbers[first]) - 1] = int(pairs[first]) >> 16
    unsaid = np.delete(pairs, firsts)
    name = _tagged(face, data, pairs)
    return SubsetFace(data, pairs, numbers, _widths(face, glyphs[1:]), _to_unicode(texts), name, True, unsaid)


def _widths(face: Face, glyphs: NDArray[np.int64]) -> list[int]:
    widths: list[int] = np.round(face.advances_em(glyphs.astype(np.int32)) * 1000).astype(int).tolist()
    return widths


def _tagged(face: Face, data: bytes, pairs: Pairs) -> str:
    """The face's name behind a subset's tag of six letters (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(data + pairs.tobytes()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6]) + f"+{face.postscript_name}"


def _plan(face: Face, glyphs: NDArray[np.int64], more: int = 0) -> hb.SubsetPlan:
    used = np.unique(np.concatenate(([0], glyphs)))
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).set(used.tolist())
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | more
    drop = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    for tag in _DROPPED:
        drop.add(int.from_bytes(tag.encode(), "big"))
    return hb.SubsetPlan(face.raw, wanted)


def _order(counts: NDArray[np.int64]) -> NDArray[np.intp]:
    """Places of the pairs in the subset: by thousands of the most used, by code point within."""
    rank = np.empty(len(counts), np.int64)
    rank[np.argsort(-counts, kind="stable")] = np.arange(1, len(counts) + 1)
    return np.lexsort((np.arange(len(counts)), rank // _THOUSAND))


def _to_unicode(codes: list[int]) -> bytes:
    """CID i + 1 → code point, as a CMap (PDF 32000-1, 9.10.3); ranges stay within one high byte."""
    rows: list[tuple[int, int, int]] = []
    for cid, code in enumerate(codes, 1):
        if rows:
            first, last, start = rows[-1]
            within_byte = cid & 0xFF and code & 0xFF
            if within_byte and code == start + cid - first and last == cid - 1 and code < 0x10000:
                rows[-1] = (first, cid, start)
                continue
        rows.append((cid, cid, code))
    out = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
    ]
    for at in range(0, len(rows), 100):
        part = rows[at : at + 100]
        out.append(f"{len(part)} beginbfrange")
        out += [f"<{a:04X}> <{b:04X}> <{_utf16(code)}>" for a, b, code in part]
        out.append("endbfrange")
    out.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    return "\n".join(out).encode("ascii")


def _utf16(code: int) -> str:
    if 0xD800 <= code <= 0xDFFF:
        code = 0xFFFD
    return chr(code).encode("utf-16-be").hex().upper()
