"""The page-true DOCX: read back as XML, by python-docx, and as LibreOffice sets it beside the PDF."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import docx
import numpy as np
import pytest
from lxml import etree

import typeset
from tests.write import page_lines
from tests.write.test_docx import CORPUS, ISSUE, W, bulletin
from typeset.fonts.faces import FaceSet
from typeset.makeup.commit import make_up
from typeset.model.edition import Edition
from typeset.read.layout import find_layout, read_layout
from typeset.write.docx import write_proof
from typeset.write.docx.proof import _spaced

WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"


@pytest.fixture(scope="module", params=[("d01", "tabloid"), ("d04", "vertical")], ids="-".join)
def made(request: pytest.FixtureRequest) -> tuple[Edition, bytes]:
    name, layout = request.param
    look = read_layout(find_layout(layout))
    faces = FaceSet.of(look)
    edition = make_up(bulletin(name), look, faces, ISSUE)
    return edition, write_proof(edition, look, faces)


def _story(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def test_each_line_of_the_edition_is_a_paragraph(made: tuple[Edition, bytes]) -> None:
    edition, data = made
    due: Counter[str] = Counter()
    for page in edition.pages:
        for run in [*page.furniture, *(run for frame in page.frames for run in frame.runs)]:
            for line in range(run.first, run.last):
                words = run.text.text[run.text.starts[line] : run.text.ends[line]]
                due["".join(words.split()) + ("-" if run.text.hyphened[line] else "")] += 1
    paragraphs = _story(data).iterfind(f".//{W}txbxContent/{W}p")
    found = Counter(
        "".join("".join(t.text or "" for t in paragraph.iter(f"{W}t")).split()) for paragraph in paragraphs
    )
    assert found == due


def test_pages_are_sections_and_columns_are_chains(made: tuple[Edition, bytes]) -> None:
    edition, data = made
    sections = docx.Document(io.BytesIO(data)).sections
    assert len(sections) == len(edition.pages)
    assert {round(section.page_width.pt) for section in sections} == {round(edition.width_pt)}
    story = _story(data)
    chains = {box.get("id") for box in story.iter(f"{WPS}txbx")}
    linked = [box.get("id") for box in story.iter(f"{WPS}linkedTxbx")]
    assert linked
    assert set(linked) <= chains
    alts = [drawing.get("descr") for drawing in story.iter("{*}docPr")]
    ids = [drawing.get("id") for drawing in story.iter("{*}docPr")]
    assert all(alts)
    assert len(set(ids)) == len(ids)


def test_same_edition_same_bytes(made: tuple[Edition, bytes]) -> None:
    edition, data = made
    look = read_layout(find_layout(edition.layout))
    assert write_proof(edition, look, FaceSet.of(look)) == data


def test_spaces_between_characters_add_up_to_their_places() -> None:
    """Within three twips at every run's end: nothing adds up along the line."""
    places = np.cumsum([0, 190, 203, 197, 95, 195, 240, 190, 191, 192, 193, 194]).tolist()
    scales = [100, 100, 100, 50, *([100] * 8)]
    natural = [190 if scale == 100 else 95 for scale in scales]
    at, seen = 0, 0
    for xml in _spaced("春江潮水，连海平海上明", places, natural, scales, half_points=19):
        run = etree.fromstring(xml.replace("<w:r>", f'<w:r xmlns:w="{W[1:-1]}">', 1))
        gap = run.find(f"{W}rPr/{W}spacing")
        for _ in str(run.findtext(f"{W}t")):
            assert abs(at - places[seen]) <= 5
            at += natural[seen] + (0 if gap is None else int(gap.get(f"{W}val")))
            seen += 1
    assert seen == 11


def test_make_writes_the_proof_beside_the_editors_file(tmp_path: Path) -> None:
    both = typeset.make(CORPUS / "d03.txt", out=tmp_path, formats=("docx",), docx_kind="both")
    assert {path.name for path in both.files} == {"d03.docx", "d03.proof.docx"}
    proof = typeset.make(CORPUS / "d03.txt", out=tmp_path, formats=("docx",), docx_kind="proof")
    assert [path.name for path in proof.files] == ["d03.proof.docx"]


def test_libreoffice_breaks_and_places_lines_as_the_pdf(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("CI has to have LibreOffice (soffice)")
        pytest.skip("no soffice on this machine")
    for name, layout in (("d01", "tabloid"), ("d04", "magazine")):
        typeset.make(CORPUS / f"{name}.txt", layout, tmp_path, docx_kind="proof")
    page_lines.render(office, [tmp_path / "d01.proof.docx", tmp_path / "d04.proof.docx"], tmp_path)
    for name in ("d01", "d04"):
        true = list(page_lines.lines(tmp_path / f"{name}.pdf"))
        shown = list(page_lines.lines(tmp_path / f"{name}.proof.pdf"))
        share, missed = page_lines.equal_share(true, shown)
        assert len(true) > 200
        assert share >= 0.98, [line.text for line in missed]
