"""The language that was rolled out: of the buttons and menus that Qt brings along, and of our own words once there
are translations of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from dispatch_console import resources


def set_up(application: QCoreApplication, language: str) -> list[str]:
    """Load what there is in that language; empty: English, as it is written. The names of what was loaded."""
    if not language:
        return []
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    loaded: list[str] = []
    for name, folder in (("qtbase", of_qt), ("dispatch", str(resources.path("i18n")))):
        translator = QTranslator(application)
        if translator.load(f"{name}_{language}", folder):
            application.installTranslator(translator)
            loaded.append(name)
    return loaded
