"""Late copy into an edition that was made: what did not change stands as it stood, to the byte of its page."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.samples import SAMPLE, bulletin_of, faces_of, layout_of
from typeset.makeup.commit import make_up
from typeset.makeup.desk import Desk
from typeset.makeup.keep import matched
from typeset.makeup.record import Record, read_record
from typeset.model.bulletin import Article, Block, Bulletin
from typeset.model.edition import Edition
from typeset.model.findings import TypesetError
from typeset.model.issue import IssueLine
from typeset.pipeline import check_conservation, make
from typeset.write.json import edition_json
from typeset.write.pdf import glyph_codes, write_pdf

ISSUE = IssueLine("工作简报", "2023年11月1日", "第1期")


def edition(bulletin: Bulletin, name: str, kept: Record | None = None) -> Edition:
    return make_up(bulletin, layout_of(name), faces_of(name), ISSUE, kept=kept)


def pages(made: Edition, name: str) -> list[bytes]:
    """The content stream of each page."""
    with pikepdf.open(io.BytesIO(write_pdf(made, faces_of(name), layout_of(name)))) as file:
        return [page.Contents.read_bytes() for page in file.pages]


@cache
def old(name: str) -> tuple[Bulletin, Record, tuple[bytes, ...]]:
    """The sample made once: its record as it is read from its JSON, and its pages."""
    bulletin = bulletin_of(SAMPLE)
    made = edition(bulletin, name)
    file = Path(layout_of(name).file).with_suffix(".not-written")
    data = edition_json(made, glyph_codes(made, faces_of(name), layout_of(name)))
    return bulletin, record_of(data, name, file), tuple(pages(made, name))


def record_of(data: bytes, name: str, file: Path) -> Record:
    class Held:
        """A file that is its data."""

        def read_text(self, _: str) -> str:
            return data.decode()

        def __str__(self) -> str:
            return str(file)

    return read_record(Held(), layout_of(name))  # type: ignore[arg-type]


def with_text(bulletin: Bulletin, article: int, block: int, text: str) -> Bulletin:
    articles = list(bulletin.articles)
    body = list(articles[article].body)
    body[block] = Block(body[block].type, text)
    articles[article] = replace(articles[article], body=tuple(body))
    return replace(bulletin, articles=tuple(articles))


def told(made: Edition) -> str:
    return next(finding.message.en for finding in made.findings if finding.code == "makeup.kept")


def pages_of(made: Edition, article: int) -> set[int]:
    return {n for n, page in enumerate(made.pages) for frame in page.frames if frame.article == article}


@pytest.mark.parametrize("name", ["tabloid", "a4", "vertical"])
def test_unchanged_copy_makes_the_same_file(name: str) -> None:
    bulletin, record, _ = old(name)
    made = edition(bulletin, name, record)
    assert write_pdf(made, faces_of(name), layout_of(name)) == write_pdf(
        edition(bulletin, name), faces_of(name), layout_of(name)
    )
    assert told(made) == "nothing moved"


@pytest.mark.parametrize("name", ["tabloid", "a4"])
@settings(max_examples=12, phases=[Phase.generate])
@given(data=st.data())
def test_pages_without_a_changed_article_stay(name: str, data: st.DataObject) -> None:
    """±40 characters anywhere, some of them new to the edition: pages that are not named stay to the byte."""
    bulletin, record, before = old(name)
    article = data.draw(st.integers(0, len(bulletin.articles) - 1))
    body = bulletin.articles[article].body
    block = data.draw(
        st.sampled_from([n for n, b in enumerate(body) if b.type == "para" and len(b.text) > 60])
    )
    text = body[block].text
    at = data.draw(st.integers(5, len(text) - 45))
    added = data.draw(st.text("工作简报魑魅魍魉的，", max_size=40))
    cut = data.draw(st.integers(0, 40 if not added else 0))
    changed = with_text(bulletin, article, block, text[:at] + added + text[at + cut :])
    made = edition(changed, name, record)
    check_conservation(changed, made, layout_of(name))
    after = pages(made, name)
    if "every page is made up anew" in told(made):
        return
    still = told(made).rpartition("; ")[2]
    for n, (page, was) in enumerate(zip(after, before, strict=True)):
        if f" {n + 1}" in still.replace(",", ""):
            assert page == was
    if "made up anew" not in told(made):
        assert {
            n for n, (page, was) in enumerate(zip(after, before, strict=True)) if page != was
        } <= pages_of(made, article)
    assert all(page.filled > 0.9999 for page in made.pages) or not made.is_exact


def test_a_cut_in_the_lead_moves_nothing_else() -> None:
    bulletin, record, before = old("tabloid")
    block = max(range(len(bulletin.articles[0].body)), key=lambda n: len(bulletin.articles[0].body[n].text))
    text = bulletin.articles[0].body[block].text
    made = edition(with_text(bulletin, 0, block, text[:20] + text[40:]), "tabloid", record)
    assert "filled anew in its own frame" in told(made)
    assert made.is_exact
    assert pages(made, "tabloid")[1:] == list(before[1:])


def test_articles_are_matched_by_id_then_by_text() -> None:
    bulletin, record, _ = old("tabloid")
    moved = replace(bulletin, articles=tuple(
        replace(article, id=f"n{n}") for n, article in enumerate(bulletin.articles[::-1])
    ))  # fmt: skip
    desk = Desk(moved, layout_of(), faces_of(), None)  # type: ignore[arg-type]
    ids = [kept.id for _, kept in sorted(matched(desk, record).items())]
    assert ids == [article.id for article in bulletin.articles[::-1]]


def test_other_copy_under_an_old_id_is_a_new_article() -> None:
    bulletin, record, _ = old("tabloid")
    other = replace(
        bulletin.articles[2], headline=("山高",), kicker=(), subtitle=(), body=(Block("para", "水长" * 40),)
    )
    desk = Desk(replace(bulletin, articles=(other,)), layout_of(), faces_of(), None)  # type: ignore[arg-type]
    assert matched(desk, record) == {}


@pytest.mark.parametrize("change", ["removed", "added"])
def test_articles_that_come_or_go_make_up_pages_anew(change: str) -> None:
    bulletin, record, _ = old("tabloid")
    articles = list(bulletin.articles)
    if change == "removed":
        del articles[-1]
    else:
        brief = Article(
            "late", headline=("防汛值班电话公布",), body=(Block("para", "防汛值班电话已向社会公布。" * 12),)
        )
        articles.append(brief)
    changed = replace(bulletin, articles=tuple(articles))
    made = edition(changed, "tabloid", record)
    check_conservation(changed, made, layout_of())
    assert "made up anew" in told(made)


def test_the_command_keeps_and_says_so(tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    make(tmp_path / "a.txt", out=tmp_path, formats=("json", "pdf"), date="2023年11月2日")
    first = (tmp_path / "a.pdf").read_bytes()
    made = make(tmp_path / "a.txt", out=tmp_path, formats=("pdf",), keep=tmp_path / "a.layout.json")
    assert (tmp_path / "a.pdf").read_bytes() == first  # the date is the old edition's
    assert any(finding.code == "makeup.kept" for finding in made.findings)


def test_a_kept_edition_takes_no_other_plan(tmp_path: Path) -> None:
    with pytest.raises(TypesetError, match="--plan"):
        make(SAMPLE, out=tmp_path, keep=tmp_path / "a.layout.json", plan=2)


@pytest.mark.parametrize(
    "damage", ["missing", "no json", "a list", "no plan", "other layout", "a frame gone"]
)
def test_what_cannot_be_kept_is_refused(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "x.layout.json"
    bulletin = bulletin_of(SAMPLE)
    made = edition(bulletin, "a4" if damage == "other layout" else "tabloid")
    value = json.loads(edition_json(made))
    if damage == "no plan":
        del value["plan"]
    if damage == "a frame gone":
        del value["plan"]["articles"][0]["placed"]["slots"]
    if damage == "a list":
        value = [value]
    if damage != "missing":
        file.write_text("{" if damage == "no json" else json.dumps(value), "utf-8")
    with pytest.raises(TypesetError) as error:
        make(SAMPLE, out=tmp_path, keep=file)
    assert str(file) in error.value.spoken("en")
    assert not (tmp_path / f"{SAMPLE.stem}.pdf").exists()
