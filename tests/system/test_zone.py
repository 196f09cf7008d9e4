"""The zone of the machine."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toggl_desktop.system import zone
from toggl_desktop.system.zone import local_zone

SUMMER = datetime(2026, 7, 1, 12)
WINTER = datetime(2026, 12, 1, 12)


def offsets(found) -> tuple[float, float]:
    return tuple(
        moment.replace(tzinfo=found).utcoffset() / timedelta(hours=1) for moment in (SUMMER, WINTER)
    )


@pytest.fixture
def localtime(monkeypatch, tmp_path) -> Path:
    """A machine without `TZ` whose /etc/localtime is ours to make."""
    monkeypatch.delenv("TZ", raising=False)
    path = tmp_path / "localtime"
    monkeypatch.setattr(zone, "_LOCALTIME", path)
    return path


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Europe/Berlin", (2, 1)),
        (":America/New_York", (-4, -5)),
        ("Asia/Kathmandu", (5.75, 5.75)),
        ("/usr/share/zoneinfo/Europe/Berlin", (2, 1)),
        ("posix/Europe/Berlin", (2, 1)),
        ("CET-1CEST,M3.5.0,M10.5.0/3", (2, 1)),
        ("<-03>3", (-3, -3)),
        ("UTC", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_the_variable_is_understood_in_all_its_spellings(monkeypatch, value, expected):
    monkeypatch.setenv("TZ", value)
    assert offsets(local_zone()) == expected


@pytest.mark.parametrize("value", ["Mars/Olympus", "../../etc/passwd", "CET-1CEST,ü", "/etc/hosts"])
def test_a_senseless_variable_gives_the_machines_own_zone(monkeypatch, localtime, value):
    localtime.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    monkeypatch.setenv("TZ", value)
    assert offsets(local_zone()) == (9, 9)


@pytest.mark.parametrize(
    "target",
    [
        "/usr/share/zoneinfo/Europe/Berlin",
        "../usr/share/zoneinfo/Europe/Berlin",
        "/usr/share/zoneinfo/posix/Europe/Berlin",
        "/var/db/timezone/zoneinfo/Europe/Berlin",
    ],
)
def test_the_link_names_the_zone(localtime, target):
    localtime.symlink_to(target)
    assert local_zone() == ZoneInfo("Europe/Berlin")


def test_a_copied_file_gives_its_rules(localtime):
    rules = ZoneInfo("Europe/Berlin")
    source = Path("/usr/share/zoneinfo/Europe/Berlin")
    if not source.exists():
        pytest.skip("no zone files on this machine")
    localtime.write_bytes(source.read_bytes())
    assert offsets(local_zone()) == offsets(rules)


def test_the_change_of_the_link_is_seen_at_once(localtime):
    localtime.symlink_to("/usr/share/zoneinfo/Europe/Berlin")
    assert local_zone() == ZoneInfo("Europe/Berlin")
    localtime.unlink()
    localtime.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    assert local_zone() == ZoneInfo("Asia/Tokyo")


def test_only_a_machine_without_the_usual_places_asks_tzlocal(localtime, monkeypatch):
    monkeypatch.setattr("tzlocal.get_localzone", lambda: ZoneInfo("Africa/Cairo"))
    assert local_zone() == ZoneInfo("Africa/Cairo")


def test_a_machine_that_knows_no_zone_lives_in_utc(localtime, monkeypatch):
    def fail() -> None:
        raise KeyError("nothing configured")

    monkeypatch.setattr("tzlocal.get_localzone", fail)
    localtime.write_bytes(b"not a zone file")
    assert local_zone() is UTC


def test_the_usual_machine_does_not_pay_for_tzlocal():
    code = (
        "import sys; from toggl_desktop.system.zone import local_zone; local_zone();"
        "print('tzlocal' in sys.modules)"
    )
    env = {"TZ": "Europe/Berlin"}
    assert subprocess.check_output([sys.executable, "-c", code], env=env).strip() == b"False"
