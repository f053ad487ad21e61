"""A manuscript that was changed while the file was out: each side's own changes hold, common ones are shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.return_.editor import W
from tests.return_.samples import SMALL, bare, put
from tests.return_.test_round_trip import desk_of, entry_of, set_text
from typeset.model.bulletin import Article, Block, Bulletin
from typeset.return_ import return_docx
from typeset.return_.values import Returned

A1, A2, A3, A4 = SMALL.articles
MIDDLE = "种粮大户老周说，去年这时候他还在为请不到人发愁，如今两个人就管得过来。"


def with_body(
    article: Article, *changes: tuple[int, Block | None], added: tuple[int, Block] | None = None
) -> Article:
    body: list[Block | None] = list(article.body)
    for at, block in changes:
        body[at] = block
    if added is not None:
        body.insert(*added)
    return replace(article, body=tuple(block for block in body if block is not None))


def come_back(desk: object, now: Bulletin, folder: Path) -> tuple[Bulletin, Returned]:
    back, returned = return_docx(put(desk.bytes(), folder), now)  # type: ignore[attr-defined]
    assert back is not None
    return back, returned


def test_both_sides_changes_hold(tmp_path: Path) -> None:
    now = replace(
        SMALL,
        date="2024年5月7日",
        articles=(
            with_body(A1, (0, Block("para", "清明已过，青石村的田埂上热闹起来，六台插秧机等着下田。")), added=(2, Block("para", "稿件里新加的一段。"))),
            replace(A2, headline=("小桥终于修好了",)), with_body(A3), A4, Article("a9", headline=("后来的稿件",), body=(Block("para", "补发的消息。"),)),
        ),
    )  # fmt: skip
    desk = desk_of()
    set_text(entry_of(desk, "种粮大户"), "种粮大户老周说，如今两个人就管得过来。")
    entry_of(desk, "夜市又").node.getparent().remove(entry_of(desk, "夜市又").node)
    back, returned = come_back(desk, now, tmp_path)
    assert not returned.conflicts
    assert [key for key, _ in returned.notes] == ["moved_on"]
    want = replace(
        now,
        articles=(
            with_body(now.articles[0], (1, Block("para", "种粮大户老周说，如今两个人就管得过来。"))), now.articles[1], now.articles[2],
            replace(A4, headline=()), now.articles[4],
        ),
    )  # fmt: skip
    assert back == bare(want)


def test_the_same_change_on_both_sides_is_no_conflict(tmp_path: Path) -> None:
    now = replace(SMALL, articles=(with_body(A1, (1, Block("para", "老周说，两个人管得过来。"))), A2, A3, A4))
    desk = desk_of()
    set_text(entry_of(desk, "种粮大户"), "老周说，两个人管得过来。")
    back, returned = come_back(desk, now, tmp_path)
    assert not returned.conflicts
    assert back == bare(now)


def test_different_changes_conflict_and_the_manuscripts_stand(tmp_path: Path) -> None:
    now = replace(
        SMALL, articles=(with_body(A1, (1, Block("para", MIDDLE.replace("老周", "老吴")))), A2, A3, A4)
    )
    desk = desk_of()
    set_text(entry_of(desk, "种粮大户"), MIDDLE.replace("老周", "老郑"))
    back, returned = come_back(desk, now, tmp_path)
    [conflict] = returned.conflicts
    assert (conflict.sent, conflict.manuscript, conflict.edited) == (
        (MIDDLE,), (MIDDLE.replace("老周", "老吴"),), (MIDDLE.replace("老周", "老郑"),),
    )  # fmt: skip
    assert back == bare(now)
    assert not returned.is_settled


def test_deleted_here_and_changed_there_conflict(tmp_path: Path) -> None:
    changed = MIDDLE.replace("老周", "老吴")
    now = replace(SMALL, articles=(with_body(A1, (1, Block("para", changed))), A2, A3, A4))
    desk = desk_of()
    node = entry_of(desk, "种粮大户").node
    node.getparent().remove(node)
    back, returned = come_back(desk, now, tmp_path)
    assert [(c.sent, c.manuscript, c.edited) for c in returned.conflicts] == [((MIDDLE,), (changed,), ())]
    assert back == bare(now)
    gone = replace(SMALL, articles=(with_body(A1, (1, None)), A2, A3, A4))
    desk = desk_of()
    set_text(entry_of(desk, "种粮大户"), changed)
    back, returned = come_back(desk, gone, tmp_path)
    assert [(c.sent, c.manuscript, c.edited) for c in returned.conflicts] == [((MIDDLE,), (), (changed,))]
    assert back == bare(gone)


def test_an_article_deleted_here_and_changed_there_stays_whole(tmp_path: Path) -> None:
    now = replace(SMALL, articles=(A1, A2, A3, with_body(A4, added=(3, Block("para", "稿件里后补的一段。")))))
    desk = desk_of()
    for entry in [e for e in desk.entries if e.article == "a4"]:
        entry.node.getparent().remove(entry.node)
    back, returned = come_back(desk, now, tmp_path)
    assert [conflict.article for conflict in returned.conflicts] == ["a4"]
    assert back == bare(now)


def test_split_here_and_changed_there_conflict(tmp_path: Path) -> None:
    changed = MIDDLE.replace("老周", "老吴")
    now = replace(SMALL, articles=(with_body(A1, (1, Block("para", changed))), A2, A3, A4))
    desk = desk_of()
    node = entry_of(desk, "种粮大户").node
    run = next(r for r in node.iter(f"{W}r"))
    from tests.return_.editor import _paragraph

    second = _paragraph("NewsBody", MIDDLE[10:])
    next(run.iter(f"{W}t")).text = MIDDLE[:10]
    node.addnext(second)
    back, returned = come_back(desk, now, tmp_path)
    [conflict] = returned.conflicts
    assert conflict.edited == (MIDDLE[:10], MIDDLE[10:])
    assert back == bare(now)


def test_a_manuscript_in_another_order_keeps_it(tmp_path: Path) -> None:
    now = replace(SMALL, articles=(A4, A1, with_body(A2), A3))
    desk = desk_of()
    set_text(entry_of(desk, "种粮大户"), "老周说，两个人管得过来。")
    back, returned = come_back(desk, now, tmp_path)
    assert not returned.conflicts
    assert [article.id for article in back.articles] == ["a4", "a1", "a2", "a3"]
    assert back.articles[1].body[1].text == "老周说，两个人管得过来。"
