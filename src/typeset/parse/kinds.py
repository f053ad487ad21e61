"""The kinds of characters that are looked for in a line (glance.py), a bit each.

A bit that is not set says for sure that no such character stands in the line, or at its head, or at its
end; a bit that is set promises no more than that one does.
"""

from __future__ import annotations

(
    # anywhere in the line
    ASCII,
    DIGIT,
    BLANK,
    TRAIL,
    STOP,
    PAUSE,
    COMMA,
    COLON,
    QUOTE,
    OPENER,
    CLOSER,
    NOTE_MARK,
    DISPATCH,
    PHOTO,
    YEAR,
    JUMP,
    BRIEF,
    PAGE_MARK,
    SLASH,
    FOLIO,
    CREDIT,
    ASIDE,
    PART,
    CIRCLED,
    # at its head
    NUMBER_HEAD,
    DATELINE_HEAD,
    NOTE_HEAD,
    CAPTION_HEAD,
    LABEL_HEAD,
    REFERENCE_HEAD,
    LEDE_HEAD,
    CONTENTS_HEAD,
    PAGE_SIGN_HEAD,
    PAGE_WORD_HEAD,
    DATE_HEAD,
    DASH_HEAD,
    CLOSER_HEAD,
    QUOTE_HEAD,
    BRACKET_HEAD,
    UNIT_HEAD,
    # at its end
    TITLE_END,
    COLUMN_END,
    FINAL_END,
    MAYBE_FINAL_END,
    ASK_END,
    COLON_END,
    SEMI_END,
    COMMA_END,
    CLOSER_END,
    NO_FOLIO_END,
    PAREN_END,
    PHOTO_END,
    UNIT_END,
    # what the order of its characters tells
    STOP_INSIDE,
    OPEN,
) = (1 << bit for bit in range(55))
"""COLON counts the bars that part keys as colons do; ASK_END: an asking mark is one of the last two; STOP_INSIDE: a stop stands before the marks that end
the line; OPEN: a bracket or quote is not closed where it ends."""

PHOTO_ENDING = PHOTO_END | COLON | SLASH
"""A picture's credit ends with its word, with a bracket, or with a name behind a colon or a slash."""
UNIT_SIGNS = BRACKET_HEAD | COLON | YEAR | UNIT_END
"""No line that says who sent an article is without one of these."""
ALL = -1
"""Nothing is known of the line: everything may stand in it."""
