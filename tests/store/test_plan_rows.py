"""The plan in the store: written, checked and read back as it was; read for screens in one look."""

from dataclasses import fields, replace

import pytest

from tests.support.builders import NOW, client, entry, load, make_store, project
from toggl_desktop.domain.entities import _PLAN, KINDS
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.domain.plan.entities import (
    PLAN_KINDS,
    Dependency,
    Group,
    Member,
    Milestone,
    PlanTag,
    PlanTask,
    Segment,
    Status,
    TimeOff,
)
from toggl_desktop.store import tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import plan as read
from toggl_desktop.store.read import plan_places

DAY = 739_004  # a Sunday


def a_plan():
    """One of everything, all fields used."""
    return (
        client("c"),
        project("p", "Site", client="c", color="#2da608"),
        project("q", "Shop", archived=True),
        Member("m1", "Ann", "AN", "a@x.org", "#ff0000", True, (60, 0, 0, 0, 0, 0, 5), "DE-BY", 2),
        Member("m2", "Bob", weight=-0.0),
        Group("g", "Team", ("m2", "m1"), 1),
        Segment("s", "Stage", "p", 1),
        Segment("s0", "First", "p", 0),
        Status("u", "Done", "p", 3, "✅", is_done=True, is_hidden=True),
        PlanTag("t", "urgent", "p", "#123456"),
        PlanTask(
            "k", "API", DAY, DAY + 4, 540, 600, "p", "s", "u", ("m1", "m2"), ("t",), "#ff9800",
            600, "total", True, "Notes “ü”", (("1", "One ✓", True), ("2", "Two", False)),
            True, 3, 0.5, "every 1 week", "k",
        ),
        PlanTask("undated", "Some day", project="p", weight=1e300),
        PlanTask("plain", "Alone", DAY, DAY, estimate_minutes=60),
        Milestone("x", "Launch", DAY + 9, "#00ff00", True, True, "p", None),
        Milestone("y", "Fair", DAY + 3, group="g"),
        TimeOff("o", "m1", DAY, DAY + 1, "sick", "flu"),
        Dependency("d", "k", "plain"),
    )  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        load(made, *a_plan())
        yield made


def test_what_is_written_is_read_identical_and_sound(store):
    for thing in a_plan():
        assert tables.get(store.source, type(thing), thing.lid) == thing
    assert store.check(full=True) == []


def test_the_kinds_of_a_plan_are_known_by_name_before_they_are_loaded():
    assert tuple(cls.kind for cls in PLAN_KINDS) == _PLAN
    assert all(KINDS[cls.kind] is cls for cls in PLAN_KINDS)
    assert tuple(KINDS)[-9:] == _PLAN
    with pytest.raises(KeyError):
        KINDS["robot"]


def test_every_column_is_a_field_in_its_order(store):
    for cls in PLAN_KINDS:
        columns = [row[1] for row in store.source.rows(f"PRAGMA table_info({cls.kind})")]
        assert columns == [*(f.name for f in fields(cls)), "crc"]


def test_whole_numbers_and_minus_nothing_are_weights_as_the_file_gives_them_back(store):
    load(store, PlanTask("w", "W", weight=7, board_position=-0.0))
    assert store.check(full=True) == []
    with store.transaction("Again", NOW) as tx:
        tx.save(PlanTask("w", "W", weight=7.0, board_position=0))
    assert not tx.result


