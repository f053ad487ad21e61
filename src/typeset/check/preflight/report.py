"""What a preflight says: rules with their clauses, a verdict on each, the places where it is broken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from typeset.model.findings import Lang, Words

Profile = Literal["x4", "x1a", "ua"]
PROFILES: tuple[Profile, ...] = ("x4", "x1a", "ua")
PROFILE_NAMES: dict[Profile, str] = {"x4": "PDF/X-4", "x1a": "PDF/X-1a:2003", "ua": "PDF/UA-1"}
Status = Literal["PASS", "FAIL", "NA"]
_MOST_PLACES = 20
"""Kept of a rule's places; all are counted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`clauses`: where each profile demands it; "~" after one that was not read in the standard's own text."""

    id: str
    title: Words
    clauses: Mapping[Profile, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that breaks a rule: what stands there, and what is due."""

    place: str
    found: str
    due: str

    def words(self) -> Words:
        return Words(
            f"{self.place}: {self.found}; due: {self.due}", f"{self.place}：{self.found}；应为：{self.due}"
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    rule: Rule
    clause: str
    status: Status
    faults: tuple[Fault, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """Every rule of a profile, in the order of the table."""

    file: str
    profile: Profile
    verdicts: tuple[Verdict, ...]

    def count(self, status: Status) -> int:
        return sum(verdict.status == status for verdict in self.verdicts)

    @property
    def passed(self) -> bool:
        return self.count("FAIL") == 0

    def lines(self, lang: Lang, only_failed: bool = False) -> list[str]:
        """For a terminal: a line a rule, under a failed one its places."""
        out = []
        for verdict in self.verdicts:
            if only_failed and verdict.status != "FAIL":
                continue
            out.append(
                f"{verdict.status:<5}{verdict.rule.id:<20}{verdict.rule.title.spoken(lang)}  [{verdict.clause}]"
            )
            out += [f"       {fault.words().spoken(lang)}" for fault in verdict.faults]
            more = verdict.count - len(verdict.faults)
            if more > 0:
                out.append("       " + Words(f"and {more} more", f"另有 {more} 处").spoken(lang))
        passed, failed, absent = (self.count(status) for status in ("PASS", "FAIL", "NA"))
        name = PROFILE_NAMES[self.profile]
        out.append(Words(
            f"{self.file}: {name}: {passed} passed, {failed} failed, {absent} not applicable",
            f"{self.file}：{name}：{passed} 项合格，{failed} 项不合格，{absent} 项不涉及",
        ).spoken(lang))  # fmt: skip
        return out

    def as_dict(self, lang: Lang) -> dict[str, Any]:
        return {
            "file": self.file, "profile": PROFILE_NAMES[self.profile], "passed": self.passed,
            "rules": [
                {
                    "id": v.rule.id, "clause": v.clause, "title": v.rule.title.spoken(lang), "status": v.status,
                    "count": v.count,
                    "places": [{"place": f.place, "found": f.found, "due": f.due} for f in v.faults],
                }
                for v in self.verdicts
            ],
        }  # fmt: skip


@dataclass(slots=True)
class Ledger:
    """Collects what is seen while a file is gone through; what is never seen is not applicable."""

    rules: Mapping[str, Rule]
    profile: Profile
    _faults: dict[str, list[Fault]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def wants(self, rule: str) -> bool:
        return self.profile in self.rules[rule].clauses

    def see(self, rule: str, is_right: object, place: str = "", found: object = "", due: object = "") -> bool:
        """Something that a rule speaks of, and whether it is right."""
        faults = self._faults.setdefault(rule, [])
        if not is_right:
            self._counts[rule] = self._counts.get(rule, 0) + 1
            fault = Fault(place, str(found), str(due))
            if len(faults) < _MOST_PLACES and fault not in faults:
                faults.append(fault)
        return bool(is_right)

    def report(self, file: str) -> Report:
        verdicts = []
        for rule in self.rules.values():
            clause = rule.clauses.get(self.profile)
            if clause is None:
                continue
            faults = self._faults.get(rule.id)
            status: Status = "NA" if faults is None else "FAIL" if self._counts.get(rule.id) else "PASS"
            verdicts.append(Verdict(rule, clause, status, tuple(faults or ()), self._counts.get(rule.id, 0)))
        return Report(file, self.profile, tuple(verdicts))
