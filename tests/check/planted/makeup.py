"""Faults of make-up planted in a clean paper: the measure that must catch it, whether the PDF alone tells it, the plant."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

from tests.check.papers import BODY, LEFT, MEASURE, PITCH, STEP, Line, Paper, row_y

Plant = Callable[[Paper, random.Random], None]
PLANTED: list[tuple[str, bool, str, Plant]] = []
"""(measure, told by the PDF alone, name, plant)."""


def plants(measure: str, alone: bool = True) -> Callable[[Plant], Plant]:
    def put(plant: Plant) -> Plant:
        PLANTED.append((measure, alone, plant.__name__, plant))
        return plant

    return put


def inner(paper: Paper, rng: random.Random) -> Line:
    """A full line inside its paragraph."""
    return rng.choice([line for line in paper.full() if line.x == LEFT + STEP * line.column])


def pair(paper: Paper, rng: random.Random) -> tuple[Line, Line]:
    """Two lines of one paragraph, neither its first nor its last."""
    found = [
        (a, b)
        for lines in paper.columns()
        for a, b in pairwise(lines)
        if a in paper.full() and b in paper.full() and a.block == b.block and a.x == b.x
    ]
    return rng.choice(found)


@plants("K2.place", alone=False)
def a_line_moved_a_little(paper: Paper, rng: random.Random) -> None:
    inner(paper, rng).x += 0.3


@plants("K2.place", alone=False)
def a_line_moved_to_another_column(paper: Paper, rng: random.Random) -> None:
    line = inner(paper, rng)
    line.x += STEP if line.column < 3 else -STEP


@plants("K2.lost", alone=False)
def a_character_dropped(paper: Paper, rng: random.Random) -> None:
    line = rng.choice(paper.of("para", "headline", "subhead"))
    at = rng.randrange(len(line.text))
    line.text = line.text[:at] + line.text[at + 1 :]


@plants("K2.lost", alone=False)
def a_line_dropped(paper: Paper, rng: random.Random) -> None:
    paper.lines.remove(inner(paper, rng))


@plants("K2.added", alone=False)
def a_character_doubled(paper: Paper, rng: random.Random) -> None:
    line = rng.choice(paper.of("para", "headline", "subhead"))
    at = rng.randrange(len(line.text))
    line.text = line.text[: at + 1] + line.text[at:]


@plants("K2.added", alone=False)
def a_line_doubled(paper: Paper, rng: random.Random) -> None:
    line = inner(paper, rng)
    paper.lines.append(Line(**(vars(line) | {"x": 300.0, "y": 740.0, "page": 3 - line.page})))


@plants("K2.order", alone=False)
def two_characters_swapped(paper: Paper, rng: random.Random) -> None:
    line = rng.choice([n for n in paper.full() if n.text[0] != n.text[1]])
    line.text = line.text[1] + line.text[0] + line.text[2:]


@plants("K2.over")
def a_text_over_another(paper: Paper, rng: random.Random) -> None:
    a, b = pair(paper, rng)
    b.x, b.y = a.x + rng.uniform(-2, 2), a.y + rng.uniform(-2, 2)


@plants("K2.over")
def text_on_a_picture(paper: Paper, rng: random.Random) -> None:
    line = inner(paper, rng)
    paper.pictures.append((line.page, line.x + 30, line.y - 20, line.x + 90, line.y + 20))


@plants("K2.outside")
def a_line_near_the_trim(paper: Paper, rng: random.Random) -> None:
    line = rng.choice(paper.of("folio"))
    line.y = rng.choice([6.0, 11.0, 797.0])


@plants("K3.foot")
def a_column_short_by_rows(paper: Paper, rng: random.Random) -> None:
    lines = rng.choice([c for c in paper.columns() if len(c) > 9])
    for line in lines[-rng.randrange(1, 4) :]:
        paper.lines.remove(line)


@plants("K4.grid")
def a_baseline_shifted(paper: Paper, rng: random.Random) -> None:
    inner(paper, rng).y += rng.choice([-0.3, 0.3])


@plants("K4.grid")
def a_column_shifted(paper: Paper, rng: random.Random) -> None:
    for line in rng.choice(paper.columns()):
        line.y += 0.3


@plants("K5.butt")
def two_heads_level(paper: Paper, rng: random.Random) -> None:
    page = rng.choice([1, 2])
    _, left, right = sorted(paper.of("headline", page=page), key=lambda line: line.y)
    right.y = left.y + rng.uniform(-4, 4)
    paper.pictures = [picture for picture in paper.pictures if picture[0] != page]


@plants("K6.seam")
def a_second_cut_across_the_page(paper: Paper, rng: random.Random) -> None:
    page, row = rng.choice([1, 2]), rng.randrange(38, 43)
    top, foot = row_y(row - 1.5), row_y(row + 1.5)
    paper.lines = [n for n in paper.lines if n.page != page or n.column < 0 or not top < n.y < foot]
    paper.rules.append((page, LEFT, row_y(row - 0.5), 570, row_y(row - 0.5)))


@plants("K7.subhead")
def a_subhead_at_a_columns_foot(paper: Paper, rng: random.Random) -> None:
    lines = rng.choice(paper.columns())
    last = lines[-1]
    last.text, last.role, last.font, last.x = "山水田林湖草", "subhead", "Hei", LEFT + STEP * last.column + 30


@plants("K7.subhead")
def a_subhead_with_one_row_under_it(paper: Paper, rng: random.Random) -> None:
    lines = rng.choice(paper.columns())
    row, last = lines[-2:]
    row.text, row.role, row.font, row.x = "山水田林湖草", "subhead", "Hei", LEFT + STEP * row.column + 30
    last.text, last.x = "山水田林湖草沙云雨风", LEFT + STEP * last.column + 20


@plants("K7.head")
def a_headline_with_little_text(paper: Paper, rng: random.Random) -> None:
    """The text goes on under another head."""
    page, keep = rng.choice([1, 2]), rng.randrange(1, 5)
    head = sorted(paper.of("headline", page=page), key=lambda line: line.y)[1]
    text = "山水田林湖草沙云雨风花树"
    for column in [c for c in paper.columns() if c[0].article == head.article]:
        for line in column[keep:]:
            paper.lines.remove(line)
        last = column[keep - 1]
        last.text, last.x, last.role, last.font, last.block = (
            text,
            LEFT + STEP * last.column,
            "para",
            "Song",
            77,
        )
    after = next(n for n in paper.of("para", page=page) if n.column == 2 and n.y > head.y + 90)
    after.text, after.x, after.article, after.block = text, LEFT + STEP * 2, head.article, 77


@plants("K8.widow")
def a_short_last_line_at_a_columns_head(paper: Paper, rng: random.Random) -> None:
    lines = rng.choice([c for c in paper.columns() if c[0].column in (1, 3)])
    lines[0].text, lines[0].x = "山水田林。"[-rng.randrange(3, 6) :], LEFT + STEP * lines[0].column
    before = next(
        c for c in paper.columns() if c[0].article == lines[0].article and c[0].column == lines[0].column - 1
    )
    before[-1].text = "山水田林湖草沙云雨风花树"
    _join(before[-1], lines[0])


def _join(a: Line, b: Line) -> None:
    """b goes on with a's paragraph."""
    b.block = a.block


