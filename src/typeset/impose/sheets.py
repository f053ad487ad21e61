"""Pages of a finished PDF on sheets of two, by pikepdf: each page a form, cut at its bleed and at the fold.

The sheet keeps what the press was told: output intent, PDF/X version, Info. Tags stay behind: a sheet is no document.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from typeset.impose.schemes import Scheme, Side, sides_of
from typeset.model.findings import Place, TypesetError, Words
from typeset.model.lengths import MM_PT

ROOM_PT = 10 * MM_PT
"""For marks, beyond the bleed."""
_LINE_PT, _CLEAR_PT, _MARK_PT = 0.25, 1 * MM_PT, 5 * MM_PT
_UA = re.compile(rb"<pdfuaid:part>\d</pdfuaid:part>\s*")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Trim of one page in points, the bleed round it, room for marks."""

    width: float
    height: float
    bleed: float
    room: float

    @property
    def edge(self) -> float:
        return self.bleed + self.room

    @property
    def size(self) -> tuple[float, float]:
        return 2 * self.width + 2 * self.edge, self.height + 2 * self.edge


def impose(
    path: Path, scheme: Scheme, *, creep_pt: float = 0.0, marks: bool = True, is_right_bound: bool = False
) -> bytes:
    """The sheets of a PDF. `creep_pt`: how much farther in every sheet of a booklet sits than the one around it.

    Raises TypesetError for what is no PDF, is empty or has pages of several sizes.
    """
    try:
        source = pikepdf.open(path)
        pages = list(source.pages)
    except (OSError, pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        raise _refused(
            path, "no PDF that can be opened", "不是可打开的 PDF", "give a finished PDF", "请给出成品 PDF"
        ) from None
    trims = [_box(page, "/TrimBox") for page in pages]
    sizes = {(round(t[2] - t[0], 1), round(t[3] - t[1], 1)) for t in trims}
    if len(sizes) != 1:
        raise _refused(path, f"{len(sizes)} page sizes", f"有 {len(sizes)} 种页面尺寸",
                       "impose pages of one size", "只能拼同一尺寸的页面")  # fmt: skip
    bleeds = [_box(page, "/BleedBox") for page in pages]
    bleed = min(
        min(t[0] - b[0], t[1] - b[1], b[2] - t[2], b[3] - t[3]) for t, b in zip(trims, bleeds, strict=True)
    )
    width, height = trims[0][2] - trims[0][0], trims[0][3] - trims[0][1]
    sheet = _Sheet(width, height, max(0.0, bleed), ROOM_PT if marks else 0.0)
    out = pikepdf.Pdf.new()
    forms = [_form(out, source, page, trim, sheet.bleed) for page, trim in zip(pages, trims, strict=True)]
    every = _all_plates(out)
    for side in sides_of(scheme, len(pages), is_right_bound):
        _side(out, side, forms, sheet, creep_pt, every if marks else None, folded=scheme != "2up")
    return _saved(out, source)


def _refused(path: Path, en: str, zh: str, do_en: str, do_zh: str) -> TypesetError:
    return TypesetError(Words(en, zh), Words(do_en, do_zh), Place(str(path)))


def _box(page: pikepdf.Page, key: str) -> tuple[float, float, float, float]:
    found = page.obj.get(
        key, page.obj.get("/TrimBox", page.mediabox) if key == "/BleedBox" else page.mediabox
    )
    x0, y0, x1, y1 = (float(edge) for edge in found)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _form(
    out: pikepdf.Pdf, source: pikepdf.Pdf, page: pikepdf.Page, trim: tuple[float, ...], bleed: float
) -> Any:
    """The page as a form whose origin is the trim's lower left corner."""
    contents = page.obj.get("/Contents")
    streams = (
        list(contents) if isinstance(contents, Array) else [contents] if isinstance(contents, Stream) else []
    )
    form = out.make_stream(b"\n".join(stream.read_bytes() for stream in streams))
    box = [trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed]
    form.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=[round(edge, 4) for edge in box],
        Matrix=[1, 0, 0, 1, round(-trim[0], 4), round(-trim[1], 4)],
    )  # fmt: skip
    resources = page.resources
    if not resources.is_indirect:
        resources = source.make_indirect(resources)
    form.Resources = out.copy_foreign(resources)
    return form


