"""An edition as a page-true DOCX, for reading proofs: text boxes at the PDF's coordinates, never read back.

In: the edition (its lines, columns, rules and pictures). Out: the story's XML and its styles. A frame's
columns are one chain of linked boxes. A line is a paragraph of its own with exact height: so line ends stand
where the PDF has them without forced breaks, and the spaces between characters (w:spacing) are ours, to a
twentieth of a point; squeezed marks are narrowed (w:w). Programs lay out nothing but glyphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from typeset.compose.vertical import ABREAST
from typeset.fonts.faces import FaceSet
from typeset.model.edition import Edition, Frame, LineRun, Page, SetText
from typeset.model.layout import BLACK, Cmyk, Layout
from typeset.write.docx import drawing, oxml
from typeset.write.docx.drawing import Place
from typeset.write.docx.oxml import element, twips, val
from typeset.write.docx.styles import rgb

_ASCENT = 0.8
"""Where the baseline stands in a line of exact height: LibreOffice's rule, four fifths down."""
_EM_MIDDLE = 0.38
"""From the baseline up to the middle of the em box: where a vertical line has its axis."""
_LONE_LINE = 1.25  # height of a line that has no pitch, in ems
_SLACK = 0.4  # of a line: what a chain's box is higher than its lines, too little for one more
_PAD_EM = 1.0  # round the measure: opening marks hang half an em out, rounding may add a hair
_SPARE_EM = 3  # more room at the far end: no line may turn over where a program's Western face is wider
_CHANCE_TWIPS = 3  # how far a character may stand from its place before its space is written anew
_SQUEEZED = 0.88  # of its advance: a mark with less room is drawn narrower
_AUTO_SPACE_EM = 0.2
"""LibreOffice's space between scripts, which it can't be told to leave out; Word's is a little wider."""
_ABREAST_SIZE = (
    0.7  # figures abreast: a program gives them the height of their font's line, half as much again
)
_ABREAST_EM = 1.45 * _ABREAST_SIZE
_ABREAST_SCALES = {2: 100, 3: 85}
_TAKES_BACK_EM = 0.16
"""The most of a character's advance that LibreOffice takes back for negative spacing."""
_CHINESE = "\u2e80"
_FULL_EM = 0.98
_LEAST_SPACE_TWIPS = 10
_HEADS = {"kicker", "headline", "subtitle", "byline"}
_NAMES = {
    "kicker": "肩题", "headline": "主题", "subtitle": "副题", "byline": "署名", "source": "落款", "para": "正文",
    "subhead": "小题", "note": "编注", "caption": "图说", "list": "条目", "table": "表格", "verse": "诗行",
    "quote": "提要",
    "masthead": "报头", "folio": "报眉", "colophon": "版权",
}  # fmt: skip
_StyleKey = tuple[str, str, int, Cmyk]
"""Role, face, half points, colour."""


@dataclass(slots=True)
class _Box:
    """Lines one under another, still growing: a column, or a line by itself."""

    runs: list[LineRun] = field(default_factory=list)


