"""Re-make-up (改版): late copy into an edition that was made, with as little moved as can be.

In: a desk over the new bulletin, the record of the old edition. Out: a plan, and what moved. Articles that say what
they said stand line for line as they stood. One that changed is filled into its own frame: by its tightness and
blank rows first, then by another head; else its page is made up anew, else that page and one more, else all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from typeset.makeup.bounds import MOST_SIDES
from typeset.makeup.cuts import Cut, butt
from typeset.makeup.desk import Desk
from typeset.makeup.fill import fill_columns
from typeset.makeup.heads import HEAD_DROP
from typeset.makeup.pack import Packer
from typeset.makeup.pages import LOAD_SPREAD, best_page
from typeset.makeup.placed import Placed, leaves
from typeset.makeup.plan import Plan, packer_of, plan_of, room_of
from typeset.makeup.record import KeptArticle, Record, digest, frame_of, head_digest, restored, words_of
from typeset.makeup.shapes import BESIDE_FORMS, Shape, Span
from typeset.model.findings import Finding, Words

LEAST_LIKENESS = 0.4  # share of the words of four characters that an article keeps when it is edited
TWO_PAGE_TRIES = 24
SIZES_TRIED = 9  # of a headline in its own frame
MOST_MOVED = 2  # articles that change pages at most


@dataclass(frozen=True, slots=True)
class Moves:
    """What a re-make touched: articles filled anew in their frames (and on which pages), pages made up anew (from 0), or all."""

    refilled: tuple[int, ...] = ()
    refilled_on: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    everything: bool = False


def remake(desk: Desk, record: Record) -> tuple[Plan, Moves]:
    """The old plan with the new bulletin in it."""
    match = matched(desk, record)
    stood: dict[int, Placed] = {}
    refilled: list[int] = []
    loose: set[int] = set()  # pages that must be made up anew
    homes: dict[int, int] = {}
    for n, article in enumerate(desk.bulletin.articles):
        kept = match.get(n)
        if kept is None:
            homes[n] = homes.get(n - 1, 0)
            loose.add(homes[n])
            continue
        frame = frame_of(kept)
        homes[n] = frame.page
        if kept.digest == digest(article):
            stood[n] = restored(kept, n, desk)
    here = {kept.id for kept in match.values()}
    loose |= {slot.page for kept in record.articles if kept.id not in here for slot in frame_of(kept).slots}
    for n, kept in match.items():
        if n not in stood:
            found = _refilled(desk, record, n, kept, stood)
            if found is None:
                loose |= {slot.page for slot in frame_of(kept).slots}
            else:
                stood[n] = found
                refilled.append(n)
    if not loose:
        return _plan(desk, record, stood), _moves(refilled, stood, ())
    anew = _pages_anew(desk, record, stood, homes, loose)
    if anew is None:
        return plan_of(desk), Moves(everything=True)
    placed, pages = anew
    return _plan(desk, record, placed), _moves(refilled, stood, pages)


def _moves(refilled: list[int], stood: dict[int, Placed], pages: tuple[int, ...]) -> Moves:
    own = [n for n in refilled if stood[n].page not in pages]
    return Moves(tuple(own), tuple(sorted({slot.page for n in own for slot in stood[n].slots})), pages)


def moved_finding(moves: Moves, desk: Desk, pages: int) -> Finding:
    """What the editor is told of it."""
    if moves.everything:
        return Finding("warning", "makeup.kept", Words(
            "the old pages could not be kept: every page is made up anew", "原版面无法保留：全部版面已重排",
        ))  # fmt: skip
    en, zh = [], []
    for n in moves.refilled:
        article = desk.bulletin.articles[n]
        name = "".join(article.headline) or article.id
        en.append(f"“{name}” is filled anew in its own frame")
        zh.append(f"《{name}》在原版块内重排")
    if moves.pages:
        numbers = [str(page + 1) for page in moves.pages]
        en.append(f"page(s) {', '.join(numbers)} made up anew")
        zh.append(f"第 {'、'.join(numbers)} 版重新拼版")
    if not en:
        return Finding("info", "makeup.kept", Words("nothing moved", "版面未动"))
    touched = {*moves.pages, *moves.refilled_on}
    still = [str(page + 1) for page in range(pages) if page not in touched]
    en.append(f"page(s) {', '.join(still)} untouched" if still else "no page untouched")
    zh.append(f"第 {'、'.join(still)} 版未动" if still else "各版均有改动")
    return Finding("info", "makeup.kept", Words("; ".join(en), "；".join(zh)))


# -- matching --------------------------------------------------------------------------------------


def matched(desk: Desk, record: Record) -> dict[int, KeptArticle]:
    """The old article for each new one that has one: of the same text (same id first), of the same id and like, like."""
    left = dict(enumerate(record.articles))
    new = dict(enumerate(desk.bulletin.articles))
    out: dict[int, KeptArticle] = {}

    def take(n: int, old: int) -> None:
        out[n] = left.pop(old)
        del new[n]

    for same_id in (True, False):
        for n, article in list(new.items()):
            said = digest(article)
            for old, kept in left.items():
                if kept.digest == said and (kept.id == article.id or not same_id):
                    take(n, old)
                    break
    words = {n: words_of(article.texts()) for n, article in new.items()}
    for same_id in (True, False):
        for n, article in list(new.items()):
            likeness = [
                (_likeness(words[n], words_of([kept.text])), -old)
                for old, kept in left.items()
                if kept.id == article.id or not same_id
            ]
            if likeness and max(likeness)[0] >= LEAST_LIKENESS:
                take(n, -max(likeness)[1])
    return out


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


# -- one article in its own frame ------------------------------------------------------------------


def _refilled(
    desk: Desk, record: Record, n: int, kept: KeptArticle, stood: dict[int, Placed]
) -> Placed | None:
    frame = frame_of(kept)
    galley = desk.galley(n, kept.placed["galley"]["measure_em"])
    if kept.head_digest == head_digest(desk.bulletin.articles[n]):
        filled = fill_columns(galley.items, [slot.height for slot in frame.slots])
        if filled is not None:
            old = restored(replace(kept, placed=kept.placed | {"filled": None}), n, desk)
            return replace(old, galley=galley, filled=filled, blank_rows=0, keeps_taboos=True)
    pages = {slot.page for slot in frame.slots}
    if len(pages) != 1 or desk.layout.makeup.mode != "slicing" or not record.is_exact:
        return None
    others = [p for m, p in stood.items() if m != n and p.page == frame.page]
    return _reshaped(desk, record, n, frame, others)


def _reshaped(desk: Desk, record: Record, n: int, frame: Placed, others: list[Placed]) -> Placed | None:
    """Another shape of the article in the same rectangle, its head of the same form where that can be."""
    feet = [slot.row + slot.height for slot in frame.slots] + [b.row + b.insert.rows for b in frame.boxes]
    high = max(feet) + frame.foot_rows - frame.row
    members = sorted([n, *(p.galley.article for p in others)])
    shapes = desk.shapes(n, members.index(n), frame.width_cols, record.setting, record.rows, SIZES_TRIED).get(
        high, []
    )
    form = frame.seat.form if frame.seat else "top"
    for shape in sorted(shapes, key=lambda s: (s.seat.form != form, s.cost)):
        if _agrees(desk, record, shape, frame, others):
            return leaves(_leaf(shape), frame.page, frame.column, frame.row)[0]
    return None


def _leaf(shape: Shape) -> Cut:
    return Cut("leaf", shape.rows, shape.width_cols, shape.cost, shape)


def _agrees(desk: Desk, record: Record, shape: Shape, frame: Placed, others: list[Placed]) -> bool:
    """Whether a shape keeps the page's taboos: headlines that butt (H9), side heads, boxes."""
    forms = [p.seat.form for p in others if p.seat] + [shape.seat.form]
    if forms.count("boxed") > desk.layout.boxes.most or sum(f in BESIDE_FORMS for f in forms) > MOST_SIDES:
        return False
    if shape.span is None:
        return True
    own: tuple[Span, ...] = ((shape.span[0] + frame.row, shape.span[1] + frame.row),)
    row_pt = desk.layout.type_height_pt / record.rows
    edges = (frame.column, frame.column + frame.width_cols)
    beside = [p for p in others if p.column in edges or p.column + p.width_cols in edges]
    return not any(butt(own, _spans(p, row_pt)) for p in beside)


