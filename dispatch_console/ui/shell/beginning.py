"""What is needed before there is a window: a display, a depot, a clock; and a sentence where there will be none."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimeZone
from PySide6.QtGui import QGuiApplication

from dispatch_console import resources
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import Depot, DepotId
from dispatch_console.domain.places import Place
from dispatch_console.services import logs, workstation
from dispatch_console.services.regions import current
from dispatch_console.ui.plain import problem
from dispatch_console.ui.shell import language

log = logging.getLogger(__name__)

#: Where a new depot stands until its address is set: Vaduz, in the middle of the sample's pack.
_SOMEWHERE = Place(47.141, 9.521)


def introduce(application: QGuiApplication, *, plain: bool) -> None:
    """The name of the program, and its language unless `plain`: pictures are the same everywhere."""
    application.setApplicationName(logs.APP)
    application.setApplicationDisplayName(logs.APP)
    language.set_up(application, "" if plain else workstation.load().language)


def town() -> Path | None:
    """The sample's region for a picture, which waits for it; without it the picture is of estimated roads."""
    from dispatch_console.services import sample_pack

    try:
        return sample_pack.ensure_pack(current.built_folder())
    except UserError as error:
        log.warning("the sample without its region: %s", error.message)
        return None


def new_depot() -> Depot:
    zone = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace") or "UTC"
    return Depot(DepotId(0), "My depot", _SOMEWHERE, zone)


def need_display(shot: bool) -> None:
    """On Linux without a display a picture is drawn off the screen; a window cannot be opened."""
    chosen = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    if sys.platform != "linux" or any(os.environ.get(name) for name in chosen):
        return
    if not shot:
        shown = f"“{resources.command()} shot” takes its picture without one."
        raise UserError(f"There is no display to open a window on. {shown}")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def say(error: UserError, *, quiet: bool) -> None:
    """There is no window yet that could show the sentence."""
    if not quiet and QGuiApplication.platformName() not in ("offscreen", "minimal"):
        problem(QGuiApplication.applicationDisplayName(), error.message).exec()
