"""Pictures on their pages: image XObjects in tags of their own (ISO 32000-1, 8.9)."""

from __future__ import annotations

from collections.abc import Sequence

from typeset.inks.pictures import Pressed, PressPicture
from typeset.model.edition import Picture
from typeset.model.layout import BLACK
from typeset.write.pdf.boxes import Boxes
from typeset.write.pdf.content import Content
from typeset.write.pdf.objects import Name, PdfFile, Ref, number
from typeset.write.pdf.tags import Tagger


class Pictures:
    """Draws a page's pictures; one that was refused leaves its box empty."""

    def __init__(self, file: PdfFile, pressed: Pressed, boxes: Boxes) -> None:
        self._file, self._pressed, self._boxes = file, pressed, boxes

    def draw(self, content: Content, pictures: Sequence[Picture], tagger: Tagger) -> dict[str, Ref]:
        """The page's XObject entries."""
        out: dict[str, Ref] = {}
        for picture in pictures:
            pressed = self._pressed.pictures.get(id(picture))
            if pressed is None:
                continue
            name = f"I{len(out)}"
            out[name] = self._write(pressed)
            left, top = self._boxes.left + picture.x_pt, self._boxes.top - picture.y_pt
            edges = (left, top - picture.height_pt, left + picture.width_pt, top)
            box = " ".join(number(edge, 2) for edge in edges)
            content.fill(BLACK)
            matrix = f"{number(picture.width_pt)} 0 0 {number(picture.height_pt)} {number(edges[0])} {number(edges[1])}"
            # a picture knocks out, a stencil of black overprints as text does
            state = "" if pressed.is_mask else "/G0 gs "
            content.raw(f"{tagger.figure(picture, box)} q {state}{matrix} cm /{name} Do Q EMC")
        return out

    def _write(self, picture: PressPicture) -> Ref:
        entries: dict[str, object] = {
            "Type": Name("XObject"), "Subtype": Name("Image"), "Width": picture.width, "Height": picture.height,
            "BitsPerComponent": picture.bits, "Filter": Name("FlateDecode"),
        }  # fmt: skip
        if picture.is_mask:
            entries["ImageMask"] = True
        else:
            entries["ColorSpace"] = Name(picture.space)
        return self._file.stream(picture.data, entries, deflate=False)
