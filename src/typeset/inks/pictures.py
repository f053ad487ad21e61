"""Pictures in the press's inks: RGB and grey through ICC profiles, brought under the ink limit, or refused.

In: a picture's file and its box. Out: samples for the PDF, and what the printer should know. Line art becomes a
stencil of black, grey becomes black ink of the same lightness, colour goes through littlecms (Pillow's ImageCms).
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from typeset.inks.limiter import limited, most_ink
from typeset.inks.profiles import SHIPPED, IccProfile, data_folder, intent_of, read_profile
from typeset.model.edition import Edition, Picture
from typeset.model.findings import Finding, Place, Words
from typeset.model.layout import PrintSpec
from typeset.model.lengths import MM_PT

if TYPE_CHECKING:
    from PIL import Image

LEAST_BITMAP_PPI = 800.0
"""At the size printed (Ghent PDF Workgroup), as `PrintSpec.picture_ppi` is for what is no line art."""
DUE_PPI = PrintSpec().picture_ppi
_MOST_PPI, _USEFUL_PPI = 450.0, 300.0
"""Finer pictures than the first are brought down to the second: no screen of a press shows more."""
_MOST_PIXELS = 120_000_000
Space = Literal["DeviceCMYK", "DeviceGray", "DeviceRGB"]


@dataclass(frozen=True, slots=True, eq=False)
class PressPicture:
    """Deflated samples, row by row; a stencil's (`is_mask`) zeros are painted."""

    width: int
    height: int
    space: Space
    bits: int
    data: bytes
    is_mask: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Pressed:
    """By `id` of each picture of an edition; a refused one is missing."""

    pictures: Mapping[int, PressPicture]
    findings: tuple[Finding, ...]


def press_pictures(edition: Edition, spec: PrintSpec, near: Path) -> Pressed:
    """All pictures of an edition as a print profile wants them. Raises TypesetError for a wrong profile alone."""
    pictures = [picture for page in edition.pages for picture in page.pictures]
    if not pictures:
        return Pressed({}, ())
    intent = intent_of(spec, near)
    findings: list[Finding] = []
    profile = intent.profile if intent else None
    if intent is not None and profile is None:
        profile = read_profile((data_folder() / SHIPPED["FOGRA39"]).read_bytes())
        findings.append(Finding("warning", "print.picture.profile", Words(
            f"no profile of {spec.condition} was given: pictures are separated for FOGRA39",
            f"没有 {spec.condition} 的特性文件：图片按 FOGRA39 分色",
        )))  # fmt: skip
    out = {}
    for picture in pictures:
        made, said = press_picture(picture, spec.most_ink, profile, spec.picture_ppi)
        findings += said
        if made is not None:
            out[id(picture)] = made
    return Pressed(out, tuple(findings))


