"""A layout as Word styles: every role has one, so that no paragraph needs formatting of its own.

Names are what an editor reads in the style pane: Word's built-ins where they fit (heading 1,
Subtitle, heading 2, caption), else ours in Chinese, none of them equal to a built-in's Chinese name.
Lines are of exact height on the layout's row, so that baselines meet across the columns.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from typeset.model.layout import BLACK, Cmyk, FaceSpec, Layout, Style
from typeset.write.docx.grid import ROOMY, Grid
from typeset.write.docx.oxml import NAMESPACES, element, fonts, twips, val

_JUSTIFICATION = {"justify": "both", "left": "left", "center": "center", "right": "right"}
_UNDER_TITLE_PT = 6.0  # from the paper's name to the rule over the date


@dataclass(frozen=True, slots=True)
class WordStyle:
    """One paragraph style: identity in Word, then its setting. Lengths in points or rows."""

    id: str
    name: str
    next: str
    face: FaceSpec
    size_pt: float
    line_pt: float
    builtin: bool = False
    based_on: str = "Normal"
    alias: str = ""
    align: str = "justify"
    before_pt: float = 0.0
    after_pt: float = 0.0
    indent_em: float = 0.0
    hang_em: float = 0.0
    keeps_next: bool = False
    keeps_lines: bool = False
    controls_widows: bool = True
    outline: int | None = None
    rule: tuple[str, float, float, Cmyk] | None = None
    """(side, thickness, distance, colour)"""
    box: str = ""
    """Sides of a border round it (花边), each in its own words: see `looks`."""
    inset_pt: float = 0.0
    """From a border at the column's edges to the text."""
    tab_pt: float | None = None
    colour: Cmyk = BLACK
    bears_mark: bool = False
    """Whether the mark of `numbering_xml` stands before it."""


def word_styles(layout: Layout) -> list[WordStyle]:
    """The layout's paragraph styles, one for every role."""
    row_pt = Grid.of(layout).row / 20
    return [*_head(layout, row_pt), *_body(layout, row_pt), *_furniture(layout, row_pt)]


def styles_xml(layout: Layout, more: Iterable[WordStyle] = ()) -> str:
    """The whole styles part, with `more` styles after the layout's own."""
    body = layout.body[0]
    face = layout.faces[layout.styles["para"].face]
    row_pt = Grid.of(layout).row / 20
    defaults = element(
        "docDefaults",
        None,
        element(
            "rPrDefault",
            None,
            element(
                "rPr",
                None,
                fonts(face.word),
                val("sz", round(body.size_pt * 2)),
                val("szCs", round(body.size_pt * 2)),
                element("lang", {"val": "en-US", "eastAsia": layout.language, "bidi": "ar-SA"}),
            ),
        ),
        # overflowPunct stands there although it is Word's default: without it LibreOffice 7.4
        # hangs marks over the column's edge and clips them
        element(
            "pPrDefault",
            None,
            element(
                "pPr",
                None,
                *(element(name) for name in ("widowControl", "kinsoku", "overflowPunct")),
                *(element(name) for name in ("autoSpaceDE", "autoSpaceDN")),
            ),
        ),
    )
    latent = {"defLockedState": 0, "defUIPriority": 99, "defSemiHidden": 1, "defUnhideWhenUsed": 1}
    parts = [
        defaults,
        element("latentStyles", {**latent, "defQFormat": 0, "count": 376}),
        _normal(row_pt),
        *(paragraph_style(word, body.size_pt) for word in (*word_styles(layout), *more)),
        _OTHERS,
        _table(),
    ]
    return f"<w:styles {NAMESPACES}>{''.join(parts)}</w:styles>"


def word_fonts(layout: Layout) -> list[str]:
    """The names of the faces that the styles call for, in the layout's order."""
    return list(dict.fromkeys(face.word for face in layout.faces.values()))


