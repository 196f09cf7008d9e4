"""What recurs: made ahead, changed one by one or together, continued."""

import pytest

from tests.support.planning import TODAY
from toggl_desktop.actions.perform import Undo, perform
from toggl_desktop.actions.plan.instead import Instead
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.domain.plan import commands as ask
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.store.journal import last_seq

DAY = 86400


@pytest.fixture
def weekly(desk):
    """Stand-up, each Monday for a year."""
    desk.does(
        ask.AddPlanTask(
            *("Stand-up", TODAY, TODAY + 1, 540, 555),
            project="site",
            members=("ann",),
            checklist=(("1", "Prepare", True),),
            is_done=True,
            repeat="weekly",
        )
    )
    return desk


def days(desk, name="Stand-up"):
    return sorted(t.start - TODAY for t in desk.all(PlanTask) if t.name == name)


def lid(desk, number, name="Stand-up"):
    tasks = sorted((t for t in desk.all(PlanTask) if t.name == name), key=lambda t: t.start)
    return tasks[number].lid


def test_occurrences_are_tasks_of_their_own_with_nothing_done_yet(weekly):
    assert days(weekly) == list(range(0, 367, 7))
    first, second = (weekly.task(lid(weekly, n)) for n in (0, 1))
    assert first.series == first.lid == second.series
    assert (first.repeat, second.repeat) == ("every 1 week", "every 1 week")
    assert (first.status, second.status) == ("done", "todo")
    assert (second.is_done, second.checklist[0][1:]) == (False, ("Prepare", False))
    assert (second.end - second.start, second.start_minute, second.members) == (1, 540, ("ann",))
    weekly.does(Undo())
    assert days(weekly) == []


def test_one_occurrence_is_moved_or_deleted_alone(weekly):
    weekly.does(ask.MovePlanTasks((lid(weekly, 1),), 2))
    weekly.does(ask.DeletePlanTasks((lid(weekly, 2),)))
    assert days(weekly)[:4] == [0, 9, 21, 28]


def test_the_following_or_all_are_changed_together_days_by_as_much(weekly):
    third = lid(weekly, 2)
    weekly.there_and_back(
        ask.EditPlanTasks((third,), start=TODAY + 15, end=TODAY + 15, scope="following")
    )
    assert days(weekly)[:5] == [0, 7, 15, 22, 29]
    assert weekly.task(lid(weekly, 3)).end == TODAY + 22
    weekly.there_and_back(ask.EditPlanTasks((third,), name="Daily", members=("bob",), scope="all"))
    assert len(days(weekly, "Daily")) == 51, "what follows on other days is a series of its own"
    assert weekly.task(lid(weekly, 0, "Daily")).members == ("bob",)
    weekly.does(ask.DeletePlanTasks((lid(weekly, 3, "Daily"),), "following"))
    assert days(weekly, "Daily") == [15, 22, 29]
    weekly.does(ask.DeletePlanTasks((lid(weekly, 2, "Daily"),), "all"))
    assert (days(weekly, "Daily"), days(weekly)) == ([], [0, 7])


def test_the_following_or_all_are_moved_together_and_handed_over(weekly):
    third = lid(weekly, 2)
    name = weekly.there_and_back(ask.MovePlanTasks((third,), 2, 0, "ann", "bob", scope="following"))
    assert name == "Move “Stand-up” and the following by 2 days"
    assert days(weekly)[:5] == [0, 7, 16, 23, 30]
    assert weekly.task(lid(weekly, 4)).members == ("bob",)
    assert weekly.task(lid(weekly, 1)).members == ("ann",)
    weekly.does(ask.EditPlanTasks((lid(weekly, 3),), members=()))
    weekly.there_and_back(ask.MovePlanTasks((third,), 0, 15, "bob", "ann", scope="all"))
    assert [weekly.task(lid(weekly, n)).members for n in (2, 3, 4)] == [("ann",), (), ("ann",)]
    assert [weekly.task(lid(weekly, n)).start_minute for n in (1, 2, 4)] == [540, 555, 555]


def test_what_was_moved_goes_on_by_its_new_day_and_what_was_ended_does_not(weekly):
    weekly.does(ask.DeletePlanTasks((lid(weekly, 0),)))
    weekly.does(ask.DeletePlanTasks((lid(weekly, 51),)))  # the last
    weekly.does(ask.MovePlanTasks((lid(weekly, 20),), 1, scope="all"))
    weekly.does(ask.MovePlanTasks((lid(weekly, 30),), 1, scope="following"))
    weekly.does(ask.AddPlanTask("Review", TODAY, repeat="every 1 week"))
    weekly.does(ask.DeletePlanTasks((lid(weekly, 4, "Review"),), "following"))
    weekly.now += 340 * DAY
    weekly.does(ask.ContinueSeries())
    found = days(weekly)
    assert found[:3] == [8, 15, 22]
    assert {day % 7 for day in found[:30]} == {1}
    assert {day % 7 for day in found[30:]} == {2}
    assert found[-1] > 600
    assert 366 not in found, "the last one was deleted: it does not come again"
    assert days(weekly, "Review") == [0, 7, 14, 21]


