"""Where pages don't close, the format that does is named: it is one that does."""

from __future__ import annotations

from tests.samples import CORPUS, bulletin_of, faces_of, layout_of
from typeset.makeup.commit import make_up
from typeset.makeup.nearest import nearest_closing, nearest_finding
from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.issue import IssueLine


def test_the_layout_that_is_named_closes() -> None:
    bulletin = bulletin_of(next(path for path in CORPUS if path.stem == "d05"))
    others = [layout_of(name) for name in ("broadsheet", "tabloid", "magazine")]
    found = nearest_closing(bulletin, layout_of("a4"), others, {})
    assert found is not None
    layout, pages = found
    edition = make_up(bulletin, layout, faces_of(layout.name), IssueLine("报"))
    assert edition.is_exact
    assert len(edition.pages) == pages
    assert layout.name in nearest_finding(found).message.en


def test_none_is_named_where_none_closes() -> None:
    few = Bulletin(articles=(Article("a1", headline=("题目",), body=(Block("para", "太短。"),)),))
    found = nearest_closing(few, layout_of("a4"), [layout_of("tabloid")], {})
    assert found is None
    assert "no other" in nearest_finding(found).message.en
