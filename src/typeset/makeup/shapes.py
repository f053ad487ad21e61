"""The rectangles that an article can take: width in columns × height in rows, each closed to the last line.

In: a galley maker and heads. Out: for each width a dict from height to the cheapest `Shape`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from typeset.makeup.fill import Filled, fill_columns
from typeset.makeup.galley import Galley
from typeset.makeup.heads import Head

SHORT_COLUMN_ROWS = 9
LONG_COLUMN_ROWS = 45
LEAST_TEXT_ROWS = 5  # T41: under a headline
GOOD_PAD_ROWS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """An article in `width_cols` columns: head rows, then `heights` of text rows a column."""

    galley: Galley
    head: Head
    width_cols: int
    head_rows: int
    pad_rows: int
    heights: tuple[int, ...]
    filled: Filled
    cost: float

    @property
    def rows(self) -> int:
        return self.head_rows + self.heights[0]


def closings(galley: Galley, columns: int, most_rows: int) -> dict[int, Filled]:
    """Every column height at which the text closes exactly over so many columns."""
    least = sum(item.least_rows for item in galley.items)
    most = sum(item.most_rows for item in galley.items)
    out: dict[int, Filled] = {}
    for height in range(max(1, -(-least // columns)), min(most // columns, most_rows) + 1):
        filled = fill_columns(galley.items, [height] * columns)
        if filled is not None:
            out[height] = filled
    return out


def list_shapes(
    galley: Galley,
    heads: Sequence[Head | None],
    columns: int,
    row_pt: float,
    most_rows: int,
    pads: tuple[int, int],
    weights: dict[str, float],
) -> dict[int, Shape]:
    """Heights in rows that the article can take at this width, each with its cheapest shape."""
    out: dict[int, Shape] = {}
    for height, filled in closings(galley, columns, most_rows).items():
        text_cost = filled.cost
        text_cost += weights.get("short_column", 3.0) * (height < SHORT_COLUMN_ROWS)
        text_cost += weights.get("long_column", 2.0) * (height > LONG_COLUMN_ROWS)
        text_cost += weights.get("tall_strip", 3.0) * (columns == 1 and height > LONG_COLUMN_ROWS)
        for head in heads:
            if head is None or (head.lines and height < LEAST_TEXT_ROWS):
                continue
            for pad in range(pads[0], pads[1] + 1):
                head_rows = head.rows(row_pt, pad)
                rows = head_rows + height
                cost = text_cost + head.cost + weights.get("head_padding", 1.0) * abs(pad - GOOD_PAD_ROWS)
                if rows <= most_rows and (rows not in out or cost < out[rows].cost):
                    out[rows] = Shape(
                        galley, head, columns, head_rows, pad, (height,) * columns, filled, cost
                    )
    return out
