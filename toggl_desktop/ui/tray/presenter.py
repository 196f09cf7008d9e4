"""The tray icon's picture, words and clicks, kept true with as few awakenings as possible."""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QCursor
from PySide6.QtWidgets import QSystemTrayIcon

from toggl_desktop.domain import words
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.domain.instants import day_bounds, day_of
from toggl_desktop.store import journal
from toggl_desktop.store.read import entries, status
from toggl_desktop.store.read.status import Status
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.trayicon import tray_icon
from toggl_desktop.ui.tray.keeper import SelectionWatch, TrayKeeper, TrayState
from toggl_desktop.ui.tray.menu import RECENTS, TrayMenu, named

_MINUTE: Final = 60
_LONGEST_SLEEP: Final = 3600
_JOINER: Final = "\u2060"


MakeIcon = Callable[[], QSystemTrayIcon]
MakeKeeper = Callable[[MakeIcon, SelectionWatch | None, QObject], TrayKeeper]


class TrayPresenter(QObject):
    """Shows the timer in the tray. Everything it offers is also in the window.

    Words change with the store, and once a minute while an entry runs; when nothing runs it sleeps
    until midnight, an hour at a time.

    Signals:
        window_requested(): The window is to be shown.
        window_toggle_requested(): The window is to be shown, or hidden when it is in front.
        switch_requested(): The palette is to be shown.
        preferences_requested(): The preferences are to be shown.
        quit_requested(): The program is to end.
        available_changed(bool): A tray came or went.
        refused(Refusal): Something chosen here was not done; the window says why.
    """

    window_requested = Signal()
    window_toggle_requested = Signal()
    switch_requested = Signal()
    preferences_requested = Signal()
    quit_requested = Signal()
    available_changed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        *,
        xembed: SelectionWatch | None = None,
        make_keeper: MakeKeeper = TrayKeeper,
    ) -> None:
        """Reads the state and starts to look for a tray.

        Args:
            context: Whom to ask and tell.
            parent: Its owner.
            xembed: Somebody who knows when an XEmbed tray comes.
            make_keeper: Makes the keeper; a test may have its own.
        """
        super().__init__(parent)
        self._context = context
        self._status: Status | None = None
        self._status_at = 0
        self._day: date | None = None
        self._trouble = ""
        self._last: str | None = None
        self.menu = TrayMenu()
        self._timer = QTimer(self)
        self._timer.setObjectName("toggl-tray")
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._keeper: TrayKeeper | None = None
        self._wire()
        self.refresh()
        self._keeper = make_keeper(self.make_icon, xembed, self)
        self._keeper.available_changed.connect(self._on_keeper_available_changed)

    def _wire(self) -> None:
        bridge, menu = self._context.bridge, self.menu
        bridge.changed.connect(self._on_bridge_changed)
        bridge.settings_changed.connect(self._on_bridge_settings_changed)
        self._context.theme.changed.connect(self._on_theme_changed)
        self._timer.timeout.connect(self._on_timer_timeout)
        menu.aboutToShow.connect(self.show_time)
        menu.state.triggered.connect(self._ask_for_window)
        menu.open.triggered.connect(self._ask_for_window)
        menu.toggle.triggered.connect(self.toggle)
        menu.switch.triggered.connect(self._ask_to_switch)
        menu.undo.triggered.connect(self._on_undo_triggered)
        menu.preferences.triggered.connect(self._ask_for_preferences)
        menu.quit.triggered.connect(self._ask_to_quit)
        menu.triggered.connect(self._on_menu_triggered)

    # What the program asks ----------------------------------------------------------------

    @property
    def is_available(self) -> bool:
        """Whether a tray shows the icon."""
        return self._keeper is not None and self._keeper.state.is_available

    def look_now(self) -> None:
        """Puts the icon into a tray that is there already, before the event loop runs."""
        if self._keeper is not None:
            self._keeper.look_now()

    def offer(self, *, switch: bool = False, preferences: bool = False) -> None:
        """Shows the lines of the menu that lead to what the program has."""
        self.menu.switch.setVisible(switch)
        self.menu.preferences.setVisible(preferences)

    def make_icon(self) -> QSystemTrayIcon:
        """Returns a new icon as things are now; the menu is always the same one."""
        icon = QSystemTrayIcon()
        icon.setContextMenu(self.menu)
        icon.activated.connect(self._on_icon_activated)
        self._dress(icon)
        return icon

    def close(self) -> None:
        """Takes icon and menu away for good."""
        self._timer.stop()
        if self._keeper is not None:
            self._keeper.close()
        self.menu.hide()
        self.menu.deleteLater()

    # Showing ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads what goes on; also after the computer has slept."""
        source, now, zone = self._context.source, self._now(), self._context.zone()
        try:
            self._status = status.read(source, now, zone)
            last = entries.latest_stopped(source)
            recents = entries.recents(source, RECENTS)
            undoable = journal.undoable(source)
        except KnownError as error:
            self._trouble = error.sentence
        else:
            self._trouble = ""
            self._status_at, self._day = now, day_of(now, zone)
            self._last = None if last is None else last.description
            self.menu.show_recents(recents)
            self.menu.show_undo(None if undoable is None else undoable.name)
        self.show_time()

    def show_time(self) -> None:
        """Shows how long it has been by now, from what was read last."""
        if self._day is not None and self._day != day_of(self._now(), self._context.zone()):
            self._day = None
            self.refresh()
            return
        running = None if self._status is None else self._status.running
        self.menu.show_state(self.line(), is_running=running is not None, last=self._last)
        icon = None if self._keeper is None else self._keeper.icon
        if icon is not None:
            self._dress(icon)
        self._sleep()

    def line(self) -> str:
        """Returns `Design – Acme · 0:42 · today 5:10`."""
        found = self._status
        if self._trouble or found is None:
            return self._trouble or self.tr("Stopped")
        now, running = self._now(), found.running
        today = found.today_seconds
        parts = [self.tr("Stopped")]
        if running is not None:
            today += max(0, now - self._status_at)
            what = named(running, self.tr("No description"))
            parts = [what, words.short(running.seconds(now))]
        parts.append(self.tr("today {time}").format(time=words.short(today)))
        if found.problems:
            parts.append(self.tr("{count} refused").format(count=found.problems))
        if found.unsent:
            parts.append(self.tr("{count} unsent").format(count=found.unsent))
        return " · ".join(parts)

    def _dress(self, icon: QSystemTrayIcon) -> None:
        """Gives an icon its picture and tooltip; what has not changed is not sent again."""
        found = self._status
        running = None if found is None else found.running
        state = "stopped" if running is None else "running"
        if self._trouble or (found is not None and found.problems):
            state += "+problem"
        elif found is not None and found.unsent:
            state += "+unsent"
        dot = None
        if running is not None and running.color and self._context.preferences.now.tray_project_dot:
            dot = QColor(running.color)
        picture = tray_icon(state, dot)
        if icon.icon().cacheKey() != picture.cacheKey():
            icon.setIcon(picture)
        hint = tooltip(self.line())
        if icon.toolTip() != hint:
            icon.setToolTip(hint)

    def _sleep(self) -> None:
        """Sleeps until the words will be others: the entry's next minute, or the next day."""
        now = self._now()
        running = None if self._status is None else self._status.running
        if running is not None:
            seconds = _MINUTE - (now - running.start) % _MINUTE
        else:
            zone = self._context.zone()
            midnight = day_bounds(day_of(now, zone), zone)[1]
            seconds = min(_LONGEST_SLEEP, max(1, midnight - now))
        self._timer.start(seconds * 1000)

    def _now(self) -> int:
        return self._context.clock.now().wall

    # Doing --------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Stops what runs, or continues what ran last."""
        from toggl_desktop.domain.commands import ContinueEntry, StopTimer

        running = None if self._status is None else self._status.running
        self._perform(StopTimer() if running is not None else ContinueEntry())

    def _perform(self, command: object) -> None:
        from toggl_desktop.ui.timer.performer import Refusal

        outcome = self._context.perform(command)
        if outcome.error is not None:
            self.refused.emit(Refusal(command, outcome.error))

    def _on_undo_triggered(self) -> None:
        from toggl_desktop.actions.perform import Undo

        self._perform(Undo())

    def _on_menu_triggered(self, action: QAction) -> None:
        from toggl_desktop.domain.commands import ContinueEntry

        if action in self.menu.recents and action.data():
            self._perform(ContinueEntry(EntryId(str(action.data()))))

    def _ask_for_window(self) -> None:
        self.window_requested.emit()

    def _ask_to_switch(self) -> None:
        self.switch_requested.emit()

    def _ask_for_preferences(self) -> None:
        self.preferences_requested.emit()

    def _ask_to_quit(self) -> None:
        self.quit_requested.emit()

    def _on_icon_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        chosen = self._context.preferences.now
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self._click(chosen.tray_left_click)
        elif reason == QSystemTrayIcon.ActivationReason.MiddleClick:
            self._click(chosen.tray_middle_click)

    def _click(self, wanted: str) -> None:
        if wanted == "window":
            self.window_toggle_requested.emit()
        elif wanted == "toggle":
            self.toggle()
        elif wanted == "menu":
            self.menu.popup(QCursor.pos())

    # Hearing ------------------------------------------------------------------------------

    def _on_bridge_changed(self, _changes: object) -> None:
        self.refresh()

    def _on_bridge_settings_changed(self) -> None:
        self.show_time()

    def _on_theme_changed(self) -> None:
        self.refresh()

    def _on_timer_timeout(self) -> None:
        self.show_time()

    def _on_keeper_available_changed(self, state: TrayState) -> None:
        icon = None if self._keeper is None else self._keeper.icon
        if icon is not None:
            # WORKAROUND aw-qt: on Windows 11 a tooltip set before show() stays empty;
            # remove when a Qt release says it no longer does.
            icon.setToolTip("")
            self._dress(icon)
        self.available_changed.emit(state.is_available)


def tooltip(text: str) -> str:
    """Returns a text for a tooltip that Qt or a panel draws, whichever guesses rich text or not.

    A word joiner after each `<` keeps it from looking like the beginning of a tag.
    """
    return text.replace("<", f"<{_JOINER}")
