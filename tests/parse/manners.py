"""The corpus set anew in other manners of arriving: wraps, blanks, indents, bylines, folio lines, cut columns.

A gold bulletin goes in; the text that would arrive in a manner comes out, with its truth and the role of
every line. So the parser is measured, and its weights are fitted, on many more bulletins than anyone wrote.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.parse.truth import Truth
from typeset.model.bulletin import Article, Block, BlockType, Bulletin
from typeset.model.source import Source
from typeset.parse.parts import dateline_names
from typeset.parse.roles import Role

CLOSERS = "，。、；：！？”’」』）》〉】％"
OPENERS = "“‘「『（《〈【"
_UNIT = re.compile("[A-Za-z0-9.,:;/@_?&=%#+~'’-]+|.", re.DOTALL)
_DATE = re.compile(r"\s(\S{4}年\S+月\S+日)$")

BYLINES = {
    "square": lambda names: "□ " + " ".join(names),
    "black": lambda names: "■" + "　".join(names),
    "reporter": lambda names: "本报记者 " + " ".join(names),
    "two roles": lambda names: " 通讯员 ".join(("本报记者　" + names[0], "　".join(names[1:]))[: len(names)]),
    "author": lambda names: "作者：" + "、".join(names),
    "text": lambda names: "文/" + " ".join(names),
    "bare": lambda names: "　　".join(names),
}
FOLIOS = (
    "第{page}版 云台日报 2024年12月5日",
    "2024年12月5日　星期四　云台周报　{page}版",
    "· {page} ·",
    "—{page}—",
    "云台文汇　2024年第6期　{page}",
    "{page}　综合　2024年12月5日　责任编辑：许一鸣　校对：方圆",
)
SOURCES = {
    "brackets": "（{}）",
    "keyed": "来源：{}",
    "author": "（作者单位：{}）",
    "right": "　　　　　　　　　　　　{}",
}
ROLE_OF: dict[BlockType, Role] = {
    "para": Role.PARA,
    "subhead": Role.SUB,
    "note": Role.NOTE,
    "caption": Role.CAPTION,
    "list": Role.ITEM,
    "table": Role.ROW,
    "verse": Role.VERSE,
}
PROSE = ("para", "note", "caption", "list")


@dataclass(frozen=True)
class Manner:
    """How a bulletin arrives.

    paragraph_gap, article_gap, head_gap  blank lines above a paragraph, an article, a head's further line
    indent                                what a paragraph's first line begins with
    sub_indent, head_indent, verse_indent the same of a subhead, of a head and of verse
    wrap_em                               measure at which lines are broken, or 0
    byline, source                        keys of BYLINES (or "end") and of SOURCES
    folio, folio_lines                    which of FOLIOS, after how many lines, in mid paragraph; 0 for none
    cut_share                             share of the paragraphs that a column cut in two
    has_masthead                          a masthead stands above
    """

    name: str
    paragraph_gap: int = 0
    article_gap: int = 1
    head_gap: int = 0
    indent: str = ""
    sub_indent: str = ""
    head_indent: str = ""
    verse_indent: str = ""
    wrap_em: int = 0
    byline: str = "square"
    source: str = "brackets"
    folio: int = 0
    folio_lines: int = 0
    cut_share: float = 0.0
    has_masthead: bool = False
    seed: int = 0


MANNERS = (
    Manner("word", indent="　　", byline="reporter"),
    Manner("web", paragraph_gap=1, article_gap=2),
    Manner("ocr", paragraph_gap=1, head_gap=1, cut_share=0.1),
    Manner("tight", article_gap=0, indent="　　", byline="author", source="right"),
    Manner("bare", article_gap=2, byline="two roles", source="keyed"),
    Manner("wrapped 20", indent="　　", sub_indent="　　", wrap_em=20),
    Manner("wrapped 28", indent="　　", wrap_em=28, article_gap=2, byline="black"),
    Manner("columns 16", indent="　　", wrap_em=16, folio_lines=34, byline="reporter", has_masthead=True),
    Manner("pdf 36", wrap_em=36, paragraph_gap=1),
    Manner("pdf 40", wrap_em=40, paragraph_gap=1, article_gap=2, folio_lines=30, folio=3, indent="　　"),
    Manner("signed at the end", indent="　　", byline="end"),
    Manner("blank everywhere", paragraph_gap=1, head_gap=1, indent="　　", byline="text", source="author"),
)


def random_manner(seed: int) -> Manner:
    """A manner as they occur: what tells articles apart is drawn so that an editor could still tell."""
    rng = random.Random(seed)
    wrap = rng.choice([0, 0, 0, rng.randint(14, 24), rng.randint(25, 44)])
    indent = rng.choice(["　　", "　　", "    ", ""])
    if wrap and not indent and rng.random() < 0.5:
        indent = "　　"
    paragraph_gap = rng.choice([0, 0, 1])
    article_gap = paragraph_gap + rng.choice([0, 1, 1, 2])
    folio_lines = rng.choice([0, 0, rng.randint(18, 60)])
    return Manner(
        f"random {seed}",
        paragraph_gap=paragraph_gap,
        article_gap=article_gap,
        head_gap=paragraph_gap,
        indent=indent,
        sub_indent=rng.choice(["", indent]),
        head_indent=rng.choice(["", "", indent, "　" * rng.randint(4, 9)]),
        verse_indent=rng.choice(["", indent, "　" * rng.randint(2, 8)]),
        wrap_em=wrap,
        byline=rng.choice([*BYLINES, "square", "reporter", "end"]),
        source=rng.choice([*SOURCES]),
        folio=rng.randrange(len(FOLIOS)),
        folio_lines=folio_lines,
        cut_share=0.0 if wrap else rng.choice([0.0, 0.0, 0.08]),
        has_masthead=rng.random() < 0.5,
        seed=seed,
    )


@dataclass
class _Piece:
    """A line or paragraph to print, the role of its first line, what stands before it."""

    text: str
    role: Role
    gap: int
    indent: str = ""
    is_prose: bool = False


@dataclass
class _Page:
    """What has been printed so far."""

    lines: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    joins: list[tuple[str, str]] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    since_folio: int = 0

    def put(self, line: str, role: Role, gap: int = 0) -> None:
        self.lines += [""] * (gap if self.lines else 0)
        self.lines.append(line)
        self.roles.append(role)
        self.since_folio += 1

    def put_furniture(self, line: str, gap: int) -> None:
        self.put(line, Role.FURN, gap)
        self.furniture.append(line)
        self.since_folio = 0


@dataclass(frozen=True)
class SetAnew:
    """A text with its truth and the role of each line that is not blank."""

    source: Source
    truth: Truth
    roles: tuple[Role, ...]


def set_anew(truth: Truth, manner: Manner) -> SetAnew:
    """The text as it would arrive in a manner, its truth and its lines' roles."""
    rng = random.Random(manner.seed)
    articles = [_clean(article) for article in truth.bulletin.articles]
    page = _Page()
    if manner.has_masthead:
        page.put_furniture("云台日报　2024年12月5日　星期四　第3126期", 0)
    for article in articles:
        for piece in _pieces(article, manner):
            _print(page, piece, manner, rng)
    bulletin = Bulletin(articles=tuple(articles), furniture=tuple(page.furniture), joins=tuple(page.joins))
    source = Source(f"{manner.name}.txt", "utf-8", tuple(page.lines))
    return SetAnew(source, Truth(bulletin, truth.accepted), tuple(page.roles))


