"""Pictures in the DOCX: each file once in the package, in line with the text at a column's width, with its alt text."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docx.document import Document
from docx.oxml.shape import CT_Inline
from docx.shared import Length, Twips
from lxml import etree

from typeset.model.bulletin import Block, Bulletin
from typeset.model.pictures import PictureFile
from typeset.write.docx import oxml

Drawings = Mapping[tuple[int, int], str]
"""By article and block of its body the run that shows the picture."""


def add_drawings(
    document: Document, bulletin: Bulletin, files: Mapping[str, PictureFile], width_twips: int
) -> Drawings:
    """The pictures' parts, and the runs that show them. A bulletin made without its files shows none."""
    out: dict[tuple[int, int], str] = {}
    for number, article in enumerate(bulletin.articles):
        for at, block in enumerate(article.body):
            if block.picture is not None and block.picture.file in files:
                out[number, at] = _run(document, block, files[block.picture.file], len(out) + 1, width_twips)
    return out


def _run(document: Document, block: Block, file: PictureFile, ident: int, width_twips: int) -> str:
    picture = block.picture
    assert picture is not None
    relation, _ = document.part.get_or_add_image(io.BytesIO(file.data))
    width = Twips(width_twips)
    height = Length(round(width * file.aspect))
    inline = CT_Inline.new_pic_inline(ident, relation, f"picture{ident}", width, height)
    words = picture.alt or " ".join(block.text.split()) or picture.file
    inline.docPr.set("descr", oxml.clean(words))
    drawing = etree.tostring(inline, encoding="unicode")
    return f"<w:r><w:drawing>{drawing}</w:drawing></w:r>"
