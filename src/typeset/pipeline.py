"""The main job as a library: a bulletin's file in, its pages written.

import typeset
made = typeset.make("seeds/lilun-2023-11.txt", layout="tabloid", out="out")
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from typeset.model.bulletin import Bulletin
from typeset.model.findings import Finding, Lang, NotExactError, TypesetError, Words
from typeset.model.issue import IssueLine
from typeset.write.aside import beside
from typeset.write.files import Content, write_all

if TYPE_CHECKING:
    from typeset.check.kinds import PaperKind
    from typeset.compose.copyfit import Slip
    from typeset.fonts.faces import FaceSet
    from typeset.inks.pictures import Pressed
    from typeset.makeup.record import Record
    from typeset.model.edition import Allowance, Edition
    from typeset.model.layout import Layout, Mark, PrintProfile
    from typeset.model.pictures import PictureFile
    from typeset.model.source import Source

DocxKind = Literal["edit", "proof", "both"]
DocxFonts = Literal["none", "embed"]
FORMATS = ("pdf", "docx", "png", "json")
PNG_DPI = 110
HEAD_ROLES = ("headline", "kicker", "subtitle")
LEAST_MEASURE_EM, MOST_MEASURE_EM = 1.0, 1000.0
Progress = Callable[[Words], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What `make` wrote, and what there is to say of it."""

    files: tuple[Path, ...]
    pages: int
    filled: float
    findings: tuple[Finding, ...]
    is_exact: bool = True
    """Every page is full to the last line; else the finding makeup.open says what is missing."""
    allowances: tuple[tuple[str, Allowance], ...] = ()
    """Each article's name with what it may gain or lose in its frame."""


def _quiet(_: Words) -> None:
    """No progress."""


def read_bulletin(path: str | Path) -> Bulletin:
    """Read a bulletin's text, or a manuscript (.yaml), into its articles. Raises TypesetError."""
    path = Path(path)
    if _is_manuscript(path):
        from typeset.read.manuscript import read_manuscript

        return read_manuscript(path)
    from typeset.parse import parse
    from typeset.read.text import read_text

    return parse(read_text(path))


def proof(path: str | Path, codes: Collection[str] = ()) -> Bulletin:
    """Read proofs of a bulletin or manuscript: its slips among the findings, those of `codes` set right.

    Codes are those of `typeset.proof.slips.RULES`. What is set right is kept in `corrections`.
    Raises TypesetError.
    """
    from typeset.proof import findings_of, slips_of
    from typeset.proof.apply import applied
    from typeset.proof.copy import copy_of
    from typeset.proof.slips import RULES

    unknown = [code for code in codes if code not in RULES]
    if unknown:
        raise TypesetError(
            Words(f"no slips of the code {unknown[0]!r}", f"没有 {unknown[0]!r} 这一类差错"),
            Words(f"choose all, {', '.join(RULES)}", f"可选 all、{'、'.join(RULES)}"),
        )
    path = Path(path)
    bulletin, source = _read_with_source(path)
    copy = copy_of(bulletin)
    slips = slips_of(bulletin, copy)
    return applied(bulletin, copy, slips, tuple(findings_of(copy, slips, source)), codes)


def _read_over(bulletin: Bulletin) -> Bulletin:
    """The bulletin with its slips among the findings, without their places in the source."""
    from typeset.proof import findings_of, slips_of
    from typeset.proof.copy import copy_of

    copy = copy_of(bulletin)
    found = findings_of(copy, slips_of(bulletin, copy), None)
    return dataclasses.replace(bulletin, findings=(*bulletin.findings, *found))


def _is_manuscript(path: Path) -> bool:
    return path.suffix.lower() in (".yaml", ".yml")


def _read_with_source(path: Path) -> tuple[Bulletin, Source]:
    """A bulletin, and the lines of the file it came from."""
    from typeset.read.text import read_text

    if _is_manuscript(path):
        return read_bulletin(path), read_text(path)
    from typeset.parse import parse

    source = read_text(path)
    return parse(source), source


