"""The page of settings."""

from dispatch_console.ui.settings_page.page import Choices, SettingsPage

__all__ = ["Choices", "SettingsPage"]
