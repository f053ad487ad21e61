"""An opened PDF and what rules ask of it again and again: pages, boxes, dictionaries, XMP (ISO 32000-1, 7 and 14.3)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from typeset.model.findings import Place, TypesetError, Words

Box = tuple[float, float, float, float]
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_MOST_DEPTH = 32
_MOST_XMP = 4_000_000


@dataclass(slots=True)
class Document:
    """`raw` is the whole file; `warnings` what the reader had to mend."""

    name: str
    raw: bytes
    pdf: pikepdf.Pdf
    warnings: list[str]
    _xmp: Xmp | None = None
    _xmp_read: bool = False

    @property
    def root(self) -> Any:
        return self.pdf.Root

    @property
    def info(self) -> Any:
        found = self.pdf.trailer.get("/Info")
        return found if isinstance(found, Dictionary) else Dictionary()

    @property
    def pages(self) -> list[Any]:
        return [page.obj for page in self.pdf.pages]

    @property
    def xmp(self) -> Xmp | None:
        """The catalog's XMP, or None where there is none or it is no XML."""
        if not self._xmp_read:
            self._xmp_read = True
            stream = self.root.get("/Metadata")
            if isinstance(stream, Stream):
                self._xmp = read_xmp(bytes(stream.read_bytes()))
        return self._xmp

    def dictionaries(self) -> Iterator[tuple[str, Any]]:
        """Every indirect dictionary and stream, with its name in reports; direct ones inside are walked too."""
        for number, obj in enumerate(self.pdf.objects, 1):
            yield from _inside(f"object {number}", obj, 0)


def _inside(place: str, obj: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if depth > _MOST_DEPTH:
        return
    if isinstance(obj, Dictionary | Stream):
        yield place, obj
        for _, value in obj.items():
            if isinstance(value, Dictionary | Array) and not value.is_indirect:
                yield from _inside(place, value, depth + 1)
    elif isinstance(obj, Array):
        for value in obj:
            if isinstance(value, Dictionary | Array) and not value.is_indirect:
                yield from _inside(place, value, depth + 1)


def open_document(path: Path) -> Document:
    """Raises TypesetError for what is no PDF or wants a password."""
    try:
        raw = path.read_bytes()
        pdf = pikepdf.open(io.BytesIO(raw))
        len(pdf.pages)
    except OSError:
        raise _unreadable(path, "the file can't be read", "文件读不出") from None
    except pikepdf.PasswordError:
        raise _unreadable(path, "the PDF wants a password", "PDF 有打开密码") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise _unreadable(path, "no PDF that can be opened", "不是可打开的 PDF") from None
    return Document(path.name, raw, pdf, [str(warning) for warning in pdf.get_warnings()])


def _unreadable(path: Path, en: str, zh: str) -> TypesetError:
    return TypesetError(Words(en, zh), Words("give a PDF file", "请给出 PDF 文件"), Place(str(path)))


@dataclass(frozen=True, slots=True)
class Xmp:
    """Properties of a packet by (namespace, name); language alternatives and sequences as their items."""

    values: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)

    def get(self, space: str, name: str) -> str | None:
        found = self.values.get((space, name))
        return found[0] if found else None

    def items(self, space: str, name: str) -> list[str]:
        return self.values.get((space, name), [])


def read_xmp(data: bytes) -> Xmp | None:
    """None for what is no XML. Entities are refused: a packet has no need of any."""
    if len(data) > _MOST_XMP or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    try:
        tree = ElementTree.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", data, flags=re.S).strip())
    except (ElementTree.ParseError, ValueError):
        return None
    out = Xmp()
    for prefix, uri in re.findall(rb'xmlns:([\w.-]+)\s*=\s*["\']([^"\']*)["\']', data):
        out.prefixes[uri.decode("utf-8", "replace")] = prefix.decode("ascii", "replace")
    for description in tree.iter(f"{_RDF}Description"):
        for key, value in description.attrib.items():
            _put(out, key, [value])
        for child in description:
            items = [item.text or "" for item in child.iter(f"{_RDF}li")]
            _put(out, child.tag, items or [child.text or ""])
    return out


def _put(xmp: Xmp, key: str, values: list[str]) -> None:
    space, _, name = key.rpartition("}")
    if space.lstrip("{") != _RDF.strip("{}"):
        xmp.values.setdefault((space.lstrip("{"), name), []).extend(values)


def inherited(page: Any, key: str) -> Any:
    """A page attribute, its own or the nearest above it (7.7.3.4)."""
    node, depth = page, 0
    while node is not None and depth < _MOST_DEPTH:
        if key in node:
            return node[key]
        node, depth = node.get("/Parent"), depth + 1
    return None


def box_of(value: Any) -> Box | None:
    """A rectangle with its corners in order, or None."""
    numbers = numbers_of(value)
    if len(numbers) != 4:
        return None
    x0, y0, x1, y1 = numbers
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def numbers_of(value: Any) -> list[float]:
    """The numbers of an array; empty where it holds anything else."""
    if not isinstance(value, Array):
        return []
    try:
        return [float(item) for item in value]
    except (TypeError, ValueError):
        return []


def number_of(value: Any, otherwise: float = 0.0) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return otherwise


def name_of(value: Any) -> str:
    """A name without its slash; empty for anything else."""
    return str(value)[1:] if isinstance(value, Name) else ""


def text_of(value: Any) -> str | None:
    """A text string's text, or None."""
    return str(value) if isinstance(value, String) else None


def items_of(value: Any) -> list[Any]:
    """An array's items, or the value alone, or nothing."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def key_of(value: Any) -> tuple[int, int]:
    """What tells an indirect object from others."""
    return tuple(value.objgen) if hasattr(value, "objgen") else (0, 0)
