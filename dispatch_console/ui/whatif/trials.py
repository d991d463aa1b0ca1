"""The trials of the day in the window: actions, the bar, and when the day as it is comes first.

A trial is about who drives what, and in which order. What happens, is decided or typed of an order counts for real,
whatever is on the screen. While the phone is open, or a page that works for good, the day as it is is shown; the
trial comes back by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from dispatch_console.domain.day import Day
from dispatch_console.services.whatif import MOST, Trial, WhatIf
from dispatch_console.ui import texts
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.plain import plain
from dispatch_console.ui.whatif import words
from dispatch_console.ui.whatif.bar import TrialBar
from dispatch_console.ui.whatif.table import Row

_tr = texts.of("WhatIf")

#: Pages that work for good: papers, sheets that came back, what other days get, files, the fleet.
FOR_GOOD = ("print", "debrief", "carryover", "import", "fleet")
_SOON_MS = 30
_LETTERS = "ABCDEFGHIJ"[:MOST]


class Trials(QObject):
    """`switching`: another plan comes on the screen; what is half done on the one of now ends.
    `shown(name)`: the name of the trial on the screen, empty: the day as it is."""

    switching = Signal()
    shown = Signal(str)

    def __init__(self, desk: Desk, caps: Callable[[Action], Sequence[str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._caps = desk, caps
        self.whatif = WhatIf(desk.session)
        self._phone = False
        self._page = "main"
        self._behind: Trial | None = None
        self._warned = False
        self._told = ""
        self._soon = QTimer(self)  # figures once for several changes in a row
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._add_actions()
        self.bar = TrialBar([self._cap(id) for id in ("trial.take", "trial.new", "trial.drop", "trial.copy")])
        self.bar.hide()
        self._connect()

    # -- what is done --------------------------------------------------------------------------------

    def begin(self, of: Trial | None = None) -> None:
        """Start a trial and show it. Raises UserError."""
        self._switch(lambda: self.whatif.begin(self, of=of))
        keys = self._cap("trial.take")
        text = _tr("Trial {name}: what you change now is not saved. {keys} makes it the plan.")
        self._say(text.format(name=self._name, keys=keys))

    def look_at(self, index: int) -> None:
        """0: the day as it is; from 1 on the trials, in the order of the table."""
        trials = [None, *self.whatif.trials]
        trial = trials[index] if 0 <= index < len(trials) else None
        self._behind = None
        self._switch(lambda: self.whatif.look_at(trial, self))

    def take_over(self) -> None:
        """The trial on the screen becomes the plan. Raises UserError."""
        name, others = self._name, [t.name for t in self.whatif.trials if t is not self.whatif.current]
        moved = dict(self.whatif.figures())[name].moved if name else 0
        self._switch(lambda: self.whatif.take_over(self))
        said = _tr("Trial {name} is the plan now: {n} stops moved. Ctrl+Z takes it back.").format(
            name=name, n=moved
        )
        if others:
            said += _tr(" Dropped: {names}.").format(names=self._names(others))
        self._say(said)

    def throw_away(self) -> None:
        """The trial on the screen is gone; the plan is as it was. Raises UserError."""
        name = self._name
        self._switch(lambda: self.whatif.throw_away(self))
        self._say(_tr("Trial {name} is thrown away. The plan is as it was.").format(name=name))

    def may_quit(self) -> bool:
        """The window closes. With trials it says once what goes with it."""
        names = [trial.name for trial in self.whatif.every]
        if not names or self._warned:
            return True
        self._warned = True
        text = _tr("Not saved: {names}. Take it over, or close once more to throw it away.")
        self._desk.message.emit(text.format(names=self._names(names)), "error")
        return False

    def _switch(self, change: Callable[[], object]) -> None:
        self.switching.emit()
        self._warned = False
        change()
        self.refresh()

    # -- the day as it is comes first ----------------------------------------------------------------

    def set_phone(self, is_open: bool) -> None:
        """The strip for calls opened or closed."""
        if is_open != self._phone:
            self._phone = is_open
            self._give_way()

    def set_page(self, name: str) -> None:
        """A page is about to be shown, or the day again (`main`)."""
        if name != self._page:
            self._page = name
            self._give_way()
            self.bar.setVisible(self._is_wanted)

    @property
    def _is_busy(self) -> bool:
        return self._phone or self._page in FOR_GOOD

    def _give_way(self) -> None:
        """Lay the trial aside while something works for good, and bring it back after."""
        if self._is_busy and self.whatif.current is not None:
            self._behind = self.whatif.current
            self._switch(lambda: self.whatif.look_at(None, self))
            if not self._phone:
                text = _tr("This works on the plan as it is. Trial {name} comes back after it.")
                self._say(text.format(name=self._behind.name))
        elif not self._is_busy and self._behind in self.whatif.trials:
            back, self._behind = self._behind, None
            self._switch(lambda: self.whatif.look_at(back, self))

    # -- what is shown -------------------------------------------------------------------------------

    @property
    def _is_wanted(self) -> bool:
        return bool(self.whatif.trials) and self._page == "main"

    @property
    def _name(self) -> str:
        return self.whatif.current.name if self.whatif.current is not None else ""

    def refresh(self) -> None:
        """Look at the trials again."""
        self._soon.stop()
        if self.whatif.trials:
            self._show()
        self.bar.setVisible(self._is_wanted)
        self.shown.emit(self._name)

    def _show(self) -> None:
        figures, current = self.whatif.figures(), self.whatif.current
        now = figures[0][1]
        rows = [
            Row(
                _tr("Now") if index == 0 else _tr("Trial {name}").format(name=name),
                self._caps(self._desk.actions[self._id(index)]),
                words.cells(these, now, self._desk.day.depot.currency),
                name == (current.name if current is not None else figures[0][0]),
            )
            for index, (name, these) in enumerate(figures)
        ]
        self.bar.show_trials(*self._words(), rows, is_trial=current is not None)
        for button, id in self._buttons:
            button.set_why_not(self._desk.actions[id].why_not())
        dropped = ", ".join(current.dropped) if current is not None else ""
        if dropped and dropped != self._told:
            self._say(_tr("Trial {name} gave way to what happened: {what}.").format(name=self._name, what=dropped))
        self._told = dropped

    def _words(self) -> tuple[str, str, str]:
        trial = self.whatif.current
        if trial is not None:
            title = _tr("Trial {name}: nothing is saved").format(name=trial.name)
            line = _tr("What happens meanwhile, and what is typed of an order, counts for real.")
            gone = ", ".join(trial.dropped)
            return title, line, _tr("Gave way to what happened: {what}").format(what=gone) if gone else ""
        if self._behind is not None:
            line = _tr("As long as the phone is open. Trial {name} comes back after it.")
            return _tr("The plan as it is"), line.format(name=self._behind.name), ""
        return (
            _tr("The plan as it is"),
            _tr("Everything counts here. The trials wait, nothing of them is saved."),
            "",
        )

    def _say(self, text: str) -> None:
        self._desk.message.emit(text, "info")

    @staticmethod
    def _names(names: Sequence[str]) -> str:
        one = len(names) == 1
        return (
            _tr("trial {names}").format(names=names[0])
            if one
            else _tr("trials {names}").format(
                names=_tr("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])
            )
        )

    def _cap(self, id: str) -> str:
        return "+".join(self._caps(self._desk.actions[id]))

    # -- wiring --------------------------------------------------------------------------------------

    @staticmethod
    def _id(index: int) -> str:
        return f"trial.show_{index}"

    def _add_actions(self) -> None:
        nothing, hint = self._why_no_trial, _tr("nothing is saved before you take it over")
        self._add("new", _tr("Try things on a copy"), self.begin, "Ctrl+T", "ph.flask", self._why_not_begin, hint)
        copy, copy_of = _tr("New trial from this trial"), lambda: self.begin(self.whatif.current)
        self._add("copy", copy, copy_of, "Ctrl+Alt+T", "ph.copy", lambda: nothing() or self._why_not_begin())
        take = _tr("Take the trial over: make it the plan")
        self._add(
            "take", take, self.take_over, "Ctrl+Shift+T", "ph.check-bold", nothing, _tr("one step, can be undone")
        )
        self._add("drop", _tr("Throw the trial away"), self.throw_away, "Ctrl+Shift+Del", "ph.trash", nothing)
        for index, name in enumerate(("", *_LETTERS)):
            text = _tr("Show trial {name}").format(name=name) if name else _tr("Show the plan as it is")
            self._add(
                f"show_{index}",
                text,
                lambda to=index: self.look_at(to),
                f"Ctrl+{index}",
                "ph.eye",
                lambda to=index: self._why_not_show(to),
            )

    def _add(
        self,
        id: str,
        text: str,
        run: Callable[[], object],
        keys: str,
        icon: str,
        why_not: Callable[[], Reason],
        hint: str = "",
    ) -> None:
        def after() -> None:
            """What still waits for travel times is of what is on the screen now: it is done first."""
            self._desk.with_times(tuple, run)

        self._desk.actions.add(Action(f"trial.{id}", text, after, keys, icon, hint, _tr("Trials"), why_not))

    def _connect(self) -> None:
        bar, desk = self.bar, self._desk
        self._buttons = (
            (bar.new, "trial.new"),
            (bar.copy, "trial.copy"),
            (bar.take, "trial.take"),
            (bar.drop, "trial.drop"),
        )
        for button, id in self._buttons:
            action = desk.actions[id]
            button.setToolTip(plain(f"{action.text} ({self._cap(id)})"))
            button.clicked.connect(lambda _checked=False, one=action: self._run(one))
        bar.table.chosen.connect(self._on_chosen)
        desk.day_changed.connect(self._on_day)
        desk.theme_changed.connect(bar.update)

    def _on_chosen(self, index: int) -> None:
        self._run(self._desk.actions[self._id(index)])

    def _run(self, action: Action) -> None:
        reason = action.why_not()
        if reason is not None:
            self._say(reason)
        else:
            self._desk.do(action.run)

    def _on_day(self, before: Day, after: Day, _initiator: object) -> None:
        if (before.depot.id, before.date) != (after.depot.id, after.date):
            self._behind = None
            left = [t.name for t in self.whatif.every if t.home == (before.depot.id, before.date)]
            QTimer.singleShot(0, self, lambda: self._turn(left))  # once all have followed the day
        if self.whatif.every:
            self._soon.start()

    def _turn(self, left: Sequence[str]) -> None:
        """Another day is open; these trials wait for theirs."""
        self.refresh()
        if left:
            text = _tr("Not taken over: {names}. It waits until you come back to that day.")
            self._say(text.format(names=self._names(left)))

    # -- why not -------------------------------------------------------------------------------------

    def _why_no_trial(self) -> Reason:
        if self.whatif.current is not None:
            return None
        if self._is_busy and self._behind is not None:
            return _tr("The plan as it is is shown. Finish the call or leave the page first.")
        if self.whatif.trials:
            return _tr("Show the trial first: {keys}.").format(keys=self._cap(self._id(1)))
        return _tr("Nothing is being tried out. {keys} starts a trial.").format(keys=self._cap("trial.new"))

    def _why_not_begin(self) -> Reason:
        if self._phone:
            return _tr("The phone is open. Finish the call first (Esc).")
        return self.whatif.why_not_begin()

    def _why_not_show(self, index: int) -> Reason:
        if index and self._phone:
            return _tr("The phone is open. Finish the call first (Esc).")
        if not self.whatif.trials:
            return self._why_no_trial()
        there = index <= len(self.whatif.trials)
        return None if there else _tr("There is no such trial.")
