"""What an editor asks of make-up in the manuscript is so on the pages, or is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.samples import SAMPLE, bulletin_of, faces_of, layout_of
from typeset.makeup.commit import make_up
from typeset.makeup.wishes import ranked
from typeset.model.bulletin import Article, Bulletin
from typeset.model.edition import Edition
from typeset.model.findings import TypesetError
from typeset.model.issue import IssueLine
from typeset.pipeline import check_conservation
from typeset.read.manuscript import parse_manuscript, read_manuscript, write_manuscript


def wishing(**wishes: dict[str, Any]) -> Bulletin:
    """The sample, its articles (a1, a2 …) with wishes."""
    bulletin = bulletin_of(SAMPLE)
    return replace(bulletin, articles=tuple(replace(a, **wishes.get(a.id, {})) for a in bulletin.articles))


def made(bulletin: Bulletin, name: str = "tabloid") -> tuple[Bulletin, Edition]:
    in_rank = ranked(bulletin)
    edition = make_up(in_rank, layout_of(name), faces_of(name), IssueLine("简报"))
    check_conservation(in_rank, edition, layout_of(name))
    return in_rank, edition


def first_pages(bulletin: Bulletin, edition: Edition) -> dict[str, int]:
    out: dict[str, int] = {}
    for page in edition.pages:
        for frame in page.frames:
            out.setdefault(bulletin.articles[frame.article].id, page.number)
    return out


def told(edition: Edition) -> list[str]:
    return [finding.message.en for finding in edition.findings if finding.code == "makeup.wish"]


def headline_pt(edition: Edition, article: int) -> float:
    return max(
        run.size_pt
        for page in edition.pages
        for frame in page.frames
        if frame.article == article
        for run in frame.runs
        if run.role == "headline"
    )


@settings(max_examples=8, phases=[Phase.generate])
@given(st.dictionaries(st.sampled_from(["a1", "a2", "a3", "a4", "a5", "a6"]), st.integers(1, 3), max_size=3))
def test_every_pin_is_honoured_or_told(pins: dict[str, int]) -> None:
    bulletin, edition = made(wishing(**{name: {"page": page} for name, page in pins.items()}))
    where = first_pages(bulletin, edition)
    missed = [name for name, page in pins.items() if where[name] != page]
    assert len(told(edition)) == len(missed)
    assert edition.is_exact


def test_one_pin_that_can_be_met_is_met() -> None:
    for name, page in (("a6", 1), ("a2", 2)):
        bulletin, edition = made(wishing(**{name: {"page": page}}))
        assert first_pages(bulletin, edition)[name] == page
        assert told(edition) == []


def test_the_first_in_priority_leads() -> None:
    bulletin, edition = made(wishing(a6={"priority": 1}))
    assert bulletin.articles[0].id == "a6"
    assert first_pages(bulletin, edition)["a6"] == 1
    on_first = [frame.article for frame in edition.pages[0].frames]
    assert headline_pt(edition, 0) > max(headline_pt(edition, n) for n in on_first if n)


def test_priorities_are_places_and_sections_close_up() -> None:
    articles = [
        Article("a"), Article("b", section="论"), Article("c", priority=1), Article("d", section="论"), Article("e", priority=2),
    ]  # fmt: skip
    order = [a.id for a in ranked(Bulletin(articles=tuple(articles))).articles]
    assert order == ["c", "a", "e", "b", "d"]
    assert ranked(bulletin_of(SAMPLE)) is bulletin_of(SAMPLE)


def test_a_section_stands_on_one_page_and_in_its_folio_line() -> None:
    bulletin, edition = made(wishing(a1={"section": "要闻"}, a5={"section": "要闻"}, a6={"section": "要闻"}))
    where = first_pages(bulletin, edition)
    assert told(edition) == []
    assert where["a1"] == where["a5"] == where["a6"]
    folios = [run.text.text for run in edition.pages[0].furniture if run.role == "folio"]
    assert any("要闻" in text for text in folios)
    later = [run.text.text for page in edition.pages[1:] for run in page.furniture if run.role == "folio"]
    assert not any("要闻" in text for text in later)


def test_an_article_kept_whole_never_runs_on() -> None:
    for name in ("a2", "a3", "a4"):
        bulletin, edition = made(wishing(**{name: {"keep_whole": True}}), "a4")
        pages = [
            page.number
            for page in edition.pages
            for frame in page.frames
            if bulletin.articles[frame.article].id == name
        ]
        assert len(pages) == 1 or len(told(edition)) == 1


def test_wishes_go_through_the_manuscript() -> None:
    bulletin = wishing(a1={"page": 2, "keep_whole": True}, a2={"priority": 3}, a3={"section": "理论: 一"})
    assert parse_manuscript(write_manuscript(bulletin), "x.yaml") == bulletin


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("page: 0", "from 1 on"),
        ("page: two", "number"),
        ("priority: -1", "number"),
        ("keep_whole: perhaps", "true"),
        ("section: [a]", "text"),
        ("pagee: 1", "page"),
    ],
)
def test_a_wrong_wish_is_refused_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(f"articles:\n- headline: [题]\n  {line}\n  body: [{{type: para, text: 文}}]\n", "utf-8")
    with pytest.raises(TypesetError) as error:
        read_manuscript(file)
    assert f"{file}:3" in error.value.spoken("en")
    assert said in error.value.spoken("en")
