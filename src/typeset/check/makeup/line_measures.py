"""Measures of lines: forbidden marks, split numbers, tracking, gaps, edges, lone characters, broken words."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from statistics import median

from typeset.check.makeup.pages import PageRead, Reading
from typeset.check.makeup.paragraphs import in_order
from typeset.check.makeup.pieces import CLOSES, MARKS, OPENS, STOPS, TRIMMED, SetLine, is_han
from typeset.check.makeup.report import Book, Spot
from typeset.model.findings import Words

NO_START, NO_END = set(STOPS + CLOSES + "·・‧％‰℃)],.!?;:"), set(OPENS + "([")
_NUMBER = re.compile(r"[0-9](?:[0-9%％‰℃°十百千万亿]|[.,：:/][0-9])|[.,][0-9]|[¥￥$][0-9]|[0-9]—[0-9]|—[0-9]")
EDGE_EM, OPEN_EM, TIGHT_EM, EVEN_EM = 0.05, 0.10, -0.035, 0.12
NARROW_EM, NARROW_OPEN_EM = 10.0, 0.15


def measure_lines(reading: Reading, book: Book) -> None:
    body = reading.body_lines()
    if not body:
        return
    _breaks(reading, body, book)
    _numbers(reading, book)
    book.put("K8.single", [
        _spot(line, "one character alone", "单字成行")
        for line in body
        if line.ends and not line.starts and sum(c not in MARKS for c in line.chars) < 2
    ])  # fmt: skip
    _tracking(reading, book)
    _edges(reading, book)
    _over(reading, book)
    _words(reading, book)


def _spot(line: SetLine, en: str, zh: str) -> Spot:
    return Spot(line.page, line.quoted(), Words(en, zh))


def _breaks(reading: Reading, body: list[SetLine], book: Book) -> None:
    shown = body + [line for page in reading.pages for head in page.heads for line in head.lines]
    shown += [line for c in reading.columns() for line in c.lines if line.kind == "subhead"]
    starts = [line for line in shown if line.chars[0] in NO_START and not _is_western(line)]
    ends = [line for line in shown if line.chars[-1] in NO_END]
    book.put("K9.start", [_spot(n, f"begins with {n.chars[0]}", f"以“{n.chars[0]}”起行") for n in starts])
    book.put("K9.end", [_spot(n, f"ends with {n.chars[-1]}", f"以“{n.chars[-1]}”收行") for n in ends])


def _is_western(line: SetLine) -> bool:
    """A number such as .5 or a word such as ’s may begin a line of figures."""
    return line.chars[0].isascii() and len(line.chars) > 1 and line.chars[1].isascii()


def _numbers(reading: Reading, book: Book) -> None:
    numbers, dashes = [], []
    for a, b in in_order(reading):
        tail, lead = a.text[-1], b.text[:2]
        if tail in "—…" and lead[0] == tail:
            dashes.append(_spot(a, f"{tail} goes on in the next line", f"“{tail}”拆成两行"))
        match = _NUMBER.match(tail + lead)
        is_dash = tail == "—" and (len(a.text) < 2 or not a.text[-2].isdigit())
        is_point = tail in ".," and (len(a.text) < 2 or not a.text[-2].isdigit())
        if match and not is_dash and not is_point and 0 not in b.spaced:
            numbers.append(
                _spot(
                    a, f"a number goes on in the next line: {b.text[:5]}", f"数字拆行，下行为“{b.text[:5]}”"
                )
            )
    book.put("K9.number", numbers)
    book.put("K9.dash", dashes)


def _tracking(reading: Reading, book: Book) -> None:
    wide, tight, uneven, values = [], [], [], []
    for column in reading.columns():
        narrow = column.right - column.left < NARROW_EM * reading.body_pt
        most = NARROW_OPEN_EM if narrow else OPEN_EM
        for line in column.body:
            gaps = _gaps(line)
            if not gaps:
                continue
            usual = median(gap for gap, _ in gaps)
            values.append(usual)
            if not line.ends:
                if usual > most + 0.005:
                    wide.append(_spot(line, f"{usual:+.3f} em", f"{usual:+.3f} 字"))
                if usual < TIGHT_EM - 0.005:
                    tight.append(_spot(line, f"{usual:+.3f} em", f"{usual:+.3f} 字"))
            elif usual > most + 0.005:
                wide.append(_spot(line, f"{usual:+.3f} em", f"{usual:+.3f} 字"))
            far = [(gap, at) for gap, at in gaps if abs(gap - usual) > EVEN_EM and not _is_unit(line, at)]
            if far:
                gap, at = far[0]
                pair = line.chars[at] + line.chars[at + 1]
                uneven.append(
                    _spot(
                        line,
                        f"{gap:+.3f} em in {pair}, {usual:+.3f} else",
                        f"“{pair}”间 {gap:+.3f} 字，余为 {usual:+.3f} 字",
                    )
                )
    if values:
        book.put("K15.tracking", wide, f"{max(values):+.3f} em")
        book.put("K15.tight", tight, f"{min(values):+.3f} em")
        book.put("K15.even", uneven)


def _gaps(line: SetLine) -> list[tuple[float, int]]:
    """White between two ideographs, in ems, where no blank was typed."""
    return [
        ((line.us[n + 1] - line.us[n] - line.steps[n]) / line.size_pt, n)
        for n in range(len(line.chars) - 1)
        if is_han(line.chars[n]) and is_han(line.chars[n + 1]) and n + 1 not in line.spaced
    ]


def _is_unit(line: SetLine, at: int) -> bool:
    return abs(line.steps[at] - line.size_pt) > 0.06 * line.size_pt


def _edges(reading: Reading, book: Book) -> None:
    """Both edges flush, but a paragraph's last line at the right and its first at the left, which is indented."""
    edges, indents = [], []
    for column in reading.columns():
        if len(column.body) < 3:
            continue
        for line in column.body:
            if line.role not in ("", "para"):
                continue
            off = min(abs(left - column.left) for left in line.lefts()) / line.size_pt
            if line.starts:
                ems = [(left - column.left) / line.size_pt for left in line.lefts()]
                if all(
                    abs(em - due) > 0.06
                    for em in ems
                    for due in (2.0, 1.5 if line.chars[0] in OPENS else 2.0)
                ):
                    indents.append(_spot(line, f"{ems[0]:.2f} em", f"{ems[0]:.2f} 字"))
            elif off > EDGE_EM:
                edges.append(_spot(line, f"left {off:+.2f} em", f"左 {off:+.2f} 字"))
            away = min((right - column.right for right in line.rights()), key=abs) / line.size_pt
            if away > EDGE_EM or (not line.ends and away < -EDGE_EM):
                edges.append(_spot(line, f"right {away:+.2f} em", f"右 {away:+.2f} 字"))
    book.put("K17.edges", edges)
    book.put("K17.indent", indents)


