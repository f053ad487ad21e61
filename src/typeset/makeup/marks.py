"""An article's marks (T52, T53) in the texts that were set of it.

In: an article as placed. Out: `TextMark` values by the copy they stand in, ruby set in the same face.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from typeset.compose.copy import Copy, prepare_copy
from typeset.compose.justify import set_natural
from typeset.fonts.faces import FaceSet
from typeset.makeup.placed import Placed
from typeset.model.edition import Ruby, SetText, TextMark
from typeset.model.layout import CompositionSpec
from typeset.model.marks import Mark, MarkedWords, marked_words

Marked = dict[int, tuple[TextMark, ...]]
"""By the copy's id."""


def marks_of(marks: tuple[Mark, ...], placed: Placed, faces: FaceSet, rules: CompositionSpec) -> Marked:
    """What is marked in the copies of one article."""
    if not marks:
        return {}
    heads = {id(line.copy): line.copy for line in placed.head.lines}.values()
    pieces = [(copy, n) for copy in heads for n in range(len(copy.bounds) - 1)]
    galleys = (placed.galley, *(box.insert.galley for box in placed.boxes))
    body = [(item.block, g.groups[item.group].copy, item.paragraph) for g in galleys for item in g.items]
    body.sort(key=lambda piece: (piece[0] < 0, piece[0]))  # the source line, whose block is -1, comes last
    pieces += [(copy, paragraph) for _, copy, paragraph in body]
    texts = [copy.text[copy.bounds[n] : copy.bounds[n + 1]] for copy, n in pieces]
    out: dict[int, list[TextMark]] = defaultdict(list)
    for (copy, n), found in zip(pieces, marked_words(texts, marks), strict=True):
        out[id(copy)] += [_placed(words, copy, copy.bounds[n], faces, rules) for words in found]
    return {key: tuple(found) for key, found in out.items()}


def with_marks(text: SetText, copy: Copy, marked: Marked) -> SetText:
    found = marked.get(id(copy))
    return replace(text, marks=found) if found else text


def _placed(words: MarkedWords, copy: Copy, shift: int, faces: FaceSet, rules: CompositionSpec) -> TextMark:
    ruby = tuple(
        Ruby(start + shift, end + shift, _ruby_text(part, copy.role, faces, rules))
        for start, end, part in words.ruby_parts()
    )
    return TextMark(words.mark.kind, words.start + shift, words.end + shift, ruby)


def _ruby_text(text: str, role: str, faces: FaceSet, rules: CompositionSpec) -> SetText:
    copy = prepare_copy([text], role, faces, rules=rules)
    return set_natural(copy, [0], [len(text)])
