"""What the empty orders pane and the empty board have in common: a day's name, buttons that run actions."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale

from dispatch_console.ui.desk import Desk
from dispatch_console.ui.widgets import Button


def day_name(date: dt.date) -> str:
    """`Tue 24 Nov`, in English whatever the system speaks."""
    return QLocale(QLocale.Language.English).toString(QDate(date.year, date.month, date.day), "ddd d MMM")


def asking(desk: Desk, action: str, text: str, *, key: str = "", primary: bool = False) -> Button:
    """A button that runs an action of the window, by its id: it may be added later than the pane."""

    def run() -> None:
        if action in desk.actions:
            desk.actions[action].run()

    button = Button(text, kind="primary" if primary else "normal", size=32, key=key)
    button.clicked.connect(run)
    return button
