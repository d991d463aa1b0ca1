"""The one tree of errors: the world's fault against ours.

Broken rules of a plan (late, overload, missing skill) are values, see `rules`; they are never raised.
"""


class DispatchError(Exception):
    """Base of everything the program raises on purpose."""


class UserError(DispatchError):
    """The world's fault: shown once, in one plain sentence that says what to do. Never a traceback."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class StaleChange(UserError):
    """A change was made on a state of the plan that is no longer the current one."""


class StoreAway(UserError):
    """The server that holds the store cannot be reached now: what was asked of it can be asked again later."""


class PasswordWanted(StoreAway):
    """The server asks for a password, or for another one than it was given."""


class DamagedStore(UserError):
    """A store cannot be read as what it was: its file has come to harm."""


class FrozenHead(UserError):
    """An edit would alter what has already happened, or what is locked in place by the day's progress."""


class Bug(DispatchError):
    """Ours: logged with its traceback, shown as 'something went wrong', the program goes on."""
