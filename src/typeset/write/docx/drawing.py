"""DrawingML as strings: text boxes, rules and pictures at places on the page (ISO 29500-1 20.4, wps of Word 2010).

Lengths are points from the page's upper left corner; written in EMU (12,700 a point).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from typeset.write.docx import oxml

NAMESPACES = (
    f"{oxml.DOCUMENT_NAMESPACES} "
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_EMU = 12_700
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on the page."""

    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float


def text_boxes(
    places: Sequence[Place], content: str, ident: int, words: str, *, vertical: bool = False
) -> list[str]:
    """A chain of boxes: the first holds all paragraphs, the others take what it has no room for.

    Ids count from `ident`, which is the chain's own too; `words` say what stands in it (alt text).
    """
    turn = ' vert="eaVert"' if vertical else ""
    frame = f'<wps:bodyPr{turn} wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
    out = []
    for link, place in enumerate(places):
        if link:
            held = f'<wps:linkedTxbx id="{ident}" seq="{link}"/>'
        else:
            held = f'<wps:txbx id="{ident}"><w:txbxContent>{content}</w:txbxContent></wps:txbx>'
        number = f" {link + 1}/{len(places)}" if len(places) > 1 else ""
        inner = f'<wps:cNvSpPr txBox="1"/>{_outline(place)}{held}{frame}'
        out.append(_anchor(place, ident + link, words + number, _SHAPE, f"<wps:wsp>{inner}</wps:wsp>"))
    return out


def rule(place: Place, width_pt: float, colour: str, ident: int) -> str:
    """A straight line from the rectangle's upper left to its lower right corner."""
    line = f'<a:ln w="{_emu(width_pt)}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'
    inner = f"<wps:cNvCnPr/>{_outline(place, 'line', line)}<wps:bodyPr/>"
    return _anchor(place, ident, "线", _SHAPE, f"<wps:wsp>{inner}</wps:wsp>")


def picture(place: Place, relation: str, ident: int, alt: str) -> str:
    """A picture of the package, filling its rectangle."""
    name = quoteattr(oxml.clean(alt))
    inner = (
        f'<pic:nvPicPr><pic:cNvPr id="{ident}" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    )
    shape = _outline(place).replace("wps:spPr", "pic:spPr")
    return _anchor(place, ident, alt, _PICTURE, f"<pic:pic>{inner}{shape}</pic:pic>", is_shape=False)


def _outline(place: Place, form: str = "rect", line: str = "<a:ln><a:noFill/></a:ln>") -> str:
    extent = f'<a:ext cx="{_emu(place.width_pt)}" cy="{_emu(place.height_pt)}"/>'
    return (
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/>{extent}</a:xfrm><a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>'
        f"<a:noFill/>{line}</wps:spPr>"
    )


def _anchor(place: Place, ident: int, words: str, uri: str, graphic: str, *, is_shape: bool = True) -> str:
    alt = quoteattr(oxml.clean(words))
    position = "".join(
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{_emu(at)}</wp:posOffset></wp:position{axis}>'
        for axis, at in (("H", place.x_pt), ("V", place.y_pt))
    )
    drawing = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{ident}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/>{position}<wp:extent cx="{_emu(place.width_pt)}" cy="{_emu(place.height_pt)}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="{ident}" name="{ident}" descr={alt}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{uri}">{graphic}</a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing>"
    )
    if is_shape:
        drawing = (
            f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice></mc:AlternateContent>'
        )
    return f"<w:r>{drawing}</w:r>"


def _emu(points: float) -> int:
    return round(points * _EMU)
