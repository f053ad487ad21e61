"""Outputs are written whole or not at all: beside their targets first, then renamed (architecture.md, 4)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from typeset.model.findings import Place, TypesetError, Words

Content = bytes | Callable[[BinaryIO], None]
"""A file's bytes, or what writes them to a sink."""


def write_all(folder: Path, files: Mapping[str, Content]) -> list[Path]:
    """Write all files into a folder, which is made if need be. Raises TypesetError and leaves nothing half-written."""
    parts: list[tuple[Path, Path]] = []
    kept: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            part = folder / f".{name}.part"
            parts.append((part, folder / name))
            with part.open("wb") as sink:
                if callable(data):
                    data(sink)
                else:
                    sink.write(data)
        for part, target in parts:
            if target.is_dir():
                raise IsADirectoryError(21, "a folder stands in the file's place", str(target))
            old = target.with_name(f".{target.name}.old")
            if target.exists():
                os.replace(target, old)
            kept.append((old, target))
            os.replace(part, target)
    except BaseException as error:
        for old, target in kept:
            if old.exists():
                os.replace(old, target)
            else:
                target.unlink(missing_ok=True)
        for part, _ in parts:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise TypesetError(
            Words(f"can't write there ({error.strerror})", f"写不进去（{error.strerror}）"),
            Words("give another folder with --out", "请用 --out 换一个文件夹"),
            Place(str(folder)),
        ) from None
    for old, _ in kept:
        old.unlink(missing_ok=True)
    return [target for _, target in parts]
