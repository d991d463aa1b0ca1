"""Paints what stands below a lane's head: cards, breaks, reloads, folded stops, the gap for a drop."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from dispatch_console.ui import texts
from dispatch_console.ui.board.hint import Hint
from dispatch_console.ui.board.lanes import Card, Lane, Row
from dispatch_console.ui.models.marks import Mark
from dispatch_console.ui.models.standing import Outcome
from dispatch_console.ui.theme import look
from dispatch_console.ui.theme.look import Role

_tr = texts.of("Board")

PAD = 6
INDENT = 18
MARK = 13
_SEQ = 13
_GAP = 6  # between the time and its window
_TIGHT = 4  # between a name and its town, between marks
_BASE = 12  # from the top of a line of 16 to its baseline
_MOST_MARKS = 3
_LEAST_NAME = 30  # px
#: What tells how a stop ended; a presumed one has none, its time says `~`.
_STATUS_SIGNS = {
    Outcome.AT_DOOR: ("ph.truck", "acc"),
    Outcome.DONE: ("ph.check-bold", "tx3"),
    Outcome.PARTIAL: ("ph.package", "amb"),
    Outcome.FAILED: ("ph.x-bold", "red"),
    Outcome.SKIPPED: ("ph.arrow-bend-up-right", "red"),
}


class Mood(NamedTuple):
    """How a card stands out."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False  # the keys are here, and it is not selected
    leaving: bool = False  # it is being dragged away
    badge: str = ""  # what a preview says of it: `from IF`, `was 15`, `new`


@lru_cache(maxsize=20_000)
def width(words: str, role: Role) -> float:
    return QFontMetricsF(look.font(role)).horizontalAdvance(words)


@lru_cache(maxsize=20_000)
def elided(words: str, role: Role, room: int) -> str:
    return QFontMetricsF(look.font(role)).elidedText(words, Qt.TextElideMode.ElideRight, room)


def write(painter: QPainter, x: float, baseline: float, words: str, role: Role, token: str) -> float:
    """Draw `words`; returns the x of their end."""
    painter.setFont(look.font(role))
    painter.setPen(look.colour(token))
    painter.drawText(QPointF(x, baseline), words)
    return x + width(words, role)


def paint_card(painter: QPainter, rect: QRect, card: Card, mood: Mood, ratio: float) -> None:
    """A card in `rect`, 40 high, its rule at the bottom included."""
    painter.fillRect(rect, look.colour("pane"))
    if mood.leaving:
        painter.setOpacity(0.4)
    ground = rect.adjusted(0, 0, 0, -1)
    if mood.selected:
        painter.fillRect(ground, look.colour("accbg"))
        painter.fillRect(QRect(rect.left(), rect.top(), 2, ground.height()), look.colour("acc"))
    elif mood.hovered:
        painter.fillRect(ground, look.colour("hover"))
    _time_line(painter, rect, card, ratio)
    _name_line(painter, rect, card, mood.badge)
    if card.status is Outcome.AT_DOOR and not mood.selected:
        painter.fillRect(QRect(rect.left(), rect.top(), 2, ground.height()), look.colour("tx2"))
    painter.setOpacity(1)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
    if mood.focused:
        painter.setPen(look.colour("acc"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -2))


def _time_line(painter: QPainter, rect: QRect, card: Card, ratio: float) -> None:
    base = rect.top() + 4 + _BASE
    left = rect.left() + PAD
    over = card.over
    seq = max(0.0, _SEQ - width(card.seq, "button"))
    said = write(painter, left + seq, base, card.seq, "button", "tx3" if over else "tx2")
    if over:
        role, token = "data", "tx3"
    else:
        role, token = "key", "amb" if card.lost else _late_ink(card) if card.late else "tx"
    end = write(painter, max(left + INDENT, said + 3), base, card.eta, role, token)  # 14A needs its room
    right = rect.right() + 1 - PAD
    signs, window = fitting(card, right - end)
    if window:
        write(painter, end + _GAP, base, card.window, "secondary", "tx3" if over else "tx2")
    _signs(painter, right, rect.top() + 4, card, signs, ratio)


