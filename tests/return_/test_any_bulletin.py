"""For any bulletin whatever: its DOCX comes back as it was, and no edit of its text loses a character."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.return_.editor import Desk, script
from tests.return_.samples import ISSUE, bare, put
from tests.samples import layout_of
from typeset.model.bulletin import BLOCK_TYPES, Article, Block, Bulletin
from typeset.read.manuscript import parse_manuscript, write_manuscript
from typeset.return_ import return_docx
from typeset.return_.match import solid
from typeset.return_.sent import lines_of
from typeset.write.docx import write_docx

WORDS = st.text("桥下流水abc 　，。“”1\t<&", max_size=12) | st.text(max_size=4)
LINES = st.lists(WORDS, max_size=4).map("\n".join)
HEADS = st.lists(WORDS, max_size=3).map(tuple)
BLOCKS = st.builds(Block, st.sampled_from(BLOCK_TYPES), LINES)
ARTICLES = st.builds(
    Article, id=st.just(""), kicker=HEADS, headline=HEADS, subtitle=HEADS, byline=HEADS, source=st.none() | LINES,
    truncated=st.booleans(), body=st.lists(BLOCKS, max_size=6).map(tuple), byline_stands_in_body=st.booleans(),
)  # fmt: skip


def numbered(articles: list[Article]) -> Bulletin:
    return Bulletin(articles=tuple(replace(a, id=f"a{n}") for n, a in enumerate(articles, 1)))


BULLETINS = st.lists(ARTICLES, max_size=5).map(numbered)


@settings(max_examples=40)
@given(BULLETINS)
def test_it_comes_back_as_it_was(bulletin: Bulletin) -> None:
    with TemporaryDirectory() as folder:
        back, returned = return_docx(put(write_docx(bulletin, layout_of("a4"), ISSUE), Path(folder)))
    assert back is not None
    assert returned.events == ()
    assert returned.is_settled
    assert write_manuscript(back) == write_manuscript(bare(bulletin))


def without_tabs(bulletin: Bulletin) -> Bulletin:
    """The editor by script cuts runs of one text only."""
    return (
        parse_manuscript(write_manuscript(bulletin).replace("\\t", " ").replace("\t", " "), "a.yaml")
        if bulletin.articles
        else bulletin
    )


@settings(max_examples=40)
@given(BULLETINS.map(without_tabs), st.integers(0, 10_000))
def test_no_edit_loses_a_character(bulletin: Bulletin, seed: int) -> None:
    data = write_docx(bulletin, layout_of("a4"), ISSUE)
    if len(Desk(data, random.Random(0)).entries) < 4:
        return
    desk = script(data, seed)
    with TemporaryDirectory() as folder:
        back, returned = return_docx(put(desk.bytes(), Path(folder)), pending="accept")
    assert back is not None
    kept = [line.text for line in lines_of(back, "", "　")] + [item.text for item in returned.unplaced]
    cells = ["".join(t.text or "" for t in c.iter("{*}t")) for c in desk.root.iter("{*}tc")]
    due = [
        entry.text
        for entry in desk.entries
        if not any(p.tag.endswith("}tc") for p in entry.node.iterancestors())
    ]
    count = [Counter("".join(map(solid, texts))) for texts in (kept, due + cells)]
    for counted in count:
        del counted["□"]
    assert count[0] == count[1]
