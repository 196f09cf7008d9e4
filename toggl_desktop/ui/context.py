"""What every view is handed: whom to ask for rows, and whom to tell what a person wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:  # the tray is shown before the commands are loaded (tests/perf/start.py)
    from collections.abc import Callable, Container
    from datetime import tzinfo

    from toggl_desktop.actions.perform import Outcome
    from toggl_desktop.actions.work import Work
    from toggl_desktop.domain.clock import Clock
    from toggl_desktop.domain.settings import Settings
    from toggl_desktop.store.source import Source
    from toggl_desktop.ui.bridge import Bridge
    from toggl_desktop.ui.theme.theme import Theme


class Preferences(Protocol):
    """The settings, as they are now."""

    @property
    def now(self) -> Settings:
        """The settings in force."""
        ...

    def choose(self, name: str, value: object) -> None:
        """Changes one; everybody hears of it through `Bridge.settings_changed`."""
        ...


def no_holidays(_region: str) -> Container[int]:
    """Knows no holidays: for programs that do not carry the library."""
    return ()


class Errand(Protocol):
    """Work that goes on beside the loop."""

    def wait(self, seconds: float) -> bool:
        """Waits so long at most; tells whether it has ended."""
        ...

    def give_up(self) -> None:
        """Asks it to stop; it may be too late for that, which `result` tells."""
        ...

    def result(self) -> Any:  # noqa: ANN401 - whatever the work returns
        """Returns what came of it once it has ended, after everybody here has heard of it.

        Raises:
            StoppedError: It was given up in time; nothing was changed.
            KnownError: It failed.
        """
        ...


class Context(NamedTuple):
    """A view's dependencies.

    Attributes:
        source: Answers questions (`store.read`, `store.journal`).
        perform: Does a command at once and returns what became of it; never raises on data.
        clock: The time.
        zone: The local time zone, as it is now.
        preferences: The settings.
        bridge: Says what changed.
        theme: Tokens and fonts.
        holidays: The public holidays of a region such as `DE-BY`: what says of a day (an ordinal)
            whether it is one.
        beside: Does work on a thread of its own, with a store of its own: what would hold the loop
            up. None where there is no such thread; then it is done at once.
    """

    source: Source
    perform: Callable[[object], Outcome]
    clock: Clock
    zone: Callable[[], tzinfo]
    preferences: Preferences
    bridge: Bridge
    theme: Theme
    holidays: Callable[[str], Container[int]] = no_holidays
    beside: Callable[[Work], Errand] | None = None