def press_picture(
    picture: Picture, most: float, profile: IccProfile | None, least_ppi: tuple[float, float] = DUE_PPI
) -> tuple[PressPicture | None, list[Finding]]:
    """One picture under an ink limit in per cent; without a profile it stays RGB or grey, for the screen."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    place = Place(picture.name)
    try:
        image: Any = Image.open(io.BytesIO(picture.data))
        if image.width * image.height > _MOST_PIXELS:
            raise ValueError(f"{image.width} × {image.height} pixels")
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        why = "no picture's file" if isinstance(error, UnidentifiedImageError) else str(error)
        words = Words(f"the picture can't be used ({why})", f"图片不能用（{why}）")
        return None, [Finding("error", "print.picture.unreadable", words, place)]
    findings = _resolution(picture, image, place, least_ppi)
    if image.mode == "1":
        return _stencil(image), findings
    image = _sized(image, picture)
    if profile is None:
        return _screen(image), findings
    if image.mode in ("L", "LA", "I", "I;16", "F"):
        return _grey(image, profile), findings
    return _coloured(image, most, profile, place, findings), findings


def _resolution(
    picture: Picture, image: Image.Image, place: Place, least_ppi: tuple[float, float]
) -> list[Finding]:
    """Too few pixels for the box: a finding that says how wide it may be, an error below the second of `least_ppi`."""
    ppi = min(image.width / picture.width_pt, image.height / picture.height_pt) * 72
    due, worst = (LEAST_BITMAP_PPI, 0.0) if image.mode == "1" else least_ppi
    if ppi >= due - 0.5:
        return []
    wide_mm = picture.width_pt * ppi / due / MM_PT
    return [Finding("error" if ppi < worst - 0.5 else "warning", "print.picture.resolution", Words(
        f"{ppi:.0f} ppi at its size, {due:g} are due; good up to {wide_mm:.0f} mm wide",
        f"按此尺寸只有 {ppi:.0f} ppi，应有 {due:g}；可用至 {wide_mm:.0f} mm 宽",
    ), place)]  # fmt: skip


def _sized(image: Any, picture: Picture) -> Any:
    ppi = min(image.width / picture.width_pt, image.height / picture.height_pt) * 72
    if ppi <= _MOST_PPI:
        return image
    scale = _USEFUL_PPI / ppi
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    from PIL import Image

    return (image.convert("RGBA") if image.mode == "P" else image).resize(size, Image.Resampling.LANCZOS)


def _deflated(samples: NDArray[np.uint8], space: Space) -> PressPicture:
    height, width = samples.shape[:2]
    return PressPicture(width, height, space, 8, zlib.compress(samples.tobytes(), 6))


def _stencil(image: Any) -> PressPicture:
    return PressPicture(image.width, image.height, "DeviceGray", 1, zlib.compress(image.tobytes(), 6), True)


def _flat(image: Any, mode: str) -> Any:
    """On white where it is transparent."""
    from PIL import Image

    if image.mode == "P" or "A" in image.getbands():
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(ground, image)
    elif image.mode in ("I", "I;16"):
        image = Image.fromarray((np.asarray(image, np.uint32) >> 8).astype(np.uint8))
    return image.convert(mode)


def _screen(image: Any) -> PressPicture:
    is_grey = image.mode in ("L", "LA", "I", "I;16", "F")
    flat = _flat(image, "L" if is_grey else "RGB")
    return _deflated(np.asarray(flat), "DeviceGray" if is_grey else "DeviceRGB")


def _grey(image: Any, profile: IccProfile) -> PressPicture:
    """Black ink of the lightness that the grey has, paper white for white and 100 K for black."""
    grey = np.asarray(_flat(image, "L"))
    ramp = np.zeros((1, 256, 4), np.uint8)
    ramp[0, :, 3] = np.arange(256)
    lightness = lab_of(ramp, profile)[0, :, 0]
    wanted = _lightness_of_grey()
    low, high = float(lightness.min()), float(lightness.max())
    scaled = low + (high - low) * (wanted - wanted.min()) / (wanted.max() - wanted.min())
    ink = np.interp(-scaled, -lightness, np.arange(256))
    return _deflated(255 - np.rint(ink).astype(np.uint8)[grey], "DeviceGray")


def _lightness_of_grey() -> NDArray[np.float64]:
    """L* of sRGB's greys (IEC 61966-2-1; CIE 15)."""
    value = np.arange(256) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.where(linear > 0.008856, 116 * np.cbrt(linear) - 16, 903.3 * linear)


def _coloured(
    image: Any, most: float, profile: IccProfile, place: Place, findings: list[Finding]
) -> PressPicture:
    from PIL import ImageCms

    if image.mode == "CMYK":
        cmyk = np.asarray(image)
    else:
        embedded = image.info.get("icc_profile") if image.mode in ("RGB", "LAB") else None
        flat = _flat(image, "RGB")
        transform = _transform(_source(embedded), profile.data, "RGB", "CMYK")
        cmyk = np.asarray(ImageCms.applyTransform(flat, transform))
    before = most_ink(cmyk)
    if before <= most:
        return _deflated(cmyk, "DeviceCMYK")
    less = limited(cmyk, most)
    difference = np.sqrt(((lab_of(cmyk, profile) - lab_of(less, profile)) ** 2).sum(-1))
    findings.append(Finding("info", "print.picture.ink", Words(
        f"{before:.0f} % of ink brought down to {most:g} % (ΔE {difference.mean():.1f} on average, {difference.max():.1f} at most)",
        f"总墨量由 {before:.0f}% 降到 {most:g}%（平均 ΔE {difference.mean():.1f}，最大 {difference.max():.1f}）",
    ), place))  # fmt: skip
    return _deflated(less, "DeviceCMYK")


def _source(embedded: bytes | None) -> bytes | None:
    """A picture's own RGB profile, where it is one."""
    if embedded is None:
        return None
    try:
        return embedded if read_profile(embedded).space == "RGB " else None
    except ValueError:
        return None


def _transform(source: bytes | None, target: bytes | None, mode_in: str, mode_out: str) -> Any:
    """Relative colorimetric with black point compensation; sRGB or Lab where no profile is given."""
    from PIL import ImageCms

    def opened(data: bytes | None, mode: str) -> Any:
        if data is not None:
            return ImageCms.ImageCmsProfile(io.BytesIO(data))
        return ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB")

    return ImageCms.buildTransform(
        opened(source, mode_in), opened(target, mode_out), mode_in, mode_out,
        ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip


def lab_of(cmyk: NDArray[np.uint8], profile: IccProfile) -> NDArray[np.float64]:
    """L*, a*, b* of CMYK samples on a profile's paper."""
    from PIL import Image, ImageCms

    image = Image.fromarray(np.ascontiguousarray(cmyk), "CMYK")
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(profile.data)), ImageCms.createProfile("LAB"), "CMYK", "LAB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )  # fmt: skip
    lab = np.asarray(ImageCms.applyTransform(image, transform)).astype(np.float64)
    lab[..., 0] *= 100 / 255
    lab[..., 1:] = (lab[..., 1:].astype(np.int16).astype(np.uint8).view(np.int8)).astype(np.float64)
    return lab
