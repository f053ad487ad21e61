"""What there is to say of a returned file, as text for a person and as JSON for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from typeset.model.findings import Lang, Words
from typeset.return_.values import Conflict, Event, Remark, Returned, Revision, Unplaced

KINDS = {
    "changed": Words("changed", "改动"),
    "added": Words("added", "新增"),
    "deleted": Words("deleted", "删除"),
    "moved": Words("moved", "移动"),
    "split": Words("split", "拆段"),
    "merged": Words("merged", "并段"),
    "restyled": Words("restyled", "改样式"),
    "article_added": Words("article added", "新增稿件"),
    "article_deleted": Words("article deleted", "删除稿件"),
    "article_moved": Words("article moved", "移动稿件"),
}
ROLES = {
    "kicker": Words("kicker", "肩题"), "headline": Words("headline", "主题"), "subtitle": Words("subtitle", "副题"),
    "byline": Words("byline", "署名"), "source": Words("source line", "落款"), "para": Words("paragraph", "正文"),
    "subhead": Words("subhead", "小标题"), "note": Words("note", "编注"), "caption": Words("caption", "图说"),
    "list": Words("list item", "条目"), "table": Words("table row", "表格行"), "verse": Words("verse", "诗行"),
    "quote": Words("quote", "提要"),
    "furniture": Words("furniture", "版面附件"),
}  # fmt: skip
REASONS = {
    "before": Words("stands before the first article; put it under a headline", "在第一篇稿件之前，请放到某个标题之下"),
    "furniture": Words(
        "is in a style of the masthead or colophon; these are made anew, change them in the manuscript or by options",
        "用了报头或版权栏样式；这些由程序生成，请在稿件文件或命令选项中修改",
    ),
    "box": Words("stands in a text box; put it into the running text", "在文本框中，请移入正文"),
    "note": Words("is a footnote or endnote; put it into the running text", "是脚注或尾注，请移入正文"),
    "header": Words("is in a header or footer, which are made anew", "在页眉或页脚中，这些由程序生成"),
}  # fmt: skip
NOTES = {
    "style": Words("style “{}” is unknown and read as running text", "样式“{}”不认识，按正文处理"),
    "leans": Words(
        "“{}” bears the style of the deleted paragraph before it, as LibreOffice does; read in its own",
        "“{}”带上了前面已删段落的样式（LibreOffice 所为），仍按原样式处理",
    ),
    "mark": Words("a mark lost its words “{}” and was taken out", "标记“{}”的字词已不在，标记删去"),
    "fixed": Words("doubt settled, its words are gone: “{}”", "存疑处已改：“{}”"),
    "baseline": Words(
        "the file has lost its baseline; compared with the manuscript by words", "文件中的底稿已丢失，改按文字与稿件比对"
    ),
    "picture": Words(
        "the file shows {} picture(s), not those it was sent with; change pictures in the manuscript",
        "文件中有图片 {} 幅，与送出时不同；图片请在稿件文件中增减",
    ),
    "moved_on": Words("the manuscript was changed after the file was made", "文件送出后稿件又有改动"),
}  # fmt: skip
STATES = {
    "new": Words("comment", "批注"), "open": Words("doubt, still open", "存疑，未处理"),
    "answered": Words("doubt, answered", "存疑，已答复"), "resolved": Words("resolved", "已解决"),
    "removed": Words("doubt, comment deleted", "存疑，批注已删"),
}  # fmt: skip
_LONGEST = 60


def report_lines(returned: Returned, lang: Lang) -> Iterator[str]:
    """The report a line each: what was done by article, comments, what waits for someone."""
    count = Counter(event.kind for event in returned.events)
    parts = [f"{KINDS[kind].spoken(lang)} {n}" for kind, n in count.items()]
    nothing = Words("nothing changed", "没有改动").spoken(lang)
    yield f"{returned.file}: " + ("，" if lang == "zh" else ", ").join(parts or [nothing])
    if returned.last_author or returned.last_saved:
        saved = Words("last saved by", "最后保存").spoken(lang)
        yield f"  {saved} {returned.last_author} {returned.last_saved}".rstrip()
    article = None
    for event in returned.events:
        if event.article != article:
            article = event.article
            yield f"[{article}] {returned.titles.get(article, '')}"
        if event.kind in ("article_added", "article_moved"):
            event = replace(event, follows=returned.titles.get(event.follows) or event.follows)
        yield "  " + _event(event, lang)
    for remark in returned.remarks:
        if remark.state != "open":
            yield "  " + _remark(remark, lang)
    opened = sum(remark.state == "open" for remark in returned.remarks)
    if opened:
        yield "  " + Words(f"{opened} doubt(s) still open", f"存疑未处理 {opened} 处").spoken(lang)
    for key, words in returned.notes:
        yield "  " + NOTES[key].spoken(lang).format(_short(words))
    yield from _open_ends(returned, lang)


def _open_ends(returned: Returned, lang: Lang) -> Iterator[str]:
    """What nobody has decided yet."""
    if returned.pending:
        yield Words(
            "Tracked changes wait for a decision: accept or reject them in the file, or take --pending accept|reject",
            "以下修订尚未接受或拒绝：请在文件中处理，或加 --pending accept|reject",
        ).spoken(lang)
        yield from ("  " + _event(event, lang) for event in returned.pending)
    for conflict in returned.conflicts:
        yield (
            Words("Conflict, the manuscript's words stand:", "冲突，以稿件文件为准：").spoken(lang)
            + f" [{conflict.article}]"
        )
        for name, lines in (
            ("sent", conflict.sent),
            ("manuscript", conflict.manuscript),
            ("file", conflict.edited),
        ):
            yield f"  {name + ':':<12}" + _short(" / ".join(lines))
    for item in returned.unplaced:
        yield (
            Words("Unplaced:", "未能归位：").spoken(lang)
            + f" “{_short(item.text)}” {REASONS[item.reason].spoken(lang)}"
        )


def _event(event: Event, lang: Lang) -> str:
    what = KINDS[event.kind].spoken(lang)
    role = f" {ROLES[event.role].spoken(lang)}" if event.role in ROLES else ""
    texts = " / ".join(event.before)
    if event.kind == "restyled" and event.was in ROLES:
        role = f" {ROLES[event.was].spoken(lang)} → {ROLES[event.role].spoken(lang)}"
    if event.kind in ("changed", "split", "merged"):
        texts = _difference(texts, " / ".join(event.after))
    elif event.kind in ("added", "article_added"):
        texts = " / ".join(event.after)
    where = ""
    if event.kind in ("added", "moved", "article_moved", "article_added") and event.follows:
        where = Words(
            f", after “{_short(event.follows, 16)}”", f"，在“{_short(event.follows, 16)}”之后"
        ).spoken(lang)
    if event.kind == "moved" and event.was:
        where += Words(f", from [{event.was}]", f"，原在 [{event.was}]").spoken(lang)
    return f"{what}{role}: {_short(texts, 2 * _LONGEST)}{where}{_by(event.revisions)}"


def _by(revisions: tuple[Revision, ...]) -> str:
    people: dict[str, str] = {}
    for revision in revisions:
        people[revision.author] = max(people.get(revision.author, ""), revision.when)
    return (
        "  （" + "；".join(f"{who} {when}".strip() for who, when in people.items()) + "）" if people else ""
    )


def _remark(remark: Remark, lang: Lang) -> str:
    said = "".join(f" ← {_short(reply)}" for reply in remark.replies)
    about = f"“{_short(remark.quoted, 20)}” " if remark.quoted else ""
    where = f"[{remark.article}] " if remark.article else ""
    who = f"  （{remark.author} {remark.when}".rstrip() + "）" if remark.state == "new" else ""
    return f"{STATES[remark.state].spoken(lang)}: {where}{about}{_short(remark.words)}{said}{who}"


def _difference(before: str, after: str) -> str:
    """Both texts, the part that they share at either end cut short."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    lead = before[max(0, start - 8) : start]
    tail = before[len(before) - end : len(before) - end + 8] if end else ""
    left, right = ("…" if start > 8 else ""), ("…" if end > 8 else "")
    cut = slice(start, None if not end else -end)
    return f"{left}{lead}[{_short(before[cut])} → {_short(after[cut])}]{tail}{right}"


