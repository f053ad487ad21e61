"""The same bulletin in Typst: markup on the sheet that our edition took, in our faces, for `tests.bench`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

PARSED, MARKUP = "bulletin.json", "bulletin.typ"
_TYPST_HEAD = """\
#set page(width: {width}pt, height: {height}pt, columns: {columns},
  margin: (top: {top}pt, bottom: {bottom}pt, left: {left}pt, right: {right}pt))
#set columns(gutter: {gutter}pt)
#set text(font: "{family}", size: {size}pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: {leading}pt, spacing: {leading}pt,
  first-line-indent: (amount: 2em, all: true))
#show heading: set align(center)
#show heading.where(level: 1): set text(font: "{family}", weight: 900, size: {head}pt)
#show heading.where(level: 2): set text(font: "{hei}", weight: 700, size: {size}pt)
#let small(body) = align(center, text(font: "{kai}", body))
#let kicker(body) = align(center, text(font: "{hei}", body))
"""
_TYPST_FACES = {"family": "song", "kai": "kai", "hei": "hei"}
"""Typst takes heavy and bold faces for weights of their family."""
_MARKUP = re.compile(r"([\\#*_`$<>@\[\]~=+\-/'\"])")


_ENUM = re.compile(r"^(\d+)\.")


def typst_source(bulletin: dict[str, Any], layout: str, edition: dict[str, Any]) -> str:
    """The bulletin as Typst markup, on the sheet that the edition took."""
    from typeset.read.layout import find_layout, read_layout

    look = read_layout(find_layout(layout))
    size = edition["body_pt"]
    body = next(b for b in look.body if (b.size_pt, b.columns) == (size, edition["columns"]))
    head = _TYPST_HEAD.format(
        width=look.sheet.width_pt,
        height=look.sheet.height_pt,
        columns=body.columns,
        top=look.margins.top_pt,
        bottom=look.margins.bottom_pt,
        left=look.margins.left_pt,
        right=look.margins.right_pt,
        gutter=round(body.gutter_em * size, 3),
        **{key: _family(look.faces[role].file) for key, role in _TYPST_FACES.items()},
        size=size,
        leading=round(edition["row_pt"] - size, 3),
        head=look.headline.sizes_pt[-1],
    )
    parts, kai = [head], _family(look.faces["kai"].file)
    for article in bulletin["articles"]:
        parts += [f"#kicker[{escaped(text)}]" for text in article["kicker"]]
        parts.append("= " + r" \ ".join(escaped(text) for text in article["headline"]))
        parts += [f"#small[{escaped(text)}]" for text in article["subtitle"]]
        if article["byline"] and not article["byline_stands_in_body"]:
            parts.append(f"#small[□ {escaped('　'.join(article['byline']))}]")
        for block in article["body"]:
            parts.append(("== " if block["type"] == "subhead" else "") + escaped(block["text"]))
        if article["source"]:
            parts.append(f'#align(right, text(font: "{kai}")[{escaped(article["source"])}])')
    return "\n\n".join(parts) + "\n"


def _family(file: str) -> str:
    from typeset.fonts.face import open_face
    from typeset.fonts.faces import find_font

    return open_face(find_font(file)).family


def escaped(text: str) -> str:
    return _ENUM.sub(r"\1\\.", _MARKUP.sub(r"\\\1", text.replace("\n", " ")))


def prepare_typst(folder: Path, layout: str) -> tuple[int, int]:
    """Write the markup of what was parsed; how many articles and pages it is in ours."""
    bulletin = json.loads((folder / PARSED).read_bytes())
    edition = json.loads((folder / "out" / "bulletin.layout.json").read_bytes())
    (folder / MARKUP).write_text(typst_source(bulletin, layout, edition), encoding="utf-8")
    return len(bulletin["articles"]), len(edition["pages"])


TYPST_RUN = """\
import sys, typst
typst.compile(sys.argv[1], output="typst.pdf", font_paths=[sys.argv[2]], ignore_system_fonts=True)
"""
