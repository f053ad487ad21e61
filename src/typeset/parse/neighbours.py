"""What a line's neighbours and its place add to what it shows by itself: features.py's further names.

The lines above and below, the beginning and the end of the bulletin, lines seen before, indents and blanks.
"""

from __future__ import annotations

import re

from typeset.parse import furniture, kinds
from typeset.parse.manner import CENTRED_EM, NEAR_EM, Manner, full_width
from typeset.parse.patterns import LEDE, LEDE_STRONG
from typeset.parse.views import View

CLOCK = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：]\d{2}")
"""A day and an hour, as web pages print them under a head."""


def among(view: View, views: list[View], at: int, masthead: int, seen: set[str]) -> None:
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
    elif view.hints & kinds.COLON and "：" in text and text.partition("：")[2] in seen:
        names.append("running_head")
    if before == "sure" and at > 1 and views[at - 2].furniture == "sure":
        names.append("after_group")
    if view.line.width <= 40:
        seen.add(text)
    if at >= len(views) - 6:
        names.append("at_end")
    if at + 1 < len(views):
        _above(view, views[at + 1])


def _above(view: View, follower: View) -> None:
    """What the line below adds."""
    names, line, hints = view.names, follower.line, follower.hints
    if hints & kinds.LEDE_HEAD and (line.width > 20 or line.width > 0.8 * follower.measure_em > 0):
        if LEDE_STRONG.match(line.text):
            names.append("lede_strong")
        elif LEDE.match(line.text):
            names.append("lede_next")
    if "dateline" in follower.names:
        names.append("dateline_next")
    if "salute" in follower.names:
        names.append("salute_next")
    if follower.furniture == "date":
        names.append("date_next")
    if (follower.meta is not None or follower.furniture == "sure") and CLOCK.search(line.text):
        names.append("meta_next")
    if follower.number == "bullet":
        names.append("bullet_next")
    if line.width > 25 or (follower.is_plain and not follower.is_rest):
        names.append("long_next")


def byline_below(views: list[View], at: int) -> bool:
    """A byline comes before the next running text."""
    for view in views[at + 1 : at + 5]:
        if view.line.width > 40 or (view.is_plain and not view.is_rest):
            return False
        if view.is_byline:
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


def placed(view: View, views: list[View], at: int, manner: Manner) -> None:
    """What indents and blank lines add, as far as they tell anything in this manner."""
    line, names = view.line, view.names
    after = views[at + 1].line.blanks > 0 if at + 1 < len(views) else True
    if _opens_stanza(views, at):
        names.append("stanza")
    elif manner.blank_tells >= 0.5:
        names.append("gap_before" if line.blanks or at == 0 else "no_gap_before")
        if after:
            names.append("gap_both" if line.blanks else "gap_after")
    elif manner.tight_tells:
        if not line.blanks:
            names.append("tight_before")
        if not after:
            names.append("tight_after")
    if line.blanks >= 2 and manner.blank_tells < 0.5 and at:
        usual = views[at - 1].line.blanks or 1
        if line.blanks > usual:
            names.append("wide_gap")
    if line.indent >= 4 and line.indent > manner.indent_em + 1:
        names.append("verse_deep" if "verse_run" in names else "indent_deep")
    elif manner.indent_em:
        _indented(view, manner)
    if view.measure_em and _is_full_line(view):
        names.append("full_line")


def _is_full_line(view: View) -> bool:
    return full_width(view.line) > view.measure_em - NEAR_EM and view.line.indent < CENTRED_EM


def placed_plain(view: View, manner: Manner) -> None:
    """What is asked of a line that is text: whether it opens a paragraph, and whether it is full."""
    if manner.indent_em:
        _indented(view, manner)
    if view.is_rest and _is_full_line(view):
        view.names.append("full_line")


def _indented(view: View, manner: Manner) -> None:
    is_indented = abs(view.line.indent - manner.indent_em) < 1
    view.names.append(("indented" if manner.indent_tells else "indented_too") if is_indented else "flush")
