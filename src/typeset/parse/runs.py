"""What shows only in runs of lines: lists, verse, tables, foot notes, the masthead, subheads built alike.

Each function looks at the lines that may begin or belong to a run and adds to their traits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import eq

import numpy as np

from typeset.parse import kinds, traits
from typeset.parse.bylines import may_be_name_row, name_row
from typeset.parse.lines import Lines
from typeset.parse.manner import Manner, fills, full_width
from typeset.parse.patterns import CELL, CELL_GAP, CONTENTS, NOTE_SIGN, WIDE_GAP
from typeset.parse.text import em_width, is_final
from typeset.parse.views import View

VERSE_EM = 18.0
MAX_CONTENTS = 40
CONTENTS_EM = 40.0
MIN_VERSE_LINES = 4
MIN_NAMES = 5
CELL_CHARS = 16
"""No cell of a table without numbers is longer."""
_NO_VERSE = (
    traits.END_COLON
    | traits.UNIT_BRACKET
    | traits.LABEL
    | traits.NOTE
    | traits.CAPTION_HEAD
    | traits.PHOTO_CREDIT
    | traits.NUMBERS
    | traits.FURNITURE
    | traits.JUMPS
    | traits.SIGNED
)
_STOP = re.compile("[。！？]")
_NOTES = traits.NUM_CIRCLED | traits.NUM_REFERENCE | traits.NUM_HALF_PAREN
"""Ways of numbering foot notes."""
_MARKED_NOTES = traits.NUM_CIRCLED | traits.LIST_ITEM


def masthead_end(views: list[View]) -> int:
    """How many lines at the top are the masthead: up to the last sure furniture of the first few."""
    end = 0
    for at, view in enumerate(views[:10]):
        if view.line.width > 60 or view.line.is_final or view.line.jump:
            break
        looks = view.traits & traits.FURNITURE
        if looks and (looks != traits.FURN_DATE or at < 6):
            between = views[end:at]
            if len(between) > 3 or any(
                not v.traits & traits.FURNITURE and v.line.width > 18 for v in between
            ):
                break
            end = at + 1
    return end


def mark_contents(views: list[View], lines: Lines) -> None:
    """The lines of a table of contents (目录, 本期导读), up to the next blank line."""
    for at in lines.having(kinds.CONTENTS_HEAD):
        view = views[at]
        if CONTENTS.fullmatch("".join(view.line.text.split())):
            _mark_contents(view)
            for entry in views[at + 1 : at + 1 + MAX_CONTENTS]:
                is_bulleted = entry.traits & views[at + 1].traits & traits.NUM_BULLET
                is_apart = entry.line.blanks > view.line.blanks or (entry.line.blanks and not is_bulleted)
                if is_apart or entry.line.is_final or entry.line.width > CONTENTS_EM:
                    break
                _mark_contents(entry)
                entry.is_plain = False


def _mark_contents(view: View) -> None:
    is_twice = view.traits & traits.CONTENTS
    view.traits |= traits.CONTENTS_TWICE if is_twice else traits.CONTENTS


def mark_lists(views: list[View]) -> None:
    """Runs of items numbered in one way are lists when they are short and hold one clause each."""
    done = 0
    for at in [at for at, view in enumerate(views) if view.traits & traits.NUMBERS]:
        if at < done:
            continue
        run = _run_of(views, at)
        kind = _list_kind(views, run)
        for view in (views[i] for i in run) if kind else ():
            view.traits |= kind
            view.is_plain = False
        done = run[-1] + 1


def mark_unnumbered_lists(views: list[View], lines: Lines) -> None:
    """Items without numbers behind a colon: all but the last end with a semicolon, the last ends a sentence."""
    for at in lines.having(kinds.COLON_END):
        end = at + 1
        while end < len(views) and views[end].line.hints & kinds.SEMI_END and not _number(views[end]):
            end += 1
        if at + 1 < end < len(views) and views[end].line.is_final and not _number(views[end]):
            for item in views[at + 1 : end + 1]:
                item.traits |= traits.LIST_ITEM
                item.is_plain = False


def _number(view: View) -> int:
    """How the line is numbered."""
    return view.traits & traits.NUMBERS


def _run_of(views: list[View], at: int) -> list[int]:
    """The places of the items numbered as line `at` is, with at most two lines between two of them."""
    run = [at]
    for here in range(at + 1, len(views)):
        if here - run[-1] > 3 or views[here].line.jump:
            break
        if _number(views[here]) == _number(views[at]):
            run.append(here)
    return run


def _list_kind(views: list[View], run: list[int]) -> int:
    """LIST_ITEM, ITEM_PARA (paragraphs that happen to be numbered) or nothing (subheads, say)."""
    style = _number(views[run[0]])
    if style == traits.NUM_REFERENCE:
        return traits.LIST_ITEM
    if len(run) < 2:
        return 0
    ends = [_item_end(views, at) for at in run]
    items = ["".join(v.line.text for v in views[a:b]) for a, b in zip(run, ends, strict=True)]
    apart = sum(b > end for b, end in zip(run[1:], ends, strict=False))
    count = len(run)
    semis = sum(item[-1] in "；;" for item in items)
    stops = sum(is_final(item) for item in items)
    sentences = sum(len(_STOP.findall(item)) > 1 or "。" in item[:-1] for item in items)
    median = sorted(em_width(item) for item in items)[count // 2]
    if style == traits.NUM_BULLET and stops >= 0.7 * count and median >= 20:
        return traits.ITEM_PARA
    if not apart and count >= 3 and semis == count - 1 and is_final(items[-1]):
        return traits.LIST_ITEM
    if apart <= 1 and semis >= 0.4 * count and sentences <= 0.3 * count:
        return traits.LIST_ITEM
    if not apart and not sentences and median <= 36 and count >= 3:
        return traits.LIST_ITEM
    return traits.ITEM_PARA if median > 30 or (stops >= 0.6 * count and median > 20) else 0


def _item_end(views: list[View], at: int) -> int:
    """Where a list item's lines end: a hard wrap may have made several of it."""
    at += 1
    while (
        at < len(views)
        and views[at].measure_em
        and not _number(views[at])
        and not views[at - 1].line.is_final
        and fills(views[at - 1].line, views[at].line.text, views[at - 1].measure_em)
    ):
        at += 1
    return at


