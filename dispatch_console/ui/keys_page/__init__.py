"""The page of all keys, made from the registry of actions."""

from dispatch_console.ui.keys_page.page import KeysPage

__all__ = ["KeysPage"]
