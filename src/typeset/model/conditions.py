"""Printing conditions that the ICC's registry names (CMYK list, https://registry.color.org/cmyk-registry, 2026-09).

Each with its paper and the most ink that may lie on it, in per cent of one ink (total area coverage): the
figures of the profiles commonly used for it; a plant's own sheet goes before them (`print.ink_limit`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Paper = Literal["newsprint", "coated", "uncoated", "other"]
REGISTRY = "http://www.color.org"
NEWSPRINT_LIMIT = 240.0
USUAL_LIMIT = 300.0


@dataclass(frozen=True, slots=True)
class Condition:
    """`profiles`: names by which profiles of this condition go, beside the registry's own."""

    name: str
    paper: Paper
    ink_limit: float = USUAL_LIMIT
    profiles: tuple[str, ...] = ()


def _plain(paper: Paper, limit: float, names: str) -> list[Condition]:
    return [Condition(name, paper, limit) for name in names.split("|")]


_LISTED = (
    Condition("IFRA26", "newsprint", 240, ("ISOnewspaper26v4", "ISOnewspaper26")),
    Condition("CGATS21-2-CRPC1", "newsprint", 240, ("CRPC1",)),
    Condition("CGATS21-2-CRPC2", "newsprint", 240, ("CRPC2",)),
    Condition("FOGRA42", "newsprint", 240, ("PSO SNP Paper",)),
    Condition("FOGRA48", "newsprint", 240, ("PSO INP Paper", "PSO_INP_Paper")),
    Condition("JCN2002", "newsprint", 240, ("Japan Color 2002 Newspaper",)),
    Condition("CGATS TR 002", "newsprint", 240, ("US Newsprint (SNAP",)),
    Condition("FOGRA39", "coated", 300, ("ISO Coated v2", "ISOcoated_v2", "Coated FOGRA39")),
    Condition("FOGRA51", "coated", 300, ("PSO Coated v3", "PSOcoated_v3")),
    Condition("FOGRA47", "uncoated", 300, ("PSO Uncoated ISO12647", "PSO_Uncoated_ISO12647")),
    Condition("FOGRA52", "uncoated", 300, ("PSO Uncoated v3", "PSOuncoated_v3")),
    Condition("FOGRA29", "uncoated", 300, ("ISO Uncoated", "ISOuncoated", "Uncoated FOGRA29")),
    Condition("FOGRA27", "coated", 300, ("Coated FOGRA27", "ISO Coated sb")),
    Condition("CGATS21-2-CRPC3", "uncoated", 280, ("CRPC3",)),
    Condition("CGATS21-2-CRPC4", "coated", 300, ("CRPC4",)),
    Condition("CGATS21-2-CRPC5", "coated", 300, ("CRPC5", "SWOP2013C5", "SWOP2013_CRPC5")),
    Condition("CGATS21-2-CRPC6", "coated", 300, ("CRPC6", "GRACoL2013")),
    Condition("CGATS21-2-CRPC7", "other", 300, ("CRPC7",)),
    Condition("CGATS TR 001", "coated", 300, ("U.S. Web Coated (SWOP)", "USWebCoatedSWOP")),
    Condition("CGATS TR 003", "coated", 300, ("SWOP2006_Coated3", "Web Coated SWOP 2006 Grade 3")),
    Condition("CGATS TR 005", "coated", 300, ("SWOP2006_Coated5", "Web Coated SWOP 2006 Grade 5")),
    Condition("CGATS TR 006", "coated", 300, ("GRACoL2006", "Coated GRACoL 2006")),
    Condition("JC200103", "coated", 300, ("Japan Color 2001 Coated", "JapanColor2001Coated")),
    Condition("JC200104", "uncoated", 300, ("Japan Color 2001 Uncoated", "JapanColor2001Uncoated")),
    Condition("JCS2011", "coated", 300, ("Japan Color 2011", "JapanColor2011Coated")),
    Condition("JCW2003", "coated", 300, ("Japan Web Coated", "JapanWebCoated")),
    *_plain("other", 300, "FOGRA53|FOGRA54|FOGRA43|FOGRA45|FOGRA46|FOGRA49|FOGRA50|FOGRA28|FOGRA30|FOGRA31"),
    *_plain("other", 300, "FOGRA32|FOGRA33|FOGRA34|FOGRA35|FOGRA36|FOGRA37|FOGRA38|FOGRA40|FOGRA41|FOGRA44"),
    *_plain("other", 300, "EUROSB104|EUROSB204|APTEC_CTV_3|APTEC_CTV_4|APTEC_CTV_5|APTEC_CTV_6|APTEC_CTV_7"),
    *_plain("other", 300, "APTEC_CTV_8|APTEC Coated CardBoard|APTEC CCNB"),
)
CONDITIONS: dict[str, Condition] = {condition.name: condition for condition in _LISTED}


def ink_limit(condition: str) -> float:
    """The most ink in per cent under a condition's name; the usual 300 for one that isn't registered."""
    known = CONDITIONS.get(condition)
    return min(known.ink_limit, USUAL_LIMIT) if known else USUAL_LIMIT


def condition_named_by(text: str) -> str | None:
    """The registered condition that a profile's words speak of, or None. The longest name found counts."""
    plain = _squeezed(text)
    found = [
        (len(_squeezed(name)), condition.name)
        for condition in _LISTED
        for name in (condition.name, *condition.profiles)
        if _squeezed(name) in plain
    ]
    return max(found)[1] if found else None


def _squeezed(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