def _spans(placed: Placed, row_pt: float) -> tuple[Span, ...]:
    """The rows of the page that an article's headline takes at both edges."""
    seat, head = placed.seat, placed.head
    if seat is None or seat.form != "top" or not head.lines:
        return ()
    high = head.height_pt / row_pt
    top = placed.row + seat.row + HEAD_DROP * (seat.rows - high)
    return ((round(top, 2), round(top + high, 2)),)


# -- pages -----------------------------------------------------------------------------------------


def _pages_anew(
    desk: Desk, record: Record, stood: dict[int, Placed], homes: dict[int, int], loose: set[int]
) -> tuple[dict[int, Placed], tuple[int, ...]] | None:
    """Every loose page by itself where it closes, else with another page; None where neither does."""
    if desk.layout.makeup.mode != "slicing" or not record.is_exact:
        return None
    remaker = _Pages(desk, record)
    members: dict[int, list[int]] = defaultdict(list)
    for n in sorted(homes):
        members[homes[n]].append(n)
    placed = dict(stood)
    done: set[int] = set()
    for page in sorted(loose):
        alone = remaker.page(tuple(members[page]), page)
        if alone is not None:
            placed |= alone
            done.add(page)
            continue
        both = remaker.with_another(members, page)
        if both is None:
            return None
        other, found, sets = both
        placed |= found
        members |= sets
        done |= {page, other}
    return placed, tuple(sorted(done))


