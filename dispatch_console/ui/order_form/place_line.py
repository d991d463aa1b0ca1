"""One line below the address: how its place on the map is known, or that it has none yet."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch_console.domain.places import Quality
from dispatch_console.ui import texts
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint

_tr = texts.of("PlaceLine")


_WORDS: dict[Quality | None, str] = {
    "pin": "On the map: a pin set for this address",
    "file": "On the map: coordinates came with the order",
    "house": "On the map: the house is known",
    "near_house": "On the map: a house near by",
    "street": "On the map: the middle of the street",
    "place": "On the map: the middle of the town",
}


class PlaceLine(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.text, self._token = "", "tx2"

    def show_place(self, quality: Quality | None, *, known: bool, places: int = 0) -> None:
        """`quality` None: no place yet; then `known` says that nothing was typed so far, and `places` how many it
        may mean."""
        if quality is None:
            self._token = "amb"
            self.text = _tr("No place yet: it will wait in the pool for its pin")
            if places:
                self.text = _tr("Not certain: {n} places may be meant. Saved, Alt+P asks which").format(n=places)
            if known:
                self._token = "tx3"
                self.text = _tr("An address seen before finds its pin by itself")
        else:
            self._token = "amb" if quality in ("street", "place") else "tx2"
            self.text = _tr(_WORDS[quality])
        self.setAccessibleName(self.text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.icon_at(painter, "ph.map-pin", self._token, QRect(0, 2, 14, 14))
        painter.setFont(look.font("secondary"))
        painter.setPen(look.colour(self._token))
        painter.drawText(self.rect().adjusted(19, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text)
