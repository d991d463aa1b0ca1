"""Why a stop did not go as planned, and the keys under which drivers write and dispatchers type it.

The same keys stand on the printed sheet (its outcome key) and in the status bar by phone: one table for both.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    ABSENT = "absent"
    NO_ACCESS = "no_access"
    WRONG_ADDRESS = "wrong_address"
    REFUSED = "refused"
    DAMAGED = "damaged"
    CLOSED = "closed"
    CASH = "cash"
    UNDER_AGE = "under_age"
    OTHER_DATE = "other_date"
    WRONG_CODE = "wrong_code"
    CANCELLED = "cancelled"
    MISSING_PIECE = "missing_piece"
    OUT_OF_TIME = "out_of_time"
    VAN_FULL = "van_full"
    ROAD_CLOSED = "road_closed"
    WEATHER = "weather"
    ACCIDENT = "accident"
    PARTIAL = "partial"
    CAME_BACK = "came_back"  # of a re-opened stop: the customer is there now
    WRONG_ENTRY = "wrong_entry"  # of a re-opened stop: it was never so
    PASSED_BY = "passed_by"  # of a stop to do again: the driver goes elsewhere first and comes later


#: Key → reason after P, F and S. `0` alone asks for a second digit.
KEYS: dict[str, Reason] = {
    "1": Reason.ABSENT,
    "2": Reason.NO_ACCESS,
    "3": Reason.WRONG_ADDRESS,
    "4": Reason.REFUSED,
    "5": Reason.DAMAGED,
    "6": Reason.CLOSED,
    "7": Reason.CASH,
    "8": Reason.UNDER_AGE,
    "9": Reason.OTHER_DATE,
    "01": Reason.WRONG_CODE,
    "02": Reason.CANCELLED,
    "03": Reason.MISSING_PIECE,
    "04": Reason.OUT_OF_TIME,
    "05": Reason.VAN_FULL,
    "06": Reason.ROAD_CLOSED,
    "07": Reason.WEATHER,
    "08": Reason.ACCIDENT,
    "09": Reason.PARTIAL,
}
#: Key → reason after R.
REOPEN_KEYS: dict[str, Reason] = {"1": Reason.CAME_BACK, "2": Reason.WRONG_ENTRY}

#: As said in the middle of a sentence.
WORDS: dict[Reason, str] = {
    Reason.ABSENT: "absent",
    Reason.NO_ACCESS: "no access",
    Reason.WRONG_ADDRESS: "wrong address",
    Reason.REFUSED: "refused",
    Reason.DAMAGED: "damaged",
    Reason.CLOSED: "closed",
    Reason.CASH: "cash wrong",
    Reason.UNDER_AGE: "no ID",
    Reason.OTHER_DATE: "other day",
    Reason.WRONG_CODE: "wrong code",
    Reason.CANCELLED: "cancelled",
    Reason.MISSING_PIECE: "piece missing",
    Reason.OUT_OF_TIME: "out of time",
    Reason.VAN_FULL: "van full",
    Reason.ROAD_CLOSED: "road closed",
    Reason.WEATHER: "weather",
    Reason.ACCIDENT: "accident",
    Reason.PARTIAL: "partial",
    Reason.CAME_BACK: "customer came back",
    Reason.WRONG_ENTRY: "wrong entry",
    Reason.PASSED_BY: "passed by for now",
}
