"""How a line of the preview is painted: a route 28 high, a stop 26, a head 28."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from dispatch_console.ui import texts
from dispatch_console.ui.preview.words import Chip, HeadLine, Line, RouteLine, StopLine
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint, paint_badge, paint_chip
from dispatch_console.ui.widgets.marks import BADGE_HEIGHT, CHIP_SIZE, badge_width, text_width

_tr = texts.of("Preview")
EDGE = 12
_TICK = 14
#: So far stops stand behind their route.
_INDENT = 21
_SAVED, _KM, _ETA, _PLACES = 44, 42, 92, 124
#: In a narrower list the kilometres are only told.
_WIDE = 440
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
#: The reference is left out where a name has less room than this beside it.
_NAME = 84


class Look(NamedTuple):
    """How a line is shown now. `ticked` is a route's."""

    ticked: bool = False
    chosen: bool = False
    hovered: bool = False
    focused: bool = False


def height(line: Line) -> int:
    return 26 if isinstance(line, StopLine) else 28


def tick_rect(area: QRect) -> QRect:
    """Where a click on a route's line ticks it."""
    return QRect(area.left(), area.top(), EDGE + _TICK + 4, area.height())


def paint_heads(painter: QPainter, area: QRect, caption: str, heads: tuple[str, str, str, str]) -> None:
    """The head of the whole list: what moves, and the names of the columns."""
    painter.fillRect(area, look.colour("raise"))
    saved, km, eta, places = _columns(area)
    paint.text(
        painter, QRect(EDGE, area.top(), places.left() - EDGE - 8, area.height()), caption, "secondary", "tx3"
    )
    paint.text(painter, places, heads[0], "secondary", "tx3")
    paint.text(painter, eta, heads[1], "secondary", "tx3", _RIGHT)
    paint.text(painter, saved, heads[2], "secondary", "tx3", _RIGHT)
    paint.text(painter, km, heads[3], "secondary", "tx3", _RIGHT)
    _rule(painter, area, "line2")


def paint_line(painter: QPainter, area: QRect, line: Line, how: Look) -> None:
    plain = "pane" if isinstance(line, StopLine) else "raise"
    ground = "accbg" if how.chosen else "hover" if how.hovered else plain
    painter.fillRect(area, look.colour(ground))
    if how.chosen:
        painter.fillRect(area.left(), area.top(), 2, area.height(), look.colour("acc"))
    if isinstance(line, RouteLine):
        _route(painter, area, line, how.ticked)
    elif isinstance(line, StopLine):
        _stop(painter, area, line)
    else:
        _head(painter, area, line)
    _rule(painter, area, "line2")
    if how.focused:
        paint.focus_ring(painter, area.adjusted(1, 1, -1, -1), 2)


def _route(painter: QPainter, area: QRect, line: RouteLine, ticked: bool) -> None:
    middle = area.center().y() + 1
    icon, token = ("ph.check-square-fill", "acc") if ticked else ("ph.square", "tx3")
    paint.icon_at(painter, icon, token, QRect(EDGE - 3, middle - 7, _TICK, _TICK))
    x = EDGE - 3 + _TICK + 12
    _chip(painter, x, area, line.chip)
    x += CHIP_SIZE.width() + 8
    right = area.right() + 1 - EDGE
    was, will = line.end
    width = text_width(will, "key")
    paint.text(painter, QRect(right - width - 1, area.top(), width + 1, area.height()), will, "key", "tx", _RIGHT)
    before = _tr("back {time} →").format(time=was) if was != will else _tr("back")
    width += text_width(before, "data") + 5
    paint.text(painter, QRect(right - width, area.top(), width, area.height()), before, "data", "tx2")
    right -= width + 12
    width = text_width(line.km, "data")
    paint.text(painter, QRect(right - width, area.top(), width + 1, area.height()), line.km, "data", "tx2")
    room = right - width - 12 - x
    used = paint.text(painter, QRect(x, area.top(), room, area.height()), line.name, "key", "tx")
    if line.beside and used + 8 < room:
        rest = QRect(x + used + 6, area.top(), room - used - 6, area.height())
        paint.text(painter, rest, line.beside, "secondary", "tx3")


