"""What an editor asks of make-up: pages, priorities, sections, articles kept whole.

In: a bulletin. Out: its articles in the order of their rank; the `Wishes` that a choice of articles for a page must
meet; and of a plan those that it could not meet, as findings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from typeset.makeup.placed import Placed
from typeset.model.bulletin import Article, Bulletin
from typeset.model.findings import Finding, Words


@dataclass(frozen=True, slots=True)
class Wishes:
    """By article: the page (from 0) that it is to begin on, the section that it belongs to."""

    pages: Mapping[int, int] = field(default_factory=dict)
    sections: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.pages or self.sections)

    def for_page(self, left: Sequence[int], page: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Of the articles left those pinned to this page, and those that may stand on it."""
        pinned = tuple(n for n in left if self.pages.get(n) == page)
        free = tuple(n for n in left if self.pages.get(n, page) == page)
        return pinned, free

    def part_sections(
        self, picked: Sequence[int], rest: Sequence[int], load: Sequence[float], room: float
    ) -> bool:
        """Whether a section would stand partly on this page and partly after it, though a page could hold it."""
        for name in {self.sections[n] for n in picked if n in self.sections}:
            own = [n for n, section in self.sections.items() if section == name and n not in self.pages]
            if (
                any(n in rest for n in own)
                and any(n in picked for n in own)
                and sum(load[n] for n in own) <= room
            ):
                return True
        return False

    def parted(self, pages: Sequence[Sequence[int]]) -> int:
        """How many sections stand on more than one of these pages."""
        where: dict[str, set[int]] = defaultdict(set)
        for page, articles in enumerate(pages):
            for n in articles:
                if n in self.sections and n not in self.pages:
                    where[self.sections[n]].add(page)
        return sum(len(found) > 1 for found in where.values())


NO_WISHES = Wishes()


def wishes_of(bulletin: Bulletin) -> Wishes:
    articles = list(enumerate(bulletin.articles))
    pages = {n: article.page - 1 for n, article in articles if article.page is not None}
    return Wishes(pages, {n: article.section for n, article in articles if article.section})


def loosened(wishes: Wishes) -> Iterator[Wishes]:
    """The wishes, then fewer: sections are given up before pages."""
    yield wishes
    if wishes.sections and wishes.pages:
        yield Wishes(wishes.pages)
    if wishes:
        yield NO_WISHES


def ranked(bulletin: Bulletin) -> Bulletin:
    """Its articles by rank: one with a priority as if it stood there, a section's together at its first one's place.

    Advertisements are no news: they come last.
    """
    order = sorted(
        range(len(bulletin.articles)),
        key=lambda n: (
            bulletin.articles[n].reserved is not None,
            bulletin.articles[n].priority or n + 1,
            bulletin.articles[n].priority is None,
            n,
        ),
    )
    first: dict[str, int] = {}
    for place, n in enumerate(order):
        first.setdefault(bulletin.articles[n].section or f"\0{n}", place)
    order.sort(key=lambda n: first[bulletin.articles[n].section or f"\0{n}"])
    if order == sorted(order):
        return bulletin
    return replace(bulletin, articles=tuple(bulletin.articles[n] for n in order))


def section_of(articles: Sequence[Article]) -> str:
    """The section that all of a page's articles belong to, else none."""
    names = {article.section or "" for article in articles}
    return names.pop() if len(names) == 1 else ""


def unmet(bulletin: Bulletin, placed: Sequence[Placed], page_cells: int) -> list[Finding]:
    """What was asked and is not so on these pages."""
    by_article = {p.galley.article: p for p in placed}
    out = []
    for n, article in enumerate(bulletin.articles):
        where = by_article[n]
        name = "".join(article.headline) or article.id
        if article.page is not None and where.page != article.page - 1:
            out.append(_finding(
                f"“{name}” is pinned to page {article.page}, but no plan closes with it there: it stands on page {where.page + 1}",
                f"《{name}》指定在第 {article.page} 版，但这样无法排满，现排在第 {where.page + 1} 版",
            ))  # fmt: skip
        if article.keep_whole and len({slot.page for slot in where.slots}) > 1:
            out.append(_finding(
                f"“{name}” is to be kept whole, but is longer than what a page has room for",
                f"《{name}》要求不转版，但篇幅超过一版可容",
            ))  # fmt: skip
    return out + list(_parted(bulletin, by_article, page_cells)) + list(_out_of_rank(bulletin, by_article))


def _parted(bulletin: Bulletin, placed: Mapping[int, Placed], page_cells: int) -> Iterator[Finding]:
    """Sections on more pages than they need."""
    pages: dict[str, set[int]] = defaultdict(set)
    cells: dict[str, int] = defaultdict(int)
    for n, article in enumerate(bulletin.articles):
        if article.section and article.page is None:
            pages[article.section] |= {placed[n].page, *(slot.page for slot in placed[n].slots)}
            cells[article.section] += placed[n].head_rows * placed[n].width_cols
            cells[article.section] += sum(slot.height for slot in placed[n].slots)
    for name, found in pages.items():
        if len(found) > ceil(cells[name] / page_cells) + (cells[name] > page_cells):
            numbers = [str(page + 1) for page in sorted(found)]
            yield _finding(
                f"the section {name} could not be kept together: it stands on pages {', '.join(numbers)}",
                f"“{name}”栏目无法排在一起，现分在第 {'、'.join(numbers)} 版",
            )


def _out_of_rank(bulletin: Bulletin, placed: Mapping[int, Placed]) -> Iterator[Finding]:
    """Articles given a priority that begin on a later page than one of a lower."""
    given = [
        (a.priority, n) for n, a in enumerate(bulletin.articles) if a.priority is not None and a.page is None
    ]
    for priority, n in given:
        if any(other > priority and placed[m].page < placed[n].page for other, m in given):
            name = "".join(bulletin.articles[n].headline) or bulletin.articles[n].id
            yield _finding(
                f"“{name}” has priority {priority}, but begins on a later page than an article of a lower one",
                f"《{name}》优先级为 {priority}，却排在优先级较低的稿件之后的版",
            )


def _finding(en: str, zh: str) -> Finding:
    return Finding("warning", "makeup.wish", Words(en, zh))
