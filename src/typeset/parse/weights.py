"""The weights of the search for roles: what each feature says for a role, and which role follows which.

All are in nats by hand: +1 makes a reading about three times as likely. `EMIT` holds a row for each
feature of features.py, `FOLLOW` a row for each state, `JOIN` what speaks for two lines being one text.
"""

from __future__ import annotations

from typing import Final

from typeset.parse.roles import Role

R = Role
NEVER: Final = -30.0

BIAS: Final[dict[Role, float]] = {
    R.HEAD: -1.0,
    R.MORE: -1.0,
    R.BYLINE: -6.0,
    R.PARA: 0.0,
    R.BRIEF: -9.0,
    R.SUB: -1.5,
    R.SUBTWO: -2.0,
    R.NOTE: -6.0,
    R.CAPTION: -5.0,
    R.ITEM: -6.0,
    R.ROW: -8.0,
    R.VERSE: -6.0,
    R.CREDIT: -6.0,
    R.UNIT: -6.0,
    R.DATE: -8.0,
    R.JUMP_IN: NEVER,
    R.JUMP_OUT: NEVER,
    R.FURN: -5.0,
    R.FOOT: -10.0,
}
"""What a role is worth before anything is seen; roles that need evidence start low."""

TEXT: Final[dict[str, float]] = {
    "len3": -4.0,
    "len8": -3.0,
    "len15": -1.5,
    "len22": -0.8,
    "len30": 0.3,
    "len45": 1.5,
    "long": 3.0,
    "end_stop": 2.5,
    "end_ask": -0.5,
    "end_colon": 1.5,
    "end_comma": -1.5,
    "end_closer": -1.5,
    "end_none": -3.2,
    "stops_inside": 2.0,
    "comma": 0.5,
    "commas": 1.5,
    "blank_inside": -0.5,
    "full_line": 3.0,
    "lead_in": 3.0,
    "qa": 4.0,
    "salute": 5.0,
    "dateline": 3.0,
}
"""How much a line looks like running text, whichever of the text's roles it has."""

