"""A TrueType font's glyphs put into another order, some more than once: what lets a PDF show glyph n as CID n.

In: a font that HarfBuzz has cut (no hinting, no layout tables), and the glyph that each new glyph is. Out: a font of
the six tables that a CIDFontType2 needs (ISO 32000-1, 9.9).
"""

from __future__ import annotations

import struct

import numpy as np
import uharfbuzz as hb
from numpy.typing import NDArray

_HEAD_ADJUSTMENT, _HEAD_LOCA_FORMAT = 8, 50
_CHECKSUM_MAGIC = 0xB1B0AFBA
_ARG_WORDS, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x1, 0x8, 0x20, 0x40, 0x80


def reordered(face: hb.Face, glyphs: NDArray[np.int64]) -> bytes:
    """The font whose glyph n is `glyphs[n]`; parts of composite glyphs that are not among them come after."""
    head, hhea, maxp = (bytearray(_table(face, tag)) for tag in ("head", "hhea", "maxp"))
    glyf = _table(face, "glyf")
    loca = _places(face, head)
    absent = np.setdiff1d(np.arange(len(loca) - 1), glyphs)
    order = np.concatenate((glyphs, absent))
    new_of = np.zeros(len(loca) - 1, np.int64)
    new_of[order[::-1]] = np.arange(len(order))[::-1]  # the first of equals
    starts, ends = loca[order], loca[order + 1]
    parts = [glyf[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    parts = [_renumbered(part, new_of) if part[:1] >= b"\x80" else part for part in parts]
    parts = [part + b"\0" * (len(part) & 1) for part in parts]
    places = np.concatenate(([0], np.cumsum([len(part) for part in parts])))
    is_long = int(places[-1]) >= 0x20000
    struct.pack_into(">h", head, _HEAD_LOCA_FORMAT, int(is_long))
    struct.pack_into(">I", head, _HEAD_ADJUSTMENT, 0)
    struct.pack_into(">H", maxp, 4, len(order))
    struct.pack_into(">H", hhea, 34, len(order))
    return _file({
        "glyf": b"".join(parts), "head": bytes(head), "hhea": bytes(hhea),
        "hmtx": _metrics(face, hhea_long=int.from_bytes(_table(face, "hhea")[34:36], "big"))[order].tobytes(),
        "loca": places.astype(">u4").tobytes() if is_long else (places // 2).astype(">u2").tobytes(), "maxp": bytes(maxp),
    })  # fmt: skip


def _table(face: hb.Face, tag: str) -> bytes:
    return bytes(face.reference_table(tag).data)


def _places(face: hb.Face, head: bytearray) -> NDArray[np.int64]:
    data = _table(face, "loca")
    if struct.unpack_from(">h", head, _HEAD_LOCA_FORMAT)[0]:
        return np.frombuffer(data, ">u4").astype(np.int64)
    return np.frombuffer(data, ">u2").astype(np.int64) * 2


def _metrics(face: hb.Face, hhea_long: int) -> NDArray[np.uint16]:
    """Advance and left side bearing of every glyph, big-endian."""
    data = _table(face, "hmtx")
    long = np.frombuffer(data, ">u2", 2 * hhea_long).reshape(-1, 2)
    rest = np.frombuffer(data, ">u2", -1, 4 * hhea_long)
    tail = np.stack((np.full(len(rest), long[-1, 0], ">u2"), rest), axis=1)
    return np.concatenate((long, tail)).astype(">u2")


def _renumbered(part: bytes, new_of: NDArray[np.int64]) -> bytes:
    """A composite glyph whose components carry their new numbers (OpenType, glyf table)."""
    out, at, flags = bytearray(part), 10, _MORE
    while flags & _MORE:
        flags, component = struct.unpack_from(">HH", out, at)
        struct.pack_into(">H", out, at + 2, int(new_of[component]))
        at += 4 + (4 if flags & _ARG_WORDS else 2)
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0
    return bytes(out)


def _file(tables: dict[str, bytes]) -> bytes:
    """An sfnt file of these tables, with their checksums."""
    count = len(tables)
    power = 1 << count.bit_length() - 1
    header = struct.pack(
        ">IHHHH", 0x00010000, count, 16 * power, power.bit_length() - 1, 16 * (count - power)
    )
    records, body, at, total = [], [], 12 + 16 * count, 0
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        checksum = int(np.frombuffer(padded, ">u4").sum(dtype=np.uint64)) & 0xFFFFFFFF
        records.append(struct.pack(">4sIII", tag.encode("ascii"), checksum, at, len(data)))
        if tag == "head":
            head_at = at
        body.append(padded)
        at, total = at + len(padded), total + checksum
    directory = header + b"".join(records)
    total += int(np.frombuffer(directory, ">u4").sum(dtype=np.uint64))
    out = bytearray(directory + b"".join(body))
    struct.pack_into(">I", out, head_at + _HEAD_ADJUSTMENT, (_CHECKSUM_MAGIC - total) & 0xFFFFFFFF)
    return bytes(out)
