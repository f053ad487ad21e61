"""Typeset: a Chinese bulletin in, newspaper pages out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from typeset.pipeline import make, read_bulletin

__all__ = ["__version__", "make", "read_bulletin"]


def __getattr__(name: str) -> Any:
    # imported on first use: `typeset --help` must not pay for numpy and reportlab
    if name in ("make", "read_bulletin"):
        from typeset import pipeline

        return getattr(pipeline, name)
    raise AttributeError(name)
