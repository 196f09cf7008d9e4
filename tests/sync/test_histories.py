"""Whole histories of two computers, a web page and a server, with everything that goes wrong."""

import json
from pathlib import Path

import pytest

from tests.support.effort import effort
from tests.sync.world import run

SEEDS = range(effort(24))
FOUND = json.loads(Path(__file__).with_name("regression_seeds.json").read_text("utf-8"))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(4))
def test_when_the_faults_stop_all_agree_and_nothing_is_lost_or_doubled(part):
    for seed in SEEDS[part::4]:
        bad, _ = run(seed)
        assert bad == [], f"seed {seed}"


def test_the_same_seed_is_the_same_history():
    first, second = run(3)[1], run(3)[1]
    assert first.server.counts == second.server.counts
    assert first.server.rows == second.server.rows


def test_entries_that_look_alike_on_purpose_are_told_apart_or_asked_about():
    for seed in range(effort(8)):
        bad, _ = run(seed, collide=True)
        assert bad == [], f"seed {seed}"


@pytest.mark.parametrize("old", [3, 55])
def test_years_of_older_entries_come_on_request_though_it_is_interrupted_again_and_again(old):
    for seed in range(effort(3)):
        bad, world = run(seed, old=old)
        assert bad == [], f"seed {seed}"
        assert world.server.counts.by_call["older"] > 2


@pytest.mark.parametrize("one", FOUND["histories"], ids=lambda one: str(one["seed"]))
def test_a_history_that_failed_once_does_not_fail_again(one):
    options = {name: value for name, value in one.items() if name not in {"seed", "found"}}
    assert run(one["seed"], **options)[0] == []
