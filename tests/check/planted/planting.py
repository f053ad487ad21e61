"""Faults planted in a right file, one at a time: rule, profile, and what to do to the PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

Plant = Callable[[pikepdf.Pdf], None]
PLANTED: list[tuple[str, str, str, Plant]] = []
"""(rule, profile, name, plant)."""


def plants(rule: str, *profiles: str) -> Callable[[Plant], Plant]:
    def put(plant: Plant) -> Plant:
        PLANTED.extend((rule, profile, plant.__name__, plant) for profile in profiles)
        return plant

    return put


X, EVERY = ("x4", "x1a"), ("x4", "x1a", "ua")


def draw(pdf: pikepdf.Pdf, operators: str, tagged: bool = True) -> None:
    """More content on page 1, as an artifact, after what is there."""
    wrapped = f"/Artifact BMC q {operators} Q EMC" if tagged else f"q {operators} Q"
    pdf.pages[0].contents_add(pdf.make_stream(wrapped.encode()))


def resource(pdf: pikepdf.Pdf, kind: str, name: str, value: Any) -> None:
    page = pdf.pages[0].obj
    page.Resources = pdf.make_indirect(Dictionary(page.Resources))
    entries = Dictionary(page.Resources.get("/" + kind, Dictionary()))
    entries["/" + name] = value
    page.Resources["/" + kind] = entries


def first_font(pdf: pikepdf.Pdf) -> Any:
    return next(iter(pdf.pages[0].obj.Resources.Font.values()))


def xmp(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    stream = pdf.Root.Metadata
    text = stream.read_bytes().decode()
    assert old in text
    stream.write(text.replace(old, new).encode())


def picture(pdf: pikepdf.Pdf, **entries: Any) -> Any:
    made = pdf.make_stream(b"\0" * 4 * 16)
    made.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=4,
        Height=4,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceCMYK,
        **entries,
    )
    return made


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == "/" + kind and "/P" in o]
