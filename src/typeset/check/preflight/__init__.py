"""Preflight: is a finished PDF what a press takes (PDF/X-4, PDF/X-1a:2003) and what a reader who can't see needs (PDF/UA-1)?

In: any PDF. Out: a report: each rule with its clause, PASS, FAIL or NA, and where. `walk` goes through the pages once;
`*_rules` judge what it saw. Independent of the writer.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf

from typeset.check.preflight.colour_rules import check_colour
from typeset.check.preflight.document import Document, open_document
from typeset.check.preflight.file_rules import check_file
from typeset.check.preflight.font_rules import check_fonts
from typeset.check.preflight.identity_rules import check_identity, claims
from typeset.check.preflight.ink_rules import Limits, check_ink
from typeset.check.preflight.page_rules import check_pages
from typeset.check.preflight.report import PROFILES, Ledger, Profile, Report
from typeset.check.preflight.rules import RULES
from typeset.check.preflight.tag_rules import check_tags
from typeset.check.preflight.walk import Walk, walk
from typeset.model.findings import Place, TypesetError, Words

__all__ = ["PROFILES", "Limits", "Profile", "Report", "preflight"]


def preflight(path: Path, profiles: Sequence[Profile] = (), limits: Limits | None = None) -> list[Report]:
    """A report a profile; by default those that the file says it keeps, all where it says none. Raises TypesetError."""
    document = open_document(path)
    if not profiles:
        said = claims(document)
        profiles = [profile for profile in PROFILES if profile in said] or PROFILES
    try:
        seen = walk(document)
        return [_judge(document, seen, profile, limits or Limits()) for profile in profiles]
    except (pikepdf.PdfError, TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
        # objects of another type than ISO 32000-1 has there: no press reads such a file
        raise TypesetError(
            Words(f"the PDF is damaged inside ({error})", f"PDF 内部有损坏（{error}）"),
            Words("export it anew", "请重新导出"),
            Place(str(path)),
        ) from error


def _judge(document: Document, seen: Walk, profile: Profile, limits: Limits) -> Report:
    ledger = Ledger(RULES, profile)
    check_file(document, seen, ledger)
    check_identity(document, ledger)
    check_fonts(seen, ledger)
    if profile == "ua":
        check_tags(document, seen, ledger)
    else:
        check_pages(document, ledger)
        check_colour(document, seen, ledger)
        check_ink(document, seen, ledger, limits)
    return ledger.report(document.name)
