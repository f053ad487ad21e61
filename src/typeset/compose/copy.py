"""Copy: an article's text worked out once, before any measure is known.

In: the paragraphs of one style and the faces. Out: arrays over all their characters with each
box's natural width, what may give way at each seam, and where a line may end. All lengths are in
ems of the text. `breaks` and `justify` live from these arrays and never look at the text again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import (
    Class,
    Classes,
    Codes,
    Flags,
    Trait,
    among,
    classify,
    code_points,
    traits,
)
from typeset.compose.context import bases_of, kinds_in_context
from typeset.compose.glyphs import centre_accents, centre_stops, join_strokes
from typeset.compose.legal_breaks import break_levels, short_tails
from typeset.compose.spacing import (
    FULL_EM,
    Ems,
    gaps_of,
    natural_boxes,
    space_widths,
    squeeze_pairs,
    tiers_of,
)
from typeset.compose.vertical import ABREAST, UPRIGHT, Forms, stand
from typeset.model.layout import HOUSE_RULES, CompositionSpec

if TYPE_CHECKING:
    from typeset.fonts.faces import FaceSet, Looked

CELL_GAP = 0.5  # least and most between a table's cells, in ems
CELL_GAP_MOST = 2.0
FIGURE = re.compile(r"[+\-−–—－]?[0-9０-９][0-9０-９,，.．]*\s*[%％‰]?|[-—－–/]*")
"""A number, or the dash of a cell that has none."""


@dataclass(frozen=True, slots=True, eq=False)
class Copy:
    """Arrays over the characters of `text`, the paragraphs set end to end.

    `natural_em` is the face's advance, `box_em` the natural box after T20 and T23, without `gap_em` (which follows it);
    `shift_em` is the glyph's origin less its box's left edge; `tail_em` is what the box and its gap
    lose at a line's end (T21), `lead_em` what it loses at a line's start (T22). `closing[t]` and
    `opening[t]` are what tier t of T24 may take from or give to the box and the seam after it.
    `hang_em` is how far the character may hang out of the measure at a line's end (T29).
    `levels[i]`: a line may end before character i (0 never, 1 if need be, 2 freely);
    `hyphens[i]`: it then takes a hyphen; `tails[i]`: it leaves too little on the last line (T09).
    `bounds` are the paragraphs' ends, starting with 0. `opening_hangs`: an opening bracket at the head
    of an indented paragraph stands in the indent (T22). `rise_em`: how far a glyph is raised, where stops are centred.
    """

    text: str
    role: str
    bounds: tuple[int, ...]
    codes: Codes
    kinds: Classes
    face: NDArray[np.int16]
    glyph: NDArray[np.int32]
    missing: Flags
    natural_em: Ems
    box_em: Ems
    gap_em: Ems
    shift_em: Ems
    tail_em: Ems
    lead_em: Ems
    hang_em: Ems
    closing: Ems
    opening: Ems
    levels: NDArray[np.uint8]
    hyphens: Flags
    tails: Flags
    opening_hangs: bool
    forms: Forms | None
    rise_em: Ems | None
    hyphen_em: float
    hyphen_face: int
    hyphen_glyph: int


@dataclass(frozen=True, slots=True)
class RunIn:
    """Run-in heads: the role of their face, and how many characters of each paragraph they take."""

    face: str
    lengths: tuple[int, ...]


def prepare_copy(
    paragraphs: Sequence[str], role: str, faces: FaceSet, display: bool = False,
    rules: CompositionSpec = HOUSE_RULES, run_in: RunIn | None = None,
) -> Copy:  # fmt: skip
    """Work out widths, seams and legal breaks of paragraphs set in the face of `role`.

    `display` sets typed spaces 1 em wide, as headlines have them (T11); `rules` are the layout's; `run_in`: the
    paragraphs' first characters that have a face of their own.
    """
    text = "".join(paragraphs)
    bounds = (0, *np.cumsum([len(p) for p in paragraphs]).tolist())
    codes = code_points(text)
    inside = np.ones(len(codes) + 1, bool)  # inside[i]: characters i-1 and i stand in one paragraph
    inside[list(bounds)] = False
    is_vertical = rules.direction == "vertical"
    kinds = kinds_in_context(classify(codes), codes, inside, bounds, text, is_vertical)
    forms = None
    western = (kinds == Class.WESTERN) & ((traits(codes) & Trait.QUOTE) > 0)
    if is_vertical:
        kinds, forms = stand(kinds, codes, inside)
    found = _looked_up(faces, role, codes, kinds, western, forms)
    if run_in is not None and any(run_in.lengths):
        _set_run_in(found, run_in, bounds, faces, codes, kinds, western, forms)
    box, shift = natural_boxes(kinds, codes, found.advance_em, rules)
    join_strokes(kinds, inside, found, faces, shift)
    centre_accents(kinds, inside, found, faces, shift)
    rise = None
    if rules.punctuation == "centred" and not is_vertical:
        rise = centre_stops(kinds, found, faces, shift)
    paired = squeeze_pairs(kinds, codes, inside, box, shift, rules)
    base = bases_of(kinds, inside)
    gap_spaces = np.zeros(len(kinds), bool)
    spaces = kinds == Class.SPACE
    if spaces.any():
        width, gap_spaces = space_widths(kinds, base, codes, inside, display)
        box[spaces] = width[spaces]
    gap = gaps_of(base, kinds, codes, inside, text)
    levels, hyphens = break_levels(text, codes, kinds, inside, bounds, rules.hyphenation)
    closing, opening = tiers_of(kinds, codes, inside, box, gap, gap_spaces, paired, rules)
    trims = 0.5 if rules.punctuation == "mainland" else 0.0  # T21, T22
    half = (box >= FULL_EM) & among(kinds, Class.STOP, Class.CLOSE)
    lead = np.where((box >= FULL_EM) & (kinds == Class.OPEN), trims, 0.0)
    hyphen = faces.lookup(role, code_points("-"))
    return Copy(
        text, role, bounds, codes, kinds, found.face, found.glyph, found.missing, found.advance_em, box, gap, shift,
        tail_em=gap + np.where(half, trims, 0.0), lead_em=lead, hang_em=_hangs(kinds, codes, box, half, trims, rules),
        closing=closing, opening=opening, levels=levels, hyphens=hyphens, tails=short_tails(kinds, bounds),
        opening_hangs=rules.opening_at_indent == "trim", forms=forms, rise_em=rise, hyphen_em=float(hyphen.advance_em[0]),
        hyphen_face=int(hyphen.face[0]), hyphen_glyph=int(hyphen.glyph[0]),
    )  # fmt: skip


def _looked_up(
    faces: FaceSet, role: str, codes: Codes, kinds: Classes, western: Flags, forms: Forms | None
) -> Looked:
    """Faces, glyphs and advances; of a cluster that no face has, the first character alone shows that."""
    found = faces.lookup(role, codes, western, None if forms is None else forms == UPRIGHT)
    if forms is not None:
        found.advance_em[forms == ABREAST] = 1.0
    unseen = found.missing & (kinds == Class.JOINED)
    if unseen.any():
        blank = faces.lookup(role, code_points(" "))
        found.face[unseen], found.glyph[unseen], found.missing[unseen] = blank.face[0], blank.glyph[0], False
    return found


def _set_run_in(
    found: Looked, run_in: RunIn, bounds: Sequence[int], faces: FaceSet, codes: Codes, kinds: Classes,
    western: Flags, forms: Forms | None,
) -> None:  # fmt: skip
    """Take the paragraphs' first characters from their own face."""
    heads = np.zeros(len(codes), bool)
    for start, length in zip(bounds, run_in.lengths, strict=False):
        heads[start : start + length] = True
    stood = None if forms is None else forms[heads]
    own = _looked_up(faces, run_in.face, codes[heads], kinds[heads], western[heads], stood)
    found.face[heads], found.glyph[heads] = own.face, own.glyph
    found.advance_em[heads], found.missing[heads] = own.advance_em, own.missing


