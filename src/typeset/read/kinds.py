"""What a field of a hand-edited file may hold: one value that both reads nodes and says its JSON Schema.

A table of kinds is the only place where a file's form is written down, so the reader and the
published schema cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from typeset.read.nodes import FALSE_WORDS, TRUE_WORDS, Node

Schema = dict[str, Any]
_SCALAR = ["string", "number", "boolean"]


class Kind(Protocol):
    """What stands in a field."""

    def read(self, node: Node) -> Any:
        """The value that `node` holds. Raises TypesetError with its place."""

    def schema(self) -> Schema:
        """The same as JSON Schema (2020-12), for YAML as its readers load it."""


@dataclass(frozen=True)
class Text:
    """A scalar's characters as they stand: a date or a number is text here."""

    or_none: bool = False

    def read(self, node: Node) -> str | None:
        return node.text_or_none() if self.or_none else node.text()

    def schema(self) -> Schema:
        return {"type": [*_SCALAR, "null"] if self.or_none else _SCALAR}


@dataclass(frozen=True)
class Flag:
    """true or false."""

    def read(self, node: Node) -> bool:
        return node.flag()

    def schema(self) -> Schema:
        return {"enum": [True, False, *sorted(TRUE_WORDS | FALSE_WORDS)]}


@dataclass(frozen=True)
class Whole:
    """A whole number, or nothing."""

    least: int = 0

    def read(self, node: Node) -> int | None:
        found = node.number_or_none()
        if found is not None and found < self.least:
            raise node.wrong(f"a whole number from {self.least} on", f"从 {self.least} 起的整数")
        return found

    def schema(self) -> Schema:
        return {
            "anyOf": [
                {"type": "integer", "minimum": self.least, "maximum": 99_999_999_999},
                {"type": "string", "pattern": "^[0-9]{1,11}$" if not self.least else "^0*[1-9][0-9]{0,10}$"},
                {"type": "null"},
            ]
        }


@dataclass(frozen=True)
class Share:
    """A number from 0 to 1, or nothing."""

    def read(self, node: Node) -> float | None:
        return node.share_or_none()

    def schema(self) -> Schema:
        return {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": r"^(?:0(?:\.[0-9]{1,9})?|1(?:\.0{1,9})?)$"},
                {"type": "null"},
            ]
        }


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    words: tuple[str, ...]

    def read(self, node: Node) -> str:
        return node.choice(self.words)

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True)
class Items:
    """A list; nothing at all is an empty one."""

    of: Kind
    least: int = 0

    def read(self, node: Node) -> list[Any]:
        return [self.of.read(item) for item in node.items()]

    def schema(self) -> Schema:
        types = ["array"] if self.least else ["array", "null"]
        return {"type": types, "items": self.of.schema()} | ({"minItems": self.least} if self.least else {})


@dataclass(frozen=True)
class Pair:
    """Two texts: [left, right]."""

    def read(self, node: Node) -> tuple[str, str]:
        texts = [item.text() for item in node.items()]
        if len(texts) != 2:
            raise node.wrong("two texts: [left, right]", "两段文字：[左, 右]")
        return texts[0], texts[1]

    def schema(self) -> Schema:
        return {"type": "array", "items": {"type": _SCALAR}, "minItems": 2, "maxItems": 2}


@dataclass(frozen=True)
class Anything:
    """A field that other tools write, passed over."""

    def read(self, node: Node) -> None:
        return None

    def schema(self) -> Schema:
        return {}


@dataclass(frozen=True)
class Fields:
    """A mapping whose keys are known; `needed` ones must be there."""

    kinds: Mapping[str, Kind]
    needed: tuple[str, ...] = ()

    def read(self, node: Node) -> dict[str, Any]:
        nodes = node.fields(self.kinds)
        for key in self.needed:
            if key not in nodes:
                raise node.wrong(f"fields with “{key}:”", f"带“{key}:”的字段")
        return {key: self.kinds[key].read(value) for key, value in nodes.items()}

    def schema(self) -> Schema:
        out: Schema = {
            "type": ["object"] if self.needed else ["object", "null"],
            "properties": {key: kind.schema() for key, kind in self.kinds.items()},
            "additionalProperties": False,
        }
        return out | ({"required": list(self.needed)} if self.needed else {})


@dataclass(frozen=True)
class Spoken:
    """A message: one text, or {en, zh}."""

    def read(self, node: Node) -> tuple[str, str]:
        if node.kind == "scalar" and not node.is_null:
            return node.text(), node.text()
        said = self._both.read(node)
        return said.get("en") or "", said.get("zh") or ""

    def schema(self) -> Schema:
        return {"anyOf": [{"type": _SCALAR}, self._both.schema()]}

    @property
    def _both(self) -> Fields:
        return Fields({"en": Text(or_none=True), "zh": Text(or_none=True)})
