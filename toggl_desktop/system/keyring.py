"""The place where the system keeps secrets, and whether it may be trusted with ours.

Only stores that encrypt are accepted. The `keyring` library would also take one that throws the
secret away and says thanks, or a file that anybody can read, and chooses by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from toggl_desktop.system.deadline import within

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

DEADLINE_SECONDS: Final = 10.0
"""A keyring that shows a prompt blocks for as long as the prompt is there; we do not."""

SERVICE: Final = "Toggl Desktop"
"""What the entries are called where a person looks through the keyring."""

_LOCKED_KINDS: Final = {"KeyringLocked", "InitError", "LockedException", "PromptDismissedException"}
_LINUX_SERVICE = "keyring.backends.SecretService.Keyring"
_CHAINER = "keyring.backends.chainer.ChainerBackend"
_FAIL = "keyring.backends.fail.Keyring"
_TRUSTED: Final = {
    _LINUX_SERVICE: "Secret Service",
    "keyring.backends.libsecret.Keyring": "Secret Service (libsecret)",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet 4",
    "keyring.backends.macOS.Keyring": "macOS Keychain",
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
}
_SESSION_ONLY = "Tokens are kept for one session only."


class Condition(Enum):
    """How the keyring was found."""

    READY = "ready"
    LOCKED = "locked"
    MISSING = "missing"
    REFUSED = "refused"
    SLOW = "slow"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class KeyringState:
    """What a look at the keyring showed.

    Attributes:
        condition: Whether it can be used, and if not, why.
        backend: Its name for people; empty when there is none.
        sentence: All of it in one sentence, without secrets.
    """

    condition: Condition
    backend: str
    sentence: str

    @property
    def is_usable(self) -> bool:
        """Whether a secret may be given to it, perhaps after an unlock prompt."""
        return self.condition in {Condition.READY, Condition.LOCKED}


@dataclass(frozen=True, slots=True)
class Held:
    """What came of asking for a secret; the state says why there is none.

    Attributes:
        secret: The secret; None when there is none, or none to be had now.
    """

    state: KeyringState
    secret: str | None = field(default=None, repr=False)


def probe(seconds: float = DEADLINE_SECONDS) -> KeyringState:
    """Looks at the keyring without asking for a secret and without raising a prompt."""
    outcome = within(seconds, _look)
    if outcome.value is not None:
        return outcome.value
    return _late(seconds) if outcome.is_late else _failed(outcome.error)


def describe(seconds: float = DEADLINE_SECONDS) -> str:
    """Returns one sentence about the keyring, for `doctor`."""
    return probe(seconds).sentence


def save(name: str, secret: str, seconds: float = DEADLINE_SECONDS) -> KeyringState:
    """Keeps a secret under a name; READY means that it was read back and is the same.

    It is tried under another name first, so that a store that cuts it short or loses it does not
    cost the secret that is there already.
    """
    return _bounded(seconds, lambda backend: _save(backend, name, secret)).state


def load(name: str, seconds: float = DEADLINE_SECONDS) -> Held:
    """Returns the secret of that name."""
    return _bounded(seconds, lambda backend: Held(_ready(backend), _get(backend, name)))


def forget(name: str, seconds: float = DEADLINE_SECONDS) -> KeyringState:
    """Forgets the secret of that name; READY also when there was none."""
    return _bounded(seconds, lambda backend: _forget(backend, name)).state


def _save(backend: KeyringBackend, name: str, secret: str) -> Held:
    for place in (f"{name}/trial", name):
        backend.set_password(SERVICE, place, secret)
        if backend.get_password(SERVICE, place) != secret:
            _forget(backend, f"{name}/trial")
            sentence = (
                f"The keyring ({_TRUSTED[_name(backend)]}) did not give the token back unchanged, "
                f"so it is not used. {_SESSION_ONLY}"
            )
            return Held(KeyringState(Condition.BROKEN, "", sentence))
    _forget(backend, f"{name}/trial")
    return Held(_ready(backend))


def _forget(backend: KeyringBackend, name: str) -> Held:
    if backend.get_password(SERVICE, name) is not None:
        backend.delete_password(SERVICE, name)
    return Held(_ready(backend))


def _get(backend: KeyringBackend, name: str) -> str | None:
    return backend.get_password(SERVICE, name)


def _ready(backend: KeyringBackend) -> KeyringState:
    name = _TRUSTED[_name(backend)]
    return KeyringState(Condition.READY, name, f"The keyring ({name}) is ready.")


def _bounded(seconds: float, work: Callable[[KeyringBackend], Held]) -> Held:
    """Does something with the trusted store, in bounded time; never raises."""

    def inside() -> Held:
        import keyring

        backend = trusted_backend()
        if backend is None:
            return Held(_untrusted(_name(keyring.get_keyring())))
        return work(backend)

    outcome = within(seconds, inside)
    if outcome.value is not None:
        return outcome.value
    if outcome.is_late:
        return Held(_late(seconds))
    return Held(_failed(outcome.error))


def _late(seconds: float) -> KeyringState:
    return KeyringState(
        Condition.SLOW,
        "",
        f"The keyring did not answer within {seconds:g} seconds. If it asks for a password, give "
        f"it that and try again. {_SESSION_ONLY}",
    )


def _failed(error: Exception | None) -> KeyringState:
    """Names what the keyring raised by its kind; its words may hold the secret."""
    kind = type(error).__name__
    if kind in _LOCKED_KINDS:
        return KeyringState(
            Condition.LOCKED,
            "",
            "The keyring is locked and was not unlocked. Unlock it and try again.",
        )
    return KeyringState(Condition.BROKEN, "", f"The keyring failed ({kind}). {_SESSION_ONLY}")


def trusted_backend() -> KeyringBackend | None:
    """Returns the store that secrets may be given to, or None; call it in a thread.

    Of several stores chained together the best trusted one is used alone: a chain hands the
    secret to whichever of its parts takes it.
    """
    import keyring

    chosen = keyring.get_keyring()
    parts = getattr(chosen, "backends", ()) if _name(chosen) == _CHAINER else (chosen,)
    return next((part for part in parts if _name(part) in _TRUSTED), None)


def _look() -> KeyringState:
    import keyring

    backend = trusted_backend()
    if backend is None:
        return _untrusted(_name(keyring.get_keyring()))
    name = _TRUSTED[_name(backend)]
    if _name(backend) == _LINUX_SERVICE and _is_locked():
        return KeyringState(
            Condition.LOCKED, name, f"The keyring ({name}) is locked; it will ask to be unlocked."
        )
    return KeyringState(Condition.READY, name, f"The keyring ({name}) is ready.")


def _untrusted(name: str) -> KeyringState:
    if name in {_FAIL, _CHAINER}:
        return KeyringState(
            Condition.MISSING,
            "",
            f"There is no secure storage: no keyring service is running. {_SESSION_ONLY}",
        )
    return KeyringState(
        Condition.REFUSED,
        name,
        f"There is no secure storage: the keyring “{name}” is not one that keeps secrets safe, "
        f"so it is not used. {_SESSION_ONLY}",
    )


def _is_locked() -> bool:
    """Tells whether the default collection is locked; one that does not exist yet is not."""
    import contextlib

    import secretstorage
    from secretstorage.exceptions import ItemNotFoundException

    with contextlib.closing(secretstorage.dbus_init()) as bus:
        try:
            return secretstorage.Collection(bus).is_locked()
        except ItemNotFoundException:
            return False


def _name(backend: object) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"