@plants("K8.orphan")
def first_lines_alone_at_columns_feet(paper: Paper, rng: random.Random) -> None:
    page = rng.choice([1, 2])
    ends = [c for c in paper.columns() if c[0].page == page and c[0].column < 3]
    for lines in rng.sample([c for c in ends if _next(paper, c)], 2):
        last = lines[-1]
        last.text, last.x, last.block = (
            "山水田林湖草沙云雨风",
            LEFT + STEP * last.column + 20,
            50 + last.column,
        )
        after = _next(paper, lines)[0]
        after.text, after.x, after.block = "山水田林湖草沙云雨风花树", LEFT + STEP * after.column, last.block


def _next(paper: Paper, lines: list[Line]) -> list[Line]:
    first = lines[0]
    return next(
        (
            c
            for c in paper.columns()
            if c[0].page == first.page and c[0].article == first.article and c[0].column == first.column + 1
        ),
        [],
    )


@plants("K8.single")
def one_character_in_a_line(paper: Paper, rng: random.Random) -> None:
    line = rng.choice(
        [n for n in paper.of("para") if n.text.endswith("。") and n.x == LEFT + STEP * n.column]
    )
    line.text = rng.choice("山水田林") + "。"


@plants("K9.start")
def a_comma_at_a_lines_head(paper: Paper, rng: random.Random) -> None:
    line = inner(paper, rng)
    line.text = rng.choice("，。、；：？！”）》") + line.text[1:]


