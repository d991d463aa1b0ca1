"""One page that nobody sees: lays out a sheet's HTML with the web engine and prints it to PDF.

The page is off the record, runs no script, and gets nothing but its own file and our fonts: orders are the world's
words, and a sheet needs no network. The HTML goes through a file because `setHtml` breaks near 2 MB.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QByteArray, QMarginsF, QObject, QSizeF, QTemporaryDir, QUrl
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from dispatch_console import resources
from dispatch_console.services.manifests import Paper
from dispatch_console.ui.printing.readable import readable

#: Called with the PDF, or with None if the page could not be laid out.
Done = Callable[[bytes | None], None]


def page_layout(paper: Paper) -> QPageLayout:
    """The paper upright, with the margins of the sheet's own @page rule: without them it would not be obeyed."""
    width, height = paper.size_mm
    unit = QPageLayout.Unit.Millimeter
    size = QPageSize(
        QSizeF(width, height), QPageSize.Unit.Millimeter, paper.value, QPageSize.SizeMatchPolicy.FuzzyMatch
    )
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(*paper.margins_mm), unit)


class OwnFilesOnly(QWebEngineUrlRequestInterceptor):
    """Lets through files below the given folders and data: addresses; stops everything else, and counts it."""

    def __init__(self, folders: tuple[Path, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self.refused: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        if url.scheme() == "data" or self._is_ours(url):
            return
        self.refused.append(url.toString())
        info.block(True)

    def _is_ours(self, url: QUrl) -> bool:
        path = Path(url.toLocalFile()).resolve() if url.isLocalFile() and not url.host() else None
        return path is not None and any(path.is_relative_to(folder) for folder in self._folders)


class Engine(QObject):
    """Prints one sheet at a time. `close` frees the browser behind it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = QTemporaryDir()
        self._number = 0
        self._waiting: Done | None = None
        self._layout = page_layout(Paper.A4)
        self._profile = QWebEngineProfile()
        self._files = OwnFilesOnly((Path(self._folder.path()).resolve(), resources.path("fonts").resolve()))
        self._profile.setUrlRequestInterceptor(self._files)
        self._page = QWebEnginePage(self._profile)
        settings = self._page.settings()
        settings.setAttribute(QWebEngineSettings.WebAttribute.JavascriptEnabled, False)
        settings.setAttribute(QWebEngineSettings.WebAttribute.PluginsEnabled, False)
        self._page.loadFinished.connect(self._on_loaded)
        self._page.renderProcessTerminated.connect(self._on_lost)

    @property
    def is_busy(self) -> bool:
        return self._waiting is not None

    @property
    def refused(self) -> list[str]:
        """Addresses that pages asked for and did not get."""
        return self._files.refused

    def print(self, html: str, paper: Paper, done: Done) -> None:
        """Lay out `html` and hand its PDF to `done`. One at a time: ValueError while busy."""
        if self._waiting is not None:
            raise ValueError("the engine is printing another sheet")
        self._waiting, self._layout = done, page_layout(paper)
        self._number += 1
        path = Path(self._folder.path()) / f"sheet{self._number}.html"
        path.write_text(html, encoding="utf-8")
        self._page.load(QUrl.fromLocalFile(str(path)))

    def close(self) -> None:
        """Give everything back. The page goes first: a profile must outlive its pages."""
        self._waiting = None
        shiboken6.delete(self._page)
        shiboken6.delete(self._profile)
        self._folder.remove()

    def _on_loaded(self, ok: bool) -> None:
        if not ok:
            self._finish(None)
        elif self._waiting is not None:
            self._page.printToPdf(self._on_printed, self._layout)

    def _on_printed(self, pdf: QByteArray) -> None:
        (Path(self._folder.path()) / f"sheet{self._number}.html").unlink(missing_ok=True)
        self._finish(readable(bytes(pdf.data())) or None)

    def _on_lost(self) -> None:
        self._finish(None)

    def _finish(self, pdf: bytes | None) -> None:
        done, self._waiting = self._waiting, None
        if done is not None:
            done(pdf)
