"""Keys at a returned sheet: what each entry becomes, and how few keys it takes."""

from __future__ import annotations

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.domain.facts import FactKind
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import OrderId
from dispatch_console.domain.reasons import Reason
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.services.debrief import sheet, typing
from dispatch_console.services.debrief.typing import Cash, Done, Entry, Outcome, Time
from tests.factories import order, small_day

DELIVERED, PARTIAL, FAILED, SKIPPED = FactKind.DELIVERED, FactKind.PARTIAL, FactKind.FAILED, FactKind.SKIPPED
ROW = sheet.Row(
    "14", True, order(1).stop, order(1, size=Size(0, 0, 5), cod=Money(2000, "CHF")), None, 0, 0, False, None, 0
)


def _type(keys: str, row: sheet.Row | None = ROW) -> tuple[Entry, Done | None]:
    entry, done = Entry(), None
    for key in keys:
        assert done is None, "complete before its last key"
        entry, done = typing.press(entry, key, row)
    return entry, done


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        ("14F1", Outcome(FAILED, Reason.ABSENT)),
        ("14f03", Outcome(FAILED, Reason.MISSING_PIECE)),
        ("14S04", Outcome(SKIPPED, Reason.OUT_OF_TIME)),
        ("15P4/4", Outcome(PARTIAL, Reason.REFUSED, 4)),
        ("15P4/03", Outcome(PARTIAL, Reason.MISSING_PIECE, 4)),
        ("15P/03", Outcome(PARTIAL, Reason.MISSING_PIECE, 4)),
        ("15P3\n", Outcome(PARTIAL, Reason.PARTIAL, 3)),
        ("15P\n", Outcome(PARTIAL, Reason.PARTIAL, 4)),
        ("16 ", Outcome(DELIVERED)),
        ("F1", Outcome(FAILED, Reason.ABSENT)),
        ("7T1042", Time("1042")),
        ("7T9:05\n", Time("9:05")),
        ("7T905\n", Time("905")),
        ("14C18,50\n", Cash(1850)),
        ("14F\bF\bS1", Outcome(SKIPPED, Reason.ABSENT)),
    ],
)
def test_what_is_typed(keys: str, done: Done) -> None:
    assert _type(keys) == (Entry(), done)


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ("14F", "14F"),
        ("14F\n", "14F"),  # a reason is wanted
        ("14F0", "14F0"),
        ("14Fx", "14F"),
        ("15P4/", "15P4/"),
        ("15P4/\n", "15P4/"),
        ("14x", "14"),
        ("14\b\b\b", ""),
        ("\n", ""),
        ("T", "T"),
    ],
)
def test_what_is_not_complete_stays(keys: str, left: str) -> None:
    entry, done = _type(keys)
    assert (entry.text, done) == (left, None)


def test_letters_need_a_row_and_cash_an_amount_due() -> None:
    assert _type("F1", None)[0].text == "1"
    plain = sheet.Row("1", True, order(2).stop, order(2), None, 0, 0, False, None, 0)
    assert _type("C", plain)[0].blank


def test_the_letter_of_a_stop_s_number_is_taken_before_a_status() -> None:
    named = ("0A", "9", "9A", "9B")
    for typed, number, left in (("9a", "9A", "9A"), ("9A3", "9A", "9A"), ("0a", "0A", "0A"), ("9b", "9B", "9B")):
        entry = Entry()
        for key in typed:
            entry, done = typing.press(entry, key, ROW, named)
            assert done is None
        assert (entry.number, entry.text) == (number, left)
    entry, _ = typing.press(Entry("9A"), "f", ROW, named)
    assert typing.press(entry, "1", ROW, named) == (Entry(), Outcome(FAILED, Reason.ABSENT))
    assert typing.press(Entry("9"), "a", ROW, ("9",)) == (Entry("9"), None)  # there is no 9A: the key means nothing


def test_numbers_of_stops_come_before_numbers_of_orders() -> None:
    day = small_day()
    rows = sheet.rows(day, ShiftId(2))  # stops 1 and 2 of this sheet: orders A4 and A5
    found = [typing.find(day, rows, text) for text in ("1", "2", "5", "A4", "3", "", "D00000005")]
    assert found == [OrderId(4), OrderId(5), OrderId(5), OrderId(4), None, None, OrderId(5)]


@pytest.mark.parametrize(
    ("text", "value"), [("355.40", 35540), ("355,4", 35540), ("1'200", 120000), ("0", 0), ("31", 3100)]
)
def test_amounts(text: str, value: int) -> None:
    assert typing.amount(text, "cash") == value


def test_readings_and_times() -> None:
    assert [typing.whole(text, "odometer") for text in ("48277", "48 277", "48'277")] == [48277] * 3
    day = small_day()
    assert typing.time_of(day, "1413") == typing.time_of(day, "14:13") == 51180  # 14 × 3600 + 13 × 60
    for call in (
        lambda: typing.whole("4x", "odometer"),
        lambda: typing.amount("-5", "cash"),
        lambda: typing.amount("x", "cash"),
        lambda: typing.amount("15.0014", "cash"),
        lambda: typing.time_of(day, "2561"),
    ):
        with pytest.raises(UserError, match=r"“.*” is no"):
            call()