@plants("K9.start")
def a_comma_at_a_head_lines_start(paper: Paper, rng: random.Random) -> None:
    line = rng.choice(paper.of("headline"))
    line.text = "，" + line.text[1:]


@plants("K9.end")
def an_opening_mark_at_a_lines_end(paper: Paper, rng: random.Random) -> None:
    line = inner(paper, rng)
    line.text = line.text[:-1] + rng.choice("“（《【")


@plants("K9.number")
def a_number_split(paper: Paper, rng: random.Random) -> None:
    a, b = pair(paper, rng)
    tail, lead = rng.choice(
        [("12", "34"), ("3.", "5山"), ("87", ".6"), ("45", "％水"), ("30", "万林"), ("5,", "20"), ("2", "—8")]
    )
    wide = [sum(1 if not c.isascii() else 0.5 for c in part) for part in (tail, lead)]
    a.text = a.text[: MEASURE - int(wide[0])] + tail
    b.text = lead + b.text[int(wide[1]) :]


@plants("K9.dash")
def a_dash_split(paper: Paper, rng: random.Random) -> None:
    a, b = pair(paper, rng)
    mark = rng.choice("—…")
    a.text, b.text = a.text[:-1] + mark, mark + b.text[1:]


@plants("K10.lead")
def a_lower_headline_larger_than_the_lead(paper: Paper, rng: random.Random) -> None:
    heads = sorted(paper.of("headline", page=rng.choice([1, 2])), key=lambda line: line.y)
    heads[rng.choice([1, 2])].size = heads[0].size + rng.choice([1, 3, 6])


@plants("K10.order", alone=False)
def headlines_in_the_wrong_order_of_size(paper: Paper, rng: random.Random) -> None:
    heads = sorted(paper.of("headline", page=rng.choice([1, 2])), key=lambda line: line.y)
    heads[2].size = heads[1].size + rng.choice([0.5, 1, 2])


@plants("K11.tops")
def a_column_that_begins_lower(paper: Paper, rng: random.Random) -> None:
    lines = rng.choice(paper.columns())
    for line in lines[: rng.randrange(1, 3)]:
        paper.lines.remove(line)


@plants("K11.order", alone=False)
def two_paragraphs_in_the_wrong_order(paper: Paper, rng: random.Random) -> None:
    lines = rng.choice([c for c in paper.columns() if len({n.block for n in c}) > 2])
    first, last = min(n.block for n in lines), max(n.block for n in lines)
    for line in lines:
        line.block = {first: last, last: first}.get(line.block, line.block)


@plants("K12.hole")
def an_empty_hole(paper: Paper, rng: random.Random) -> None:
    column, row, page = rng.randrange(3), rng.randrange(24, 34), rng.choice([1, 2])
    paper.lines = [
        n for n in paper.lines
        if not (n.page == page and n.column in (column, column + 1) and row_y(row) < n.y < row_y(row + 10))
    ]  # fmt: skip
    paper.pictures = []


@plants("K13.grey")
def a_page_too_light(paper: Paper, rng: random.Random) -> None:
    page = rng.choice([1, 2])
    paper.lines = [n for n in paper.lines if n.page != page or n.role != "para" or rng.random() < 0.7]


