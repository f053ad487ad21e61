"""What can be seen of a line (特征): traits that the weights then judge.

In: the lines and the bulletin's manner. Out: for each line a `View`, its traits among them; those that
neighbours add are found in neighbours.py and runs.py. What a line's kinds of characters tell is read off
arrays for all lines at once; its words are looked at where those kinds say that something may be found. Long
sentences, the bulk of any bulletin, and the further lines of hard-wrapped ones take a short way.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from typeset.parse import furniture, kinds, traits
from typeset.parse.bylines import SHORT_CHARS as SHORT_WORD
from typeset.parse.bylines import Credit, may_be_byline, read_byline, unbracket
from typeset.parse.kinds import PHOTO_ENDING, UNIT_SIGNS
from typeset.parse.lines import Line, Lines
from typeset.parse.manner import Manner, full_width
from typeset.parse.names import is_unit
from typeset.parse.neighbours import place
from typeset.parse.patterns import (
    BRIEF_HEADS,
    CAPTION_HEAD,
    CAPTION_TAIL,
    COLUMN_NAME,
    DASHES,
    DATELINE,
    LEAD_IN,
    NOTE_HEAD,
    NUMBERED,
    QA,
    REFERENCES,
    SALUTE,
    TAIL_EM,
    TITLE_END,
    WHOLE_LABEL,
)
from typeset.parse.runs import (
    mark_contents,
    mark_footnotes,
    mark_lists,
    mark_name_lists,
    mark_tables,
    mark_unnumbered_lists,
    mark_verse,
    masthead_end,
)
from typeset.parse.sources import (
    AFFILIATION,
    AUTHOR_UNIT,
    dated_unit,
    has_affiliation,
    read_meta,
    read_source,
)
from typeset.parse.views import View

OWN_EDITORS = ("本刊编辑", "本报编辑", "本刊編輯", "本報編輯")
"""An editor's byline begins so; the page's editors are named otherwise."""
_TEXT_LOOKS = traits.QA | traits.LEN30 | traits.LEN45 | traits.LONG
"""A meta line is long and has colons without being text."""
_CLAUSES = traits.INSIDE_STOPS | traits.ONE_COMMA | traits.MANY_COMMAS
_LENGTHS = (
    traits.LEN3, traits.LEN8, traits.LEN15, traits.LEN22, traits.LEN30, traits.LEN45, traits.LONG,
)  # fmt: skip
_LENGTHS_EM = (3.0, 8.5, 15.0, 22.0, 30.0, 45.0)
_ENDS = (traits.END_CLOSER, traits.END_COMMA, traits.END_SEMI, traits.END_COLON, traits.END_NONE)
_ORDINARY = (
    _CLAUSES
    | (sum(_LENGTHS) - traits.LEN3)
    | (sum(_ENDS) - traits.END_COLON)
    | traits.END_STOP
    | traits.QUOTED
    | traits.VERSE_RUN
    | traits.VERSE_LONG
)
_NO_OPENING = (
    traits.JUMPS
    | traits.NUMBERS
    | traits.DATELINE
    | traits.NOTE
    | traits.CAPTION_HEAD
    | traits.CAPTION_TAIL
    | traits.FURNITURE
    | traits.LONG
)
"""What the first line of a hard-wrapped paragraph does not show."""
_NAMES_SOMEONE = traits.CREDITED | traits.META | traits.SENT
_BLANK_INSIDE = re.compile(r"[\u4e00-\u9fff”」][\s　]+[\u4e00-\u9fff“「]")
_SIGNS = kinds.NUMBER_HEAD | kinds.DATELINE_HEAD | kinds.NOTE_HEAD | kinds.CAPTION_HEAD | kinds.PHOTO
_MARKED = kinds.DASH_HEAD | kinds.BLANK | kinds.TITLE_END | kinds.QUOTE | kinds.QUOTE_HEAD | kinds.LABEL_HEAD
_BRIEFLY = kinds.COLUMN_END | kinds.REFERENCE_HEAD | kinds.BRIEF
_PAGE_CLAUSE = kinds.PAGE_SIGN_HEAD | kinds.PAGE_WORD_HEAD | kinds.PAGE_MARK | kinds.BLANK | kinds.COLON
"""No furniture with a comma in it is without one of these,"""
_PAGE = _PAGE_CLAUSE | kinds.DATE_HEAD | kinds.FOLIO | kinds.ASCII
"""none at all without one of these."""
_CREDITS = kinds.ASIDE | kinds.PART | kinds.CREDIT | kinds.UNIT_SIGNS
"""A longer line without one of these names nobody."""
_FURNITURE = {"": 0, "sure": traits.FURN_SURE, "likely": traits.FURN_LIKELY, "date": traits.FURN_DATE}
EXCLAIMED_EM = 30.0
"""A head may exclaim or ask before it goes on: 家长必看！寒假前这六件事."""
QA_EM = 20.0
"""A shorter line of question and answer ends a sentence."""
_LONG_EM = 34.0
REPEATED_EM = 30.0
PAGE_EM = 90.0
"""Furniture is no longer."""
CLAUSE_EM = 90.0
"""Whoever is named is named in a line no longer than this."""
SHORT_CHARS = 14
FULL_EM = 0.75
"""A line that comes so near its measure is full: a mark that hangs or a half-width one may be missing."""


def views_of(lines: Lines, manner: Manner, opens: bool = True) -> list[View]:
    """Each line's view, its neighbours looked at; a bulletin `opens` with the first line, or is under way."""
    views = list(map(View, lines.items, manner.measures_em.tolist()))
    if not views:
        return views
    _look(views, lines, manner)
    masthead = masthead_end(views) if opens else 0
    mark_contents(views, lines)
    mark_lists(views)
    mark_unnumbered_lists(views, lines)
    mark_name_lists(views, lines)
    mark_verse(views, lines, manner)
    mark_tables(views, lines)
    mark_footnotes(views, lines)
    was_plain = [view.is_plain for view in views]
    for view in views:
        if view.measure_em and not view.is_plain:
            view.is_plain = _fills_measure(view, manner)
    place(views, lines, manner, masthead, was_plain)
    return views


