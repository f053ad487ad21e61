"""PDF/UA-1's machine-checkable rules on tags (ISO 14289-1, 7; Matterhorn Protocol 1.1)."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from pikepdf import Array, Dictionary

from typeset.check.preflight.document import Document, box_of, inherited, key_of, name_of, text_of
from typeset.check.preflight.report import Ledger
from typeset.check.preflight.table_rules import check_table
from typeset.check.preflight.tag_tree import Element, Key, Tree, tree_of
from typeset.check.preflight.walk import Owner, Walk

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_HEADING = re.compile(r"H([1-6])")
_PARENTS = {
    "TR": ("Table", "THead", "TBody", "TFoot"), "THead": ("Table",), "TBody": ("Table",), "TFoot": ("Table",),
    "TH": ("TR",), "TD": ("TR",), "LI": ("L",), "LBody": ("LI",), "TOCI": ("TOC",),
}  # fmt: skip
_KIDS = {
    "Table": ("TR", "THead", "TBody", "TFoot", "Caption"), "THead": ("TR",), "TBody": ("TR",), "TFoot": ("TR",),
    "TR": ("TH", "TD"), "L": ("LI", "L", "Caption"), "LI": ("Lbl", "LBody"), "TOC": ("TOC", "TOCI", "Caption"),
}  # fmt: skip
_RULE = {"L": "ua.lists", "LI": "ua.lists", "LBody": "ua.lists", "TOC": "ua.contents", "TOCI": "ua.contents"}
_HIDDEN = 2


def check_tags(document: Document, walk: Walk, ledger: Ledger) -> None:
    root = document.root
    marked = root.get("/MarkInfo")
    marked = marked if isinstance(marked, Dictionary) else Dictionary()
    ledger.see("ua.marked", bool(marked.get("/Marked", False)), "catalog", "MarkInfo Marked false", "true")
    ledger.see("ua.suspects", not bool(marked.get("/Suspects", False)), "catalog", "Suspects true", "false")
    tree = tree_of(document)
    ledger.see("ua.tree", tree is not None, "catalog", "no StructTreeRoot", "a structure tree")
    ledger.see("ua.content", True)
    for loose in walk.untagged:
        ledger.see(
            "ua.content",
            False,
            f"page {loose.page}",
            f"“{loose.what}” is neither tagged nor an artifact",
            "one of them",
        )
    ledger.see("ua.nesting", True)
    for loose in walk.crossed:
        ledger.see("ua.nesting", False, f"page {loose.page}", loose.what, "one beside the other")
    tree = tree or Tree(Dictionary())
    _tree(tree, ledger)
    _elements(tree, ledger)
    _headings(tree, ledger)
    _parents(document, walk, tree, ledger)
    _language(document, walk, tree, ledger)
    _annotations(document, tree, ledger)


def _tree(tree: Tree, ledger: Ledger) -> None:
    for fault in tree.faults:
        ledger.see("ua.tree", False, "structure", fault, "once")
    for name in tree.orphans:
        ledger.see("ua.tree", False, "structure", f"{name} without P", "its parent")
    if tree.elements:
        ledger.see("ua.types", True)
    for fault in tree.unmapped:
        ledger.see("ua.types", False, "RoleMap", fault, "a standard type")


def _elements(tree: Tree, ledger: Ledger) -> None:
    notes: Counter[str] = Counter()
    for element in tree.elements:
        kind, above = (
            element.kind,
            next((e for e in element.above() if e is not element and e.kind != "NonStruct"), None),
        )
        rule = _RULE.get(kind, "ua.tables")
        if kind in _PARENTS:
            where = above.kind if above else "the root"
            ledger.see(rule, where in _PARENTS[kind], kind, f"{kind} in {where}", " or ".join(_PARENTS[kind]))
        if kind in _KIDS:
            for n, kid in enumerate(element.children):
                ledger.see(
                    rule, kid.kind in _KIDS[kind], kind, f"{kid.kind} in {kind}", ", ".join(_KIDS[kind])
                )
                first_or_last = n in (0, len(element.children) - 1) if kind == "Table" else n == 0
                if kid.kind == "Caption":
                    ledger.see(rule, first_or_last, kind, "a Caption in the middle", "first")
        if kind == "Table":
            check_table(element, ledger)
        if kind in ("Figure", "Formula"):
            said = text_of(element.obj.get("/Alt")) or text_of(element.obj.get("/ActualText"))
            ledger.see("ua.figures", said, kind, "neither Alt nor ActualText", "an alternative")
        if kind == "Note":
            name = text_of(element.obj.get("/ID")) or ""
            notes[name] += 1
            ledger.see("ua.notes", name and notes[name] == 1, "Note", f"ID {name!r}", "an ID of its own")


def _headings(tree: Tree, ledger: Ledger) -> None:
    level, plain, numbered = 0, 0, 0
    for element in tree.elements:
        if element.kind == "H":
            plain += 1
            siblings = [e for e in element.parent.kids if e.kind == "H"] if element.parent else []
            ledger.see("ua.headings", len(siblings) <= 1, "H", f"{len(siblings)} H in one element", "one")
        match = _HEADING.fullmatch(element.kind)
        if match:
            numbered += 1
            found = int(match[1])
            ledger.see(
                "ua.headings",
                found <= level + 1,
                element.kind,
                f"H{found} after " + (f"H{level}" if level else "none"),
                f"H{level + 1} at most",
            )
            level = found
    if plain and numbered:
        ledger.see("ua.headings", False, "structure", "H beside H1 …", "one kind")


def _owner_keys(document: Document) -> tuple[dict[Owner, Key], dict[Owner, int | None]]:
    """Of each page: its object, and its StructParents."""
    keys: dict[Owner, Key] = {}
    parents: dict[Owner, int | None] = {}
    for number, page in enumerate(document.pages, 1):
        owner = ("page", number)
        keys[owner] = key_of(page)
        found = page.get("/StructParents")
        parents[owner] = int(found) if found is not None else None
    return keys, parents


def _parents(document: Document, walk: Walk, tree: Tree, ledger: Ledger) -> None:
    """Each MCID is named once in the structure, and the parent tree leads back to it (14.7.4.4)."""
    keys, numbers = _owner_keys(document)
    claimed: dict[tuple[Key | None, int], Element] = {}
    for element in tree.elements:
        for content in element.content:
            ledger.see(
                "ua.parents", content not in claimed, "structure", f"MCID {content[1]} in two elements", "one"
            )
            claimed[content] = element
    numbers |= {("form", form.objgen[0]): int(form["/StructParents"]) for form, _ in walk.forms.values()
                if "/StructParents" in form}  # fmt: skip
    for owner, counts in walk.mcids.items():
        key = keys.get(owner, (owner[1], 0))
        place = f"{owner[0]} {owner[1]}"
        number = numbers.get(owner)
        entries = tree.parents.get(number) if number is not None else None
        for mcid, times in counts.items():
            if owner[0] == "page":
                ledger.see("ua.parents", times == 1, place, f"MCID {mcid} marked {times} times", "once")
            ledger.see("ua.parents", (key, mcid) in claimed, place, f"MCID {mcid} is in no element", "in one")
            back = entries[mcid] if isinstance(entries, Array) and mcid < len(entries) else None
            same = isinstance(back, Dictionary) and tree.by_object.get(key_of(back)) is claimed.get(
                (key, mcid)
            )
            ledger.see(
                "ua.parents", same, place, f"the parent tree leads MCID {mcid} elsewhere", "its element"
            )
    present = {
        (keys.get(owner, (owner[1], 0)), mcid) for owner, counts in walk.mcids.items() for mcid in counts
    }
    for content in claimed:
        ledger.see(
            "ua.parents",
            content in present,
            "structure",
            f"MCID {content[1]} is on no page",
            "marked content",
        )
    _order(document, tree, ledger)


def _order(document: Document, tree: Tree, ledger: Ledger) -> None:
    """Reading goes back to an earlier page only where an article begins."""
    page_of = {key_of(page): number for number, page in enumerate(document.pages, 1)}
    last, begun = 0, True
    for element in tree.elements:
        begun |= element.kind in ("Art", "Sect", "Part", "Document", "TOC")
        for key, _ in element.content:
            number = page_of.get(key or (0, 0))
            if number is not None:
                ledger.see(
                    "ua.order",
                    number >= last or begun,
                    f"page {number}",
                    f"{element.kind} after page {last}",
                    "in order",
                )
                last, begun = number, False


def _language(document: Document, walk: Walk, tree: Tree, ledger: Ledger) -> None:
    said = text_of(document.root.get("/Lang"))
    if said is not None:
        ledger.see("ua.language", _LANGUAGE.fullmatch(said), "catalog", f"Lang {said!r}", "a language tag")
    for element in tree.elements:
        own = text_of(element.obj.get("/Lang"))
        if own:
            ledger.see(
                "ua.language", _LANGUAGE.fullmatch(own), element.kind, f"Lang {own!r}", "a language tag"
            )
        spoken = [key for key in ("/Alt", "/ActualText", "/E") if text_of(element.obj.get(key))]
        if spoken:
            ledger.see(
                "ua.language",
                said or element.has_language,
                element.kind,
                f"{spoken[0][1:]} of no language",
                "a Lang",
            )
    if said:
        ledger.see("ua.language", True)
        return
    keys, _ = _owner_keys(document)
    by_content = {content: owned for owned in tree.elements for content in owned.content}
    for page, owner, mcid, text in walk.speechless:
        content = (keys.get(owner, (owner[1], 0)), mcid) if owner and mcid is not None else None
        tagged = by_content.get(content) if content else None
        known = tagged is not None and tagged.has_language
        ledger.see(
            "ua.language", known, f"page {page} “{text}”", "no language", "Lang in the catalog or a tag"
        )
    if "/Outlines" in document.root:
        ledger.see("ua.language", False, "outline", "no language", "Lang in the catalog")


def _annotations(document: Document, tree: Tree, ledger: Ledger) -> None:
    for number, page in enumerate(document.pages, 1):
        found = [a for a in page.get("/Annots", []) if isinstance(a, Dictionary)]
        if found:
            ledger.see(
                "ua.tabs",
                name_of(page.get("/Tabs")) == "S",
                f"page {number}",
                f"Tabs {page.get('/Tabs')}",
                "S",
            )
        for annotation in found:
            if not _is_exempt(annotation, page):
                _annotation(annotation, f"page {number}", tree, ledger)


def _is_exempt(annotation: Any, page: Any) -> bool:
    """Hidden, or off the page (7.18.1)."""
    rect, crop = (
        box_of(annotation.get("/Rect")),
        box_of(inherited(page, "/CropBox")) or box_of(inherited(page, "/MediaBox")),
    )
    outside = rect is not None and crop is not None and (
        rect[2] <= crop[0] or rect[0] >= crop[2] or rect[3] <= crop[1] or rect[1] >= crop[3]
    )  # fmt: skip
    return outside or bool(int(annotation.get("/F", 0)) & _HIDDEN)


def _annotation(annotation: Any, place: str, tree: Tree, ledger: Ledger) -> None:
    subtype = name_of(annotation.get("/Subtype"))
    entry = tree.parents.get(int(annotation.get("/StructParent", -1)))
    element = tree.by_object.get(key_of(entry)) if isinstance(entry, Dictionary) else None
    kind = element.kind if element else None
    words = text_of(annotation.get("/Contents")) or (text_of(element.obj.get("/Alt")) if element else None)
    if subtype == "PrinterMark":
        ledger.see(
            "ua.annotations", element is None, place, "a printer's mark in the structure", "an artifact"
        )
        return
    ledger.see("ua.annotations", subtype != "TrapNet", place, "TrapNet", "none")
    if subtype == "Widget":
        words = text_of(annotation.get("/TU")) or (text_of(element.obj.get("/Alt")) if element else None)
        ledger.see("ua.annotations", kind == "Form", place, f"Widget in {kind}", "Form")
        ledger.see("ua.annotations", words, place, "a field without TU", "TU or Alt")
        return
    due = "Link" if subtype == "Link" else "Annot"
    rule = "ua.links" if subtype == "Link" else "ua.annotations"
    ledger.see(rule, kind == due, place, f"{subtype} in {kind}", due)
    ledger.see(rule, words, place, f"{subtype} without Contents", "Contents or Alt")
