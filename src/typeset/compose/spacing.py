"""Widths of boxes and what each seam may give (T11, T20, T23-T25), all in ems of the text.

In: classes in context, code points, the faces' advances. Out: arrays over the characters: the box, where
its glyph stands in it, the gap after it, and T24's tiers.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class, Classes, Codes, Flags, Trait, among, traits
from typeset.compose.context import WESTERN_KINDS
from typeset.model.layout import CompositionSpec

Ems = NDArray[np.float64]

# natural widths and how far they give way (T23, T24)
WORD_SPACE = 0.25
HAN_SPACE = 0.5
FULL_SPACE = 1.0
DISPLAY_SPACE = 1.0  # T11
GAP = 0.25
CLOSING_TIERS = 5
OPENING_TIERS = 3
SHRINK_WORD_SPACE = 1 / 4 - 1 / 6
SHRINK_MARK = 0.5
SHRINK_GAP = 1 / 4 - 1 / 8
SHRINK_SEAM = 0.035
STRETCH_WORD_SPACE = 0.25
STRETCH_GAP = 0.25
STRETCH_SEAM = 0.10
STRETCH_SEAM_NARROW = 0.15  # for measures under NARROW_MEASURE_EM
NARROW_MEASURE_EM = 10

FULL_EM = 0.9
_FULL_KINDS = (Class.HAN, Class.MARK, Class.STOP, Class.CLOSE, Class.OPEN, Class.DASH, Class.ELLIPSIS)
_CHINESE_MARKS = (Class.STOP, Class.CLOSE, Class.OPEN, Class.DASH, Class.ELLIPSIS, Class.CONNECTOR,
                  Class.INTERPUNCT, Class.SOLIDUS)  # fmt: skip
_LOUD = (0xFF1F, 0xFF01)
_COUNTED = re.compile(r"[0-9０-９][十百千万亿萬億]{0,2}.$", re.DOTALL)
_COUNTS = re.compile(r"\s*[0-9０-９]")
_SIGNS = "+-−"


def natural_boxes(kinds: Classes, codes: Codes, advance: Ems, rules: CompositionSpec) -> tuple[Ems, Ems]:
    """Advance boxes and where in them the glyph stands: dots, solidi and short hyphens take ½ em."""
    box = advance.copy()
    shift = np.zeros_like(box)
    half = (kinds == Class.SOLIDUS) | ((kinds == Class.CONNECTOR) & (codes == 0x2D))
    dots = kinds == Class.INTERPUNCT
    for which, width in ((half, 0.5), (dots, rules.interpunct_em)):
        box[which] = width
        shift[which] = (width - advance[which]) / 2
    box[kinds == Class.JOINED] = 0.0
    return box, shift


def squeeze_pairs(
    kinds: Classes, codes: Codes, inside: Flags, box: Ems, shift: Ems, rules: CompositionSpec
) -> Flags:
    """T20: adjacent full-width marks lose ½ em at their seam; changes `box` and `shift`, returns who stands in
    such a pair. Where marks stand in the middle of their box, only brackets lose any."""
    paired = np.zeros(len(kinds), bool)
    marks = np.nonzero(among(kinds, Class.STOP, Class.CLOSE, Class.OPEN, Class.INTERPUNCT))[0]
    if len(marks) < 2:
        return paired
    at = marks[:-1][(np.diff(marks) == 1) & inside[marks[1:]]]  # the first of two marks side by side
    left, right = kinds[at], kinds[at + 1]
    full_left, full_right = box[at] >= FULL_EM, box[at + 1] >= FULL_EM
    both = full_left & full_right
    closes, stops = left == Class.CLOSE, left == Class.STOP
    from_left = closes & both & (right != Class.INTERPUNCT) | closes & full_left & (right == Class.INTERPUNCT)
    from_right = (left == Class.OPEN) & both & (right == Class.OPEN)
    from_right |= (left == Class.INTERPUNCT) & full_right & (right == Class.OPEN)
    if rules.punctuation == "centred":
        from_right |= stops & both & (right == Class.OPEN)
    else:
        from_left |= stops & both & among(right, Class.CLOSE, Class.OPEN)
    box[at[from_left]] -= 0.5
    box[at[from_right] + 1] -= 0.5
    shift[at[from_right] + 1] -= 0.5
    either = from_left | from_right
    paired[at[either]] = paired[at[either] + 1] = True
    _squeeze_loud(at[both & stops & (right == Class.STOP)], codes, box, paired)
    return paired


def _squeeze_loud(stops: NDArray[np.intp], codes: Codes, box: Ems, paired: Flags) -> None:
    """？！ pair by pair: two take 1 em together, three take 2."""
    free = 0
    for at in stops.tolist():
        if at >= free and codes[at] in _LOUD and codes[at + 1] in _LOUD:
            box[at : at + 2] = 0.5
            paired[at : at + 2] = True
            free = at + 2


def space_widths(
    kinds: Classes, base: Classes, codes: Codes, inside: Flags, display: bool
) -> tuple[Ems, Flags]:
    """T11, T23: what each typed space becomes by its neighbours, and which of them are Han–Western gaps.

    The first of a run takes its width; what stands at a paragraph's ends takes none.
    """
    width, is_gap = np.zeros(len(kinds)), np.zeros(len(kinds), bool)
    spaces = np.nonzero(kinds == Class.SPACE)[0]
    begins = np.append(True, (np.diff(spaces) > 1) | ~inside[spaces[1:]])
    first = spaces[begins]
    after = np.append(spaces[:-1][begins[1:]], spaces[-1]) + 1
    within = (first > 0) & inside[first] & (after < len(kinds)) & inside[np.minimum(after, len(kinds))]
    first, after = first[within], after[within]
    left, right = base[first - 1], kinds[after]
    western = among(left, *WESTERN_KINDS).astype(int) + among(right, *WESTERN_KINDS)
    if display:
        width[first] = np.where(western == 2, WORD_SPACE, DISPLAY_SPACE)
        return width, is_gap
    wide = np.concatenate(([0], np.cumsum(codes == 0x3000)))
    plain = np.where(wide[after] > wide[first], FULL_SPACE, HAN_SPACE)
    vanish = among(left, *_CHINESE_MARKS) | among(right, *_CHINESE_MARKS)
    width[first] = np.where(vanish, 0.0, np.where(western > 0, WORD_SPACE, plain))
    is_gap[first] = ~vanish & (western == 1)
    return width, is_gap


def gaps_of(base: Classes, kinds: Classes, codes: Codes, inside: Flags, text: str) -> Ems:
    """T23: ¼ em between Han and letters, digits or a sign tied to a number, with the box before it."""
    gap = np.zeros(len(kinds))
    if len(kinds) < 2:
        return gap
    left, right = base[:-1], base[1:]
    meets = (left == Class.HAN) & (right == Class.WESTERN) | (left == Class.WESTERN) & (right == Class.HAN)
    at = np.nonzero(meets & inside[1:-1] & (kinds[1:] != Class.JOINED))[0]
    speaks = np.ones(len(at), bool)
    follows = right[at] == Class.WESTERN
    silent = (traits(codes[at + follows]) & Trait.SILENT) > 0
    for n in np.nonzero(silent)[0].tolist():
        speaks[n] = _is_tied(text, int(at[n]) + int(follows[n]), bool(follows[n]), inside)
    gap[at[speaks]] = GAP
    return gap


def _is_tied(text: str, at: int, follows: bool, inside: Flags) -> bool:
    """Whether a sign belongs to the number after it (¥5), or to the one before it (30%)."""
    bits = int(traits(np.array([ord(text[at])], np.uint32))[0])
    if follows:
        is_sign = bits & Trait.PREFIX or text[at] in _SIGNS
        return bool(is_sign and _COUNTS.match(text, at + 1) and inside[at + 1])
    is_sign = bits & Trait.POSTFIX or text[at] in "′″℉"
    return bool(is_sign and _COUNTED.search(text[max(0, at - 3) : at + 1]))


def tiers_of(
    kinds: Classes, codes: Codes, inside: Flags, box: Ems, gap: Ems, gap_spaces: Flags, paired: Flags,
    rules: CompositionSpec,
) -> tuple[Ems, Ems]:  # fmt: skip
    """T24's tiers: how much each box with the seam after it may close and open."""
    size = len(kinds)
    closing = np.zeros((CLOSING_TIERS, size))
    opening = np.zeros((OPENING_TIERS, size))
    full = (box >= FULL_EM) & among(kinds, *_FULL_KINDS)
    spaces = kinds == Class.SPACE
    if spaces.any():
        words = spaces & (box > 0) & ~gap_spaces
        closing[0, words] = SHRINK_WORD_SPACE
        opening[0, words] = STRETCH_WORD_SPACE
    bits = traits(codes)
    free = full & ~paired  # a squeezed pair keeps what T20 left it
    first = free & among(kinds, Class.OPEN, Class.CLOSE)
    if rules.punctuation == "mainland":
        first |= free & ((bits & Trait.SQUEEZED_FIRST) > 0)
        closing[3, free & ((bits & Trait.FIRM_STOP) > 0)] = SHRINK_MARK
    closing[1, first] = SHRINK_MARK
    gaps = (gap > 0) | gap_spaces
    closing[2, gaps] = SHRINK_GAP
    opening[1, gaps] = STRETCH_GAP
    if size > 1:
        seam = free[:-1] & free[1:] & inside[1:-1]
        long = among(kinds, Class.DASH, Class.ELLIPSIS)
        seam &= ~(long[:-1] & long[1:] & (kinds[:-1] == kinds[1:]))
        opening[2, :-1][seam] = STRETCH_SEAM
        closing[4, :-1][seam] = SHRINK_SEAM
    return closing, opening
