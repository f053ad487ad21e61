"""What a line's neighbours and its place add to what it shows by itself: features.py's further traits.

The lines above and below, the beginning and the end of the bulletin, lines seen before, indents and blanks.
What many lines have is worked out on arrays for all at once; what few have, from those few. A plain line is
only asked whether it opens a paragraph and whether it is full.
"""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
import numpy.typing as npt

from typeset.parse import furniture, kinds, traits
from typeset.parse.glance import Ints
from typeset.parse.lines import Lines
from typeset.parse.manner import CENTRED_EM, NEAR_EM, Manner
from typeset.parse.patterns import INLINE_CREDIT, LEDE, LEDE_STRONG
from typeset.parse.runs import twins
from typeset.parse.views import View

Bools = npt.NDArray[np.bool_]

CLOCK = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：]\d{2}")
"""A day and an hour, as web pages print them under a head."""
SEEN_EM = 40.0
"""A line up to this length may be one that was seen before, or stand between a head and its byline."""
SIGNED_EM = 36.0
"""A head is no longer;"""
SIGNED_LINES = 4
"""its byline stands no more lines below it."""
LAST_LINES = 6
_SIGNALS = traits.PAGE | traits.DATELINE | traits.SALUTE | traits.FURN_DATE | traits.META | traits.NUM_BULLET
_ABOVE = (
    (traits.DATELINE, traits.DATELINE_NEXT),
    (traits.SALUTE, traits.SALUTE_NEXT),
    (traits.FURN_DATE, traits.DATE_NEXT),
    (traits.NUM_BULLET, traits.BULLET_NEXT),
)
"""What a line tells of the line above it."""
_FIRST = traits.MASTHEAD.bit_length() - 1


def _bit(trait: int) -> int:
    """A trait as the arrays here hold it, which begin with the first that tells of neighbours."""
    return trait >> _FIRST


def place(views: list[View], lines: Lines, manner: Manner, masthead: int, was_plain: list[bool]) -> None:
    """Add to each view's traits what its place tells; `masthead` lines at the top are the masthead.

    `was_plain` says which lines were plain by themselves: as such they are text to those above them.
    """
    rest = np.array([view.is_rest for view in views], np.bool_)
    plain = np.array([view.is_plain for view in views], np.bool_)
    is_text = np.array(was_plain, np.bool_) & ~rest
    indents, full = _indents(lines, manner), _full(lines, manner)
    at_place = _blanks(views, lines, manner) | _deep(views, lines, manner, indents)
    at_place |= full * (manner.measures_em > 0)
    at_place[:masthead] |= _bit(traits.MASTHEAD)
    at_place[-LAST_LINES:] |= _bit(traits.AT_END)
    at_place[:-1] |= ((lines.widths > 25) | is_text)[1:] * _bit(traits.LONG_NEXT)
    at_place |= _unsigned(views, lines, is_text)
    added = np.where(plain, indents | full * rest, at_place).tolist()
    told = _told(views, lines)
    for at, (view, more) in enumerate(zip(views, added, strict=True)):
        view.traits |= more << _FIRST
        if at in told and not view.is_plain:
            view.traits |= told[at]


def _blanks(views: list[View], lines: Lines, manner: Manner) -> Ints:
    """What the blank lines above and below tell, as far as they tell anything in this manner."""
    blanks = lines.blanks
    above, below = blanks > 0, np.append(blanks[1:] > 0, True)
    out = np.zeros(len(lines), np.int64)
    if manner.blank_tells >= 0.5:
        opens = above.copy()
        opens[0] = True
        out = np.where(opens, _bit(traits.GAP_BEFORE), _bit(traits.NO_GAP_BEFORE))
        out |= below * np.where(above, _bit(traits.GAP_BOTH), _bit(traits.GAP_AFTER))
    elif manner.tight_tells:
        out = ~above * _bit(traits.TIGHT_BEFORE) | ~below * _bit(traits.TIGHT_AFTER)
    for at in _stanzas(views):
        out[at] = _bit(traits.STANZA)
    if manner.blank_tells < 0.5:
        is_wide = (blanks[1:] >= 2) & (blanks[1:] > np.maximum(blanks[:-1], 1))
        out[1:] |= is_wide * _bit(traits.WIDE_GAP)
    return out


def _stanzas(views: list[View]) -> list[int]:
    """Lines below a blank line inside a run of lines that may be verse."""
    return [
        at
        for at, view in enumerate(views)
        if view.traits & traits.VERSE_RUN
        and not view.traits & traits.VERSE_FIRST
        and view.line.blanks
        and at
        and views[at - 1].traits & traits.VERSE_RUN
        and abs(views[at - 1].line.indent - view.line.indent) < 1
    ]


def _indents(lines: Lines, manner: Manner) -> Ints:
    """Whether each line is indented as paragraphs are."""
    if not manner.indent_em:
        return np.zeros(len(lines), np.int64)
    indented = _bit(traits.INDENTED if manner.indent_tells else traits.INDENTED_TOO)
    return np.where(np.abs(lines.indents - manner.indent_em) < 1, indented, _bit(traits.FLUSH))


