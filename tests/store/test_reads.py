"""What screens and scripts are shown: local days, names, newest first; never a deleted thing."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.support.builders import (
    NOW,
    client,
    entry,
    load,
    make_store,
    project,
    tag,
    task,
)
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.instants import day_bounds, range_bounds, seconds_within
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import entries, status, suggest
from toggl_desktop.store.read.entries import Wanted

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 9, 21)


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        yield made


def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())


def lids(rows):
    return [row.lid for row in rows]


def of_day(store, day):
    low, high = day_bounds(day, BERLIN)
    return lids(entries.find(store.source, Wanted(low, high)))


# Entries ----------------------------------------------------------------------------------


def test_an_entry_is_shown_with_the_names_of_what_it_points_to(store):
    load(
        store,
        client("c", "Acme"),
        project("p", "Site", client="c", color="#0b83d9"),
        task("k", "p", "Design"),
        tag("t1", "deep"),
        tag("t2", "gone"),
        tag("t3", "work"),
    )
    load(
        store,
        entry(
            "e",
            NOW,
            NOW + 60,
            description="Spec",
            project="p",
            task="k",
            tags=("t3", "t2", "t1"),
            billable=True,
            plan_task="m",
        ),
    )
    load(store, tag("t2", "gone", deleted=True), origin=Origin.TRACK)
    row = entries.one(store.source, "e")
    assert row == entries.EntryRow(
        "e",
        "Spec",
        "p",
        "Site",
        "#0b83d9",
        "Acme",
        "k",
        "Design",
        ("work", "deep"),
        ("t3", "t1"),
        True,
        NOW,
        NOW + 60,
        "m",
        "local",
        None,
        None,
    )
    assert row.seconds(0) == 60
    assert entries.one(store.source, "nobody") is None


@pytest.mark.parametrize(
    ("binding", "sync", "problem", "rid"),
    [
        (None, "local", None, None),
        (Binding("track", "time_entry", "e"), "unsent", None, None),
        (Binding("track", "time_entry", "e", 5, unsent=False), "synced", None, 5),
        (Binding("track", "time_entry", "e", 5, hold={"text": "No."}), "problem", "No.", 5),
        (Binding("plan", "time_entry", "e", 5), "local", None, None),
    ],
)
def test_how_an_entry_stands_with_the_server_is_said(store, binding, sync, problem, rid):
    load(store, entry("e", NOW, NOW + 1))
    if binding:
        with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
            tx.bindings.append(binding)
    row = entries.one(store.source, "e")
    assert (row.sync, row.problem, row.track_id) == (sync, problem, rid)


def test_an_entry_across_midnight_is_in_both_days_and_its_seconds_are_divided(store):
    load(store, entry("e", at("2026-09-20 23:30"), at("2026-09-21 00:45")))
    assert of_day(store, date(2026, 9, 20)) == of_day(store, DAY) == ["e"]
    assert of_day(store, date(2026, 9, 19)) == of_day(store, date(2026, 9, 22)) == []
    for day, minutes in ((date(2026, 9, 20), 30), (DAY, 45)):
        low, high = day_bounds(day, BERLIN)
        assert entries.seconds_between(store.source, low, high, NOW) == minutes * 60


def test_an_entry_that_ends_at_midnight_is_not_in_the_next_day(store):
    load(store, entry("e", at("2026-09-20 23:30"), at("2026-09-21 00:00")))
    assert of_day(store, DAY) == []


def test_an_entry_of_no_length_at_midnight_is_in_the_day_that_begins(store):
    load(store, entry("e", at("2026-09-21 00:00"), at("2026-09-21 00:00")))
    assert of_day(store, date(2026, 9, 20)) == []
    assert of_day(store, DAY) == ["e"]


def test_the_longest_entry_is_in_its_last_day_and_a_forgotten_timer_in_every_one(
    store,
):
    start = at("2026-08-01 00:00")
    load(store, entry("long", start, start + 999 * 3600), entry("run", at("2026-06-01 08:00")))
    low, high = day_bounds(date(2026, 9, 11), BERLIN)
    assert of_day(store, date(2026, 9, 11)) == ["long", "run"]
    assert of_day(store, date(2026, 9, 20)) == ["run"]
    assert entries.seconds_between(store.source, low, high, NOW) == 15 * 3600 + 86400
    low, high = day_bounds(DAY, BERLIN)
    assert entries.seconds_between(store.source, low, high, NOW) == NOW - low


def test_a_dst_day_counts_its_real_hours(store):
    load(store, entry("e", at("2026-10-25 00:00"), at("2026-10-26 00:00")))
    low, high = day_bounds(date(2026, 10, 25), BERLIN)
    assert entries.seconds_between(store.source, low, high, NOW) == 25 * 3600


SPAN = st.tuples(st.integers(-50, 150), st.none() | st.integers(0, 80), st.booleans())


@how(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SPAN, max_size=6), st.integers(-20, 120), st.integers(0, 60), st.integers(0, 160))
def test_what_is_in_a_stretch_and_how_long_is_counted_second_by_second(
    tmp_path_factory, spans, low, width, now
):
    high = low + width
    with make_store(tmp_path_factory.mktemp("s")) as store:
        made = []
        for i, (start, length, deleted) in enumerate(spans):
            runs = length is None and not any(e.is_running and not e.deleted for e in made)
            stop = None if runs else start + (length or 0)
            made.append(entry(f"e{i}", NOW + start, None if runs else NOW + stop, deleted=deleted))
        load(store, *made)
        low, high, now = NOW + low, NOW + high, NOW + now
        live = [e for e in made if not e.deleted]
        expected = sum(
            seconds_within(e.start, max(now, e.start) if e.stop is None else e.stop, low, high)
            for e in live
        )
        assert entries.seconds_between(store.source, low, high, now) == expected
        inside = {
            e.lid
            for e in live
            if e.start < high and (e.stop is None or e.stop > low or e.start >= low)
        }
        found = entries.find(store.source, Wanted(low, high))
        assert set(lids(found)) == inside
        assert [(r.start, r.lid) for r in found] == sorted(
            ((r.start, r.lid) for r in found), reverse=True
        )


def test_entries_are_narrowed_by_project_and_limit_and_deleted_ones_never_shown(store):
    load(store, project("p"), project("q"))
    load(
        store,
        entry("a", NOW, NOW + 1, project="p"),
        entry("b", NOW + 1, NOW + 2, project="q"),
        entry("c", NOW + 2, NOW + 3),
        entry("gone", NOW + 3, NOW + 4, project="p", deleted=True),
    )
    find = entries.find
    assert lids(find(store.source, Wanted())) == ["c", "b", "a"]
    assert lids(find(store.source, Wanted(limit=2))) == ["c", "b"]
    assert lids(find(store.source, Wanted(projects=("p",)))) == ["a"]
    assert lids(find(store.source, Wanted(projects=("p", "q")))) == ["b", "a"]
    assert find(store.source, Wanted(projects=())) == []
    many = tuple(f"p{i}" for i in range(50_000))
    assert lids(find(store.source, Wanted(projects=(*many, "q")))) == ["b"]
    assert entries.one(store.source, "gone") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("spec", ["a"]),
        ("SPEC", ["a"]),
        ("schon", ["b"]),
        ("schön", ["b"]),
        ("acme", ["a"]),
        ("website", ["a"]),
        ("deep", ["b"]),
        ("acme spec", ["a"]),
        ("acme deep", []),
        ("e", ["b", "a"]),
        ("", ["c", "b", "a"]),
        ("   ", ["c", "b", "a"]),
        ("100%", ["c"]),
        ("_", ["c"]),
        ("%", ["c"]),
        ("'; DROP TABLE step; --", []),
        ("no\0such", []),
    ],
)
def test_a_search_looks_into_text_project_client_and_tags_without_case_and_accents(
    store, text, found
):
    load(store, client("c", "ACME"), project("p", "Website", client="c"), tag("t", "Deep Work"))
    load(
        store,
        entry("a", NOW, NOW + 1, description="Write spec", project="p"),
        entry("b", NOW + 1, NOW + 2, description="Schön", tags=("t",)),
        entry("c", NOW + 2, NOW + 3, description="100% a_b"),
    )
    assert lids(entries.find(store.source, Wanted(text=text))) == found


def test_a_search_of_any_length_among_very_many_names_is_answered(store):
    load(store, *(project(f"p{i}", f"Apple {i}") for i in range(1500)))
    load(store, *(tag(f"t{i}", f"apple {i}") for i in range(1500)))
    load(store, entry("a", NOW, NOW + 1, project="p7"), entry("b", NOW, NOW + 1, tags=("t9",)))
    assert lids(entries.find(store.source, Wanted(text="apple"))) == ["b", "a"]
    assert lids(entries.find(store.source, Wanted(text="apple " * 5000))) == ["b", "a"]
    assert entries.find(store.source, Wanted(text=" ".join(f"w{i}" for i in range(5000)))) == []


@pytest.mark.parametrize("many", [3000, 1])
def test_the_newest_hits_of_a_search_come_with_a_count_at_once_or_on_asking(
    store, many, monkeypatch
):
    monkeypatch.setattr(entries, "_MANY", many)
    load(store, project("p", "Shop"))
    load(
        store,
        entry("a", NOW, NOW + 10, project="p"),
        entry("b", NOW + 10, NOW + 40, description="Shop window"),
        entry("c", NOW + 40, NOW + 50, description="Other"),
        entry("gone", NOW + 50, NOW + 60, description="Shop", deleted=True),
        entry("run", NOW + 60, description="Shop"),
    )
    rows, hits = entries.search(store.source, "shop", 1)
    assert lids(rows) == ["b"]
    assert hits == (None if many == 1 else entries.Hits(2, 40))
    assert entries.hits(store.source, "shop") == entries.Hits(2, 40)
    assert entries.hits(store.source, "nowhere") == entries.Hits(0, 0)


def test_entries_are_found_by_their_ids_and_without_what_runs(store):
    load(store, entry("a", NOW, NOW + 1, description="x"), entry("b", NOW + 1, NOW + 2))
    load(store, entry("run", NOW + 2, description="x"))
    assert lids(entries.find(store.source, Wanted(lids=("a", "run", "no")))) == ["run", "a"]
    assert lids(entries.find(store.source, Wanted(lids=("a", "b"), text="x"))) == ["a"]
    assert lids(entries.find(store.source, Wanted(finished=True))) == ["b", "a"]
    assert lids(entries.find(store.source, Wanted(finished=True, text="x"))) == ["a"]


def test_projects_tracked_lately_come_latest_first(store):
    load(store, project("p"), project("q"), project("never"))
    load(store, entry("a", NOW, NOW + 1, project="p"), entry("b", NOW + 1, NOW + 2, project="q"))
    load(store, entry("c", NOW + 2, NOW + 3, project="p"), entry("d", NOW + 3, NOW + 4))
    assert suggest.recent_projects(store.source) == ["p", "q"]


def test_recents_are_each_content_once_latest_first_without_the_running_one(store):
    load(store, project("p"))
    load(
        store,
        entry("a1", NOW, NOW + 1, description="A"),
        entry("b1", NOW + 10, NOW + 11, description="B"),
        entry("a2", NOW + 20, NOW + 21, description="A"),
        entry("ap", NOW + 30, NOW + 31, description="A", project="p"),
        entry("c1", NOW + 40, NOW + 41, description="C"),
        entry("c2", NOW + 50, description="C"),
        entry("d", NOW + 60, NOW + 61, description="D", deleted=True),
        entry("empty", NOW + 70, NOW + 71, description=""),
    )
    assert lids(entries.recents(store.source, 10)) == ["ap", "a2", "b1"]
    assert lids(entries.recents(store.source, 1)) == ["ap"]
    assert lids(entries.recents(store.source, 10, among=3)) == []


def test_ids_may_be_shortened_from_either_end_while_that_is_clear(store):
    load(
        store,
        entry("01a0-b1", NOW, NOW),
        entry("01a0-b2", NOW, NOW),
        entry("01ff-c1", NOW, NOW),
        entry("01ff-dead", NOW, NOW, deleted=True),
        entry("zz top", NOW, NOW),
    )
    match = entries.matching_ids
    assert match(store.source, "01a0-b1") == ["01a0-b1"]
    assert match(store.source, "b1") == ["01a0-b1"]
    assert match(store.source, "01FF") == ["01ff-c1"]
    assert len(match(store.source, "01")) == 3
    assert match(store.source, "dead") == []
    assert match(store.source, "zz top") == ["zz top"]
    assert match(store.source, "zz") == match(store.source, "") == match(store.source, "%") == []


def test_what_an_action_asks_for_comes_as_an_entity(store):
    load(store, entry("a", NOW, NOW + 10), entry("b", NOW, NOW + 20), entry("run", NOW + 5))
    assert entries.running_entry(store.source).lid == "run"
    assert entries.running(store.source).lid == "run"
    assert entries.latest_stopped(store.source).lid == "b"
    assert {e.lid for e in entries.in_the_way(store.source, NOW + 10)} == {"b"}


def test_where_nothing_is_nothing_is_said(store):
    assert entries.running_entry(store.source) is None
    assert entries.running(store.source) is None
    assert entries.latest_stopped(store.source) is None
    assert entries.recents(store.source, 5) == []
    assert status.read(store.source, NOW, BERLIN) == status.Status(None, 0, 0, 0, 0)


# Status -----------------------------------------------------------------------------------


def test_the_status_has_today_this_week_and_what_waits(store):
    load(
        store,
        entry("sunday", at("2026-09-20 10:00"), at("2026-09-20 11:00")),
        entry("night", at("2026-09-20 23:00"), at("2026-09-21 01:00")),
        entry("run", NOW - 600),
    )
    with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
        tx.bindings += [
            Binding("track", "time_entry", "sunday", 1, unsent=False),
            Binding("track", "time_entry", "night", 2),
            Binding("track", "time_entry", "run", 3, hold={"text": "no"}),
        ]
    monday = status.read(store.source, NOW, BERLIN, 0)
    assert monday.running.lid == "run"
    assert (monday.today_seconds, monday.week_seconds) == (3600 + 600, 3600 + 600)
    assert (monday.unsent, monday.problems) == (1, 1)
    assert status.read(store.source, NOW, BERLIN, 6).week_seconds == 3600 + 7200 + 600
    in_tokyo = status.read(store.source, NOW, ZoneInfo("Asia/Tokyo"), 0)
    assert in_tokyo.today_seconds == 3600 + 3600 + 600  # 23:00 in Berlin is 06:00 of Monday there


def test_the_status_of_a_week_ends_today(store):
    load(store, entry("later", at("2026-09-23 10:00"), at("2026-09-23 11:00")))
    assert status.read(store.source, NOW, BERLIN, 0).week_seconds == 0
    low, high = range_bounds(DAY, date(2026, 9, 27), BERLIN)
    assert entries.seconds_between(store.source, low, high, NOW) == 3600
