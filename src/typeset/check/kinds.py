"""What a kind of publication must show, and what it must not call itself: findings, never refusals.

`internal` 内部资料: 内部资料性出版物管理办法 (2015), art. 14. `newspaper` 报纸: 报纸期刊质量管理规定 (2020), form rules.
In: the bulletin and its issue line. Out: a finding for each thing missing or forbidden, with its line where there is one.
What pages always show (page numbers, page count, the title as the largest type) is the make-up checker's to prove.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from typeset.model.bulletin import Bulletin
from typeset.model.findings import Finding, Place, Words
from typeset.model.issue import IssueLine
from typeset.model.source import Source

PaperKind = Literal["internal", "newspaper"]
KINDS: tuple[PaperKind, ...] = ("internal", "newspaper")


@dataclass(frozen=True, slots=True)
class _Due:
    """Something that must stand in the imprint, the masthead or the bulletin's furniture; `key`: of the imprint."""

    code: str
    key: str
    pattern: str
    words: Words


_DUE: dict[PaperKind, tuple[_Due, ...]] = {
    "internal": (
        _Due("permit", "permit", r"准印证|准印号|准印字", Words("the number of the 准印证", "准印证编号")),
        _Due("internal", "notice", r"内部资料", Words("the words 内部资料", "“内部资料”字样")),
        _Due("free", "notice", r"免费交流|免费赠阅", Words("the words 免费交流", "“免费交流”字样")),
        _Due("publisher", "publisher", r"编印|主办|编\s*[：:]|编辑部", Words("the compiling unit", "编印单位")),
        _Due("recipients", "recipients", r"发送|发放|赠阅|分送|抄送|主送", Words("the recipients", "发送对象")),
        _Due("printer", "printer", r"印刷(?:单位|厂|公司)|承印|印制", Words("the printer", "印刷单位")),
        _Due("print_date", "print_date", r"印刷(?:日期|时间)|印发|印制日期", Words("the date of printing", "印刷日期")),
        _Due("print_run", "print_run", r"印数|印\s*[0-9,，]+\s*份|[0-9,，]+\s*份$", Words("the print run", "印数")),
    ),
    "newspaper": (
        _Due("cn", "cn", r"CN\s*[0-9]{2}\s*[—–-]\s*[0-9]{4}|国内统一(?:连续出版物|刊)号", Words("the CN number", "国内统一连续出版物号")),
        _Due("total", "total", r"总第?\s*[0-9〇零一二三四五六七八九十百千]+\s*期|第\s*[0-9]{3,}\s*期", Words("the total issue number", "总期号")),
        _Due("publisher", "publisher", r"主管|主办|出版", Words("the responsible units", "主管、主办、出版单位")),
        _Due("address", "address", r"地址|社址|[路街]\s*[0-9]+\s*号", Words("the address", "地址")),
        _Due("printer", "printer", r"印刷|承印", Words("the printer", "印刷单位")),
        _Due("distribution", "distribution", r"发行|订阅|邮发", Words("how it is distributed", "发行方式")),
        _Due("price", "price", r"定价|零售|售价|每份", Words("the price", "定价")),
    ),
}  # fmt: skip
_FORBIDDEN = re.compile(
    r"本报(?![告表送名批销价])|本刊(?!登)|期刊社|杂志社|刊号|记者(?=\s?[\u4e00-\u9fff]{2,4}[\s　]*(?:[）)]|报道|摄|通讯员|$))"
)
_TITLE = re.compile(r"(?:报|刊|杂志)$")
_ADVERTISEMENT = re.compile(
    r"(?:订购|咨询|招商|加盟|购买|抢购)(?:热线|电话)|优惠价|火热(?:销售|招商)|盛大开业|隆重开业"
)
_LABELLED = re.compile(r"广告|启事|推广")


