"""Colours by name, light and dark, and the twelve route colours. Plain values: no Qt here.

One accent. Red is a broken rule or the now-line, amber a risk or "needs a person", both always with a word or an
icon. Route colours are numbered by the driver's slot for the day and mean nothing else.
"""

from __future__ import annotations

from typing import Final, NamedTuple

LIGHT: Final[dict[str, str]] = {
    "bg": "#ECEFF2",
    "pane": "#FFFFFF",
    "raise": "#F7F8FA",
    "field": "#FFFFFF",
    "hover": "#F1F4F8",
    "line": "#DDE2E7",
    "line2": "#EBEEF1",
    "tx": "#171B20",
    "tx2": "#545E69",
    "tx3": "#67717C",
    "acc": "#2456C8",
    "on_acc": "#FFFFFF",
    "accbg": "#E7EEFC",
    "red": "#C0201C",
    "redbg": "#FCEBE9",
    "amb": "#8F5600",
    "ambbg": "#FDF1DC",
    "ok": "#3F6B57",
    "done": "#A3ABB3",
    "map_land": "#F1F2EE",
    "map_town": "#E7E6E1",
    "map_water": "#B9D3E3",
    "map_park": "#D7E5CD",
    "map_wood": "#CADBC0",
    "map_farm": "#EEEFE6",
    "map_rock": "#E6E5E1",
    "map_street": "#FFFFFF",
    "map_road": "#FFFFFF",
    "map_casing": "#BDBBB2",
    "map_edge": "#D5D3CB",
    "map_tunnel": "#F3F3F0",
    "map_path": "#C3BDB0",
    "map_rail": "#B3B1AA",
    "map_building": "#DAD7CF",
    "map_building_edge": "#C9C5BB",
    "map_label": "#5C646D",
}

DARK: Final[dict[str, str]] = {
    "bg": "#14171B",
    "pane": "#1C2025",
    "raise": "#23282E",
    "field": "#16191D",
    "hover": "#272D34",
    "line": "#333A42",
    "line2": "#2A3037",
    "tx": "#E8EBEE",
    "tx2": "#A9B2BC",
    "tx3": "#8A949F",  # #838D98 of the drawings is only 4.1:1 on `hover`
    "acc": "#86ABFF",
    "on_acc": "#0E1730",
    "accbg": "#26345A",
    "red": "#FF8078",
    "redbg": "#45211F",
    "amb": "#F0B65A",
    "ambbg": "#40311A",
    "ok": "#8FC7AB",
    "done": "#5F6872",
    "map_land": "#20252A",
    "map_town": "#272C31",
    "map_water": "#1B3446",
    "map_park": "#223026",
    "map_wood": "#1E2C23",
    "map_farm": "#22272A",
    "map_rock": "#262B30",
    "map_street": "#343B42",
    "map_road": "#4A525B",
    "map_casing": "#20252A",
    "map_edge": "#1D2126",
    "map_tunnel": "#2A3036",
    "map_path": "#3B4248",
    "map_rail": "#3F464D",
    "map_building": "#2C3238",
    "map_building_edge": "#363D44",
    "map_label": "#98A2AC",
}

#: (light, dark) by slot 1 … 12.
ROUTES: Final[tuple[tuple[str, str], ...]] = (
    ("#3937B4", "#7684FB"),
    ("#5D9CE3", "#9FD4FE"),
    ("#12287D", "#656ABF"),
    ("#2F9171", "#42C07E"),
    ("#93BEAA", "#CBF2E7"),
    ("#546954", "#828F7E"),
    ("#849415", "#B9D22D"),
    ("#CEA959", "#FEDE90"),
    ("#6C4402", "#C67D1E"),
    ("#54204B", "#975F87"),
    ("#9F53C0", "#C699FA"),
    ("#DD64A6", "#FC97BE"),
)

DARK_INK: Final = "#10151B"
LIGHT_INK: Final = "#FFFFFF"


class RouteColour(NamedTuple):
    """How a route looks: fill, ink on it, a darker edge where it is faint on white, dashed from slot 13 on."""

    fill: str
    ink: str
    edge: str | None
    dashed: bool


def route_colour(slot: int, dark: bool) -> RouteColour:
    """The colour of a slot (from 1). From 13 on the colours repeat with a dashed line and a notched chip."""
    round_, index = divmod(slot - 1, len(ROUTES))
    fill = ROUTES[index][1 if dark else 0]
    faint = not dark and contrast(fill, "#FFFFFF") < 2.5
    return RouteColour(fill, ink_on(fill), darker(fill) if faint else None, round_ > 0)


def ink_on(fill: str) -> str:
    """White where its contrast is at least 4.2:1, else the dark ink."""
    return LIGHT_INK if contrast(LIGHT_INK, fill) >= 4.2 else DARK_INK


def darker(colour: str) -> str:
    """Each channel × 0.6."""
    return "#" + "".join(f"{round(channel * 0.6):02X}" for channel in _channels(colour))


def contrast(a: str, b: str) -> float:
    """Contrast ratio 1 … 21 of two `#RRGGBB` colours (WCAG 2.1, relative luminance)."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    r, g, b = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
