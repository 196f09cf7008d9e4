"""Every rule, taken away: a short play goes well with it and badly without it.

A suite that cannot fail proves nothing. The switches are those of the specification (3.4); the
long search over whole histories with the same switches is `python -m tests.sync.search --mutant`.
"""

import re
from pathlib import Path

import pytest

import toggl_desktop
from tests.sync.judge import judge
from tests.sync.mutants import MUTANTS, rules_of
from tests.sync.scene import (
    add,
    delete,
    edit,
    entry,
    failing,
    scene,
    settled,
    start,
    sync,
    texts,
    until,
    web_add,
    web_edit,
)
from tests.sync.world import run
from toggl_desktop.domain import commands
from toggl_desktop.store import attempts
from toggl_desktop.sync import mapping
from toggl_desktop.sync.engine import Want
from toggl_desktop.sync.rules import RULES
from toggl_desktop.sync.ties import plain


def fine(world):
    settled(world)
    return judge(world) == []


def an_answer_that_commits_late(world, a):
    add(a, "work")
    with failing(world, "POST", late=60):
        sync(a)
    web_add(world, "other")  # what an answer shows of the workspace says that it is open
    sync(a, seconds=10)
    return fine(world) and texts(world) == ["other", "work"]


def a_lost_answer(world, a):
    add(a, "work")
    with failing(world, "POST", commits=True):
        sync(a)
    sync(a, seconds=200)
    return fine(world) and texts(world) == ["work"]


def a_lost_answer_to_what_somebody_changed(world, a):
    add(a, "work")
    with failing(world, "POST", commits=True):
        sync(a)
    web_edit(world, world.server.live()[0]["id"], description="changed")
    for _ in range(3):
        sync(a, seconds=200)
    return len(world.server.live()) == 1


def somebody_elses_entry_of_the_same_minute(world, a):
    add(a, "work", start=int(world.t) - 300)
    with failing(world, "POST"):
        sync(a)
    web_add(world, "theirs", start=int(world.t) - 290)
    for _ in range(3):
        sync(a, seconds=200)
    return "work" in {e.description for e in a.entries()}


def a_read_that_was_sent_early_and_came_late(world, a):
    web_add(world, "there", start=int(world.t) - 9000)
    add(a, "work")
    with failing(world, "POST", late=100):
        sync(a)
    world.t += 10
    until(a, "after since")
    world.t += 150
    world.server.tick()
    a.finish()
    return fine(world) and texts(world) == ["there", "work"]


def killed_while_it_was_on_its_way(world, a):
    web_add(world, "there", start=int(world.t) - 9000)
    one = add(a, "work")
    until(a, "before create time_entry")
    (sent,) = attempts.outstanding(a.store.source, "track")
    body = mapping.body("time_entry", plain(sent.payload), workspace=7001, is_new=True)
    work = lambda: world.server.create("time_entry", body, ("A", one))  # noqa: E731
    world.server.late.append((world.t + 60, work))
    a.crash()
    sync(a, seconds=10)
    return fine(world) and texts(world) == ["there", "work"]


def killed_before_the_answer(world, a):
    add(a, "work")
    until(a, "after create time_entry")
    a.crash()
    sync(a, seconds=5)
    return fine(world) and texts(world) == ["work"]


def an_edit_while_the_create_is_under_way(world, a):
    one = add(a, "first")
    until(a, "after create time_entry")
    edit(a, one, description="second")
    a.finish()
    return fine(world) and texts(world) == ["second"]


def somebody_changes_another_field_meanwhile(world, a):
    one = add(a, "work")
    sync(a)
    edit(a, one, description="better")
    world.t += 40
    until(a, "before update time_entry")
    web_edit(world, world.server.live()[0]["id"], billable=True)
    a.finish()
    return fine(world) and world.server.live()[0]["billable"] is True


def both_change_different_fields(world, a):
    one = add(a, "work")
    sync(a)
    web_edit(world, world.server.live()[0]["id"], billable=True)
    edit(a, one, description="better")
    return fine(world) and texts(world) == ["better"]


def a_clock_that_is_ahead(world, a):
    a.clock.skew = 3600
    add(a, "work")
    sync(a)
    sync(a, seconds=60)
    world.t += 60
    web_edit(world, world.server.live()[0]["id"], description="changed")
    sync(a, seconds=60)
    return [e.description for e in a.entries()] == ["changed"]


def nothing_new(world, a):
    add(a, "old")
    sync(a)
    world.t += 3600
    web_add(world, "new")
    sync(a)
    sync(a, seconds=3600)
    return {e.description for e in a.entries()} == {"old", "new"}


def deleted_there_and_edited_here(world, a):
    one = add(a, "work")
    sync(a)
    edit(a, one, description="edited")
    world.server.delete("time_entry", world.server.live()[0]["id"])
    sync(a)
    return "edited" in {s.content.get("description") for s in a.shelved()}


def gone_when_it_is_sent(world, a):
    one = add(a, "work")
    sync(a)
    edit(a, one, description="edited")
    world.server.rows["time_entry"].clear()
    sync(a, Want(pull=False))
    return "edited" in {s.content.get("description") for s in a.shelved()}


def changed_between_our_read_and_our_delete(world, a):
    one = add(a, "work")
    sync(a)
    delete(a, one)
    world.t += 40
    until(a, "before delete time_entry")
    web_edit(world, world.server.live()[0]["id"], description="precious")
    a.finish()
    sync(a, seconds=200)
    return "precious" in {s.content.get("description") for s in a.shelved()}


