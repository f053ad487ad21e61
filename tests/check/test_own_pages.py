"""The checker on pages that nobody spoilt: our own editions keep what no page may break."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden_pages import PAGES
from tests.samples import CORPUS, SAMPLE, edition_of, faces_of, layout_of
from typeset.check.makeup import check_makeup
from typeset.write.json import edition_json
from typeset.write.pdf import write_pdf

NEVER = ("K1.", "K2.", "K4.", "K5.", "K9.", "K10.", "K14.", "K16.", "K19.")
"""Fill, lost text, the grid, butting heads, line ends, the order of headlines, jumps, broken words, the form."""


@pytest.mark.parametrize(("stem", "layout"), PAGES)
def test_no_taboo_is_found(stem: str, layout: str, tmp_path: Path) -> None:
    path = next(path for path in (SAMPLE, *CORPUS) if path.stem == stem)
    edition = edition_of(path, layout)
    (tmp_path / "p.pdf").write_bytes(write_pdf(edition, faces_of(layout), layout_of(layout)))
    (tmp_path / "p.layout.json").write_bytes(edition_json(edition))
    report = check_makeup(tmp_path / "p.pdf", tmp_path / "p.layout.json")
    measured = [one for one in report.measured if one.measure.id.startswith(NEVER)]
    assert len({one.measure.id.partition(".")[0] for one in measured}) == len(NEVER)
    assert not [(one.measure.id, one.value) for one in measured if one.status == "FAIL"]
