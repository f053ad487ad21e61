"""Rules on fonts: embedded, whole, their widths and glyphs as the program has them, their text readable."""

from __future__ import annotations

import re
import unicodedata

from pikepdf import Dictionary, Stream

from typeset.check.preflight.cmaps import PREDEFINED
from typeset.check.preflight.document import name_of, number_of, text_of
from typeset.check.preflight.fonts_seen import FontSeen
from typeset.check.preflight.programs import SUITED, Program
from typeset.check.preflight.report import Ledger
from typeset.check.preflight.walk import Walk

_TAG = re.compile(r"[A-Z]{6}\+.+")
_WIDTH_SLACK = 1.01
_TRUE_COMPATIBLE = frozenset(
    (0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29)
)
"""Unified ideographs that stand in the compatibility block (Unicode, 12.1)."""
_FILLERS = frozenset((0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800))
_ODD = (
    (0xE000, 0xF8FF, "private use"), (0xF0000, 0x10FFFF, "private use"), (0x2E80, 0x2FDF, "a radical"),
    (0xF900, 0xFAFF, "a compatibility ideograph"), (0x2F800, 0x2FA1F, "a compatibility ideograph"),
    (0xFFFD, 0xFFFD, "the replacement character"), (0xFE30, 0xFE4F, "a vertical form"),
)  # fmt: skip


def check_fonts(walk: Walk, ledger: Ledger) -> None:
    tags: dict[str, FontSeen] = {}
    for font in walk.fonts.values():
        if font.subtype == "Type3" or not font.used:
            continue
        place = f"{font.label}, page {font.first_page}"
        _embedded(font, place, ledger)
        _tag(font, place, tags, ledger)
        if font.is_composite:
            _composite(font, place, ledger)
        _codes(font, place, ledger)


def _embedded(font: FontSeen, place: str, ledger: Ledger) -> None:
    program, fault = font.program, font.program_fault
    if font.is_printed:
        ledger.see("font.embedded", program is not None or fault, place, "not embedded", "embedded")
    if fault:
        ledger.see("font.program", False, place, fault[:80], "a readable font program")
    elif program is not None:
        inner = name_of(font.inner.get("/Subtype"))
        ledger.see("font.program", program.kind in SUITED.get(inner, ()), place, f"{program.kind} in {inner}",
                   " or ".join(SUITED.get(inner, ("a known subtype",))))  # fmt: skip


def _tag(font: FontSeen, place: str, tags: dict[str, FontSeen], ledger: Ledger) -> None:
    name = font.base_name
    if font.program is None:
        return
    descriptor = font.descriptor if isinstance(font.descriptor, Dictionary) else Dictionary()
    inner_names = {name_of(font.inner.get("/BaseFont")), name_of(descriptor.get("/FontName"))}
    right = (
        font.is_composite is False
        or inner_names == {name}
        or name.startswith(tuple(n for n in inner_names if n))
    )
    ledger.see("font.tag", right, place, " / ".join(sorted(inner_names | {name})), "one name")
    if "+" in name:
        ledger.see("font.tag", _TAG.fullmatch(name), place, name, "ABCDEF+Name")
        other = tags.setdefault(name, font)
        same = other is font or other.descriptor == font.descriptor
        ledger.see("font.tag", same, place, f"{name} used by two subsets", "a tag of its own")


