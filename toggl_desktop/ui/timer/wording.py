"""Items of the list in words: prepared once, so that painting only paints."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from typing import Final

from PySide6.QtCore import QDate, QLocale, QObject

from toggl_desktop.domain import words
from toggl_desktop.domain.instants import day_of
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.settings import WEEKDAYS, WEEKENDS
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.timer.days import DayHead, EntryItem, GapItem, Item

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_NAME_LIMIT: Final = 120


@dataclass(frozen=True, slots=True)
class Face:
    """What an item shows and says.

    Attributes:
        title: Description, name of the day, or the invitation to fill a gap.
        is_untitled: Whether the title stands for an empty description.
        project: Name of the project, with the client's behind it.
        color: `#rrggbb` of the project; empty when it has none.
        span: From when to when.
        length: How long, in tabular figures; empty where it changes every second.
        marks: Icons with a meaning, in order.
        hint: The tooltip, plain text.
        spoken: One sentence for a screen reader.
    """

    title: str = ""
    is_untitled: bool = False
    project: str = ""
    client: str = ""
    color: str = ""
    tags: str = ""
    span: str = ""
    length: str = ""
    marks: tuple[str, ...] = ()
    hint: str = ""
    spoken: str = ""


class Wording(QObject):
    """Says times, days and lengths as the person's locale and settings have them."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone: Callable[[], tzinfo] = context.zone
        self._preferences = context.preferences
        self._clock = context.clock

    @property
    def zone(self) -> tzinfo:
        """The local time zone."""
        return self._zone()

    def now(self) -> int:
        """Returns the present."""
        return self._clock.now().wall

    def today(self) -> date:
        """Returns the local day."""
        return day_of(self.now(), self.zone)

    def first_weekday(self) -> int:
        """Returns the day a week begins with: 0 for Monday … 6 for Sunday."""
        chosen = WEEKDAYS.get(self._preferences.now.first_weekday)
        return QLocale().firstDayOfWeek().value - 1 if chosen is None else chosen

    def weekend(self) -> frozenset[int]:
        """Returns the weekdays people rest on, 0 for Monday: as chosen, else as the country has."""
        chosen = WEEKENDS.get(self._preferences.now.weekend)
        if chosen is not None:
            return frozenset(chosen)
        return frozenset(range(7)) - {day.value - 1 for day in QLocale().weekdays()}

    def time(self, at: int) -> str:
        """Returns `9:04` or `9:04 AM`."""
        return words.time_of_day(at, self.zone, twelve_hours=self._has_twelve_hours())

    def minute(self, minute: int) -> str:
        """Returns a minute of the day as a time: 570 is `9:30` or `9:30 AM`."""
        return words.time_of_day(minute * 60, UTC, twelve_hours=self._has_twelve_hours())

    def _has_twelve_hours(self) -> bool:
        chosen = self._preferences.now.time_format
        if chosen == "locale":
            return "A" in QLocale().timeFormat(QLocale.FormatType.ShortFormat).upper()
        return chosen == "12"

    def day(self, day: date) -> str:
        """Returns `Today`, `Yesterday` or `Monday, 16 November`, with the year if it is another."""
        today = self.today()
        back = (today - day).days
        if back == 0:
            return self.tr("Today")
        if back == 1:
            return self.tr("Yesterday")
        # The order of the parts is the translator's.
        pattern = (
            self.tr("dddd, d MMMM") if day.year == today.year else self.tr("dddd, d MMMM yyyy")
        )
        return QLocale().toString(QDate(day.year, day.month, day.day), pattern)

    def span(self, low: int, high: int | None) -> str:
        """Returns `9:04 – 9:46`."""
        end = self.tr("now") if high is None else self.time(high)
        return self.tr("{low} – {high}").format(low=self.time(low), high=end)

    def dated_span(self, low: int, high: int | None, near: int) -> str:
        """Returns `9:04 – 9:46`, with the day where it is another than that of an instant."""
        day = day_of(low, self.zone)
        span = self.span(low, high)
        return span if day == day_of(near, self.zone) else f"{self.day(day)}, {span}"

    def spoken_length(self, seconds: int) -> str:
        """Returns `1 hour 20 minutes`; seconds only where there is nothing else to say."""
        hours, minutes = seconds // 3600, seconds // 60 % 60
        parts = [_numbered(self.tr("hour"), self.tr("hours"), hours)] if hours else []
        if minutes or (hours == 0 and seconds >= 60):
            parts.append(_numbered(self.tr("minute"), self.tr("minutes"), minutes))
        if not parts:
            parts.append(_numbered(self.tr("second"), self.tr("seconds"), seconds))
        return " ".join(parts)

    def brief_length(self, seconds: int) -> str:
        """Returns `14 min` or `1:20 h`."""
        if seconds < 3600:
            return self.tr("{minutes} min").format(minutes=seconds // 60)
        if self._has_decimal_hours():
            return self._decimal(seconds)
        return self.tr("{time} h").format(time=words.short(seconds))

    def length(self, seconds: int) -> str:
        """Returns `1:30:00` or `1.50 h`: how long something took."""
        return self._decimal(seconds) if self._has_decimal_hours() else words.clock(seconds)

    def total(self, seconds: int) -> str:
        """Returns `1:30` or `1.50 h`: the sum of a day or a week, by the minute, as it grows."""
        return self._decimal(seconds) if self._has_decimal_hours() else words.short(seconds)

    def _has_decimal_hours(self) -> bool:
        return self._preferences.now.length_format == "decimal"

    def _decimal(self, seconds: int) -> str:
        """Returns hours with the locale's decimal sign, cut, not rounded."""
        hours = max(0, seconds) * 100 // 3600 / 100
        return self.tr("{hours} h").format(hours=QLocale().toString(hours, "f", 2))

    def number(self, count: int) -> str:
        """Returns `50,000`, as the locale writes it."""
        return QLocale().toString(count)

    def title(self, description: str) -> str:
        """Returns a description on one line, or words for an empty one."""
        return one_line(description) or self.tr("No description")

    def face(self, item: Item) -> Face:
        """Returns what an item shows and says."""
        if isinstance(item, DayHead):
            return self._head(item)
        if isinstance(item, GapItem):
            return self._gap(item)
        return self._entry(item)

    def _head(self, item: DayHead) -> Face:
        name = self.day(item.day)
        total = item.total(self.now())
        spoken = self.tr("{day}, {length} in all").format(
            day=name, length=self.spoken_length(total)
        )
        length = self.total(item.seconds) if item.since is None else ""
        return Face(title=name, length=length, spoken=spoken)

    def _gap(self, item: GapItem) -> Face:
        seconds = item.stop - item.start
        span = self.span(item.start, item.stop)
        spoken = self.tr("Nothing recorded from {low} to {high}, {length}. Fill the gap").format(
            low=self.time(item.start),
            high=self.time(item.stop),
            length=self.spoken_length(seconds),
        )
        title = self.tr("{length} gap — fill").format(length=self.brief_length(seconds))
        return Face(title=title, span=span, hint=span, spoken=spoken)

    def _entry(self, item: EntryItem) -> Face:
        row = item.row
        return Face(
            title=self.title(row.description),
            is_untitled=not one_line(row.description),
            project=one_line(row.project_name or "", _NAME_LIMIT),
            client=one_line(row.owner or "", _NAME_LIMIT),
            color=colour_of(row),
            tags=" ".join(f"#{one_line(tag, _NAME_LIMIT)}" for tag in row.tags),
            span=self.span(item.low, item.high),
            length=self.length(item.seconds),
            marks=_marks(item),
            hint=self._hint(item),
            spoken=self._spoken(item),
        )

    def _hint(self, item: EntryItem) -> str:
        row = item.row
        lines = [one_line(row.description)]
        if row.project_name:
            name = one_line(row.project_name, _NAME_LIMIT)
            client = one_line(row.owner or "", _NAME_LIMIT)
            lines.append(f"{name} · {client}" if client else name)
        lines.append(" ".join(f"#{one_line(tag, _NAME_LIMIT)}" for tag in row.tags))
        lines.append(self._whole(item))
        if item.overlaps:
            lines.append(self.tr("Shares time with another entry."))
        if row.sync == "unsent":
            lines.append(self.tr("Saved here, waiting to be sent."))
        if row.problem is not None or row.sync == "problem":
            lines.append(one_line(row.problem or self.tr("The server refused it.")))
        return "\n".join(line for line in lines if line)

    def _whole(self, item: EntryItem) -> str:
        row = item.row
        length = self.length(row.seconds(self.now()))
        if not (item.is_from_before or item.goes_on):
            return self.tr("{span}, {length}").format(
                span=self.span(row.start, row.stop), length=length
            )
        low = f"{self.day(day_of(row.start, self.zone))} {self.time(row.start)}"
        high = self.tr("now")
        if row.stop is not None:
            high = f"{self.day(day_of(row.stop, self.zone))} {self.time(row.stop)}"
        return self.tr("{low} – {high}, {length} in all").format(low=low, high=high, length=length)

    def _spoken(self, item: EntryItem) -> str:
        row = item.row
        parts = [self.title(row.description)]
        parts += [one_line(t, _NAME_LIMIT) for t in (row.project_name, row.owner) if t]
        parts.append(
            self.tr("{low} to {high}").format(low=self.time(item.low), high=self.time(item.high))
        )
        parts.append(self.spoken_length(item.seconds))
        if item.is_from_before:
            parts.append(self.tr("begun the day before"))
        if item.goes_on:
            parts.append(self.tr("goes on the day after"))
        if row.tags:
            names = ", ".join(one_line(tag, _NAME_LIMIT) for tag in row.tags)
            parts.append(self.tr("tags {names}").format(names=names))
        if row.billable:
            parts.append(self.tr("billable"))
        if item.overlaps:
            parts.append(self.tr("shares time with another entry"))
        if row.sync == "unsent":
            parts.append(self.tr("waiting to be sent"))
        if row.sync == "problem":
            parts.append(one_line(row.problem or self.tr("refused by the server")))
        return ", ".join(parts)


def colour_of(row: EntryRow) -> str:
    """Returns the colour of the entry's project; empty when it has none that can be painted."""
    color = row.color or ""
    return color.lower() if row.project and _COLOUR.fullmatch(color) else ""


def _marks(item: EntryItem) -> tuple[str, ...]:
    row = item.row
    states = (
        ("overlap", item.overlaps),
        ("billable", row.billable),
        ("unsent", row.sync == "unsent"),
        ("problem", row.sync == "problem"),
    )
    return tuple(name for name, holds in states if holds)


def _numbered(one: str, many: str, count: int) -> str:
    return f"{count} {one if count == 1 else many}"