def _all_plates(out: pikepdf.Pdf) -> Any:
    """The colour of every plate (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return out.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, out.make_indirect(tint)]))


def _side(
    out: pikepdf.Pdf, side: Side, forms: Sequence[Any], sheet: _Sheet, creep_pt: float, every: Any, folded: bool
) -> None:  # fmt: skip
    """One side of a sheet: two pages, each clipped at the fold, moved towards it by creep."""
    width, height = sheet.size
    entries, operators = Dictionary(), []
    middle = sheet.edge + sheet.width
    shift = creep_pt * side.depth
    for name, number, x, clip in (
        ("P0", side.left, sheet.edge + shift, (sheet.room, middle)),
        ("P1", side.right, middle - shift, (middle, width - sheet.room)),
    ):
        if number:
            entries["/" + name] = forms[number - 1]
            low, high = clip
            tall = height - 2 * sheet.room
            operators.append(f"q {low:.3f} {sheet.room:.3f} {high - low:.3f} {tall:.3f} re W n "
                             f"1 0 0 1 {x:.3f} {sheet.edge:.3f} cm /{name} Do Q")  # fmt: skip
    resources = Dictionary(XObject=entries)
    if every is not None:
        resources.ColorSpace = Dictionary(SA=every)
        operators.append(_marks(sheet, folded))
    trim = [sheet.edge, sheet.edge, width - sheet.edge, height - sheet.edge]
    bleed = [sheet.room, sheet.room, width - sheet.room, height - sheet.room]
    page = Dictionary(
        Type=Name.Page, MediaBox=[0, 0, *_rounded([width, height])], TrimBox=_rounded(trim), BleedBox=_rounded(bleed),
        Resources=resources, Contents=out.make_stream("\n".join(operators).encode("ascii")),
    )  # fmt: skip
    out.pages.append(pikepdf.Page(out.make_indirect(page)))


def _rounded(edges: Sequence[float]) -> list[float]:
    return [round(edge, 4) for edge in edges]


def _marks(sheet: _Sheet, folded: bool) -> str:
    """Crop marks at the corners, at the middle a fold mark (dashed) or a cut."""
    width, height = sheet.size
    near, far = sheet.room - _CLEAR_PT, sheet.room - _CLEAR_PT - _MARK_PT
    x = (sheet.edge, width - sheet.edge)
    y = (sheet.edge, height - sheet.edge)
    lines = [(e, y_, f, y_) for y_ in y for e, f in ((near, far), (width - near, width - far))]
    lines += [(x_, e, x_, f) for x_ in x for e, f in ((near, far), (height - near, height - far))]
    middle = width / 2
    centre = [(middle, e, middle, f) for e, f in ((near, far), (height - near, height - far))]

    def drawn(of: Sequence[tuple[float, float, float, float]]) -> str:
        return " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in of)

    dash = "[2 1.5] 0 d " if folded else ""
    return f"q /SA CS 1 SCN {_LINE_PT} w {drawn(lines)} {dash}{drawn(centre)} Q"


def _saved(out: pikepdf.Pdf, source: pikepdf.Pdf) -> bytes:
    """With the source's intent, Info and XMP, PDF/UA's mark apart; the same source gives the same bytes."""
    for key in ("/OutputIntents", "/Metadata"):
        found = source.Root.get(key)
        if found is not None:
            whole = found if found.is_indirect else source.make_indirect(found)
            out.Root[key] = out.copy_foreign(whole)
    metadata = out.Root.get("/Metadata")
    if isinstance(metadata, Stream):
        metadata.write(_UA.sub(b"", metadata.read_bytes()))
    info = source.trailer.get("/Info")
    if isinstance(info, Dictionary):
        out.trailer.Info = out.copy_foreign(info if info.is_indirect else source.make_indirect(info))
    is_old = source.pdf_version < "1.5"
    mode = pikepdf.ObjectStreamMode.disable if is_old else pikepdf.ObjectStreamMode.generate
    data = io.BytesIO()
    out.save(
        data,
        force_version=source.pdf_version,
        object_stream_mode=mode,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return data.getvalue()
