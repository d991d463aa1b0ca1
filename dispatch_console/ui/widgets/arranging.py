"""How the parts of panes and pages stand to each other: one below another, in a frame that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)


def pile(holder: QWidget, *parts: QWidget | QLayout, grows: QWidget) -> None:
    """The parts one below another, without gaps or margins; one of them takes what room is left."""
    _line_up(QVBoxLayout(holder), parts, grows)


def beside(holder: QWidget, *parts: QWidget | QLayout, grows: QWidget) -> None:
    """The same from left to right."""
    _line_up(QHBoxLayout(holder), parts, grows)


def in_a_row(*widgets: QWidget) -> QWidget:
    """A holder with the widgets side by side from the left, 8 px apart, as wide as each needs."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return holder


def _line_up(line: QBoxLayout, parts: Sequence[QWidget | QLayout], grows: QWidget) -> None:
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    for part in parts:
        if isinstance(part, QLayout):
            line.addLayout(part)
        else:
            line.addWidget(part, 1 if part is grows else 0)


def either(*widgets: QWidget) -> QStackedWidget:
    """One of them at a time: a list, or why it is empty. The first at first."""
    stack = QStackedWidget()
    for widget in widgets:
        stack.addWidget(widget)
    return stack


def scrolling(inside: QWidget) -> QScrollArea:
    """As wide as there is room, as high as it needs."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(inside)
    return scroll


def scrolling_form(inside: QWidget) -> QScrollArea:
    """The same for the fields of a panel: never to the side, on the ground of the panel, no stop for Tab."""
    scroll = scrolling(inside)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
    return scroll
