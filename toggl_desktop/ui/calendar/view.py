"""The day calendar as the window holds it: which days, what is in them, and every change of it."""

from datetime import date, timedelta, tzinfo
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain import limits
from toggl_desktop.domain.calendar import Span, first_gap, shown_days
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.domain.instants import day_of
from toggl_desktop.store.read import entries
from toggl_desktop.ui.calendar.accessible import Reader
from toggl_desktop.ui.calendar.bar import DaysBar
from toggl_desktop.ui.calendar.days import Turn
from toggl_desktop.ui.calendar.gestures import Deed, Draft
from toggl_desktop.ui.calendar.keys import KeysView, Want, Wish
from toggl_desktop.ui.calendar.menus import Menus
from toggl_desktop.ui.calendar.minute import MinuteTicker
from toggl_desktop.ui.calendar.naming import Named, NameField
from toggl_desktop.ui.calendar.phrases import Phrases
from toggl_desktop.ui.calendar.requests import Answer, EditRequest
from toggl_desktop.ui.calendar.sheet import Sheet
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer.wording import Wording

_LEAST_WIDTHS: Final = ((7, 104), (3, 132))
"""So many days are shown once each has so much room."""
_FIRST = date(limits.FIRST_YEAR, 1, 8)
_LAST = date(limits.LAST_YEAR, 12, 24)
_FROM_MORNING: Final = 16 * 3600
_NOW_AT: Final = 0.7
"""Now stands so far down, because what is to be looked at and mended lies before it."""


