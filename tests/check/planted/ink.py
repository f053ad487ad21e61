"""Faults of ink."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.check.planted.planting import X, draw, picture, plants, resource

# ------------------------------------------------------------ ink


@plants("ink.total", *X)
def too_much_ink(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "1 0.9 0.9 0.9 k 100 100 50 50 re f")


@plants("ink.total", *X)
def a_picture_of_too_much_ink(pdf: pikepdf.Pdf) -> None:
    image = picture(pdf)
    image.write(b"\xff" * 64)
    resource(pdf, "XObject", "Im9", image)
    draw(pdf, "1 0 0 1 100 100 cm /Im9 Do")


def show(pdf: pikepdf.Pdf, size: float, ink: str) -> None:
    """The first font's second character again."""
    name = next(iter(pdf.pages[0].obj.Resources.Font.keys()))
    draw(pdf, f"{ink} BT {name} {size} Tf 100 100 Td <0002> Tj ET")


@plants("ink.text", *X)
def four_colour_black(pdf: pikepdf.Pdf) -> None:
    show(pdf, 9, "0.5 0.4 0.4 1 k")


@plants("ink.overprint", *X)
def text_that_knocks_out(pdf: pikepdf.Pdf) -> None:
    for state in pdf.pages[0].obj.Resources.ExtGState.values():
        state.op = state.OP = False


@plants("ink.overprint", *X)
def overprint_mode_0(pdf: pikepdf.Pdf) -> None:
    for state in pdf.pages[0].obj.Resources.ExtGState.values():
        state.OPM = 0


@plants("ink.white", *X)
def white_that_overprints(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "/G1 gs 0 0 0 0 k 100 100 50 50 re f")


@plants("text.reversed", *X)
def small_reversed_type(pdf: pikepdf.Pdf) -> None:
    show(pdf, 6, "/G0 gs 0 0 0 0 k")


@plants("ink.registration", *X)
def registration_inside(pdf: pikepdf.Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1], N=1)
    resource(
        pdf,
        "ColorSpace",
        "Every",
        Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)]),
    )
    draw(pdf, "/Every cs 1 scn 100 100 50 50 re f")


@plants("line.hairline", *X)
def a_hairline(pdf: pikepdf.Pdf) -> None:
    draw(pdf, "0.1 w 100 100 m 200 100 l S")


@plants("picture.resolution", *X)
def a_coarse_picture(pdf: pikepdf.Pdf) -> None:
    resource(pdf, "XObject", "Im9", picture(pdf))
    draw(pdf, "100 0 0 100 100 100 cm /Im9 Do")


@plants("picture.resolution", *X)
def a_coarse_bitmap(pdf: pikepdf.Pdf) -> None:
    image = picture(pdf)
    image.BitsPerComponent, image.Width, image.Height = 1, 400, 1
    image.ColorSpace = Name.DeviceGray
    resource(pdf, "XObject", "Im9", image)
    draw(pdf, "72 0 0 0.18 100 100 cm /Im9 Do")
