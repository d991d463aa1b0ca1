"""The log tells where it went wrong and keeps quiet about customers."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text as text_of

from dispatch_console.domain.errors import UserError
from dispatch_console.services import logs, proofs
from dispatch_console.store.store import open_store

NAME = "Ada Quill"  # not in a line that raises: a traceback quotes the source


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    before = list(logging.getLogger().handlers)
    level = logging.getLogger().level
    file = logs.set_up(tmp_path / "log")
    assert file is not None
    yield file
    for handler in set(logging.getLogger().handlers) - set(before):
        logging.getLogger().removeHandler(handler)
        handler.close()
    logging.getLogger().setLevel(level)


@pytest.fixture
def hooks() -> Iterator[None]:
    kept = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = kept


def _fail(error: Exception) -> None:
    try:
        raise error
    except Exception:
        logging.getLogger("test").exception("reading a row failed")


@pytest.mark.logs_warnings
def test_texts_of_foreign_errors_are_left_out(file: Path) -> None:
    _fail(ValueError("could not read 'Ada Quill, 12 Linden Row'"))
    _fail(KeyError("Ada Quill"))
    text = file.read_text(encoding="utf-8")
    assert "reading a row failed" in text
    assert "ValueError" in text
    assert "test_services_logs.py" in text
    assert "Quill" not in text


@pytest.mark.logs_warnings
def test_texts_of_our_own_errors_stand(file: Path) -> None:
    _fail(TypeError("a text"))
    _fail(TypeError("move() takes 3 arguments"))
    _fail(FileNotFoundError(2, "No such file or directory", "Quill.csv"))
    text = file.read_text(encoding="utf-8")
    assert "TypeError: a text" in text
    assert "TypeError: move() takes 3 arguments" in text
    assert "No such file or directory" in text
    assert "Quill" not in text


@pytest.mark.logs_warnings
def test_what_the_store_says_stands_and_what_is_said_of_a_row_does_not(file: Path, tmp_path: Path) -> None:
    log = logging.getLogger("dispatch_console.test")
    for fail in (lambda: open_store("mysql://here"), lambda: proofs.media_type(b"", f"{NAME}.png")):
        try:
            fail()
        except UserError as error:
            log.warning("it failed: %s", error)
            log.error("it failed", exc_info=error)
    text = file.read_text(encoding="utf-8")
    assert "not a store" in text or "not “" in text
    assert "are kept." not in text
    assert "Quill" not in text


@pytest.mark.logs_warnings
def test_values_in_messages_are_looked_at(file: Path) -> None:
    log = logging.getLogger("dispatch_console.test")
    log.warning(
        "%s, %s, %s", "“Ada Quill” called", "+423 555 01 01 and ada.quill@example.org", "Quill-7.PDF of 12 km"
    )
    log.warning("failed\n%s", "Traceback (most recent call last):\n  File 'x.py', line 7\nValueError: Ada Quill")
    logging.getLogger("library").warning("asked for %s", NAME)
    text = file.read_text(encoding="utf-8")
    assert "“…” called, … and …, ….PDF of 12 km" in text
    assert "File 'x.py', line 7" in text
    assert "ValueError" in text
    assert "asked for" in text
    assert "Quill" not in text


@pytest.mark.logs_warnings
def test_what_a_database_was_given_is_in_no_error() -> None:
    store = open_store("sqlite://")
    with pytest.raises(Exception, match="Error") as raised, store.write() as db:
        db.execute(text_of("SELECT :name FROM nowhere"), {"name": NAME})
    assert "Quill" not in str(raised.value)
    store.close()


@pytest.mark.logs_warnings
def test_causes_are_named_without_their_texts(file: Path) -> None:
    try:
        try:
            raise ValueError(NAME)
        except ValueError as error:
            raise UserError("This row cannot be read.") from error
    except UserError:
        logging.getLogger("test").exception("an import failed")
    text = file.read_text(encoding="utf-8")
    assert text.index("ValueError") < text.index("and then:") < text.index("UserError")
    assert "Quill" not in text


@pytest.mark.logs_warnings
def test_what_nobody_caught_is_logged_and_told(file: Path, hooks: None) -> None:
    told: list[int] = []
    logs.catch_all(lambda: told.append(1))
    error = RuntimeError("Ada Quill")
    sys.excepthook(RuntimeError, error, None)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    assert told == [1, 1]
    text = file.read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "ZeroDivisionError" in text
    assert "Quill" not in text


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way", encoding="utf-8")
    assert logs.set_up(tmp_path / "log") is None
