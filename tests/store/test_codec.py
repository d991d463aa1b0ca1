"""Whatever an edit holds is the same after it was JSON; what another version wrote is refused, not guessed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_console.domain.fleet import DepotId
from dispatch_console.store import codec
from dispatch_console.store.baseline import approved
from dispatch_console.store.commands import Command
from dispatch_console.store.values import DayRecord, Times, WideChange
from tests import factories
from tests.store.any_value import values
from tests.store.filling import whole

KINDS = get_args(get_type_hints(Command)["what"])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=60)
@given(data=st.data())
def test_an_edit_of_every_kind_comes_back(kind: type[Any], data: st.DataObject) -> None:
    at, what, times = (data.draw(values(of)) for of in (dt.datetime, kind, Times))
    command = Command("c", DepotId(1), factories.DAY, 3, "Ada", at, what, times)
    again = codec.loads(codec.dumps(command, Command), Command)
    assert again == command
    assert type(again.what) is kind
    assert again.label == command.label


@settings(max_examples=60)
@given(values(DayRecord))
def test_a_whole_day_comes_back(record: DayRecord) -> None:
    assert codec.loads(codec.dumps(record, DayRecord), DayRecord) == record


def test_what_comes_back_is_of_the_same_types() -> None:
    change = whole(factories.small_day())
    again = codec.loads(codec.dumps(change, type(change)), type(change))
    assert repr(again) == repr(change)  # a tuple is no list, a place no pair


def test_an_approval_is_kept_as_the_store_writes_it() -> None:
    given_up = approved(factories.small_day())
    assert codec.loads(codec.dumps(given_up, type(given_up)), type(given_up)) == given_up


def test_a_field_that_is_missing_has_its_default() -> None:
    """An older version wrote it."""
    assert codec.loads('{"label": "Old"}', WideChange) == WideChange("Old")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"label": "x", "newer": 1}', '{"label": "x", "fleet": [{"is": "Tram"}]}', '{"routes": 1}'],
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no WideChange"):
        codec.loads(text, WideChange)


def test_lone_surrogates_do_not_stop_it() -> None:
    """Files from the world hold them."""
    change = WideChange("\ud800")
    text = codec.dumps(change, WideChange)
    assert text.isascii()
    assert codec.loads(json.loads(json.dumps(text)), WideChange) == change
