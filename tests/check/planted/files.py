"""Faults of the file as such, and of what it says of itself."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.check.planted.planting import EVERY, X, draw, plants, xmp
from typeset.inks.profiles import SHIPPED, data_folder

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
