"""What the palette can do at a returned sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dispatch_console.ui import texts
from dispatch_console.ui.actions import Action, Reason
from dispatch_console.ui.debrief.proofs_box import ProofsBox
from dispatch_console.ui.debrief.state import SheetState
from dispatch_console.ui.desk import Desk

_tr = texts.of("DebriefPage")


class Page(Protocol):
    desk: Desk
    state: SheetState
    proofs: ProofsBox

    def isVisible(self) -> bool: ...

    def close_route(self) -> None: ...

    def browse(self) -> None: ...

    def next_exception(self) -> None: ...

    def look(self) -> None: ...


def register(page: Page) -> None:
    state = page.state

    def here() -> Reason:
        if not page.isVisible():
            return _tr("Open the debrief first.")
        return None if state.route is not None else _tr("Scan a sheet, or choose a route at the left.")

    def unclosed() -> Reason:
        return here() or (_tr("This route is closed. Open it again first.") if state.is_closed else None)

    def closable() -> Reason:
        left = state.left()
        return here() or (_tr("Still to do: {what}.").format(what=left[0].rstrip(".")) if left else None)

    def is_closed() -> Reason:
        return here() or (None if state.is_closed else _tr("This route is not closed."))

    def picture() -> Reason:
        return here() or (None if page.proofs.proofs else _tr("This sheet has no proof yet: Ctrl+O adds one."))

    def add(
        id: str, text: str, run: Callable[[], object], keys: str, icon: str, why_not: Callable[[], Reason]
    ) -> None:
        page.desk.actions.add(Action(f"debrief.{id}", text, run, keys, icon, "", _tr("Debrief"), why_not))

    add("others", _tr("All others delivered"), state.deliver_others, "F9", "ph.checks", unclosed)
    add("accept", _tr("Accept what is proposed for the exceptions"), state.accept_all, "", "ph.checks", unclosed)
    add("next", _tr("Go to the next exception or open stop"), page.next_exception, "F8", "ph.caret-down", here)
    add("attach", _tr("Add scans and photos as proof…"), page.browse, "Ctrl+O", "ph.image", here)
    add("look", _tr("Look at the proofs, large"), page.look, "Ctrl+L", "ph.image", picture)
    add("code", _tr("Type a one-time code of the stop"), page.proofs.ask_code, "", "ph.password", unclosed)
    add("close", _tr("Close the route"), page.close_route, "Ctrl+Return", "ph.check-circle", closable)
    add("later", _tr("Keep the sheet for later"), state.open_next, "", "ph.clock", here)
    add("reopen", _tr("Open a closed route again"), state.reopen, "", "ph.lock-open", is_closed)
