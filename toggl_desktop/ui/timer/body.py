"""What stands below the running entry: the list and, where there is room, the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.timer.entries import EntryList

if TYPE_CHECKING:  # most windows are narrow: the calendar is loaded when there is room for it
    from PySide6.QtGui import QResizeEvent

    from toggl_desktop.ui.calendar.requests import Answer, EditRequest
    from toggl_desktop.ui.calendar.view import CalendarView
    from toggl_desktop.ui.timer.performer import Kit

WIDE: Final = 900
_LIST_WIDTH: Final = 400
_LARGEST: Final = 16_777_215  # Qt's own “no limit”


class Body(QWidget):
    """The list alone, list and calendar side by side, or, when asked for, the calendar alone.

    Signals:
        calendar_shown(bool): The calendar came into view, or left it.
    """

    calendar_shown = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.entries = EntryList(kit, self)
        self.calendar: CalendarView | None = None
        self._wants_calendar = False
        self._rule = QFrame(self)
        mark(self._rule, kind="rule")
        self._rule.setFixedWidth(1)
        self._rule.hide()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(self.entries, 1)
        self._line.addWidget(self._rule)

    @property
    def is_wide(self) -> bool:
        """Whether list and calendar have room beside each other."""
        return self.width() >= WIDE

    def toggle_calendar(self) -> None:
        """Puts the keyboard into the calendar; in a narrow window it takes the list's place."""
        if self.is_wide and self.calendar is not None:
            has_it = self.calendar.area.hasFocus()
            (self.entries.view if has_it else self.calendar).setFocus()
            return
        self._wants_calendar = not self._wants_calendar
        self._arrange()
        if self._wants_calendar and self.calendar is not None:
            self.calendar.setFocus()
        else:
            self.entries.view.setFocus()

    def open_search(self) -> None:
        """Shows the search above the list; in a narrow window the calendar makes room."""
        self._show_list()
        self.entries.open_search()

    def _show_list(self) -> None:
        if self._wants_calendar and not self.is_wide:
            self._wants_calendar = False
            self._arrange()

    def _arrange(self) -> None:
        shows = self.is_wide or self._wants_calendar
        if shows and self.calendar is None:
            self.calendar = self._made()
        self.entries.setMinimumWidth(_LIST_WIDTH if self.is_wide else 0)
        self.entries.setMaximumWidth(_LIST_WIDTH if self.is_wide else _LARGEST)
        self.entries.setVisible(self.is_wide or not self._wants_calendar)
        self._rule.setVisible(self.is_wide)
        if self.calendar is not None and self.calendar.isVisibleTo(self) != shows:
            self.calendar.setVisible(shows)
            self.calendar_shown.emit(shows)

    def _made(self) -> CalendarView:
        from toggl_desktop.ui.calendar.view import CalendarView

        calendar = CalendarView(self._kit.context, self)
        calendar.hide()
        calendar.outcome.connect(self._on_calendar_outcome)
        calendar.edit_requested.connect(self._on_calendar_edit_requested)
        calendar.reading_failed.connect(self._on_calendar_reading_failed)
        self._line.addWidget(calendar, 2)
        return calendar

    def _on_calendar_outcome(self, answer: Answer) -> None:
        self._kit.performer.hear(answer.command, answer)

    def _on_calendar_edit_requested(self, request: EditRequest) -> None:
        self._show_list()
        if len(request.all) > 1:
            self.entries.edit_all(request.all)
        else:
            self.entries.edit(request.entry)

    def _on_calendar_reading_failed(self, error: KnownError) -> None:
        self._kit.performer.refuse(None, error)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
