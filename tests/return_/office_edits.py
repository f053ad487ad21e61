"""Edits made in a running LibreOffice, through UNO: run by a Python that has `uno`, not by the tests' own.

`python office_edits.py PIPE JOBS.json`: connects to the office at PIPE; each job is {in, out, tracked, edits}, an edit
[verb, beginning of a paragraph, arguments …]. Files are stored as DOCX again.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import uno  # type: ignore[import-not-found, unused-ignore]

BREAK = 0  # com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK


def main(pipe: str, jobs: str) -> None:
    context: Any = connected(pipe)
    make: Any = context.ServiceManager.createInstanceWithContext
    desktop = make("com.sun.star.frame.Desktop", context)
    dispatcher = make("com.sun.star.frame.DispatchHelper", context)
    with open(jobs, encoding="utf-8") as source:
        work = json.load(source)
    for job in work:
        document = desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(job["in"]), "_blank", 0, (value("Hidden", True),)
        )
        document.lockControllers()  # no layout between the edits
        document.RecordChanges = bool(job["tracked"])
        for verb, beginning, *arguments in job["edits"]:
            VERBS[verb](Desk(document, dispatcher), beginning, *arguments)
        document.storeToURL(uno.systemPathToFileUrl(job["out"]), (value("FilterName", "MS Word 2007 XML"),))
        document.close(True)
    try:
        desktop.terminate()
    except Exception as error:  # the office may be gone before it has answered
        print(error)


def connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # not up yet; pyuno's exceptions have no common base in Python
            time.sleep(0.1)
    raise SystemExit("no office at the pipe")


def value(name: str, content: object) -> Any:
    out = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    out.Name, out.Value = name, content
    return out


class Desk:
    """A document and the way to its paragraphs."""

    def __init__(self, document: Any, dispatcher: Any) -> None:
        self.document, self.dispatcher, self.text = document, dispatcher, document.Text

    def at(self, beginning: str, offset: int = 0, length: int = 0) -> Any:
        """A cursor in the paragraph that begins so, with `length` characters selected."""
        paragraphs = self.text.createEnumeration()
        while paragraphs.hasMoreElements():
            paragraph = paragraphs.nextElement()
            if paragraph.supportsService("com.sun.star.text.Paragraph") and paragraph.String.startswith(
                beginning
            ):
                cursor = self.text.createTextCursorByRange(paragraph.Start)
                right(cursor, offset, False)
                right(cursor, length, True)
                return cursor
        raise SystemExit(f"no paragraph begins {beginning}")

    def dispatch(self, command: str, cursor: Any) -> None:
        self.document.CurrentController.select(cursor)
        self.dispatcher.executeDispatch(self.document.CurrentController.Frame, command, "", 0, ())


def right(cursor: Any, count: int, expand: bool) -> None:
    while count > 0:
        step = min(count, 30000)
        cursor.goRight(step, expand)
        count -= step


def insert(desk: Desk, beginning: str, offset: int, words: str) -> None:
    desk.text.insertString(desk.at(beginning, offset), words, False)


def delete(desk: Desk, beginning: str, offset: int, length: int) -> None:
    desk.at(beginning, offset, length).String = ""


def delete_paragraph(desk: Desk, beginning: str) -> None:
    cursor = desk.at(beginning)
    cursor.gotoEndOfParagraph(True)
    cursor.goRight(1, True)
    cursor.String = ""


def add(desk: Desk, beginning: str, words: str, style: str) -> None:
    cursor = desk.at(beginning)
    cursor.gotoEndOfParagraph(False)
    desk.text.insertControlCharacter(cursor, BREAK, False)
    cursor.ParaStyleName = style
    desk.text.insertString(cursor, words, False)


def split(desk: Desk, beginning: str, offset: int) -> None:
    desk.text.insertControlCharacter(desk.at(beginning, offset), BREAK, False)


def merge(desk: Desk, beginning: str) -> None:
    cursor = desk.at(beginning)
    cursor.gotoEndOfParagraph(False)
    cursor.goRight(1, True)
    cursor.String = ""


def restyle(desk: Desk, beginning: str, style: str) -> None:
    desk.at(beginning).ParaStyleName = style


def move_down(desk: Desk, beginning: str, steps: int) -> None:
    """Ctrl+Alt+Down, as often as said."""
    for _ in range(steps):
        cursor = desk.at(beginning)
        cursor.gotoEndOfParagraph(True)
        desk.dispatch(".uno:MoveDown", cursor)


def paste_after(desk: Desk, beginning: str, target: str) -> None:
    """Cut a paragraph with its mark, paste it at another's start's end."""
    cursor = desk.at(beginning)
    cursor.gotoEndOfParagraph(True)
    cursor.goRight(1, True)
    controller = desk.document.CurrentController
    controller.select(cursor)
    carried = controller.getTransferable()
    cursor.String = ""
    place = desk.at(target)
    place.gotoEndOfParagraph(False)
    place.goRight(1, False)
    controller.select(place)
    controller.insertTransferable(carried)


def comment(desk: Desk, beginning: str, offset: int, length: int, words: str) -> None:
    note = desk.document.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author, note.Content = "王编辑", words
    desk.text.insertTextContent(desk.at(beginning, offset, length), note, True)


def resolve(desk: Desk, words: str) -> None:
    """Mark the comment that begins so as done."""
    fields = desk.document.TextFields.createEnumeration()
    while fields.hasMoreElements():
        field = fields.nextElement()
        if field.supportsService("com.sun.star.text.textfield.Annotation") and field.Content.startswith(
            words
        ):
            field.Resolved = True


VERBS: dict[str, Callable[..., None]] = {
    "insert": insert, "delete": delete, "delete_paragraph": delete_paragraph, "add": add, "split": split,
    "merge": merge, "restyle": restyle, "move_down": move_down, "paste_after": paste_after, "comment": comment,
    "resolve": resolve,
}  # fmt: skip

if __name__ == "__main__":
    main(*sys.argv[1:])
