"""YAML text as plain nodes that know their line, for files that people edit by hand.

Built from libyaml's events without recursion: aliases are refused and depth is bounded, so no
input can blow up memory or the stack. `Node` reads fields of one type or raises a TypesetError
with the place, what was expected and the nearest right spelling.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from typeset.model.findings import Place, TypesetError, Words

MAX_DEPTH = 12
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
TRUE_WORDS = frozenset(("true", "True", "TRUE", "yes", "Yes"))
FALSE_WORDS = frozenset(("false", "False", "FALSE", "no", "No"))


@dataclass(slots=True)
class Node:
    """One scalar (`value` is a str), list (of Nodes) or mapping (of key Node and value Node)."""

    place: Place
    value: str | list[Node] | list[tuple[Node, Node]]
    kind: str
    is_plain: bool = False
    _keys: dict[str, Node] = field(default_factory=dict)

    @property
    def is_null(self) -> bool:
        return self.kind == "scalar" and self.is_plain and self.value in _NULLS

    def text(self) -> str:
        """A scalar's characters as they stand (a date or a number is text here)."""
        if self.kind != "scalar" or self.is_null:
            raise self.wrong("text", "文字")
        assert isinstance(self.value, str)
        return self.value

    def text_or_none(self) -> str | None:
        return None if self.is_null else self.text()

    def flag(self) -> bool:
        if self.kind == "scalar" and self.value in TRUE_WORDS:
            return True
        if self.kind == "scalar" and self.value in FALSE_WORDS:
            return False
        raise self.wrong("true or false", "true 或 false")

    def number_or_none(self) -> int | None:
        if self.is_null:
            return None
        text = self.text()
        if not (text.isascii() and text.isdigit() and len(text) < 12):
            raise self.wrong("a whole number", "整数")
        return int(text)

    def share_or_none(self) -> float | None:
        """A number from 0 to 1."""
        if self.is_null:
            return None
        text = self.text()
        if not re.fullmatch(r"[01](?:\.\d{1,9})?", text, re.ASCII) or float(text) > 1:
            raise self.wrong("a number from 0 to 1", "0 到 1 的数")
        return float(text)

    def items(self) -> list[Node]:
        """A list's entries; nothing at all counts as an empty list."""
        if self.is_null:
            return []
        if self.kind != "list":
            raise self.wrong("a list (lines that begin with “- ”)", "列表（各行以“- ”开头）")
        return self.value  # type: ignore[return-value]

    def fields(self, known: Iterable[str]) -> dict[str, Node]:
        """A mapping's values by key, each of which must be `known`."""
        if self.is_null:
            return {}
        if self.kind != "mapping":
            raise self.wrong("fields (lines of “name: value”)", "字段（“名称: 值”各行）")
        known = list(known)
        out: dict[str, Node] = {}
        for key, value in self._pairs():
            name = key.text()
            if name not in known:
                raise _unknown_key(key, name, known)
            if name in out:
                raise TypesetError(
                    Words(f"“{name}” is given twice", f"“{name}”重复出现"),
                    Words("Keep one of them", "请只留一处"),
                    key.place,
                )
            out[name] = value
        return out

    def _pairs(self) -> Iterator[tuple[Node, Node]]:
        yield from self.value  # type: ignore[misc]

    def choice(self, known: Iterable[str]) -> str:
        known = list(known)
        text = self.text()
        if text not in known:
            near = difflib.get_close_matches(text, known, 1, 0.4)
            raise self.wrong(" | ".join(known), "、".join(known), near[0] if near else None)
        return text

    def wrong(self, en: str, zh: str, near: str | None = None) -> TypesetError:
        """The error that here stands something else than `en`."""
        found_zh = {"list": "列表", "mapping": "字段"}.get(self.kind, "")
        found = (
            "nothing" if self.is_null else f"“{str(self.value)[:30]}”" if not found_zh else f"a {self.kind}"
        )
        found_zh = found_zh or ("空" if self.is_null else found)
        hint = Words(f"Write {near}", f"应为 {near}") if near else Words("Correct this line", "请改正这一行")
        return TypesetError(
            Words(f"expected {en}, found {found}", f"此处应为{zh}，现为{found_zh}"), hint, self.place
        )


def _unknown_key(key: Node, name: str, known: list[str]) -> TypesetError:
    near = difflib.get_close_matches(name, known, 1, 0.5)
    if near:
        hint = Words(f"Did you mean “{near[0]}”?", f"是否应为“{near[0]}”？")
    else:
        hint = Words("Known here: " + ", ".join(known), "此处可用：" + "、".join(known))
    return TypesetError(Words(f"unknown field “{name[:40]}”", f"未知字段“{name[:40]}”"), hint, key.place)


def read_nodes(text: str, file: str) -> Node:
    """The one document in `text`. Raises TypesetError with its line for whatever is not plain YAML."""
    stack: list[Node] = []
    roots: list[Node] = []
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise TypesetError(
                    Words("anchors and aliases (& and *) are not allowed", "不允许使用锚点和别名（& 与 *）"),
                    Words("Write the text out, or put it in quotes", "请写出全文，或加上引号"),
                    _place(event, file),
                )
            if isinstance(event, yaml.NodeEvent):
                _take(event, stack, roots, file)
            elif isinstance(event, yaml.CollectionEndEvent):
                _close(stack.pop())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        if "nesting" in (error.problem or ""):  # libyaml's own bound comes first on one long line
            raise _too_deep(place) from error
        raise TypesetError(
            Words(f"not valid YAML: {error.problem or error.context}", f"不是有效的 YAML：{error.problem}"),
            Words("Check indents, colons and quotes here", "请检查此处的缩进、冒号和引号"),
            place,
        ) from error
    except yaml.YAMLError as error:
        raise TypesetError(
            Words(f"not valid YAML: {str(error).splitlines()[0]}", "不是有效的 YAML：含有不允许的字符"),
            Words("Remove what cannot be printed", "请删去不可见字符"),
            Place(file),
        ) from error
    if len(roots) != 1:
        raise TypesetError(
            Words("the file holds no manuscript", "文件中没有稿件")
            if not roots
            else Words("the file holds more than one document (---)", "文件中有多个文档（---）"),
            Words("Write one with `typeset parse`", "可用 `typeset parse` 生成"),
            Place(file),
        )
    return roots[0]


def _place(event: Any, file: str) -> Place:
    mark = event.start_mark
    return Place(file, mark.line + 1, mark.column + 1)


def _take(event: Any, stack: list[Node], roots: list[Node], file: str) -> None:
    place = _place(event, file)
    if isinstance(event, yaml.ScalarEvent):
        node = Node(place, event.value, "scalar", bool(event.implicit[0]))
    else:
        node = Node(place, [], "mapping" if isinstance(event, yaml.MappingStartEvent) else "list")
    if stack:
        stack[-1].value.append(node)  # type: ignore[union-attr, arg-type]
    else:
        roots.append(node)
    if node.kind != "scalar":
        stack.append(node)
        if len(stack) > MAX_DEPTH:
            raise _too_deep(place)


def _too_deep(place: Place) -> TypesetError:
    return TypesetError(
        Words("fields are nested too deep", "嵌套过深"),
        Words("A manuscript needs six levels", "稿件最多需要六层"),
        place,
    )


def _close(node: Node) -> None:
    """A mapping's nodes came one after the other: pair them."""
    if node.kind == "mapping":
        flat: list[Any] = node.value  # type: ignore[assignment]
        node.value = list(zip(flat[::2], flat[1::2], strict=True))
