"""Pictures in their articles: whole columns and rows, aspect kept, captions under them, pages that still close."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.samples import CORPUS, bulletin_of, faces_of, layout_of
from typeset.compose.sense import Cohesion
from typeset.fonts.faces import FaceSet
from typeset.makeup.boxes import BoxRoom
from typeset.makeup.commit import make_up
from typeset.makeup.desk import Desk
from typeset.makeup.inserts import Insert, arrangements, arrangements_over
from typeset.makeup.shapes import closings
from typeset.model.bulletin import Article, Block, Bulletin, Illustration
from typeset.model.edition import Edition, Frame, LineRun, Picture, Rectangle
from typeset.model.findings import TypesetError
from typeset.model.layout import Layout
from typeset.model.pictures import PictureFile
from typeset.pipeline import check_conservation, issue_line, make
from typeset.read.layout import find_layout, read_layout
from typeset.read.manuscript import parse_manuscript, write_manuscript
from typeset.read.pictures import load_pictures

EPS_PT = 0.01
D04 = next(path for path in CORPUS if path.stem == "d04")


def jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(out, "JPEG")
    return out.getvalue()


SIZES = {
    "wide.jpg": (1800, 1200),
    "high.jpg": (1200, 1600),
    "strip.jpg": (2400, 500),
    "pole.jpg": (300, 2400),
}
FILES = {name: PictureFile(b"", *size) for name, size in SIZES.items()}


def illustrated() -> Bulletin:
    """d04 with a picture for three of its captions, one with a caption of its own and one without any words."""
    bulletin = bulletin_of(D04)
    names = iter(("wide.jpg", "high.jpg", "strip.jpg"))
    articles = []
    for article in bulletin.articles:
        body = [
            replace(block, picture=Illustration(next(names), "李明 摄")) if block.type == "caption" else block
            for block in article.body
        ]
        articles.append(replace(article, body=tuple(body)))
    last = replace(articles[-1], body=(Block("caption", "", Illustration("pole.jpg")), *articles[-1].body))
    return replace(bulletin, articles=(*articles[:-1], last))


def edition(bulletin: Bulletin, layout: Layout, files: Mapping[str, PictureFile] = FILES) -> Edition:
    return make_up(
        bulletin, layout, FaceSet.of(layout), issue_line(bulletin, layout, None, None, None), files
    )


@pytest.fixture(scope="module", params=["tabloid", "a4", "vertical"])
def made(request: pytest.FixtureRequest) -> tuple[Edition, Layout]:
    layout = layout_of(request.param)
    return edition(illustrated(), layout), layout


def placed(made: Edition) -> list[tuple[Frame, Picture]]:
    return [
        (frame, picture)
        for page in made.pages
        for picture in page.pictures
        for frame in page.frames
        if frame.article == picture.article
    ]


def test_every_picture_is_placed_once_and_no_word_is_lost(made: tuple[Edition, Layout]) -> None:
    pages, layout = made
    check_conservation(illustrated(), pages, layout)
    assert sorted(picture.name for _, picture in placed(pages)) == sorted(SIZES)


def test_pages_with_pictures_close(made: tuple[Edition, Layout]) -> None:
    assert made[0].is_exact


def test_aspect_is_kept(made: tuple[Edition, Layout]) -> None:
    for _, picture in placed(made[0]):
        width, height = SIZES[picture.name]
        assert picture.height_pt / picture.width_pt == pytest.approx(height / width)


def _is_inside(run: LineRun, boxes: tuple[Rectangle, ...]) -> bool:
    """Whether all its lines stand in one of the boxes: it is what the box holds."""
    places = [(run.line_x_pt(line), run.line_y_pt(line)) for line in range(run.first, run.last)]
    return any(all(x <= u < x + w and y <= v <= y + h for u, v in places) for x, y, w, h in boxes)


def test_boxes_stand_in_their_frames_and_over_no_text(made: tuple[Edition, Layout]) -> None:
    for page in made[0].pages:
        for frame in page.frames:
            for x, y, width, height in frame.boxes:
                assert frame.x_pt - EPS_PT <= x
                assert x + width <= frame.x_pt + frame.width_pt + EPS_PT
                assert frame.y_pt - EPS_PT <= y
                assert y + height <= frame.y_pt + frame.height_pt + EPS_PT
                for run in frame.runs:
                    if run.role == "caption" or (run.role == "note" and _is_inside(run, frame.boxes)):
                        continue
                    for line in range(run.first, run.last):
                        at, to = run.line_x_pt(line), run.line_y_pt(line)
                        long, half = float(run.text.width_em[line]) * run.size_pt, run.size_pt / 2
                        ends = (at - half, to, at + half, to + long) if run.vertical else (
                            at, to - run.size_pt * 0.88, at + long, to + run.size_pt * 0.12)  # fmt: skip
                        wide = min(ends[2], x + width) - max(ends[0], x)
                        high = min(ends[3], y + height) - max(ends[1], y)
                        assert wide <= EPS_PT or high <= EPS_PT, run.text.text[:20]


def test_pictures_stand_in_boxes_of_whole_columns(made: tuple[Edition, Layout]) -> None:
    for frame, picture in placed(made[0]):
        box = [
            b
            for b in frame.boxes
            if b[0] - EPS_PT <= picture.x_pt < b[0] + b[2] and b[1] - EPS_PT <= picture.y_pt
        ]
        assert len(box) >= 1
        x, y, width, height = box[-1]
        assert picture.x_pt + picture.width_pt <= x + width + EPS_PT
        assert picture.y_pt + picture.height_pt <= y + height + EPS_PT


def test_captions_are_set_with_their_credit_in_the_box(made: tuple[Edition, Layout]) -> None:
    for page in made[0].pages:
        for frame in page.frames:
            for run in frame.runs:
                if run.role == "caption":
                    assert any(
                        x - EPS_PT <= run.x_pt <= x + w + EPS_PT and y <= run.baseline_pt <= y + h
                        for x, y, w, h in frame.boxes
                    )
                    assert run.text.text.endswith("李明 摄")


boxes = st.lists(st.tuples(st.integers(1, 5), st.integers(2, 12)), min_size=1, max_size=4)


@given(boxes, st.integers(1, 6), st.integers(1, 60))
@settings(max_examples=200, deadline=None)
def test_insets_tile_their_columns(sizes: list[tuple[int, int]], columns: int, height: int) -> None:
    """Boxes and slots cover every row of every column once."""
    galley = _EMPTY
    made = tuple(
        (Insert(n, min(span, columns), rows, galley, 0.0, 0.0, 0.0),) for n, (span, rows) in enumerate(sizes)
    )
    for arrangement in arrangements(made, columns):
        inset = arrangement.at(height)
        if inset is None:
            continue
        cells = [[0] * height for _ in range(columns)]
        areas = [(s.column, s.insert.span, s.row, s.insert.rows) for s in inset.seated]
        for column, span, row, rows in [*areas, *((c, 1, r, n) for c, r, n in inset.slots)]:
            for n in range(column, column + span):
                for m in range(row, row + rows):
                    cells[n][m] += 1
        assert all(cell == 1 for column in cells for cell in column)
        assert [s.insert.block for s in inset.seated] == list(range(len(made)))


def desk_of(article: Article) -> Desk:
    layout = layout_of()
    cohesion = Cohesion.of(list(article.texts()))
    return Desk(Bulletin(articles=(article,)), layout, faces_of(), cohesion, FILES)


PHOTO = Article(
    "a1", headline=("春到黄河口",), body=(Block("caption", "候鸟归来。", Illustration("wide.jpg")),)
)
_EMPTY = desk_of(PHOTO).galley(0, 13.0)


def test_an_article_may_be_a_picture_alone() -> None:
    desk = desk_of(PHOTO)
    setting = layout_of().body[0]
    shapes = desk.shapes(0, 0, 3, setting, 80)
    assert shapes
    assert all(shape.filled.insets for looks in shapes.values() for shape in looks)


def test_h9_a_picture_over_the_head_moves_it_down_the_cut() -> None:
    text = "这是正文，用来填满各栏，看图片在题上时题的位置。" * 12
    article = replace(PHOTO, body=(*PHOTO.body, Block("para", text)))
    room = BoxRoom.of(layout_of().body[0], 2, 80)
    desk = desk_of(article)
    over = arrangements_over(desk.boxes(0, room), 2)
    assert over
    assert all(a.over is not None and a.over.span == 2 for a in over)
    found = closings(desk.galley(0, 13.0), 2, 80, over)
    rows = {f.insets[0].over_rows for f in found.values() if f.insets and f.insets[0]}
    assert min(rows) > 10
    tops = [shape.span for looks in desk.shapes(0, 0, 2, layout_of().body[0], 80).values() for shape in looks]
    assert any(span is not None and span[0] >= min(rows) for span in tops)


def test_a_wanted_width_is_taken_where_there_is_room() -> None:
    picture = Illustration("wide.jpg", width_columns=2)
    article = replace(PHOTO, body=(Block("caption", "", picture), Block("para", "正文在此。" * 60)))
    room = BoxRoom.of(layout_of().body[0], 4, 80)
    assert desk_of(article).boxes(0, room)[0][0].span == 2


MANUSCRIPT = """articles:
- id: a1
  headline: [题]
  body:
  - {type: para, text: 正文。}
  - {type: caption, text: 甲图}
  - {type: caption, text: 乙图, picture: {file: b.png}}
  pictures:
  - {file: a.png, credit: 王 摄, width_columns: 2}
  - {file: c.png, caption: 丙图, alt: 说明}
