"""Print profiles in the finished file: version, intent, boxes, marks, ink, tags, threads, metadata; read back by pikepdf."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
import tracemalloc
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests.samples import CORPUS, SAMPLE, edition_of, faces_of, layout_of
from typeset.model.edition import Edition
from typeset.model.layout import MARKS, PrintSpec
from typeset.model.lengths import MM_PT
from typeset.write.pdf import write_pdf, write_pdf_to
from typeset.write.pdf.metadata import issue_day

X4, X1A, SCREEN = PrintSpec("x4", "FOGRA39"), PrintSpec("x1a", "IFRA26"), PrintSpec("screen")
SPECS = {"x4": X4, "x1a": X1A, "screen": SCREEN}
EVERY = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
RED = (0.0, 100.0, 100.0, 0.0)


def written(
    spec: PrintSpec, name: str = "tabloid", bulletin: Path = SAMPLE, edition: Edition | None = None
) -> bytes:
    layout = dataclasses.replace(layout_of(name), print=spec)
    return write_pdf(edition or edition_of(bulletin, name), faces_of(name), layout, "lilun")


@cache
def plain(profile: str) -> bytes:
    return written(SPECS[profile])


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def operators(page: pikepdf.Page) -> Iterator[tuple[list[Any], str]]:
    for instruction in pikepdf.parse_content_stream(page):
        yield list(instruction.operands), str(instruction.operator)


# ------------------------------------------------------------ the file


@pytest.mark.parametrize(("profile", "version"), [("x4", "1.6"), ("x1a", "1.4"), ("screen", "1.7")])
def test_version_and_packing(profile: str, version: str) -> None:
    data = plain(profile)
    assert data.startswith(f"%PDF-{version}\n".encode())
    assert (b"/ObjStm" in data) == (profile != "x1a")
    assert (b"\nxref\n" in data) == (profile == "x1a")
    with opened(data) as pdf:
        assert not pdf.check_pdf_syntax()
        assert not pdf.is_encrypted
        one, two = (bytes(part) for part in pdf.trailer["/ID"])
        assert one == two
        assert len(one) == 16


def test_the_identifier_is_the_contents() -> None:
    ids = {bytes(opened(written(spec)).trailer["/ID"][0]) for spec in (X4, X4, X1A, SCREEN)}
    assert len(ids) == 3


@EVERY
def test_qpdf_and_ghostscript_have_nothing_to_say(spec: PrintSpec, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(written(dataclasses.replace(spec, marks=MARKS)))
    for command in (("qpdf", "--check", "--no-warn"),
                    ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", "-o-")):  # fmt: skip
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not installed")
        done = subprocess.run([*command, str(path)], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert command[0] != "gs" or not done.stdout


def test_memory_does_not_grow_with_the_pages() -> None:
    """Fifty times the pages: six megabytes more at most, of numbers that say where each object is."""
    one = edition_of(SAMPLE, "tabloid")
    many = dataclasses.replace(one, pages=one.pages * 50)
    peaks = []
    for edition in (one, many):
        sink = _Sink()
        tracemalloc.start()
        write_pdf_to(sink, edition, faces_of(), layout_of())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert sink.size > 400_000
    assert peaks[1] - peaks[0] < 6_000_000


class _Sink(io.BytesIO):
    """Counts what it is given, and keeps nothing."""

    size = 0

    def write(self, data: Any) -> int:
        self.size += len(data)
        return len(data)


# ------------------------------------------------------------ identification


def test_x4_embeds_the_profile_and_names_its_condition() -> None:
    with opened(plain("x4")) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.RegistryName) == "http://www.color.org"
        data = intent.DestOutputProfile.read_bytes()
        assert (len(data), data[12:20]) == (121_368, b"prtrCMYK")
        assert "PDF/X-4" in pdf.Root.Metadata.read_bytes().decode()


def test_x1a_names_a_registered_condition_alone() -> None:
    with opened(plain("x1a")) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "IFRA26"
        assert "/DestOutputProfile" not in intent
        assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-1a:2003"
        assert str(pdf.docinfo["/Trapped"]) == "/False"


def test_the_screen_has_no_intent_and_no_bleed() -> None:
    with opened(plain("screen")) as pdf:
        assert "/OutputIntents" not in pdf.Root
        page = pdf.pages[0].obj
        assert page.MediaBox == page.TrimBox


@EVERY
def test_xmp_is_info(spec: PrintSpec) -> None:
    with opened(written(spec)) as pdf, pdf.open_metadata() as xmp:
        info = pdf.docinfo
        assert xmp["dc:title"] == str(info["/Title"])
        assert xmp["xmp:CreatorTool"] == str(info["/Creator"])
        assert xmp["pdf:Producer"] == str(info["/Producer"])
        digits = re.sub(r"\D", "", xmp["xmp:CreateDate"])
        assert digits == re.sub(r"\D", "", str(info["/CreationDate"]))
        assert xmp["xmp:ModifyDate"] == xmp["xmp:MetadataDate"] == xmp["xmp:CreateDate"]
        assert re.fullmatch(r"uuid:[0-9a-f-]{36}", xmp["xmpMM:DocumentID"])


@pytest.mark.parametrize(("words", "day"), [
    ("2023年11月6日　星期一", "2023-11-06"), ("2023-11-06", "2023-11-06"), (None, "2000-01-01"), ("2023年13月40日", "2000-01-01"),
    ("二〇二三年", "2000-01-01"),
])  # fmt: skip
def test_dates_are_the_issues_own(words: str | None, day: str) -> None:
    assert issue_day(words).isoformat() == day


def test_a_title_with_markup_and_rare_characters_is_written_alike() -> None:
    edition = dataclasses.replace(edition_of(SAMPLE, "tabloid"), title="报 <&> 𠀀 (一)", date="2024年1月2日")
    with opened(written(X4, edition=edition)) as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == str(pdf.docinfo["/Title"]) == "报 <&> 𠀀 (一) 2024年1月2日"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20240102000000Z"


# ------------------------------------------------------------ marks


@pytest.mark.parametrize("spec", [X4, X1A], ids=["x4", "x1a"])
def test_marks_stand_outside_the_bleed(spec: PrintSpec) -> None:
    with opened(written(dataclasses.replace(spec, marks=MARKS))) as pdf:
        page = pdf.pages[0]
        media, bleed, trim = (
            [float(v) for v in page.obj[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")
        )
        assert bleed[0] - media[0] == pytest.approx(10 * MM_PT, abs=0.01)
        assert trim[0] - bleed[0] == pytest.approx(3 * MM_PT, abs=0.01)
        found = [o for o, name in operators(page) if name == "m"]
        assert len(found) > 20
        registration = False
        for operands, name in operators(page):
            if name == "CS":
                registration = str(operands[0]) == "/SA"
            elif name == "Q":
                registration = False
            elif name in ("m", "l") and registration:
                x, y = (float(v) for v in operands)
                assert not (bleed[0] < x < bleed[2] and bleed[1] < y < bleed[3])
                assert media[0] <= x <= media[2]
                assert media[1] <= y <= media[3]
        space = page.obj.Resources.ColorSpace.SA
        assert [str(part) for part in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]


def test_the_slug_names_file_page_and_the_plates_really_used() -> None:
    document = pypdfium2.PdfDocument(written(dataclasses.replace(X1A, marks=("slug",))))
    lines = []
    for page in document:
        box = page.get_trimbox()
        lines.append(page.get_textpage().get_text_bounded(0, box[3] + 3 * MM_PT, box[2], page.get_height()))
    assert len(lines) == 2
    assert "lilun" in lines[0]
    assert "Magenta Yellow Black" in lines[0]
    assert "Magenta" not in lines[1]
    assert "Black" in lines[1]


def test_no_marks_where_none_are_wanted_nor_on_screen() -> None:
    for spec in (X4, dataclasses.replace(SCREEN, marks=MARKS)):
        with opened(written(spec)) as pdf:
            assert "/ColorSpace" not in pdf.pages[0].obj.Resources


# ------------------------------------------------------------ ink


@EVERY
def test_black_overprints_and_nothing_else_does(spec: PrintSpec) -> None:
    """In every content stream: 0 0 0 1 k under op true and OPM 1, any other colour under op false."""
    with opened(written(spec)) as pdf:
        seen = set()
        for page in pdf.pages:
            states = {str(key): value for key, value in page.obj.Resources.ExtGState.items()}
            over = False
            ink: tuple[float, ...] = ()
            saved: list[tuple[bool, tuple[float, ...]]] = []
            for operands, name in operators(page):
                if name == "gs":
                    state = states[str(operands[0])]
                    over = bool(state["/op"])
                    assert bool(state["/OP"]) == over
                    assert int(state["/OPM"]) == 1
                elif name == "q":
                    saved.append((over, ink))
                elif name == "Q":
                    over, ink = saved.pop()
                elif name in ("k", "K"):
                    ink = tuple(float(v) for v in operands)
                elif name in ("TJ", "Tj", "'", "S"):
                    assert over == (ink == (0, 0, 0, 1))
                    seen.add(ink)
        assert seen == {(0, 0, 0, 1), (0, 1, 1, 0)}


def test_a_spot_ink_prints_the_colour_it_is_given() -> None:
    spec = dataclasses.replace(X1A, spots={"PANTONE 485 C": RED}, marks=("slug",))
    with opened(written(spec)) as pdf:
        resources = pdf.pages[0].obj.Resources
        name, space = next(iter(resources.ColorSpace.items()))
        assert str(space[1]) == "/PANTONE 485 C"
        assert [float(v) for v in space[3].C1] == [0, 1, 1, 0]
        used = [str(o[0]) for o, operator in operators(pdf.pages[0]) if operator in ("cs", "CS")]
        assert set(used) == {name}
        inks = {tuple(map(float, o)) for o, operator in operators(pdf.pages[0]) if operator in ("k", "K")}
        assert inks == {(0, 0, 0, 1)}
    text = pypdfium2.PdfDocument(written(spec))[0].get_textpage().get_text_range()
    assert "Black PANTONE 485 C" in text


# ------------------------------------------------------------ tags, threads, labels


def kinds(element: Any) -> list[str]:
    """The types under an element, in order."""
    kids = element.get("/K")
    items = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    out = []
    for kid in items:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            out += [str(kid.S)[1:], *kinds(kid)]
    return out


@EVERY
def test_an_article_is_tagged_as_it_reads(spec: PrintSpec) -> None:
    with opened(written(spec)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        document = pdf.Root.StructTreeRoot.K
        assert str(document.S) == "/Document"
        top = [str(kid.S)[1:] for kid in document.K]
        assert top[0] == "H1"  # the masthead's name
        articles = [kid for kid in document.K if kid.S == "/Art"]
        assert len(articles) == len(edition_of(SAMPLE, "tabloid").article_titles)
        assert kinds(articles[0])[:4] == ["P", "H2", "P", "P"]  # kicker, headline, byline, first paragraph
        assert "H3" in kinds(articles[0])


def test_lists_tables_and_their_cells_are_tagged() -> None:
    with opened(written(X4, "a4", CORPUS[0])) as pdf:
        found = kinds(pdf.Root.StructTreeRoot.K)
        assert found.count("LI") == found.count("LBody") >= 2
        assert found.count("L") == 1
        assert found.count("TR") == 7
        assert found.count("TH") == 5
        assert found.count("TD") == 30


@pytest.mark.parametrize("name", ["tabloid", "a4"])
@pytest.mark.parametrize(
    "bulletin",
    [SAMPLE, *(pytest.param(path, marks=pytest.mark.slow) for path in CORPUS)],
    ids=lambda path: path.stem,
)
def test_t61_the_tags_say_each_articles_text_code_point_by_code_point(bulletin: Path, name: str) -> None:
    """MCID by MCID along the structure, the text that the page shows for it: the article's own, none missing."""
    edition = edition_of(bulletin, name)
    with opened(written(layout_of(name).print, name, bulletin)) as pdf:
        marked = {page.objgen: texts_by_mcid(page) for page in pdf.pages}
        articles = [kid for kid in pdf.Root.StructTreeRoot.K.K if kid.S == "/Art"]
        order = list(dict.fromkeys(f.article for page in edition.pages for f in page.frames if f.runs))
        for article, element in zip(order, articles, strict=True):
            found = "".join(marked[page][mcid] for page, mcid in contents(element))
            due = "".join(
                run.text.text[run.text.starts[line] : run.text.ends[line]]
                for page in edition.pages for frame in page.frames if frame.article == article
                for run in frame.runs for line in range(run.first, run.last)
            )  # fmt: skip
            assert found.replace("\u00ad", "") == due