class _Pages:
    """Makes up single pages of the old grid."""

    def __init__(self, desk: Desk, record: Record) -> None:
        self._record, self._layout = record, desk.layout
        self._packer: Packer = packer_of(desk, record.setting, record.rows)
        self._room = room_of(desk, record.setting, record.rows)
        self._load = desk.load(record.setting, record.rows)

    def page(self, articles: tuple[int, ...], page: int) -> dict[int, Placed] | None:
        """These articles on that page, the masthead as it was, else of another height."""
        rows = self._record.rows
        if not articles:
            return None
        ranges = [range(rows, rows + 1)]
        if page == 0:
            old, (fewest, most) = rows - self._record.masthead_rows, self._layout.masthead.rows
            ranges = [range(old, old + 1), range(rows - most, rows - fewest + 1)]
        for free in ranges:
            cut = best_page(self._packer, articles, free, self._room)
            if cut is not None:
                found = leaves(cut, page, 0, rows - cut.rows)
                return {p.galley.article: p for p in found}
        return None

    def with_another(
        self, members: dict[int, list[int]], page: int
    ) -> tuple[int, dict[int, Placed], dict[int, list[int]]] | None:
        """The page and another, the nearest first, with as few articles as can be changing places."""
        others = [p for p in range(self._record.pages) if p != page]
        for other in sorted(others, key=lambda p: (abs(p - page), p)):
            for mine, theirs in self._exchanges(members[page], members[other], page, other):
                first = self.page(mine, page)
                second = self.page(theirs, other) if first is not None else None
                if first is not None and second is not None:
                    return other, first | second, {page: list(mine), other: list(theirs)}
        return None

    def _exchanges(
        self, mine: Sequence[int], theirs: Sequence[int], page: int, other: int
    ) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Ways to part both pages' articles anew: fewest moved first, then nearest to full."""
        both = {*mine, *theirs}
        found: list[tuple[int, float, tuple[int, ...], tuple[int, ...]]] = []
        for out in range(min(MOST_MOVED, len(mine)) + 1):
            for back in range(min(MOST_MOVED, len(theirs)) + 1):
                if not out + back:
                    continue
                for leaving in combinations(mine, out):
                    for coming in combinations(theirs, back):
                        here = tuple(sorted({*mine} - {*leaving} | {*coming}))
                        there = tuple(sorted(both - {*here}))
                        off = max(self._off(here, page), self._off(there, other))
                        if off <= LOAD_SPREAD:
                            found.append((out + back, off, here, there))
        for _, _, here, there in sorted(found)[:TWO_PAGE_TRIES]:
            yield here, there

    def _off(self, articles: tuple[int, ...], page: int) -> float:
        free = self._record.rows - (self._record.masthead_rows if page == 0 else 0)
        room = free * self._record.setting.columns
        return abs(sum(self._load[n] for n in articles) / room - 1) if articles else 1.0


def _plan(desk: Desk, record: Record, placed: dict[int, Placed]) -> Plan:
    row_pt = desk.layout.type_height_pt / record.rows
    masthead = min((p.row for p in placed.values() if p.page == 0), default=record.masthead_rows)
    return Plan(
        record.setting, record.rows, row_pt, record.pages, masthead, tuple(placed[n] for n in sorted(placed)),
        record.is_exact, open_rows=record.open_rows,
    )  # fmt: skip
