"""The PDF read back by pikepdf and pypdfium2: boxes, fonts, operators, places, text, outline, same bytes."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests.samples import ROOT, SAMPLE, bulletin_of, edition_of, faces_of, layout_of, solid
from typeset.model.edition import LineRun, Page
from typeset.model.layout import BLACK
from typeset.model.lengths import MM_PT
from typeset.write.pdf import SOFT_HYPHEN, write_pdf

LAYOUTS = ("tabloid", "a4")
EVERY = pytest.mark.parametrize("name", LAYOUTS)


@cache
def pdf_of(name: str) -> bytes:
    return write_pdf(edition_of(SAMPLE, name), faces_of(name), layout_of(name))


def opened(name: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_of(name)))


def runs_of(page: Page) -> list[LineRun]:
    """In the order in which they are drawn."""
    return [*page.furniture, *(run for frame in page.frames for run in frame.runs)]


@EVERY
def test_page_boxes(name: str) -> None:
    sheet = layout_of(name).sheet
    bleed = 3 * MM_PT
    assert sheet.bleed_pt == pytest.approx(bleed)
    with opened(name) as pdf:
        for page in pdf.pages:
            media, trim, bleed_box = (
                [float(v) for v in page.obj[key]] for key in ("/MediaBox", "/TrimBox", "/BleedBox")
            )
            assert media == pytest.approx(bleed_box)
            assert media == pytest.approx(
                [0, 0, sheet.width_pt + 2 * bleed, sheet.height_pt + 2 * bleed], abs=0.01
            )
            assert trim == pytest.approx([bleed, bleed, media[2] - bleed, media[3] - bleed], abs=0.01)


@EVERY
def test_title_and_language(name: str) -> None:
    edition = edition_of(SAMPLE, name)
    with opened(name) as pdf:
        assert edition.title in str(pdf.docinfo["/Title"])
        assert str(pdf.Root["/Lang"]) == "zh-CN"


@EVERY
def test_an_outline_entry_a_page_and_under_it_its_articles_in_order(name: str) -> None:
    edition = edition_of(SAMPLE, name)
    with opened(name) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [f"第{page.number}版" for page in edition.pages]
        items = [kid for item in outline.root for kid in item.children]
        titles = [item.title for item in items]
        first = {f.article: n for n, p in reversed(list(enumerate(edition.pages))) for f in p.frames}
        order = sorted(
            first,
            key=lambda article: (
                first[article],
                [f.article for f in edition.pages[first[article]].frames].index(article),
            ),
        )
        assert titles == [edition.article_titles[article] for article in order]
        assert len(titles) == len(bulletin_of(SAMPLE).articles)
        pages = [page.objgen for page in pdf.pages]
        for item, article in zip(items, order, strict=True):
            assert item.action is None  # ISO 15930-7, 6.18
            assert pages.index(item.destination[0].objgen) == first[article]
        for page, item in zip(pages, outline.root, strict=True):
            assert item.destination[0].objgen == page


@EVERY
def test_every_font_is_an_embedded_subset(name: str) -> None:
    with opened(name) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
        assert fonts
        for font in fonts:
            assert "Helvetica" not in str(font["/BaseFont"])
            if font["/Subtype"] == "/Type0":
                assert "/ToUnicode" in font
                font = font["/DescendantFonts"][0]
            assert font["/Subtype"] == "/CIDFontType2"
            assert font["/CIDToGIDMap"] == "/Identity"
            prefix, _, rest = str(font["/BaseFont"]).lstrip("/").partition("+")
            assert len(prefix) == 6
            assert prefix.isupper()
            assert rest
            data = font["/FontDescriptor"]["/FontFile2"].read_bytes()
            assert data[:4] in (b"\0\1\0\0", b"true")
        used = {key for page in pdf.pages for key in page.obj["/Resources"]["/Font"]}
        assert used


def instructions(page: pikepdf.Page) -> list[tuple[list[Any], str]]:
    return [(list(i.operands), str(i.operator)) for i in pikepdf.parse_content_stream(page)]


@EVERY
def test_only_cmyk_and_body_text_in_black_alone(name: str) -> None:
    """Every ink is one that the layout names."""
    inks = {BLACK, *colours(dataclasses.asdict(layout_of(name)))}
    with opened(name) as pdf:
        for page in pdf.pages:
            ink: list[float] | None = None
            shown = 0
            for operands, operator in instructions(page):
                assert operator not in ("rg", "RG", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN"), operator
                if operator == "k":
                    ink = [float(v) for v in operands]
                    assert tuple(round(v * 100, 3) for v in ink) in inks
                elif operator in ("TJ", "Tj", "'"):
                    shown += ink == [0, 0, 0, 1]
            assert shown > 20


def colours(value: Any) -> Iterator[tuple[float, ...]]:
    """All CMYK values of a layout."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key.endswith("colour"):
                yield tuple(float(v) for v in part)
            else:
                yield from colours(part)


def widths_of(font: Any) -> dict[int, float]:
    """The advance of each CID, in ems."""
    out: dict[int, float] = {}
    array = list(font["/DescendantFonts"][0].get("/W", []))
    while array:
        first, entry = int(array.pop(0)), array.pop(0)
        if isinstance(entry, pikepdf.Array):
            out |= {first + n: float(w) / 1000 for n, w in enumerate(entry)}
        else:
            width = float(array.pop(0)) / 1000
            out |= dict.fromkeys(range(first, int(entry) + 1), width)
    return out


