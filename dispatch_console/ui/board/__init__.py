"""The routes board: a lane per driver, a card per stop."""

from dispatch_console.ui.board.pane import BoardPane

__all__ = ["BoardPane"]
