"""The wire's limits hold exactly at their edges, and each refusal names what to mend."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.support.builders import entry, workspace
from toggl_desktop.domain import limits
from toggl_desktop.domain.errors import MissingFieldsError, RefusedError

START = 1_790_000_000


def year(number: int) -> int:
    return int(datetime(number, 1, 1, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "good",
    [
        entry("e", START),
        entry("e", START, START),
        entry("e", START, START + 999 * 3600),
        entry("e", START, description="x" * 3000),
        entry("e", START, description="😀" * 3000),
        entry("e", START, tags=tuple(f"t{i}" for i in range(50))),
        entry("e", year(2006)),
        entry("e", year(2031) - 10, year(2031) - 1),
    ],
)
def test_what_the_wire_takes_passes(good):
    limits.check_entry(good)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (entry("e", START, description="x" * 3001), "3001 characters; Toggl takes 3000"),
        (entry("e", START, tags=tuple(f"t{i}" for i in range(51))), "51 tags; Toggl takes 50"),
        (entry("e", START, START - 1), "stop must not be before the start"),
        (entry("e", START, START + 999 * 3600 + 1), "999 hours at most"),
        (entry("e", year(2006) - 1), "start must lie in the years 2006 to 2030"),
        (entry("e", year(2031)), "start must lie in the years 2006 to 2030"),
        (entry("e", year(2031) - 1, year(2031)), "stop must lie in the years 2006 to 2030"),
        (entry("e", -(10**30)), "start must lie in the years"),
        (entry("e", START, description="caf\udce9"), "bytes that are no text"),
    ],
)
def test_what_the_wire_refuses_is_refused_with_its_reason(bad, words):
    with pytest.raises(RefusedError, match=words) as refusal:
        limits.check_entry(bad)
    assert "Nothing was changed" in refusal.value.sentence


def test_a_name_loses_its_outer_white_space_and_keeps_the_rest():
    assert limits.check_name("project", "  a  b\t") == "a  b"
    assert limits.check_name("tag", "n" * 255) == "n" * 255


@pytest.mark.parametrize("name", ["", "  \n", "n" * 256, "\ud800"])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(RefusedError, match="Nothing was changed"):
        limits.check_name("tag", name)


@pytest.mark.parametrize("color", [" #0B83D9 ", "#0b83d9"])
def test_a_colour_is_brought_into_the_wires_form(color):
    assert limits.check_color(color) == "#0b83d9"


@pytest.mark.parametrize(
    "color", ["", "red", "#fff", "#12345g", "#1234567", "0b83d9", "\n#0b83d9\nx"]
)
def test_a_colour_that_is_none_is_refused(color):
    with pytest.raises(RefusedError, match="is not a colour"):
        limits.check_color(color)


@pytest.mark.parametrize("seconds", [None, 0, 360_000_000])
def test_an_estimate_within_reason_passes(seconds):
    limits.check_estimate(seconds)


@pytest.mark.parametrize("seconds", [-1, 360_000_001, 10**30])
def test_an_estimate_without_reason_is_refused(seconds):
    with pytest.raises(RefusedError, match="estimate"):
        limits.check_estimate(seconds)


FULL = entry("e", START, description="x", project="p", task="k", tags=("t",))


@pytest.mark.parametrize(
    ("field", "lacking", "words"),
    [
        ("description", replace(FULL, description=" \t"), "a description"),
        ("project", replace(FULL, project=None, task=None), "a project"),
        ("tag", replace(FULL, tags=()), "a tag"),
        ("task", replace(FULL, task=None), "a task"),
    ],
)
def test_a_required_field_that_is_missing_is_named(field, lacking, words):
    limits.check_required(workspace(field), FULL)
    limits.check_required(workspace(), lacking)
    with pytest.raises(MissingFieldsError, match=words) as refusal:
        limits.check_required(workspace(field, name="Acme"), lacking)
    assert refusal.value.fields == (field,)
    assert "“Acme”" in refusal.value.sentence


def test_all_missing_fields_are_asked_for_at_once_in_a_fixed_order():
    with pytest.raises(
        MissingFieldsError, match="a description and a project and a tag and a task"
    ) as e:
        limits.check_required(workspace("task", "tag", "project", "description"), entry("e", START))
    assert e.value.fields == ("description", "project", "tag", "task")
