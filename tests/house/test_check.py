"""The one command that runs every check tells the truth when something is wrong."""

import os
import sys
import time
from pathlib import Path

import pytest

from tests import check

PYTHON = sys.executable


def stage(code: str, limit: int = 20, *, is_pytest: bool = False) -> check.Stage:
    return check.Stage("a stage", (PYTHON, "-c", code), limit, is_pytest=is_pytest)


def test_the_figures_are_those_of_pytests_last_line() -> None:
    text = (
        "9 passed in 1.00s is what a test printed\n==== 2 failed, 31 passed, 1 error in 4.50s ===="
    )
    assert check.count(text) == {"failed": 2, "passed": 31, "error": 1}
    assert check.count("no such line") == {}


def test_a_run_that_finds_no_tests_has_failed(tmp_path: Path) -> None:
    command = (PYTHON, "-m", "pytest", "-q", "-m", "perf and not perf", "tests/house/test_check.py")
    result = check.run(check.Stage("nothing", command, 60, is_pytest=True))
    assert (result.ok, result.passed, result.failed) == (False, 0, 1)


def test_a_failed_check_counts_and_its_words_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    result = check.run(stage("print('the reason'); raise SystemExit(3)"))
    assert (result.ok, result.failed) == (False, 1)
    assert "the reason" in capsys.readouterr().out


def test_a_check_that_passes_is_one_quiet_line(capsys: pytest.CaptureFixture[str]) -> None:
    result = check.run(stage("print('all is well')"))
    assert (result.ok, result.failed) == (True, 0)
    shown = capsys.readouterr().out
    assert "all is well" not in shown
    assert shown.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="sessions are how POSIX groups processes")
def test_a_stage_that_hangs_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    child = tmp_path / "child"
    code = (
        "import subprocess, sys, time\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(child)!r}, 'w').write(str(p.pid))\n"
        "time.sleep(60)"
    )
    started = time.monotonic()
    result = check.run(stage(code, 2, is_pytest=True))
    assert (result.ok, result.failed) == (False, 1)
    assert time.monotonic() - started < 20
    for _ in range(100):
        if not Path(f"/proc/{child.read_text()}/cmdline").exists():
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{child.read_text()}/cmdline").exists()


def test_what_a_test_run_counts_is_what_the_last_line_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "print('5 passed, 1 failed in 0.10s'); raise SystemExit(1)"
    monkeypatch.setattr(check, "STAGES", (stage("raise SystemExit(1)"), stage("pass")))
    monkeypatch.setattr(check, "SLOW_STAGES", (stage(said, is_pytest=True),))
    assert check.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 2 failed"
    monkeypatch.setattr(check, "STAGES", (stage("pass"),))
    assert check.main(["--fast"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 0 failed"
