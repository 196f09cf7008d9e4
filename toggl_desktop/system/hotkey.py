"""Keys that open the palette wherever the person is, where the desktop lets a program have any.

X11 gives a combination to whoever asks first. Wayland gives none to anybody; there the desktop's
portal may do it. Windows and macOS are not done yet. Each answer comes with a sentence for people.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence

COMMAND: Final = "toggl-desktop palette"
"""What opens the palette from anywhere else."""

_MODIFIERS: Final = {
    Qt.KeyboardModifier.ControlModifier: ("Ctrl", "CTRL"),
    Qt.KeyboardModifier.AltModifier: ("Alt", "ALT"),
    Qt.KeyboardModifier.ShiftModifier: ("Shift", "SHIFT"),
    Qt.KeyboardModifier.MetaModifier: ("Meta", "LOGO"),
}
_SPECIAL: Final = {
    Qt.Key.Key_Escape: (0xFF1B, "Escape"),
    Qt.Key.Key_Tab: (0xFF09, "Tab"),
    Qt.Key.Key_Backspace: (0xFF08, "BackSpace"),
    Qt.Key.Key_Return: (0xFF0D, "Return"),
    Qt.Key.Key_Enter: (0xFF8D, "KP_Enter"),
    Qt.Key.Key_Insert: (0xFF63, "Insert"),
    Qt.Key.Key_Delete: (0xFFFF, "Delete"),
    Qt.Key.Key_Pause: (0xFF13, "Pause"),
    Qt.Key.Key_Print: (0xFF61, "Print"),
    Qt.Key.Key_Home: (0xFF50, "Home"),
    Qt.Key.Key_End: (0xFF57, "End"),
    Qt.Key.Key_Left: (0xFF51, "Left"),
    Qt.Key.Key_Up: (0xFF52, "Up"),
    Qt.Key.Key_Right: (0xFF53, "Right"),
    Qt.Key.Key_Down: (0xFF54, "Down"),
    Qt.Key.Key_PageUp: (0xFF55, "Prior"),
    Qt.Key.Key_PageDown: (0xFF56, "Next"),
    Qt.Key.Key_Menu: (0xFF67, "Menu"),
}
# The names X has for what can be typed in ASCII besides letters and digits.
_SIGNS: Final = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_SIGN_NAMES: Final = (
    "space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright"
    " asterisk plus comma minus period slash colon semicolon less equal greater question at"
    " bracketleft backslash bracketright asciicircum underscore grave braceleft bar braceright"
    " asciitilde"
)
_NAMES: Final = dict(zip(_SIGNS, _SIGN_NAMES.split(), strict=True))
_F1: Final = (Qt.Key.Key_F1.value, 0xFFBE)
_F_KEYS: Final = 35


class KeysError(ValueError):
    """A text is no combination of keys that could open anything; its text says why, to people."""


@dataclass(frozen=True, slots=True)
class HotKeyState:
    """Whether keys open the palette, and what to say about it.

    Attributes:
        is_active: Whether the keys work now.
        source: `x11` or `portal`, whoever listens or refused to; `none` when nobody could.
        sentence: What holds, for people, and what to do about it.
    """

    is_active: bool
    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Keys:
    """One key with its modifiers, in the words of each who has to understand it.

    Attributes:
        text: For people, such as “Ctrl+Alt+Space”.
        modifiers: Out of Ctrl, Alt, Shift and Meta.
        keysym: What X calls the key.
        trigger: What the desktop portal calls it all, such as `CTRL+ALT+space`.
    """

    text: str
    modifiers: frozenset[str]
    keysym: int
    trigger: str

    @classmethod
    def parse(cls, text: str) -> "Keys":
        """Returns the keys that a text such as “ctrl+alt+space” means.

        Raises:
            KeysError: It means none, several in a row, or keys that people need for typing.
        """
        sequence = QKeySequence.fromString(text, QKeySequence.SequenceFormat.PortableText)
        if sequence.count() != 1:
            raise KeysError(f"“{text}” is not one combination of keys, such as Ctrl+Alt+Space.")
        chord: QKeyCombination = sequence[0]  # type: ignore[index]  # the stubs forgot it (6.11.3)
        named = _named(chord.key().value)
        if named is None:
            raise KeysError(f"“{text}” names no key that can be used: try Ctrl+Alt+Space.")
        pretty = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        held = [names for mark, names in _MODIFIERS.items() if mark & chord.keyboardModifiers()]
        keysym, name = named
        modifiers = frozenset(ours for ours, _ in held)
        if not modifiers & {"Ctrl", "Alt", "Meta"} and not _types_nothing(name):
            raise KeysError(f"{pretty} is needed for typing: add Ctrl, Alt or Meta.")
        trigger = "+".join([*(theirs for _, theirs in held), name])
        return cls(pretty, modifiers, keysym, trigger)


def _named(key: int) -> tuple[int, str] | None:
    """Returns a key's keysym and its name in X; None when nobody could grab it."""
    first, keysym = _F1
    if first <= key < first + _F_KEYS:
        return keysym + key - first, f"F{key - first + 1}"
    if key in _SPECIAL:
        return _SPECIAL[Qt.Key(key)]
    if not 0x20 <= key <= 0x10FFFF:
        return None
    letter = chr(key).lower()
    name = letter if letter.isascii() and letter.isalnum() else _NAMES.get(letter)
    code = ord(letter[0])
    # Beyond Latin-1, X counts by Unicode; the portal may always be told so.
    return code if code <= 0xFF else 0x1000000 | code, name or f"U{code:04X}"


