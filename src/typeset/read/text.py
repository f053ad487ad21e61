"""A text file becomes a Source: decoded, cut into lines, freed of control and format characters.

Nothing leaves silently: each kind of dropped, replaced or doubtful character gives one finding
with its count and first place. All work is done by compiled patterns over the whole text, so that
100 MB take seconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from typeset.model.findings import Finding, Place, TypesetError, Words
from typeset.model.source import Source
from typeset.read.encodings import Decoded, decode_bytes

FORMAT_CHARACTERS = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
"""Unicode's category Cf, in the syntax of a regular expression's class."""
LINE_ENDS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
CONTROL_CHARACTERS = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
"""Category Cc without the tab and what str.splitlines takes for line ends."""
PRIVATE_USE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
WORD_BULLETS = "\uf0b7\uf0a7\uf0d8\uf06c\uf0fc\uf076\uf075\uf06e\uf0a8\uf0b2\uf0e0\uf071"
"""Bullets of Symbol and Wingdings, as Word leaves them in the private use area."""
BULLET = "•"

_EMOJI = "\U0001f000-\U0001faff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f"
_DROPPED = re.compile(f"[{CONTROL_CHARACTERS}{FORMAT_CHARACTERS}]")
_DROP_RUN = re.compile(f"(?<=[{_EMOJI}])(\u200d)(?=[{_EMOJI}])|[{CONTROL_CHARACTERS}{FORMAT_CHARACTERS}]")
_ODD = re.compile(f"[{PRIVATE_USE}\ufffd]")
_BULLETS = str.maketrans(dict.fromkeys(WORD_BULLETS, BULLET))

MOST_DAMAGE_TOLD = 50
NAMES = {
    "\x00": Words("NUL", "空字符 NUL"),
    "\u00ad": Words("soft hyphen", "软连字符"),
    "\u200b": Words("zero width space", "零宽空格"),
    "\u200c": Words("zero width non-joiner", "零宽不连字符"),
    "\u200d": Words("zero width joiner", "零宽连字符"),
    "\u200e": Words("left-to-right mark", "左至右标记"),
    "\u200f": Words("right-to-left mark", "右至左标记"),
    "\u2060": Words("word joiner", "词连接符"),
    "\ufeff": Words("byte order mark", "字节顺序标记"),
}


def read_text(path: Path) -> Source:
    """The text file at `path`. Raises TypesetError when it is missing, empty, binary or undecodable."""
    return decode(_bytes_of(path), str(path))


def read_plain(source: Path | bytes) -> str:
    """The characters of a file, or of standard input, as they are: only the encoding is undone. Raises TypesetError."""
    raw, file = (source, "-") if isinstance(source, bytes) else (_bytes_of(source), str(source))
    try:
        return raw.decode("utf-8", "surrogatepass").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return decode_bytes(raw, file).text


def _bytes_of(path: Path) -> bytes:
    file = str(path)
    if path.is_dir():
        raise TypesetError(
            Words("this is a folder, not a bulletin", "这是文件夹，不是稿件"),
            Words("Name a text file in it", "请给出其中的文本文件"),
            Place(file),
        )
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise TypesetError(
            Words("there is no such file", "没有这个文件"),
            Words("Check the name and the folder", "请检查文件名和所在文件夹"),
            Place(file),
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TypesetError(
            Words(f"the file cannot be read ({reason})", f"文件无法读取（{reason}）"),
            Words("Check that you may read it", "请检查是否有读取权限"),
            Place(file),
        ) from error


def decode(raw: bytes, file: str) -> Source:
    """The Source that `raw` holds; `file` is the name that findings and errors give it."""
    if not raw.strip():
        raise _empty(file)
    decoded = decode_bytes(raw, file)
    text, findings = _clean(decoded.text, file)
    if decoded.damage:
        findings = [f for f in findings if f.code != "read.replacement"]
        findings += _damage(text, decoded, file)
    if not text or text.isspace():
        raise _empty(file)
    return Source(file, decoded.encoding, tuple(text.splitlines()), tuple(findings))


def _empty(file: str) -> TypesetError:
    return TypesetError(
        Words("the file is empty", "文件是空的"),
        Words("Put the bulletin's text into it", "请放入稿件正文"),
        Place(file),
    )


def _damage(text: str, decoded: Decoded, file: str) -> Iterator[Finding]:
    """A finding for each place where bytes made no character, the first fifty of them."""
    starts = [match.start() for match in islice(re.finditer("\ufffd", text), MOST_DAMAGE_TOLD)]
    name = decoded.encoding.upper()
    for start, place in _places(text, starts, file).items():
        words = Words(
            f"spoilt bytes: no {name} character; read as U+FFFD ({decoded.damage} in all)",
            f"字节损坏，不成 {name} 字符，以 U+FFFD 代之（共 {decoded.damage} 处）",
        )
        around = text[max(0, start - 6) : start + 7].splitlines()
        quoted = next((part for part in around if "\ufffd" in part), "\ufffd")
        yield Finding("warning", "read.damaged", words, place, text=quoted)


def _clean(text: str, file: str) -> tuple[str, list[Finding]]:
    """`text` without controls and with Word's bullets read, and a finding for each kind touched."""
    findings: list[Finding] = []
    if _DROPPED.search(text):
        first: dict[str, int] = {}
        count: Counter[str] = Counter()
        for match in _DROP_RUN.finditer(text):
            if match[1] is None:
                count[match[0]] += 1
                first.setdefault(match[0], match.start())
        places = _places(text, list(first.values()), file)
        findings += [_dropped(char, count[char], places[at]) for char, at in first.items()]
        text = _DROP_RUN.sub(r"\1", text)
    if _ODD.search(text):
        first, count = {}, Counter()
        for match in _ODD.finditer(text):
            count[match[0]] += 1
            first.setdefault(match[0], match.start())
        places = _places(text, list(first.values()), file)
        findings += [_odd(char, count[char], places[at]) for char, at in first.items()]
        text = text.translate(_BULLETS)
    return text, findings


