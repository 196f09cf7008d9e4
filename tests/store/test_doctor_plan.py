"""Every promise about a plan is asked for, and a broken one is found."""

import pytest

from tests.store.test_doctor import spoil
from tests.store.test_plan_rows import DAY, a_plan
from tests.support.builders import load, make_store, project
from toggl_desktop.domain.entities import Workspace
from toggl_desktop.domain.plan.entities import Dependency, PlanTask
from toggl_desktop.store import doctor, doctor_plan


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        load(made, Workspace("w2", "Other"), *a_plan())
        yield made


FAULTS = [
    ("plan tasks belong to a deleted project", "UPDATE project SET deleted = 1 WHERE lid = 'p'"),
    ("a segment of another project", "UPDATE segment SET project = 'q' WHERE lid = 's'"),
    ("a segment of another project", "UPDATE segment SET deleted = 1"),
    ("a segment of another project", "UPDATE plan_task SET project = NULL"),
    ("a status of another project", "UPDATE status SET project = 'q'"),
    ("a tag of another project", "UPDATE plan_tag SET deleted = 1"),
    ("for somebody who is not there", "UPDATE member SET deleted = 1 WHERE lid = 'm2'"),
    ("another workspace than their project", "UPDATE plan_task SET workspace = 'w2'"),
    ("only one of their days", "UPDATE plan_task SET \"end\" = NULL WHERE lid = 'k'"),
    ("plan tasks end before they start", 'UPDATE plan_task SET "end" = start - 1'),
    (
        "plan tasks end before they start",
        "UPDATE plan_task SET start_minute = 9, end_minute = 8 WHERE lid = 'plain'",
    ),
    ("a time that no day has", "UPDATE plan_task SET end_minute = 1441 WHERE lid = 'k'"),
    ("an estimate that is none", "UPDATE plan_task SET estimate_minutes = -1"),
    ("an estimate that is none", "UPDATE plan_task SET estimate_kind = 'weekly'"),
    ("not done though their status is", "UPDATE plan_task SET is_done = 0"),
    ("recur without a series", "UPDATE plan_task SET series = NULL"),
    ("a project's plan belong to a deleted", "UPDATE project SET deleted = 1 WHERE lid = 'p'"),
    ("milestones belong to a deleted group", "UPDATE plan_group SET deleted = 1"),
    ("members of groups are not there", "UPDATE member SET deleted = 1 WHERE lid = 'm1'"),
    ("members of groups are not there", 'UPDATE plan_group SET members = \'["m1","m1"]\''),
    ("a week that is none", "UPDATE member SET capacity = '[1,2]' WHERE lid = 'm1'"),
    ("a week that is none", "UPDATE member SET capacity = '[1,2,3,4,5,6,1441]'"),
    ("times off are of somebody", "UPDATE member SET deleted = 1 WHERE lid = 'm1'"),
    ("times off are of somebody", 'UPDATE time_off SET "end" = start - 1'),
    ("a reason that is none", "UPDATE time_off SET reason = 'party'"),
    ("lack one of their plan tasks", "UPDATE plan_task SET deleted = 1 WHERE lid = 'plain'"),
    ("lack one of their plan tasks", "UPDATE dependency SET after = before"),
    (
        "dependencies are there twice",
        "INSERT INTO dependency SELECT 'e', before, after, 0, 0 FROM dependency",
    ),
    ("things of the plan have no name", "UPDATE milestone SET name = ' '"),
    ("a colour that is none", "UPDATE plan_tag SET color = 'red'"),
]


@pytest.mark.parametrize(("words", "sql"), FAULTS)
def test_what_must_never_be_is_found_by_a_count(store, words, sql):
    spoil(store, sql)
    found = list(doctor._counted(store.place, store._reading()))
    assert any(words in sentence for sentence in found), found


def test_every_check_of_the_list_is_shown_to_fail():
    shown = {words for words, _ in FAULTS}
    missed = [c.words for c in doctor_plan.CHECKS if not any(words in c.words for words in shown)]
    assert missed == []


def test_plan_tasks_that_wait_for_each_other_in_a_circle_are_found(store):
    load(store, PlanTask("r", "R", DAY, DAY), Dependency("e", "plain", "r"), project("z"))
    assert store.check(full=True) == []
    load(store, Dependency("f", "r", "k"))
    assert store.check(full=True) == ["3 plan tasks wait for each other in a circle."]
