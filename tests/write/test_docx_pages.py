"""The editor's DOCX on its edition's pages: bands as sections, heads in frames, boxes in borders; and back again."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from tests.samples import BULLETINS, bulletin_of, edition_of, faces_of, layout_of
from tests.write import page_lines
from tests.write.test_docx import File, W, bare
from typeset.pipeline import issue_line
from typeset.return_ import return_docx
from typeset.write.docx import write_docx
from typeset.write.docx.bands import Band, bands_of, columns_of, is_read_on
from typeset.write.docx.fit import closer
from typeset.write.docx.grid import Grid
from typeset.write.docx.paragraphs import article_texts
from typeset.write.pdf import write_pdf

SAMPLE, *CORPUS = BULLETINS
SPLIT = next(path for path in CORPUS if path.stem == "m05")
"""On A4 it has two articles side by side, one of them boxed."""
BESIDE = next(path for path in CORPUS if path.stem == "d01")
"""On A4 it has articles side by side whose columns end within paragraphs."""


@cache
def made(path: Path, layout: str) -> bytes:
    bulletin, look = bulletin_of(path), layout_of(layout)
    issue = issue_line(bulletin, look, None, None, None)
    return write_docx(bulletin, look, issue, edition=edition_of(path, layout))


FEW = [path for path in BULLETINS if path.stem in ("lilun-2023-11", "d01", "d04", "d09")]


def split_bands(path: Path) -> list[Band]:
    """The bands that the DOCX shows side by side: not those with a table across the page."""
    edition = edition_of(path, "a4")
    has_table = {
        article.id for article in bulletin_of(path).articles for b in article.body if b.type == "table"
    }
    tabled = {n for n, ident in enumerate(edition.article_ids) if ident in has_table}
    return [
        band
        for page in edition.pages
        for band in bands_of(page, edition)
        if band.kind == "split" and not tabled & {frame.article for frame in band.frames()}
    ]


@pytest.mark.parametrize("layout", ["a4", "tabloid", "vertical"])
@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
def test_every_character_stands_once_and_in_order_in_its_article(path: Path, layout: str) -> None:
    bulletin = bulletin_of(path)
    file = File(made(path, layout))
    found: dict[str, str] = {}
    for paragraph in file.document.iter(f"{W}p"):
        mark = paragraph.find(f"{W}bookmarkStart")
        if mark is not None:
            stem = mark.get(f"{W}name").rpartition("_")[0]
            found[stem] = found.get(stem, "") + "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
    due = {f"_ts_{article.id}": bare("".join(article.texts())) for article in bulletin.articles}
    assert {stem: bare(text) for stem, text in found.items()} == {k: v for k, v in due.items() if v}


@pytest.mark.parametrize("path", [SPLIT, BESIDE], ids=lambda path: path.stem)
def test_split_bands_are_sections_of_their_columns(path: Path) -> None:
    edition = edition_of(path, "a4")
    file = File(made(path, "a4"))
    split = [cols for cols in file.document.iter(f"{W}cols") if cols.get(f"{W}equalWidth") == "0"]
    due = [sum(len(columns_of(group[0], edition)) for group in band.groups) for band in split_bands(path)]
    assert [int(cols.get(f"{W}num")) for cols in split] == due
    assert split
    for cols in split:
        whole = sum(int(col.get(f"{W}w")) + int(col.get(f"{W}space")) for col in cols)
        assert abs(whole - Grid.of(layout_of("a4")).type_width) <= 2, "the columns fill the type area"


@pytest.mark.parametrize("path", [SPLIT, BESIDE], ids=lambda path: path.stem)
def test_heads_of_neighbours_stand_in_frames_over_their_columns(path: Path) -> None:
    file = File(made(path, "a4"))
    frames = [p for p in file.document.iter(f"{W}p") if p.find(f"{W}pPr/{W}framePr") is not None]
    assert {file.styles[file.style_of(p)].find(f"{W}basedOn").get(f"{W}val") for p in frames} <= {
        "Kicker", "Heading1", "HeadlineMore", "Subtitle", "Byline", "Normal",
    }  # fmt: skip
    heads = [p for p in frames if file.effective(file.style_of(p), f"{W}pPr/{W}outlineLvl", "val") == "0"]
    assert len(heads) == sum(1 for band in split_bands(path) for _ in band.frames()) > 0
    for name in ("w", "h", "x"):
        assert all(int(p.find(f"{W}pPr/{W}framePr").get(f"{W}{name}")) > 0 for p in heads)


@pytest.mark.parametrize("path", [SPLIT, BESIDE], ids=lambda path: path.stem)
def test_columns_end_where_the_pdfs_do(path: Path) -> None:
    """A split band's columns hold the same characters in the DOCX as in the edition."""
    edition = edition_of(path, "a4")
    due = [
        column.characters
        for band in split_bands(path)
        for group in band.groups
        for frame in group
        for column in columns_of(frame, edition)
    ]
    file = File(made(path, "a4"))
    found = []
    section: list[int] = [0]
    for paragraph in file.document.iter(f"{W}p"):
        if paragraph.find(f"{W}pPr/{W}framePr") is None:
            for node in paragraph.iter(f"{W}t", f"{W}br"):
                if node.tag == f"{W}br" and node.get(f"{W}type") == "column":
                    section.append(0)
                elif node.tag == f"{W}t":
                    section[-1] += len(bare(node.text or ""))
        cols = paragraph.find(f"{W}pPr/{W}sectPr/{W}cols")
        if cols is not None:
            found += section if cols.get(f"{W}equalWidth") == "0" else []
            section = [0]
    assert [count for count in found if count] == [count for count in due if count]


