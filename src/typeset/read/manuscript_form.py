"""The manuscript's form: its fields and what each may hold, read by `manuscript` and published as JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from typeset.model.bulletin import BLOCK_TYPES, Illustration, Reservation
from typeset.model.findings import Place
from typeset.model.issue import IMPRINT
from typeset.model.lengths import points
from typeset.model.marks import MARK_KINDS, Mark
from typeset.read.kinds import Anything, Choice, Fields, Flag, Items, Kind, Pair, Share, Spoken, Text, Whole
from typeset.read.nodes import Node

_TEXTS = Items(Text())
_OPTIONAL = Text(or_none=True)


@dataclass(frozen=True)
class PictureForm:
    """A picture: its file and what goes with it; among an article's `pictures:` it may have a caption of its own."""

    has_caption: bool = False

    def read(self, node: Node) -> tuple[Illustration, str | None]:
        values = self._fields.read(node)
        if not values["file"].strip():
            raise node.wrong("“file:” with a picture's name", "写有图片文件名的“file:”")
        if values.get("width_columns") == 0:
            raise node.wrong("“width_columns:” from 1 on", "从 1 起的“width_columns:”")
        words = {key: values.get(key) or "" for key in ("credit", "alt")}
        found = Illustration(
            values["file"].strip(), width_columns=values.get("width_columns"), place=node.place, **words
        )
        return found, values.get("caption")

    def schema(self) -> dict[str, Any]:
        return self._fields.schema()

    @property
    def _fields(self) -> Fields:
        kinds: dict[str, Kind] = {
            "file": Text(),
            "credit": _OPTIONAL,
            "alt": _OPTIONAL,
            "width_columns": Whole(),
        }
        return Fields(kinds | ({"caption": _OPTIONAL} if self.has_caption else {}), needed=("file",))


@dataclass(frozen=True)
class BlockForm:
    """A block of the body; a picture stands with a caption alone."""

    def read(self, node: Node) -> dict[str, Any]:
        values = self._fields.read(node)
        if values.get("picture") is not None and values["type"] != "caption":
            raise node.wrong("“picture:” with type caption only", "只有 type: caption 才带“picture:”")
        return values

    def schema(self) -> dict[str, Any]:
        return self._fields.schema()

    @property
    def _fields(self) -> Fields:
        kinds: dict[str, Kind] = {"type": Choice(BLOCK_TYPES), "text": Text(), "picture": PictureForm()}
        return Fields(kinds, needed=("type", "text"))


@dataclass(frozen=True)
class MarkForm:
    """One of an article's marks, with its place in the file; ruby is for ruby alone."""

    def read(self, node: Node) -> tuple[Mark, Place]:
        values = self._fields.read(node)
        kind, ruby = values["kind"], values.get("ruby") or ""
        if (kind == "ruby") != bool(ruby.strip()):
            raise node.wrong(
                "“ruby:” with kind ruby, and only there", "只有 kind: ruby 才带“ruby:”，且不可为空"
            )
        if values.get("nth") == 0:
            raise node.wrong("“nth:” from 1 on", "从 1 起的“nth:”")
        return Mark(kind, values["text"], ruby, values.get("nth")), node.place

    def schema(self) -> dict[str, Any]:
        return self._fields.schema()

    @property
    def _fields(self) -> Fields:
        kinds: dict[str, Kind] = {"kind": Choice(MARK_KINDS), "text": Text(), "ruby": Text(), "nth": Whole()}
        return Fields(kinds, needed=("kind", "text"))


@dataclass(frozen=True)
class Placed:
    """A value with its place in the file."""

    of: Kind

    def read(self, node: Node) -> tuple[Any, Place]:
        return self.of.read(node), node.place

    def schema(self) -> dict[str, Any]:
        return self.of.schema()


@dataclass(frozen=True)
class ReservedForm:
    """The place of an advertisement: how high (with its unit), in how many columns (none: all)."""

    def read(self, node: Node) -> Reservation:
        values = self._fields.read(node)
        try:
            height_pt = points(values["height"])
        except ValueError:
            height_pt = 0.0
        if height_pt <= 0:
            raise node.wrong("“height:” with its unit, such as 60mm", "带单位的“height:”，如 60mm")
        return Reservation(height_pt, values.get("columns") or 0)

    def schema(self) -> dict[str, Any]:
        return self._fields.schema()

    @property
    def _fields(self) -> Fields:
        return Fields({"height": Text(), "columns": Whole(least=1)}, needed=("height",))


ARTICLE = Fields(
    {
        "id": Text(),
        "kicker": _TEXTS,
        "headline": _TEXTS,
        "subtitle": _TEXTS,
        "byline": _TEXTS,
        "source": _OPTIONAL,
        "truncated": Flag(),
        "byline_stands_in_body": Flag(),
        "body": Items(BlockForm()),
        "pictures": Items(PictureForm(has_caption=True)),
        "marks": Items(MarkForm()),
        "page": Whole(least=1),
        "priority": Whole(least=1),
        "section": _OPTIONAL,
        "keep_whole": Flag(),
        "reserved": ReservedForm(),
        "accept": Anything(),
    }
)
FINDING = Fields(
    {
        "severity": Choice(("info", "warning", "error")),
        "code": _OPTIONAL,
        "message": Spoken(),
        "file": _OPTIONAL,
        "line": Whole(),
        "column": Whole(),
        "text": _OPTIONAL,
        "suggestion": _OPTIONAL,
        "kind": _OPTIONAL,
        "rule": _OPTIONAL,
        "certainty": Share(),
    }
)
IMPRINT_FORM = Fields(dict.fromkeys(IMPRINT, _OPTIONAL))
MANUSCRIPT = Fields(
    {
        "bulletin": Fields(
            {"title": _OPTIONAL, "date": _OPTIONAL, "issue": _OPTIONAL, "imprint": IMPRINT_FORM}
        ),
        "articles": Items(Placed(ARTICLE), least=1),
        "furniture": _TEXTS,
        "joins": Items(Pair()),
        "role_marks": _OPTIONAL,
        "findings": Items(FINDING),
        "corrections": Items(FINDING),
        "notices": Anything(),
        "suspects": Anything(),
        "tolerate": Anything(),
    },
)


def manuscript_schema() -> dict[str, Any]:
    """The JSON Schema that `typeset schema manuscript` prints."""
    return (
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Typeset manuscript 稿件文本",
            "description": "What `typeset parse` writes and `typeset make` takes.",
        }
        | MANUSCRIPT.schema()
        | {"type": "object", "required": ["articles"]}
    )
