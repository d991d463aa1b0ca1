"""The page of settings."""

from dispatch_console.ui.settings_page.backups import BackupDeeds
from dispatch_console.ui.settings_page.online_addresses import AddressDeeds
from dispatch_console.ui.settings_page.page import Choices, SettingsPage
from dispatch_console.ui.settings_page.region_deeds import RegionDeeds
from dispatch_console.ui.settings_page.store import StoreDeeds

__all__ = ["AddressDeeds", "BackupDeeds", "Choices", "RegionDeeds", "SettingsPage", "StoreDeeds"]