def mark_name_lists(views: list[View], lines: Lines) -> None:
    """Rows of names (光荣榜): two and more lines of names and nothing else, one under the other."""
    may_be = [
        at
        for at in lines.having(kinds.PART | kinds.PAREN_END)
        if lines.items[at].width <= 40
        and not lines.items[at].hints & kinds.FINAL_END
        and not views[at].traits & traits.FURNITURE
        and may_be_name_row(lines.items[at].text)
    ]
    counts = {
        at: count
        for run in _stretches(may_be)
        if len(run) >= 2
        for at in run
        if (count := name_row(lines.items[at].text))
    }
    for run in _stretches(list(counts)):
        if len(run) >= 2 and sum(counts[at] for at in run) >= MIN_NAMES:
            for at in run:
                views[at].traits |= traits.NAME_ROW


def _stretches(places: list[int]) -> Iterator[list[int]]:
    """The places that follow one another without a gap."""
    run: list[int] = []
    for at in places:
        if run and at != run[-1] + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def mark_verse(views: list[View], lines: Lines, manner: Manner) -> None:
    """Runs of four and more short lines, few of which end as sentences do."""
    measures = manner.measures_em
    limits = np.where(measures > 0, np.minimum(VERSE_EM, 0.92 * measures), VERSE_EM)
    short = (lines.widths <= limits).nonzero()[0]
    done = 0
    for at, limit in zip(short.tolist(), limits[short].tolist(), strict=True):
        if at < done:
            continue
        done, indent = at, views[at].line.indent
        while done < len(views) and _may_be_verse(views[done], limit, indent):
            done += 1
        if done - at >= MIN_VERSE_LINES:
            _mark_verse(views[at:done], views[done] if done < len(views) else None, limit)


def _mark_verse(lines: list[View], below: View | None, limit: float) -> None:
    final = sum(v.line.is_final for v in lines)
    widths = [round(v.line.width) for v in lines]
    if final > 0.2 * len(lines) and max(widths) - min(widths) > 1:
        return
    for view in lines:
        view.traits |= traits.VERSE_RUN | traits.VERSE_LONG if len(lines) >= 6 else traits.VERSE_RUN
    lines[0].traits |= traits.VERSE_FIRST
    if below is not None and (below.line.width > limit or below.traits & traits.SIGNED):
        lines[-1].traits |= traits.VERSE_LAST
        lines[-2].traits |= traits.VERSE_LATE


