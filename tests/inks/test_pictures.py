"""Pictures for the press: ink limits, neutral greys, line art, what is refused or said."""

from __future__ import annotations

import dataclasses
import io
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from PIL import Image

from tests.samples import SAMPLE, edition_of, faces_of, layout_of
from typeset.inks.limiter import limited, most_ink
from typeset.inks.pictures import PressPicture, lab_of, press_picture, press_pictures
from typeset.inks.profiles import SHIPPED, data_folder, read_profile
from typeset.model.edition import Picture
from typeset.model.layout import PrintSpec
from typeset.model.lengths import MM_PT
from typeset.write.pdf import write_pdf

FOGRA39 = read_profile((data_folder() / SHIPPED["FOGRA39"]).read_bytes())
WIDE, HIGH = 240, 180
AT_300_PPI = (WIDE / 300 * 72, HIGH / 300 * 72)


def png(image: Any, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", **options)
    return out.getvalue()


def placed(data: bytes, width_pt: float = AT_300_PPI[0], height_pt: float = AT_300_PPI[1]) -> Picture:
    return Picture(60, 60, width_pt, height_pt, data, "photo.png", "一张照片")


def colours() -> Any:
    y, x = np.mgrid[0:HIGH, 0:WIDE]
    samples = np.stack([x * 255 // WIDE, y * 255 // HIGH, (x + y) % 256], -1).astype(np.uint8)
    samples[:40, :60] = 0
    return Image.fromarray(samples)


def samples_of(picture: PressPicture) -> NDArray[np.uint8]:
    channels = {"DeviceCMYK": 4, "DeviceGray": 1, "DeviceRGB": 3}[picture.space]
    return np.frombuffer(zlib.decompress(picture.data), np.uint8).reshape(
        picture.height, picture.width, channels
    )


@given(arrays(np.uint8, (3, 5, 4)), st.sampled_from([180, 220, 240, 300, 320]))
def test_no_pixel_has_more_ink_than_the_limit_and_right_ones_stay(cmyk: NDArray[np.uint8], most: int) -> None:
    less = limited(cmyk, most)
    assert most_ink(less) <= most + 1e-9
    right = cmyk.sum(-1, dtype=int) <= int(most * 2.55)
    assert (less[right] == cmyk[right]).all()
    assert (less[..., :3] <= cmyk[..., :3]).all()
    assert (less[..., 3] >= cmyk[..., 3]).all()


@pytest.mark.parametrize("most", [240, 300])
def test_the_limiter_keeps_neutral_neutral(most: int) -> None:
    """The darkest grey of the profile loses no more than four of lightness, and no hue creeps in."""
    dark = np.array([[[211, 183, 115, 255]]], np.uint8)  # FOGRA39's own black, 300 %
    dark = np.repeat(dark, 4, axis=1)
    dark[0, :, 3] = (255, 230, 200, 180)
    before, after = lab_of(dark, FOGRA39), lab_of(limited(dark, most), FOGRA39)
    assert np.abs(after[..., 0] - before[..., 0]).max() < 8
    assert np.abs(after[..., 1:] - before[..., 1:]).max() < 6


@pytest.mark.parametrize(
    ("most", "mode"), [(240, "RGB"), (300, "RGB"), (240, "RGBA"), (240, "P"), (240, "CMYK")]
)
def test_colour_is_separated_under_the_limit(most: float, mode: str) -> None:
    image = colours().convert(mode)
    out = io.BytesIO()
    image.save(out, "TIFF" if mode == "CMYK" else "PNG")
    made, findings = press_picture(placed(out.getvalue()), most, FOGRA39)
    assert made is not None
    assert (made.space, made.bits) == ("DeviceCMYK", 8)
    assert most_ink(samples_of(made)) <= most
    for finding in findings:
        assert finding.code == "print.picture.ink"
        assert "ΔE" in finding.message.zh


def test_what_is_transparent_is_paper() -> None:
    made, _ = press_picture(placed(png(Image.new("RGBA", (WIDE, HIGH), (255, 0, 0, 0)))), 300, FOGRA39)
    assert made is not None
    assert samples_of(made).max() <= 3


def test_grey_is_black_ink_of_its_own_lightness() -> None:
    ramp = np.tile(np.linspace(0, 255, WIDE).astype(np.uint8), (HIGH, 1))
    made, findings = press_picture(placed(png(Image.fromarray(ramp))), 240, FOGRA39)
    assert made is not None
    assert made.space == "DeviceGray"
    assert not findings
    shown = samples_of(made)[0, :, 0].astype(int)
    assert (shown[0], shown[-1]) == (0, 255)
    assert (np.diff(shown) >= 0).all()
    ink = np.zeros((1, WIDE, 4), np.uint8)
    ink[0, :, 3] = 255 - shown
    lightness = lab_of(ink, FOGRA39)[0, :, 0]
    # even steps of the eye between paper and black: the middle of sRGB's ramp, L* 53, stays in the middle
    middle = (lightness[WIDE // 2] - lightness[0]) / (lightness[-1] - lightness[0])
    assert middle == pytest.approx(0.535, abs=0.03)


def test_line_art_is_a_stencil_and_wants_800_ppi() -> None:
    art = Image.fromarray((np.indices((HIGH, WIDE)).sum(0) % 2 * 255).astype(np.uint8)).convert("1")
    made, findings = press_picture(placed(png(art)), 240, FOGRA39)
    assert made is not None
    assert (made.is_mask, made.bits) == (True, 1)
    assert [f.code for f in findings] == ["print.picture.resolution"]
    assert "300 ppi" in findings[0].message.en
    made, findings = press_picture(placed(png(art), WIDE / 800 * 72, HIGH / 800 * 72), 240, FOGRA39)
    assert not findings


@pytest.mark.parametrize(("wide_mm", "severity"), [(100, "error"), (35, "warning")])
def test_a_coarse_picture_is_said_with_the_size_that_it_is_good_for(wide_mm: float, severity: str) -> None:
    made, findings = press_picture(
        placed(png(colours()), wide_mm * MM_PT, wide_mm * 0.75 * MM_PT), 300, FOGRA39
    )
    assert made is not None
    (finding,) = (f for f in findings if f.code == "print.picture.resolution")
    assert finding.severity == severity  # 61 and 174 ppi: under 150, under 200
    assert "可用至 30 mm 宽" in finding.message.zh  # 240 pixels at 200 ppi are 30.5 mm


def test_a_picture_finer_than_any_screen_is_brought_down() -> None:
    made, _ = press_picture(placed(png(colours()), WIDE / 900 * 72, HIGH / 900 * 72), 300, FOGRA39)
    assert made is not None
    assert (made.width, made.height) == (WIDE // 3, HIGH // 3)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(20)])
def test_what_is_no_picture_is_refused_with_a_finding(data: bytes) -> None:
    made, findings = press_picture(placed(data), 300, FOGRA39)
    assert made is None
    assert [(f.severity, f.code) for f in findings] == [("error", "print.picture.unreadable")]
    assert str(findings[0].place) == "photo.png"


def test_a_cut_picture_is_refused() -> None:
    made, findings = press_picture(placed(png(colours())[:-2000]), 300, FOGRA39)
    assert made is None
    assert findings[0].code == "print.picture.unreadable"


@pytest.mark.parametrize(("spec", "space", "profile_finding"), [
    (PrintSpec("x4", "FOGRA39"), "/DeviceCMYK", False), (PrintSpec("x1a", "IFRA26"), "/DeviceCMYK", True),
    (PrintSpec("screen"), "/DeviceRGB", False),
])  # fmt: skip
def test_pictures_on_their_page(spec: PrintSpec, space: str, profile_finding: bool) -> None:
    edition = edition_of(SAMPLE, "tabloid")
    page = dataclasses.replace(edition.pages[0], pictures=(placed(png(colours())), placed(b"broken")))
    edition = dataclasses.replace(edition, pages=(page, *edition.pages[1:]))
    layout = dataclasses.replace(layout_of(), print=spec)
    pressed = press_pictures(edition, spec, Path("."))
    codes = [finding.code for finding in pressed.findings]
    assert ("print.picture.profile" in codes) == profile_finding
    assert "print.picture.unreadable" in codes
    with pikepdf.open(io.BytesIO(write_pdf(edition, faces_of(), layout, pressed=pressed))) as pdf:
        (image,) = pdf.pages[0].obj.Resources.XObject.values()
        assert str(image.ColorSpace) == space
        assert "/XObject" not in pdf.pages[1].obj.Resources
        figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["一张照片"]
        left, bottom, right, top = (float(v) for v in figures[0].A.BBox)
        assert (right - left, top - bottom) == pytest.approx(AT_300_PPI, abs=0.01)
