"""What went wrong, or may have, and where: carried along as values, never printed from the middle.

A user's mistake that stops the work is a `TypesetError`; everything else is a `Finding`.
Both speak English and Chinese; the command line picks one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["info", "warning", "error"]
Lang = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Words:
    """One message in the two languages that the program speaks."""

    en: str
    zh: str

    def spoken(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file; lines and columns count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor should know of.

    `code` is stable and dotted by stage (`parse.truncated`, `fonts.missing`).
    `text` and `suggestion` quote the source and what it should perhaps say;
    `kind` is a slip's kind in a proofreader's words (ocr, width, cut, …), `rule` what says so, and
    `certainty` (0…1) how sure it is.
    """

    severity: Severity
    code: str
    message: Words
    place: Place | None = None
    text: str | None = None
    suggestion: str | None = None
    kind: str | None = None
    rule: str | None = None
    certainty: float | None = None

    def line(self, lang: Lang) -> str:
        """One line for a terminal: place, code, words, suggestion, message and how sure."""
        where = f"{self.place}: " if self.place is not None else ""
        arrow = f" → {self.suggestion}" if self.suggestion is not None else ""
        sure = f" ({self.certainty:.0%})" if self.certainty is not None else ""
        return f"{where}{self.code}: {self.text or ''}{arrow}  {self.message.spoken(lang)}{sure}"

    def as_dict(self, lang: Lang = "en") -> dict[str, Any]:
        """The fields that are set, for JSON and for the manuscript."""
        out: dict[str, Any] = {
            "severity": self.severity,
            "code": self.code,
            "message": self.message.spoken(lang),
        }
        if self.place is not None:
            out["file"] = self.place.file
            out |= {
                k: v for k, v in (("line", self.place.line), ("column", self.place.column)) if v is not None
            }
        if self.text is not None:
            out |= {"text": self.text, "suggestion": self.suggestion, "kind": self.kind}
        out |= {k: v for k, v in (("rule", self.rule), ("certainty", self.certainty)) if v is not None}
        return out


class TypesetError(Exception):
    """A user's mistake: what was found where, and what to do next, in one or two lines."""

    def __init__(self, message: Words, next_step: Words, place: Place | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.next_step = next_step
        self.place = place

    def spoken(self, lang: Lang) -> str:
        where = f"{self.place}: " if self.place is not None else ""
        stop = "。" if lang == "zh" else ". "
        step = self.next_step.spoken(lang)
        return f"{where}{self.message.spoken(lang)}{stop}{step[:1].upper()}{step[1:]}"


class NotExactError(TypesetError):
    """The pages do not close to the last line, and only such pages were wanted."""
