"""The keyring: trusted or not, ready or not, and never waited for too long."""

import os
import shutil
import subprocess
import sys
import threading
import types

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from tests.support.desk import Bus, eventually, homely_environment
from toggl_desktop.system import keyring as subject
from toggl_desktop.system.keyring import Condition, describe, probe, trusted_backend


def backend(module: str, name: str = "Keyring") -> KeyringBackend:
    """Returns a stand-in that goes by the name of a library's backend."""

    def fill(body: dict) -> None:
        body.update(
            __module__=module,
            __qualname__=name,
            get_password=lambda *_: None,
            set_password=lambda *_: None,
            delete_password=lambda *_: None,
        )

    return types.new_class(name, (KeyringBackend,), {}, fill)()


@pytest.fixture
def use(monkeypatch):
    def choose(chosen: object) -> None:
        monkeypatch.setattr(keyring, "get_keyring", lambda: chosen)

    yield choose
    KeyringBackend._classes -= {c for c in KeyringBackend._classes if "test" in c.__module__}


@pytest.mark.parametrize("module", ["keyring.backends.libsecret", "keyring.backends.macOS"])
def test_a_store_that_encrypts_is_ready(use, module):
    use(backend(module))
    assert probe().condition is Condition.READY
    assert probe().is_usable
    assert describe().endswith("is ready.")


def test_no_service_is_no_secure_storage(use):
    use(fail.Keyring())
    state = probe()
    assert state.condition is Condition.MISSING
    assert not state.is_usable
    assert state.sentence.startswith("There is no secure storage")


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        (null.Keyring(), "keyring.backends.null.Keyring"),
        (backend("keyrings.alt.file", "PlaintextKeyring"), "keyrings.alt.file.PlaintextKeyring"),
        (backend("planted", "Store"), "planted.Store"),
    ],
)
def test_a_store_that_does_not_keep_secrets_is_refused_by_name(use, chosen, name):
    use(chosen)
    state = probe()
    assert state.condition is Condition.REFUSED
    assert not state.is_usable
    assert name in state.sentence
    assert trusted_backend() is None


def test_the_variable_that_chooses_a_null_store_is_seen_through():
    code = "from toggl_desktop.system.keyring import describe; print(describe())"
    env = os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    out = subprocess.check_output([sys.executable, "-c", code], env=env, text=True)
    assert "no secure storage" in out


def chain_of(monkeypatch, *parts: KeyringBackend) -> chainer.ChainerBackend:
    monkeypatch.setattr(chainer.ChainerBackend, "backends", list(parts))
    return chainer.ChainerBackend()


def test_of_a_chain_only_the_trusted_part_is_used(use, monkeypatch):
    plain, safe = backend("keyrings.alt.file"), backend("keyring.backends.libsecret")
    use(chain_of(monkeypatch, plain, safe))
    assert trusted_backend() is safe
    assert probe().condition is Condition.READY


def test_a_chain_without_a_trusted_part_is_no_store(use, monkeypatch):
    use(chain_of(monkeypatch, backend("keyrings.alt.file"), null.Keyring()))
    assert trusted_backend() is None
    assert not probe().is_usable


def test_a_keyring_that_hangs_is_left_after_the_deadline(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(keyring, "get_keyring", release.wait)
    state = probe(0.05)
    release.set()
    assert state.condition is Condition.SLOW
    assert "did not answer within 0.05 seconds. If it asks for a password" in state.sentence


def test_a_keyring_that_fails_is_named_without_its_words(monkeypatch):
    def explode() -> None:
        raise RuntimeError("token=abc")

    monkeypatch.setattr(keyring, "get_keyring", explode)
    state = probe()
    assert state.condition is Condition.BROKEN
    assert "RuntimeError" in state.sentence
    assert "abc" not in state.sentence


needs_gnome = pytest.mark.skipif(
    shutil.which("gnome-keyring-daemon") is None or shutil.which("dbus-daemon") is None,
    reason="no gnome-keyring here",
)

TALK = """
import sys
from toggl_desktop.system.keyring import probe
import secretstorage
def lock():
    bus = secretstorage.dbus_init()
    secretstorage.Collection(bus).lock()
    bus.close()
print(probe().condition.value, flush=True)
lock()
print(probe().condition.value, flush=True)
"""


@needs_gnome
def test_a_real_keyring_is_ready_and_once_locked_is_called_locked_without_a_prompt(tmp_path):
    env = homely_environment(tmp_path)
    env.pop("PYTHON_KEYRING_BACKEND", None)
    with Bus() as bus:
        env["DBUS_SESSION_BUS_ADDRESS"] = bus.address
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=env,
        )
        try:
            daemon.stdin.write(b"only for this test\n")
            daemon.stdin.close()
            eventually(lambda: has_secrets(env), 10, "the keyring is on the bus")
            out = subprocess.check_output([sys.executable, "-c", TALK], env=env, text=True)
        finally:
            daemon.terminate()
            daemon.wait(10)
    assert out.split() == ["ready", "locked"]


def has_secrets(env: dict[str, str]) -> bool:
    code = (
        "import secretstorage as s; b = s.dbus_init();"
        "print(s.check_service_availability(b) and not s.Collection(b).is_locked()); b.close()"
    )
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    return done.stdout.strip() == "True"


def test_describing_for_doctor_says_nothing_secret(use):
    use(fail.Keyring())
    assert subject.describe() == probe().sentence
