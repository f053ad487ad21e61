"""Outputs are written whole or not at all: beside their targets first, then renamed (architecture.md, 4)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from typeset.model.findings import Place, TypesetError, Words


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write all files into a folder, which is made if need be. Raises TypesetError and leaves nothing half-written."""
    waiting: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            beside = folder / f".{name}.part"
            waiting.append((beside, folder / name))
            beside.write_bytes(data)
        for beside, target in waiting:
            os.replace(beside, target)
    except OSError as error:
        for beside, _ in waiting:
            beside.unlink(missing_ok=True) if folder.is_dir() and os.access(folder, os.W_OK) else None
        raise TypesetError(
            Words(f"can't write there ({error.strerror})", f"写不进去（{error.strerror}）"),
            Words("give another folder with --out", "请用 --out 换一个文件夹"),
            Place(str(folder)),
        ) from None
    return [target for _, target in waiting]
