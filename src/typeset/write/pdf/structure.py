"""The structure tree (ISO 32000-1, 14.7): elements, the content that each marks on its pages, the parent tree.

Elements are numbers until the end; a page's part of the parent tree is written when the page is done.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from typeset.write.pdf.objects import PdfFile, Raw, Ref, encoded


@dataclass(slots=True)
class Element:
    """A structure element; `kids` are elements, or (page, MCID). `extra` is further entries in PDF syntax."""

    number: Ref
    kind: str
    parent: int
    extra: bytes = b""
    kids: list[Element | tuple[int, int]] = field(default_factory=list)
    is_written: bool = False


class Structure:
    """The tree in the making, its root element a Document."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self.root = file.reserve()
        self.document = Element(file.reserve(), "Document", self.root)
        self._marked: list[int] = []
        self._parents: list[int] = []
        self._page = 0

    def add(self, kind: str, parent: Element, extra: bytes = b"") -> Element:
        element = Element(self._file.reserve(), kind, parent.number, extra)
        parent.kids.append(element)
        return element

    def begin_page(self, page: int) -> None:
        """`page` is the page's object number; its StructParents is how many pages came before."""
        self._page = page
        self._marked = []

    def mark(self, element: Element) -> int:
        """A new MCID of this page under an element."""
        mcid = len(self._marked)
        self._marked.append(element.number)
        element.kids.append((self._page, mcid))
        return mcid

    def end_page(self) -> None:
        self._parents.append(self._file.put(self._file.reserve(), _references(self._marked)))

    def write(self, element: Element) -> None:
        """Write an element and what is under it, and keep but its number."""
        waiting = [element]
        while waiting:
            element = waiting.pop()
            self._file.put(element.number, _entries(element))
            waiting += [
                kid for kid in reversed(element.kids) if isinstance(kid, Element) and not kid.is_written
            ]
            element.kids, element.is_written = [], True

    def close(self) -> Ref:
        """Write the rest of the tree; its root's reference, for the catalog."""
        self.write(self.document)
        numbers = b" ".join(b"%d %d 0 R" % (n, ref) for n, ref in enumerate(self._parents))
        parents = self._file.add(Raw(b"<</Nums[" + numbers + b"]>>"))
        return self._file.put(self.root, Raw(
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self.document.number, parents, len(self._parents))
        ))  # fmt: skip


def _references(numbers: list[int]) -> Raw:
    return Raw(b"[" + b" ".join(b"%d 0 R" % n for n in numbers) + b"]")


def _entries(element: Element) -> Raw:
    """One page's content is named by bare MCIDs beside Pg; of further pages by MCR dictionaries (14.7.4.2)."""
    home = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(b"%d 0 R" % kid.number)
        elif kid[0] == home:
            kids.append(b"%d" % kid[1])
        else:
            kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % kid)
    out = b"<</S/%s/P %d 0 R" % (element.kind.encode("ascii"), element.parent)
    if home is not None:
        out += b"/Pg %d 0 R" % home
    if len(kids) == 1 and not kids[0].startswith(b"<<"):
        out += b"/K " + kids[0]
    elif kids:
        out += b"/K[" + b" ".join(kids) + b"]"
    return Raw(out + element.extra + b">>")


def alternative(text: str) -> bytes:
    """What stands in for a picture where it can't be seen (14.9.3)."""
    return b"/Alt" + encoded(text)
