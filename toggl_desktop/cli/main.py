"""From the arguments to the exit code."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from toggl_desktop.cli.arguments import HELP, Command, UsageError, is_option, parse
from toggl_desktop.cli.context import Context, Machine
from toggl_desktop.cli.output import Output
from toggl_desktop.domain.errors import (
    KnownError,
    NothingToDoError,
    ServerError,
    SignInError,
    StoreError,
)

if TYPE_CHECKING:
    from types import TracebackType

DONE, REFUSED, USAGE, NOTHING_TO_DO = 0, 1, 2, 3
NOT_SIGNED_IN, NO_SERVER, NO_STORE, INTERRUPTED = 4, 5, 6, 130

GROUPS: Final = (
    ("Timer", "timer", ("start", "stop", "continue", "switch", "unstop")),
    ("Timer", "status", ("status",)),
    ("Entries", "listing", ("entries",)),
    ("Entries", "entries", ("add", "edit", "split", "merge", "duplicate", "delete")),
    ("Projects and such", "catalog", ("projects", "clients", "tags", "tasks")),
    ("Projects and such", "more", ("favourites", "workspaces")),
    ("Plan", "plan", ("plan",)),
    ("History", "history", ("undo", "redo", "history")),
    ("History", "events", ("events",)),
    ("Files", "files", ("import", "export")),
    ("Files", "care", ("backup", "restore", "doctor")),
    ("Accounts", "accounts", ("signin", "signout")),
    ("Accounts", "sync", ("sync", "problems")),
    ("This program", "preferences", ("settings",)),
    ("This program", "windows", ("palette", "show")),
    ("This program", "completion", ("completion",)),
)
_MODULES: Final = {name: module for _, module, names in GROUPS for name in names}


class Outer(NamedTuple):
    """The options that may stand anywhere, and what is left without them."""

    rest: list[str]
    data_dir: str | None = None
    profile: str | None = None
    background: bool = False
    wants_help: bool = False
    wants_version: bool = False


def outer(arguments: Sequence[str]) -> Outer:
    """Takes `--data-dir`, `--profile`, `--background`, `-h` and `-V` out, wherever they stand.

    Raises:
        UsageError: One of them lacks its value.
    """
    found = Outer([])
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        name, has_value, value = argument.partition("=")
        if argument == "--":
            found.rest.extend([argument, *waiting])
            break
        if name in {"--data-dir", "--profile"}:
            if not has_value and waiting:
                value = waiting.pop(0)
            if not value:
                raise UsageError(f"“{name}” needs a value. See “toggl-desktop -h”.")
            is_profile = name == "--profile"
            found = found._replace(profile=value) if is_profile else found._replace(data_dir=value)
        elif argument in HELP:
            found = found._replace(wants_help=True)
        elif argument in {"-V", "--version"}:
            found = found._replace(wants_version=True)
        elif argument == "--background":
            found = found._replace(background=True)
        else:
            found.rest.append(argument)
    return found


def wants_desktop(said: Outer) -> bool:
    """Tells whether the arguments ask for the desktop app: no command, no help, no version."""
    return not (said.rest or said.wants_help or said.wants_version)


def run(arguments: Sequence[str], machine: Machine, output: Output | None = None) -> int:
    """Does what the arguments ask and returns the exit code; every refusal is one sentence."""
    os.umask(0o077)
    output = output or Output(sys.stdout, sys.stderr)
    try:
        try:
            _run(outer(arguments), machine, output)
        finally:
            output.flush()
    except UsageError as error:
        output.complain(error.sentence)
        return USAGE
    except KnownError as error:
        output.complain(_capital(error.sentence))
        return _code(error)
    except BrokenPipeError:
        output.give_up()
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _capital(sentence: str) -> str:
    """Returns the sentence with a capital; one that begins with a file's name stays."""
    return f"A{sentence[1:]}" if sentence.startswith("an entry ") else sentence


def _code(error: KnownError) -> int:
    codes = (
        (NothingToDoError, NOTHING_TO_DO),
        (SignInError, NOT_SIGNED_IN),  # before ServerError: a refused sign-in is both
        (ServerError, NO_SERVER),
        (StoreError, NO_STORE),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), REFUSED)


