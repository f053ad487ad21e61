"""Rules inside a tagged table: sections, spans, equal rows, heads (ISO 14289-1, 7.2 and 7.5)."""

from __future__ import annotations

from typing import Any

from pikepdf import Dictionary

from typeset.check.preflight.document import items_of, name_of, number_of, text_of
from typeset.check.preflight.report import Ledger
from typeset.check.preflight.tag_tree import Element

_MOST_SPAN = 1000


def check_table(table: Element, ledger: Ledger) -> None:
    sections = [kid.kind for kid in table.children]
    for kind in ("THead", "TFoot"):
        ledger.see(
            "ua.tables", sections.count(kind) <= 1, "Table", f"{sections.count(kind)} {kind}", "one at most"
        )
        if kind in sections:
            ledger.see("ua.tables", "TBody" in sections, "Table", f"{kind} without TBody", "TBody")
    rows = [kid for kid in table.children if kid.kind == "TR"]
    for section in table.children:
        if section.kind in ("THead", "TBody", "TFoot"):
            rows += [kid for kid in section.children if kid.kind == "TR"]
    if not rows:
        return
    grid = _grid(rows, ledger)
    widths = [sum(1 for row, _ in grid if row == n) for n in range(len(rows))]
    ledger.see(
        "ua.cells",
        len(set(widths)) == 1,
        "Table",
        f"rows of {', '.join(map(str, widths[:8]))} cells",
        "equal rows",
    )
    ledger.see(
        "ua.cells", all(row < len(rows) for row, _ in grid), "Table", "a RowSpan past the last row", "within"
    )
    _heads(rows, grid, ledger)


def _grid(rows: list[Element], ledger: Ledger) -> dict[tuple[int, int], Element]:
    """The cell at each row and column."""
    grid: dict[tuple[int, int], Element] = {}
    for n, row in enumerate(rows):
        column = 0
        for cell in row.children:
            if cell.kind not in ("TH", "TD"):
                continue
            while (n, column) in grid:
                column += 1
            wide, high = (_span(cell, key) for key in ("/ColSpan", "/RowSpan"))
            for place in ((a, b) for a in range(n, n + high) for b in range(column, column + wide)):
                ledger.see(
                    "ua.cells", place not in grid, "Table", f"cells overlap in row {place[0] + 1}", "apart"
                )
                grid[place] = cell
            column += wide
    return grid


def _span(cell: Element, key: str) -> int:
    return min(max(int(number_of(_attribute(cell, key), 1)), 1), _MOST_SPAN)


def _heads(rows: list[Element], grid: dict[tuple[int, int], Element], ledger: Ledger) -> None:
    """A data cell has Headers, or a TH with a Scope in its column or row; a table without TH has none to name."""
    heads = {id(cell) for cell in grid.values() if cell.kind == "TH"}
    names = {text_of(cell.obj.get("/ID")) for cell in grid.values() if cell.obj.get("/ID") is not None}
    if not heads:
        return
    for (row, column), cell in grid.items():
        if cell.kind != "TD":
            continue
        said = [text_of(item) for item in items_of(_attribute(cell, "/Headers"))]
        if said:
            ledger.see("ua.headers", set(said) <= names, "Table", f"Headers {said}", "cells' IDs")
            continue
        above = any(
            _scope(other) in ("Column", "Both") for (r, c), other in grid.items() if c == column and r < row
        )
        beside = any(
            _scope(other) in ("Row", "Both") for (r, c), other in grid.items() if r == row and c < column
        )
        ledger.see(
            "ua.headers",
            above or beside,
            f"Table, row {row + 1}",
            "a data cell without a head",
            "a TH with Scope, or Headers",
        )
        if len(rows) > _MOST_SPAN:
            return


def _scope(cell: Element) -> str:
    return name_of(_attribute(cell, "/Scope")) if cell.kind == "TH" else ""


def _attribute(cell: Element, key: str) -> Any:
    for holder in items_of(cell.obj.get("/A")):
        if isinstance(holder, Dictionary) and key in holder:
            return holder[key]
    return None
