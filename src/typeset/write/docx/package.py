"""The DOCX as a package: python-docx owns the parts, this module clears its template and fills them.

The template's styles, settings, theme, numbering, thumbnail and properties describe another
document (letter paper, American English, Japanese fonts); of the parts, only the frame stays.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.parser import parse_xml

from typeset.model.edition import Picture
from typeset.model.findings import Finding
from typeset.model.issue import IssueLine
from typeset.model.layout import Layout
from typeset.write.docx import baseline, oxml
from typeset.write.docx.embedding import EmbeddedFace, add_fonts
from typeset.write.docx.numbering import numbering_xml
from typeset.write.docx.styles import WordStyle, styles_xml, word_fonts

_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)  # the first date that a zip file can bear
_PROGRAM = "typeset"
_KEPT = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.FONT_TABLE}
_KEPT |= {RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES}
_KEPT |= {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.THEME}

# 避头尾: what may not begin a line, and what may not end one: Word's own lists for Chinese
_NOT_FIRST = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
_NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"

# names under which systems without Chinese menus know the faces
_OTHER_NAME = {
    "宋体": "SimSun",
    "黑体": "SimHei",
    "楷体": "KaiTi",
    "仿宋": "FangSong",
    "微软雅黑": "Microsoft YaHei",
}


def embed(document: Document, layout: Layout, fonts: Sequence[EmbeddedFace]) -> None:
    """Put fonts into the package; without the setting no program looks at them."""
    main = document.part
    table = main.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    entries = add_fonts(document, table, fonts)
    others = [name for name in word_fonts(layout) if name not in {font.name for font in fonts}]
    table._blob = _font_table_xml(others, entries).encode()
    settings = _settings_xml(layout).replace(
        'w:percent="100"/>', 'w:percent="100"/><w:embedTrueTypeFonts/>', 1
    )
    set_part(main.part_related_by(RELATIONSHIP_TYPE.SETTINGS), settings)


def new_document(layout: Layout, issue: IssueLine, more: Iterable[WordStyle] = ()) -> Document:
    """An empty document of the layout's settings and styles, and of `more` styles."""
    document = docx.Document()
    package, main = document.part.package, document.part
    for owner in (package, main):
        for ident in [key for key, relation in owner.rels.items() if relation.reltype not in _KEPT]:
            del owner.rels[ident]
    set_part(main.part_related_by(RELATIONSHIP_TYPE.STYLES), styles_xml(layout, more))
    set_part(main.part_related_by(RELATIONSHIP_TYPE.SETTINGS), _settings_xml(layout))
    main.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = _font_table_xml(word_fonts(layout)).encode()
    package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)._blob = _APP.encode()
    _properties(document, layout, issue)
    marks = numbering_xml(layout)
    if marks:
        part = Part(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, marks.encode(), package)
        main.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return document


def fill(document: Document, story: str, findings: Sequence[Finding]) -> None:
    """Put the story in, and a comment for each finding; the story bears their ids, counted from 0."""
    set_part(document.part, story)
    if findings:
        # Document.add_comment looks for a free id among all comments (slow by hundreds) and stamps the clock
        comments = "".join(_comment(ident, finding) for ident, finding in enumerate(findings))
        set_part(document.part._comments_part, part_xml("comments", comments))


def add_pictures(document: Document, pictures: Sequence[Picture]) -> list[str]:
    """Put pictures into the package; returns their relations. Equal pictures are held once."""
    return [document.part.get_or_add_image(io.BytesIO(picture.data))[0] for picture in pictures]


def set_as_proof(document: Document, layout: Layout, styles: str) -> None:
    """The proof's styles after the layout's, and no punctuation squeezed by the program: spaces are written out."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.STYLES)
    set_part(part, styles_xml(layout).replace("</w:styles>", f"{styles}</w:styles>"))
    settings = _settings_xml(layout).replace("compressPunctuation", "doNotCompress")
    set_part(document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS), settings)


def to_bytes(document: Document) -> bytes:
    """The package as bytes that depend on its content alone, not on the clock."""
    dated = io.BytesIO()
    document.save(dated)
    out = io.BytesIO()
    with zipfile.ZipFile(dated) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return out.getvalue()


def set_part(part: XmlPart, xml: str) -> None:
    """Give a part another root. Moving the children to its old root takes lxml seconds in a long story."""
    part._element = parse_xml(xml)


def part_xml(name: str, content: str) -> str:
    """A part's root element with its content."""
    return f"<w:{name} {oxml.NAMESPACES}>{content}</w:{name}>"


