"""The pictures that a manuscript names, read from its folder: bytes and size in pixels.

In: a bulletin and the folder of its file. Out: by name what `makeup` places. A picture that is missing, no picture,
or outside the folder is an error with the line that names it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from pathlib import Path

from typeset.model.bulletin import Bulletin, Illustration
from typeset.model.findings import TypesetError, Words
from typeset.model.pictures import PictureFile

MOST_BYTES = 200_000_000
MOST_PIXELS = 120_000_000
FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "BMP")
"""What Word takes as well."""
TURNED = frozenset((5, 6, 7, 8))
"""Values of Exif's orientation with width and height changed over."""


def load_pictures(bulletin: Bulletin, folder: Path) -> Mapping[str, PictureFile]:
    """Every picture of a bulletin by its name. Raises TypesetError."""
    named = (block.picture for article in bulletin.articles for block in article.body)
    out: dict[str, PictureFile] = {}
    for picture in named:
        if picture is not None and picture.file not in out:
            out[picture.file] = _load(picture, folder)
    return out


def _load(picture: Illustration, folder: Path) -> PictureFile:
    data = _bytes(picture, folder)
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    raise _wrong(
                        picture, f"{width} × {height} pixels are too many", f"{width} × {height} 像素过大"
                    )
                if image.getexif().get(0x0112) in TURNED:
                    width, height = height, width
                image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        unknown = isinstance(error, UnidentifiedImageError)
        why = Words("it is no picture", "不是图片") if unknown else Words(str(error), str(error))
        raise _wrong(picture, f"can't be used: {why.en}", f"不能用：{why.zh}") from None
    return PictureFile(data, width, height)


def _bytes(picture: Illustration, folder: Path) -> bytes:
    name = Path(picture.file)
    try:
        inside = folder.resolve()
        path = (inside / name).resolve()
        if name.is_absolute() or not path.is_relative_to(inside):
            raise _wrong(
                picture, "stands outside the manuscript's folder", "不在稿件文件所在的文件夹里",
                Words("put it beside the manuscript or in a folder under it", "请放到稿件文件旁边或其下的文件夹"),
            )  # fmt: skip
        if path.stat().st_size > MOST_BYTES:
            raise _wrong(picture, "is larger than 200 MB", "大于 200 MB")
        return path.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name; a loop of links
        reason = getattr(error, "strerror", None) or str(error)
        raise _wrong(
            picture, f"can't be read ({reason})", f"读不出（{reason}）",
            Words("its name is relative to the manuscript's folder", "文件名以稿件文件所在文件夹为起点"),
        ) from None  # fmt: skip


def _wrong(picture: Illustration, en: str, zh: str, hint: Words | None = None) -> TypesetError:
    hint = hint or Words("give a JPEG, PNG or TIFF that opens", "请用能打开的 JPEG、PNG 或 TIFF 文件")
    return TypesetError(
        Words(f"the picture “{picture.file}” {en}", f"图片“{picture.file}”{zh}"), hint, picture.place
    )
