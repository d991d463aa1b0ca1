"""The demo day in the window: the clock runs faster, drivers phone in, and a line says what happens."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from dispatch_console.domain import clock
from dispatch_console.domain.errors import UserError
from dispatch_console.services import sample
from dispatch_console.services.demo.player import Player
from dispatch_console.ui.desk import Desk

_BEAT_MS = 40


class DemoPlay(QObject):
    """Plays `player` on the desk's day, `speed` times as fast as the clock, from `begins` on.

    One thing happens at a beat, so that the window answers in between; the clock waits for what is late.
    """

    def __init__(self, desk: Desk, player: Player, begins: dt.datetime, speed: float, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._player, self._begins, self._speed = desk, player, begins, speed
        self._passed, self._beat_at = 0.0, time.monotonic()
        self._minute = -1
        desk.clock = self._now
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._beat_at = time.monotonic()
        self._timer.start()

    @property
    def over(self) -> bool:
        return not self._timer.isActive()

    def _now(self) -> dt.datetime:
        return self._begins + dt.timedelta(seconds=self._passed)

    def _beat(self) -> None:
        self._let_time_pass()
        day = self._desk.day
        at = clock.to_seconds(self._now(), day.date, day.depot.timezone)
        due = self._player.next_at
        if due is None:
            self._timer.stop()
            self._desk.message.emit(
                self.tr("The demo day is over: every order has its end or its next day."), "info"
            )
        elif due <= at:
            self._happen()

    def _let_time_pass(self) -> None:
        """As far as the next thing at the most."""
        beat = time.monotonic()
        passed = self._passed + (beat - self._beat_at) * self._speed
        self._beat_at = beat
        due = self._player.next_at
        if due is not None:
            day = self._desk.day
            at = clock.to_instant(due, day.date, day.depot.timezone)
            passed = min(passed, max(self._passed, (at - self._begins).total_seconds()))
        self._passed = passed
        if int(passed // 60) != self._minute:
            self._minute = int(passed // 60)
            self._desk.now_changed.emit()

    def _happen(self) -> None:
        try:
            moment = self._player.step()
        except UserError as error:  # somebody changed what the script counts on
            self._desk.message.emit(error.message, "error")
            return
        if moment is not None and moment.says:
            self._desk.message.emit(f"{self._desk.hhmm(moment.at)} {moment.says}", "info")


def clock_of_the_sample(*, standing: bool) -> Callable[[], dt.datetime]:
    """The sample's morning: it goes on from there, or stands still so that pictures are the same at any hour."""
    morning, began = sample.opened_at(), time.monotonic()
    if standing:
        return lambda: morning
    return lambda: morning + dt.timedelta(seconds=time.monotonic() - began)