def lint(
    kind: PaperKind, bulletin: Bulletin, issue: IssueLine, printed: Sequence[str], source: Source | None
) -> tuple[Finding, ...]:
    """The findings of a kind, those of what is missing first. `printed`: the lines of masthead, folio and colophon."""
    places = _Places(source)
    found = [*_missing(kind, bulletin, printed, places), *_unsaid(kind, issue)]
    if kind == "internal":
        found += [*_self_names(bulletin, issue, places)]
    else:
        found += [*_advertisements(bulletin, places)]
    return tuple(found)


def _missing(
    kind: PaperKind, bulletin: Bulletin, printed: Sequence[str], places: _Places
) -> Iterator[Finding]:
    """What the pages do not show; where the bulletin has it, its line is named."""
    shown = "\n".join(printed)
    for due in _DUE[kind]:
        if re.search(due.pattern, shown):
            continue
        line = next((line.strip() for line in bulletin.furniture if re.search(due.pattern, line)), None)
        words = Words(
            f"not on the pages: {due.words.en}; give it as bulletin.imprint.{due.key} in the manuscript",
            f"版面上缺{due.words.zh}：请在稿件文件的 bulletin.imprint.{due.key} 中写明",
        )
        yield _finding(f"kind.{due.code}", words, places.of(line) if line else None, line)


def _unsaid(kind: PaperKind, issue: IssueLine) -> Iterator[Finding]:
    """Date and issue number, which the masthead shows where they are given."""
    if not issue.date:
        yield _finding(
            "kind.date", Words("missing: the date of issue; give --date", "缺出版日期：请用 --date 写明")
        )
    if kind == "internal" and not issue.issue:
        words = Words(
            "missing: the issue number, where it is a serial; give --issue",
            "连续性内部资料缺期号：请用 --issue 写明",
        )
        yield _finding("kind.issue", words)


def _self_names(bulletin: Bulletin, issue: IssueLine, places: _Places) -> Iterator[Finding]:
    if _TITLE.search(issue.title) and not issue.title.endswith(("简报", "汇报", "通报", "快报")):
        words = Words(
            "an internal publication is called neither 报 nor 刊 nor 杂志", "内部资料不得称“报”“刊”“杂志”"
        )
        yield _finding("kind.title", words, places.of(issue.title), issue.title)
    for article in bulletin.articles:
        for text in (*article.texts(), *article.byline):
            for line in text.split("\n"):
                for match in _FORBIDDEN.finditer(line):
                    around = line[max(0, match.start() - 4) : match.end() + 6]
                    words = Words(
                        f"an internal publication does not say {match[0]}", f"内部资料不得使用“{match[0]}”"
                    )
                    yield _finding("kind.self_name", words, places.of(around), around)


def _advertisements(bulletin: Bulletin, places: _Places) -> Iterator[Finding]:
    for article in bulletin.articles:
        texts = list(article.texts())
        match = next((m for text in texts for m in [_ADVERTISEMENT.search(text)] if m), None)
        if match and not any(_LABELLED.search(text) for text in texts[:3]):
            words = Words("reads as an advertisement and is not labelled as one", "似为广告而未标明“广告”")
            yield _finding("kind.advertisement", words, places.of(match[0]), match[0])


def _finding(code: str, words: Words, place: Place | None = None, text: str | None = None) -> Finding:
    return Finding("warning", code, words, place, text)


class _Places:
    """Where words stand in the source; each time on from where they were found last."""

    def __init__(self, source: Source | None) -> None:
        self._source = source
        self._lines: Sequence[str] = source.lines if source is not None else ()
        self._last: dict[str, int] = {}

    def of(self, words: str) -> Place | None:
        start = self._last.get(words, -1) + 1
        for n in range(start, len(self._lines)):
            column = self._lines[n].find(words)
            if column >= 0:
                self._last[words] = n
                return self._source.place(n, column) if self._source is not None else None
        return self.of(words[:4]) if len(words) > 4 else None
