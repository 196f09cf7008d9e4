"""What a command can reach: the store, the present, the person's ways, and the output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from toggl_desktop.cli.output import Output
from toggl_desktop.domain.clock import Reading, corrected
from toggl_desktop.domain.errors import RefusedError, StoreError
from toggl_desktop.store.place import Place, find

if TYPE_CHECKING:
    from toggl_desktop.cli.accounts import Desk, Prompt
    from toggl_desktop.cli.sync import Syncer
    from toggl_desktop.domain.changes import ChangeSet
    from toggl_desktop.domain.plan.rows import Plan
    from toggl_desktop.domain.settings import Settings
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.source import Source


class Finding(NamedTuple):
    """What one look of `doctor` found; `is_good` None means: neither good nor bad."""

    sentence: str
    is_good: bool | None = None


class Picture(NamedTuple):
    """A picture of the plan that is asked for.

    Attributes:
        form: `png`, `svg` or `pdf`.
        low: The first day, an ordinal; None begins with the first bar.
        high: The last day; None ends with the last bar.
        projects: Only these projects; None for all.
        members: Only these members; None for all.
        today: The present day.
        first_weekday: 0 for weeks that begin on Monday.
        twelve_hours: Whether times of day are shown with AM and PM.
        is_dark: Whether it is light on dark.
        has_weekends: Whether weekends have columns.
        weekend: The weekdays people rest on, 0 for Monday.
    """

    form: str
    low: int | None
    high: int | None
    projects: frozenset[str] | None
    members: frozenset[str] | None
    today: int
    first_weekday: int = 0
    twelve_hours: bool = False
    is_dark: bool = False
    has_weekends: bool = True
    weekend: frozenset[int] = frozenset({5, 6})


def _no_pictures(_plan: Plan, _picture: Picture) -> bytes:
    raise RefusedError("Pictures of the plan cannot be drawn here. Nothing was written.")


class Machine(NamedTuple):
    """What this computer offers; handed in, because the command line reads no clock itself.

    Attributes:
        environment: The process environment.
        now: Reads the clocks.
        zone: Finds the local time zone.
        window_open: Tells whether the desktop program runs for a data directory.
        poke: Tells that program that the store has news.
        ring: Asks that program for something; tells whether it was heard.
        probes: What `doctor` looks at outside the store, by name.
        accounts: Reaches the servers and the keyring for the accounts of a store.
        prompt: Where questions are asked and secrets read.
        syncer: Reaches the engine that keeps a store in step with its account.
        draw: Draws a picture of a plan; raises RefusedError where it cannot.
    """

    environment: Mapping[str, str]
    now: Callable[[], Reading]
    zone: Callable[[], tzinfo]
    window_open: Callable[[Path], bool]
    poke: Callable[[Path], object]
    ring: Callable[[Path, str], bool] = lambda _data_dir, _verb: False
    probes: Mapping[str, Callable[[Reading, Place], list[Finding]]] = {}
    accounts: Callable[[Store, Machine], Desk] | None = None
    prompt: Prompt | None = None
    syncer: Callable[[Store, Machine], Syncer] | None = None
    draw: Callable[[Plan, Picture], bytes] = _no_pictures


class Context:
    """One run of one command."""

    def __init__(
        self, machine: Machine, output: Output, data_dir: str | None, profile: str | None
    ) -> None:
        self.machine = machine
        self.output = output
        self._data_dir, self._profile = data_dir, profile
        self._place: Place | None = None
        self._zone: tzinfo | None = None
        self._now: Reading | None = None

    @property
    def place(self) -> Place:
        """Where the store lives."""
        if self._place is None:
            try:
                self._place = find(self.machine.environment, self._data_dir, self._profile)
            except RuntimeError as error:  # whose home that is cannot be found out
                raise StoreError(
                    "There is no home directory to keep the data in. Nothing was changed; "
                    "say where with --data-dir."
                ) from error
        return self._place

    @property
    def zone(self) -> tzinfo:
        """The local time zone."""
        if self._zone is None:
            self._zone = self.machine.zone()
        return self._zone

    @property
    def now(self) -> Reading:
        """The moment the command began: everything it does happens then."""
        if self._now is None:
            self._now = self.machine.now()
        return self._now

    def _correct(self, source: Source) -> None:
        """Counts by the server's clock from here on, where this computer's is far from it."""
        from toggl_desktop.store.read import servertime

        self._now = corrected(self.now, servertime.known(source))

    @contextmanager
    def reading(self) -> Iterator[Source]:
        """Lends the store for questions."""
        from toggl_desktop.store.reading import reading

        with reading(self.place) as source:
            self._correct(source)
            yield source

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """Lends the store for changes; an open window hears of them at once."""
        from toggl_desktop.store.database import Store

        with Store(self.place) as store:
            self._correct(store.source)
            before = store.seen
            yield store
            has_news = store.seen != before
        if has_news:
            self.machine.poke(self.place.directory)

    def do(self, store: Store, command: Any) -> ChangeSet:  # noqa: ANN401 - any command there is
        """Does what a command says; its refusal is raised."""
        from toggl_desktop.actions.perform import perform

        outcome = perform(store, command, self.now, getattr(self.zone, "key", None) or "")
        if outcome.error is not None:
            raise outcome.error
        assert outcome.changes is not None
        return outcome.changes

    def settings(self, *naming: str) -> Settings | None:
        """Returns the person's settings; None when the file sets none of these."""
        try:
            text = self.place.settings.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None
        if not any(name in text for name in naming):
            return None  # most have no such line, and reading TOML costs a cold start
        from toggl_desktop.store.settings import load

        return load(self.place.settings)

    def first_weekday(self) -> int:
        """Returns 0 for weeks that begin on Monday … 6 for Sunday."""
        from toggl_desktop.cli.local import first_weekday

        settings = self.settings("first_weekday")
        choice = "locale" if settings is None else settings.first_weekday
        return first_weekday(choice, self.machine.environment)

    def weekend(self) -> frozenset[int]:
        """Returns the weekdays people rest on, 0 for Monday."""
        from toggl_desktop.cli.local import weekend

        settings = self.settings("weekend")
        choice = "locale" if settings is None else settings.weekend
        return weekend(choice, self.machine.environment)

    def twelve_hours(self) -> bool:
        """Tells whether times of day are shown with AM and PM."""
        from toggl_desktop.cli.local import twelve_hours

        settings = self.settings("time_format")
        return twelve_hours("locale" if settings is None else settings.time_format)
