"""Files that mean harm, or are no DOCX at all, are refused at once, in little memory, with a word on what to do."""

from __future__ import annotations

import io
import random
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.return_.samples import docx_of, put
from typeset.model.findings import TypesetError
from typeset.return_ import return_docx

DOCUMENT, RELS, STYLES = "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml"
GUARD_S, MEMORY_MB = 20, 100


def with_part(name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """The sample's DOCX with one part changed, or taken out where the change gives nothing."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx_of())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.namelist():
            content = change(source.read(entry)) if entry == name else source.read(entry)
            if content is not None:
                target.writestr(entry, content)
    return out.getvalue()


def put_in(new: bytes, before: bytes = b"<w:p ") -> Callable[[bytes], bytes]:
    return lambda data: data.replace(before, new + before, 1)


def with_entry(name: str, content: bytes) -> bytes:
    out = io.BytesIO(docx_of())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        target.writestr(name, content)
    return out.getvalue()


def relation(kind: str, target: str) -> Callable[[bytes], bytes]:
    uri = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + kind
    return put_in(
        f'<Relationship Id="rX" Type="{uri}" Target="{target}" TargetMode="External"/>'.encode(),
        b"</Relationships>",
    )


def countless() -> bytes:
    """Ten million characters, two of five of them signs of an element, that no zip makes small."""
    signs = bytes.maketrans(b"0123456", b"<<<<<<<")
    return random.Random(1).randbytes(5_250_000).hex().encode().translate(signs)


LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
NESTED = b"<w:p><w:ins w:id='1'>" + b"<w:smartTag>" * 10_000 + b"<w:r><w:t>x</w:t></w:r>" + b"</w:smartTag>" * 10_000 + b"</w:ins></w:p>"  # fmt: skip
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "no zip"),
    "text": (lambda: "稿件".encode(), "no zip"),
    "old doc": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 4000, "password"),
    "cut off": (lambda: docx_of()[:9000], "no zip"),
    "spoilt bytes": (lambda: docx_of()[:3000] + b"\0" * 300 + docx_of()[3300:], "no zip"),
    "bomb": (lambda: with_part(DOCUMENT, lambda d: put_in(b" " * 30_000_000)(d)), "unpacks"),
    "bomb beside": (lambda: with_entry("word/media/x.bin", b"\0" * 401_000_000), "unpacks"),
    "many parts": (lambda: with_many(5000), "unpacks"),
    "entities": (lambda: with_part(DOCUMENT, put_in(LAUGHS, b"<w:document")), "DTD"),
    "entities in styles": (lambda: with_part(STYLES, put_in(LAUGHS, b"<w:styles")), "DTD"),
    "utf-16": (lambda: with_part(DOCUMENT, lambda d: d.decode().encode("utf-16")), "UTF-8"),
    "other encoding": (lambda: with_part(DOCUMENT, lambda d: b'<?xml version="1.0" encoding="utf-7"?>' + d[d.find(b"<w:doc"):]), "UTF-8"),
    "template": (lambda: with_part(RELS, relation("attachedTemplate", "http://x.example/t.dotm")), "outside"),
    "picture elsewhere": (lambda: with_part(RELS, relation("image", "file:///etc/passwd")), "outside"),
    "nested runs": (lambda: with_part(DOCUMENT, put_in(NESTED)), "damaged"),
    "broken": (lambda: with_part(DOCUMENT, lambda d: d[: len(d) // 2]), "damaged"),
    "broken comments": (lambda: with_part("word/comments.xml", lambda d: d[:200]), "damaged"),
    "broken baseline": (lambda: with_part("customXml/item1.xml", lambda d: d[:500]), "broken XML"),
    "no document": (lambda: with_part(DOCUMENT, lambda d: None), "damaged"),
    "no content types": (lambda: with_part("[Content_Types].xml", lambda d: None), "missing"),
    "no relations": (lambda: with_part("_rels/.rels", lambda d: None), "missing"),
    "no styles": (lambda: with_part(STYLES, lambda d: None), "damaged"),
    "swollen": (lambda: with_part(DOCUMENT, put_in(b"<w:p/><w:p a='1'/>" * 1_300_000)), "unpacks"),
    "countless": (lambda: with_part(DOCUMENT, lambda d: d[:5000] + countless()), "too many"),
    "macros": (lambda: with_entry("word/vbaProject.bin", b"x"), "macros"),
    "path out": (lambda: with_entry("../../x.xml", b"<x/>"), "odd"),
    "twice": (lambda: with_entry("WORD/document.xml", b"<x/>"), "double"),
    "spreadsheet": (lambda: with_part("[Content_Types].xml", lambda d: d.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")), "damaged"),
}  # fmt: skip


def with_many(count: int) -> bytes:
    out = io.BytesIO(docx_of())
    with zipfile.ZipFile(out, "a") as target:
        for number in range(count):
            target.writestr(f"word/media/{number}.bin", b"x")
    return out.getvalue()


@cache
def hostile(name: str) -> bytes:
    return HOSTILE[name][0]()


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_files_are_refused_in_both_languages(name: str, tmp_path: Path) -> None:
    file, word = put(hostile(name), tmp_path), HOSTILE[name][1]
    with pytest.raises(TypesetError) as refused:
        return_docx(file)
    assert word in refused.value.message.en
    assert str(file) in refused.value.spoken("zh")
    assert re.search("[一-鿿]{4}", refused.value.next_step.zh)


def test_a_hyperlink_is_no_harm(tmp_path: Path) -> None:
    file = put(with_part(RELS, relation("hyperlink", "https://x.example/")), tmp_path)
    back, returned = return_docx(file)
    assert back is not None
    assert not returned.events


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "no.docx", tmp_path, tmp_path / "a\0b.docx"):
        with pytest.raises(TypesetError):
            return_docx(path)


BOUNDED = """
import resource, sys
from typeset.return_ import return_docx
from typeset.model.findings import TypesetError
import docx
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    try:
        return_docx(path)
        raise SystemExit(f"{path} was taken")
    except TypesetError:
        pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.mark.parametrize("name", ["bomb", "bomb beside", "nested runs", "countless", "many parts"])
def test_refusing_takes_little(name: str, tmp_path: Path) -> None:
    """Memory of a process of its own; its processor's seconds (0.0 to 0.3 when written) are only kept from running away."""
    file = put(hostile(name), tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, str(file)], capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (GUARD_S, GUARD_S)),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert float(done.stdout) < MEMORY_MB