def two_timers(world, a):
    start(a, "here")
    world.t += 60
    web_add(world, "there", start=int(world.t), seconds=None)
    return fine(world) and sum(e.stop is None for e in a.entries()) == 1


def a_name_on_both_sides(world, a):
    old = world.server.create("project", {"name": "Old"}, ("web", "Old"))
    sync(a, seconds=4000)
    made = a.do(commands.AddProject("Acme")).changes.ids("project")
    add(a, "work", project=next(iter(made)))
    until(a, "before create project")
    world.server.update("project", old["id"], {"name": "Acme"})
    a.finish()
    return fine(world) and texts(world) == ["work"]


def one_refused_among_good_ones(world, a):
    add(a, "poison", start=int(world.t) - 5000)
    add(a, "good", start=int(world.t) - 4000)
    sync(a)
    return texts(world) == ["good"]


def a_copy_that_lags(world, a):
    first = web_add(world, "slow", start=int(world.t) - 500)
    world.server.shown[first["id"]] = (world.t + 8, None)
    world.t += 2
    web_add(world, "quick")
    sync(a)
    sync(a, seconds=60)
    return {e.description for e in a.entries()} == {"slow", "quick"}


def both_change_the_same_field(world, a):
    one = add(a, "work")
    sync(a)
    web_edit(world, world.server.live()[0]["id"], description="theirs")
    edit(a, one, description="ours")
    sync(a)
    kept = {s.content.get("description") for s in a.shelved()}
    return entry(a, one).description == "ours" and "theirs" in kept


def many_deleted_there(world, a):
    for number in range(40):
        web_add(world, f"e{number}", start=int(world.t) - 90_000 + 100 * number)
    sync(a, seconds=10)
    for row in world.server.live()[:30]:
        world.server.delete("time_entry", row["id"])
    sync(a, seconds=10)
    return len(a.entries()) == 40


def no_read_is_left(world, a):
    one = add(a, "work")
    sync(a, seconds=4000)
    for _ in range(20):
        sync(a, Want(push=False), seconds=60)
    web_edit(world, world.server.live()[0]["id"], description="theirs")
    edit(a, one, description="ours")
    sync(a, Want(pull=False), seconds=130)
    sync(a)
    kept = {s.content.get("description") for s in a.shelved()}
    return fine(world) and entry(a, one).description == "ours" and "theirs" in kept


def what_a_rule_forbids(world, a):
    world.server.rows["workspace"][7001]["te_constraints"] = {"project_present": True}
    sync(a, seconds=4000)
    add(a, "work")
    sync(a, seconds=40)
    return texts(world) == []


PLAYS = {
    "re-POST without verification": an_answer_that_commits_late,
    "verify but never adopt": a_lost_answer,
    "exact match only": a_lost_answer_to_what_somebody_changed,
    "adopt partial matches": somebody_elses_entry_of_the_same_minute,
    "no settle time": an_answer_that_commits_late,
    "settle judged at apply time": a_read_that_was_sent_early_and_came_late,
    "settle counted from attempt start": killed_while_it_was_on_its_way,
    "attempt not persisted before send": killed_before_the_answer,
    "marked clean after push": an_edit_while_the_create_is_under_way,
    "whole-entity PUT": somebody_changes_another_field_meanwhile,
    "pull overwrites dirty row": both_change_different_fields,
    "cursor from local clock": a_clock_that_is_ahead,
    "absence = deletion": nothing_new,
    "remote delete eats local edit": deleted_there_and_edited_here,
    "404 on PUT dropped silently": gone_when_it_is_sent,
    "tombstone dropped after DELETE": changed_between_our_read_and_our_delete,
    "no rivals rule": two_timers,
    "no twin-project merge": a_name_on_both_sides,
    "refused change blocks the queue": one_refused_among_good_ones,
    "no `since` overlap": a_copy_that_lags,
    "server wins silently": both_change_the_same_field,
    "sends what a rule forbids": what_a_rule_forbids,
    "no brake": many_deleted_there,
    "overwrites what it never saw": no_read_is_left,
}


@pytest.mark.parametrize("name", PLAYS)
def test_the_play_goes_well_with_all_rules(name):
    with scene() as (world, a):
        assert PLAYS[name](world, a)


@pytest.mark.parametrize("name", PLAYS)
def test_and_badly_without_the_one(name):
    with scene(rules=rules_of(name)) as (world, a):
        try:
            went_well = PLAYS[name](world, a)
        except Exception:
            went_well = False
        assert not went_well


def test_every_switch_is_a_mutant_and_every_mutant_has_its_play():
    assert list(PLAYS) == list(MUTANTS)
    off = {switch for switches in MUTANTS.values() for switch in switches}
    assert off == set(RULES.__dataclass_fields__)


SEEDS = {
    "verify but never adopt": 4,
    "overwrites what it never saw": 12,
    "pull overwrites dirty row": 1,
    "server wins silently": 1,
}
"""Whole histories that notice a mistake too, the quickest: mutant → seed."""


@pytest.mark.parametrize("name", SEEDS)
def test_whole_histories_notice_it_too(name):
    assert run(SEEDS[name], rules=rules_of(name))[0] != []


def test_the_program_never_takes_a_rule_away():
    """The switches are for tests: nothing in the program makes rules or changes them."""
    program = Path(toggl_desktop.__file__).parent
    makers = [
        path.relative_to(program).as_posix()
        for path in program.rglob("*.py")
        if re.search(r"\bRules\(", path.read_text("utf-8"))
        or (path.parent.name == "sync" and "replace(cycle.rules" in path.read_text("utf-8"))
    ]
    assert makers == ["sync/rules.py"]
