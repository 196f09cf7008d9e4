"""One combination of keys, taken from the X server for the whole screen; no other key is read.

libxcb is used as it is (see xtray.py): it is there wherever Qt's X support runs, and it survives
the loss of the display. The connection selects no events. All that comes are presses of the
combination, whatever else is pressed until it is let go (dropped unread, as X gives it to nobody
else meanwhile), and word of a new keyboard map.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import product
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

from toggl_desktop.system.hotkey import HotKeyState, Keys, here_is_none

_KEY_PRESS: Final = 2
_KEY_RELEASE: Final = 3
_MAPPING_NOTIFY: Final = 34
_ASYNC: Final = 1
_SHIFT: Final = 0x01
_LOCK: Final = 0x02
_ROWS: Final = 8  # Shift, Lock, Control, Mod1 to Mod5
_LOCK_KEYSYMS: Final = (0xFF7F, 0xFF14)  # Num_Lock, Scroll_Lock
# Which modifier bit is Alt or Meta is a matter of the map: the one that has such a key on it.
_MODIFIER_KEYSYMS: Final = {"Alt": (0xFFE9, 0xFFEA), "Meta": (0xFFEB, 0xFFEC)}
_MODIFIER_BITS: Final = {"Shift": _SHIFT, "Ctrl": 0x04, "Alt": 0x08, "Meta": 0x40}


class Grab(Enum):
    """What became of the wish to have a combination."""

    HELD = "held"
    TAKEN = "taken"
    NO_KEY = "no key"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class News:
    """What the display said since it was last asked."""

    is_pressed: bool = False
    is_remapped: bool = False


class X11HotKey(QObject):
    """Holds a combination of keys on the whole screen, through every change of the keyboard.

    Signals:
        pressed: The combination was pressed, once for each time it was, however long it was held.
        changed: The state is another one.
    """

    pressed = Signal()
    changed = Signal()

    def __init__(self, keys: Keys, display: str = "", parent: QObject | None = None) -> None:
        """Takes the keys at once.

        Raises:
            OSError: There is no display, or the libraries for it are missing.
        """
        super().__init__(parent)
        self._keys = keys
        self._line = GrabLine(display)
        self._notifier = QSocketNotifier(self._line.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_display_readable)
        self._state = self._hold()

    @property
    def state(self) -> HotKeyState:
        """Whether the keys work, and why not."""
        return self._state

    @property
    def activation_token(self) -> str:
        """Nothing: X lets a window come to the front by the time of the press."""
        return ""

    def close(self) -> None:
        """Gives the keys back and says nothing any more."""
        self._notifier.setEnabled(False)
        self._line.close()

    @Slot()
    def _on_display_readable(self) -> None:
        news = self._line.read()
        state = self._hold() if news.is_remapped or not self._line.is_alive else self._state
        if not self._line.is_alive:
            self.close()
        if state != self._state:
            self._state = state
            self.changed.emit()
        if news.is_pressed:
            self.pressed.emit()

    def _hold(self) -> HotKeyState:
        """Takes the keys as the keyboard is now, and says how that went."""
        outcome = self._line.grab(self._keys)
        # News that came along with the replies no longer makes the descriptor readable. A press
        # among them is a press of keys that were only just being taken: it may be let go.
        while self._line.read().is_remapped:
            outcome = self._line.grab(self._keys)
        return _state(outcome, self._keys)


def _state(outcome: Grab, keys: Keys) -> HotKeyState:
    match outcome:
        case Grab.HELD:
            sentence = f"{keys.text} opens the palette from every window (X11)."
            return HotKeyState(is_active=True, source="x11", sentence=sentence)
        case Grab.TAKEN:
            sentence = here_is_none(f"Another program has taken {keys.text}: choose other keys, or")
        case Grab.NO_KEY:
            sentence = here_is_none(f"This keyboard cannot type {keys.text}: choose other keys, or")
        case Grab.LOST:
            sentence = here_is_none("The X display went away")
    return HotKeyState(is_active=False, source="x11", sentence=sentence)


@dataclass(slots=True)
class Presses:
    """Tells presses from the repetitions that X makes up while a key is held."""

    _released: tuple[int, int] | None = field(default=None, init=False)

    def is_first(self, kind: int, keycode: int, time: int) -> bool:
        """Takes in an event; tells whether it is somebody pressing the key anew."""
        if kind == _KEY_RELEASE:
            self._released = (keycode, time)
            return False
        # A key that repeats is let go and pressed within the same millisecond.
        return kind == _KEY_PRESS and self._released != (keycode, time)


class GrabLine:
    """One connection to the display that holds one combination at most.

    It never raises on a display that goes away: it says so by `is_alive`.
    """

    def __init__(self, display: str = "") -> None:
        """Connects to the display, `$DISPLAY` by default.

        Raises:
            OSError: There is no display, or the libraries for it are missing.
        """
        display = display or os.environ.get("DISPLAY", "")
        if not display:
            raise OSError("no display")
        self._xcb = _library()
        self._free = ctypes.CDLL(None).free
        self._free.argtypes = [ctypes.c_void_p]
        self._presses = Presses()
        self._held: set[tuple[int, int]] = set()
        screen = ctypes.c_int(0)
        self._line: int | None = self._xcb.xcb_connect(display.encode(), ctypes.byref(screen))
        if not self.is_alive:
            self.close()
            raise OSError("the display does not answer")
        self._root = self._find_root(screen.value)

    @property
    def is_alive(self) -> bool:
        """Whether the display still answers."""
        return self._line is not None and self._xcb.xcb_connection_has_error(self._line) == 0

    def fileno(self) -> int:
        """Returns the descriptor that becomes readable when there may be news."""
        return int(self._xcb.xcb_get_file_descriptor(self._line)) if self._line else -1

    def grab(self, keys: Keys) -> Grab:
        """Takes the keys, wherever they are on the keyboard now, instead of those held so far."""
        wanted = set(self._find(keys)) if self.is_alive else set()
        if not wanted:
            self._release(self._held)
            return Grab.NO_KEY if self.is_alive else Grab.LOST
        self._release(self._held - wanted)
        for key, modifiers in sorted(wanted - self._held):
            cookie = self._xcb.xcb_grab_key_checked(
                self._line, 0, self._root, modifiers, key, _ASYNC, _ASYNC
            )
            error = self._xcb.xcb_request_check(self._line, cookie)
            if error:
                self._free(error)
                # Half a combination, with NumLock off only, would be a riddle.
                self._release(self._held)
                return Grab.TAKEN
            self._held.add((key, modifiers))
        return Grab.HELD if self.is_alive else Grab.LOST

    def read(self) -> News:
        """Takes in everything the display said."""
        is_pressed = is_remapped = False
        while self.is_alive and (event := self._xcb.xcb_poll_for_event(self._line)):
            # An event that another program made up has one bit more, and is none of these.
            kind, key, time = event.contents.kind, event.contents.key, event.contents.time
            self._free(event)
            is_remapped |= kind == _MAPPING_NOTIFY
            if any(key == held for held, _ in self._held):
                is_pressed |= self._presses.is_first(kind, key, time)
        return News(is_pressed, is_remapped)

    def close(self) -> None:
        """Gives the keys back and ends the connection."""
        if self.is_alive and self._held:
            self._release(self._held)
            # Once this is answered they are free, also for the next connection of our own.
            self._read_modifiers({})
        if self._line is not None:
            self._xcb.xcb_disconnect(self._line)
            self._line = None
            self._held.clear()

    def _release(self, grabs: set[tuple[int, int]]) -> None:
        if self._line is None:
            return
        for key, modifiers in tuple(grabs):
            self._xcb.xcb_ungrab_key(self._line, key, self._root, modifiers)
            self._held.discard((key, modifiers))
        self._xcb.xcb_flush(self._line)

    def _find(self, keys: Keys) -> Iterator[tuple[int, int]]:
        """Yields each key with each set of modifiers, locks on and off, that means the keys."""
        keyboard = self._read_keyboard()
        rows = self._read_modifiers(keyboard)

        def bit(keysyms: tuple[int, ...]) -> int:
            return next((1 << i for i, row in enumerate(rows) if row & set(keysyms)), 0)

        wanted = 0
        for name in keys.modifiers:
            wanted |= bit(_MODIFIER_KEYSYMS.get(name, ())) or _MODIFIER_BITS[name]
        locks = {_LOCK, *(bit((keysym,)) for keysym in _LOCK_KEYSYMS)} - {0}
        locks = {mask for mask in locks if not mask & wanted}
        for key, level in _places(keyboard, keys.keysym):
            for chosen in product(*((0, mask) for mask in locks)):
                yield key, wanted | (_SHIFT if level else 0) | sum(chosen)

    def _read_keyboard(self) -> dict[int, tuple[int, ...]]:
        """Returns what each key types, layout by layout and level by level."""
        setup = self._xcb.xcb_get_setup(self._line).contents
        first, count = setup.first_key, setup.last_key - setup.first_key + 1
        cookie = self._xcb.xcb_get_keyboard_mapping(self._line, first, count)
        reply = self._xcb.xcb_get_keyboard_mapping_reply(self._line, cookie, None)
        if not reply:
            return {}
        width = int(reply.contents.width)
        symbols = self._xcb.xcb_get_keyboard_mapping_keysyms(reply)[: width * count]
        self._free(reply)
        return {first + i: tuple(symbols[i * width : (i + 1) * width]) for i in range(count)}

    def _read_modifiers(self, keyboard: dict[int, tuple[int, ...]]) -> list[set[int]]:
        """Returns, for each of the eight modifiers, the keysyms of the keys that set it."""
        cookie = self._xcb.xcb_get_modifier_mapping(self._line)
        reply = self._xcb.xcb_get_modifier_mapping_reply(self._line, cookie, None)
        if not reply:
            return []
        width = int(reply.contents.width)
        keys = self._xcb.xcb_get_modifier_mapping_keycodes(reply)[: width * _ROWS]
        self._free(reply)
        rows = (keys[i * width : (i + 1) * width] for i in range(_ROWS))
        return [{symbol for key in row for symbol in keyboard.get(key, ())} for row in rows]

    def _find_root(self, screen: int) -> int:
        screens = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._line))
        for _ in range(screen):
            self._xcb.xcb_screen_next(ctypes.byref(screens))
        return int(screens.data[0])


def _places(keyboard: dict[int, tuple[int, ...]], keysym: int) -> list[tuple[int, int]]:
    """Returns the keys that type a symbol, each with its level; without Shift if possible."""
    # Two layouts with two levels each; what lies behind needs AltGr.
    for column in (0, 2, 1, 3):
        found = [
            key for key, symbols in keyboard.items() if symbols[column : column + 1] == (keysym,)
        ]
        if found:
            return [(key, column % 2) for key in found]
    return []


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Event(ctypes.Structure):
    """The head of an event; key and time only mean something in one of the keyboard."""

    _fields_ = (
        ("kind", ctypes.c_uint8),
        ("key", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("time", ctypes.c_uint32),
    )


class _Map(ctypes.Structure):
    """The head of a reply with a table in it."""

    _fields_ = (("kind", ctypes.c_uint8), ("width", ctypes.c_uint8))


class _Setup(ctypes.Structure):
    """What the server says first, up to the range of its keys."""

    _fields_ = (
        ("unused", ctypes.c_uint8 * 34),
        ("first_key", ctypes.c_uint8),
        ("last_key", ctypes.c_uint8),
    )


class _Screens(ctypes.Structure):
    _fields_ = (
        ("data", ctypes.POINTER(ctypes.c_uint32)),  # the root window comes first
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


def _library() -> Any:  # noqa: ANN401 - a library is whatever is in it
    """Returns libxcb with the types of all that we call in it."""
    library = ctypes.CDLL("libxcb.so.1")
    line, table, setup = ctypes.c_void_p, ctypes.POINTER(_Map), ctypes.POINTER(_Setup)
    u8, u16, u32 = ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32
    answer = ([line, _Cookie, ctypes.c_void_p], table)
    types: dict[str, tuple[list[Any], Any]] = {
        "xcb_connect": ([ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)], line),
        "xcb_connection_has_error": ([line], ctypes.c_int),
        "xcb_disconnect": ([line], None),
        "xcb_flush": ([line], ctypes.c_int),
        "xcb_get_file_descriptor": ([line], ctypes.c_int),
        "xcb_get_setup": ([line], setup),
        "xcb_setup_roots_iterator": ([setup], _Screens),
        "xcb_screen_next": ([ctypes.POINTER(_Screens)], None),
        "xcb_poll_for_event": ([line], ctypes.POINTER(_Event)),
        "xcb_request_check": ([line, _Cookie], line),
        "xcb_grab_key_checked": ([line, u8, u32, u16, u8, u8, u8], _Cookie),
        "xcb_ungrab_key": ([line, u8, u32, u16], _Cookie),
        "xcb_get_keyboard_mapping": ([line, u8, u8], _Cookie),
        "xcb_get_keyboard_mapping_reply": answer,
        "xcb_get_keyboard_mapping_keysyms": ([table], ctypes.POINTER(u32)),
        "xcb_get_modifier_mapping": ([line], _Cookie),
        "xcb_get_modifier_mapping_reply": answer,
        "xcb_get_modifier_mapping_keycodes": ([table], ctypes.POINTER(u8)),
    }
    for symbol, (arguments, result) in types.items():
        function = getattr(library, symbol)
        function.argtypes, function.restype = arguments, result
    return library
