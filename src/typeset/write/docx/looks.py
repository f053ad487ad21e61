"""Variants of the named styles: a head at the size make-up gave it, and what stands in a box (花边).

A variant is based on its role's style, so that the way back knows it, and is made once for all that look the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from typeset.model.layout import Cmyk, Layout, RuleSpec
from typeset.write.docx.oxml import element
from typeset.write.docx.styles import WordStyle, rgb, word_styles

SIDES = ("top", "left", "bottom", "right")
_MOST_DISTANCE_PT = 31  # from a border to its text: Word's own bound
_SHORT_NAMES = {
    "Kicker": "肩题",
    "Heading1": "主题",
    "HeadlineMore": "主题续行",
    "Subtitle": "副题",
    "Byline": "作者",
}


@dataclass(frozen=True, slots=True)
class HeadLook:
    """How one paragraph of a head is set, in points.

    All paragraphs of a head bear the rule over it, `rule_pt` from the text (None: no rule), and the first shows it:
    Word boxes neighbours with equal borders, LibreOffice 7.4 frames no others together.
    """

    size_pt: float
    line_pt: float
    before_pt: float = 0.0
    after_pt: float = 0.0
    rule_pt: float | None = None


def box_padding_pt(layout: Layout) -> int:
    """From a box's upright sides to its text; half of it above and below."""
    return min(_MOST_DISTANCE_PT, round(layout.boxes.padding_em * layout.body[0].size_pt))


class Looks:
    """Gives out the ids of variants; `styles` are those it was asked for."""

    def __init__(self, layout: Layout, rules: RuleSpec) -> None:
        self._layout, self._rules = layout, rules
        self._own = {style.id: style for style in word_styles(layout)}
        self._made: dict[tuple[object, ...], WordStyle] = {}

    def styles(self) -> Iterator[WordStyle]:
        yield from self._made.values()

    def head(self, style: str, look: HeadLook, sides: tuple[str, ...] = ()) -> str:
        """The id of a head's style in a size of its own, boxed at `sides`."""
        key = (style, look, sides)
        if key not in self._made:
            own = self._own[style]
            name = f"{'花边' if sides else ''}{_SHORT_NAMES.get(style, own.name)} {look.size_pt:g}磅"
            made = replace(
                self._variant(own, name), size_pt=look.size_pt, line_pt=look.line_pt, before_pt=look.before_pt,
                after_pt=look.after_pt, rule=self._rule(look.rule_pt),
            )  # fmt: skip
            self._made[key] = self._boxed(made, sides)
        return self._made[key].id

    def ruled(self, style: str, rule_pt: float | None) -> str:
        """The id of a style as it is, but under a rule at this distance."""
        own = self._own[style]
        if self._rule(rule_pt) is None:
            return style
        return self.head(style, HeadLook(own.size_pt, own.line_pt, own.before_pt, own.after_pt, rule_pt))

    def _rule(self, distance_pt: float | None) -> tuple[str, float, float, Cmyk] | None:
        if distance_pt is None or self._rules.article_pt <= 0:
            return None
        return ("top", self._rules.article_pt, distance_pt, self._rules.colour)

    def boxed(self, style: str, sides: tuple[str, ...] = SIDES) -> str:
        """The id of a style in a box: neighbours with the same sides stand in one."""
        key = (style, sides)
        if key not in self._made:
            own = self._own[style]
            self._made[key] = self._boxed(self._variant(own, f"花边{own.name}"), sides)
        return self._made[key].id

    def _variant(self, own: WordStyle, name: str) -> WordStyle:
        """Under a name that no other style has."""
        names = {made.name for made in self._made.values()}
        number = next(n for n in range(1, len(names) + 2) if (name if n == 1 else f"{name} {n}") not in names)
        ident = f"{own.id}Look{len(self._made) + 1}"
        return replace(
            own, id=ident, name=name if number == 1 else f"{name} {number}", based_on=own.id, builtin=False, alias="",
            bears_mark=False,
        )  # fmt: skip

    def _boxed(self, style: WordStyle, sides: tuple[str, ...]) -> WordStyle:
        """With a border at the column's edges: Word draws it outside the indents, as far off as `space` says."""
        if not sides:
            return style
        boxes, pad_pt = self._layout.boxes, box_padding_pt(self._layout)
        line = {
            "val": "thickThinSmallGap" if boxes.inner_rule_pt else "single",
            "sz": max(4, round(boxes.rule_pt * 8)),
            "color": rgb(boxes.colour),
        }
        upright = {"left", "right"}
        around = "".join(
            element(side, {**line, "space": pad_pt if side in upright else pad_pt // 2})
            for side in SIDES
            if side in sides
        )
        return replace(style, box=around, inset_pt=pad_pt, rule=None)
