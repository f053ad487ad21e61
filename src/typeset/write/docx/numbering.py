"""The mark before a byline (□) as a bullet, so that its style sets it and no text holds it."""

from __future__ import annotations

from typeset.model.layout import Layout
from typeset.write.docx.oxml import NAMESPACES, element, val


def numbering_xml(layout: Layout) -> str:
    """The numbering part; empty where the layout's bylines have no mark."""
    style = layout.styles["byline"]
    mark = style.prefix.strip()
    if not mark:
        return ""
    level = element(
        "lvl", {"ilvl": 0},
        val("start", 1), val("numFmt", "bullet"), val("pStyle", "Byline"),
        val("suff", "nothing" if style.prefix == mark else "space"), val("lvlText", mark), val("lvlJc", "left"),
        element("pPr", None, element("ind", {"left": 0, "firstLine": 0})),
        element("rPr", None, element("rFonts", {"hint": "eastAsia"})),
    )  # fmt: skip
    kind = element(
        "abstractNum", {"abstractNumId": 0}, element("multiLevelType", {"val": "singleLevel"}), level
    )
    number = element("num", {"numId": 1}, val("abstractNumId", 0))
    return f'<?xml version="1.0" encoding="UTF-8"?><w:numbering {NAMESPACES}>{kind}{number}</w:numbering>'
