"""Sheets as pages: values into HTML by the templates of resources/sheets. Everything is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from dispatch_console import resources
from dispatch_console.domain import reasons
from dispatch_console.manifests import codes, figures
from dispatch_console.manifests.changed_sheet import ChangedSheet
from dispatch_console.manifests.day_summary import DaySummary
from dispatch_console.manifests.differences import MOVED_S
from dispatch_console.manifests.driver_sheet import DriverSheet
from dispatch_console.manifests.hand_over import HandOver
from dispatch_console.manifests.labels import ParcelLabel
from dispatch_console.manifests.loading_list import LoadingList
from dispatch_console.manifests.paper import MEASURES, Paper

#: Width of a module of Code 128 and height of its bars, in mm; on labels 0.375 is three dots at 203 dpi.
_SHEET_CODE = (0.33, 9)
_LABEL_CODE = (0.375, 22)

VEHICLE_CHECKS = (
    *("Tyres", "Lights", "Mirrors", "Plates", "Doors", "Leaks", "Brakes", "Steering", "Wipers, horn", "Load"),
)

_DIGITS = "   ".join(f"{key} {reasons.WORDS[reason]}" for key, reason in reasons.KEYS.items() if len(key) == 1)
_OUTCOMES = (
    "OUTCOME:  D delivered   C collected   P partial   F failed   S skipped.   "
    f"After P, F or S add the reason digit, e.g. F1:\n{_DIGITS}   0 other"
)
_LOADING = (
    "Load from the top of this list: first line goes in first, against the bulkhead.\n"
    "Tick one box per piece. Missing, damaged or surplus piece: write it under “Differences” "
    "and phone the depot before leaving."
)
_BOTH_TICK = "Tick GIVEN and TAKEN piece by piece, both drivers together. Sign only when all lines are ticked."
_SUMMARY = (
    "Late risk: stops with less than 20 minutes to spare before their window closes.\n"
    "Pieces, kg and m³: all goods handled, deliveries and collections."
)
_SIGNS = "± minutes and km: "
_EVENING = (
    "Above the plan as it was approved, below what was; “~”: a forecast, or no odometer read (way as it is now)."
    f"\n{_SIGNS}+ is later or longer than planned. Open: nobody told of these stops. COD: due, counted."
)


def driver_sheet(sheet: DriverSheet, paper: Paper) -> str:
    return _render("driver_sheet", paper, f"Driver sheet {sheet.head.letter}", _OUTCOMES, sheet=sheet)


def loading_list(sheet: LoadingList, paper: Paper) -> str:
    return _render("loading_list", paper, f"Loading list {sheet.head.letter}", _LOADING, sheet=sheet)


def hand_over(sheet: HandOver, paper: Paper, credit: str = "") -> str:
    """`credit`: whom the roads are from that its ways and times follow; empty if nobody need be told."""
    phones = (("Depot", sheet.depot_phone), ("emergency", sheet.emergency_phone))
    known = " · ".join([*(f"{word} {phone}" for word, phone in phones if phone), *([credit] if credit else [])])
    footer = f"{_BOTH_TICK}\n{known}"
    title = f"Hand-over {sheet.head.letter} copy {sheet.copy}"
    return _render("hand_over", paper, title, footer, sheet=sheet, corner_text=f"Copy {sheet.copy}")


def changed_sheet(sheet: ChangedSheet, paper: Paper) -> str:
    return _render("changed_sheet", paper, "Changed sheet", _OUTCOMES, sheet=sheet)


def day_summary(sheet: DaySummary, paper: Paper, credit: str = "") -> str:
    """`credit`: as on a hand-over."""
    title, footer = f"Day summary {figures.day_short(sheet.date)}", _SUMMARY if sheet.evening is None else _EVENING
    if credit:  # with it the last line has no room for what the heads of the columns say
        footer = f"{footer.replace(_SIGNS, '')} · {credit}"
    return _render("day_summary", paper, title, footer, sheet=sheet)


def labels(labels: Sequence[ParcelLabel]) -> str:
    """Labels, one a page."""
    title = f"Labels {labels[0].letter}" if labels else "Labels"
    return _template("labels").render(labels=labels, title=title, fonts=_fonts())


def _render(name: str, paper: Paper, title: str, footer: str, **values: object) -> str:
    return _template(name).render(measures=MEASURES[paper], title=title, footer=footer, fonts=_fonts(), **values)


def _fonts() -> str:
    """The address of the folder with the Inter files, for @font-face."""
    return resources.path("fonts").as_uri()


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html.j2")


@cache
def _environment() -> Environment:
    """`Environment()` alone would not escape, and `select_autoescape` would miss these file names."""
    environment = Environment(
        loader=FileSystemLoader(resources.path("sheets"), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        kg=figures.kg,
        m3=figures.m3,
        km=figures.km,
        pieces=figures.pieces,
        goods=figures.goods,
        amounts=figures.amounts,
        figure=figures.figure,
        day_short=figures.day_short,
        day_long=figures.day_long,
        numbers=figures.numbers,
        css_string=figures.css_string,
        qr=codes.qr,
    )
    helpers: dict[str, object] = {
        "sheet_code": _sheet_code,
        "label_code": _label_code,
        "order_code": codes.order,
        "moved_min": MOVED_S // 60,
        "vehicle_checks": VEHICLE_CHECKS,
    }
    cast(dict[str, object], environment.globals).update(helpers)
    return environment


def _sheet_code(text: str) -> Markup:
    return codes.code128(text, *_SHEET_CODE)


def _label_code(text: str) -> Markup:
    return codes.code128(text, *_LABEL_CODE)
