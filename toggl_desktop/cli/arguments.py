"""What a command takes, described once: parsing, help, documentation and completion follow it.

It does less than argparse and costs a cold `status` a tenth of it. What looks like a number behind
a dash (`-10m`, `-3`) is a word here, not an option.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context

Completes = Literal[
    "",
    "project",
    "client",
    "tag",
    "task",
    "favourite",
    "workspace",
    "member",
    "group",
    "segment",
    "status",
    "plan task",
    "entry",
    "line",
    "file",
    "name",
    "setting",
    "value",
]


class UsageError(Exception):
    """The command line cannot be understood; `sentence` says what is wrong with it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Option(NamedTuple):
    """Something that is asked for with two dashes.

    Attributes:
        name: Its name without the dashes.
        value: What stands behind it; empty for a switch.
        short: Its letter, if it has one.
        is_many: Whether it may be given several times.
        has_no: Whether `--no-…` says the opposite.
        choices: What may stand behind it; anything when empty.
        completes: What a shell may offer there.
    """

    name: str
    help: str
    value: str = ""
    short: str = ""
    is_many: bool = False
    has_no: bool = False
    choices: tuple[str, ...] = ()
    completes: Completes = ""


class Word(NamedTuple):
    """Something that is named by its place.

    Attributes:
        times: One, none or one, any number, or at least one; only the last word may be many.
    """

    name: str
    help: str
    times: Literal["1", "?", "*", "+"] = "1"
    choices: tuple[str, ...] = ()
    completes: Completes = ""


class Command(NamedTuple):
    """A command: its name (one word or two), what it does, and what it takes."""

    name: str
    summary: str
    run: "Callable[[Context, Given], None]"
    words: tuple[Word, ...] = ()
    options: tuple[Option, ...] = ()
    details: str = ""


JSON = Option("json", "print JSON instead of a line for people")
HELP = ("-h", "--help")


class Given:
    """What stood on the command line, asked for by the names in the command's description."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self._words: dict[str, list[str]] = {}
        self._values: dict[str, list[str]] = {}
        self._switches: dict[str, bool] = {}

    def words(self, name: str) -> list[str]:
        """Returns all words at a place."""
        return self._words.get(name, [])

    def word(self, name: str) -> str:
        """Returns the word at a place that always has one."""
        return self._words[name][0]

    def maybe(self, name: str) -> str | None:
        """Returns the word at a place that may be empty."""
        return next(iter(self.words(name)), None)

    def value(self, option: str) -> str | None:
        """Returns what stood behind an option, the last one counts; None when it was not given."""
        return self._values[option][-1] if option in self._values else None

    def values(self, option: str) -> tuple[str, ...]:
        """Returns what stood behind each use of an option."""
        return tuple(self._values.get(option, ()))

    def has(self, option: str) -> bool:
        """Tells whether a switch was given."""
        return self._switches.get(option, False)

    def choice(self, option: str) -> bool | None:
        """Returns True for `--x`, False for `--no-x`, None when neither was given."""
        return self._switches.get(option)

    def usage(self, problem: str) -> UsageError:
        """Returns the error for a command line that does not make sense."""
        return _wrong(self.command, problem)


def _wrong(command: Command, problem: str) -> UsageError:
    return UsageError(f"{problem} See “toggl-desktop {command.name} -h”.")


def parse(command: Command, arguments: Sequence[str]) -> Given:
    """Returns what the arguments say to a command.

    Raises:
        UsageError: They are not what the command takes.
    """
    given = Given(command)
    words: list[str] = []
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == "--":
            words += rest
            break
        if not is_option(argument):
            words.append(argument)
        elif argument.startswith("--"):
            _take_long(given, argument, rest)
        else:
            _take_short(given, argument, rest)
    _place_words(given, words)
    return given


def is_option(argument: str) -> bool:
    """Tells whether a argument asks for something: `--x`, `-x`; but not `-`, `-10m`."""
    return len(argument) > 1 and argument[0] == "-" and not argument[1].isdigit()


def _take_long(given: Given, argument: str, rest: list[str]) -> None:
    name, has_value, value = argument[2:].partition("=")
    for option in given.command.options:
        if option.name == name:
            if not option.value:
                if has_value:
                    raise given.usage(f"“--{name}” takes no value.")
                given._switches[name] = True  # noqa: SLF001 - parsing is what fills it
            else:
                _put(given, option, value if has_value else _next(given, argument, rest))
            return
        if option.has_no and name == f"no-{option.name}" and not has_value:
            given._switches[option.name] = False  # noqa: SLF001
            return
    raise given.usage(f"There is no option “{argument}” here.")


def _take_short(given: Given, argument: str, rest: list[str]) -> None:
    for option in given.command.options:
        if option.short and argument[1] == option.short:
            if option.value:
                _put(given, option, argument[2:] or _next(given, argument, rest))
            else:
                given._switches[option.name] = True  # noqa: SLF001
                if argument[2:]:
                    rest.insert(0, f"-{argument[2:]}")
            return
    raise given.usage(f"There is no option “{argument[:2]}” here.")


def _next(given: Given, argument: str, rest: list[str]) -> str:
    if not rest or (is_option(rest[0]) and rest[0].startswith("--")):
        raise given.usage(f"“{argument}” needs a value.")
    return rest.pop(0)


def _put(given: Given, option: Option, value: str) -> None:
    _refuse_other(given, option.choices, value)
    clean = value if option.completes == "file" else cleaned(value)
    given._values.setdefault(option.name, []).append(clean)  # noqa: SLF001


def _place_words(given: Given, words: list[str]) -> None:
    for word in given.command.words:
        count = len(words) if word.times in "*+" else min(1, len(words))
        if count == 0 and word.times in "1+":
            raise given.usage(f"“toggl-desktop {given.command.name}” needs {word.name}.")
        taken, words = words[:count], words[count:]
        for value in taken:
            _refuse_other(given, word.choices, value)
        is_path = word.completes == "file"
        given._words[word.name] = taken if is_path else [cleaned(w) for w in taken]  # noqa: SLF001
    if words:
        raise given.usage(f"“{cleaned(words[0])}” is one word too many.")


def _refuse_other(given: Given, choices: tuple[str, ...], value: str) -> None:
    if choices and value not in choices:
        raise given.usage(f"“{cleaned(value)}” is none of {', '.join(choices)}.")


def cleaned(text: str) -> str:
    """Returns the text as it can be kept: bytes that are no characters become a question mark."""
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