class CalendarView(QWidget):
    """One, three or seven days as its width allows, kept in step with the store.

    While it is hidden nothing is read and nothing ticks; what changed is read when it is shown.

    Signals:
        outcome(Answer): A command was carried out or refused.
        edit_requested(EditRequest): An entry was opened; the window has the editor.
        reading_failed(KnownError): The entries could not be read.
    """

    outcome = Signal(object)
    edit_requested = Signal(object)
    reading_failed = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wording = Wording(context, self)
        self._phrases = Phrases(context, self._wording, self)
        self._sheet = Sheet(context)
        self._focus = self._wording.today()
        self._today = self._focus
        self._zone: tzinfo = context.zone()
        self._count = 1
        self._read_seq = 0
        self._is_stale = True
        self._has_looked = False
        self._build()
        self._wire()

    def _build(self) -> None:
        self.bar = DaysBar(self)
        self.area = KeysView(self._sheet, self._context.theme, self._phrases, self)
        self.area.setAccessibleName(self.tr("Calendar"))
        self._name = NameField(self._context, self._phrases, self.area.viewport())
        self._menus = Menus(self.area, self._sheet)
        self._reader = Reader(self.area)
        self._minute = MinuteTicker(self._context.clock, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.area, 1)
        self.setFocusProxy(self.area)

    def _wire(self) -> None:
        self.bar.back_requested.connect(self._on_bar_back_requested)
        self.bar.on_requested.connect(self._on_bar_on_requested)
        self.bar.today_requested.connect(self.show_today)
        self._minute.ticked.connect(self._tick)
        self.area.turned.connect(self._on_area_turned)
        self.area.laid_out.connect(self._place_name)
        self.area.drafted.connect(self._on_drafted)
        self.area.edit_requested.connect(self._on_area_edit_requested)
        self.area.selection_changed.connect(self._reader.tell_focus)
        self.area.drag_began.connect(self._on_area_drag_began)
        self.area.drag_ended.connect(self._on_area_drag_ended)
        self.area.wished.connect(self._on_area_wished)
        self._menus.ordered.connect(self._on_menus_ordered)
        self._menus.drafted.connect(self._on_drafted)
        self._name.named.connect(self._on_name_named)
        self._name.dropped.connect(self._on_name_dropped)
        self._name.edited.connect(self._on_name_edited)
        self._context.bridge.changed.connect(self._on_bridge_changed)
        self._context.bridge.settings_changed.connect(self._on_bridge_settings_changed)
        self._context.theme.changed.connect(self._on_theme_changed)

    # What the window asks -----------------------------------------------------------------

    @property
    def days(self) -> tuple[date, ...]:
        """The days that are shown."""
        return shown_days(self._focus, self._count, self._wording.first_weekday())

    @property
    def selected(self) -> tuple[EntryId, ...]:
        """The entries that are selected, in the order of time."""
        return tuple(EntryId(row.lid) for row in self._menus.chosen())

    def show_day(self, day: date) -> None:
        """Shows a day, with as many around it as there is room for."""
        self._focus = min(max(day, _FIRST), _LAST)
        self._read()

    def show_today(self) -> None:
        """Shows today, with now in sight."""
        self.show_day(self._wording.today())
        self.area.look_at(self._sheet.now, _NOW_AT)

    def show_entry(self, lid: EntryId) -> None:
        """Selects an entry and brings it into sight, on another day if need be."""
        try:
            row = entries.one(self._context.source, lid)
        except KnownError as error:
            self._tell_failure(error)
        else:
            self._follow(lid, None if row is None else row.start)

    def open_name_field(self, span: Span) -> None:
        """Asks for the name of a new entry in its place."""
        if not any(low <= span.low < high for low, high in self._shown_bounds()):
            self.show_day(day_of(span.low, self._zone))
        self.area.show_draft(Draft(Deed.CREATE, None, span, span), is_labelled=False)
        self._name.open(span)
        self._reveal_name()

    # Reading ------------------------------------------------------------------------------

    def _shown_bounds(self) -> list[Span]:
        return [sheet.bounds for sheet in self._sheet.days]

    def _read(self) -> None:
        """Reads the days that are to be shown; while hidden, later."""
        if not self.isVisible():
            self._is_stale = True
            return
        self._is_stale = False
        try:
            self._sheet.show(self.days)
        except KnownError as error:
            self._tell_failure(error)
        else:
            self._show()

    def _show(self) -> None:
        """Shows what has been read."""
        self._zone, self._today = self._context.zone(), self._wording.today()
        self.area.show_sheets(self._sheet.days, self._sheet.now)
        days = self.days
        self.bar.show_days(self._phrases.title(days), has_today=self._today in days)
        self._reader.tell_reordered()

    def _tell_failure(self, error: KnownError) -> None:
        self.reading_failed.emit(error)

    def _on_bridge_changed(self, changes: ChangeSet) -> None:
        if not self.isVisible():
            self._is_stale = True
            return
        if 0 < changes.seq <= self._read_seq:
            return  # our own command; it has been shown already
        try:
            if self._sheet.apply(changes):
                self._show()
        except KnownError as error:
            self._tell_failure(error)

    def _on_bridge_settings_changed(self) -> None:
        self._reword()

    def _on_theme_changed(self) -> None:
        self._reword()

    def _reword(self) -> None:
        self._phrases.reword()
        self.area.remeasure()
        self._read()

    # Time ---------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Moves now; a new day or another zone lays everything out anew."""
        was_shown = self._today in self.days
        today = self._wording.today()
        if today != self._today or self._context.zone() != self._zone:
            if was_shown and not self.area.is_busy:
                self._focus = today
            self._phrases.reword()
            self._read()
            return
        self._sheet.tick()
        self._show()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_count()
        if self._is_stale or self._wording.today() != self._today:
            self._read()
        else:
            self._tick()
        if not self._has_looked:
            self._has_looked = True
            self._look_at_the_day()
            QTimer.singleShot(0, self._look_at_the_day)  # once the layout has given it its height
        self._minute.start()

    def _look_at_the_day(self) -> None:
        """Begins with now in sight, on another day with its first entry, or with the morning."""
        sheets = self._sheet.days
        if self._today in self.days:
            self.area.look_at(self._sheet.now, _NOW_AT)
        elif sheets:
            morning = sheets[-1].bounds.high - _FROM_MORNING
            first = min((item.low for sheet in sheets for item in sheet.items), default=morning)
            self.area.look_at(first, 0.1)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        super().hideEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_count()

    def _fit_count(self) -> None:
        room = self.width() - self.area.gutter
        fitting = (n for n, least in _LEAST_WIDTHS if room >= n * least)
        count = next(fitting, 1)
        if count != self._count:
            self._count = count
            self._read()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.area.remeasure()

    # Days ---------------------------------------------------------------------------------

    def _on_bar_back_requested(self) -> None:
        self._turn(-self._count)

    def _on_bar_on_requested(self) -> None:
        self._turn(self._count)

    def _on_area_turned(self, turn: Turn) -> None:
        step = self._count if turn.is_page or self._count == 7 else 1
        self._turn(turn.by * step)

    def _turn(self, days: int) -> None:
        self.show_day(self._focus + timedelta(days=days))

    # Doing --------------------------------------------------------------------------------

    def _do(self, command: object) -> Answer:
        """Carries out a command, shows it at once and hands up what became of it."""
        found = self._context.perform(command)
        answer = Answer(found.changes, found.error, command)
        if found.changes is not None:
            self._read_seq = max(self._read_seq, found.changes.seq)
            self._read()
        self._hand_up(answer)
        return answer

    def _hand_up(self, answer: Answer) -> None:
        self.outcome.emit(answer)

    def _on_menus_ordered(self, command: object) -> None:
        self._select_made(self._do(command))

    def _on_drafted(self, draft: Draft) -> None:
        if draft.deed is Deed.CREATE:
            self.open_name_field(draft.span)
            return
        command = draft.order()
        answer = None if command is None else self._do(command)
        if answer is None or answer.error is not None or draft.row is None:
            return
        if draft.deed is Deed.COPY:
            self._select_made(answer)
        elif draft.mates:
            self._follow_all(draft)
        else:
            self._follow(EntryId(draft.row.lid), draft.span.low)

    def _select_made(self, answer: Answer) -> None:
        """Selects what a command has made, if it is shown."""
        made = answer.changes.ids("time_entry") if answer.changes is not None else frozenset()
        for lid in made if len(made) == 1 else ():
            self.area.select_entry(lid)

    def _follow(self, lid: EntryId, at: int | None) -> None:
        """Keeps an entry selected and in sight where it is now."""
        if not self.area.select_entry(lid) and at is not None:
            self.show_day(day_of(at, self._zone))
            self.area.select_entry(lid)

    def _follow_all(self, draft: Draft) -> None:
        """Keeps several entries selected where they are now, the one that was dragged in sight."""
        if not any(low <= draft.span.low < high for low, high in self._shown_bounds()):
            self.show_day(day_of(draft.span.low, self._zone))
        self.area.select_all(draft.lids)

    def _on_area_drag_began(self, lid: EntryId | None) -> None:
        if lid is not None:
            self._sheet.hold({lid, *(row.lid for row in self.area.mates_of(lid))})

    def _on_area_drag_ended(self) -> None:
        try:
            if self._sheet.let_go():
                self._show()
        except KnownError as error:
            self._tell_failure(error)

    def _on_area_edit_requested(self, request: EditRequest) -> None:
        self.edit_requested.emit(request)

    def _on_area_wished(self, wish: Wish) -> None:
        if wish.want is Want.TODAY:
            self.show_today()
        elif wish.want is Want.DELETE:
            self._menus.delete()
        else:
            self._make_in_the_first_gap()

    def _make_in_the_first_gap(self) -> None:
        """Asks for a new entry on the day the keyboard is on, else today, else the last shown."""
        current = self.area.choice.current
        day = self._today if current is None else current[1]
        found = [sheet for sheet in self._sheet.days if sheet.day == day]
        if not found:
            found = list(self._sheet.days[-1:])
        for sheet in found:
            self.open_name_field(first_gap(sheet.spans, sheet.bounds, self._sheet.now))

    # Naming -------------------------------------------------------------------------------

    def _place_name(self) -> None:
        """Keeps the field at its stretch, wherever that is now."""
        if not self._name.is_open:
            return
        draft = self._name.draft
        self.area.show_draft(draft, is_labelled=False)
        near = self.area.draft_rect(draft)
        room = self.area.viewport().rect()
        self._name.place(room, room if near is None else near)

    def _reveal_name(self) -> None:
        rect = self.area.draft_rect(self._name.draft)
        if rect is not None:
            top = rect.top() + self.area.offset
            self.area.reveal(top, min(rect.bottom() + self.area.offset, top + 4 * SPACE.huge))
        self._place_name()

    def _on_name_edited(self) -> None:
        self._place_name()

    def _on_name_named(self, named: Named) -> None:
        answer = self._do(named.command)
        if answer.error is not None:
            self._name.show_refused(answer.error)
            return
        self._close_name()
        self._select_made(answer)

    def _on_name_dropped(self) -> None:
        self._close_name()

    def _close_name(self) -> None:
        had_keyboard = self._name.field.hasFocus()
        self._name.close_field()
        self.area.show_draft(None)
        if had_keyboard:
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)
