"""Days and times of day in the person's own words, both ways."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QObject

from toggl_desktop.domain.plan import dates
from toggl_desktop.domain.plan.dates import DayWords
from toggl_desktop.domain.settings import WEEKDAYS
from toggl_desktop.ui.context import Context

_FORMATS = (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)


class Saying(QObject):
    """Writes days and times as the locale does, and understands what is typed in it."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        locale = QLocale()
        months = [
            [
                name
                for kind in _FORMATS
                for name in (locale.monthName(n, kind), locale.standaloneMonthName(n, kind))
            ]
            for n in range(1, 13)
        ]
        weekdays = [[locale.dayName(n, kind) for kind in _FORMATS] for n in range(1, 8)]
        relative = {self.tr("today"): 0, self.tr("tomorrow"): 1, self.tr("yesterday"): -1}
        pattern = locale.dateFormat(QLocale.FormatType.ShortFormat)
        self._words = DayWords(months, weekdays, relative, pattern.find("d") < pattern.find("M"))

    def today(self) -> int:
        """Returns the local day."""
        from toggl_desktop.domain.instants import day_of

        return day_of(self._context.clock.now().wall, self._context.zone()).toordinal()

    def first_weekday(self) -> int:
        """Returns the day a week begins with: 0 for Monday … 6 for Sunday."""
        chosen = WEEKDAYS.get(self._context.preferences.now.first_weekday)
        return QLocale().firstDayOfWeek().value - 1 if chosen is None else chosen

    def parse(self, text: str, base: int | None = None) -> int | None:
        """Returns the day that a text names; `base` is what `+2w` counts from."""
        found = dates.parse_day(text, self.today(), self._words, base=base)
        if found is not None:
            return found
        _, _, without_weekday = text.strip().partition(" ")  # as `day` writes it: “Wed 3 March”
        return dates.parse_day(without_weekday, self.today(), self._words, base=base)

    def day(self, day: int | None) -> str:
        """Returns `Wed 25 Nov`, or `3 Mar 2027` in another year; empty for no day."""
        if day is None:
            return ""
        found = date.fromordinal(day)
        same_year = found.year == date.fromordinal(self.today()).year
        pattern = self.tr("ddd d MMM") if same_year else self.tr("d MMM yyyy")
        return QLocale().toString(QDate(found.year, found.month, found.day), pattern)

    def span(self, start: int, end: int) -> str:
        """Returns `25 Nov` or `25 – 27 Nov` as two days."""
        if start == end:
            return self.day(start)
        return self.tr("{low} – {high}").format(low=self.day(start), high=self.day(end))

    def days(self, count: int) -> str:
        """Returns `1 day`, `3 days`."""
        return self.tr("1 day") if count == 1 else self.tr("{count} days").format(count=count)

    def minute(self, minute: int | None) -> str:
        """Returns `9:30` or `9:30 AM`; empty for none."""
        if minute is None:
            return ""
        hour, rest = divmod(minute, 60)
        if not self._has_twelve_hours():
            return f"{hour}:{rest:02}"
        half = "AM" if hour % 24 < 12 else "PM"
        return f"{hour % 12 or 12}:{rest:02} {half}"

    def _has_twelve_hours(self) -> bool:
        chosen = self._context.preferences.now.time_format
        if chosen == "locale":
            return "A" in QLocale().timeFormat(QLocale.FormatType.ShortFormat).upper()
        return chosen == "12"