def contents(element: Any, page: Any = None) -> Iterator[tuple[tuple[int, int], int]]:
    page = element.get("/Pg", page)
    kids = element.get("/K")
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page.objgen, kid
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            yield kid.get("/Pg", page).objgen, int(kid.MCID)
        elif isinstance(kid, pikepdf.Dictionary):
            yield from contents(kid, page)


def texts_by_mcid(page: pikepdf.Page) -> dict[int, str]:
    """Text of each marked sequence, by the fonts' ToUnicode."""
    maps = {key: to_unicode(font) for key, font in page.obj.Resources.Font.items()}
    out: dict[int, str] = {}
    stack: list[int | None] = []
    current: dict[int, str] = {}
    for operands, name in operators(page):
        if name in ("BDC", "BMC"):
            found = operands[1].get("/MCID") if name == "BDC" else None
            stack.append(int(found) if found is not None else stack[-1] if stack else None)
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            current = maps[str(operands[0])]
        elif name in ("TJ", "Tj", "'"):
            parts = operands[0] if name == "TJ" else operands
            data = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            text = "".join(current[int.from_bytes(data[n : n + 2], "big")] for n in range(0, len(data), 2))
            if stack and stack[-1] is not None:
                out[stack[-1]] = out.get(stack[-1], "") + text
    return out


