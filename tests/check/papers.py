"""A paper made for the checker, by no code of ours: lines, rules and a picture at known places, as a PDF and as JSON.

Two pages of four columns, each with a lead over all of them, an article at the left, a picture and an article at the
right; every rule of make-up is kept by construction. Texts are chance characters that make neither words nor numbers.
"""

from __future__ import annotations

import io
import json
import random
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

WIDTH, HEIGHT, LEFT, FIRST_ROW = 600.0, 800.0, 30.0, 114.0
BODY, PITCH, MEASURE, GUTTER, COLUMNS, LAST_ROW = 10.0, 14.0, 12, 20.0, 4, 46
STEP = MEASURE * BODY + GUTTER
HAN = "山水田林湖草沙云雨风花树石桥路村灯火星月河海船鸟鱼虫米茶酒书画琴棋"


@dataclass
class Line:
    page: int
    x: float
    y: float
    size: float
    text: str
    role: str
    article: str = ""
    block: int = -1
    font: str = "Song"
    tracking: float = 0.0
    column: int = -1


@dataclass
class Paper:
    lines: list[Line] = field(default_factory=list)
    rules: list[tuple[int, float, float, float, float]] = field(default_factory=list)
    pictures: list[tuple[int, float, float, float, float]] = field(default_factory=list)
    frames: list[tuple[int, str, float, float, float, float]] = field(default_factory=list)

    def of(self, *roles: str, page: int = 0) -> list[Line]:
        return [line for line in self.lines if line.role in roles and page in (0, line.page)]

    def columns(self) -> list[list[Line]]:
        """Body and sub-heads, column by column."""
        out: dict[tuple[int, str, int], list[Line]] = {}
        for line in self.of("para", "subhead"):
            out.setdefault((line.page, line.article, line.column), []).append(line)
        return list(out.values())

    def full(self) -> list[Line]:
        """Body lines from edge to edge, neither first nor last of their paragraph."""
        return [
            line for line in self.of("para") if len(line.text) == MEASURE and not line.text.endswith("。")
        ]


def row_y(row: float) -> float:
    return FIRST_ROW + PITCH * row


def column_x(column: int) -> float:
    return LEFT + STEP * column


def words(rng: random.Random, count: int, ends: bool = False) -> str:
    chars = [rng.choice(HAN) for _ in range(count)]
    if count > 8:
        chars[rng.randrange(3, 6)] = "，"
    return "".join(chars)[: count - ends] + "。" * ends


def clean_paper(seed: int) -> Paper:
    rng = random.Random(seed)
    paper = Paper()
    for page in (1, 2):
        paper.lines.append(Line(page, 530 if page == 1 else LEFT, 25, 9, f"第{page}版", "folio"))
        paper.rules.append((page, LEFT, 30, WIDTH - LEFT, 30))
        _page(paper, page, rng)
    title = "".join(rng.sample(HAN, 4))
    paper.lines.append(Line(1, 180, 85, 60, title, "masthead", font="Hei"))
    paper.rules.append((1, LEFT, 98, WIDTH - LEFT, 98))
    return paper


def _page(paper: Paper, page: int, rng: random.Random) -> None:
    lead_rows = rng.randrange(12, 17)
    names = [f"a{3 * page - 2 + n}" for n in range(3)]
    top = 0 if page == 1 else -5
    text = top + 5
    _head(paper, page, names[0], 0, 4, top, 36 - 4 * page, rng)
    _text(paper, page, names[0], 0, 4, text, text + lead_rows - 1, rng)
    under = text + lead_rows
    paper.frames.append((page, names[0], LEFT, row_y(top) - 12, 540, PITCH * (under - top)))
    paper.rules.append((page, LEFT, row_y(under - 1) + 6, WIDTH - LEFT, row_y(under - 1) + 6))
    _head(paper, page, names[1], 0, 2, under, 27 - 3 * page, rng)
    _text(paper, page, names[1], 0, 2, under + 5, LAST_ROW, rng)
    x = column_x(2)
    paper.pictures.append((page, x, row_y(under) + 2, x + 260, row_y(under + 6)))
    _head(paper, page, names[2], 2, 2, under + 7, 23 - 3 * page, rng)
    _text(paper, page, names[2], 2, 2, under + 12, LAST_ROW, rng)
    for name, column in ((names[1], 0), (names[2], 2)):
        height = PITCH * (LAST_ROW + 1 - under)
        paper.frames.append((page, name, column_x(column), row_y(under) - 12, 260, height))
    paper.lines.sort(key=lambda line: line.page)


def _head(
    paper: Paper, page: int, article: str, column: int, wide: int, row: int, size: float, rng: random.Random
) -> None:
    count = 8 if wide == 4 else 6
    text = "".join(rng.sample(HAN, count))
    x = column_x(column) + (wide * STEP - GUTTER - count * size) / 2
    paper.lines.append(Line(page, x, row_y(row + 2), size, text, "headline", article, font="Hei"))


