"""`python -m tests`: ruff, mypy, then pytest; what a change must pass.

Lint output is shown only where something is wrong. pytest comes last, so that its closing line is
the last thing printed. Sweeps marked `slow` run where CI is set.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINTS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))


def lint(*command: str) -> bool:
    """Run one linter; whether it passed."""
    done = subprocess.run(
        (sys.executable, "-m", *command),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print(f"{' '.join(command)}: failed\n{done.stdout}", flush=True)
    return done.returncode == 0


def pytest(*arguments: str) -> bool:
    """Run the tests, on all cores where xdist is there; whether they passed."""
    command = [sys.executable, "-m", "pytest"]
    if importlib.util.find_spec("xdist"):
        command += ["-n", "auto", "--dist", "loadgroup"]
    if not os.environ.get("CI"):
        command += ["-m", "not slow"]
    return subprocess.run([*command, *arguments], cwd=ROOT).returncode == 0


def main() -> int:
    passed = [lint(*command) for command in LINTS]
    passed.append(pytest(*sys.argv[1:]))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
