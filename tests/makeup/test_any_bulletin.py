"""For any articles whatever: pages come out, and every character of them stands there once and in order."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.samples import faces_of, layout_of
from typeset.makeup.commit import make_up
from typeset.model.bulletin import BLOCK_TYPES, Article, Block, Bulletin
from typeset.model.issue import IssueLine
from typeset.pipeline import check_conservation

ISSUE = IssueLine("试报", None, None)
_CHARS = "的一是在县区工作会议建设发展人民群众农村教育，。、；：“”（）《》——……0123456789.%ABCabc 　·"
_words = st.text(alphabet=_CHARS, min_size=1, max_size=24).filter(lambda text: text.strip())
_long = st.builds(lambda text, n: text * n, st.text(alphabet=_CHARS, min_size=8, max_size=60), st.integers(1, 12)).filter(
    lambda text: text.strip()
)  # fmt: skip
_lines = st.lists(_words, min_size=1, max_size=5).map("\n".join)
_rows = st.lists(st.lists(_words, min_size=2, max_size=4).map("\t".join), min_size=1, max_size=6).map(
    "\n".join
)


def _texts_of(kind: str) -> st.SearchStrategy[str]:
    if kind in ("para", "note"):
        return _long
    return _rows if kind == "table" else _lines if kind in ("list", "verse", "subhead") else _words


_blocks = st.sampled_from(BLOCK_TYPES).flatmap(lambda kind: st.builds(Block, st.just(kind), _texts_of(kind)))
_few = st.lists(_words, max_size=2).map(tuple)
_articles = st.builds(
    Article, id=st.just("a"), kicker=_few, headline=_few, subtitle=_few, byline=_few,
    source=st.none() | _words, body=st.lists(_blocks, min_size=1, max_size=6).map(tuple), keep_whole=st.booleans(),
)  # fmt: skip


@pytest.mark.parametrize("name", ["tabloid", "magazine", "vertical"])
@settings(
    phases=(Phase.explicit, Phase.generate),
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(articles=st.lists(_articles, min_size=1, max_size=5))
def test_nothing_is_lost(name: str, articles: list[Article]) -> None:
    layout = layout_of(name)
    bulletin = Bulletin(articles=tuple(articles))
    edition = make_up(bulletin, layout, faces_of(name), ISSUE)
    check_conservation(bulletin, edition, layout)
    assert not edition.is_exact or edition.filled > 1 - 1e-6