def _text(
    paper: Paper, page: int, article: str, column: int, wide: int, first: int, last: int, rng: random.Random
) -> None:  # fmt: skip
    """Paragraphs of which no line stands alone at a column's end, a sub-head in every second column."""
    rows = last - first + 1
    block = 0
    for at in range(column, column + wide):
        plan = _plan(rows, rng, has_subhead=at % 2 == 0)
        row = first
        for kind, count in plan:
            if kind == "subhead":
                x = column_x(at) + (MEASURE - 6) / 2 * BODY
                text = "".join(rng.sample(HAN, 6))
                paper.lines.append(
                    Line(page, x, row_y(row + 1), BODY, text, "subhead", article, block, "Hei", column=at)
                )
            else:
                _paragraph(paper, page, article, block, at, row, count, rng)
            row += count
            block += 1


def _plan(rows: int, rng: random.Random, has_subhead: bool) -> list[tuple[str, int]]:
    plan: list[tuple[str, int]] = []
    left = rows
    while left:
        count = left if left <= 6 else rng.randrange(3, min(6, left - 2))
        plan.append(("para", count))
        left -= count
        if has_subhead and left >= 6 and not any(kind == "subhead" for kind, _ in plan):
            plan.append(("subhead", 2))
            left -= 2
    return plan


def _paragraph(
    paper: Paper, page: int, article: str, block: int, column: int, row: int, count: int, rng: random.Random
) -> None:  # fmt: skip
    for n in range(count):
        indent = 2 if n == 0 else 0
        is_last = n == count - 1
        size = rng.randrange(4, MEASURE - 1) if is_last else MEASURE - indent
        text = words(rng, size, is_last)
        x = column_x(column) + indent * BODY
        paper.lines.append(Line(page, x, row_y(row + n), BODY, text, "para", article, block, column=column))


# -- as files


def layout_json(paper: Paper) -> bytes:
    """As `make --formats json` writes it."""
    pages = []
    for page in (1, 2):
        frames = [
            {"article": name, "part": 0, "box_pt": [x, y, w, h], "columns": 4,
             "lines": [_line(line) for line in paper.lines if line.page == page and line.article == name]}
            for number, name, x, y, w, h in paper.frames if number == page
        ]  # fmt: skip
        loose = [_line(line) for line in paper.lines if line.page == page and not line.article]
        pages.append({"number": page, "frames": frames, "furniture": loose, "rules": []})
    return json.dumps({"sheet_pt": [WIDTH, HEIGHT], "pages": pages}).encode()


def _line(line: Line) -> dict[str, Any]:
    return {
        "role": line.role, "block": line.block, "start": 0, "end": len(line.text), "text": line.text, "x_pt": line.x,
        "baseline_pt": line.y, "vertical": False, "width_pt": len(line.text) * line.size, "size_pt": line.size,
    }  # fmt: skip


def pdf_of(paper: Paper) -> bytes:
    pdf = pikepdf.new()
    chars = sorted({char for line in paper.lines for char in line.text})
    fonts = Dictionary({f"/{name}": _font(pdf, name, chars) for name in ("Song", "Hei")})
    image = pdf.make_stream(b"\x80" * 4, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8,
                            ColorSpace=Name.DeviceGray)  # fmt: skip
    for page in (1, 2):
        made = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        made.obj.Resources = Dictionary(Font=fonts, XObject=Dictionary(Im=image))
        made.obj.Contents = pdf.make_stream("\n".join(_operators(paper, page)).encode())
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def _operators(paper: Paper, page: int) -> list[str]:
    out = [f"0.5 w {a} {HEIGHT - b} m {c} {HEIGHT - d} l S" for n, a, b, c, d in paper.rules if n == page]
    for n, x0, y0, x1, y1 in paper.pictures:
        if n == page:
            out.append(f"q {x1 - x0} 0 0 {y1 - y0} {x0} {HEIGHT - y1} cm /Im Do Q")
    for line in paper.lines:
        if line.page == page:
            data = "".join(f"{ord(char):04X}" for char in line.text)
            tracking = f"{line.tracking * line.size:.4f} Tc "
            out.append(
                f"BT /{line.font} {line.size} Tf {tracking}1 0 0 1 {line.x:.3f} {HEIGHT - line.y:.3f} Tm <{data}> Tj ET"
            )
    return out


def _font(pdf: pikepdf.Pdf, name: str, chars: list[str]) -> Any:
    pairs = "\n".join(f"<{ord(char):04X}> <{ord(char):04X}>" for char in chars)
    cmap = (
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(chars)} beginbfchar\n{pairs}\nendbfchar"
    )
    widths = Array([33, 126, 500])
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/" + name), DW=1000, W=widths,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
    )  # fmt: skip
    return pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/" + name), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]), ToUnicode=pdf.make_stream(cmap.encode()),
    ))  # fmt: skip
