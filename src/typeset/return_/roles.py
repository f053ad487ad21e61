"""The roles of Word's styles, by name: ids are renamed by programs that save the file, names are not."""

from __future__ import annotations

import re
from collections.abc import Mapping

ROLE_OF_STYLE = {
    "肩题": "kicker",
    "heading 1": "headline",
    "主题续行": "headline",
    "subtitle": "subtitle",
    "作者": "byline",
    "新闻正文": "para",
    "heading 2": "subhead",
    "heading 3": "subhead",
    "heading 4": "subhead",
    "小标题续行": "subhead",
    "编注": "note",
    "caption": "caption",
    "条目": "list",
    "list paragraph": "list",
    "表格文字": "table",
    "诗行": "verse",
    "诗节首行": "verse",
    "quote": "quote",
    "落款": "source",
    # what surrounds the articles
    "title": "furniture",
    "报头信息": "furniture",
    "版权栏": "furniture",
    "节末": "furniture",
    "栏末": "furniture",
    "图片署名": "furniture",
    "header": "furniture",
    "footer": "furniture",
    # what programs give text that was typed or pasted without a style
    "normal": "para",
    "body text": "para",
    "normal (web)": "para",
    "plain text": "para",
}
"""Lower-case names. Built-in styles have English names in the file, whatever the menus say."""

_CHINESE = {
    "正文": "normal",
    "标题 1": "heading 1",
    "标题 2": "heading 2",
    "标题 3": "heading 3",
    "副标题": "subtitle",
    "题注": "caption",
    "列出段落": "list paragraph",
    "标题": "title",
    "页眉": "header",
    "页脚": "footer",
    "text body": "body text",
}
FURTHER = {"主题续行", "小标题续行"}
"""Styles of a second line of the same headline or subhead."""
STANZA = "诗节首行"
DEFAULT_ROLE = "para"


def plain_name(name: str) -> str:
    """A style's name as the table has it: lower case, single blanks, Chinese menu names in English."""
    name = re.sub(r"\s+", " ", name.strip()).casefold()
    name = re.sub(r"^(标题|heading)(?=\d)", r"\1 ", name)
    return _CHINESE.get(name, name)


def role_of(name: str, based_on: Mapping[str, str]) -> str | None:
    """The role of a style, else of the style it is based on; None where neither is known.

    `based_on`: plain names of all styles to the plain names of those they are based on.
    """
    own = own_name(name, based_on)
    return None if own is None else ROLE_OF_STYLE[own]


def own_name(name: str, based_on: Mapping[str, str]) -> str | None:
    """The first style of the table among a style and those it is based on; None where there is none."""
    seen: set[str] = set()
    while name and name not in seen:
        if name in ROLE_OF_STYLE:
            return name
        seen.add(name)
        name = based_on.get(name, "")
    return None
