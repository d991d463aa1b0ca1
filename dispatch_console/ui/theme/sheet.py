"""The style sheet for Qt's own widgets: menus, tables, scroll bars, tooltips, combo boxes."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from PySide6.QtGui import QColor

from dispatch_console import resources

_SHEET = Template("""
QToolTip { background: $raise_; color: $tx; border: 1px solid $line; padding: 4px 6px; }
QMenu { background: $pane; color: $tx; border: 1px solid $line; padding: 4px 0; }
QMenu::item { padding: 5px 24px 5px 12px; min-height: 16px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 12px; height: 12px; margin-left: 8px; }
QMenu::indicator:checked { image: url("$check"); }
QMenu::indicator:unchecked { image: none; }
QMenu::item:selected { background: $accbg; color: $tx; }
QMenu::item:disabled { color: $tx3; }
QMenu::separator { height: 1px; background: $line2; margin: 4px 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $done; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: $tx3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
QHeaderView { background: $raise_; border: 0; }
QHeaderView::section { background: $raise_; color: $tx3; border: 0; border-bottom: 1px solid $line; padding: 0 4px;
    font-size: 11px; font-weight: 400; }
QTableView, QTreeView, QListView { border: 0; background: $pane; gridline-color: $line2; outline: 0; }
QSplitter::handle { background: $line; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QTimeEdit, QDateEdit, QComboBox {
    background: $field; color: $tx; border: 1px solid $line; border-radius: 4px; padding: 0 6px; min-height: 26px;
    selection-background-color: $accbg; selection-color: $tx; placeholder-text-color: $tx3; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QTimeEdit:focus,
QDateEdit:focus, QComboBox:focus { border: 2px solid $acc; padding: 0 5px; min-height: 24px; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: $tx3; background: $raise_; }
QLineEdit[ours="true"], QLineEdit[ours="true"]:focus { border: 0; background: transparent; padding: 0;
    min-height: 0; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("$caret"); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: $pane; border: 1px solid $line; selection-background-color: $accbg;
    selection-color: $tx; }
QCheckBox { color: $tx; spacing: 6px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $tx3; border-radius: 3px; background: $field; }
QCheckBox::indicator:checked { border-color: $acc; image: url("$check"); }
QCheckBox::indicator:focus { border: 2px solid $acc; width: 12px; height: 12px; }
QTabBar::tab { background: transparent; color: $tx2; padding: 0 12px; height: 31px; border: 0;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $tx; font-weight: 600; border-bottom: 2px solid $acc; }
QTabBar::tab:hover:!selected { background: $hover; }
QTabBar { background: $pane; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QProgressBar { background: $line2; border: 0; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $acc; border-radius: 2px; }
QGroupBox { border: 0; font-weight: 600; margin-top: 20px; padding: 0; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
""")

_NAMES = ("pane", "raise", "field", "hover", "line", "line2", "tx", "tx2", "tx3", "acc", "on_acc", "accbg", "done")


def style_sheet(colour: Callable[[str], QColor], *, dark: bool) -> str:
    """The sheet in the colours that `colour` gives for tokens."""
    names = {name if name != "raise" else "raise_": colour(name).name() for name in _NAMES}
    scheme = "dark" if dark else "light"
    names |= {icon: resources.path("icons", f"{icon}-{scheme}.svg").as_posix() for icon in ("caret", "check")}
    return _SHEET.substitute(names)
