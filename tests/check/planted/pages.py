"""Faults of page boxes, colour spaces and fonts."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.check.planted.planting import EVERY, X, draw, first_font, picture, plants, resource

# ------------------------------------------------------------ pages


@plants("box.trim", *X)
def no_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/TrimBox"]


@plants("box.nested", *X)
def a_trim_outside_the_bleed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.TrimBox = [-20, 0, 300, 300]


@plants("box.nested", *X)
def a_crop_into_the_trim(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.CropBox = [100, 100, 300, 300]


@plants("box.bleed", *X)
def no_bleed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.BleedBox = pdf.pages[0].obj.TrimBox


@plants("box.size", *X)
def a_page_of_another_size(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.TrimBox = [10, 10, 300, 300]


@plants("box.size", *X)
def a_page_turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Rotate = 90


# ------------------------------------------------------------ colour


@plants("colour.spaces", *X)
def rgb(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "1 0 0 rg 100 100 50 50 re f")


@plants("colour.device", *X)
def lab(pdf: pikepdf.Pdf) -> None:
    space = Array([Name.Lab, Dictionary(WhitePoint=[0.95, 1, 1.09])])
    resource(pdf, "ColorSpace", "Lab0", space)
    draw(pdf, "/Lab0 cs 50 0 0 sc 100 100 50 50 re f")


def spot(pdf: pikepdf.Pdf, full: list[float], alternate: Any = Name.DeviceCMYK) -> Any:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=full, N=1)
    return pdf.make_indirect(Array([Name.Separation, Name("/Gold"), alternate, pdf.make_indirect(tint)]))


@plants("colour.spots", *X)
def one_spot_in_two_ways(pdf: pikepdf.Pdf) -> None:
    resource(pdf, "ColorSpace", "Gold1", spot(pdf, [0, 0.2, 0.8, 0]))
    resource(pdf, "ColorSpace", "Gold2", spot(pdf, [0, 0.4, 0.9, 0]))
    draw(pdf, "/Gold1 cs 1 scn 100 100 50 50 re f /Gold2 cs 1 scn 100 200 50 50 re f")


@plants("transparency.none", "x1a")
def half_transparent(pdf: pikepdf.Pdf) -> None:
    resource(pdf, "ExtGState", "Half", Dictionary(ca=0.5))
    draw(pdf, "/Half gs 0 0 0 1 k 100 100 50 50 re f")


@plants("transparency.none", "x1a")
def a_soft_mask(pdf: pikepdf.Pdf) -> None:
    mask = picture(pdf)
    mask.ColorSpace = Name.DeviceGray
    resource(pdf, "XObject", "Im9", picture(pdf, SMask=mask))
    draw(pdf, "1 0 0 1 100 100 cm /Im9 Do")


@plants("transparency.none", "x1a")
def a_group(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


@plants("transparency.blend", "x4")
def an_unknown_blend_mode(pdf: pikepdf.Pdf) -> None:
    resource(pdf, "ExtGState", "Odd", Dictionary(BM=Name.Sparkle))
    draw(pdf, "/Odd gs")


@plants("transparency.blend", "x4")
def an_rgb_group(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


@plants("gstate.transfer", *X)
def a_transfer_function(pdf: pikepdf.Pdf) -> None:
    resource(pdf, "ExtGState", "Curve", Dictionary(TR=Name.Identity))
    draw(pdf, "/Curve gs")


@plants("gstate.transfer", *X)
def a_named_halftone(pdf: pikepdf.Pdf) -> None:
    halftone = Dictionary(
        HalftoneType=1, HalftoneName=String("Round"), Frequency=60, Angle=45, SpotFunction=Name.Round
    )
    resource(pdf, "ExtGState", "Screen", Dictionary(HT=halftone))
    draw(pdf, "/Screen gs")


@plants("gstate.intents", *X)
def an_unknown_intent(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "/Bright ri")


# ------------------------------------------------------------ fonts


@plants("font.embedded", *EVERY)
def a_font_not_embedded(pdf: pikepdf.Pdf) -> None:
    descriptor = first_font(pdf).DescendantFonts[0].FontDescriptor
    del descriptor["/FontFile2"]


@plants("font.program", *EVERY)
def a_broken_font(pdf: pikepdf.Pdf) -> None:
    program = first_font(pdf).DescendantFonts[0].FontDescriptor.FontFile2
    program.write(program.read_bytes()[:40])


@plants("font.tag", *X)
def no_subset_tag(pdf: pikepdf.Pdf) -> None:
    font = first_font(pdf)
    for holder, key in ((font, "/BaseFont"), (font.DescendantFonts[0], "/BaseFont"),
                        (font.DescendantFonts[0].FontDescriptor, "/FontName")):  # fmt: skip
        holder[key] = Name("/abc+" + str(holder[key]).partition("+")[2])


@plants("font.tag", *X)
def one_tag_for_two(pdf: pikepdf.Pdf) -> None:
    fonts = list(pdf.pages[0].obj.Resources.Font.values())
    name = fonts[0].BaseFont
    inner = fonts[1].DescendantFonts[0]
    fonts[1].BaseFont = inner.BaseFont = inner.FontDescriptor.FontName = name


@plants("font.cid", *EVERY)
def no_glyph_map(pdf: pikepdf.Pdf) -> None:
    del first_font(pdf).DescendantFonts[0]["/CIDToGIDMap"]


@plants("font.cid", *EVERY)
def a_strange_encoding(pdf: pikepdf.Pdf) -> None:
    first_font(pdf).Encoding = Name("/My-Own-H")


@plants("font.cidset", *EVERY)
def an_incomplete_cidset(pdf: pikepdf.Pdf) -> None:
    first_font(pdf).DescendantFonts[0].FontDescriptor.CIDSet = pdf.make_stream(b"\x80")


@plants("font.widths", *EVERY)
def wrong_widths(pdf: pikepdf.Pdf) -> None:
    first_font(pdf).DescendantFonts[0].DW = 900


@plants("font.glyphs", *EVERY)
def notdef_shown(pdf: pikepdf.Pdf) -> None:
    name = next(iter(pdf.pages[0].obj.Resources.Font.keys()))
    draw(pdf, f"BT {name} 10 Tf 100 100 Td <0000> Tj ET")


@plants("font.blank", *X)
def a_blank_character(pdf: pikepdf.Pdf) -> None:
    """The space's glyph for a character."""
    for name, font in pdf.pages[0].obj.Resources.Font.items():
        text = font.ToUnicode.read_bytes().decode()
        at = text.find("<3000>")
        at = text.find("<0020>") if at < 0 else at
        if at >= 0 and name:
            font.ToUnicode.write((text[:at] + "<4E00>" + text[at + 6 :]).encode())
            return
    raise AssertionError("no space in the base file")


@plants("font.unicode", *EVERY)
def no_unicode(pdf: pikepdf.Pdf) -> None:
    del first_font(pdf)["/ToUnicode"]


@plants("font.text", *X)
def a_compatibility_ideograph(pdf: pikepdf.Pdf) -> None:
    stream = first_font(pdf).ToUnicode
    stream.write(re.sub(rb"(<\w{4}> <\w{4}> )<\w{4}>", rb"\1<F900>", stream.read_bytes(), count=1))