def test_what_waits_for_any_that_are_taken_along_is_pushed(weekly):
    weekly.does(ask.AddPlanTask("Notes", TODAY + 30, TODAY + 30))
    notes = lid(weekly, 0, "Notes")
    weekly.does(ask.AddDependency(lid(weekly, 4), notes))
    move = ask.MovePlanTasks((lid(weekly, 2),), 3, scope="following", pushes=True)
    weekly.there_and_back(move)
    assert days(weekly)[2:5] == [17, 24, 31]
    assert weekly.task(notes).start == TODAY + 33
    third = weekly.task(lid(weekly, 2))
    assert {weekly.task(lid(weekly, n)).series for n in range(2, 8)} == {third.lid}
    later = ask.EditPlanTasks((third.lid,), end=TODAY + 20, scope="all", pushes=True)
    weekly.does(later)
    assert weekly.task(notes).start == TODAY + 35


def test_a_step_gives_way_to_what_was_meant_and_one_undo_goes_back_before_both(weekly):
    third = lid(weekly, 2)
    move = ask.MovePlanTasks((third,), 1)
    for scope, aim in (("following", [0, 7, 15, 22]), ("all", [1, 8, 15, 22]), ("one", [0, 7, 15])):
        weekly.does(move)
        meant = ask.MovePlanTasks((third,), 1, scope=scope)
        weekly.does(Instead((last_seq(weekly.store.source),), meant))
        assert days(weekly)[: len(aim)] == aim
        weekly.does(Undo())
        assert days(weekly)[:4] == [0, 7, 14, 21]


def test_a_step_stays_when_what_is_meant_instead_is_refused_or_comes_late(weekly):
    last = lid(weekly, 52)
    weekly.does(ask.MovePlanTasks((last,), 1))
    seq, before = last_seq(weekly.store.source), weekly.rows()
    far = ask.EditPlanTasks((last,), start=99_999_999, end=99_999_999, scope="all")
    refused = perform(weekly.store, Instead((seq - 9, seq), far), Reading(weekly.now)).error
    assert "Something else" in refused.sentence
    refused = perform(weekly.store, Instead((seq,), far), Reading(weekly.now)).error
    assert "1970 to 2199" in refused.sentence
    assert weekly.rows() == before
    weekly.does(ask.EditPlanTasks(("api",), name="Other"))
    late = weekly.refused(Instead((seq,), ask.DeletePlanTasks((last,), "all")))
    assert "Something else was done since" in late.sentence
    assert days(weekly)[-1] == 365


def test_a_task_begins_to_recur_and_stops(desk):
    desk.there_and_back(ask.EditPlanTasks(("api",), repeat="every 3 months until 2027-04-01"))
    assert len(days(desk, "API")) == 3
    desk.there_and_back(ask.EditPlanTasks((lid(desk, 1, "API"),), repeat=""))
    assert len(days(desk, "API")) == 3
    assert [t.series for t in desk.all(PlanTask)].count(None) == 1
    desk.there_and_back(ask.EditPlanTasks((lid(desk, 0, "API"),), repeat="", scope="all"))
    assert len(days(desk, "API")) == 2
    assert all(t.repeat == "" for t in desk.all(PlanTask) if t.lid == "api")


def test_what_follows_by_another_rule_begins_a_series_of_its_own(weekly):
    third = lid(weekly, 2)
    weekly.there_and_back(
        ask.EditPlanTasks((third,), repeat="every 1 month", scope="following", members=("bob",))
    )
    assert days(weekly)[:5] == [0, 7, 14, 45, 75]
    old, new = weekly.task(lid(weekly, 0)), weekly.task(lid(weekly, 3))
    assert (old.repeat, new.repeat) == ("every 1 week until 2026-10-04", "every 1 month")
    assert (new.series, new.members) == (third, ("bob",))
    assert isinstance(
        weekly.refused(ask.EditPlanTasks((third,), repeat="every 1 month")), NothingToDoError
    )


def test_stopping_all_from_the_middle_leaves_what_was_before(weekly):
    weekly.does(ask.EditPlanTasks((lid(weekly, 3),), is_done=True))
    weekly.does(ask.AddDependency("api", lid(weekly, 9)))
    weekly.there_and_back(ask.EditPlanTasks((lid(weekly, 2),), repeat="", scope="all"))
    assert days(weekly) == [0, 7, 14, 21]  # what is done already stays
    assert {t.repeat for t in weekly.all(PlanTask)} == {""}


def test_a_series_is_continued_when_it_comes_near_its_end_and_not_before(weekly):
    assert isinstance(weekly.refused(ask.ContinueSeries()), NothingToDoError)
    weekly.does(ask.DeletePlanTasks((lid(weekly, 40),)))
    weekly.does(ask.EditPlanTasks((lid(weekly, 50),), name="Odd one"))
    weekly.now += 300 * DAY
    assert weekly.there_and_back(ask.ContinueSeries()) == "Continue what recurs"
    assert days(weekly)[-1] == 665
    assert 280 not in days(weekly)
    assert isinstance(weekly.refused(ask.ContinueSeries()), NothingToDoError)
    weekly.does(Undo())
    assert isinstance(weekly.refused(ask.ContinueSeries()), NothingToDoError), "undone is undone"


def test_a_series_that_was_forgotten_or_has_an_end_is_not_continued(weekly):
    weekly.does(ask.AddPlanTask("Sprint", TODAY, repeat="every 2 weeks until 2026-12-01"))
    weekly.now += 700 * DAY
    assert isinstance(weekly.refused(ask.ContinueSeries()), NothingToDoError)


def test_occurrences_end_where_the_calendar_does(desk):
    from datetime import date

    desk.now = int((date(2199, 12, 1).toordinal() - 719_163) * DAY)
    day = date(2199, 12, 30).toordinal()
    assert (
        "from 1970 to 2199"
        in desk.refused(ask.AddPlanTask("Last", day, day, repeat="every 1 day")).sentence
    )
