"""What a press can't print, found in a layout before any page is made: ink, hairlines, rich black, a wrong profile.

In: a layout and the YAML it came from. Out: nothing, or a TypesetError at the line of the wrong value.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from typeset.inks.profiles import intent_of
from typeset.model.findings import Place, TypesetError, Words
from typeset.model.layout import Cmyk, Layout

HAIRLINE_PT = 0.25
"""The thinnest line that a plate holds (Ghent PDF Workgroup)."""
_RICH_FROM = 50.0
_TEXT_INKS = 2


def check_press(layout: Layout, root: yaml.Node | None, path: Path) -> None:
    """Raises TypesetError at the first value that can't be printed as the layout's `print` says."""
    _check_intent(layout, root, path)
    limit = layout.print.most_ink
    for keys, colour, is_text in _colours(layout):
        place = _place(root, keys, path)
        name = ".".join(keys)
        if any(not 0 <= part <= 100 for part in colour):
            raise TypesetError(
                Words(f"{name}: {_said(colour)} is no CMYK in per cent", f"{name}：{_said(colour)} 不是 0–100 的 CMYK"),
                Words("write four numbers from 0 to 100", "请写四个 0 到 100 的数"), place,
            )  # fmt: skip
        if sum(colour) > limit:
            raise TypesetError(
                Words(f"{name}: {sum(colour):g} % of ink, {layout.print.condition} takes {limit:g} %",
                      f"{name}：总墨量 {sum(colour):g}%，{layout.print.condition} 限 {limit:g}%"),
                Words("take less of the inks", "请减少墨量"), place,
            )  # fmt: skip
        if not sum(colour):
            raise TypesetError(
                Words(f"{name}: white ink on white paper", f"{name}：白纸上印白色，看不见"),
                Words("give it some ink", "请给出墨量"), place,
            )  # fmt: skip
        inks = sum(part > 0 for part in colour)
        if is_text and (inks > _TEXT_INKS or (colour[3] > _RICH_FROM and inks > 1)):
            raise TypesetError(
                Words(f"{name}: text in {inks} inks never registers on a press", f"{name}：文字用 {inks} 色，套印不准"),
                Words("black text is [0, 0, 0, 100]; coloured text takes two inks at most", "黑字写 [0, 0, 0, 100]，彩色字至多两色"),
                place,
            )  # fmt: skip
    for keys, width, thinnest in _widths(layout):
        if 0 < width < thinnest:
            raise TypesetError(
                Words(f"{'.'.join(keys)}: a line of {width:g} pt may vanish on the plate", f"{'.'.join(keys)}：{width:g} pt 的线印不牢"),
                Words(f"take {thinnest:g} pt or more, or 0 for none", f"请用 {thinnest:g} pt 以上，或 0 不要线"),
                _place(root, keys, path),
            )  # fmt: skip


def _check_intent(layout: Layout, root: yaml.Node | None, path: Path) -> None:
    try:
        intent = intent_of(layout.print, path.parent)
    except TypesetError as error:
        keys = ("print", "icc") if layout.print.icc else ("print", "condition")
        raise TypesetError(error.message, error.next_step, _place(root, keys, path)) from None
    version = intent.profile.version if intent and intent.profile else 0
    if layout.print.profile == "x1a" and version > 2:
        raise TypesetError(
            Words(f"print.icc: PDF/X-1a takes ICC profiles of version 2, this is {version}", f"print.icc：PDF/X-1a 只收第 2 版 ICC，这是第 {version} 版"),
            Words("give a version 2 profile, or take profile x4", "请换第 2 版的特性文件，或改用 x4"),
            _place(root, ("print", "icc"), path),
        )  # fmt: skip
    for name in layout.print.spots:
        if name in ("All", "None", "Cyan", "Magenta", "Yellow", "Black") or not name.strip():
            raise TypesetError(
                Words(f"print.spots: {name!r} is no spot ink's name", f"print.spots：{name!r} 不是专色名"),
                Words("write the ink's own name, such as PANTONE 185 C", "请写专色名，如 PANTONE 185 C"),
                _place(root, ("print", "spots", name), path),
            )  # fmt: skip


def _colours(layout: Layout) -> Iterator[tuple[tuple[str, ...], Cmyk, bool]]:
    """Every colour with its keys, and whether it is of small text."""
    yield ("masthead", "colour"), layout.masthead.colour, False
    yield ("headline", "colour"), layout.headline.colour, False
    yield ("rules", "colour"), layout.rules.colour, False
    for name, drawn in (("tables", layout.tables), ("quotes", layout.quotes), ("notes", layout.notes)):
        yield (name, "colour"), drawn.colour, False
    for role, style in layout.styles.items():
        yield ("styles", role, "colour"), style.colour, True
    for name, colour in layout.print.spots.items():
        yield ("print", "spots", name), colour, False


def _widths(layout: Layout) -> Iterator[tuple[tuple[str, ...], float, float]]:
    """Every rule's width in points, and the least it may have; the masthead's second rule is half its first."""
    yield ("rules", "column"), layout.rules.column_pt, HAIRLINE_PT
    yield ("rules", "article"), layout.rules.article_pt, HAIRLINE_PT
    yield ("folio", "rule"), layout.folio.rule_pt, HAIRLINE_PT
    yield ("masthead", "rule"), layout.masthead.rule_pt, 2 * HAIRLINE_PT
    yield ("tables", "rule"), layout.tables.rule_pt, HAIRLINE_PT
    yield ("tables", "head_rule"), layout.tables.head_rule_pt, HAIRLINE_PT
    yield ("quotes", "rule"), layout.quotes.rule_pt, HAIRLINE_PT
    yield ("quotes", "foot_rule"), layout.quotes.foot_rule_pt, HAIRLINE_PT
    yield ("notes", "rule"), layout.notes.rule_pt, HAIRLINE_PT


def _said(colour: Cmyk) -> str:
    return "[" + ", ".join(f"{part:g}" for part in colour) + "]"


def _place(root: yaml.Node | None, keys: tuple[str, ...], path: Path) -> Place:
    """The line of a key, or of the nearest one above it that is there."""
    node, line = root, 1
    for key in keys:
        if not isinstance(node, yaml.MappingNode):
            break
        found = next(((k, v) for k, v in node.value if k.value == key), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return Place(str(path), line)
