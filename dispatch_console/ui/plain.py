"""Texts of the world for what Qt would read as rich text: tooltips above all, which load pictures that are named
in them, from a file or a server's folder."""

from __future__ import annotations

from html import escape

from PySide6 import QtGui
from PySide6.QtWidgets import QMessageBox


def plain(text: str) -> str:
    """`text` for a tooltip, shown as it is written. Whoever puts rich text together escapes the parts instead."""
    if not QtGui.Qt.mightBeRichText(text):
        return text
    return f"<p style='white-space:pre'>{escape(text)}</p>"


def problem(title: str, text: str) -> QMessageBox:
    """A box with a sentence, for when there is no window yet that could show it; a box of Qt's own would read
    rich text."""
    box = QMessageBox(QMessageBox.Icon.Critical, title, "")
    box.setTextFormat(QtGui.Qt.TextFormat.PlainText)
    box.setText(text)
    return box