@plants("K14.jumps")
def a_jump_without_its_partner(paper: Paper, rng: random.Random) -> None:
    page = rng.choice([1, 2])
    text = rng.choice([f"（下转第{3 - page}版）", f"（上接第{'一二'[2 - page]}版）"])
    paper.lines.append(Line(page, 480, 775, 8, text, "note"))


@plants("K14.jumps")
def a_jump_to_a_wrong_page(paper: Paper, rng: random.Random) -> None:
    paper.lines.append(Line(1, 480, 775, 8, "（下转第2版）", "note"))
    paper.lines.append(Line(2, 480, 775, 8, f"（上接第{rng.randrange(3, 9)}版）", "note"))


@plants("K15.tracking")
def a_line_tracked_too_wide(paper: Paper, rng: random.Random) -> None:
    line = inner(paper, rng)
    line.tracking, line.text = 0.2, line.text[:10]


@plants("K15.tight")
def a_line_set_too_tight(paper: Paper, rng: random.Random) -> None:
    line = inner(paper, rng)
    line.tracking, line.text = -0.07, line.text + "山"


@plants("K15.even")
def a_gap_within_a_line(paper: Paper, rng: random.Random) -> None:
    line = inner(paper, rng)
    at = next(n for n in range(5, 10) if "，" not in line.text[n - 1 : n + 1])
    gap = rng.uniform(2.5, 9)
    rest = Line(**(vars(line) | {"x": line.x + at * BODY + gap, "text": line.text[at:]}))
    line.text = line.text[:at]
    paper.lines.insert(paper.lines.index(line) + 1, rest)


@plants("K16.words")
def a_headline_broken_inside_a_word(paper: Paper, rng: random.Random) -> None:
    head = rng.choice(paper.of("headline"))
    first, second = rng.choice([
        ("加强干部教", "育工作"), ("推进乡村振", "兴战略"), ("建设美丽中", "国乡村"), ("全面提高服", "务水平"), ("学习贯彻精", "神动员"),
    ])  # fmt: skip
    head.text = first
    paper.lines.insert(
        paper.lines.index(head) + 1, Line(**(vars(head) | {"text": second, "y": head.y + head.size * 1.1}))
    )
    head.y -= head.size * 0.1


@plants("K17.edges")
def a_line_off_its_left_edge(paper: Paper, rng: random.Random) -> None:
    inner(paper, rng).x += rng.choice([-3.0, -1.0, 1.0, 3.0])


@plants("K17.edges")
def a_ragged_right_edge(paper: Paper, rng: random.Random) -> None:
    line = inner(paper, rng)
    line.text = line.text[:-2]


@plants("K17.indent")
def a_wrong_indent(paper: Paper, rng: random.Random) -> None:
    line = rng.choice([n for n in paper.of("para") if n.x != LEFT + STEP * n.column and n.text[-1] != "。"])
    line.x += rng.choice([-4.0, 4.0])


@plants("K18.measure")
def columns_too_narrow(paper: Paper, rng: random.Random) -> None:
    lines = rng.choice(paper.columns())
    for line in lines:
        line.text = line.text[: 8 if line.x == LEFT + STEP * line.column else 6]


@plants("K19.masthead")
def a_masthead_that_is_not_the_largest(paper: Paper, rng: random.Random) -> None:
    paper.of("masthead")[0].size = rng.uniform(24, 32)


@plants("K19.folio")
def a_page_number_missing(paper: Paper, rng: random.Random) -> None:
    paper.lines.remove(rng.choice(paper.of("folio")))


@plants("K19.folio")
def a_wrong_page_number(paper: Paper, rng: random.Random) -> None:
    paper.of("folio", page=2)[0].text = f"第{rng.randrange(3, 9)}版"


@plants("K1.fill", alone=False)
def a_frame_that_leaves_cells(paper: Paper, rng: random.Random) -> None:
    at = rng.randrange(len(paper.frames))
    page, name, x, y, width, height = paper.frames[at]
    paper.frames[at] = (page, name, x, y, width, height - PITCH * rng.randrange(1, 4))