class ProofStory:
    """Writes pages one after another; `styles` are what they called for."""

    def __init__(self, edition: Edition, layout: Layout, faces: FaceSet) -> None:
        self._edition, self._layout, self._faces = edition, layout, faces
        self._styles: dict[_StyleKey, str] = {}
        self._ident = 0

    def xml(self, relations: Sequence[Sequence[str]]) -> str:
        """The document element; `relations` name each page's pictures in the package."""
        pages = zip(self._edition.pages, relations, strict=True)
        body = []
        last = len(self._edition.pages) - 1
        size = {"w": twips(self._edition.width_pt), "h": twips(self._edition.height_pt)}
        margins = dict.fromkeys(("top", "right", "bottom", "left", "header", "footer", "gutter"), 0)
        kind, sheet = val("type", "nextPage"), element("pgSz", size)
        setting = element("sectPr", None, kind, sheet, element("pgMar", margins))
        for number, (page, names) in enumerate(pages):
            content = "".join(self._page(page, names))
            body.append(oxml.paragraph("ProofPage", content, setting if number < last else ""))
        return f"<w:document {drawing.NAMESPACES}><w:body>{''.join(body)}{setting}</w:body></w:document>"

    def styles_xml(self) -> str:
        """One paragraph style for each role, face, size and colour that stands on the pages."""
        page = element("style", {"type": "paragraph", "customStyle": 1, "styleId": "ProofPage"},
                       val("name", "校样版面"), val("basedOn", "Normal"), val("next", "ProofPage"),
                       element("pPr", None, _FREE, element("spacing", {"line": 20, "lineRule": "exact"})))  # fmt: skip
        return page + "".join(self._style(key, ident) for key, ident in self._styles.items())

    def _style(self, key: _StyleKey, ident: str) -> str:
        role, face, halves, colour = key
        spec = self._layout.faces[face]
        name = f"校样{_NAMES.get(role, role)} {halves / 2:g} {ident.removeprefix('Proof')}"
        bold = element("b") + element("bCs") if spec.word_bold else ""
        ink = val("color", rgb(colour)) if colour != BLACK else ""
        setting = element(
            "rPr", None, oxml.fonts(spec.word), bold, ink, val("sz", halves), val("szCs", halves)
        )
        return element(
            "style", {"type": "paragraph", "customStyle": 1, "styleId": ident},
            val("name", name), val("basedOn", "Normal"), val("next", ident),
            element("pPr", None, _FREE, val("jc", "left")), setting,
        )  # fmt: skip

    def _page(self, page: Page, relations: Sequence[str]) -> Iterator[str]:
        for placed, relation in zip(page.pictures, relations, strict=True):
            place = Place(placed.x_pt, placed.y_pt, placed.width_pt, placed.height_pt)
            yield drawing.picture(place, relation, self._next(), placed.alt or placed.name)
        for line in page.rules:
            left, top = min(line.x0_pt, line.x1_pt), min(line.y0_pt, line.y1_pt)
            place = Place(left, top, abs(line.x1_pt - line.x0_pt), abs(line.y1_pt - line.y0_pt))
            yield drawing.rule(place, line.width_pt, rgb(line.colour), self._next())
        for run in page.furniture:
            yield from self._chain([_Box([run])], _NAMES[run.role])
        for frame in page.frames:
            title = self._edition.article_titles[frame.article]
            for run in frame.runs:
                if run.role in _HEADS:
                    yield from self._chain([_Box([run])], f"{_NAMES[run.role]}：{title}")
            yield from self._chain(_columns(frame), f"正文：{title}")

    def _next(self, count: int = 1) -> int:
        self._ident += count
        return self._ident - count + 1

    def _chain(self, boxes: Sequence[_Box], words: str) -> list[str]:
        if not boxes:
            return []
        places = [self._place(box) for box in boxes]
        content = "".join(
            line for box, place in zip(boxes, places, strict=True) for line in self._lines(box, place)
        )
        is_vertical = boxes[0].runs[0].vertical
        return drawing.text_boxes(places, content, self._next(len(boxes)), words, vertical=is_vertical)

    def _place(self, box: _Box) -> Place:
        """The box of its lines, with room beside the measure for what hangs out."""
        first, last = box.runs[0], box.runs[-1]
        pad = _PAD_EM * max(run.size_pt for run in box.runs)
        if first.vertical:
            right = first.x_pt + _ASCENT * _height(first) - _EM_MIDDLE * first.size_pt
            end = last.line_x_pt(last.last - 1)
            left = end - (1 - _ASCENT) * _height(last) - _EM_MIDDLE * last.size_pt - _SLACK * _height(last)
            top = min(run.baseline_pt for run in box.runs) - pad
            foot = max(run.baseline_pt + run.measure_pt for run in box.runs) + _SPARE_EM * pad
            return Place(left, top, right - left, foot - top)
        top = first.baseline_pt - _ASCENT * _height(first)
        foot = last.line_y_pt(last.last - 1) + (1 - _ASCENT + _SLACK) * _height(last)
        left = min(run.x_pt for run in box.runs) - pad
        right = max(run.x_pt + run.measure_pt for run in box.runs) + _SPARE_EM * pad
        return Place(left, top, right - left, foot - top)

    def _lines(self, box: _Box, place: Place) -> Iterator[str]:
        """A paragraph for each line; the space before it is what its place leaves over its predecessor's."""
        foot: float | None = None
        for run in box.runs:
            style = self._style_of(run)
            height = _height(run)
            for line in range(run.first, run.last):
                if run.vertical:
                    at, start = -run.line_x_pt(line), run.line_y_pt(line) - place.y_pt
                else:
                    at, start = run.line_y_pt(line), run.line_x_pt(line) - place.x_pt
                top = at - _ASCENT * height
                before = 0.0 if foot is None else top - foot
                foot = top + height
                yield self._line(run, line, style, start, before, height)

    def _style_of(self, run: LineRun) -> str:
        key = (run.role, run.text.role, round(run.size_pt * 2), run.colour)
        return self._styles.setdefault(key, f"Proof{len(self._styles) + 1}")

    def _line(
        self, run: LineRun, line: int, style: str, start_pt: float, before_pt: float, height_pt: float
    ) -> str:
        text, ends = run.text, (int(run.text.starts[line]), int(run.text.ends[line]))
        natural_em = self._natural_em(text, *ends)
        scales = _scales(text, *ends, natural_em)
        left_em = np.where(scales < 100, text.x_em[slice(*ends)], text.origin_em[slice(*ends)])
        places = np.rint((start_pt + left_em * run.size_pt) * 20).astype(int)
        spacing = {
            "before": max(0, twips(before_pt)), "after": 0, "line": twips(height_pt), "lineRule": "exact",
        }  # fmt: skip
        words = text.text[slice(*ends)]
        units = _units(text, *ends)
        natural_em[:-1][[_meet(*pair) for pair in pairwise(words)]] += _AUTO_SPACE_EM
        for at in (at for at, unit in enumerate(units) if len(unit) > 1):
            natural_em[at] = _ABREAST_EM + _AUTO_SPACE_EM
        natural = np.rint(natural_em * scales / 100 * (round(run.size_pt * 2) * 10)).astype(int)
        kept = _kept(words, places)
        kept = kept[[bool(units[at]) for at in kept.tolist()]]
        columns = (values[kept].tolist() for values in (places, natural, scales))
        takes_back = round(_TAKES_BACK_EM * run.size_pt * 20) if run.vertical else None
        content = "".join(
            _spaced(
                [units[at] for at in kept.tolist()],
                *columns,
                half_points=round(run.size_pt * 2),
                takes_back=takes_back,
            )
        )
        stops = [element("tab", {"val": "left", "pos": place}) for place in _stops(words, places, kept)]
        properties = (element("tabs", None, *stops) if stops else "") + element("spacing", spacing)
        properties += element("ind", {"left": int(places[0]) if len(places) else 0, "firstLine": 0})
        if text.hyphened[line]:
            content += oxml.run("-")
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'

    def _natural_em(self, text: SetText, start: int, end: int) -> NDArray[np.float64]:
        """How far a program moves on after each character: its glyph's advance, an em for full-width twins."""
        faces, glyphs = text.face[start:end], text.glyph[start:end]
        natural = np.ones(end - start)
        for face in set(faces.tolist()):
            mine = faces == face
            natural[mine] = self._faces.faces[face].advances_em(glyphs[mine])
        codes = np.frombuffer(text.text[start:end].encode("utf-32-le", "surrogatepass"), "<u4")
        natural[((codes >= 0xFF01) & (codes <= 0xFF60)) | (codes == 0x3000)] = 1.0
        return natural


