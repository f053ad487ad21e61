"""Copy: an article's text worked out once, before any measure is known.

In: the paragraphs of one style and the faces. Out: arrays over all their characters with each
box's natural width, what may give way at each seam, and where a line may end. All lengths are in
ems of the text. `breaks` and `justify` live from these arrays and never look at the text again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import Class, Classes, Codes, classify, code_points
from typeset.compose.legal_breaks import break_levels, short_tails
from typeset.compose.vertical import ABREAST, UPRIGHT, Forms, stand
from typeset.model.layout import HOUSE_RULES, CompositionSpec

if TYPE_CHECKING:
    from typeset.fonts.faces import FaceSet

Ems = NDArray[np.float64]
Flags = NDArray[np.bool_]

# T23, T24: natural widths and how far they give way, in ems
WORD_SPACE = 0.25
HAN_SPACE = 0.5
FULL_SPACE = 1.0
DISPLAY_SPACE = 1.0  # T11
GAP = 0.25
CELL_GAP = 0.5  # least and most between a table's cells
CELL_GAP_MOST = 2.0
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

_WESTERN_KINDS = (Class.WESTERN, Class.WESTERN_OPEN, Class.WESTERN_CLOSE)
_FULL_KINDS = (Class.HAN, Class.MARK, Class.STOP, Class.CLOSE, Class.OPEN, Class.DASH, Class.ELLIPSIS)
_SQUEEZED_FIRST = np.array([ord(c) for c in "、，；："], np.uint32)
_HANGING = np.array([ord(c) for c in "、，。"], np.uint32)
_FIRM_STOPS = np.array([ord(c) for c in "。！？．"], np.uint32)
_QUOTES = np.array([ord(c) for c in "“”‘’"], np.uint32)


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
    of an indented paragraph stands in the indent (T22).
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
    hyphen_em: float
    hyphen_face: int
    hyphen_glyph: int


def prepare_copy(
    paragraphs: Sequence[str], role: str, faces: FaceSet, display: bool = False,
    rules: CompositionSpec = HOUSE_RULES,
) -> Copy:  # fmt: skip
    """Work out widths, seams and legal breaks of paragraphs set in the face of `role`.

    `display` sets typed spaces 1 em wide, as headlines have them (T11); `rules` are the layout's.
    """
    text = "".join(paragraphs)
    bounds = (0, *np.cumsum([len(p) for p in paragraphs]).tolist())
    codes = code_points(text)
    inside = np.ones(len(codes) + 1, bool)  # inside[i]: characters i-1 and i stand in one paragraph
    inside[list(bounds)] = False
    kinds = _kinds_in_context(classify(codes), codes, inside, bounds)
    western = np.isin(codes, _QUOTES) & (kinds == Class.WESTERN)
    forms = None
    if rules.direction == "vertical":
        kinds, forms = stand(kinds, codes, inside)
    found = faces.lookup(role, codes, western, None if forms is None else forms == UPRIGHT)
    if forms is not None:
        found.advance_em[forms == ABREAST] = 1.0
    unseen = found.missing & (kinds == Class.JOINED)  # the cluster's first character shows that it is missing
    if unseen.any():
        blank = faces.lookup(role, code_points(" "))
        found.face[unseen], found.glyph[unseen], found.missing[unseen] = blank.face[0], blank.glyph[0], False
    box, shift = _natural_boxes(kinds, codes, found.advance_em, rules)
    paired, box, shift = _squeeze_pairs(kinds, codes, inside, box, shift, rules)
    spaces = kinds == Class.SPACE
    if spaces.any():
        box[spaces] = _space_widths(kinds, codes, inside, bounds, display)[spaces]
    base = _bases(kinds)
    gap = _gaps(base, kinds, inside)
    levels, hyphens = break_levels(text, codes, kinds, inside, rules.hyphenation)
    closing, opening = _tiers(base, kinds, codes, inside, box, gap, paired, rules)
    trims = 0.5 if rules.punctuation == "mainland" else 0.0  # T21, T22
    half = (box >= 0.9) & np.isin(kinds, (Class.STOP, Class.CLOSE))
    lead = np.where((box >= 0.9) & (kinds == Class.OPEN), trims, 0.0)
    hyphen = faces.lookup(role, code_points("-"))
    return Copy(
        text, role, bounds, codes, kinds, found.face, found.glyph, found.missing, found.advance_em, box, gap, shift,
        tail_em=gap + np.where(half, trims, 0.0), lead_em=lead, hang_em=_hangs(kinds, codes, box, half, trims, rules),
        closing=closing, opening=opening, levels=levels, hyphens=hyphens, tails=short_tails(kinds, bounds),
        opening_hangs=rules.opening_at_indent == "trim", forms=forms, hyphen_em=float(hyphen.advance_em[0]),
        hyphen_face=int(hyphen.face[0]), hyphen_glyph=int(hyphen.glyph[0]),
    )  # fmt: skip


def _shifted(kinds: Classes, inside: Flags) -> tuple[Classes, Classes]:
    """Kinds of the character before and after each one; SPACE beyond a paragraph's ends."""
    before = np.full_like(kinds, Class.SPACE)
    after = np.full_like(kinds, Class.SPACE)
    if len(kinds) > 1:
        same = inside[1:-1]
        before[1:] = np.where(same, kinds[:-1], Class.SPACE)
        after[:-1] = np.where(same, kinds[1:], Class.SPACE)
    return before, after


