"""Marked content in a content stream (ISO 32000-1, 14.6): what is tagged, what an artifact, what neither."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pikepdf import Dictionary, Name

from typeset.check.preflight.document import name_of, text_of
from typeset.check.preflight.state import Loose, Marked

if TYPE_CHECKING:
    from typeset.check.preflight.walk import Owner, Walk


class Marker:
    """The open marked-content sequences of a stream, and what they mean for what is painted."""

    place: str
    resources: Any

    def __init__(self, out: Walk, page: int, owner: Owner, marks: list[Marked]) -> None:
        self.out, self.page, self.owner, self.marks = out, page, owner, marks

    def resource(self, kind: str, name: Any) -> Any:
        entries = self.resources.get("/" + kind)
        found = entries.get(str(name)) if isinstance(entries, Dictionary) else None
        if found is None:
            self.out.faults.append((self.place, f"no resource {kind} {name}"))
        return found

    def begin_marked(self, o: list[Any]) -> None:
        entries = o[1] if len(o) > 1 else None
        if isinstance(entries, Name):
            entries = self.resource("Properties", entries)
        if isinstance(entries, Dictionary) and "/OCG" in str(entries.get("/Type", "")):
            entries = None
        entries = entries if isinstance(entries, Dictionary) else Dictionary()
        found = entries.get("/MCID")
        mcid = int(found) if found is not None else None
        mark = Marked(
            name_of(o[0]), mcid, self.owner, "/Lang" in entries, text_of(entries.get("/ActualText"))
        )
        if mark.is_artifact and any(other.mcid is not None for other in self.marks):
            self.out.crossed.append(Loose(self.page, "an artifact within tagged content"))
        if mcid is not None:
            if any(other.is_artifact for other in self.marks):
                self.out.crossed.append(Loose(self.page, "tagged content within an artifact"))
            self.out.mcids.setdefault(self.owner, Counter())[mcid] += 1
        self.marks.append(mark)

    def end_marked(self, _: list[Any]) -> None:
        if self.marks:
            self.marks.pop()
        else:
            self.out.faults.append((self.place, "EMC without BMC or BDC"))

    def _tagged(self, what: str, is_text: bool = False) -> None:
        """Note what is painted outside tags, and text whose language only its structure can tell."""
        if any(mark.is_artifact or mark.tag == "Annot" for mark in self.marks):
            return
        tagged = next((mark for mark in reversed(self.marks) if mark.mcid is not None), None)
        if tagged is None and self.owner[0] != "form":
            self.out.untagged.append(Loose(self.page, what))
        if is_text and not any(mark.has_language for mark in self.marks):
            owner = tagged.owner if tagged else None
            self.out.speechless.append((self.page, owner, tagged.mcid if tagged else None, what))