def _clean(article: Article) -> Article:
    """What every manner can print: notes of the foot go, and names are set as a byline."""
    body = tuple(b for b in article.body if b.type != "note" or not re.match(r"[①-⑳\[]", b.text))
    return dataclasses.replace(article, body=body)


def _pieces(article: Article, manner: Manner) -> Iterator[_Piece]:
    gap = manner.article_gap
    role = Role.HEAD
    for line in (*article.kicker, *article.headline, *article.subtitle):
        yield _Piece(line, role, gap, manner.head_indent)
        gap, role = manner.head_gap, Role.MORE
    opening = article.body[0].text if article.body else ""
    names = () if set(article.byline) <= set(dateline_names(opening[:120])) else article.byline
    if names and manner.byline != "end":
        yield _Piece(BYLINES[manner.byline](names), Role.BYLINE, manner.paragraph_gap, manner.head_indent)
        gap = manner.paragraph_gap
    for block in article.body:
        yield from _block(block, manner, gap, is_brief=role is Role.HEAD and block is article.body[0])
        gap = manner.paragraph_gap
    if article.source:
        yield _Piece(SOURCES[manner.source].format(article.source), Role.UNIT, manner.paragraph_gap)
    if names and manner.byline == "end":
        yield _Piece(f"（{' '.join(names)}）", Role.CREDIT, manner.paragraph_gap, manner.indent)


