"""`settings`: what can be chosen, and choosing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toggl_desktop.cli.arguments import JSON, Command, Given, Word
from toggl_desktop.cli.words import columns
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.settings import ABOUT, Settings
from toggl_desktop.store import settings

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context

_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})


def _list(context: Context, given: Given) -> None:
    values = settings.load(context.place.settings)._asdict()
    if given.has("json"):
        context.output.json(values)
        return
    cells = [(name, _written(value), _about(name)) for name, value in values.items()]
    for line in columns(cells):
        context.output.line(line)


def _about(name: str) -> str:
    about = ABOUT[name]
    choices = f" ({', '.join(about.choices)})" if about.choices else ""
    return f"{about.label}{choices}"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _get(context: Context, given: Given) -> None:
    name = _name(given)
    value = settings.load(context.place.settings)._asdict()[name]
    if given.has("json"):
        context.output.json(value)
    else:
        context.output.line(_written(value))


def _name(given: Given) -> str:
    name = given.word("NAME")
    if name in ABOUT:
        return name
    from rapidfuzz import process

    near = [match for match, _, _ in process.extract(name, list(ABOUT), limit=2, score_cutoff=50)]
    guess = f"Did you mean {' or '.join(near)}?" if near else "“toggl-desktop settings” lists them."
    raise RefusedError(f"There is no setting “{name}”. {guess} Nothing was changed.")


def _set(context: Context, given: Given) -> None:
    from toggl_desktop.store import place

    name, text = _name(given), given.word("VALUE")
    place.prepare(context.place)
    value = _value(name, text)
    settings.save(context.place.settings, name, value)
    context.machine.poke(context.place.directory)
    written = _written(value)
    context.output.line(f"{name} is {written} now." if written else f"{name} is empty now.")


def _value(name: str, text: str) -> object:
    kind = type(getattr(Settings(), name))
    if kind is bool and text.lower() in _YES | _NO:
        return text.lower() in _YES
    if kind is int and text.lstrip("-").isdecimal():
        return int(text)
    return text


_NAME = Word("NAME", "the setting's name", choices=(), completes="setting")
COMMANDS = (
    Command("settings list", "lists settings with what can be chosen", _list, options=(JSON,)),
    Command("settings get", "prints one setting", _get, (_NAME,), (JSON,)),
    Command(
        "settings set",
        "sets one setting",
        _set,
        (_NAME, Word("VALUE", "its new value", completes="value")),
    ),
)
