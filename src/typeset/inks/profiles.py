"""ICC output profiles: what their header and names say, and the output intent that a print profile makes of them.

In: the layout's `print`. Out: an `Intent`, or a TypesetError: no profile goes under another condition's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from typeset.model.conditions import CONDITIONS, REGISTRY, condition_named_by
from typeset.model.findings import Place, TypesetError, Words
from typeset.model.layout import PrintSpec

SHIPPED = {"FOGRA39": "FOGRA39L_coated.icc"}
"""The shipped profile of a condition (data/README.md)."""
_HEADER = 128
_SPACE = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4, b"Lab ": 3}


@dataclass(frozen=True, slots=True)
class IccProfile:
    """A profile's bytes, and what ICC.1 7.2 (header) and 9.2 (tags) say of it."""

    data: bytes
    device_class: str
    space: str
    version: int
    description: str
    words: str

    @property
    def components(self) -> int:
        return _SPACE.get(self.space.encode("latin-1"), 0)


@dataclass(frozen=True, slots=True)
class Intent:
    """An output intent (ISO 32000-1, 14.11.5): the condition, its words, and its profile where one is embedded."""

    condition: str
    info: str
    registry: str | None
    profile: IccProfile | None


def data_folder() -> Path:
    return Path(__file__).resolve().parent / "data"


def read_profile(data: bytes) -> IccProfile:
    """A profile's header and names. Raises ValueError for what is no ICC profile."""
    if len(data) < _HEADER + 4 or data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") > len(data):
        raise ValueError("no ICC profile")
    tags: dict[bytes, bytes] = {}
    count = int.from_bytes(data[_HEADER : _HEADER + 4], "big")
    for n in range(min(count, 200)):
        at = _HEADER + 4 + 12 * n
        start, size = (int.from_bytes(data[at + k : at + k + 4], "big") for k in (4, 8))
        if start + size > len(data):
            raise ValueError("an ICC profile cut short")
        tags[data[at : at + 4]] = data[start : start + size]
    description = _text(tags.get(b"desc", b""))
    target = tags.get(b"targ", b"")[:4096].decode("latin-1")
    lines = [line for line in target.splitlines() if line.startswith(("DESCRIPTOR", "ORIGINATOR", "text"))]
    return IccProfile(
        data, data[12:16].decode("latin-1"), data[16:20].decode("latin-1"), data[8], description,
        "\n".join([description, *lines]),
    )  # fmt: skip


def _text(tag: bytes) -> str:
    """A textDescriptionType or multiLocalizedUnicodeType."""
    if tag[:4] == b"desc":
        return tag[12 : 12 + int.from_bytes(tag[8:12], "big")].split(b"\0")[0].decode("latin-1").strip()
    if tag[:4] == b"mluc":
        size, at = int.from_bytes(tag[20:24], "big"), int.from_bytes(tag[24:28], "big")
        return tag[at : at + size].decode("utf-16-be", "replace").strip("\0 ")
    return ""


@lru_cache(maxsize=8)
def _open(path: Path) -> IccProfile:
    place = Place(str(path))
    try:
        profile = read_profile(path.read_bytes())
    except OSError:
        raise TypesetError(
            Words("the ICC profile can't be read", "ICC 特性文件读不出"),
            Words("check the path in the layout's `print`", "请检查版式文件 print 里的路径"),
            place,
        ) from None
    except ValueError as error:
        raise TypesetError(
            Words(f"{error}", "不是完好的 ICC 特性文件"),
            Words("give the printer's .icc file", "请用印刷厂给的 .icc 文件"),
            place,
        ) from None
    if profile.device_class != "prtr" or profile.space != "CMYK":
        raise TypesetError(
            Words(f"a {profile.device_class} profile of {profile.space.strip()}", f"这是 {profile.space.strip()} 的 {profile.device_class} 特性文件"),
            Words("an output intent wants a CMYK printer's profile (prtr)", "输出意图须用 CMYK 印刷设备（prtr）的特性文件"),
            place,
        )  # fmt: skip
    return profile


def intent_of(spec: PrintSpec, near: Path) -> Intent | None:
    """The output intent of a layout's print profile; None on screen. Raises TypesetError.

    X-4 embeds a profile (ISO 15930-7, 6.4): the user's file, else a shipped one. X-1a names a registered
    condition alone, or embeds the user's file.
    """
    if spec.profile == "screen":
        return None
    profile = _open(near / spec.icc) if spec.icc else None
    if profile is not None:
        _refuse_other_name(spec, profile, near / spec.icc)
    known = CONDITIONS.get(spec.condition)
    if profile is None and spec.profile == "x4":
        if spec.condition not in SHIPPED:
            raise TypesetError(
                Words(f"PDF/X-4 embeds an ICC profile, and none for {spec.condition} is shipped",
                      f"PDF/X-4 须内嵌 ICC 特性文件，本程序不带 {spec.condition} 的"),
                Words("give the printer's as `icc: FILE.icc`, or take profile x1a", "请写 icc: 文件.icc，或改用 x1a"),
            )  # fmt: skip
        profile = _open(data_folder() / SHIPPED[spec.condition])
    if profile is None and known is None:
        raise TypesetError(
            Words(f"{spec.condition!r} is no condition of the ICC's registry", f"{spec.condition!r} 不是 ICC 登记的印刷条件"),
            Words(f"take one of {', '.join(CONDITIONS)}, or give its profile as `icc: FILE.icc`",
                  f"可选 {'、'.join(CONDITIONS)}，或写 icc: 文件.icc"),
        )  # fmt: skip
    info = profile.description if profile is not None else spec.condition
    return Intent(spec.condition, info or spec.condition, REGISTRY if known else None, profile)


def _refuse_other_name(spec: PrintSpec, profile: IccProfile, path: Path) -> None:
    """A profile is of the condition that its words speak of; of none, it goes under its own name."""
    speaks_of = condition_named_by(profile.words)
    own = profile.description or path.stem
    allowed = {speaks_of, own} if speaks_of else {own}
    if spec.condition in allowed:
        return
    right = speaks_of or own
    raise TypesetError(
        Words(f"{path.name} is a profile of {right}, not of {spec.condition}", f"{path.name} 是 {right} 的特性文件，不是 {spec.condition} 的"),
        Words(f"write `condition: {right}`, or give the profile of {spec.condition}", f"请写 condition: {right}，或换成 {spec.condition} 的特性文件"),
        Place(str(path)),
    )  # fmt: skip