def _composite(font: FontSeen, place: str, ledger: Ledger) -> None:
    see, encoding = ledger.see, font.font.get("/Encoding")
    if isinstance(encoding, Stream):
        inside = re.search(rb"/WMode\s+(\d)", bytes(encoding.read_bytes()))
        said = int(number_of(encoding.get("/WMode")))
        see(
            "font.cid",
            inside is None or int(inside[1]) == said,
            place,
            f"WMode {said} outside, {inside and inside[1]!r} inside",
            "equal",
        )
        _system_info(font, encoding, place, ledger)
    else:
        see(
            "font.cid",
            name_of(encoding) in PREDEFINED,
            place,
            f"Encoding {encoding}",
            "a CMap of table 118, or embedded",
        )
    if name_of(font.inner.get("/Subtype")) == "CIDFontType2" and font.program is not None:
        mapping = font.inner.get("/CIDToGIDMap")
        see(
            "font.cid",
            isinstance(mapping, Stream) or name_of(mapping) == "Identity",
            place,
            "no CIDToGIDMap",
            "Identity or a stream",
        )
    cidset, program = font.cidset, font.program
    if cidset is not None and program is not None and program.is_readable:
        present = _cids(program)
        drawn = {cid for cid in present if not _is_empty(program, program.by_cid(cid))}
        missing, extra = drawn - cidset, cidset - present
        see(
            "font.cidset",
            not missing and not extra,
            place,
            f"{len(missing)} missing, {len(extra)} too many",
            "every CID of the program",
        )


def _cids(program: Program) -> set[int]:
    if program.is_cid_keyed:
        return {int(name[3:]) if name.startswith("cid") else 0 for name in program.glyph_order}
    return set(range(program.count))


def _system_info(font: FontSeen, encoding: Stream, place: str, ledger: Ledger) -> None:
    inner, outer = font.inner.get("/CIDSystemInfo"), encoding.get("/CIDSystemInfo")
    if isinstance(inner, Dictionary) and isinstance(outer, Dictionary):
        for key in ("/Registry", "/Ordering"):
            one, two = text_of(inner.get(key)), text_of(outer.get(key))
            ledger.see("font.cid", one == two, place, f"{key[1:]} {one} and {two}", "equal")


def _codes(font: FontSeen, place: str, ledger: Ledger) -> None:
    """Every code shown: its width, glyph and text."""
    program = font.program
    for code, size in sorted(font.used):
        glyph, text = font.glyph(code, size), font.text(code, size)
        if glyph is not None and program is not None and font.is_printed:
            shown = f"code {code:#x} shows " + ("no glyph" if glyph else ".notdef")
            if ledger.see("font.glyphs", 0 < glyph < program.count, place, shown, "a glyph"):
                _glyph(font, program, (code, size), glyph, text, place, ledger)
        ledger.see("font.unicode", text, place, f"code {code:#x} has no Unicode", "a ToUnicode entry")
        if text:
            bad = [c for c in text if ord(c) in (0, 0xFEFF, 0xFFFE)]
            ledger.see("font.unicode", not bad, place, f"code {code:#x} is {text!r}", "a character")
            odd = next((what for what in map(_odd, text) if what), None)
            said = f"code {code:#x} is U+{ord(text[0]):04X}, {odd}"
            ledger.see("font.text", odd is None, place, said, "the character itself")


def _glyph(
    font: FontSeen,
    program: Program,
    code: tuple[int, int],
    glyph: int,
    text: str | None,
    place: str,
    ledger: Ledger,
) -> None:
    """A glyph that is there: its advance against the dictionary's width, its strokes."""
    try:
        advance, is_empty = program.look(glyph)
    except ValueError as error:
        ledger.see("font.program", False, place, str(error), "a readable glyph")
        return
    width = font.width(*code)
    if width is not None:
        right = abs(advance - width) <= _WIDTH_SLACK
        ledger.see("font.widths", right, place, f"code {code[0]:#x} is {width:g} wide", f"{advance:.0f}")
    if text and not _is_blank(text):
        ledger.see("font.blank", not is_empty, place, f"{text!r} is drawn by an empty glyph", "its strokes")


def _is_empty(program: Program, glyph: int) -> bool:
    """Broken glyphs draw nothing."""
    try:
        return program.look(glyph)[1]
    except ValueError:
        return True


def _is_blank(text: str) -> bool:
    """White space, format and default-ignorable characters: nothing to draw."""
    return all(
        unicodedata.category(c) in ("Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Cn") or ord(c) in _FILLERS
        for c in text
    )


def _odd(char: str) -> str | None:
    code = ord(char)
    if code in _TRUE_COMPATIBLE:
        return None
    return next((what for first, last, what in _ODD if first <= code <= last), None)
