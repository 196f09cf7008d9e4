"""Fields that take a day, a time of day or a rule, with what is usual offered below them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.plan import dates
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.fonts import type_font
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.fields import TextField
from toggl_desktop.ui.widgets.picking import Offers
from toggl_desktop.ui.widgets.popover import Popover

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Entered:
    """A text was entered in a field."""

    text: str


class EnterField(TextField):
    """Hands up its text once: on Enter, or when the keyboard leaves it after an edit.

    Signals:
        entered(Entered): A text is to be taken.
        turned_down(): The text was not taken; it stays to be mended.
        settled(): The text that was not taken has made room for another.
    """

    entered = Signal(object)
    turned_down = Signal()
    settled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, is_bare: bool = False) -> None:
        super().__init__(name, parent, is_bare=is_bare)
        self._shown = ""
        self._is_refused = False
        self._heading = 0
        self.returnPressed.connect(self.take)
        self.left.connect(self.take)
        self.dropped.connect(self._on_self_dropped)
        self.textEdited.connect(self._on_self_text_edited)

    @override
    def show_text(self, text: str) -> None:
        """Shows a text as not edited; Esc comes back to it."""
        self._shown = text
        super().show_text(text)
        self.show_invalid(invalid=False)
        if self._is_refused:
            self._is_refused = False
            self.settled.emit()

    @property
    def differs(self) -> bool:
        """Whether it shows something else than it was given to show."""
        return self.text() != self._shown

    def let_go(self) -> None:
        """Drops what was typed, as it is about something that is not shown any more."""
        self.is_edited = False

    def set_heading(self, size: int) -> None:
        """Shows its text as a heading, in one of the tokens' sizes."""
        self._heading = size

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if self._heading:  # the style sheet takes a font back that is set before it is at work
            self.setFont(type_font(self._heading, SIZE.semibold))
        super().showEvent(event)

    def offer_text(self, text: str) -> None:
        """Shows a text, unless a person is typing another."""
        if not self.is_edited:
            self.show_text(text)
        else:
            self._shown = text

    def take(self) -> None:
        """Hands up what was typed, if anything was."""
        if self.is_edited:
            self.is_edited = False
            self.entered.emit(Entered(self.text()))

    def refuse(self) -> None:
        """Marks the text as one that was not taken; it stays to be mended."""
        self.is_edited = self._is_refused = True
        self.show_invalid(invalid=True)
        self.turned_down.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.is_edited:
            event.ignore()  # there is nothing to drop here: whoever is around is meant
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.hasFocus() and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.deselect()

    def _on_self_dropped(self) -> None:
        self.show_text(self._shown)
        self.selectAll()

    def _on_self_text_edited(self) -> None:
        self.show_invalid(invalid=False)


