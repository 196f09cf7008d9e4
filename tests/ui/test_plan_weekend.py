"""Which days people rest on is the country's, or what somebody chose; everything follows it."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from tests.ui.conftest import TODAY, settle
from tests.ui.plan_desk import plan_desk
from tests.ui.plan_hands import Sown
from toggl_desktop.actions.plan.export import Part, tasks
from toggl_desktop.cli.local import _WEEKENDS
from toggl_desktop.domain.plan.axis import weekday
from toggl_desktop.ui.plan.drawing import Wanted, Ways, draw
from toggl_desktop.ui.plan.looks import Looks

pytestmark = pytest.mark.ui
SUNDAY = date(2026, 11, 29).toordinal()


@pytest.fixture
def egypt():
    before = QLocale()
    QLocale.setDefault(QLocale("ar_EG"))
    yield
    QLocale.setDefault(before)


def test_a_friday_in_egypt_is_shaded_left_out_and_skipped(house, egypt):
    sown = Sown(house)
    lid = sown.add("A week", 0, 6, members=(sown.ann,), estimate_minutes=500,
                   estimate_kind="total")  # fmt: skip
    with plan_desk(house, None) as desk:
        model, scene = desk.window.timeline.model, desk.scene
        assert scene.weekend == {4, 5}
        assert scene.first_weekday == 5
        assert model.bar(lid).daily_minutes == 100
        assert model.plan.members[0].capacity == (480, 480, 480, 480, 0, 0, 480)
        lane = desk.view.chart.lanes.of(model.bar(lid))[0]
        assert scene.load_on(lane, SUNDAY).capacity == 480
        assert scene.load_on(lane, SUNDAY - 2).planned == 0
        words = desk.window.timeline.speech.work(model.bar(lid))
        assert words == "1.7 h a day, 8.3 h in all"
        house.preferences.choose("plan_hide_weekends", True)
        settle()
        assert not desk.view.axis.shows(SUNDAY - 2)
        assert desk.view.axis.shows(SUNDAY)


def test_a_chosen_weekend_counts_at_once(house):
    sown = Sown(house)
    lid = sown.add("A week", 0, 6, members=(sown.ann,), estimate_minutes=600,
                   estimate_kind="total")  # fmt: skip
    with plan_desk(house, None) as desk:
        model = desk.window.timeline.model
        assert model.bar(lid).daily_minutes == 120
        house.preferences.choose("weekend", "sunday")
        settle()
        assert model.bar(lid).daily_minutes == 100
        assert desk.scene.weekend == {6}
        house.preferences.choose("weekend", "none")
        house.preferences.choose("plan_hide_weekends", True)
        settle()
        assert not desk.view.axis.hidden
        assert model.bar(lid).daily_minutes == 86
    (record,) = tasks(house.store.source, Part(weekend=frozenset({6})))
    assert record.estimate_minutes == 100


def test_a_picture_follows_it_too(house):
    looks = Looks(house.theme.tokens)
    from toggl_desktop.store.read import plan

    ways = Ways(looks, str, TODAY.toordinal(), weekend=frozenset({4, 5}))
    one = draw(plan.plan(house.store.source), Wanted("svg", SUNDAY - 6, SUNDAY), ways)
    other = draw(plan.plan(house.store.source), Wanted("svg", SUNDAY - 6, SUNDAY),
                 Ways(looks, str, TODAY.toordinal()))  # fmt: skip
    assert one != other


def test_the_terminal_knows_the_same_countries_as_the_window():
    for days, countries in _WEEKENDS.items():
        for country in countries.split():
            territory = QLocale.codeToTerritory(country)
            found = QLocale(QLocale.Language.AnyLanguage, territory)
            for locale in QLocale.matchingLocales(
                QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, territory
            ) or [found]:
                rest = set(range(7)) - {day.value - 1 for day in locale.weekdays()}
                assert rest == set(days), country
    assert weekday(SUNDAY) == 6
