"""Sample data comes in one step and goes in one, and never takes a person's own along."""

from itertools import pairwise

import pytest

from tests.support.builders import NOW, FakeClock, entries_of, make_store, rows_of, unchanged
from toggl_desktop.actions.perform import Redo, Undo, perform
from toggl_desktop.domain.commands import AddEntry, AddProject, LoadSample, RemoveSample
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.domain.ids import SAMPLE, ProjectId, TagId
from toggl_desktop.domain.plan.commands import AddPlanTask
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.store import tables
from toggl_desktop.store.read import catalog
from toggl_desktop.store.read.beginning import has_sample, is_untouched

CLOCK = FakeClock()


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        yield made


def do(store, command):
    outcome = perform(store, command, CLOCK.now(), "Europe/Berlin")
    assert outcome.error is None, outcome.error
    return outcome.changes


def test_two_weeks_of_work_end_before_now_and_do_not_overlap(store):
    assert is_untouched(store.source)
    do(store, LoadSample())
    rows = entries_of(store)
    assert len(rows) > 25
    assert rows[0].start > NOW - 15 * 86400
    assert rows[-1].stop <= NOW
    assert all(a.stop <= b.start for a, b in pairwise(rows))
    assert all(row.lid.startswith(SAMPLE) for row in rows)
    assert {p.name for p in catalog.projects(store.source)} >= {"Website", "Book"}
    assert len(catalog.favourites(store.source)) == 2
    assert store.check(full=True) == []
    assert not is_untouched(store.source)


def test_one_step_takes_it_away_and_undo_brings_it_back(store):
    do(store, LoadSample())
    loaded = rows_of(store)
    do(store, RemoveSample())
    assert entries_of(store) == []
    assert catalog.projects(store.source) == []
    assert catalog.clients(store.source) == []
    assert catalog.tags(store.source) == []
    assert not has_sample(store.source)
    do(store, Undo())
    assert rows_of(store) == loaded
    do(store, Redo())
    assert not has_sample(store.source)
    do(store, LoadSample())
    assert has_sample(store.source)


def test_loading_is_one_step_too(store):
    do(store, LoadSample())
    do(store, Undo())
    assert entries_of(store) == []
    assert not has_sample(store.source)


def test_what_a_persons_own_entry_uses_stays(store):
    do(store, LoadSample())
    site = ProjectId(f"{SAMPLE}p-website")
    do(store, AddEntry(NOW - 60, NOW, "Mine", site))
    changes = do(store, RemoveSample())
    assert [e.description for e in entries_of(store)] == ["Mine"]
    assert [p.name for p in catalog.projects(store.source)] == ["Website"]
    assert [c.name for c in catalog.clients(store.source)] == ["Northwind"]
    assert changes.notice == "“Website” stays: your own entries use it."


def test_what_stays_is_a_persons_own_and_no_sample_any_more(store):
    do(store, LoadSample())
    site, tag = ProjectId(f"{SAMPLE}p-website"), TagId(f"{SAMPLE}t-ux")
    do(store, AddEntry(NOW - 60, NOW, "Mine", site, tags=(tag,)))
    do(store, AddPlanTask("Bar", project=site))
    do(store, RemoveSample())
    assert not has_sample(store.source)
    (mine,) = entries_of(store)
    (project,) = catalog.projects(store.source)
    assert mine.project == project.lid
    assert not project.lid.startswith(SAMPLE)
    assert (project.name, project.client_name) == ("Website", "Northwind")
    assert [(t.lid, t.name) for t in catalog.tags(store.source)] == [(mine.tags[0], "ux")]
    assert [t.project for t in tables.load(store.source, PlanTask)] == [project.lid]
    assert store.check(full=True) == []
    do(store, Undo())
    assert has_sample(store.source)
    assert next(e for e in entries_of(store) if e.description == "Mine").project == site


def test_a_project_of_the_same_name_is_no_obstacle(store):
    do(store, AddProject("website"))
    do(store, LoadSample())
    names = {p.name for p in catalog.projects(store.source)}
    assert {"website", "Website (sample)"} <= names
    do(store, RemoveSample())
    assert [p.name for p in catalog.projects(store.source)] == ["website"]


def test_twice_is_refused_and_so_is_removing_nothing(store):
    with unchanged(store):
        outcome = perform(store, RemoveSample(), CLOCK.now())
        assert isinstance(outcome.error, NothingToDoError)
    do(store, LoadSample())
    with unchanged(store):
        outcome = perform(store, LoadSample(), CLOCK.now())
        assert isinstance(outcome.error, NothingToDoError)
