"""What commands share: the language of messages, how a mistake is said, how a file is put."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from typeset.model.findings import Lang, NotExactError, TypesetError

USER_ERROR = 2
NOT_EXACT = 3
LANG = click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of messages.")


def language(chosen: str | None) -> Lang:
    """--lang, else the locale's."""
    if chosen in ("en", "zh"):
        return chosen  # type: ignore[return-value]
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((n for n in names if n), "") or (locale.getlocale()[0] or "")
    return "zh" if name.startswith(("zh", "Chinese")) else "en"


def put(text: str, out: str | None) -> None:
    """Write to the file `out`, whole or not at all, or print."""
    data = text.encode("utf-8", "backslashreplace")
    if out is None:
        sys.stdout.buffer.write(data)
        return
    from typeset.write.files import write_all

    path = Path(out)
    write_all(path.parent, {path.name: data})


def guarded(settings: dict[str, Any], job: Callable[[], None]) -> None:
    """A user's mistake is one line and exit code 2; pages that do not close, where only such were wanted, 3."""
    try:
        job()
    except TypesetError as error:
        if settings["debug"]:
            raise
        _fail(error.spoken(settings["lang"]), NOT_EXACT if isinstance(error, NotExactError) else USER_ERROR)


def _fail(line: str, code: int = USER_ERROR) -> NoReturn:
    click.echo(line, err=True)
    sys.exit(code)