def _over(reading: Reading, book: Book) -> None:
    """Characters whose inner parts cover another's, and body text on a picture."""
    spots = []
    for page in reading.pages:
        spots += _covered(page, reading.body_pt)
        for picture in page.pictures:
            spots += [
                _spot(line, "on a picture", "压在图片上")
                for column in page.columns
                for line in column.body
                if picture[0] < (line.u0 + line.u1) / 2 < picture[2]
                and picture[1] < line.v - 0.4 * line.size_pt < picture[3]
            ]
    book.put("K2.over", spots)


def _covered(page: PageRead, body_pt: float) -> list[Spot]:
    cell = 2.0 * body_pt
    grid: dict[tuple[int, int], list[tuple[float, float, float, float, SetLine, int]]] = defaultdict(list)
    out = []
    for line in page.lines:
        _, v0, _, v1 = line.box()
        deep = 0.22 * (v1 - v0)
        for n, (u, step, char) in enumerate(zip(line.us, line.steps, line.chars, strict=True)):
            if char in MARKS or step <= 0:
                continue
            ink = (u + 0.22 * step, v0 + deep, u + 0.78 * step, v1 - deep)
            for key in {(int(a // cell), int(b // cell)) for a in (ink[0], ink[2]) for b in (ink[1], ink[3])}:
                for other in grid[key]:
                    if other[4] is line and abs(other[5] - n) < 1:
                        continue
                    if min(ink[2], other[2]) > max(ink[0], other[0]) and min(ink[3], other[3]) > max(
                        ink[1], other[1]
                    ):
                        fault = Words(
                            f"{char} stands on {other[4].quoted()}", f"“{char}”压在{other[4].quoted()}上"
                        )
                        out.append(Spot(page.number, line.quoted(), fault))
                        break
                grid[key].append((*ink, line, n))
    return list(dict.fromkeys(out))


def _words(reading: Reading, book: Book) -> None:
    """A word of the lexicon on its text's likeliest path, parted by a headline's line end."""
    heads = [head for page in reading.pages for head in page.heads if len(head.headline()) > 1]
    if not heads:
        return
    from typeset.lexicon.segment import lattice
    from typeset.lexicon.table import lexicon

    words = lexicon()
    spots = []
    for head in heads:
        lines = head.headline()
        for a, b in itertools.pairwise(lines):
            text = re.sub(r"[^\w]", "，", a.text + b.text)
            at = len(a.text)
            whole = [(s, e) for s, e in lattice(words, text).path() if s < at < e and e - s <= 4]
            if whole and a.chars[-1] not in TRIMMED and b.chars[0] not in OPENS:
                word = text[whole[0][0] : whole[0][1]]
                spots.append(Spot(head.page, head.quoted(), Words(f"“{word}” is broken", f"“{word}”被断开")))
    book.put("K16.words", spots)
