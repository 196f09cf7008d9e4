"""The state as one line: for people, for status bars with a text of their own, for waybar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toggl_desktop.cli import shapes
from toggl_desktop.cli.words import Clock, content, quoted, short_id, title
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.words import clock, short

if TYPE_CHECKING:
    from toggl_desktop.cli.arguments import Given
    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.read.status import Status

_FIELD = re.compile(
    r"(?P<mark>%\{[^{}]*\})|\{\{|\}\}|\{(?P<name>\w+)(?::(?P<kind>[-+])(?P<text>[^{}]*))?\}|[{}]"
)
BY_MINUTE = frozenset({"elapsed", "today", "week"})
NAMES = (
    *("state", "description", "project", "client", "task", "tags", "color", "billable", "start"),
    *("elapsed", "clock", "seconds", "today", "week", "unsent", "problems", "id"),
)


def for_people(
    context: Context, state: Status, now: int, *, with_seconds: bool = True
) -> list[str]:
    """Returns the lines that `status` prints in a terminal."""
    times = Clock(now, context.zone, twelve_hours=context.twelve_hours())
    running = state.running
    if running is None:
        first = "○ Nothing is running."
    else:
        length = clock if with_seconds else short
        since = f"{length(running.seconds(now))} since {times.at(running.start)}"
        first = f"● {title(running)} · {since}"
    second = [f"Today {short(state.today_seconds)}", f"this week {short(state.week_seconds)}"]
    if state.unsent:
        second.append(f"{state.unsent} unsent")
    if state.problems:
        second.append(f"{state.problems} {'needs' if state.problems == 1 else 'need'} you")
    return [first, f"  {' · '.join(second)}"]


def fields(context: Context, state: Status, now: int, *, markup: bool) -> dict[str, str]:
    """Returns every field's text; what does not apply is empty.

    Polybar and lemonbar run what stands in `%{…}`: no field can bring such a mark along.

    Args:
        context: Whose state it is.
        state: The state.
        now: The present.
        markup: Whether the bar reads Pango markup, which fields then are kept from being.
    """
    found = dict.fromkeys(NAMES, "")
    found["state"] = "stopped" if state.running is None else "running"
    found["today"], found["week"] = short(state.today_seconds), short(state.week_seconds)
    found["unsent"] = str(state.unsent or "")
    found["problems"] = str(state.problems or "")
    row = state.running
    if row is not None:
        times = Clock(now, context.zone, twelve_hours=context.twelve_hours())
        found |= {
            "description": row.description,
            "project": row.project_name or "",
            "client": row.client or "",
            "task": row.task_name or "",
            "tags": " ".join(f"#{tag}" for tag in row.tags),
            "color": row.color or "",
            "billable": "$" if row.billable else "",
            "start": times.at(row.start),
            "elapsed": short(row.seconds(now)),
            "clock": clock(row.seconds(now)),
            "seconds": str(row.seconds(now)),
            "id": short_id(row.lid),
        }
    shown = {name: one_line(text).replace("%{", "% {") for name, text in found.items()}
    return {name: _escaped(text) for name, text in shown.items()} if markup else shown


class Template:
    """A person's own text with fields in it."""

    def __init__(self, text: str, given: Given) -> None:
        """Raises UsageError for a field that there is not."""
        self._text = text
        self._markup = given.has("markup")
        self.names: set[str] = set()
        for match in _FIELD.finditer(text):
            name = match["name"]
            if match[0] in {"{", "}"}:
                raise given.usage("A brace stands alone in --format; write {{ or }} for one.")
            if name is not None and name not in NAMES:
                raise given.usage(f"There is no field {{{name}}}; there are {', '.join(NAMES)}.")
            if name is not None:
                self.names.add(name)

    def filled(self, context: Context, state: Status, now: int) -> str:
        """Returns the text with its fields filled in."""
        values = fields(context, state, now, markup=self._markup)

        def put(match: re.Match[str]) -> str:
            if match["name"] is None:
                return match["mark"] or match[0][0]
            value = values[match["name"]]
            if match["kind"] == "-":
                return value or match["text"]
            if match["kind"] == "+":
                return match["text"] if value else ""
            return value

        return _FIELD.sub(put, self._text)


def waybar(context: Context, state: Status, now: int) -> shapes.Json:
    """Returns what a custom module of waybar takes; names are text there, never markup."""
    row = state.running
    today = f"Today {short(state.today_seconds)} · this week {short(state.week_seconds)}"
    classes = ["stopped" if row is None else "running"]
    classes += ["unsent"] if state.unsent else []
    classes += ["problem"] if state.problems else []
    if row is None:
        text, tooltip = short(state.today_seconds), f"Nothing is running.\n{today}"
    else:
        name = row.description or row.project_name or "no description"
        text = f"{one_line(name, 40)} {short(row.seconds(now))}"
        times = Clock(now, context.zone, twelve_hours=context.twelve_hours())
        tooltip = "\n".join(
            part
            for part in (
                one_line(row.description, 200) or quoted(""),
                content(row),
                f"{short(row.seconds(now))} since {times.at(row.start)}",
                today,
            )
            if part
        )
    return {
        "text": _escaped(text),
        "tooltip": _escaped(tooltip),
        "alt": classes[0],
        "class": classes,
    }


def _escaped(text: str) -> str:
    """Returns the text so that Pango shows it and obeys nothing in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