EMIT: Final[dict[str, dict[Role, float]]] = {
    # length of the line in ems
    "len3": {R.HEAD: -1.5, R.MORE: -2.0, R.SUB: -0.5},
    "len8": {R.HEAD: 0.3, R.MORE: 0.5, R.SUB: 1.0, R.SUBTWO: 1.0},
    "len15": {R.HEAD: 0.8, R.MORE: 0.8, R.SUB: 0.6, R.SUBTWO: 0.6},
    "len22": {R.HEAD: 0.8, R.MORE: 0.5, R.SUB: -0.5, R.SUBTWO: -0.5},
    "len30": {R.HEAD: -0.3, R.MORE: -0.8, R.SUB: -2.0, R.SUBTWO: -2.0, R.VERSE: -4.0},
    "len45": {R.HEAD: -3.0, R.MORE: -3.0, R.SUB: -4.0, R.SUBTWO: -4.0, R.BYLINE: -1.0, R.VERSE: -8.0},
    "long": {R.HEAD: -9.0, R.MORE: -9.0, R.SUB: -9.0, R.SUBTWO: -9.0, R.BYLINE: -4.0, R.VERSE: -9.0},
    # its end
    "end_stop": {R.HEAD: -6.0, R.MORE: -6.0, R.SUB: -4.5, R.SUBTWO: -6.0, R.UNIT: -6.0, R.VERSE: -1.0},
    "end_ask": {R.HEAD: -0.3, R.MORE: -0.5, R.SUB: -0.5, R.SUBTWO: -1.5},
    "end_semi": {R.HEAD: -5.0, R.MORE: -5.0, R.SUB: -5.0, R.SUBTWO: -5.0, R.ITEM: 1.5},
    "end_colon": {R.HEAD: -4.0, R.MORE: -5.0, R.SUB: -2.5, R.SUBTWO: -3.0},
    "end_comma": {R.HEAD: -4.0, R.MORE: -3.0, R.SUB: -4.0, R.SUBTWO: -3.0},
    # inside it
    "stops_inside": {R.HEAD: -5.0, R.MORE: -5.0, R.SUB: -5.0, R.SUBTWO: -5.0, R.VERSE: -3.0},
    "comma": {R.HEAD: -0.5, R.MORE: -0.5, R.SUB: -1.0},
    "commas": {R.HEAD: -3.0, R.MORE: -3.0, R.SUB: -3.0, R.SUBTWO: -3.0},
    "blank_inside": {R.HEAD: 0.8, R.MORE: 0.5, R.SUB: 0.3},
    # its beginning
    "dash_start": {R.HEAD: -4.0, R.MORE: 4.0, R.SUB: -3.0, R.PARA: -1.0},
    "closer_start": {R.HEAD: -5.0, R.MORE: -5.0, R.SUB: -5.0, R.PARA: -4.0, R.ITEM: -4.0},
    "lead_in": {R.HEAD: -2.0, R.SUB: -1.0},
    "qa": {R.HEAD: -3.0, R.SUB: -3.0},
    "num_cn": {R.HEAD: -2.0, R.MORE: -2.0, R.SUB: 3.5, R.SUBTWO: -5.0},
    "num_cn_paren": {R.HEAD: -4.0, R.MORE: -4.0, R.SUB: 3.0, R.SUBTWO: -5.0},
    "num_arabic": {R.HEAD: -2.5, R.MORE: -3.0, R.SUB: 1.5, R.SUBTWO: -5.0},
    "num_arabic_paren": {R.HEAD: -4.0, R.MORE: -4.0, R.SUB: 0.5, R.SUBTWO: -5.0},
    "num_half_paren": {R.HEAD: -4.0, R.MORE: -4.0},
    "num_circled": {R.HEAD: -5.0, R.MORE: -5.0, R.SUB: -0.5},
    "num_alone": {R.SUB: 7.0, R.HEAD: -3.0, R.SUBTWO: -5.0, R.FURN: -4.0},
    "num_reference": {R.HEAD: -6.0, R.MORE: -6.0, R.SUB: -4.0},
    "num_bullet": {R.HEAD: -2.0, R.MORE: -3.0, R.SUB: -0.5, R.PARA: 1.0},
    "num_ordinal": {R.HEAD: -1.5, R.MORE: -1.5, R.SUB: 1.5},
    # what it says by the trade's words
    "speech": {R.PARA: 3.0, R.HEAD: -2.0, R.MORE: -2.0, R.SUB: -5.0},
    "contents": {R.FURN: 22.0, R.HEAD: -6.0},
    "salute": {R.HEAD: -3.0, R.SUB: -3.0},
    "label": {R.HEAD: 0.5, R.SUB: 0.5, R.PARA: -2.0},
    "references": {R.SUB: 5.0, R.HEAD: -3.0},
    "title_end": {R.HEAD: 2.0, R.SUB: -0.5},
    "quoted": {R.HEAD: 0.5, R.MORE: 0.5, R.SUB: 0.2},
    "dateline_next": {R.HEAD: 4.0, R.MORE: 4.0, R.SUB: -4.0, R.FURN: -2.0},
    "salute_next": {R.HEAD: 3.0, R.SUB: -3.0},
    "brief_head": {R.HEAD: 2.5, R.SUB: -3.0},
    "note": {R.NOTE: 11.0, R.HEAD: -4.0, R.BYLINE: -6.0, R.CREDIT: -6.0, R.UNIT: -6.0},
    "caption_head": {R.CAPTION: 9.0, R.HEAD: -2.0},
    "caption_tail": {R.CAPTION: 8.0},
    "dateline": {R.BRIEF: 12.5, R.HEAD: -6.0, R.BYLINE: -8.0},
    "byline_sure": {
        R.BYLINE: 10.0,
        R.CREDIT: 7.0,
        R.HEAD: -3.0,
        R.MORE: -4.0,
        R.SUB: -4.0,
        R.VERSE: -6.0,
        R.PARA: -3.0,
    },
    "byline_likely": {R.BYLINE: 6.0, R.CREDIT: 2.5, R.VERSE: -2.0},
    "byline_names": {R.BYLINE: 2.0, R.MORE: -1.0},
    "photo_credit": {R.CAPTION: 9.0, R.CREDIT: 5.0, R.UNIT: -9.0},
    "byline_unit": {R.BYLINE: 6.0, R.CREDIT: 2.0},
    "bracket_sure": {R.CREDIT: 10.0, R.UNIT: -7.0, R.BYLINE: 7.0, R.HEAD: -3.0, R.MORE: -3.0, R.PARA: -3.0},
    "bracket_likely": {R.CREDIT: 9.5, R.UNIT: -5.0, R.BYLINE: 6.0, R.HEAD: -2.0, R.PARA: -2.0},
    "bracket_unit": {R.CREDIT: 9.0, R.BYLINE: 4.0, R.UNIT: -3.0, R.HEAD: -2.0, R.PARA: -2.0},
    "closing_sure": {R.CREDIT: 10.0},
    "meta": {R.BYLINE: 11.0, R.CREDIT: 8.0, R.HEAD: -4.0, R.PARA: -3.0},
    "unit_bracket": {R.UNIT: 9.0, R.HEAD: -2.0, R.MORE: -1.0, R.PARA: -2.0},
    "unit_sure": {R.UNIT: 8.5, R.HEAD: -2.0, R.PARA: -2.0},
    "unit_likely": {R.UNIT: 1.0, R.SUB: -1.0},
    "unit_like": {R.UNIT: 0.5},
    # furniture
    "furn_sure": {R.FURN: 12.0, R.HEAD: -3.0, R.PARA: -3.0},
    "furn_likely": {R.FURN: 4.5},
    "furn_date": {R.FURN: 5.0, R.DATE: 9.0},
    "masthead": {R.FURN: 9.0},
    "beside_furniture": {R.FURN: 1.0},
    "page_head": {R.FURN: 5.0},
    "seen_before": {R.FURN: 3.5},
    "repeated": {R.FURN: 0.8},
    "at_end": {R.FURN: 0.8, R.CREDIT: 0.5, R.UNIT: 0.5, R.HEAD: -0.5},
    "foot": {R.FOOT: 16.0},
    "foot_more": {R.FOOT: 22.0, R.FURN: -6.0},
    # kinds found in runs of lines
    "list_item": {R.ITEM: 12.0, R.SUB: -4.0, R.HEAD: -4.0},
    "item_para": {R.PARA: 4.0, R.SUB: -4.0, R.HEAD: -4.0},
    "row": {R.ROW: 16.0, R.HEAD: -5.0, R.FURN: -8.0},
    "verse_run": {R.VERSE: 5.5, R.PARA: -2.0},
    "verse_long": {R.VERSE: 3.0},
    "verse_first": {R.VERSE: -3.5},
    "verse_last": {R.VERSE: -4.0},
    "verse_late": {R.VERSE: -1.5},
    # indents and blank lines, as far as they tell anything in this bulletin
    "indented": {
        R.PARA: 1.5,
        R.SUB: 1.0,
        R.VERSE: 1.0,
        R.ITEM: 0.5,
        R.HEAD: -2.5,
        R.MORE: -2.5,
        R.BYLINE: -0.5,
    },
    "flush": {R.PARA: -2.0, R.HEAD: 1.3, R.MORE: 1.0, R.FURN: 0.5, R.SUB: -1.5},
    "indent_deep": {
        R.HEAD: 4.0,
        R.MORE: 4.0,
        R.SUB: -1.0,
        R.UNIT: 3.5,
        R.DATE: 2.0,
        R.CREDIT: 1.0,
        R.BYLINE: 1.0,
        R.PARA: -4.0,
    },
    "gap_before": {
        R.HEAD: 2.0,
        R.MORE: -3.0,
        R.SUB: -0.5,
        R.SUBTWO: -4.0,
        R.PARA: -0.5,
        R.BRIEF: 1.0,
        R.BYLINE: -2.0,
    },
    "no_gap_before": {R.HEAD: -3.0, R.MORE: 0.5},
    "gap_after": {R.HEAD: -0.5, R.MORE: -0.5},
    "gap_both": {R.HEAD: -0.5, R.SUB: 1.5},
    "tight_before": {R.HEAD: -2.5, R.MORE: 1.5, R.BYLINE: 0.5, R.SUB: -1.5, R.SUBTWO: 1.5},
    "tight_after": {R.HEAD: 1.0, R.SUB: -0.8},
    "wide_gap": {R.HEAD: 2.0, R.SUB: -1.0, R.MORE: -1.0, R.VERSE: -2.0},
    "full_line": {R.HEAD: -3.0, R.MORE: -3.0, R.SUB: -5.0, R.SUBTWO: -4.0, R.VERSE: -3.0},
    # what follows
    "after_credit": {R.HEAD: 2.5, R.BRIEF: 1.0, R.SUB: -2.0},
    "twin": {R.HEAD: -0.7, R.SUB: 1.0, R.SUBTWO: 0.8},
    "lede_next": {R.HEAD: 0.4, R.MORE: 0.4},
    "lede_strong": {R.HEAD: 1.2, R.MORE: 1.0},
    "no_byline_below": {R.HEAD: -1.5},
    "date_next": {R.UNIT: 5.5, R.HEAD: -2.0, R.SUBTWO: -3.0},
    "bullet_next": {R.HEAD: 0.5},
    "jump_in": {R.JUMP_IN: 45.0},
    "jump_out": {R.JUMP_OUT: 45.0},
}

