"""Rules on the file as such and on objects that print files must not hold: headers, filters, actions, layers …"""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Array, Dictionary, Stream, String

from typeset.check.preflight.document import Document, box_of, inherited, items_of, name_of, number_of
from typeset.check.preflight.report import Ledger
from typeset.check.preflight.walk import Walk

_MOST_VERSION = {"x4": "1.6", "x1a": "1.4", "ua": "1.7"}
_PACKED = re.compile(rb"/Type\s*/(ObjStm|XRef)\b")
_FORBIDDEN_FILTERS = {"x4": ("LZWDecode", "LZW", "Crypt"),
                      "x1a": ("LZWDecode", "LZW", "Crypt", "JPXDecode", "JBIG2Decode")}  # fmt: skip
_LONGEST_NAME, _LONGEST_STRING = 127, 65_535
_INTENTS = ("AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual")
_PRINTED_ANYHOW = ("TrapNet", "PrinterMark")
_ASSISTIVE = 1 << 9
"""Permission bit 10: extraction for accessibility (ISO 32000-1, table 22)."""


def check_file(document: Document, walk: Walk, ledger: Ledger) -> None:
    """Everything here, in one pass over the objects."""
    _syntax(document, ledger)
    for place, obj in document.dictionaries():
        _object(place, obj, ledger)
    _catalog(document, ledger)
    _annotations(document, ledger)
    _content(walk, ledger)
    _states(walk, ledger)


def _syntax(document: Document, ledger: Ledger) -> None:
    see, raw = ledger.see, document.raw
    problems = document.warnings
    see("file.opens", not problems, "file", "; ".join(problems[:3]), "no repair needed")
    header = re.match(rb"%PDF-(\d\.\d)[\r\n]+(%?)([^\r\n]*)", raw[:64])
    most = _MOST_VERSION[ledger.profile]
    version = header[1].decode() if header else "none"
    said = name_of(document.root.get("/Version"))
    see("file.header", header is not None and version <= most and said <= most, "header",
        f"%PDF-{version}" + (f", catalog {said}" if said else ""), f"%PDF-1.0 to {most} at the file's first byte")  # fmt: skip
    comment = header[3] if header and header[2] else b""
    see("file.header", len(comment) >= 4 and all(byte > 127 for byte in comment[:4]), "second line", repr(comment[:8]),
        "% and four bytes over 127")  # fmt: skip
    packed = _PACKED.search(raw)
    see(
        "file.packing",
        packed is None,
        "file",
        f"/{packed[1].decode()}" if packed else "",
        "plain objects and xref table",
    )
    ids = document.pdf.trailer.get("/ID")
    parts = [bytes(item) for item in ids if isinstance(item, String)] if isinstance(ids, Array) else []
    see("file.id", len(parts) == 2 and all(parts), "trailer", f"ID of {len(parts)} strings", "two strings")
    if ledger.profile == "ua":
        if document.pdf.is_encrypted:
            flags = int(number_of(document.pdf.trailer.get("/Encrypt", Dictionary()).get("/P")))
            see("file.encryption", bool(flags & _ASSISTIVE), "trailer", f"P {flags}", "permission bit 10")
    else:
        see("file.encryption", not document.pdf.is_encrypted, "trailer", "Encrypt", "none")


def _object(place: str, obj: Any, ledger: Ledger) -> None:
    see = ledger.see
    if isinstance(obj, Stream):
        forbidden = _FORBIDDEN_FILTERS.get(ledger.profile, ())
        for item in items_of(obj.get("/Filter")):
            see("file.filters", name_of(item) not in forbidden, place, name_of(item), "another filter")
        see("file.external", "/F" not in obj, place, "stream in an external file", "the stream itself")
        subtype = name_of(obj.get("/Subtype"))
        if subtype == "Form":
            is_script = name_of(obj.get("/Subtype2")) == "PS" or "/PS" in obj
            see("object.postscript", not is_script, place, "a PostScript form", "none")
            see("object.reference", "/Ref" not in obj, place, "a reference XObject", "none")
        if subtype == "PS":
            see("object.postscript", False, place, "a PostScript XObject", "none")
        if subtype in ("Form", "Image"):
            see("object.reference", "/OPI" not in obj, place, "OPI", "the picture itself")
        if subtype == "Image":
            see("object.reference", "/Alternates" not in obj, place, "Alternates", "one picture")
    kind = name_of(obj.get("/Type"))
    if "/EF" in obj and kind in ("Filespec", "F", ""):
        see("file.external", False, place, "an embedded file", "none")
    action = name_of(obj.get("/S")) if kind == "Action" or "/JS" in obj else ""
    if action or "/AA" in obj:
        see("object.actions", False, place, action or "AA", "none")
    if "/A" in obj and isinstance(obj["/A"], Dictionary) and "/S" in obj["/A"]:
        see("object.actions", False, place, name_of(obj["/A"]["/S"]), "none (a Dest for an outline)")
    _limits(place, obj, ledger)