def _may_be_verse(view: View, limit: float, indent: float) -> bool:
    return view.line.width <= limit and -1 <= view.line.indent - indent <= 1 and not view.traits & _NO_VERSE


def cells(text: str) -> list[str]:
    """The cells of a table's row, parted by tabs, or by two and more blanks."""
    return [c for c in CELL_GAP.split(text) if c.strip()]


def mark_tables(views: list[View], lines: Lines) -> None:
    """Rows: lines parted into as many cells as their neighbours; numbers, tabs or wide gaps among them."""
    rows = {
        at: row
        for at in lines.having(kinds.BLANK)
        if len(text := lines.items[at].text) <= 300 and CELL_GAP.search(text) and len(row := cells(text)) >= 2
    }
    done = 0
    for at in rows:
        if at < done:
            continue
        run = at
        while run in rows and _goes_on(rows, views, at, run):
            run += 1
        table = range(at, run)
        if len(table) >= 3 and _is_table([rows[n] for n in table], views[at:run]):
            for view in views[at:run]:
                view.traits |= traits.ROW
        done = max(run, at + 1)


def _goes_on(rows: dict[int, list[str]], views: list[View], at: int, run: int) -> bool:
    """A row of as many cells, or, where gaps are wide, of fewer: cells may be empty."""
    return abs(len(rows[run]) - len(rows[at])) <= 1 or WIDE_GAP.search(views[run].line.text) is not None


def _is_table(rows: list[list[str]], views: list[View]) -> bool:
    every = [cell.strip() for row in rows for cell in row]
    if sum(CELL.fullmatch(cell) is not None for cell in every) >= 0.25 * len(every):
        return True
    texts = [view.line.text for view in views]
    return all("\t" in text for text in texts) or (
        len(rows[0]) >= 3
        and all(len(row) == len(rows[0]) for row in rows)
        and max(map(len, every)) <= CELL_CHARS
    )


def mark_footnotes(views: list[View], lines: Lines) -> None:
    """Numbered notes: lines like ①… above a folio line or another note, or whose sign stood in the text."""
    signs: set[str] = set()
    for view in map(views.__getitem__, lines.having(kinds.CIRCLED)):
        if view.traits & _MARKED_NOTES == traits.NUM_CIRCLED and view.line.text[0] in signs:
            view.traits |= traits.FOOT
            view.is_plain = False
            signs.discard(view.line.text[0])
        signs.update(NOTE_SIGN.findall(view.line.text, 1))
    notes = [
        at
        for at, view in enumerate(views[:-1])
        if view.traits & _NOTES and not view.traits & traits.LIST_ITEM
    ]
    for at in reversed(notes):
        view, below = views[at], views[at + 1]
        if not view.traits & traits.FOOT and below.traits & (traits.PAGE | traits.FOOT):
            view.traits |= traits.FOOT
            view.is_plain = False
    for at in notes:
        _mark_foot_more(views, at)


def _mark_foot_more(views: list[View], at: int) -> None:
    """The lines over which a hard wrap has spread the note that begins at a line."""
    while at + 1 < len(views):
        above, view = views[at], views[at + 1]
        is_note = above.traits & (traits.FOOT | traits.FOOT_MORE)
        goes_on = full_width(above.line) > above.measure_em - 2 and not above.line.is_final
        if not (is_note and view.measure_em and goes_on):
            return
        if not view.traits & traits.FOOT_MORE:
            view.traits |= traits.FOOT_MORE
            view.is_plain = False
        at += 1


def twins(views: list[View]) -> set[int]:
    """Short lines that are built alike, some way apart, as an article's subheads are (聚焦… 聚焦…)."""
    short = [
        (at, view.line.text, len(view.line.text))
        for at, view in enumerate(views)
        if 4 <= view.line.width <= 16 and not view.line.is_final and not view.traits & traits.VERSE_RUN
    ]
    out: set[int] = set()
    for place, (at, a, size) in enumerate(short):
        for other, b, other_size in short[place + 1 : place + 6]:
            if other - at >= 2 and -1 <= size - other_size <= 1 and a != b:
                same = sum(map(eq, a, b))
                if same >= 2 and same >= 0.3 * size:
                    out |= {at, other}
    return out
