"""What takes long can be stopped: it asks again and again whether it is to go on."""

from collections.abc import Callable

from toggl_desktop.domain.errors import KnownError

Pulse = Callable[[], None]
"""Asked between two rows of long work; what it raises ends the work."""


class StoppedError(KnownError):
    """Somebody wanted the work to end; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("It was stopped. Nothing was changed.")


def go_on() -> None:
    """Lets work go on to its end."""