_BODY_NEXT = {
    R.PARA: 0.0,
    R.NOTE: -0.5,
    R.CAPTION: -0.5,
    R.ITEM: 0.0,
    R.ROW: 0.0,
    R.VERSE: -3.0,
    R.SUB: -0.5,
    R.HEAD: -1.5,
    R.BRIEF: -0.5,
    R.CREDIT: 0.0,
    R.UNIT: 0.0,
    R.JUMP_IN: 0.0,
    R.JUMP_OUT: 0.0,
    R.BYLINE: -9.0,
    R.DATE: -5.0,
}
_AFTER_END = {
    R.HEAD: 1.0,
    R.BRIEF: 0.5,
    R.JUMP_IN: 0.0,
    R.PARA: -5.0,
    R.SUB: -5.0,
    R.NOTE: -1.5,
    R.CAPTION: -1.5,
    R.CREDIT: -1.0,
    R.UNIT: -1.0,
    R.ITEM: -5.0,
    R.ROW: -4.0,
    R.VERSE: -6.0,
    R.JUMP_OUT: -2.0,
    R.BYLINE: -9.0,
}

FOLLOW: Final[dict[Role, dict[Role, float]]] = {
    R.START: {
        R.HEAD: 0.0,
        R.BRIEF: 0.0,
        R.PARA: -4.0,
        R.JUMP_IN: 0.0,
        R.NOTE: -4.0,
        R.CAPTION: -4.0,
        R.VERSE: -6.0,
        R.ITEM: -5.0,
        R.ROW: -5.0,
        R.SUB: -5.0,
        R.BYLINE: -5.0,
        R.UNIT: -8.0,
        R.CREDIT: -8.0,
        R.DATE: -8.0,
        R.JUMP_OUT: -8.0,
    },
    R.HEAD: {
        R.MORE: -0.3,
        R.BYLINE: 1.5,
        R.PARA: 0.0,
        R.NOTE: 0.0,
        R.CAPTION: 0.0,
        R.ITEM: -0.5,
        R.ROW: -0.5,
        R.VERSE: -1.5,
        R.SUB: -2.0,
        R.UNIT: -4.0,
        R.CREDIT: -4.0,
        R.BRIEF: -6.0,
        R.HEAD: -9.0,
        R.JUMP_IN: 0.0,
        R.JUMP_OUT: -3.0,
        R.DATE: -5.0,
    },
    R.BYLINE: {
        R.PARA: 0.5,
        R.BYLINE: -0.5,
        R.NOTE: 0.5,
        R.SUB: -1.0,
        R.VERSE: 0.0,
        R.CAPTION: 0.0,
        R.ITEM: -0.5,
        R.ROW: -0.5,
        R.MORE: -4.0,
        R.HEAD: -6.0,
        R.UNIT: -3.0,
        R.CREDIT: -5.0,
        R.BRIEF: -7.0,
        R.DATE: -4.0,
        R.JUMP_OUT: -4.0,
        R.JUMP_IN: -4.0,
    },
    R.PARA: _BODY_NEXT,
    R.SUB: {
        R.SUBTWO: 0.0,
        R.PARA: 0.5,
        R.ITEM: 0.5,
        R.ROW: 0.0,
        R.VERSE: -2.0,
        R.NOTE: -1.0,
        R.CAPTION: -1.0,
        R.SUB: -3.5,
        R.HEAD: -7.0,
        R.BYLINE: -6.0,
        R.BRIEF: -7.0,
        R.CREDIT: -6.0,
        R.UNIT: -6.0,
        R.JUMP_IN: -5.0,
        R.JUMP_OUT: -4.0,
        R.DATE: -8.0,
    },
    R.NOTE: _BODY_NEXT | {R.NOTE: 0.5, R.BYLINE: -2.0, R.SUB: 0.0},
    R.CAPTION: _BODY_NEXT | {R.CAPTION: 0.5, R.HEAD: -0.5, R.CREDIT: -0.5},
    R.ITEM: _BODY_NEXT | {R.ITEM: 1.0},
    R.ROW: _BODY_NEXT | {R.ROW: 2.0, R.NOTE: 0.0},
    R.VERSE: _BODY_NEXT | {R.VERSE: 1.0, R.PARA: -2.0, R.SUB: -2.5, R.HEAD: -1.0},
    R.CREDIT: _AFTER_END | {R.CREDIT: -0.5, R.DATE: 0.5},
    R.UNIT: _AFTER_END | {R.DATE: 2.0},
    R.DATE: _AFTER_END | {R.UNIT: -2.0},
    R.JUMP_IN: {
        R.PARA: 0.5,
        R.SUB: 0.0,
        R.MORE: -1.5,
        R.ITEM: 0.0,
        R.ROW: 0.0,
        R.VERSE: -1.0,
        R.CAPTION: -1.0,
        R.NOTE: -1.0,
        R.HEAD: -5.0,
        R.BYLINE: -4.0,
        R.BRIEF: -5.0,
        R.CREDIT: -4.0,
        R.UNIT: -4.0,
    },
    R.JUMP_OUT: _AFTER_END | {R.CAPTION: -0.5, R.NOTE: -1.0},
}
FOLLOW[R.MORE] = FOLLOW[R.HEAD] | {R.MORE: -0.8}
FOLLOW[R.BRIEF] = _BODY_NEXT
FOLLOW[R.SUBTWO] = FOLLOW[R.SUB] | {R.SUBTWO: NEVER}
"""The worth of one state's following another; a pair that is missing is worth NEVER."""

