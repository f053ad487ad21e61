"""Words and how often they come: the shipped tables, and what is computed from them.

`table` holds the words (词表) as arrays, `segment` finds the likeliest words of a line. The tables
are made by `build.py` from open data; `data/README.md` says which, and under what licences.
"""
