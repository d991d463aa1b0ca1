"""Texts of what is no widget: translated as `tr` of a widget does it, in a context that the module names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication


def of(context: str) -> Callable[[str], str]:
    """The `_tr` of a module. Texts that are put together have names in them: `_tr("arrives {at}").format(at=…)`."""
    return partial(QCoreApplication.translate, context)
