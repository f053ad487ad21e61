"""The proofreader against the corpus: planted slips found, clean text left alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.samples import BULLETINS, CORPUS
from typeset.model.findings import Finding
from typeset.pipeline import proof

Span = tuple[int, int]


def squeeze(text: str) -> str:
    return "".join(text.split())


@cache
def findings(path: Path) -> tuple[Finding, ...]:
    return tuple(f for f in proof(path).findings if f.kind is not None)


def truth(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = yaml.safe_load((CORPUS[0].parent / f"{path.stem}.gold.yaml").read_text("utf-8"))
    return gold


def text_of(gold: dict[str, Any]) -> str:
    articles = gold["articles"]
    heads = (
        line for a in articles for role in ("kicker", "headline", "subtitle") for line in a.get(role) or []
    )
    return "\n".join(map(squeeze, (*heads, *(block["text"] for a in articles for block in a["body"]))))


def changed(text: str, suggestion: str | None) -> Span:
    """Which characters of `text` the suggestion changes."""
    if suggestion is None:
        return 0, len(text)
    start = next((n for n, (a, b) in enumerate(zip(text, suggestion, strict=False)) if a != b), 0)
    end = len(text)
    while (
        end > start
        and len(suggestion) - (len(text) - end) > start
        and text[end - 1] == suggestion[end - len(text) - 1]
    ):
        end -= 1
    return start, end


def places(whole: str, text: str, suggestion: str | None) -> list[Span]:
    text, suggestion = squeeze(text), None if suggestion is None else squeeze(suggestion)
    start, end = changed(text, suggestion)
    out, at = [], whole.find(text)
    while at >= 0:
        out.append((at + start, at + end))
        at = whole.find(text, at + 1)
    return out


def meet(ones: list[Span], others: list[Span]) -> bool:
    return any(a <= d and c <= b for a, b in ones for c, d in others)


def tally(path: Path) -> tuple[list[str], list[str], int, int]:
    """What was missed, what was told in vain, how many slips, how many characters."""
    gold = truth(path)
    whole = text_of(gold)
    planted = [(s, places(whole, s["text"], s["suggestion"])) for s in gold.get("suspects") or []]
    told = [(f, places(whole, f.text or "", f.suggestion)) for f in findings(path)]
    tolerated = [t for t in gold.get("tolerate") or [] if not t.startswith("/")]
    missed = [s["text"] for s, spots in planted if not any(meet(spots, there) for _, there in told)]
    widths = {c for s, _ in planted if s["kind"] == "width" for c in _core(s["text"], s["suggestion"])}
    vain = [
        f"{f.code} {f.text} → {f.suggestion}"
        for f, there in told
        if not any(meet(spots, there) for _, spots in planted)
        and not (f.kind == "width" and widths & set(_core(f.text or "", f.suggestion)))
        and not any(squeeze(t) in squeeze(f.text or "") for t in tolerated)
    ]
    return missed, vain, len(planted), len(whole)


def _core(text: str, suggestion: str | None) -> str:
    start, end = changed(squeeze(text), None if suggestion is None else squeeze(suggestion))
    return squeeze(text)[start:end]


def test_planted_slips_are_found_and_little_else() -> None:
    missed, vain, planted, told = [], [], 0, 0
    for path in BULLETINS:
        lost, false, count, _ = tally(path)
        missed += lost
        vain += false
        planted += count
        told += len(findings(path))
    assert planted >= 45
    assert 1 - len(missed) / planted >= 0.85, missed
    assert 1 - len(vain) / told >= 0.85, vain


@pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.stem)
def test_clean_text_is_left_alone(path: Path) -> None:
    """At most one false alarm in 2,000 characters."""
    _, vain, _, characters = tally(path)
    assert len(vain) <= max(1, characters / 2000), vain


@pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.stem)
def test_findings_point_at_their_characters(path: Path) -> None:
    from typeset.read.text import read_text

    lines = read_text(path).lines
    for finding in findings(path):
        assert finding.place is not None
        assert finding.place.line
        assert finding.place.column
        line = lines[finding.place.line - 1]
        start, end = changed(squeeze(finding.text or ""), finding.suggestion and squeeze(finding.suggestion))
        if finding.suggestion is not None and end > start:
            shown = squeeze(line[finding.place.column - 1 :])[:1]
            assert shown in (finding.text or ""), (finding, line)
