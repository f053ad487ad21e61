"""The page's grid: columns and rows of a plan in points from the trim's top left."""

from __future__ import annotations

from dataclasses import dataclass

from typeset.makeup.desk import columns_pt
from typeset.makeup.heads import ASCENT_EM
from typeset.makeup.placed import Placed, Slot
from typeset.makeup.plan import Plan
from typeset.model.layout import Layout


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The page's grid in points: columns from the left, rows from the top of the type area."""

    layout: Layout
    plan: Plan

    @property
    def left_pt(self) -> float:
        spare = self.layout.type_width_pt - self.width_pt
        return self.layout.margins.left_pt + spare / 2

    @property
    def width_pt(self) -> float:
        return columns_pt(self.plan.setting, self.plan.setting.columns)

    def column_pt(self, column: int) -> float:
        setting = self.plan.setting
        return self.left_pt + column * (setting.measure_em + setting.gutter_em) * setting.size_pt

    def slot_pt(self, placed: Placed, slot: Slot) -> float:
        """The left edge of a text column: the page's own, or a box's."""
        if placed.inside is None:
            return self.column_pt(slot.column)
        inside = placed.inside
        step = inside.measure_em + inside.gutter_em
        left = inside.inset_em + (slot.column - placed.column) * step
        return self.column_pt(placed.column) + left * self.plan.setting.size_pt

    def row_top_pt(self, row: int) -> float:
        return self.layout.margins.top_pt + row * self.plan.row_pt

    def baseline_pt(self, row: int) -> float:
        return self.row_top_pt(row) + ASCENT_EM * self.plan.setting.size_pt