def to_unicode(font: Any) -> dict[int, str]:
    out = {}
    rows = re.findall(rb"<(\w{4})> <(\w{4})> <(\w+)>", font.ToUnicode.read_bytes())
    for first, last, text in rows:
        for n in range(int(last, 16) - int(first, 16) + 1):
            data = bytes.fromhex(text.decode())
            out[int(first, 16) + n] = (
                (int.from_bytes(data, "big") + n).to_bytes(len(data), "big").decode("utf-16-be")
            )
    return out


def test_western_words_are_spans_of_english(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "开放日通知\n\n　　" + "欢迎来到Open School Day活动现场参观，GDP增长。" * 6 + "\n", encoding="utf-8"
    )
    with opened(written(X4, "a4", path)) as pdf:
        spans = [
            o for page in pdf.pages for o, name in operators(page) if name == "BDC" and str(o[0]) == "/Span"
        ]
        assert len(spans) >= 6
        assert {str(span[1]["/Lang"]) for span in spans} == {"en"}
        shown = "".join("".join(texts_by_mcid(page).values()) for page in pdf.pages)
        assert shown.count("GDP") == 6


@EVERY
def test_threads_lead_from_frame_to_frame_and_round(spec: PrintSpec) -> None:
    edition = edition_of(SAMPLE, "a4")
    frames = [f.article for page in edition.pages for f in page.frames]
    long = {article for article in frames if frames.count(article) > 1}
    assert long
    with opened(written(spec, "a4")) as pdf:
        assert len(pdf.Root.Threads) == len(long)
        for thread in pdf.Root.Threads:
            bead, count = thread.F, 0
            while count == 0 or bead.objgen != thread.F.objgen:
                assert bead.N.V.objgen == bead.objgen
                assert bead.objgen in [b.objgen for b in bead.P.B]
                bead, count = bead.N, count + 1
            titles = {" ".join(edition.article_titles[a].split()): frames.count(a) for a in long}
            assert titles[str(thread.I.Title)] == count


def test_page_labels_and_no_actions_or_annotations() -> None:
    for profile in SPECS:
        data = plain(profile)
        with opened(data) as pdf:
            assert str(pdf.Root.PageLabels.Nums[1].S) == "/D"
            assert all("/Annots" not in page.obj for page in pdf.pages)
            assert "/OpenAction" not in pdf.Root
