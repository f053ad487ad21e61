"""What a plan lacks that does not close to the last line: characters to add, or to cut, by article.

In: a plan with rows left open. Out: findings, none where every page is full.
"""

from __future__ import annotations

from typeset.makeup.plan import Plan
from typeset.model.bulletin import Article, Bulletin
from typeset.model.findings import Finding, Words

NAME_CHARACTERS = 16


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


def _what(plan: Plan) -> Words:
    en, zh = ["the pages do not close to the last line"], ["版面未能排满到最后一行"]
    if plan.open_rows:
        en.append(f"{plan.open_rows} row(s) are left at the last page's foot")
        zh.append(f"末版版心下方余 {plan.open_rows} 行")
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
