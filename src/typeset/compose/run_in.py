"""串文标题: the words at a paragraph's head that stand out from it: 【语文】, 问：, 本报讯, （一）加强领导。

In: an article. Out: how many characters of each text are such. What begins one paragraph alone is no pattern:
speakers and numbered heads must recur in the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from typeset.model.bulletin import Article, Block

RUN_IN_BLOCKS = ("para", "list", "note")
LEAST_RECURRING = 2
_BRACKETED = re.compile(r"【[^】\n]{1,16}】(?=.)")
_DATELINE = re.compile(
    r"(?:本报|本刊|本台|本网|本社|新华社)[^，。：（）\s]{0,14}?[讯电](?=[（(\s]|记者|通讯员)"
)
_EDITOR = re.compile(r"(?:编者按|編者按|编者的话|編者的話|记者按|编后|編後|按语|按)[：:](?=.)")
_SPEAKER = re.compile(r"([^\s，。；：！？、“”（）《》【】]{1,8})：(?=.)")
_ASKERS = frozenset(("问", "答", "Q", "A", "记者", "主持人"))
_NUMERALS = "一二三四五六七八九十百"
_NUMBER = re.compile(rf"（[{_NUMERALS}]+）|[{_NUMERALS}]+、|（\d{{1,2}}）|\d{{1,2}}[.．、]\s?(?!\d)")
_SHORT_SENTENCE = re.compile(r"[^，。！？；：\n]{2,20}[。：](?=.{8})")


def run_in_heads(article: Article) -> tuple[tuple[int, ...], ...]:
    """For each block of the body, for each of its texts (a list's items), how many characters are a run-in head."""
    texts = [_texts(block) if block.type in RUN_IN_BLOCKS else [] for block in article.body]
    lines = [line for block in texts for line in block]
    found = iter(_lengths(lines))
    return tuple(tuple(next(found) for _ in block) for block in texts)


def _texts(block: Block) -> list[str]:
    if block.type == "list":
        return [line for line in block.text.split("\n") if line.strip()]
    return [block.text.replace("\n", " ")]


def _lengths(lines: Sequence[str]) -> list[int]:
    speakers, numbered = _speakers(lines), _numbered(lines)
    out = []
    for line in lines:
        found = _BRACKETED.match(line) or _DATELINE.match(line) or _EDITOR.match(line)
        said = _SPEAKER.match(line)
        number = _NUMBER.match(line)
        if found:
            out.append(found.end())
        elif said and said[1] in speakers:
            out.append(said.end())
        elif number and _kind(number[0]) in numbered:
            head = _SHORT_SENTENCE.match(line, number.end())
            out.append(head.end() if head else 0)
        else:
            out.append(0)
    return out


def _speakers(lines: Sequence[str]) -> frozenset[str]:
    """Who speaks in a dialogue: question and answer, or a name that comes again."""
    said = Counter(found[1] for line in lines if (found := _SPEAKER.match(line)))
    named = {name for name, times in said.items() if times >= LEAST_RECURRING and not _NUMBER.match(name)}
    asked = _ASKERS & said.keys()
    return frozenset(named | (asked if len(asked) >= LEAST_RECURRING or named else frozenset()))


def _numbered(lines: Sequence[str]) -> frozenset[str]:
    """Kinds of numbers that always head a short sentence with text after it."""
    times: Counter[str] = Counter()
    misses = set()
    for line in lines:
        if number := _NUMBER.match(line):
            times[_kind(number[0])] += 1
            if not _SHORT_SENTENCE.match(line, number.end()):
                misses.add(_kind(number[0]))
    return frozenset(kind for kind, count in times.items() if count >= LEAST_RECURRING and kind not in misses)


def _kind(number: str) -> str:
    """一、 and 三、 are of one kind."""
    return re.sub(rf"[{_NUMERALS}]+|\d+", "0", number.strip()) + ("d" if re.search(r"\d", number) else "")
