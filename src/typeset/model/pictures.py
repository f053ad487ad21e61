"""A picture's file as make-up sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class PictureFile:
    """The file's bytes and its size in pixels, upright."""

    data: bytes
    width_px: int
    height_px: int

    @property
    def aspect(self) -> float:
        """Height by width."""
        return self.height_px / self.width_px
