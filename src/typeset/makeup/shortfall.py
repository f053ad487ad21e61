"""Characters to add or cut, by article: what a plan lacks that does not close, and what one that closes allows.

In: a plan. Out: findings, none where every page is full; allowances (可增/可删).
"""

from __future__ import annotations

from dataclasses import replace

from typeset.makeup.fill import fill_columns
from typeset.makeup.placed import Placed
from typeset.makeup.plan import Plan
from typeset.model.bulletin import Article, Bulletin
from typeset.model.edition import Allowance
from typeset.model.findings import Finding, Words

NAME_CHARACTERS = 16
MOST_LINES = 20


def shortfall(bulletin: Bulletin, plan: Plan) -> list[Finding]:
    """How many characters more would fill the last page, and how many fewer would save it (about a line exact)."""
    if plan.is_exact:
        return []
    measure, columns = plan.setting.measure_em, plan.setting.columns
    first = plan.masthead_rows if plan.pages == 1 else 0
    texts = {p.galley.article: p.galley.natural_rows for p in plan.placed}
    more = _spread(texts, plan.open_rows * columns * measure)
    for p in plan.placed:
        more[p.galley.article] = more.get(p.galley.article, 0) + p.blank_rows * measure
    used = plan.rows - first - plan.open_rows
    fewer = _spread(texts, used * columns * measure if plan.pages > 1 and plan.open_rows else 0)
    parts = [_what(plan)]
    if add := sum(more.values()):
        names = _by_article(bulletin, more)
        parts.append(Words(f"add about {add} characters ({names})", f"约增 {add} 字（{names}）"))
    if cut := sum(fewer.values()):
        names, pages = _by_article(bulletin, fewer), plan.pages - 1
        parts.append(
            Words(
                f"cut about {cut} ({names}) for {pages} page(s)", f"约删 {cut} 字（{names}）可省为 {pages} 版"
            )
        )
    words = Words("; ".join(part.en for part in parts), "；".join(part.zh for part in parts))
    return [Finding("warning", "makeup.open", words)]


def allowances(plan: Plan) -> tuple[Allowance, ...]:
    """What each article may gain or lose in its frame: whole lines more or fewer in its longest paragraph that still close."""
    out = []
    for placed in sorted(plan.placed, key=lambda p: p.galley.article):
        if not placed.galley.items:  # an advertisement
            continue
        measure = int(placed.galley.measure_em)
        add, cut = (_lines_closing(placed, step) * measure for step in (1, -1))
        out.append(Allowance(placed.galley.article, placed.page + 1, add, cut))
    return tuple(out)


def _lines_closing(placed: Placed, step: int) -> int:
    """How many lines more (step 1) or fewer (-1) close the same columns, one after another."""
    items, heights = list(placed.galley.items), [slot.height for slot in placed.slots]
    if not items or placed.blank_rows or not placed.keeps_taboos:
        return 0
    long = max(range(len(items)), key=lambda n: items[n].options[0].rows)
    options = items[long].options
    lines = 0
    while lines < MOST_LINES:
        changed = tuple(
            replace(o, lines=(0,) * (o.rows + step * (lines + 1)))
            for o in options
            if o.rows + step * (lines + 1) > 0
        )
        if not changed:
            break
        items[long] = replace(items[long], options=changed)
        if fill_columns(items, heights) is None:
            break
        lines += 1
    return lines


def _what(plan: Plan) -> Words:
    en, zh = ["the pages do not close to the last line"], ["版面未能排满到最后一行"]
    if plan.open_rows:
        en.append(f"{plan.open_rows} row(s) are left at the last page's foot")
        zh.append(f"末版版心下方余 {plan.open_rows} 行")
    if plan.open_feet:
        en.append(f"{plan.open_feet} row(s) are left at other pages' feet")
        zh.append(f"其余各版下方共余 {plan.open_feet} 行")
    if blank := sum(p.blank_rows for p in plan.placed):
        en.append(f"{blank} line(s) are blank at articles' feet")
        zh.append(f"稿件末栏空 {blank} 行")
    if not all(p.keeps_taboos for p in plan.placed):
        en.append("a line may stand alone at a column's head or foot")
        zh.append("栏首或栏尾可能有孤行")
    return Words(": ".join((en[0], ", ".join(en[1:]))), "：".join((zh[0], "，".join(zh[1:]))))


def _spread(text_rows: dict[int, int], characters: int) -> dict[int, int]:
    """Characters spread over the articles as they are long."""
    total = sum(text_rows.values()) or 1
    return {n: round(characters * rows / total) for n, rows in text_rows.items()}


def _by_article(bulletin: Bulletin, shares: dict[int, int]) -> str:
    return "，".join(f"{_name(bulletin.articles[n])} {share}" for n, share in sorted(shares.items()) if share)


def _name(article: Article) -> str:
    name = "".join(article.headline) or (article.body[0].text if article.body else article.id)
    return name[:NAME_CHARACTERS]
