"""What stands round the story: the masthead in the first page's header, folio line and page number, the date of issue.

The date is a document property (出版日期) that headers show as a field: set once, it is right everywhere. An issue
without a date shows the blank form of one, to be filled in.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from typeset.model.issue import IssueLine
from typeset.model.layout import Layout
from typeset.write.docx import oxml
from typeset.write.docx.package import part_xml, set_part

DATE_PROPERTY = "出版日期"
BLANK_DATE = "　　　　年　　月　　日"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of the properties that users define


def add_furniture(document: Document, layout: Layout, issue: IssueLine) -> str:
    """Headers and footer as parts, the date as a property; returns the references for the first section."""
    main = document.part
    (header, header_id), (first, first_id) = main.add_header_part(), main.add_header_part()
    footer, footer_id = main.add_footer_part()
    _add_date(document, issue)
    folio = oxml.paragraph("Header", _folio(issue))
    set_part(header, part_xml("hdr", folio))
    set_part(first, part_xml("hdr", (folio if layout.folio.on_first_page else "") + masthead(issue)))
    pages = (
        f"{oxml.run('第')}{oxml.field('PAGE')}{oxml.run('页　共')}{oxml.field('NUMPAGES')}{oxml.run('页')}"
    )
    set_part(footer, part_xml("ftr", oxml.paragraph("Footer", pages)))
    return "".join(
        (
            oxml.reference("header", "default", header_id),
            oxml.reference("header", "first", first_id),
            oxml.reference("footer", "default", footer_id),
            oxml.reference("footer", "first", footer_id),
        )
    )


def masthead(issue: IssueLine) -> str:
    """报头: the paper's name over one line of date and issue."""
    title = oxml.clean(issue.title).strip()
    name = oxml.paragraph("Title", oxml.run(title)) if title else ""
    return name + oxml.paragraph("MastheadLine", _when(issue))


def _folio(issue: IssueLine) -> str:
    return oxml.run(oxml.clean(f"{issue.title}\t")) + _when(issue)


def _when(issue: IssueLine) -> str:
    number = oxml.clean(issue.issue or "").strip()
    return oxml.field(f'DOCPROPERTY "{DATE_PROPERTY}"', _date(issue)) + (
        oxml.run(f"　{number}") if number else ""
    )


def _date(issue: IssueLine) -> str:
    return oxml.clean(issue.date or "").strip() or BLANK_DATE


def _add_date(document: Document, issue: IssueLine) -> None:
    package = document.part.package
    value = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"><property fmtid="{_CUSTOM_SET}" pid="2" '
        f'name="{DATE_PROPERTY}"><vt:lpwstr>{escape(_date(issue))}</vt:lpwstr></property></Properties>'
    )
    part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, value.encode(), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