def _hangs(kinds: Classes, codes: Codes, box: Ems, half: Flags, trims: float, rules: CompositionSpec) -> Ems:
    """T29: what a lone 、 ， 。 at a line's end may stand outside the measure, its trimmed half left out."""
    out = np.zeros(len(kinds))
    if rules.hang and len(kinds):
        marks = among(kinds, Class.STOP, Class.CLOSE, Class.OPEN, Class.DASH, Class.ELLIPSIS)
        may = half & ((traits(codes) & Trait.HANGS) > 0) & ~np.append(False, marks[:-1])
        out[may] = box[may] - trims
    return out


def tabulate(copy: Copy, measure_em: float, most_gap_em: float = CELL_GAP_MOST) -> Copy:
    """The rows of a table with their cells at common stops, so far apart at most; the head row, or all, as typed where
    that is too wide. Columns of figures end at their stops, others begin there.
    """
    tabs = np.nonzero(np.array([c == "\t" for c in copy.text], bool))[0].tolist()
    rows = []
    for first, last in pairwise(copy.bounds):
        cuts = [first, *(t + 1 for t in tabs if first <= t < last), last + 1]
        rows.append([(a, b - 1) for a, b in pairwise(cuts)])
    running = np.concatenate(([0.0], np.cumsum(copy.box_em + copy.gap_em)))
    for kept in (rows, rows[1:]):
        columns = max((len(row) for row in kept), default=0)
        widths = [
            max((float(running[row[n][1]] - running[row[n][0]]) for row in kept if n < len(row)), default=0.0)
            for n in range(columns)
        ]
        if columns < 2 or sum(widths) + CELL_GAP * (columns - 1) > measure_em:
            continue
        gap = min(most_gap_em, (measure_em - sum(widths)) / (columns - 1))
        box = copy.box_em.copy()
        figures = [n > 0 and _is_of_figures(copy.text, kept, n) for n in range(columns)]
        for row in kept:
            spare = [
                width - float(running[b] - running[a]) for width, (a, b) in zip(widths, row, strict=False)
            ]
            for n, (_, end) in enumerate(row[:-1]):
                after = 0.0 if figures[n] else spare[n]
                box[end] = after + gap + (spare[n + 1] if figures[n + 1] else 0.0)
        return replace(copy, box_em=box)
    return copy


def _is_of_figures(text: str, rows: Sequence[Sequence[tuple[int, int]]], column: int) -> bool:
    """Whether what stands under the heading in a table's column is numbers."""
    cells = [text[slice(*row[column])].strip() for row in rows[1:] if column < len(row)]
    return bool(cells) and all(FIGURE.fullmatch(cell) for cell in cells)