def _limits(place: str, obj: Any, ledger: Ledger) -> None:
    for key, value in obj.items():
        ledger.see(
            "file.limits",
            len(str(key)) - 1 <= _LONGEST_NAME,
            place,
            f"a name of {len(str(key)) - 1}",
            "127 at most",
        )
        if isinstance(value, String):
            size = len(bytes(value))
            ledger.see("file.limits", size <= _LONGEST_STRING, place, f"a string of {size}", "65535 at most")


def _catalog(document: Document, ledger: Ledger) -> None:
    see, root = ledger.see, document.root
    see(
        "object.actions",
        "/OpenAction" not in root or isinstance(root["/OpenAction"], Array),
        "catalog",
        "OpenAction",
        "none",
    )
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        see("object.actions", "/JavaScript" not in names, "catalog", "JavaScript", "none")
        see("file.external", "/EmbeddedFiles" not in names, "catalog", "EmbeddedFiles", "none")
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary):
        see(
            "object.forms",
            len(form.get("/Fields", [])) == 0 and "/XFA" not in form,
            "catalog",
            "form fields",
            "none",
        )
    layers = root.get("/OCProperties")
    if isinstance(layers, Dictionary):
        if ledger.profile == "x1a":
            see("object.layers", False, "catalog", "OCProperties", "none")
        for config in (layers.get("/D"), *items_of(layers.get("/Configs"))):
            if isinstance(config, Dictionary):
                see(
                    "object.layers",
                    bool(str(config.get("/Name", ""))),
                    "layer configuration",
                    "no Name",
                    "a Name",
                )
                see("object.layers", "/AS" not in config, "layer configuration", "AS", "none")


def _annotations(document: Document, ledger: Ledger) -> None:
    for number, page in enumerate(document.pages, 1):
        edge = (
            box_of(page.get("/BleedBox"))
            or box_of(page.get("/TrimBox"))
            or box_of(inherited(page, "/MediaBox"))
        )
        for annotation in page.get("/Annots", []):
            subtype = name_of(annotation.get("/Subtype"))
            rect = box_of(annotation.get("/Rect"))
            if subtype in _PRINTED_ANYHOW or edge is None:
                continue
            outside = rect is not None and (
                rect[2] <= edge[0] or rect[0] >= edge[2] or rect[3] <= edge[1] or rect[1] >= edge[3]
            )
            ledger.see("object.annotations", outside, f"page {number}", subtype, "outside the bleed")
            ledger.see("object.forms", subtype != "Widget", f"page {number}", "a form field", "none")
            ledger.see(
                "file.external", subtype != "FileAttachment", f"page {number}", "a file attached", "none"
            )


def _content(walk: Walk, ledger: Ledger) -> None:
    ledger.see("content.operators", True)
    for place, what in walk.faults:
        ledger.see("content.operators", False, place, what, "content by ISO 32000-1")
    if ledger.profile != "ua":
        for place in walk.compatibility:
            ledger.see("content.operators", False, place, "BX or EX", "none")
    for place, intent in walk.intents:
        ledger.see("gstate.intents", intent in _INTENTS, place, intent, ", ".join(_INTENTS))


def _states(walk: Walk, ledger: Ledger) -> None:
    """ExtGState: transfer functions, halftones (11.7.4, 10.5)."""
    for state, place in walk.states.values():
        for key in ("/TR", "/HTP", "/HTO"):
            ledger.see("gstate.transfer", key not in state, place, key[1:], "none")
        if "/TR2" in state:
            ledger.see(
                "gstate.transfer",
                name_of(state["/TR2"]) == "Default",
                place,
                f"TR2 {state['/TR2']}",
                "Default",
            )
        halftone = state.get("/HT")
        if isinstance(halftone, Dictionary | Stream):
            kind = int(number_of(halftone.get("/HalftoneType")))
            ledger.see("gstate.transfer", kind in (1, 5), place, f"halftone type {kind}", "1 or 5")
            ledger.see("gstate.transfer", "/HalftoneName" not in halftone, place, "HalftoneName", "none")
