"""Bulletin + layout → edition: articles become rectangles of level columns, rectangles become pages.

`galley` composes, `fill` closes columns exactly, `heads` builds headlines, `shapes` lists the rectangles
an article can take, `pack` tiles a page with them, `strip` runs articles down the pages, `plan` chooses
setting and page count, `furniture` adds masthead and folio lines, `commit` places every line.
"""
