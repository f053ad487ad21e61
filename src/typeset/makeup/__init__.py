"""Bulletin + layout → edition: articles become rectangles of level columns, rectangles become pages.

`galley` composes, `fill` closes columns exactly, `heads` and `standing` build headlines, `boxes` and `inserts`
what stands across columns, `shapes` lists the rectangles an article can take, `pack` tiles a page with them
(`cuts`: a tree of cuts, `bounds`: what one costs at least), `pages` divides articles among pages, `strip` runs
articles down the pages (`ways`: one of them), `plan` chooses setting and page count, `furniture` adds masthead and
folio lines, `commit` places every line. `record` and `keep` re-make an edition after late edits.
"""
