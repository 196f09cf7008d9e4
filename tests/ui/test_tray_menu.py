"""The tray's icon and menu: what they say, what they do, and how seldom they wake."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tests.ui.conftest import House, settle
from tests.ui.hands import Heard
from toggl_desktop.domain import commands
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.store.read import entries
from toggl_desktop.ui.theme.trayicon import tray_icon
from toggl_desktop.ui.tray.keeper import TrayKind, TrayState
from toggl_desktop.ui.tray.presenter import TrayPresenter
from toggl_desktop.ui.tray.state import tooltip

pytestmark = pytest.mark.ui

Click = QSystemTrayIcon.ActivationReason


class StandInKeeper(QObject):
    """A keeper whose tray comes and goes as a test says."""

    available_changed = Signal(object)

    def __init__(
        self, make: Callable[[], QSystemTrayIcon], _xembed: object, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._make = make
        self.icon: QSystemTrayIcon | None = None
        self.state = TrayState(None)

    def come(self, kind: TrayKind | None) -> None:
        if kind is not None:
            self.icon = self._make()
        self.state = TrayState(kind)
        self.available_changed.emit(self.state)

    def close(self) -> None:
        self.icon = None


@pytest.fixture
def make(house: House, qapp: QApplication) -> Iterator[Callable[[], TrayPresenter]]:
    made: list[TrayPresenter] = []

    def make_one() -> TrayPresenter:
        presenter = TrayPresenter(house.context, make_keeper=StandInKeeper)  # type: ignore[arg-type]
        presenter._keeper.come(TrayKind.STATUS_NOTIFIER)  # type: ignore[union-attr]
        made.append(presenter)
        return presenter

    yield make_one
    for presenter in made:
        presenter.close()
        timers = presenter.findChildren(QTimer)
        presenter.deleteLater()
        assert not any(timer.isActive() for timer in timers)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def icon_of(presenter: TrayPresenter) -> QSystemTrayIcon:
    icon = presenter._keeper.icon  # type: ignore[union-attr]
    assert icon is not None
    return icon


def shown(presenter: TrayPresenter) -> list[str]:
    return [a.text() for a in presenter.menu.actions() if a.isVisible() and not a.isSeparator()]


def test_tooltip_and_first_line_say_what_runs(
    house: House, make: Callable[[], TrayPresenter]
) -> None:
    house.entry("Earlier", "08:00", "09:00")
    house.start("Design", "13:20", project=house.project("Acme"))
    presenter = make()
    line = "Design – Acme · 0:42 · today 1:42"
    assert icon_of(presenter).toolTip() == line
    assert shown(presenter) == [
        line,
        "Stop",
        "Earlier",
        "Favourites",
        "Open Toggl Desktop",
        "Undo: Start “Design”",
        "Quit",
    ]


def test_a_stopped_timer_offers_to_continue_the_last_entry(
    house: House, make: Callable[[], TrayPresenter]
) -> None:
    house.entry("Stand-up", "08:30", "08:50")
    presenter = make()
    assert shown(presenter)[:3] == ["Stopped · today 0:20", "Continue “Stand-up”", "Stand-up"]
    presenter.menu.toggle.trigger()
    settle()
    running = entries.running(house.store.source)
    assert running is not None
    assert running.description == "Stand-up"
    assert shown(presenter)[1] == "Stop"
    presenter.menu.toggle.trigger()
    settle()
    assert entries.running(house.store.source) is None


def test_an_empty_store_offers_nothing_that_cannot_be_done(
    make: Callable[[], TrayPresenter],
) -> None:
    presenter = make()
    assert not presenter.menu.toggle.isEnabled()
    assert not presenter.menu.undo.isEnabled()
    assert shown(presenter)[0] == "Stopped · today 0:00"


def test_the_shape_tells_running_from_stopped(
    house: House, make: Callable[[], TrayPresenter]
) -> None:
    presenter = make()
    stopped = icon_of(presenter).icon().pixmap(22, 22).toImage()
    house.start("Design")
    settle()
    running = icon_of(presenter).icon().pixmap(22, 22).toImage()
    assert running != stopped
    assert running == tray_icon("running").pixmap(22, 22).toImage()


def test_the_projects_colour_can_be_switched_off(
    house: House, make: Callable[[], TrayPresenter]
) -> None:
    house.start("Design", project=house.project("Acme", "#2da608"))
    presenter = make()
    plain = tray_icon("running").pixmap(22, 22).toImage()
    assert icon_of(presenter).icon().pixmap(22, 22).toImage() != plain
    house.preferences.choose("tray_project_dot", value=False)
    assert icon_of(presenter).icon().pixmap(22, 22).toImage() == plain


def test_recents_start_what_they_name(house: House, make: Callable[[], TrayPresenter]) -> None:
    project = house.project("R&D")
    for hour in range(6):
        house.entry(f"E{hour}", f"{hour:02}:00", f"{hour:02}:30", project=project)
    presenter = make()
    names = [a.text() for a in presenter.menu.recents if a.isVisible()]
    assert names == [f"E{n} – R&&D" for n in (5, 4, 3, 2, 1)]
    presenter.menu.recents[2].trigger()
    settle()
    running = entries.running(house.store.source)
    assert running is not None
    assert (running.description, running.project) == ("E3", project)


def test_undo_takes_the_named_step_back(house: House, make: Callable[[], TrayPresenter]) -> None:
    lid = house.entry("Stand-up", "08:30", "08:50")
    presenter = make()
    house.do(commands.DeleteEntries((lid,)))
    settle()
    assert presenter.menu.undo.text() == "Undo: Delete “Stand-up”"
    presenter.menu.undo.trigger()
    settle()
    assert [row.lid for row in house.all_rows()] == [lid]


def test_texts_of_others_are_plain_and_their_ampersands_are_no_keys(
    house: House, make: Callable[[], TrayPresenter]
) -> None:
    house.start("<b>R&D</b>\nx\u202ey", "13:20")
    presenter = make()
    assert presenter.menu.state.text().startswith("<b>R&&D</b> xy · 0:42")
    hint = icon_of(presenter).toolTip()
    assert "<b>" not in hint
    assert hint.replace("\u2060", "").startswith("<b>R&D</b> xy · 0:42")


def test_a_tooltip_never_looks_like_rich_text() -> None:
    from PySide6.QtGui import Qt

    for text in ("<b>x</b>", "<img src='file:///x'>", "a <b>x</b>", "<!DOCTYPE html>", "<p>"):
        assert not Qt.mightBeRichText(tooltip(text))


@pytest.mark.parametrize(
    ("setting", "signal"),
    [("window", "window_toggle_requested"), ("nothing", None), ("toggle", None), ("menu", None)],
)
def test_a_left_click_does_what_was_chosen(
    house: House, make: Callable[[], TrayPresenter], setting: str, signal: str | None
) -> None:
    house.start("Design", "13:00")
    house.preferences.choose("tray_left_click", setting)
    presenter = make()
    heard = Heard(presenter.window_toggle_requested)
    icon_of(presenter).activated.emit(Click.Trigger)
    settle()
    assert bool(heard.all) == (signal is not None)
    assert (entries.running(house.store.source) is None) == (setting == "toggle")
    assert presenter.menu.isVisible() == (setting == "menu")


def test_a_middle_click_stops_and_continues(
    house: House, make: Callable[[], TrayPresenter]
) -> None:
    house.start("Design", "13:00")
    presenter = make()
    icon_of(presenter).activated.emit(Click.MiddleClick)
    settle()
    assert entries.running(house.store.source) is None
    icon_of(presenter).activated.emit(Click.DoubleClick)
    icon_of(presenter).activated.emit(Click.Context)
    settle()
    assert entries.running(house.store.source) is None


def test_the_first_line_and_open_ask_for_the_window(make: Callable[[], TrayPresenter]) -> None:
    presenter = make()
    heard, quits = Heard(presenter.window_requested), Heard(presenter.quit_requested)
    presenter.menu.state.trigger()
    presenter.menu.open.trigger()
    presenter.menu.quit.trigger()
    assert (len(heard.all), len(quits.all)) == (2, 1)


def test_what_is_refused_is_handed_on(house: House, make: Callable[[], TrayPresenter]) -> None:
    house.entry("Stand-up", "08:30", "08:50")
    house.do(commands.EditWorkspace(LOCAL_WORKSPACE, required=("project",)))
    presenter = make()
    heard = Heard(presenter.refused)
    presenter.menu.toggle.trigger()
    (refusal,) = heard.all
    assert "requires a project" in str(refusal.error)  # type: ignore[attr-defined]


def test_the_menu_is_the_same_one_for_every_icon(make: Callable[[], TrayPresenter]) -> None:
    presenter = make()
    first = icon_of(presenter).contextMenu()
    heard = Heard(presenter.available_changed)
    presenter._keeper.come(None)  # type: ignore[union-attr]
    presenter._keeper.come(TrayKind.XEMBED)  # type: ignore[union-attr]
    assert icon_of(presenter).contextMenu() is first is presenter.menu
    assert heard.all == [False, True]
    assert icon_of(presenter).toolTip() == "Stopped · today 0:00"


def test_it_wakes_at_the_entrys_next_minute_and_reads_nothing_then(
    house: House, make: Callable[[], TrayPresenter]
) -> None:
    house.start("Design")
    house.clock.advance(42)
    presenter = make()
    assert 17_000 < presenter._timer.remainingTime() <= 18_000
    house.clock.advance(18)
    house.store.source.asked = 0  # type: ignore[attr-defined]
    presenter._timer.timeout.emit()
    assert presenter.menu.state.text() == "Design · 0:01 · today 0:01"
    assert house.store.source.asked == 0  # type: ignore[attr-defined]
    assert 59_000 < presenter._timer.remainingTime() <= 60_000


def test_a_stopped_timer_lets_it_sleep_an_hour_or_until_midnight(
    house: House, make: Callable[[], TrayPresenter]
) -> None:
    presenter = make()
    assert presenter._timer.remainingTime() > 3_590_000
    house.clock.at = house.at("23:59")
    presenter.show_time()
    assert 59_000 < presenter._timer.remainingTime() <= 60_000


def test_a_new_day_begins_at_zero(house: House, make: Callable[[], TrayPresenter]) -> None:
    house.entry("Stand-up", "08:30", "08:50")
    presenter = make()
    house.clock.at = house.at("00:00", 1)
    presenter._timer.timeout.emit()
    assert presenter.menu.state.text() == "Stopped · today 0:00"


def test_an_unchanged_state_sends_nothing_to_the_panel(
    house: House, make: Callable[[], TrayPresenter], monkeypatch: pytest.MonkeyPatch
) -> None:
    house.start("Design", "13:00")
    presenter = make()
    heard = Heard(presenter.menu.state.changed)
    sent: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "setIcon", lambda *_: sent.append("icon"))
    monkeypatch.setattr(QSystemTrayIcon, "setToolTip", lambda *_: sent.append("tooltip"))
    for _ in range(5):
        presenter.show_time()
    assert heard.all == []
    assert sent == []


def test_lines_for_other_windows_are_there_when_the_program_has_them(
    make: Callable[[], TrayPresenter],
) -> None:
    presenter = make()
    assert "Switch…" not in shown(presenter)
    presenter.offer(switch=True, preferences=True)
    switched, preferred = Heard(presenter.switch_requested), Heard(presenter.preferences_requested)
    presenter.menu.switch.trigger()
    presenter.menu.preferences.trigger()
    assert (len(switched.all), len(preferred.all)) == (1, 1)


def test_a_store_that_cannot_be_read_is_said_in_the_menu(
    house: House, make: Callable[[], TrayPresenter], monkeypatch: pytest.MonkeyPatch
) -> None:
    from toggl_desktop.domain.errors import StoreError
    from toggl_desktop.store.read import status

    presenter = make()

    def fails(*_: object) -> None:
        raise StoreError("The store cannot be read.")

    monkeypatch.setattr(status, "read", fails)
    presenter.refresh()
    assert presenter.menu.state.text() == "The store cannot be read."
