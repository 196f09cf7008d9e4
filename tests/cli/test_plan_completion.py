"""What a shell is offered while a plan command is typed."""

from argparse import Namespace

import pytest

from toggl_desktop.cli.completion import _Known, _parser


def verbs(parser, *path):
    """Returns what may follow the words of a path."""
    for word in path:
        (action,) = (a for a in parser._actions if a.choices and not a.option_strings)
        parser = action.choices[word]
    (action,) = (a for a in parser._actions if a.choices and not a.option_strings)
    return list(action.choices)


def test_verbs_of_two_words_are_offered_one_after_the_other(terminal):
    parser = _parser(terminal.machine(), ["toggl-desktop", "plan", "milestone", ""])
    assert {"tasks", "add", "milestone", "milestones", "member"} <= set(verbs(parser, "plan"))
    assert verbs(parser, "plan", "milestone") == ["add", "edit", "delete"]
    assert verbs(parser, "plan", "status") == ["add", "edit", "delete"]


@pytest.mark.parametrize(
    ("kind", "offered"),
    [
        ("member", {"Ann"}),
        ("group", {"Team"}),
        ("segment", {"Default Segment"}),
        ("status", {"To-do", "In progress", "Blocked", "Done"}),
    ],
)
def test_names_of_a_plan_are_offered(terminal, kind, offered):
    terminal("plan", "add", "API", "-p", "Site", "-m", "Ann", "--create").ok()
    terminal("plan", "group", "add", "Team").ok()
    known = _Known(terminal.machine(), kind)
    assert set(known("", Namespace(data_dir=None, profile=None))) == offered


def test_plan_tasks_that_are_not_done_are_offered_by_their_ids(terminal):
    lid = terminal("plan", "add", "API", "--json").ok().json["id"]
    terminal("plan", "add", "Finished").ok()
    terminal("plan", "done", "Finished").ok()
    known = _Known(terminal.machine(), "plan task")
    assert known("", Namespace(data_dir=None, profile=None)) == {lid[-8:]: "API"}
