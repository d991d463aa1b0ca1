"""The palette itself: a child of the window over a half-transparent fill, 720 wide, 96 from its top edge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from dispatch_console.domain.fleet import Shift
from dispatch_console.domain.orders import Order
from dispatch_console.services.lookup import Found
from dispatch_console.ui.actions import Action
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.palette import entries
from dispatch_console.ui.palette.beyond import Beyond, Find
from dispatch_console.ui.palette.rows import ROW, RowList
from dispatch_console.ui.palette.scope import ScopePills
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import marks, paint

WIDTH = 720
#: From the inside of the window: the drawing's 96 count the title bar of 32.
TOP = 64
INPUT, FOOT = 48, 32
_ROUND = 6

#: (action, new keys) → who had these keys before and lost them, None: nobody.
ChangeKey = Callable[[Action, str], Action | None]


class Palette(QWidget):
    """Covers the window while it is open. `run` does an action; it is called when the palette is closed again."""

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        window: QWidget,
        run: Callable[[Action], object],
        keys: Callable[[Action], list[str]],
        change_key: ChangeKey,
    ) -> None:
        super().__init__(window)
        self._desk, self._run, self._change_key = desk, run, change_key
        self._host = window
        self._index = entries.Index(desk, {}, {})
        self.beyond = Beyond(self)
        self.beyond.found.connect(self._on_beyond)
        self._before: QWidget | None = None
        self.input = QLineEdit(self)
        self.input.setProperty("ours", True)
        self.input.setFont(look.font("palette"))
        self.input.setAccessibleName(self.tr("Search orders, drivers, or run a command"))
        self.input.textEdited.connect(self._search)
        self.input.installEventFilter(self)
        self.pills = ScopePills(self)
        self.pills.chosen.connect(self._set_scope)
        self.list = RowList(keys, self)
        self.list.chosen.connect(self._click)
        window.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self.hide()

    def use_finder(self, find: Find) -> None:
        """Look through the orders of all days too; the answer comes below what the day itself has."""
        self.beyond.find = find

    def open(self, text: str = "") -> None:
        """Show it over the whole window, empty or with `text` typed."""
        self._before = self.window().focusWidget()
        self._index = entries.index(self._desk)
        self.input.setText(text)
        self.setGeometry(self._host.rect())
        self._search(text)
        self.show()
        self.raise_()
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_palette(self) -> None:
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.closed.emit()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Work that ends below an open palette (a file is read) gets the keys when it closes, not before."""
        if new is None or not self.isVisible() or new.window() is not self.window() or self.isAncestorOf(new):
            return
        self._before = new
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def panel(self) -> QRect:
        """Where the panel lies."""
        width = min(WIDTH, self.width() - 32)
        most = self.height() - TOP - 32 - INPUT - FOOT - 2
        height = min(max(self.list.whole_height(), ROW), max(ROW, most - most % 2))
        return QRect((self.width() - width) // 2, TOP, width, INPUT + height + FOOT + 2)

    # -- what is typed -------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        self.list.show_groups(self._index.search(text))
        self.beyond.ask(entries.asks_all_days(text))
        self.pills.show_scope(entries.split(text)[0])
        self._arrange()
        self.update()

    def _on_beyond(self, query: str, found: list[Found]) -> None:
        """What other days hold goes below; only what was merely guessed gives way to it."""
        text = self.input.text()
        if not self.isVisible() or entries.asks_all_days(text) != query or self.list.asking:
            return
        group = entries.past_group(self._desk, found)
        if group is None:
            return
        if self._index.is_guess(text):
            self.list.show_groups([group])
        else:
            self.list.add_group(group)
        self._arrange()
        self.update()

    def _set_scope(self, scope: str) -> None:
        _, query = entries.split(self.input.text())
        self.input.setText(scope + query)
        self._search(self.input.text())
        self.input.setFocus()

    def _arrange(self) -> None:
        panel = self.panel()
        pills = self.pills.sizeHint()
        self.pills.setGeometry(panel.right() - 12 - pills.width(), panel.top() + 14, pills.width(), pills.height())
        left = panel.left() + 43
        self.input.setGeometry(left, panel.top() + 9, self.pills.x() - left - 12, 30)
        self.list.setGeometry(panel.left() + 1, panel.top() + 1 + INPUT, panel.width() - 2, panel.height() - 82)

    # -- keys ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.input:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # keys typed here are not the window's
            if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._take_key(event) if self.list.asking else self._key(event)
        elif event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
            self._arrange()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        page = max(1, self.list.height() // ROW - 1)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        if key in steps:
            self.list.walk(steps[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape or (
            key == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._ask_key()
            elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._take_history()
            else:
                self._take()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _take(self) -> None:
        row = self.list.row()
        if row is None:
            return
        if row.why_not:
            self._desk.message.emit(row.why_not, "info")
            return
        self.close_palette()
        if isinstance(row.value, Action):
            self._run(row.value)
        elif isinstance(row.value, Found):
            self._desk.history_wanted.emit(int(row.value.order))
        elif isinstance(row.value, Order):
            self._desk.select([row.value.stop], row.value.stop, self)
            self._desk.reveal.emit(row.value.stop)
        else:
            self._show_route(row.value)

    def _take_history(self) -> None:
        """Ctrl+Enter: the page of an order instead of its place on the day."""
        row = self.list.row()
        if row is not None and isinstance(row.value, Order | Found):
            self.close_palette()
            order = row.value.id if isinstance(row.value, Order) else row.value.order
            self._desk.history_wanted.emit(int(order))

    def _show_route(self, shift: Shift) -> None:
        self._desk.select((), None, self, shift.id)
        stops = self._desk.day.plan.route(shift.id).stops
        if stops:
            self._desk.reveal.emit(stops[0])

    def _click(self, index: int) -> None:
        self.list.current = index
        self._take()

    # -- another key for an action -------------------------------------------------------------------

    def _ask_key(self) -> None:
        row = self.list.row()
        if row is not None and isinstance(row.value, Action):
            self.list.ask(self.tr("press the new key · Backspace: none · Esc: as it was"))

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr):
            return True
        row = self.list.row()
        self.list.ask("")
        if key == Qt.Key.Key_Escape or row is None or not isinstance(row.value, Action):
            return True
        keys = "" if key == Qt.Key.Key_Backspace else _sequence(event.keyCombination())
        loser = self._change_key(row.value, keys)
        if loser is not None:
            lost = self.tr("{keys} is now “{new}”; “{old}” has no key.")
            self._desk.message.emit(lost.format(keys=keys, new=row.value.text, old=loser.text), "info")
        return True

    # -- mouse and paint -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _scrim())
        panel = self.panel()
        paint.box(painter, panel, look.colour("pane"), look.colour("tx3"), _ROUND)
        icon = QRect(panel.left() + 13, panel.top() + 14, 20, 20)
        paint.icon_at(painter, "ph.magnifying-glass", "acc", icon)
        line = panel.top() + INPUT
        painter.fillRect(QRect(panel.left() + 1, line, panel.width() - 2, 1), look.colour("line"))
        if not self.list.rows:
            painter.setFont(look.font("data"))
            painter.setPen(look.colour("tx3"))
            nothing = QRect(panel.left() + 46, line + 1, panel.width() - 60, ROW)
            painter.drawText(nothing, Qt.AlignmentFlag.AlignVCenter, self.tr("Nothing found. Try fewer letters."))
        self._paint_foot(painter, panel)

    def _paint_foot(self, painter: QPainter, panel: QRect) -> None:
        foot = QRect(panel.left() + 1, panel.bottom() - FOOT, panel.width() - 2, FOOT)
        painter.save()
        painter.setClipRect(foot)
        paint.box(painter, foot.adjusted(0, -8, 0, 0), look.colour("raise"), None, _ROUND - 1)
        painter.restore()
        painter.fillRect(QRect(foot.left(), foot.top(), foot.width(), 1), look.colour("line"))
        x = foot.left() + 12
        for keys, text in (
            (("↑↓",), self.tr("walk")),
            (("↵",), self.tr("run")),
            (("Ctrl", "↵"), self.tr("history of an order")),
            (("Alt", "↵"), self.tr("change its key")),
        ):
            x = _paint_hint(painter, x, foot, keys, text) + 16
        close = self.tr("close")
        width = marks.key_width("Esc") + 4 + _text_width(close)
        _paint_hint(painter, foot.right() - 12 - width, foot, ("Esc",), close)


def _paint_hint(painter: QPainter, x: int, foot: QRect, keys: tuple[str, ...], text: str) -> int:
    """Key caps and what they do; where it ends."""
    for key in keys:
        width = marks.key_width(key)
        marks.paint_key(painter, QRect(x, foot.top() + 7, width, marks.KEY_HEIGHT), key)
        x += width + 4
    painter.setFont(look.font("data"))
    painter.setPen(look.colour("tx2"))
    painter.drawText(QRect(x, foot.top(), 400, foot.height()), Qt.AlignmentFlag.AlignVCenter, text)
    return x + _text_width(text)


def _text_width(text: str) -> int:
    return marks.text_width(text, "data")


def _sequence(keys: QKeyCombination) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def _scrim() -> QColor:
    """What dims the window behind the panel."""
    return QColor(4, 6, 11, 139) if look.is_dark() else QColor(23, 27, 32, 97)
