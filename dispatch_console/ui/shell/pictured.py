"""Bringing the window into the state that a picture is wanted of."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtWidgets import QApplication

from dispatch_console.domain.facts import FactKind
from dispatch_console.services import dispatch, proposals, sample_running
from dispatch_console.ui.answers import found
from dispatch_console.ui.board.geometry import CARDS_TOP
from dispatch_console.ui.models import mime
from dispatch_console.ui.order_page.page import OrderPage
from dispatch_console.ui.phone.flow import FIELDS
from dispatch_console.ui.shell.parts import Parts
from dispatch_console.ui.shell.shot import Shot
from dispatch_console.ui.shell.window import MainWindow

_LOOK_MS = 100
#: Pictures of the day at other hours.
RUNNING = ("running", "departure", "preview", "calls", "carryover", "trial")
_SEARCH_S = 5


def prepare(window: MainWindow, parts: Parts, wanted: Namespace, shot: Shot) -> None:
    """`wanted.page` as `shot --page` names it, `.type` for the palette, `.file` for the import page."""
    page = wanted.page
    if page == "palette":
        window.open_palette(wanted.type)
    elif page == "import" and wanted.file is not None:
        work, drawn = parts.import_page().work, shot.expect()
        work.drawn.connect(drawn)
        work.failed.connect(drawn)
        parts.open_files([wanted.file])
    elif page == "print":
        runs, drawn = parts.print_page().runs, shot.expect()
        runs.made.connect(drawn)
        runs.ended.connect(drawn)
        window.show_page(page)
    elif page == "plan":
        parts.optimising.optimise("all", _SEARCH_S)
        _until(window, lambda: parts.optimising.plan.result is not None, shot.expect())
    elif page == "debrief":
        _debrief(window, parts, shot)
    elif page in RUNNING:
        _let_run(window, page)
        if page in ("preview", "calls"):
            _reoptimise(window, parts, page, shot.expect())
    elif page == "reprint":
        _reprint(window, parts, shot)
    elif page == "order":
        _order(window, shot)
    elif page in ("why", "choice"):
        _ask(window, page, shot)
    elif page == "match":
        _match(window, parts, shot)
    elif page == "drag":
        _drag(window, parts, shot)
    elif page == "phone":
        _let_run(window, page)
        _on_the_phone(window, parts)
    elif page == "help":
        assert parts.guiding is not None, "the window is wired"
        parts.guiding.open(wanted.type)
    elif page not in ("main", "empty"):
        window.show_page(page)


def _let_run(window: MainWindow, page: str) -> None:
    """The sample at 11:24, or before the vans leave with the list of what to look at."""
    desk = window.desk
    if page == "departure":
        window.run_id("day.approve")
        return
    desk.clock = lambda: sample_running.approved_at(desk.day)
    sample_running.lived(desk.session)
    desk.clock = lambda: sample_running.at(desk.day)
    desk.now_changed.emit()
    if page == "carryover":
        window.show_page(page)
    elif page == "trial":
        _try(window)


def _order(window: MainWindow, shot: Shot) -> None:
    """The first order that failed at 11:24, with what was decided for it."""
    _let_run(window, "order")
    day = window.desk.day
    failed = min(day.facts.failed, key=lambda stop: day.facts.ended[stop])
    proposal = proposals.propose(day, failed, FactKind.FAILED, None)
    window.desk.do(proposals.accept, window.desk.session, proposal)
    window.desk.history_wanted.emit(int(day.stops[failed].order.id))
    page = window.show_page("history")
    assert isinstance(page, OrderPage)
    _until(window, lambda: page.seen is not None, shot.expect())


def _ask(window: MainWindow, page: str, shot: Shot) -> None:
    """F2 on the first stop without a driver, or on one of the third driver's."""
    desk = window.desk
    day = desk.day
    stop = day.unassigned[0] if page == "why" else day.routes[2].stops[4]
    desk.select([stop], stop)
    window.run_id("orders.why" if page == "why" else "board.choice")
    asked = found.of(desk)
    _until(window, lambda: (asked.fit(stop) if page == "why" else asked.choice(stop)) is not None, shot.expect())


def _match(window: MainWindow, parts: Parts, shot: Shot) -> None:
    """Drivers, vehicles and routes of the morning matched, before it is accepted."""
    helping = parts.helping
    assert helping is not None, "the window is wired"
    helping.run("wizard.match")

    def worked_out() -> bool:
        return helping.panel is not None and helping.panel.case is not None and not helping.panel.busy

    _until(window, worked_out, shot.expect())


