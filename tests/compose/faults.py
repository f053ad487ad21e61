"""What a slip of `typeset galley --json` breaks of typography.md, by rule: every line weighed by the oracle.

In: a paragraph, its slip as the command prints it, measure and indent. Out: one line of words for each fault.
"""

from __future__ import annotations

import re
from typing import Any

from tests.compose.oracle import ADDRESS, EPS, Paragraph, advance


def faults(text: str, slip: dict[str, Any], measure: float, indent: float, **house: Any) -> list[str]:
    """Every rule that a slip breaks, by id."""
    p = Paragraph(text, **house)
    out: list[str] = []
    lines = slip["lines"]
    for n, line in enumerate(lines):
        is_last = n == len(lines) - 1
        out += _line_faults(p, line, measure, indent if n == 0 else 0.0, is_last, is_first=n == 0)
        if n:
            out += _seam_faults(p, lines[n - 1], line, measure)
    fits = not any(line["unfit"] for line in lines)
    if (
        p.is_known()
        and fits
        and len(lines) > 1
        and not p.ends_well(lines[-1]["start"])
        and p.settings(measure, indent, 1)
    ):
        out.append(f"T09 {lines[-1]['text']}")
    if p.is_known() and not any(line["text"].endswith("-") for line in lines):
        out += _choice_faults(p, slip, measure, indent)
    return out


def _seam_faults(p: Paragraph, above: dict[str, Any], below: dict[str, Any], measure: float) -> list[str]:
    at = below["start"]
    if at >= len(p.text) or p.levels[at] or above["text"].endswith("-") or above["unfit"]:
        return []
    if any(m.start() < at < m.end() for m in ADDRESS.finditer(p.text)) and p.text[at - 1] in "/.-_?&=@":
        return []
    if p.text[at - 1] == "-" and p.text[at - 2].isalpha() and p.text[at].isalpha():
        return []
    last, next_ = at - 1, at + 1
    while last > 0 and not p.levels[last]:
        last -= 1
    while next_ < len(p.text) and not p.levels[next_]:
        next_ += 1
    room = measure - above["x_em"][0] if above["x_em"] else measure
    if min(p.box[last:next_], default=0.0) < 0 or p.natural(*p.trimmed(last, next_))[0] > room:
        return []  # longer than its line: T05's and T06's last clauses
    return [f"T01-T06 {above['text']}|{below['text']}"]


def _line_faults(
    p: Paragraph, line: dict[str, Any], measure: float, indent: float, is_last: bool, is_first: bool
) -> list[str]:
    out: list[str] = []
    first, last = line["start"], line["end"]
    xs, advances, shown = line["x_em"], line["advance_em"], line["text"]
    if shown not in (p.text[first:last], p.text[first:last] + "-"):
        return [f"text {shown}"]
    if not len(xs) == len(advances) == len(shown):
        return ["lengths"]
    if not shown:
        return out
    if abs(xs[0] - indent) > EPS:
        out.append(f"T26 x {xs[0]} {shown}")
    base = 0
    for i in range(1, len(shown)):
        if i < last - first and p.kinds[first + i] == "joined":
            if abs(xs[i] - xs[base]) > EPS or advances[i]:
                out.append(f"T12 {shown}")
            continue
        if abs(xs[base] + advances[base] - xs[i]) > 2e-4 * (i + 1):
            out.append(f"abut {i} {shown}")
        base = i
    right = xs[base] + advances[base]
    if abs(right - line["width_em"]) > 2e-3:
        out.append(f"width {shown}")
    if (
        not is_last
        and not line["unfit"]
        and abs(right - measure) > 0.05
        and not (p.hangs and right > measure)
    ):
        out.append(f"T24 edge {right} {shown}")
    if right > measure + 0.05 + (0.5 if p.hangs else 0.0) and len(shown) > 1:
        out.append(f"overfull {right} {shown}")
    hyphened = len(shown) > last - first
    if p.is_known() or all(p.box[i] >= 0 for i in range(first, last)):
        out += _tier_faults(p, line, measure, indent, is_last, hyphened)
    return out


