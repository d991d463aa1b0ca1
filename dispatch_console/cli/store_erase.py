"""`main.py store erase`: customers of long ago, or one who asks for it, go for good."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections.abc import Sequence

from dispatch_console.cli.store_access import Add
from dispatch_console.domain import saying
from dispatch_console.domain.errors import UserError
from dispatch_console.services import erasing
from dispatch_console.services.erasing import Erased, Person, Report

_EPILOG = (
    "Orders keep their numbers, times and figures. Backups on this computer are erased too. What other workstations"
    " have backed up or still have to save, papers that were printed and what the keeper of a server has copied are"
    " not reached."
)


def register(add: Add) -> argparse.ArgumentParser:
    """Add the action; the store it is about is for the caller to ask."""
    parser = add("erase", "erase what is known of customers, here and in the backups; for good", _erase)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--older-than", type=_days, metavar="180d", help="all customers of days so many days ago")
    which.add_argument("--customer", metavar="WORDS", help="one, by name, phone, e-mail, address or order number")
    parser.add_argument("--preview", action="store_true", help="only say what would go")
    parser.add_argument("--yes", action="store_true", help="erase the customer, not only say what is known of him")
    parser.epilog = _EPILOG
    return parser


def _days(text: str) -> int:
    found = re.fullmatch(r"(\d{1,5})d?", text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of days, such as 180d")
    return int(found[1])


def _erase(arguments: argparse.Namespace) -> int:
    today = dt.datetime.now(dt.UTC).astimezone().date()
    with erasing.opened(arguments.store) as store:
        if arguments.customer is not None:
            who = _one(erasing.find(store, arguments.customer))
            print(_told(who))
            if arguments.preview or not arguments.yes:
                print(f"Would go: {_counts(erasing.person(store, who, today))}.")
                print("Nothing was erased. Add --yes to erase it for good.")
                return 0
            return _say(erasing.of_person(store, who, today, _progress))
        date = erasing.before(today, arguments.older_than)
        if arguments.preview:
            print(f"Before {saying.date(date)} {date.year} would go: {_counts(erasing.would(store, date))}.")
            return 0
        return _say(erasing.of_age(store, date, _progress))


def _one(found: Sequence[Person]) -> Person:
    if not found:
        raise UserError("Nobody is found by that. Try a part of the name, the phone or the number of an order.")
    if len(found) > 1:
        for one in found:
            print(_told(one))
        raise UserError(f"{len(found)} customers are found. Say more: the whole name, or a phone as well.")
    return found[0]


def _told(who: Person) -> str:
    """`Ada Quill, +423 555 01 01, Linden Row 1, 4101 Lindmoor: 3 orders, Mon 23 Nov 2026 to …`"""
    if who.first is None or who.last is None:
        return f"{' '.join(who.words)}: only rows of files that became no order"
    parts = (who.name, who.company, *who.phones, *who.emails, *(a.one_line for a in who.addresses))
    days = f"{saying.date(who.first)} {who.first.year}"
    if who.last != who.first:
        days += f" to {saying.date(who.last)} {who.last.year}"
    return f"{', '.join(part for part in parts if part)}: {saying.count(len(who.orders), 'order')}, {days}"


def _say(report: Report) -> int:
    """Exit code 1 while something is left to be done."""
    print(f"Erased: {_counts(report.gone)}.")
    if report.copies:
        print(f"{saying.count(report.copies, 'backup')} {'was' if report.copies == 1 else 'were'} erased too.")
    for file in report.deleted:
        print(f"Deleted, as it could not be read: {file}")
    if report.gone.kept:
        n = saying.count(report.gone.kept, "order")
        print(f"{n} still to be done {'keeps' if report.gone.kept == 1 else 'keep'} everything.")
    for file in report.left:
        print(f"{file} cannot be read: delete it yourself once nobody needs it.", file=sys.stderr)
    for file in report.held:
        print(f"{file} is in use, or the disk has no room for its copy: run this once more later.", file=sys.stderr)
    return 1 if report.left or report.held else 0


def _counts(gone: Erased) -> str:
    sheets = f" ({saying.count(gone.sheets, 'sheet')} of whole routes among them)" if gone.sheets else ""
    parts = (
        saying.count(gone.orders, "order"),
        saying.count(gone.rows, "row") + " of files",
        saying.count(gone.notes, "note"),
        saying.count(gone.proofs, "proof") + sheets,
        saying.count(gone.addresses, "address", "addresses"),
    )
    return saying.listed(part for part in parts if not part.startswith("0 ")) if any(gone[:6]) else "nothing"


def _progress(done: int, of: int) -> None:
    print(f"Backup {done + 1} of {of} …", file=sys.stderr)
