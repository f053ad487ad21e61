"""What the make-up checker says: measures with value, target and verdict, and where a page misses its target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from typeset.model.findings import Lang, Words

Status = Literal["PASS", "FAIL", "NA"]
_MOST_PLACES = 20
"""Kept of a measure's places; all are counted."""


@dataclass(frozen=True, slots=True)
class Measure:
    """`target`: what `value` should be, as it is printed."""

    id: str
    title: Words
    target: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that misses the target: page (0: the whole file), the words that stand there, what is wrong."""

    page: int
    at: str
    fault: Words

    def words(self) -> Words:
        en = ", ".join(part for part in (f"page {self.page}" if self.page else "", self.at) if part)
        zh = "，".join(part for part in (f"第 {self.page} 版" if self.page else "", self.at) if part)
        return Words(
            f"{en}: {self.fault.en}" if en else self.fault.en,
            f"{zh}：{self.fault.zh}" if zh else self.fault.zh,
        )


@dataclass(frozen=True, slots=True)
class Measured:
    measure: Measure
    value: str
    status: Status
    spots: tuple[Spot, ...] = ()
    count: int = 0
    reason: Words | None = None
    """Why there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class MakeupReport:
    """Every measure, in the order of the table."""

    file: str
    measured: tuple[Measured, ...]

    def count(self, status: Status) -> int:
        return sum(m.status == status for m in self.measured)

    @property
    def passed(self) -> bool:
        return self.count("FAIL") == 0

    def lines(self, lang: Lang, only_failed: bool = False) -> list[str]:
        """For a terminal: a line a measure, under a failed one its places."""
        out = []
        for m in self.measured:
            if only_failed and m.status != "FAIL":
                continue
            value = m.reason.spoken(lang) if m.reason is not None else f"{m.value}  ({m.measure.target})"
            out.append(f"{m.status:<5}{m.measure.id:<14}{m.measure.title.spoken(lang)}: {value}")
            out += [f"       {spot.words().spoken(lang)}" for spot in m.spots]
            if m.count > len(m.spots):
                more = m.count - len(m.spots)
                out.append("       " + Words(f"and {more} more", f"另有 {more} 处").spoken(lang))
        passed, failed, absent = (self.count(status) for status in ("PASS", "FAIL", "NA"))
        out.append(Words(
            f"{self.file}: make-up: {passed} passed, {failed} failed, {absent} not applicable",
            f"{self.file}：版面：{passed} 项合格，{failed} 项不合格，{absent} 项不涉及",
        ).spoken(lang))  # fmt: skip
        return out

    def as_dict(self, lang: Lang) -> dict[str, Any]:
        return {
            "file": self.file, "profile": "make-up", "passed": self.passed,
            "measures": [
                {
                    "id": m.measure.id, "title": m.measure.title.spoken(lang), "value": m.value,
                    "target": m.measure.target, "status": m.status, "count": m.count,
                    "reason": m.reason.spoken(lang) if m.reason is not None else None,
                    "places": [{"page": s.page, "at": s.at, "fault": s.fault.spoken(lang)} for s in m.spots],
                }
                for m in self.measured
            ],
        }  # fmt: skip


@dataclass(slots=True)
class Book:
    """Takes in what each measure finds; what nobody puts in is not applicable."""

    measures: Mapping[str, Measure]
    _done: dict[str, Measured] = field(default_factory=dict)

    def put(
        self, name: str, spots: list[Spot], value: str | None = None, is_right: bool | None = None
    ) -> None:
        """A measure's value, the number of its faults by default; it fails where there are any, unless told."""
        status: Status = "PASS" if (not spots if is_right is None else is_right) else "FAIL"
        kept = tuple(dict.fromkeys(spots))[:_MOST_PLACES] if status == "FAIL" else ()
        self._done[name] = Measured(
            self.measures[name], str(len(spots)) if value is None else value, status, kept, len(spots)
        )

    def absent(self, name: str, reason: Words) -> None:
        self._done[name] = Measured(self.measures[name], "", "NA", reason=reason)

    def report(self, file: str) -> MakeupReport:
        nothing = Words("nothing of the kind on these pages", "版面上没有这类内容")
        return MakeupReport(file, tuple(
            self._done.get(name) or Measured(measure, "", "NA", reason=nothing)
            for name, measure in self.measures.items()
        ))  # fmt: skip