def _tier_faults(
    p: Paragraph, line: dict[str, Any], measure: float, indent: float, is_last: bool, hyphened: bool
) -> list[str]:  # fmt: skip
    """T20-T25: what each box lost or got against its natural width, in the order of T24."""
    first, last = line["start"], line["end"]
    width, boxes = p.natural(first, last)
    width += advance("-") if hyphened else 0.0
    slack = measure - indent - width
    got = {i: line["advance_em"][i - first] for i in range(first, last)}
    tail = p.tail(last - 1)
    if is_last and slack >= tail - EPS:
        boxes[last - 1] += tail
    elif is_last and slack >= -EPS:
        slack = 0.0  # T21 decides
    hang = p.hang(last) if slack < -EPS else 0.0
    slack += hang
    changes = p.by_cluster({i: got[i] - boxes[i] for i in boxes}, first)
    out: list[str] = []
    shown = line["text"]
    end = max(p.base[last - 1], first)
    if end != first and abs(changes[end]) > 3e-4 and (last - 1 == end or slack > 0):
        out.append(f"T21/T22 end {shown} {changes[end]:.3f}")
    if abs(slack) < EPS or (is_last and slack > 0):
        if any(abs(c) > 3e-4 for c in changes.values()):
            out.append(f"T24/T28 natural {shown} " + _told(p, changes))
        return out
    inner = range(first, last - 1)
    rooms = [
        {i: (p.closing(i, i == first) if slack < 0 else p.opening(i, measure))[t] for i in inner}
        for t in range(5 if slack < 0 else 3)
    ]
    wanted = abs(slack)
    due = dict.fromkeys(inner, 0.0)
    for room in rooms:
        total = sum(room.values())
        share = min(1.0, wanted / total) if total > 1e-9 else 0.0
        for i, r in room.items():
            due[i] += share * r
        wanted -= share * total
    if wanted > 0.02:
        if not line["unfit"]:
            out.append(f"T24 not told unfit {shown}")
        return out
    if line["unfit"]:
        out.append(f"T24 told unfit {shown}")
    sign = -1 if slack < 0 else 1
    due = p.by_cluster(due, first)
    wrong = {
        i: changes[i] - sign * due.get(i, 0.0)
        for i in changes
        if abs(changes[i] - sign * due.get(i, 0.0)) > 3e-3
    }
    if wrong:
        out.append(f"T24 tiers {shown} slack {slack:.3f} " + _told(p, wrong))
    narrow = {i - first for i in got if p.kinds[i] in ("stop", "close", "open") and got[i] < 0.96}
    if narrow != set(line["squeezed"]):
        out.append(f"squeezed {shown} {sorted(narrow)} {line['squeezed']}")
    return out


def _told(p: Paragraph, changes: dict[int, float]) -> str:
    return " ".join(f"{p.text[i]}{c:+.3f}" for i, c in changes.items() if abs(c) > 3e-4)


def _choice_faults(p: Paragraph, slip: dict[str, Any], measure: float, indent: float) -> list[str]:
    """T08, and the least and greatest count of lines."""
    found = p.settings(measure, indent) or p.settings(measure, indent, 1)
    unfit = any(line["unfit"] for line in slip["lines"])
    if any(c in p.text for c in "@") or re.search("[A-Za-z]{5}|[A-Za-z]-[A-Za-z]|//|www", p.text):
        return []  # further breaks than the oracle knows (T06)
    if not found:
        if unfit or not p.text.strip() or p.has_unit_over(measure - indent):  # T05's and T06's last clauses
            return []
        return [] if p.settings(measure, indent, 1, tails=False) else [f"T24 fits? {p.text}"]
    if unfit:
        return [f"T24 unfit without need: {p.text}"]
    out = []
    if (slip["min_lines"], slip["max_lines"]) != (min(found), max(found)):
        out.append(f"counts {slip['min_lines']}-{slip['max_lines']} want {min(found)}-{max(found)}")
    cost = sum(p.cost(line["start"] if n else 0, nxt, measure, indent) or 0.0
               for n, (line, nxt) in enumerate(zip(slip["lines"], _ends(p, slip), strict=True)))  # fmt: skip
    best = min(found.values())
    if cost > 1.001 * best + 0.02:
        out.append(f"T08 cost {cost:.3f} best {best:.3f}")
    return out


def _ends(p: Paragraph, slip: dict[str, Any]) -> list[int]:
    return [*(line["start"] for line in slip["lines"][1:]), len(p.text)]
