"""The X selection that says whether there is an XEmbed tray, watched instead of asked.

Qt docks an icon by itself when such a tray turns up, but tells nobody. XFixes does: it reports
each change of the selection's owner, the end of its client included. libxcb is used as it is,
because it is there wherever Qt's own X support runs, and because it survives the loss of the
display, where Xlib ends the process.
"""

from __future__ import annotations

import ctypes
import os
from typing import Any, Final

_SELECTION_EVENTS: Final = 0b111  # a new owner, its window destroyed, its client gone


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Reply(ctypes.Structure):
    """The head of the replies we read: an atom, an owner, or (in `flag`) a yes or no."""

    _fields_ = (
        ("kind", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("value", ctypes.c_uint32),
    )


class _Screens(ctypes.Structure):
    _fields_ = (
        ("data", ctypes.POINTER(ctypes.c_uint32)),  # the root window comes first
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


class TraySelection:
    """One connection to the display that knows whether an XEmbed tray is there.

    It never raises on a display that goes away: it says so by `is_alive` and answers “no tray”.
    """

    def __init__(self, display: str = "") -> None:
        """Connects to the display, `$DISPLAY` by default.

        Raises:
            OSError: There is no display, or the libraries for it are missing.
        """
        display = display or os.environ.get("DISPLAY", "")
        if not display:
            raise OSError("no display")
        self._xcb = _library("libxcb.so.1")
        self._free = ctypes.CDLL(None).free
        self._free.argtypes = [ctypes.c_void_p]
        screen = ctypes.c_int(0)
        self._line: int | None = self._xcb.xcb_connect(display.encode(), ctypes.byref(screen))
        if not self.is_alive:
            self.close()
            raise OSError("the display does not answer")
        self._atom = self._ask("intern_atom", 0, *_text(f"_NET_SYSTEM_TRAY_S{screen.value}"))
        self.is_watching = self._watch(screen.value)

    @property
    def is_alive(self) -> bool:
        """Whether the display still answers."""
        return self._line is not None and self._xcb.xcb_connection_has_error(self._line) == 0

    def fileno(self) -> int:
        """Returns the descriptor that becomes readable when there may be news."""
        return int(self._xcb.xcb_get_file_descriptor(self._line)) if self._line else -1

    def has_tray(self) -> bool:
        """Tells whether an XEmbed tray is there now, and takes in all news that led to it."""
        self._take_events()
        owner = self._ask("get_selection_owner", self._atom) if self._line else 0
        # An event that came while we waited for the reply no longer makes the descriptor readable.
        while self._take_events():
            owner = self._ask("get_selection_owner", self._atom)
        return owner != 0

    def has_extension(self, name: str) -> bool:
        """Tells whether the display offers an extension."""
        return bool(self._ask("query_extension", *_text(name)) & 0xFF) if self._line else False

    def close(self) -> None:
        """Ends the connection."""
        if self._line is not None:
            self._xcb.xcb_disconnect(self._line)
            self._line = None

    def _ask(self, request: str, *arguments: object) -> int:
        """Returns the first value of the reply to a request; 0 when none came."""
        cookie = getattr(self._xcb, f"xcb_{request}")(self._line, *arguments)
        error = ctypes.c_void_p()
        reply = getattr(self._xcb, f"xcb_{request}_reply")(self._line, cookie, ctypes.byref(error))
        self._free(error)
        if not reply:
            return 0
        value = int(reply.contents.value)
        self._free(reply)
        return value

    def _take_events(self) -> bool:
        """Empties the queue; tells whether anything was in it."""
        any_came = False
        while self.is_alive and (event := self._xcb.xcb_poll_for_event(self._line)):
            self._free(event)
            any_came = True
        return any_came

    def _watch(self, screen: int) -> bool:
        """Asks for news of the selection; tells whether the display will send any."""
        if not self.has_extension("XFIXES"):
            return False
        try:
            fixes = _library("libxcb-xfixes.so.0")
        except OSError:
            return False
        # The server wants to be told the version before anything else is asked of the extension.
        cookie = fixes.xcb_xfixes_query_version(self._line, 5, 0)
        error = ctypes.c_void_p()
        self._free(fixes.xcb_xfixes_query_version_reply(self._line, cookie, ctypes.byref(error)))
        self._free(error)
        fixes.xcb_xfixes_select_selection_input(
            self._line, self._root(screen), self._atom, _SELECTION_EVENTS
        )
        self._xcb.xcb_flush(self._line)
        return self.is_alive

    def _root(self, screen: int) -> int:
        screens = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._line))
        for _ in range(screen):
            self._xcb.xcb_screen_next(ctypes.byref(screens))
        return int(screens.data[0])


def _text(name: str) -> tuple[int, bytes]:
    return len(name), name.encode("ascii")


def _library(name: str) -> Any:  # noqa: ANN401 - a library is whatever is in it
    """Returns the library with the types of all that we call in it."""
    library = ctypes.CDLL(name)
    line, reply = ctypes.c_void_p, ctypes.POINTER(_Reply)
    u8, u16, u32 = ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32
    answer = ([line, _Cookie, ctypes.POINTER(ctypes.c_void_p)], reply)
    types: dict[str, tuple[list[Any], Any]] = {
        "xcb_connect": ([ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)], line),
        "xcb_connection_has_error": ([line], ctypes.c_int),
        "xcb_disconnect": ([line], None),
        "xcb_flush": ([line], ctypes.c_int),
        "xcb_get_file_descriptor": ([line], ctypes.c_int),
        "xcb_get_setup": ([line], ctypes.c_void_p),
        "xcb_setup_roots_iterator": ([ctypes.c_void_p], _Screens),
        "xcb_screen_next": ([ctypes.POINTER(_Screens)], None),
        "xcb_poll_for_event": ([line], ctypes.c_void_p),
        "xcb_intern_atom": ([line, u8, u16, ctypes.c_char_p], _Cookie),
        "xcb_intern_atom_reply": answer,
        "xcb_get_selection_owner": ([line, u32], _Cookie),
        "xcb_get_selection_owner_reply": answer,
        "xcb_query_extension": ([line, u16, ctypes.c_char_p], _Cookie),
        "xcb_query_extension_reply": answer,
        "xcb_xfixes_query_version": ([line, u32, u32], _Cookie),
        "xcb_xfixes_query_version_reply": (answer[0], ctypes.c_void_p),
        "xcb_xfixes_select_selection_input": ([line, u32, u32, u32], _Cookie),
    }
    for symbol, (arguments, result) in types.items():
        function = getattr(library, symbol, None)  # each library has only its own part
        if function is not None:
            function.argtypes, function.restype = arguments, result
    return library
