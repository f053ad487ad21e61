"""What is read of a DOCX that came back: its story as pieces, styles, baseline, comments, and who saved it last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typeset.model.findings import TypesetError
from typeset.return_.columns import joined
from typeset.return_.package import damaged, open_docx, parse_part, part_of, parts_of
from typeset.return_.roles import plain_name
from typeset.return_.sent import Sent, read_sent
from typeset.return_.story import Raw, W, raw_paragraphs
from typeset.return_.views import StyleTable


@dataclass(frozen=True, slots=True)
class File:
    """What is read of a DOCX."""

    name: str
    raws: tuple[Raw, ...]
    styles: StyleTable
    sent: Sent | None
    comments: Any | None
    extended: Any | None
    last_author: str
    last_saved: str
    pictures: int
    headers: tuple[str, ...]
    """The words of headers and footers."""


def read_file(path: Path) -> File:
    """Read a DOCX. Raises TypesetError for whatever is not a sound one."""
    document = open_docx(path)
    refuse = damaged(str(path))
    raws, notes = raw_paragraphs(document.element.body)
    raws += _note_raws(document, notes, refuse)
    sent = None
    for part in parts_of(document, "customXml"):
        sent = sent or read_sent(parse_part(part, refuse), str(path))
    comments, extended = part_of(document, "comments"), part_of(document, "commentsExtended")
    styles = _styles(document, refuse)
    author, saved = _last_saved(document, refuse)
    return File(
        str(path), tuple(joined(raws, styles, sent)), styles, sent,
        None if comments is None else parse_part(comments, refuse),
        None if extended is None else parse_part(extended, refuse),
        author,
        saved,
        sum(1 for _ in document.element.body.iter("{*}blip")),
        tuple(
            "".join(text.text or "" for text in parse_part(part, refuse).iter(f"{W}t"))
            for part in (*parts_of(document, "header"), *parts_of(document, "footer"))
        ),
    )  # fmt: skip


def _last_saved(document: Any, refuse: Callable[[str], TypesetError]) -> tuple[str, str]:
    """Who saved the file last, and when. LibreOffice's relation differs by a letter from the one python-docx knows."""
    for relation in document.part.package.rels.values():
        if not relation.is_external and relation.reltype.endswith("/core-properties"):
            root = parse_part(relation.target_part, refuse)
            who, when = (str(root.findtext(f"{{*}}{key}") or "") for key in ("lastModifiedBy", "modified"))
            return who, when
    return "", ""


def _note_raws(
    document: Any, notes: Sequence[tuple[str, str]], refuse: Callable[[str], TypesetError]
) -> list[Raw]:
    """The paragraphs of the footnotes and endnotes that the story refers to."""
    out: list[Raw] = []
    for kind in dict.fromkeys(kind for kind, _ in notes):
        part = part_of(document, kind)
        wanted = {ident for which, ident in notes if which == kind}
        for node in () if part is None else parse_part(part, refuse):
            if node.get(f"{W}id") in wanted:
                raws, _ = raw_paragraphs(node)
                for raw in raws:
                    raw.place = "note"
                out += raws
    return out


def _styles(document: Any, refuse: Callable[[str], TypesetError]) -> StyleTable:
    part = part_of(document, "styles")
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    default = "normal"
    for style in () if part is None else parse_part(part, refuse).iter(f"{W}style"):
        if style.get(f"{W}type") != "paragraph":
            continue
        ident, name, base = style.get(f"{W}styleId"), style.find(f"{W}name"), style.find(f"{W}basedOn")
        names[ident] = plain_name(str(name.get(f"{W}val"))) if name is not None else plain_name(str(ident))
        if base is not None:
            bases[ident] = str(base.get(f"{W}val"))
        if style.get(f"{W}default") in ("1", "true", "on"):
            default = names[ident]
    based_on = {names[ident]: names[base] for ident, base in bases.items() if base in names}
    return StyleTable(names, based_on, default)