def test_a_plan_is_read_in_one_look(store):
    plan = read.plan(store.source)
    bars = {bar.lid: bar for bar in plan.bars}
    assert bars["k"] == read.Bar(
        "k", "API", DAY, DAY + 4, 540, 600, "p", "s", "u", ("m1", "m2"), ("t",), "#ff9800",
        True, 3.0, 0.5, 150, 1, 2, True, True,
    )  # fmt: skip
    assert all(type(flag) is bool for bar in plan.bars for flag in (bar.is_done, bar.has_notes))
    assert (bars["undated"].color, bars["undated"].start) == ("#2da608", None)
    assert (bars["plain"].color, bars["plain"].daily_minutes) == (read.PLAIN_COLOR, 60)
    assert [m.lid for m in plan.members] == ["m2", "m1"]
    assert plan.members[0].capacity == (480, 480, 480, 480, 480, 0, 0)
    assert read.members(store.source, frozenset({4, 5}))[0].capacity[4:] == (0, 0, 480)
    assert plan.members[1].capacity == (60, 0, 0, 0, 0, 0, 5)
    assert plan.groups == [read.GroupRow("g", "Team", ("m2", "m1"), 1)]
    assert [p[:2] + p[3:] for p in plan.projects] == [
        ("q", "Shop", None, True),
        ("p", "Site", "Client c", False),
    ]
    assert [s.lid for s in plan.segments] == ["s0", "s"]
    assert plan.statuses == [read.StatusRow("u", "Done", "p", 3, "✅", True, True)]
    assert plan.tags == [read.PlanTagRow("t", "urgent", "p", "#123456")]
    assert [m.lid for m in plan.milestones] == ["y", "x"]
    assert plan.milestones[1] == read.MilestoneRow(
        "x", "Launch", DAY + 9, "#00ff00", True, True, "p", None
    )
    assert plan.time_off == [read.TimeOffRow("o", "m1", DAY, DAY + 1, "sick", "flu")]
    assert plan.dependencies == [read.DependencyRow("d", "k", "plain")]


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [
        (DAY + 4, None, {"k", "undated"}),
        (DAY + 5, None, {"undated"}),
        (None, DAY, {"k", "plain", "undated"}),
        (None, DAY - 1, {"undated"}),
        (DAY, DAY, {"k", "plain", "undated"}),
    ],
)
def test_a_range_has_the_bars_that_reach_into_it_and_those_without_days(store, since, until, there):
    assert {bar.lid for bar in read.plan(store.source, since, until).bars} == there


def test_what_is_deleted_is_not_in_the_plan(store):
    load(store, *(replace(one, deleted=True) for one in a_plan()))
    assert not any(read.plan(store.source))
    assert read.task(store.source, "k") is read.milestone(store.source, "x") is None
    assert read.is_empty(store.source)


def test_what_a_change_set_names_is_read_again(store):
    everything = {bar.lid: bar for bar in read.plan(store.source).bars}
    some = read.bars(store.source, ["plain", "k", "nobody"])
    assert {bar.lid: bar for bar in some} == {lid: everything[lid] for lid in ("plain", "k")}
    assert read.task(store.source, "k").notes == "Notes “ü”"
    assert read.milestone(store.source, "x").day == DAY + 9
    assert read.task(store.source, "nobody") is None
    assert not read.is_empty(store.source)


def test_the_next_milestone_is_the_first_that_is_still_to_come(store):
    load(store, Milestone("h", "Easter", DAY + 1, is_holiday=True))
    assert read.next_milestone(store.source, DAY).lid == "y"
    assert read.next_milestone(store.source, DAY + 3).lid == "y"
    assert read.next_milestone(store.source, DAY + 4) is None


def test_planned_for_a_day_is_what_is_not_done_and_timed_tasks_come_first(store):
    load(
        store,
        PlanTask("late", "Late", DAY - 1, DAY + 1, 900),
        PlanTask("early", "Early", DAY, DAY, 60),
        PlanTask("tomorrow", "No", DAY + 1, DAY + 1),
    )
    assert [bar.lid for bar in read.on_day(store.source, DAY)] == ["early", "late", "plain"]


def test_tracked_time_is_what_entries_name_a_plan_task(store):
    load(
        store,
        entry("a", NOW, NOW + 100, plan_task="k"), entry("b", NOW + 200, plan_task="k"),
        entry("c", NOW, NOW + 5, plan_task="plain"), entry("d", NOW, NOW + 9),
        entry("e", NOW, NOW + 9, plan_task="k", deleted=True),
    )  # fmt: skip
    assert read.tracked(store.source, NOW + 210) == {"k": 110, "plain": 5}
    assert read.tracked(store.source, NOW + 100, ["k", "x"]) == {"k": 100}


