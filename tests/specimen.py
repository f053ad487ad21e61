"""A page of specimens: every rule of composition shown with its id, compared with the accepted one.

python -m tests.specimen           make the page, its places and, if it differs, a picture of the difference, in out/
python -m tests.specimen --accept  take what is made now as the golden page, once you have looked at it
"""

from __future__ import annotations

import argparse
import dataclasses
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.samples import faces_of, layout_of
from typeset.compose.breaks import settings_of, within
from typeset.compose.copy import Copy, prepare_copy
from typeset.compose.headline import break_headline, seams_of
from typeset.compose.justify import set_natural, set_paragraphs
from typeset.compose.sense import Cohesion
from typeset.makeup.turn import CENTRE_EM
from typeset.model.edition import Edition, Frame, LineRun, Page, Ruby, SetText, TextMark
from typeset.model.layout import HOUSE_RULES, BodySetting, CompositionSpec
from typeset.model.marks import Mark, marked_words
from typeset.write.json import edition_json
from typeset.write.pdf import write_pdf

if TYPE_CHECKING:
    from PIL.Image import Image

GOLDEN = Path(__file__).with_name("golden")
DPI = 90
DIFFERS = 96  # of 255: a pixel that another renderer's smoothing would not explain
MOST_DIFFERING = 0.002  # of all pixels
SIZE_PT, PITCH_PT, LABEL_PT = 10.0, 14.5, 7.0
WIDTH_PT, HEIGHT_PT, MARGIN_PT, GUTTER_PT = 595.0, 842.0, 40.0, 35.0
MEASURE_EM = 24.0
VERTICAL = dataclasses.replace(HOUSE_RULES, direction="vertical")
HANG = dataclasses.replace(HOUSE_RULES, hang=True)
CENTRED = dataclasses.replace(HOUSE_RULES, punctuation="centred")


@dataclass(frozen=True)
class Specimen:
    """Rules by id with a word on them, and a text that shows them at a measure in ems."""

    rules: str
    text: str
    measure_em: float = MEASURE_EM
    house: CompositionSpec = HOUSE_RULES
    indent_em: float = 2.0
    headline: bool = False
    marks: tuple[Mark, ...] = ()


SPECIMENS = (
    Specimen("T01 T02 T07 避头尾 挤进", "会议指出，要坚持“两个维护”，（见附件）做到学思用贯通、知信行统一，把学习成果转化为实际行动，推动各项工作落到实处。"),
    Specimen("T03 T04 破折号、省略号不拆不居行首", "他走过的路很长很长——从村口到县城，从县城到省城……一路风雨，一路歌唱，从来没有停下过脚步。"),
    Specimen("T05 数字不拆", "全年实现产值8312.5万元，同比增长617.37%，其中1—8月完成300km，共¥30万，10月16日第3—5页。"),
    Specimen("T06 T30 西文连字、网址", "国际组织International organizations发布recommendations，详见https://www.example.org/a-b/c。", 20),
    Specimen("T08 T24 整段最优、两端齐", "坚持以人民为中心的发展思想，推动高质量发展取得新成效，让改革发展成果更多更公平惠及全体人民，不断实现人民对美好生活的向往。", 13),
    Specimen("T09 T28 末行不孤字、左齐", "新时代新征程上，我们要牢记初心使命，坚定理想信念，勇于担当作为，奋力谱写新的篇章。", 14),
    Specimen("T10 T11 标题按意群断行", "把支部建在产业链上 让党旗飘在项目一线", 12, indent_em=0, headline=True),
    Specimen("T12 字符簇", "组合字e\u0301与a\u0308、n\u0303不拆开，占位归首字符。", indent_em=0),
    Specimen("T20 T21 标点相邻 行末半字", "他说：“好！”（掌声）“《求是》、《人民日报》都登了。”什么？！真的？"),
    Specimen("T22 行首括号", "（一）总体要求。“人民至上”是根本立场，要贯穿始终，体现到每一项具体工作之中去。", 12, indent_em=0),
    Specimen("T23 T25 中西间隔", "采用5G网络和AI技术，30%以上企业投入¥5亿元，CO₂减排10t，①■不加空。"),
    Specimen("T26 首行缩进", "段首缩进两字，回行顶格，这是中文报刊最常见的习惯做法之一。", 12),
    Specimen("T29 标点悬挂", "我们要坚持以人民为中心，的发展思想，推动高质量发展迈上新的台阶。", 11, HANG, 0),
    Specimen("繁體 標點居中", "我們要堅持以人民為中心的發展思想，推動高質量發展（詳見附件）；「第一條」規定如下。", 14, CENTRED),
    Specimen("日文 T01", "きゃっと驚いたラーメンの話を、人々は「昔々」と語った。", 9, indent_em=0),
    Specimen("T52 着重号、专名号、浪线", "鲁迅写了狂人日记，说的是一个也不能少的道理，周树人即鲁迅。", marks=(
        Mark("dots", "一个也不能少"), Mark("name", "鲁迅"), Mark("name", "周树人"), Mark("title", "狂人日记"))),
    Specimen("T53 注音", "饕餮之徒，耄耋之年，注音不动行距。", marks=(
        Mark("ruby", "饕餮", "tāo tiè"), Mark("ruby", "耄耋", "mào dié"), Mark("ruby", "行距", "leading"))),
    Specimen("T60 缺字示以〓", "古埃及字\U00013000各字体皆缺。", indent_em=0),
)  # fmt: skip
UPRIGHT = Specimen(
    "T50 T51 竖排",
    "12月16日，第5版“要闻”刊登——产值8312.5万元，AI与GDP……（见图）。人民至上，生命至上。",
    17,
    VERTICAL,
    2.0,
)


