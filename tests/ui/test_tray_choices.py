"""What the tray's menu offers besides the timer: favourites, the plan, and how things stand."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtGui import QAction

from tests.ui.conftest import TODAY, House, settle
from tests.ui.hands import Heard
from tests.ui.test_tray_menu import icon_of, make, shown
from toggl_desktop.domain import commands
from toggl_desktop.domain.commands import StartTimer
from toggl_desktop.store.read import catalog, entries
from toggl_desktop.ui.planned import Glance, NextMilestone, Planned
from toggl_desktop.ui.theme.trayclock import figures
from toggl_desktop.ui.theme.trayicon import tray_icon
from toggl_desktop.ui.tray.presenter import TrayPresenter
from toggl_desktop.ui.tray.state import Conditions, icon_state

pytestmark = pytest.mark.ui

Make = Callable[[], TrayPresenter]
__all__ = ["make"]


def visible(actions: list[QAction]) -> list[str]:
    return [action.text() for action in actions if action.isVisible()]


def favourites(house: House) -> list[str]:
    return [row.description for row in catalog.favourites(house.store.source)]


def test_favourites_stand_in_a_persons_order_and_start_with_all_they_hold(
    house: House, make: Make
) -> None:
    acme, deep = house.project("R&D", "#d94182"), house.tag("deep")
    house.do(commands.AddFavourite(description="Later"))
    house.do(commands.AddFavourite(description="First", project=acme, tags=(deep,), billable=True))
    (first,) = [r.lid for r in catalog.favourites(house.store.source) if r.project]
    house.do(commands.MoveFavourite(first, 0))
    presenter = make()
    assert visible(presenter.menu.favourites) == ["First – R&&D", "Later"]
    presenter.menu.favourites[0].trigger()
    settle()
    running = entries.running(house.store.source)
    assert running is not None
    assert (running.description, running.project, running.tags, running.billable) == (
        "First",
        acme,
        ("deep",),
        True,
    )


def test_what_is_a_favourite_is_not_offered_twice(house: House, make: Make) -> None:
    kept = house.entry("Stand-up", "08:30", "08:50")
    house.entry("Other", "09:00", "09:10")
    house.do(commands.AddFavourite(kept))
    presenter = make()
    assert visible(presenter.menu.recents) == ["Other"]
    assert visible(presenter.menu.favourites) == ["Stand-up"]


def test_more_favourites_than_fit_are_in_the_submenu(house: House, make: Make) -> None:
    for number in range(8):
        house.do(commands.AddFavourite(description=f"F{number}"))
    presenter = make()
    assert visible(presenter.menu.favourites) == ["F0", "F1", "F2", "F3", "F4"]
    assert visible(presenter.menu.others) == ["F5", "F6", "F7"]
    presenter.menu.others[2].trigger()
    settle()
    running = entries.running(house.store.source)
    assert running is not None
    assert running.description == "F7"


def test_what_runs_is_kept_from_the_menu_and_then_offered_no_more(house: House, make: Make) -> None:
    house.start("Design", "13:20", project=house.project("Acme"))
    presenter = make()
    keep = presenter.menu.keep
    assert keep.text() == "Add “Design” to favourites"
    keep.trigger()
    settle()
    assert favourites(house) == ["Design"]
    assert not keep.isVisible()
    assert visible(presenter.menu.favourites) == ["Design – Acme"]


def test_the_last_entry_can_be_kept_while_nothing_runs(house: House, make: Make) -> None:
    presenter = make()
    assert not presenter.menu.more.menuAction().isVisible()
    house.entry("Stand-up", "08:30", "08:50")
    settle()
    presenter.menu.keep.trigger()
    settle()
    assert favourites(house) == ["Stand-up"]


def test_favourites_are_put_in_order_elsewhere(house: House, make: Make) -> None:
    presenter = make()
    assert presenter.menu.arrange.isVisible()
    heard = Heard(presenter.favourites_requested)
    presenter.menu.arrange.trigger()
    assert len(heard.all) == 1


def test_without_a_plan_nothing_of_it_is_offered(house: House, make: Make) -> None:
    presenter = make()
    presenter.offer(switch=True)
    assert not any("lan" in line for line in shown(presenter))


def test_what_is_planned_now_is_started_for_its_task(house: House, make: Make) -> None:
    site = house.project("Website")
    asked: list[date] = []

    def plan(today: date) -> Glance:
        asked.append(today)
        tasks = (
            Planned("t1", "API outline", site, "Website", "#0b83d9"),
            Planned("t2", "<b>Copy</b>"),
        )
        return Glance(tasks, NextMilestone("Launch", today + timedelta(days=3)))

    presenter = make()
    opened = Heard(presenter.plan_requested)
    presenter.offer(plan=plan)
    assert asked[-1] == TODAY
    assert visible(presenter.menu.planned) == [
        "Planned now: API outline – Website",
        "Planned now: <b>Copy</b>",
    ]
    assert presenter.menu.milestone.text() == "Launch: in 3 days"
    presenter.menu.planned[0].trigger()
    settle()
    assert house.performed == [StartTimer("API outline", site, plan_task="t1")]
    presenter.menu.milestone.trigger()
    presenter.menu.plan.trigger()
    assert len(opened.all) == 2


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "Launch: 2 days late"),
        (0, "Launch: today"),
        (1, "Launch: tomorrow"),
        (13, "Launch: in 13 days"),
        (30, "Launch: in 4 weeks"),
    ],
)
def test_a_milestone_says_how_far_it_is(house: House, make: Make, days: int, words: str) -> None:
    presenter = make()
    milestone = NextMilestone("Launch", TODAY + timedelta(days=days))
    presenter.menu.show_plan(Glance((), milestone), TODAY)
    assert presenter.menu.milestone.text() == words


def test_a_brief_beginning_reads_the_entry_alone_and_is_completed_later(
    house: House, make: Make
) -> None:
    from tests.ui.test_tray_menu import StandInKeeper

    house.start("Design", "13:20")
    house.do(commands.AddFavourite(description="Kept"))
    house.store.source.asked = 0  # type: ignore[attr-defined]
    presenter = TrayPresenter(
        house.context,
        make_keeper=StandInKeeper,  # type: ignore[arg-type]
        is_brief=True,
    )
    few = house.store.source.asked  # type: ignore[attr-defined]
    assert presenter.line() == "Design · 0:42 · today 0:42"
    assert visible(presenter.menu.favourites) == []
    heard = Heard(presenter.window_requested)
    presenter.menu.open.trigger()
    assert heard.all == []  # nobody could hear it yet
    presenter.complete()
    settle()
    assert len(heard.all) == 1
    assert few <= 7
    assert visible(presenter.menu.favourites) == ["Kept"]
    presenter.close()
    presenter.deleteLater()


@pytest.mark.parametrize(
    ("conditions", "counts", "state"),
    [
        (Conditions(), {"is_running": True}, "running"),
        (Conditions(), {"is_running": False, "unsent": 2}, "stopped+unsent"),
        (Conditions(is_offline=True), {"is_running": True, "unsent": 2}, "running+offline"),
        (Conditions(is_offline=True), {"is_running": True, "problems": 1}, "running+problem"),
        (Conditions(is_paused=True), {"is_running": False}, "paused"),
        (Conditions(is_paused=True, has_trouble=True), {"is_running": True}, "paused+problem"),
    ],
)
def test_one_function_chooses_the_picture(
    conditions: Conditions, counts: dict[str, int], state: str
) -> None:
    assert icon_state(conditions, **counts) == state  # type: ignore[arg-type]


def test_conditions_change_the_picture_and_the_words(house: House, make: Make) -> None:
    house.start("Design", "13:20")
    presenter = make()
    presenter.show_conditions(Conditions(freshness="synced 14:02"))
    assert presenter.line() == "Design · 0:42 · today 0:42 · synced 14:02"
    presenter.show_conditions(Conditions(is_offline=True))
    assert presenter.line() == "Design · 0:42 · today 0:42 · offline"
    offline = tray_icon("running+offline").pixmap(22, 22).toImage()
    assert icon_of(presenter).icon().pixmap(22, 22).toImage() == offline
    presenter.show_conditions(Conditions(is_paused=True))
    assert presenter.line() == "Design · 0:42 · today 0:42 · break"


def test_the_time_is_painted_in_the_icon_when_asked_for(house: House, make: Make) -> None:
    house.start("Design", "13:20")
    presenter = make()
    house.preferences.choose("tray_icon_time", value=True)
    seen = icon_of(presenter).icon().pixmap(22, 22).toImage()
    assert seen == tray_icon("running", minutes=42).pixmap(22, 22).toImage()
    assert seen != tray_icon("running", minutes=43).pixmap(22, 22).toImage()
    house.clock.advance(60)
    presenter._timer.timeout.emit()
    seen = icon_of(presenter).icon().pixmap(22, 22).toImage()
    assert seen == tray_icon("running", minutes=43).pixmap(22, 22).toImage()


def test_the_painted_time_says_minutes_then_hours() -> None:
    told = [figures(m) for m in (0, 42, 59, 60, 65, 599, 600, 10_000)]
    assert told == ["0", "42", "59", "1:00", "1:05", "9:59", "10h", "99h"]


@pytest.mark.parametrize("badge", ["", "+unsent", "+offline", "+problem"])
def test_a_warning_stays_in_view_beside_the_time(qapp: object, badge: str) -> None:
    pictures = {
        other: tray_icon(f"running{other}", minutes=42).pixmap(22, 22).toImage()
        for other in ("", "+unsent", "+offline", "+problem")
    }
    assert sum(pictures[badge] == picture for picture in pictures.values()) == 1