def _deep(views: list[View], lines: Lines, manner: Manner, indents: Ints) -> Ints:
    """The same, or how a line stands that is indented deeper than paragraphs are."""
    is_deep = (lines.indents >= 4) & (lines.indents > manner.indent_em + 1)
    out = np.where(is_deep, _bit(traits.INDENT_DEEP), indents)
    for at in is_deep.nonzero()[0].tolist():
        if views[at].traits & traits.VERSE_RUN:
            out[at] = _bit(traits.VERSE_DEEP)
    return out


def _full(lines: Lines, manner: Manner) -> Ints:
    """Lines that reach their measure, if there is one."""
    is_full = lines.indents + lines.widths > manner.measures_em - NEAR_EM
    return (is_full & (lines.indents < CENTRED_EM)) * _bit(traits.FULL_LINE)


def _unsigned(views: list[View], lines: Lines, is_text: Bools) -> Ints:
    """Short lines, and those built alike, with no byline between them and the next running text."""
    seen = [view.traits for view in views if view.traits & traits.SIGNED]
    is_usual = sum(t & (traits.BYLINE_SURE | traits.META) != 0 for t in seen) >= 2
    alike = np.zeros(len(views), np.bool_)
    for at in twins(views):
        alike[at] = True
    if not (is_usual or alike.any()):
        return np.zeros(len(views), np.int64)
    beyond = [False] * SIGNED_LINES
    ends = np.append((lines.widths > SEEN_EM) | is_text, beyond)
    names = np.array([*(view.traits & traits.SIGNED != 0 for view in views), *beyond]) & ~ends
    is_signed = np.zeros(len(views), np.bool_)
    for below in range(SIGNED_LINES, 0, -1):  # what is nearer counts
        window = slice(below, below + len(views))
        is_signed = (is_signed & ~ends[window]) | names[window]
    unsigned = ~is_signed & (lines.widths <= SIGNED_EM) & is_usual
    return unsigned * _bit(traits.NO_BYLINE_BELOW) | (alike & ~is_signed) * _bit(traits.TWIN)


def _told(views: list[View], lines: Lines) -> defaultdict[int, int]:
    """What few lines are told: by furniture, by the line below or above, by a line seen before."""
    told: defaultdict[int, int] = defaultdict(int)
    for at, view in enumerate(views):
        if view.traits & _SIGNALS:
            _tell(told, views, at, view)
    for at in lines.having(kinds.LEDE_HEAD):
        view, text = views[at], lines.items[at].text
        width = view.line.width
        if width > 20 or width > 0.8 * view.measure_em > 0:
            if LEDE_STRONG.match(text):
                told[at - 1] |= traits.LEDE_STRONG
            elif LEDE.match(text):
                told[at - 1] |= traits.LEDE_NEXT
    for at in lines.having(kinds.PAREN_END):
        if INLINE_CREDIT.search(lines.items[at].text):
            told[at + 1] |= traits.AFTER_CREDIT
    _tell_seen(told, views, lines)
    for at in [at for at, tells in told.items() if tells & traits.BESIDE_FURNITURE and 0 <= at < len(views)]:
        is_below = at and views[at - 1].traits & traits.PAGE
        is_section = "".join(lines.items[at].text.split()) in furniture.SECTIONS
        if is_section or (is_below and told[at] & traits.SEEN_BEFORE):
            told[at] |= traits.PAGE_HEAD
    return told


def _tell(told: defaultdict[int, int], views: list[View], at: int, view: View) -> None:
    """What a line tells of those beside it."""
    for trait, tells in _ABOVE:
        if view.traits & trait:
            told[at - 1] |= tells
    is_page = view.traits & traits.PAGE
    if is_page:
        told[at - 1] |= traits.BESIDE_FURNITURE
        told[at + 1] |= traits.BESIDE_FURNITURE
        if at + 1 < len(views) and views[at + 1].traits & traits.PAGE:
            told[at + 2] |= traits.AFTER_GROUP
    if (is_page or view.traits & traits.META) and CLOCK.search(view.line.text):
        told[at - 1] |= traits.META_NEXT


def _tell_seen(told: defaultdict[int, int], views: list[View], lines: Lines) -> None:
    """Lines that stood further above."""
    seen: set[str] = set()
    may_tell = (lines.widths <= SEEN_EM) | (lines.hints & kinds.COLON != 0)
    for at in may_tell.nonzero()[0].tolist():
        view = views[at]
        if view.is_plain:
            continue
        text, is_short = view.line.text, view.line.width <= SEEN_EM
        if is_short and text in seen:
            told[at] |= traits.SEEN_BEFORE
        elif view.line.hints & kinds.COLON and "：" in text and text.partition("：")[2] in seen:
            told[at] |= traits.RUNNING_HEAD
        if is_short:
            seen.add(text)