def make(
    path: str | Path,
    layout: str = "tabloid",
    out: str | Path = "out",
    formats: Sequence[str] = ("pdf", "docx"),
    *,
    title: str | None = None,
    date: str | None = None,
    issue: str | None = None,
    lang: Lang = "en",
    progress: Progress = _quiet,
    parallel: bool = False,
    profile: PrintProfile | None = None,
    condition: str | None = None,
    marks: Sequence[Mark] | None = None,
    dpi: int = PNG_DPI,
    exact: bool = False,
    editor_note: bool = False,
    docx_kind: DocxKind = "edit",
    docx_fonts: DocxFonts = "none",
    keep: str | Path | None = None,
    plan: int | None = None,
    kind: PaperKind | None = None,
) -> Made:
    """Make the pages of one bulletin in a layout and write them to `out` as STEM.pdf, STEM.docx ….

    `title`, `date` and `issue` stand in where the bulletin has none. `profile`, `condition` and `marks` go before
    the layout's `print`; `dpi` is of the PNGs. Nothing is written unless everything could be made. `parallel`
    writes the DOCX in a forked child; `exact` wants pages that close to the last line or none. `editor_note` puts
    STEM.编辑须知.txt beside them: how to edit the DOCX and hand it back. `keep` is the STEM.layout.json of an
    earlier make, whose pages stay as they are but for what changed; `plan` chooses among `alternatives` by number.
    `docx_fonts="embed"` puts the layout's faces into the DOCX to edit. `kind` adds findings on what such a publication must show (内部资料, 报纸).
    Raises TypesetError, NotExactError.
    """
    from typeset.fonts.faces import FaceSet
    from typeset.inks.pictures import press_pictures
    from typeset.read.layout import find_layout, read_layout
    from typeset.read.pictures import load_pictures

    _refuse_unknown(formats)
    _refuse_kept_plan(keep, plan)
    path = Path(path)
    look = read_layout(find_layout(layout))
    if profile is not None or condition is not None or marks is not None:
        look = _printed_as(look, profile, condition, marks)
    faces = FaceSet.of(look)
    progress(Words("reading", "读稿"))
    bulletin = _with_articles(read_bulletin(path), path)
    kept = _kept(keep, look)
    if kept is not None:
        title, date, issue = title or kept.issue.title, date or kept.issue.date, issue or kept.issue.issue
    shown = issue_line(bulletin, look, title, date, issue)
    pictures = load_pictures(bulletin, path.parent)
    progress(Words("making up pages", "拼版"))
    edition = _made_up(bulletin, look, faces, shown, pictures, kept, plan)
    if exact and not edition.is_exact:
        raise _not_exact(edition, path)
    pressed = press_pictures(edition, look.print, Path(look.file).parent)
    findings = (*bulletin.findings, *edition.findings, *pressed.findings)
    if kind is not None:
        findings += _lint(kind, bulletin, edition, shown, path)
    progress(Words("writing", "输出"))
    edit_file, proof_file = None, None
    if "docx" in formats and docx_kind != "proof":
        edit_file = _docx(
            bulletin, look, shown, pictures, edition, parallel, is_read_over=_is_manuscript(path),
            embeds_fonts=docx_fonts == "embed",
        )  # fmt: skip
    if "docx" in formats and docx_kind != "edit":
        proof_file = _proof_file(edition, look, faces, parallel)
    files = _outputs(path.stem, edition, look, faces, formats, findings, lang, dpi, pressed)
    files |= _beside_pages(path.stem, edit_file, proof_file, editor_note)
    written = write_all(Path(out), files)
    return Made(
        tuple(written), len(edition.pages), edition.filled, findings, edition.is_exact,
        tuple((edition.article_titles[a.article], a) for a in edition.allowances),
    )  # fmt: skip


def _made_up(
    bulletin: Bulletin, layout: Layout, faces: FaceSet, issue: IssueLine, pictures: Mapping[str, PictureFile],
    kept: Record | None, plan: int | None,
) -> Edition:  # fmt: skip
    """The edition, with nothing lost; where it does not close, a finding names the format that does."""
    from typeset.makeup.commit import make_up
    from typeset.makeup.reserved import with_places
    from typeset.makeup.wishes import ranked

    in_rank = ranked(with_places(bulletin, layout))
    edition = make_up(in_rank, layout, faces, issue, pictures, kept, plan)
    check_conservation(in_rank, edition, layout)
    if edition.is_exact or kept is not None:
        return edition
    return replace(edition, findings=(*edition.findings, _nearest(in_rank, layout, pictures)))


