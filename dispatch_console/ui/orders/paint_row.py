"""Paints the rows of the orders table: a group's head, or an order."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from dispatch_console.ui.board.paint_card import elided, width, write
from dispatch_console.ui.models.arranging import Column, Group
from dispatch_console.ui.models.marks import Mark
from dispatch_console.ui.models.order_rows import OrderRow, Standing, State
from dispatch_console.ui.orders.columns import GAP, NARROW, RIGHT, SPILL, Slot
from dispatch_console.ui.theme import look
from dispatch_console.ui.theme.look import Role
from dispatch_console.ui.widgets import paint_chip

MARK = 13


class Mood(NamedTuple):
    """How a row stands out."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False  # the keys are here, and it is not selected
    leaving: bool = False


@lru_cache(maxsize=20_000)
def tail(words: str, room: int) -> str:
    """The end of a long reference: what tells it from its neighbours."""
    return QFontMetricsF(look.font("data")).elidedText(words, Qt.TextElideMode.ElideLeft, room)


def paint_group(
    painter: QPainter, rect: QRect, group: Group, count: int, folded: bool, note: str, ratio: float
) -> None:
    """A row that heads others: caret, title, how many; a note at the right."""
    painter.fillRect(rect, look.colour("raise"))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
    caret = look.pixmap("ph.caret-right" if folded else "ph.caret-down", "tx2", 12, ratio)
    painter.drawPixmap(rect.left() + 8, rect.top() + 6, caret)
    base = _base(rect)
    x = write(painter, rect.left() + 26, base, group.title, "key", "tx")
    x = write(painter, x + 7, base, str(count), "data", "tx3")
    left = rect.right() + 1 - RIGHT - width(note, "data")
    if note and rect.width() >= NARROW and left > x + 12:
        write(painter, left, base, note, "data", "tx3")


def paint_order(
    painter: QPainter,
    rect: QRect,
    row: OrderRow,
    standing: Standing,
    word: str,
    slots: dict[Column, Slot],
    mood: Mood,
    ratio: float,
) -> None:
    """An order's row. `word`: why it has no driver, for those that have none."""
    painter.fillRect(rect, look.colour("accbg" if mood.selected else "hover" if mood.hovered else "pane"))
    if mood.leaving:
        painter.setOpacity(0.4)
    if mood.selected:
        painter.fillRect(rect.left(), rect.top(), 2, rect.height() - 1, look.colour("acc"))
    base = _base(rect)
    done = standing.state is State.DONE
    _flag(painter, rect, row, standing, slots[Column.FLAGS], ratio)
    ref = slots[Column.REF]
    text = row.ref if width(row.ref, "data") <= ref.width + 2 else tail(row.ref, ref.width)
    write(painter, rect.left() + ref.x, base, text, "data", "tx3" if done else "tx2")
    _name_to_window(painter, rect, row, slots, done)
    if done:
        _outcome(painter, rect, standing, slots, ratio)
    elif Column.KG in slots:
        x = rect.left() + slots[Column.KG].end - width(row.kg, "data")
        write(painter, x, base, row.kg, "data", "tx")
    if not done:
        _state(painter, rect, standing, word, slots[Column.STATE], ratio)
    painter.setOpacity(1)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
    if mood.focused:
        painter.setPen(look.colour("acc"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -2))


def _flag(painter: QPainter, rect: QRect, row: OrderRow, standing: Standing, slot: Slot, ratio: float) -> None:
    """The first sign; the rest is in the tooltip."""
    first: Mark | None = row.marks[0] if row.marks else standing.pin
    if first is not None:
        icon = look.pixmap(first.icon, "tx2", MARK, ratio)
        painter.drawPixmap(rect.left() + slot.x + 1, rect.top() + (rect.height() - 1 - MARK) // 2, icon)


def _name_to_window(painter: QPainter, rect: QRect, row: OrderRow, slots: dict[Column, Slot], done: bool) -> None:
    """A window with minutes is wider than its column: its left neighbour makes room, figures are never cut."""
    base, faint = _base(rect), "tx3" if done else "tx2"
    window, left = slots[Column.WINDOW], rect.left()
    role: Role = "data" if width(row.window, "data") <= window.width else "secondary"
    start = int(min(float(window.x), window.end - width(row.window, role)))
    if row.window:
        write(painter, left + start, base, row.window, role, faint)
    end = start - GAP if row.window else window.x - GAP
    if Column.TOWN in slots:
        town = slots[Column.TOWN]
        text = elided(row.town, "data", min(town.width, end - town.x))
        write(painter, left + town.x, base, text if len(text) > 1 else row.town[:1], "data", faint)
        end = town.x - GAP
    name = slots[Column.NAME]
    text = elided(row.name, "data", min(name.width, end - name.x))
    write(painter, left + name.x, base, text, "data", "tx3" if done else "tx")


def _state(painter: QPainter, rect: QRect, standing: Standing, word: str, slot: Slot, ratio: float) -> None:
    base, x = _base(rect), rect.left() + slot.x
    if not standing.slot:
        token = "amb" if standing.state is State.NO_PLACE else "tx2"
        write(painter, x, base, elided(word, "data", slot.width + SPILL), "data", token)
        return
    chip = _chip(standing.slot, standing.initials, ratio, look.is_dark())
    painter.drawPixmap(x, rect.top() + (rect.height() - 17) // 2, chip)
    write(painter, x + 26, base, standing.number, "data", "tx2")


def _outcome(painter: QPainter, rect: QRect, standing: Standing, slots: dict[Column, Slot], ratio: float) -> None:
    """Who was there and how it ended, in the room of weight and position: both are of no interest any more."""
    state = slots[Column.STATE]
    x = rect.left() + (slots[Column.KG].x if Column.KG in slots else state.x)
    end = rect.left() + state.end + SPILL
    if Column.KG in slots:
        chip = _chip(standing.slot, standing.initials, ratio, look.is_dark())
        painter.drawPixmap(x, rect.top() + (rect.height() - 17) // 2, chip)
        x += 26
    if standing.failed:
        painter.drawPixmap(x, rect.top() + 6, look.pixmap("ph.x-bold", "red", 11, ratio))
        x += 13
    text = elided(standing.told, "data", end - x)
    write(painter, x, _base(rect), text, "data", "red" if standing.failed else "tx3")


@lru_cache(maxsize=500)
def _chip(slot: int, initials: str, ratio: float, _dark: bool) -> QPixmap:
    """A route's chip, painted once: a table shows hundreds."""
    picture = QPixmap(round(22 * ratio), round(16 * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_chip(painter, QRect(0, 0, 22, 16), slot, initials)
    painter.end()
    return picture


def _base(rect: QRect) -> int:
    """The baseline of a line of text in the middle of a row, its rule left out."""
    return rect.top() + (rect.height() - 1) // 2 + 5
