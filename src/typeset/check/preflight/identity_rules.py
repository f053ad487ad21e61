"""Rules on what the file says of itself: PDF/X and PDF/UA identification, Info, XMP, output intent."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from pikepdf import Dictionary, Stream

from typeset.check.preflight.document import Document, Xmp, items_of, name_of, number_of, text_of
from typeset.check.preflight.report import Ledger
from typeset.model.conditions import CONDITIONS, condition_named_by

DC, XMP, PDF = (
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/pdf/1.3/",
)
MM, XID = "http://ns.adobe.com/xap/1.0/mm/", "http://www.npes.org/pdfx/ns/id/"
PDFX, UAID = "http://ns.adobe.com/pdfx/1.3/", "http://www.aiim.org/pdfua/ns/id/"
_PAIRS = (
    ("/Title", DC, "title"), ("/Author", DC, "creator"), ("/Subject", DC, "description"), ("/Keywords", PDF, "Keywords"),
    ("/Creator", XMP, "CreatorTool"), ("/Producer", PDF, "Producer"),
)  # fmt: skip
_DATES = (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate"))
_PDF_DATE = re.compile(
    r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?(?:00'?00'?)?"
)
_HEADER, _SIGNATURE = 128, b"acsp"
_COMPONENTS = {b"CMYK": 4, b"RGB ": 3, b"GRAY": 1}


def check_identity(document: Document, ledger: Ledger) -> None:
    """All of it."""
    xmp = document.xmp
    has_packet = isinstance(document.root.get("/Metadata"), Stream)
    if has_packet or ledger.profile != "x1a":
        ledger.see(
            "x.xmp", xmp is not None, "catalog", "broken XMP" if has_packet else "no XMP", "an XMP packet"
        )
    if ledger.profile == "ua":
        _ua(document, xmp, ledger)
        return
    _version(document, xmp, ledger)
    _info(document, xmp, ledger)
    _same(document, xmp, ledger)
    _trapped(document, xmp, ledger)
    _intents(document, ledger)


def _ua(document: Document, xmp: Xmp | None, ledger: Ledger) -> None:
    part = xmp.get(UAID, "part") if xmp else None
    ledger.see("ua.identified", part == "1", "XMP", f"pdfuaid:part {part}", "1")
    if xmp and part:
        ledger.see(
            "ua.identified",
            xmp.prefixes.get(UAID) == "pdfuaid",
            "XMP",
            xmp.prefixes.get(UAID),
            "prefix pdfuaid",
        )
    title = (xmp.get(DC, "title") if xmp else None) or ""
    ledger.see("ua.title", title.strip(), "XMP", "no dc:title", "a title")
    shown = document.root.get("/ViewerPreferences")
    is_shown = isinstance(shown, Dictionary) and bool(shown.get("/DisplayDocTitle", False))
    ledger.see("ua.title", is_shown, "catalog", "DisplayDocTitle false", "true")


def _version(document: Document, xmp: Xmp | None, ledger: Ledger) -> None:
    if ledger.profile == "x4":
        said = xmp.get(XID, "GTS_PDFXVersion") if xmp else None
        ledger.see("x.version", said == "PDF/X-4", "XMP", f"pdfxid:GTS_PDFXVersion {said}", "PDF/X-4")
        info = text_of(document.info.get("/GTS_PDFXVersion"))
        if info is not None:
            ledger.see("x.version", info == "PDF/X-4", "Info", f"GTS_PDFXVersion {info}", "PDF/X-4")
        return
    said = text_of(document.info.get("/GTS_PDFXVersion"))
    ledger.see("x.version", said == "PDF/X-1a:2003", "Info", f"GTS_PDFXVersion {said}", "PDF/X-1a:2003")
    for space in (XID, PDFX):
        other = xmp.get(space, "GTS_PDFXVersion") if xmp else None
        if other is not None:
            ledger.see("x.version", other == said, "XMP", f"GTS_PDFXVersion {other}", str(said))


def _info(document: Document, xmp: Xmp | None, ledger: Ledger) -> None:
    for key, space, name in (
        ("/Title", DC, "title"),
        ("/CreationDate", XMP, "CreateDate"),
        ("/ModDate", XMP, "ModifyDate"),
    ):
        said = text_of(document.info.get(key))
        if said is None and ledger.profile == "x4" and xmp is not None:
            said = xmp.get(space, name)
            ledger.see("x.info", said and said.strip(), "XMP", f"no {name}", name)
            continue
        ledger.see("x.info", said and said.strip(), "Info", f"no {key[1:]}", key[1:])
        if said and key != "/Title":
            ledger.see("x.info", pdf_date(said), "Info", f"{key[1:]} {said}", "D:YYYYMMDDHHmmSSZ")
    if ledger.profile == "x4" and xmp is not None:
        for space, name in ((XMP, "CreateDate"), (XMP, "ModifyDate"), (XMP, "MetadataDate"), (DC, "title"),
                            (MM, "DocumentID"), (MM, "VersionID"), (MM, "RenditionClass")):  # fmt: skip
            said = xmp.get(space, name) or ""
            right = iso_date(said) if name.endswith("Date") else said.strip()
            ledger.see("x.xmp", right, "XMP", f"{name} {said or 'missing'}", name)


def _same(document: Document, xmp: Xmp | None, ledger: Ledger) -> None:
    if xmp is None:
        return
    for key, space, name in _PAIRS:
        info = text_of(document.info.get(key))
        items = xmp.items(space, name)
        if info is None or (not info and not items):
            continue
        right = info in (*items, "; ".join(items), ", ".join(items), "、".join(items))
        ledger.see("x.same", right, f"Info {key[1:]}", info, items[0] if items else f"the same in XMP {name}")
    for key, name in _DATES:
        info, said = text_of(document.info.get(key)), xmp.get(XMP, name)
        if info is not None:
            one, two = pdf_date(info), iso_date(said or "")
            right = one is not None and two is not None and abs(one - two) < timedelta(seconds=1)
            ledger.see("x.same", right, f"Info {key[1:]}", info, said or f"the same in XMP {name}")


def _trapped(document: Document, xmp: Xmp | None, ledger: Ledger) -> None:
    said = name_of(document.info.get("/Trapped"))
    ledger.see(
        "x.trapped",
        said in ("True", "False"),
        "Info",
        f"Trapped {said or 'missing'}",
        "the name True or False",
    )
    other = xmp.get(PDF, "Trapped") if xmp else None
    if other is not None or ledger.profile == "x4":
        ledger.see("x.trapped", other == said, "XMP", f"pdf:Trapped {other}", said or "True or False")


def _intents(document: Document, ledger: Ledger) -> None:
    found = [o for o in items_of(document.root.get("/OutputIntents")) if isinstance(o, Dictionary)]
    press = [o for o in found if name_of(o.get("/S")) == "GTS_PDFX"]
    ledger.see("intent.one", len(press) == 1, "catalog", f"{len(press)} GTS_PDFX output intents", "one")
    for intent in press:
        _intent(intent, ledger)


def _intent(intent: Any, ledger: Ledger) -> None:
    see = ledger.see
    condition = text_of(intent.get("/OutputConditionIdentifier")) or ""
    see("intent.condition", condition, "output intent", "no OutputConditionIdentifier", "a condition's name")
    registry = text_of(intent.get("/RegistryName")) or ""
    is_registered = condition in CONDITIONS and "color.org" in registry
    profile = intent.get("/DestOutputProfile")
    has_profile = isinstance(profile, Stream)
    if not is_registered:
        see(
            "intent.condition",
            text_of(intent.get("/Info")),
            "output intent",
            "no Info",
            "Info for an unregistered condition",
        )
    if ledger.profile == "x4":
        see("intent.profile", has_profile, "output intent", "no DestOutputProfile", "an embedded profile")
    else:
        see("intent.profile", has_profile or is_registered, "output intent", f"{condition} of {registry or 'no registry'}",
            "an embedded profile, or a registered name with RegistryName http://www.color.org")  # fmt: skip
    if isinstance(profile, Stream):
        _profile(bytes(profile.read_bytes()), int(number_of(profile.get("/N"))), condition, ledger)


def _profile(data: bytes, components: int, condition: str, ledger: Ledger) -> None:
    see, place = ledger.see, "output profile"
    right = len(data) > _HEADER and data[36:40] == _SIGNATURE and int.from_bytes(data[:4], "big") == len(data)
    if not see("intent.icc", right, place, "no ICC profile", "a whole ICC profile"):
        return
    see("intent.icc", data[12:16] == b"prtr", place, f"class {data[12:16].decode('latin-1')}", "prtr")
    space = data[16:20]
    see(
        "intent.icc",
        _COMPONENTS.get(space) == components,
        place,
        f"{space.decode('latin-1')}, N {components}",
        "N of its space",
    )
    most = 2 if ledger.profile == "x1a" else 4
    see("intent.icc", data[8] <= most, place, f"version {data[8]}", f"at most {most}")
    if ledger.profile == "x1a":
        see("intent.icc", space == b"CMYK", place, space.decode("latin-1"), "CMYK")
    tags = {data[at : at + 4]: data[at + 4 : at + 12] for at in _tag_places(data)}
    for tag in (b"A2B0", b"B2A0"):
        see("intent.icc", tag in tags or space != b"CMYK", place, f"no {tag.decode()}", "both directions")
    named = condition_named_by(_description(data, tags))
    if named is not None and condition in CONDITIONS:
        see(
            "intent.name",
            named == condition,
            "output intent",
            f"{condition} with the profile of {named}",
            named,
        )


def _tag_places(data: bytes) -> range:
    count = min(int.from_bytes(data[_HEADER : _HEADER + 4], "big"), 200)
    return range(_HEADER + 4, min(_HEADER + 4 + 12 * count, len(data) - 11), 12)


def _description(data: bytes, tags: dict[bytes, bytes]) -> str:
    place = tags.get(b"desc", b"\0" * 8)
    start, size = int.from_bytes(place[:4], "big"), int.from_bytes(place[4:], "big")
    tag = data[start : start + size]
    if tag[:4] == b"mluc":
        size, at = int.from_bytes(tag[20:24], "big"), int.from_bytes(tag[24:28], "big")
        return tag[at : at + size].decode("utf-16-be", "replace")
    return tag[12:200].split(b"\0")[0].decode("latin-1")


def pdf_date(text: str) -> datetime | None:
    """ISO 32000-1, 7.9.4."""
    match = _PDF_DATE.fullmatch(text)
    if match is None:
        return None
    parts = [int(part) if part else None for part in match.groups()[:6]]
    year, month, day, hour, minute, second = parts
    try:
        when = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=UTC)
    except ValueError:
        return None
    if match[8]:
        shift = timedelta(hours=int(match[9]), minutes=int(match[10] or 0))
        when = when.replace(tzinfo=timezone(shift if match[8] == "+" else -shift))
    return when


def iso_date(text: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def claims(document: Document) -> list[str]:
    """The profiles that a file says it keeps: x4, x1a, ua."""
    xmp, out = document.xmp, []
    if xmp and (xmp.get(XID, "GTS_PDFXVersion") or "").startswith("PDF/X-4"):
        out.append("x4")
    if (text_of(document.info.get("/GTS_PDFXVersion")) or "").startswith("PDF/X-1"):
        out.append("x1a")
    if xmp and xmp.get(UAID, "part"):
        out.append("ua")
    return out
