"""An edition as a PDF: K-only text in our own subset fonts, page boxes with bleed, an outline entry an article.

reportlab owns the file (objects, pages, streams, outline); text goes in as raw operators, a line each.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from typeset.compose.characters import code_points
from typeset.fonts.faces import FaceSet
from typeset.fonts.subset import SubsetFace, pairs_of, subset_face
from typeset.model.edition import Edition, Frame, LineRun, Page, RuleLine, SetText
from typeset.model.layout import BLACK, Cmyk
from typeset.write.marks import Point, mark_paths, ruby_lines
from typeset.write.vertical import VERTICAL_ORIGIN, column_operators

SOFT_HYPHEN = 0xAD  # the text layer's word for a hyphen that the composer added
_LEAST_ADJUSTMENT = 1  # thousandths of an em


def write_pdf(edition: Edition, faces: FaceSet, language: str = "zh-CN") -> bytes:
    """The whole file. The same edition gives the same bytes."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    bleed = edition.bleed_pt
    size = (edition.width_pt + 2 * bleed, edition.height_pt + 2 * bleed)
    out = io.BytesIO()
    canvas = Canvas(
        out, pagesize=size, pageCompression=1, invariant=1, initialFontName="Helvetica", lang=language
    )
    canvas._preamble = "0 0 0 1 k 0 0 0 1 K"
    trim = (bleed, bleed, size[0] - bleed, size[1] - bleed)
    canvas.setTrimBox(trim)
    canvas.setBleedBox((0, 0, *size))
    canvas.setTitle(" ".join(part for part in (edition.title, edition.date, edition.issue) if part))
    canvas.setAuthor(edition.title)
    canvas.setCreator("typeset")
    canvas.setProducer("typeset")
    fonts = _embed(canvas, edition, faces)
    pen = _Pen(fonts, bleed, size[1] - bleed)
    begun: set[int] = set()
    for page in edition.pages:
        canvas._code.extend(pen.page(page))
        for frame in page.frames:
            if frame.article not in begun:
                begun.add(frame.article)
                key = f"a{frame.article}"
                canvas.bookmarkPage(key, fit="XYZ", left=0, top=size[1] - bleed - frame.y_pt)
                canvas.addOutlineEntry(edition.article_titles[frame.article], key, 0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _texts(edition: Edition) -> list[SetText]:
    """Every set text once, in order of first use."""
    seen: dict[int, SetText] = {}
    for page in edition.pages:
        for run in (*page.furniture, *(run for frame in page.frames for run in frame.runs)):
            seen.setdefault(id(run.text), run.text)
            for ruby in (ruby for mark in run.text.marks for ruby in mark.ruby):
                seen.setdefault(id(ruby.text), ruby.text)
    return list(seen.values())


def _used_pairs(edition: Edition, count: int) -> list[NDArray[np.int64]]:
    """The (character, glyph) pairs that each face draws, sorted."""
    pairs: list[list[NDArray[np.int64]]] = [[] for _ in range(count)]
    for text in _texts(edition):
        coded = pairs_of(code_points(text.text), text.glyph)
        for face in set(text.face.tolist()):
            pairs[face].append(np.unique(coded[text.face == face]))
        if text.hyphened.any():
            pairs[text.hyphen_face].append(np.array([(SOFT_HYPHEN << 16) | text.hyphen_glyph], np.int64))
    return [np.unique(np.concatenate(p)) if p else np.empty(0, np.int64) for p in pairs]


def _embed(canvas: object, edition: Edition, faces: FaceSet) -> list[tuple[str, SubsetFace] | None]:
    """Subset every face in use and add it to the document as a Type 0 font (ISO 32000-1, 9.7)."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress

    document = canvas._doc  # type: ignore[attr-defined]
    resources = document.idToObject["BasicFonts"].dict
    resources.clear()
    for (
        name
    ) in document.fontMapping.values():  # reportlab's own Helvetica, its latest object, which nothing uses
        document.idToObject.pop(name.lstrip("/"))
        number, _ = document.idToObjectNumberAndVersion.pop(name.lstrip("/"))
        document.numberToId.pop(number)
        document.objectcounter = number - 1
    document.fontMapping.clear()
    is_vertical = any(text.form is not None for text in _texts(edition))
    out: list[tuple[str, SubsetFace] | None] = []
    for number, pairs in enumerate(_used_pairs(edition, len(faces.faces))):
        if not len(pairs):
            out.append(None)
            continue
        face = faces.faces[number]
        subset = subset_face(face, pairs)

        def stream(data: bytes, **entries: object) -> object:
            made = PDFStream(PDFDictionary(entries), data, filters=[PDFZCompress])
            return document.Reference(made)

        def values(items: list[object]) -> object:
            return PDFArray(items)

        descriptor = {
            name: values(value) if isinstance(value, list) else value
            for name, value in face.descriptor.items()
        }
        descriptor |= {
            "Type": PDFName("FontDescriptor"), "FontName": PDFName(subset.name),
            "FontFile2": stream(subset.data, Length1=len(subset.data)),
        }  # fmt: skip
        cid_font = PDFDictionary({
            "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType2"), "BaseFont": PDFName(subset.name),
            "CIDSystemInfo": PDFDictionary({"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}),
            "FontDescriptor": document.Reference(PDFDictionary(descriptor)),
            "DW": 1000, "W": values(_widths(subset.widths, values)), "CIDToGIDMap": stream(subset.cid_to_gid),
        })  # fmt: skip
        font = PDFDictionary({
            "Type": PDFName("Font"), "Subtype": PDFName("Type0"), "BaseFont": PDFName(subset.name),
            "Encoding": PDFName("Identity-H"), "DescendantFonts": values([document.Reference(cid_font)]),
            "ToUnicode": stream(subset.to_unicode),
        })  # fmt: skip
        name = f"F{number}"
        resources[name] = document.Reference(font)
        if is_vertical:
            cid_font.dict["DW2"] = values([VERTICAL_ORIGIN, -1000])
            upright = PDFDictionary(font.dict | {"Encoding": PDFName("Identity-V")})
            resources[f"V{number}"] = document.Reference(upright)
        out.append((name, subset))
    return out


def _widths(widths: list[int], values: object) -> list[object]:
    """W array: runs of CIDs whose width is not the default 1000."""
    out: list[object] = []
    run: list[object] = []
    for cid, width in enumerate([*widths, 1000], 1):
        if width != 1000:
            if not run:
                out.append(cid)
            run.append(width)
        elif run:
            out.append(values(run))  # type: ignore[operator]
            run = []
    return out


def _number(value: float, places: int = 3) -> str:
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _ink(colour: Cmyk, operator: str) -> str:
    return " ".join(_number(part / 100) for part in colour) + f" {operator}"


class _Pen:
    """Turns runs of lines into text operators; `top` is the trim's top edge in PDF coordinates."""

    def __init__(self, fonts: list[tuple[str, SubsetFace] | None], left: float, top: float) -> None:
        self.fonts = fonts
        self.left = left
        self.top = top
        self._drawn: dict[int, _Drawn] = {}

    def page(self, page: Page) -> list[str]:
        """A page's operators: rules, furniture, then each article in reading order."""
        out = [self._rule(rule) for rule in page.rules]
        out.append("BT")
        for run in page.furniture:
            out += self._lines(run)
        for frame in page.frames:
            out += self._frame(frame)
        out.append("ET")
        for run in (run for frame in page.frames for run in frame.runs if run.text.marks):
            out += [self._path(*path, run.colour) for path in mark_paths(run)]
        return out

    def _frame(self, frame: Frame) -> Iterator[str]:
        for run in frame.runs:
            yield from self._lines(run)

    def _rule(self, rule: RuleLine) -> str:
        x0, y0 = self.left + rule.x0_pt, self.top - rule.y0_pt
        x1, y1 = self.left + rule.x1_pt, self.top - rule.y1_pt
        ends = (
            " ".join(_number(v) for v in (x0, y0)) + " m " + " ".join(_number(v) for v in (x1, y1)) + " l S"
        )
        return f"q {_ink(rule.colour, 'K')} {_number(rule.width_pt)} w {ends} Q"

    def _path(self, points: list[Point], width: float, is_round: bool, colour: Cmyk) -> str:
        places = [f"{_number(self.left + x)} {_number(self.top - y)}" for x, y in points]
        if len(places) <= 2:
            path = f"{places[0]} m {places[-1]} l"
        else:
            path = f"{places[0]} m " + " ".join(
                f"{' '.join(places[n : n + 3])} c" for n in range(1, len(places), 3)
            )
        return f"q {_ink(colour, 'K')} {_number(width)} w {int(is_round)} J {path} S Q"

    def _drawing(self, text: SetText) -> _Drawn:
        drawn = self._drawn.get(id(text))
        if drawn is None:
            drawn = self._drawn[id(text)] = _Drawn(text, self.fonts)
        return drawn

    def _ruby(self, run: LineRun) -> Iterator[str]:
        for ruby in ruby_lines(run):
            drawn = self._drawing(ruby.text)
            x, y = self.left + ruby.x_pt, self.top - ruby.y_pt
            shown = (drawn.column if run.vertical else drawn.line)(0, x, y, ruby.size_pt)
            yield from (
                (f"{_number(100 * ruby.condensed)} Tz", *shown, "100 Tz") if ruby.condensed < 1 else shown
            )

    def _lines(self, run: LineRun) -> list[str]:
        drawn = self._drawing(run.text)
        out = [] if run.colour == BLACK else [_ink(run.colour, "k")]
        for line in range(run.first, run.last):
            x, y = self.left + run.line_x_pt(line), self.top - run.line_y_pt(line)
            out += (drawn.column if run.vertical else drawn.line)(line, x, y, run.size_pt)
        if run.text.marks:
            out += self._ruby(run)
        if run.colour != BLACK:
            out.append(_ink(BLACK, "k"))
        return out


class _Drawn:
    """A set text ready to draw: hex of every CID, and the adjustment after every character."""

    def __init__(self, text: SetText, fonts: list[tuple[str, SubsetFace] | None]) -> None:
        codes = code_points(text.text)
        size = len(codes)
        cids, widths = np.zeros(size, np.int64), np.zeros(size)
        for number, font in enumerate(fonts):
            if font is None:
                continue
            mine = text.face == number
            if mine.any():
                found = font[1].cids(codes[mine], text.glyph[mine])
                cids[mine] = found
                widths[mine] = np.array(font[1].widths)[found - 1] / 1000
        self.text = text
        self.widths = widths
        self.names = [font[0] if font else "" for font in fonts]
        self.hex = cids.astype(">u2").tobytes().hex()
        if text.hyphened.any():
            font = fonts[text.hyphen_face]
            assert font is not None
            cid = font[1].cids(np.array([SOFT_HYPHEN], np.uint32), np.array([text.hyphen_glyph], np.int32))
            self.hyphen = f"{int(cid[0]):04x}"
        self.origin = text.origin_em.tolist()
        changes = np.append(np.diff(text.face) != 0, False)
        self.rise = [0.0] * size if text.rise_em is None else text.rise_em.tolist()
        if text.rise_em is not None:
            changes[:-1] |= np.diff(text.rise_em) != 0
        self.changes = changes.tolist()
        self.faces = text.face.tolist()
        self._adjust(text, widths)

    def _adjust(self, text: SetText, widths: NDArray[np.float64]) -> None:
        """What TJ takes back after each character, rounded so that errors do not add up along a line."""
        size = len(widths)
        tracking = np.zeros(size)
        length = np.maximum(text.ends - text.starts, 0)
        total = int(length.sum())
        chars = (
            np.arange(total) - np.repeat(np.cumsum(length) - length, length) + np.repeat(text.starts, length)
        )
        tracking[chars] = np.repeat(text.tracking_em, length)
        step = np.zeros(size)
        step[:-1] = np.diff(text.origin_em)
        drift = np.zeros(size)
        drift[:-1] = widths[:-1] + tracking[:-1] - step[:-1]
        running = np.rint(np.cumsum(drift[chars]) * 1000)
        adjust = np.zeros(size)
        adjust[chars] = np.diff(np.concatenate(([0.0], running)))
        self.adjust = adjust.astype(int).tolist()
        self.tracking = text.tracking_em.tolist()
        self.starts, self.ends = text.starts.tolist(), text.ends.tolist()
        stops = np.nonzero((np.abs(adjust) >= _LEAST_ADJUSTMENT) | np.array(self.changes, bool))[0]
        self.stops = stops
        self.first_stop = np.searchsorted(stops, text.starts).tolist()
        self.last_stop = np.searchsorted(stops, text.ends).tolist()

    def line(self, line: int, x: float, y: float, size: float) -> list[str]:
        """Operators of one line whose measure begins at x."""
        start, end = self.starts[line], self.ends[line]
        if end <= start:
            return []
        out: list[str] = []
        tracking = self.tracking[line]
        parts: list[str] = []
        begin = at = start

        def flush() -> None:
            shift = x + self.origin[begin] * size
            out.append(
                f"/{self.names[self.faces[begin]]} {_number(size)} Tf {_number(tracking * size, 5)} Tc "
                f"1 0 0 1 {_number(shift)} {_number(y + self.rise[begin] * size)} Tm [{''.join(parts)}] TJ"
            )

        for stop in self.stops[self.first_stop[line] : self.last_stop[line]].tolist():
            if stop >= end - 1:
                break
            parts.append(f"<{self.hex[4 * at : 4 * stop + 4]}>")
            at = stop + 1
            if self.changes[stop]:
                flush()
                parts.clear()
                begin = at
            else:
                parts.append(str(self.adjust[stop]))
        parts.append(f"<{self.hex[4 * at : 4 * end]}>")
        if self.text.hyphened[line] and self.faces[end - 1] == self.text.hyphen_face:
            parts += [_number(tracking * 1000), f"<{self.hyphen}>"]  # no tracking before a hyphen (T25)
        flush()
        return out

    def column(self, line: int, x: float, y: float, size: float) -> list[str]:
        """Operators of one vertical line whose middle is x and which begins at y."""
        return column_operators(self.text, line, self.names, self.hex, self.widths, x, y, size)
