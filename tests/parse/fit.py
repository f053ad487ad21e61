"""Fit the parser's weights on the corpus set anew in many manners, and say how well that carries over.

    python -m tests.parse.fit [--manners N] [--epochs N] [--folds N] [--write]

A structured perceptron with a margin, averaged, pulled back to the weights as they stand. The table that
is printed is of cross-validation: each bulletin parsed by weights that were fitted on the others only, in
manners that were not fitted on either. `--write` puts the fitted numbers into src/typeset/parse/weights.py.
"""

from __future__ import annotations

import argparse
import ast
import random
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.parse.manners import MANNERS, ROLE_OF, Manner, random_manner, set_anew
from tests.parse.truth import DEVELOPMENT, OTHERS, Truth, measures, source_of, truth_of
from typeset.model.bulletin import Block, Bulletin
from typeset.model.source import Source
from typeset.parse import parse, traits, weights
from typeset.parse.features import views_of
from typeset.parse.joins import Joiner
from typeset.parse.lines import source_lines
from typeset.parse.manner import Manner as Seen
from typeset.parse.manner import manner_of
from typeset.parse.roles import TEXT_ROLES, TRANSPARENT, Role
from typeset.parse.sequence import decide
from typeset.parse.states import START, STATES, Term, after, terms
from typeset.parse.style import learn
from typeset.parse.tables import Tables
from typeset.parse.views import View
from typeset.parse.weights import NEVER, WEIGHTS, Weights

NAMES = [*DEVELOPMENT, "lilun-2023-11", *OTHERS]
RATE = 0.03
PULL = 0.001
"""How far each batch goes back towards the weights that stand."""
MARGIN = 1.5
BATCH = 8
ARRIVED_WEIGHT = 12
"""A bulletin as it arrived counts as much as so many manners that nobody chose."""
LEAST = 0.25
"""A feature's new weight below this is not worth a number."""
HELD_OUT_SEED = 10_000
FREE_ROLES = (Role.HEAD, Role.MORE, Role.SUB, Role.SUBTWO, Role.PARA, Role.FURN, Role.VERSE)
"""For these the fit may give a feature a weight that it did not have."""
Key = Term
"""(table, row, key): a weight's name."""
FIXED: set[Key] = {
    ("join", None, "bare"),
    ("join", None, "strange"),
    ("join", None, "word_across"),
    ("broken_off", None, Role.PARA),
}
"""Set by hand: columns cut far more paragraphs in real bulletins than stops are forgotten at their ends."""
SIGNS = {
    Role.CAPTION: traits.CAPTION_HEAD | traits.CAPTION_TAIL | traits.PHOTO_CREDIT,
    Role.NOTE: traits.NOTE,
}
"""Captions and notes are learnt only from lines that show what they are."""


@dataclass
class Example:
    """A text as the search sees it, and the right roles."""

    views: list[View]
    manner: Seen
    joiner: Joiner
    roles: tuple[Role, ...]


def example_of(source: Source, roles: tuple[Role, ...]) -> Example | None:
    """None where jump marks and other cuts make the search's lines other than the text's."""
    lines = source_lines(source)
    if len(lines) != len(roles):
        return None
    manner = manner_of(lines)
    views = views_of(lines, manner)
    return Example(views, manner, Joiner(views, manner), roles)


def examples_of(names: Iterable[str], manners: Iterable[Manner]) -> list[Example]:
    made = []
    for manner in manners:
        for name in names:
            anew = set_anew(truth_of(name), manner)
            made.append(example_of(anew.source, anew.roles))
    made += [as_arrived(name) for name in names] * ARRIVED_WEIGHT
    return [m for m in made if m is not None]


