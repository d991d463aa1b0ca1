"""The user guide as a page of the program: chapters, contents, search."""

from dispatch_console.ui.help.page import HelpPage

__all__ = ["HelpPage"]