AT_END: Final[dict[Role, float]] = {
    R.HEAD: -4.0,
    R.MORE: -4.0,
    R.BYLINE: -4.0,
    R.SUB: -5.0,
    R.SUBTWO: -5.0,
    R.START: -20.0,
}
"""The worth of ending the bulletin in a state."""

AFTER_FURNITURE: Final[dict[str, float]] = {"furniture": 0.5, "article": 1.0}
"""Furniture comes in groups, and a new page often opens with a new article."""

SUBS: Final[dict[str, float]] = {
    "first": -0.5,
    "more": 0.5,
    "alone": -2.0,  # an article that ends with a single subhead
}
"""Subheads seldom stand alone."""

SIGNED: Final[dict[Role, float]] = {R.CREDIT: -2.5, R.UNIT: -1.5}
"""An article with names under its head is seldom signed once more at its end."""

BROKEN_OFF: Final[dict[Role, float]] = {
    R.PARA: -3.0,
    R.BRIEF: -2.5,
    R.SUB: -3.0,
    R.HEAD: -1.5,
    R.ITEM: -2.0,
    R.NOTE: -2.0,
    R.CAPTION: -2.0,
    R.VERSE: -3.0,
    R.ROW: -2.0,
    R.CREDIT: -1.5,
    R.UNIT: -1.5,
}
"""What it costs when the text before this line broke off in mid sentence."""