def as_arrived(name: str) -> Example | None:
    """The bulletin as it came: the roles found, those of heads, furniture and body set right by its truth."""
    lines = source_lines(source_of(name))
    manner = manner_of(lines)
    views = views_of(lines, manner)
    joiner = Joiner(views, manner)
    decisions = decide(views, joiner)
    if learn(views, decisions):
        decisions = decide(views, joiner)
    roles = [d.role for d in decisions]
    texts = ["".join(line.text.split()) for line in lines]
    truth = truth_of(name).bulletin
    _set_body(roles, texts, [block for article in truth.articles for block in article.body])
    _set_heads(roles, texts, truth)
    for number, view in enumerate(views):
        if roles[number] in SIGNS and not SIGNS[roles[number]] & view.traits:
            roles[number] = Role.PARA  # nothing in the line tells it from a paragraph
    return Example(views, manner, joiner, tuple(roles))


def _set_body(roles: list[Role], texts: list[str], blocks: list[Block]) -> None:
    wanted = ["".join(block.text.split()) for block in blocks]
    at = done = 0
    for number, text in enumerate(texts):
        if done and wanted[at][done:].startswith(text):
            kind = ROLE_OF[blocks[at].type]
            if kind in (Role.VERSE, Role.ROW):
                roles[number] = kind
            elif roles[number] not in (Role.ITEM, Role.SUBTWO):
                roles[number] = Role.CONT
            done += len(text)
        else:
            found = next((k for k in range(at, min(at + 6, len(wanted))) if wanted[k].startswith(text)), None)
            is_head = roles[number] in (Role.HEAD, Role.MORE, Role.BYLINE, Role.FURN)
            if found is None or (is_head and text != wanted[found]):
                continue
            at, done = found, len(text)
            if roles[number] not in (Role.BRIEF, Role.FOOT):
                roles[number] = ROLE_OF[blocks[at].type]
        if done >= len(wanted[at]):
            at, done = min(at + 1, len(wanted) - 1), 0


def _set_heads(roles: list[Role], texts: list[str], truth: Bulletin) -> None:
    furniture = {"".join(line.split()) for line in truth.furniture}
    at = 0
    for article in truth.articles:
        lines = ["".join(t.split()) for t in (*article.kicker, *article.headline, *article.subtitle)]
        if not lines or lines[0] not in texts[at:]:
            continue
        first = texts.index(lines[0], at)
        while first + 1 < len(texts) and texts[first : first + len(lines)] != lines:
            if lines[0] not in texts[first + 1 :]:
                break
            first = texts.index(lines[0], first + 1)
        if texts[first : first + len(lines)] == lines:
            roles[first : first + len(lines)] = [Role.HEAD] + [Role.MORE] * (len(lines) - 1)
            at = first + len(lines)
    for number, text in enumerate(texts):
        if text in furniture and roles[number] not in (Role.HEAD, Role.MORE, Role.JUMP_IN, Role.JUMP_OUT):
            roles[number] = Role.FURN


class Model:
    """The weights by name while they are fitted."""

    def __init__(self, start: Weights) -> None:
        self.start = _flat(start)
        self.now: dict[Key, float] = defaultdict(float, self.start)
        self.total: dict[Key, float] = defaultdict(float)
        self.count = 0

    def step(self, change: Counter[Key], rate: float) -> None:
        for key, value in change.items():
            if key not in FIXED and self.start.get(key, 0.0) > NEVER:
                self.now[key] += rate * max(-4.0, min(4.0, value))
        for key in list(self.now):
            self.now[key] += PULL * (self.start.get(key, 0.0) - self.now[key])

    def keep(self) -> None:
        self.count += 1
        for key, value in self.now.items():
            self.total[key] += value

    def averaged(self) -> Weights:
        return _nested({key: value / self.count for key, value in self.total.items()})

    def current(self) -> Weights:
        return _nested(self.now)


def _flat(w: Weights) -> dict[Key, float]:
    out: dict[Key, float] = {}
    for table in ("bias", "text", "at_end", "after_furniture", "subs", "signed", "broken_off", "join"):
        out |= {(table, None, key): value for key, value in getattr(w, table).items()}
    out |= {("follow", row, key): v for row, entries in w.follow.items() for key, v in entries.items()}
    out |= {(f"emit {name}", None, key): v for name, row in w.emit.items() for key, v in row.items()}
    return out


