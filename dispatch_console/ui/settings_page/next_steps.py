"""What is usual after a stop that was not done: a row for each reason. Each change counts when it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from dispatch_console.domain.nextsteps import Evidence, NextKind, Usuals
from dispatch_console.domain.reasons import KEYS, WORDS, Reason
from dispatch_console.services import usuals as service
from dispatch_console.ui import texts
from dispatch_console.ui.widgets import Text

_tr = texts.of("SettingsPage")
_KIND, _DAYS, _ASK, _PROOF = 192, 44, 220, 130
#: These wait for a number of days.
_DATED = (NextKind.AGAIN, NextKind.HOLD)


class NextSteps(QWidget):
    """`usuals()` is what counts now, `change(usuals)` keeps another. `do` shows the sentence of a UserError."""

    def __init__(
        self,
        usuals: Callable[[], Usuals],
        change: Callable[[Usuals], object],
        do: Callable[[Callable[[], object]], bool],
    ) -> None:
        super().__init__()
        self._usuals, self._change, self._do = usuals, change, do
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnMinimumWidth(0, 160)
        self._rows.setColumnStretch(6, 1)
        self.most = QLineEdit()
        self.kind: dict[Reason, QComboBox] = {}
        self.days: dict[Reason, QLineEdit] = {}
        self.ask: dict[Reason, QLineEdit] = {}
        self.evidence: dict[Reason, QComboBox] = {}
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Show what counts now."""
        now = self._usuals()
        self.most.setText(str(now.most_attempts))
        for reason in self.kind:
            usual = now.step(reason)
            self.kind[reason].setCurrentIndex(self.kind[reason].findData(usual.kind.value))
            self.days[reason].setText(str(usual.days) if usual.kind in _DATED else "")
            self.days[reason].setEnabled(usual.kind in _DATED)
            self.ask[reason].setText(usual.ask)
            self.evidence[reason].setCurrentIndex(self.evidence[reason].findData(usual.evidence.value))

    def _build(self) -> None:
        self._rows.addWidget(Text(_tr("Attempts at most"), "data", "tx2"), 0, 0)
        self.most.setFixedWidth(_DAYS)
        self.most.setAccessibleName(_tr("Attempts at most"))
        self.most.editingFinished.connect(self._on_most)
        self._rows.addWidget(self.most, 0, 1)
        note = _tr("After so many an order goes back to its sender.")
        self._rows.addWidget(Text(note, "secondary", "tx3"), 0, 2, 1, 4)
        names = ("", _tr("Usual next step"), _tr("Days"), _tr("What to ask or tell"), _tr("To be kept"))
        for column, name in enumerate(names):
            self._rows.addWidget(Text(name, "secondary", "tx3"), 1, column)
        for row, (key, reason) in enumerate(KEYS.items(), 2):
            self._add(row, key, reason)

    def _add(self, row: int, key: str, reason: Reason) -> None:
        name = f"{key}  {WORDS[reason]}"
        kind, evidence = QComboBox(), QComboBox()
        for value, text in _kinds().items():
            kind.addItem(text, value.value)
        for proof, text in _proofs().items():
            evidence.addItem(text, proof.value)
        days, ask = QLineEdit(), QLineEdit()
        fields = ((kind, _KIND), (days, _DAYS), (ask, _ASK), (evidence, _PROOF))
        self._rows.addWidget(Text(name, "data", "tx2"), row, 0)
        for column, (field, width) in enumerate(fields, 1):
            field.setFixedWidth(width)
            field.setAccessibleName(WORDS[reason])
            self._rows.addWidget(field, row, column)
        self.kind[reason], self.days[reason] = kind, days
        self.ask[reason], self.evidence[reason] = ask, evidence
        kind.activated.connect(lambda: self._take(reason, kind=NextKind(kind.currentData())))
        evidence.activated.connect(lambda: self._take(reason, evidence=Evidence(evidence.currentData())))
        ask.editingFinished.connect(lambda: self._take(reason, ask=ask.text().strip()))
        days.editingFinished.connect(lambda: self._take(reason, days=_number(days.text())))

    def _take(self, reason: Reason, **values: Any) -> None:
        now = self._usuals()
        if any(getattr(now.step(reason), name) != value for name, value in values.items()):
            self._do(lambda: self._change(service.changed(now, reason, **values)))
        self.refresh()

    def _on_most(self) -> None:
        number = _number(self.most.text())
        if number != self._usuals().most_attempts:
            self._do(lambda: self._change(service.with_most_attempts(self._usuals(), number)))
        self.refresh()


def _number(text: str) -> int:
    """What was typed; 0, which is out of every range, for what is no number."""
    return int(text) if text.strip().isdecimal() and text.isascii() else 0


def _kinds() -> dict[NextKind, str]:
    return {
        NextKind.AGAIN: _tr("again, working days later"),
        NextKind.LATER_TODAY: _tr("later today"),
        NextKind.HOLD: _tr("hold in the depot"),
        NextKind.PICKUP_POINT: _tr("to the pick-up point"),
        NextKind.RETURN: _tr("return to the sender"),
        NextKind.CANCEL: _tr("cancel"),
    }


def _proofs() -> dict[Evidence, str]:
    return {Evidence.NONE: _tr("nothing"), Evidence.PHOTO: _tr("a photo"), Evidence.NOTE: _tr("what was said")}
