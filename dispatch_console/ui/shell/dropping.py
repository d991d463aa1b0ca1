"""Files dropped on the window: which of them may be order files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"})


def order_files(data: QMimeData) -> list[Path]:
    """The local files in a drag that a wizard can read; empty: it is something else."""
    if not data.hasUrls():
        return []
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [file for file in files if file.suffix.casefold() in SUFFIXES]
