"""What can be seen of a line (特征): named features that the weights then judge.

In: the lines and the bulletin's manner. Out: for each line a `View`, its feature names among them; those
that neighbours add are found in neighbours.py and runs.py. Long sentences, the bulk of any bulletin, and the
further lines of hard-wrapped ones take a short way.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from typeset.parse import furniture, kinds
from typeset.parse.bylines import (
    AFFILIATION,
    AUTHOR_UNIT,
    Credit,
    dated_unit,
    has_affiliation,
    may_be_byline,
    read_byline,
    read_meta,
    read_source,
    unbracket,
)
from typeset.parse.glance import TRAILING
from typeset.parse.kinds import PHOTO_ENDING, UNIT_SIGNS
from typeset.parse.lines import Line
from typeset.parse.manner import Manner, full_width
from typeset.parse.names import is_unit
from typeset.parse.neighbours import among, byline_below, placed, placed_plain
from typeset.parse.patterns import (
    BRIEF_HEADS,
    CAPTION_HEAD,
    CAPTION_TAIL,
    COLUMN_NAME,
    DASHES,
    DATELINE,
    INLINE_CREDIT,
    LEAD_IN,
    NOTE_HEAD,
    NUMBERED,
    QA,
    REFERENCES,
    SALUTE,
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
    twins,
)
from typeset.parse.views import View
from typeset.parse.words import words

TEXT_LOOKS = frozenset(("qa", "len30", "len45", "long"))
"""A meta line is long and has colons without being text."""
OWN_EDITORS = ("本刊编辑", "本报编辑", "本刊編輯", "本報編輯")
"""An editor's byline begins so; the page's editors are named otherwise."""
_ORDINARY = frozenset(
    words(
        """
    comma commas end_closer end_comma end_none end_semi end_stop len15 len22 len30 len45 len8 long
    quoted stops_inside verse_long verse_run
    """
    )
)
_BLANK_INSIDE = re.compile(r"[\u4e00-\u9fff”」][\s　]+[\u4e00-\u9fff“「]")
_ASKING = "！？!?…"
_SIGNS = kinds.NUMBER_HEAD | kinds.DATELINE_HEAD | kinds.NOTE_HEAD | kinds.CAPTION_HEAD | kinds.PHOTO
_MARKED = (
    kinds.DASH_HEAD | kinds.CLOSER_HEAD | kinds.BLANK | kinds.TITLE_END | kinds.QUOTE | kinds.QUOTE_HEAD
) | kinds.LABEL_HEAD
_STOPS = re.compile("[。；;]")
EXCLAIMED_EM = 30.0
"""A head may exclaim or ask before it goes on: 家长必看！寒假前这六件事."""
QA_EM = 20.0
"""A shorter line of question and answer ends a sentence."""
_LONG_EM = 34.0
FULL_EM = 0.75
"""A line that comes so near its measure is full: a mark that hangs or a half-width one may be missing."""
_LENGTHS_EM = (3.0, 8.5, 15.0, 22.0, 30.0, 45.0)
_LENGTHS = ("len3", "len8", "len15", "len22", "len30", "len45", "long")


def views_of(lines: list[Line], manner: Manner, opens: bool = True) -> list[View]:
    """Each line's view, its neighbours looked at; a bulletin `opens` with the first line, or is under way."""
    repeated = Counter(line.text for line in lines if line.width <= 30)
    views = [
        View(line, measure, line.hints, line.is_final)
        for line, measure in zip(lines, manner.measures_em, strict=True)
    ]
    runs_on = False
    for view in views:
        _alone(view, repeated, runs_on)
        runs_on = view.measure_em > 0 and _runs_on(view, manner)
    signed = [view.names for view in views if view.is_byline]
    bylines_usual = sum("byline_sure" in names or "meta" in names for names in signed) >= 2
    masthead = masthead_end(views) if opens else 0
    mark_contents(views)
    mark_lists(views)
    mark_unnumbered_lists(views)
    mark_name_lists(views)
    mark_verse(views)
    mark_tables(views)
    mark_footnotes(views)
    seen: set[str] = set()
    alike = twins(views)
    for at, view in enumerate(views):
        view.is_plain = view.is_plain or _fills_measure(view, manner)
        if view.is_plain:
            placed_plain(view, manner)
            continue
        among(view, views, at, masthead, seen)
        if at in alike or (bylines_usual and view.line.width <= 36):
            is_signed = byline_below(views, at)
            if bylines_usual and view.line.width <= 36 and not is_signed:
                view.names.append("no_byline_below")
            if at in alike and not is_signed:
                view.names.append("twin")
        if at and views[at - 1].hints & kinds.PAREN_END and INLINE_CREDIT.search(views[at - 1].line.text):
            view.names.append("after_credit")
        placed(view, views, at, manner)
    return views


