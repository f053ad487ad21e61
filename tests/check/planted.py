"""Faults planted in a right file, one at a time: rule, profile, and what to do to the PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from typeset.inks.profiles import SHIPPED, data_folder

Plant = Callable[[pikepdf.Pdf], None]
PLANTED: list[tuple[str, str, str, Plant]] = []
"""(rule, profile, name, plant)."""


def plants(rule: str, *profiles: str) -> Callable[[Plant], Plant]:
    def put(plant: Plant) -> Plant:
        PLANTED.extend((rule, profile, plant.__name__, plant) for profile in profiles)
        return plant

    return put


X, EVERY = ("x4", "x1a"), ("x4", "x1a", "ua")


def draw(pdf: pikepdf.Pdf, operators: str, tagged: bool = True) -> None:
    """More content on page 1, as an artifact, after what is there."""
    wrapped = f"/Artifact BMC q {operators} Q EMC" if tagged else f"q {operators} Q"
    pdf.pages[0].contents_add(pdf.make_stream(wrapped.encode()))


def resource(pdf: pikepdf.Pdf, kind: str, name: str, value: Any) -> None:
    page = pdf.pages[0].obj
    page.Resources = pdf.make_indirect(Dictionary(page.Resources))
    entries = Dictionary(page.Resources.get("/" + kind, Dictionary()))
    entries["/" + name] = value
    page.Resources["/" + kind] = entries


def first_font(pdf: pikepdf.Pdf) -> Any:
    return next(iter(pdf.pages[0].obj.Resources.Font.values()))


def xmp(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    stream = pdf.Root.Metadata
    text = stream.read_bytes().decode()
    assert old in text
    stream.write(text.replace(old, new).encode())


def picture(pdf: pikepdf.Pdf, **entries: Any) -> Any:
    made = pdf.make_stream(b"\0" * 4 * 16)
    made.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=4,
        Height=4,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceCMYK,
        **entries,
    )
    return made


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == "/" + kind and "/P" in o]


# ------------------------------------------------------------ file


@plants("file.external", *X)
def an_embedded_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.txt"] = b"text"


@plants("file.filters", *X)
def lzw(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")
    stream.stream_dict = Dictionary(Filter=Name.LZWDecode)
    pdf.Root.Extra = stream


@plants("file.filters", "x1a")
def jpeg_2000(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"\0")
    stream.stream_dict = Dictionary(Filter=Name.JPXDecode)
    pdf.Root.Extra = stream


@plants("file.limits", *X)
def a_name_too_long(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/" + "x" * 200] = 1


@plants("file.header", *EVERY)
def a_later_version(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Version = Name("/2.0")


@plants("content.operators", *EVERY)
def q_without_its_end(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(pdf.make_stream(b"q"))


@plants("content.operators", *EVERY)
def an_unknown_operator(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "1 2 foo")


@plants("content.operators", *X)
def a_compatibility_section(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "BX EX")


@plants("content.operators", *EVERY)
def a_missing_resource(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "/Nowhere Do")


@plants("object.postscript", *X)
def postscript(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"showpage")
    stream.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.PS)
    pdf.Root.Extra = stream


@plants("object.reference", *EVERY)
def a_reference_form(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1], Ref=Dictionary())
    pdf.Root.Extra = stream


@plants("object.layers", *X, "ua")
def a_nameless_layer(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary(AS=Array()))


@plants("object.annotations", *X)
def a_note_on_the_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = [Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[100, 100, 120, 120])]


@plants("object.actions", *X)
def an_action(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(Type=Name.Action, S=Name.Named, N=Name.NextPage)


@plants("object.actions", *X)
def a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array()))


@plants("object.actions", *X)
def an_outline_that_acts(pdf: pikepdf.Pdf) -> None:
    item = pdf.Root.Outlines.First
    item.A = Dictionary(S=Name.GoTo, D=item.Dest)
    del item["/Dest"]


@plants("object.forms", *X)
def a_form_field(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=[Dictionary(FT=Name.Tx, T=String("a"))])


# ------------------------------------------------------------ identity


@plants("x.version", "x4")
def another_version(pdf: pikepdf.Pdf) -> None:
    xmp(pdf, "PDF/X-4", "PDF/X-3")


@plants("x.version", "x1a")
def no_version(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/GTS_PDFXVersion"]


@plants("x.info", *X)
def a_broken_date(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/CreationDate"] = "yesterday"


@plants("x.info", "x1a")
def no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


@plants("x.xmp", *EVERY)
def broken_xmp(pdf: pikepdf.Pdf) -> None:
    xmp(pdf, "</rdf:RDF>", "")


@plants("x.xmp", "x4")
def no_document_id(pdf: pikepdf.Pdf) -> None:
    xmp(pdf, "xmpMM:DocumentID", "xmpMM:Other")


@plants("x.same", *X)
def another_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Another"


@plants("x.trapped", *X)
def trapping_unknown(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Trapped"] = Name.Unknown


@plants("intent.one", *X)
def no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


@plants("intent.one", *X)
def two_intents(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


@plants("intent.condition", *X)
def no_condition(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0]["/OutputConditionIdentifier"]


@plants("intent.profile", "x4")
def no_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0]["/DestOutputProfile"]


@plants("intent.profile", "x1a")
def an_unregistered_name(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].OutputConditionIdentifier = String("Our press")


@plants("intent.icc", "x4")
def a_profile_of_a_screen(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.OutputIntents[0].DestOutputProfile
    data = bytearray(stream.read_bytes())
    data[12:16] = b"mntr"
    stream.write(bytes(data))


@plants("intent.icc", "x4")
def a_profile_cut_short(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.OutputIntents[0].DestOutputProfile
    stream.write(stream.read_bytes()[:5000])


@plants("intent.name", "x4")
def another_name_for_the_profile(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].OutputConditionIdentifier = String("IFRA26")


def embed(pdf: pikepdf.Pdf, version: int) -> None:
    """FOGRA39's profile, which the X-1a file names no need of."""
    data = bytearray((data_folder() / SHIPPED["FOGRA39"]).read_bytes())
    data[8] = version
    stream = pdf.make_stream(bytes(data))
    stream.stream_dict = Dictionary(N=4)
    pdf.Root.OutputIntents[0].DestOutputProfile = stream


