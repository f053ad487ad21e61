"""Finished pages laid out on sheets for those who print themselves: `schemes` says which page goes where, `sheets` draws."""

from typeset.impose.schemes import SCHEMES, Scheme
from typeset.impose.sheets import impose

__all__ = ["SCHEMES", "Scheme", "impose"]
