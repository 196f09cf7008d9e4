import pytest

from toggl_desktop.cli.context import Finding


def descriptions(terminal):
    return [row["description"] for row in terminal("entries", "--all", "--json").ok().json]


def test_a_backup_is_made_listed_and_gone_back_to(terminal):
    assert terminal("backup", "--list").ok().out.startswith("There are no backups yet")
    terminal("add", "one", "8-9").ok()
    path = terminal("backup", "--json").ok().json["path"]
    assert [b["path"] for b in terminal("backup", "--list", "--json").ok().json] == [path]
    terminal("add", "two", "9-10").ok()
    said = terminal.at("12:10")("restore").ok()
    assert said.out.startswith(f"Restored {path}. What was here before is kept in ")
    assert descriptions(terminal) == ["one"]
    assert terminal("undo").ok().out.startswith("Undo: Restore ")
    assert descriptions(terminal) == ["two", "one"]


def test_a_backup_goes_where_it_is_told_and_never_over_another_file(terminal, tmp_path):
    terminal("add", "one", "8-9").ok()
    target = tmp_path / "copy.sqlite3"
    terminal("backup", "-o", str(target)).ok()
    assert target.stat().st_mode & 0o777 == 0o600
    before = target.read_bytes()
    terminal("backup", "-o", str(target)).failed(1)
    assert target.read_bytes() == before
    terminal("backup", "-o", str(tmp_path / "nowhere" / "x")).failed(1)
    terminal("delete", "last").ok()
    terminal("restore", str(target)).ok()
    assert descriptions(terminal) == ["one"]


def test_going_back_twice_does_not_take_the_copy_that_the_first_time_made(terminal):
    terminal("add", "one", "8-9").ok()
    path = terminal("backup", "--json").json["path"]
    terminal("add", "two", "9-10").ok()
    for minute in ("12:10", "12:20"):
        assert terminal.at(minute)("restore").ok().out.startswith(f"Restored {path}.")
        assert descriptions(terminal) == ["one"]


def test_what_is_no_backup_is_refused_and_nothing_changes(terminal, tmp_path):
    terminal("add", "one", "8-9").ok()
    bad = tmp_path / "bad"
    bad.write_bytes(b"no database")
    terminal("restore", str(bad)).failed(1)
    terminal("restore", str(tmp_path / "none")).failed(1)
    terminal("restore", str(tmp_path / ("n" * 300))).failed(1)
    terminal("backup", "-o", str(tmp_path / ("n" * 300) / "x")).failed(1)
    terminal("restore").failed(1)
    terminal("restore", "--fresh").failed(1)
    terminal("restore", str(bad), "--fresh").failed(2)
    assert descriptions(terminal) == ["one"]


def test_a_damaged_store_is_recovered_with_the_edits_after_the_backup(terminal):
    terminal("add", "one", "8-9").ok()
    terminal("backup").ok()
    terminal("add", "two", "9-10").ok()
    (terminal.data / "toggl.sqlite3").write_bytes(b"\0" * 8192)
    said = terminal("status").failed(6)
    assert "restore" in said.err
    assert "1 later edit came back" in terminal("restore").ok().out
    assert descriptions(terminal) == ["two", "one"]


def test_a_missing_store_is_not_started_over_unasked(terminal):
    terminal("add", "one", "8-9").ok()
    for path in terminal.data.glob("toggl.sqlite3*"):
        path.unlink()
    terminal("status").failed(6)
    terminal("start", "x").failed(6)
    assert "empty store" in terminal("restore", "--fresh").ok().out
    assert descriptions(terminal) == []


def test_a_planted_trigger_is_set_aside_by_a_restore(terminal):
    import sqlite3
    from contextlib import closing

    terminal("add", "one", "8-9").ok()
    terminal("backup").ok()
    with closing(sqlite3.connect(terminal.data / "toggl.sqlite3")) as other:
        other.execute("CREATE TRIGGER evil AFTER INSERT ON tag BEGIN DELETE FROM tag; END")
        other.commit()
    assert "restore" in terminal("status").failed(6).err
    terminal("restore").ok()
    assert descriptions(terminal) == ["one"]


# Doctor ------------------------------------------------------------------------------------


def test_doctor_finds_a_sound_store_and_says_what_the_machine_offers(terminal):
    terminal("add", "one", "8-9").ok()
    terminal("backup").ok()
    machine = terminal.machine()._replace(
        probes={"keyring": lambda _now, _place: [Finding("There is none.")]}
    )
    terminal.machine = lambda: machine
    lines = terminal("doctor").ok().lines
    assert lines[0].startswith("ok  program")
    assert "It is sound: 1 entry," in lines[1]
    assert lines[-1] == "--  keyring   There is none."
    found = terminal("doctor", "--json").ok().json
    assert {"part": "keyring", "good": None, "sentence": "There is none."} in found
    assert {item["part"] for item in found} == {"program", "store", "clock", "keyring"}


def test_doctor_makes_nothing_where_there_is_nothing(terminal):
    assert "There is no store" in terminal("doctor").ok().out
    assert not (terminal.data / "toggl.sqlite3").exists()


def test_doctor_ends_with_the_stores_own_code_when_it_is_damaged(terminal):
    terminal("add", "one", "8-9").ok()
    (terminal.data / "toggl.sqlite3").write_bytes(b"\0" * 8192)
    said = terminal("doctor").failed(6)
    assert "!!  store" in said.out
    assert "clock" in said.out


def test_doctor_refuses_when_something_needs_mending(terminal):
    machine = terminal.machine()._replace(
        probes={"clock": lambda _now, _place: [Finding("It is late.", is_good=False)]}
    )
    terminal.machine = lambda: machine
    assert "One thing needs mending" in terminal("doctor").failed(1).err


@pytest.mark.parametrize("arguments", [("doctor", "x"), ("backup", "x"), ("restore", "a", "b")])
def test_words_too_many_are_refused(terminal, arguments):
    terminal(*arguments).failed(2)
