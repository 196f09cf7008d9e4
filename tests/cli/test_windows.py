"""`palette` and `show` ask the running program, and say so when there is none."""

import pytest

from tests.support.desk import eventually
from tests.support.process import Program


@pytest.mark.parametrize("command", ["palette", "show"])
def test_without_a_running_program_there_is_nothing_to_do(tmp_path, command):
    result = Program(tmp_path).cli(command).failed(3)
    assert "not running" in result.err
    assert len(result.err.strip().splitlines()) == 1


@pytest.mark.desk
def test_the_running_program_opens_its_palette(tmp_path):
    from tests.support.desk import Desk

    with Desk() as desk:
        program = Program(tmp_path, env=desk.env)
        program.cli("start", "Writing").ok()
        with program.window() as running:
            running.wait_until(lambda: desk.windows("Toggl Desktop$"), "a window")
            program.cli("palette").ok()
            running.wait_until(lambda: desk.windows("Switch"), "the palette")
            eventually(lambda: "Switch" in desk.title_of_focus(), 5, "the palette has the keyboard")
            desk.type("Call")
            desk.key("Return")
            eventually(
                lambda: (
                    program.cli("status", "--json").ok().json["running"]["description"] == "Call"
                ),
                10,
                "the typed line runs",
            )
            assert running.end() == 0, running.err