def _run(said: Outer, machine: Machine, output: Output) -> None:
    if said.wants_version:
        from toggl_desktop import __version__

        output.line(f"toggl-desktop {__version__}")
        return
    if said.background:
        raise UsageError("“--background” starts the desktop app and goes without a command.")
    if not said.rest or is_option(said.rest[0]):
        if said.wants_help:
            from toggl_desktop.cli.help import overview

            output.block(overview())
            return
        raise UsageError(f"There is no option “{said.rest[0]}”. See “toggl-desktop -h”.")
    command, rest = find(said.rest, helps=said.wants_help)
    if said.wants_help:
        from toggl_desktop.cli.help import about

        output.block(about(_asked(said.rest, command), command))
        return
    command.run(Context(machine, output, said.data_dir, said.profile), parse(command, rest))


def _asked(tokens: Sequence[str], command: Command) -> str:
    """Returns the noun that help is asked about: `plan`, `plan milestone`."""
    words = command.name.split()
    same = [word for word, token in zip(words, tokens, strict=False) if word == token]
    return " ".join(words[: max(1, min(len(same), len(words) - 1))])


def find(tokens: Sequence[str], *, helps: bool = False) -> tuple[Command, list[str]]:
    """Returns the command that the tokens begin with, and what follows it.

    Args:
        tokens: The arguments.
        helps: Whether help is wanted: then the beginning of a command is enough.

    Raises:
        UsageError: There is no such command.
    """
    name = tokens[0]
    if name not in _MODULES:
        raise UsageError(_unknown(name))
    known = commands(_MODULES[name])
    if name in known:
        return known[name], list(tokens[1:])
    verbs = [full.partition(" ")[2] for full in known if full.startswith(f"{name} ")]
    if len(tokens) == 1 or is_option(tokens[1]):
        looks = known.get(f"{name} list") or known[f"{name} {verbs[0]}"]
        return looks, list(tokens[1:])  # to look is what is meant without a verb
    for count in (2, 1):  # `plan milestone add` has a verb of two words
        verb = " ".join(tokens[1 : 1 + count])
        if verb in verbs:
            return known[f"{name} {verb}"], list(tokens[1 + count :])
    half = [verb for verb in verbs if verb.startswith(f"{tokens[1]} ")]
    if half and helps:
        return known[f"{name} {half[0]}"], []
    if half:
        able = ", ".join(verb.partition(" ")[2] for verb in half)
        raise UsageError(
            f"“toggl-desktop {name} {tokens[1]}” can {able}. "
            f"See “toggl-desktop {name} {tokens[1]} -h”."
        )
    raise UsageError(
        f"“toggl-desktop {name}” can {', '.join(verbs)}; it does not know “{tokens[1]}”."
    )


def commands(module: str) -> dict[str, Command]:
    """Returns the commands of a module by name; only this one is imported."""
    found: tuple[Command, ...] = __import__(
        f"toggl_desktop.cli.{module}", fromlist=["COMMANDS"]
    ).COMMANDS
    return {command.name: command for command in found}


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, _MODULES, 2)
    guess = f"Did you mean {' or '.join(f'“{n}”' for n in near)}?" if near else ""
    return f"There is no command “{name}”. {guess or 'See “toggl-desktop -h”.'}"


def last_resort(
    kind: type[BaseException], error: BaseException, trace: "TracebackType | None"
) -> None:
    """Says in one sentence that we made a mistake, and where; for `sys.excepthook`."""
    if issubclass(kind, KeyboardInterrupt):
        return
    if os.environ.get("TOGGL_DESKTOP_DEBUG"):
        sys.__excepthook__(kind, error, trace)
        return
    where = "?"
    while trace is not None:
        code = trace.tb_frame.f_code
        if "toggl_desktop" in code.co_filename:
            where = f"{os.path.basename(code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119
        trace = trace.tb_next
    Output(None, sys.stderr).complain(
        f"This is a mistake in Toggl Desktop ({kind.__name__}, {where}); what was saved is safe. "
        "Please report it; with TOGGL_DESKTOP_DEBUG=1 it tells more."
    )