def test_boxed_articles_have_borders_by_named_styles() -> None:
    file = File(made(SPLIT, "a4"))
    boxed = [style for style in file.styles.values() if style.find(f"{W}pPr/{W}pBdr/{W}left") is not None]
    names = {style.find(f"{W}name").get(f"{W}val") for style in boxed}
    assert "花边新闻正文" in names
    used = {file.style_of(p) for p in file.document.iter(f"{W}p")}
    assert {style.get(f"{W}styleId") for style in boxed} <= used


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
def test_no_formatting_but_styles_and_frames(path: Path) -> None:
    file = File(made(path, "a4"))
    for properties in file.document.iter(f"{W}pPr"):
        assert {child.tag for child in properties} <= {f"{W}pStyle", f"{W}framePr", f"{W}sectPr"}
    names = [style.find(f"{W}name").get(f"{W}val") for style in file.styles.values()]
    assert len(set(names)) == len(names)


def test_pages_begin_on_new_pages_unless_an_article_runs_on() -> None:
    edition = edition_of(SAMPLE, "a4")
    assert is_read_on(edition)
    fresh = sum(not any(frame.part for frame in page.frames) for page in edition.pages[1:])
    kinds = [kind.get(f"{W}val") for kind in File(made(SAMPLE, "a4")).document.iter(f"{W}type")]
    assert kinds.count("nextPage") == fresh


def test_rows_stand_closer_where_a_page_needs_more_lines() -> None:
    layout, edition = layout_of("a4"), edition_of(SPLIT, "a4")
    texts = article_texts(bulletin_of(SPLIT), layout, Grid.of(layout))
    share = closer(edition, layout, texts)
    assert 0.0 < share < 0.3
    row = File(made(SPLIT, "a4")).effective("NewsBody", f"{W}pPr/{W}spacing", "line")
    assert int(row or 0) < edition.row_pt * 20


@pytest.mark.parametrize("layout", ["a4", "tabloid", "vertical"])
def test_untouched_it_comes_back_as_it_was(layout: str, tmp_path: Path) -> None:
    for path in (SAMPLE, SPLIT):
        (tmp_path / "edited.docx").write_bytes(made(path, layout))
        back, returned = return_docx(tmp_path / "edited.docx")
        assert back is not None
        assert not returned.events
        assert not returned.unplaced
        assert back.articles == bulletin_of(path).articles


def test_same_edition_same_bytes() -> None:
    made.cache_clear()
    first = made(SPLIT, "a4")
    made.cache_clear()
    assert made(SPLIT, "a4") == first


def test_libreoffice_shows_the_pdfs_pages(tmp_path: Path) -> None:
    """As many pages as the PDF, each beginning with the same headline where none runs on."""
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("CI has to have LibreOffice (soffice)")
        pytest.skip("no soffice on this machine")
    files = []
    for path in (SAMPLE, SPLIT):
        files.append(tmp_path / f"{path.stem}.docx")
        files[-1].write_bytes(made(path, "a4"))
    page_lines.render(office, files, tmp_path)
    for path, file in zip((SAMPLE, SPLIT), files, strict=True):
        edition = edition_of(path, "a4")
        shown = pypdfium2.PdfDocument(file.with_suffix(".pdf"))
        assert len(shown) == len(edition.pages), path.stem
        for page, sheet in zip(edition.pages, shown, strict=True):
            words = bare(sheet.get_textpage().get_text_range())
            for frame in page.frames:
                title = next((run.text.text for run in frame.runs if run.role == "headline"), "")
                assert bare(title)[:6] in words, (path.stem, page.number, title)


def test_a_page_of_the_pdf_can_still_be_written() -> None:
    """The DOCX's dressing changes nothing in the edition that it was given."""
    edition = edition_of(SPLIT, "a4")
    before = write_pdf(edition, faces_of("a4"), layout_of("a4"), "d09")
    made(SPLIT, "a4")
    assert write_pdf(edition, faces_of("a4"), layout_of("a4"), "d09") == before
