"""Which encoding a file has: byte order mark, strict UTF-8, else GB 18030 or Big5.

GB 18030 and Big5 give each other's bytes some meaning, so each strict decoding is scored by the
share of its characters that ordinary Chinese text is made of; the right one stands out clearly.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from typeset.model.findings import Place, TypesetError, Words

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
LEGACY = ("gb18030", "big5hkscs")

COMMON = frozenset(
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学"
    "之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因"
    "很给名法间斯知世什两次使身者被高已亲其进此话常与活正感市县镇村党工业民部作建设社教育全文本报讯记者月"
    "這個們來時為說國著裡後會過對學無發當沒還樣種開總從與動頭經長兒愛給間兩進話"
    "，。、；：？！“”‘’「」《》（）—…　"
)
"""About 250 characters that make up half of ordinary Chinese text, simplified and traditional."""
MIN_COMMON_SHARE = 0.12
"""Below this share of COMMON a decoding is a guess: running text has 0.35–0.5, the wrong table under 0.05."""
SAMPLE_CHARS = 200_000
MOST_DAMAGE, DAMAGE_SHARE = 2, 0.002
"""So many places may be undecodable, and so many more for each character, and the text is still read."""

MAGIC = (
    (b"PK\x03\x04", "a zip package (a .docx?)", "压缩包（.docx？）"),
    (b"%PDF", "a PDF", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file", "旧版 Word/Office 文件"),
    (b"{\\rtf", "an RTF document", "RTF 文档"),
    (b"\x89PNG", "a picture (PNG)", "图片（PNG）"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "图片（JPEG）"),
    (b"GIF8", "a picture (GIF)", "图片（GIF）"),
    (b"\x1f\x8b", "a gzip archive", "gzip 压缩包"),
    (b"7z\xbc\xaf", "a 7z archive", "7z 压缩包"),
    (b"Rar!", "a RAR archive", "RAR 压缩包"),
    (b"\x7fELF", "a program", "可执行程序"),
)
_TEXT_CONTROLS = bytes(range(1, 9)) + bytes(range(14, 32)) + b"\x7f"
MAX_CONTROL_SHARE = 0.05

SAVE_AS = Words("Save it as plain text (UTF-8) and try again", "请另存为纯文本（UTF-8）再试")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's characters and the name of the encoding that gave them."""

    text: str
    encoding: str
    damage: int = 0
    """Places where bytes made no character; each is U+FFFD in the text."""


def decode_bytes(raw: bytes, file: str) -> Decoded:
    """The characters of `raw`, a little damage read as U+FFFD. Raises TypesetError for binaries and what is undecodable."""
    _refuse_known_binaries(raw, file)
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            text, damage = _strict(raw[len(mark) :], encoding, file, len(mark))
            return Decoded(text, encoding, damage)
    _refuse_binary_looks(raw, file)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        legacy = _legacy(raw)
        if legacy is not None:
            return legacy
        damaged = _damaged(raw)
        if damaged is not None:
            return damaged
        raise _undecodable(raw, error.start, file, "utf-8") from error


def _is_slight(damage: int, text: str) -> bool:
    return damage <= MOST_DAMAGE + len(text) * DAMAGE_SHARE and len(text) >= 20 * damage


def _damaged(raw: bytes) -> Decoded | None:
    """Chinese text with a few bytes spoilt on its way, in the encoding that explains the most of it."""
    best: Decoded | None = None
    for encoding in ("utf-8", *LEGACY):
        text = raw.decode(encoding, "replace")
        damage = text.count("\ufffd")
        if not _is_slight(damage, text) or common_share(text) <= MIN_COMMON_SHARE:
            continue
        if best is None or damage < best.damage:
            best = Decoded(text, encoding, damage)
    return best


def _strict(raw: bytes, encoding: str, file: str, offset: int) -> tuple[str, int]:
    """The characters, and how many places made none, if they are few."""
    try:
        return raw.decode(encoding), 0
    except UnicodeDecodeError as error:
        text = raw.decode(encoding, "replace")
        damage = text.count("\ufffd")
        if _is_slight(damage, text):
            return text, damage
        raise _undecodable(raw, error.start, file, encoding, offset) from error


def _legacy(raw: bytes) -> Decoded | None:
    """The better of GB 18030 and Big5, if either makes Chinese text of `raw`."""
    best: Decoded | None = None
    best_share = MIN_COMMON_SHARE
    for encoding in LEGACY:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = common_share(text)
        if share > best_share:
            best, best_share = Decoded(text, encoding), share
    return best


def common_share(text: str) -> float:
    """The share of COMMON among the characters beyond ASCII, in the first 200,000 characters."""
    beyond = [c for c in text[:SAMPLE_CHARS] if c > "\x7f"]
    return sum(c in COMMON for c in beyond) / len(beyond) if beyond else 0.0


def _refuse_known_binaries(raw: bytes, file: str) -> None:
    for magic, en, zh in MAGIC:
        if raw.startswith(magic):
            raise TypesetError(
                Words(f"this is {en}, not a text file", f"这是{zh}，不是文本文件"), SAVE_AS, Place(file)
            )


def _refuse_binary_looks(raw: bytes, file: str) -> None:
    """NUL and control bytes strew damaged texts; where they are many, it is no text."""
    head = raw[: 4 * SAMPLE_CHARS]
    controls = head.count(0) + len(head) - len(head.translate(None, _TEXT_CONTROLS))
    if controls > MAX_CONTROL_SHARE * len(head) + 8:
        raise TypesetError(
            Words(
                "this is a binary file or UTF-16 without its mark: control bytes everywhere",
                "这是二进制文件，或缺少标记的 UTF-16：到处是控制字节",
            ),
            SAVE_AS,
            Place(file),
        )


def _undecodable(raw: bytes, start: int, file: str, encoding: str, offset: int = 0) -> TypesetError:
    name = encoding.upper()
    if encoding.startswith("utf-16"):
        line = None
        seen = Words(f"is not whole {name}", f"不是完整的 {name}")
    else:
        line = len(raw[:start].splitlines()) or 1
        seen = Words(
            "fits none of UTF-8, UTF-16, GB18030 and Big5", "不符合 UTF-8、UTF-16、GB18030、Big5 中的任何一种"
        )
    found = raw[start : start + 4].hex(" ")
    return TypesetError(
        Words(
            f"the text {seen.en} (byte {start + offset}: {found})",
            f"文本{seen.zh}（第 {start + offset} 字节：{found}）",
        ),
        SAVE_AS,
        Place(file, line),
    )
