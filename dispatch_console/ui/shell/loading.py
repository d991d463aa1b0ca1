"""Modules of the panels and pages that are not on the first look, loaded beside the window."""

from __future__ import annotations

import importlib
import logging

log = logging.getLogger(__name__)

_LATER = (
    "phone",
    "importing.page",
    "planning",
    "preview",
    "printing.print_page",
    "order_form.panel",
    "wizards.actions",
    "fleet.page",
    "debrief.page",
    "order_page.page",
)
#: What the search guesses with.
LIBRARIES = ("rapidfuzz.fuzz", "rapidfuzz.process")


def load() -> None:
    """On a thread of its own. A module that cannot be loaded is told when its page is wanted."""
    for name in (*LIBRARIES, *(f"dispatch_console.ui.{page}" for page in _LATER)):
        try:
            importlib.import_module(name)
        except ImportError:
            log.exception("a page could not be loaded")