def _alone(view: View, repeated: Counter[str], runs_on: bool) -> None:
    """What the line shows by itself; nothing more of a line that text running on from above explains."""
    line, hints, names = view.line, view.hints, view.names
    text = line.text
    if line.jump:
        names.append("jump_" + line.jump)
        return
    if hints & _SIGNS:
        _signs(view)
    if line.width > _LONG_EM and not names and "\t" not in text:
        if not hints & kinds.NO_FOLIO_END and line.width <= 90:
            view.furniture = furniture.strength(text, hints)
        view.is_plain = view.is_final and not view.furniture and line.indent < 4
    else:
        view.furniture = furniture.strength(text, hints)
    if view.furniture:
        names.append("furn_" + view.furniture)
    elif runs_on and not names and _goes_on(view):
        view.is_plain = view.is_rest = True
        if hints & kinds.STOP_INSIDE:
            names.append("stops_inside")
        if hints & kinds.COMMA:
            _commas(view)
    names.append(_LENGTHS[bisect_left(_LENGTHS_EM, line.width)])
    names.append(_ending(text, view.is_final))
    if not view.is_plain:
        _inside(view, repeated)


def _is_full(view: View) -> bool:
    """Nothing more would have gone on the line at its measure, or hardly."""
    return full_width(view.line) > view.measure_em - FULL_EM


def _goes_on(view: View) -> bool:
    """A line below text that runs on is the rest of it: flush, full or ending a sentence, nothing beside it."""
    line = view.line
    return (
        line.indent < 1
        and not line.blanks
        and not view.hints & (kinds.BLANK | kinds.LABEL_HEAD | kinds.DASH_HEAD)
        and (view.is_final or _is_full(view))
    )


def _runs_on(view: View, manner: Manner) -> bool:
    """A full hard-wrapped line in mid clause, in a paragraph that an indent has opened."""
    if view.is_final or view.furniture or view.hints & (kinds.COLON_END | kinds.SEMI_END):
        return False
    is_text = view.is_plain or (
        manner.indent_em > 0
        and abs(view.line.indent - manner.indent_em) < 1
        and view.names[0].startswith("len")
        and view.byline is view.meta is view.source is None
    )
    return is_text and _is_full(view)


def _signs(view: View) -> None:
    """What it begins or ends with that tells its role: a number, a dateline, a note's or a caption's words."""
    text, hints, names = view.line.text, view.hints, view.names
    if hints & kinds.NUMBER_HEAD and (numbered := NUMBERED.match(text)):
        view.number = numbered.lastgroup or ""
        names.append("num_" + view.number)
    if hints & kinds.DATELINE_HEAD and hints & kinds.DISPATCH and DATELINE.match(text):
        names.append("dateline")
    if hints & kinds.NOTE_HEAD and hints & kinds.NOTE_MARK and NOTE_HEAD.match(text):
        names.append("note")
    if hints & kinds.CAPTION_HEAD and CAPTION_HEAD.match(text):
        names.append("caption_head")
    if hints & kinds.PHOTO and hints & PHOTO_ENDING and view.line.width <= 120 and CAPTION_TAIL.search(text):
        names.append("caption_tail")


def _ending(text: str, is_final: bool) -> str:
    last = text[-1]
    if is_final:
        return "end_ask" if last in _ASKING or text[-2:-1] in tuple(_ASKING) else "end_stop"
    if last in "；;":
        return "end_semi"
    if last in "：:":
        return "end_colon"
    if last in "，、,":
        return "end_comma"
    if last in "”’」』）)】》〉":
        return "end_closer"
    return "end_none"


def _inside(view: View, repeated: Counter[str]) -> None:
    """What stands between its beginning and its end."""
    text, hints, names = view.line.text, view.hints, view.names
    if hints & kinds.STOP_INSIDE:
        is_exclaimed = not view.is_final and view.line.width <= EXCLAIMED_EM and not _STOPS.search(text)
        names.append("asks_inside" if is_exclaimed else "stops_inside")
    if hints & kinds.COMMA:
        _commas(view)
    if hints & _MARKED:
        _marks(view)
    if hints & kinds.COLON:
        if hints & kinds.COLON_END and SALUTE.match(text):
            names.append("salute")
        if view.line.width > (8 if view.is_final else QA_EM) and QA.match(text):
            names.append("qa")
    if len(text) <= 14:
        _short(view)
    if repeated[text] > 1:
        names.append("repeated")
    if "note" in names and view.line.width <= QA_EM and _is_byline(text):
        names.remove("note")
    is_clause = view.line.width <= 90 and "note" not in names
    if is_clause and (not hints & kinds.STOP_INSIDE or has_affiliation(text, hints)):
        _credits(view)


def _commas(view: View) -> None:
    commas = view.line.text.rstrip(TRAILING).count("，")
    if commas:
        view.names.append("comma" if commas == 1 else "commas")


