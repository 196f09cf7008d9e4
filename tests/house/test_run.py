"""The script behind both commands, as far as it can be asked without setting anything up."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import run

ROOT = Path(run.ROOT)
PINNED = re.compile(
    r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==\S+( ; .+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+",
    re.MULTILINE,
)


@pytest.mark.parametrize(
    "line", ["", "--background", "--data-dir status", "--profile x --background", "--data-dir=x"]
)
def test_arguments_without_a_command_open_the_desktop_app(line: str) -> None:
    assert run.opens_desktop(line.split())


@pytest.mark.parametrize(
    "line", ["status --json", "-h", "-V", "--version", "--data-dir x status", "--profile=x stop"]
)
def test_a_command_asks_for_no_screen(line: str) -> None:
    assert not run.opens_desktop(line.split())
    assert run.parts_of_linux(is_test=False, is_desktop=False) == (set(), set())


@pytest.mark.skipif(sys.platform != "linux", reason="the others bring what Qt needs")
@pytest.mark.parametrize(
    ("session", "needed"),
    [
        ({"DISPLAY": ":0"}, {"base", "x11"}),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, {"base", "wayland"}),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, {"base"}),
        ({}, {"base"}),
    ],
)
def test_a_start_insists_on_what_this_session_needs_alone(
    session: dict[str, str], needed: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in session.items():
        monkeypatch.setenv(name, value)
    wanted, insisted = run.parts_of_linux(is_test=False, is_desktop=True)
    assert insisted == needed
    assert ("screen" in wanted) is (not session)


def test_every_part_and_every_package_manager_has_its_packages() -> None:
    lines = (ROOT / "requirements/linux.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    assert {len(row) for row in rows} == {2 + len(run.INSTALL)}
    assert {row[0] for row in rows} == {"venv", "base", "x11", "wayland", "screen", "test"}


def test_what_is_not_there_is_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "is_there", lambda thing: not thing.startswith("libxcb-"))
    assert run.missing_packages({"base", "x11"}, "dnf").count("libxcb") == 1
    assert run.missing_packages({"base"}, "apt-get") == []


@pytest.mark.parametrize("name", ["app", "dev"])
def test_a_lock_is_names_versions_markers_and_hashes_and_nothing_else(name: str) -> None:
    text = Path(run.LOCKS[name]).read_text(encoding="utf-8")
    assert PINNED.sub("", text) == ""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"]]
    wanted += project["dependency-groups"]["dev"] if name == "dev" else []
    names = {re.split(r"[<>=;\[ ]", line)[0].lower() for line in wanted}
    assert names <= {found[1] for found in PINNED.finditer(text)}


def test_the_tools_are_locked_around_the_same_libraries_as_the_app() -> None:
    app, dev = (Path(run.LOCKS[name]).read_text(encoding="utf-8") for name in ("app", "dev"))
    pins = [re.findall(r"^\S+==\S+", text, re.MULTILINE) for text in (app, dev)]
    assert set(pins[0]) <= set(pins[1])


def test_the_bad_pair_of_python_and_qt_is_not_locked() -> None:
    text = Path(run.LOCKS["app"]).read_text(encoding="utf-8")
    old = re.findall(
        r"^pyside6-essentials==(\S+) ; python_full_version < '3.12'", text, re.MULTILINE
    )
    assert [version.split(".")[:2] for version in old] == [["6", "11"]]


def test_any_python_3_can_read_the_script_as_far_as_its_sentence() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_start_that_has_nothing_to_set_up_imports_nothing_for_it() -> None:
    code = "import os, sys; before = {*sys.modules}; import run; print(*{*sys.modules} - before)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["run"]


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right there that few have")
def test_an_environment_that_is_a_link_is_replaced_and_what_it_points_to_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, venv = tmp_path / "theirs", tmp_path / ".venv"
    theirs.mkdir()
    (theirs / "kept.txt").write_text("theirs", encoding="utf-8")
    venv.symlink_to(theirs)
    monkeypatch.setattr(run, "VENV", str(venv))
    monkeypatch.setattr(run, "OWNER_STAMP", str(venv / ".made-for"))
    was_link: list[bool] = []

    def make(_command: list[str]) -> int:
        was_link.append(venv.is_symlink())
        venv.mkdir()
        return 0

    monkeypatch.setattr(run, "call", make)
    run.make_environment()
    assert was_link == [False]
    assert [path.name for path in theirs.iterdir()] == ["kept.txt"]
    assert (venv / ".made-for").read_text(encoding="utf-8") == run.OWNER