def _kinds_in_context(kinds: Classes, codes: Codes, inside: Flags, bounds: tuple[int, ...]) -> Classes:
    """What dashes, dots, slashes, hyphens and quotation marks are in their place."""
    before, after = _shifted(kinds, inside)
    out = kinds.copy()
    lone = (kinds == Class.DASH) & (before != Class.DASH) & (after != Class.DASH) & (codes != 0x2E3A)
    out[lone] = Class.CONNECTOR
    between_western = np.isin(before, _WESTERN_KINDS) & np.isin(after, _WESTERN_KINDS)
    out[(kinds == Class.INTERPUNCT) & between_western] = Class.WESTERN
    between_han = (before == Class.HAN) & (after == Class.HAN)
    out[(codes == 0x2F) & between_han] = Class.SOLIDUS
    out[(codes == 0x2D) & between_han] = Class.CONNECTOR
    _tie_clusters(out, codes, inside)
    quotes = np.nonzero(np.isin(codes, _QUOTES))[0]
    if len(quotes) and (between_western[quotes].any() or (kinds == Class.WESTERN).any()):
        out[_western_quotes(quotes, kinds, codes, bounds)] = Class.WESTERN
    return out


def _tie_clusters(kinds: Classes, codes: Codes, inside: Flags) -> None:
    """T12: what follows a zero-width joiner, and a flag's second letter, belong to the character before."""
    tied = np.nonzero((codes[:-1] == 0x200D) & (codes[1:] >= 0x2190) & inside[1:-1])[0] + 1
    kinds[tied] = Class.JOINED
    flags = (codes >= 0x1F1E6) & (codes <= 0x1F1FF)
    for at in np.nonzero(flags[:-1] & flags[1:] & inside[1:-1])[0].tolist() if flags.any() else []:
        if kinds[at] != Class.JOINED:
            kinds[at + 1] = Class.JOINED


def _western_quotes(
    quotes: NDArray[np.intp], kinds: Classes, codes: Codes, bounds: tuple[int, ...]
) -> list[int]:
    """Quotation marks that are western by their paragraph or by both neighbours outside the pair."""
    owner = np.searchsorted(bounds, quotes, "right") - 1
    wholly = _per_paragraph(kinds == Class.WESTERN, bounds) > 0
    wholly &= _per_paragraph(np.isin(kinds, (Class.HAN, Class.STOP)), bounds) == 0
    western: list[int] = quotes[wholly[owner]].tolist()
    left, right = _neighbours(quotes, kinds, bounds, owner)
    beside = np.append(kinds, Class.SPACE)
    apostrophe = (codes[quotes] == 0x2019) & np.isin(beside[quotes - 1], _WESTERN_KINDS) & right & left
    western += quotes[apostrophe & ~wholly[owner]].tolist()
    opens = np.isin(codes[quotes], (0x201C, 0x2018))
    open_to = np.isin(owner, owner[opens & left]) & np.isin(owner, owner[~opens & right])
    opened: list[int] = []
    last = -1
    for n in np.nonzero(open_to & ~apostrophe & ~wholly[owner])[0].tolist():
        if owner[n] != last:
            opened, last = [], owner[n]
        if opens[n]:
            opened.append(n)
        elif opened:
            start = opened.pop()
            if left[start] and right[n]:
                western += [int(quotes[start]), int(quotes[n])]
    return western


