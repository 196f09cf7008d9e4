"""Help in the terminal, and the reference in the documentation, from the same descriptions."""

from __future__ import annotations

import shutil
import textwrap

from toggl_desktop.cli.arguments import Command, Option, Word
from toggl_desktop.cli.main import GROUPS, commands

_OUTER = (
    ("--data-dir DIR", "where the data is; else TOGGL_DESKTOP_DATA_DIR, else the usual place"),
    ("--profile NAME", "another profile than the default one: another person's accounts"),
    ("--background", "without a command: start in the tray, without a window"),
    ("-h, --help", "this help, or the help of a command"),
    ("-V, --version", "the version"),
)
EXIT_CODES = (
    (0, "done"),
    (1, "refused; one sentence on the error output says what and how to mend it"),
    (2, "the command line cannot be understood"),
    (3, "nothing to do: no running entry, nothing to undo"),
    (4, "not signed in, or the sign-in was refused"),
    (5, "server or network; what was asked is saved here and waits"),
    (6, "the store cannot be opened or written; nothing was changed"),
    (130, "interrupted with Ctrl-C"),
)


def everything() -> list[tuple[str, list[Command]]]:
    """Returns all commands by group, in the order they are shown."""
    groups: dict[str, list[Command]] = {}
    for title, module, names in GROUPS:
        known = commands(module)
        for name in names:
            own = [c for full, c in known.items() if full == name or full.startswith(f"{name} ")]
            groups.setdefault(title, []).extend(own)
    return list(groups.items())


def overview() -> str:
    """Returns the help without a command."""
    lines = [
        "usage: toggl-desktop [--data-dir DIR] [--profile NAME] [COMMAND]",
        "",
        "A tray timer with the plan next to the clock. Without a command the desktop app starts.",
    ]
    for title, group in everything():
        lines += ["", f"{title}:"]
        lines += _table([(c.name, c.summary) for c in group])
    lines += ["", "Options that may stand anywhere:", *_table(_OUTER)]
    lines += ["", "Exit codes:", *_table([(str(code), text) for code, text in EXIT_CODES])]
    return "\n".join(lines)


def about(name: str, command: Command) -> str:
    """Returns the help of one command; of all its verbs where only their noun was named."""
    if command.name != name and not command.name.startswith(f"{name} "):
        return overview()
    lines = [f"usage: {usage(command)}", "", *_wrapped(f"{_sentence(command.summary)}", "")]
    if command.details:
        lines += ["", *_wrapped(command.details, "")]
    rows = [(word_form(w), w.help) for w in command.words]
    rows += [(", ".join(option_forms(o)), option_help(o)) for o in command.options]
    if rows:
        lines += ["", *_table(rows)]
    siblings = [c for _, group in everything() for c in group if c.name.startswith(f"{name} ")]
    if command.name != name and siblings:
        lines += ["", f"All of “toggl-desktop {name}”:"]
        lines += _table([(c.name.partition(" ")[2], c.summary) for c in siblings])
    return "\n".join(lines)


def usage(command: Command) -> str:
    """Returns the command with everything it takes, on one line."""
    parts = [f"toggl-desktop {command.name}"]
    parts += [word_form(word) for word in command.words]
    for option in command.options:
        form = f"[{option_forms(option)[0]}]"
        parts.append(f"{form}…" if option.is_many else form)
    return " ".join(parts)


def word_form(word: Word) -> str:
    """Returns how a word is written in a usage line."""
    return {
        "1": word.name,
        "?": f"[{word.name}]",
        "*": f"[{word.name}…]",
        "+": f"{word.name}…",
    }[word.times]


def option_forms(option: Option) -> list[str]:
    """Returns the ways to write an option, the shortest first."""
    value = f" {option.value}" if option.value else ""
    forms = [f"-{option.short}{value}"] if option.short else []
    forms.append(f"--{option.name}{value}")
    return [*forms, f"--no-{option.name}"] if option.has_no else forms


def option_help(option: Option) -> str:
    """Returns an option's help with what can be chosen."""
    choices = f" ({', '.join(option.choices)})" if option.choices else ""
    return f"{option.help}{choices}{'; may be repeated' if option.is_many else ''}"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _width() -> int:
    return max(60, min(100, shutil.get_terminal_size((100, 24)).columns))


def _wrapped(text: str, indent: str) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += textwrap.wrap(
            paragraph, _width(), initial_indent=indent, subsequent_indent=indent
        ) or [""]
    return lines


def _table(rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> list[str]:
    left = min(30, max(len(name) for name, _ in rows))
    lines: list[str] = []
    for name, text in rows:
        indent = " " * (left + 4)
        wrapped = textwrap.wrap(
            text, _width(), initial_indent=indent, subsequent_indent=indent
        ) or [""]
        if len(name) > left:
            lines += [f"  {name}", *wrapped]
        else:
            lines += [f"  {name:<{left}}  {wrapped[0].strip()}", *wrapped[1:]]
    return lines


def reference() -> str:
    """Returns every command as Markdown: the part of docs/command-line.md that nobody writes."""
    lines: list[str] = []
    for title, group in everything():
        lines += [f"### {title}", ""]
        for command in group:
            lines += [f"#### `{command.name}`", "", _sentence(command.summary), ""]
            lines += ["```", usage(command), "```", ""]
            lines += [command.details.replace("\n", "\n\n"), ""] if command.details else []
            rows = [(f"`{word_form(w)}`", w.help) for w in command.words]
            rows += [
                (", ".join(f"`{form}`" for form in option_forms(o)), option_help(o))
                for o in command.options
            ]
            if rows:
                lines += ["| | |", "|---|---|"]
                lines += [f"| {name} | {text.replace('|', chr(92) + '|')} |" for name, text in rows]
                lines += [""]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    print(reference(), end="")
