"""Kinds of files that are the program's own, by how their names end."""

from __future__ import annotations

#: A day of a store, see `services.day_files`.
DAY = ".dispatch-day"