def test_totals_are_spread_over_working_days_or_over_all_where_there_are_no_others(store):
    load(
        store,
        PlanTask("week", "W", DAY + 1, DAY + 7, estimate_minutes=100, estimate_kind="total"),
        PlanTask("weekend", "E", DAY + 6, DAY + 7, estimate_minutes=100, estimate_kind="total"),
        PlanTask("all", "A", DAY + 1, DAY + 7, estimate_minutes=70, estimate_kind="total",
                 skips_weekend=False),
        PlanTask("some day", "N", estimate_minutes=70, estimate_kind="total"),
    )  # fmt: skip
    minutes = {bar.lid: bar.daily_minutes for bar in read.plan(store.source).bars}
    assert (minutes["week"], minutes["weekend"], minutes["all"]) == (20, 50, 10)
    assert minutes["some day"] == 0


def test_a_list_that_cannot_be_read_is_damage(store):
    with store.locked() as connection:
        connection.execute("UPDATE plan_task SET members = '{' WHERE lid = 'k'")
    with pytest.raises(StoreError, match="cannot be read"):
        read.plan(store.source)
    assert store.place.suspect.exists()


def test_a_plan_comes_back_from_a_backup_and_from_the_log(store, tmp_path):
    from toggl_desktop.store import backup, recovery

    path = backup.make(store, NOW)
    load(store, PlanTask("new", "New", DAY, DAY), at=NOW)
    backup.restore(store, path, NOW)
    assert read.task(store.source, "new") is None
    assert read.task(store.source, "k") == a_plan()[10]
    load(store, PlanTask("new", "Newer", DAY, DAY), at=NOW)
    store.close()
    for file in store.place.directory.glob("toggl.sqlite3*"):
        file.unlink()
    recovery.recover(store.place)
    with Store(store.place) as again:
        assert read.task(again.source, "new").name == "Newer"
        assert again.check(full=True) == []


def test_what_lost_steps_made_and_a_plan_points_to_gets_a_row(store):
    from toggl_desktop.store.replay import replay

    changes = [
        ["plan_task", "a", None, tables.plain(PlanTask("a", "A", project="P", segment="S"))],
        ["dependency", "z", None, tables.plain(Dependency("z", "a", "gone"))],
        ["time_off", "f", None, tables.plain(TimeOff("f", "M", DAY, DAY))],
        ["milestone", "i", None, tables.plain(Milestone("i", "I", DAY, group="G"))],
    ]
    line = {
        "seq": 50, "store": "", "at": NOW, "name": "Lost", "origin": "here", "role": "do",
        "target": None, "changes": changes, "meta": {}, "bindings": [],
    }  # fmt: skip
    with store.locked() as connection:
        assert replay(connection, [line]) == (1, 0)
    assert store.check(full=True) == []
    assert tables.get(store.source, Segment, "S").project == "P"
    assert tables.get(store.source, PlanTask, "gone").name == "Unknown (recovered)"


@pytest.mark.parametrize(
    "ask",
    [
        lambda source: read.bars(source, ["k"]),
        lambda source: read.on_day(source, DAY),
        lambda source: read.scheduled(source, DAY, DAY + 7),
        read.unscheduled,
        lambda source: read.next_milestone(source, DAY),
        lambda source: read.tracked(source, NOW, ["k"]),
        lambda source: plan_places.below(source, plan_places.Lane(DAY, DAY, "p", ("m1",))),
        lambda source: plan_places.column(source, "p", "u"),
    ],
)
def test_what_asks_for_a_few_does_not_read_them_all(store, ask):
    connection, asked = store._reading(), []
    connection.set_trace_callback(asked.append)
    ask(store.source)
    connection.set_trace_callback(None)
    plans = [
        detail
        for sql in asked
        if "FROM plan_task" in sql or "FROM milestone" in sql or "FROM time_entry" in sql
        for *_, detail in connection.execute(f"EXPLAIN QUERY PLAN {sql}")
    ]
    assert plans
    scans = [p for p in plans if p.startswith(("SCAN t", "SCAN plan_task", "SCAN milestone"))]
    assert all("USING" in plan and "INDEX" in plan for plan in scans), plans


def test_the_whole_plan_is_read_as_it_lies(store):
    connection, asked = store._reading(), []
    connection.set_trace_callback(asked.append)
    read.plan(store.source)
    connection.set_trace_callback(None)
    (sql,) = (sql for sql in asked if "FROM plan_task" in sql)
    assert [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")] == ["SCAN t"]