def _places(text: str, starts: list[int], file: str) -> dict[int, Place]:
    """The line and column of each offset, in one walk over the text."""
    out: dict[int, Place] = {}
    line, at = 1, 0
    for start in sorted(starts):
        before = (text[at:start] + "x").splitlines()
        # a CR LF cut in two by `start` cannot be: no offset points at a line end
        if len(before) > 1:
            line += len(before) - 1
            at = start - (len(before[-1]) - 1)
        out[start] = Place(file, line, start - at + 1)
    return out


def _name(char: str) -> Words:
    code = f"U+{ord(char):04X}"
    name = NAMES.get(char)
    if name is None:
        return Words(unicodedata.name(char, "control character").lower() + f" {code}", f"控制符 {code}")
    return Words(f"{name.en} {code}", f"{name.zh} {code}")


def _dropped(char: str, count: int, place: Place) -> Finding:
    name = _name(char)
    words = Words(f"{count} × {name.en} dropped, the first here", f"已去掉 {count} 个{name.zh}，首个在此")
    return Finding("info", "read.controls", words, place)


def _odd(char: str, count: int, place: Place) -> Finding:
    code = f"U+{ord(char):04X}"
    if char in WORD_BULLETS:
        words = Words(
            f"{count} × private bullet {code} read as {BULLET}, the first here",
            f"{count} 个专用区项目符号 {code} 读作 {BULLET}，首个在此",
        )
        return Finding("info", "read.bullets", words, place)
    if char == "\ufffd":
        words = Words(
            f"{count} × U+FFFD (a character lost before it came here) kept, the first here",
            f"保留 {count} 个 U+FFFD（来稿前已丢失的字），首个在此",
        )
        return Finding("warning", "read.replacement", words, place)
    words = Words(
        f"{count} × private use character {code} kept, no font may have it; the first here",
        f"保留 {count} 个专用区字符 {code}，字体可能没有，首个在此",
    )
    return Finding("warning", "read.private", words, place)
