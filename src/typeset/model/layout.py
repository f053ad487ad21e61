"""A layout: everything about how an edition looks, as a file of `layouts/` says it.

Field names are the file's keys; a field that ends in `_pt` is written without it and with a unit
(`width: 270mm`). Colours are CMYK in per cent. `read.layout` fills these and reports wrong keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from typeset.model.conditions import ink_limit

Align = Literal["justify", "left", "center", "right"]
Cmyk = tuple[float, float, float, float]
PrintProfile = Literal["x4", "x1a", "screen"]
Mark = Literal["crop", "registration", "colour-bar", "slug"]
MARKS: tuple[Mark, ...] = ("crop", "registration", "colour-bar", "slug")
BLACK: Cmyk = (0.0, 0.0, 0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Trimmed page and bleed."""

    width_pt: float
    height_pt: float
    bleed_pt: float


@dataclass(frozen=True, slots=True)
class Margins:
    """From the trim to the type area; the furniture (folio line) stands in the top margin."""

    top_pt: float
    bottom_pt: float
    left_pt: float
    right_pt: float


@dataclass(frozen=True, slots=True)
class BodySetting:
    """One body size with its grid: columns × measure, and how many baseline rows a page may have.

    `rows` is [fewest, most]; the planner takes the leading that fills the pages, the most rows first.
    """

    size_pt: float
    columns: int
    measure_em: int
    gutter_em: float
    rows: tuple[int, int]


@dataclass(frozen=True, slots=True)
class FaceSpec:
    """A face by role: its font file, what to take where it lacks a character, its name in Word."""

    file: str
    fallback: tuple[str, ...] = ()
    word: str = "宋体"
    word_bold: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How one role of text is set. `size_em` and indents are in ems of the body.

    `run_in_face`: of the words at a paragraph's head that stand out (【语文】, 问：, 本报讯); empty: as the rest.
    `drop_cap_rows`: how high the first character of an article's first paragraph is (首字下沉), in rows; 0: as the rest.
    """

    face: str
    size_em: float = 1.0
    rows: int = 1
    align: Align = "justify"
    indent_em: float = 0.0
    hang_em: float = 0.0
    space_above_rows: int = 0
    space_below_rows: int = 0
    prefix: str = ""
    separator: str = " "
    colour: Cmyk = BLACK
    run_in_face: str = ""
    drop_cap_rows: int = 0
    drop_cap_face: str = ""


@dataclass(frozen=True, slots=True)
class HeadlineSpec:
    """Headline sizes fall with an article's rank on its page (H11); kicker and deck go with them."""

    face: str
    sizes_pt: tuple[float, ...]
    kicker_face: str
    kicker_ratio: float
    subtitle_face: str
    subtitle_ratio: float
    align: Literal["left", "center"] = "center"
    most_lines: int = 2
    pad_rows: tuple[int, int] = (1, 3)
    line_gap_em: float = 0.25
    least_pt: float = 12.0
    colour: Cmyk = BLACK
    kicker_colour: Cmyk = BLACK


@dataclass(frozen=True, slots=True)
class IndexSpec:
    """本期导读: the articles of the other pages with their page numbers, in a box beside the name on page 1.

    `share`: of the masthead's width; at most `most` entries; `page_text` has {page} for the number.
    """

    title: str
    title_face: str
    face: str
    size_pt: float
    share: float = 0.32
    most: int = 6
    page_text: str = "{page}版"
    leading: float = 1.5
    rule_pt: float = 0.5
    colour: Cmyk = BLACK


@dataclass(frozen=True, slots=True)
class MastheadSpec:
    """报头: the name and under it date, weekday, issue and page count; an index beside the name. Stands at the head of page 1 over its whole width, [fewest, most] rows high as the page closes best."""

    rows: tuple[int, int]
    title: str
    title_face: str
    title_size_pt: float
    line_face: str
    line_size_pt: float
    colour: Cmyk = BLACK
    rule_pt: float = 0.5
    pages_text: str = ""
    """How many pages there are, with {pages} for the number; empty leaves it out."""
    index: IndexSpec | None = None

    @property
    def usual_rows(self) -> int:
        return sum(self.rows) // 2