@plants("intent.icc", "x1a")
def a_profile_of_version_4(pdf: pikepdf.Pdf) -> None:
    embed(pdf, 4)


@plants("intent.name", "x1a")
def fogra39_under_the_name_ifra26(pdf: pikepdf.Pdf) -> None:
    embed(pdf, 2)


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


# ------------------------------------------------------------ ink


@plants("ink.total", *X)
def too_much_ink(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "1 0.9 0.9 0.9 k 100 100 50 50 re f")


@plants("ink.total", *X)
def a_picture_of_too_much_ink(pdf: pikepdf.Pdf) -> None:
    image = picture(pdf)
    image.write(b"\xff" * 64)
    resource(pdf, "XObject", "Im9", image)
    draw(pdf, "1 0 0 1 100 100 cm /Im9 Do")


def show(pdf: pikepdf.Pdf, size: float, ink: str) -> None:
    """The first font's second character again."""
    name = next(iter(pdf.pages[0].obj.Resources.Font.keys()))
    draw(pdf, f"{ink} BT {name} {size} Tf 100 100 Td <0002> Tj ET")


@plants("ink.text", *X)
def four_colour_black(pdf: pikepdf.Pdf) -> None:
    show(pdf, 9, "0.5 0.4 0.4 1 k")


@plants("ink.overprint", *X)
def text_that_knocks_out(pdf: pikepdf.Pdf) -> None:
    for state in pdf.pages[0].obj.Resources.ExtGState.values():
        state.op = state.OP = False


@plants("ink.overprint", *X)
def overprint_mode_0(pdf: pikepdf.Pdf) -> None:
    for state in pdf.pages[0].obj.Resources.ExtGState.values():
        state.OPM = 0


@plants("ink.white", *X)
def white_that_overprints(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "/G1 gs 0 0 0 0 k 100 100 50 50 re f")


@plants("text.reversed", *X)
def small_reversed_type(pdf: pikepdf.Pdf) -> None:
    show(pdf, 6, "/G0 gs 0 0 0 0 k")


@plants("ink.registration", *X)
def registration_inside(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1], N=1)
    resource(
        pdf,
        "ColorSpace",
        "Every",
        Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)]),
    )
    draw(pdf, "/Every cs 1 scn 100 100 50 50 re f")


@plants("line.hairline", *X)
def a_hairline(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "0.1 w 100 100 m 200 100 l S")


