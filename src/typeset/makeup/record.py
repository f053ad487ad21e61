"""A plan in JSON's words and back, so that a later make can keep to it (`--keep`).

In: a plan and the bulletin it places. Out: a `Record`: the grid, and each article's frame with its head, its
line ends and what its text was. Values are written by their dataclasses' fields; galleys and copies are
not, for the article makes them again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from typeset.compose.copy import Copy
from typeset.makeup.desk import Desk
from typeset.makeup.fill import Filled, Option
from typeset.makeup.galley import Galley
from typeset.makeup.heads import Head, HeadLine
from typeset.makeup.inserts import Insert
from typeset.makeup.placed import Placed, PlacedBox, Slot
from typeset.makeup.plan import Plan
from typeset.makeup.shapes import Inside, Seat
from typeset.model.bulletin import Article, Bulletin, Illustration
from typeset.model.findings import Place, TypesetError, Words
from typeset.model.issue import IssueLine
from typeset.model.layout import BodySetting, Layout

VERSION = 1
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        BodySetting,
        Filled,
        Head,
        HeadLine,
        Illustration,
        Insert,
        Inside,
        Option,
        Placed,
        PlacedBox,
        Seat,
        Slot,
    )
}
_LEFT_OUT = {"Option": ("cost", "last_share", "bound"), "Filled": ("insets",)}
_INSTEAD = {"Option": {"cost": 0.0, "last_share": 1.0}}


@dataclass(frozen=True, slots=True, eq=False)
class KeptArticle:
    """An article as it stood: its name, what it said, and its frame, which only its own text can read."""

    id: str
    digest: str
    head_digest: str
    text: str
    placed: dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """An edition that was made: its plan, its masthead's words, the numbers of its glyphs (face by face)."""

    issue: IssueLine
    setting: BodySetting
    rows: int
    pages: int
    masthead_rows: int
    open_rows: int
    is_exact: bool
    articles: tuple[KeptArticle, ...]
    glyphs: tuple[tuple[int, ...], ...]


def plan_record(plan: Plan, bulletin: Bulletin, layout: Layout) -> dict[str, Any]:
    """What `--keep` needs of a plan, ready for JSON."""
    by_article = {placed.galley.article: placed for placed in plan.placed}
    return {
        "version": VERSION, "layout": layout_digest(layout), "setting": _written(plan.setting), "rows": plan.rows,
        "pages": plan.pages, "masthead_rows": plan.masthead_rows, "open_rows": plan.open_rows,
        "is_exact": plan.is_exact,
        "articles": [
            {
                "id": article.id, "digest": digest(article), "head_digest": head_digest(article),
                "text": "\n".join(article.texts()), "placed": _written(by_article[n]),
            }
            for n, article in enumerate(bulletin.articles)
        ],
    }  # fmt: skip


def read_record(path: Path, layout: Layout) -> Record:
    """The record in a `STEM.layout.json`. Raises TypesetError where there is none, or one of another layout."""
    try:
        value = json.loads(path.read_text("utf-8"))
        plan = value["plan"]
        if plan["version"] != VERSION or plan["layout"] != layout_digest(layout):
            raise TypesetError(
                Words(f"made in another layout than {layout.name}, or before it changed",
                      f"不是用现在的版式 {layout.name} 排的"),
                Words("give the --layout it was made in, or make it anew without --keep",
                      "请用当时的 --layout，或去掉 --keep 重排"), Place(str(path)),
            )  # fmt: skip
        issue = IssueLine(str(value["title"]), value["date"], value["issue"])
        articles = tuple(KeptArticle(**article) for article in plan["articles"])
        for article in articles:
            frame_of(article)
        return Record(
            issue, _read(plan["setting"]), int(plan["rows"]), int(plan["pages"]), int(plan["masthead_rows"]),
            int(plan["open_rows"]), bool(plan["is_exact"]),
            articles,
            tuple(tuple(map(int, numbers)) for numbers in value["glyphs"]),
        )  # fmt: skip
    except OSError as error:
        raise TypesetError(
            Words(f"can't be read ({error.strerror})", f"无法读取（{error.strerror}）"),
            Words("give the STEM.layout.json that an earlier make wrote",
                  "请给出先前成版时写出的 STEM.layout.json"), Place(str(path)),
        ) from None  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        raise TypesetError(
            Words("this is no edition that `make --formats json` wrote", "这不是 `make --formats json` 写出的版面文件"),
            Words("give the STEM.layout.json that an earlier make wrote",
                  "请给出先前成版时写出的 STEM.layout.json"), Place(str(path)),
        ) from None  # fmt: skip


def layout_digest(layout: Layout) -> str:
    """Names all of a layout that make-up looks at."""
    return _digest(replace(layout, file="", print=type(layout.print)()))


def digest(article: Article) -> str:
    """Names what an article says, whatever it is called."""
    return _digest(replace(article, id="", page=None, priority=None, section=None, keep_whole=False))


def head_digest(article: Article) -> str:
    head = (article.kicker, article.headline, article.subtitle, article.byline, article.byline_stands_in_body)
    return _digest(head)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:24]


def restored(kept: KeptArticle, article: int, desk: Desk) -> Placed:
    """The article in its old frame, line by line as it was; only where its text is the same."""
    found = _read(kept.placed, _Copies(article, desk))
    assert isinstance(found, Placed)
    return found


def frame_of(kept: KeptArticle) -> Placed:
    """The old frame without its text: its place, head rows and slots."""
    found = _read(kept.placed)
    assert isinstance(found, Placed)
    return found


class _Copies:
    """The galleys and copies of one article, for what was written without them."""

    def __init__(self, article: int, desk: Desk) -> None:
        self._article, self._desk = article, desk

    def galley(self, measure_em: float, block: int | None) -> Galley:
        return self._desk.galley(self._article, measure_em, block)

    def copy(self, line: dict[str, Any]) -> Copy:
        stands = line.get("stands", False)
        head = (self._desk.standing_copy if stands else self._desk.head_copy)(self._article)
        if line["role"] == "byline":
            assert head.byline is not None
            return head.byline
        return next(text.copy for text in head.texts if text.role == line["role"])


def _written(value: object) -> Any:
    if isinstance(value, Galley):
        return {"is": "Galley", "measure_em": value.measure_em}
    if isinstance(value, Copy):
        return None
    if is_dataclass(value):
        name = type(value).__name__
        assert name in _KINDS, name
        left_out = _LEFT_OUT.get(name, ())
        return {"is": name} | {
            field.name: _written(getattr(value, field.name))
            for field in fields(value)
            if field.init and field.name not in left_out
        }
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    assert value is None or isinstance(value, bool | int | float | str), value
    return value


def _read(value: Any, copies: _Copies | None = None, block: int | None = None) -> Any:
    """A value of `_written`; `block` is that of the box that it stands in."""
    if isinstance(value, list):
        return tuple(_read(one, copies) for one in value)
    if not isinstance(value, dict):
        return value
    name = value["is"]
    if name == "Galley":
        return copies.galley(value["measure_em"], block) if copies else None
    block = value["block"] if name == "Insert" else None
    parts = {key: _read(one, copies, block) for key, one in value.items() if key != "is"}
    if name == "HeadLine":
        parts["copy"] = copies.copy(value) if copies else None
    return _KINDS[name](**_INSTEAD.get(name, {}), **parts)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Every four characters in a row, for telling one article from another."""
    whole = "".join("".join(texts).split())
    return frozenset(whole[n : n + 4] for n in range(max(1, len(whole) - 3)))