def _types_nothing(name: str) -> bool:
    # Letters are named in lower case, so what begins with F is a function key.
    return name.startswith("F") or name in {"Pause", "Print", "Menu"}


def here_is_none(why: str) -> str:
    """Returns the sentence that says why no keys are watched, and what does the same.

    Args:
        why: The reason, or the reason and another way out that ends in “, or”.
    """
    joint = "" if why.endswith(", or") else ":"
    return f"{why}{joint} bind the command “{COMMAND}” in your desktop's keyboard settings."


class Backend(Protocol):
    """Somebody who listens for one combination until it is closed."""

    pressed: SignalInstance
    changed: SignalInstance

    @property
    def state(self) -> HotKeyState:
        """Whether the keys work, and why not."""
        ...

    @property
    def activation_token(self) -> str:
        """What the desktop gave along with the last press."""
        ...

    def close(self) -> None:
        """Gives the keys back and says nothing any more."""
        ...

    def deleteLater(self) -> None:  # noqa: N802 - Qt's
        """Goes when Qt has time for it."""
        ...


class HotKey(QObject):
    """Tells when the person pressed the keys that open the palette, wherever the focus is.

    Nothing is polled, and no other key is looked at.

    Signals:
        pressed: The keys were pressed; once a press, however long they are held.
        changed: The state is another one.
    """

    pressed = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend: Backend | None = None
        self._state = _OFF

    @property
    def state(self) -> HotKeyState:
        """Whether the keys work now, and the sentence for people."""
        return self._state

    @property
    def activation_token(self) -> str:
        """What lets a window come to the front because of the last press.

        Wayland wants to see it (`XDG_ACTIVATION_TOKEN`) before a window may; empty elsewhere.
        """
        return "" if self._backend is None else self._backend.activation_token

    def set_keys(self, text: str) -> None:
        """Listens for these keys from now on, such as “Ctrl+Alt+Space”; for none when empty.

        It never raises: the state says what came of it, at once or after the desktop asked.
        """
        self._let_go()
        self._become(self._listen(text) if text.strip() else _OFF)

    def _listen(self, text: str) -> HotKeyState:
        try:
            keys = Keys.parse(text)
            self._backend = _backend(keys, os.environ, self)
        except KeysError as error:
            return HotKeyState(is_active=False, source="none", sentence=str(error))
        except OSError:
            why = "Keys for the whole screen are not available here"
            return HotKeyState(is_active=False, source="none", sentence=here_is_none(why))
        self._backend.pressed.connect(self.pressed)
        self._backend.changed.connect(self._on_backend_changed)
        return self._backend.state

    def _let_go(self) -> None:
        if self._backend is not None:
            self._backend.close()
            self._backend.deleteLater()
            self._backend = None

    def _become(self, state: HotKeyState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()

    @Slot()
    def _on_backend_changed(self) -> None:
        if self._backend is not None:
            self._become(self._backend.state)


_OFF: Final = HotKeyState(
    is_active=False, source="none", sentence="No keys are set that open the palette from anywhere."
)


def _backend(keys: Keys, environment: Mapping[str, str], parent: QObject) -> Backend:
    """Returns who listens on this desktop.

    Raises:
        OSError: Nobody can.
    """
    if sys.platform in {"win32", "darwin"}:
        raise OSError("not on this system yet")
    # Under Wayland an X server knows of keys only while an X window has the focus: not asked.
    if _is_wayland(environment):
        from toggl_desktop.system.hotkey_portal import PortalHotKey

        return PortalHotKey(keys, QGuiApplication.desktopFileName(), parent=parent)
    from toggl_desktop.system.hotkey_x11 import X11HotKey

    return X11HotKey(keys, parent=parent)


def _is_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    if name and (Path(environment.get("XDG_RUNTIME_DIR", "/")) / name).exists():
        return True
    return environment.get("XDG_SESSION_TYPE") == "wayland"