def _with_articles(bulletin: Bulletin, path: Path) -> Bulletin:
    if not bulletin.articles:
        raise TypesetError(
            Words(f"{path}: no article in it", f"{path}：没有稿件"),
            Words("give a bulletin with at least one article", "请给出至少有一篇稿件的文件"),
        )
    return bulletin


def _beside_pages(
    stem: str, edit_file: Callable[[], bytes] | None, proof_file: Callable[[], bytes] | None, editor_note: bool
) -> dict[str, Content]:  # fmt: skip
    """What an editor gets with the pages: the DOCX to edit, the one to read proofs in, the note."""
    files: dict[str, Content] = {}
    if edit_file is not None:
        files[f"{stem}.docx"] = edit_file()
    if proof_file is not None:
        files[f"{stem}.proof.docx"] = proof_file()
    if editor_note:
        from typeset.write.editor_note import editor_note as note_for

        files[f"{stem}.编辑须知.txt"] = note_for(stem)
    return files


def alternatives(
    path: str | Path, layout: str = "tabloid", out: str | Path = "out", count: int = 6, *,
    title: str | None = None, date: str | None = None, issue: str | None = None, lang: Lang = "en",
) -> tuple[Path, tuple[Words, ...]]:  # fmt: skip
    """Other exact plans of a bulletin on a contact sheet, STEM.alternatives.png, and a line on each, best first.

    `make(plan=K)` makes the Kth. Raises TypesetError where no plan closes.
    """
    from typeset.fonts.faces import FaceSet, find_font
    from typeset.makeup.commit import make_up_alternatives
    from typeset.makeup.reserved import with_places
    from typeset.makeup.wishes import ranked
    from typeset.read.layout import find_layout, read_layout
    from typeset.read.pictures import load_pictures
    from typeset.write.pdf import write_pdf
    from typeset.write.png import write_choices

    path = Path(path)
    look = read_layout(find_layout(layout))
    faces = FaceSet.of(look)
    bulletin = ranked(with_places(read_bulletin(path), look))
    shown = issue_line(bulletin, look, title, date, issue)
    pictures = load_pictures(bulletin, path.parent)
    found = make_up_alternatives(bulletin, look, faces, shown, count, pictures)
    labels = []
    for number, (one, _) in enumerate(found, 1):
        body = one.plan.setting
        labels.append(Words(
            f"{number}  cost {one.cost:.1f}: {body.size_pt:g} pt, {body.columns} × {body.measure_em} em, {one.plan.rows} rows, {one.plan.pages} page(s)",
            f"{number}  代价 {one.cost:.1f}：{body.size_pt:g} 磅，{body.columns} 栏 × {body.measure_em} 字，{one.plan.rows} 行，{one.plan.pages} 版",
        ))  # fmt: skip
    pdfs = [write_pdf(edition, faces, look, path.stem) for _, edition in found]
    sheet = write_choices(
        [(words.spoken(lang), pdf) for words, pdf in zip(labels, pdfs, strict=True)],
        find_font(look.faces[look.folio.face].file, Path(look.file).parent),
    )
    [file] = write_all(Path(out), {f"{path.stem}.alternatives.png": sheet})
    return file, tuple(labels)


def _kept(keep: str | Path | None, layout: Layout) -> Record | None:
    if keep is None:
        return None
    from typeset.makeup.record import read_record

    return read_record(Path(keep), layout)


def _lint(
    kind: PaperKind, bulletin: Bulletin, edition: Edition, shown: IssueLine, path: Path
) -> tuple[Finding, ...]:
    """What such a publication lacks on its pages, or must not say."""
    from typeset.check.kinds import lint
    from typeset.read.text import read_text

    printed = [run.text.text for page in edition.pages for run in page.furniture]
    return lint(kind, bulletin, shown, printed, read_text(path))


def _refuse_unknown(formats: Sequence[str]) -> None:
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise TypesetError(
            Words(f"no format {unknown[0]!r}", f"没有 {unknown[0]!r} 这种格式"),
            Words(f"choose among {','.join(FORMATS)}", f"可选 {','.join(FORMATS)}"),
        )


