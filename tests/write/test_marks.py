"""T52, T53: what a manuscript marks, on the finished page and in the DOCX."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from functools import cache
from itertools import pairwise

import numpy as np
import pikepdf
import pypdfium2
import pytest

from tests.samples import faces_of, layout_of, solid
from typeset.makeup.commit import make_up
from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.edition import Edition, LineRun
from typeset.model.layout import HOUSE_RULES
from typeset.model.marks import Mark, MarkedWords, marked_words
from typeset.pipeline import check_conservation, issue_line
from typeset.write.docx import write_docx
from typeset.write.marks import mark_paths, ruby_lines
from typeset.write.pdf import write_pdf

TEXT = (
    "鲁迅先生说过，饕餮之徒不足道，我们要让乡亲们“一个也不能少”地过上好日子，读者可以从狂人日记里细细体会。"
    * 2
)
MARKS = (
    Mark("dots", "一个也不能少，", nth=None), Mark("dots", "不足道"), Mark("name", "鲁迅"), Mark("title", "狂人日记"),
    Mark("ruby", "饕餮", "tāo tiè"), Mark("ruby", "乡亲们", "folks", 2),
)  # fmt: skip


@cache
def edition(marks: tuple[Mark, ...] = MARKS, vertical: bool = False) -> Edition:
    bulletin, layout = bulletin_of(marks), layout_of("a4")
    if vertical:
        layout = dataclasses.replace(
            layout, composition=dataclasses.replace(HOUSE_RULES, direction="vertical")
        )
    return make_up(bulletin, layout, faces_of("a4"), issue_line(bulletin, layout, None, None, None))


def bulletin_of(marks: tuple[Mark, ...]) -> Bulletin:
    body = (Block("para", TEXT), Block("para", "鲁迅又说，读书要细。" * 9))
    return Bulletin("标记", articles=(Article("a1", headline=("鲁迅的话",), body=body, marks=marks),))


def body_runs(made: Edition) -> list[LineRun]:
    return [r for page in made.pages for frame in page.frames for r in frame.runs if r.role == "para"]


def test_marks_are_found_through_all_texts_of_an_article() -> None:
    texts = ["鲁迅的话", "鲁迅说，鲁迅写。"]
    everywhere = marked_words(texts, [Mark("name", "鲁迅")])
    assert [(w.start, w.end) for w in everywhere[1]] == [(0, 2), (4, 6)]
    third = marked_words(texts, [Mark("name", "鲁迅", nth=3)])
    assert [[(w.start, w.end) for w in found] for found in third] == [[], [(4, 6)]]


def test_t53_ruby_stands_one_to_one_or_over_all() -> None:
    one = MarkedWords(Mark("ruby", "饕餮", "tāo tiè"), 3, 5)
    assert list(one.ruby_parts()) == [(3, 4, "tāo"), (4, 5, "tiè")]
    whole = MarkedWords(Mark("ruby", "乡亲们", "good folks"), 0, 3)
    assert list(whole.ruby_parts()) == [(0, 3, "good folks")]


@pytest.mark.parametrize("vertical", [False, True])
def test_t52_t53_the_line_pitch_does_not_move(vertical: bool) -> None:
    plain, marked = edition((), vertical), edition(MARKS, vertical)
    assert plain.row_pt == marked.row_pt
    for a, b in zip(body_runs(plain), body_runs(marked), strict=True):
        assert (a.first, a.last, a.x_pt, a.baseline_pt, a.pitch_pt) == (
            b.first, b.last, b.x_pt, b.baseline_pt, b.pitch_pt,
        )  # fmt: skip
        assert np.array_equal(a.text.x_em, b.text.x_em)


def test_t52_a_dot_under_the_middle_of_every_character() -> None:
    for run in body_runs(edition((Mark("dots", "不足道"), Mark("dots", "好日子，")))):
        dots = [points[0] for points, _, is_round in mark_paths(run) if is_round]
        want = []
        for line in range(run.first, run.last):
            for at in range(int(run.text.starts[line]), int(run.text.ends[line])):
                if any(m.start <= at < m.end for m in run.text.marks) and run.text.text[at] not in "，":
                    middle = run.line_x_pt(line) + (float(run.text.x_em[at]) + 0.5) * run.size_pt
                    want.append((middle, run.line_y_pt(line)))
        assert len(dots) == len(want)
        for (x, y), (middle, baseline) in zip(sorted(dots), sorted(want), strict=True):
            assert x == pytest.approx(middle, abs=0.1 * run.size_pt)
            assert 0.12 * run.size_pt < y - baseline < run.pitch_pt - 0.88 * run.size_pt


def test_t52_lines_run_under_their_words_and_stay_apart() -> None:
    (run,) = [r for r in body_runs(edition((Mark("name", "鲁迅"), Mark("name", "先生")))) if r.block == 0][:1]
    lines = sorted(points for points, _, is_round in mark_paths(run) if not is_round and len(points) == 2)
    assert lines
    first = [p for p in lines if p[0][1] == lines[0][0][1]]
    for a, b in pairwise(first):
        assert b[0][0] - a[1][0] > 0.05 * run.size_pt
    waves = [
        points
        for r in body_runs(edition((Mark("title", "狂人日记"),)))
        for points, _, _ in mark_paths(r)
        if len(points) > 2
    ]
    assert waves
    assert all(len(points) % 3 == 1 for points in waves)


def test_t53_ruby_stands_between_the_lines_over_its_words() -> None:
    found = 0
    for run in body_runs(edition()):
        for ruby in ruby_lines(run):
            found += 1
            row = (ruby.y_pt - run.baseline_pt) % run.pitch_pt
            over = run.pitch_pt - row  # from the ruby's baseline down to the line's
            assert 0.85 * run.size_pt < over < run.pitch_pt
            assert ruby.size_pt <= run.size_pt / 2
    assert found == 5  # two characters twice, and the second 乡亲们


@pytest.mark.parametrize(("mark", "side"), [(Mark("dots", "不足道"), 1), (Mark("name", "鲁迅"), -1)])
def test_t52_vertical_dots_stand_on_the_right_lines_on_the_left(mark: Mark, side: int) -> None:
    found = 0
    for run in body_runs(edition((mark,), vertical=True)):
        middles = [run.line_x_pt(n) for n in range(run.first, run.last)]
        for points, _, _ in mark_paths(run):
            found += 1
            assert min(abs((points[0][0] - m) / run.size_pt * side - 0.61) for m in middles) < 0.02
    assert found


@pytest.mark.parametrize("vertical", [False, True])
def test_t61_the_text_is_there_with_its_ruby(vertical: bool) -> None:
    """Marks add nothing to what is read back but the ruby."""

    def read(made: Edition) -> str:
        with pypdfium2.PdfDocument(write_pdf(made, faces_of("a4"), layout_of("a4"))) as pdf:
            return "".join(solid(pdf[n].get_textpage().get_text_range()) for n in range(len(pdf)))

    plain, marked = read(edition((), vertical)), read(edition(MARKS, vertical))
    assert sorted(marked) == sorted(plain + "tāotiè" * 2 + "folks")
    made = edition(MARKS, vertical)
    check_conservation(bulletin_of(MARKS), made, layout_of("a4"))


def test_marks_are_drawn_in_black_ink_outside_the_text() -> None:
    with pikepdf.open(io.BytesIO(write_pdf(edition(), faces_of("a4"), layout_of("a4")))) as pdf:
        ops = pikepdf.parse_content_stream(pdf.pages[0])
    depth, curves = 0, 0
    for _, operator in ops:
        depth += {"BT": 1, "ET": -1}.get(str(operator), 0)
        if str(operator) in ("m", "l", "c", "S"):
            assert depth == 0
            curves += str(operator) == "c"
    assert curves > 8


def test_t52_t53_in_the_docx() -> None:
    bulletin, layout = bulletin_of(MARKS), layout_of("a4")
    data = write_docx(bulletin, layout, issue_line(bulletin, layout, None, None, None))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        story = package.read("word/document.xml").decode()
    assert story.count('<w:em w:val="underDot"/>') == 2
    assert story.count('<w:u w:val="single"/>') == 1 + 2 + 9
    assert story.count('<w:u w:val="wave"/>') == 2
    assert story.count("<w:ruby>") == 5
