"""A bulletin as an editable DOCX: real paragraphs in named styles, bodies in columns.

In: a bulletin, a layout (for its page, grid and styles), the issue's names. Out: the file's bytes.
The file carries text and roles; the pages of the PDF are not copied, the editor's program
breaks lines and balances columns itself. Same input, same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from typeset.model.bulletin import Bulletin
from typeset.model.issue import IssueLine
from typeset.model.layout import Layout
from typeset.model.pictures import PictureFile

if TYPE_CHECKING:
    from typeset.fonts.faces import FaceSet
    from typeset.model.edition import Edition


def write_docx(
    bulletin: Bulletin, layout: Layout, issue: IssueLine, pictures: Mapping[str, PictureFile] = {}
) -> bytes:
    """The bulletin in its articles' order, its masthead in the first page's header, its colophon at the end.

    Findings that quote the text become comments on the words they quote. Paragraphs are marked
    with hidden bookmarks (`_ts_<article>_<nnn>`), by which a returned file can be read back.
    """
    # python-docx takes 0.06 s to import: only who writes a DOCX waits for it
    from typeset.write.docx import baseline, furniture, package, paragraphs, story
    from typeset.write.docx import sections as route
    from typeset.write.docx.drawings import add_drawings
    from typeset.write.docx.styles import Grid

    grid = Grid.of(layout)
    texts = paragraphs.article_texts(bulletin, layout, grid)
    sections = [*route.flowing(texts, grid), route.colophon(bulletin, layout, issue)]
    commented = story.anchor(sections, bulletin.findings)
    numbers = {id(finding): number for number, finding in enumerate(bulletin.findings)}
    told = [(numbers[id(finding)], package.comment_words(finding)) for finding in commented]
    document = package.new_document(layout, issue)
    references = furniture.add_furniture(document, layout, issue)
    story.draw(sections, add_drawings(document, bulletin, pictures, grid.column))
    package.fill(document, story.story_xml(sections, layout, references), commented)
    around = package.words_around(document)
    package.add_baseline(document, baseline.baseline_xml(bulletin, layout, sections, told, around))
    return package.to_bytes(document)


def write_proof(edition: Edition, layout: Layout, faces: FaceSet) -> bytes:
    """The edition's pages as linked text boxes at the PDF's places, each line ending where the PDF's does.

    For reading proofs only: it carries no bookmarks and no baseline, so that `typeset return` stops and asks for a manuscript.
    """
    from typeset.write.docx import package
    from typeset.write.docx.proof import ProofStory

    document = package.new_document(layout, IssueLine(edition.title, edition.date, edition.issue))
    relations = [package.add_pictures(document, page.pictures) for page in edition.pages]
    story = ProofStory(edition, layout, faces)
    package.fill(document, story.xml(relations), ())
    package.set_as_proof(document, layout, story.styles_xml())
    return package.to_bytes(document)
