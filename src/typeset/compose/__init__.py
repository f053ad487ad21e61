"""Text and a measure in, set lines out: the rules of ../shared/design/typography.md by their ids.

`characters` classifies, `copy` works out widths, seams and legal breaks once per text,
`breaks` finds lines for a measure, `justify` makes them flush, `headline` breaks by sense.
"""
