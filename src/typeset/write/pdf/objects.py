"""PDF objects and the file that holds them (ISO 32000-1, 7.3 and 7.5), written front to back in one pass.

In: numbered objects as they come. Out: bytes at a sink; the cross-reference at the end. From PDF 1.5 on small
objects are packed into object streams (7.5.7). Nothing of the file is kept but each object's place.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import BinaryIO

import numpy as np

_PACK = 200
"""Objects to an object stream."""
_PRINTABLE = frozenset(range(0x20, 0x7F))
_NAME_PLAIN = frozenset(
    b"!\"$&'*+,-.0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ\\^_`abcdefghijklmnopqrstuvwxyz|~"
)


class Name(str):
    """A PDF name, without its slash."""

    __slots__ = ()


class Raw(bytes):
    """A value already written in PDF syntax."""


class Ref(int):
    """An indirect reference to the object of this number."""


Value = object
"""None, bool, int, float, str (a text string), bytes (a byte string), Name, Ref, Raw, a list or a mapping of these."""


def number(value: float, places: int = 3) -> str:
    """A decimal without superfluous zeros."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def reference(target: int) -> bytes:
    return b"%d 0 R" % target


def encoded(value: Value) -> bytes:
    """A value in PDF syntax (7.3)."""
    if isinstance(value, Raw):
        return bytes(value)
    if isinstance(value, Name):
        data = value.encode("utf-8")
        return b"/" + b"".join(bytes((c,)) if c in _NAME_PLAIN else b"#%02X" % c for c in data)
    if isinstance(value, Ref):
        return b"%d 0 R" % value
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, float):
        return number(value, 5).encode()
    if isinstance(value, str):
        return _text_string(value)
    if isinstance(value, bytes):
        return b"<" + value.hex().encode() + b">"
    if isinstance(value, Mapping):
        inside = b"".join(encoded(Name(key)) + _spaced(encoded(item)) for key, item in value.items())
        return b"<<" + inside + b">>"
    assert isinstance(value, list | tuple), type(value)
    return b"[" + b" ".join(encoded(item) for item in value) + b"]"


def _spaced(data: bytes) -> bytes:
    """After a name, only a delimiter needs no space."""
    return data if data[:1] in (b"/", b"<", b"[", b"(") else b" " + data


def _text_string(text: str) -> bytes:
    """ASCII as it stands, else UTF-16BE with its mark (7.9.2.2)."""
    if all(ord(c) in _PRINTABLE for c in text):
        return b"(" + escaped(text.encode("ascii")) + b")"
    return b"(" + escaped(("\ufeff" + text).encode("utf-16-be", "replace")) + b")"


def escaped(data: bytes) -> bytes:
    """Bytes as a literal string's inside (7.3.4.2)."""
    for plain, written in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r")):
        if plain in data:
            data = data.replace(plain, written)
    return data


class PdfFile:
    """A PDF in the making; `packed` allows object and cross-reference streams (PDF 1.5)."""

    def __init__(self, sink: BinaryIO, version: str, packed: bool) -> None:
        self._sink = sink
        self._packed = packed
        self._at = 0
        self._hash = hashlib.sha256()
        self._places: list[tuple[int, int, int]] = [(0, 0, 65535)]
        """(kind, offset or object stream, generation or index) by object number, as in an xref stream (7.5.8.3)."""
        self._waiting: list[tuple[int, bytes]] = []
        self._write(f"%PDF-{version}\n%".encode("ascii") + b"\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> Ref:
        """The number of an object to come."""
        self._places.append((0, 0, 0))
        return Ref(len(self._places) - 1)

    def put(self, target: int, value: Value) -> Ref:
        """Write the object of a reserved number."""
        body = encoded(value)
        if self._packed:
            self._waiting.append((target, body))
            if len(self._waiting) >= _PACK:
                self._flush()
        else:
            self._object(target, body)
        return Ref(target)

    def add(self, value: Value) -> Ref:
        return self.put(self.reserve(), value)

    def stream(
        self, data: bytes, entries: Mapping[str, Value] | None = None, *, target: int | None = None,
        deflate: bool = True, level: int = 6,
    ) -> Ref:  # fmt: skip
        """Write a stream, deflated unless its own filter or a reader's needs forbid it."""
        target = self.reserve() if target is None else target
        entries = dict(entries or {})
        if deflate:
            data = zlib.compress(data, level)
            entries["Filter"] = Name("FlateDecode")
        entries["Length"] = len(data)
        self._object(target, encoded(entries) + b"stream\n" + data + b"\nendstream")
        return Ref(target)

    @property
    def digest(self) -> bytes:
        """SHA-256 of all that was written or waits so far: the same content, the same 32 bytes."""
        self._flush()
        return self._hash.digest()

    def finish(self, root: int, info: int) -> None:
        """Cross-reference and trailer; the file's identifier is the hash of its bytes (14.4)."""
        identity = self.digest[:16]
        ids = Raw(b"[<%s><%s>]" % ((identity.hex().encode(),) * 2))
        if self._packed:
            self._cross_reference_stream({"Root": Ref(root), "Info": Ref(info), "ID": ids})
            return
        start = self._at
        rows = [b"0000000000 65535 f \n"]
        rows += [b"%010d 00000 n \n" % offset for _, offset, _ in self._places[1:]]
        trailer = {"Size": len(self._places), "Root": Ref(root), "Info": Ref(info), "ID": ids}
        self._write(b"xref\n0 %d\n" % len(rows) + b"".join(rows))
        self._write(b"trailer\n" + encoded(trailer) + b"\nstartxref\n%d\n%%%%EOF\n" % start)

    def _cross_reference_stream(self, entries: dict[str, Value]) -> None:
        start, target = self._at, self.reserve()
        self._places[target] = (1, start, 0)
        places = np.array(self._places, np.int64)
        rows = np.zeros((len(places), 7), np.uint8)
        rows[:, 0] = places[:, 0]
        rows[:, 1:5] = places[:, 1].astype(">u4").view(np.uint8).reshape(-1, 4)
        rows[:, 5:7] = places[:, 2].astype(">u2").view(np.uint8).reshape(-1, 2)
        up = np.full((len(rows), 8), 2, np.uint8)  # PNG's predictor "up" (7.4.4.4)
        up[:, 1:] = np.diff(rows, axis=0, prepend=np.zeros((1, 7), np.uint8))
        self.stream(up.tobytes(), {
            "Type": Name("XRef"), "Size": len(places), "W": [1, 4, 2],
            "DecodeParms": {"Predictor": 12, "Columns": 7}, **entries,
        }, target=target)  # fmt: skip
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _flush(self) -> None:
        """Write what waits as one object stream (7.5.7)."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        target = self.reserve()
        heads, at = [], 0
        for index, (inside, body) in enumerate(waiting):
            self._places[inside] = (2, target, index)
            heads.append(b"%d %d" % (inside, at))
            at += len(body) + 1
        head = b" ".join(heads) + b"\n"
        data = head + b"\n".join(body for _, body in waiting)
        self.stream(data, {"Type": Name("ObjStm"), "N": len(waiting), "First": len(head)}, target=target)

    def _object(self, target: int, body: bytes) -> None:
        self._places[target] = (1, self._at, 0)
        self._write(b"%d 0 obj\n" % target + body + b"\nendobj\n")

    def _write(self, data: bytes) -> None:
        self._hash.update(data)
        self._sink.write(data)
        self._at += len(data)