def _look(views: list[View], lines: Lines, manner: Manner) -> None:
    """What each line shows by itself; less of a line that text running on from above explains."""
    repeated = _repeated(lines)
    runs_on = False
    shapes = zip(views, _outlines(lines), _insides(lines), _insides_of_rests(lines), strict=True)
    for view, outline, inside, inside_of_rest in shapes:
        line = view.line
        if line.jump:
            view.traits = traits.JUMP_OUT if line.jump == "out" else traits.JUMP_IN
            runs_on = False
            continue
        signs = _signs(line) if line.hints & _SIGNS else 0
        if line.width > _LONG_EM and not signs and "\t" not in line.text:
            is_page = line.width <= PAGE_EM and not line.hints & kinds.NO_FOLIO_END and line.hints & _PAGE
            signs = _FURNITURE[furniture.strength(line.text, line.hints)] if is_page else 0
            view.is_plain = line.is_final and not signs and line.indent < 4
        elif line.hints & (_PAGE_CLAUSE if line.hints & kinds.COMMA else _PAGE):
            signs |= _FURNITURE[furniture.strength(line.text, line.hints)]
        view.traits = signs | outline
        if runs_on and not signs and _goes_on(view):
            view.is_plain = view.is_rest = True
            view.traits |= inside_of_rest
        if not view.is_plain:
            view.traits |= inside
            _inside(view, repeated)
        runs_on = view.measure_em > 0 and _runs_on(view, manner)


def _repeated(lines: Lines) -> set[str]:
    """Short lines that stand in the bulletin more than once."""
    short = [lines.items[at].text for at in (lines.widths <= REPEATED_EM).nonzero()[0].tolist()]
    if len(set(short)) == len(short):
        return set()
    return {text for text, count in Counter(short).items() if count > 1}


def _outlines(lines: Lines) -> list[int]:
    """Each line's length and end as traits."""
    lengths = np.array(_LENGTHS)[np.searchsorted(_LENGTHS_EM, lines.widths)]
    ends = np.full(len(lines), traits.END_NONE)
    for kind, trait in (
        (kinds.CLOSER_END, traits.END_CLOSER),
        (kinds.COMMA_END, traits.END_COMMA),
        (kinds.SEMI_END, traits.END_SEMI),
        (kinds.COLON_END, traits.END_COLON),
    ):
        ends[lines.hints & kind != 0] = trait
    final = np.where(lines.hints & kinds.ASK_END, traits.END_ASK, traits.END_STOP)
    out: list[int] = (lengths | np.where(lines.is_final, final, ends)).tolist()
    return out