JOIN: Final[dict[str, float]] = {
    # hard-wrapped text
    "wrap_full": 4.0,  # the line above is full and this one is not indented
    "wrap_full_stop": 1.0,  # …and ends a sentence, in a manner without indents
    "wrap_short": -5.0,
    "wrap_comma": 3.0,  # …but ends with a comma
    "wrap_short_stop": -7.0,
    "wrap_indent": -7.0,
    # any text
    "open": 2.5,  # a bracket or quote above is still open
    "stop": -8.0,
    "semi": -3.5,
    "colon": -5.0,
    "comma": 3.5,
    "closer": -2.5,
    "bare": 2.5,  # the line above ends in a word
    "closer_start": 6.0,
    "number": 3.0,  # a number cut in two, or parted from its unit
    "cohesion": 1.0,  # the two characters stand together elsewhere
    "cohesion_often": 2.0,
    "strange": -0.3,
    "indent": -3.0,  # this line is indented as paragraphs are
    "flush": 1.5,
    "headlike_above": -5.0,  # it has no stop or comma and might be a head
    "short_here": -2.0,  # a short line that ends no sentence is no rest of a paragraph
    "special": -6.0,  # it has marks of another role
    "over_furniture": 0.5,
    "gap": -4.0,  # a blank line between, where blanks part articles
    "gap_over": -1.0,  # …beside page furniture
    "photo_credit": 6.0,  # （… 摄） under a caption
}
