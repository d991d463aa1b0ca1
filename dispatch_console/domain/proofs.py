"""Proofs: pictures of signed sheets and goods, signatures, one-time codes; of a route or one of its orders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId

ProofId = NewType("ProofId", int)

#: The largest file that is kept, in bytes.
MOST_BYTES = 10_000_000


class ProofKind(StrEnum):
    SHEET = "sheet"  # the signed paper of a route
    PHOTO = "photo"
    SIGNATURE = "signature"
    CODE = "code"  # a one-time code, its text in `note`


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof without its data. `order` None: of the route as a whole. `at` (aware) is when it was added, by `who`;
    `size` its bytes. `id` is 0 until the store has given one.
    """

    route: ShiftId
    kind: ProofKind
    name: str = ""
    media_type: str = ""
    order: OrderId | None = None
    note: str = ""
    size: int = 0
    at: dt.datetime | None = None
    who: str = ""
    id: ProofId = ProofId(0)
