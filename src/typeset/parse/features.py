"""What can be seen of a line (特征): named features that the weights then judge.

In: the lines and the bulletin's manner. Out: for each line a `View`, its feature names among them.
Long sentences, the bulk of any bulletin, take a short way.
"""

from __future__ import annotations

import re
from collections import Counter

from typeset.parse import furniture
from typeset.parse.bylines import (
    AFFILIATION,
    AUTHOR_UNIT,
    Credit,
    dated_unit,
    read_byline,
    read_meta,
    read_source,
    unbracket,
)
from typeset.parse.lines import Line
from typeset.parse.manner import CENTRED_EM, NEAR_EM, Manner, full_width, is_final
from typeset.parse.names import is_unit
from typeset.parse.patterns import (
    BRIEF_HEADS,
    CAPTION_HEAD,
    CAPTION_TAIL,
    COLUMN_NAME,
    DASHES,
    DATELINE,
    INLINE_CREDIT,
    LEAD_IN,
    LEDE,
    LEDE_STRONG,
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
CLOCK = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：]\d{2}")
"""A day and an hour, as web pages print them under a head."""
_ORDINARY = frozenset(
    words(
        """
    comma commas end_closer end_comma end_none end_semi end_stop len15 len22 len30 len45 len8 long
    quoted stops_inside verse_long verse_run
    """
    )
)
_STOPS = re.compile("[。；！？!?;]")
QA_EM = 20.0
"""A shorter line of question and answer ends a sentence."""
_LONG_EM = 34.0
_LENGTHS = ((3.0, "len3"), (8.5, "len8"), (15.0, "len15"), (22.0, "len22"), (30.0, "len30"), (45.0, "len45"))


def views_of(lines: list[Line], manner: Manner) -> list[View]:
    """Each line's view, its neighbours looked at."""
    repeated = Counter(line.text for line in lines if line.width <= 30)
    views = [_alone(line, measure, repeated) for line, measure in zip(lines, manner.measures_em, strict=True)]
    bylines_usual = sum("byline_sure" in view.names or "meta" in view.names for view in views) >= 2
    masthead = masthead_end(views)
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
        if not view.is_plain:
            _among(view, views, at, masthead, seen)
            if bylines_usual and view.line.width <= 36 and not _byline_below(views, at):
                view.names.append("no_byline_below")
            if at in alike and not _byline_below(views, at):
                view.names.append("twin")
            if at and views[at - 1].line.text[-1] in "）)" and INLINE_CREDIT.search(views[at - 1].line.text):
                view.names.append("after_credit")
        _placed(view, views, at, manner)
    return views


def _alone(line: Line, measure_em: float, repeated: Counter[str]) -> View:
    """What the line shows by itself."""
    text = line.text
    view = View(line, measure_em, is_final=is_final(text))
    names = view.names
    if line.jump:
        names.append("jump_" + line.jump)
        return view
    for name, pattern in NUMBERED:
        if pattern.match(text):
            view.number = name
            names.append("num_" + name)
            break
    if DATELINE.match(text):
        names.append("dateline")
    if NOTE_HEAD.match(text):
        names.append("note")
    if CAPTION_HEAD.match(text):
        names.append("caption_head")
    if line.width <= 120 and CAPTION_TAIL.search(text):
        names.append("caption_tail")
    if line.width > _LONG_EM and "\t" not in text and not names:
        view.furniture = furniture.strength(text) if text[-1] not in "。；，" and line.width <= 90 else ""
        view.is_plain = view.is_final and not view.furniture and line.indent < 4
    else:
        view.furniture = furniture.strength(text)
    if view.furniture:
        names.append("furn_" + view.furniture)
    names.append(_length(line.width))
    names.append(_ending(text, view.is_final))
    if not view.is_plain:
        _inside(view, repeated)
    return view


def _length(width: float) -> str:
    for limit, name in _LENGTHS:
        if width <= limit:
            return name
    return "long"


