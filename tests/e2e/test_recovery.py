"""A damaged store met by the window: it says so, offers a way back, and can still be ended."""

import pytest

from tests.support.process import Program

pytestmark = pytest.mark.e2e


def _damaged(tmp_path):
    program = Program(tmp_path)
    program.cli("start", "Writing").ok()
    program.cli("backup").ok()
    path = program.data / "toggl.sqlite3"
    for suffix in ("-wal", "-shm"):
        (program.data / f"{path.name}{suffix}").unlink(missing_ok=True)
    data = bytearray(path.read_bytes())
    data[:4800] = b"garbage!" * 600
    path.write_bytes(data)
    return program


def test_the_question_does_not_keep_the_program_from_ending(tmp_path):
    program = _damaged(tmp_path)
    with program.window() as running:
        running.wait_until(lambda: "damaged" in running.err, "says that the store is damaged")
        assert running.end() == 6
    assert list(program.data.glob("corrupt-*/toggl.sqlite3"))


def test_what_was_acknowledged_comes_back_by_one_command(tmp_path):
    program = _damaged(tmp_path)
    assert "damaged" in program.cli("status").failed(6).err
    program.cli("restore").ok()
    assert program.cli("status", "--json").ok().json["running"]["description"] == "Writing"