def _units(text: SetText, start: int, end: int) -> list[str]:
    """What stands at each place: a character, figures abreast (纵中横) at their first one's, nothing at the others'."""
    units = list(text.text[start:end])
    if text.form is None:
        return units
    for at in np.flatnonzero(text.form[start:end] == ABREAST).tolist():
        before = at - 1
        if (
            before >= 0
            and text.form[start + before] == ABREAST
            and text.x_em[start + at] == text.x_em[start + before]
        ):
            while before and not units[before]:
                before -= 1
            units[before] += units[at]
            units[at] = ""
    return units


_FREE = val("widowControl", 0) + val("kinsoku", 0) + val("snapToGrid", 0)
"""Nothing of the program's own: no widow control, no line breaking rules, no grid."""


def _kept(words: str, places: NDArray[np.int64]) -> NDArray[np.intp]:
    """Which characters are written: all but spaces that were given no room."""
    is_space = np.array([word.isspace() for word in words], np.bool_)
    return np.nonzero(~is_space | (np.append(np.diff(places), 0)[: len(words)] >= _LEAST_SPACE_TWIPS))[0]


def _stops(words: str, places: NDArray[np.int64], kept: NDArray[np.intp]) -> list[int]:
    """Tab stops of a table's row: where its cells begin."""
    return [int(places[at + 1]) for at in kept.tolist() if words[at] == "\t"]


