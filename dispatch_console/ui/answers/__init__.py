"""What the window answers about one stop: why it has no driver, what would let it fit; why it has this driver."""

from dispatch_console.ui.answers.popup import AnswerPopup

__all__ = ["AnswerPopup"]
