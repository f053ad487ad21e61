"""The structure tree read back: elements with their standard types, kids and content (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary

from typeset.check.preflight.document import Document, items_of, key_of, name_of, text_of

STANDARD = frozenset(
    """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl
    LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
    Figure Formula Form""".split()
)
"""ISO 32000-1, 14.8.4."""
_MOST = 2_000_000
_MOST_ROLES = 20
Key = tuple[int, int]


@dataclass(slots=True, eq=False)
class Element:
    """`kind` is the standard type, `said` the file's own; `content`: (page or None, MCID)."""

    obj: Any
    said: str
    kind: str
    parent: Element | None
    kids: list[Element] = field(default_factory=list)
    content: list[tuple[Key | None, int]] = field(default_factory=list)
    objects: list[Key] = field(default_factory=list)

    def above(self) -> Iterator[Element]:
        node: Element | None = self
        while node is not None:
            yield node
            node = node.parent

    @property
    def has_language(self) -> bool:
        return any(text_of(node.obj.get("/Lang")) for node in self.above())

    @property
    def children(self) -> list[Element]:
        """Kids, with NonStruct seen through."""
        return [inner for kid in self.kids for inner in (kid.children if kid.kind == "NonStruct" else [kid])]


@dataclass(slots=True)
class Tree:
    """`elements` in reading order; `by_object` by object number; `parents`: the parent tree's entries."""

    root: Any
    elements: list[Element] = field(default_factory=list)
    by_object: dict[Key, Element] = field(default_factory=dict)
    parents: dict[int, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)


def tree_of(document: Document) -> Tree | None:
    """None where there is no structure tree."""
    root = document.root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        return None
    tree = Tree(root)
    roles = root.get("/RoleMap")
    _grow(tree, root, roles if isinstance(roles, Dictionary) else Dictionary())
    numbers = root.get("/ParentTree")
    if isinstance(numbers, Dictionary):
        _numbers(numbers, tree.parents, 0)
    return tree


def _grow(tree: Tree, root: Any, roles: Any) -> None:
    waiting: list[tuple[Any, Element | None, Any]] = [
        (kid, None, None) for kid in reversed(items_of(root.get("/K")))
    ]
    seen: set[Key] = set()
    while waiting and len(tree.elements) < _MOST:
        item, parent, page = waiting.pop()
        if not isinstance(item, Dictionary):
            if parent is not None and isinstance(item, int):
                parent.content.append((key_of(page) if page is not None else None, int(item)))
            continue
        kind = name_of(item.get("/Type"))
        if kind == "MCR" and parent is not None:
            target = item.get("/Pg", page)
            owner = item.get("/Stm", target)
            parent.content.append((key_of(owner) if owner is not None else None, int(item.get("/MCID", -1))))
            continue
        if kind == "OBJR" and parent is not None:
            parent.objects.append(key_of(item.get("/Obj")))
            continue
        key = key_of(item)
        if key in seen and key[0]:
            tree.faults.append(f"object {key[0]} stands twice in the tree")
            continue
        seen.add(key)
        said = name_of(item.get("/S"))
        element = Element(item, said, _standard(tree, said, roles), parent)
        if not isinstance(item.get("/P"), Dictionary):
            tree.orphans.append(said or "an element")
        tree.elements.append(element)
        tree.by_object[key] = element
        if parent is not None:
            parent.kids.append(element)
        here = item.get("/Pg", page)
        waiting += [(kid, element, here) for kid in reversed(items_of(item.get("/K")))]


def _standard(tree: Tree, said: str, roles: Any) -> str:
    name, steps = said, 0
    if said in STANDARD:
        if "/" + said in roles and name_of(roles["/" + said]) != said:
            tree.unmapped.append(f"{said}, a standard type, is mapped to another")
        return said
    while name not in STANDARD and steps < _MOST_ROLES:
        mapped = roles.get("/" + name)
        if mapped is None:
            tree.unmapped.append(f"{said or 'no type'} is not mapped to a standard type")
            return said
        name, steps = name_of(mapped), steps + 1
    if name not in STANDARD:
        tree.unmapped.append(f"{said} is mapped in a circle")
    return name


def _numbers(node: Any, out: dict[int, Any], depth: int) -> None:
    """A number tree's entries (7.9.7)."""
    if depth > _MOST_ROLES:
        return
    entries = node.get("/Nums")
    if isinstance(entries, Array):
        for n in range(0, len(entries) - 1, 2):
            out[int(entries[n])] = entries[n + 1]
    for kid in items_of(node.get("/Kids")):
        if isinstance(kid, Dictionary):
            _numbers(kid, out, depth + 1)