def glyphs_of(page: pikepdf.Page) -> list[tuple[float, float, float]]:
    """(x, y, size) of every glyph of a page's horizontal lines, from its content stream alone."""
    standing = {
        key for key, font in page.obj["/Resources"]["/Font"].items() if font["/Encoding"] == "/Identity-V"
    }
    fonts = {key: widths_of(font) for key, font in page.obj["/Resources"]["/Font"].items()}
    out: list[tuple[float, float, float]] = []
    widths: dict[int, float] = {}
    font = ""
    size = spacing = x = y = left = leading = 0.0
    for operands, operator in instructions(page):
        if operator == "Tf":
            font, size = str(operands[0]), float(operands[1])
            widths = fonts[font]
        elif operator == "Tc":
            spacing = float(operands[0])
        elif operator == "Tm":
            assert [float(v) for v in operands[:4]] == [1, 0, 0, 1]
            x, y = left, _ = float(operands[4]), float(operands[5])
        elif operator == "TL":
            leading = float(operands[0])
        elif operator in ("Td", "T*", "'"):
            move = [float(v) for v in operands] if operator == "Td" else [0.0, -leading]
            left, y = left + move[0], y + move[1]
            x = left
        if operator in ("TJ", "Tj", "'"):
            for part in operands[0] if operator == "TJ" else operands:
                if font in standing:
                    continue
                if isinstance(part, pikepdf.String):
                    data = bytes(part)
                    for at in range(0, len(data), 2):
                        out.append((x, y, size))
                        x += widths.get(int.from_bytes(data[at : at + 2], "big"), 1.0) * size + spacing
                else:
                    x -= float(part) / 1000 * size
    return out


@EVERY
def test_every_glyph_stands_where_the_edition_says(name: str) -> None:
    edition = edition_of(SAMPLE, name)
    bleed, height = edition.bleed_pt, edition.height_pt
    with opened(name) as pdf:
        for page, made in zip(pdf.pages, edition.pages, strict=True):
            due: list[tuple[float, float, float] | None] = []
            for run in runs_of(made):
                if run.vertical:
                    continue
                for line in range(run.first, run.last):
                    y = bleed + height - run.baseline_pt - (line - run.first) * run.pitch_pt
                    text = run.text
                    due += [
                        (bleed + run.line_x_pt(line) + float(text.origin_em[i]) * run.size_pt, y, run.size_pt)
                        for i in range(int(text.starts[line]), int(text.ends[line]))
                    ]
                    if text.hyphened[line]:
                        due.append(None)
            drawn = glyphs_of(page)
            assert len(drawn) == len(due)
            for found, expected in zip(drawn, due, strict=True):
                if expected is not None:
                    slack = 0.01 if expected[2] < 14 else expected[2] / 1000
                    assert found[0] == pytest.approx(expected[0], abs=slack)
                    assert found[1] == pytest.approx(expected[1], abs=0.001)
                    assert found[2] == pytest.approx(expected[2], abs=0.001)


def read_by_pdfium(name: str) -> list[str]:
    document = pypdfium2.PdfDocument(pdf_of(name))
    pages = []
    for page in document:
        text = page.get_textpage().get_text_range()
        pages.append(solid("".join(c for c in text if c not in "\x02\ufffe" and ord(c) != SOFT_HYPHEN)))
    return pages


def shown(runs: Iterable[LineRun]) -> str:
    texts = []
    for run in runs:
        spans = zip(run.text.starts.tolist(), run.text.ends.tolist(), strict=True)
        texts += [run.text.text[start:end] for start, end in list(spans)[run.first : run.last]]
    return solid("".join(texts))


@EVERY
def test_t61_the_text_reads_back_as_the_source(name: str) -> None:
    for made, found in zip(edition_of(SAMPLE, name).pages, read_by_pdfium(name), strict=True):
        runs = [run for frame in made.frames for run in frame.runs]
        if any(run.vertical for run in runs):  # pdfium parts lines that stand by their places
            assert sorted(found) == sorted(shown([*runs, *made.furniture]))
            runs = [run for frame in made.frames if frame.form != "standing" for run in frame.runs]
            assert all(shown([run]) in found for run in runs)
            continue
        news = shown(runs)
        assert found.endswith(news)
        # pdfium reads the parts of the folio line by their places
        assert sorted(found.removesuffix(news)) == sorted(shown(made.furniture))


def test_t61_each_article_reads_in_order() -> None:
    """The sample's paragraphs and heads, character for character, one after another within each article."""
    found = "".join(read_by_pdfium("tabloid"))
    frames = [frame for page in edition_of(SAMPLE, "tabloid").pages for frame in page.frames]
    standing = {frame.article for frame in frames if frame.form == "standing"}
    for number, article in enumerate(bulletin_of(SAMPLE).articles):
        heads = [solid(text) for text in (*article.kicker, *article.headline, *article.subtitle)]
        heads = [] if number in standing else heads
        body = solid("".join(block.text for block in article.body))
        at = 0
        for part in (*heads, body):
            at = found.find(part, at)
            assert at >= 0, part[:20]
            at += len(part)


def test_same_input_same_bytes() -> None:
    """Two processes with other hash seeds, and this one, write the same file."""
    code = (
        "import hashlib, sys; from tests.samples import *; from typeset.write.pdf import write_pdf;"
        "sys.stdout.write(hashlib.sha256(write_pdf(edition_of(), faces_of(), layout_of())).hexdigest())"
    )
    digests = {hashlib.sha256(pdf_of("tabloid")).hexdigest()}
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        digests.add(done.stdout)
    assert len(digests) == 1


def test_pages_render_with_ink() -> None:
    for page in pypdfium2.PdfDocument(pdf_of("tabloid")):
        picture = page.render(scale=0.5).to_pil().convert("L")
        histogram = picture.histogram()
        assert 0.005 < sum(histogram[:128]) / sum(histogram) < 0.6