@dataclass(frozen=True, slots=True)
class FolioSpec:
    """报眉: name, date and page number over every page (from the second, where a masthead has the first)."""

    face: str
    size_pt: float
    rule_pt: float = 0.5
    gap_pt: float = 6.0
    on_first_page: bool = False
    page_text: str = "第{page}版"
    section: bool = True
    """Whether the page's section (版面主题) stands beside its number, where its articles name one."""
    colour: Cmyk = BLACK


@dataclass(frozen=True, slots=True)
class ColophonSpec:
    """版权/责编栏: at the foot of the last page; empty text leaves it out."""

    face: str
    size_pt: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """栏线 between the columns of one article, and the rule between articles."""

    column_pt: float = 0.0
    article_pt: float = 0.3
    colour: Cmyk = BLACK


@dataclass(frozen=True, slots=True)
class BoxSpec:
    """花边: the border round a boxed article, a second thin line inside it where `inner_rule` says so.

    `padding_em` from the border to the text; `most_share`: of a page's rows × columns for an article that
    may be boxed; `most` boxes a page.
    """

    rule_pt: float = 0.9
    inner_rule_pt: float = 0.0
    inner_gap_pt: float = 1.6
    padding_em: float = 1.0
    least_measure_em: int = 9
    most_share: float = 0.2
    most: int = 2
    colour: Cmyk = BLACK


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """Pictures in their articles: whole columns wide, aspect kept, the caption under them.

    `share`: of its article's space that a picture aims at; `most_height`: of a page's; `caption_gap_em`: from the
    picture to its caption; `air_rows`: at least between the box and the text, `more_air_rows` where that closes a page.
    """

    share: float = 0.3
    most_height: float = 0.5
    caption_gap_em: float = 0.5
    air_rows: float = 0.6
    more_air_rows: int = 1


@dataclass(frozen=True, slots=True)
class TableSpec:
    """三线表: rules over and under a table, a thinner one under its heading row."""

    rule_pt: float = 0.6
    head_rule_pt: float = 0.3
    colour: Cmyk = BLACK


@dataclass(frozen=True, slots=True)
class QuoteSpec:
    """提要: a manuscript's quotes stand large across whole columns, a rule over and a thinner one under each.

    Their style (`styles: quote:`) says how large, and how many rows a line takes.
    """

    rule_pt: float = 1.2
    foot_rule_pt: float = 0.4
    air_rows: float = 1.0
    colour: Cmyk = BLACK


@dataclass(frozen=True, slots=True)
class NoteSpec:
    """编者按: a note at an article's head stands in a thin border over the first columns, where it is not too short.

    `rule` 0 leaves notes in the running text.
    """

    rule_pt: float = 0.0
    padding_em: float = 0.8
    least_chars: int = 40
    most_chars: int = 300
    air_rows: float = 1.0
    colour: Cmyk = BLACK


@dataclass(frozen=True, slots=True)
class FillerSpec:
    """补白: the labelled box that takes the space left at the last page's foot, `least_rows` high or white.

    `label` says what it is (公益广告, 启事); `text` stands in it.
    """

    label: str
    text: str
    label_face: str
    face: str
    label_size_pt: float
    size_pt: float
    least_rows: int = 6
    rule_pt: float = 0.8
    colour: Cmyk = BLACK


@dataclass(frozen=True, slots=True)
class ReservedSpec:
    """A place that every edition leaves at a page's foot, in the right-hand columns or over all (0), its label in it."""

    page: int
    height_pt: float
    columns: int = 0
    label: str = "广告"


