"""The layout's JSON beside the PDF: which article and role each line has, and whether both say the same.

In: `STEM.layout.json` and the lines read from the PDF. Out: the lines told apart, and what was lost, added or moved.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typeset.check.makeup.pieces import SetLine, plain
from typeset.check.makeup.report import Spot
from typeset.check.preflight.document import Box
from typeset.model.findings import Place, TypesetError, Words

PLACE_PT = 0.1
_MOST_BYTES = 200_000_000
_NEAR_EM = 0.45
_FURNITURE = ("masthead", "folio", "colophon")


@dataclass(frozen=True, slots=True)
class Due:
    """A line that the layout has; `u` and `v` as in `pieces`."""

    page: int
    text: str
    u: float
    v: float
    width_pt: float
    size_pt: float
    role: str
    article: str
    block: int
    is_vertical: bool
    is_after_blank: bool
    """A blank was dropped at the end of the line before."""
    indent_em: float = 0.0


@dataclass(frozen=True, slots=True)
class LayoutFile:
    lines: tuple[Due, ...]
    frames: tuple[tuple[int, str, Box], ...]
    """Page, article, box in the trim's own points."""
    articles: tuple[str, ...]
    """In the order of priority: as the bulletin has them."""


@dataclass(slots=True)
class Compared:
    """What the PDF has otherwise than the layout."""

    lost: list[Spot] = field(default_factory=list)
    added: list[Spot] = field(default_factory=list)
    swapped: list[Spot] = field(default_factory=list)
    moved: list[Spot] = field(default_factory=list)