def _stop(painter: QPainter, area: QRect, line: StopLine) -> None:
    saved, km, eta, places = _columns(area)
    token = "tx3" if line.leaves else "tx"
    left = EDGE + _INDENT
    room = places.left() - left - 8
    number = text_width(line.reference, "secondary")
    with_number = room - number - 6 >= min(_NAME, text_width(line.name, "data"))
    name = QRect(left, area.top(), room - (number + 6 if with_number else 0), area.height())
    used = paint.text(painter, name, line.name, "data", token)
    if with_number:
        at = left + min(used, name.width()) + 6
        paint.text(painter, QRect(at, area.top(), number + 2, area.height()), line.reference, "secondary", "tx3")
    _places(painter, places, line)
    was, will = line.eta
    ink = "red" if line.late else "tx"
    width = text_width(will, "key") + 1
    paint.text(painter, eta, will, "key", ink, _RIGHT)
    if was:
        paint.text(painter, eta.adjusted(0, 0, -width - 4, 0), f"{was} →", "data", "tx2", _RIGHT)
    paint.text(painter, saved, line.saved, "data", "ok" if line.good else "tx2", _RIGHT)
    paint.text(painter, km, line.km, "data", "tx2", _RIGHT)


def _places(painter: QPainter, area: QRect, line: StopLine) -> None:
    """`IF 20 → TB 17`, `new → MK 20`, `leaves → TB 17`, or where it stays."""
    x = area.left()
    if line.leaves:
        words = _tr("leaves →") if line.after is not None else _tr("has no driver then")
        x += paint.text(painter, QRect(x, area.top(), area.right() - x, area.height()), words, "data", "tx3") + 6
    elif line.before is not None:
        x = _chip(painter, x, area, line.before)
        x += paint.text(painter, QRect(x, area.top(), 16, area.height()), "→", "data", "tx3") + 6
    elif not line.stays:
        new = _tr("new")
        width = badge_width(new)
        top = area.top() + (area.height() - BADGE_HEIGHT) // 2
        paint_badge(painter, QRect(x, top, width, BADGE_HEIGHT), new, "accent")
        x += width + 6
        x += paint.text(painter, QRect(x, area.top(), 16, area.height()), "→", "data", "tx3") + 6
    if line.follows:
        room = QRect(x, area.top(), area.right() - x, area.height())
        paint.text(painter, room, line.follows, "data", "tx")
    elif line.after is not None:
        _chip(painter, x, area, line.after, "tx3" if line.leaves else "tx")


def _chip(painter: QPainter, x: int, area: QRect, chip: Chip, token: str = "tx") -> int:
    """A route's chip with a position after it; returns where the next thing may begin."""
    slot, initials, number = chip
    size = CHIP_SIZE
    top = area.top() + (area.height() - size.height()) // 2
    paint_chip(painter, QRect(x, top, size.width(), size.height()), slot, initials)
    x += size.width()
    if number:
        x += 5 + paint.text(painter, QRect(x + 5, area.top(), 24, area.height()), number, "data", token) + 6
    return x


def _head(painter: QPainter, area: QRect, line: HeadLine) -> None:
    used = paint.text(painter, area.adjusted(EDGE, 0, -EDGE - 24, 0), line.text, "key", "tx")
    at = EDGE + used + 6
    paint.text(painter, QRect(at, area.top(), 40, area.height()), str(line.count), "secondary", "tx3")


def _columns(area: QRect) -> tuple[QRect, QRect, QRect, QRect]:
    """Where minutes and kilometres saved, ETA and places stand."""
    right = area.right() + 1 - EDGE
    km = QRect(right - _KM, area.top(), _KM, area.height()) if area.width() >= _WIDE else QRect(right, 0, 0, 0)
    saved = QRect(km.left() - _SAVED, area.top(), _SAVED, area.height())
    eta = QRect(saved.left() - _ETA, area.top(), _ETA, area.height())
    return saved, km, eta, QRect(eta.left() - _PLACES, area.top(), _PLACES, area.height())


def _rule(painter: QPainter, area: QRect, token: str) -> None:
    painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.colour(token))