def _per_paragraph(flags: Flags, bounds: tuple[int, ...]) -> NDArray[np.intp]:
    """How many characters of each paragraph have the flag."""
    running = np.concatenate(([0], np.cumsum(flags)))
    out: NDArray[np.intp] = np.diff(running[list(bounds)])
    return out


def _neighbours(
    at: NDArray[np.intp], kinds: Classes, bounds: tuple[int, ...], owner: NDArray[np.intp]
) -> tuple[Flags, Flags]:
    """Whether what stands before and after some characters, spaces left out, is western and of their paragraph."""
    size = len(kinds)
    index = np.arange(size)
    inked = kinds != Class.SPACE
    before = np.concatenate(([-1], np.maximum.accumulate(np.where(inked, index, -1))))[at]
    after = np.append(np.minimum.accumulate(np.where(inked, index, size)[::-1])[::-1], size)[at + 1]
    edges = np.array(bounds, np.intp)
    western = np.append(np.isin(kinds, _WESTERN_KINDS), False)
    return western[before] & (before >= edges[owner]), western[after] & (after < edges[owner + 1])


def _hangs(kinds: Classes, codes: Codes, box: Ems, half: Flags, trims: float, rules: CompositionSpec) -> Ems:
    """T29: what a lone 、 ， 。 at a line's end may stand outside the measure, its trimmed half left out."""
    out = np.zeros(len(kinds))
    if rules.hang and len(kinds):
        marks = (Class.STOP, Class.CLOSE, Class.OPEN, Class.DASH, Class.ELLIPSIS)
        run = np.append(False, np.isin(kinds[:-1], marks))
        may = half & np.isin(codes, _HANGING) & ~run
        out[may] = box[may] - trims
    return out


def _natural_boxes(kinds: Classes, codes: Codes, advance: Ems, rules: CompositionSpec) -> tuple[Ems, Ems]:
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


def _squeeze_pairs(
    kinds: Classes, codes: Codes, inside: Flags, box: Ems, shift: Ems, rules: CompositionSpec
) -> tuple[Flags, Ems, Ems]:
    """T20: adjacent full-width marks lose ½ em at their seam. Returns who stands in such a pair.

    Where marks stand in the middle of their box, only brackets lose any.
    """
    paired = np.zeros(len(kinds), bool)
    if len(kinds) < 2:
        return paired, box, shift
    full = box >= 0.9
    both = inside[1:-1] & full[1:] & full[:-1]
    left, right = kinds[:-1], kinds[1:]
    closes_right = (left == Class.CLOSE) & np.isin(right, (Class.CLOSE, Class.OPEN, Class.STOP))
    stops_right = (left == Class.STOP) & np.isin(right, (Class.CLOSE, Class.OPEN))
    dot_right = inside[1:-1] & full[:-1] & (left == Class.CLOSE) & (right == Class.INTERPUNCT)
    from_left = ((closes_right | stops_right) & both) | dot_right
    centred = rules.punctuation == "centred"
    if centred:
        from_left = (closes_right & both) | dot_right
    dot_left = inside[1:-1] & full[1:] & (left == Class.INTERPUNCT) & (right == Class.OPEN)
    from_right = ((left == Class.OPEN) & (right == Class.OPEN) & both) | dot_left
    if centred:
        from_right |= (left == Class.STOP) & (right == Class.OPEN) & both
    box[:-1][from_left] -= 0.5
    box[1:][from_right] -= 0.5
    shift[1:][from_right] -= 0.5
    loud = np.isin(codes, (0xFF1F, 0xFF01))
    at = 0
    for at_ in np.nonzero(loud[:-1] & loud[1:] & inside[1:-1])[0].tolist():
        if at_ >= at:  # ？！ pair by pair: two take 1 em, three take 2
            box[at_ : at_ + 2] = 0.5
            paired[at_ : at_ + 2] = True
            at = at_ + 2
    paired[:-1] |= from_left | from_right
    paired[1:] |= from_left | from_right
    return paired, box, shift


