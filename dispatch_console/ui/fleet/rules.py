"""The part of the form about hours and rules: which breaks, how much overtime, driving and tours, which zones."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.services import fleet_rules
from dispatch_console.ui.order_form.boxes import ChoiceBox, TextBox, side_by_side
from dispatch_console.ui.plain import plain
from dispatch_console.ui.widgets import Text

_KINDS = (fleet_rules.NO_BREAK, fleet_rules.IN_WINDOW, fleet_rules.BY_DRIVING)
_OF_KIND = {
    fleet_rules.IN_WINDOW: ("break", "break_window"),
    fleet_rules.BY_DRIVING: ("drive_limit", "drive_break", "drive_split"),
}


class RulesGroup(QWidget):
    """`boxes` are the form's; `kind` chooses which of those for breaks are there, the others are hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = self.tr
        self.kind = ChoiceBox(tr("Break"), (tr("None"), tr("In a window"), tr("By driving time (EU)")))
        self.boxes: dict[str, TextBox] = {
            "break": TextBox(tr("Break, min"), tr("none")),
            "break_window": TextBox(tr("Between"), tr("any time")),
            "drive_limit": TextBox(tr("After driving, h"), "4:30"),
            "drive_break": TextBox(tr("Break, min"), "45"),
            "drive_split": TextBox(tr("Or split, min"), tr("in one go")),
            "overtime": TextBox(tr("Overtime, min"), tr("none")),
            "overtime_hour": TextBox(tr("On top per h"), "0.00"),
            "max_drive": TextBox(tr("Most driving, h"), tr("no limit")),
            "max_km": TextBox(tr("Most km"), tr("no limit")),
            "tours": TextBox(tr("Tours"), "1"),
            "reload": TextBox(tr("Loading, min"), "0"),
            "zones": TextBox(tr("Home zones"), tr("such as north, valley")),
        }
        for name, tip in (
            ("overtime", tr("So long he may work past the end of his shift.")),
            ("overtime_hour", tr("What an hour of overtime costs on top of the cost per hour.")),
            ("max_drive", tr("So many hours he may be at the wheel on a day.")),
            ("max_km", tr("So many kilometres he may drive on a day.")),
            (
                "tours",
                tr("How often he may leave the place where he starts; before each further tour he loads anew."),
            ),
            ("reload", tr("How long loading for a further tour takes.")),
            ("zones", tr("Stops elsewhere cost what the settings of planning say.")),
            ("drive_split", tr("In two parts, such as 15+30: the first may be taken early. Empty: in one go.")),
        ):
            self.boxes[name].setToolTip(plain(tip))
        self._lay_out()
        self.kind.typed.connect(self._on_kind)

    def _lay_out(self) -> None:
        box = self.boxes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(self.tr("Hours and rules"), "pane"))
        column.addWidget(self.kind)
        column.addLayout(side_by_side((box["break"], 1), (box["break_window"], 2)))
        column.addLayout(side_by_side((box["drive_limit"], 1), (box["drive_break"], 1), (box["drive_split"], 1)))
        limits = (box["overtime"], box["overtime_hour"], box["max_drive"], box["max_km"])
        column.addLayout(side_by_side(*((one, 1) for one in limits)))
        column.addLayout(side_by_side((box["tours"], 1), (box["reload"], 1), (box["zones"], 2)))

    def show_kind(self, kind: str) -> None:
        """Choose a kind of break without a signal; what is not known is none."""
        self.kind.choose(_KINDS.index(kind) if kind in _KINDS else 0)
        self._show_boxes()

    def pause_texts(self) -> dict[str, str]:
        """The fields about breaks; what belongs to another kind is empty."""
        kind = _KINDS[self.kind.index]
        texts = {name: "" for of in _OF_KIND.values() for name in of}
        return {**texts, **{name: self.boxes[name].text for name in _OF_KIND.get(kind, ())}, "break_kind": kind}

    def _on_kind(self) -> None:
        """Breaks by driving begin with what the regulation says, those in a window with half an hour."""
        self._show_boxes()
        kind = _KINDS[self.kind.index]
        of = _OF_KIND.get(kind, ())
        if any(self.boxes[name].text for name in of):
            return
        usual = fleet_rules.driving_texts(fleet_rules.EU) if kind == fleet_rules.BY_DRIVING else ("30", "")
        for name, text in zip(of, usual, strict=False):
            self.boxes[name].set_text(text)

    def _show_boxes(self) -> None:
        for kind, names in _OF_KIND.items():
            for name in names:
                self.boxes[name].setVisible(kind == _KINDS[self.kind.index])
