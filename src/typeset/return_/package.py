"""Opening a DOCX that came from outside: bounded before anything is unpacked, then python-docx's package.

Refused: what is no zip or too large, bombs, macros, DTDs and entities, other encodings than Word's, parts outside the
file (hyperlinks apart: they are never followed), parts that are missing or broken.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from typeset.model.findings import Place, TypesetError, Words

MOST_FILE_BYTES = 200_000_000
MOST_PARTS = 3000
MOST_XML_BYTES = 24_000_000
"""Of one part and of all XML parts; a bulletin of 650,000 characters has 5 million."""
MOST_ELEMENTS = 2_000_000
MOST_UNPACKED_BYTES = 400_000_000
MOST_RATIO = 300
"""Of XML of more than a million bytes: Word's shrinks to a tenth or a thirtieth."""
_MAIN = "word/document.xml"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_EXTERNAL = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>")
_TYPE = re.compile(rb"""\bType\s*=\s*["'][^"']*/(\w+)["']""")
_RELS = re.compile(r"(?:^|/)_rels/[^/]*\.rels$")

SAVE_AGAIN = Words("Save it anew as .docx in Word, WPS or LibreOffice and return that", "请在 Word、WPS 或 LibreOffice 中另存为 .docx 后再交回")  # fmt: skip
ASK_AGAIN = Words("Make the file anew and have it edited again; this one is not safe to open", "此文件不宜打开，请重新生成后再交编辑")  # fmt: skip


def open_docx(path: Path) -> Any:
    """python-docx's Document of a file. Raises TypesetError for whatever is not a sound DOCX."""
    file = str(path)
    raw = _bytes(path)
    _check(raw, file)
    import docx
    from docx.opc.exceptions import OpcError

    try:
        return docx.Document(io.BytesIO(raw))
    except (
        KeyError,
        ValueError,
        AttributeError,
        OpcError,
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
    ) as error:
        reason = " ".join(str(error.args[0] if error.args else error).split())[:120]
        raise _refusal(file, Words(f"the DOCX is damaged ({reason})", f"DOCX 文件已损坏（{reason}）"), SAVE_AGAIN) from error  # fmt: skip


def _bytes(path: Path) -> bytes:
    file = str(path)
    try:
        if path.is_dir():
            raise _refusal(file, Words("this is a folder, not a DOCX", "这是文件夹，不是 DOCX"), Words("Name a file", "请给出文件"))  # fmt: skip
        size = path.stat().st_size
        if size > MOST_FILE_BYTES:
            raise _refusal(file, Words(f"the file is too large ({size // 1_000_000} MB)", f"文件过大（{size // 1_000_000} MB）"),
                           Words("Take the pictures out, they are not read back", "请删去图片（图片不回读）"))  # fmt: skip
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _refusal(file, Words("there is no such file", "没有这个文件"), Words("Check the name and the folder", "请检查文件名和所在文件夹")) from error  # fmt: skip
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refusal(file, Words(f"the file cannot be read ({reason})", f"文件无法读取（{reason}）"), Words("Check that you may read it", "请检查是否有读取权限")) from error  # fmt: skip


def _check(raw: bytes, file: str) -> None:
    if raw.startswith(_OLE):
        raise _refusal(file, Words("an old .doc, or a DOCX with a password", "这是旧式 .doc，或加了密码的 DOCX"),
                       Words("Take the password off, save as .docx", "请取消密码并另存为 .docx"))  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as source:
            _check_directory(source, file)
            for entry in source.infolist():
                if entry.filename.endswith((".xml", ".rels")):
                    _check_xml(source.read(entry), entry.filename, file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError) as error:
        raise _refusal(file, Words("not a DOCX: no zip that can be opened", "不是 DOCX：无法作为 zip 打开"), SAVE_AGAIN) from error  # fmt: skip


def _check_directory(source: zipfile.ZipFile, file: str) -> None:
    """What the zip's directory tells, before a byte is unpacked."""
    entries = source.infolist()
    names = [entry.filename for entry in entries]
    xml = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    is_bomb = (
        len(entries) > MOST_PARTS
        or sum(entry.file_size for entry in xml) > MOST_XML_BYTES
        or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES
        or any(e.file_size > max(1_000_000, MOST_RATIO * e.compress_size) for e in xml)
    )
    if is_bomb:
        raise _refusal(file, Words("the file unpacks to far more than a bulletin needs (a zip bomb?)", "解开后远超稿件所需（可能是压缩炸弹）"), ASK_AGAIN)  # fmt: skip
    odd = next((n for n in names if n.startswith("/") or ".." in n.split("/") or "\\" in n), None)
    if odd is not None or len({name.casefold() for name in names}) < len(names):
        words = Words(
            f"its parts have odd or double names ({(odd or 'doubled')[:60]})",
            f"部件名异常或重复（{(odd or '重复')[:60]}）",
        )
        raise _refusal(file, words, ASK_AGAIN)
    if any(posixpath.basename(name).lower() == "vbaproject.bin" for name in names):
        raise _refusal(file, Words("the file has macros", "文件含有宏"), Words("Save it as .docx without macros", "请另存为不含宏的 .docx"))  # fmt: skip
    for name in ("[Content_Types].xml", "_rels/.rels"):
        if name not in names:
            raise _refusal(
                file, Words(f"not a DOCX: {name} is missing", f"不是 DOCX：缺少 {name}"), SAVE_AGAIN
            )


def _check_xml(data: bytes, name: str, file: str) -> None:
    """What no Word file has: DTDs, entities, other encodings, parts outside the file."""
    encoding = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")
    ):  # fmt: skip
        raise _refusal(file, Words(f"{name} is not in UTF-8", f"{name} 不是 UTF-8 编码"), SAVE_AGAIN)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _refusal(file, Words(f"{name} has a DTD, which no Word file needs", f"{name} 含有 DTD，Word 文件不应有"), ASK_AGAIN)  # fmt: skip
    if data.count(b"<") > 2 * MOST_ELEMENTS:
        raise _refusal(file, Words(f"{name} has too many elements", f"{name} 中的元素过多"), ASK_AGAIN)
    if _RELS.search(name):
        for found in _EXTERNAL.finditer(data):
            kind = _TYPE.search(found[0])
            if kind is None or kind[1] != b"hyperlink":
                what = kind[1].decode() if kind else "?"
                raise _refusal(
                    file,
                    Words(f"{name} points outside the file ({what})", f"{name} 指向文件之外（{what}）"),
                    Words("Break the links to templates, pictures and files, then save", "请断开与模板、图片和其他文件的链接后再保存"),
                )  # fmt: skip


def _refusal(file: str, message: Words, step: Words) -> TypesetError:
    return TypesetError(message, step, Place(file))


def part_of(document: Any, kind: str) -> Any | None:
    """The main part's related part of a relation kind (the last word of its type), or None."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] == kind:
            return relation.target_part
    return None


def parts_of(document: Any, kind: str) -> list[Any]:
    return [
        relation.target_part
        for relation in document.part.rels.values()
        if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] == kind
    ]


def parse_part(part: Any, refuse: Callable[[str], TypesetError]) -> Any:
    """A part's root: python-docx has some parsed already, others it keeps as bytes."""
    element = getattr(part, "element", None)
    if element is not None:
        return element
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(part.blob, parser)
    except etree.XMLSyntaxError as error:
        raise refuse(str(part.partname)) from error


def damaged(file: str) -> Callable[[str], TypesetError]:
    """The refusal of a file for a part that is broken."""
    return lambda name: _refusal(file, Words(f"{name} is broken XML", f"{name} 不是完好的 XML"), SAVE_AGAIN)
