"""Lists as they stand in panes, and what their delegates are given to paint with.

PySide's own types do not know the members of the option.
"""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from dispatch_console.ui.theme import look


class Option(Protocol):
    """`rect` in px of the view's viewport."""

    rect: QRect
    state: QStyle.StateFlag
    widget: QWidget


def known(option: QStyleOptionViewItem) -> Option:
    """The same option, with its members known to the type checker."""
    return cast("Option", option)


def bare(view: QListView, name: str) -> None:
    """A list without a frame of its own, one row of which can be chosen; `name` is what is spoken of it."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setSelectionMode(QListView.SelectionMode.SingleSelection)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setAccessibleName(name)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The ground of a row: tinted with an edge if it is chosen, under the pointer grey; and the rule below it."""
    rect, state = known(option).rect, known(option).state
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    if chosen or state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect.adjusted(0, 0, 0, -1), look.colour("accbg" if chosen else "hover"))
    if chosen:
        painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height() - 1), look.colour("acc"))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.colour("line2"))
