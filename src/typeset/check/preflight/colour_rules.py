"""Rules on colour spaces, spot inks and transparency (ISO 15930-7, 6.4 and 6.20; 15930-4, 6.3~)."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Stream

from typeset.check.preflight.document import Document, items_of, name_of, number_of
from typeset.check.preflight.report import Ledger
from typeset.check.preflight.spaces import Space, space_of, spot_key
from typeset.check.preflight.walk import Walk

_X1A_SPACES = frozenset(("DeviceGray", "DeviceCMYK", "Separation", "DeviceN", "Indexed", "Pattern"))
_PRESS = frozenset(("DeviceGray", "DeviceCMYK", "Separation", "DeviceN", "Indexed", "Pattern"))
_BLEND_MODES = frozenset(
    """Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference
    Exclusion Hue Saturation Color Luminosity""".split()
)


def check_colour(document: Document, walk: Walk, ledger: Ledger) -> None:
    _spaces(document, walk, ledger)
    _spots(walk, ledger)
    _transparency(document, walk, ledger)


def intent_components(document: Document) -> int:
    """Of the output intent's profile: 4 for CMYK, which a condition named alone is, too."""
    for intent in items_of(document.root.get("/OutputIntents")):
        if isinstance(intent, Dictionary) and name_of(intent.get("/S")) == "GTS_PDFX":
            profile = intent.get("/DestOutputProfile")
            return int(number_of(profile.get("/N"), 4)) if isinstance(profile, Stream) else 4
    return 0


def _spaces(document: Document, walk: Walk, ledger: Ledger) -> None:
    components = intent_components(document)
    for space, place in walk.spaces.values():
        family = space.family
        if ledger.profile == "x1a":
            ledger.see(
                "colour.spaces", family in _X1A_SPACES, place, family, "DeviceGray, DeviceCMYK or spot inks"
            )
        elif family == "DeviceRGB":
            ledger.see("colour.spaces", components == 3, place, family, "the output intent's own space")
        elif family == "DeviceCMYK":
            ledger.see("colour.spaces", components == 4, place, family, "the output intent's own space")
        elif family == "ICCBased":
            _icc(space, place, ledger)
        else:
            ledger.see("colour.spaces", family != "?", place, family, "a colour space of ISO 32000-1")
        is_press = family in _PRESS or (family == "ICCBased" and space.components == 4)
        ledger.see("colour.device", is_press, place, family, "DeviceCMYK, DeviceGray or a spot ink")


def _icc(space: Space, place: str, ledger: Ledger) -> None:
    data = bytes(space.source.read_bytes())
    expected = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4, b"Lab ": 3}.get(data[16:20], 0)
    right = data[36:40] == b"acsp" and expected == space.components
    ledger.see(
        "colour.spaces", right, place, f"ICCBased, N {space.components}", "a whole profile of N components"
    )


def _spots(walk: Walk, ledger: Ledger) -> None:
    known: dict[str, tuple[object, ...]] = {}
    for space, place in walk.spaces.values():
        if space.family == "Separation" and space.names and space.names[0] not in ("All", "None"):
            key = spot_key(space)
            same = known.setdefault(space.names[0], key) == key
            ledger.see(
                "colour.spots",
                same,
                place,
                f"{space.names[0]} defined twice",
                "one alternate and tint transform",
            )
            family = space.base.family if space.base else "?"
            if ledger.profile == "x1a":
                ledger.see(
                    "colour.spots",
                    family in ("DeviceCMYK", "DeviceGray"),
                    place,
                    f"alternate {family}",
                    "DeviceCMYK",
                )


def _transparency(document: Document, walk: Walk, ledger: Ledger) -> None:
    ledger.see("transparency.none", True)
    for state, place in walk.states.values():
        for key in ("/CA", "/ca"):
            if key in state:
                ledger.see(
                    "transparency.none",
                    number_of(state[key], 1.0) == 1.0,
                    place,
                    f"{key[1:]} {state[key]}",
                    "1",
                )
        if "/SMask" in state:
            ledger.see("transparency.none", name_of(state["/SMask"]) == "None", place, "a soft mask", "None")
        for mode in items_of(state.get("/BM")):
            name = name_of(mode)
            ledger.see("transparency.none", name in ("Normal", "Compatible"), place, f"BM {name}", "Normal")
            ledger.see(
                "transparency.blend", name in _BLEND_MODES, place, f"BM {name}", "a blend mode of ISO 32000-1"
            )
    for placed in walk.placed:
        is_soft = (
            isinstance(placed.image.get("/SMask"), Stream) or number_of(placed.image.get("/SMaskInData")) > 0
        )
        ledger.see(
            "transparency.none", not is_soft, f"page {placed.page}", "a picture with a soft mask", "none"
        )
    groups = [(page.get("/Group"), f"page {n}", page) for n, page in enumerate(document.pages, 1)]
    groups += [(form.get("/Group"), place, form) for form, place in walk.forms.values()]
    for group, place, owner in groups:
        if isinstance(group, Dictionary) and name_of(group.get("/S")) == "Transparency":
            ledger.see("transparency.none", False, place, "a transparency group", "none")
            _group(group, place, owner, intent_components(document), ledger)


def _group(group: Any, place: str, owner: Any, components: int, ledger: Ledger) -> None:
    value = group.get("/CS")
    if value is None:
        return
    resources = owner.get("/Resources")
    space = space_of(value, resources if isinstance(resources, Dictionary) else Dictionary())
    right = space.components == components or (isinstance(value, Array) and space.family == "ICCBased")
    ledger.see("transparency.blend", right, place, f"a group in {space.family}", "the output intent's space")
