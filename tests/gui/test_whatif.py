"""Trials in the window: said everywhere, compared, kept apart from what counts for real, and ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import StopId
from dispatch_console.domain.plan import POOL
from dispatch_console.services import day as days
from dispatch_console.services import dispatch, statuses
from dispatch_console.services.session import DaySession
from dispatch_console.services.statuses import Said
from dispatch_console.services.whatif import WhatIf
from dispatch_console.store.store import Store
from dispatch_console.ui.shell.calling import Calling
from dispatch_console.ui.shell.optimising import Optimising
from dispatch_console.ui.shell.trying import Trying
from dispatch_console.ui.shell.window import MainWindow
from dispatch_console.ui.whatif.trials import Trials
from tests.factories import small_day
from tests.gui import office as offices
from tests.gui.conftest import MORNING, OpenWindow
from tests.savers import Written

ADA, BEN = ShiftId(1), ShiftId(2)
EIGHT = 8 * 3600


class Office:
    """The running small day at 09:00 in the window, with phone and trials."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.desk, self.session = window, window.desk, window.desk.session
        self.desk.clock = lambda: dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
        self.desk.tick()
        self.written = Written()
        self.session._saver = self.written
        self.optimising = Optimising(self.desk, window.memory, lambda *_: None, lambda *_: None)
        self.calling = Calling(window, cast("Store", None), lambda: "Mara")
        self.trying = Trying(window, self.calling, self.optimising)
        window.show_saving("saved", "saved 09:00")

    @property
    def trials(self) -> Trials:
        return self.trying.trials

    def close(self) -> None:
        self.calling.stop()
        self.optimising.close()

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def said(self) -> list[str]:
        QApplication.processEvents()
        return list(self.window.status.texts())

    def texts(self) -> list[list[str]]:
        """The comparison as it is read."""
        self.trials.refresh()
        return [
            [row.name, *(f"{c.text} {c.change}".strip() for c in row.cells)] for row in self.trials.bar.table.rows
        ]


@pytest.fixture
def office(open_window: OpenWindow):
    session = DaySession(small_day())
    days.approve(session, "Mara", MORNING)
    days.set_out(session, session.day.shifts, Said("Mara", EIGHT))
    office = Office(open_window(session.day, pages={"print": QWidget, "settings": QWidget}))
    yield office
    office.close()


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_trial_is_said_everywhere_compared_and_taken_over_as_one_step(office: Office) -> None:
    window, session, bar = office.window, office.session, office.trials.bar
    assert not bar.isVisible()
    office.key(Qt.Key.Key_T, CTRL)
    dispatch.move(session, [StopId(6)], BEN, 2)
    dispatch.move(session, [StopId(3)], POOL, None)
    assert office.said()[0] == "trial A, not saved"
    assert (bar.isVisible(), bar.title.text()) == (True, "Trial A: nothing is saved")
    assert window.windowTitle().startswith("Trial A, not saved – Mon")
    assert window.area.contentsMargins().left() > 0
    # 160 km at 1 km/min and five stops of 5 min: 185 min, 92.50 + 80. Ada has 20 km less, Ben 20 km more.
    assert office.texts() == [
        ["Now", "160", "3:05", "CHF 173", "0", "1", "–"],
        ["Trial A", "160", "3:05", "CHF 173", "0", "1", "2"],
    ]
    dispatch.move(session, [StopId(2)], POOL, None)
    assert office.texts()[1] == ["Trial A", "140 ▼ −20", "2:40 ▼ −0:25", "CHF 150 ▼ −23", "0", "2 ▲ +1", "3"]
    assert "unassigned 2 (+1 worse)" in bar.table.accessibleDescription()
    office.key(Qt.Key.Key_Z, CTRL)
    assert session.day.plan.where[StopId(2)] == ADA, "undo goes back in the trial"
    assert (office.written.labels, session.real.plan.where[StopId(6)]) == ([], POOL)
    office.key(Qt.Key.Key_T, CTRL | SHIFT)
    assert office.written.labels == ["Take over trial A"]
    assert "Trial A is the plan now: 2 stops moved. Ctrl+Z takes it back." in office.said()
    assert (bar.isVisible(), office.said()[0], window.area.contentsMargins().left()) == (False, "saved 09:00", 0)
    office.key(Qt.Key.Key_Z, CTRL)
    assert session.day.plan.route(ADA).stops == (1, 2, 3)


