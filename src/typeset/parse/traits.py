"""The traits of a line (特征): what may be seen of it, a bit each, in the order in which their weights add up.

The weights know them by the names in `NAMES`. A long sentence with nothing special about it, or the rest of a
hard-wrapped paragraph, is asked little; what of it was seen all the same has the bits REST_….
"""

from __future__ import annotations

from typing import Final

(
    JUMP_IN,
    JUMP_OUT,
    # how it is numbered (patterns.NUMBERED)
    NUM_ALONE,
    NUM_CN,
    NUM_CN_PAREN,
    NUM_ARABIC,
    NUM_ARABIC_PAREN,
    NUM_HALF_PAREN,
    NUM_CIRCLED,
    NUM_REFERENCE,
    NUM_BULLET,
    NUM_STEP,
    NUM_ORDINAL,
    # what it begins or ends with that tells its role
    DATELINE,
    NOTE,
    CAPTION_HEAD,
    CAPTION_TAIL,
    FURN_SURE,
    FURN_LIKELY,
    FURN_DATE,
    REST_STOPS_INSIDE,
    REST_COMMA,
    REST_COMMAS,
    # length and end
    LEN3,
    LEN8,
    LEN15,
    LEN22,
    LEN30,
    LEN45,
    LONG,
    END_STOP,
    END_ASK,
    END_SEMI,
    END_COLON,
    END_COMMA,
    END_CLOSER,
    END_NONE,
    # what stands inside it
    STOPS_INSIDE,
    ASKS_INSIDE,
    COMMA,
    COMMAS,
    DASH_START,
    CLOSER_START,
    BLANK_INSIDE,
    TITLE_END,
    QUOTED,
    SPEECH,
    LABEL,
    LEAD_IN,
    SALUTE,
    QA,
    COLUMN_NAME,
    REFERENCES,
    BRIEF_HEAD,
    REPEATED,
    # whom it names
    META,
    META_FURNITURE,
    PAGE_DATA,
    UNIT_DATED,
    BYLINE_SURE,
    BYLINE_LIKELY,
    BYLINE_UNIT,
    BRACKET_SURE,
    BRACKET_LIKELY,
    BRACKET_UNIT,
    CLOSING_SURE,
    CLOSING_LIKELY,
    CLOSING_UNIT,
    PHOTO_CREDIT,
    SIGNATURE,
    BYLINE_NAMES,
    AFFILIATION,
    UNIT_BRACKET,
    UNIT_SURE,
    UNIT_LIKELY,
    UNIT_KEYED,
    UNIT_LIKE,
    NO_UNIT,
    NO_NAME,
    # the runs it stands in
    CONTENTS,
    CONTENTS_TWICE,
    LIST_ITEM,
    ITEM_PARA,
    NAME_ROW,
    VERSE_RUN,
    VERSE_LONG,
    VERSE_FIRST,
    VERSE_LATE,
    VERSE_LAST,
    ROW,
    FOOT,
    FOOT_MORE,
    # its neighbours and its place
    MASTHEAD,
    BESIDE_FURNITURE,
    PAGE_HEAD,
    SEEN_BEFORE,
    RUNNING_HEAD,
    AFTER_GROUP,
    AT_END,
    LEDE_STRONG,
    LEDE_NEXT,
    DATELINE_NEXT,
    SALUTE_NEXT,
    DATE_NEXT,
    META_NEXT,
    BULLET_NEXT,
    LONG_NEXT,
    NO_BYLINE_BELOW,
    TWIN,
    AFTER_CREDIT,
    # blanks, indents and the measure
    STANZA,
    GAP_BEFORE,
    NO_GAP_BEFORE,
    GAP_BOTH,
    GAP_AFTER,
    TIGHT_BEFORE,
    TIGHT_AFTER,
    WIDE_GAP,
    VERSE_DEEP,
    INDENT_DEEP,
    INDENTED,
    INDENTED_TOO,
    FLUSH,
    FULL_LINE,
) = (1 << bit for bit in range(124))

_ALSO: Final = {
    REST_STOPS_INSIDE: "stops_inside",
    REST_COMMA: "comma",
    REST_COMMAS: "commas",
    META_FURNITURE: "furn_sure",
    CONTENTS_TWICE: "contents",
}
"""Traits that count as others do, but were seen at another time."""
_NAME_OF: Final = {
    bit: name.lower() for name, bit in list(globals().items()) if name.isupper() and type(bit) is int
} | _ALSO
NAMES: Final = tuple(name for _, name in sorted(_NAME_OF.items()))
"""The weights' name of each bit."""
TRAITS: Final = {name: bit for bit, name in _NAME_OF.items() if bit not in _ALSO}
"""The bit of each name."""

NUMBERS: Final = sum(bit for name, bit in TRAITS.items() if name.startswith("num_"))
JUMPS: Final = JUMP_IN | JUMP_OUT
PAGE: Final = FURN_SURE | META_FURNITURE
"""Surely page furniture,"""
FURNITURE: Final = PAGE | FURN_LIKELY | FURN_DATE
"""or perhaps."""
NAMED: Final = BYLINE_SURE | BYLINE_LIKELY | BYLINE_UNIT | BRACKET_SURE | BRACKET_LIKELY | BRACKET_UNIT
CREDITED: Final = NAMED | CLOSING_SURE | CLOSING_LIKELY | CLOSING_UNIT | PHOTO_CREDIT
"""Names were read in it."""
SIGNED: Final = NAMED | META
"""Its words may be a byline's."""
SENT: Final = UNIT_BRACKET | UNIT_SURE | UNIT_LIKELY
"""It may say who sent the article."""
INSIDE_STOPS: Final = STOPS_INSIDE | REST_STOPS_INSIDE
ONE_COMMA: Final = COMMA | REST_COMMA
MANY_COMMAS: Final = COMMAS | REST_COMMAS


def bits_of(traits: int) -> list[int]:
    """The numbers of the bits that are set, in order."""
    out = []
    while traits:
        lowest = traits & -traits
        out.append(lowest.bit_length() - 1)
        traits ^= lowest
    return out


def names_of(traits: int) -> list[str]:
    """The weights' names of the bits that are set, in order."""
    return [NAMES[bit] for bit in bits_of(traits)]
