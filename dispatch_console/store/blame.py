"""Who changed what: found in the audit, for the sentence with which a change is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_console.domain.plan import POOL
from dispatch_console.store.schema import AuditRow

#: So many of the newest commands of a day are looked through.
_LOOKED_AT = 500


def sentence(db: Session, day: int, **touched: int) -> str:
    """Names the last command on this day that touched the `route`, `order`, `shift` or `stop`."""
    query = select(AuditRow).where(AuditRow.day_id == day).order_by(AuditRow.id.desc()).limit(_LOOKED_AT)
    for row in db.scalars(query):
        if any(_touches(part, touched) for part in (*row.before, *row.after)):
            return f"{row.who} changed this in the meantime (“{row.what}”). Look at it and do it again."
    return "This was changed in the meantime. Look at it and do it again."


def _touches(part: Any, touched: dict[str, int]) -> bool:
    """See `changes.for_audit` for what the parts are; facts are told by their ids alone."""
    if not isinstance(part, dict):
        return False
    told = cast("dict[str, Any]", part)
    order = cast("dict[str, Any]", told.get("order") or {})
    stops = cast("Iterable[int]", told.get("stops") or ())
    found = {
        "route": {told.get("route")} - {POOL},
        "shift": {told.get("shift")},
        "order": {order.get("id")},
        "stop": {*stops, order.get("stop_id")},
    }
    return any(id in found[kind] for kind, id in touched.items())
