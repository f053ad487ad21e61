"""How the parser's tables of words are written: words parted by blanks, over as many lines as they need."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The words of `text`."""
    return tuple(text.split())


def any_of(text: str) -> str:
    """A regular expression's alternative of the words of `text`, the longest first."""
    return "|".join(sorted(text.split(), key=len, reverse=True))


def initials(alternative: str) -> str:
    """The characters with which the words of an alternative begin, for the gates of glance.py."""
    return "".join(sorted({word[0] for word in alternative.split("|")}))


def finals(alternative: str) -> str:
    """The characters with which they end."""
    return "".join(sorted({word[-1] for word in alternative.split("|")}))
