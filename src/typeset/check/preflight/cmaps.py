"""CMaps read back: codes to CIDs, and codes to Unicode (ISO 32000-1, 9.7.5 and 9.10.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Stream

from typeset.check.preflight.document import name_of

_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|\[|\]|(-?\d+)|([A-Za-z]+)|%[^\r\n]*")
_MOST_RANGE = 70_000
PREDEFINED = frozenset(
    """Identity-H Identity-V GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V GBK-EUC-H GBK-EUC-V GBKp-EUC-H GBKp-EUC-V GBK2K-H
    GBK2K-V UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V B5pc-H B5pc-V HKscs-B5-H HKscs-B5-V ETen-B5-H
    ETen-B5-V ETenms-B5-H ETenms-B5-V CNS-EUC-H CNS-EUC-V UniCNS-UCS2-H UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V
    83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V EUC-H EUC-V
    Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V UniJIS-UTF16-H
    UniJIS-UTF16-V KSC-EUC-H KSC-EUC-V KSCms-UHC-H KSCms-UHC-V KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H UniKS-UCS2-H
    UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V""".split()
)
"""ISO 32000-1, table 118."""


@dataclass(slots=True)
class CMap:
    """`ranges`: (bytes, first, last, CID); `cids` and `texts` by (bytes, code)."""

    spaces: list[tuple[int, int, int]] = field(default_factory=list)
    cid_ranges: list[tuple[int, int, int, int]] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    is_identity: bool = False
    is_vertical: bool = False
    is_known: bool = True

    def codes(self, data: bytes) -> list[tuple[int, int]]:
        """(code, bytes) one after another, by the code space ranges; two bytes where there are none."""
        out, at = [], 0
        while at < len(data):
            size = self._size(data, at)
            out.append((int.from_bytes(data[at : at + size], "big"), size))
            at += size
        return out

    def _size(self, data: bytes, at: int) -> int:
        if self.is_identity or not self.spaces:
            return min(2, len(data) - at)
        for size, low, high in self.spaces:
            code = int.from_bytes(data[at : at + size], "big")
            if at + size <= len(data) and all(
                (low >> 8 * n) & 255 <= (code >> 8 * n) & 255 <= (high >> 8 * n) & 255 for n in range(size)
            ):
                return size
        return min(max(size for size, _, _ in self.spaces), len(data) - at)

    def cid(self, code: int, size: int) -> int | None:
        """None where the CMap is not to be had (a predefined one)."""
        if self.is_identity:
            return code
        if not self.is_known:
            return None
        for bytes_, first, last, cid in self.cid_ranges:
            if bytes_ == size and first <= code <= last:
                return cid + code - first
        return 0


def encoding_of(value: Any) -> CMap:
    """A Type 0 font's Encoding."""
    if isinstance(value, Stream):
        out = parse_cmap(bytes(value.read_bytes()))
        out.is_vertical = int(value.get("/WMode", 0)) == 1
        return out
    name = name_of(value)
    identity = name in ("Identity-H", "Identity-V")
    return CMap(is_identity=identity, is_vertical=name.endswith("V"), is_known=identity)


def parse_cmap(data: bytes) -> CMap:
    """Code spaces, CID and Unicode mappings of a CMap's text."""
    out, section, operands = CMap(), "", _Operands()
    for match in _TOKEN.finditer(data):
        word = (match[3] or b"").decode("ascii")
        if word.startswith("begin") and word.endswith(("range", "char")):
            section, operands = word[5:], _Operands()
        elif word.startswith("end") and section:
            _take(out, section, operands.rows)
            section = ""
        elif section:
            operands.add(match)
    if re.search(rb"/WMode\s+1\b", data):
        out.is_vertical = True
    return out


class _Operands:
    """A section's operands; a list counts as one."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._inside: list[bytes] | None = None

    def add(self, match: re.Match[bytes]) -> None:
        whole = match[0]
        if whole == b"[":
            self._inside = []
        elif whole == b"]":
            self.rows.append(self._inside or [])
            self._inside = None
        elif match[1] is not None:
            digits = re.sub(rb"\s", b"", match[1])
            value = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
            (self.rows if self._inside is None else self._inside).append(value)
        elif match[2] is not None:
            self.rows.append(int(match[2]))


def _take(out: CMap, section: str, rows: list[Any]) -> None:
    width = 2 if section in ("codespacerange", "bfchar", "cidchar") else 3
    for row in zip(*(rows[n::width] for n in range(width)), strict=False):
        if not isinstance(row[0], bytes):
            continue
        first, size = int.from_bytes(row[0], "big"), len(row[0])
        if section == "codespacerange" and isinstance(row[1], bytes):
            out.spaces.append((size, first, int.from_bytes(row[1], "big")))
        elif section == "cidchar" and isinstance(row[1], int):
            out.cid_ranges.append((size, first, first, row[1]))
        elif section == "cidrange" and isinstance(row[1], bytes) and isinstance(row[2], int):
            out.cid_ranges.append((size, first, int.from_bytes(row[1], "big"), row[2]))
        elif section == "bfchar" and isinstance(row[1], bytes):
            out.texts[first] = _utf16(row[1])
        elif section == "bfrange" and isinstance(row[1], bytes):
            _unicode_range(out, first, int.from_bytes(row[1], "big"), row[2])


def _unicode_range(out: CMap, first: int, last: int, to: Any) -> None:
    for n, code in enumerate(range(first, min(last, first + _MOST_RANGE) + 1)):
        if isinstance(to, list):
            if n < len(to):
                out.texts[code] = _utf16(to[n])
        elif isinstance(to, bytes) and to:
            moved = int.from_bytes(to, "big") + n
            out.texts[code] = _utf16(moved.to_bytes(len(to) + 1, "big")[-len(to) :])


def _utf16(data: bytes) -> str:
    return (b"\0" * (len(data) % 2) + data).decode("utf-16-be", "replace")