@dataclass(frozen=True, slots=True)
class CompositionSpec:
    """House rules of composition, where clreq leaves a choice; `typeset galley --set` takes the same keys.

    hang               、 ， 。 may hang out of the measure (T29)
    opening_at_indent  an opening bracket at the head of an indented paragraph: keep (its ½ em of ink stands
                       at the indent) or trim (it stands in the indent, what follows at the indent) (T22)
    punctuation        mainland (marks in a corner of their box) or centred (Traditional: T21, T22 off)
    interpunct_em      width of · (½; 1 by some houses)
    hyphenation        pyphen's language for Western words, or off (T06)
    direction          horizontal, or vertical: lines run downwards, the next to the left (T50, T51)
    """

    hang: bool = False
    opening_at_indent: Literal["keep", "trim"] = "keep"
    punctuation: Literal["mainland", "centred"] = "mainland"
    interpunct_em: float = 0.5
    hyphenation: str = "en_US"
    direction: Literal["horizontal", "vertical"] = "horizontal"


HOUSE_RULES = CompositionSpec()
"""The habits of mainland newspapers, where a layout says nothing else."""


@dataclass(frozen=True, slots=True)
class PrintSpec:
    """What kind of PDF the press gets.

    profile    x4 (PDF/X-4, ISO 15930-7), x1a (PDF/X-1a:2003, ISO 15930-4) or screen (no bleed, no intent)
    condition  a printing condition of the ICC's registry (model.conditions), or the name of `icc`'s own
    icc        the press's profile, from the layout's folder; x4 on FOGRA39 needs none, x1a never does
    ink_limit  most ink in per cent of one; the condition's where it is left out
    marks      crop, registration, colour-bar, slug: outside the bleed
    picture_ppi  pixels an inch that a picture should have at its size, and must have (GWG: 200, newsprint 150)
    spots      inks beside the four: a name, and the CMYK colour of the layout that it prints
    """

    profile: PrintProfile = "x4"
    condition: str = "FOGRA39"
    icc: str = ""
    ink_limit: float | None = None
    marks: tuple[Mark, ...] = ()
    picture_ppi: tuple[float, float] = (200.0, 150.0)
    spots: dict[str, Cmyk] = field(default_factory=dict)

    @property
    def most_ink(self) -> float:
        """Per cent."""
        return ink_limit(self.condition) if self.ink_limit is None else self.ink_limit


@dataclass(frozen=True, slots=True)
class MakeupSpec:
    """How articles become pages, with the weights of makeup.md §4.4 in blemishes."""

    mode: Literal["slicing", "strip"]
    least_fill: float = 0.90
    most_fill: float = 1.03
    head_rows_under: int = 5
    weights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """A validated layout file."""

    name: str
    title: str
    file: str
    sheet: Sheet
    margins: Margins
    body: tuple[BodySetting, ...]
    faces: dict[str, FaceSpec]
    styles: dict[str, Style]
    headline: HeadlineSpec
    masthead: MastheadSpec
    folio: FolioSpec
    makeup: MakeupSpec
    rules: RuleSpec = RuleSpec()
    boxes: BoxSpec = BoxSpec()
    pictures: PictureSpec = PictureSpec()
    tables: TableSpec = TableSpec()
    quotes: QuoteSpec = QuoteSpec()
    notes: NoteSpec = NoteSpec()
    filler: FillerSpec | None = None
    reserved: tuple[ReservedSpec, ...] = ()
    composition: CompositionSpec = HOUSE_RULES
    colophon: ColophonSpec | None = None
    print: PrintSpec = PrintSpec()
    language: str = "zh-CN"

    def style(self, role: str) -> Style:
        """A role's style; layouts may leave out the quotes', which then look like notes."""
        return self.styles.get(role) or self.styles["note"]

    @property
    def type_width_pt(self) -> float:
        return self.sheet.width_pt - self.margins.left_pt - self.margins.right_pt

    @property
    def type_height_pt(self) -> float:
        return self.sheet.height_pt - self.margins.top_pt - self.margins.bottom_pt