def _refuse_kept_plan(keep: str | Path | None, plan: int | None) -> None:
    if keep is not None and plan is not None:
        raise TypesetError(
            Words(
                "--keep holds a plan already; --plan would be another",
                "--keep 已定版面，不能再用 --plan 另选",
            ),
            Words("give one of the two", "二者请取其一"),
        )


def _nearest(bulletin: Bulletin, layout: Layout, pictures: Mapping[str, PictureFile]) -> Finding:
    """Which other shipped layout, the nearest in size, closes."""
    from typeset.makeup.nearest import nearest_closing, nearest_finding
    from typeset.read.layout import read_layout, shipped_layouts

    others = [read_layout(file) for file in shipped_layouts() if file.stem != layout.name]
    return nearest_finding(nearest_closing(bulletin, layout, others, pictures))


def _not_exact(edition: Edition, path: Path) -> NotExactError:
    """What make-up says of an edition that does not close, as an error."""
    said = [f.message for f in edition.findings if f.code in ("makeup.open", "makeup.nearest")]
    en, zh = "; ".join(words.en for words in said), "；".join(words.zh for words in said)
    return NotExactError(
        Words(f"{path}: {en}", f"{path}：{zh}"),
        Words("leave out --exact, or take another --layout", "请去掉 --exact，或换一种 --layout"),
    )


def _printed_as(
    layout: Layout, profile: PrintProfile | None, condition: str | None, marks: Sequence[Mark] | None
) -> Layout:
    """A layout with parts of its `print` set anew. Raises TypesetError where the press's profile is wanting.

    Another condition leaves the layout's own profile and ink limit behind: they are of the one before.
    """
    from typeset.read.press import check_press

    spec = layout.print
    if condition is not None and condition != spec.condition:
        spec = dataclasses.replace(spec, condition=condition, icc="", ink_limit=None)
    spec = dataclasses.replace(
        spec, profile=profile or spec.profile, marks=spec.marks if marks is None else tuple(marks)
    )
    changed = dataclasses.replace(layout, print=spec)
    check_press(changed, None, Path(layout.file))
    return changed


def galley(
    text: str, measure_em: float, *, indent_em: float | None = None, role: str = "body", layout: str = "tabloid",
    lang: str = "zh-Hans", options: Sequence[str] = (),
) -> list[Slip]:  # fmt: skip
    """Set text, one paragraph a line, to a measure in ems of its size, as a layout sets a role.

    `indent_em` is 2 by default, 0 for a headline; `options` are KEY=VALUE of the layout's `composition`.
    Raises TypesetError.
    """
    from typeset.compose.copyfit import copyfit, copyfit_headlines
    from typeset.fonts.faces import FaceSet
    from typeset.read.layout import find_layout, read_composition, read_layout

    if not LEAST_MEASURE_EM <= measure_em <= MOST_MEASURE_EM:
        raise TypesetError(
            Words(f"a measure of {measure_em:g} em can't be set", f"行长 {measure_em:g} 字无法排"),
            Words(f"give {LEAST_MEASURE_EM:g} to {MOST_MEASURE_EM:g} em", f"请给出 {LEAST_MEASURE_EM:g} 至 {MOST_MEASURE_EM:g} 字"),
        )  # fmt: skip
    look = read_layout(find_layout(layout))
    rules = look.composition
    if lang == "zh-Hant":
        rules = dataclasses.replace(rules, punctuation="centred")
    rules = read_composition(options, rules)
    paragraphs = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    faces = FaceSet.of(look)
    if role in HEAD_ROLES:
        head = look.headline
        face = {"kicker": head.kicker_face, "subtitle": head.subtitle_face}.get(role, head.face)
        return copyfit_headlines(paragraphs, measure_em, face, faces, rules)
    style = look.styles.get("para" if role == "body" else role)
    if style is None:
        raise TypesetError(
            Words(f"no role {role!r}", f"没有 {role!r} 这种角色"),
            Words(f"choose body, {', '.join((*HEAD_ROLES, *look.styles))}", f"可选 body、{'、'.join((*HEAD_ROLES, *look.styles))}"),
        )  # fmt: skip
    indent = 2.0 if indent_em is None else indent_em
    return copyfit(paragraphs, measure_em, indent, style.face, faces, rules)


