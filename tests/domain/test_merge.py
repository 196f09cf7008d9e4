"""Three versions of a row become one: the table, the exceptions, and any three rows at all."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.effort import effort
from toggl_desktop.domain.merge import dirty, merge

ENTRY = {
    "description": "plan",
    "start": 1000,
    "stop": 2000,
    "workspace": 1,
    "project": None,
    "task": None,
    "tags": (),
    "billable": False,
}


def row(**changes):
    return ENTRY | changes


# The table -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "server", "value", "theirs"),
    [
        ("a", "a", "a", {}),
        ("a", "s", "s", {}),
        ("m", "a", "m", {}),
        ("b", "b", "b", {}),
        ("m", "s", "m", {"description": "s"}),
    ],
)
def test_one_field_has_five_ways_to_be(mine, server, value, theirs):
    found = merge(row(description="a"), row(description=mine), row(description=server))
    assert found.values["description"] == value
    assert found.theirs == theirs
    assert found.ours == {}


def test_two_sides_that_changed_different_fields_both_keep_theirs():
    found = merge(ENTRY, row(description="mine"), row(billable=True))
    assert found.values == row(description="mine", billable=True)
    assert (found.theirs, found.ours) == ({}, {})


def test_a_field_that_was_never_known_is_a_conflict_unless_both_agree():
    assert merge({}, row(), row()).theirs == {}
    assert merge({}, row(description="m"), row(description="s")).theirs == {"description": "s"}


# The stop --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "mine", "server", "value", "theirs", "ours"),
    [
        (None, None, 5000, 5000, {}, {}),  # stopped there
        (None, 5000, None, 5000, {}, {}),  # stopped here
        (None, 6000, 5000, 5000, {}, {"stop": 6000}),  # both: the earlier one
        (None, 5000, 6000, 5000, {"stop": 6000}, {}),
        (None, 5000, 5000, 5000, {}, {}),
        (4000, None, 4000, None, {}, {}),  # let run on here
        (4000, 4000, None, None, {}, {}),  # let run on there
        (4000, None, 5000, None, {"stop": 5000}, {}),  # let run on after having seen a stop
        (4000, 5000, None, 5000, {"stop": None}, {}),  # the set one beats the missing one
        (4000, 5000, 6000, 5000, {"stop": 6000}, {}),
        (4000, 4000, 5000, 5000, {}, {}),
    ],
)
def test_the_stop(base, mine, server, value, theirs, ours):
    found = merge(row(stop=base), row(stop=mine), row(stop=server))
    assert (found.values["stop"], found.theirs, found.ours) == (value, theirs, ours)


def test_a_stop_that_would_come_before_its_start_leaves_our_pair_whole():
    found = merge(row(), row(start=1900), row(stop=1500))
    assert (found.values["start"], found.values["stop"]) == (1900, 2000)
    assert found.theirs == {"start": 1000, "stop": 1500}
    assert found.ours == {}


# What belongs together, and sets -----------------------------------------------------------


def test_project_and_task_come_from_one_side():
    found = merge(row(project=1, task=2), row(project=1, task=3), row(project=9, task=None))
    assert (found.values["project"], found.values["task"]) == (1, 3)
    assert found.theirs == {"project": 9, "task": None}


def test_project_and_task_follow_the_server_when_only_it_changed_them():
    found = merge(row(project=1, task=2), row(project=1, task=2), row(project=9, task=None))
    assert (found.values["project"], found.values["task"], found.theirs) == (9, None, {})


def test_tags_keep_what_either_side_added_and_lose_what_either_took_away():
    found = merge(row(tags=(1, 2, 3)), row(tags=(2, 3, "new")), row(tags=(1, 3, 7)))
    assert set(found.values["tags"]) == {3, 7, "new"}
    assert found.theirs == {}


# Any three rows --------------------------------------------------------------------------

small = st.integers(0, 3)
rows = st.fixed_dictionaries(
    {
        "description": st.sampled_from("abc"),
        "start": small,
        "stop": st.none() | st.integers(3, 6),
        "workspace": st.just(1),
        "project": st.none() | small,
        "task": st.none() | small,
        "tags": st.frozensets(small, max_size=3).map(lambda s: tuple(sorted(s))),
        "billable": st.booleans(),
    }
)


@st.composite
def three(draw):
    """One row, and two that differ from it a little: what happens in a life, not in a lottery."""
    base = draw(rows)
    found = []
    for _ in range(2):
        names = draw(st.sets(st.sampled_from(sorted(base)), max_size=3))
        other = draw(rows)
        found.append(base | {name: other[name] for name in names})
    return base, *found


NAMES = sorted(ENTRY)
SINGLE = ("description", "start", "stop", "project", "task", "billable")


def nothing_is_lost(base, mine, server):
    found = merge(base, mine, server)
    for name in SINGLE:
        value = found.values[name]
        assert value in (mine[name], server[name])
        if mine[name] != base[name]:  # our edit is there, or handed back
            is_kept = value == mine[name] or name in found.ours
            assert is_kept or _set_beats_missing(name, (base, mine, server))
        if server[name] not in (base[name], value):
            is_kept = found.theirs.get(name, "-") == server[name]
            assert is_kept or _running_there(name, (base, mine, server))
    stop = found.values["stop"]
    assert stop is None or stop >= found.values["start"]


def one_side_alone_is_taken(base, mine):
    for found in (merge(base, base, mine), merge(base, mine, base), merge(base, mine, mine)):
        assert found.values == mine
        assert (found.theirs, found.ours) == ({}, {})


def merging_again_changes_nothing(base, mine, server):
    once = merge(base, mine, server)
    again = merge(server, once.values, server)
    assert again.values == once.values
    assert again.theirs == {}
    assert once.values == server | dirty(server, once.values)


@settings(max_examples=effort(300), deadline=None)
@given(three())
def test_nothing_is_lost_and_nothing_is_made_up(versions):
    nothing_is_lost(*versions)


def _set_beats_missing(name, versions):
    base, mine, _ = versions
    return name == "stop" and mine["stop"] is None and base["stop"] is None


def _running_there(name, versions):
    base, mine, server = versions
    return name == "stop" and server["stop"] is None and base["stop"] is None and mine["stop"]


@settings(max_examples=effort(150), deadline=None)
@given(three())
def test_one_side_alone_is_simply_taken(versions):
    one_side_alone_is_taken(*versions[:2])


@settings(max_examples=effort(150), deadline=None)
@given(three())
def test_merging_again_changes_nothing(versions):
    """The server's row becomes the base; what is left of ours is exactly what is to be sent."""
    merging_again_changes_nothing(*versions)


def test_all_of_it_holds_for_twenty_thousand_threes():
    """Drawn without a search, as many as the specification asks for at every push (T1)."""
    random = Random(20_000)

    def one():
        return ENTRY | {
            "description": random.choice("abc"),
            "start": random.randrange(4),
            "stop": random.choice([None, 3, 4, 5, 6]),
            "project": random.choice([None, 0, 1, 2, 3]),
            "task": random.choice([None, 0, 1, 2, 3]),
            "tags": tuple(sorted(random.sample(range(4), random.randrange(4)))),
            "billable": random.random() < 0.5,
        }

    def perturbed(base):
        other = one()
        return base | {name: other[name] for name in random.sample(NAMES, random.randrange(4))}

    for _ in range(effort(20_000)):
        base = one()
        mine, server = perturbed(base), perturbed(base)
        nothing_is_lost(base, mine, server)
        one_side_alone_is_taken(base, mine)
        merging_again_changes_nothing(base, mine, server)
