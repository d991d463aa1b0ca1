"""Route colours can be told apart by all kinds of eyes, and text can be read on its ground.

Distances are Euclidean in OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020), times 100.
Colour blindness: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation
of Color Vision Deficiency", 2009, full severity, applied to linear RGB.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from dispatch_console.ui.theme import tokens
from dispatch_console.ui.theme.tokens import contrast

#: About 2 is just visible; a thin line needs about 8.
FLOOR = 8.0

EYES = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}

#: What the design measured for the nearest pair.
MEASURED = {
    ("light", "normal"): 11.3,
    ("light", "protan"): 9.1,
    ("light", "deutan"): 9.2,
    ("light", "tritan"): 9.1,
    ("dark", "normal"): 10.9,
    ("dark", "protan"): 8.8,
    ("dark", "deutan"): 8.7,
    ("dark", "tritan"): 8.7,
}

#: ink → the grounds it is written on
ON = {
    "tx": ("bg", "pane", "raise", "field", "hover", "accbg"),
    "tx2": ("bg", "pane", "raise", "field", "hover", "accbg"),
    "tx3": ("pane", "raise", "field", "hover"),
    "acc": ("pane", "raise", "accbg"),
    "on_acc": ("acc",),
    "red": ("pane", "raise", "redbg"),
    "amb": ("pane", "raise", "ambbg"),
    "ok": ("pane", "raise"),
}


@pytest.mark.parametrize(("scheme", "eyes"), MEASURED)
def test_nearest_pair_of_route_colours(scheme: str, eyes: str) -> None:
    colours = [pair[0 if scheme == "light" else 1] for pair in tokens.ROUTES]
    seen = [_oklab(_seen_by(eyes, colour)) for colour in colours]
    nearest = min(float(np.linalg.norm(a - b)) * 100 for a, b in itertools.combinations(seen, 2))
    assert nearest >= FLOOR
    assert nearest == pytest.approx(MEASURED[scheme, eyes], abs=0.06)


@pytest.mark.parametrize("name", ["LIGHT", "DARK"])
@pytest.mark.parametrize("ink", ON)
def test_text_can_be_read(name: str, ink: str) -> None:
    scheme: dict[str, str] = getattr(tokens, name)
    too_faint = {
        ground: round(contrast(scheme[ink], scheme[ground]), 2)
        for ground in ON[ink]
        if contrast(scheme[ink], scheme[ground]) < 4.5
    }
    assert too_faint == {}


@pytest.mark.parametrize("dark", [False, True])
def test_ink_on_route_colours(dark: bool) -> None:
    for slot in range(1, 13):
        colour = tokens.route_colour(slot, dark)
        white = contrast("#FFFFFF", colour.fill) >= 4.2
        assert colour.ink == ("#FFFFFF" if white else "#10151B")
        assert contrast(colour.ink, colour.fill) >= 3.0


def test_colours_repeat_with_a_dash_from_slot_13() -> None:
    first, again = tokens.route_colour(1, False), tokens.route_colour(13, False)
    assert again.fill == first.fill
    assert (first.dashed, again.dashed) == (False, True)


def test_faint_fills_get_an_edge_on_the_light_map_only() -> None:
    edged = [slot for slot in range(1, 13) if tokens.route_colour(slot, False).edge]
    assert edged == [5, 8]  # sage and sand, 2.1:1 on white
    assert tokens.route_colour(5, False).edge == "#587266"  # 0x93 × 0.6 = 88.2, 0xBE × 0.6 = 114, 0xAA × 0.6 = 102
    assert not any(tokens.route_colour(slot, True).edge for slot in range(1, 13))


def test_both_schemes_know_the_same_tokens() -> None:
    assert tokens.LIGHT.keys() == tokens.DARK.keys()


def _linear(colour: str) -> NDArray[np.float64]:
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _seen_by(eyes: str, colour: str) -> NDArray[np.float64]:
    return np.clip(EYES[eyes] @ _linear(colour), 0, 1)


def _oklab(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    to_lms = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return to_lab @ np.cbrt(to_lms @ linear)
