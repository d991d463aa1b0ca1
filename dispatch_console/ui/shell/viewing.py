"""A console whose login may only look at the store: which actions are left, and what the others say."""

from __future__ import annotations

from dispatch_console.ui.actions import Reason
from dispatch_console.ui.desk import Desk

#: Beginnings of ids of what only shows something, or changes this workstation alone.
_LOOKING = (
    "board.choice",
    "calls.copy",
    "calls.open",
    "day.check",
    "day.choose",
    "day.next",
    "day.previous",
    "day.state",
    "day.today",
    "day.save_file",
    "edit.clear",
    "ended.",
    "fleet.open",
    "guide.",
    "help.",
    "incidents.focus",
    "incidents.next",
    "map.fit",
    "map.focus",
    "map.lasso",
    "map.sides",
    "order.history",
    "orders.",
    "plan.seconds_",
    "program.",
    "region.",
    "roads.show",
    "settings.",
    "support.",
    "timeline.",
    "trial.copy",
    "trial.drop",
    "trial.new",
    "trial.show_",
    "view.",
)

#: What can besides be tried on a copy.
_TRYING = (
    "board.down",
    "board.left",
    "board.lock",
    "board.pin",
    "board.right",
    "board.send_",
    "board.unassign",
    "board.up",
    "edit.",
    "plan.",
)


def bar(desk: Desk) -> None:
    """Let actions that change the day say why they cannot. The session refuses whatever comes by another way."""

    def why_not(id: str) -> Reason:
        viewing = desk.session.viewing
        if not viewing or id.startswith(_LOOKING) or (desk.session.trying and id.startswith(_TRYING)):
            return None
        return viewing

    desk.actions.barred = why_not