def _drag(window: MainWindow, parts: Parts, shot: Shot) -> None:
    """A stop without a driver over the third lane, a moment before it is dropped."""
    day, view, drawn = window.desk.day, parts.board.view, shot.expect()
    stop = day.unassigned[-1]
    window.desk.select([stop], stop)

    def hover() -> None:
        now, data = view.geometry_now, mime.packed([stop])
        over = QPointF(now.lane_left(2) + 70, CARDS_TOP + now.slot_top(2, 5) + 4)
        how = Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(view.viewport(), QDragEnterEvent(over, *how))
        QApplication.sendEvent(view.viewport(), QDragMoveEvent(over, *how))
        drawn()

    QTimer.singleShot(_LOOK_MS, window, hover)


def _on_the_phone(window: MainWindow, parts: Parts) -> None:
    """One status half-typed, another one ready for Enter."""
    assert parts.calling is not None
    day, talk = window.desk.day, parts.calling.strip.talk
    at_door = [day.stops[stop].order for stop in day.facts.arrived if stop not in day.facts.ended]
    first, second = (order.reference for order in sorted(at_door, key=lambda order: not order.windows)[:2])
    for typed in ((second, "D", ""), (first, "F", "1")):
        talk.answer(anew=True)
        for field, text in zip(FIELDS, typed, strict=False):
            if text:
                talk.type(field, text)


def _debrief(window: MainWindow, parts: Parts, shot: Shot) -> None:
    """The first sheet of the sample at 15:32, half read, with its pictures."""
    from dispatch_console.services import sample_returned
    from dispatch_console.ui.debrief import sample_proofs

    desk, page = window.desk, parts.debrief_page()
    desk.clock = lambda: sample_returned.at(desk.day)
    route = sample_returned.returned(desk.session)
    window.show_page("debrief")
    page.state.open(route, page.tr("opened by scan {at}").format(at=f"{sample_returned.AT:%H:%M}"))
    for key in "16":
        page.press(key)
    wish, store = page.proofs.wish(), page.attaching.store
    assert wish is not None, "a sheet is on the table"
    store.submit(lambda: sample_proofs.add(store, wish)).add_done_callback(lambda done: done.result())
    page.proofs.reload()
    page.press("F")
    drawn = shot.expect()

    def look() -> None:
        if page.proofs.all_drawn:
            drawn()

    page.attaching.drawn.connect(look)


def _reprint(window: MainWindow, parts: Parts, shot: Shot) -> None:
    """The sheets that changed by 11:24, the last stop of the first driver given to the next one as his last."""
    _let_run(window, "reprint")
    session = window.desk.session
    giver, taker = [route for route in session.day.routes if len(route.stops) > 5][:2]
    window.desk.do(dispatch.move, session, giver.stops[-1:], taker.id, len(taker.stops))
    drawn = shot.expect()
    parts.print_page().runs.made.connect(drawn)
    window.run_id("calls.reprint")


def _reoptimise(window: MainWindow, parts: Parts, page: str, drawn: Callable[..., object]) -> None:
    """A plan from now on, previewed; of page `calls` accepted, with those to phone."""
    panel = parts.optimising.preview
    panel.choices.take(replace(panel.choices.choice, hand_over=True))
    parts.optimising.optimise("all", _SEARCH_S)

    def go_on() -> None:
        if page == "calls":
            panel.accept()
            parts.queue.show_calls()
        drawn()

    _until(window, lambda: window.desk.previewed is not None, go_on)


def _try(window: MainWindow) -> None:
    """Two ways out of a breakdown: another driver takes its stops at once, or they wait for tomorrow."""
    desk = window.desk
    down = next(iter(desk.day.facts.down))
    left = [v.stop for v in desk.day.schedules[down].visits if not v.done and v.stop not in desk.day.facts.arrived]
    window.run_id("trial.new")
    free = min((id for id in desk.day.shifts if id != down), key=lambda id: desk.day.schedules[id].end)
    desk.do(dispatch.move, desk.session, left, free, None)
    window.run_id("trial.new")
    desk.do(dispatch.unassign, desk.session, left)
    window.run_id("trial.show_1")


def _until(window: MainWindow, holds: Callable[[], bool], then: Callable[..., object]) -> None:
    timer = QTimer(window)

    def look() -> None:
        if holds():
            timer.stop()
            then()

    timer.timeout.connect(look)
    timer.start(_LOOK_MS)
