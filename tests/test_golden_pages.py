"""Whole editions look as they did when somebody last looked at them and accepted them."""

from __future__ import annotations

import pytest

from tests.golden_pages import MOST_DIFFERING, PAGES, golden, picture_of
from tests.specimen import difference

NEXT = (
    "look at out/ after `python -m tests.golden_pages`; `--accept` takes what is made now as the golden pages"
)


@pytest.mark.parametrize(("stem", "layout"), PAGES)
def test_pages_look_as_accepted(stem: str, layout: str) -> None:
    assert difference(picture_of(stem, layout), golden(stem, layout)) <= MOST_DIFFERING, NEXT


def test_an_edition_made_up_otherwise_is_not_the_golden_one() -> None:
    """Pages shifted by a row differ by far more than what is let pass."""
    from PIL import ImageChops

    page = golden("d04", "tabloid").convert("L")
    assert difference(ImageChops.offset(page, 0, 7), page) > 4 * MOST_DIFFERING
