"""Paragraphs that only a column's end parted, put together again.

Our files end columns within paragraphs. LibreOffice 7.4 makes two of such a paragraph, the second in the default style,
and, where it saves a head in a frame, gives its bookmark a number of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from typeset.return_.sent import Sent
from typeset.return_.story import Raw
from typeset.return_.views import StyleTable

_COPY = re.compile(r"_Copy_\d+$")
_CONTEXT = 4  # characters on either side of a column's end, by which it is known again


def joined(raws: Sequence[Raw], styles: StyleTable, sent: Sent | None) -> list[Raw]:
    """The paragraphs with those put together that were one when sent; and bookmarks by the names they were sent with."""
    _rename(raws)
    out: list[Raw] = []
    for raw in raws:
        if out and _is_rest(out[-1], raw, styles, sent):
            out[-1].pieces += raw.pieces
            out[-1].marks += raw.marks
            out[-1].mark_into, out[-1].mark_out = raw.mark_into, raw.mark_out
        else:
            out.append(raw)
    return out


def _rename(raws: Sequence[Raw]) -> None:
    """Frames' bookmarks back to their names, unless the name is there too: then it is a copy that someone made."""
    names = {name for raw in raws for name in raw.marks}
    was = {name: _COPY.sub("", name) for name in names if _COPY.search(name)}
    was = {name: bare for name, bare in was.items() if bare not in names}
    if not was:
        return
    for raw in raws:
        raw.marks = [was.get(name, name) for name in raw.marks]
        raw.pieces = [
            replace(piece, ids=tuple(was.get(name, name) for name in piece.ids)) for piece in raw.pieces
        ]


def _is_rest(above: Raw, raw: Raw, styles: StyleTable, sent: Sent | None) -> bool:
    """Whether a paragraph is the rest of the one above: one bookmark over both, a column's end between them."""
    if above.place or raw.place or above.table >= 0 or raw.table >= 0 or above.mark_into or above.mark_out:
        return False
    if not above.pieces or not raw.pieces or styles.name(raw.style) != styles.default:
        return False
    # LibreOffice writes such a bookmark twice, once without an end
    shared = {*above.pieces[-1].ids, *above.marks[-1:]} & {*raw.pieces[0].ids, *raw.marks[:1]}
    if shared and raw.begins_column:
        return True
    # the middle of a paragraph over three columns bears no bookmark
    is_bare = not raw.marks and not raw.pieces[0].ids
    return any(
        _ended_there(above, raw, ident, sent) for ident in (shared or above.marks[-1:] if is_bare else shared)
    )


def _ended_there(above: Raw, raw: Raw, ident: str, sent: Sent | None) -> bool:
    if sent is None:
        return False
    before, after = ("".join(piece.text for piece in one.pieces) for one in (above, raw))
    text, ends = sent.column_ends.get(ident, ("", ()))
    return any(
        before.endswith(text[max(0, end - _CONTEXT) : end]) and after.startswith(text[end : end + _CONTEXT])
        for end in ends
    )