@plants("picture.resolution", *X)
def a_coarse_picture(pdf: pikepdf.Pdf) -> None:
    resource(pdf, "XObject", "Im9", picture(pdf))
    draw(pdf, "100 0 0 100 100 100 cm /Im9 Do")


@plants("picture.resolution", *X)
def a_coarse_bitmap(pdf: pikepdf.Pdf) -> None:
    image = picture(pdf)
    image.BitsPerComponent, image.Width, image.Height = 1, 400, 1
    image.ColorSpace = Name.DeviceGray
    resource(pdf, "XObject", "Im9", image)
    draw(pdf, "72 0 0 0.18 100 100 cm /Im9 Do")


# ------------------------------------------------------------ PDF/UA


@plants("ua.identified", "ua")
def no_ua(pdf: pikepdf.Pdf) -> None:
    xmp(pdf, "<pdfuaid:part>1", "<pdfuaid:part>2")


@plants("ua.identified", "ua")
def another_prefix(pdf: pikepdf.Pdf) -> None:
    xmp(pdf, "pdfuaid:", "ua:")
    xmp(pdf, "xmlns:pdfuaid", "xmlns:ua") if b"xmlns:pdfuaid" in pdf.Root.Metadata.read_bytes() else None


@plants("ua.marked", "ua")
def not_marked(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@plants("ua.suspects", "ua")
def suspects(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


@plants("ua.content", "ua")
def untagged_content(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "0 0 0 1 k 100 100 50 50 re f", tagged=False)


@plants("ua.nesting", "ua")
def a_tag_in_an_artifact(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "/P <</MCID 9999>> BDC EMC")


@plants("ua.tree", "ua")
def no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


@plants("ua.tree", "ua")
def an_orphan(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "P")[0]["/P"]


@plants("ua.types", "ua")
def an_unknown_type(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Paragraph


@plants("ua.types", "ua")
def a_standard_type_remapped(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.Span)


@plants("ua.parents", "ua")
def a_parent_tree_astray(pdf: pikepdf.Pdf) -> None:
    entries = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    entries[0] = entries[5]


@plants("ua.parents", "ua")
def content_on_no_page(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].K = 9999


@plants("ua.title", "ua")
def title_not_shown(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@plants("ua.language", "ua")
def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


@plants("ua.language", "ua")
def a_wrong_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("中文")


@plants("ua.headings", "ua")
def a_level_skipped(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].S = Name.H4


@plants("ua.headings", "ua")
def two_kinds_of_heading(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.H


@plants("ua.tables", "ua")
def a_cell_in_a_paragraph(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TR")[0].S = Name.P


@plants("ua.cells", "ua")
def a_short_row(pdf: pikepdf.Pdf) -> None:
    row = elements(pdf, "TR")[-1]
    row.K = Array(list(row.K)[:-1])


@plants("ua.headers", "ua")
def heads_without_scope(pdf: pikepdf.Pdf) -> None:
    for head in elements(pdf, "TH"):
        del head["/A"]


@plants("ua.lists", "ua")
def an_item_outside_its_list(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "L")[0].S = Name.Sect


@plants("ua.contents", "ua")
def an_entry_outside_its_contents(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.TOCI


@plants("ua.figures", "ua")
def a_figure_without_words(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Figure


@plants("ua.notes", "ua")
def a_note_without_id(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Note


def annotate(pdf: pikepdf.Pdf, kind: str) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=[100, 100, 120, 120])
    pdf.pages[0].obj.Annots = [pdf.make_indirect(note)]


@plants("ua.annotations", "ua")
def an_untagged_annotation(pdf: pikepdf.Pdf) -> None:
    annotate(pdf, "Text")


@plants("ua.links", "ua")
def an_untagged_link(pdf: pikepdf.Pdf) -> None:
    annotate(pdf, "Link")


@plants("ua.tabs", "ua")
def no_tab_order(pdf: pikepdf.Pdf) -> None:
    annotate(pdf, "Text")


@plants("ua.order", "ua")
def the_last_page_first(pdf: pikepdf.Pdf) -> None:
    """An article's parts in the order of the last page and the first."""
    document = pdf.Root.StructTreeRoot.K
    for article in document.K:
        kids = list(article.K) if isinstance(article.get("/K"), Array) else []
        pages = [kid.get("/Pg") for kid in kids if isinstance(kid, Dictionary)]
        if len({page.objgen for page in pages if page is not None}) > 1:
            article.K = Array(reversed(kids))
            return
    raise AssertionError("no article runs over two pages")
