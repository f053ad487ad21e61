"""An edition's pages as bands that Word's sections can show: what stands side by side, cut at the page's full width.

In: an edition. Out: its pages as `Band`s. A band is `plain` where one article fills it, `split` where articles of one
or more columns stand side by side, each as deep as the band: such a band is one section with a column for each of
theirs. Any other band is `mixed`: no section can show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from typeset.model.edition import Edition, Frame, Page

HEADS = {"kicker", "headline", "subtitle", "byline"}
_SLACK_PT = 1.0
Kind = Literal["plain", "split", "mixed"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a frame, in points, and how many characters (white space apart) of its body stand in it."""

    x_pt: float
    width_pt: float
    characters: int


@dataclass(frozen=True, slots=True)
class Band:
    """Frames between two cuts across the page; of a split band, `groups` from left to right, each group's frames one
    over another."""

    kind: Kind
    groups: tuple[tuple[Frame, ...], ...]

    def frames(self) -> Iterator[Frame]:
        for group in self.groups:
            yield from group


def bands_of(page: Page, edition: Edition) -> list[Band]:
    """The page's bands from top to bottom."""
    return [_band(frames, edition) for frames in _cut(page.frames, "y_pt", "height_pt")]


def columns_of(frame: Frame, edition: Edition) -> list[Column]:
    """The frame's columns; those that only its head stands in are one, the first, with no characters."""
    if frame.form == "boxed":
        return [Column(frame.x_pt, frame.width_pt, _solid(frame, frame.x_pt, frame.x_pt + frame.width_pt))]
    gutter = edition.body.gutter_em * edition.body.size_pt
    width = (frame.width_pt - (frame.columns - 1) * gutter) / frame.columns
    lefts = [frame.x_pt + n * (width + gutter) for n in range(frame.columns)]
    columns = [
        Column(left, width, _solid(frame, left - gutter / 2, left + width + gutter / 2)) for left in lefts
    ]
    bare = next((n for n, column in enumerate(columns) if column.characters), 0)
    if bare < 2:
        return columns
    head = Column(columns[0].x_pt, columns[bare - 1].x_pt + width - columns[0].x_pt, 0)
    return [head, *columns[bare:]]


def is_read_on(edition: Edition) -> bool:
    """Whether every article on several pages ends a page in a plain band and begins the next in one of as many columns:
    then its columns run on from page to page by themselves."""
    ends: dict[int, Frame] = {}
    for page in edition.pages:
        bands = bands_of(page, edition)
        begins = {}
        for number, band in enumerate(bands):
            for frame in band.frames():
                if frame.part:
                    before = ends.get(frame.article)
                    is_alone = number == 0 and band.kind == "plain" and frame.form == "top"
                    if not is_alone or before is None or before.columns != frame.columns:
                        return False
                if number == len(bands) - 1 and band.kind == "plain" and frame.form == "top":
                    begins[frame.article] = frame
        ends = begins
    return True


def body_runs(frame: Frame) -> Iterator[tuple[float, float, int]]:
    """Left edge and first baseline of each run of the body, and its characters without white space."""
    for run in frame.runs:
        if run.role in HEADS:
            continue
        spans = zip(run.text.starts[run.first : run.last], run.text.ends[run.first : run.last], strict=True)
        count = sum(len("".join(run.text.text[start:end].split())) for start, end in spans)
        yield run.x_pt, run.baseline_pt, count


def _solid(frame: Frame, left_pt: float, right_pt: float) -> int:
    return sum(count for x_pt, _, count in body_runs(frame) if left_pt <= x_pt < right_pt)


def _cut(frames: Sequence[Frame], at: str, over: str) -> list[list[Frame]]:
    """The frames in rows (or columns) that no frame reaches out of."""
    out: list[list[Frame]] = []
    foot = float("-inf")
    for frame in sorted(frames, key=lambda one: (getattr(one, at), one.article)):
        start = getattr(frame, at)
        if not out or start >= foot - _SLACK_PT:
            out.append([])
        out[-1].append(frame)
        foot = max(foot, start + getattr(frame, over))
    return out


def _band(frames: list[Frame], edition: Edition) -> Band:
    if len(frames) == 1 and frames[0].form in ("top", "boxed"):
        return Band("plain", ((frames[0],),))
    groups = [sorted(group, key=lambda one: one.y_pt) for group in _cut(frames, "x_pt", "width_pt")]
    kind: Kind = "split" if all(_is_simple(group, edition) for group in groups) else "mixed"
    return Band(kind, tuple(tuple(group) for group in groups))


def _is_simple(group: list[Frame], edition: Edition) -> bool:
    """Whether columns can show it: one article, or several of one column, whose text fills every column but the head's."""
    if any(frame.boxes or frame.part for frame in group):
        return False
    columns = [columns_of(frame, edition) for frame in group]
    if any(not column.characters for one in columns for column in one[1:]):
        return False
    return len(group) == 1 or all(len(one) == 1 and one[0].characters for one in columns)
