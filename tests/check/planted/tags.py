"""Faults of tags."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.check.planted.planting import draw, elements, plants, xmp

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
