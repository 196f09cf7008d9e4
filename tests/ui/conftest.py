"""A real store, a clock that stands still, and a look at what each test leaves behind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication

from toggl_desktop.actions.perform import Outcome, perform
from toggl_desktop.app.errands import Errands
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import AddClient, AddEntry, AddProject, AddTag, StartTimer
from toggl_desktop.domain.instants import Instant, instant
from toggl_desktop.domain.settings import Settings
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.store.read import entries
from toggl_desktop.store.source import Source
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.timer.window import TimerWindow

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 23)


class StillClock:
    """A clock that moves when it is told to."""

    def __init__(self, at: int) -> None:
        self.at = at

    def now(self) -> Reading:
        return Reading(Instant(self.at))

    def advance(self, seconds: int) -> None:
        self.at += seconds


class MemoryPreferences:
    """Settings without a file."""

    def __init__(self, bridge: Bridge) -> None:
        self.now = Settings()
        self._bridge = bridge

    def choose(self, name: str, value: object) -> None:
        self.now = self.now._replace(**{name: value})
        self._bridge.tell_settings_changed()


class CountingSource(Source):
    """Counts the questions."""

    __slots__ = ("asked",)

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self.asked = 0

    def rows(self, sql: str, values: Any = ()) -> list[Any]:
        self.asked += 1
        return super().rows(sql, values)


@dataclass
class House:
    """Everything a view needs, and short ways to fill the store."""

    store: Store
    clock: StillClock
    bridge: Bridge
    preferences: MemoryPreferences
    theme: Theme
    zone: tzinfo = BERLIN
    performed: list[object] = field(default_factory=list)
    errands: Errands = field(init=False)

    def __post_init__(self) -> None:
        self.errands = Errands(self.store)

    @property
    def context(self) -> Context:
        return Context(
            self.store.source,
            self.perform,
            self.clock,
            self.current_zone,
            self.preferences,
            self.bridge,
            self.theme,
            beside=self.errands.begin,
        )

    def current_zone(self) -> tzinfo:
        return self.zone

    def perform(self, command: object) -> Outcome:
        self.performed.append(command)
        return perform(self.store, command, self.clock.now(), "Europe/Berlin")

    def do(self, command: object) -> Any:
        """Performs what must succeed and returns what it touched."""
        outcome = perform(self.store, command, self.clock.now(), "Europe/Berlin")
        assert outcome.error is None, outcome.error
        return outcome.changes

    def _made(self, kind: str, command: object) -> Any:
        (lid,) = self.do(command).ids(kind)
        return lid

    def client(self, name: str) -> Any:
        return self._made("client", AddClient(name))

    def project(self, name: str, color: str = "#0b83d9", client: Any = None) -> Any:
        return self._made("project", AddProject(name, client=client, color=color))

    def tag(self, name: str) -> Any:
        return self._made("tag", AddTag(name))

    def at(self, clock: str, day: int = 0) -> int:
        """The instant of a local time, `day` days from today."""
        moment = datetime.combine(TODAY + timedelta(days=day), time.fromisoformat(clock))
        return instant(moment.replace(tzinfo=self.zone))

    def entry(self, text: str, low: str, high: str, *, day: int = 0, **more: Any) -> Any:
        start, stop = self.at(low, day), self.at(high, day)
        if stop < start:
            stop = self.at(high, day + 1)
        return self._made("time_entry", AddEntry(start, stop, text, **more))

    def start(self, text: str, at: str | None = None, **more: Any) -> Any:
        moment = None if at is None else self.at(at)
        self.do(StartTimer(text, at=moment, overlaps="keep", **more))
        row = entries.running(self.store.source)
        assert row is not None
        return row.lid

    def row(self, lid: str) -> entries.EntryRow:
        found = entries.one(self.store.source, lid)
        assert found is not None
        return found

    def all_rows(self) -> list[entries.EntryRow]:
        return entries.find(self.store.source, entries.Wanted())


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    made = Theme()
    made.apply(qapp, "light")
    return made


@pytest.fixture
def house(tmp_path: Path, theme: Theme) -> Iterator[House]:
    """A house with an empty store, at 14:02 in Berlin on Monday, 23 November 2026."""
    store = Store(Place(tmp_path / "data"))
    store.source = CountingSource(store._reader)
    bridge = Bridge()
    store.feed.subscribe(bridge.take)
    clock = StillClock(instant(datetime.combine(TODAY, time(14, 2), tzinfo=BERLIN)))
    made = House(store, clock, bridge, MemoryPreferences(bridge), theme)
    yield made
    made.errands.close()
    store.close()


@pytest.fixture
def window(house: House, qapp: QApplication) -> Iterator[TimerWindow]:
    """The timer window, not yet shown, with a tray to close into."""
    made = TimerWindow(house.context)
    made.show_tray_available(available=True)
    yield made
    made.hide()
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle() -> None:
    """Lets everything that is queued happen."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def open_window(window: TimerWindow) -> None:
    """Shows the window and gives it the keyboard."""
    window.show()
    window.activateWindow()
    settle()


@pytest.fixture(autouse=True)
def leaves_nothing_behind(qapp: QApplication) -> Iterator[None]:
    """No window stays open and no timer of ours runs on."""
    before = {id(w) for w in qapp.topLevelWidgets()}
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [w for w in qapp.topLevelWidgets() if id(w) not in before and shiboken6.isValid(w)]
    running = [t for w in left for t in w.findChildren(QTimer) if t.isActive() and _is_ours(t)]
    visible = [w for w in left if w.isVisible()]
    for widget in left:
        widget.hide()
        widget.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not running, f"timers run on: {running}"
    assert not visible, f"still open: {visible}"


def _is_ours(timer: QObject) -> bool:
    return timer.objectName().startswith("toggl")
