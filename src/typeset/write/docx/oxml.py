"""WordprocessingML as strings: what python-docx has no words for, or makes too slowly.

Every function returns one element in the schema's child order; texts are escaped here and nowhere
else. Lengths are in twips (twentieths of a point) unless a name says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

DOCUMENT_NAMESPACES = (
    f"{NAMESPACES} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"'
)
"""The story's: its paragraphs have ids of Word 2010."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Word sets these (“”—…·①× and the like) in the Latin font unless the run's hint says otherwise
_AMBIGUOUS = re.compile("[\u00a0-\u2e7f]")


def twips(points: float) -> int:
    return round(points * 20)


def clean(text: str) -> str:
    """The text without the characters that XML 1.0 cannot carry."""
    return _NOT_XML.sub("", text)


def element(name: str, attributes: Mapping[str, object] | None = None, *children: str) -> str:
    """`<w:name w:key="value">children</w:name>`; keys without a prefix get w:, None is left out."""
    pairs = (attributes or {}).items()
    keys = "".join(f" {k if ':' in k else 'w:' + k}={quoteattr(str(v))}" for k, v in pairs if v is not None)
    inner = "".join(children)
    return f"<w:{name}{keys}>{inner}</w:{name}>" if inner else f"<w:{name}{keys}/>"


def val(name: str, value: object) -> str:
    return element(name, {"val": value})


def run(text: str, properties: str = "") -> str:
    """A run in its paragraph's style, hinted where it has marks that both scripts share; `properties` follow its font."""
    font = '<w:rFonts w:hint="eastAsia"/>' if _AMBIGUOUS.search(text) else ""
    hint = f"<w:rPr>{font}{properties}</w:rPr>" if font or properties else ""
    words = '</w:t><w:tab/><w:t xml:space="preserve">'.join(map(escape, text.split("\t")))
    return f'<w:r>{hint}<w:t xml:space="preserve">{words}</w:t></w:r>'


def runs(
    text: str, comments: Iterable[tuple[int, int, int]] = (), looks: Sequence[tuple[int, int, str]] = (),
    rubies: Sequence[tuple[int, int, str]] = (), column_ends: Sequence[int] = (),
) -> str:  # fmt: skip
    """The text's runs, cut where comments (start, end, id), looks (start, end, run property) and rubies (start,
    end, text) begin and end and at `column_ends`, where the rest goes into the next column; all may overlap, but no
    ruby another."""
    marks = sorted(comments)
    if not (marks or looks or rubies or column_ends):
        return run(text)
    spans = [(start, end) for start, end, *_ in (*marks, *looks, *rubies)]
    inside = {at for start, end, _ in rubies for at in range(start + 1, end)}
    cuts = sorted(({0, len(text), *column_ends} | {edge for span in spans for edge in span}) - inside)
    out = []
    for here, after in zip(cuts, [*cuts[1:], None], strict=True):
        out += [COLUMN_BREAK] * (here in column_ends)
        out += [_comment_end(ident) for _, end, ident in marks if end == here]
        out += [val_id("commentRangeStart", ident) for start, _, ident in marks if start == here]
        if after is not None:
            look = "".join(
                dict.fromkeys(p for start, end, p in sorted(looks, key=_order) if start <= here < end)
            )
            over = next((words for start, _, words in rubies if start == here), "")
            part = run(text[here:after], look)
            out.append(_ruby(part, over) if over else part)
    return "".join(out)


def _order(look: tuple[int, int, str]) -> bool:
    """Run properties in the schema's order: u before em."""
    return "w:em" in look[2]


def _ruby(base: str, over: str) -> str:
    """Words with ruby over them (ISO 29500-1 17.3.3.25), half as large as body type."""
    properties = "".join(
        val(name, value)
        for name, value in (
            ("rubyAlign", "distributeSpace"),
            ("hps", 10),
            ("hpsRaise", 18),
            ("hpsBaseText", 21),
            ("lid", "zh-CN"),
        )
    )
    small = f'<w:r><w:rPr><w:sz w:val="10"/></w:rPr><w:t xml:space="preserve">{escape(over)}</w:t></w:r>'
    inner = f"<w:rubyPr>{properties}</w:rubyPr><w:rt>{small}</w:rt><w:rubyBase>{base}</w:rubyBase>"
    return f"<w:r><w:ruby>{inner}</w:ruby></w:r>"