def _nested(flat: dict[Key, float]) -> Weights:
    by_word: dict[str, dict[str, float]] = defaultdict(dict)
    by_role: dict[str, dict[Role, float]] = defaultdict(dict)
    follow: dict[Role, dict[Role, float]] = defaultdict(dict)
    for (table, row, key), value in flat.items():
        if isinstance(key, str):
            by_word[table][key] = value
        elif row is not None:
            follow[row][key] = value
        else:
            by_role[table][key] = value
    emit = {table[5:]: row for table, row in by_role.items() if table.startswith("emit ")}
    return Weights(
        by_role["bias"], by_word["text"], emit, dict(follow), by_role["at_end"], by_word["after_furniture"],
        by_word["subs"], by_role["signed"], by_role["broken_off"], by_word["join"],
    )  # fmt: skip


def features(example: Example, roles: tuple[Role, ...]) -> Counter[Key]:
    """How often each weight is added up along a sequence of roles."""
    out: Counter[Key] = Counter()
    state, text = STATES[START], -1
    for at, (view, role) in enumerate(zip(example.views, roles, strict=True)):
        names = traits.names_of(view.traits)
        for term in terms(state, role):
            out[term] += 1
        if state.role in TEXT_ROLES and example.joiner.is_unfinished(text):
            out["broken_off", None, role] += 1
        if view.traits & traits.UNIT_KEYED and state.has_byline:
            out["signed", None, role] -= 1
        if role is Role.CONT:
            if state.role not in TEXT_ROLES:
                return Counter()
            for name in example.joiner.evidence(text, at):
                out["join", None, name] += 1
        elif not view.is_plain:
            out["bias", None, role] += 1
            for name in names:
                if role in WEIGHTS.emit.get(name, {}) or (name in WEIGHTS.emit and role in FREE_ROLES):
                    out[f"emit {name}", None, role] += 1
        if not view.is_plain and (role in TEXT_ROLES or role is Role.CONT):
            for name in names:
                if name in WEIGHTS.text:
                    out["text", None, name] += 1
        if role not in TRANSPARENT or role is Role.CONT:
            text = at
        state = after(state, role)
    out["at_end", None, state.role] += 1
    return out


def difference(example: Example, tables: Tables) -> Counter[Key]:
    """What speaks for the right roles less what speaks for those found, the right ones handicapped."""
    for view in example.views:
        view.style = ()
    example.joiner.forget(tables.join)
    decisions = decide(example.views, example.joiner, tables)
    learn(example.views, decisions)
    for view, role in zip(example.views, example.roles, strict=True):
        view.style = (*view.style, (int(role), -MARGIN))
    found = tuple(d.role for d in decide(example.views, example.joiner, tables))
    if found == example.roles:
        return Counter()
    right = features(example, example.roles)
    if not right:
        return Counter()
    right.subtract(features(example, found))
    return right


def fit(examples: list[Example], epochs: int) -> Weights:
    model = Model(WEIGHTS)
    order = random.Random(7)
    for epoch in range(epochs):
        order.shuffle(examples)
        for start in range(0, len(examples), BATCH):
            tables = Tables(model.current())
            change: Counter[Key] = Counter()
            for example in examples[start : start + BATCH]:
                change.update(difference(example, tables))
            model.step(change, RATE / (1 + epoch / 2))
            if epoch >= epochs // 2:
                model.keep()
    return model.averaged()


def score(names: Iterable[str], manners: list[Manner], found: Weights) -> dict[str, list[float]]:
    """Each measure over bulletins as they arrived and in manners."""
    out: dict[str, list[float]] = defaultdict(list)
    tables = Tables(found)
    for name in names:
        truth = truth_of(name)
        pairs: list[tuple[Source, Truth]] = [(source_of(name), truth)]
        for manner in manners:
            anew = set_anew(truth, manner)
            pairs.append((anew.source, anew.truth))
        for number, (source, right) in enumerate(pairs):
            have: Bulletin = parse(source, tables)
            for kind, value in measures(right, have).items():
                out[kind if number else "arrived"].append(value)
    return out


