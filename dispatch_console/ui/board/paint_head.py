"""Paints the head of a lane: colour, initials, name, padlock, vehicle, badges, three loads, sums."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from dispatch_console.domain.rules import Rule
from dispatch_console.ui.board.hint import Hint
from dispatch_console.ui.board.lanes import Badge, Lane, Load
from dispatch_console.ui.theme import look
from dispatch_console.ui.widgets import paint_chip

STRIPE = 3
PAD = 8
_COLUMN_GAP = 6
_SUM_GAP = 5
_LEAST_NAME = 36  # px of a vehicle's name that tell which it is
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def paint_back(painter: QPainter, area: QRect) -> None:
    """What lies behind and between the lanes."""
    painter.fillRect(area, look.colour("bg"))


def paint_ground(painter: QPainter, rect: QRect, lane: Lane) -> None:
    """The lane's box with the stripe of its route at the top."""
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(look.colour("line"))
    painter.setBrush(look.colour("pane"))
    painter.drawRoundedRect(QRectF(x + 0.5, y + 0.5, w - 1, h + 8), 4, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    colours = look.route(lane.shift.slot)
    painter.setBrush(QColor(colours.fill))
    painter.drawRoundedRect(QRectF(x + 1, y + 1, w - 2, 12), 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(x + 1, y + 1 + STRIPE, w - 2, 12, look.colour("pane"))
    if colours.dashed:
        for left in range(x + 13, x + w - 4, 12):
            painter.fillRect(left, y + 1, 4, STRIPE, look.colour("pane"))


def paint_head(painter: QPainter, rect: QRect, lock: QRect, lane: Lane, *, hint: Hint | None, ratio: float) -> None:
    """All that stands in the head `rect`. `hint`: what a drop here would do, in place of vehicle and sums."""
    inner = rect.adjusted(PAD, STRIPE + 5, -PAD, 0)
    x, y, w = inner.left(), inner.top(), inner.width()
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
    if hint is not None:
        painter.fillRect(rect.adjusted(0, STRIPE, 0, -1), look.colour("accbg"))
    _first_line(painter, QRect(x, y, w, 20), lock, lane, ratio)
    if hint is not None:
        fits = QFontMetricsF(look.font("secondary")).horizontalAdvance(hint.text) <= w
        _line(painter, QRect(x, y + 20, w, 18), hint.text if fits else hint.text.partition(": ")[2], "acc")
    else:
        _vehicle_line(painter, QRect(x, y + 20, w, 18), lane, ratio)
    _load_lines(painter, QRect(x, y + 38, w, 22), lane.loads)
    if hint is not None and hint.rule:
        _line(painter, QRect(x, y + 60, w, 18), hint.rule, "red")
    else:
        _sum_line(painter, QRect(x, y + 60, w, 18), lane)
    if hint is not None:
        painter.setPen(QPen(look.colour("acc"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))


def _first_line(painter: QPainter, rect: QRect, lock: QRect, lane: Lane, ratio: float) -> None:
    shift = lane.shift
    paint_chip(painter, QRect(rect.left(), rect.top() + 2, 22, 16), shift.slot, shift.driver.initials)
    name = rect.adjusted(27, 0, -18, 0)
    font = look.font("key")
    painter.setFont(font)
    painter.setPen(look.colour("tx3" if shift.absent else "tx"))
    text = QFontMetricsF(font).elidedText(shift.driver.name, Qt.TextElideMode.ElideRight, name.width())
    painter.drawText(name, _LEFT, text)
    locked = lane.route.locked
    icon = look.pixmap("ph.lock-fill" if locked else "ph.lock-open", "tx" if locked else "tx3", lock.width(), ratio)
    painter.drawPixmap(lock.topLeft(), icon)


def _vehicle_line(painter: QPainter, rect: QRect, lane: Lane, ratio: float) -> None:
    right = rect.right() + 1
    for badge in reversed(fitting(lane, rect.width())):
        width = badge_width(badge)
        paint_badge(painter, QRect(right - width, rect.top() + 1, width, 16), badge, ratio)
        right -= width + 4
    font = look.font("secondary")
    painter.setFont(font)
    painter.setPen(look.colour("tx2"))
    room = right - rect.left()
    if room > 20:  # cut in the middle: vehicles differ by the number at the end
        text = QFontMetricsF(font).elidedText(lane.shift.vehicle.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(rect, _LEFT, text)


def fitting(lane: Lane, room: int) -> list[Badge]:
    """Two badges at most, in few words if the vehicle would have to be cut else; one if nothing were left of it."""
    badges = list(lane.badges[:2])
    name = QFontMetricsF(look.font("secondary")).horizontalAdvance(lane.shift.vehicle.name)
    if name > _left(badges, room):
        badges = [badge._replace(text=badge.brief or badge.text) for badge in badges]
    if min(name, _LEAST_NAME) > _left(badges, room):
        del badges[1:]
    return badges


def _left(badges: list[Badge], room: int) -> int:
    return room - sum(badge_width(badge) + 4 for badge in badges)


def _line(painter: QPainter, rect: QRect, words: str, token: str) -> None:
    font = look.font("secondary")
    painter.setFont(font)
    painter.setPen(look.colour(token))
    painter.drawText(rect, _LEFT, QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width()))


def badge_width(badge: Badge) -> int:
    width = QFontMetricsF(look.font("badge")).horizontalAdvance(badge.text)
    return round(width) + 10 + (15 if badge.icon else 0)


def paint_badge(painter: QPainter, rect: QRect, badge: Badge, ratio: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("redbg" if badge.red else "raise"))
    painter.drawRoundedRect(rect, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    token = "red" if badge.red else "tx2"
    left = rect.left() + 5
    if badge.icon:
        painter.drawPixmap(left - 1, rect.top() + 2, look.pixmap(badge.icon, token, 12, ratio))
        left += 15
    painter.setFont(look.font("badge"))
    painter.setPen(look.colour(token))
    painter.drawText(QRect(left, rect.top(), rect.right() - left, rect.height()), _LEFT, badge.text)


def _load_lines(painter: QPainter, rect: QRect, loads: tuple[Load, ...]) -> None:
    """Three equal columns: unit and figure, and a bar below that never grows past its track."""
    column = (rect.width() - 2 * _COLUMN_GAP) / 3
    font = look.font("load")
    widest = max(loads, key=lambda load: QFontMetricsF(font).horizontalAdvance(load.unit + load.text))
    painter.setFont(_squeezed(font, (widest.unit, widest.text), column - 3))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for i, load in enumerate(loads):
        left = rect.left() + i * (column + _COLUMN_GAP)
        text = QRectF(left, rect.top() + 1, column, 13)
        over = load.share is not None and load.share > 1
        painter.setPen(look.colour("tx3"))
        painter.drawText(text, _LEFT, load.unit)
        painter.setPen(look.colour("red" if over else "tx2"))
        painter.drawText(text, _RIGHT, load.text)
        painter.setPen(Qt.PenStyle.NoPen)
        for share, token in ((1.0, "line"), (load.share or 0.0, "red" if over else "tx2")):
            painter.setBrush(look.colour(token))
            painter.drawRoundedRect(QRectF(left, rect.top() + 16, column * min(1.0, share), 4), 1, 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _sum_line(painter: QPainter, rect: QRect, lane: Lane) -> None:
    """Stops at the left, the end at the right, km in the middle of what is left between them."""
    key = look.font("key")
    end = QFontMetricsF(key).horizontalAdvance(lane.end_text)
    font = _squeezed(look.font("secondary"), (lane.sum_text, lane.km_text), rect.width() - end - 2 * _SUM_GAP)
    metrics = QFontMetricsF(font)
    left, km = metrics.horizontalAdvance(lane.sum_text), metrics.horizontalAdvance(lane.km_text)
    painter.setFont(font)
    painter.setPen(look.colour("tx2"))
    painter.drawText(rect, _LEFT, lane.sum_text)
    x = rect.left() + left + (rect.width() - left - km - end) / 2
    painter.drawText(QPointF(x, rect.top() + 9 + metrics.capHeight() / 2), lane.km_text)
    painter.setFont(key)
    over = any(broken.rule is Rule.SHIFT for broken in lane.schedule.broken)
    painter.setPen(look.colour("red" if over else "tx"))
    painter.drawText(rect, _RIGHT, lane.end_text)


def _squeezed(font: QFont, words: tuple[str, ...], room: float) -> QFont:
    """`font`, drawn narrower where all of `words` side by side would not fit into `room`: figures are never cut."""
    metrics = QFontMetricsF(font)
    need = sum(metrics.horizontalAdvance(word) for word in words)
    if need <= room:
        return font
    tight = QFont(font)
    tight.setStretch(max(50, int((font.stretch() or 100) * room / need)))
    return tight
