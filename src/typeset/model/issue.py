"""What names an issue wherever it is shown: masthead, folio lines, colophon, document properties."""

from __future__ import annotations

from dataclasses import dataclass

IMPRINT: dict[str, str] = {
    "notice": "", "permit": "准印证号", "cn": "国内统一连续出版物号", "total": "总期号", "supervisor": "主管", "publisher": "主办",
    "editor": "责任编辑", "recipients": "发送对象", "address": "地址", "phone": "电话", "printer": "印刷单位", "print_date": "印刷日期",
    "print_run": "印数", "distribution": "发行", "price": "定价",
}  # fmt: skip
"""Version record 版权页: keys of a manuscript's `bulletin.imprint`, in the order in which the colophon shows them, each
with its label."""


@dataclass(frozen=True, slots=True)
class IssueLine:
    """Paper name, date and issue number as they are to be shown; None leaves a part out."""

    title: str
    date: str | None = None
    issue: str | None = None
    imprint: tuple[tuple[str, str], ...] = ()
    """Pairs of a key of `IMPRINT` and its text."""

    @property
    def record(self) -> str:
        """The imprint in one line, every part with its label."""
        given = dict(self.imprint)
        parts = ((IMPRINT[key], given[key]) for key in IMPRINT if given.get(key))
        return "　".join(f"{label}：{text}" if label else text for label, text in parts)

    @property
    def when(self) -> str:
        """Date and issue number in one line, an ideographic space between them; may be empty."""
        return "　".join(part for part in (self.date, self.issue) if part)