def rgb(colour: Cmyk) -> str:
    """CMYK in per cent as RRGGBB, by the plain complement: a screen colour to edit by, not to print by."""
    *inks, black = (share / 100 for share in colour)
    return "".join(f"{round(255 * (1 - ink) * (1 - black)):02X}" for ink in inks)


def _head(layout: Layout, row_pt: float) -> list[WordStyle]:
    """肩题, 主题, 副题, 作者, one above the other across all columns.

    One rule stands above the head: neighbours with equal borders are boxed together, so all four
    bear it and the first alone shows it. A headline's further lines have a style without outline
    level: the navigation pane lists each article once.
    """
    spec, body = layout.headline, layout.body[0]
    size_pt = sorted(spec.sizes_pt)[len(spec.sizes_pt) // 2]
    half_row = row_pt / 2
    rule = ("top", layout.rules.article_pt, half_row, layout.rules.colour)

    def line_pt(of_size: float) -> float:
        return math.ceil(of_size * ROOMY / half_row) * half_row

    def role(ident: str, name: str, follows: str, face: str, ratio: float) -> WordStyle:
        return WordStyle(
            ident, name, follows, layout.faces[face], size_pt * ratio, line_pt(size_pt * ratio),
            align=spec.align, keeps_next=True, keeps_lines=True,
            rule=rule if layout.rules.article_pt > 0 else None,
        )  # fmt: skip

    headline = replace(
        role("Heading1", "heading 1", "Byline", spec.face, 1),
        builtin=True, alias="主标题", outline=0, colour=spec.colour, before_pt=half_row, after_pt=half_row,
    )  # fmt: skip
    byline = layout.styles["byline"]
    return [
        replace(
            role("Kicker", "肩题", "Heading1", spec.kicker_face, spec.kicker_ratio),
            before_pt=half_row, colour=spec.kicker_colour,
        ),
        headline,
        replace(
            headline, id="HeadlineMore", name="主题续行", builtin=False, alias="", outline=9,
            based_on="Heading1", before_pt=0,
        ),
        replace(
            role("Subtitle", "Subtitle", "Byline", spec.subtitle_face, spec.subtitle_ratio),
            builtin=True, after_pt=half_row,
        ),
        replace(
            role("Byline", "作者", "NewsBody", byline.face, 1),
            size_pt=_size(byline, body.size_pt), line_pt=row_pt * byline.rows, align=byline.align,
            after_pt=byline.space_below_rows * row_pt, bears_mark=bool(byline.prefix.strip()),
        ),
    ]  # fmt: skip


# role in the layout, style id, name in Word, next style; what is not in the table is not kept
_BODY = (
    ("para", "NewsBody", "新闻正文", "NewsBody"),
    ("subhead", "Heading2", "heading 2", "NewsBody"),
    ("note", "Note", "编注", "NewsBody"),
    ("caption", "Caption", "caption", "NewsBody"),
    ("caption", "PictureCredit", "图片署名", "NewsBody"),
    ("list", "ListItem", "条目", "ListItem"),
    ("table", "TableText", "表格文字", "TableText"),
    ("verse", "Verse", "诗行", "Verse"),
    ("quote", "Quote", "Quote", "NewsBody"),
    ("source", "SourceLine", "落款", "NewsBody"),
)
_BUILTIN = {"Heading2", "Caption", "Quote"}


def _body(layout: Layout, row_pt: float) -> list[WordStyle]:
    """正文, 小标题 and what else runs in the columns.

    Verse, captions and cells go without widow control: their lines may part anywhere. Running text
    has it; without it LibreOffice 7.4 leaves the last section of many pages unbalanced.
    """
    out = []
    size_pt = layout.body[0].size_pt
    for role, ident, name, follows in _BODY:
        style = layout.styles.get(role, Style(layout.styles["para"].face))
        word = WordStyle(
            ident, name, follows, layout.faces[style.face], _size(style, size_pt), style.rows * row_pt,
            builtin=ident in _BUILTIN, align=style.align, indent_em=style.indent_em, hang_em=style.hang_em,
            before_pt=style.space_above_rows * row_pt, after_pt=style.space_below_rows * row_pt,
            keeps_lines=role in ("subhead", "source", "verse"), controls_widows=role in ("para", "note", "list"), colour=style.colour,
        )  # fmt: skip
        if role == "subhead":
            # no space before it: LibreOffice 7.4 does not balance columns that such a one may come to the top of
            long = replace(
                word,
                keeps_next=True,
                outline=1,
                id="SubheadLong",
                name="小标题两行",
                based_on="Heading2",
                builtin=False,
            )
            word = replace(
                word,
                alias="小标题",
                outline=1,
                keeps_next=True,
                before_pt=0.0,
                line_pt=word.line_pt + word.before_pt,
            )
            more = replace(
                long, id="SubheadMore", name="小标题续行", outline=9, before_pt=0,
            )  # fmt: skip
            out += [word, long, more]
        elif role == "verse":
            out += [word, replace(word, id="Stanza", name="诗节首行", based_on="Verse", before_pt=row_pt)]
        else:
            out.append(word)
    return out


def _furniture(layout: Layout, row_pt: float) -> list[WordStyle]:
    """报头, 版权栏, 报眉 and the mark that closes a section after a table."""
    mast, folio = layout.masthead, layout.folio
    song = layout.faces[layout.styles["para"].face]
    line_pt = max(row_pt, mast.line_size_pt * ROOMY)
    above_pt = layout.margins.top_pt - Grid.of(layout).margins["header"] / 20
    room_pt = above_pt + mast.usual_rows * row_pt - line_pt - _UNDER_TITLE_PT - row_pt / 2
    title = WordStyle(
        "Title", "Title", "MastheadLine", layout.faces[mast.title_face], min(mast.title_size_pt, room_pt / ROOMY),
        room_pt, builtin=True, align="center", after_pt=_UNDER_TITLE_PT, keeps_next=True, colour=mast.colour,
    )  # fmt: skip
    line = WordStyle(
        "MastheadLine", "报头信息", "Kicker", layout.faces[mast.line_face], mast.line_size_pt,
        line_pt, align="center", after_pt=row_pt / 2, rule=("top", mast.rule_pt, 4, mast.colour),
    )  # fmt: skip
    foot = layout.colophon
    colophon = WordStyle(
        "Colophon", "版权栏", "Colophon", layout.faces[foot.face] if foot else song, foot.size_pt if foot else 8,
        row_pt, align="center", before_pt=2, rule=("top", max(layout.rules.article_pt, 0.25), 1, BLACK),
    )  # fmt: skip
    header = WordStyle(
        "Header", "header", "Header", layout.faces[folio.face], folio.size_pt, math.ceil(folio.size_pt * ROOMY),
        builtin=True, align="left", tab_pt=layout.type_width_pt,
        rule=("bottom", folio.rule_pt, 1, BLACK) if folio.rule_pt else None,
    )  # fmt: skip
    footer = replace(
        header, id="Footer", name="footer", next="Footer", align="center", tab_pt=None, rule=None
    )
    note = WordStyle(
        "CommentText", "annotation text", "CommentText", song, 10, 14, builtin=True, align="left"
    )
    end = WordStyle("SectionEnd", "节末", "NewsBody", song, 1, row_pt / 2)
    column_end = replace(end, id="ColumnEnd", name="栏末", line_pt=1)
    return [title, line, colophon, header, footer, note, end, column_end]


def _size(style: Style, body_pt: float) -> float:
    # Word knows half points only
    return round(style.size_em * body_pt * 2) / 2


def _normal(row_pt: float) -> str:
    spacing = element("spacing", {"line": twips(row_pt), "lineRule": "exact"})
    return element(
        "style",
        {"type": "paragraph", "default": 1, "styleId": "Normal"},
        val("name", "Normal"),
        element("qFormat"),
        # lines of exact height stand on the grid without it; LibreOffice 7.4 sets some of them two rows apart
        element("pPr", None, val("snapToGrid", 0), spacing, val("jc", "both")),
    )


def paragraph_style(word: WordStyle, em_pt: float) -> str:
    spacing = {
        "before": twips(word.before_pt),
        "after": twips(word.after_pt),
        "line": twips(word.line_pt),
        "lineRule": "exact",
    }
    properties = element(
        "pPr",
        None,
        element("keepNext") if word.keeps_next else "",
        element("keepLines") if word.keeps_lines else "",
        "" if word.controls_widows else val("widowControl", 0),
        element("numPr", None, val("numId", 1)) if word.bears_mark else "",
        _rule(word),
        element("tabs", None, element("tab", {"val": "right", "pos": twips(word.tab_pt)}))
        if word.tab_pt
        else "",
        element("spacing", spacing),
        _indent(word, em_pt),
        val("jc", _JUSTIFICATION[word.align]),
        val("outlineLvl", word.outline) if word.outline is not None else "",
    )
    bold = element("b") + element("bCs") if word.face.word_bold else ""
    size = max(2, round(word.size_pt * 2))
    setting = element(
        "rPr",
        None,
        fonts(word.face.word),
        bold,
        val("color", rgb(word.colour)) if word.colour != BLACK else "",
        val("sz", size),
        val("szCs", size),
    )
    return element(
        "style",
        {"type": "paragraph", "customStyle": None if word.builtin else 1, "styleId": word.id},
        val("name", word.name),
        val("aliases", word.alias) if word.alias else "",
        val("basedOn", word.based_on),
        val("next", word.next),
        val("uiPriority", 1),
        element("qFormat"),
        properties,
        setting,
    )


def _rule(word: WordStyle) -> str:
    if word.box:
        return element("pBdr", None, word.box)
    if word.rule is None:
        return ""
    side, thickness_pt, distance_pt, colour = word.rule
    # borders are measured in eighths of a point, their distance in whole points up to 31
    line = {
        "val": "single",
        "sz": max(2, round(thickness_pt * 8)),
        "space": min(31, round(distance_pt)),
        "color": rgb(colour),
    }
    return element("pBdr", None, element(side, line))


def _indent(word: WordStyle, em_pt: float) -> str:
    """Indents by characters, with their lengths for programs that do not count characters."""
    first = word.indent_em - word.hang_em
    keys: dict[str, object] = {}
    if word.inset_pt:
        keys = dict.fromkeys(("left", "right"), twips(word.inset_pt))
    if word.hang_em:
        keys |= {"leftChars": round(word.hang_em * 100), "left": twips(word.hang_em * em_pt)}
    if first:
        side = "firstLine" if first > 0 else "hanging"
        keys |= {f"{side}Chars": round(abs(first) * 100), side: twips(abs(first) * em_pt)}
    return element("ind", keys) if keys else ""


_OTHERS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
)


def _table() -> str:
    """新闻表格: hair lines, narrow cells."""
    hair = {"val": "single", "sz": 2, "space": 0, "color": "000000"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    margins = {"top": 0, "left": 60, "bottom": 0, "right": 60}
    return element(
        "style",
        {"type": "table", "customStyle": 1, "styleId": "NewsTable"},
        val("name", "新闻表格"),
        val("basedOn", "TableNormal"),
        val("uiPriority", 1),
        element(
            "tblPr",
            None,
            element("tblBorders", None, *(element(side, hair) for side in sides)),
            element(
                "tblCellMar",
                None,
                *(element(side, {"w": width, "type": "dxa"}) for side, width in margins.items()),
            ),
        ),
        element("tcPr", None, val("vAlign", "center")),
    )