def _short(text: str, most: int = _LONGEST) -> str:
    text = text.replace("\t", " | ").replace("\n", " / ")
    return text if len(text) <= most else text[: most - 1] + "…"


def report_dict(returned: Returned, lang: Lang) -> dict[str, Any]:
    """The report for JSON; texts whole."""
    count = Counter(event.kind for event in returned.events)
    return {
        "file": returned.file,
        "last_saved": {"by": returned.last_author, "when": returned.last_saved},
        "settled": returned.is_settled,
        "summary": dict(count),
        "articles": [
            {
                "id": ident,
                "title": returned.titles.get(ident, ""),
                "events": [_event_dict(event) for event in returned.events if event.article == ident],
            }
            for ident in dict.fromkeys(event.article for event in returned.events)
        ],
        "comments": [_remark_dict(remark) for remark in returned.remarks],
        "pending": [_event_dict(event) for event in returned.pending],
        "conflicts": [_conflict_dict(conflict) for conflict in returned.conflicts],
        "unplaced": [_unplaced_dict(item, lang) for item in returned.unplaced],
        "notes": [{"code": key, "message": NOTES[key].spoken(lang).format(words)} for key, words in returned.notes],
    }  # fmt: skip


def _event_dict(event: Event) -> dict[str, Any]:
    out: dict[str, Any] = {
        "kind": event.kind, "article": event.article, "role": event.role or None, "id": event.id or None,
        "before": list(event.before), "after": list(event.after),
    }  # fmt: skip
    if event.follows:
        out["follows"] = event.follows
    if event.was:
        out["was"] = event.was
    out["by"] = [{"kind": r.kind, "author": r.author, "when": r.when} for r in event.revisions]
    return out


def _remark_dict(remark: Remark) -> dict[str, Any]:
    return {
        "state": remark.state, "author": remark.author, "when": remark.when, "text": remark.words,
        "quoted": remark.quoted, "article": remark.article or None, "replies": list(remark.replies),
    }  # fmt: skip


def _conflict_dict(conflict: Conflict) -> dict[str, Any]:
    return {
        "article": conflict.article, "id": conflict.id or None, "sent": list(conflict.sent),
        "manuscript": list(conflict.manuscript), "file": list(conflict.edited),
    }  # fmt: skip


def _unplaced_dict(item: Unplaced, lang: Lang) -> dict[str, Any]:
    return {"text": item.text, "style": item.style, "reason": REASONS[item.reason].spoken(lang)}