def _ending(text: str, is_final: bool) -> str:
    last = text[-1]
    if is_final:
        return "end_ask" if re.search("[！？!?…]", text[-2:]) else "end_stop"
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
    text, names = view.line.text, view.names
    inner = text.rstrip("。！？!?；;：:，、”’」』）)】…")
    stops = len(_STOPS.findall(inner))
    if stops:
        names.append("stops_inside")
    if "，" in inner:
        names.append("comma" if inner.count("，") == 1 else "commas")
    if text.startswith(DASHES):
        names.append("dash_start")
    if text[0] in "，。、；：！？”’」』）)》":
        names.append("closer_start")
    if re.search(r"[\u4e00-\u9fff”」][\s　]+[\u4e00-\u9fff“「]", text):
        names.append("blank_inside")
    if TITLE_END.search(text):
        names.append("title_end")
    if "”" in text[:-1] or "」" in text[:-1] or (text[0] in "“「《" and text[-1] in "”」》"):
        names.append("quoted")
    if view.is_final and text[0] in "“「" and text[-1] in "”」":
        names.append("speech")
    if SALUTE.match(text):
        names.append("salute")
    if WHOLE_LABEL.match(text):
        names.append("label")
    elif LEAD_IN.match(text):
        names.append("lead_in")
    if QA.match(text) and view.line.width > 8 and (view.is_final or view.line.width > QA_EM):
        names.append("qa")
    if len(text) <= 12 and COLUMN_NAME.fullmatch(text):
        names.append("column_name")
    if REFERENCES.fullmatch(unbracket(text)[0].rstrip("：:")):
        names.append("references")
    if len(text) <= 14 and BRIEF_HEADS.search(text):
        names.append("brief_head")
    if repeated[text] > 1:
        names.append("repeated")
    if "note" in names and view.line.width <= QA_EM and _is_byline(text):
        names.remove("note")
    if "note" not in names and view.line.width <= 90 and (not stops or AFFILIATION.search(text)):
        _credits(view)


def _credits(view: View) -> None:
    text, names = view.line.text, view.names
    view.meta = read_meta(text)
    if view.meta is not None and not (view.meta.names or view.meta.source):
        if len(view.meta.furniture) >= 2 and view.furniture != "sure":
            names[:] = [*(n for n in names if not n.startswith("furn_")), "furn_sure"]
            view.furniture = "sure"
            view.is_meta_furniture = True
        view.meta = None
    if view.meta is not None:
        names[:] = [*(n for n in names if n not in TEXT_LOOKS), "meta"]
    if view.meta is not None and view.furniture:
        names[:] = [n for n in names if not n.startswith("furn_")]
        view.furniture = ""
    if dated_unit(unbracket(text)[0]):
        names[:] = [n for n in names if not n.startswith("furn_")]
        names.append("unit_dated")
        view.furniture = ""
    if view.furniture == "sure" and not text.startswith(OWN_EDITORS):
        return
    view.byline = read_byline(text)
    if view.byline is not None:
        names.append(_byline_name(view.byline))
        if view.byline.is_signature:
            names.append("signature")
        if names[-1] == "byline_likely" and len(view.byline.names) > 1:
            names.append("byline_names")
    view.source = read_source(text)
    if view.source is not None:
        if AFFILIATION.fullmatch(view.source.source or ""):
            names.append("affiliation")
        names.append("unit_bracket" if view.source.is_bracketed else "unit_" + view.source.strength)
        if AUTHOR_UNIT.match(unbracket(text)[0]):
            names.append("unit_keyed")
    elif is_unit(text):
        names.append("unit_like")
    else:
        names.append("no_unit")
    if view.byline is None:
        names.append("no_name")


def _is_byline(text: str) -> bool:
    """主讲人：…　整理：… begins as some notes do."""
    credit = read_byline(text)
    return credit is not None and credit.strength == "sure" and not credit.has_words and len(credit.names) > 1


def _byline_name(credit: Credit) -> str:
    if credit.is_photo and (credit.is_bracketed or credit.has_words):
        return "photo_credit"
    kind = "closing" if credit.is_closing else "bracket" if credit.is_bracketed else "byline"
    return f"{kind}_{credit.strength}"


