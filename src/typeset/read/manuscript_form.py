"""The manuscript's form: its fields and what each may hold, read by `manuscript` and published as JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from typeset.model.bulletin import BLOCK_TYPES
from typeset.model.findings import Place
from typeset.model.marks import MARK_KINDS, Mark
from typeset.read.kinds import Anything, Choice, Fields, Flag, Items, Pair, Share, Spoken, Text, Whole
from typeset.read.nodes import Node

_TEXTS = Items(Text())
_OPTIONAL = Text(or_none=True)
BLOCK = Fields({"type": Choice(BLOCK_TYPES), "text": Text()}, needed=("type", "text"))


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
        kinds = {"kind": Choice(MARK_KINDS), "text": Text(), "ruby": Text(), "nth": Whole()}
        return Fields(kinds, needed=("kind", "text"))


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
        "body": Items(BLOCK),
        "marks": Items(MarkForm()),
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
MANUSCRIPT = Fields(
    {
        "bulletin": Fields({"title": _OPTIONAL, "date": _OPTIONAL, "issue": _OPTIONAL}),
        "articles": Items(ARTICLE, least=1),
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
