"""Shell completion: `completion bash` prints what a shell reads once, `complete` answers it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from toggl_desktop.cli.arguments import Command, Completes, Given, Word, is_option
from toggl_desktop.cli.words import content, short_id
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.plaintext import one_line

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser, Namespace

    from toggl_desktop.cli.context import Machine
    from toggl_desktop.store.source import Source

Answer = dict[str, str]
"""What may stand there, and a word about each, for shells that show it."""

_ENTRIES = 200


def _completion(_context: object, given: Given) -> None:
    from toggl_desktop.cli.output import Output

    Output(sys.stdout, sys.stderr).block(script(given.word("SHELL")))


def script(shell: str) -> str:
    """Returns the lines that teach a shell to ask us."""
    from argcomplete.shell_integration import shellcode

    return shellcode(["toggl-desktop"], use_defaults=False, shell=shell).strip("\n")


COMMANDS = (
    Command(
        "completion",
        "prints the lines that make a shell complete this command",
        _completion,
        words=(Word("SHELL", "which shell", choices=("bash", "zsh", "fish")),),
        details=(
            'bash: eval "$(toggl-desktop completion bash)" in ~/.bashrc; '
            'zsh: eval "$(toggl-desktop completion zsh)" in ~/.zshrc after compinit; '
            "fish: toggl-desktop completion fish > ~/.config/fish/completions/toggl-desktop.fish."
        ),
    ),
)


# Answering a shell -------------------------------------------------------------------------


def complete(machine: Machine) -> int:
    """Answers a shell that asks what may stand at the cursor; ends the process."""
    import argcomplete

    line = os.environ.get("COMP_LINE", "")[: _point()]
    argcomplete.autocomplete(
        _parser(machine, line.split()),
        always_complete_options=False,  # the names are wanted; options come after a dash
        default_completer=argcomplete.completers.SuppressCompleter(),
    )
    return 0


def _point() -> int:
    text = os.environ.get("COMP_POINT", "")
    return int(text) if text.isdecimal() else 1 << 20


def _parser(machine: Machine, typed: list[str]) -> ArgumentParser:
    """Returns what we take as argparse tells it; whole only for the command that is typed."""
    from argparse import ArgumentParser

    from toggl_desktop.cli.main import GROUPS

    root = ArgumentParser("toggl-desktop", add_help=False)
    _add_outer(root)
    children = root.add_subparsers(dest="command")
    begun = {word for word in typed[1:] if not is_option(word)}
    for title, module, names in GROUPS:
        for name in names:
            if name in begun:
                _add_command(children, machine, module, name)
            else:
                children.add_parser(name, add_help=False, help=title)
    return root


def _add_outer(parser: ArgumentParser) -> None:
    import argcomplete

    action = parser.add_argument("--data-dir")
    action.completer = argcomplete.completers.DirectoriesCompleter()  # type: ignore[attr-defined]
    parser.add_argument("--profile")
    for switches in (("--background",), ("-h", "--help"), ("-V", "--version")):
        parser.add_argument(*switches, action="store_true")


def _add_command(children: Any, machine: Machine, module: str, name: str) -> None:  # noqa: ANN401
    from toggl_desktop.cli.main import commands

    known = commands(module)
    if name in known:
        _fill(children.add_parser(name, add_help=False), machine, known[name])
        return
    noun = children.add_parser(name, add_help=False)
    verbs = noun.add_subparsers(dest="verb")
    inner: dict[str, Any] = {}
    for full, command in known.items():
        if full.startswith(f"{name} "):
            verb, _, second = full.partition(" ")[2].partition(" ")
            group = verbs
            if second:  # `plan milestone add`
                if verb not in inner:
                    parser = verbs.add_parser(verb, add_help=False, help=command.summary)
                    inner[verb] = parser.add_subparsers(dest="second")
                group, verb = inner[verb], second
            _fill(group.add_parser(verb, add_help=False, help=command.summary), machine, command)


def _fill(parser: ArgumentParser, machine: Machine, command: Command) -> None:
    for word in command.words:
        times = None if word.times == "1" else word.times
        action = parser.add_argument(word.name, nargs=times, help=word.help)
        _offer(action, machine, word.completes, word.choices)
    for option in command.options:
        forms = [f"--{option.name}", *([f"-{option.short}"] if option.short else [])]
        forms += [f"--no-{option.name}"] if option.has_no else []
        if option.value:
            action = parser.add_argument(*forms, help=option.help)
            _offer(action, machine, option.completes, option.choices)
        else:
            parser.add_argument(*forms, action="store_true", help=option.help)


def _offer(
    action: Action, machine: Machine, completes: Completes, choices: tuple[str, ...]
) -> None:
    import argcomplete

    completer: Callable[..., Iterable[str] | Answer]
    if choices:
        completer = argcomplete.completers.ChoicesCompleter(dict.fromkeys(choices, ""))
    elif completes == "file":
        completer = argcomplete.completers.FilesCompleter()
    else:
        completer = _Known(machine, completes)
    action.completer = completer  # type: ignore[attr-defined]


class _Known:
    """Offers what is in the store; a store that cannot be read offers nothing."""

    def __init__(self, machine: Machine, completes: Completes) -> None:
        self._machine, self._completes = machine, completes

    def __call__(self, prefix: str, parsed_args: Namespace, **_more: object) -> Answer:
        from toggl_desktop.store import place
        from toggl_desktop.store.reading import reading

        if self._completes == "setting":
            from toggl_desktop.domain.settings import ABOUT

            return {name: about.label for name, about in ABOUT.items()}
        if self._completes == "value":
            return _values(getattr(parsed_args, "NAME", None))
        data_dir, profile = parsed_args.data_dir, parsed_args.profile
        try:
            where = place.find(self._machine.environment, data_dir, profile)
            if not where.database.exists():
                return {}
            with reading(where) as source:
                found = self._found(source, prefix)
        except KnownError:
            return {}
        # What a terminal would act upon is never put on its command line.
        return {name: about for name, about in found.items() if name.isprintable()}

    def _found(self, source: Source, prefix: str) -> Answer:
        from toggl_desktop.store.read import catalog

        kind = self._completes
        if kind == "entry":
            return _entries(source)
        if kind == "line":
            return _in_line(source, prefix)
        if kind == "project":
            return {p.written: p.client_name or "" for p in catalog.projects(source)}
        if kind == "favourite":
            rows = catalog.favourites(source)
            return {str(n): one_line(row.description, 40) for n, row in enumerate(rows, 1)}
        if kind in {"member", "group", "segment", "status"}:
            from toggl_desktop.store.read import plan_tasks

            return dict.fromkeys((name for _, name in plan_tasks.names(source, kind)), "")
        if kind == "plan task":
            return _plan_tasks(source)
        if kind in {"client", "tag", "task", "workspace"}:
            return dict.fromkeys(catalog.all_names(source, kind), "")
        return {}


def _entries(source: Source) -> Answer:
    from toggl_desktop.store.read import entries

    found = {"last": "the latest finished entry", "running": "the running entry"}
    for row in entries.find(source, entries.Wanted(limit=_ENTRIES)):
        about = " · ".join(part for part in (one_line(row.description, 40), content(row)) if part)
        found[short_id(row.lid)] = about
    return found


def _plan_tasks(source: Source) -> Answer:
    from toggl_desktop.store.read import plan_tasks

    rows = [row for row in plan_tasks.find(source, plan_tasks.ALL) if not row.is_done]
    return {short_id(row.lid): one_line(row.name, 40) for row in rows[-_ENTRIES:]}


def _in_line(source: Source, prefix: str) -> Answer:
    """Returns `@project` and `#tag` for a word of a typed line that begins so."""
    from toggl_desktop.store.read import catalog

    if prefix.startswith("@"):
        return {f"@{p.written}": p.client_name or "" for p in catalog.projects(source)}
    if prefix.startswith("#"):
        return {f"#{name}": "" for name in catalog.tag_names(source)}
    return {}


def _values(name: str | None) -> Answer:
    from toggl_desktop.domain.settings import ABOUT, Settings

    about = ABOUT.get(name or "")
    if about is None:
        return {}
    if isinstance(getattr(Settings(), name or ""), bool):
        return {"true": "", "false": ""}
    return dict.fromkeys(about.choices, "")