def _insides(lines: Lines) -> list[int]:
    """What each line's stops and commas tell, and a mark at its head that belongs to the line above."""
    hints = lines.hints
    is_asking = ~lines.is_final & (lines.widths <= EXCLAIMED_EM) & (hints & kinds.PAUSE == 0)
    stops = np.where(is_asking, traits.ASKS_INSIDE, traits.STOPS_INSIDE) * (hints & kinds.STOP_INSIDE != 0)
    commas = np.array([0, traits.COMMA, traits.COMMAS])[np.minimum(lines.commas, 2)]
    closers = (hints & kinds.CLOSER_HEAD != 0) * traits.CLOSER_START
    out: list[int] = (stops | commas | closers).tolist()
    return out


def _insides_of_rests(lines: Lines) -> list[int]:
    """The same of a line that is the rest of a paragraph."""
    stops = (lines.hints & kinds.STOP_INSIDE != 0) * traits.REST_STOPS_INSIDE
    commas = np.array([0, traits.REST_COMMA, traits.REST_COMMAS])[np.minimum(lines.commas, 2)]
    out: list[int] = (stops | commas).tolist()
    return out


def _is_full(view: View) -> bool:
    """Nothing more would have gone on the line at its measure, or hardly."""
    return full_width(view.line) > view.measure_em - FULL_EM


def _goes_on(view: View) -> bool:
    """A line below text that runs on is the rest of it: flush, full or ending a sentence, nothing beside it."""
    line = view.line
    return (
        line.indent < 1
        and not line.blanks
        and not line.hints & (kinds.BLANK | kinds.LABEL_HEAD | kinds.DASH_HEAD)
        and (line.is_final or _is_full(view))
    )


def _runs_on(view: View, manner: Manner) -> bool:
    """A full hard-wrapped line in mid clause, in a paragraph that an indent has opened."""
    line = view.line
    if line.is_final or view.traits & traits.FURNITURE or line.hints & (kinds.COLON_END | kinds.SEMI_END):
        return False
    is_text = view.is_plain or (
        manner.indent_em > 0
        and abs(line.indent - manner.indent_em) < 1
        and not view.traits & (_NO_OPENING | _NAMES_SOMEONE)
    )
    return is_text and _is_full(view)


def _signs(line: Line) -> int:
    """What it begins or ends with that tells its role: a number, a dateline, a note's or a caption's words."""
    text, hints, out = line.text, line.hints, 0
    if hints & kinds.NUMBER_HEAD and (numbered := NUMBERED.match(text)):
        out |= traits.TRAITS[f"num_{numbered.lastgroup}"]
    if hints & kinds.DATELINE_HEAD and hints & kinds.DISPATCH and DATELINE.match(text):
        out |= traits.DATELINE
    if hints & kinds.NOTE_HEAD and hints & kinds.NOTE_MARK and NOTE_HEAD.match(text):
        out |= traits.NOTE
    if hints & kinds.CAPTION_HEAD and CAPTION_HEAD.match(text):
        out |= traits.CAPTION_HEAD
    if hints & kinds.PHOTO and hints & PHOTO_ENDING and line.width <= TAIL_EM and CAPTION_TAIL.search(text):
        out |= traits.CAPTION_TAIL
    return out


def _inside(view: View, repeated: set[str]) -> None:
    """What stands between its beginning and its end."""
    line = view.line
    text, hints = line.text, line.hints
    if hints & _MARKED:
        view.traits |= _marks(line)
    if hints & kinds.COLON:
        if hints & kinds.COLON_END and SALUTE.match(text):
            view.traits |= traits.SALUTE
        if line.width > (8 if line.is_final else QA_EM) and QA.match(text):
            view.traits |= traits.QA
    if hints & _BRIEFLY and len(text) <= SHORT_CHARS:
        view.traits |= _short(line)
    if text in repeated:
        view.traits |= traits.REPEATED
    if view.traits & traits.NOTE and line.width <= QA_EM and _is_byline(text):
        view.traits &= ~traits.NOTE
    is_clause = line.width <= CLAUSE_EM and not view.traits & traits.NOTE
    if is_clause and (not hints & kinds.STOP_INSIDE or has_affiliation(text, hints)):
        if hints & _CREDITS or len(text) <= SHORT_WORD:
            _credits(view)
        elif not view.traits & traits.PAGE:
            view.traits |= traits.NO_UNIT | traits.NO_NAME


