"""What is remembered between two starts, and what is not believed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from dispatch_console.services import settings
from dispatch_console.services.settings import Settings
from dispatch_console.store.store import Store, open_store


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store("sqlite://")
    yield store
    store.close()


def test_defaults_at_first(store: Store) -> None:
    assert settings.load(store) == Settings(who=settings.user())
    assert settings.user() != ""


def test_all_values_come_back(store: Store) -> None:
    after = Settings(
        "dark", "AAAA/w==", "Letter", "Kyocera 2. OG", "C:/PDF", "", 3, dt.date(2026, 11, 23), "Ada", "D:/in"
    )
    settings.save(store, Settings(), after)
    assert settings.load(store) == after


def test_only_what_differs_is_written(store: Store) -> None:
    first = settings.load(store)
    settings.change(store, first, theme="dark")
    settings.change(store, first, paper="Letter")
    store.submit(lambda: None).result()
    assert settings.load(store) == Settings("dark", paper="Letter", who=settings.user())


@pytest.mark.parametrize(
    ("key", "value"),
    [("theme", "pink"), ("day", "yesterday"), ("day", 3), ("depot", "x"), ("depot", True), ("paper", 4)],
)
def test_values_of_another_shape_are_not_believed(store: Store, key: str, value: object) -> None:
    store.save_settings({key: value, "from the future": [1]})
    assert settings.load(store) == Settings(who=settings.user())
