"""The strip over the panes while the shared store is away, and for edits that it did not take afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dispatch_console.services import repeating
from dispatch_console.services.saving import Refused, SaveState
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.plain import plain
from dispatch_console.ui.shell.savesign import SaveSign, wall
from dispatch_console.ui.shell.strips import StripRow
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.widgets import Button, Text

#: So many refused edits are seen at once; the others by scrolling.
_LINES, _LINE = 4, 20


class AwayStrip(QWidget):
    """What it shows comes by `show_state`. `retry`, `seen`: the buttons."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.away = StripRow("ph.cloud-slash-fill", "amb", "ambbg")
        self.retry = Button(self.tr("Try now"), "ph.arrow-clockwise")
        self.away.add(self.retry)
        self.refused = StripRow("ph.warning-circle-fill", "red", "redbg")
        self.seen = Button(self.tr("Seen"), "ph.check-bold")
        self.again = Button(self.tr("Do it again"), "ph.arrow-u-down-right", kind="primary")
        self.refused.add(self.again)
        self.refused.add(self.seen)
        self.lines = _Lines()
        self.refused.column.addWidget(self.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in (self.away, self.refused):
            column.addWidget(row)
        self.show_state(SaveState())

    def set_narrow(self, narrow: bool) -> None:
        for button in (self.retry, self.again, self.seen):
            button.set_tight(narrow)

    def show_state(self, state: SaveState) -> None:
        self.away.setVisible(state.away_since is not None)
        if state.away_since is not None:
            title = self.tr("The shared store cannot be reached since {time}.")
            self.away.show_words(
                title.format(time=wall(self._desk, state.away_since)), self._waiting(state.pending)
            )
        self.refused.setVisible(bool(state.refused))
        if state.refused:
            self.refused.show_words(self._not_saved(len(state.refused)), self._what_now())
            self.lines.show_lines([self._line(one) for one in state.refused])
            self.again.setVisible(any(repeating.can_repeat(one, self._desk.session.real) for one in state.refused))
        self.setVisible(state.away_since is not None or bool(state.refused))

    def _waiting(self, n: int) -> str:
        if not n:
            go_on = self.tr("You can go on with this day: edits wait here and are sent when it is back.")
        elif n == 1:
            go_on = self.tr("You can go on with this day: 1 edit waits here and is sent when it is back.")
        else:
            go_on = self.tr(
                "You can go on with this day: {n} edits wait here and are sent when it is back."
            ).format(n=n)
        return f"{go_on} {self.tr('Other days, search in all days, imports and new orders have to wait.')}"

    def _not_saved(self, n: int) -> str:
        return self.tr("1 edit was not saved.") if n == 1 else self.tr("{n} edits were not saved.").format(n=n)

    def _what_now(self) -> str:
        return self.tr("What they were made on was changed meanwhile; the day is shown as it is now.")

    def _line(self, one: Refused) -> str:
        command = one.command
        return f"{wall(self._desk, command.at)}  {command.label}: {one.why}"


class _Lines(QScrollArea):
    """Plain lines, a few of them at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.texts: list[str] = []

    def show_lines(self, texts: Sequence[str]) -> None:
        if list(texts) == self.texts:
            return
        self.texts = list(texts)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for text in texts:
            line = Text(text, "data", "tx2")
            line.setFixedHeight(_LINE)
            line.setToolTip(plain(text))
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            column.addWidget(line)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.setFixedHeight(min(_LINES, len(texts)) * _LINE)


#: Puts away refused edits, or all of them (None).
Forget = Callable[[Sequence[Refused] | None], object]


def stand_by(window: MainWindow, sign: SaveSign, forget: Forget) -> AwayStrip:
    """Put the strip into the window, hidden as long as all is well. `forget`: what was refused has been seen."""
    desk = window.desk
    strip = AwayStrip(desk)
    state = SaveState()

    def show(now: SaveState) -> None:
        nonlocal state
        state = now
        strip.show_state(now)

    def why_not_try() -> str | None:
        return None if state.away_since is not None else strip.tr("The store can be reached.")

    def why_not_forget() -> str | None:
        return None if state.refused else strip.tr("All edits were saved.")

    def why_not_again() -> str | None:
        if state.refusal is not None:
            return strip.tr("The day is being loaded anew.")
        return None if wanted() else strip.tr("Nothing that was refused can be done again as it was.")

    def wanted() -> list[Refused]:
        return [one for one in state.refused if repeating.can_repeat(one, desk.session.real)]

    def again() -> None:
        edits = wanted()
        desk.with_times(lambda: repeating.places_of(edits), lambda: do_again(edits))

    def do_again(edits: list[Refused]) -> None:
        needless = repeating.repeat(desk.session, edits)
        forget(edits)
        if needless:
            names = ", ".join(f"“{one.command.label}”" for one in needless)
            desk.message.emit(strip.tr("Nothing was left to do of {names}.").format(names=names), "info")

    sign.changed.connect(show)
    for action, button in (
        (
            Action("store.retry", strip.tr("Try to reach the shared store now"), sign.try_now, why_not=why_not_try),
            strip.retry,
        ),
        (
            Action("store.again", strip.tr("Do the edits that were not saved again"), again, why_not=why_not_again),
            strip.again,
        ),
        (
            Action(
                "store.seen",
                strip.tr("Put away the edits that were not saved"),
                lambda: forget(None),
                why_not=why_not_forget,
            ),
            strip.seen,
        ),
    ):
        desk.actions.add(action)
        button.clicked.connect(lambda _checked=False, to=action: window.run(to))
    window.add_strip(strip, strip.set_narrow)
    return strip
