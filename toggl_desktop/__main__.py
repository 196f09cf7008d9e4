"""The `toggl-desktop` command: the desktop app without a command, else the command line.

This is where the command line meets the machine. Nothing is imported before it is known to be
needed: a status bar starts this program again and again.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from toggl_desktop.cli.accounts import Desk
    from toggl_desktop.cli.context import Finding, Machine, Picture
    from toggl_desktop.cli.main import Outer
    from toggl_desktop.cli.sync import Syncer
    from toggl_desktop.domain.clock import Reading
    from toggl_desktop.domain.plan.rows import Plan
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.place import Place


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program and returns its exit code."""
    gc.disable()  # collecting while modules are loaded is a tenth of a cold status
    arguments = list(sys.argv[1:] if argv is None else argv)
    if "_ARGCOMPLETE" in os.environ:
        from toggl_desktop.cli.completion import complete

        return complete(machine())
    from toggl_desktop.cli import main as cli
    from toggl_desktop.cli.arguments import UsageError

    try:
        said = cli.outer(arguments)
    except UsageError:
        said = cli.Outer(arguments)  # the command line says what is wrong
    if cli.wants_desktop(said):
        return _desktop(said)
    sys.excepthook = cli.last_resort
    return cli.run(arguments, machine())


def _desktop(said: Outer) -> int:
    from toggl_desktop.app.main import main as desktop

    return desktop(os.environ, said.data_dir, said.profile, background=said.background)


def machine() -> Machine:
    """Returns what this computer offers to the command line; each part is imported when asked."""
    from toggl_desktop.cli.context import Machine

    return Machine(
        environment=os.environ,
        now=_now,
        zone=_zone,
        window_open=_window_open,
        poke=_poke,
        ring=_ring,
        probes={
            "keyring": _keyring,
            "desktop": _session,
            "network": _network,
        },
        accounts=_accounts,
        prompt=_Prompt(),
        syncer=_syncer,
        draw=_draw,
    )


def _now() -> Reading:
    from toggl_desktop.system.clock import SystemClock

    return SystemClock().now()


def _zone() -> tzinfo:
    from toggl_desktop.system.zone import local_zone

    return local_zone()


def _window_open(data_dir: Path) -> bool:
    from toggl_desktop.system.doorbell import is_open

    return is_open(data_dir)


def _draw(plan: Plan, picture: Picture) -> bytes:
    from toggl_desktop.app.drawing import draw

    return draw(plan, picture)


def _poke(data_dir: Path) -> object:
    from toggl_desktop.system.doorbell import poke

    return poke(data_dir)


def _ring(data_dir: Path, verb: str) -> bool:
    from toggl_desktop.system.doorbell import ring

    return ring(data_dir, verb)


def _accounts(store: Store, machine: Machine) -> Desk:
    from toggl_desktop.app.accounts import Accounts
    from toggl_desktop.app.blocking import Blocking

    return Blocking(Accounts(store, machine.environment, machine.now))


def _syncer(store: Store, machine: Machine) -> Syncer:
    from toggl_desktop.app.accounts import Accounts
    from toggl_desktop.app.syncing import Blocking
    from toggl_desktop.system.clock import SystemClock

    clock = SystemClock()
    return Blocking(store, Accounts(store, machine.environment, machine.now), clock)


class _Prompt:
    """The terminal, or standard input where there is none."""

    @property
    def is_terminal(self) -> bool:
        """Whether a person sits there."""
        return sys.stdin is not None and sys.stdin.isatty()

    def line(self, question: str) -> str:
        """Returns a line of text; an ended input is an empty one."""
        if self.is_terminal:
            sys.stderr.write(question)
            sys.stderr.flush()
        return "" if sys.stdin is None else sys.stdin.readline()

    def secret(self, question: str) -> str:
        """Returns a line that is not shown while it is typed."""
        if not self.is_terminal:
            return self.line(question)
        from getpass import getpass

        try:
            return getpass(question)
        except EOFError:
            return ""


# What `doctor` looks at. Nothing here is needed for the timer to work, so nothing is bad.


def _keyring(_now: Reading, _place: Place) -> list[Finding]:
    from toggl_desktop.cli.context import Finding
    from toggl_desktop.system.keyring import probe

    state = probe()
    return [Finding(state.sentence, is_good=state.is_usable or None)]


def _session(_now: Reading, _place: Place) -> list[Finding]:
    from toggl_desktop.cli.context import Finding
    from toggl_desktop.system.session import look

    found = look()
    goods = (found.display != "none", found.has_tray, found.idle_source is not None)
    return [
        Finding(sentence, is_good=good or None)
        for good, sentence in zip(goods, found.sentences(), strict=True)
    ]


def _network(now: Reading, place: Place) -> list[Finding]:
    from toggl_desktop.app.proxying import of_environment, way_of
    from toggl_desktop.cli.context import Finding
    from toggl_desktop.domain.proxies import named
    from toggl_desktop.remote.probe import probe

    found = []
    way = way_of(place)
    name = of_environment() if way.proxy is None else named(way.proxy.url)
    if name:
        found.append(Finding(f"Servers outside are reached through {name}."))
    if way.authority is not None:
        found.append(Finding(f"Beside the system's authorities {way.authority} is believed."))
    for name, chosen, usual in (
        ("TOGGL_TRACK_URL", way.track_url, "https://api.track.toggl.com/api/v9"),
        ("TOGGL_PLAN_URL", "", "https://api.plan.toggl.com/api/v5"),
    ):
        url = os.environ.get(name) or chosen or usual
        answer = probe(url, authority=way.authority, proxy=way.proxy)
        found.append(Finding(answer.sentence, is_good=answer.reachable or None))
        if answer.server_time is not None:
            found.append(_skew(now.wall - answer.server_time))
    return found


def _skew(seconds: int) -> Finding:
    """Says how far this computer's clock is from a server's."""
    from toggl_desktop.cli.context import Finding

    if abs(seconds) <= 30:
        return Finding("The computer's clock agrees with the server's.", is_good=True)
    word = "ahead of" if seconds > 0 else "behind"
    sentence = f"The computer's clock is {abs(seconds)} s {word} the server's; set it."
    return Finding(sentence, is_good=False)


if __name__ == "__main__":
    sys.exit(main())
