"""Verse: a line a row, stanzas a blank row apart."""

from __future__ import annotations

from tests.samples import faces_of, layout_of
from typeset.compose.sense import Cohesion
from typeset.makeup.fill import fill_columns
from typeset.makeup.galley import Galley, compose_galley
from typeset.model.bulletin import Article, Block

POEM = "春风又绿\n江南岸\n\n\n明月何时\n照我还\n \n一水护田\n两山排闼"


def galley(text: str) -> Galley:
    article = Article("a1", headline=("诗",), body=(Block("verse", text),))
    return compose_galley(0, article, 13.0, layout_of(), faces_of(), Cohesion.of([text]))


def test_stanzas_stand_a_blank_row_apart() -> None:
    made = galley(POEM)
    filled = fill_columns(made.items, [8])
    assert filled is not None
    assert filled.rows == (0, 1, 3, 4, 6, 7)
    assert made.natural_rows == 8


def test_no_blank_row_stands_at_a_column_s_head() -> None:
    filled = fill_columns(galley(POEM).items, [5, 2])
    assert filled is not None
    assert filled.rows == (0, 1, 3, 4, 5, 6)


def test_a_poem_of_one_stanza_has_no_blank_rows() -> None:
    assert [item.above for item in galley("\n一行\n二行").items][1] == ((0, 0.0),)
