"""What the empty orders pane and the empty board have in common: a day's name, buttons that run actions."""

from __future__ import annotations

from dispatch_console.ui.desk import Desk
from dispatch_console.ui.widgets import Button


def asking(desk: Desk, action: str, text: str, *, key: str = "", primary: bool = False) -> Button:
    """A button that runs an action of the window, by its id: it may be added later than the pane."""

    button = Button(text, kind="primary" if primary else "normal", size=32, key=key)
    button.clicked.connect(lambda: desk.run(action))
    return button
