"""Proofs: files that are dropped or chosen, matched with their route or order by barcode, by name or by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from concurrent.futures import Future
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from dispatch_console.domain.day import Day
from dispatch_console.domain.errors import UserError
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.plan import POOL
from dispatch_console.domain.proofs import MOST_BYTES, Proof, ProofId, ProofKind
from dispatch_console.manifests.scans import codes_in
from dispatch_console.services import lookup
from dispatch_console.services.lookup import OrderHit, RouteHit
from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store

__all__ = ["File", "How", "Proof", "ProofId", "ProofKind", "Store", "Target", "codes_in", "read_file", "target"]

PDF = "application/pdf"
#: Where a file of a kind begins with, at which byte.
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", PDF),
)
_TAKEN = "Pictures (JPEG, PNG, TIFF, WebP) and PDF are kept."
_SIGNED = re.compile(r"\b(sign|signature|signed|unterschrift|firma)\b", re.IGNORECASE)


class File(NamedTuple):
    name: str
    media_type: str
    data: bytes


class How(StrEnum):
    """By what a file was matched."""

    BARCODE = "barcode"
    NAME = "name"
    HAND = "hand"


class Target(NamedTuple):
    """Whose proof a file is; `order` None: of the route as a whole."""

    route: ShiftId
    order: OrderId | None
    kind: ProofKind
    how: How


def read_file(path: Path) -> File:
    """A file that can be kept. Raises UserError in one sentence for any other. Not for the window's thread."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(f"{path.name} cannot be read ({error.strerror}). Is it still there?") from error
    if not data:
        raise UserError(f"{path.name} is empty. Scan it again.")
    if len(data) > MOST_BYTES:
        raise UserError(
            f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB. Save it smaller and add it again."
        )
    return File(path.name, media_type(data, path.name), data)


def media_type(data: bytes, name: str) -> str:
    """What a file is by its first bytes, whatever it is called. Raises UserError if it is no picture."""
    for at, magic, found in _MAGIC:
        if data[at : at + len(magic)] == magic:
            return found
    raise UserError(f"{name} is no picture. {_TAKEN}")


def target(day: Day, opened: ShiftId, texts: Iterable[str], name: str, chosen: OrderId | None = None) -> Target:
    """Whose proof a file is, by the codes found in it (`texts`), else by its name, else by hand: of the order
    `chosen`, or of the route `opened`.

    A sheet carries the codes of its stops too, so its own comes first. Raises UserError for a sheet of another day.
    """
    codes = [code for code in texts if lookup.code(code) is not None]
    for code in codes:
        if code[:1].upper() == "S":
            hit = lookup.scan(day, code)
            if not isinstance(hit, RouteHit):
                raise UserError(f"{name} is a sheet of another day. Open that day and add it there.")
            return Target(hit.route, None, ProofKind.SHEET, How.BARCODE)
    for code in codes:
        hit = lookup.scan(day, code)
        if isinstance(hit, OrderHit):
            return _of_order(day, opened, hit.order, name, How.BARCODE)
    return _by_name(day, opened, name, chosen)


def add(store: Store, day: Day, file: File, of: Target, who: str) -> Proof:
    """Touches the database: not for the window's thread."""
    proof = Proof(of.route, of.kind, file.name, file.media_type, of.order)
    return store.add_proof(day.depot.id, day.date, proof, file.data, who, new_command())


def add_code(store: Store, day: Day, route: ShiftId, order: OrderId, code: str, who: str) -> Future[Proof]:
    """Keep the one-time code that a customer gave to the driver. Raises UserError for an empty one."""
    told = " ".join(code.split())
    if not told:
        raise UserError("Type the code that the customer gave.")
    proof = Proof(route, ProofKind.CODE, "", "text/plain", order, told)
    return store.submit(lambda: store.add_proof(day.depot.id, day.date, proof, b"", who, new_command()))


def of_route(store: Store, day: Day, route: ShiftId) -> Future[list[Proof]]:
    """Those of a route and its orders, without their data."""
    return store.submit(lambda: store.proofs_of_day(day.depot.id, day.date, route))


def of_order(store: Store, order: OrderId) -> Future[list[Proof]]:
    return store.submit(lambda: store.proofs_of_order(order))


def data(store: Store, id: ProofId) -> Future[bytes]:
    return store.submit(lambda: store.proof_data(id))


def assign(
    store: Store, id: ProofId, route: ShiftId, order: OrderId | None, kind: ProofKind, who: str
) -> Future[Proof]:
    """Say by hand whose proof it is."""
    return store.submit(lambda: store.assign_proof(id, route, order, kind, who))


def remove(store: Store, id: ProofId, who: str) -> Future[None]:
    return store.submit(lambda: store.remove_proof(id, who))


def _of_order(day: Day, opened: ShiftId, order: OrderId, name: str, how: How) -> Target:
    where = day.plan.where.get(day.orders[order].stop, POOL)
    kind = ProofKind.SIGNATURE if _is_signature(name) else ProofKind.PHOTO
    return Target(where if where != POOL else opened, order, kind, how)


def _by_name(day: Day, opened: ShiftId, name: str, chosen: OrderId | None) -> Target:
    words = _words(name)
    for order in day.orders.values():
        reference = _words(order.reference)
        if reference and " ".join(reference) in _runs(words, len(reference)):
            return _of_order(day, opened, order.id, name, How.NAME)
    for id, shift in day.shifts.items():
        driver = _words(shift.driver.name)
        if driver and " ".join(driver) in _runs(words, len(driver)):
            return Target(id, None, ProofKind.SHEET, How.NAME)
    if chosen is not None:
        return _of_order(day, opened, chosen, name, How.HAND)
    return Target(opened, None, ProofKind.SHEET, How.HAND)


def _is_signature(name: str) -> bool:
    return _SIGNED.search(" ".join(_words(name))) is not None


def _words(text: str) -> list[str]:
    """`Mara-Keller_4183.JPG` → mara, keller, 4183, jpg."""
    return re.findall(r"[^\W_]+", text.casefold())


def _runs(words: list[str], n: int) -> set[str]:
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}
