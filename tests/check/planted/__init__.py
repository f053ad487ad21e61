"""Faults planted in a right file, one at a time, by what they are against: see `PLANTED`."""

from tests.check.planted import files, ink, pages, tags
from tests.check.planted.planting import PLANTED, Plant

__all__ = ["PLANTED", "Plant", "files", "ink", "pages", "tags"]