def add_baseline(document: Document, part: bytes) -> None:
    """The baseline (custom XML) with its properties part, without which programs drop it on saving."""
    package = document.part.package
    item = Part(PackURI("/customXml/item1.xml"), "application/xml", part, package)
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    name = PackURI("/customXml/itemProps1.xml")
    item.relate_to(Part(name, kind, baseline.properties_xml(), package), RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def words_around(document: Document) -> list[str]:
    """The text of each header and footer part."""
    kinds = {RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER}
    parts = [r.target_part for r in document.part.rels.values() if r.reltype in kinds]
    return ["".join(text.text or "" for text in part.element.iter("{*}t")) for part in parts]


def comment_words(finding: Finding) -> str:
    """A finding as an editor reads it, with what the words should perhaps be."""
    words = finding.message.zh
    if finding.suggestion and finding.suggestion not in words:
        words = f"{words}　建议：{finding.suggestion}"
    return oxml.clean(" ".join(words.split()))


def _comment(ident: int, finding: Finding) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
    content = mark + oxml.run(comment_words(finding))
    keys = {"id": ident, "author": _PROGRAM, "date": _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ"), "initials": "ts"}
    return oxml.element("comment", keys, oxml.paragraph("CommentText", content))


def _properties(document: Document, layout: Layout, issue: IssueLine) -> None:
    properties = document.core_properties
    properties.title = (
        oxml.clean("　".join(filter(None, (issue.title, issue.when))))[:255] or layout.masthead.title
    )
    properties.author = properties.last_modified_by = oxml.clean(issue.title)[:255] or _PROGRAM
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.language = layout.language
    properties.created = properties.modified = _EPOCH
    properties.revision = 1


def _settings_xml(layout: Layout) -> str:
    """Settings in the schema's order: characterSpacingControl stands before the kinsoku lists."""
    compatibility = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    uri = "http://schemas.microsoft.com/office/word"
    return part_xml(
        "settings",
        "".join(
            (
                oxml.element("zoom", {"percent": 100}),
                oxml.val("defaultTabStop", 420),
                oxml.val("characterSpacingControl", "compressPunctuation"),
                oxml.element("noLineBreaksAfter", {"lang": layout.language, "val": _NOT_LAST}),
                oxml.element("noLineBreaksBefore", {"lang": layout.language, "val": _NOT_FIRST}),
                oxml.element(
                    "compat",
                    None,
                    oxml.element("balanceSingleByteDoubleByteWidth"),
                    oxml.element("doNotExpandShiftReturn"),
                    oxml.element("useFELayout"),
                    *(
                        oxml.element("compatSetting", {"name": name, "uri": uri, "val": value})
                        for name, value in compatibility.items()
                    ),
                ),
                oxml.element("themeFontLang", {"val": "en-US", "eastAsia": layout.language}),
                oxml.val("decimalSymbol", "."),
                oxml.val("listSeparator", ","),
            )
        ),
    )


def _font_table_xml(names: Sequence[str], more: str = "") -> str:
    fonts = []
    for name in names:
        other = _OTHER_NAME.get(name)
        family = "roman" if name in ("宋体", "仿宋") else "auto"
        fonts.append(
            oxml.element(
                "font",
                {"name": name},
                oxml.val("altName", other) if other else "",
                oxml.val("charset", "86"),  # GB 2312
                oxml.val("family", family),
                oxml.val("pitch", "variable"),
            )
        )
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + part_xml(
        "fonts", "".join(fonts) + more
    )


_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>{_PROGRAM}</Application></Properties>"
)
