"""The manuscript's form: its fields and what each may hold, read by `manuscript` and published as JSON Schema."""

from __future__ import annotations

from typing import Any

from typeset.model.bulletin import BLOCK_TYPES
from typeset.read.kinds import Anything, Choice, Fields, Flag, Items, Pair, Share, Spoken, Text, Whole

_TEXTS = Items(Text())
_OPTIONAL = Text(or_none=True)
BLOCK = Fields({"type": Choice(BLOCK_TYPES), "text": Text()}, needed=("type", "text"))
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