def val_id(name: str, ident: int) -> str:
    return f'<w:{name} w:id="{ident}"/>'


def _comment_end(ident: int) -> str:
    style = '<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
    return f"{val_id('commentRangeEnd', ident)}<w:r>{style}{val_id('commentReference', ident)}</w:r>"


COLUMN_BREAK = '<w:r><w:br w:type="column"/></w:r>'
CLEARING_BREAK = '<w:r><w:br w:type="textWrapping" w:clear="all"/></w:r>'
"""What comes after it stands under all frames and columns before it."""


def paragraph(
    style: str, content: str = "", section: str = "", para_id: str = "", frame: str = ""
) -> str:  # fmt: skip
    """A paragraph of a named style; `section` is the sectPr of the section that it closes, `frame` its framePr."""
    ident = f' w14:paraId="{para_id}"' if para_id else ""
    return f'<w:p{ident}><w:pPr><w:pStyle w:val="{style}"/>{frame}{section}</w:pPr>{content}</w:p>'


def frame(left: int, width: int, height: int) -> str:
    """A frame (ISO 29500-1 17.3.1.11) over the columns that begin at `left` from the margin, at the height of the
    paragraph after it; text in the columns stands under it. It grows with its text. Neighbours with equal frames
    stand in one."""
    keys = {
        "w": width,
        "h": height,
        "hRule": "atLeast",
        "wrap": "notBeside",
        "vAnchor": "text",
        "hAnchor": "margin",
    }
    # 0 would mean: in line with the text
    return element("framePr", {**keys, "x": max(1, left), "y": 1})


def bookmarked(content: str, ident: int, name: str) -> str:
    """Content in a bookmark; Word hides a name that begins with an underscore."""
    return f'<w:bookmarkStart w:id="{ident}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{ident}"/>'


def field(instruction: str, result: str = "1") -> str:
    """A field, and what it shows until a program works it out anew."""
    return element("fldSimple", {"instr": instruction}, run(result))


def fonts(name: str) -> str:
    """One face for every script: digits and quotes must not fall back to a Latin font."""
    return element("rFonts", dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), name))


def section(
    *,
    page: tuple[int, int],
    margins: Mapping[str, int],
    columns: int,
    gutter: int,
    column_rule: bool,
    line_pitch: int,
    references: str = "",
    has_title_page: bool = False,
    starts_page: bool = False,
    widths: Sequence[tuple[int, int]] = (),
) -> str:
    """A section, continuous unless it `starts_page`; `references` are its header and footer references, if it has its
    own, `widths` its columns' widths with the space after each, where they are not all equal."""
    cols: dict[str, object] = {"num": columns, "sep": int(column_rule), "space": gutter}
    cols["equalWidth"] = 0 if widths else 1
    return element(
        "sectPr",
        None,
        references,
        val("type", "nextPage" if starts_page else "continuous"),
        element("pgSz", {"w": page[0], "h": page[1]}),
        element("pgMar", {**margins, "gutter": 0}),
        element("cols", cols, *(element("col", {"w": width, "space": space}) for width, space in widths))
        if columns > 1
        else element("cols", {"space": gutter}),
        element("titlePg") if has_title_page else "",
        element("docGrid", {"type": "lines", "linePitch": line_pitch}),
    )


def reference(part: str, kind: str, relation: str) -> str:
    """headerReference or footerReference of kind default, first or even."""
    return element(f"{part}Reference", {"type": kind, "r:id": relation})


def table(style: str, widths: list[int], rows: list[list[str]]) -> str:
    """A table of fixed column widths; cells are paragraphs already; the first row repeats as header."""
    lines = []
    for number, cells in enumerate(rows):
        header = element("tblHeader") if number == 0 else ""
        boxes = (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, cells, strict=True)
        )
        lines.append(f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(boxes)}</w:tr>")
    properties = element(
        "tblPr",
        None,
        val("tblStyle", style),
        element("tblW", {"w": sum(widths), "type": "dxa"}),
        element("tblLayout", {"type": "fixed"}),
        element("tblLook", {"val": "0020", "firstRow": 1, "noHBand": 1, "noVBand": 1}),
    )
    grid = element("tblGrid", None, *(element("gridCol", {"w": width}) for width in widths))
    return f"<w:tbl>{properties}{grid}{''.join(lines)}</w:tbl>"
