"""The source's lines as the parser sees them: stripped, measured, with jump marks cut off.

In: a Source. Out: the lines that say something, each with its place, indent, width and the number
of blank lines above it. Widths are in ems: a full-width character 1, an ASCII one ½.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

import numpy as np
import numpy.typing as npt

from typeset.model.source import Source
from typeset.parse import kinds
from typeset.parse.glance import Floats, Ints, glances
from typeset.parse.text import em_width
from typeset.parse.text import is_final as text_is_final

TAB_EM = 2.0
HANZI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "十": 10}

_PAGE = r"第?\s*([A-Za-z]?\d{1,3}|[〇零一二三四五六七八九十]{1,3})\s*[版页頁]"
_OUT_WORDS = r"(?:下转|下轉|转接?|轉接?|紧接|緊接)"
_IN_WORDS = r"(?:上接|紧接|緊接|接)"
JUMP_OUT = re.compile(
    rf"[（(【\[]?\s*[▲△▶→]?\s*(?:请看|本文)?{_OUT_WORDS}\s*{_PAGE}[^。，）)】\]]{{0,16}}[）)】\]]?$"
)
JUMP_IN = re.compile(
    rf"[（(【\[]\s*[▲△◀←①-⑳]?\s*(?:文章)?{_IN_WORDS}\s*{_PAGE}[^。，）)】\]]{{0,16}}[）)】\]]|^{_IN_WORDS}{_PAGE}"
)
_JUMP_CUT = re.compile(
    rf"[（(【\[]\s*[▲△▶→①-⑳]?\s*(?:请看|本文)?(?:{_OUT_WORDS}|{_IN_WORDS})[^）)】\]。，]{{0,8}}$"
)
_JUMP_CLOSE = re.compile(r"[^（(。，]{0,7}[）)】\]]")
_JUMP_HINT = re.compile("[转轉接]")
_PAGE_WORD = re.compile("[版页頁]")
"""No jump mark is without one of these."""


class Line(NamedTuple):
    """A line, or what a jump mark left of it: `text` stands at `column` of source line `number`.

    `jump` is "out" or "in" for a jump mark (下转/上接), whose `page` is the page it names; a mark
    may carry its article's title. `hints` are the kinds of characters in it (kinds.py), `is_final`
    says that a sentence ends with it.
    """

    number: int
    column: int
    text: str
    indent: float
    blanks: int
    jump: str
    page: str
    width: float
    hints: int
    is_final: bool


@dataclass(frozen=True, slots=True)
class Lines(Sequence[Line]):
    """The lines, and their measures a row of an array each: (lines,); indents and widths in ems."""

    items: list[Line]
    hints: Ints
    widths: Floats
    indents: Floats
    blanks: Ints
    is_final: npt.NDArray[np.bool_]
    commas: Ints

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        return self.items[at]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Line]:
        return iter(self.items)

    def having(self, kind: int) -> list[int]:
        """The places of the lines that may have such characters."""
        places: list[int] = (self.hints & kind).nonzero()[0].tolist()
        return places


_Piece = tuple[int, int, str, float, int, str, str]
"""A line before it is measured: a Line's first seven fields."""


_new_line = functools.partial(tuple.__new__, Line)
"""A Line of a tuple of its fields."""


def _indent_em(lead: str) -> float:
    """The width of leading blanks: a no-break space is as narrow as a plain one."""
    return em_width(lead) + (TAB_EM - 0.5) * lead.count("\t") - 0.5 * lead.count("\xa0")


def source_lines(source: Source, start: int = 0, stop: int | None = None) -> Lines:
    """The lines that are not blank, in order; of the source's lines from `start` up to `stop`."""
    raw_lines = source.lines if start == 0 and stop is None else source.lines[start:stop]
    pieces = list(_pieces(raw_lines, start))
    columns = list(zip(*pieces, strict=True)) or [()] * 7
    texts: Sequence[str] = columns[2]
    hints, widths, commas = glances(texts)
    is_final = (hints & kinds.FINAL_END) != 0
    for at in (hints & kinds.MAYBE_FINAL_END).nonzero()[0].tolist():
        is_final[at] = text_is_final(texts[at])
    fields = zip(*columns, widths.tolist(), hints.tolist(), is_final.tolist(), strict=True)
    items: list[Line] = list(map(_new_line, fields))
    return Lines(items, hints, widths, np.array(columns[3]), np.array(columns[4], np.int64), is_final, commas)


def _mended(raw_lines: tuple[str, ...], marked: set[int]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; a jump mark that a measure cut in two （下转A4|版） is put together."""
    rest: str | None = None
    for number, raw in enumerate(raw_lines):
        line, rest = (raw, None) if rest is None else (rest, None)
        if (
            number in marked
            and number + 1 < len(raw_lines)
            and line[-1:] != "）"
            and _JUMP_HINT.search(line[-12:])
        ):
            below = raw_lines[number + 1].lstrip()
            opened = _JUMP_CUT.search(line.rstrip())
            closed = _JUMP_CLOSE.match(below) if opened else None
            if closed is not None:
                line, rest = line.rstrip() + closed[0], below[closed.end() :]
        yield number, line


def _pieces(raw_lines: tuple[str, ...], first: int) -> Iterator[_Piece]:
    marked = {n for n, line in enumerate(raw_lines) if "转" in line or "接" in line or "轉" in line}
    blanks = 0
    indents = {"": 0.0}
    for number, raw in _mended(raw_lines, marked) if marked else enumerate(raw_lines):
        text = raw.strip()
        if not text:
            blanks += 1
            continue
        lead = "" if raw[0] == text[0] else raw[: raw.find(text[0])]
        indent = indents.get(lead)
        if indent is None:
            indent = indents[lead] = _indent_em(lead)
        piece = first + number, len(lead), text, indent, blanks, "", ""
        if number in marked and _PAGE_WORD.search(text):
            yield from _cut_jumps(piece)
        else:
            yield piece
        blanks = 0


def _cut_jumps(line: _Piece) -> Iterator[_Piece]:
    """A line's jump marks and its words apart, in order."""
    text = line[2]
    out = JUMP_OUT.search(text)
    if out is not None:
        if out.start():
            yield from _cut_jumps(_part(line, 0, out.start()))
        yield _part(line, out.start(), len(text), "out", page_number(out[1]))
        return
    into = JUMP_IN.search(text)
    if into is None or (into.start() and into.end() < len(text)) or into.start() > 40:
        yield line
        return
    page = page_number(into[1] or into[2])
    yield _part(line, 0, into.end(), "in", page)
    if into.end() < len(text):
        yield _part(line, into.end(), len(text))


def _part(line: _Piece, start: int, end: int, jump: str = "", page: str = "") -> _Piece:
    number, first, text, indent, blanks, _, _ = line
    whole = text[start:end]
    part = whole.strip()
    column = first + start + whole.find(part[:1])
    return (
        (number, column, part, indent, blanks, jump, page)
        if start == 0
        else (number, column, part, 0.0, 0, jump, page)
    )


def page_number(text: str) -> str:
    """`3`, `三`, `A3` and `十二` as one spelling."""
    if text[-1:].isdigit():
        return text.upper().lstrip("0") or "0"
    total = 0
    for char in text:
        digit = HANZI_DIGITS.get(char, 0)
        total = (total or 1) * 10 if digit == 10 else total + digit
    return str(total)
