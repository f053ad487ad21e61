"""The command line's words for finished PDFs: check, impose, diff, preview."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from typeset.cli_common import LANG, guarded, language
from typeset.model.findings import Lang, Place, TypesetError, Words
from typeset.model.lengths import points

if TYPE_CHECKING:
    from typeset.check.makeup import MakeupReport
    from typeset.check.preflight import Report
    from typeset.impose import Scheme


@click.command()
@click.argument("file", type=click.Path())
@click.option("--profile", "profiles", type=click.Choice(["x4", "x1a", "ua", "makeup"]), multiple=True,
              help="Rules to judge by; those that the file says it keeps, and make-up, by default.")  # fmt: skip
@click.option(
    "--layout",
    metavar="FILE.layout.json",
    help="What `make --formats json` wrote: its text and places are compared.",
)
@click.option("--against", metavar="OTHER.pdf", help="Tell which lines stand elsewhere in another edition.")
@click.option(
    "--ink-limit", type=float, metavar="PERCENT", help="Total ink; the output condition's by default."
)
@click.option("--fails", is_flag=True, help="Show only what fails.")
@click.option("--json", "as_json", is_flag=True, help="The reports as JSON.")
@LANG
@click.pass_obj
def check(
    settings: dict[str, Any], file: str, profiles: tuple[str, ...], layout: str | None, against: str | None,
    ink_limit: float | None, fails: bool, as_json: bool, lang: str | None,
) -> None:  # fmt: skip
    """Judge a PDF: print (PDF/X-4, PDF/X-1a:2003), access (PDF/UA-1), make-up. Exit code 1 where a rule is broken."""
    speech: Lang = language(lang) if lang else settings["lang"]

    def job() -> None:
        import json

        from typeset.check.makeup import check_makeup
        from typeset.check.preflight import PROFILES, Limits, preflight

        press = [profile for profile in PROFILES if profile in profiles]
        reports: list[Report | MakeupReport] = []
        if press or not profiles:
            reports += preflight(Path(file), press, Limits(ink_limit))
        if "makeup" in profiles or not profiles:
            reports.append(check_makeup(Path(file), _path(layout), _path(against)))
        if as_json:
            value = [report.as_dict(speech) for report in reports]
            click.echo(json.dumps(value, ensure_ascii=False, indent=1))
        else:
            click.echo("\n".join(line for report in reports for line in report.lines(speech, fails)))
        if not all(report.passed for report in reports):
            sys.exit(1)

    guarded(settings | {"lang": speech}, job)


@click.command()
@click.argument("file", type=click.Path())
@click.option("--scheme", type=click.Choice(["booklet", "2up", "broadsheet-spread"]), required=True,
              help="Stitched through the fold; side by side; folded sheets by themselves.")  # fmt: skip
@click.option("--creep", default="0mm", show_default=True, metavar="LENGTH",
              help="How much each sheet of a booklet sits farther in: the paper's thickness.")  # fmt: skip
@click.option("--marks/--no-marks", default=True, show_default=True, help="Crop and fold marks.")
@click.option("--right-bound", is_flag=True, help="The spine is at the right, as for vertical text.")
@click.option("--out", metavar="FILE", help="FILE-SCHEME.pdf beside the file by default.")
@LANG
@click.pass_obj
def impose(
    settings: dict[str, Any], file: str, scheme: Scheme, creep: str, marks: bool, right_bound: bool, out: str | None,
    lang: str | None,
) -> None:  # fmt: skip
    """Lay finished pages out on sheets for printing at home or in the office."""
    speech: Lang = language(lang) if lang else settings["lang"]

    def job() -> None:
        from typeset.impose import impose as lay_out
        from typeset.write.files import write_all

        source = Path(file)
        data = lay_out(
            source, scheme, creep_pt=_length(creep, "--creep"), marks=marks, is_right_bound=right_bound
        )
        target = Path(out) if out else source.with_name(f"{source.stem}-{scheme}.pdf")
        click.echo(str(write_all(target.parent, {target.name: data})[0]))

    guarded(settings | {"lang": speech}, job)


@click.command()
@click.argument("first", type=click.Path())
@click.argument("second", type=click.Path())
@click.option("--dpi", type=click.IntRange(20, 600), default=110, show_default=True)
@click.option(
    "--out",
    default="diff",
    show_default=True,
    metavar="DIR",
    help="Folder for a picture of each changed page.",
)
@LANG
@click.pass_obj
def diff(settings: dict[str, Any], first: str, second: str, dpi: int, out: str, lang: str | None) -> None:
    """Show what changed between two PDFs: red was, blue is. Exit code 1 where anything did."""
    speech: Lang = language(lang) if lang else settings["lang"]

    def job() -> None:
        from typeset.check.differences import differences
        from typeset.write.files import write_all

        changed = 0
        for page in differences(Path(first), Path(second), dpi):
            if page.is_same:
                continue
            changed += 1
            picture = write_all(Path(out), {f"{Path(second).stem}-{page.page}.diff.png": page.picture})[0]
            places = "; ".join("{:g},{:g} {:g}×{:g}".format(*box) for box in page.boxes_mm)
            click.echo(Words(
                f"page {page.page}: {page.share:.2%} changed, at (mm) {places}: {picture}",
                f"第 {page.page} 版：改动 {page.share:.2%}，位置（mm）{places}：{picture}",
            ).spoken(speech))  # fmt: skip
            for line in page.lines:
                click.echo(f"    {line}")
        click.echo(Words(f"{changed} page(s) changed", f"{changed} 版有改动").spoken(speech))
        if changed:
            sys.exit(1)

    guarded(settings | {"lang": speech}, job)


@click.command()
@click.argument("file", type=click.Path())
@click.option("--dpi", type=click.IntRange(10, 1200), default=110, show_default=True)
@click.option("--contact-sheet", is_flag=True, help="All pages small on one picture.")
@click.option("--out", metavar="DIR", help="Beside the file by default.")
@LANG
@click.pass_obj
def preview(
    settings: dict[str, Any], file: str, dpi: int, contact_sheet: bool, out: str | None, lang: str | None
) -> None:
    """Draw a PDF's pages as PNGs, cut to the trim."""
    speech: Lang = language(lang) if lang else settings["lang"]

    def job() -> None:
        import pypdfium2

        from typeset.write.files import write_all
        from typeset.write.png import write_contact_sheet, write_png

        source = Path(file)
        try:
            pdf = source.read_bytes()
            if contact_sheet:
                files = {f"{source.stem}-contact.png": write_contact_sheet(pdf)}
            else:
                files = {f"{source.stem}-{n}.png": data for n, data in enumerate(write_png(pdf, dpi), 1)}
        except (OSError, pypdfium2.PdfiumError):
            raise TypesetError(
                Words("no PDF that can be opened", "不是可打开的 PDF"),
                Words("give a finished PDF", "请给出成品 PDF"), Place(file),
            ) from None  # fmt: skip
        for path in write_all(Path(out) if out else source.parent, files):
            click.echo(str(path))

    guarded(settings | {"lang": speech}, job)


def _path(name: str | None) -> Path | None:
    return Path(name) if name is not None else None


def _length(text: str, option: str) -> float:
    try:
        return points(text)
    except ValueError:
        raise TypesetError(
            Words(f"{option}: {text!r} is no length", f"{option}：{text!r} 不是长度"),
            Words("write a number with mm or pt, such as 0.1mm", "请写数字加 mm 或 pt，如 0.1mm"),
        ) from None


PRESS_COMMANDS = (check, impose, diff, preview)