def issue_line(
    bulletin: Bulletin, layout: Layout, title: str | None, date: str | None, issue: str | None
) -> IssueLine:
    """The masthead's words: the bulletin's own, else the caller's, else the layout's."""
    return IssueLine(
        bulletin.title or title or layout.masthead.title,
        bulletin.date or date,
        bulletin.issue or issue,
        bulletin.imprint,
    )


def _docx(
    bulletin: Bulletin,
    layout: Layout,
    shown: IssueLine,
    pictures: Mapping[str, PictureFile],
    edition: Edition,
    parallel: bool,
    *,
    is_read_over: bool,
    embeds_fonts: bool = False,
) -> Callable[[], bytes]:
    """The DOCX's bytes when asked for, written while the PDF is.

    Its comments are the proofreader's too. A manuscript brings what was found, less what its editor took out.
    """

    def job() -> bytes:
        from typeset.write.docx import write_docx

        read = bulletin if is_read_over else _read_over(bulletin)
        return write_docx(read, layout, shown, pictures, edition, embeds_fonts=embeds_fonts)

    return beside(job) if parallel else job


def _proof_file(edition: Edition, layout: Layout, faces: FaceSet, parallel: bool) -> Callable[[], bytes]:
    """The page-true DOCX's bytes when asked for, written while the PDF is."""

    def job() -> bytes:
        from typeset.write.docx import write_proof

        return write_proof(edition, layout, faces)

    return beside(job) if parallel else job


def _outputs(
    stem: str, edition: Edition, layout: Layout, faces: FaceSet, formats: Sequence[str],
    findings: tuple[Finding, ...], lang: Lang, dpi: int, pressed: Pressed,
) -> dict[str, Content]:  # fmt: skip
    files: dict[str, Content] = {}
    if "pdf" in formats:
        from typeset.write.pdf import write_pdf_to

        files[f"{stem}.pdf"] = lambda sink: write_pdf_to(sink, edition, faces, layout, stem, pressed)
    if "png" in formats:
        from typeset.write.pdf import write_pdf
        from typeset.write.png import write_png

        pictures = write_png(write_pdf(edition, faces, layout, stem, pressed), dpi)
        files |= {f"{stem}-{n}.png": picture for n, picture in enumerate(pictures, 1)}
    if "json" in formats:
        from typeset.write.json import edition_json, report_json
        from typeset.write.pdf import glyph_codes

        files[f"{stem}.layout.json"] = edition_json(edition, glyph_codes(edition, faces, layout, stem))
        files[f"{stem}.report.json"] = report_json(edition, findings, lang)
    return files


def check_conservation(bulletin: Bulletin, edition: Edition, layout: Layout) -> None:
    """Every character of every article is set exactly once and in order; anything else is our mistake, not the user's."""
    from typeset.makeup.heads import byline_text
    from typeset.model.edition import LineRun

    runs: dict[int, list[LineRun]] = {}
    for page in edition.pages:
        for frame in page.frames:
            runs.setdefault(frame.article, []).extend(frame.runs)
    done: dict[int, list[str]] = {}
    for article_number, found_runs in runs.items():
        parts = done.setdefault(article_number, [])
        for run in sorted(found_runs, key=LineRun.reading_order):
            text, lines = run.text.text, slice(run.first, run.last)
            spans = zip(run.text.starts[lines].tolist(), run.text.ends[lines].tolist(), strict=True)
            parts += [text[start:end] for start, end in spans]
    for number, article in enumerate(bulletin.articles):
        byline = byline_text(article, layout.styles["byline"])
        names = () if article.byline_stands_in_body or not article.byline else (byline,)
        head = (*article.kicker, *article.headline, *article.subtitle, *names)
        due = _solid((*head, *(block.printed for block in article.body), article.source or ""))
        found = _solid(done.get(number, ()))
        assert found == due, f"{article.id}: {_first_difference(due, found)}"


def _solid(texts: Iterable[str]) -> str:
    """Without white space, which the page may set or drop."""
    return "".join("".join(texts).split())


def _first_difference(due: str, found: str) -> str:
    at = next(
        (n for n, (a, b) in enumerate(zip(due, found, strict=False)) if a != b), min(len(due), len(found))
    )
    return f"at character {at} {due[at : at + 12]!r} is due, {found[at : at + 12]!r} is on the page"
