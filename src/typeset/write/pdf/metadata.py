"""What the file says of itself, twice and the same: the Info dictionary and an XMP packet (ISO 32000-1, 14.3).

Dates are the issue's own where it says one, so that the same edition gives the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from typeset import __version__
from typeset.model.edition import Edition
from typeset.model.layout import PrintProfile
from typeset.write.pdf.objects import Name, PdfFile, Ref

VERSIONS: dict[PrintProfile, str] = {"x4": "PDF/X-4", "x1a": "PDF/X-1a:2003"}
NO_DATE = date(2000, 1, 1)
"""For an issue without one."""
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class About:
    """Title, paper's name and date of an edition."""

    title: str
    author: str
    day: date

    @property
    def pdf_date(self) -> str:
        return f"D:{self.day:%Y%m%d}000000Z"

    @property
    def iso_date(self) -> str:
        return f"{self.day:%Y-%m-%d}T00:00:00Z"


def about(edition: Edition) -> About:
    title = " ".join(part for part in (edition.title, edition.date, edition.issue) if part)
    first = next((t for t in edition.article_titles if t), "typeset")
    return About(" ".join((title or first).split()), edition.title, issue_day(edition.date))


def escape(text: str) -> str:
    """Text within an XML element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def issue_day(words: str | None) -> date:
    """The day that a masthead's date names (2023年11月6日, 2023-11-06), else a fixed one."""
    found = _DATE.search(words or "")
    if found:
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            return NO_DATE
    return NO_DATE


def write_info(file: PdfFile, of: About, profile: PrintProfile) -> Ref:
    entries: dict[str, object] = {"Title": of.title, "Author": of.author, "Creator": "typeset",
                                  "Producer": f"typeset {__version__}", "CreationDate": of.pdf_date, "ModDate": of.pdf_date,
                                  "Trapped": Name("False")}  # fmt: skip
    if profile == "x1a":
        entries["GTS_PDFXVersion"] = VERSIONS[profile]
    return file.add({key: value for key, value in entries.items() if value})


def write_xmp(file: PdfFile, of: About, profile: PrintProfile) -> Ref:
    """The packet, undeflated so that any program finds it; its document ID is the hash of all before it."""
    digits = file.digest.hex()
    identity = (
        f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"  # RFC 9562, 5.4
    )
    lines = [
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(of.title)}</rdf:li></rdf:Alt></dc:title>',
        f"<dc:creator><rdf:Seq><rdf:li>{escape(of.author)}</rdf:li></rdf:Seq></dc:creator>"
        if of.author
        else "",
        "<dc:format>application/pdf</dc:format>",
        f"<xmp:CreatorTool>typeset</xmp:CreatorTool><xmp:CreateDate>{of.iso_date}</xmp:CreateDate>",
        f"<xmp:ModifyDate>{of.iso_date}</xmp:ModifyDate><xmp:MetadataDate>{of.iso_date}</xmp:MetadataDate>",
        f"<pdf:Producer>typeset {__version__}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>",
        f"<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{identity}</xmpMM:InstanceID>",
        "<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" if profile == "x4" else "",
        f"<pdfx:GTS_PDFXVersion>{VERSIONS['x1a']}</pdfx:GTS_PDFXVersion>" if profile == "x1a" else "",
    ]
    names = {
        "dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/",
        "pdf": "http://ns.adobe.com/pdf/1.3/", "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
        "pdfuaid": "http://www.aiim.org/pdfua/ns/id/", "pdfxid": "http://www.npes.org/pdfx/ns/id/",
        "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    }  # fmt: skip
    body = "\n".join(line for line in lines if line)
    declared = " ".join(f'xmlns:{key}="{uri}"' for key, uri in names.items() if f"<{key}:" in body)
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about="" {declared}>\n{body}\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n'
        '<?xpacket end="r"?>'
    )
    return file.stream(
        packet.encode("utf-8", "replace"), {"Type": Name("Metadata"), "Subtype": Name("XML")}, deflate=False
    )
