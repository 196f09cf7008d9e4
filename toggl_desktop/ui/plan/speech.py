"""The timeline in sentences: for a screen reader, for tooltips, for the status line."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QObject

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.days import working_days
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.rows import Bar, MilestoneRow, Plan
from toggl_desktop.ui.plan.view import PlanView
from toggl_desktop.ui.timer.wording import Wording

_NAMES = 80


class Speech(QObject):
    """Says what bars, milestones and lanes are."""

    def __init__(self, view: PlanView, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._wording = wording
        self._projects: dict[str, str] = {}
        self._statuses: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self._waiting: dict[str, list[str]] = {}

    def show_names(self, plan: Plan) -> None:
        """Takes the names that bars refer to."""
        self._projects = {row.lid: one_line(row.name, _NAMES) for row in plan.projects}
        self._statuses = {row.lid: one_line(row.name, _NAMES) for row in plan.statuses}
        self._tags = {row.lid: one_line(row.name, _NAMES) for row in plan.tags}
        self._waiting = {}
        for row in plan.dependencies:
            self._waiting.setdefault(row.after, []).append(row.before)

    # Parts --------------------------------------------------------------------------------

    def day(self, day: int) -> str:
        """Returns `27 Nov`, with the year when it is another."""
        named = date.fromordinal(day)
        is_near = named.year == date.fromordinal(self._view.scene.today).year
        pattern = self.tr("d MMM") if is_near else self.tr("d MMM yyyy")
        return QLocale().toString(QDate(named.year, named.month, named.day), pattern)

    def span(self, low: int, high: int) -> str:
        """Returns `3–7 Mar`, `27 Nov – 1 Dec` or `3 Mar`."""
        if low == high:
            return self.day(low)
        first, last = date.fromordinal(low), date.fromordinal(high)
        if (first.year, first.month) == (last.year, last.month):
            return self.tr("{first}–{last}").format(first=first.day, last=self.day(high))
        return self.tr("{first} – {last}").format(first=self.day(low), last=self.day(high))

    def hours(self, minutes: int) -> str:
        """Returns `7` or `7.5`."""
        return f"{minutes / 60:.1f}".removesuffix(".0")

    def name(self, bar: Bar) -> str:
        """Returns what a bar is called."""
        return one_line(bar.name) or self.tr("Without a name")

    def people(self, bar: Bar) -> str:
        """Returns who does it."""
        members = self._view.scene.members
        names = [one_line(members[m].name, _NAMES) for m in bar.members if m in members]
        return ", ".join(names) or self.tr("no one")

    def state(self, bar: Bar) -> list[str]:
        """Returns how things stand with a bar, most important first."""
        found = []
        today = self._view.scene.today
        if bar.is_done:
            found.append(self.tr("done"))
        elif bar.status in self._statuses:
            found.append(self._statuses[bar.status])
        if not bar.is_done and bar.end is not None and bar.end < today:
            found.append(self.tr("overdue"))
        if self.is_early(bar):
            found.append(self.tr("begins before what it waits for has ended"))
        return found

    def is_early(self, bar: Bar) -> bool:
        """Tells whether a bar begins before something it waits for has ended."""
        for lid in self._waiting.get(bar.lid, ()):
            before = self._view.bar(lid)
            if before is None or before.end is None or bar.start is None:
                continue
            if bar.start <= before.end:
                return True
        return False

    def work(self, bar: Bar) -> str:
        """Returns how much work is in a bar: `4 h a day, 20 h in all`; empty when nobody said."""
        if not bar.daily_minutes or bar.start is None or bar.end is None:
            return ""
        days = working_days(bar.start, bar.end, self._view.scene.weekend)
        days = days or bar.end - bar.start + 1
        if days == 1:
            return self.tr("{hours} h").format(hours=self.hours(bar.daily_minutes))
        return self.tr("{daily} h a day, {total} h in all").format(
            daily=self.hours(bar.daily_minutes), total=self.hours(bar.daily_minutes * days)
        )

    # Sentences ----------------------------------------------------------------------------

    def bar(self, bar: Bar) -> str:
        """Returns a bar in one sentence."""
        parts = [self.name(bar), self.people(bar)]
        if bar.start is not None and bar.end is not None:
            parts.append(self.span(bar.start, bar.end))
        if bar.start_minute is not None:
            parts.append(self.times(bar))
        parts.append(self.work(bar))
        parts += self.state(bar)
        return ", ".join(part for part in parts if part)

    def times(self, bar: Bar) -> str:
        """Returns from when to when on each of its days."""
        if bar.start_minute is None:
            return ""
        low = self._wording.minute(bar.start_minute)
        if bar.end_minute is None:
            return self.tr("at {time}").format(time=low)
        return self.tr("{low} to {high}").format(low=low, high=self._wording.minute(bar.end_minute))

    def bar_more(self, bar: Bar) -> str:
        """Returns the rest of what is known about a bar."""
        parts = [self._projects.get(bar.project or "", "")]
        if bar.tags:
            names = ", ".join(self._tags[tag] for tag in bar.tags if tag in self._tags)
            parts.append(self.tr("tags {names}").format(names=names))
        if bar.checklist_total:
            parts.append(
                self.tr("{done} of {total} points done").format(
                    done=bar.checklist_done, total=bar.checklist_total
                )
            )
        if bar.has_notes:
            parts.append(self.tr("has notes"))
        if bar.recurs:
            parts.append(self.tr("recurs"))
        if bar.lid in self._waiting:
            found = (self._view.bar(lid) for lid in self._waiting[bar.lid])
            waits = ", ".join(self.name(one) for one in found if one is not None)
            parts.append(self.tr("waits for {names}").format(names=waits))
        return ", ".join(part for part in parts if part)

    def tip(self, bar: Bar) -> str:
        """Returns all about a bar, a line for each matter."""
        lines = [self.name(bar), self._projects.get(bar.project or "", ""), self.people(bar)]
        if bar.start is not None and bar.end is not None:
            days = bar.end - bar.start + 1
            when = self.span(bar.start, bar.end)
            if days > 1:
                when = self.tr("{when}, {count} days").format(when=when, count=days)
            lines.append(", ".join(part for part in (when, self.times(bar)) if part))
        lines += [self.work(bar), ", ".join(self.state(bar))]
        if bar.checklist_total:
            lines.append(
                self.tr("{done} of {total} points done").format(
                    done=bar.checklist_done, total=bar.checklist_total
                )
            )
        return "\n".join(line for line in lines if line)

    def milestone(self, row: MilestoneRow) -> str:
        """Returns a milestone in one sentence."""
        parts = [
            self.tr("Milestone {name}").format(name=one_line(row.name) or "–"),
            self.day(row.day),
            self._projects.get(row.project or "", ""),
            self.tr("done") if row.is_done else "",
            self.tr("holiday") if row.is_holiday else "",
        ]
        return ", ".join(part for part in parts if part)

    def lane(self, lane: Lane) -> str:
        """Returns a lane in one sentence."""
        side = self._view.side
        parts = [side.words_of(lane)]
        if lane.is_head:
            parts.append(self.tr("open") if lane.is_open else self.tr("closed"))
        else:
            count = len(lane.bars)
            parts.append(
                self.tr("1 task") if count == 1 else self.tr("{count} tasks").format(count=count)
            )
            load = side.load_today(lane)
            if load is not None and (load.planned or load.capacity):
                parts.append(self.tr("today {load}").format(load=side.load_words(load)))
                if load.is_over:
                    parts.append(self.tr("more than can be done"))
        return ", ".join(parts)