def _marks(line: Line) -> int:
    """Its dashes, quotes, blanks and labels."""
    text, hints, out = line.text, line.hints, 0
    if hints & kinds.DASH_HEAD and text.startswith(DASHES):
        out |= traits.DASH_START
    if hints & kinds.BLANK and _BLANK_INSIDE.search(text):
        out |= traits.BLANK_INSIDE
    if hints & kinds.TITLE_END and text.endswith(TITLE_END):
        out |= traits.TITLE_END
    if hints & (kinds.QUOTE | kinds.QUOTE_HEAD):
        is_quote = text[0] in "“「《" and text[-1] in "”」》"
        if is_quote or "”" in text[:-1] or "」" in text[:-1]:
            out |= traits.QUOTED
        if is_quote and line.is_final and text[0] != "《" and text[-1] != "》":
            out |= traits.SPEECH
    if hints & kinds.LABEL_HEAD:
        if WHOLE_LABEL.match(text):
            out |= traits.LABEL
        elif LEAD_IN.match(text):
            out |= traits.LEAD_IN
    return out


def _short(line: Line) -> int:
    """What only a few characters can be: a column's name, the head of briefs or of a list of works."""
    text, hints, out = line.text, line.hints, 0
    if hints & kinds.COLUMN_END and len(text) <= 12 and COLUMN_NAME.fullmatch(text):
        out |= traits.COLUMN_NAME
    if hints & kinds.REFERENCE_HEAD and REFERENCES.fullmatch(unbracket(text)[0].rstrip("：:")):
        out |= traits.REFERENCES
    if hints & kinds.BRIEF and BRIEF_HEADS.search(text):
        out |= traits.BRIEF_HEAD
    return out


def _credits(view: View) -> None:
    """Whether it names authors or says who sent the article."""
    text, hints = view.line.text, view.line.hints
    if hints & kinds.COLON or (hints & kinds.BLANK and hints & kinds.DIGIT):
        _meta(view)
    if hints & kinds.YEAR and hints & kinds.BLANK and dated_unit(unbracket(text)[0]):
        view.traits = view.traits & ~traits.FURNITURE | traits.UNIT_DATED
    if view.traits & traits.PAGE and not text.startswith(OWN_EDITORS):
        return
    if may_be_byline(text, hints):
        view.byline = read_byline(text)
    view.traits |= _byline(view.byline) if view.byline is not None else traits.NO_NAME
    source = None
    if hints & UNIT_SIGNS and (not hints & kinds.STOP or hints & kinds.BRACKET_HEAD):
        source = read_source(text, hints)
    if source is not None:
        view.traits |= _source(source, text)
    else:
        is_like = hints & kinds.UNIT_END and is_unit(text)
        view.traits |= traits.UNIT_LIKE if is_like else traits.NO_UNIT


def _byline(credit: Credit) -> int:
    """What a byline looks like."""
    if credit.is_photo and (credit.is_bracketed or credit.has_words):
        out = traits.PHOTO_CREDIT
    else:
        kind = "closing" if credit.is_closing else "bracket" if credit.is_bracketed else "byline"
        out = traits.TRAITS[f"{kind}_{credit.strength}"]
    if credit.is_signature:
        out |= traits.SIGNATURE
    elif out == traits.BYLINE_LIKELY and len(credit.names) > 1:
        out |= traits.BYLINE_NAMES
    return out


def _source(credit: Credit, text: str) -> int:
    """What a line looks like that may say who sent the article."""
    out = traits.UNIT_BRACKET if credit.is_bracketed else traits.TRAITS[f"unit_{credit.strength}"]
    if AFFILIATION.fullmatch(credit.source or ""):
        out |= traits.AFFILIATION
    if AUTHOR_UNIT.match(unbracket(text)[0]):
        out |= traits.UNIT_KEYED
    return out


def _meta(view: View) -> None:
    """A web page's meta line: names and a source, or nothing but the page's own data."""
    meta = read_meta(view.line.text)
    if meta is None:
        return
    if meta.names or meta.source:
        view.traits = view.traits & ~(traits.FURNITURE | _TEXT_LOOKS) | traits.META
    elif len(meta.furniture) >= 2 and not view.traits & traits.PAGE:
        view.traits = view.traits & ~traits.FURNITURE | traits.META_FURNITURE | traits.PAGE_DATA


def _is_byline(text: str) -> bool:
    """主讲人：…　整理：… begins as some notes do."""
    credit = read_byline(text)
    return credit is not None and credit.strength == "sure" and not credit.has_words and len(credit.names) > 1


def _fills_measure(view: View, manner: Manner) -> bool:
    """A hard-wrapped line of running text, full and with nothing special about it."""
    return (
        not view.traits & ~_ORDINARY
        and view.traits & _CLAUSES != 0
        and view.line.indent <= manner.indent_em + 0.5
        and _is_full(view)
    )
