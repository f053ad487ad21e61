"""A layout's page in twips, as Word's sections and styles need it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from typeset.model.edition import Edition
from typeset.model.layout import Layout
from typeset.write.docx.oxml import twips

ROOMY = 1.15  # line height of a head over its size
_FOOT_PT = 12.0  # from the page number to the sheet's edge
SPARE_ROWS = 2
"""How many rows deeper than the PDF's a page may be: other programs break lines elsewhere."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The layout's page in twips, as Word's sections and styles need it."""

    page: tuple[int, int]
    margins: dict[str, int]
    type_width: int
    columns: int
    gutter: int
    column: int
    row: int
    em: int
    column_rule: bool

    @classmethod
    def of(cls, layout: Layout) -> Grid:
        """The first body setting's grid. The row is rounded down, so that all rows find room."""
        body, margins, folio = layout.body[0], layout.margins, layout.folio
        type_width = twips(layout.type_width_pt)
        gutter = twips(body.gutter_em * body.size_pt)
        row = int(layout.type_height_pt / body.rows[1] * 20)
        foot_line = folio.size_pt * ROOMY
        foot = twips(min(_FOOT_PT, (margins.bottom_pt - foot_line) / 2))
        spare = twips(margins.bottom_pt - foot_line) - foot
        folio_line = math.ceil(folio.size_pt * ROOMY) + folio.gap_pt + folio.rule_pt
        return cls(
            page=(twips(layout.sheet.width_pt), twips(layout.sheet.height_pt)),
            margins={
                "top": twips(margins.top_pt),
                "right": twips(margins.right_pt),
                "bottom": twips(margins.bottom_pt) - max(0, min(SPARE_ROWS, spare // row)) * row,
                "left": twips(margins.left_pt),
                "header": max(0, twips(margins.top_pt - folio_line)),
                "footer": max(0, foot),
            },
            type_width=type_width,
            columns=body.columns,
            gutter=gutter,
            column=(type_width - gutter * (body.columns - 1)) // body.columns,
            row=row,
            em=twips(body.size_pt),
            column_rule=layout.rules.column_pt > 0,
        )


def as_made_up(layout: Layout, edition: Edition, closer: float = 0.0) -> Layout:
    """The layout with the body setting, rows and masthead that make-up chose for the edition, and no others.

    Rows stand by a share of them `closer` than the PDF's (`fit`). Rules over heads are left to the looks of those that
    have one.
    """
    rows = round(layout.type_height_pt / edition.row_pt * (1 + closer))
    top_pt = min((f.y_pt for f in edition.pages[0].frames), default=layout.margins.top_pt)
    head = max(2, round((top_pt - layout.margins.top_pt) / layout.type_height_pt * rows))
    return replace(
        layout,
        body=(replace(edition.body, rows=(rows, rows)),),
        masthead=replace(layout.masthead, rows=(head, head)),
        rules=replace(layout.rules, article_pt=0.0),
    )
