"""The baseline: what the file was made from, as a custom XML part within it, for the way back.

The text of `<m>` elements, joined by their numbers, is the manuscript (YAML). Between them stand the story's
paragraphs in their order, by bookmark, with article, role, block, text and the text's hash: `<p>` of the articles, `<r>`
a table's row (cells parted by tabs), `<f>` what is no article's; `<h>` headers and footers; `<c>`: the comments, by finding. So the edited file
alone tells what was changed, and a hash whether the manuscript moved on in the meantime.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from typeset.read.manuscript import write_manuscript
from typeset.write.docx import oxml

if TYPE_CHECKING:
    from typeset.model.bulletin import Bulletin
    from typeset.model.layout import Layout
    from typeset.write.docx.story import Paragraph, Section, Table

NAMESPACE = "urn:typeset:baseline:1"
ITEM_ID = "{6D1F5E0A-7C0B-4B57-9C1E-2F1B0A6C7D11}"
_ARTICLE = re.compile(r"(?<=\n\n)(?=- id: )")
"""Where a manuscript's articles begin: no text of theirs stands at the margin."""
ROLES = {
    "Kicker": "kicker",
    "Heading1": "headline",
    "HeadlineMore": "headline",
    "Subtitle": "subtitle",
    "Byline": "byline",
    "NewsBody": "para",
    "Heading2": "subhead",
    "SubheadMore": "subhead",
    "Note": "note",
    "Caption": "caption",
    "ListItem": "list",
    "TableText": "table",
    "Verse": "verse",
    "Stanza": "verse",
    "Quote": "quote",
    "SourceLine": "source",
}
"""The role of each style that an article's paragraphs have."""


def para_id(bookmark: str) -> str:
    """Word's own id of a paragraph (w14:paraId, below 80000000): the second key, after the bookmark."""
    return f"{zlib.crc32(bookmark.encode()) % 0x7FFFFFFE + 1:08X}" if bookmark else ""


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def baseline_xml(
    bulletin: Bulletin, layout: Layout, parts: Sequence[Section], comments: Sequence[tuple[int, str]],
    around: Sequence[str] = (),
) -> bytes:  # fmt: skip
    """The part's bytes; `comments` are (number of the finding, the comment's words) by comment id, `around` the words
    of headers and footers."""
    byline = layout.styles["byline"]
    # where findings stood in the bulletin's file is left out: a text and its manuscript make the same bytes
    placeless = tuple(replace(finding, place=None) for finding in bulletin.findings)
    manuscript = write_manuscript(replace(bulletin, findings=placeless))
    keys = {
        "xmlns": NAMESPACE,
        "manuscript": text_hash(manuscript),
        "byline-mark": byline.prefix.strip(),
        "byline-separator": byline.separator,
    }
    out = [f"<baseline{_keys(keys)}>", *_story(bulletin, parts, _ARTICLE.split(manuscript))]
    out += (f"<h>{_escaped(words)}</h>" for words in around)
    out += (f'<c finding="{finding}">{_escaped(words)}</c>' for finding, words in comments)
    out.append("</baseline>")
    return ('<?xml version="1.0" encoding="UTF-8"?>' + "".join(out)).encode("utf-8")


def properties_xml() -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?><ds:datastoreItem xmlns:ds="http://schemas.'
        f'openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{ITEM_ID}"><ds:schemaRefs><ds:schemaRef '
        f'ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def _escaped(text: str) -> str:
    return escape(oxml.clean(text), {"\r": "&#13;"})


def _keys(keys: Mapping[str, str]) -> str:
    return "".join(f" {key}={quoteattr(oxml.clean(value))}" for key, value in keys.items())


def _story(bulletin: Bulletin, parts: Iterable[Section], pieces: Sequence[str]) -> Iterator[str]:
    """The paragraphs in the story's order, the manuscript's pieces between them: an article's piece stands before its
    first paragraph, since both say the same, and the zip needs it but once."""
    left = dict(enumerate(pieces))
    yield _piece(0, left)
    for part in parts:
        for item in part.items:
            for article, entry in _entries(bulletin, item):
                yield _piece(article + 1, left) + entry
    for number in list(left):
        yield _piece(number, left)


def _piece(number: int, left: dict[int, str]) -> str:
    piece = left.pop(number, None) if number >= 0 else None
    return f'<m n="{number}">{_escaped(piece)}</m>' if piece else ""


def _entries(bulletin: Bulletin, item: Paragraph | Table) -> Iterator[tuple[int, str]]:
    """What is told of a paragraph or of a table's rows, with the article it is of (-1: none)."""
    from typeset.write.docx.story import Paragraph

    if isinstance(item, Paragraph):
        if item.bookmark:
            yield item.article, _entry("p", bulletin, item, item.bookmark, item.text)
        elif item.text:
            yield -1, f"<f>{_escaped(item.text)}</f>"
        return
    for row in item.rows:
        ids = " ".join(cell.bookmark for cell in row if cell.bookmark)
        if ids:
            text = "\t".join(cell.text for cell in row)
            yield row[0].article, _entry("r", bulletin, row[0], ids, text)


def _entry(name: str, bulletin: Bulletin, item: Paragraph, ids: str, text: str) -> str:
    keys = {
        "id": ids,
        "article": bulletin.articles[item.article].id,
        "role": ROLES[item.style],
        "block": str(item.block),
        "hash": text_hash(text),
    }
    if item.column_ends:
        keys["ends"] = " ".join(map(str, item.column_ends))
    return f"<{name}{_keys(keys)}>{_escaped(text)}</{name}>"
