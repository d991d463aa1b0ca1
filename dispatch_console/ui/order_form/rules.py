"""The part of the form about what the order asks of the plan."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_console.ui.order_form.boxes import TextBox, side_by_side
from dispatch_console.ui.order_form.pickup import PickupBox
from dispatch_console.ui.plain import plain
from dispatch_console.ui.widgets import Text


class RulesGroup(QWidget):
    """`boxes` are the form's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = self.tr
        self.pickup = PickupBox(tr("Picked up at"), tr("the depot"))
        self.boxes: dict[str, TextBox] = {
            "release": TextBox(tr("Ready at"), tr("always")),
            "pickup": self.pickup,
            "late": TextBox(tr("Late, a minute"), tr("not allowed")),
            "parking": TextBox(tr("Parking, min"), "0"),
            "zone": TextBox(tr("Zone"), tr("none")),
            "goods": TextBox(tr("Goods classes"), tr("such as acid, food")),
            "not_drivers": TextBox(tr("Not with driver"), tr("any driver")),
            "known_by": TextBox(tr("Usual driver"), tr("none")),
        }
        for name, tip in (
            (
                "release",
                tr("Before this time of day its goods are not at the depot: nobody leaves with them earlier."),
            ),
            (
                "pickup",
                tr("Number of another order of this day: at its stop the goods come on board, not at the depot."),
            ),
            ("late", tr("What a minute past the window costs. Empty: the window is to be kept.")),
            ("parking", tr("So much of the stop falls away if the driver stands at this address already.")),
            ("zone", tr("Some vehicles may not enter it, some drivers are at home in it.")),
            ("goods", tr("Some classes may not ride together, as the settings of planning say.")),
            ("not_drivers", tr("Who may not come here; several names with ; between them.")),
            ("known_by", tr("Who has been here before and is preferred; several names with ; between them.")),
        ):
            self.boxes[name].setToolTip(plain(tip))
        box = self.boxes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(tr("Rules for planning"), "pane"))
        column.addLayout(side_by_side((box["release"], 1), (box["pickup"], 1)))
        column.addLayout(side_by_side((box["late"], 1), (box["parking"], 1)))
        column.addLayout(side_by_side((box["zone"], 1), (box["goods"], 1)))
        column.addLayout(side_by_side((box["not_drivers"], 1), (box["known_by"], 1)))
