"""Typeset: a Chinese bulletin in, newspaper pages out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from typeset.make import make, parse

__all__ = ["__version__", "make", "parse"]


def __getattr__(name: str) -> Any:
    # imported on first use: `typeset --help` must not pay for numpy and reportlab
    if name in ("make", "parse"):
        from typeset import make as module

        return getattr(module, name)
    raise AttributeError(name)