def _block(block: Block, manner: Manner, gap: int, is_brief: bool) -> Iterator[_Piece]:
    stanza = 0
    for number, line in enumerate(block.text.split("\n")):
        if block.type == "verse" and not line:
            stanza = 1
            continue
        role = ROLE_OF[block.type]
        if role is Role.SUB and number:
            role = Role.SUBTWO
        indent = {"subhead": manner.sub_indent, "verse": manner.verse_indent, "table": ""}.get(
            block.type, manner.indent
        )
        is_prose = block.type in PROSE
        yield _Piece(
            line,
            Role.BRIEF if is_brief else role,
            (gap if number == 0 or block.type == "list" or manner.head_gap else 0) + stanza,
            indent,
            is_prose,
        )
        stanza = 0


def _print(page: _Page, piece: _Piece, manner: Manner, rng: random.Random) -> None:
    parts = [piece.indent + piece.text]
    if piece.is_prose and manner.wrap_em:
        parts = wrapped(parts[0], manner.wrap_em)
    elif piece.role is Role.PARA and len(piece.text) > 60 and rng.random() < manner.cut_share:
        at = rng.randint(20, len(piece.text) - 20)
        if _may_cut(piece.text, at):
            parts = [piece.indent + piece.text[:at], piece.text[at:]]
            _join(page, piece.text[:at], piece.text[at:])
    for number, part in enumerate(parts):
        gap = piece.gap if number == 0 else 0 if manner.wrap_em else manner.paragraph_gap
        page.put(part, piece.role if number == 0 else Role.CONT, gap)
        is_inside = number + 1 < len(parts)
        if manner.folio_lines and manner.wrap_em and page.since_folio >= manner.folio_lines and is_inside:
            folio = FOLIOS[manner.folio].format(page=len(page.furniture) + 2)
            page.put_furniture(folio, manner.paragraph_gap)
            _join(page, "".join(parts[: number + 1]), "".join(parts[number + 1 :]))


def _may_cut(text: str, at: int) -> bool:
    """A column seldom ends where a sentence does, and never inside a Latin word or before a mark."""
    return (
        text[at - 1] not in "。！？；：”"
        and text[at] not in CLOSERS
        and not (text[at - 1] + text[at]).isascii()
    )


def _join(page: _Page, left: str, right: str) -> None:
    page.joins.append(("".join(left.split())[-8:], "".join(right.split())[:8]))


def wrapped(text: str, measure_em: int) -> list[str]:
    """Lines of a measure, broken as a plain text editor does with the simplest kinsoku."""
    lines = [""]
    width = 0.0
    units = _UNIT.findall(text)
    for at, unit in enumerate(units):
        size = sum(0.5 if c.isascii() else 1.0 for c in unit)
        following = 0.0
        for other in units[at + 1 : at + 3]:
            if other[0] not in CLOSERS:
                break
            following += 1.0
        must_stay = unit[0] in CLOSERS
        if (
            lines[-1].strip()
            and width + size + (0 if must_stay else following) > measure_em
            and not must_stay
        ):
            lines.append("")
            width = 0.0
        lines[-1] += unit
        width += size
    return lines