def test_the_phone_is_about_the_day_as_it_is(office: Office) -> None:
    session, trials = office.session, office.trials
    office.key(Qt.Key.Key_T, CTRL)
    dispatch.move(session, [StopId(3)], BEN, 2)
    dispatch.move(session, [StopId(6)], BEN, 3)
    office.window.run_id("phone.open") if "phone.open" in office.desk.actions else office.key(Qt.Key.Key_F3)
    assert not session.trying
    assert trials.bar.title.text() == "The plan as it is"
    office.window.run_id("trial.new")
    assert "The phone is open. Finish the call first (Esc)." in office.said()
    QTest.keyClicks(QApplication.focusWidget(), "A3")
    office.key(Qt.Key.Key_Space)
    office.key(Qt.Key.Key_D)
    office.key(Qt.Key.Key_Return)
    assert [(fact.stop, fact.route, fact.kind) for fact in office.written.told] == [(3, ADA, FactKind.DELIVERED)]
    office.key(Qt.Key.Key_Escape)
    assert session.trying, "the call is over: the trial is back"
    assert (session.day.plan.route(ADA).stops[-1], session.day.plan.where[StopId(6)]) == (3, BEN)
    assert session.day.facts.entries == session.real.facts.entries
    assert "Trial A gave way to what happened: A3." in office.said()
    assert trials.bar.warning.isVisible()
    office.window.run_id("board.back")  # told in a trial, by whatever way: it has happened
    office.desk.select((), None, None, BEN)
    office.window.run_id("board.back")
    assert office.written.told[-1].kind is FactKind.BACK


def test_what_counts_for_good_is_done_on_the_plan_as_it_is(office: Office) -> None:
    window, session = office.window, office.session
    office.key(Qt.Key.Key_T, CTRL)
    dispatch.move(session, [StopId(6)], BEN, 2)
    window.run_id("day.withdraw")
    assert "A trial is on the screen. Take it over first, or show the plan as it is." in office.said()
    window.show_page("settings")
    assert session.trying
    window.show_page("print")
    assert not session.trying
    assert "This works on the plan as it is. Trial A comes back after it." in office.said()
    window.show_main()
    assert session.trying
    window.run_id("trial.copy")
    dispatch.move(session, [StopId(1)], BEN, 0)
    assert [row[0] for row in office.texts()] == ["Now", "Trial A", "Trial B"]
    window.show_saving("failed", "not saved")
    assert office.said()[0] == "not saved", "of what happened"
    office.key(Qt.Key.Key_0, CTRL)
    assert session.day.plan.where[StopId(6)] == POOL
    office.key(Qt.Key.Key_2, CTRL)
    assert session.day.plan.route(BEN).stops == (1, 4, 5, 6)
    office.key(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert not session.trying
    assert [row[0] for row in office.texts()] == ["Now", "Trial A"]


def test_trials_wait_for_their_day_and_closing_says_what_goes(office: Office) -> None:
    session, trials = office.session, office.trials
    assert trials.may_quit()
    office.key(Qt.Key.Key_T, CTRL)
    here = session.real
    session.replace_day(replace(small_day(), date=here.date + dt.timedelta(days=1)))
    assert "Not taken over: trial A. It waits until you come back to that day." in office.said()
    assert (trials.bar.isVisible(), office.said()[0]) == (False, "saved 09:00")
    session.replace_day(here)
    trials.refresh()
    assert (trials.bar.isVisible(), trials.bar.title.text()) == (True, "The plan as it is")
    assert not trials.may_quit()
    assert "Not saved: trial A. Take it over, or close once more to throw it away." in office.said()
    assert trials.may_quit()


def test_facts_are_durable_at_once_and_a_trial_when_taken_over(tmp_path: Path) -> None:
    with offices.opened(tmp_path) as here:
        session = here.desk.session
        days.approve(session, "Mara", MORNING)
        whatif = WhatIf(session)
        whatif.begin()
        dispatch.move(session, [StopId(6)], BEN, 2)
        statuses.status(session, StopId(2), FactKind.DELIVERED, Said("Kim", EIGHT))
        kept = here.saved()  # he went to 2 before 1
        assert [(fact.stop, fact.route) for fact in kept.facts.entries] == [(2, ADA)]
        assert kept.plan.route(ADA).stops == session.day.plan.route(ADA).stops == (2, 1, 3)
        assert kept.plan.where[StopId(6)] == POOL
        dispatch.move(session, [StopId(3)], BEN, 3)
        whatif.take_over()
        assert here.saved().plan.route(BEN).stops == (4, 5, 6, 3)
        session.undo()
        kept = here.saved()
        assert (kept.plan.route(BEN).stops, kept.revision) == ((4, 5), session.day.revision)
