"""The edition and its findings as JSON: pages, frames, lines with their places and character ranges."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from typeset.model.edition import Edition, Frame, LineRun, Picture, RuleLine
from typeset.model.findings import Finding, Lang


def edition_json(edition: Edition, glyphs: Sequence[Sequence[int]] = ()) -> bytes:
    """`STEM.layout.json`. `plan` and `glyphs` (the order of the PDF's codes) are for `make --keep`. Points from the trim's top left; a line's `start` and `end` count code points of `text`."""
    pages = [
        {
            "number": page.number,
            "filled": round(page.filled, 4),
            "frames": [_frame(edition, frame) for frame in page.frames],
            "furniture": [line for run in page.furniture for line in _lines(run)],
            "rules": [_rule(rule) for rule in page.rules],
            **({"pictures": [_picture(edition, p) for p in page.pictures]} if page.pictures else {}),
        }
        for page in edition.pages
    ]
    return _dump({
        "layout": edition.layout, "title": edition.title, "date": edition.date, "issue": edition.issue,
        "sheet_pt": [_r(edition.width_pt), _r(edition.height_pt)], "bleed_pt": _r(edition.bleed_pt),
        "body_pt": edition.body.size_pt, "row_pt": _r(edition.row_pt), "columns": edition.body.columns,
        "measure_em": edition.body.measure_em, "pages": pages,
        "plan": edition.plan, "glyphs": glyphs,
    })  # fmt: skip


def report_json(edition: Edition, findings: tuple[Finding, ...], lang: Lang) -> bytes:
    """`STEM.report.json`: how full the pages are, what each article may gain or lose, and every finding."""
    return _dump({
        "pages": len(edition.pages), "filled": round(edition.filled, 4),
        "filled_by_page": [round(page.filled, 4) for page in edition.pages],
        "articles": [
            {"article": edition.article_ids[a.article], "page": a.page, "may_add": a.may_add, "may_cut": a.may_cut}
            for a in edition.allowances
        ],
        "findings": [finding.as_dict(lang) for finding in findings],
    })  # fmt: skip


def _dump(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _r(value: float) -> float:
    return round(float(value), 3)


def _frame(edition: Edition, frame: Frame) -> dict[str, Any]:
    return {
        "article": edition.article_ids[frame.article], "part": frame.part, "form": frame.form,
        "box_pt": [_r(frame.x_pt), _r(frame.y_pt), _r(frame.width_pt), _r(frame.height_pt)],
        "columns": frame.columns, "lines": [line for run in frame.runs for line in _lines(run)],
        **({"boxes_pt": [[_r(v) for v in box] for box in frame.boxes]} if frame.boxes else {}),
    }  # fmt: skip


def _picture(edition: Edition, picture: Picture) -> dict[str, Any]:
    box = [_r(v) for v in (picture.x_pt, picture.y_pt, picture.width_pt, picture.height_pt)]
    article = edition.article_ids[picture.article] if picture.article >= 0 else None
    return {
        "file": picture.name,
        "alt": picture.alt,
        "article": article,
        "block": picture.block,
        "box_pt": box,
    }


def _lines(run: LineRun) -> list[dict[str, Any]]:
    text = run.text
    return [
        {
            "role": run.role, "block": run.block,
            "start": int(text.starts[n]), "end": int(text.ends[n]), "text": text.text[text.starts[n] : text.ends[n]],
            "x_pt": _r(run.line_x_pt(n)), "baseline_pt": _r(run.line_y_pt(n)), "vertical": run.vertical,
            "width_pt": _r(text.width_em[n] * run.size_pt), "size_pt": _r(run.size_pt),
            **_indent(run, n), "tracking_em": _r(text.tracking_em[n]), "unfit": bool(text.unfit[n]),
        }
        for n in range(run.first, run.last)
    ]  # fmt: skip


def _indent(run: LineRun, line: int) -> dict[str, float]:
    """How far a line is set in, in ems: a paragraph's first, or one beside a drop cap."""
    start, end = int(run.text.starts[line]), int(run.text.ends[line])
    indent = _r(run.text.x_em[start]) if end > start else 0.0
    return {"indent_em": indent} if indent > 0 else {}


def _rule(rule: RuleLine) -> dict[str, Any]:
    ends = [_r(v) for v in (rule.x0_pt, rule.y0_pt, rule.x1_pt, rule.y1_pt)]
    return {"kind": rule.kind, "ends_pt": ends, "width_pt": _r(rule.width_pt)}
