"""The command line's words for the way back: `typeset return`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from typeset.cli_common import LANG, guarded, language, put

if TYPE_CHECKING:
    from typeset.model.findings import Lang
    from typeset.return_.values import Pending

UNSETTLED = 1


@click.command(name="return")
@click.argument("edited", type=click.Path(), metavar="EDITED.docx")
@click.option("--manuscript", type=click.Path(), metavar="M.yaml",
              help="The manuscript as it stands now, if it was changed since the file was made.")  # fmt: skip
@click.option("--pending", type=click.Choice(["accept", "reject", "fail"]), default="fail", show_default=True,
              help="What becomes of tracked changes that nobody accepted or rejected; fail lists them.")  # fmt: skip
@click.option(
    "--out", metavar="FILE.yaml", help="Write the manuscript there; without it, only tell what was done."
)
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@LANG
@click.pass_obj
def return_(
    settings: dict[str, Any], edited: str, manuscript: str | None, pending: Pending, out: str | None, as_json: bool,
    lang: str | None,
) -> None:  # fmt: skip
    """Read a DOCX that an editor has changed back into its manuscript, and tell what was done to it.

    Prints what was added, deleted, moved, split, merged, restyled, reworded and commented, by article, with author
    and date where changes were tracked. Exit code 1 where something waits for you: tracked changes (with --pending
    fail nothing is written then), conflicts with a manuscript that moved on, text without a place.
    """
    speech: Lang = language(lang) if lang else settings["lang"]

    def job() -> None:
        import json

        from typeset.return_ import return_docx
        from typeset.return_.report import report_dict, report_lines

        now = None
        if manuscript is not None:
            from typeset.read.manuscript import read_manuscript

            now = read_manuscript(Path(manuscript))
        bulletin, returned = return_docx(edited, now, pending)
        if bulletin is not None and out is not None:
            from typeset.read.manuscript import write_manuscript

            put(write_manuscript(bulletin), out)
        if as_json:
            click.echo(json.dumps(report_dict(returned, speech), ensure_ascii=False, indent=1))
        else:
            click.echo("\n".join(report_lines(returned, speech)))
        if not returned.is_settled:
            sys.exit(UNSETTLED)

    guarded(settings | {"lang": speech}, job)
