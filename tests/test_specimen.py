"""The page of specimens is the one that was accepted, and it shows every rule of a line."""

from __future__ import annotations

import json
import re

from tests.specimen import (
    GOLDEN,
    MOST_DIFFERING,
    SPECIMENS,
    UPRIGHT,
    difference,
    golden_picture,
    picture,
    specimen_page,
)
from typeset.write.json import edition_json

PLACE_PT = 0.02
NEXT = "look at out/ after `python -m tests.specimen`; `--accept` takes what is made now as the golden page"


def test_the_page_looks_as_accepted() -> None:
    assert difference(picture(specimen_page()), golden_picture()) <= MOST_DIFFERING, NEXT


def test_every_line_stands_where_it_was_accepted() -> None:
    made = json.loads(edition_json(specimen_page()))["pages"][0]["frames"][0]["lines"]
    golden = json.loads((GOLDEN / "specimen.json").read_bytes())["pages"][0]["frames"][0]["lines"]
    assert [line["text"] for line in made] == [line["text"] for line in golden], NEXT
    for line, want in zip(made, golden, strict=True):
        for key in ("x_pt", "baseline_pt", "width_pt", "size_pt"):
            assert abs(line[key] - want[key]) <= PLACE_PT, (line["text"], key, NEXT)
        assert line["tracking_em"] == want["tracking_em"], (line["text"], NEXT)


def test_a_page_that_lacks_a_line_is_not_the_golden_one() -> None:
    from PIL import ImageDraw

    page = golden_picture().convert("L")
    ImageDraw.Draw(page).rectangle((0, 80, page.width // 2, 160), fill=255)
    assert difference(page, golden_picture()) > MOST_DIFFERING


def test_every_rule_of_a_line_is_shown() -> None:
    shown = {rule for specimen in (*SPECIMENS, UPRIGHT) for rule in re.findall(r"T\d\d", specimen.rules)}
    lines = {f"T{n:02}" for n in (*range(1, 13), *range(20, 27), 28, 29, 30, 50, 51, 52, 53, 60)}
    assert lines <= shown
