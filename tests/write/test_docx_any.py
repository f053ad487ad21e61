"""For any bulletin whatever: every character of its articles stands in the DOCX once, in each article's reading order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import faces_of, layout_of
from tests.write.test_docx import ISSUE, File, W
from typeset.makeup.commit import make_up
from typeset.model.bulletin import BLOCK_TYPES, Article, Block, Bulletin
from typeset.model.edition import Edition
from typeset.write.docx import write_docx

WORDS = st.text("桥下流水abc 　，。“”—…1\t<&", max_size=12) | st.text(max_size=4)
LINES = st.lists(WORDS, max_size=4).map("\n".join)
HEADS = st.lists(WORDS, max_size=3).map(tuple)
ARTICLES = st.builds(
    Article, id=st.just(""), kicker=HEADS, headline=HEADS, subtitle=HEADS, byline=HEADS, source=st.none() | LINES,
    body=st.lists(st.builds(Block, st.sampled_from(BLOCK_TYPES), LINES), max_size=6).map(tuple),
    byline_stands_in_body=st.booleans(),
)  # fmt: skip
PROSE = st.text("春江潮水连海平，上明月共生。“”12", min_size=30, max_size=160)
NEWS = st.builds(
    Article, id=st.just(""), headline=st.tuples(st.text("春江潮水连海平", min_size=3, max_size=12)),
    byline=st.lists(st.sampled_from(["张三", "李四光"]), max_size=2).map(tuple),
    body=st.lists(st.builds(Block, st.sampled_from(["para", "para", "subhead", "list"]), PROSE), min_size=1, max_size=5).map(tuple),
)  # fmt: skip


def numbered(articles: list[Article]) -> Bulletin:
    return Bulletin(articles=tuple(replace(a, id=f"a{n}") for n, a in enumerate(articles, 1)))


def solid(text: str) -> str:
    """Without white space and what XML can't hold."""
    kept = (
        c
        for c in text
        if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
    return "".join("".join(kept).split())


def told(bulletin: Bulletin, edition: Edition | None = None, layout: str = "a4") -> dict[str, str]:
    """By article the text that its bookmarked paragraphs hold, in the file's order."""
    out: dict[str, str] = {}
    for paragraph in File(
        write_docx(bulletin, layout_of(layout), ISSUE, edition=edition)
    ).document.iter(f"{W}p"):  # fmt: skip
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        mark = paragraph.find(f"{W}bookmarkStart")
        if mark is None:
            assert not text, "no words but the articles'"
            continue
        article = mark.get(f"{W}name").split("_")[2]
        out[article] = out.get(article, "") + solid(text)
    return out


def due(bulletin: Bulletin) -> dict[str, str]:
    texts = {article.id: solid("".join(article.texts())) for article in bulletin.articles}
    return {ident: text for ident, text in texts.items() if text}


@settings(max_examples=60, deadline=None)
@given(st.lists(ARTICLES, max_size=5).map(numbered))
def test_every_character_once_and_in_order(bulletin: Bulletin) -> None:
    assert told(bulletin) == due(bulletin)


@settings(max_examples=8, deadline=None)
@given(st.lists(NEWS, min_size=1, max_size=6).map(numbered))
def test_on_made_up_pages_too(bulletin: Bulletin) -> None:
    edition = make_up(bulletin, layout_of("a4"), faces_of("a4"), ISSUE)
    assert told(bulletin, edition) == due(bulletin)
