"""From when to when: days, times of day, and how the task repeats."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from toggl_desktop.domain.plan import dates
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.ui.plan.editor.edit import Edit
from toggl_desktop.ui.plan.editor.entering import (
    DayEntered,
    DayField,
    Entered,
    MinuteEntered,
    MinuteField,
    SuggestField,
)
from toggl_desktop.ui.plan.editor.rows import Rows, side_by_side
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.widgets.text import label

_USUAL: Final = ("every 1 day", "every 1 week", "every 2 weeks", "every 1 month", "every 1 year")


class Days(QWidget):
    """The first and the last day.

    Signals:
        edited(Edit): They are to be others.
    """

    edited = Signal(object)

    def __init__(self, saying: Saying, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saying = saying
        self._start: int | None = None
        self._end: int | None = None
        self.start = DayField(self.tr("From"), saying, self)
        self.start.setPlaceholderText(self.tr("Unscheduled"))
        self.end = DayField(self.tr("To"), saying, self)
        self.end.setPlaceholderText("–")
        self.clear = QToolButton(self)
        self.clear.setIcon(icon("close", "second"))
        self.clear.setAccessibleName(self.tr("Unschedule"))
        self.clear.setToolTip(self.tr("Unschedule: back to the taskbox"))
        self.length = label(role="caption", parent=self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(side_by_side(self.start, self.end, self.clear))
        whole.addWidget(self.length)
        self.setFocusProxy(self.start)
        self.start.day_entered.connect(self._on_start_day_entered)
        self.end.day_entered.connect(self._on_end_day_entered)
        self.clear.clicked.connect(self._on_clear_clicked)

    def show_days(self, start: int | None, end: int | None) -> None:
        """Shows both."""
        self._start, self._end = start, end
        self.start.show_day(start)
        self.end.base = start
        self.end.show_day(end)
        self.clear.setEnabled(start is not None)
        count = 0 if start is None or end is None else end - start + 1
        self.length.setText(self._saying.days(count) if count else "")
        self.length.setVisible(bool(count))

    def _edit(self, start: int | None, end: int | None) -> None:
        self.edited.emit(Edit.of(start=start, end=end))

    def _on_start_day_entered(self, entered: DayEntered) -> None:
        if entered.day is None:
            self._edit(None, None)
        else:
            self._edit(*dates.with_start(entered.day, self._end))

    def _on_end_day_entered(self, entered: DayEntered) -> None:
        if entered.day is not None:
            self._edit(*dates.with_end(self._start, entered.day))
        elif self._start is not None:
            self._edit(self._start, self._start)

    def _on_clear_clicked(self) -> None:
        self._edit(None, None)


class Times(QWidget):
    """When it begins and ends on each of its days.

    Signals:
        edited(Edit): They are to be others.
    """

    edited = Signal(object)

    def __init__(self, saying: Saying, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: PlanTask | None = None
        self.start = MinuteField(self.tr("Start time"), saying, self)
        self.start.setPlaceholderText(self.tr("All day"))
        self.end = MinuteField(self.tr("End time"), saying, self)
        self.end.setPlaceholderText("–")
        line = side_by_side(self.start, label("–", tone="second", parent=self), self.end)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.setFocusProxy(self.start)
        self.start.minute_entered.connect(self._on_start_minute_entered)
        self.end.minute_entered.connect(self._on_end_minute_entered)

    def show_task(self, task: PlanTask) -> None:
        """Shows a task's times."""
        self._task = task
        self.start.show_minute(task.start_minute)
        self.end.show_minute(task.end_minute)

    def _is_one_day(self) -> bool:
        return self._task is not None and self._task.start == self._task.end

    def _edit(self, start: int | None, end: int | None) -> None:
        self.edited.emit(Edit.of(start_minute=start, end_minute=end))

    def _on_start_minute_entered(self, entered: MinuteEntered) -> None:
        end = None if self._task is None else self._task.end_minute
        if entered.minute is None:
            self._edit(None, None)
        else:
            self._edit(
                *dates.minutes_with_start(entered.minute, end, is_one_day=self._is_one_day())
            )

    def _on_end_minute_entered(self, entered: MinuteEntered) -> None:
        start = None if self._task is None else self._task.start_minute
        if entered.minute is None:
            self._edit(start, None)
            return
        if start is None:
            start = max(0, entered.minute - 60)
        self._edit(*dates.minutes_with_end(start, entered.minute, is_one_day=self._is_one_day()))


class Repeat(QWidget):
    """The rule after which a task comes again.

    Signals:
        edited(Edit): It is to be another.
    """

    edited = Signal(object)

    def __init__(self, rows: Rows, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.rule = SuggestField(self.tr("Repeats"), parent)
        self.rule.setPlaceholderText(self.tr("Does not repeat"))
        self.rule.setToolTip(self.tr("every 2 weeks, every 1 month until 2027-03-01"))
        self.rule.set_usual(_USUAL)
        rows.add(self.tr("Repeats"), self.rule)
        self.rule.entered.connect(self._on_rule_entered)

    def show_rule(self, rule: str) -> None:
        """Shows a rule."""
        self.rule.offer_text(rule)

    def _on_rule_entered(self, entered: Entered) -> None:
        self.edited.emit(Edit.of(repeat=entered.text.strip()))
