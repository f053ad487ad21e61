"""Hypothesis without deadlines (fonts are opened on first use), and the same examples each time in CI."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("typeset", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("typeset")
