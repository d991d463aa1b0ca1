"""What people did with incidents, on both databases."""

from __future__ import annotations

import datetime as dt

from dispatch_console.store.base import new_command
from dispatch_console.store.store import Store
from dispatch_console.store.values import Mark
from tests import factories
from tests.store.filling import WHO, small_store

HOME, DAY = factories.DEPOT.id, factories.DAY
SEEN = dt.datetime(2026, 11, 23, 10, 20, tzinfo=dt.UTC)


def test_marks_are_kept_by_day(store: Store) -> None:
    small_store(store)
    late, failed = Mark(SEEN, by=600), Mark(SEEN, "Kim", SEEN + dt.timedelta(minutes=30))
    store.save_marks(HOME, DAY, {"late:0:3:": late, "undone:0:1:": failed}, WHO, "", new_command())
    assert store.incident_marks(HOME, DAY) == {"late:0:3:": late, "undone:0:1:": failed}
    assert store.incident_marks(HOME, DAY + dt.timedelta(1)) == {}


def test_the_last_word_counts_and_others_stay(store: Store) -> None:
    small_store(store)
    store.save_marks(HOME, DAY, {"a": Mark(SEEN), "b": Mark(SEEN)}, WHO, "", new_command())
    store.save_marks(HOME, DAY, {"a": Mark(SEEN, "Kim"), "b": None, "c": None}, WHO, "Late: mine", new_command())
    assert store.incident_marks(HOME, DAY) == {"a": Mark(SEEN, "Kim")}


def test_what_people_do_is_audited_what_the_program_sees_is_not(store: Store) -> None:
    small_store(store)
    before = len(store.audit())
    store.save_marks(HOME, DAY, {"a": Mark(SEEN)}, WHO, "", new_command())
    assert len(store.audit()) == before
    until = SEEN + dt.timedelta(minutes=15)
    store.save_marks(HOME, DAY, {"a": Mark(SEEN, "Kim", until)}, "Kim", "Late: put off", new_command())
    entry = store.audit()[0]
    assert (entry.who, entry.what) == ("Kim", "Late: put off")
    assert entry.after == [{"incident": "a", "owner": "Kim", "snoozed": until.isoformat()}]


def test_a_command_happens_once_and_the_plan_is_not_touched(store: Store) -> None:
    day = small_store(store)
    command = new_command()
    store.save_marks(HOME, DAY, {"a": Mark(SEEN, "Kim")}, "Kim", "Mine", command)
    store.save_marks(HOME, DAY, {"a": Mark(SEEN)}, "Kim", "Mine", command)
    assert store.incident_marks(HOME, DAY) == {"a": Mark(SEEN, "Kim")}
    assert store.load_day(HOME, DAY).revision == day.revision


def test_a_day_that_was_never_saved_can_have_marks(store: Store) -> None:
    small_store(store)
    other = DAY + dt.timedelta(3)
    store.save_marks(HOME, other, {"a": Mark(SEEN)}, WHO, "", new_command())
    assert store.incident_marks(HOME, other) == {"a": Mark(SEEN)}
    assert store.load_day(HOME, other).revision == 0
