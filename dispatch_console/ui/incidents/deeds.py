"""What the buttons of incidents do: at once where there is one way, by a small menu where there are several."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from dispatch_console.domain.insertion import Offer
from dispatch_console.domain.orders import StopId
from dispatch_console.services import dispatch, proposals, remedies
from dispatch_console.services.incidents import Deed, Incident, acts
from dispatch_console.services.proposals import Proposal
from dispatch_console.ui import texts
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.models import words

_tr = texts.of("Incidents")

_WIZARDS = {
    Deed.BREAKDOWN: "wizard.breakdown",
    Deed.SICK: "wizard.sick",
    Deed.HAND_OVER: "wizard.late",
    Deed.SHEETS: "wizard.sheets",
}


class Deeds:
    """`put_off(incident, until)` hides an incident; None: until tomorrow. Menus open at the point given to `do`."""

    def __init__(
        self,
        desk: Desk,
        owner: QWidget,
        put_off: Callable[[Incident, int | None], None],
        take_in: Callable[[Incident], object],
    ) -> None:
        self._desk, self._owner, self._put_off, self._take_in = desk, owner, put_off, take_in
        self.menu: QMenu | None = None  # the one that is open

    def do(self, incident: Incident, at: QPoint, way: Proposal | None = None) -> None:
        """`way`: the one of its proposal that is offered."""
        desk, day = self._desk, self._desk.day
        match incident.deed:
            case Deed.MOVE_UP:
                self._move_up(incident.stops[0], at)
            case Deed.OFFER_STOPS:
                self._offer_stops(incident, at)
            case Deed.OFFER_DRIVERS:
                self._offer_drivers(incident.stops[0], at)
            case Deed.UNASSIGN:
                here = [stop for stop in incident.stops if stop in day.stops]
                desk.do(dispatch.unassign, desk.session, here)
            case Deed.DROP_PINS:
                self._drop_pins(incident)
            case Deed.REMIND:
                self._put_off(incident, None)
                desk.message.emit(_tr("{0}: comes back tomorrow.").format(incident.what), "info")
            case Deed.SHOW:
                desk.reveal.emit(int(incident.stops[0]))
            case _:
                self._do_running(incident, way)

    def _do_running(self, incident: Incident, way: Proposal | None) -> None:
        desk = self._desk
        match incident.deed:
            case Deed.ACCEPT:
                self._accept(incident, way or incident.proposal)
            case Deed.TELL:
                self._tell(incident)
            case Deed.ASK:
                driver = desk.day.shifts[incident.route].driver
                text = _tr("Phone {name}: {phone}. Comes back in 15 min if he is still there.")
                phone = driver.phone or _tr("no number known")
                desk.message.emit(text.format(name=driver.name, phone=phone), "info")
                self._put_off(incident, 15)
            case Deed.SET_OUT:
                desk.do(acts.set_out, desk.session, incident, desk.said())
            case Deed.TAKE_IN:
                self._take_in(incident)
            case Deed.CARRY_OVER:
                self._run("carryover.open", "")
            case Deed.CALLS:
                self._run("calls.open", "")
            case Deed.BREAKDOWN | Deed.SICK | Deed.HAND_OVER | Deed.SHEETS:
                desk.select((), None, self._owner, incident.route)
                self._run(_WIZARDS[incident.deed], _tr("Give the stops of this route to other drivers."))
            case _:
                raise ValueError(f"nothing is known to do for {incident.deed}")

    def _accept(self, incident: Incident, way: Proposal | None) -> None:
        if way is not None:
            desk = self._desk
            if desk.do(proposals.accept, desk.session, way, said=desk.said()):
                desk.message.emit(way.sentence, "info")

    def _tell(self, incident: Incident) -> None:
        desk = self._desk
        stop = desk.day.stops.get(incident.stops[0])
        if stop is not None and desk.do(acts.tell, desk.session, incident, desk.said()):
            text = _tr("Phone {name}, {phone}: we come at {at}. Noted as told.")
            phone = stop.order.phone or _tr("no number known")
            desk.message.emit(text.format(name=stop.label, phone=phone, at=desk.hhmm(incident.at)), "info")

    def _run(self, action: str, else_say: str) -> None:
        if not self._desk.run(action) and action not in self._desk.actions and else_say:
            self._desk.message.emit(else_say, "info")

    def _move_up(self, stop: StopId, at: QPoint) -> None:
        moved: list[bool] = []
        self._desk.do(lambda: moved.append(remedies.move_up(self._desk.session, stop)))
        if moved == [False]:
            self._desk.message.emit(
                _tr("No place in this route makes it better; another driver could help."), "info"
            )
            self._offer_drivers(stop, at)
        elif moved:
            self._desk.reveal.emit(int(stop))

    def _offer_drivers(self, stop: StopId, at: QPoint) -> None:
        offers = remedies.choices(self._desk.day, stop)
        self._open([(self._words(stop, offer), stop, offer) for offer in offers], at)

    def _offer_stops(self, incident: Incident, at: QPoint) -> None:
        found = remedies.relief(self._desk.day, incident.route)
        self._open([(self._words(r.stop, r.offer), r.stop, r.offer) for r in found], at)

    def _words(self, stop: StopId, offer: Offer) -> str:
        reference = self._desk.day.stops[stop].order.reference
        text = _tr("{0} to {1}, {2}: {3} min").format(
            reference,
            self._desk.driver(offer.route),
            words.ordinal(offer.at + 1),
            words.signed_minutes(offer.added_s),
        )
        return f"{text}, {words.short(offer.broken[0])}" if offer.broken else text

    def _open(self, entries: list[tuple[str, StopId, Offer]], at: QPoint) -> None:
        if not entries:
            self._desk.message.emit(_tr("No other driver can take a stop without breaking a rule."), "info")
            return
        menu = QMenu(self._owner)
        for text, stop, offer in entries:
            menu.addAction(text.replace("&", "&&"), lambda s=stop, o=offer: self._give(s, o))
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(at)

    def _give(self, stop: StopId, offer: Offer) -> None:
        if self._desk.do(dispatch.move, self._desk.session, [stop], offer.route, offer.at):
            self._desk.select([stop], stop, self._owner)
            self._desk.reveal.emit(int(stop))

    def _drop_pins(self, incident: Incident) -> None:
        self._desk.select(incident.stops, incident.stops[0], self._owner)
        self._desk.reveal.emit(int(incident.stops[0]))
        self._desk.run("places.open")
