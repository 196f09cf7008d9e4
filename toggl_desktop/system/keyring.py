"""The place where the system keeps secrets, and whether it may be trusted with ours.

Only stores that encrypt are accepted. The `keyring` library would also take one that throws the
secret away and says thanks, or a file that anybody can read, and chooses by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from toggl_desktop.system.deadline import within

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

DEADLINE_SECONDS: Final = 10.0
"""A keyring that shows a prompt blocks for as long as the prompt is there; we do not."""

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


def probe(seconds: float = DEADLINE_SECONDS) -> KeyringState:
    """Looks at the keyring without asking for a secret and without raising a prompt."""
    outcome = within(seconds, _look)
    if outcome.value is not None:
        return outcome.value
    if outcome.is_late:
        return KeyringState(
            Condition.SLOW,
            "",
            f"The keyring did not answer within {seconds:g} seconds. {_SESSION_ONLY}",
        )
    return KeyringState(
        Condition.BROKEN,
        "",
        f"The keyring failed ({type(outcome.error).__name__}). {_SESSION_ONLY}",
    )


def describe(seconds: float = DEADLINE_SECONDS) -> str:
    """Returns one sentence about the keyring, for `doctor`."""
    return probe(seconds).sentence


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
