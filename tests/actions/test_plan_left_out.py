"""What a file of a plan has no place for is counted and said; JSON has it all."""

import pytest

from tests.support.builders import load
from tests.support.planning import TODAY
from toggl_desktop.actions.plan.export import Part
from toggl_desktop.actions.plan.left_out import left_out
from toggl_desktop.domain.plan.entities import Dependency, Milestone, PlanTask, TimeOff


@pytest.fixture
def rich(desk):
    load(
        desk.store,
        PlanTask("idea", "Idea", members=("ann",), notes="plain", estimate_minutes=60),
        PlanTask(
            "all", "All", TODAY, TODAY + 4, project="site", notes='{"ops":[{"insert":"x\\n"}]}',
            estimate_minutes=600, estimate_kind="total", checklist=(("a", "b", False),),
        ),
        Dependency("d", "api", "all"),
        *(Milestone(f"m{i}", f"M{i}", TODAY + i, project="site" if i else None) for i in range(3)),
        TimeOff("off", "bob", TODAY, TODAY + 1),
    )  # fmt: skip
    return desk.store.source


def test_the_tables_say_what_they_lack(rich):
    assert left_out(rich, Part(), "csv-plan") == (
        "Not in this file: 3 milestones, 1 dependency, 1 time off, 1 estimate in all (as a day’s "
        "share), 2 tasks’ notes, 1 checklist and 1 colour of its own; "
        "ICS has the milestones, JSON has everything."
    )
    assert "1 note’s formatting" in left_out(rich, Part(), "csv-plan-workspace")


def test_a_calendar_has_the_milestones_and_no_tasks_without_days(rich):
    said = left_out(rich, Part(), "ics-plan")
    assert "milestone" not in said
    assert said.startswith("Not in this file: 1 dependency, 1 time off, 1 task without days, ")


def test_only_the_part_that_is_exported_counts(rich):
    assert left_out(rich, Part(projects={"shop"}), "csv-plan") == ""
    assert left_out(rich, Part(members={"bob"}), "csv-plan") == (
        "Not in this file: 1 time off; JSON has everything."
    )
    said = left_out(rich, Part(lids={"all"}, since=TODAY + 9), "csv-plan")
    assert said == ""
