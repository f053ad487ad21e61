"""T08: the cheapest breaking of all, at every count of lines; proven by trying every breaking of short paragraphs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples import BULLETINS, SAMPLE, bulletin_of, faces_of
from typeset.compose.breaks import settings_of
from typeset.compose.copy import Copy, prepare_copy
from typeset.compose.feasible import (
    FLUSH_EM,
    HYPHEN_COST,
    OPEN_COST,
    SHORT_LAST_COST,
    SHORT_LAST_EM,
    SQUEEZE_COST,
    STAGES,
)
from typeset.compose.legal_breaks import FREELY

_TEXT = st.lists(
    st.sampled_from(["人", "民", "大", "会", "国", "家", "，", "。", "、", "：“", "”", "《", "》", "（", "）", "——", "……",
                     "2023年", "8.5万元", "50%", "word", "recommend", " "]),
    min_size=4, max_size=22,
).map("".join)  # fmt: skip


def line_cost(copy: Copy, at: int, end: int, room: float, opens: float) -> float | None:
    """A line's cost worked out from the boxes alone; None where T24 cannot fill it."""
    while at < end - 1 and copy.text[at] == " ":
        at += 1
    stop = end
    while stop > at and copy.text[stop - 1] == " ":
        stop -= 1
    boxes = slice(at, stop)
    width = float((copy.box_em[boxes] + copy.gap_em[boxes]).sum()) - copy.lead_em[at] - copy.tail_em[stop - 1]
    width += copy.hyphen_em if copy.hyphens[end] else 0.0
    slack = room - width
    closes = end == len(copy.text)
    if closes and slack >= -1e-6:
        return SHORT_LAST_COST if width <= SHORT_LAST_EM and opens == 0 else 0.0
    seams = slice(at, stop - 1)
    shrink = float(copy.closing[:, seams].sum())
    shrink -= float(copy.closing[1, at]) if copy.lead_em[at] > 0 and stop - 1 > at else 0.0
    stretch = float(copy.opening[:, seams].sum())
    if not -shrink - 1e-6 <= slack <= stretch + FLUSH_EM:
        return None
    demerit = HYPHEN_COST if copy.hyphens[end] else 0.0
    return float(slack * slack * (SQUEEZE_COST if slack < 0 else OPEN_COST) + (0.0 if closes else demerit))


def cheapest(copy: Copy, measure: float, indent: float) -> dict[int, float]:
    """The least cost at every count of lines, by trying every breaking."""
    size = len(copy.text)
    legal = [i for i in range(1, size) if copy.levels[i] == FREELY and not copy.tails[i]] + [size]
    best: dict[int, float] = {}

    def go_on(at: int, lines: int, cost: float) -> None:
        if at == size:
            best[lines] = min(best.get(lines, np.inf), cost)
            return
        for end in legal:
            if end > at:
                room = measure - (indent if at == 0 else 0.0)
                more = line_cost(copy, at, end, room, 1.0 if at == 0 else 0.0)
                if more is not None:
                    go_on(end, lines + 1, cost + more)

    go_on(0, 0, 0.0)
    return best


@settings(max_examples=200, deadline=None)
@given(_TEXT, st.sampled_from([10.0, 11.0, 12.5, 14.0]), st.sampled_from([0.0, 2.0]))
def test_t08_no_breaking_is_cheaper_at_any_count(text: str, measure: float, indent: float) -> None:
    copy = prepare_copy([text], "song", faces_of())
    found = settings_of(copy, measure, [indent])[0]
    want = cheapest(copy, measure, indent)
    if found.stage == 0:
        assert {s.count: s.cost for s in found.by_count} == pytest.approx(want)
        assert found.best.cost == pytest.approx(min(want.values()))
    else:
        assert not want


@pytest.mark.parametrize("path", BULLETINS, ids=lambda p: p.stem)
def test_every_count_is_a_setting_within_the_rules(path: Path) -> None:
    """Each paragraph of a bulletin, all together: lines rise, end at the paragraph, are flush within T24."""
    texts = [b.text for a in bulletin_of(path).articles for b in a.body if b.type == "para"]
    copy = prepare_copy(texts, "song", faces_of())
    fewest = best = most = 0
    for p, found in enumerate(settings_of(copy, 14.0, [2.0] * len(texts))):
        counts = [s.count for s in found.by_count]
        assert counts == sorted(set(counts))
        assert found.best in found.by_count
        fewest, best, most = fewest + counts[0], best + found.best.count, most + counts[-1]
        for setting in found.by_count:
            assert setting.lines[-1] == copy.bounds[p + 1]
            for n, (at, end) in enumerate(pairwise((copy.bounds[p], *setting.lines))):
                assert at < end
                if found.stage == 0 and n < setting.count - 1:
                    assert copy.levels[end] == FREELY
                    assert not copy.tails[end]
    assert fewest <= best <= most
    if path == SAMPLE:
        assert fewest < best < most, "make-up lives from this"


def test_a_setting_does_not_depend_on_the_paragraphs_beside_it() -> None:
    texts = [b.text for a in bulletin_of().articles for b in a.body if b.type == "para"][:12]
    together = settings_of(prepare_copy(texts, "song", faces_of()), 13.0, [2.0] * len(texts))
    shift = 0
    for text, found in zip(texts, together, strict=True):
        (alone,) = settings_of(prepare_copy([text], "song", faces_of()), 13.0, [2.0])
        assert [tuple(i - shift for i in s.lines) for s in found.by_count] == [
            s.lines for s in alone.by_count
        ]
        shift += len(text)


def test_only_the_best_is_the_same_without_variants() -> None:
    texts = [b.text for a in bulletin_of().articles for b in a.body if b.type == "para"]
    copy = prepare_copy(texts, "song", faces_of())
    with_all = settings_of(copy, 15.0, [2.0] * len(texts))
    assert [s.best for s in settings_of(copy, 15.0, [2.0] * len(texts), False)] == [s.best for s in with_all]


def test_stages_are_in_the_order_in_which_rules_give_way() -> None:
    """T05's second clause, then T09, then T24 (typography.md, what gives way)."""
    assert [(s.level, s.keeps_tails, s.may_be_unfit) for s in STAGES] == [
        (2, True, False), (1, True, False), (1, False, False), (1, False, True),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [3_000, 40_000])
@pytest.mark.parametrize("unit", ["国", "国家，", "a", "——", "（", "１"])
def test_long_paragraphs_end(unit: str, size: int) -> None:
    """No break opportunity at all, or nothing else: every character is set, no line overfull."""
    text = (unit * size)[:size]
    copy = prepare_copy([text], "song", faces_of())
    found = settings_of(copy, 14.0, [2.0])[0].best
    assert found.lines[-1] == size
    assert list(found.lines) == sorted(set(found.lines))
