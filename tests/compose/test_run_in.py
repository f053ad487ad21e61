"""Run-in heads: what stands out at a paragraph's head, and that it is set in its own face."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import layout_of
from typeset.compose.copy import RunIn, prepare_copy
from typeset.compose.run_in import run_in_heads
from typeset.fonts.faces import FaceSet
from typeset.model.bulletin import Article, Block, BlockType


def _heads(*texts: str, kind: BlockType = "para") -> list[str]:
    article = Article("a1", body=tuple(Block(kind, text) for text in texts))
    return [text[:n] for text, (n, *_) in zip(texts, run_in_heads(article), strict=True)]


@pytest.mark.parametrize(
    ("texts", "heads"),
    [
        (("【语文】回归课本，把篇目默写过关。",), ["【语文】"]),
        (("本报讯（记者 张三）昨日，全县开会。",), ["本报讯"]),
        (("本报济南11月2日讯　望岳塔昨日开放。",), ["本报济南11月2日讯"]),
        (("本报通讯员张三报道，全县开会。",), [""]),
        (("问：为什么？", "答：因为所以。", "大家都笑了。"), ["问：", "答：", ""]),
        (("李明：我来了。", "王红：好的。", "李明：走吧。", "王红：走。"), ["李明：", "王红：", "李明：", "王红："]),
        (("他说：不行。", "各地要求：抓紧办。"), ["", ""]),
        (
            ("（一）压实责任。各单位要亲自过问，一抓到底。", "（二）加强培训。各部门要分期分批办好班。"),
            ["（一）压实责任。", "（二）加强培训。"],
        ),
        (("（一）压实责任。各单位要亲自过问，一抓到底。", "（二）各部门，要分期，分批办好班。"), ["", ""]),
        (("（一）压实责任。各单位要亲自过问，一抓到底。",), [""]),
        (("3.5元一斤。今年的菜价比去年低。", "4.2元一斤。今年的菜价比去年低。"), ["", ""]),
    ],
)  # fmt: skip
def test_what_recurs_stands_out(texts: tuple[str, ...], heads: list[str]) -> None:
    assert _heads(*texts) == heads


@given(st.lists(st.text(alphabet="问答：【】（一二）、1.。，张三本报讯电记者\n 　", max_size=30), max_size=6))
def test_a_head_is_part_of_its_text(texts: list[str]) -> None:
    article = Article("a1", body=tuple(Block("para", text) for text in texts))
    for text, lengths in zip(texts, run_in_heads(article), strict=True):
        assert all(0 <= n < max(1, len(text)) for n in lengths)


@pytest.mark.parametrize("name", ["tabloid", "vertical"])
def test_heads_alone_have_their_own_face(name: str) -> None:
    layout = layout_of(name)
    faces = FaceSet.of(layout)
    texts = ["问：甲 A1。", "乙丙。"]
    plain = prepare_copy(texts, "song", faces, rules=layout.composition)
    own = prepare_copy(texts, "song", faces, rules=layout.composition, run_in=RunIn("hei", (2, 0)))
    changed = plain.face != own.face
    assert changed.tolist() == [True, True] + [False] * (len("".join(texts)) - 2)
    assert (own.face[:2] == prepare_copy(["问："], "hei", faces, rules=layout.composition).face).all()