class SuggestField(EnterField):
    """Takes any text; what is usual is offered below it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._usual: Sequence[str] = ()
        self._walked = False
        self.offers = Offers(self)
        self.offers.taken.connect(self._on_offers_taken)
        self.textEdited.connect(self._on_typed)

    def set_usual(self, texts: Sequence[str]) -> None:
        """Takes what is offered."""
        self._usual = texts

    def open_offers(self) -> None:
        """Shows what begins as the text does; everything before anything is typed."""
        typed = fold(self.text().strip()) if self.is_edited else ""
        rows = [
            (place, text, QIcon())
            for place, text in enumerate(self._usual)
            if fold(text).startswith(typed)
        ]
        self._walked = False
        self.offers.show_rows(rows)
        if not typed and self.text() in self._usual:
            self.offers.make_current(self._usual.index(self.text()))

    def _on_offers_taken(self, place: int) -> None:
        self.offers.close_card()
        self.setText(self._usual[place])
        self.is_edited = True
        self.take()

    def _on_typed(self) -> None:
        self.open_offers()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        is_open, current = self.offers.isVisible(), self.offers.current()
        if event.key() in steps and not event.modifiers():
            if is_open:
                self.offers.step(steps[event.key()])
                self._walked = True
            else:
                self.open_offers()
                self._walked = True
        elif event.key() in _ENTER and is_open and self._walked and current is not None:
            self._on_offers_taken(current)
        elif event.key() == Qt.Key.Key_Escape and is_open:
            self.offers.close_card()
        else:
            if event.key() in _ENTER:
                self.offers.close_card()
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.isEnabled() and not self.offers.isVisible():
            self.open_offers()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.offers.close_card()
        super().focusOutEvent(event)


class Month(Popover):
    """A month to choose a day from.

    Signals:
        chosen(QDate): A day was chosen.
    """

    chosen = Signal(QDate)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.month = QCalendarWidget(self)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setDateEditEnabled(False)  # the field takes what is typed
        self.month.setMinimumSize(QSize(280, 224))
        self.month.activated.connect(self._choose)
        self.month.clicked.connect(self._choose)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.hair, SPACE.hair, SPACE.hair, SPACE.hair)
        whole.addWidget(self.month)

    def open_at(self, day: QDate, first_weekday: int) -> None:
        """Shows the month of a day and gives it the keyboard; weeks begin with 0 for Monday."""
        self.month.setFirstDayOfWeek(Qt.DayOfWeek(first_weekday + 1))
        self.month.setSelectedDate(day)
        self.open_card()
        self.month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, day: QDate) -> None:
        if self.isVisible():
            self.close_card()
            self._anchor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.chosen.emit(day)


@dataclass(frozen=True, slots=True)
class DayEntered:
    """A day was entered; None where the field was emptied."""

    day: int | None


class DayField(EnterField):
    """Takes a day as it is typed, `3 mar`, `tomorrow`, `+2w`, or from a month.

    Up and down move by a day, Alt+Down opens the month.

    Signals:
        day_entered(DayEntered): A day, or none, is to be taken.
    """

    day_entered = Signal(object)

    def __init__(self, name: str, saying: Saying, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._saying = saying
        self._day: int | None = None
        self._card: Month | None = None
        self.base: int | None = None
        self.setToolTip(self.tr("3 mar, tomorrow, fri, +2w · Alt+Down shows a month"))
        action = self.addAction(
            icon("calendar", "second"), TextField.ActionPosition.TrailingPosition
        )
        action.setText(self.tr("Choose from a month"))
        action.triggered.connect(self.open_month)
        self.entered.connect(self._on_self_entered)

    def show_day(self, day: int | None) -> None:
        """Shows a day, unless a person is typing another."""
        self._day = day
        self.offer_text(self._saying.day(day))

    def open_month(self) -> None:
        """Shows a month to choose from."""
        if self._card is None:
            self._card = Month(self)
            self._card.chosen.connect(self._on_card_chosen)
        day = self._day or self.base or self._saying.today()
        # QDate counts Julian days; ordinal 1 is 1721426.
        shown = QDate.fromJulianDay(day + 1721425)
        self._card.open_at(shown, self._saying.first_weekday())

    def _on_card_chosen(self, day: QDate) -> None:
        self._hand_up(day.toJulianDay() - 1721425)

    def _hand_up(self, day: int | None) -> None:
        self.is_edited = False
        self.day_entered.emit(DayEntered(day))

    def _on_self_entered(self, entered: Entered) -> None:
        if not entered.text.strip():
            self._hand_up(None)
            return
        day = self._saying.parse(entered.text, self.base)
        if day is None:
            self.refuse()
        else:
            self._hand_up(day)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1}
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_month()
        elif event.key() in steps and not event.modifiers() and not self.is_edited:
            day = self._day if self._day is not None else self._saying.today()
            self._hand_up(day + steps[event.key()])
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class MinuteEntered:
    """A time of day was entered; None where the field was emptied."""

    minute: int | None


class MinuteField(SuggestField):
    """Takes a time of day; half hours are offered, from seven in the morning.

    Signals:
        minute_entered(MinuteEntered): A time, or none, is to be taken.
    """

    minute_entered = Signal(object)

    def __init__(self, name: str, saying: Saying, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._saying = saying
        self.setMinimumWidth(SIZE.clock * 2)
        self.entered.connect(self._on_self_entered)

    def show_minute(self, minute: int | None) -> None:
        """Shows a time, unless a person is typing another."""
        self.set_usual([self._saying.minute(m) for m in dates.offered_minutes()])
        self.offer_text(self._saying.minute(minute))

    def _on_self_entered(self, entered: Entered) -> None:
        minute = dates.parse_minute(entered.text) if entered.text.strip() else None
        if entered.text.strip() and minute is None:
            self.refuse()
            return
        self.minute_entered.emit(MinuteEntered(minute))