def _meet(left: str, right: str) -> bool:
    """Whether a program puts a space of its own between two characters: Chinese and Western letters or figures."""
    return (left < _CHINESE) != (right < _CHINESE) and left.isalnum() and right.isalnum()


def _height(run: LineRun) -> float:
    return run.pitch_pt or run.size_pt * _LONE_LINE


def _columns(frame: Frame) -> list[_Box]:
    """The frame's body by columns: a new one begins where the text goes back up (vertical: to the right)."""
    out: list[_Box] = []
    before = float("inf")
    for run in frame.runs:
        if run.role in _HEADS:
            continue
        at, last = (
            (-run.x_pt, -run.line_x_pt(run.last - 1))
            if run.vertical
            else (run.baseline_pt, run.line_y_pt(run.last - 1))
        )
        if at <= before or not out:
            out.append(_Box())
        out[-1].runs.append(run)
        before = last
    return out


def _scales(text: SetText, start: int, end: int, natural_em: NDArray[np.float64]) -> NDArray[np.int64]:
    """Per cent of its width that each character is drawn with: squeezed marks stand in half a box, narrowed.

    No negative spacing does that: LibreOffice takes back a sixth of an em at most.
    """
    scales = np.full(end - start, 100)
    if end - start < 2:
        return scales
    box_em = np.append(np.diff(text.x_em[start:end]), 1.0)
    squeezed = (box_em < _SQUEEZED * natural_em) & (box_em > 0) & (natural_em >= _FULL_EM)
    scales[squeezed] = np.clip(np.floor(box_em[squeezed] / natural_em[squeezed] * 100), 50, 100)
    return scales


def _spaced(
    words: Sequence[str], places: Sequence[int], natural: Sequence[int], scales: Sequence[int], *,
    half_points: int, takes_back: int | None = None,
) -> Iterator[str]:  # fmt: skip
    """Runs of equal spacing: a character's is what its neighbour's place leaves beyond its own advance.

    `takes_back`: what is more than that in negative spacing is made good by the characters after it.
    """
    if not words:
        return
    # the last one's own space shows nowhere
    gaps = [b - a - n for a, b, n in zip(places, places[1:], natural, strict=False)] or [0]
    gaps += gaps[-1:] * (len(words) - len(gaps))
    if takes_back is not None:
        gaps = _made_good(gaps, [0 if len(word) > 1 else -takes_back for word in words])
    start, drift = 0, 0
    for at in range(1, len(words)):
        drift += gaps[at] - gaps[start]
        if (
            abs(drift) > _CHANCE_TWIPS
            or abs(gaps[at] - gaps[start]) > 2
            or scales[at] != scales[start]
            or "\t" in words[at - 1 : at + 1]
            or len(words[at - 1]) > 1
            or len(words[at]) > 1
        ):
            yield _run(words[start:at], gaps[start], scales[start], half_points)
            # what was let pass is made good by the first of the next run
            gaps[at] += drift - (gaps[at] - gaps[start])
            start, drift = at, 0
    yield _run(words[start:], gaps[start], scales[start], half_points)


def _made_good(gaps: Sequence[int], least: Sequence[int]) -> list[int]:
    """Spacings none of which is under its least: the rest goes to those after it."""
    out, owed = [], 0
    for gap, low in zip(gaps, least, strict=True):
        got = max(gap + owed, low)
        owed += gap - got
        out.append(got)
    return out


def _run(units: Sequence[str], gap: int, scale: int, half_points: int) -> str:
    words = "".join(units)
    if len(units) == 1 and len(words) > 1:
        size = round(half_points * _ABREAST_SIZE)
        narrow = _ABREAST_SCALES.get(len(words), 100)
        look = (val("spacing", gap) if gap else "") + (val("w", narrow) if narrow < 100 else "")
        look += val("sz", size) + val("szCs", size) + element("eastAsianLayout", {"id": 1, "vert": 1})
        return oxml.run(oxml.clean(words), look)
    look = (val("spacing", gap) if gap else "") + (val("w", scale) if scale < 100 else "")
    return oxml.run(oxml.clean(words), "" if words == "\t" else look)