def _space_widths(kinds: Classes, codes: Codes, inside: Flags, bounds: tuple[int, ...], display: bool) -> Ems:
    """T11, T23: what a typed space becomes by its neighbours; later spaces of a run take nothing."""
    width = np.zeros(len(kinds))
    ends = set(bounds)
    for at in np.nonzero(kinds == Class.SPACE)[0].tolist():
        if at in ends or kinds[at - 1] == Class.SPACE:
            continue
        after = at
        while after < len(kinds) and kinds[after] == Class.SPACE and (after == at or inside[after]):
            after += 1
        if after >= len(kinds) or not inside[after]:
            continue
        left, right = kinds[at - 1], kinds[after]
        western = (left in _WESTERN_KINDS) + (right in _WESTERN_KINDS)
        marks = {left, right} & {Class.STOP, Class.CLOSE, Class.OPEN}
        if display:
            width[at] = WORD_SPACE if western == 2 else DISPLAY_SPACE
        elif marks:
            width[at] = 0.0
        elif western:
            width[at] = WORD_SPACE
        else:
            width[at] = FULL_SPACE if 0x3000 in codes[at:after] else HAN_SPACE
    return width


def _bases(kinds: Classes) -> Classes:
    """Kinds with each joined character standing for the base before it."""
    joined = kinds == Class.JOINED
    if not joined.any():
        return kinds
    index = np.where(joined, 0, np.arange(len(kinds)))
    return kinds[np.maximum.accumulate(index)]


def _gaps(base: Classes, kinds: Classes, inside: Flags) -> Ems:
    """T23: ¼ em between Han and letters or digits, with the box before it."""
    gap = np.zeros(len(kinds))
    if len(kinds) > 1:
        left, right = base[:-1], base[1:]
        meets = ((left == Class.HAN) & (right == Class.WESTERN)) | (
            (left == Class.WESTERN) & (right == Class.HAN)
        )
        gap[:-1] = np.where(meets & inside[1:-1] & (kinds[1:] != Class.JOINED), GAP, 0.0)
    return gap


def _tiers(
    base: Classes, kinds: Classes, codes: Codes, inside: Flags, box: Ems, gap: Ems, paired: Flags,
    rules: CompositionSpec,
) -> tuple[Ems, Ems]:  # fmt: skip
    """T24's tiers: how much each box with the seam after it may close and open."""
    size = len(kinds)
    closing = np.zeros((CLOSING_TIERS, size))
    opening = np.zeros((OPENING_TIERS, size))
    wide_space = (kinds == Class.SPACE) & (box > 0)
    full = (box >= 0.9) & np.isin(kinds, _FULL_KINDS)
    closing[0, wide_space] = SHRINK_WORD_SPACE
    opening[0, wide_space] = STRETCH_WORD_SPACE
    bracket = np.isin(kinds, (Class.OPEN, Class.CLOSE))
    if rules.punctuation == "mainland":
        bracket |= np.isin(codes, _SQUEEZED_FIRST)
    closing[1, full & bracket] = SHRINK_MARK
    closing[2] = np.where(gap > 0, SHRINK_GAP, 0.0)
    opening[1] = np.where(gap > 0, STRETCH_GAP, 0.0)
    if rules.punctuation == "mainland":
        closing[3, full & np.isin(codes, _FIRM_STOPS)] = SHRINK_MARK
    if size > 1:
        free = full & ~paired
        seam = free[:-1] & free[1:] & inside[1:-1]
        seam &= ~(np.isin(kinds[:-1], (Class.DASH, Class.ELLIPSIS)) & (kinds[:-1] == kinds[1:]))
        closing[4, :-1] = np.where(seam, SHRINK_SEAM, 0.0)
        opening[2, :-1] = np.where(seam, STRETCH_SEAM, 0.0)
    return closing, opening


def tabulate(copy: Copy, measure_em: float) -> Copy:
    """The rows of a table with their cells at common stops; the head row, or all, as typed where that is too wide."""
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
        gap = min(CELL_GAP_MOST, (measure_em - sum(widths)) / (columns - 1))
        box = copy.box_em.copy()
        for row in kept:
            for width, (start, end) in zip(widths, row[:-1], strict=False):
                box[end] = width - float(running[end] - running[start]) + gap
        return replace(copy, box_em=box)
    return copy
