"""The command line as real processes: exit codes, imports, outputs that fail, time zones."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.support.process import Program, needs_signal

pytestmark = pytest.mark.e2e
FILES = Path(__file__).parents[1] / "exchange" / "files"


@pytest.fixture
def program(tmp_path):
    return Program(tmp_path)


EXIT_CODES = (
    (0, "status"),
    (0, "status", "--json"),
    (3, "stop"),
    (3, "undo"),
    (3, "redo"),
    (3, "continue"),
    (1, "start", "x", "-p", "Nobody"),
    (1, "start", "x", "--at", "25:00"),
    (0, "start", "x"),
    (1, "stop", "--at", "+1h"),
    (0, "stop"),
    (1, "entries", "--since", "soon"),
    (2, "frob"),
    (2, "status", "--frob"),
    (1, "delete", "x"),
    (0, "-V"),
    (0, "-h"),
    (2, "--data-dir"),
    (6, "--data-dir", "/dev/null", "status"),
    (6, "--data-dir", "~nobody-here/x", "status"),
    (6, "--profile", "../x", "status"),
    (1, "import", "/nowhere"),
    (1, "restore", "--fresh"),
    (0, "completion", "bash"),
)


def test_exit_codes_and_sentences(program):
    for code, *arguments in EXIT_CODES:
        done = program.cli(*arguments).failed(code)
        if code:
            assert done.err.count("\n") == 1, done.err
            assert done.err.rstrip().endswith("."), done.err
        else:
            assert done.err == ""


HOLD = """import fcntl, sys
file = open(sys.argv[1], "r+")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()"""


def test_a_locked_or_damaged_store_has_a_code_of_its_own(program):
    program.cli("add", "x", "9-10").ok()
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLD,
            str(program.data / "toggl.sqlite3.lock"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout.readline() == b"held\n"
    try:
        assert program.cli("entries", "--json").ok().json
        assert "locked" in program.cli("start", "y").failed(6).err
    finally:
        holder.communicate()
    (program.data / "toggl.sqlite3").write_bytes(b"\0" * 4096)
    assert "restore" in program.cli("status").failed(6).err
    assert program.cli("restore").ok().out
    assert len(program.cli("entries", "--all", "--json").ok().json) == 1


def test_a_cold_status_imports_only_what_it_needs(program):
    program.cli("start", "x").ok()
    code = (
        "import sys\nfrom toggl_desktop.__main__ import main\nmain(['status', '--json'])\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=program.env, capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    heavy = {
        *("PySide6", "qasync", "asyncio", "httpx", "logging", "argparse", "keyring", "msgspec"),
        *("rapidfuzz", "tomllib", "tomlkit", "platformdirs", "tzlocal", "dataclasses", "inspect"),
        *("socket", "threading", "subprocess", "toggl_desktop.store.database"),
        *("toggl_desktop.domain.entities", "toggl_desktop.actions"),
    }
    assert not loaded & heavy
    assert len([name for name in loaded if name.startswith("toggl_desktop")]) <= 34


def test_a_change_is_there_for_the_next_process_at_once(program):
    program.cli("start", "write", "spec", "-t", "a").ok()
    assert program.cli("status", "--json").ok().json["running"]["tags"] == ["a"]
    program.cli("undo").ok()
    assert program.cli("status", "--json").ok().json["running"] is None


def test_many_terminals_at_once_lose_nothing(program):
    program.cli("status").ok()
    codes = []

    def add(number):
        codes.append(program.cli("add", f"n{number}", "9-10").code)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [0] * 12
    assert len(program.cli("entries", "--all", "--json").json) == 12
    assert program.cli("doctor").ok().out.startswith("ok")


# Time zones --------------------------------------------------------------------------------


def test_the_zone_of_the_environment_decides_what_a_clock_time_means(program):
    for zone, start in (
        ("Europe/Berlin", "2026-01-05T08:00:00Z"),
        ("America/New_York", "2026-01-05T14:00:00Z"),
        ("Asia/Kolkata", "2026-01-05T03:30:00Z"),
        ("UTC", "2026-01-05T09:00:00Z"),
    ):
        done = program.cli(
            *("add", zone, "--from", "2026-01-05 9:00", "--to", "10:00", "--json"),
            env={"TZ": zone},
        )
        assert done.ok().json["start"] == start


def test_days_of_the_clock_change_are_23_and_25_hours_long(program):
    env = {"TZ": "Europe/Berlin"}
    for day, hours in (("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)):
        done = program.cli(
            *("add", day, "--from", f"{day} 0:00", "--to", f"{day} 23:59", "--json"), env=env
        )
        assert done.ok().json["seconds"] == hours * 3600 - 60
    done = program.cli(
        *("add", "x", "--from", "2026-03-29T01:30", "--to", "2026-03-29T02:30"), env=env
    )
    assert "02:30 is skipped by the clock change of 2026-03-29; 03:30 was taken." in done.ok().out


# Outputs and terminals ---------------------------------------------------------------------


def run(program, *arguments, env=None, **how):
    command = [sys.executable, "-m", "toggl_desktop", *arguments]
    return subprocess.run(command, env=program.env | (env or {}), check=False, timeout=30, **how)


def test_a_small_character_set_is_no_obstacle(program):
    program.cli("start", "Grüße – “東”", "-p", "Ünï", "--create").ok()
    for encoding in ("ascii", "latin-1", "cp437", "utf-16"):
        for arguments in (("status",), ("entries", "--json"), ("history",), ("-h",), ("frob",)):
            done = run(program, *arguments, env={"PYTHONIOENCODING": encoding}, capture_output=True)
            assert done.returncode == (2 if arguments == ("frob",) else 0)
            assert b"Traceback" not in done.stderr


def test_wrong_locales_are_no_obstacle(program):
    for value in ("C", "POSIX", "xx_YY.nonsense", "de_DE@euro", "", "../../etc"):
        env = {"LC_ALL": value, "LANG": value}
        assert program.cli("start", "Grüße", env=env).ok().out.startswith("Started")
        assert program.cli("status", env=env).ok().out


def test_bytes_that_are_no_characters_are_taken_as_question_marks(program):
    done = run(program, b"start", b"caf\xe9 \xff", capture_output=True)
    assert done.returncode == 0, done.stderr
    running = program.cli("status", "--json").ok().json["running"]
    assert running["description"] == "caf\ufffd \ufffd"
    odd = os.fsencode(program.home) + b"/caf\xe9.json"
    assert run(program, b"export", b"json", b"-o", odd, capture_output=True).returncode == 0
    assert run(program, b"import", odd, capture_output=True).returncode == 3


def test_a_reader_that_stops_early_gets_no_complaint(program):
    program.cli("start", "x").ok()
    for arguments in ("-h", "events", "completion zsh"):
        shell = f"{sys.executable} -m toggl_desktop {arguments} | head -c 1"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", shell],
            env=program.env,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_missing_and_full_outputs_are_survived(program):
    shell = (
        f"P='{sys.executable} -m toggl_desktop'\n"
        "$P start x >&-; echo $?\n$P status --json >&- 2>&-; echo $?\n$P frob 2>&-; echo $?\n"
        "$P status <&-  >/dev/null; echo $?\n$P status >/dev/full; echo $?\n"
        "$P stop >/dev/full; echo $?\n$P stop; echo $?"
    )
    done = subprocess.run(
        ["bash", "-c", shell], env=program.env, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["0", "0", "2", "0", "1", "1", "3"]
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 3


def test_an_interrupt_ends_a_command_without_a_traceback(program):
    needs_signal(signal.SIGINT)
    with program.window("import", "-") as running:  # waits for its input
        running.wait_until(lambda: is_waiting(running.pid), "it waits")
        assert running.end(signal.SIGINT) == 130
        assert running.err == ""


def is_waiting(pid):
    path = Path(f"/proc/{pid}/wchan")
    status = path.read_text() if path.exists() else ""
    return "pipe" in status


def test_a_mistake_of_ours_is_one_sentence(program):
    code = (
        "import sys\nfrom toggl_desktop.__main__ import main\n"
        "import toggl_desktop.cli.status as s\n"
        "s.state = lambda *_: 1 // 0\nsys.exit(main(['status']))"
    )
    for debug, has_trace in (("", False), ("1", True)):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=program.env | {"TOGGL_DESKTOP_DEBUG": debug},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert ("Traceback" in done.stderr) is has_trace
        if not has_trace:
            assert "mistake in Toggl Desktop (ZeroDivisionError, " in done.stderr
            assert done.stderr.count("\n") == 1


def test_everything_it_writes_is_for_its_owner_only(program):
    program.data.mkdir(mode=0o777)
    program.data.chmod(0o777)
    old = os.umask(0)
    try:
        program.cli("start", "x").ok()
        program.cli("backup").ok()
        program.cli("settings", "set", "theme", "dark").ok()
        program.cli("export", "csv", "-o", str(program.home / "a.csv")).ok()
    finally:
        os.umask(old)
    for path in [program.data, *program.data.rglob("*"), program.home / "a.csv"]:
        assert not path.stat().st_mode & 0o077, path


def test_profiles_do_not_share_anything(program):
    program.cli("start", "mine").ok()
    assert program.cli("--profile", "bo", "status", "--json").ok().json["running"] is None
    program.cli("start", "theirs", "--profile", "bo").ok()
    assert program.cli("status", "--json").json["running"]["description"] == "mine"
    assert (program.data / "profiles" / "bo" / "toggl.sqlite3").exists()


def test_doctor_reaches_no_server_but_the_configured_ones(program):
    done = program.cli("doctor", "--json", seconds=60).ok()
    network = [item for item in done.json if item["part"] == "network"]
    assert network
    assert all("127.0.0.1" in item["sentence"] for item in network)


def test_pictures_of_the_plan_are_drawn_without_a_screen(program, tmp_path):
    program.cli("import", str(FILES / "plan_view.csv")).ok()
    for form, head in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF-")):
        target = tmp_path / f"plan.{form}"
        done = program.cli("export", form, "-p", "Acme", "-o", str(target)).ok()
        assert done.err == ""
        assert target.read_bytes().startswith(head)
        assert target.stat().st_mode & 0o777 == 0o600
