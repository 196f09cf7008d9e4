"""Drafts in words: what is written beside the pointer, and what a screen reader is told."""

from PySide6.QtCore import QObject

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.belonging import Hindrance
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.plan.gestures import Deed, Draft

_NAME = 60


class Phrases(QObject):
    """Says what a change comes to."""

    def __init__(self, saying: Saying, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saying = saying

    def draft(self, draft: Draft) -> str:
        """Returns `Fri 27 Nov – Tue 1 Dec, +2 days · to Bo`."""
        parts = [self._saying.span(draft.start, draft.end)]
        lead = draft.lead
        count = draft.end - draft.start + 1
        if draft.deed in (Deed.CREATE, Deed.SCHEDULE):
            parts.append(self._saying.days(count))
        elif draft.deed in (Deed.MOVE, Deed.COPY):
            if draft.days:
                parts.append(self._signed(draft.days))
        else:
            parts.append(self._saying.days(count))
            if draft.stretched:
                parts.append(f"({self._signed(draft.stretched)})")
        words = ", ".join(parts[:2]) + ("" if len(parts) < 3 else f" {parts[2]}")
        extra = [self._times(draft, lead), self._lane(draft), self.hindrance(draft.hindrance)]
        extra.append(self._more(draft))
        return " · ".join([words, *(part for part in extra if part)])

    def _signed(self, days: int) -> str:
        sign = "+" if days > 0 else "−"
        if abs(days) == 1:
            return self.tr("{sign}1 day").format(sign=sign)
        return self.tr("{sign}{count} days").format(sign=sign, count=abs(days))

    def _times(self, draft: Draft, lead: Bar | None) -> str:
        low, high = draft.times
        if lead is not None and draft.minutes and lead.start_minute is not None:
            low = lead.start_minute + draft.minutes
            high = None if lead.end_minute is None else lead.end_minute + draft.minutes
        if low is None:
            return ""
        begin = self._saying.minute(low)
        return begin if high is None else f"{begin}–{self._saying.minute(high)}"

    def _lane(self, draft: Draft) -> str:
        if draft.lane is None or not draft.changes_lane:
            return ""
        if draft.by:
            return self._lanes(draft.by)
        return self.tr("to {lane}").format(lane=self.lane(draft.lane))

    def _lanes(self, by: int) -> str:
        if abs(by) == 1:
            return self.tr("one lane down") if by > 0 else self.tr("one lane up")
        words = self.tr("{count} lanes down") if by > 0 else self.tr("{count} lanes up")
        return words.format(count=abs(by))

    def hindrance(self, why: Hindrance) -> str:
        """Returns why bars of several lanes stay in them; nothing when they do not have to."""
        return {
            "": "",
            "above": self.tr("in their lanes: no lane above is left"),
            "below": self.tr("in their lanes: no lane below is left"),
            "hidden": self.tr("in their lanes: one of these is not shown"),
            "torn": self.tr("in their lanes: they would part into several projects"),
        }[why]

    def stuck(self, why: Hindrance, count: int) -> str:
        """Returns why so many bars were left in their lanes, as a sentence."""
        if count < 2:
            is_above = why == "above"
            return self.tr("No lane is above.") if is_above else self.tr("No lane is below.")
        return {
            "": "",
            "above": self.tr("No lane above is left for all of them. They stay where they are."),
            "below": self.tr("No lane below is left for all of them. They stay where they are."),
            "hidden": self.tr("The lane of one of them is not shown. They stay where they are."),
            "torn": self.tr("They would part into several projects. They stay where they are."),
        }[why]

    def _more(self, draft: Draft) -> str:
        parts = []
        if draft.deed is Deed.COPY:
            parts.append(self.tr("copy"))
        if len(draft.bars) > 1:
            parts.append(self.tr("{count} tasks").format(count=len(draft.bars)))
        return ", ".join(parts)

    def lane(self, lane: Lane) -> str:
        """Returns what a lane is called."""
        own = one_line(lane.name, _NAME)
        if own:
            return own
        return {
            "no_one": self.tr("no one"),
            "no_segment": self.tr("no segment"),
            "no_project": self.tr("no project"),
        }.get(lane.kind, self.tr("a lane without a name"))

    def bar(self, bar: Bar) -> str:
        """Returns a bar's name and days."""
        name = one_line(bar.name, _NAME)
        if bar.start is None or bar.end is None:
            return self.tr("{name}, unscheduled").format(name=name)
        return f"{name}, {self._saying.span(bar.start, bar.end)}"
