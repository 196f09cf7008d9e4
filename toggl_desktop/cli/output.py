"""What is printed, and where it cannot be.

Every line for people goes through here, so that text from elsewhere can neither break a line nor
steer a terminal, and so that a closed pipe or a small character set never ends in a traceback.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any, TextIO

from toggl_desktop.domain.errors import KnownError

# What JSON leaves as it is although a terminal would act on it or cannot show it.
_ACTING = "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
_PLAIN = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "’": "'",
        "–": "-",
        "−": "-",
        "·": "|",
        "…": "...",
        "→": "->",
        "●": "*",
        "○": "o",
        "▸": ">",
    }
)
_LONGEST_LINE = 20_000


class OutputError(KnownError):
    """The answer could not be written where it should go."""


class Output:
    """Standard output and error of one command; either may be missing."""

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self._out = out
        self._err = err
        self._has_all = _takes_everything(out)

    def line(self, text: str) -> None:
        """Prints one line for people, neutralised."""
        from toggl_desktop.domain.plaintext import one_line

        self._write(self._shown(one_line(text, _LONGEST_LINE), has_all=self._has_all))

    def block(self, text: str) -> None:
        """Prints our own text of several lines as it is."""
        self._write(self._shown(text, has_all=self._has_all))

    def json(self, value: Any) -> None:  # noqa: ANN401 - JSON is anything
        """Prints one JSON value on one line; as ASCII where not every character can be shown."""
        self._write(self.as_json(value))

    def as_json(self, value: Any) -> str:  # noqa: ANN401
        """Returns a JSON value as one line that no terminal acts upon."""
        text = json.dumps(value, ensure_ascii=not self._has_all)
        return text if text.isascii() else re.sub(_ACTING, _escaped, text)

    def json_list(self, values: list[Any]) -> None:
        """Prints a JSON array with one element a line."""
        if not values:
            self._write("[]")
            return
        for place, value in enumerate(values):
            start = "[" if place == 0 else " "
            end = "]" if place == len(values) - 1 else ","
            self._write(f"{start}{self.as_json(value)}{end}")

    def bytes(self, data: bytes) -> None:
        """Passes bytes through, unchanged."""
        if self._out is None:
            return
        try:
            self._out.flush()
            self._out.buffer.write(data)
        except OSError as error:
            self._fail(error)

    def complain(self, sentence: str) -> None:
        """Prints a refusal on the error output: one line."""
        from toggl_desktop.domain.plaintext import one_line

        if self._err is None:
            return
        text = self._shown(one_line(sentence, 2000), has_all=_takes_everything(self._err))
        try:
            self._err.write(text + "\n")
            self._err.flush()
        except (OSError, ValueError):
            self._err = None  # nobody can be told

    def progress(self, sentence: str) -> None:
        """Tells a person who watches that it takes a while; a script is told nothing."""
        if self._err is not None and self._err.isatty():
            self.complain(sentence)

    def flush(self) -> None:
        """Guarantees that what was printed has arrived."""
        if self._out is None:
            return
        try:
            self._out.flush()
        except OSError as error:
            self._fail(error)

    def descriptor(self) -> int | None:
        """Returns the file descriptor behind the output, to notice when its reader goes away."""
        try:
            return None if self._out is None else self._out.fileno()
        except (OSError, ValueError):
            return None

    def give_up(self) -> None:
        """Forgets the output: whoever read it is gone, and what is left over has no way to go."""
        if self._out is None:
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._out.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            pass
        self._out = None

    def _write(self, text: str) -> None:
        if self._out is None:
            return
        try:
            self._out.write(text + "\n")
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> None:
        self.give_up()
        if isinstance(error, BrokenPipeError):
            raise error
        raise OutputError(
            f"The answer could not be written: {error.strerror}. Free some space or write it "
            "elsewhere; what the command does besides answering is done."
        ) from error

    @staticmethod
    def _shown(text: str, *, has_all: bool) -> str:
        return text if has_all or text.isascii() else text.translate(_PLAIN)


def _takes_everything(stream: TextIO | None) -> bool:
    """Tells whether a stream can carry every character; makes one that cannot say `?` instead."""
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-")
    if encoding in {"utf-8", "utf8"}:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
        return True
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return False


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
