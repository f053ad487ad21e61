"""The command line: words and flags. What the commands do is in `make` and the stages."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from typeset import __version__
from typeset.cli_common import LANG, guarded, language, put
from typeset.cli_press import PRESS_COMMANDS
from typeset.cli_return import return_
from typeset.model.findings import Lang, TypesetError, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from typeset.check.kinds import PaperKind
    from typeset.compose.copyfit import Slip
    from typeset.model.layout import PrintProfile
    from typeset.pipeline import DocxFonts, DocxKind

GC_THRESHOLD = 100_000  # make-up holds many small values and makes no cycles of them
PROGRESS_AFTER_S = 0.5


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="typeset")
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), help="Language of messages; the locale's by default."
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(context: click.Context, lang: str | None, debug: bool) -> None:
    """A Chinese bulletin in, newspaper pages out: print-ready PDF and an editable DOCX."""
    context.obj = {"lang": language(lang), "debug": debug}


@cli.command()
@click.argument("bulletins", nargs=-1, required=True, metavar="BULLETIN...")
@click.option(
    "--layout",
    default="tabloid",
    show_default=True,
    metavar="NAME|FILE.yaml",
    help="A layout that `typeset layouts` lists, or a file.",
)
@click.option("--out", default="out", show_default=True, metavar="DIR", help="Folder for what is made.")
@click.option("--formats", default="pdf,docx", show_default=True, help="Any of pdf,docx,png,json.")
@click.option("--title", help="The paper's name, where the bulletin has none.")
@click.option("--date", help="Date of issue, where the bulletin has none.")
@click.option("--issue", help="Issue number, where the bulletin has none.")
@click.option(
    "--print", "profile", type=click.Choice(["x4", "x1a", "screen"]), help="Kind of PDF, before the layout's."
)
@click.option("--condition", metavar="NAME", help="Printing condition, before the layout's.")
@click.option("--marks", is_flag=True, help="Crop and registration marks, colour bar and slug line.")
@click.option("--dpi", type=click.IntRange(10, 1200), default=110, show_default=True, help="Of the PNGs.")
@click.option("--exact", is_flag=True, help="Write nothing unless every page is full to the last line.")
@click.option(
    "--keep",
    metavar="STEM.layout.json",
    help="Keep the pages of an earlier make (--formats json) but for what changed since.",
)
@click.option(
    "--alternatives",
    type=click.IntRange(1, 24),
    metavar="N",
    help="Write a contact sheet of N other exact plans, the best first, and nothing else.",
)
@click.option(
    "--plan", type=click.IntRange(1), metavar="K", help="Make the plan of that number on the sheet."
)
@click.option(
    "--report", "tells", is_flag=True, help="Print what each article may gain or lose in its frame."
)
@click.option(
    "--docx",
    "docx_kind",
    type=click.Choice(["edit", "proof", "both"]),
    default="edit",
    show_default=True,
    help="The DOCX to edit and return, or STEM.proof.docx: the PDF's pages line by line, to read proofs in.",
)
@click.option("--docx-fonts", type=click.Choice(["none", "embed"]), default="none", show_default=True,
              help="Put the layout's fonts, cut to GB 2312, into the DOCX to edit (some megabytes).")  # fmt: skip
@click.option(
    "--editor-note", is_flag=True, help="Put a page in Chinese beside the DOCX: how to edit and return it."
)
@click.option("--kind", type=click.Choice(["internal", "newspaper"]),
              help="Tell what 内部资料 or newspapers must show and lack, and what the former must not say.")  # fmt: skip
@LANG
@click.pass_obj
def make(
    settings: dict[str, Any], bulletins: tuple[str, ...], layout: str, out: str, formats: str, title: str | None,
    date: str | None, issue: str | None, profile: PrintProfile | None, condition: str | None, marks: bool, dpi: int,
    exact: bool, keep: str | None, alternatives: int | None, plan: int | None, tells: bool, editor_note: bool,
    docx_kind: DocxKind, docx_fonts: DocxFonts, kind: PaperKind | None, lang: str | None,
) -> None:  # fmt: skip
    """Make the pages of bulletins (.txt) or manuscripts (.yaml)."""
    speech: Lang = language(lang) if lang else settings["lang"]
    wanted = [name.strip() for name in formats.split(",") if name.strip()]

    def job(say: Callable[[Words], None]) -> None:
        from typeset.model.layout import MARKS
        from typeset.pipeline import make as make_one

        _refuse_twins(bulletins)
        _refuse_many(bulletins, keep)
        for bulletin in bulletins:
            if alternatives is not None:
                done.extend(_alternatives(bulletin, layout, out, alternatives, title, date, issue, speech))
                continue
            made = make_one(
                bulletin,
                layout,
                out,
                wanted,
                title=title,
                date=date,
                issue=issue,
                lang=speech,
                progress=say,
                parallel=True,
                profile=profile,
                condition=condition,
                marks=MARKS if marks else None,
                dpi=dpi,
                exact=exact,
                editor_note=editor_note,
                docx_kind=docx_kind,
                docx_fonts=docx_fonts,
                keep=keep,
                plan=plan,
                kind=kind,
            )
            names = ", ".join(str(path) for path in made.files)
            full, count = f"{made.filled:.0%}", len(made.findings)
            done.append(Words(
                f"{names}: {made.pages} page(s), {full} full, {count} finding(s)",
                f"{names}：{made.pages} 版，版面填充 {full}，提示 {count} 条",
            ))  # fmt: skip
            if docx_fonts == "embed":
                done.append(_docx_size(made.files))
            if tells:
                done.extend(
                    Words(
                        f"  page {a.page}  {name}: may add {a.may_add}, may cut {a.may_cut} characters",
                        f"  {a.page} 版  {name}：可增 {a.may_add} 字，可删 {a.may_cut} 字",
                    )
                    for name, a in made.allowances
                )
            told = ("makeup.open", "makeup.nearest", "makeup.kept")
            done.extend(f.message for f in made.findings if f.code in told)
            done.extend(
                Words(f.line("en"), f.line("zh")) for f in made.findings if f.code.startswith("kind.")
            )

    done: list[Words] = []
    try:
        guarded(settings | {"lang": speech}, lambda: _with_progress(job, speech))
    finally:  # a later bulletin's mistake does not hide what was made
        for words in done:
            click.echo(words.spoken(speech))


def _docx_size(files: Iterable[Path]) -> Words:
    """How large the fonts make the DOCX."""
    sizes = [
        path.stat().st_size
        for path in files
        if path.suffix == ".docx" and not path.name.endswith(".proof.docx")
    ]
    size = f"{sum(sizes) / 1e6:.1f} MB"
    return Words(f"  DOCX with its fonts: {size}", f"  嵌入字体后的 DOCX：{size}")


@cli.command()
@click.argument("bulletin")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@click.option("--out", metavar="FILE", help="Write there instead of printing.")
@LANG
@click.pass_obj
def parse(settings: dict[str, Any], bulletin: str, form: str, out: str | None, lang: str | None) -> None:
    """Split a bulletin into its articles and write the manuscript."""
    speech: Lang = language(lang) if lang else settings["lang"]

    def job() -> None:
        import json

        from typeset.pipeline import proof
        from typeset.read import bulletin_as_dict, write_manuscript

        value = proof(bulletin)
        if form == "yaml":
            text = write_manuscript(value)
        else:
            text = json.dumps(bulletin_as_dict(value, speech), ensure_ascii=False, indent=1) + "\n"
        put(text, out)

    guarded(settings | {"lang": speech}, job)


@cli.command()
@click.argument("bulletin")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@click.option(
    "--apply",
    "accepted",
    metavar="CODE,…|all",
    help="Set right the slips of these codes (ocr, width, numeral …) and write the manuscript.",
)
@click.option("--out", metavar="FILE", help="Write there instead of printing.")
@LANG
@click.pass_obj
def proof(
    settings: dict[str, Any],
    bulletin: str,
    as_json: bool,
    accepted: str | None,
    out: str | None,
    lang: str | None,
) -> None:
    """Look a bulletin or manuscript over for slips: look-alikes, widths, figures, pairs, cut ends."""
    speech: Lang = language(lang) if lang else settings["lang"]

    def job() -> None:
        import json

        from typeset.pipeline import proof as read_proof
        from typeset.proof.slips import RULES
        from typeset.read import write_manuscript

        codes = [code.strip().removeprefix("proof.") for code in (accepted or "").split(",") if code.strip()]
        value = read_proof(bulletin, tuple(RULES) if "all" in codes else codes)
        found = [finding for finding in value.findings if finding.kind is not None]
        if as_json:
            shown = {"findings": found, "corrections": value.corrections}
            listed = {key: [f.as_dict(speech) for f in values] for key, values in shown.items()}
            report = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
        else:
            report = "".join(finding.line(speech) + "\n" for finding in found)
        if codes:
            put(write_manuscript(value), out)
            click.echo(report, err=True, nl=False)
        else:
            put(report, out)
        click.echo(
            Words(
                f"{len(found)} finding(s), {len(value.corrections)} set right",
                f"提示 {len(found)} 条，已改 {len(value.corrections)} 条",
            ).spoken(speech),
            err=True,
        )

    guarded(settings | {"lang": speech}, job)


@cli.command()
@click.argument("file", default="-")
@click.option("--measure", type=float, required=True, metavar="EM", help="Line length in ems of the text.")
@click.option(
    "--first-indent", type=float, metavar="EM", help="First line's indent: 2 by default, none for heads."
)
@click.option(
    "--role", default="body", show_default=True, help="body, headline, kicker, subtitle or a layout's style."
)
@click.option("--lang", "language", type=click.Choice(["zh-Hans", "zh-Hant", "ja"]), default="zh-Hans", show_default=True,
              help="The text's language: zh-Hant sets punctuation=centred.")  # fmt: skip
@click.option(
    "--set",
    "options",
    multiple=True,
    metavar="KEY=VALUE",
    help="A layout's composition option, such as hang=on.",
)
@click.option(
    "--layout", default="tabloid", show_default=True, metavar="NAME|FILE.yaml", help="Whose faces and rules."
)
@click.option("--json", "as_json", is_flag=True, help="Every line with the places of its boxes, in ems.")
@click.pass_obj
def galley(
    settings: dict[str, Any], file: str, measure: float, first_indent: float | None, role: str, language: str,
    options: tuple[str, ...], layout: str, as_json: bool,
) -> None:  # fmt: skip
    """Set text, one paragraph a line, to a measure and print its lines (copyfitting)."""

    def job() -> None:
        import json

        from typeset.pipeline import galley as set_galley
        from typeset.read.text import read_plain

        text = read_plain(sys.stdin.buffer.read() if file == "-" else Path(file))
        slips = set_galley(
            text, measure, indent_em=first_indent, role=role, layout=layout, lang=language, options=options
        )
        if as_json:
            value = {"measure_em": measure, "paragraphs": [slip.as_dict() for slip in slips]}
            out = json.dumps(value, ensure_ascii=False)
        else:
            out = "\n".join(_slip_text(slip, settings["lang"]) for slip in slips)
        sys.stdout.buffer.write((out + "\n").encode("utf-8", "surrogatepass"))

    guarded(settings, job)


def _slip_text(slip: Slip, lang: Lang) -> str:
    """The lines as they are set, the indent drawn, and how many lines the paragraph can take."""
    if not slip.lines:
        return ""
    indent = "　" * round(slip.lines[0].x_em[0]) if slip.lines[0].x_em else ""
    lines = [line.text + ("  ⚠" if line.unfit else "") for line in slip.lines]
    count = len(lines)
    words = Words(
        f"{count} line(s), {slip.min_lines} to {slip.max_lines} possible",
        f"{count} 行，可排 {slip.min_lines} 至 {slip.max_lines} 行",
    )
    return "\n".join([indent + lines[0], *lines[1:], f"-- {words.spoken(lang)}"])


@cli.command()
@click.argument("what", type=click.Choice(["manuscript", "layout"]))
@click.option("--out", metavar="FILE", help="Write there instead of printing.")
@click.pass_obj
def schema(settings: dict[str, Any], what: str, out: str | None) -> None:
    """Print the JSON Schema of manuscripts or layouts, for editors that complete and check YAML."""

    def job() -> None:
        import json

        from typeset.read.layout_schema import layout_schema
        from typeset.read.manuscript_form import manuscript_schema

        form = manuscript_schema() if what == "manuscript" else layout_schema()
        put(json.dumps(form, ensure_ascii=False, indent=1) + "\n", out)

    guarded(settings, job)


@cli.command()
@click.pass_obj
def layouts(settings: dict[str, Any]) -> None:
    """List the layouts that there are."""

    def job() -> None:
        from typeset.read.layout import read_layout, shipped_layouts

        for path in shipped_layouts():
            layout = read_layout(path)
            sheet = f"{layout.sheet.width_pt / 72 * 25.4:.0f} × {layout.sheet.height_pt / 72 * 25.4:.0f} mm"
            body = layout.body[0]
            click.echo(
                f"{layout.name:<12}{layout.title}\t{sheet}, {body.columns} × {body.measure_em} em, {body.size_pt:g} pt"
            )

    guarded(settings, job)


@cli.command()
@click.pass_obj
def fonts(settings: dict[str, Any]) -> None:
    """List the fonts that come with the program."""

    def job() -> None:
        from typeset.fonts.face import open_face
        from typeset.fonts.faces import shipped_fonts

        for path in shipped_fonts():
            face = open_face(path)
            click.echo(
                f"{path.name:<24}{face.family:<22}{face.glyph_count} glyphs, {path.stat().st_size / 1e6:.1f} MB"
            )

    guarded(settings, job)


def _refuse_twins(bulletins: tuple[str, ...]) -> None:
    """Two bulletins whose outputs would overwrite each other."""
    seen: dict[str, str] = {}
    for bulletin in bulletins:
        other = seen.setdefault(Path(bulletin).stem, bulletin)
        if other is not bulletin:
            raise TypesetError(
                Words(
                    f"{other} and {bulletin} would write the same files",
                    f"{other} 与 {bulletin} 会写出同名文件",
                ),
                Words("make them one by one, each with its own --out", "请分别排版，各用各的 --out"),
            )


def _alternatives(
    bulletin: str, layout: str, out: str, count: int, title: str | None, date: str | None, issue: str | None, lang: Lang
) -> list[Words]:  # fmt: skip
    from typeset.pipeline import alternatives

    file, labels = alternatives(bulletin, layout, out, count, title=title, date=date, issue=issue, lang=lang)
    return [*labels, Words(f"{file}: {len(labels)} plan(s)", f"{file}：{len(labels)} 个方案")]


def _refuse_many(bulletins: tuple[str, ...], keep: str | None) -> None:
    if keep is not None and len(bulletins) > 1:
        raise TypesetError(
            Words("--keep is for one bulletin", "--keep 只用于一份稿件"),
            Words("make them one by one", "请分别排版"),
        )


def _with_progress(job: Callable[[Callable[[Words], None]], None], lang: Lang) -> None:
    """Show what is going on, on a terminal, once the work has taken half a second."""
    if not sys.stderr.isatty():
        job(lambda _: None)
        return
    began = time.monotonic()
    shown: list[Any] = []

    def say(words: Words) -> None:
        if not shown and time.monotonic() - began > PROGRESS_AFTER_S:
            from rich.console import Console

            status = Console(stderr=True).status("")
            status.start()
            shown.append(status)
        if shown:
            shown[0].update(words.spoken(lang))

    try:
        job(say)
    finally:
        for status in shown:
            status.stop()


for _command in (*PRESS_COMMANDS, return_):
    cli.add_command(_command)


def main() -> None:
    """Entry point of the `typeset` command."""
    gc.set_threshold(GC_THRESHOLD)
    cli(prog_name="typeset")
