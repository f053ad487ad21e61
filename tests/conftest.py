"""Hypothesis without deadlines (fonts are opened on first use), and the same examples each time in CI.

Tests of one bulletin go to one worker, so that its pages are made up once (`--dist loadgroup`).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.samples import BULLETINS

settings.register_profile("typeset", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("typeset")

STEMS = {path.stem for path in BULLETINS}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        spec = getattr(item, "callspec", None)
        for value in spec.params.values() if spec is not None else ():
            stem = value.stem if isinstance(value, Path) else value
            if isinstance(stem, str) and stem in STEMS:
                item.add_marker(pytest.mark.xdist_group(stem))
                break