def specimen_page() -> Edition:
    """All specimens on one page."""
    runs: list[LineRun] = []
    left, top = MARGIN_PT, MARGIN_PT
    for specimen in SPECIMENS:
        text, lines = _set(specimen)
        label = 15 if specimen.marks else 11
        height = label + lines * PITCH_PT * (1.35 if specimen.headline else 1) + 5
        if top + height > HEIGHT_PT - MARGIN_PT:
            left, top = left + MEASURE_EM * SIZE_PT + GUTTER_PT, MARGIN_PT
        runs.append(_label(specimen.rules, left, top))
        size = SIZE_PT * (1.35 if specimen.headline else 1)
        runs.append(LineRun(
            text, 0, lines, left, top + label + 0.88 * size, PITCH_PT * size / SIZE_PT, size, "para", 0, specimen.measure_em * size,
        ))  # fmt: skip
        top += height
    runs += _vertical(left, top)
    setting = BodySetting(SIZE_PT, 2, int(MEASURE_EM), GUTTER_PT / SIZE_PT, (50, 50))
    frame = Frame(
        0, 0, MARGIN_PT, MARGIN_PT, WIDTH_PT - 2 * MARGIN_PT, HEIGHT_PT - 2 * MARGIN_PT, 2, tuple(runs)
    )
    page = Page(1, (frame,), (), (), 1.0)
    return Edition(
        "specimen",
        "Specimens",
        None,
        None,
        WIDTH_PT,
        HEIGHT_PT,
        0.0,
        setting,
        PITCH_PT,
        (page,),
        ("T01–T62",),
        ("specimen",),
    )


def _set(specimen: Specimen) -> tuple[SetText, int]:
    face = "song-heavy" if specimen.headline else "song"
    copy = prepare_copy([specimen.text], face, faces_of(), specimen.headline, specimen.house)
    if specimen.headline:
        ends = break_headline(seams_of(copy, 0, Cohesion.of([])), specimen.measure_em, 3)
        assert ends
        return set_natural(copy, [0, *ends[:-1]], ends), len(ends)
    indent = within(specimen.indent_em, specimen.measure_em)
    best = settings_of(copy, specimen.measure_em, [indent])[0].best.lines
    text = set_paragraphs(copy, [best], specimen.measure_em, [indent])
    return _marked(text, copy, specimen), len(best)


def _marked(text: SetText, copy: Copy, specimen: Specimen) -> SetText:
    def over(words: str) -> SetText:
        return set_natural(prepare_copy([words], "song", faces_of(), rules=specimen.house), [0], [len(words)])

    (found,) = marked_words([copy.text], specimen.marks)
    marks = [
        TextMark(w.mark.kind, w.start, w.end, tuple(Ruby(a, b, over(part)) for a, b, part in w.ruby_parts()))
        for w in found
    ]
    return dataclasses.replace(text, marks=tuple(marks))


def _label(words: str, left: float, top: float) -> LineRun:
    copy = prepare_copy([words], "hei", faces_of())
    return LineRun(
        set_natural(copy, [0], [len(words)]),
        0,
        1,
        left,
        top + LABEL_PT,
        0.0,
        LABEL_PT,
        "caption",
        measure_pt=200,
    )


def _vertical(left: float, top: float) -> list[LineRun]:
    text, lines = _set(UPRIGHT)
    right = left + lines * PITCH_PT
    return [
        _label(UPRIGHT.rules, left, top),
        LineRun(text, 0, lines, right - CENTRE_EM * SIZE_PT, top + 14, PITCH_PT, SIZE_PT, "para", 0,
                UPRIGHT.measure_em * SIZE_PT, vertical=True),
    ]  # fmt: skip


def picture(edition: Edition) -> Image:
    import pypdfium2

    with pypdfium2.PdfDocument(write_pdf(edition, faces_of(), layout_of())) as pdf:
        made: Image = pdf[0].render(scale=DPI / 72, grayscale=True).to_pil()
        return made


def difference(one: Image, other: Image) -> float:
    """Share of the pixels that differ plainly; 1 where the sizes do."""
    if one.size != other.size:
        return 1.0
    return float((np.abs(_pixels(one) - _pixels(other)) > DIFFERS).mean())


def _pixels(image: Image) -> np.typing.NDArray[np.int16]:
    return np.asarray(image.convert("L"), dtype=np.int16)


def golden_picture() -> Image:
    from PIL import Image

    return Image.open(GOLDEN / "specimen.png")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.specimen", description=__doc__.partition("\n")[0])
    parser.add_argument("--accept", action="store_true")
    folder = GOLDEN if parser.parse_args().accept else Path("out")
    folder.mkdir(exist_ok=True)
    edition = specimen_page()
    page = picture(edition)
    data = io.BytesIO()
    page.save(data, "png", optimize=True)
    (folder / "specimen.png").write_bytes(data.getvalue())
    (folder / "specimen.json").write_bytes(edition_json(edition))
    if folder != GOLDEN:
        (folder / "specimen.pdf").write_bytes(write_pdf(edition, faces_of(), layout_of()))
        share = difference(page, golden_picture()) if (GOLDEN / "specimen.png").is_file() else 1.0
        print(f"{share:.4%} of the pixels differ from the golden page")
        return int(share > MOST_DIFFERING)
    return 0


if __name__ == "__main__":
    sys.exit(main())
