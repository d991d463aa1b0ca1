"""What a delegate is given to paint with: PySide's own types do not know the members of the option."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget


class Option(Protocol):
    """`rect` in px of the view's viewport."""

    rect: QRect
    state: QStyle.StateFlag
    widget: QWidget


def known(option: QStyleOptionViewItem) -> Option:
    """The same option, with its members known to the type checker."""
    return cast("Option", option)