"""


def test_pictures_go_to_their_captions_and_come_back() -> None:
    bulletin = parse_manuscript(MANUSCRIPT, "m.yaml")
    found = [(b.text, b.picture and b.picture.file) for b in bulletin.articles[0].body]
    assert found == [("丙图", "c.png"), ("正文。", None), ("甲图", "a.png"), ("乙图", "b.png")]
    assert parse_manuscript(write_manuscript(bulletin), "n.yaml") == bulletin
    assert "".join(bulletin.articles[0].texts()).count("王 摄") == 1


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("  - {file: no.png}\n", "can't be read"),
        ("  - {file: text.png}\n", "it is no picture"),
        ("  - {file: cut.jpg}\n", "can't be used"),
        ("  - {file: ../out.jpg}\n", "outside the manuscript's folder"),
        ("  - {file: /etc/passwd}\n", "outside the manuscript's folder"),
        ('  - {file: "a\\0b.jpg"}\n', "can't be"),
    ],
)
def test_pictures_that_are_not_there_are_named_with_file_and_line(
    tmp_path: Path, lines: str, words: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "text.png").write_text("no picture")
    (folder / "cut.jpg").write_bytes(jpeg(400, 300)[:-900])
    (tmp_path / "out.jpg").write_bytes(jpeg(40, 30))
    text = "articles:\n- id: a1\n  headline: [题]\n  pictures:\n" + lines
    with pytest.raises(TypesetError) as caught:
        load_pictures(parse_manuscript(text, "m.yaml"), folder)
    assert words in caught.value.message.en
    assert str(caught.value.place).startswith("m.yaml:5")


@pytest.mark.parametrize(
    "entry", ["{credit: 无}", "{file: ''}", "{file: a.png, width_columns: 0}", "{file: a.png, width: 2}"]
)
def test_wrong_keys_are_errors_with_their_line(entry: str) -> None:
    text = f"articles:\n- id: a1\n  headline: [题]\n  pictures:\n  - {entry}\n"
    with pytest.raises(TypesetError) as caught:
        parse_manuscript(text, "m.yaml")
    assert caught.value.place is not None
    assert caught.value.place.line == 5


def test_a_picture_belongs_to_a_caption_alone() -> None:
    text = "articles:\n- id: a1\n  body:\n  - {type: para, text: 文, picture: {file: a.png}}\n"
    with pytest.raises(TypesetError) as caught:
        parse_manuscript(text, "m.yaml")
    assert caught.value.place is not None
    assert caught.value.place.line == 4


def test_a_camera_s_orientation_is_obeyed(tmp_path: Path) -> None:
    image = Image.new("RGB", (400, 300))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "a.jpg", exif=exif)
    bulletin = parse_manuscript("articles:\n- id: a1\n  pictures:\n  - {file: a.jpg}\n", "m.yaml")
    file = load_pictures(bulletin, tmp_path)["a.jpg"]
    assert (file.width_px, file.height_px) == (300, 400)


def test_a_caption_longer_than_a_page_is_an_error_that_names_its_picture() -> None:
    caption = Block("caption", "这条图说比一版还长。" * 3000, Illustration("wide.jpg"))
    article = Article("a1", headline=("题目在此",), body=(caption, Block("para", "正文。" * 100)))
    with pytest.raises(TypesetError) as caught:
        edition(Bulletin(articles=(article,)), layout_of("a4"))
    assert "wide.jpg" in caught.value.message.en


def test_every_layout_takes_pictures() -> None:
    for path in ("broadsheet", "a3", "magazine"):
        layout = read_layout(find_layout(path))
        assert 0 < layout.pictures.share < 1


def test_make_takes_a_manuscript_with_pictures_and_keeps_its_pages(tmp_path: Path) -> None:
    """The whole command: the record of the pages has the pictures, too."""
    for name, (width, height) in SIZES.items():
        (tmp_path / name).write_bytes(jpeg(width, height))
    (tmp_path / "m.yaml").write_text(write_manuscript(illustrated()), "utf-8")
    made = make(tmp_path / "m.yaml", out=tmp_path / "one", formats=("pdf", "docx", "json"))
    assert made.is_exact
    kept = make(
        tmp_path / "m.yaml", out=tmp_path / "two", formats=("pdf",), keep=tmp_path / "one" / "m.layout.json"
    )
    assert kept.pages == made.pages
    assert (tmp_path / "one" / "m.pdf").read_bytes() == (tmp_path / "two" / "m.pdf").read_bytes()
