"""What the panel shows between its head and its foot: the steps while choosing, the plan, the calls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from dispatch_console.ui.plain import plain
from dispatch_console.ui.widgets import Button, Segments, Text
from dispatch_console.ui.wizards.choosers import Choosers
from dispatch_console.ui.wizards.lists import Calls, Moves, Takes
from dispatch_console.ui.wizards.sketch import MeetingMap
from dispatch_console.ui.wizards.step import EDGE, StepHead
from dispatch_console.ui.wizards.view import Pick, View
from dispatch_console.ui.wizards.words import Call, Move


class Body(QWidget):
    """Signals: `chosen(index)`, `picked(which, index)`, `ticked(key)`, `called(index)`, `replan_wanted()`."""

    chosen = Signal(int)
    picked = Signal(int, int)
    ticked = Signal(int)
    called = Signal(int)
    replan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.where, self.who, self.meet = StepHead(1), StepHead(2), StepHead(3)
        self.plan = Text("", "key")
        self.plan.setContentsMargins(EDGE, 8, EDGE, 4)
        self.plan.setWordWrap(True)
        self._names: tuple[str, ...] = ()
        self.segments: Segments | None = None
        self._choices = QWidget()
        self._choice_row = QHBoxLayout(self._choices)
        self._choice_row.setContentsMargins(EDGE, 0, EDGE, 8)
        self.note = Text("", "data", "tx2")
        self.note.setWordWrap(True)  # beside many choices there is little room
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._choice_row.setSpacing(12)
        self._choice_row.addWidget(self.note, 1)
        self._picks = QWidget()
        self._pick_row = QHBoxLayout(self._picks)
        self._pick_row.setContentsMargins(EDGE, 0, EDGE, 8)
        self._pick_row.setSpacing(8)
        self.picks: list[Button] = []
        self.choosers, self.takes, self.map = Choosers(), Takes(), MeetingMap()
        self.empty, self.lines = Text("", "data", "tx3"), Text("", "data", "tx2")
        self.routes = Text("", "data", "tx2")  # what it does to each
        self.moves, self.calls = Moves(), Calls()
        self.replans: bool | None = None
        self.replan = Button(
            self.tr("Let the search plan their routes (3 s)"), "ph.square", kind="quiet", key="Alt+R"
        )
        self._replan_row = QWidget()
        self.calls_head = Text(self.tr("Whom to phone"), "key")
        self._lay_out()

    def show_waiting(self, text: str) -> None:
        """Nothing but a line that says what goes on."""
        self._only_choosing(False)
        self.choosers.start_over()
        for part in (self.plan, self.moves, self.calls, self.calls_head):
            part.hide()
        self._text(self.lines, text)

    def show_view(self, view: View, calls: tuple[Call, ...]) -> None:
        """The steps. `calls`: whom to phone in any case."""
        self._only_choosing(True)
        self.replans = view.replan
        self.replan.set_icon("ph.check-square-fill" if view.replan else "ph.square")
        self._replan_row.setVisible(view.replan is not None)
        self.where.show_step(view.where, view.where_note)
        self._show_choices(view)
        self._show_picks(view.picks)
        self.who.show_step(view.who, view.who_note)
        self.choosers.show_rows(view.heads, view.rows, many=view.many)
        self._text(self.empty, view.empty if view.who and not view.rows else "")
        self.takes.show_takes(view.takes)
        self.meet.show_step(view.meet, view.meet_note)
        self.map.show_sketch(view.sketch)
        self._text(self.lines, "\n".join(view.lines))
        self._show_calls(calls, live=True)

    def show_draft(
        self,
        label: str,
        moves: tuple[Move, ...],
        routes: Sequence[str],
        sentences: Sequence[str],
        calls: tuple[Call, ...],
        *,
        live: bool,
    ) -> None:
        """The plan: what moves, what it does to the routes, whom to phone. `live`: calls can be ticked."""
        self._only_choosing(False)
        self.plan.setText(label)
        self.moves.show_moves(moves)
        self._text(self.lines, "\n".join(sentences))
        self._text(self.routes, "\n".join(routes))
        self._show_calls(calls, live=live)

    @property
    def picks_place(self) -> bool:
        """Whether it is asked where a van stands."""
        return bool(self._shown_picks) and self._shown_picks[0].on_map

    def last_of(self, which: int) -> int:
        """The index of the last option of a menu."""
        return len(self._shown_picks[which].options) - 1

    def set_key_focus(self) -> None:
        """Where the keys begin: the rows, else the choices."""
        if self.choosers.rows:
            self.choosers.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.segments is not None:
            self.segments.set_key_focus()
        elif self.picks:
            self.picks[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- parts ---------------------------------------------------------------------------------------

    def _only_choosing(self, choosing: bool) -> None:
        for part in (self.where, self._choices, self._picks, self.who, self.choosers, self.takes, self.meet):
            part.setVisible(choosing)
        self._replan_row.setVisible(False)
        self.empty.setVisible(False)
        self.map.setVisible(False)
        self.plan.setVisible(not choosing)
        self.moves.setVisible(not choosing)
        self.routes.setVisible(False)

    def _show_choices(self, view: View) -> None:
        if view.choices != self._names:
            self._names = view.choices
            if self.segments is not None:
                self.segments.setParent(None)
                self.segments.deleteLater()
                self.segments = None
            if view.choices:
                self.segments = Segments(view.choices)
                self.segments.chosen.connect(self.chosen)
                self._choice_row.insertWidget(0, self.segments)
        if self.segments is not None:
            self.segments.choose(view.chosen)
        self.note.setText(view.choices_note)
        self._choices.setVisible(bool(view.choices or view.choices_note))

    def _show_picks(self, picks: tuple[Pick, ...]) -> None:
        while len(self.picks) > len(picks):
            gone = self.picks.pop()
            gone.setParent(None)
            gone.deleteLater()
        for which, pick in enumerate(picks):
            if which == len(self.picks):
                button = Button("", caret=True)
                button.clicked.connect(lambda _=False, at=which: self._open_pick(at))
                self.picks.append(button)
                self._pick_row.insertWidget(which, button)
            self.picks[which].set_label(_short(f"{pick.label}: {pick.options[pick.at]}"))
            self.picks[which].setToolTip(plain(f"{pick.label}: {pick.options[pick.at]}"))
        self._shown_picks = picks
        self._picks.setVisible(bool(picks))

    def _open_pick(self, which: int) -> None:
        pick, menu = self._shown_picks[which], QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for i, option in enumerate(pick.options):
            entry = menu.addAction(option.replace("&", "&&"), lambda at=i: self.picked.emit(which, at))
            entry.setCheckable(True)
            entry.setChecked(i == pick.at)
        button = self.picks[which]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _show_calls(self, calls: tuple[Call, ...], *, live: bool) -> None:
        self.calls_head.setVisible(bool(calls))
        self.calls_head.setText(self.tr("Whom to phone: {n}").format(n=len(calls)))
        self.calls.show_calls(calls, live=live)

    def _text(self, text: Text, words: str) -> None:
        text.setText(words)
        text.setVisible(bool(words))

    def _lay_out(self) -> None:
        for text in (self.empty, self.lines, self.routes):
            text.setWordWrap(True)
            text.setContentsMargins(EDGE, 6, EDGE, 6)
        self.calls_head.setContentsMargins(EDGE, 8, EDGE, 4)
        self._pick_row.addStretch(1)
        row = QHBoxLayout(self._replan_row)
        row.setContentsMargins(4, 0, EDGE, 0)
        row.addWidget(self.replan)
        row.addStretch(1)
        self.replan.clicked.connect(self.replan_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        parts: list[QWidget] = [self.plan, self.where, self._choices, self._picks, self.who, self.choosers]
        parts += [self.empty, self._replan_row, self.takes, self.lines, self.meet, self.map]
        parts += [self.calls_head, self.calls, self.moves, self.routes]
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self.choosers.ticked.connect(self.ticked)
        self.calls.told.connect(self.called)

    _shown_picks: tuple[Pick, ...] = ()


def _short(text: str) -> str:
    """Room for two menus beside each other."""
    return text if len(text) <= 40 else f"{text[:39]}…"
