"""编辑须知: the page in Chinese that goes with a DOCX to its editor. `editor_note.txt` holds its words."""

from __future__ import annotations

from importlib.resources import files


def editor_note(stem: str) -> bytes:
    """The page for STEM.docx, for any editor's notepad: UTF-8 with its mark, lines ended as in Windows."""
    text = files("typeset.write").joinpath("editor_note.txt").read_text("utf-8").replace("{stem}", stem)
    return text.replace("\n", "\r\n").encode("utf-8-sig")