def _marks(view: View) -> None:
    """Its dashes, quotes, blanks and labels."""
    text, hints, names = view.line.text, view.hints, view.names
    if hints & kinds.DASH_HEAD and text.startswith(DASHES):
        names.append("dash_start")
    if hints & kinds.CLOSER_HEAD:
        names.append("closer_start")
    if hints & kinds.BLANK and _BLANK_INSIDE.search(text):
        names.append("blank_inside")
    if hints & kinds.TITLE_END and text.endswith(TITLE_END):
        names.append("title_end")
    if hints & (kinds.QUOTE | kinds.QUOTE_HEAD):
        is_quote = text[0] in "“「《" and text[-1] in "”」》"
        if is_quote or "”" in text[:-1] or "」" in text[:-1]:
            names.append("quoted")
        if is_quote and view.is_final and text[0] != "《" and text[-1] != "》":
            names.append("speech")
    if hints & kinds.LABEL_HEAD:
        if WHOLE_LABEL.match(text):
            names.append("label")
        elif LEAD_IN.match(text):
            names.append("lead_in")


def _short(view: View) -> None:
    """What only a few characters can be: a column's name, the head of briefs or of a list of works."""
    text, hints, names = view.line.text, view.hints, view.names
    if hints & kinds.COLUMN_END and len(text) <= 12 and COLUMN_NAME.fullmatch(text):
        names.append("column_name")
    if hints & kinds.REFERENCE_HEAD and REFERENCES.fullmatch(unbracket(text)[0].rstrip("：:")):
        names.append("references")
    if hints & kinds.BRIEF and BRIEF_HEADS.search(text):
        names.append("brief_head")


def _credits(view: View) -> None:
    """Whether it names authors or says who sent the article."""
    text, hints, names = view.line.text, view.hints, view.names
    if hints & kinds.COLON or (hints & kinds.BLANK and hints & kinds.DIGIT):
        _meta(view)
    if hints & kinds.YEAR and hints & kinds.BLANK and dated_unit(unbracket(text)[0]):
        _drop_furniture(view)
        names.append("unit_dated")
    if view.furniture == "sure" and not text.startswith(OWN_EDITORS):
        return
    if may_be_byline(text, hints):
        view.byline = read_byline(text)
    if view.byline is not None:
        name = _byline_name(view.byline)
        names.append(name)
        view.is_byline = view.is_byline or name.startswith(("byline_", "bracket_"))
        if view.byline.is_signature:
            names.append("signature")
        if names[-1] == "byline_likely" and len(view.byline.names) > 1:
            names.append("byline_names")
    if hints & UNIT_SIGNS and (not hints & kinds.STOP or hints & kinds.BRACKET_HEAD):
        view.source = read_source(text, hints)
    if view.source is not None:
        if AFFILIATION.fullmatch(view.source.source or ""):
            names.append("affiliation")
        names.append("unit_bracket" if view.source.is_bracketed else "unit_" + view.source.strength)
        if AUTHOR_UNIT.match(unbracket(text)[0]):
            names.append("unit_keyed")
    elif hints & kinds.UNIT_END and is_unit(text):
        names.append("unit_like")
    else:
        names.append("no_unit")
    if view.byline is None:
        names.append("no_name")


def _meta(view: View) -> None:
    """A web page's meta line: names and a source, or nothing but the page's own data."""
    meta, names = read_meta(view.line.text), view.names
    if meta is None:
        return
    if meta.names or meta.source:
        view.meta = meta
        _drop_furniture(view)
        names[:] = [*(n for n in names if n not in TEXT_LOOKS), "meta"]
        view.is_byline = True
    elif len(meta.furniture) >= 2 and view.furniture != "sure":
        _drop_furniture(view)
        names.append("furn_sure")
        view.furniture = "sure"
        view.is_meta_furniture = True


def _drop_furniture(view: View) -> None:
    """What looked like furniture is none."""
    if view.furniture:
        view.names.remove("furn_" + view.furniture)
        view.furniture = ""


def _is_byline(text: str) -> bool:
    """主讲人：…　整理：… begins as some notes do."""
    credit = read_byline(text)
    return credit is not None and credit.strength == "sure" and not credit.has_words and len(credit.names) > 1


def _byline_name(credit: Credit) -> str:
    if credit.is_photo and (credit.is_bracketed or credit.has_words):
        return "photo_credit"
    kind = "closing" if credit.is_closing else "bracket" if credit.is_bracketed else "byline"
    return f"{kind}_{credit.strength}"


def _fills_measure(view: View, manner: Manner) -> bool:
    """A hard-wrapped line of running text, full and with nothing special about it."""
    return (
        view.measure_em > 0
        and _is_full(view)
        and not view.line.jump
        and view.line.indent <= manner.indent_em + 0.5
        and _ORDINARY.issuperset(view.names)
        and ("stops_inside" in view.names or "comma" in view.names or "commas" in view.names)
    )
