"""The log tells where it went wrong and keeps quiet about customers."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_console.domain.errors import UserError
from dispatch_console.services import logs

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
    _fail(UserError("The disk is full. Make room."))
    _fail(TypeError("move() takes 3 arguments"))
    _fail(FileNotFoundError(2, "No such file or directory", "Quill.csv"))
    text = file.read_text(encoding="utf-8")
    assert "UserError: The disk is full. Make room." in text
    assert "TypeError: move() takes 3 arguments" in text
    assert "No such file or directory" in text
    assert "Quill" not in text


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
