"""Ways to what is planned by, and on whose roads: from the keys and the palette to fields among the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dispatch_console.ui import texts
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from dispatch_console.domain.day import Day
    from dispatch_console.ui.settings_page import SettingsPage

_tr = texts.of("Commands")


def register(desk: Desk, window: MainWindow) -> None:
    """All show the page of settings, made on first use, at the place that is meant."""

    def show(pick: Callable[[SettingsPage], QWidget]) -> None:
        from dispatch_console.ui.settings_page import SettingsPage

        page = window.show_page("settings")
        assert isinstance(page, SettingsPage)
        page.show_field(pick(page))

    def add(
        id: str, text: str, keys: str, icon: str, hint: str, pick: Callable[[SettingsPage], QWidget],
        group: str = _tr("Plan"),
    ) -> None:  # fmt: skip
        desk.actions.add(Action(f"settings.{id}", text, lambda: show(pick), keys, icon, hint, group))

    hint = _tr("strange drivers, zones, evenness, what is published")
    add("prices", _tr("Prices of planning…"), "Ctrl+Shift+K", "ph.money", hint,
        lambda page: next(iter(page.planning.prices.values())))  # fmt: skip
    add("apart", _tr("Goods that may not ride together…"), "Ctrl+Shift+G", "ph.package", "",
        lambda page: page.planning.apart.one)  # fmt: skip
    add("online", _tr("Online road service…"), "", "ph.path", _tr("OSRM, Valhalla, Google and others"),
        lambda page: page.online.kind, _tr("Map"))  # fmt: skip
    add("backups", _tr("Backups…"), "", "ph.clock-counter-clockwise", _tr("what one holds, bringing it back"),
        lambda page: page.backups.make, _tr("Program"))  # fmt: skip


def follow(desk: Desk, page: SettingsPage) -> None:
    """What is undone, or changed by somebody else, is seen on the page."""

    def on_day(before: Day, after: Day, _initiator: object) -> None:
        if before.policy != after.policy:
            page.planning.refresh()

    desk.day_changed.connect(on_day)
