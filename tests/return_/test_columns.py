"""Files laid out in pages, as LibreOffice saves them: paragraphs parted at columns' ends, frames' bookmarks renamed."""

from __future__ import annotations

import re
from pathlib import Path

from tests.return_.samples import bare, put
from tests.return_.test_round_trip import edited
from tests.samples import bulletin_of
from tests.write.test_docx_pages import BESIDE, made
from typeset.return_ import return_docx

_BREAK = '<w:r><w:br w:type="column"/></w:r>'
_ANEW = '</w:p><w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>'


def parted(story: str) -> str:
    """Every paragraph that a column's end is in as two, the second in the default style."""
    return re.sub(rf"(?<=</w:r>){re.escape(_BREAK)}(?=<w:r>|<w:comment)", f"{_ANEW}{_BREAK}", story)


def renamed(story: str) -> str:
    """The bookmarks in frames numbered as copies."""
    return re.sub(r'(<w:framePr[^>]*/></w:pPr><w:bookmarkStart [^>]*w:name="_ts_\w+?)"', r'\1_Copy_1"', story)


def changed(tmp_path: Path, *changes: object) -> Path:
    data = made(BESIDE, "a4")
    for change in changes:
        after = edited(data, "word/document.xml", change)
        assert after != data, "nothing was changed"
        data = after
    return put(data, tmp_path)


def test_what_a_columns_end_parted_is_one_paragraph_again(tmp_path: Path) -> None:
    back, returned = return_docx(changed(tmp_path, parted, renamed))
    assert not returned.events
    assert not returned.unplaced
    assert back is not None
    assert back.articles == bare(bulletin_of(BESIDE)).articles


def test_a_column_break_that_was_lost_is_known_by_its_place(tmp_path: Path) -> None:
    back, returned = return_docx(
        changed(tmp_path, parted, lambda story: story.replace(f"{_ANEW}{_BREAK}", _ANEW))
    )
    assert not returned.events
    assert back is not None


def test_an_editors_own_split_is_still_told(tmp_path: Path) -> None:
    """The same split in the paragraph's own style, elsewhere than where a column ends."""

    def split(story: str) -> str:
        at = story.index("，", story.index('"NewsBody"'))
        anew = '</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="NewsBody"/></w:pPr><w:r><w:t>'
        return story[: at + 1] + anew + story[at + 1 :]

    _, returned = return_docx(changed(tmp_path, parted, renamed, split))
    assert [event.kind for event in returned.events] == ["split"]


def test_text_edited_beside_a_columns_end_stays_in_its_paragraph(tmp_path: Path) -> None:
    def reword(story: str) -> str:
        return story.replace(
            f'{_ANEW}{_BREAK}<w:r><w:t xml:space="preserve">',
            f'{_ANEW}{_BREAK}<w:r><w:t xml:space="preserve">新',
            1,
        )

    back, returned = return_docx(changed(tmp_path, parted, reword))
    assert [event.kind for event in returned.events] == ["changed"]
    assert back is not None
    assert [len(a.body) for a in back.articles] == [len(a.body) for a in bulletin_of(BESIDE).articles]
