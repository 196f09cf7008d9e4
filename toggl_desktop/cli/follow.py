"""Printing with every change: wakes for commits of other processes, and when shown time moves on.

It ends cleanly when it is interrupted, when it is asked to by SIGTERM, and when nobody reads it.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from toggl_desktop.cli import status
from toggl_desktop.domain.instants import day_bounds, day_of
from toggl_desktop.store.reading import reading
from toggl_desktop.store.watch import Watch

if TYPE_CHECKING:
    from toggl_desktop.cli.arguments import Given
    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.read.status import Status
    from toggl_desktop.store.source import Source

_LONGEST_SLEEP_SECONDS = 3600


class Follower:
    """Looks at the store again whenever somebody commits; a store put in place of it is taken up.

    Attributes:
        source: The store as it is now.
    """

    def __init__(self, context: Context, stack: ExitStack) -> None:
        gc.enable()  # from here on we live long
        self._place = context.place
        self._stack = stack
        self._opened = stack.enter_context(ExitStack())
        self.source = self._open()
        self._watch = stack.enter_context(Watch(context.place))
        self._output = _pipe(context.output.descriptor())
        self._end = stack.enter_context(_asked_to_end())

    def _open(self) -> Source:
        self._opened.close()
        self.source = self._opened.enter_context(reading(self._place))
        self._version = self._data_version()
        self._files = self._identity()
        return self.source

    def _identity(self) -> tuple[int, ...]:
        """Returns what tells the store's files from others that are put in their place."""
        numbers = []
        for suffix in ("", "-wal"):
            try:
                numbers.append(os.stat(f"{self._place.database}{suffix}").st_ino)  # noqa: PTH116
            except OSError:
                numbers.append(0)
        return tuple(numbers)

    def _data_version(self) -> int:
        return int(self.source.value("PRAGMA data_version"))

    def changed(self, seconds: float | None) -> bool | None:
        """Waits; tells whether something was committed, None when it is time to end.

        Args:
            seconds: At most so long.
        """
        ends = [] if self._output is None else [self._output]
        if self._watch.wait(seconds, [] if self._end is None else [self._end], ends):
            return None
        files = self._identity()
        if files != self._files and files[0]:
            self._open()
            return True
        if not files[0]:
            return False  # moved away; another one will come
        version = self._data_version()
        has_changed, self._version = version != self._version, version
        return has_changed


def _pipe(descriptor: int | None) -> int | None:
    """Returns the output where somebody reads at its other end, who may go away."""
    import stat

    if descriptor is None:
        return None
    mode = os.fstat(descriptor).st_mode
    return descriptor if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) else None


@contextmanager
def _asked_to_end() -> Iterator[int | None]:
    """Lends a descriptor that has news when the process is asked to end; a line is never cut."""
    if os.name != "posix":
        yield None
        return
    read, write = os.pipe()
    os.set_blocking(write, False)
    numbers = [
        number
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(number) is not signal.SIG_IGN  # so `nohup` goes on meaning it
    ]
    before = [signal.signal(number, _noted) for number in numbers]
    woken = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    try:
        yield read
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
        os.close(read)
        os.close(write)


def _noted(_number: int, _frame: object) -> None:
    """The wake-up descriptor says it all."""


def follow(
    context: Context,
    show: Callable[[Source, bool], None],
    until: Callable[[], float | None],
) -> None:
    """Calls `show` now, after every commit and whenever `until` says, till it is time to end.

    Args:
        context: Where to look and print.
        show: Is told whether the store has changed.
        until: Returns after how many seconds to show again though nothing changes; None for never.
    """
    with ExitStack() as stack:
        follower = Follower(context, stack)
        has_changed: bool | None = True
        while has_changed is not None:
            show(follower.source, has_changed)
            context.output.flush()
            wait = until()
            has_changed = follower.changed(wait)
            while has_changed is False and wait is None:
                has_changed = follower.changed(None)


class _StatusLines:
    """Which lines `status --follow` prints, and when the next one is due."""

    def __init__(self, context: Context, given: Given) -> None:
        self._context, self._given = context, given
        self._shown = ""
        self._wait: float | None = None

    def show(self, source: Source, has_changed: bool) -> None:  # noqa: FBT001 - as `follow` says it
        context = self._context
        now = context.machine.now().wall
        state = status.state(context, source, now)
        if self._given.has("json"):
            if has_changed:
                context.output.json(status.as_json(context, state, now))
            return
        lines, names = self._lines(state, now)
        self._wait = self._next_change(state, names, now)
        text = "\n".join(lines)
        if text != self._shown:
            self._shown = text
            for line in lines:
                context.output.line(line)

    def _lines(self, state: Status, now: int) -> tuple[list[str], frozenset[str]]:
        """Returns the lines to print and the fields in them that move with time."""
        from toggl_desktop.cli import bars

        context, template = self._context, self._given.value("format")
        if self._given.has("waybar"):
            return [context.output.as_json(bars.waybar(context, state, now))], bars.BY_MINUTE
        if template is not None:
            own = bars.Template(template, self._given)
            return [own.filled(context, state, now)], frozenset(own.names)
        lines = bars.for_people(context, state, now, with_seconds=False)
        return [" · ".join(line.strip() for line in lines)], bars.BY_MINUTE

    def _next_change(self, state: Status, names: frozenset[str], now: int) -> float:
        """Returns in how many seconds the line will read differently by itself."""
        zone = self._context.zone
        waits = [day_bounds(day_of(now, zone), zone)[1] - now, _LONGEST_SLEEP_SECONDS]
        if state.running is not None:
            shown = {
                "elapsed": state.running.seconds(now),
                "today": state.today_seconds,
                "week": state.week_seconds,
            }
            waits += [60 - seconds % 60 for name, seconds in shown.items() if name in names]
            waits += [1 for name in ("clock", "seconds") if name in names]
        return max(1, min(waits))

    def until(self) -> float | None:
        return self._wait


def follow_status(context: Context, given: Given) -> None:
    """Prints the state now and with every change."""
    lines = _StatusLines(context, given)
    follow(context, lines.show, lines.until)
