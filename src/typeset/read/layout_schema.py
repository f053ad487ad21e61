"""The layout's JSON Schema, made of the same dataclasses that `layout` reads files by."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any, Literal, Union, get_args, get_origin

from typeset.model import layout as model
from typeset.model.lengths import LENGTH_PATTERN
from typeset.read.kinds import Schema

_SCALAR = ["string", "number", "boolean"]
_LENGTH: Schema = {"type": "string", "pattern": f"^{LENGTH_PATTERN}$"}
_NUMBERS = {
    int: ("integer", r"^\s*[+-]?[0-9]+\s*$"),
    float: ("number", r"^\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)\s*$"),
}
_FLAG_WORDS = ("true", "false", "on", "off", "yes", "no")


def layout_schema() -> dict[str, Any]:
    """The JSON Schema that `typeset schema layout` prints."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Typeset layout 版式文件",
        "description": "What `typeset make --layout FILE.yaml` takes.",
    } | _record(model.Layout)


def _record(kind: Any) -> Schema:
    """A dataclass: its fields by their keys, those without a default required."""
    hints = typing.get_type_hints(kind)
    fields = [f for f in dataclasses.fields(kind) if f.name != "file" or kind is not model.Layout]
    required = [
        _key(f.name)
        for f in fields
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    ]
    return {
        "type": "object",
        "properties": {_key(f.name): _field(f.name, hints[f.name]) for f in fields},
        "required": required,
        "additionalProperties": False,
    }


def _field(name: str, kind: Any) -> Schema:
    if not name.endswith("_pt"):
        return _value(kind)
    return {"type": "array", "items": _LENGTH} if get_origin(kind) is tuple else _LENGTH


def _value(kind: Any) -> Schema:
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    if origin in (Union, types.UnionType):
        return _value(next(k for k in get_args(kind) if k is not type(None)))
    if origin is dict:
        return {"type": "object", "additionalProperties": _value(get_args(kind)[1])}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is tuple:
        kinds = get_args(kind)
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return {"type": "array", "items": _value(kinds[0])}
        return {
            "type": "array",
            "prefixItems": [_value(k) for k in kinds],
            "minItems": len(kinds),
            "maxItems": len(kinds),
        }
    if kind is bool:
        words = [spelled for word in _FLAG_WORDS for spelled in (word, word.title(), word.upper())]
        return {"enum": [True, False, *words]}
    if kind in _NUMBERS:
        name, pattern = _NUMBERS[kind]
        return {"anyOf": [{"type": name}, {"type": "string", "pattern": pattern}]}
    return {"type": _SCALAR}


def _key(name: str) -> str:
    """A length's unit stands in its value, not in its key."""
    return name.removesuffix("_pt")
