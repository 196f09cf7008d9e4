"""The calendar in words: hours, titles, what a drag would do, what a screen reader says."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QDate, QLocale, QObject

from toggl_desktop.domain.calendar import ClockChange, Hour, Span
from toggl_desktop.domain.instants import day_bounds, day_of, local
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.ui.calendar.gestures import Deed, Draft
from toggl_desktop.ui.calendar.sheet import DaySheet
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.timer.days import EntryItem, Key
from toggl_desktop.ui.timer.wording import Face, Wording

_DAY: Final = 86400
_NAME_LIMIT: Final = 120
_FACES_KEPT: Final = 4000


class Phrases(QObject):
    """Says it as the person's locale and settings have it."""

    def __init__(self, context: Context, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = context.preferences
        self.wording = wording
        self._faces: dict[Key, tuple[EntryItem, Face]] = {}

    def face(self, item: EntryItem) -> Face:
        """Returns what an entry shows, prepared when it is first asked for."""
        known = self._faces.get(item.key)
        if known is None or known[0] != item:
            if len(self._faces) >= _FACES_KEPT:
                self._faces.clear()
            known = item, self.wording.face(item)
            self._faces[item.key] = known
        return known[1]

    def reword(self) -> None:
        """Says everything anew, because the way times are written has changed."""
        self._faces.clear()

    # Settings -----------------------------------------------------------------------------

    @property
    def has_twelve_hours(self) -> bool:
        """Whether clocks show 9 AM."""
        chosen = self._preferences.now.time_format
        if chosen == "locale":
            return "A" in QLocale().timeFormat(QLocale.FormatType.ShortFormat).upper()
        return chosen == "12"

    def is_weekend(self, day: date) -> bool:
        """Tells whether people usually rest on a day."""
        return day.weekday() in self.wording.weekend()

    def end_of_day(self, at: int) -> int:
        """Returns the first instant after the local day of a moment."""
        zone = self.wording.zone
        return day_bounds(day_of(at, zone), zone)[1]

    # The scale ----------------------------------------------------------------------------

    def hour(self, hour: Hour) -> str:
        """Returns `9:00` or `9 AM`."""
        return self._hour(hour.hour, 0)

    def _hour(self, hour: int, minute: int) -> str:
        if not self.has_twelve_hours:
            return f"{hour}:{minute:02}"
        half = "AM" if hour < 12 else "PM"
        return f"{hour % 12 or 12}:{minute:02} {half}" if minute else f"{hour % 12 or 12} {half}"

    def minute(self, at: int) -> str:
        """Returns what stands at a line between two hours: `:15`."""
        return f":{local(at, self.wording.zone).minute:02}"

    def change(self, change: ClockChange) -> str:
        """Returns `Clocks go forward, 2:00 → 3:00`."""
        is_forward = change.after > change.before
        text = self.tr("Clocks go forward") if is_forward else self.tr("Clocks go back")
        return f"{text}, {self.change_briefly(change)}"

    def change_briefly(self, change: ClockChange) -> str:
        """Returns `2:00 → 3:00`."""
        return f"{self._hour(*change.before)} → {self._hour(*change.after)}"

    # Days ---------------------------------------------------------------------------------

    def title(self, days: Sequence[date]) -> str:
        """Returns the name of a day, or from when to when the days go."""
        first, last = days[0], days[-1]
        if first == last:
            return self.wording.day(first)
        if first.year != last.year:
            pattern = self.tr("d MMM yyyy")
        elif first.month != last.month:
            pattern = self.tr("d MMM")
        else:
            pattern = "d"
        low = _written(first, pattern)
        return self.tr("{first} – {last}").format(
            first=low, last=_written(last, self.tr("d MMM yyyy"))
        )

    def weekday(self, day: date) -> str:
        """Returns `Mon`."""
        return _written(day, "ddd")

    def total(self, sheet: DaySheet) -> str:
        """Returns the time recorded on a day, `5:10`; nothing where there is none."""
        return self.wording.total(sheet.seconds) if sheet.items else ""

    def spoken_day(self, sheet: DaySheet) -> str:
        """Returns a day for a screen reader: `Today, 5 hours 10 minutes in all`."""
        name = self.wording.day(sheet.day)
        if not sheet.items:
            return self.tr("{day}, nothing recorded").format(day=name)
        length = self.wording.spoken_length(sheet.seconds)
        return self.tr("{day}, {length} in all").format(day=name, length=length)

    def invitation(self) -> str:
        """Returns the sentence for days without entries."""
        return self.tr("Nothing recorded here. Drag over the hours to add what you did.")

    # Drafts -------------------------------------------------------------------------------

    def draft(self, draft: Draft) -> str:
        """Returns what a drag would do: `9:05 – 9:50 · +5 min`, `3 entries · +1 day`."""
        if draft.deed is Deed.CUT:
            return self.tr("Split at {time}").format(time=self.wording.time(draft.cut))
        if draft.mates:
            return self._of_all(draft)
        span = self.span(draft.span, was=draft.was)
        if draft.is_running and draft.deed is not Deed.STOP and draft.deed is not Deed.COPY:
            span = self.tr("since {time}").format(time=self.wording.time(draft.span.low))
        if draft.deed is Deed.CREATE:
            return f"{span} · {self.wording.brief_length(_length(draft.span))}"
        if draft.deed is Deed.COPY:
            return self.tr("Copy to {span}").format(span=span)
        by = draft.span.low - draft.was.low or draft.span.high - draft.was.high
        if draft.deed is Deed.MOVE:
            return f"{span} · {self.difference(by)}" if by else span
        length = self.wording.brief_length(_length(draft.span))
        by = _length(draft.span) - _length(draft.was)
        return f"{span} · {length} ({self.difference(by)})" if by else f"{span} · {length}"

    def _of_all(self, draft: Draft) -> str:
        """Returns what becomes of several entries."""
        is_stop = draft.deed is Deed.STOP
        by = draft.span.high - draft.was.high if is_stop else draft.span.low - draft.was.low
        words = self.tr("{count} entries · {by}")
        if draft.deed is Deed.START:
            words = self.tr("{count} starts · {by}")
        elif is_stop:
            words = self.tr("{count} ends · {by}")
        return words.format(count=len(draft.lids), by=self.difference(by))

    def span(self, span: Span, was: Span | None = None) -> str:
        """Returns `9:05 – 9:50`, with the day if that is another than it was."""
        text = self.wording.span(span.low, span.high)
        zone = self.wording.zone
        day = day_of(span.low, zone)
        return (
            text if was is None or day_of(was.low, zone) == day else f"{self.weekday(day)} {text}"
        )

    def difference(self, seconds: int) -> str:
        """Returns `+5 min`, `−1:20 h`, `+1 day`, `−2 days +10 min`."""
        days, rest = divmod(abs(seconds) + 2 * 3600, _DAY)
        rest -= 2 * 3600  # a day of 23 or 25 hours is a day; two hours either way are not
        sign = "+" if seconds >= 0 else "−"
        other = sign if rest >= 0 else ("−" if sign == "+" else "+")
        parts = []
        if days:
            one = self.tr("1 day") if days == 1 else self.tr("{count} days").format(count=days)
            parts.append(f"{sign}{one}")
        if rest or not days:
            seconds_only = self.tr("{count} s").format(count=abs(rest))
            is_short = abs(rest) < 60
            parts.append(
                other + (seconds_only if is_short else self.wording.brief_length(abs(rest)))
            )
        return " ".join(parts)

    # Screen readers -----------------------------------------------------------------------

    def spoken(self, item: EntryItem) -> str:
        """Returns an entry's name: `Wireframes, Website, 9:04 to 9:46`."""
        row = item.row
        high = self.tr("now") if row.stop is None else self.wording.time(item.high)
        parts = [self.wording.title(row.description)]
        if row.project_name:
            names = (row.project_name, row.place)
            parts += [one_line(name, _NAME_LIMIT) for name in names if name]
        parts.append(self.tr("{low} to {high}").format(low=self.wording.time(item.low), high=high))
        if row.stop is None:
            parts.append(self.tr("running"))
        return ", ".join(parts)

    def spoken_more(self, item: EntryItem) -> str:
        """Returns what is said after the name: the day and everything else there is to know."""
        return f"{self.wording.day(item.day)}. {self.face(item).spoken}"


def _written(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def _length(span: Span) -> int:
    return span.high - span.low
