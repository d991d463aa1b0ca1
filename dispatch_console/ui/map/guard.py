"""What the map's page may do: load from our own scheme and, if the user chose one, pictures from one tile host."""

from __future__ import annotations

import logging
from typing import Final

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from dispatch_console.ui.map import scheme

log = logging.getLogger(__name__)

_OFF: Final = (
    QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls,
    QWebEngineSettings.WebAttribute.LocalStorageEnabled,
    QWebEngineSettings.WebAttribute.PluginsEnabled,
    QWebEngineSettings.WebAttribute.PdfViewerEnabled,
    QWebEngineSettings.WebAttribute.FullScreenSupportEnabled,
    QWebEngineSettings.WebAttribute.ScreenCaptureEnabled,
    QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
    QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard,
    QWebEngineSettings.WebAttribute.NavigateOnDropEnabled,
    QWebEngineSettings.WebAttribute.ErrorPageEnabled,
    QWebEngineSettings.WebAttribute.ShowScrollBars,
)


class Guard(QWebEngineUrlRequestInterceptor):
    """Lets requests through by an allow-list. `blocked` keeps the hosts that were refused."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tile_host = ""
        self.blocked: set[str] = set()

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if self.allows(info.requestUrl(), info.resourceType()):
            return
        self.blocked.add(info.requestUrl().host())
        info.block(True)

    def allows(self, url: QUrl, kind: QWebEngineUrlRequestInfo.ResourceType) -> bool:
        if url.scheme() == scheme.SCHEME.decode() and url.host() == scheme.HOST:
            return True
        picture = kind == QWebEngineUrlRequestInfo.ResourceType.ResourceTypeImage
        web = url.scheme() in ("http", "https")
        return picture and web and bool(self.tile_host) and host_of(url) == self.tile_host


def host_of(url: QUrl) -> str:
    """Host with port, lower case; empty where an address has none."""
    return (
        f"{url.host().lower()}:{url.port({'https': 443, 'http': 80}.get(url.scheme(), -1))}" if url.host() else ""
    )


class MapPage(QWebEnginePage):
    """A page that stays where it is: no navigation, no windows, no dialogs; its console goes to our log.

    There are no windows as long as neither page nor view has a `createWindow` of its own.
    """

    def acceptNavigationRequest(
        self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        return QUrl(url) == QUrl(scheme.PAGE)

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        severe = level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel
        log.log(logging.ERROR if severe else logging.DEBUG, "map page, %s:%d: %s", sourceID, lineNumber, message)

    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:
        log.error("the map page wanted to show a message")

    def javaScriptConfirm(self, securityOrigin: QUrl | str, msg: str) -> bool:
        return False

    def javaScriptPrompt(self, securityOrigin: QUrl | str, msg: str, defaultValue: str) -> tuple[bool, str]:
        return False, ""


def make_profile(handler: scheme.SchemeHandler, guard: Guard, parent: QObject) -> QWebEngineProfile:
    """A profile that leaves nothing on the disk."""
    profile = QWebEngineProfile(parent)  # without a name: off the record
    profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    profile.setHttpUserAgent("DispatchConsole (desktop program)")
    profile.setUrlRequestInterceptor(guard)
    profile.installUrlSchemeHandler(scheme.SCHEME, handler)
    settings = profile.settings()
    for attribute in _OFF:
        settings.setAttribute(attribute, False)
    return profile