def _late_ink(card: Card) -> str:
    return "amb" if card.priced else "red"


def fitting(card: Card, room: float) -> tuple[tuple[Mark | str, ...], bool]:
    """What there is room for right of the time: signs (marks, then how many more), and the window."""
    signs: tuple[Mark | str, ...] = card.marks[:_MOST_MARKS] if not card.over else ()
    rest = len(card.marks) - len(signs) if signs else 0
    while True:
        shown = (*signs, f"+{rest}") if rest else signs
        if not card.window or _signs_width(card, shown) + _GAP + width(card.window, "secondary") <= room:
            return shown, bool(card.window)
        if len(signs) <= 1:
            break
        signs, rest = signs[:-1], rest + 1
    all_signs: tuple[Mark | str, ...] = card.marks[:_MOST_MARKS] if not card.over else ()
    more = len(card.marks) - _MOST_MARKS if not card.over else 0
    return ((*all_signs, f"+{more}") if more > 0 else all_signs), False


def _signs_width(card: Card, signs: tuple[Mark | str, ...]) -> float:
    total = sum(width(s, "secondary") if isinstance(s, str) else MARK for s in signs)
    count = len(signs)
    if card.status in _STATUS_SIGNS:
        total, count = total + MARK, count + 1
    if card.waits:
        total, count = total + MARK, count + 1
    if card.late:
        total, count = total + width(card.late, "badge"), count + 1
    return total + max(0, count - 1) * _TIGHT


def _signs(
    painter: QPainter, right: float, top: int, card: Card, signs: tuple[Mark | str, ...], ratio: float
) -> None:
    """From the right edge leftwards: marks, hourglass, minutes late; or the tick of what is over."""

    def icon(name: str, token: str) -> None:
        nonlocal right
        painter.drawPixmap(QPointF(right - MARK, top + 2), look.pixmap(name, token, MARK, ratio))
        right -= MARK + _TIGHT

    for sign in reversed(signs):
        if isinstance(sign, str):
            right -= width(sign, "secondary")
            write(painter, right, top + _BASE, sign, "secondary", "tx2")
            right -= _TIGHT
        else:
            icon(sign.icon, "tx2")
    if card.status in _STATUS_SIGNS:
        icon(*_STATUS_SIGNS[card.status])
    if card.waits and not card.over:
        icon("ph.hourglass", "tx2")
    if card.late:
        right -= width(card.late, "badge")
        write(painter, right, top + _BASE, card.late, "badge", _late_ink(card) if not card.over else "tx3")


def _name_line(painter: QPainter, rect: QRect, card: Card, badge: str) -> None:
    base = rect.top() + 20 + _BASE
    x = float(rect.left() + PAD + INDENT)
    end = rect.right() + 1 - PAD
    if badge:
        end -= round(width(badge, "badge"))
        write(painter, end, base, badge, "badge", "acc")
        end -= _GAP
    ink, faint = ("tx3" if card.over else "tx"), "tx3"
    if card.told:  # why it failed is worth more than the end of the name
        reason = width(card.told, "secondary") + _TIGHT
        name = elided(card.name, "data", int(max(_LEAST_NAME, end - x - reason)))
        x = write(painter, x, base, name, "data", ink) + _TIGHT
        write(painter, x, base, elided(card.told, "secondary", ceil(end - x)), "secondary", "red")
        return
    name = elided(card.name, "data", int(end - x))
    x = write(painter, x, base, name, "data", ink) + _TIGHT
    if name != card.name:
        return
    town, dots = cut(card.town, int(end - x))
    x = write(painter, x, base, town, "secondary", faint)
    write(painter, x, base, dots, "data", ink)


@lru_cache(maxsize=20_000)
def cut(town: str, room: int) -> tuple[str, str]:
    """(what fits of a town, the dots that stand for the rest): the dots are drawn as part of the name."""
    if width(town, "secondary") <= room:
        return town, ""
    dots = "…" if width("…", "data") <= room else ""
    left = len(town)
    while left and width(town[:left], "secondary") + width(dots, "data") > room:
        left -= 1
    return town[:left].rstrip(), dots


