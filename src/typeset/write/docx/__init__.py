"""A bulletin as an editable DOCX: real paragraphs in named styles, bodies in columns.

In: a bulletin, a layout (for its page, grid and styles), the issue's names. Out: the file's bytes.
The file carries text and roles; the pages of the PDF are not copied, the editor's program
breaks lines and balances columns itself. Same input, same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from typeset.model.bulletin import Bulletin
from typeset.model.issue import IssueLine
from typeset.model.layout import Layout
from typeset.model.pictures import PictureFile

if TYPE_CHECKING:
    from typeset.fonts.faces import FaceSet
    from typeset.model.edition import Edition
    from typeset.write.docx.embedding import EmbeddedFace
    from typeset.write.docx.looks import Looks
    from typeset.write.docx.paragraphs import ArticleText
    from typeset.write.docx.story import Section


def write_docx(
    bulletin: Bulletin, layout: Layout, issue: IssueLine, pictures: Mapping[str, PictureFile] = {},
    edition: Edition | None = None, *, embeds_fonts: bool = False,
) -> bytes:  # fmt: skip
    """The bulletin as an editor's file: its masthead in the first page's header, its colophon at the end.

    With its `edition` on pages as the PDF's (`pages`), else in its articles' order (`sections`). Findings that quote
    the text become comments on the words they quote. Paragraphs are marked with hidden bookmarks
    (`_ts_<article>_<nnn>`), by which a returned file can be read back. `embeds_fonts` puts the layout's own faces
    into the file (`embedding`).
    """
    # python-docx takes 0.06 s to import: only who writes a DOCX waits for it
    from typeset.write.docx import baseline, furniture, package, story
    from typeset.write.docx.drawings import add_drawings
    from typeset.write.docx.grid import Grid

    fonts: list[EmbeddedFace] = []
    if embeds_fonts:
        from typeset.write.docx.embedding import with_own_faces

        written = (text for article in bulletin.articles for text in article.texts())
        layout, fonts = with_own_faces(layout, (*written, issue.title, issue.when, issue.record))
    look, looks, sections = _laid_out(bulletin, layout, issue, edition)
    commented = story.anchor(sections, bulletin.findings)
    numbers = {id(finding): number for number, finding in enumerate(bulletin.findings)}
    told = [(numbers[id(finding)], package.comment_words(finding)) for finding in commented]
    document = package.new_document(look, issue, looks.styles())
    if fonts:
        package.embed(document, look, fonts)
    references = furniture.add_furniture(document, look, issue)
    story.draw(sections, add_drawings(document, bulletin, pictures, Grid.of(look).column))
    package.fill(document, story.story_xml(sections, look, references), commented)
    around = package.words_around(document)
    package.add_baseline(document, baseline.baseline_xml(bulletin, look, sections, told, around))
    return package.to_bytes(document)


def _laid_out(
    bulletin: Bulletin, layout: Layout, issue: IssueLine, edition: Edition | None
) -> tuple[Layout, Looks, list[Section]]:
    """The story's sections, the layout whose grid they are on, and the looks that they call for."""
    from typeset.write.docx import sections as route
    from typeset.write.docx.fit import closer
    from typeset.write.docx.grid import Grid, as_made_up
    from typeset.write.docx.looks import Looks
    from typeset.write.docx.pages import PageStory
    from typeset.write.docx.paragraphs import article_texts

    texts = article_texts(bulletin, layout, Grid.of(layout))
    in_order = None if edition is None else _as_in_edition(texts, bulletin, edition)
    if edition is None or in_order is None:
        looks = Looks(layout, layout.rules)
        sections = [*route.flowing(texts, Grid.of(layout))]
    else:
        rules, layout = layout.rules, as_made_up(layout, edition, closer(edition, layout, in_order))
        looks = Looks(layout, rules)
        sections = [*PageStory(edition, layout, in_order, looks).sections()]
    return layout, looks, [*sections, route.colophon(bulletin, layout, issue)]


def _as_in_edition(
    texts: Sequence[ArticleText], bulletin: Bulletin, edition: Edition
) -> list[ArticleText] | None:  # fmt: skip
    """The articles' texts by their numbers in the edition; None for pages that no section can show (vertical lines)."""
    is_vertical = any(run.vertical for page in edition.pages for frame in page.frames for run in frame.runs
                      if run.role not in ("kicker", "headline", "subtitle", "byline"))  # fmt: skip
    numbers = {article.id: number for number, article in enumerate(bulletin.articles)}
    if is_vertical or sorted(numbers) != sorted(edition.article_ids):
        return None
    return [texts[numbers[ident]] for ident in edition.article_ids]


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