def read_layout_file(path: Path) -> LayoutFile:
    """Raises TypesetError for what is no layout of ours."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("too large")
        value = json.loads(path.read_text(encoding="utf-8"))
        lines = tuple(_lines(value))
        frames = tuple(
            (int(page["number"]), str(frame["article"]), _frame_box(frame["box_pt"]))
            for page in value["pages"]
            for frame in page["frames"]
        )
    except OSError:
        raise _wrong(path, "the file can't be read", "文件读不出") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _wrong(path, "no layout that typeset make wrote", "不是 typeset make 写出的版面文件") from None
    named = dict.fromkeys(article for _, article, _ in frames)
    return LayoutFile(lines, frames, tuple(sorted(named, key=_rank)))


def _wrong(path: Path, en: str, zh: str) -> TypesetError:
    step = Words("make one with --formats pdf,json", "请用 --formats pdf,json 生成")
    return TypesetError(Words(en, zh), step, Place(str(path)))


def _rank(name: str) -> tuple[int, str]:
    digits = "".join(c for c in name if c.isdecimal())
    return int(digits) if digits and len(digits) < 9 else 0, name


def _frame_box(value: Any) -> Box:
    x, y, width, height = (float(v) for v in value)
    return x, y, x + width, y + height


def _lines(value: Any) -> Iterator[Due]:
    width = float(value["sheet_pt"][0])
    for page in value["pages"]:
        number = int(page["number"])
        for frame in page["frames"]:
            before: Any = None
            for line in frame["lines"]:
                yield _due(line, number, str(frame["article"]), width, before)
                before = line
        yield from (_due(line, number, "", width, None) for line in page["furniture"])


def _due(line: Any, page: int, article: str, width: float, before: Any) -> Due:
    x, y = float(line["x_pt"]), float(line["baseline_pt"])
    is_vertical = bool(line["vertical"])
    u, v = (y, width - x) if is_vertical else (x, y)
    return Due(
        page, str(line["text"]), u, v, float(line["width_pt"]), float(line["size_pt"]), str(line["role"]), article,
        int(line["block"]), is_vertical, before is not None and 0 < int(before["end"]) < int(line["start"]),
        float(line.get("indent_em", 0.0)),
    )  # fmt: skip


def tell_apart(lines: Sequence[SetLine], layout: LayoutFile) -> Compared:
    """Give every line that the layout has its role, article and paragraph; gather the differences."""
    out = Compared()
    rows: dict[tuple[int, bool, int], list[SetLine]] = defaultdict(list)
    for line in lines:
        rows[line.page, line.is_vertical, round(line.v)].append(line)
    taken: set[int] = set()
    missing: list[Due] = []
    for due in layout.lines:
        text = plain(due.text)
        if text and due.role in _FURNITURE and _is_shown(due, text, rows, taken):
            continue
        if text:
            found = _found(due, text, rows, taken)
            if found:
                _compare(due, text, found, out)
                taken.update(map(id, found))
            else:
                missing.append(due)
    spare = [line for line in lines if id(line) not in taken]
    _moved_far(missing, spare, taken, out)
    for line in spare:
        if id(line) not in taken:
            fault = Words("not in the layout", "版面文件中没有")
            out.added.append(Spot(line.page, line.quoted(), fault))
    _ends(layout, lines)
    return out


def _is_shown(due: Due, text: str, rows: dict[tuple[int, bool, int], list[SetLine]], taken: set[int]) -> bool:
    """Furniture may stand so close that two of its texts are one piece."""
    for v in range(round(due.v) - 1, round(due.v) + 2):
        for line in rows.get((due.page, due.is_vertical, v), ()):
            if abs(line.v - due.v) < PLACE_PT and text in plain(line.text):
                taken.add(id(line))
                line.role = due.role
                return True
    return False


def _found(
    due: Due, text: str, rows: dict[tuple[int, bool, int], list[SetLine]], taken: set[int]
) -> list[SetLine]:
    """The pieces of the PDF that stand where the line should, wide blanks or sizes parting them."""
    near = _NEAR_EM * due.size_pt
    reach = range(round(due.v - near), round(due.v + near) + 1)
    at = [
        line
        for v in reach
        for line in rows.get((due.page, due.is_vertical, v), ())
        if id(line) not in taken and abs(line.v - due.v) <= near and abs(line.size_pt - due.size_pt) < 0.3 * due.size_pt
        and line.u1 > due.u - 0.6 * due.size_pt and line.u0 < due.u + due.width_pt + 0.6 * due.size_pt
    ]  # fmt: skip
    whole = [line for line in at if plain(line.text) == text]
    if whole:
        return [min(whole, key=lambda line: abs(line.u0 - due.u))]
    at.sort(key=lambda line: line.u0)
    inside = [
        line
        for line in at
        if line.u0 > due.u - 0.7 * due.size_pt and line.u1 < due.u + due.width_pt + 0.7 * due.size_pt
    ]
    return inside or at[:1]


def _compare(due: Due, text: str, found: list[SetLine], out: Compared) -> None:
    for line in found:
        line.role, line.article = due.role, due.article
        line.paragraph = (due.article, due.block) if due.article else None
    first = found[0]
    if due.is_after_blank:
        first.spaced.add(0)
    seen = "".join(plain(line.text) for line in found)
    if seen == text:
        offs = [abs(first.v - due.v)]
        if due.article and not (due.is_vertical and text[0].isascii()):
            offs.append(min(abs(u - due.u - k * due.size_pt) for u in first.lefts() for k in _leads(due)))
        if max(offs) > PLACE_PT:
            out.moved.append(Spot(due.page, first.quoted(), _off(max(offs))))
        return
    lost, more = Counter(text) - Counter(seen), Counter(seen) - Counter(text)
    if lost:
        words = "".join(lost.elements())
        out.lost += [Spot(due.page, first.quoted(), Words(f"lacks “{words}”", f"缺“{words}”"))]
    if more:
        words = "".join(more.elements())
        out.added += [Spot(due.page, first.quoted(), Words(f"has “{words}” too many", f"多“{words}”"))]
    if not lost and not more:
        out.swapped.append(Spot(due.page, first.quoted(), Words(f"due: “{due.text}”", f"应为“{due.text}”")))


def _leads(due: Due) -> tuple[float, ...]:
    """Where a line may begin from its measure's edge: at it, or indented as the role is."""
    return (0.0, 2.0, 1.5, 1.0, -0.5, -0.25, 0.25, due.indent_em)


def _off(points: float) -> Words:
    return Words(f"{points:.2f} pt off its place", f"偏离原位 {points:.2f} pt")


def _moved_far(missing: list[Due], spare: list[SetLine], taken: set[int], out: Compared) -> None:
    """What is missing in one place and stands in another was moved; else it is lost."""
    by_text: dict[str, list[SetLine]] = defaultdict(list)
    for line in spare:
        by_text[plain(line.text)].append(line)
    for due in missing:
        others = by_text.get(plain(due.text))
        if others:
            line = others.pop()
            taken.add(id(line))
            line.role, line.article, line.paragraph = due.role, due.article, (due.article, due.block)
            off = ((line.u0 - due.u) ** 2 + (line.v - due.v) ** 2) ** 0.5
            out.moved.append(Spot(line.page, line.quoted(), _off(off)))
        elif due.role not in _FURNITURE or plain(due.text):
            out.lost.append(Spot(due.page, "", Words(f"“{due.text}” is not there", f"缺“{due.text}”")))


def _ends(layout: LayoutFile, lines: Sequence[SetLine]) -> None:
    """The first and the last line of every block."""
    blocks: dict[tuple[str, int], list[SetLine]] = defaultdict(list)
    for line in lines:
        if line.paragraph is not None and line.role == "para":
            blocks[line.paragraph].append(line)
    for found in blocks.values():
        found[0].starts = found[-1].ends = True