def paint_break(painter: QPainter, rect: QRect, words: str, ratio: float) -> None:
    painter.fillRect(rect, look.colour("raise"))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
    painter.drawPixmap(rect.left() + PAD + 2, rect.top() + 1, look.pixmap("ph.coffee", "tx3", 12, ratio))
    write(painter, rect.left() + PAD + INDENT, rect.top() + _BASE - 1, words, "secondary", "tx3")


def paint_reload(painter: QPainter, rect: QRect, lane: Lane, nth: int, ratio: float) -> None:
    """A tour ends and the next one begins: between two rules, so that the lane falls into parts."""
    when, load, over = lane.reload_texts(nth)
    painter.fillRect(rect, look.colour("raise"))
    painter.fillRect(rect.left(), rect.top(), rect.width(), 2, look.colour("tx3"))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
    left, base = rect.left() + PAD, rect.top() + 4 + _BASE
    painter.drawPixmap(QPointF(left + 1, base - 11), look.pixmap("ph.arrows-clockwise", "tx2", MARK, ratio))
    room = rect.width() - INDENT - 2 * PAD
    if elided(when, "key", room) != when:
        when = lane.reload_times(nth)  # the sign before it says what it is
    write(painter, left + INDENT, base, elided(when, "key", room), "key", "tx")
    write(painter, left + INDENT, base + 14, elided(load, "secondary", room), "secondary", "red" if over else "tx2")


def paint_fold(painter: QPainter, rect: QRect, lane: Lane, hovered: bool, ratio: float) -> None:
    painter.fillRect(rect, look.colour("hover" if hovered else "raise"))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line2"))
    caret = look.pixmap("ph.caret-down" if lane.unfolded else "ph.caret-right", "tx2", 12, ratio)
    painter.drawPixmap(rect.left() + PAD + 2, rect.top() + 6, caret)
    done, failed, presumed = lane.folded
    text = ("~" if presumed else "") + _tr("{n} done").format(n=done)
    x = write(painter, rect.left() + PAD + INDENT, rect.top() + 16, text, "secondary", "tx2")
    if failed:
        x = write(painter, x + 3, rect.top() + 16, "·", "secondary", "tx2")
        write(painter, x + 6, rect.top() + 16, _tr("{n} failed").format(n=failed), "secondary", "red")


def paint_gap(painter: QPainter, rect: QRect, hint: Hint | None) -> None:
    """The dashed gap that a drop would fill, with what it would do."""
    frozen = hint is not None and hint.frozen
    painter.fillRect(rect, look.colour("redbg" if frozen else "accbg"))
    pen = QPen(look.colour("red" if frozen else "acc"), 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    title, ink = (_tr("Not here"), "red") if frozen else (_tr("Drop here"), "acc")
    x = write(painter, rect.left() + 9, rect.top() + 5 + _BASE, title, "badge", ink)
    if hint is None:
        return
    write(painter, x + 8, rect.top() + 5 + _BASE, hint.minutes, "secondary", "acc")
    words, token = (hint.rule, "red") if hint.rule else (hint.text, "tx2")
    room = rect.width() - 18
    write(painter, rect.left() + 9, rect.top() + 21 + _BASE, elided(words, "secondary", room), "secondary", token)


def paint_plain(painter: QPainter, rect: QRect, *, card: Card, ratio: float) -> None:
    """A card that nobody has touched."""
    paint_card(painter, rect, card, Mood(), ratio)


def paint_row(painter: QPainter, rect: QRect, lane: Lane, row: Row, mood: Mood, ratio: float) -> None:
    """One row of a lane, whatever it is."""
    if row.kind == "card":
        paint_card(painter, rect, lane.card(row.at), mood, ratio)
    elif row.kind == "break":
        paint_break(painter, rect, lane.pause_text(row.nth), ratio)
    elif row.kind == "reload":
        paint_reload(painter, rect, lane, row.nth, ratio)
    else:
        paint_fold(painter, rect, lane, mood.hovered, ratio)
