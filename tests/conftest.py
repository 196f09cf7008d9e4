"""What holds for every test: a home of its own, nothing to reach but this computer.

Set before anything of the program is imported, because libraries read these variables once.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support import desk

os.umask(0o077)
_HOME = Path(tempfile.mkdtemp(prefix="toggl-tests-"))
_ENVIRONMENT = desk.homely_environment(_HOME) | {
    "QT_QPA_PLATFORM": "offscreen",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
}
for _name in set(os.environ) - set(_ENVIRONMENT):
    del os.environ[_name]
os.environ.update(_ENVIRONMENT)
for _name in [name for name in os.environ if name.startswith("TOGGL_")]:
    del os.environ[_name]


class OffLoopbackError(Exception):
    """A test tried to speak to another computer."""


class _Border:
    """Refuses every address that is not this computer's, and remembers who tried.

    An audit hook sees the sockets of all libraries, C code of the interpreter included, and the
    program under test cannot take it off.
    """

    def __init__(self) -> None:
        self.tried: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in {"socket.connect", "socket.sendto"}:
            address = arguments[1]
            host = address[0] if isinstance(address, tuple) else None
        elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
            host = arguments[0]
        else:
            return
        if isinstance(host, bytes):
            host = host.decode("ascii", "replace")
        if host is None or _is_loopback(str(host)):
            return
        self.tried.append(f"{event} {host}")
        raise OffLoopbackError(f"a test must not leave this computer, but this one asks for {host}")


def _is_loopback(host: str) -> bool:
    return host in {"localhost", "::1", "", "0.0.0.0", "::"} or host.startswith("127.")


_border = _Border()
sys.addaudithook(_border)


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips, by name of what is missing, the tests that need a desk this machine cannot set up."""
    missing = desk.missing()
    if not missing:
        return
    reason = f"no virtual desk here: install {' '.join(sorted(missing))}"
    for item in items:
        if item.get_closest_marker("desk") is not None:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def stays_on_this_computer():
    """Fails the test that reached for another computer, even when the program hid the refusal."""
    _border.tried.clear()
    yield
    tried, _border.tried = list(_border.tried), []
    assert not tried, f"left this computer: {tried}"
