"""Where a bulletin's pages do not close: the format nearest in size in which they do.

In: a bulletin and the layouts that there are. Out: the first of them, by size, that closes to the last line, with its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log

from typeset.fonts.faces import FaceSet
from typeset.makeup.commit import desk_of
from typeset.makeup.plan import plan_of
from typeset.model.bulletin import Bulletin
from typeset.model.findings import Finding, Words
from typeset.model.layout import Layout
from typeset.model.pictures import PictureFile

MOST_ARTICLES = 30  # of a longer edition each try takes too long


def nearest_closing(
    bulletin: Bulletin, layout: Layout, others: Iterable[Layout], pictures: Mapping[str, PictureFile]
) -> tuple[Layout, int] | None:
    """The layout nearest in the size of its page to `layout` in which the bulletin closes, and on how many pages.

    Long editions are not tried.
    """
    if len(bulletin.articles) > MOST_ARTICLES:
        return None
    for other in sorted(others, key=lambda other: (abs(log(_area(other) / _area(layout))), other.name)):
        plan = plan_of(desk_of(bulletin, other, FaceSet.of(other), pictures))
        if plan.is_exact:
            return other, plan.pages
    return None


def nearest_finding(found: tuple[Layout, int] | None) -> Finding:
    """What the editor is told of it."""
    if found is None:
        words = Words("no other shipped layout was found that closes it", "没有找到能排满的其他自带版式")
        return Finding("info", "makeup.nearest", words)
    layout, pages = found
    return Finding("info", "makeup.nearest", Words(
        f"the layout {layout.name} closes it to the last line on {pages} page(s)",
        f"换用版式 {layout.name}（{layout.title}）可排满 {pages} 版",
    ))  # fmt: skip


def _area(layout: Layout) -> float:
    return layout.sheet.width_pt * layout.sheet.height_pt
