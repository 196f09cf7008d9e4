import pytest

from toggl_desktop.domain.events import kinds

RUNS = {"stop": None, "deleted": False}
DONE = {"stop": 10, "deleted": False}
GONE = {"stop": 10, "deleted": True}
RAN_AND_GONE = {"stop": None, "deleted": True}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, RUNS, ("created", "started")),
        (None, DONE, ("created",)),
        (None, GONE, ()),
        ({"stop": None}, DONE, ("updated", "stopped")),
        ({"stop": 10}, RUNS, ("updated", "started")),
        ({"stop": 9}, DONE, ("updated",)),
        ({"description": "x"}, RUNS, ("updated",)),
        ({"deleted": False}, GONE, ("deleted",)),
        ({"deleted": False}, RAN_AND_GONE, ("stopped", "deleted")),
        ({"deleted": False, "stop": None}, GONE, ("stopped", "deleted")),
        ({"deleted": True}, DONE, ("created",)),
        ({"deleted": True}, RUNS, ("created", "started")),
        ({"stop": 9}, GONE, ()),
        ({}, DONE, ()),
    ],
)
def test_a_change_of_an_entry_is_told(before, after, told):
    assert kinds("time_entry", before, after) == tuple(f"time_entry.{kind}" for kind in told)


@pytest.mark.parametrize(
    "kind", ["project", "client", "tag", "task", "workspace", "plan_task", "milestone"]
)
def test_other_rows_are_created_updated_and_deleted(kind):
    live, gone = {"deleted": False}, {"deleted": True}
    assert kinds(kind, None, live) == (f"{kind}.created",)
    assert kinds(kind, {"name": "x"}, live) == (f"{kind}.updated",)
    assert kinds(kind, {"deleted": False}, gone) == (f"{kind}.deleted",)


def test_other_kinds_are_not_told():
    assert kinds("favourite", None, {"deleted": False}) == ()