def _among(view: View, views: list[View], at: int, masthead: int, seen: set[str]) -> None:
    """What the neighbours add."""
    names, text = view.names, view.line.text
    if at < masthead:
        names.append("masthead")
    before = views[at - 1].furniture if at else ""
    after = views[at + 1].furniture if at + 1 < len(views) else ""
    if "sure" in (before, after):
        names.append("beside_furniture")
        if "".join(text.split()) in furniture.SECTIONS or (
            before == "sure" and text in seen and view.line.width <= 40
        ):
            names.append("page_head")
    if text in seen and view.line.width <= 40:
        names.append("seen_before")
    elif "：" in text and text.partition("：")[2] in seen:
        names.append("running_head")
    if before == "sure" and at > 1 and views[at - 2].furniture == "sure":
        names.append("after_group")
    if view.line.width <= 40:
        seen.add(text)
    if at >= len(views) - 6:
        names.append("at_end")
    follower = views[at + 1] if at + 1 < len(views) else None
    if follower is not None:
        if follower.line.width > 20 or follower.line.width > 0.8 * follower.measure_em > 0:
            if LEDE_STRONG.match(follower.line.text):
                names.append("lede_strong")
            elif LEDE.match(follower.line.text):
                names.append("lede_next")
        if "dateline" in follower.names:
            names.append("dateline_next")
        if "salute" in follower.names:
            names.append("salute_next")
        if follower.furniture == "date":
            names.append("date_next")
        if (follower.meta is not None or follower.furniture == "sure") and CLOCK.search(follower.line.text):
            names.append("meta_next")
        if follower.number == "bullet":
            names.append("bullet_next")
        if follower.is_plain or follower.line.width > 25:
            names.append("long_next")


def _fills_measure(view: View, manner: Manner) -> bool:
    """A hard-wrapped line of running text, full and with nothing special about it."""
    return (
        view.measure_em > 0
        and full_width(view.line) > view.measure_em - 0.75
        and not view.line.jump
        and view.line.indent <= manner.indent_em + 0.5
        and _ORDINARY.issuperset(view.names)
        and ("stops_inside" in view.names or "comma" in view.names or "commas" in view.names)
    )


def _byline_below(views: list[View], at: int) -> bool:
    """A byline comes before the next running text."""
    for view in views[at + 1 : at + 5]:
        if view.is_plain or view.line.width > 40:
            return False
        if view.is_byline():
            return True
    return False


def _opens_stanza(views: list[View], at: int) -> bool:
    """A blank line inside a run of lines that may be verse."""
    if not at or not views[at].line.blanks:
        return False
    above, here = views[at - 1], views[at]
    return (
        "verse_run" in above.names
        and "verse_run" in here.names
        and "verse_first" not in here.names
        and abs(above.line.indent - here.line.indent) < 1
    )


def _placed(view: View, views: list[View], at: int, manner: Manner) -> None:
    """What indents and blank lines add, as far as they tell anything in this manner."""
    line, names = view.line, view.names
    after = views[at + 1].line.blanks > 0 if at + 1 < len(views) else True
    if _opens_stanza(views, at):
        names.append("stanza")
    elif manner.blank_tells >= 0.5:
        names.append("gap_before" if line.blanks or at == 0 else "no_gap_before")
        if after and not view.is_plain:
            names.append("gap_both" if line.blanks else "gap_after")
    elif manner.tight_tells:
        if not line.blanks:
            names.append("tight_before")
        if not after and not view.is_plain:
            names.append("tight_after")
    if line.blanks >= 2 and manner.blank_tells < 0.5 and at:
        usual = views[at - 1].line.blanks or 1
        if line.blanks > usual:
            names.append("wide_gap")
    if line.indent >= 4 and line.indent > manner.indent_em + 1:
        names.append("verse_deep" if "verse_run" in names else "indent_deep")
    elif manner.indent_em:
        is_indented = abs(line.indent - manner.indent_em) < 1
        names.append(("indented" if manner.indent_tells else "indented_too") if is_indented else "flush")
    if view.measure_em and full_width(line) > view.measure_em - NEAR_EM and line.indent < CENTRED_EM:
        names.append("full_line")