def _mean(rows: Iterable[dict[str, list[float]]]) -> dict[str, float]:
    total: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        for kind, values in row.items():
            total[kind] += values
    out = {kind: sum(values) / len(values) for kind, values in total.items()}
    return out | {"mean": sum(out.values()) / len(out)}


def rewrite(path: Path, found: Weights) -> None:
    """The fitted numbers in the place of those that stand in weights.py, new ones behind them."""
    text = path.read_text("utf-8")
    flat = _flat(found)
    edits = [edit for node in ast.parse(text).body for edit in _edits(node, flat, text)]
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    path.write_text(text, "utf-8")
    subprocess.run(["ruff", "format", "-q", str(path)], check=True)


def _edits(node: ast.stmt, flat: dict[Key, float], text: str) -> Iterator[tuple[int, int, str]]:
    """Spans of weights.py's text and what is to stand there."""
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.value, ast.Dict):
        return
    assert isinstance(node.target, ast.Name)
    table = node.target.id.lower()
    for row, entries in _rows(node.value):
        name = f"emit {row}" if table == "emit" else table
        first = Role[row[2:]] if table == "follow" else None
        known = set()
        for key_node, value_node in zip(entries.keys, entries.values, strict=True):
            assert key_node is not None
            key = ast.unparse(key_node).strip("'")
            key_value = Role[key[2:]] if key.startswith("R.") else key
            known.add(key_value)
            value = flat.get((name, first, key_value))
            if value is not None and value > NEVER / 2:
                start, end = (_offset(text, value_node, at_end) for at_end in (False, True))
                yield start, end, f"{value:.2f}"
        if table == "emit":
            new = [k for (t, _, k), v in flat.items() if t == name and k not in known and abs(v) >= LEAST]
            added = "".join(f", R.{k.name}: {flat[name, None, k]:.2f}" for k in new if isinstance(k, Role))
            end = _offset(text, entries.values[-1], True)
            yield end, end, added


def _rows(table: ast.Dict) -> Iterator[tuple[str, ast.Dict]]:
    """The table's rows by name; a flat table is one row without a name."""
    if not any(isinstance(value, ast.Dict) for value in table.values):
        yield "", table
        return
    for key, value in zip(table.keys, table.values, strict=True):
        assert key is not None
        assert isinstance(value, ast.Dict)
        yield ast.unparse(key).strip("'"), value


def _offset(text: str, node: ast.expr, at_end: bool) -> int:
    """Where the node begins or ends in the text, in characters."""
    row = (node.end_lineno or 1) if at_end else node.lineno
    column = (node.end_col_offset or 0) if at_end else node.col_offset
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: row - 1])) + len(lines[row - 1].encode()[:column].decode())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--manners", type=int, default=12)
    arguments.add_argument("--epochs", type=int, default=8)
    arguments.add_argument("--folds", type=int, default=6, help="0: no cross-validation")
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    manners = [*MANNERS, *(random_manner(seed) for seed in range(options.manners))]
    held_out = [random_manner(HELD_OUT_SEED + seed) for seed in range(12)] + list(MANNERS)
    folds = [NAMES[n :: options.folds] for n in range(options.folds)]
    before, after_ = [], []
    for fold in folds:
        others = [name for name in NAMES if name not in fold]
        found = fit(examples_of(others, manners), options.epochs)
        before.append(score(fold, held_out, WEIGHTS))
        after_.append(score(fold, held_out, found))
        print(
            "fold", *fold, _line(_mean(before[-1:])), "->", _line(_mean(after_[-1:])), sep="\n  ", flush=True
        )
    if folds:
        print("as they stand ", _line(_mean(before)))
        print("held out      ", _line(_mean(after_)))
    if options.write:
        rewrite(Path(weights.__file__), fit(examples_of(NAMES, manners), options.epochs))


def _line(values: dict[str, float]) -> str:
    return " ".join(f"{kind} {value:.4f}" for kind, value in values.items())


if __name__ == "__main__":
    main()
