"""Bytes to Source: encodings, line ends, controls, and what is refused."""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from typeset.model.findings import TypesetError
from typeset.read import decode, read_text
from typeset.read.text import CONTROL_CHARACTERS, FORMAT_CHARACTERS, LINE_ENDS

TEXT = "本报讯 今年以来，全县农业生产形势喜人，粮食产量再创新高。\n　　“这是我们的成绩。”他说。\n"
TRADITIONAL = "本報訊 今年以來，街坊會為長者開設義診室，大家都說這裏很好。\n「這個地方，我們沒有來過。」\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
    ],
)
def test_simplified_encodings_are_recognised(raw: bytes, encoding: str) -> None:
    source = decode(raw, "a.txt")
    assert source.encoding == encoding
    assert source.lines == tuple(TEXT.splitlines())


def test_big5_is_told_from_gb18030() -> None:
    assert decode(TRADITIONAL.encode("big5hkscs"), "a.txt").lines == tuple(TRADITIONAL.splitlines())
    assert decode(TRADITIONAL.encode("gb18030"), "a.txt").encoding == "gb18030"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\v", "\f", "\x85"])
def test_every_line_end_ends_a_line(end: str) -> None:
    assert decode(f"甲{end}{end}乙".encode(), "a.txt").lines == ("甲", "", "乙")


def test_controls_are_dropped_and_told_once_a_kind() -> None:
    source = decode("甲\x00乙\n丙\u200b丁\x00\u200b\n\ufeff戊".encode(), "a.txt")
    assert source.lines == ("甲乙", "丙丁", "戊")
    told = {
        (f.message.zh, f.place.line if f.place else 0, f.place.column if f.place else 0)
        for f in source.findings
    }
    assert told == {
        ("已去掉 2 个空字符 NUL U+0000，首个在此", 1, 2),
        ("已去掉 2 个零宽空格 U+200B，首个在此", 2, 2),
        ("已去掉 1 个字节顺序标记 U+FEFF，首个在此", 3, 1),
    }
    assert {f.code for f in source.findings} == {"read.controls"}
    assert all(f.text is None and f.severity == "info" for f in source.findings)


def test_word_bullets_are_read_and_other_private_characters_kept() -> None:
    source = decode("\uf0b7甲\n\uf0b7乙\ue000\ufffd".encode(), "a.txt")
    assert source.lines == ("•甲", "•乙\ue000\ufffd")
    assert [f.code for f in source.findings] == ["read.bullets", "read.private", "read.replacement"]


def test_emoji_sequences_keep_their_joiner() -> None:
    assert decode("👩‍👧好‍的".encode(), "a.txt").lines == ("👩‍👧好的",)


def test_the_table_of_dropped_characters_is_unicodes() -> None:
    dropped = re.compile(f"[{CONTROL_CHARACTERS}{FORMAT_CHARACTERS}]")
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Cf":
            assert dropped.match(char), hex(code)
        elif category == "Cc" and char != "\t":
            assert dropped.match(char) or re.match(f"[{LINE_ENDS}]", char), hex(code)
        elif category != "Cn":  # an older Unicode may not know it yet
            assert not dropped.match(char), hex(code)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b" \n\r\n\t", "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"\xff\xfe", "empty"),
        (b"PK\x03\x04" + b"\x00" * 30, "zip package"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (bytes(range(256)) * 40, "binary"),
        (b"\xff\xfe\x00", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(TypesetError) as caught:
        decode(raw, "a.txt")
    assert words in caught.value.message.en
    assert caught.value.message.zh
    assert caught.value.next_step.en
    assert caught.value.next_step.zh
    assert str(caught.value.place).startswith("a.txt")


def test_undecodable_bytes_are_told_with_their_line() -> None:
    raw = "第一行\n第二行".encode() + b"\xff\xff\xfe" + "\n第三行".encode()
    with pytest.raises(TypesetError) as caught:
        decode(raw, "a.txt")
    assert caught.value.place is not None
    assert caught.value.place.line == 2
    assert "byte 19" in caught.value.message.en


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    with pytest.raises(TypesetError, match="no such file"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(TypesetError, match="folder"):
        read_text(tmp_path)


def test_a_big_file_is_soon_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_text(("一二三四五六七八九十，" * 9 + "\x00\n") * 100_000, "utf-8")  # 30 MB
    start = time.process_time()
    source = read_text(path)
    assert time.process_time() - start < 10
    assert len(source.lines) == 100_000


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_a_little_damage_is_read_and_told_with_its_line(encoding: str) -> None:
    lines = ["今天全鎮開了一個會，大家都到了。"] * 60
    raw = "\n".join(lines).encode(encoding)
    at = len("\n".join(lines[:30]).encode(encoding)) // 2 * 2 + (4 if encoding == "utf-16" else 3)
    spoilt = (
        raw[:at]
        + (b"\x00\xdc" if encoding == "utf-16" else b"\xff")
        + raw[at + (2 if encoding == "utf-16" else 1) :]
    )
    source = decode(spoilt, "a.txt")
    found = [f for f in source.findings if f.code == "read.damaged"]
    assert 1 <= len(found) <= 3
    assert all(f.place is not None and f.place.line in (30, 31) for f in found)
    assert all("\ufffd" in source.lines[f.place.line - 1] for f in found if f.place and f.place.line)
    assert sum(line == lines[0] for line in source.lines) >= 58


def test_much_damage_is_refused() -> None:
    raw = "今天全镇开了一个会，大家都到了。".encode()
    with pytest.raises(TypesetError):
        decode(b"\xff\xfa".join(raw[n : n + 5] for n in range(0, len(raw), 5)) * 20, "a.txt")
