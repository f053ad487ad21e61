"""Pages whose lines run downwards (竖排, T51): made up lying on their side, then stood up.

A vertical page is a horizontal one turned clockwise: its columns are bands from top to bottom, its rows
go from right to left, its masthead stands at the right. So `turned` gives the layout on its side,
everything is made up as usual, and `stood_up` turns the places back.
"""

from __future__ import annotations

from dataclasses import replace

from typeset.makeup.heads import ASCENT_EM
from typeset.model.edition import Edition, Frame, LineRun, Picture, Rectangle, RuleLine
from typeset.model.layout import Layout, Margins, Sheet

CENTRE_EM = ASCENT_EM - 0.5
"""From a baseline up to the middle of the em box."""


def turned(layout: Layout) -> Layout:
    """The layout lying on its side: its top is the page's right edge, its left the page's top."""
    sheet, margins = layout.sheet, layout.margins
    return replace(
        layout,
        sheet=Sheet(sheet.height_pt, sheet.width_pt, sheet.bleed_pt),
        margins=Margins(margins.right_pt, margins.left_pt, margins.top_pt, margins.bottom_pt),
    )


def stood_up(edition: Edition) -> Edition:
    """The edition of a turned layout with its places on the upright page, its lines vertical."""
    width_pt, height_pt = edition.height_pt, edition.width_pt
    pages = tuple(
        replace(
            page,
            frames=tuple(_frame(frame, width_pt) for frame in page.frames),
            furniture=tuple(_run(run, width_pt) for run in page.furniture),
            rules=tuple(_rule(rule, width_pt) for rule in page.rules),
            pictures=tuple(_picture(picture, width_pt) for picture in page.pictures),
        )
        for page in edition.pages
    )
    return replace(edition, width_pt=width_pt, height_pt=height_pt, pages=pages)


def _frame(frame: Frame, width_pt: float) -> Frame:
    x, y, width, height = _rectangle((frame.x_pt, frame.y_pt, frame.width_pt, frame.height_pt), width_pt)
    return replace(
        frame, x_pt=x, y_pt=y, width_pt=width, height_pt=height, runs=tuple(_run(run, width_pt) for run in frame.runs),
        boxes=tuple(_rectangle(box, width_pt) for box in frame.boxes),
    )  # fmt: skip


def _rectangle(box: Rectangle, width_pt: float) -> Rectangle:
    x, y, width, height = box
    return width_pt - y - height, x, height, width


def _picture(picture: Picture, width_pt: float) -> Picture:
    box = (picture.x_pt, picture.y_pt, picture.width_pt, picture.height_pt)
    x, y, width, height = _rectangle(box, width_pt)
    return replace(picture, x_pt=x, y_pt=y, width_pt=width, height_pt=height)


def _run(run: LineRun, width_pt: float) -> LineRun:
    middle = width_pt - (run.baseline_pt - CENTRE_EM * run.size_pt)
    return replace(run, x_pt=middle, baseline_pt=run.x_pt, vertical=True)


def _rule(rule: RuleLine, width_pt: float) -> RuleLine:
    return replace(
        rule, x0_pt=width_pt - rule.y0_pt, y0_pt=rule.x0_pt, x1_pt=width_pt - rule.y1_pt, y1_pt=rule.x1_pt
    )
